"""A piece of work in a second process, where there is a core for it: begun now, its result taken later."""

import os
import pickle
from collections.abc import Callable
from typing import Generic, TypeVar


def cores() -> int:
    """Count the cores that this process may use; one where processes cannot be forked."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "fork") and hasattr(os, "sched_getaffinity") else 1


Result = TypeVar("Result")


class Elsewhere(Generic[Result]):
    """Work that a child process does. Its result comes through a pipe; a child that fails gives None."""

    def __init__(self, work: Callable[[], Result]) -> None:
        """Begin the work."""
        self._done: Result | None = None
        self._child = 0
        try:
            reading, writing = os.pipe()
            self._child, self._reading = os.fork(), reading
        except OSError:  # no process to be had: the work is done here and now
            self._done = work()
            return
        if self._child:
            os.close(writing)
            return
        code = 1
        try:
            os.close(reading)
            with open(writing, "wb") as pipe:
                pickle.dump(work(), pipe, pickle.HIGHEST_PROTOCOL)
            code = 0
        finally:
            os._exit(code)

    def result(self) -> Result | None:
        """Wait for the result."""
        if not self._child:
            return self._done
        with open(self._reading, "rb") as pipe:
            content = pipe.read()
        _, status = os.waitpid(self._child, 0)
        result: Result | None = pickle.loads(content) if status == 0 else None  # noqa: S301 - our own child wrote it
        return result
