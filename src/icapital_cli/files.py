"""Files that a command writes: where they may be, in one step or not at all, and failures as one line."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from icapital_cli.errors import IcapitalError, UsageError, printable
from icapital_cli.terminal import safe


@contextmanager
def writing(target: str) -> Iterator[None]:
    """Turn what the system says about a target into one line: IcapitalError, or UsageError for a NUL in the name."""
    try:
        yield
    except OSError as error:
        raise IcapitalError(f"cannot write {safe(target)!r}: {error.strerror or error}") from error
    except ValueError as error:
        raise UsageError(f"cannot write {printable(target)!r}: {error}") from error


def require_folder(path: Path) -> None:
    """Raise UsageError where there is no folder for a target."""
    if not path.parent.is_dir():
        raise UsageError(f"no folder {safe(os.fspath(path.parent))!r}: make it first")


def require_file(path: Path) -> None:
    """Raise UsageError for a target that can be no file: a folder, a device, or in no folder."""
    require_folder(path)
    if path.is_dir():
        raise UsageError(f"{safe(os.fspath(path))!r} is a folder: name a file in it")
    if path.exists() and not path.is_file():
        raise UsageError(f"{safe(os.fspath(path))!r} is not a regular file")


def write_file(path: Path, text: str) -> None:
    """Write beside the file, see that the disk has it, and move it into place; after a failure nothing is left.

    A link stays, and what it leads to is written.
    """
    path = Path(os.path.realpath(path))
    if path.is_symlink():  # one that leads to itself
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    beside = path.with_name(f".{path.name[:100]}.{os.getpid()}.tmp")
    try:
        with open(beside, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
