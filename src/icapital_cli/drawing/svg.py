"""SVG (W3C, version 2): a picture with title and description, light and dark, without scripts or outside references.

Attributes give each element its look on a light page, in any program; rules for its classes give the dark one. A page
that holds the picture may overrule both by the classes: `icapital-picture` is the picture, `paper`, `heading`, `text`,
`quiet`, `line`, `land`, `mark` with `kind-0` to `kind-3`, `open`, `bar`, `hatched`, `dashed` are within.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement, tostring

from icapital_cli.drawing.geometry import Point
from icapital_cli.drawing.shapes import LIGHT, PLACES, decimal, outline_of
from icapital_cli.drawing.text import wrapped
from icapital_cli.terminal import safe
from icapital_cli.views.pictures import BarsPicture, Key, MapPicture, TimelinePicture

WIDTH = 960
MARGIN = 16
SIZE = 12  # px: of text
SMALL = 11  # the smallest
HEADING = 17
LINE = 1.4  # of a line of text, in its size
FONT = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
INK, QUIET, RULE, PAPER = "#1c1e21", "#555a61", "#d5d7db", "#ffffff"
LAND, COAST = "#efece5", "#b9b4a7"
Picture = TypeVar("Picture", MapPicture, TimelinePicture, BarsPicture)
Look = dict[str, str | float]  # attributes of an element
NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
NARROW, BROAD = frozenset("fijlrtI.,:;|!'()[] -"), frozenset("mwMW@%—…")


class Canvas(NamedTuple):
    """A picture that is being drawn: its root, what its ids begin with, addresses by id, and how far down it is."""

    root: Element
    name: str
    links: Mapping[str, str]
    top: float

    def parent(self, parent: Element, fact_id: str) -> Element:
        """Return a link in an element, where there is one for a fact, or else the element."""
        return add(parent, "a", href=self.links[fact_id]) if fact_id in self.links else parent


def svg_of(  # noqa: PLR0913 - what a page may choose
    draw: Callable[[Picture, Canvas], float],
    picture: Picture,
    *,
    name: str,
    links: Mapping[str, str] | None = None,
    heading: bool = True,
    style: bool = True,
) -> str:
    """Write a picture as SVG. `draw` draws all below the title and returns the height at which that ends.

    `name` begins the ids in the picture, `links` are addresses by id, `heading` shows the title, `style` brings the
    dark colours.
    """
    root = _start(picture, name, style=style)
    top = write_heading(root, picture.title) if heading else float(MARGIN)
    return _finish(root, draw(picture, Canvas(root, name, links or {}, top)) + MARGIN)


def _start(picture: Picture, name: str, *, style: bool) -> Element:
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "icapital-picture",
            "role": "img",
            "lang": picture.lang,
            "aria-labelledby": f"{name}-title {name}-desc",
            "font-family": FONT,
            "font-size": str(SIZE),
        },
    )
    SubElement(root, "title", {"id": f"{name}-title"}).text = clean(picture.title)
    SubElement(root, "desc", {"id": f"{name}-desc"}).text = clean(picture.description)
    if style:
        SubElement(root, "style").text = dark_style()
    SubElement(root, "rect", {"class": "paper", "fill": PAPER, "width": "100%", "height": "100%"})
    return root


@cache
def dark_style() -> str:
    """Return the rules for a dark page."""
    return Path(__file__).with_name("dark.css").read_text("utf-8")


def _finish(root: Element, height: float) -> str:
    """Give a picture its height, and write it. One that holds links is a group: an image has no parts (WAI-ARIA)."""
    if root.find(".//a") is not None:
        root.set("role", "group")
    root.set("viewBox", f"0 0 {WIDTH} {round(height)}")
    root.set("width", str(WIDTH))
    root.set("height", str(round(height)))
    return tostring(root, encoding="unicode") + "\n"


def clean(text: str) -> str:
    """Return a text that XML may hold, without what would turn it around."""
    return text if text.isprintable() else NOT_XML.sub("\N{REPLACEMENT CHARACTER}", safe(text))


def add(parent: Element, tag: str, **attributes: str | float) -> Element:
    """Add an element: numbers with one decimal, `class_` as `class`, `_` in a name as a hyphen."""
    written = {
        name.rstrip("_").replace("_", "-"): decimal(value) if isinstance(value, int | float) else clean(value)
        for name, value in attributes.items()
    }
    return SubElement(parent, tag, written)


def write(parent: Element, x: float, y: float, text: str, *, room: float = 0, **looks: str | float) -> None:
    """Write a line of text at its baseline, squeezed into `room` if that is given and the text may be wider.

    `looks` are attributes, `class_` among them.
    """
    kind = str(looks.get("class_", "text"))
    if 0 < room < width_of(text, float(looks.get("font_size", SIZE))):
        looks |= {"textLength": room, "lengthAdjust": "spacingAndGlyphs"}
    found = add(parent, "text", x=x, y=y, **{"class_": kind, "fill": QUIET if kind == "quiet" else INK} | looks)
    found.text = clean(text)


def rule(parent: Element, start: Point, end: Point, *, width: float = 1, colour: str = RULE) -> None:
    """Draw a thin line."""
    (x, y), (u, v) = start, end
    add(parent, "line", class_="line", stroke=colour, stroke_width=width, x1=x, y1=y, x2=u, y2=v)


def write_heading(parent: Element, text: str) -> float:
    """Write the title of a picture; return the height below it."""
    look: Look = {"class_": "heading", "font_size": HEADING, "font_weight": "600"}
    write(parent, MARGIN, MARGIN + HEADING, text, room=WIDTH - 2 * MARGIN, **look)
    return MARGIN * 1.5 + HEADING


def width_of(text: str, size: float = SIZE) -> float:
    """Estimate the width of a text, rather too wide than too narrow: fonts differ."""
    return size * sum(map(_width_of_letter, text))


@cache
def _width_of_letter(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return 1.05
    if letter in NARROW:
        return 0.36
    if letter in BROAD:
        return 0.92
    return 0.72 if letter.isupper() else 0.6


def broken(text: str, width: float, size: float = SIZE) -> list[str]:
    """Break a text between words into lines of a width; a wider word has a line of its own."""
    return wrapped(text, width, lambda line: width_of(line, size))


def paragraph(parent: Element, y: float, texts: list[str]) -> float:
    """Write texts over the width of the picture, from a height down; return the height below them."""
    for text in texts:
        for line in broken(text, WIDTH - 2 * MARGIN):
            y += SIZE * LINE
            write(parent, MARGIN, y, line, room=WIDTH - 2 * MARGIN, class_="quiet")
    return y


def draw_place(parent: Element, number: int, at: Point, radius: float) -> Element:
    """Draw the mark of a kind of place around a point, by the number of the kind (`shapes.places_of`)."""
    return draw_mark(parent, PLACES[number], number, at, radius, is_open=PLACES[number] == "ring")


def draw_mark(  # noqa: PLR0913 - a mark has no fewer
    parent: Element, shape: str, colour: int, at: Point, radius: float, *, is_open: bool
) -> Element:
    """Draw a mark in one of the colours of kinds around a point: filled, or its outline only."""
    light = LIGHT[colour]
    fill, stroke = (PAPER, light) if is_open else (light, PAPER)
    look: Look = {"class_": f"mark kind-{colour}" + (" open" if is_open else ""), "fill": fill, "stroke": stroke}
    return add(parent, "path", d=outline_of(shape, *at, radius), **look, stroke_width=1.6 if is_open else 0.8)


def write_legend(root: Element, y: float, keys: list[tuple[Key, str, int]], *, counted: bool = False) -> float:
    """Draw the kinds that occur beside each other, with how often they do if `counted`; return the height below.

    Of each kind: key, shape, colour.
    """
    x = float(MARGIN)
    y += SIZE * LINE
    for key, shape, colour in keys:
        if not key.number:
            continue
        text = f"{key.name} ({key.number})" if counted else key.name
        needed = 20 + width_of(text) + 18
        if x > MARGIN and x + needed > WIDTH - MARGIN:
            x, y = float(MARGIN), y + SIZE * LINE * 1.2
        draw_mark(root, shape, colour, (x + 7, y - 4), 5, is_open=shape == "ring")
        write(root, x + 20, y, text, room=WIDTH - 2 * MARGIN - 20)
        x += needed
    return y + SIZE
