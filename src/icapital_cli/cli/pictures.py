"""The commands with a picture: the table, above it on a terminal the picture, or the picture alone as an SVG file."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from icapital_cli.cli.answer import Options, Shape, arrange, open_facts, put, query_of, shape_of, warn
from icapital_cli.cli.comments import comments
from icapital_cli.errors import IcapitalError, UsageError, printable
from icapital_cli.query.select import OF_RESULTS
from icapital_cli.store.facts import FactStore
from icapital_cli.terminal import console_of, is_drawn, safe
from icapital_cli.views.view import View

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

SVG = "svg"  # a format without the locale of a terminal, as all formats for machines
MARK = b'class="icapital-picture"'  # by which a file is known as one of ours
HEAD = 400  # bytes in which it is
LEAST_LINES = 24  # of a map


class Picture(NamedTuple):
    """How a command makes its view, what is drawn from it, and how: as SVG, or in lines for a terminal."""

    view: Callable[[FactStore, Options], View]
    picture: Callable[[View, Options], Any]
    svg: Callable[[Any], str]
    lines: Callable[[Any, "Console"], list["Text"]]


def answer(command: str, options: Options) -> None:
    """Answer a command that has a picture. Raises UsageError for options that contradict each other."""
    made, target = _picture(command), options["svg"]
    shape = _shape(options)
    with open_facts(options, shape.format) as store:
        view = made.view(store, options)
        view = view.sorted_by(shape.sort).limited(shape.limit)
        picture = made.picture(view, options)
        if target is not None:
            write_svg(made.svg(picture), target, force=options["force"], command=command)
        else:
            if view.rows and shape.format == "table" and is_drawn(sys.stdout, shape.color):
                _print(made.lines(picture, console := console_of(sys.stdout, shape.color)), console)
                view = view._replace(notes=[*dict.fromkeys([*view.notes, *picture.notes])])
            put(arrange(view, shape), shape)
        for line in _comments(store, view, options, shape) if command != "stats" else ():
            warn(line)


def _shape(options: Options) -> Shape:
    shape = shape_of(options)
    if options["svg"] is None:
        return shape
    for name in ("format", "json", "fields", "sources", "excel"):
        if options.get(name):
            raise UsageError(f"--svg and --{name}: choose one")
    return shape._replace(format=SVG)


def _comments(store: FactStore, view: View, options: Options, shape: Shape) -> list[str]:
    """Return the comments as the list of results has them, from which the view is made."""
    results = view._replace(kind="results", title=store.label("kind.results"))
    filters, query = _asked(options)
    return [*comments(store, results, query, filters, shape)]


def _picture(command: str) -> Picture:
    """Return the picture of a command; only the one that is called is imported."""
    if command == "map":
        from icapital_cli.drawing.braille import map_braille  # noqa: PLC0415 - only this picture needs it
        from icapital_cli.drawing.map import map_svg  # noqa: PLC0415 - only this picture needs it
        from icapital_cli.views.map import map_picture, map_view  # noqa: PLC0415 - only this picture needs it

        return Picture(
            lambda store, options: map_view(store, *_asked(options), with_sources=options["sources"]),
            lambda view, _options: map_picture(view),
            map_svg,
            lambda picture, console: map_braille(picture, console.width, max(LEAST_LINES, console.height - 4)),
        )
    if command == "timeline":
        from icapital_cli.drawing.lanes import timeline_text  # noqa: PLC0415 - only this picture needs it
        from icapital_cli.drawing.timeline import timeline_svg  # noqa: PLC0415 - only this picture needs it
        from icapital_cli.views.timeline import timeline_picture, timeline_view  # noqa: PLC0415 - only this picture needs it

        return Picture(
            lambda store, options: timeline_view(store, *_asked(options), with_sources=options["sources"]),
            lambda view, _options: timeline_picture(view),
            timeline_svg,
            lambda picture, console: timeline_text(picture, console.width),
        )
    from icapital_cli.drawing.bars import bars_svg, bars_text  # noqa: PLC0415 - only this picture needs it
    from icapital_cli.views.bars import stats_picture  # noqa: PLC0415 - only this picture needs it
    from icapital_cli.views.statistics import stats_view  # noqa: PLC0415 - only this picture needs it

    return Picture(
        lambda store, options: stats_view(store, options["by"], _asked(options)[0]),
        lambda view, options: stats_picture(view, options["by"], options["measure"]),
        bars_svg,
        lambda picture, console: bars_text(picture, console.width),
    )


def _asked(options: Options) -> tuple[dict[str, Any], str | None]:
    """Return the filters, and the query."""
    return {name: options[name] for name in OF_RESULTS}, query_of(options.get("words"))


def _print(lines: list["Text"], console: "Console") -> None:
    from rich.text import Text

    console.print(Text("\n").join(lines), soft_wrap=True)
    console.print()


def write_svg(text: str, target: str, *, force: bool, command: str) -> None:
    """Write a picture to a file in one step, or to standard output for `-`, and say what was made.

    Raises UsageError for a target that is no file, or that icapital did not make; IcapitalError where it cannot be
    written: then nothing is left of it.
    """
    if target == "-":
        sys.stdout.write(text)
        return
    shown = safe(target)
    try:
        path = Path(target).resolve()
        if not path.parent.is_dir():
            raise UsageError(f"no folder {safe(os.path.dirname(target))!r}: make it first")  # noqa: PTH120 - as it was given
        if path.is_dir():
            raise UsageError(f"{shown!r} is a folder: name a file in it")
        if path.exists() and not path.is_file():
            raise UsageError(f"{shown!r} is not a regular file")
        if path.exists() and not force and not _is_ours(path):
            raise UsageError(f"{shown!r} exists, and icapital {command} did not make it: --force replaces it")
        _replace(path, text)
    except OSError as error:
        raise IcapitalError(f"cannot write {shown!r}: {error.strerror or error}") from error
    except ValueError as error:  # a NUL in the name
        raise UsageError(f"cannot write {printable(target)!r}: {error}") from error
    warn(f"wrote {shown}")


def _is_ours(path: Path) -> bool:
    with open(path, "rb") as file:
        return MARK in file.read(HEAD)


def _replace(path: Path, text: str) -> None:
    """Write beside the file, see that the disk has it, and move it into place; after a failure nothing is left."""
    beside = path.with_name(f".{path.name[:100]}.{os.getpid()}.tmp")
    try:
        with open(beside, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
