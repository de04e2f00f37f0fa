"""The table for people: aligned text in a pipe, Rich on a terminal."""

from typing import TextIO

from icapital_cli.terminal import safe, width_of
from icapital_cli.view import View

GAP = "  "


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
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=out, markup=False, emoji=False, highlight=False)
    columns = view.shown()
    if view.rows:
        drawn = Table(box=SIMPLE_HEAD, title=Text(safe(view.title)), title_justify="left", pad_edge=False, expand=False)
        for column in columns:
            right = column.type in {"integer", "euros", "money"}
            drawn.add_column(Text(safe(column.label)), justify="right" if right else "left", overflow="fold")
        for row in view.rows:
            drawn.add_row(*(Text(safe(cell)) for cell in view.cells(row, columns)))
        console.print(drawn)
    for note in view.notes:
        console.print(Text(safe(note), style="dim"))
