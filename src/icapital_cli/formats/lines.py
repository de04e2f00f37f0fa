"""Lines on a terminal: a text is broken between words only, never inside a word, an address or an amount."""

import re
from typing import TYPE_CHECKING

from icapital_cli.terminal import width_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

BREAK = re.compile(r"(?<!\d) | (?!\d)")  # not between digits: a telephone number or an amount is one word


def longest_word(text: str) -> int:
    """Return the width of the widest word."""
    return max(map(width_of, BREAK.split(text)))


def cuts_of(text: str, width: int) -> list[int]:
    """Return where a text is broken into lines of a width; a word that is wider has a line of its own."""
    cuts, used, place = [], 0, 0
    for word in BREAK.split(text):
        needed = width_of(word)
        if used and used + 1 + needed > width:
            cuts.append(place)
            used = needed
        else:
            used += needed + (1 if used else 0)
        place += len(word) + 1
    return cuts


def lines_of(text: "Text", width: int) -> list["Text"]:
    """Break a text into lines of a width; no word is broken."""
    lines = list(text.divide(cuts_of(text.plain, width)))
    for line in lines[:-1]:
        line.right_crop(1)  # the space at which it was broken
    return lines


def print_lines(console: "Console", text: "Text", *, indent: int = 0, hang: int = 0) -> None:
    """Print a text between words within the width of a terminal, its further lines indented more by `hang`."""
    from rich.text import Text

    room = max(1, console.width - indent - hang)
    margins = [" " * indent] + [" " * (indent + hang)] * text.plain.count(" ")
    lines = [Text(margin).append_text(line) for margin, line in zip(margins, lines_of(text, room), strict=False)]
    console.print(Text("\n").join(lines), soft_wrap=True)
