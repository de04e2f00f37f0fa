"""Run an export: open the facts, write beside the target, and move what was written into its place.

An interrupt, an error or a full disk leaves what was there, or nothing. So does a kill; but no system replaces a folder
in one step, so a kill between the two steps leaves the old one beside, and the next export puts it back first.
"""

import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TextIO

from icapital_cli.api import Warn, open_facts
from icapital_cli.api.facts import Facts
from icapital_cli.errors import IcapitalError, UsageError
from icapital_cli.export.marks import mark_folder, refuse_foreign, refuse_precious
from icapital_cli.export.progress import Progress
from icapital_cli.export.registry import Export, Job, export_named
from icapital_cli.files import require_file, require_folder, writing
from icapital_cli.terminal import safe

ENDINGS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
OLD = "old"  # in the folder in which an export works: the folder that it replaces
ABANDONED = 3600  # seconds after which what an export works in belongs to no process


def run_export(  # noqa: PLR0913 - what the command line has
    name: str,
    target: str,
    *,
    facts: str | None,
    lang: str | None,
    force: bool,
    options: dict[str, Any],
    warn: Warn,
    err: TextIO | None,
) -> str:
    """Write an export to a file or folder, and say in a line what was made.

    Raises UsageError for an unknown export, an option it does not take, or a target that may not be written over;
    IcapitalError when the target cannot be written.
    """
    chosen, path = export_named(name), Path(target)
    _check_options(chosen, options)

    def open_in(tag: str) -> Facts:
        return open_facts(facts, lang=tag)

    with _writing(target), _interruptible(), open_facts(facts, lang=lang, warn=warn) as opened:
        _tidy(path)
        _check_target(chosen, path, force=force)
        work = Path(mkdtemp(prefix=_work_prefix(path), dir=path.parent))
        progress = Progress(f"export {name}", err)
        try:
            job = Job(opened, work / "made", work / "beside", path.name, progress, open_in, options)
            count, size = _write(chosen, job)
            _sync(work)
            for other in chosen.beside:
                (job.beside / other).replace(path.parent / other)
            _put(job.place, path, work)
        finally:
            progress.end()
            shutil.rmtree(work, ignore_errors=True)
    files = f"{count} files, " if chosen.is_folder else ""
    return ", ".join([f"wrote {safe(str(path))} ({files}{size / 1e6:.1f} MB)", *chosen.beside])


def _check_options(chosen: Export, options: dict[str, Any]) -> None:
    for option, value in options.items():
        if value is not None and option not in chosen.options:
            raise UsageError(f"--{option.replace('_', '-')} does not go with icapital export {chosen.name}")


def _write(chosen: Export, job: Job) -> tuple[int, int]:
    """Let an export write; return how many files, and how many bytes they have."""
    for folder in [job.beside, *([job.place] if chosen.is_folder else [])]:
        folder.mkdir()
    chosen.write(job)
    files = [f"{job.place}/{name}" for name in mark_folder(job.place, chosen.name)] if chosen.is_folder else [job.place]
    return len(files), sum([os.stat(file).st_size for file in files])  # noqa: PTH116 - pathlib takes three times as long


def _check_target(chosen: Export, path: Path, *, force: bool) -> None:
    """Refuse a target, or a file beside it, that may not be written over."""
    if chosen.is_folder:
        require_folder(path)
        refuse_precious(path)
        if path.exists() and not path.is_dir():
            raise UsageError(f"{safe(str(path))!r} is not a folder")
    else:
        require_file(path)
    for written in [path, *(path.parent / name for name in chosen.beside)]:
        if written.is_symlink():
            raise UsageError(f"{safe(str(written))!r} is a link: name what it leads to")
        if written.exists() and not force:
            refuse_foreign(written, chosen.name)


def _work_prefix(path: Path) -> str:
    return f".{path.name[:40]}.icapital-"


def _tidy(path: Path) -> None:
    """Put back the folder that an export had moved away when it was killed, and remove what one left an hour ago."""
    for work in path.parent.glob(f"{escape(_work_prefix(path))}*"):
        with suppress(OSError):
            abandoned = work.stat().st_mtime < time.time() - ABANDONED
            if (work / OLD).is_dir() and not path.exists():
                (work / OLD).rename(path)
                abandoned = True
            if abandoned:
                shutil.rmtree(work)


def _put(made: Path, path: Path, work: Path) -> None:
    """Put what was made in place: a file in one step; a folder after the old one, which comes back on failure."""
    if not made.is_dir() or not path.exists():
        made.replace(path)
        return
    old = work / OLD
    try:
        path.rename(old)
        made.rename(path)
    except BaseException:
        if old.exists() and not path.exists():
            old.rename(path)
        raise


def _sync(work: Path) -> None:
    """See that the disk has what was written before the old goes: a full disk may show only now."""
    for path in [*work.iterdir(), *(work / "beside").iterdir()]:
        if path.is_file():
            with open(path, "rb") as file:
                os.fsync(file.fileno())


@contextmanager
def _writing(target: str) -> Iterator[None]:
    """Turn what the system, or SQLite, says about the target into one line."""
    try:
        with writing(target):
            yield
    except sqlite3.OperationalError as error:
        raise IcapitalError(f"cannot write {safe(target)!r}: {error}") from error


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let an interrupt unwind, so that nothing is left half written; then end the process as it would have ended."""
    before = {}
    for number in ENDINGS:
        with suppress(ValueError):  # not the main thread: nobody interrupts it
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, _stop)
    try:
        yield
    except _Stopped as stopped:
        signal.signal(stopped.number, signal.SIG_DFL)
        os.kill(os.getpid(), stopped.number)
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Stopped(BaseException):
    """A signal that ends the process arrived."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _stop(number: int, _frame: object) -> None:
    for other in ENDINGS:
        signal.signal(other, signal.SIG_IGN)  # what was begun is tidied up in peace
    raise _Stopped(number)
