"""The map in characters: coasts in braille, a sign for each city, or how many cities a cell holds."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from icapital_cli.drawing.geometry import Box, Point
from icapital_cli.drawing.map import frame_on, names_outside
from icapital_cli.drawing.outline import land
from icapital_cli.drawing.projection import project
from icapital_cli.drawing.shapes import PLACES, SIGNS, STYLES, places_of
from icapital_cli.drawing.text import Sign, fitted, legend, wrapped
from icapital_cli.terminal import safe, width_of
from icapital_cli.views.pictures import MapPicture, Mark

if TYPE_CHECKING:
    from rich.text import Text

ACROSS, DOWN = 2, 4  # dots of a cell; a cell is twice as high as wide, so a dot is square
DOTS = (
    (0x01, 0x08),
    (0x02, 0x10),
    (0x04, 0x20),
    (0x40, 0x80),
)  # of a braille cell, by row and column (Unicode, U+2800)
BLANK = 0x2800
WIDEST = 100  # cells
NAMES = 16  # marks that are named, the first ones, where there is room
MOST = 9  # cities that one sign can count
Cell = tuple[int, int]


class Grid(NamedTuple):
    """The cells of a map, and the frame that they show."""

    frame: Box
    columns: int
    rows: int

    def dot(self, point: Point) -> Cell:
        """Return the dot of a point: column and row, from the north-west."""
        x = (point[0] - self.frame.west) / (self.frame.east - self.frame.west) * self.columns * ACROSS
        y = (self.frame.north - point[1]) / (self.frame.north - self.frame.south) * self.rows * DOWN
        return int(x // 1), int(y // 1)

    def cell(self, point: Point) -> Cell:
        """Return the cell of a point that is in the frame."""
        x, y = self.dot(point)
        return min(x // ACROSS, self.columns - 1), min(y // DOWN, self.rows - 1)


def map_braille(picture: MapPicture, width: int, height: int) -> list["Text"]:
    """Draw a map in at most so many cells and lines, with its legend."""
    from rich.text import Text

    grid = _grid(picture, width, height)
    coast = _coast(grid)
    numbers = places_of(key.kind for key in picture.legend)
    cells: dict[Cell, list[Mark]] = {}
    for mark in picture.marks:
        place = project(mark.latitude, mark.longitude)
        if grid.frame.holds(place):
            cells.setdefault(grid.cell(place), []).append(mark)
    names = _names(picture, cells, grid)
    lines = []
    for row in range(grid.rows):
        line = Text()
        for column in range(grid.columns):
            here = cells.get((column, row))
            if here:
                number = min(numbers[mark.kind] for mark in here)
                sign = SIGNS[PLACES[number]] if len(here) == 1 else str(len(here)) if len(here) <= MOST else "+"
                line.append(sign, style=STYLES[number])
            elif (column, row) in names:
                line.append(names[column, row])
            else:
                dots = coast.get((column, row), 0)
                line.append(chr(BLANK + dots) if dots else " ", style="dim")
        line.rstrip()
        lines.append(line)
    notes = [f"2–{MOST}: {picture.several}"] if any(len(here) > 1 for here in cells.values()) else []
    return lines + _legend(picture, numbers, width, [*notes, *names_outside(picture, grid.frame)])


def _grid(picture: MapPicture, width: int, height: int) -> Grid:
    frame = frame_on(picture.marks)
    shape = (frame.north - frame.south) / (frame.east - frame.west) / 2  # lines for a cell of width
    columns = max(1, min(width, WIDEST, int(height / shape)))
    return Grid(frame, columns, max(1, round(columns * shape)))


def _coast(grid: Grid) -> dict[Cell, int]:
    """Return the dots of the coasts, by cell."""
    found: dict[Cell, int] = {}
    for ring in land():
        dots = [grid.dot(point) for point in ring]
        for start, end in pairwise([*dots, dots[0]]):
            for x, y in _between(start, end):
                if 0 <= x < grid.columns * ACROSS and 0 <= y < grid.rows * DOWN:
                    cell = (x // ACROSS, y // DOWN)
                    found[cell] = found.get(cell, 0) | DOTS[y % DOWN][x % ACROSS]
    return found


def _between(start: Cell, end: Cell) -> Iterator[Cell]:
    """Yield the dots of a straight line."""
    (x, y), (u, v) = start, end
    steps = max(abs(u - x), abs(v - y), 1)
    for step in range(steps + 1):
        yield x + round((u - x) * step / steps), y + round((v - y) * step / steps)


def _names(picture: MapPicture, cells: dict[Cell, list[Mark]], grid: Grid) -> dict[Cell, str]:
    """Place the names of the first marks that are alone in their cell, right or left of it: characters by cell."""
    first = set(picture.marks[:NAMES])
    found: dict[Cell, str] = {}
    for (column, row), here in cells.items():
        name = safe(here[0].name)
        if len(here) > 1 or here[0] not in first or width_of(name) != len(name):
            continue
        for start in (column + 2, column - 1 - len(name)):
            needed = [(at, row) for at in range(start - 1, start + len(name) + 1)]
            free = not any(cell in found or (cell in cells and cell != (column, row)) for cell in needed)
            if free and start >= 0 and start + len(name) <= grid.columns:
                found |= dict(zip(needed, f" {name} ", strict=True))
                break
    return found


def _legend(picture: MapPicture, numbers: dict[str, int], width: int, notes: list[str]) -> list["Text"]:
    from rich.text import Text

    signs = [
        Sign(SIGNS[PLACES[numbers[key.kind]]], STYLES[numbers[key.kind]], f"{key.name} ({key.number})")
        for key in picture.legend
        if key.number
    ]
    lines = [Text(line, style="dim") for note in notes for line in wrapped(note, width)]
    return fitted([*legend(signs, width), *lines], width)
