"""Shapes of marks: a kind is told by its shape, and by its colour too. In the order of kinds."""

from collections.abc import Iterable
from math import cos, pi, sin

# Okabe and Ito's palette, darkened to stand out from paper and from land; dark.css has the colours of a dark page.
LIGHT = ("#b8420c", "#0b62a4", "#1b7d5c", "#6a6f78")
PLACES = ("star", "diamond", "square", "ring")  # of what was reached
STYLES = ("bold green", "green", "cyan", "none")  # of places on a terminal, as the table has them
STEPS = ("dot", "bar", "triangle", "cross", "diamond", "star")  # of the steps of an edition
SIGNS = {"star": "★", "diamond": "◆", "square": "■", "ring": "○", "bar": "┃", "triangle": "▲", "cross": "✕", "dot": "●"}
OPEN_SIGNS = {"star": "☆", "diamond": "◇", "bar": "╎", "triangle": "△", "cross": "×", "dot": "○"}


CORNERS = {  # of shapes with straight edges, east and south of the centre, for a radius of 1
    "star": [
        ((1.5, 0.65)[number % 2] * sin(pi * number / 5), -(1.5, 0.65)[number % 2] * cos(pi * number / 5))
        for number in range(10)
    ],
    "diamond": [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)],
    "square": [(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
    "triangle": [(0, -1.1), (1.1, 0.85), (-1.1, 0.85)],
    "bar": [(-0.3, -1.2), (0.3, -1.2), (0.3, 1.2), (-0.3, 1.2)],
    "cross": [
        *[(0, -0.32), (0.63, -0.95), (0.95, -0.63), (0.32, 0), (0.95, 0.63), (0.63, 0.95)],
        *[(0, 0.32), (-0.63, 0.95), (-0.95, 0.63), (-0.32, 0), (-0.95, -0.63), (-0.63, -0.95)],
    ],
}


def places_of(kinds: Iterable[str]) -> dict[str, int]:
    """Number the kinds of what was reached, for `PLACES` and `STYLES`; those for which none is left are as the last."""
    return {kind: min(number, len(PLACES) - 1) for number, kind in enumerate(kinds)}


def outline_of(shape: str, x: float, y: float, r: float) -> str:
    """Return the path of a shape around a point, about as large as a circle of radius `r`."""
    if shape in CORNERS:
        points = [f"{decimal(x + r * east)} {decimal(y + r * south)}" for east, south in CORNERS[shape]]
        return f"M{'L'.join(points)}z"
    half = f"a{decimal(r)} {decimal(r)} 0 1 0"
    return f"M{decimal(x - r)} {decimal(y)}{half} {decimal(2 * r)} 0{half} {decimal(-2 * r)} 0z"


def decimal(value: float) -> str:
    """Write a coordinate with one decimal, the same everywhere."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")  # + 0.0: there is no -0
