"""What may reach a terminal, and how many cells it takes there."""

import json
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO
from unicodedata import category, combining, east_asian_width

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 10_000
NARROWEST = 5  # cells, of a column too: Rich drops what gets less, so the terminal is left to break the lines
NOTHING = {"Mn", "Me", "Cf"}

# Control and bidi characters: a terminal obeys the first, and shows a lie by the second.
UNSAFE = dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), " ") | dict.fromkeys(
    (27, 1564, 8206, 8207, *range(8234, 8239), *range(8294, 8298), 65279), "�"
)


RAW = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def json_text(value: Any) -> str:
    """Write JSON (RFC 8259) in UTF-8, with what a terminal would obey as escapes: the same text to every reader."""
    return RAW.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def safe(text: str) -> str:
    """Keep a text on one line, and keep its control characters from the terminal."""
    return text.translate(UNSAFE)


def width_of(text: str) -> int:
    """Count the cells that a text takes on a terminal (UAX #11): none for marks and joiners."""
    return sum(0 if _adds_nothing(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _adds_nothing(c: str) -> bool:
    # A soft hyphen is shown; a vowel or final of Hangul stands in the cells of the consonant before it.
    return c != "\u00ad" and (bool(combining(c)) or category(c) in NOTHING or "\u1160" <= c <= "\u11ff")


def console_of(out: TextIO) -> "Console":
    """Open the terminal for Rich, in a size that it can have: what COLUMNS and LINES say may be none."""
    from shutil import get_terminal_size  # noqa: PLC0415 - only a terminal pays for it

    from rich.console import Console

    columns, lines = get_terminal_size()
    return Console(
        file=out,
        width=max(NARROWEST, min(columns, WIDEST)),
        height=min(lines, WIDEST),
        markup=False,
        emoji=False,
        highlight=False,
    )


def say(message: str) -> None:
    """Write one line on stderr, for people."""
    tell(f"icapital: {message}\n")


def tell(text: str) -> None:
    """Write on stderr; one that is gone or full is not worth a failure."""
    with suppress(AttributeError, OSError, ValueError):
        sys.stderr.write(text)
