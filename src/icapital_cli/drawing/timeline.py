"""The timeline as SVG: a lane for each edition, the months above, marks for steps, at the end what was reached."""

from collections.abc import Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from icapital_cli.drawing import svg
from icapital_cli.drawing.geometry import Point
from icapital_cli.drawing.shapes import PLACES, STEPS, outline_of
from icapital_cli.views.column_types import DISPUTED
from icapital_cli.views.pictures import Lane, Step, TimelinePicture

LABELS = 108  # px: the column of labels
OUTCOMES = 250  # px: the column of outcomes
ROW = 30.0  # px: the least height of a lane
RADIUS = 5.5  # px: of a mark
YEAR = 12  # months
QUIET_KIND = 3  # the colour of steps before the last
LAST_KIND = 0  # the colour of the last step
DAY = 0.1  # months: what is longer than this is not known to the day


def timeline_svg(
    picture: TimelinePicture,
    *,
    name: str = "timeline",
    links: Mapping[str, str] | None = None,
    heading: bool = True,
    style: bool = True,
) -> str:
    """Draw a timeline. `name` begins its ids, `links` are addresses by the id of a lane or an outcome."""
    root = svg.start(picture, name, style=style, linked=bool(links))
    y = svg.write_heading(root, picture.title) if heading else float(svg.MARGIN)
    keys = [(key, STEPS[n], _colour(picture, key.kind)) for n, key in enumerate(picture.kinds)]
    y = svg.write_legend(root, y, keys)
    grid = Grid(svg.add(root, "g"), picture, links or {})
    y += svg.SIZE * 1.2
    for number, text in enumerate(picture.months):
        svg.write(root, grid.x(number + 0.5), y, text, font_size=svg.SMALL, text_anchor="middle", class_="quiet")
    y += svg.SIZE * 0.6
    top = y
    for lane in picture.lanes:
        y = _draw_lane(root, grid, lane, y)
        _rule(grid.group, (svg.MARGIN, y), (svg.WIDTH - svg.MARGIN, y))
    for number in range(len(picture.months) + 1):
        x, width = grid.x(number), 1.5 if number and number % YEAR == 0 else 0.5
        _rule(grid.group, (x, top), (x, y), width=width)
    y = svg.paragraph(root, y + svg.SIZE / 2, [picture.partial, *picture.notes])
    return svg.finish(root, y + svg.MARGIN)


class Grid(NamedTuple):
    """Where the months are, and what a lane must know of the picture; rules are drawn into a group below the marks."""

    group: Element
    picture: TimelinePicture
    links: Mapping[str, str]

    def x(self, month: float) -> float:
        """Return where a time is, in months since the first January."""
        west, east = svg.MARGIN + LABELS, svg.WIDTH - svg.MARGIN - OUTCOMES
        return west + month * (east - west) / len(self.picture.months)

    def parent(self, root: Element, fact_id: str) -> Element:
        """Return a link in a parent, where there is one for a fact, or else the parent."""
        return svg.add(root, "a", href=self.links[fact_id]) if fact_id in self.links else root


def _colour(picture: TimelinePicture, kind: str) -> int:
    """Return the colour of a kind of step: that of the last stands out."""
    return LAST_KIND if kind == picture.kinds[-1].kind else QUIET_KIND


def _rule(parent: Element, start: Point, end: Point, *, width: float = 1) -> None:
    (x, y), (u, v) = start, end
    svg.add(parent, "line", class_="line", stroke=svg.RULE, stroke_width=width, x1=x, y1=y, x2=u, y2=v)


def _draw_lane(root: Element, grid: Grid, lane: Lane, y: float) -> float:
    """Draw a lane from a height down; return the height below it."""
    lines = [(outcome, svg.broken(outcome.text, OUTCOMES - 30)) for outcome in lane.outcomes]
    height = max(ROW, sum(len(texts) for _, texts in lines) * svg.SIZE * svg.LINE + 10)
    middle = y + height / 2
    svg.write(grid.parent(root, lane.id), svg.MARGIN, middle + 4, lane.label, font_weight="600")
    if lane.year is not None and not lane.label.startswith(str(lane.year)):
        year = f"{lane.year} →"
        svg.write(root, grid.x(0) - 10, middle + 4, year, font_size=svg.SMALL, text_anchor="end", class_="quiet")
    _draw_steps(root, grid, lane.steps, middle)
    at = middle - (sum(len(texts) for _, texts in lines) - 1) * svg.SIZE * svg.LINE / 2 + 4
    x = svg.WIDTH - svg.MARGIN - OUTCOMES + 10
    kinds = {key.kind: min(number, len(PLACES) - 1) for number, key in enumerate(grid.picture.outcomes)}
    for outcome, texts in lines:
        number = kinds[outcome.kind]
        look = svg.kind_look(number, is_open=PLACES[number] == "ring")
        svg.add(root, "path", d=outline_of(PLACES[number], x + 6, at - 4, 4.5), **look)
        parent = grid.parent(root, outcome.id)
        for text in texts:
            svg.write(parent, x + 18, at, text)
            at += svg.SIZE * svg.LINE
    return y + height


def _draw_steps(root: Element, grid: Grid, steps: list[Step], y: float) -> None:
    """Draw the marks of a lane at a height, the later of two that would touch a little to the right."""
    shapes = {key.kind: shape for key, shape in zip(grid.picture.kinds, STEPS, strict=False)}
    if steps:
        west, east = min(step.start for step in steps), max(step.end for step in steps)
        _rule(root, (grid.x(west), y), (grid.x(east), y))
    free = 0.0
    for step in sorted(steps, key=lambda step: step.at):
        x = max(grid.x(step.at), free)
        free = x + 2 * RADIUS + 1
        look = svg.kind_look(_colour(grid.picture, step.kind), is_open=step.end - step.start > DAY)
        mark = svg.add(root, "path", d=outline_of(shapes[step.kind], x, y, RADIUS), **look)
        svg.add(mark, "title").text = svg.clean(step.text)
        if step.disputed:
            svg.write(root, x, y - RADIUS - 3, DISPUTED, font_size=svg.SMALL, text_anchor="middle")
