"""Plane geometry of pictures: boxes, frames, and marks that are moved apart."""

from collections.abc import Sequence
from math import cos, hypot, sin
from typing import NamedTuple

Point = tuple[float, float]
STEPS = 300  # rounds in which marks move apart
APART = 1.0  # between two marks
TURN = 2.4  # radians: the golden angle, so that marks of one place leave it in different directions


class Box(NamedTuple):
    """A rectangle, by its edges."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: "Box") -> bool:
        """Whether two boxes have a point in common."""
        return (
            self.west < other.east and other.west < self.east and self.south < other.north and other.south < self.north
        )

    def around(self, other: "Box") -> bool:
        """Whether all of another box is in this one."""
        return self.holds((other.west, other.south)) and self.holds((other.east, other.north))

    def holds(self, point: Point) -> bool:
        """Whether a point is in the box."""
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north


def frame_of(points: Sequence[Point], *, margin: float, least: Point, shape: Point) -> Box:
    """Frame some points with a margin (a part of the size), no smaller than `least` (width, height).

    `shape` is the least and the most of width : height.
    """
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    width = max((east - west) * (1 + 2 * margin), least[0])
    height = max((north - south) * (1 + 2 * margin), least[1])
    width, height = max(width, height * shape[0]), max(height, width / shape[1])
    x, y = (west + east) / 2, (south + north) / 2
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def moved_apart(places: Sequence[Point], radii: Sequence[float], frame: Box) -> list[Point]:
    """Move circles until none overlaps another, each as little as that takes, and keep them in a frame."""
    found = list(places)
    for _ in range(STEPS):
        moved = False
        for one in range(len(found)):
            for other in range(one):
                (x, y), (u, v) = found[one], found[other]
                needed = radii[one] + radii[other] + APART
                if abs(x - u) >= needed or (distance := hypot(x - u, y - v)) >= needed - 0.01:  # most are far: no root
                    continue
                moved = True
                east, north = (x - u, y - v) if distance > 1e-6 else (cos(TURN * one), sin(TURN * one))  # noqa: PLR2004 - the same place
                push = (needed - distance) / 2 / max(distance, 1e-6) if distance > 1e-6 else needed / 2  # noqa: PLR2004 - the same
                found[one], found[other] = (
                    (x + east * push, y + north * push),
                    (u - east * push, v - north * push),
                )
        found = [
            (min(max(x, frame.west + r), frame.east - r), min(max(y, frame.south + r), frame.north - r))
            for (x, y), r in zip(found, radii, strict=True)
        ]
        if not moved:
            break
    return found
