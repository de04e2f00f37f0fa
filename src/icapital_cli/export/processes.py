"""Tasks in forked processes: each finds in memory what was read before, and all processors share the work."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NoReturn, Self

from icapital_cli.errors import IcapitalError

Task = Callable[[], object]


@contextmanager
def forking() -> Iterator[Callable[[Task], None]]:
    """Give a function that runs a task in a process of its own; the end of the block raises what a task raised.

    Where we cannot fork, the function runs the task at once. No process outlives the block, whatever ends it.
    """
    may_fork, forks = can_fork(), list[Fork]()
    with ExitStack() as stack:

        def run(task: Task) -> None:
            if may_fork:
                forks.append(stack.enter_context(Fork(task)))
            else:
                task()

        yield run
        for fork in forks:
            fork.wait()


def can_fork() -> bool:
    """Whether a fork is sound and pays: on Linux, beside no thread (it may hold a lock), on two processors or more."""
    with suppress(OSError):
        return len([*Path("/proc/self/task").iterdir()]) == 1 and len(os.sched_getaffinity(0)) > 1
    return False


class Fork:
    """Process that runs a task, and sends the exception that the task raised over a pipe."""

    def __init__(self, task: Task) -> None:
        """Begin the task."""
        self._raised, raised = os.pipe()
        self._process = os.fork()
        if not self._process:
            _run(task, raised)
        os.close(raised)

    def __enter__(self) -> Self:
        """Begin the block at whose end the process is gone."""
        return self

    def __exit__(self, *_: object) -> None:
        """End a process that nobody waited for."""
        os.close(self._raised)
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)

    def wait(self) -> None:
        """Wait for the end of the task. Raises what it raised, and IcapitalError where its process was killed."""
        with open(self._raised, "rb", closefd=False) as pipe:
            raised = pipe.read()
        process, self._process = self._process, 0
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if raised:
            import pickle  # noqa: PLC0415 - only a failure needs it

            raise pickle.loads(raised)  # noqa: S301 - our own process wrote it
        if code:
            raise IcapitalError("a process of the export ended early: it may have had too little memory")


def _run(task: Task, raised: int) -> NoReturn:
    """Run a task and end the process, without what the parent does at its end."""
    code = 1
    try:
        task()
        code = 0
    except Exception as error:  # noqa: BLE001 - the parent raises it
        import pickle  # noqa: PLC0415 - only a failure needs it
        import traceback  # noqa: PLC0415 - the same

        error.add_note(traceback.format_exc())  # for who looks for the mistake: the parent only knows where it waited
        try:
            told = pickle.dumps(error)
        except Exception:  # noqa: BLE001 - what cannot be sent is told in words
            told = pickle.dumps(IcapitalError(repr(error)))
        with open(raised, "wb") as pipe:
            pipe.write(told)
    finally:
        os._exit(code)
