"""Progress of an export: one line on a terminal that is rewritten, after a second; nothing anywhere else."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

PATIENCE = 1.0  # seconds before anything is shown
PAUSE = 0.1  # seconds between two states


class Progress:
    """Shows how far an export is."""

    def __init__(self, name: str, stream: TextIO | None, clock: Callable[[], float] = time.monotonic) -> None:
        """Show on a stream, if it is a terminal."""
        self._name, self._clock = name, clock
        self._stream = stream if stream is not None and stream.isatty() else None
        self._process = os.getpid()
        self._next = clock() + PATIENCE
        self._shown = False

    def __call__(self, done: int, of: int) -> None:
        """Show a state."""
        if self._stream is not None and self._clock() >= self._next and os.getpid() == self._process:  # not a fork
            self._next, self._shown = self._clock() + PAUSE, True
            self._write(f"\r{self._name}: {done}/{of}\x1b[K")

    def end(self) -> None:
        """Remove the line."""
        if self._shown:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            if self._stream is not None:
                self._stream.write(text)
                self._stream.flush()
