"""SVG (W3C, version 2): a picture with title and description, light and dark, without scripts or outside references.

Attributes give each element its look on a light page, in any program; rules for its classes give the dark one. A page
that holds the picture may overrule both by the classes: `icapital-picture` is the picture, `paper`, `heading`, `text`,
`quiet`, `line`, `land`, `mark` with `kind-0` to `kind-5`, `open`, `bar`, `hatched`, `dashed` are within.
"""

import re
from functools import cache
from pathlib import Path
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement, tostring

from icapital_cli.drawing.shapes import LIGHT, decimal, outline_of
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
Picture = MapPicture | TimelinePicture | BarsPicture
Look = dict[str, str | float]  # attributes of an element
NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
NARROW, BROAD = frozenset("fijlrtI.,:;|!'()[] -"), frozenset("mwMW@%—…")


def start(picture: Picture, name: str, *, style: bool, linked: bool) -> Element:
    """Begin a picture whose ids begin with `name`; `finish` gives it its height.

    An image has no parts for a screen reader (WAI-ARIA), so one that holds links is a group.
    """
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "icapital-picture",
            "role": "group" if linked else "img",
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


def finish(root: Element, height: float) -> str:
    """Give a picture its height, and write it."""
    root.set("viewBox", f"0 0 {WIDTH} {round(height)}")
    root.set("width", str(WIDTH))
    root.set("height", str(round(height)))
    return tostring(root, encoding="unicode") + "\n"


def clean(text: str) -> str:
    """Return a text that XML may hold, without what would turn it around."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", safe(text))


def add(parent: Element, tag: str, **attributes: str | float) -> Element:
    """Add an element: numbers with one decimal, `class_` as `class`, `_` in a name as a hyphen."""
    written = {
        name.rstrip("_").replace("_", "-"): decimal(value) if isinstance(value, int | float) else clean(value)
        for name, value in attributes.items()
    }
    return SubElement(parent, tag, written)


def write(parent: Element, x: float, y: float, text: str, **looks: str | float) -> Element:
    """Write a line of text at its baseline; `looks` are attributes, `class_` among them."""
    kind = str(looks.get("class_", "text"))
    found = add(parent, "text", x=x, y=y, **{"class_": kind, "fill": QUIET if kind == "quiet" else INK} | looks)
    found.text = clean(text)
    return found


def write_heading(parent: Element, text: str) -> float:
    """Write the title of a picture; return the height below it."""
    write(parent, MARGIN, MARGIN + HEADING, text, class_="heading", font_size=HEADING, font_weight="600")
    return MARGIN * 1.5 + HEADING


def width_of(text: str, size: float = SIZE) -> float:
    """Estimate the width of a text, rather too wide than too narrow: fonts differ."""
    parts = (
        1.05
        if east_asian_width(c) in "WF"
        else 0.36
        if c in NARROW
        else 0.92
        if c in BROAD
        else 0.72
        if c.isupper()
        else 0.6
        for c in text
    )
    return size * sum(parts)


def broken(text: str, width: float, size: float = SIZE) -> list[str]:
    """Break a text between words into lines of a width."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def paragraph(parent: Element, y: float, texts: list[str]) -> float:
    """Write texts over the width of the picture, from a height down; return the height below them."""
    for text in texts:
        for line in broken(text, WIDTH - 2 * MARGIN):
            y += SIZE * LINE
            write(parent, MARGIN, y, line, class_="quiet")
    return y


def kind_look(number: int, *, is_open: bool = False) -> Look:
    """Return the attributes of a mark: its class, fill and stroke, by the number of its kind."""
    colour = LIGHT[min(number, len(LIGHT) - 1)]
    fill, stroke = (PAPER, colour) if is_open else (colour, PAPER)
    look = f"mark kind-{min(number, len(LIGHT) - 1)}" + (" open" if is_open else "")
    return {"class_": look, "fill": fill, "stroke": stroke, "stroke_width": 1.6 if is_open else 0.8}


def write_legend(root: Element, y: float, keys: list[tuple[Key, str, int]], *, counted: bool = False) -> float:
    """Draw the kinds that occur beside each other, with how often they do if `counted`; return the height below."""
    x = float(MARGIN)
    y += SIZE * LINE
    for key, shape, number in keys:
        if not key.number:
            continue
        text = f"{key.name} ({key.number})" if counted else key.name
        needed = 20 + width_of(text) + 18
        if x > MARGIN and x + needed > WIDTH - MARGIN:
            x, y = float(MARGIN), y + SIZE * LINE * 1.2
        look = kind_look(number, is_open=shape == "ring")
        add(root, "path", d=outline_of(shape, x + 7, y - 4, 5), **look)
        write(root, x + 20, y, text)
        x += needed
    return y + SIZE
