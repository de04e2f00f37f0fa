"""Delimited formats of lists: CSV, CSV for spreadsheets, TSV."""

from typing import Any, TextIO

from icapital_cli.formats.registry import LISTS
from icapital_cli.views.rows import Row
from icapital_cli.views.view import View

FORMULA = tuple("=+-@\t\r")  # how a cell begins that a spreadsheet would run


@LISTS.register("csv")
def as_csv(view: View, out: TextIO) -> None:
    """Write RFC 4180 CSV, keys as the header."""
    import csv  # noqa: PLC0415 - the other formats do without

    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(view.field_names)
    writer.writerows(_flat(view, row) for row in view.rows)


def as_excel(view: View, out: TextIO) -> None:
    """Write CSV that a spreadsheet opens right: a byte order mark, `;`, and no cell that it would run.

    A cell that begins with = + - @ or a control character gets an apostrophe before it (OWASP, CSV injection).
    """
    import csv  # noqa: PLC0415 - the other formats do without

    out.write("\N{BYTE ORDER MARK}")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(view.field_names)
    for row in view.rows:
        writer.writerow("'" + cell if cell[:1] in FORMULA else cell for cell in _flat(view, row))


@LISTS.register("tsv")
def as_tsv(view: View, out: TextIO) -> None:
    """Write tab-separated values, keys as the header; tabs and line breaks inside a value become spaces."""
    out.write("\t".join(view.field_names) + "\n")
    for row in view.rows:
        out.write("\t".join(" ".join(value.split()) for value in _flat(view, row)) + "\n")


def _flat(view: View, row: Row) -> list[str]:
    """Return the values of a row as text: arrays joined with `; `, parts of an object with ` | `, sources as ids."""
    return [_text(row.values[key]) for key in view.field_names]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "; ".join(_text(item) for item in value)
    if isinstance(value, dict):
        parts = [_text(part) for part in value.values() if not isinstance(part, list)]
        return str(value["id"]) if "id" in value else " | ".join(parts)
    return str(value)
