"""The coasts of Europe and its neighbours, made by tools/make_outline.py from Natural Earth (public domain)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from icapital_cli.drawing.geometry import Box, Point

OUTLINE = Path(__file__).with_name("outline.json")


@cache
def land() -> list[list[Point]]:
    """Read the rings of land, in kilometres east and north of the centre of the projection."""
    return [list(zip(ring[::2], ring[1::2], strict=True)) for ring in _read()["land"]]


def widest_frame() -> Box:
    """Return the frame outside of which no coasts are known."""
    return Box(*_read()["frame"])


@cache
def _read() -> dict[str, Any]:
    return dict(json.loads(OUTLINE.read_text("utf-8")))
