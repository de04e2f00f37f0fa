"""The map as SVG: coasts, a mark for each city, names where there is room, a legend, notes."""

from collections.abc import Iterator
from itertools import pairwise
from math import dist, sqrt
from typing import NamedTuple
from xml.etree.ElementTree import Element

from icapital_cli.drawing import svg
from icapital_cli.drawing.geometry import Box, Point, frame_of, moved_apart
from icapital_cli.drawing.outline import land, widest_frame
from icapital_cli.drawing.projection import project
from icapital_cli.drawing.shapes import PLACES, places_of
from icapital_cli.views.pictures import MapPicture, Mark

LEAST = (1400.0, 1150.0)  # km: of a frame, so that one city is seen on a coast that people know
SHAPE = (0.85, 1.6)  # least and most of width : height
EMPTY = [(-1500.0, -1900.0), (1900.0, 1700.0)]  # what a map without cities shows
SMALLEST, GROWTH = 3.6, 1.3  # px: radius of a mark, and how it grows with the number of results
LED = 5.0  # px: a mark that moved further than this is tied to its place by a line
# Sides of a mark on which its name may be, the best first: east and south of it.
SIDES = (
    *((1, 0), (-1, 0), (0, -1), (0, 1)),
    *((1, -1), (1, 1), (-1, -1), (-1, 1)),
    *((1, 0.5), (1, -0.5), (-1, 0.5), (-1, -0.5)),
    *((0.5, 1), (0.5, -1), (-0.5, 1), (-0.5, -1)),
)
# How a name is anchored there, and which part of it is west of that.
ANCHORS = {1: ("start", 0), 0.5: ("start", 0), 0: ("middle", 0.5), -0.5: ("end", 1), -1: ("end", 1)}
DIAGONAL, BOLD = 0.75, 1.06  # how much nearer a name is at a corner; how much wider bold type is
APART = 3.0  # px: before and after a name
HALO: svg.Look = {"stroke": svg.PAPER, "stroke_width": 2.5, "stroke_linejoin": "round", "paint_order": "stroke"}


def draw_map(picture: MapPicture, canvas: svg.Canvas) -> float:
    """Draw a map below the title; return the height at which it ends."""
    numbers = places_of(key.kind for key in picture.legend)
    keys = [(key, PLACES[numbers[key.kind]], numbers[key.kind]) for key in picture.legend]
    y = svg.write_legend(canvas.root, canvas.top, keys, counted=True)
    frame = frame_on(picture.marks)
    width = svg.WIDTH - 2 * svg.MARGIN
    height = width * (frame.north - frame.south) / (frame.east - frame.west)
    page = Page(frame, Box(svg.MARGIN, y, svg.MARGIN + width, y + height))
    _draw_land(canvas, page)
    unnamed = _draw_marks(canvas, page, picture.marks, numbers)
    notes = [*picture.notes, *names_outside(picture, frame)]
    notes += [picture.unnamed.replace("{}", ", ".join(unnamed))] if unnamed else []
    return svg.paragraph(canvas.root, page.box.north, notes)


def names_outside(picture: MapPicture, frame: Box) -> list[str]:
    """Name in a line the marks that are outside of the frame, for no coasts are known there."""
    names = [mark.name for mark in picture.marks if not frame.holds(project(mark.latitude, mark.longitude))]
    return [picture.outside.replace("{}", ", ".join(names))] if names else []


class Page(NamedTuple):
    """A frame in kilometres, north up, and the box on the page that shows it, in pixels from the top."""

    frame: Box
    box: Box

    def place(self, point: Point) -> Point:
        """Return where a point is on the page."""
        scale = (self.box.east - self.box.west) / (self.frame.east - self.frame.west)
        return self.box.west + (point[0] - self.frame.west) * scale, self.box.south + (
            self.frame.north - point[1]
        ) * scale


def frame_on(marks: list[Mark]) -> Box:
    """Return the frame of a map, in kilometres: it follows the marks, and keeps to where coasts are known."""
    places = [project(mark.latitude, mark.longitude) for mark in marks] or EMPTY
    frame, widest = frame_of(places, margin=0.06, least=LEAST, shape=SHAPE), widest_frame()
    return Box(
        max(frame.west, widest.west),
        max(frame.south, widest.south),
        min(frame.east, widest.east),
        min(frame.north, widest.north),
    )


