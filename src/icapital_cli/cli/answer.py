"""Resolve the options of a command, open the facts, write the answer."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from icapital_cli import api
from icapital_cli.cli.options import COLORS
from icapital_cli.errors import UsageError, no_such, printable
from icapital_cli.formats.registry import LISTS, Registry
from icapital_cli.store.facts import FactStore
from icapital_cli.terminal import console_of, is_drawn
from icapital_cli.views.view import View

MARKING = ("table", "plain", "markdown")  # formats that mark a disputed cell where it is
Options = Mapping[str, Any]


class Shape(NamedTuple):
    """How an answer is to look: format, order, fields, number of rows."""

    format: str
    sort: str | None = None
    fields: str | None = None
    limit: int | None = None
    excel: bool = False
    color: str = "auto"


def shape_of(options: Options, formats: Registry = LISTS, default: str = "table") -> Shape:
    """Resolve the format, and what is to be shown. Raises UsageError for a value that does not exist."""
    name = options.get("format") or ("json" if options.get("json") else default)
    if options.get("json") and name != "json":
        raise UsageError(f"--json and -f {printable(name)}: choose one")
    if name not in formats:
        raise no_such("format", name, formats.names())
    if options.get("excel") and name != "csv":
        raise UsageError("--excel goes with -f csv")
    if options.get("color") not in {None, *COLORS}:
        raise no_such("color", options["color"], COLORS)
    limit = _number(options.get("limit"), "--limit")
    excel, color = bool(options.get("excel")), options.get("color") or "auto"
    return Shape(name, options.get("sort"), options.get("fields"), limit, excel, color)


def _number(text: str | None, option: str) -> int | None:
    if text is None or (text.isascii() and text.isdigit() and len(text) < len("1000000000")):
        return None if text is None else int(text)
    raise UsageError(f"{option} takes a whole number, not {printable(text)!r}")


def query_of(words: Sequence[str] | None) -> str | None:
    """Join the words of a query: `icapital show jukka mäkelä` needs no quotes."""
    return " ".join(words) if words else None


def name_of(words: Sequence[str] | None, command: str) -> str:
    """Join the words of a name. Raises UsageError when there is none."""
    name = query_of(words)
    if not name:
        raise UsageError(f"name a city, person, source or fact: icapital {command} espoo")
    return name


@contextmanager
def open_facts(options: Options, format_name: str) -> Iterator[FactStore]:
    """Open the facts that were asked for, in the language asked for.

    Machine formats never depend on the locale of the terminal.
    """
    lang = options.get("lang") or os.environ.get("ICAPITAL_LANG")
    locales = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")] if format_name == "table" else []
    locale = next((locale for locale in locales if locale), "")
    with api.open_store(options.get("facts"), lang=lang, locales=[locale], warn=warn) as store:
        yield store


def write(answer: Any, shape: Shape, formats: Registry = LISTS) -> None:
    """Write a view or a page on standard output: drawn where that is a terminal and the format can be drawn."""
    draw = formats.drawn.get(shape.format) if is_drawn(sys.stdout, shape.color) else None
    if draw:
        draw(answer, console_of(sys.stdout, shape.color))
    else:
        formats[shape.format](answer, sys.stdout)


def arrange(view: View, shape: Shape) -> View:
    """Sort and cut a view as it was asked for."""
    return view.sorted_by(shape.sort).only(shape.fields).limited(shape.limit)


def put(view: View, shape: Shape) -> None:
    """Write a view on standard output, as CSV for a spreadsheet where that was asked for."""
    missing = LISTS.missing(shape.format, view.field_names)
    if missing:
        fits = " or ".join(_fitting(view, shape.format))
        raise UsageError(f"{shape.format} needs the field {missing[0]!r}: it goes with icapital {fits}")
    if shape.excel:
        from icapital_cli.formats.delimited import as_excel  # noqa: PLC0415 - only --excel needs it

        as_excel(view, sys.stdout)
    else:
        write(view, shape)


def _fitting(view: View, format_name: str) -> list[str]:
    """Return the list commands whose answers a format can write."""
    specs = [spec for _, spec in view.localizer.store.kinds() if spec["command"]]
    keys = {spec["command"]["name"]: [key for key, *_ in spec["columns"]] for spec in specs}
    return [command for command, known in keys.items() if not LISTS.missing(format_name, known)]


def warn(message: str) -> None:
    """Write one line on stderr, for people; a stream that is gone or full is not worth a failure."""
    with suppress(AttributeError, OSError, ValueError):
        from icapital_cli.cli.wording import localized  # noqa: PLC0415 - only errors and comments need it

        sys.stderr.write(f"icapital: {localized(message)}\n")
