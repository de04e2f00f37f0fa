"""Formats for people: a table, aligned in a pipe and drawn by Rich on a terminal; and plain lines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TextIO

from icapital_cli.formats.lines import cuts_of, lines_of, longest_word, print_lines
from icapital_cli.formats.registry import LISTS
from icapital_cli.terminal import safe, width_of
from icapital_cli.views.column_types import DISPUTED
from icapital_cli.views.rows import Column
from icapital_cli.views.view import View

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

GAP = "  "
TITLE_SEPARATOR = " · "
FEWEST = 2  # columns of a table with headings above its rows
SMALLEST_GROUP = 3  # rows under such a heading, on average
TALLEST = 7  # lines of a cell; a row of taller ones reads better as a block
STYLES = {"winner": "bold green", "runner-up": "green"}  # of statuses; the others stay plain


Cells = dict[str, list[str]]  # of the rows, by the keys of columns


class Layout(NamedTuple):
    """Columns, their cells by row, the widths in which no word is split, headings above rows, and lines in all.

    A row has a heading where its group begins, and an empty text elsewhere.
    """

    columns: list[Column]
    cells: list[list[str]]
    widths: list[int]
    headings: list[str]
    height: int


def draw_table(view: View, console: "Console") -> None:
    """Draw a table fitted to the width of a terminal: no word is ever split.

    What is the same in every row is put into the title. Where the rest does not fit on one line each, what changes
    least often becomes headings above groups of rows, if that saves lines. Where it does not fit, minor columns are
    left out; where it does not fit even so, each row becomes a block of all its values.
    """
    from rich.text import Text

    title, columns = _constant_columns_to_title(view)
    if view.rows:
        kept = columns
        layout = _best_layout(view, kept, console.width)
        while layout is None and any(column.column_type.is_spared for column in kept):
            last = [column for column in kept if column.column_type.is_spared][-1]
            kept = [column for column in kept if column is not last]
            layout = _best_layout(view, kept, console.width)
        print_lines(console, Text(safe(title), style="italic"))
        _draw_rows(view, layout, console) if layout else _draw_blocks(view, columns, console)
        names = [column.label for column in columns if layout and column not in kept and column.label]
        for note in ["+ " + ", ".join(names)] if names else []:
            print_lines(console, Text(safe(note), style="dim"))
        if view.notes:
            console.print()
    for note in view.notes:
        print_lines(console, Text(safe(note), style="dim"))


def _constant_columns_to_title(view: View) -> tuple[str, list[Column]]:
    """Return the title, and the columns that differ from row to row; one row, or one column, stays as it is."""
    columns, parts = view.shown(), [view.title]
    if len(view.rows) > 1 and len(columns) > 1:
        constant = [column for column in columns if len({view.cell(row, column) for row in view.rows}) == 1]
        columns = [column for column in columns if column not in constant] or columns[:1]
        parts += [_named(column, view.cell(view.rows[0], column)) for column in constant if column not in columns]
    return TITLE_SEPARATOR.join(part for part in parts if part), columns


def _named(column: Column, cell: str) -> str:
    """Put its heading before a number, which says nothing alone."""
    return f"{column.label}: {cell}" if cell and column.column_type.is_number else cell


def _best_layout(view: View, columns: list[Column], width: int) -> Layout | None:
    """Lay out the columns in the fewest lines, the fewest of them as headings. None where no words fit."""
    cells = _cells(view, columns)
    best = _layout(columns, [], cells, width)
    if best and best.height == len(view.rows):
        return best
    grouped = [
        _layout([column for column in columns if column not in above], above, cells, width)
        for above in _groupings(columns, cells)
    ]
    return min((layout for layout in [best, *grouped] if layout), key=lambda layout: layout.height, default=None)


def _cells(view: View, columns: list[Column]) -> Cells:
    return {column.key: [safe(view.cell(row, column)) for row in view.rows] for column in columns}


def _groupings(columns: list[Column], cells: Cells) -> list[list[Column]]:
    """Return the columns that can be headings above groups of rows: the one that changes least often, two, and on."""
    slow = [column for column in columns if not column.column_type.is_number]
    slow.sort(key=lambda column: _changes(cells[column.key]))
    groupings = []
    for count in range(1, min(len(slow), len(columns) - FEWEST) + 1):
        above = [column for column in columns if column in slow[:count]]
        groups = _changes([*zip(*(cells[column.key] for column in above), strict=True)])
        if groups * SMALLEST_GROUP > len(cells[columns[0].key]):
            break
        groupings.append(above)
    return groupings


def _changes(cells: Sequence[object]) -> int:
    """Count the groups of equal cells that follow each other."""
    return sum(number == 0 or cell != cells[number - 1] for number, cell in enumerate(cells))


def _headings(above: list[Column], cells: Cells) -> list[str]:
    """Return for each row the heading of its group, where the group begins, or an empty text."""
    groups = [TITLE_SEPARATOR.join(filter(None, group)) for group in zip(*(cells[c.key] for c in above), strict=True)]
    return ["" if number and group == groups[number - 1] else group for number, group in enumerate(groups)]


def _layout(columns: list[Column], above: list[Column], cells: Cells, width: int) -> Layout | None:
    """Give each column a width: the widest cell, or less where words allow it.

    None where even that is too wide, or a cell becomes a tower of words, or texts alone would run into each other.
    """
    widths, least = [], []
    for column in columns:
        label, widest = safe(column.label), max(map(width_of, cells[column.key]))
        words = widest if column.column_type.is_unbreakable else max(map(longest_word, cells[column.key]))
        widths.append(max(widest, width_of(label)))
        least.append(max(words, longest_word(label)))
    room = width - len(GAP) * (len(columns) - 1)
    if sum(least) > room:
        return None
    while sum(widths) > room:
        widest = max(range(len(widths)), key=lambda number: widths[number] - least[number])
        others = sorted({w - m for w, m in zip(widths, least, strict=True)}, reverse=True)
        step = max(1, (others[0] - others[1]) if len(others) > 1 else others[0])
        widths[widest] -= min(step, sum(widths) - room, widths[widest] - least[widest])
    lines = [list(line) for line in zip(*(cells[column.key] for column in columns), strict=True)]
    heights = [max(len(cuts_of(cell, w)) + 1 for cell, w in zip(line, widths, strict=True)) for line in lines]
    if max(heights) > (TALLEST if len(columns) > 1 else 1):
        return None
    headings = _headings(above, cells) or [""] * len(lines)
    return Layout(columns, lines, widths, headings, sum(heights) + 2 * sum(map(bool, headings)))


def _draw_rows(view: View, layout: Layout, console: "Console") -> None:
    """Draw headings and rows, the cells of a row beside each other."""
    from rich.text import Text

    labels = [Text(safe(column.label), style="bold underline") for column in layout.columns]
    drawn = _beside(labels, layout)
    for row, line, heading in zip(view.rows, layout.cells, layout.headings, strict=True):
        if heading:
            drawn += [Text(), *lines_of(Text(heading, style="bold"), console.width)]
        cells = [_styled(cell, column, row.values) for cell, column in zip(line, layout.columns, strict=True)]
        drawn += _beside(cells, layout)
    console.print(Text("\n").join(drawn), soft_wrap=True)


def _beside(cells: list["Text"], layout: Layout) -> list["Text"]:
    """Put the lines of cells beside each other, each padded to its column, numbers to the right."""
    from rich.text import Text

    broken = [lines_of(cell, width) for cell, width in zip(cells, layout.widths, strict=True)]
    lines = []
    for number in range(max(map(len, broken))):
        line = Text()
        for column, width, parts in zip(layout.columns, layout.widths, broken, strict=True):
            part = parts[number] if number < len(parts) else Text()
            padding = " " * (width - width_of(part.plain))
            before = padding if column.column_type.is_number else ""
            line.append(before).append_text(part).append("" if before else padding).append(GAP)
        line.rstrip()
        lines.append(line)
    return lines


def _styled(cell: str, column: Column, values: dict[str, object]) -> "Text":
    """Colour with meaning: the status, an address as a link, the mark of a dispute."""
    from rich.style import Style
    from rich.text import Text

    text = Text(cell)
    if column.type == "status":
        text.stylize(STYLES.get(str(values.get(column.key)), ""))
    if column.type == "url" and cell.startswith(("http://", "https://")):
        text.stylize(Style(link=cell, underline=True))
    if cell.endswith(DISPUTED):
        text.stylize("bold yellow", len(cell) - 1)
    return text


def _draw_blocks(view: View, columns: list[Column], console: "Console") -> None:
    """Draw each row as a block: a heading, and a line for each other value, wrapped between words.

    What changes least often is a heading above several blocks.
    """
    from rich.text import Text

    cells = _cells(view, columns)
    above = [[], *_groupings(columns, cells)][-1]
    groups = _headings(above, cells) or [""] * len(view.rows)
    first, *others = [column for column in columns if column not in above]
    for number, (row, group) in enumerate(zip(view.rows, groups, strict=True)):
        if group:
            console.print()
            print_lines(console, Text(group, style="bold underline"))
        heading = _styled(cells[first.key][number], first, row.values)
        heading.stylize("bold")
        console.print()
        print_lines(console, heading)
        for column in others:
            cell = cells[column.key][number]
            if cell:
                label = Text(f"{safe(column.label)}: " if column.label else "")
                text = label.append_text(_styled(cell, column, row.values))
                print_lines(console, text, indent=len(GAP), hang=len(GAP))


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
