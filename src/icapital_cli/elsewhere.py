"""A piece of work in a second process, where there is a core for it: it takes messages and gives messages.

Without a process to be had, the same work is done here, a message at a time.
"""

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

Receive = Callable[[], Any]
Work = Callable[[Receive], Iterator[Any]]
LARGEST_PIPE = 1 << 20


class LostError(Exception):
    """A child process failed, or was ended."""


def cores() -> int:
    """Count the cores that this process may use; one where processes cannot be forked."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "fork") and hasattr(os, "sched_getaffinity") else 1


class Here:
    """Work that is done by whoever asks for it, when it is asked for."""

    def __init__(self, work: Work) -> None:
        """Begin the work."""
        self._told: Any = None
        self._work = work(lambda: self._told)

    def take(self) -> Any:
        """Take the next message that the work gives."""
        return next(self._work)

    def send(self, message: Any) -> None:
        """Give the work a message."""
        self._told = message

    def leave(self) -> None:
        """Ask for no more."""

    def wait(self) -> None:
        """Nobody is left."""


class Elsewhere:
    """Work that a child process does. What it gives waits in a pipe."""

    def __init__(self, work: Work) -> None:
        """Begin the work. Raises OSError when there is no process to be had."""
        there, ours = os.pipe(), os.pipe()
        self._child = os.fork()
        if self._child:
            os.close(there[1])
            os.close(ours[0])
            self._reading, self._writing = open(there[0], "rb"), open(ours[1], "wb")  # noqa: SIM115 - they live on
            return
        code = 1
        try:
            os.close(there[0])
            os.close(ours[1])
            with open(there[1], "wb") as out, open(ours[0], "rb") as told:
                _widen(out.fileno())
                for message in work(lambda: pickle.load(told)):  # noqa: S301 - our parent wrote it
                    pickle.dump(message, out, pickle.HIGHEST_PROTOCOL)
                    out.flush()
            code = 0
        finally:
            os._exit(code)

    def take(self) -> Any:
        """Take the next message. Raises LostError when none comes."""
        try:
            return pickle.load(self._reading)  # noqa: S301 - our child wrote it
        except (EOFError, pickle.UnpicklingError) as error:
            raise LostError from error

    def send(self, message: Any) -> None:
        """Give the child a message. Raises LostError when it is gone."""
        try:
            pickle.dump(message, self._writing, pickle.HIGHEST_PROTOCOL)
            self._writing.flush()
        except OSError as error:
            raise LostError from error

    def leave(self) -> None:
        """Close the pipes, at which a child that still works ends."""
        for pipe in (self._reading, self._writing):
            with suppress(OSError):
                pipe.close()

    def wait(self) -> None:
        """Wait for the child to end."""
        os.waitpid(self._child, 0)


def _widen(pipe: int) -> None:
    with suppress(ImportError, OSError, AttributeError):
        import fcntl  # noqa: PLC0415 - Windows has none

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, LARGEST_PIPE)


def begin(works: list[Work], *, here: bool) -> list[Here | Elsewhere]:
    """Begin each work in a process of its own, the first one `here`; so is what finds no process."""
    begun: list[Here | Elsewhere] = []
    for number, work in enumerate(works):
        try:
            begun.append(Here(work) if here and number == 0 else Elsewhere(work))
        except OSError:
            begun.append(Here(work))
    return begun


def end(begun: list[Here | Elsewhere]) -> None:
    """End all that was begun. A child holds the pipes of those before it: all are closed before any is waited for."""
    for work in begun:
        work.leave()
    for work in begun:
        work.wait()