def _draw_land(canvas: svg.Canvas, page: Page) -> None:
    box, clip = page.box, f"{canvas.name}-frame"
    size: svg.Look = {"x": box.west, "y": box.south, "width": box.east - box.west, "height": box.north - box.south}
    svg.add(svg.add(canvas.root, "clipPath", id=clip), "rect", **size)
    paths = []
    for ring in land():
        around = Box(min(x for x, _ in ring), min(y for _, y in ring), max(x for x, _ in ring), max(y for _, y in ring))
        if around.meets(page.frame):
            paths.append(_relative([page.place(point) for point in ring]))
    look: svg.Look = {"fill": svg.LAND, "stroke": svg.COAST, "stroke_width": 0.6, "clip_path": f"url(#{clip})"}
    svg.add(canvas.root, "path", class_="land", d="".join(paths), **look)


def _relative(points: list[Point]) -> str:
    """Write a ring in tenths of a pixel, each point by its distance to the one before: half as long as by its place."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = [(u - x, v - y) for (x, y), (u, v) in pairwise(tenths) if (u, v) != (x, y)]
    path = "".join(f"{x / 10:g}{'' if y < 0 else ' '}{y / 10:g} " for x, y in steps)
    return f"M{tenths[0][0] / 10:g} {tenths[0][1] / 10:g}l{path.strip()}z" if steps else ""


class Placed(NamedTuple):
    """A mark on the page: where it is drawn, its radius, the number of its kind."""

    mark: Mark
    x: float
    y: float
    radius: float
    number: int


def _draw_marks(canvas: svg.Canvas, page: Page, shown: list[Mark], numbers: dict[str, int]) -> list[str]:
    """Draw the marks in the frame, moved apart, and their names; return the names for which there is no room."""
    marks = [mark for mark in shown if page.frame.holds(project(mark.latitude, mark.longitude))]
    places = [page.place(project(mark.latitude, mark.longitude)) for mark in marks]
    radii = [SMALLEST + GROWTH * sqrt(mark.size) for mark in marks]
    moved = moved_apart(places, [radius * 1.15 for radius in radii], page.box)
    group = svg.add(canvas.root, "g", class_="map")
    placed = []
    for mark, place, point, radius in zip(marks, places, moved, radii, strict=True):
        placed.append(Placed(mark, *point, radius, numbers[mark.kind]))
        if dist(place, point) > LED:
            svg.rule(group, place, point, colour=svg.COAST)
    for mark, x, y, radius, number in reversed(placed):
        path = svg.draw_place(canvas.parent(group, mark.id), number, (x, y), radius)
        svg.add(path, "title").text = svg.clean(mark.text)
    return _draw_names(group, placed, page.box)


def _draw_names(group: Element, placed: list[Placed], box: Box) -> list[str]:
    """Name the marks, the first kinds first, where a name touches neither a mark nor a name; return the other names."""
    taken = [Box(x - r, y - r, x + r, y + r) for _, x, y, r, _ in placed]
    unnamed = []
    for number, one in enumerate(placed):
        others = taken[:number] + taken[number + 1 :]
        fits = (s for s in _spots(one) if box.around(s.name) and not any(s.name.meets(other) for other in others))
        spot = next(fits, None)
        if spot:
            taken.append(spot.name)
            look: svg.Look = {"font_size": svg.SMALL} if one.number else {"font_weight": "600"}
            look |= {"class_": "text halo", "text_anchor": spot.anchor} | HALO
            svg.write(group, spot.x, spot.y, one.mark.name, room=0, **look)
        else:
            unnamed.append(one.mark.name)
    return unnamed


class Spot(NamedTuple):
    """A place for the name of a mark: the box of the name, where its baseline is anchored, and at which end."""

    name: Box
    x: float
    y: float
    anchor: str


def _spots(placed: Placed) -> Iterator[Spot]:
    """Yield the places for a name around its mark, the best first."""
    mark, x, y, radius, number = placed
    size = svg.SMALL if number else svg.SIZE
    width = svg.width_of(mark.name, size) * (1 if number else BOLD)
    for east, south in SIDES:
        gap = (radius * 1.2 + APART) * (DIAGONAL if abs(east * south) == 1 else 1)
        at_x, at_y = x + east * gap, y + south * gap + size * (0.35 + 0.4 * south)
        anchor, before = ANCHORS[east]
        west = at_x - width * before
        yield Spot(Box(west - APART, at_y - size * 0.8, west + width + APART, at_y + size * 0.25), at_x, at_y, anchor)
