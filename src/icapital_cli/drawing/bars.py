"""Bars, as SVG and in characters: what is disputed is hatched, what is unknown dashed, and words say both."""

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from icapital_cli.drawing import svg
from icapital_cli.drawing.geometry import Point
from icapital_cli.drawing.shapes import LIGHT
from icapital_cli.drawing.text import Sign, fitted, legend
from icapital_cli.terminal import safe
from icapital_cli.terminal import width_of as cells
from icapital_cli.views.pictures import Bar, BarsPicture

if TYPE_CHECKING:
    from rich.text import Text

LABELS, WIDEST_VALUE = 190, 400  # px: the column of labels; the most that is left for values
GAP = 8  # px: between a bar and its value
THICK, ROW = 14.0, 22.0  # px: of a bar, and of its row
STUB = 26.0  # px: of what is unknown
COLOUR = LIGHT[1]
WIDEST_LABEL = 0.4  # of a line in characters
FULL, HATCHED, DASHED = "█", "▒", "┄┄"
PARTS = " ▏▎▍▌▋▊▉"  # eighths of a cell


def draw_bars(picture: BarsPicture, canvas: svg.Canvas) -> float:
    """Draw bars below the title; return the height at which they end."""
    root, hatch = canvas.root, _add_hatch(canvas)
    y = _write_legend(root, canvas.top, picture, hatch)
    values = min(max((_width_of_value(bar) for bar in picture.bars), default=0), WIDEST_VALUE)
    scale = (svg.WIDTH - 2 * svg.MARGIN - LABELS - values) / _most(picture)
    for bar in picture.bars:
        lines = svg.broken(bar.label, LABELS - 12)
        height = max(ROW, len(lines) * svg.SIZE * svg.LINE + 4)
        at = y + height / 2 + 4 - (len(lines) - 1) * svg.SIZE * svg.LINE / 2
        parent = canvas.parent(root, bar.id)
        for line in lines:
            svg.write(parent, svg.MARGIN + LABELS - 8, at, line, room=LABELS - 12, text_anchor="end")
            at += svg.SIZE * svg.LINE
        widths = [max(0, (bar.value or 0) - bar.disputed) * scale, bar.disputed * scale, STUB * bar.unknown]
        east = _draw_bar(root, widths, (svg.MARGIN + LABELS, y + (height - THICK) / 2), hatch)
        svg.write(root, east + GAP, y + height / 2 + 4, bar.text, room=WIDEST_VALUE - GAP - STUB)
        y += height
    return svg.paragraph(root, y, picture.notes)


def _most(picture: BarsPicture) -> float:
    """Return the greatest value, by which the bars are scaled."""
    return max((bar.value or 0 for bar in picture.bars), default=0) or 1


def _width_of_value(bar: Bar) -> float:
    """Return how much is needed behind a bar: for what is unknown, and for the value in words."""
    return STUB * bar.unknown + GAP + svg.width_of(bar.text)


def _add_hatch(canvas: svg.Canvas) -> str:
    """Add the pattern of what is disputed; return what fills with it."""
    name = f"{canvas.name}-hatch"
    pattern = svg.add(canvas.root, "pattern", id=name, width=5, height=5, patternUnits="userSpaceOnUse")
    pattern.set("patternTransform", "rotate(45)")
    svg.add(pattern, "line", class_="hatch", stroke=COLOUR, stroke_width=2.4, y2=5)
    return f"url(#{name})"


def _draw_bar(root: Element, widths: list[float], at: Point, hatch: str) -> float:
    """Draw what is known, what of it is disputed, and a stub for what is unknown; return where the bar ends."""
    (x, y), (sure, disputed, unknown) = at, widths
    if sure:
        svg.add(root, "rect", class_="bar", fill=COLOUR, x=x, y=y, width=sure, height=THICK)
    if disputed:
        svg.add(root, "rect", class_="hatched", fill=hatch, x=x + sure, y=y, width=disputed, height=THICK)
    if unknown:
        _draw_stub(root, x + sure + disputed + 1, y)
    return x + sure + disputed + unknown


def _draw_stub(root: Element, x: float, y: float) -> None:
    look: svg.Look = {"class_": "dashed", "fill": "none", "stroke": svg.QUIET, "stroke_dasharray": "3 3"}
    svg.add(root, "rect", x=x, y=y + 0.5, width=STUB, height=THICK - 1, **look)


def _write_legend(root: Element, y: float, picture: BarsPicture, hatch: str) -> float:
    """Explain hatching and dashes, where there are any; return the height below."""
    x, y = float(svg.MARGIN), y + svg.SIZE / 2
    keys = [(picture.disputed, True)] if any(bar.disputed for bar in picture.bars) else []
    keys += [(picture.unknown, False)] if any(bar.unknown for bar in picture.bars) else []
    for text, is_disputed in keys:
        if is_disputed:
            svg.add(root, "rect", class_="hatched", fill=hatch, x=x, y=y, width=STUB, height=THICK)
        else:
            _draw_stub(root, x, y)
        svg.write(root, x + STUB + 6, y + 11, f"† {text}" if is_disputed else text)
        x += STUB + 30 + svg.width_of(text)
    return y + (THICK + svg.SIZE if keys else svg.SIZE / 2)


def bars_text(picture: BarsPicture, width: int) -> list["Text"]:
    """Draw bars in lines of at most `width` cells: label, bar, value."""
    from rich.text import Text

    labels = [safe(bar.label) for bar in picture.bars]
    texts = [safe(bar.text) for bar in picture.bars]
    label = min(max(map(cells, labels), default=0), int(width * WIDEST_LABEL))
    room = width - label - max(map(cells, texts), default=0) - 2 - len(DASHED)
    lines = []
    for name, text, bar in zip(labels, texts, picture.bars, strict=True):
        line = Text(_cut(name, label)).append(" ")
        if room > 0:
            line.append(_bar_of(bar, room / _most(picture)), style="blue")
        lines.append(line.append(" ").append(text))
    keys = [Sign(f"{HATCHED} †", "none", picture.disputed)] if any(bar.disputed for bar in picture.bars) else []
    keys += [Sign(DASHED, "none", picture.unknown)] if any(bar.unknown for bar in picture.bars) else []
    return fitted([Text(safe(picture.title), style="italic"), *lines, *legend(keys, width)], width)


def _bar_of(bar: Bar, scale: float) -> str:
    """Return a bar in characters: eighths of a cell where it is sure, whole cells where it is disputed."""
    value = bar.value or 0
    eighths = round((value - bar.disputed) * scale * 8)
    hatched = max(1, round(bar.disputed * scale)) if bar.disputed else 0
    whole, part = divmod(eighths, 8)
    sure = FULL * whole + (PARTS[part] if part and not hatched else "")
    return sure + HATCHED * hatched + (DASHED if bar.unknown else "")


def _cut(text: str, width: int) -> str:
    """Return a text in exactly so many cells, with an ellipsis where it is too long."""
    while cells(text) > width:
        text = text.removesuffix("…")[:-1] + "…" if len(text) > 1 else ""
    return text + " " * (width - cells(text))
