"""Make the outline of the map: `npm pack world-atlas@2.0.2`, then `make_outline.py world-atlas-2.0.2.tgz`.

The land of Natural Earth, `land-50m.json` (TopoJSON), is cut to Europe and its neighbours, projected as the map is, and
simplified: whole kilometres east and north of the centre. Coasts only: no page of ours states where a border runs.
"""

import json
import sys
import tarfile
from pathlib import Path

from icapital_cli.drawing.outline import OUTLINE
from icapital_cli.drawing.projection import project

MEMBER = "package/land-50m.json"
SOURCE = "Natural Earth, 1:50m land, by way of world-atlas 2.0.2 (npm)"
LICENCE = "public domain (naturalearthdata.com/about/terms-of-use)"
DEGREES = (-80.0, 5.0, 100.0, 84.0)  # west, south, east, north: far from the antipode, which has no place on the map
FRAME = (-4400.0, -3900.0, 4600.0, 3500.0)  # km: the widest frame that has coasts
TOLERANCE = 5.0  # km: less than a pixel of the map
SMALLEST = 120.0  # km²: of an island
Point = tuple[float, float]


def rings(package: Path) -> list[list[Point]]:
    """Read the rings of land as longitude and latitude (https://github.com/topojson/topojson-specification)."""
    with tarfile.open(package) as archive:
        topology = json.load(archive.extractfile(MEMBER))  # type: ignore[arg-type]  # the member is a file
    (a, b), (c, d) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * a + c, y * b + d))
        arcs.append(points)
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for indices in polygon:
                ring: list[Point] = []
                for index in indices:
                    ring += arcs[index] if index >= 0 else arcs[~index][::-1]
                found.append(ring)
    return found


def cut(ring: list[Point], box: tuple[float, float, float, float]) -> list[Point]:
    """Cut a ring to a box: west, south, east, north (Sutherland and Hodgman 1974)."""
    for axis, edge, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        kept: list[Point] = []
        for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
            inside, was_inside = sign * (point[axis] - edge) >= 0, sign * (before[axis] - edge) >= 0
            if inside != was_inside:
                part = (edge - before[axis]) / (point[axis] - before[axis])
                crossing = [before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])]
                kept.append((crossing[0], crossing[1]))
            if inside:
                kept.append(point)
        ring = kept
    return ring


def simplify(line: list[Point]) -> list[Point]:
    """Leave out the points that lie within the tolerance of the line without them (Douglas and Peucker 1973)."""
    keep, spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        (x, y), (u, v) = line[first], line[last]
        length = ((u - x) ** 2 + (v - y) ** 2) ** 0.5
        worst, at = TOLERANCE, None
        for place in range(first + 1, last):
            p, q = line[place]
            off = (
                abs((u - x) * (y - q) - (x - p) * (v - y)) / length if length else ((p - x) ** 2 + (q - y) ** 2) ** 0.5
            )
            if off > worst:
                worst, at = off, place
        if at is not None:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [line[place] for place in sorted(keep)]


def area(ring: list[Point]) -> float:
    """Return the area that a ring encloses."""
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def main() -> None:
    """Write the outline into the package."""
    land = []
    for ring in rings(Path(sys.argv[1])):
        near = cut(ring, DEGREES)
        flat = cut([project(latitude, longitude) for longitude, latitude in near], FRAME) if near else []
        if len(flat) > 2 and area(flat) >= SMALLEST:  # noqa: PLR2004 - a ring has three points
            half = len(flat) // 2  # a closed line has no ends: it is simplified as two open ones
            line = simplify(flat[: half + 1]) + simplify([*flat[half:], flat[0]])[1:-1]
            points = list(dict.fromkeys((round(x), round(y)) for x, y in line))
            land.append([number for point in points for number in point])
    land.sort(key=lambda ring: (-len(ring), ring))
    head = {"source": SOURCE, "licence": LICENCE, "frame": [round(edge) for edge in FRAME]}
    lines = ",\n".join(json.dumps(ring, separators=(",", ":")) for ring in land)
    OUTLINE.write_text(json.dumps(head)[:-1] + ', "land": [\n' + lines + "\n]}\n", "utf-8")


if __name__ == "__main__":
    main()
