"""The commands with a picture: the table, above it on a terminal the picture, or the picture alone as an SVG file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from icapital_cli.cli.answer import Options, Shape, arrange, open_facts, put, query_of, shape_of, warn
from icapital_cli.cli.comments import comments
from icapital_cli.drawing.registry import Request, picture_named
from icapital_cli.errors import UsageError
from icapital_cli.files import require_file, write_file, writing
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


def answer(command: str, options: Options) -> None:
    """Answer a command that has a picture. Raises UsageError for options that contradict each other."""
    picture, target, asked = picture_named(command), options["svg"], _request(options)
    shape = _shape(options)
    with open_facts(options, shape.format) as store:
        view = arrange(picture.rows(store, asked), shape._replace(fields=None))  # a picture needs all fields
        drawn = picture.of_rows(view, asked)
        if target is not None:
            write_svg(picture.svg(drawn), target, force=options["force"], command=command)
        else:
            if view.rows and shape.format == "table" and is_drawn(sys.stdout, shape.color):
                console = console_of(sys.stdout, shape.color)
                _print(picture.lines(drawn, console.width, console.height), console)
                view = view._replace(notes=[*dict.fromkeys([*view.notes, *drawn.notes])])
            put(view.only(shape.fields), shape)
        for line in _comments(store, view, asked, shape):
            warn(line)


def _shape(options: Options) -> Shape:
    shape = shape_of(options)
    if options["svg"] is None:
        if options["force"]:
            raise UsageError("--force goes with --svg")
        return shape
    for name in ("format", "json", "fields", "sources", "excel"):
        if options.get(name):
            raise UsageError(f"--svg and --{name}: choose one")
    return shape._replace(format=SVG)


def _comments(store: FactStore, view: View, asked: Request, shape: Shape) -> list[str]:
    """Return the comments as the list of results has them, from which the view is made."""
    results = view._replace(kind="results", title=store.label("kind.results"))
    return [*comments(store, results, asked.query, asked.filters, shape)]


def _request(options: Options) -> Request:
    """Return what the picture is asked to show."""
    filters = {name: options[name] for name in OF_RESULTS}
    own = {name: options[name] for name in ("by", "measure") if name in options}
    return Request(filters, query_of(options.get("words")), with_sources=options["sources"], **own)


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
    path = Path(target)
    with writing(target):
        require_file(path)
        if path.exists() and not force and not _is_ours(path):
            raise UsageError(f"{safe(target)!r} exists, and icapital {command} did not make it: --force replaces it")
        write_file(path, text)
    warn(f"wrote {safe(target)}")


def _is_ours(path: Path) -> bool:
    with open(path, "rb") as file:
        return MARK in file.read(HEAD)
