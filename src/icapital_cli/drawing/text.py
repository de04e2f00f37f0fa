"""Text of pictures on a terminal: legends and notes, never wider than asked for."""

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from icapital_cli.terminal import safe, width_of

if TYPE_CHECKING:
    from rich.text import Text

GAP = "   "


class Sign(NamedTuple):
    """An entry of a legend: a sign, its style, what it means."""

    sign: str
    style: str
    meaning: str


def wrapped(text: str, width: float, measure: Callable[[str], float] = width_of) -> list[str]:
    """Break a text between words into lines of a width, in cells by default; a wider word has a line of its own."""
    lines: list[str] = []
    for word in safe(text).split():
        if lines and measure(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def legend(signs: list[Sign], width: int) -> list["Text"]:
    """Write signs and what they mean beside each other, in as many lines as they need."""
    from rich.text import Text

    lines: list[Text] = []
    for sign, style, meaning in signs:
        entry = Text(sign, style=style).append(f" {safe(meaning)}", style="none")
        if lines and width_of(f"{lines[-1].plain}{GAP}{entry.plain}") <= width:
            lines[-1].append(GAP).append_text(entry)
        else:
            lines.append(entry)
    return lines


def fitted(lines: list["Text"], width: int) -> list["Text"]:
    """Crop what a terminal narrower than any word would break."""
    for line in lines:
        used = list(accumulate(map(width_of, line.plain)))
        extra = len(used) - bisect_right(used, width)
        if extra:
            line.right_crop(extra)
    return lines
