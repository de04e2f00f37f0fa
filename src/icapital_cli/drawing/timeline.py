"""The timeline as SVG: a lane for each edition, the months above, marks for steps, at the end what was reached."""

from typing import NamedTuple
from xml.etree.ElementTree import Element

from icapital_cli.drawing import svg
from icapital_cli.drawing.shapes import STEPS, places_of
from icapital_cli.views.column_types import DISPUTED
from icapital_cli.views.pictures import Lane, Step, TimelinePicture

LABELS = 108  # px: the column of labels
OUTCOMES = 250  # px: the column of outcomes
ROW = 30.0  # px: the least height of a lane
RADIUS = 5.5  # px: of a mark
BETWEEN = 4  # px: the least between the names of months
YEAR = 12  # months
QUIET_KIND = 3  # the colour of steps before the last
LAST_KIND = 0  # the colour of the last step


def draw_timeline(picture: TimelinePicture, canvas: svg.Canvas) -> float:
    """Draw a timeline below the title; return the height at which it ends."""
    root = canvas.root
    keys = [(key, STEPS[n], _colour(picture, key.kind)) for n, key in enumerate(picture.kinds)]
    y = svg.write_legend(root, canvas.top, keys)
    grid = Grid(canvas, svg.add(root, "g"), picture)
    y += svg.SIZE * 1.2
    for number, text in enumerate(picture.months):
        look: svg.Look = {"font_size": svg.SMALL, "text_anchor": "middle", "class_": "quiet"}
        svg.write(root, grid.x(number + 0.5), y, text, room=grid.x(1) - grid.x(0) - BETWEEN, **look)
    y += svg.SIZE * 0.6
    top = y
    for lane in picture.lanes:
        y = _draw_lane(grid, lane, y)
        svg.rule(grid.rules, (svg.MARGIN, y), (svg.WIDTH - svg.MARGIN, y))
    for number in range(len(picture.months) + 1):
        x, width = grid.x(number), 1.5 if number and number % YEAR == 0 else 0.5
        svg.rule(grid.rules, (x, top), (x, y), width=width)
    return svg.paragraph(root, y + svg.SIZE / 2, [picture.partial, *picture.notes])


class Grid(NamedTuple):
    """Where the months are, and what a lane must know of the picture; `rules` is a group below the marks."""

    canvas: svg.Canvas
    rules: Element
    picture: TimelinePicture

    def x(self, month: float) -> float:
        """Return where a time is, in months since the first January."""
        west, east = svg.MARGIN + LABELS, svg.WIDTH - svg.MARGIN - OUTCOMES
        return west + month * (east - west) / len(self.picture.months)


def _colour(picture: TimelinePicture, kind: str) -> int:
    """Return the colour of a kind of step: that of the last stands out."""
    return LAST_KIND if kind == picture.kinds[-1].kind else QUIET_KIND


def _draw_lane(grid: Grid, lane: Lane, y: float) -> float:
    """Draw a lane from a height down; return the height below it."""
    root, parent = grid.canvas.root, grid.canvas.parent
    lines = [(outcome, svg.broken(outcome.text, OUTCOMES - 30)) for outcome in lane.outcomes]
    height = max(ROW, sum(len(texts) for _, texts in lines) * svg.SIZE * svg.LINE + 10)
    middle = y + height / 2
    begins = f"{lane.year} →" if lane.starts_earlier else ""
    room = LABELS - 12 - svg.width_of(begins, svg.SMALL)
    svg.write(parent(root, lane.id), svg.MARGIN, middle + 4, lane.label, room=room, font_weight="600")
    if begins:
        svg.write(root, grid.x(0) - 10, middle + 4, begins, font_size=svg.SMALL, text_anchor="end", class_="quiet")
    _draw_steps(root, grid, lane.steps, middle)
    at = middle - (sum(len(texts) for _, texts in lines) - 1) * svg.SIZE * svg.LINE / 2 + 4
    x = svg.WIDTH - svg.MARGIN - OUTCOMES + 10
    numbers = places_of(key.kind for key in grid.picture.outcomes)
    for outcome, texts in lines:
        svg.draw_place(root, numbers[outcome.kind], (x + 6, at - 4), 4.5)
        link = parent(root, outcome.id)
        for text in texts:
            svg.write(link, x + 18, at, text, room=OUTCOMES - 30)
            at += svg.SIZE * svg.LINE
    return y + height


def _draw_steps(root: Element, grid: Grid, steps: list[Step], y: float) -> None:
    """Draw the marks of a lane at a height, the later of two that would touch a little to the right."""
    shapes = {key.kind: shape for key, shape in zip(grid.picture.kinds, STEPS, strict=False)}
    if steps:
        west, east = min(step.start for step in steps), max(step.end for step in steps)
        svg.rule(root, (grid.x(west), y), (grid.x(east), y))
    free = 0.0
    for step in sorted(steps, key=lambda step: step.at):
        x = max(grid.x(step.at), free)
        free = x + 2 * RADIUS + 1
        colour = _colour(grid.picture, step.kind)
        mark = svg.draw_mark(root, shapes[step.kind], colour, (x, y), RADIUS, is_open=step.is_open)
        svg.add(mark, "title").text = svg.clean(step.text)
        if step.disputed:
            svg.write(root, x, y - RADIUS - 3, DISPUTED, font_size=svg.SMALL, text_anchor="middle")
