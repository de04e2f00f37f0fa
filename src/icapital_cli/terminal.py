"""Text on a terminal: control characters made safe, and its width in cells."""

import json
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO
from unicodedata import category, combining, east_asian_width

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 10_000
NARROWEST = 5  # cells, of a column too: Rich drops what gets less, so the terminal is left to break the lines
ZERO_WIDTH = {"Mn", "Me", "Cf"}

# Control characters would command a terminal; bidirectional formatting would show text in another order.
UNSAFE = dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), " ") | dict.fromkeys(
    (27, 1564, 8206, 8207, *range(8234, 8239), *range(8294, 8298), 65279), "�"
)


ENCODER = json.JSONEncoder(ensure_ascii=False)
RAW = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"  # compiled where a text has one: few do


def json_text(value: Any) -> str:
    """Encode JSON (RFC 8259) in UTF-8, control and bidirectional characters as escapes."""
    text = ENCODER.encode(value)
    return text if text.isprintable() else re.sub(RAW, lambda found: f"\\u{ord(found[0]):04x}", text)


def safe(text: str) -> str:
    """Replace line breaks and control characters, none of which is printable."""
    return text if text.isprintable() else text.translate(UNSAFE)


def width_of(text: str) -> int:
    """Count the cells that a text takes on a terminal (UAX #11): none for marks and joiners."""
    return sum(0 if _is_zero_width(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _is_zero_width(c: str) -> bool:
    # A soft hyphen is shown; a vowel or final of Hangul stands in the cells of the consonant before it.
    return c != "\u00ad" and (bool(combining(c)) or category(c) in ZERO_WIDTH or "\u1160" <= c <= "\u11ff")


def is_drawn(out: TextIO, color: str) -> bool:
    """Whether answers are drawn as on a terminal: on one, or where colour is asked for."""
    return out.isatty() or color == "always" or (color == "auto" and bool(os.environ.get("FORCE_COLOR")))


def console_of(out: TextIO, color: str = "auto") -> "Console":
    """Make a Rich console of a possible size: COLUMNS and LINES may hold anything.

    `color` overrules NO_COLOR, FORCE_COLOR and TERM. Without colour there is no bold either.
    """
    from rich.console import Console

    columns, lines = _terminal_size()
    without = color == "never" or (color == "auto" and bool(os.environ.get("NO_COLOR")))
    return Console(
        file=out,
        force_terminal=True,
        color_system=None if without else "auto" if color == "auto" else "standard",
        no_color=without,
        width=max(NARROWEST, min(columns, WIDEST)),
        height=min(lines, WIDEST),
        markup=False,
        emoji=False,
        highlight=False,
    )


def _terminal_size() -> tuple[int, int]:
    """Return columns and lines: of the environment, else of the terminal behind any stream, else 80 by 24."""
    from shutil import get_terminal_size  # noqa: PLC0415 - only a terminal needs it

    for stream in (1, 2, 0):
        with suppress(OSError, ValueError):
            return get_terminal_size(os.get_terminal_size(stream))
    return get_terminal_size()
