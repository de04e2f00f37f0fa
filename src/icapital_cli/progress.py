"""How far a compile is: a bar on stderr, once it has taken a second, where a person looks on."""

import os
import sys
import time
from contextlib import suppress
from typing import Any

QUIET = 1.0  # seconds without a bar
WIDTH = 40  # columns, where there are so many
AROUND = "icapital: reading the facts  100 % "


class Progress:
    """Draws a bar over itself. It hides no cursor and starts no thread: an interrupt may end it at any moment."""

    def __init__(self) -> None:
        """Begin to count the time."""
        self._begun = time.monotonic()
        self._console: Any = None
        self._drawn = -1

    def __call__(self, done: int, size: int) -> None:
        """Show that so many of `size` bytes are done."""
        percent = 100 * done // max(1, size)
        if percent == self._drawn or time.monotonic() - self._begun < QUIET or not _is_watched():
            return
        from rich.console import Console
        from rich.progress_bar import ProgressBar

        self._drawn = percent
        self._console = self._console or Console(stderr=True, highlight=False)
        with suppress(OSError):
            self._console.print("icapital: reading the facts ", end="")
            width = max(1, min(WIDTH, self._console.width - len(AROUND)))
            self._console.print(ProgressBar(max(1, size), done, width), end="")
            self._console.print(f" {percent} %", end="\r")

    def end(self) -> None:
        """Wipe the bar away."""
        if self._console:
            from rich.control import Control
            from rich.segment import ControlType

            with suppress(OSError):
                self._console.control(Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2)))


def _is_watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
