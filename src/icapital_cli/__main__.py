"""Entry point: `icapital`, or `python -m icapital_cli`."""

# The C module beneath signal: an interrupt often hits the 4 ms that importing signal takes.
import _signal  # type: ignore[import-not-found]  # it has no stubs
import gc
import os


def run() -> None:
    """Run the command line.

    An interrupt ends the process at once, also during imports and inside SQLite: nothing is half done that the next
    run needs. Where the caller has interrupts ignored, as a shell has in the background, they stay so.
    Without garbage collection a look-up takes 10 ms less, and it ends before one would pay; leaving without taking the
    interpreter apart saves 4 ms more.
    """
    if _signal.getsignal(_signal.SIGINT) != _signal.SIG_IGN:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    gc.disable()
    try:
        from icapital_cli.cli.app import main  # noqa: PLC0415 - not before the line above
    except ModuleNotFoundError as missing:  # inside a zip file, or in a checkout
        raise SystemExit(f"icapital: there is no module {missing.name!r}: install icapital with pip first") from None

    os._exit(main())


if __name__ == "__main__":
    run()
