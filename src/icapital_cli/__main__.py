"""How the program starts and ends: `icapital`, or `python -m icapital_cli`."""

import gc
import os
import signal


def run() -> None:
    """Run the command line.

    An interrupt ends the process at once, also inside SQLite: nothing is half done that the next run minds. Where the
    caller has interrupts ignored, as a shell has in the background, they stay so.
    No collection of garbage: a look-up ends before one would pay, and a compile makes no cycles. And once all is
    written, the process leaves at once: taking the interpreter apart costs 4 ms.
    """
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()
    from icapital_cli.later import imports_later  # noqa: PLC0415 - not before the line above

    with imports_later():
        import typer  # noqa: F401, PLC0415 - here it finds the stand-ins
    from icapital_cli.cli import main  # noqa: PLC0415 - not before Typer

    os._exit(main())


if __name__ == "__main__":
    run()
