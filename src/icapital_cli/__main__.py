"""How the program starts and ends: `icapital`, or `python -m icapital_cli`."""

import gc
import os
import signal
import sys
from contextlib import suppress


def run() -> None:
    """Run the command line.

    An interrupt ends the process at once, also inside SQLite: nothing is half done that the next run minds.
    No collection of garbage: a look-up ends before one would pay, and a compile makes no cycles. And once all is
    written, the process leaves at once: taking the interpreter apart costs 4 ms.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()
    from icapital_cli.later import imports_later  # noqa: PLC0415 - not before the line above

    with imports_later():
        import typer  # noqa: F401, PLC0415 - here it finds the stand-ins
    from icapital_cli.cli import main  # noqa: PLC0415 - not before Typer

    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError, OSError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
