"""The table for people: aligned text in a pipe, Rich on a terminal."""

from typing import TextIO

from icapital_cli.rows import Column
from icapital_cli.terminal import NARROWEST, WIDEST, console_of, safe, width_of
from icapital_cli.view import View

GAP = "  "

NUMBERS = {"integer", "cited", "minor", "euros", "money"}
WHOLE = {*NUMBERS, "bar"}  # what is never broken over two lines
SPARED = {"bar", "minor"}  # what a terminal that is too narrow does without


def write(view: View, out: TextIO) -> None:
    """Write a view as a table, and its notes below."""
    if out.isatty():
        _draw(view, out)
    else:
        _align(view, out)


def _align(view: View, out: TextIO) -> None:
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


def _draw(view: View, out: TextIO) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

    console = console_of(out)
    columns = view.shown()
    console.width = max(console.width, NARROWEST * len(columns))
    left_out: list[Column] = []

    def drawn(*, tight: bool) -> Table:
        """Draw the table; a tight one gives numbers the width that they need, and no more."""
        table = Table(box=SIMPLE_HEAD, title=Text(safe(view.title)), title_justify="left", pad_edge=False, expand=False)
        lines = [[safe(cell) for cell in view.cells(row, columns)] for row in view.rows]
        for number, column in enumerate(columns):
            words = [*column.label.split(), *(line[number] for line in lines)]
            width = max(map(width_of, words)) if tight and column.type in WHOLE else None
            table.add_column(
                Text(safe(column.label)),
                justify="right" if column.type in NUMBERS else "left",
                overflow="fold",
                width=width,
            )
        for line in lines:
            table.add_row(*map(Text, line))
        return table

    def measured(table: Table) -> Measurement:
        return Measurement.get(console, console.options.update(max_width=WIDEST), table)

    if view.rows and measured(drawn(tight=False)).maximum <= console.width:
        console.print(drawn(tight=False))
    elif view.rows:
        spared = [column for column in columns if column.type in SPARED]
        while spared and measured(drawn(tight=True)).minimum > console.width:
            left_out.insert(0, spared.pop())
            columns.remove(left_out[0])
        console.print(drawn(tight=measured(drawn(tight=True)).minimum <= console.width))
    names = [column.label for column in left_out if column.label]
    for note in [*(["+ " + ", ".join(names)] if names else []), *view.notes]:
        console.print(Text(safe(note), style="dim"))
