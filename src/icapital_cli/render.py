"""One small function per output format. A format knows the columns of a view, and nothing of what they hold."""

import re
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from icapital_cli.errors import no_such
from icapital_cli.rows import Row
from icapital_cli.terminal import json_text, safe
from icapital_cli.view import View

Renderer = Callable[[View, TextIO], None]
FORMATS: dict[str, Renderer] = {}
ENTITY = re.compile(r"&(?=\\?#|\w+;)")  # an ampersand that Markdown would read as a character
RUN_BY_SPREADSHEETS = tuple("=+-@\t\r")
PLAIN_KEY = re.compile(r"[a-z][a-z_]*")
YAML_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}  # YAML 1.1, type/bool and type/null
LATER = ("vcard", "vcard4", "ical")  # in `cards`, which only these load


def renders(name: str) -> Callable[[Renderer], Renderer]:
    """Register a format under its name."""

    def register(renderer: Renderer) -> Renderer:
        FORMATS[name] = renderer
        return renderer

    return register


def render(view: View, name: str, out: TextIO) -> None:
    """Write a view in a format. Raises UsageError for a format that does not exist."""
    if name in LATER:
        from icapital_cli.cards import CARDS  # noqa: PLC0415 - the other formats do without

        CARDS[name](view, out)
    elif name in FORMATS:
        FORMATS[name](view, out)
    else:
        raise no_such("format", name, (*FORMATS, *LATER))


def objects(view: View) -> Iterator[dict[str, Any]]:
    """Yield the rows as the JSON promise has them."""
    keys = view.field_names
    for row in view.rows:
        yield {key: row.values[key] for key in keys}


def flat(view: View, row: Row) -> list[str]:
    """Spell the values of a row for machines: arrays joined with `; `, sources and objects as ids."""
    return [_flat(row.values[column.key]) for column in view.columns]


def _flat(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "; ".join(_flat(item) for item in value)
    if isinstance(value, dict):
        return str(value["id"]) if "id" in value else _flat([v for v in value.values() if not isinstance(v, list)])
    return str(value)


@renders("table")
def as_table(view: View, out: TextIO) -> None:
    """Write a table for people; on a terminal with borders and colour, fitted to its width."""
    from icapital_cli import table  # noqa: PLC0415 - only a terminal pays for Rich

    table.write(view, out)


@renders("plain")
def as_plain(view: View, out: TextIO) -> None:
    """Write one line per fact, as people read it, without a header."""
    for row in view.rows:
        out.write(" | ".join(safe(cell) for cell in view.cells(row)) + "\n")


@renders("json")
def as_json(view: View, out: TextIO) -> None:
    """Write one JSON array (RFC 8259), one object a line."""
    lines = ",\n".join(json_text(fact) for fact in objects(view))
    out.write(f"[\n{lines}\n]\n" if lines else "[]\n")


@renders("jsonl")
def as_jsonl(view: View, out: TextIO) -> None:
    """Write one JSON object per line."""
    for fact in objects(view):
        out.write(json_text(fact) + "\n")


@renders("csv")
def as_csv(view: View, out: TextIO) -> None:
    """Write RFC 4180 CSV, keys as the header."""
    import csv  # noqa: PLC0415 - the other formats do without

    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(view.field_names)
    writer.writerows(flat(view, row) for row in view.rows)


def as_excel(view: View, out: TextIO) -> None:
    """Write CSV that a spreadsheet opens right: a byte order mark, `;`, and no cell that it would run.

    A cell that begins with = + - @ or a control character gets an apostrophe before it (OWASP, CSV injection).
    """
    import csv  # noqa: PLC0415 - the other formats do without

    out.write("\N{BYTE ORDER MARK}")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(view.field_names)
    for row in view.rows:
        writer.writerow("'" + cell if cell[:1] in RUN_BY_SPREADSHEETS else cell for cell in flat(view, row))


@renders("tsv")
def as_tsv(view: View, out: TextIO) -> None:
    """Write tab-separated values, keys as the header; tabs and line breaks inside a value become spaces."""
    out.write("\t".join(view.field_names) + "\n")
    for row in view.rows:
        out.write("\t".join(" ".join(value.split()) for value in flat(view, row)) + "\n")


@renders("markdown")
def as_markdown(view: View, out: TextIO) -> None:
    """Write a table of GitHub Flavored Markdown, with the notes below it."""
    columns = view.shown()
    out.write("| " + " | ".join(escaped(column.label) for column in columns) + " |\n")
    out.write("|" + " --- |" * len(columns) + "\n")
    for row in view.rows:
        out.write("| " + " | ".join(escaped(cell) for cell in view.cells(row, columns)) + " |\n")
    for note in view.notes:
        out.write(f"\n{escaped(note)}\n")


def escaped(text: str) -> str:
    """Keep a text from being read as Markdown or HTML."""
    for mark in "\\`*_[]<>|#~":
        text = text.replace(mark, "\\" + mark)
    return safe(ENTITY.sub(r"\\&", text))


def yaml_key(key: str) -> str:
    """Write a key so that it stays text: YAML 1.1 reads `no` and `2019` as something else."""
    return key if PLAIN_KEY.fullmatch(key) and key not in YAML_WORDS else json_text(key)


@renders("yaml")
def as_yaml(view: View, out: TextIO) -> None:
    """Write a YAML 1.2 list; every scalar is written as JSON, which YAML reads alike."""
    if not view.rows:
        out.write("[]\n")
    for fact in objects(view):
        lead = "- "
        for key, value in fact.items():
            out.write(f"{lead}{yaml_key(key)}: {json_text(value)}\n")
            lead = "  "
