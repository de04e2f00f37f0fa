"""Formats for people: a table, aligned in a pipe and drawn by Rich on a terminal; and plain lines."""

from typing import TYPE_CHECKING, TextIO

from icapital_cli.formats.registry import LISTS
from icapital_cli.terminal import NARROWEST, WIDEST, safe, width_of
from icapital_cli.views.rows import Column
from icapital_cli.views.view import View

if TYPE_CHECKING:
    from rich.console import Console

GAP = "  "


def draw_table(view: View, console: "Console") -> None:
    """Draw a table fitted to the width of a terminal, with its notes below."""
    from rich.box import SIMPLE_HEAD
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

    columns = view.shown()
    console.width = max(console.width, NARROWEST * len(columns))
    left_out: list[Column] = []

    def drawn(*, tight: bool) -> Table:
        """Draw the table; a tight one gives numbers the width that they need, and no more."""
        table = Table(box=SIMPLE_HEAD, title=Text(safe(view.title)), title_justify="left", pad_edge=False, expand=False)
        lines = [[safe(cell) for cell in view.cells(row, columns)] for row in view.rows]
        for number, column in enumerate(columns):
            words = [*column.label.split(), *(line[number] for line in lines)]
            width = max(map(width_of, words)) if tight and column.column_type.is_unbreakable else None
            table.add_column(
                Text(safe(column.label)),
                justify="right" if column.column_type.is_number else "left",
                overflow="fold",
                width=width,
            )
        for line in lines:
            table.add_row(*map(Text, line))
        return table

    def measured(table: Table) -> Measurement:
        return Measurement.get(console, console.options.update(max_width=WIDEST), table)

    table = drawn(tight=False)
    if view.rows and measured(table).maximum <= console.width:
        console.print(table)
    elif view.rows:
        spared = [column for column in columns if column.column_type.is_spared]
        while spared and measured(drawn(tight=True)).minimum > console.width:
            left_out.insert(0, spared.pop())
            columns.remove(left_out[0])
        console.print(drawn(tight=measured(drawn(tight=True)).minimum <= console.width))
    names = [column.label for column in left_out if column.label]
    for note in [*(["+ " + ", ".join(names)] if names else []), *view.notes]:
        console.print(Text(safe(note), style="dim"))


@LISTS.register("table", drawn_by=draw_table)
def as_table(view: View, out: TextIO) -> None:
    """Write a table for people, columns aligned, with its notes below."""
    columns = view.shown()
    lines = [[safe(column.label) for column in columns]]
    lines += [[safe(cell) for cell in view.cells(row, columns)] for row in view.rows]
    if view.rows:
        widths = [max(width_of(line[number]) for line in lines) for number in range(len(columns))]
        for line in lines:
            cells = [cell + " " * (width - width_of(cell)) for cell, width in zip(line, widths, strict=True)]
            out.write(GAP.join(cells).rstrip() + "\n")
    for note in view.notes:
        out.write(f"\n{safe(note)}\n")


@LISTS.register("plain")
def as_plain(view: View, out: TextIO) -> None:
    """Write one line per fact, as people read it, without a header."""
    for row in view.rows:
        out.write(" | ".join(safe(cell) for cell in view.cells(row)) + "\n")
