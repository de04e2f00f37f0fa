"""The map as SVG: coasts, a mark for each city, names where there is room, a legend, notes."""

from collections.abc import Mapping
from itertools import pairwise
from math import hypot, sqrt
from typing import NamedTuple
from xml.etree.ElementTree import Element

from icapital_cli.drawing import svg
from icapital_cli.drawing.geometry import Box, Point, frame_of, moved_apart
from icapital_cli.drawing.outline import land, widest_frame
from icapital_cli.drawing.projection import project
from icapital_cli.drawing.shapes import PLACES, outline_of
from icapital_cli.views.pictures import MapPicture, Mark

LEAST = (1400.0, 1150.0)  # km: of a frame, so that one city is seen on a coast that people know
SHAPE = (0.85, 1.6)  # least and most of width : height
EMPTY = [(-1500.0, -1900.0), (1900.0, 1700.0)]  # what a map without cities shows
SMALLEST, GROWTH = 3.6, 1.3  # px: radius of a mark, and how it grows with the number of results
LED = 5.0  # px: a mark that moved further than this is tied to its place by a line
# Sides of a mark on which its name may be, the best first: east and south of it.
SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
ANCHORS = {1: "start", 0: "middle", -1: "end"}
BASELINES = {-1: 0.0, 0: 0.35, 1: 0.75}  # how far below its side the baseline of a name is, in its size
DIAGONAL, BOLD = 0.75, 1.06  # how much nearer a name is at a corner; how much wider bold type is
APART = 3.0  # px: before and after a name


def map_svg(
    picture: MapPicture,
    *,
    name: str = "map",
    links: Mapping[str, str] | None = None,
    heading: bool = True,
    style: bool = True,
) -> str:
    """Draw a map. `name` begins its ids, `links` are addresses by the id of a mark, `style` holds the dark colours."""
    root = svg.start(picture, name, style=style, linked=bool(links))
    y = svg.write_heading(root, picture.title) if heading else float(svg.MARGIN)
    keys = [(key, PLACES[number], number) for number, key in enumerate(picture.legend)]
    y = svg.write_legend(root, y, keys, counted=True)
    frame = frame_on(picture.marks)
    width = svg.WIDTH - 2 * svg.MARGIN
    height = width * (frame.north - frame.south) / (frame.east - frame.west)
    page = Page(frame, Box(svg.MARGIN, y, svg.MARGIN + width, y + height))
    _draw_land(root, f"{name}-frame", page)
    _draw_marks(root, picture, page, links or {})
    y = svg.paragraph(root, page.box.north, [*picture.notes, *names_outside(picture, frame)])
    return svg.finish(root, y + svg.MARGIN)


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


def _draw_land(root: Element, name: str, page: Page) -> None:
    box = page.box
    size: svg.Look = {"x": box.west, "y": box.south, "width": box.east - box.west, "height": box.north - box.south}
    svg.add(svg.add(root, "clipPath", id=name), "rect", **size)
    paths = []
    for ring in land():
        around = Box(min(x for x, _ in ring), min(y for _, y in ring), max(x for x, _ in ring), max(y for _, y in ring))
        if around.meets(page.frame):
            paths.append(_relative([page.place(point) for point in ring]))
    look: svg.Look = {"fill": svg.LAND, "stroke": svg.COAST, "stroke_width": 0.6, "clip_path": f"url(#{name})"}
    svg.add(root, "path", class_="land", d="".join(paths), **look)


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


def _draw_marks(root: Element, picture: MapPicture, page: Page, links: Mapping[str, str]) -> None:
    kinds = {key.kind: min(number, len(PLACES) - 1) for number, key in enumerate(picture.legend)}
    marks = [mark for mark in picture.marks if page.frame.holds(project(mark.latitude, mark.longitude))]
    places = [page.place(project(mark.latitude, mark.longitude)) for mark in marks]
    radii = [SMALLEST + GROWTH * sqrt(mark.size) for mark in marks]
    moved = moved_apart(places, [radius * 1.15 for radius in radii], page.box)
    group = svg.add(root, "g", class_="map")
    placed = []
    for mark, place, (x, y), radius in zip(marks, places, moved, radii, strict=True):
        placed.append(Placed(mark, x, y, radius, kinds[mark.kind]))
        if hypot(place[0] - x, place[1] - y) > LED:
            svg.add(group, "line", class_="line", stroke=svg.COAST, x1=place[0], y1=place[1], x2=x, y2=y)
    for mark, x, y, radius, number in reversed(placed):
        parent = svg.add(group, "a", href=links[mark.id]) if mark.id in links else group
        look = svg.kind_look(number, is_open=PLACES[number] == "ring")
        path = svg.add(parent, "path", d=outline_of(PLACES[number], x, y, radius), **look)
        svg.add(path, "title").text = svg.clean(mark.text)
    _draw_names(group, placed, page.box)


def _draw_names(group: Element, placed: list[Placed], box: Box) -> None:
    """Name the marks, the first kinds first, where the name touches neither a mark nor another name."""
    taken = [Box(x - r, y - r, x + r, y + r) for _, x, y, r, _ in placed]
    for mark, x, y, radius, number in placed:
        look: svg.Look = {"font_size": svg.SMALL} if number else {"font_weight": "600"}
        size = svg.SMALL if number else svg.SIZE
        width = svg.width_of(mark.name, size) * (1 if number else BOLD)
        for east, south in SIDES:
            gap = (radius * 1.2 + APART) * (DIAGONAL if east and south else 1)
            at_x, at_y = x + east * gap, y + south * gap + size * BASELINES[south]
            west = at_x - width * (1 - east) / 2
            around = Box(west - APART, at_y - size * 0.8, west + width + APART, at_y + size * 0.25)
            inside = box.holds((around.west, around.south)) and box.holds((around.east, around.north))
            if inside and not any(around.meets(other) for other in taken):
                taken.append(around)
                halo: svg.Look = {
                    "stroke": svg.PAPER,
                    "stroke_width": 2.5,
                    "stroke_linejoin": "round",
                    "paint_order": "stroke",
                }
                svg.write(group, at_x, at_y, mark.name, class_="text halo", text_anchor=ANCHORS[east], **look, **halo)
                break
