"""Compile the fact base of a folder once into the user's cache, and answer from it until a file changes.

What is read is one moment of the folder. What is stored is private to the user, written under a lock into a file
of its own, and put in place in a single step. A cache that cannot be used is told once, and does without.
"""

import gc
import json
import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from icapital_cli import FACTS_FORMAT, __version__
from icapital_cli.database import open_file
from icapital_cli.errors import FactsError, printable
from icapital_cli.files import Moment, find_files, moment_of, stamp
from icapital_cli.terminal import say

PATIENCE = 10.0  # seconds for which another process may hold the lock
LARGEST_NOTE = 8192
ENDINGS = (".db", ".json", ".lock", ".half", ".new")
PLAIN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


def open_folder(name: str) -> sqlite3.Connection:
    """Open the facts of a folder, from the cache where it is fresh.

    Raises FactsError when there is no such folder, or its facts are not in order.
    """
    folder = Path(name)
    if not is_folder(folder):
        raise FactsError(f"no folder {printable(name)!r}")
    folder = folder.resolve()
    try:
        slot = _slot(folder)
    except OSError as error:
        return _from_memory(folder, error)
    fresh = _fresh(slot, stamp(find_files(folder)))
    if fresh:
        return fresh
    try:
        with _locked(slot.with_suffix(".lock")):
            return _fresh(slot, stamp(find_files(folder))) or _compiled(folder, slot)
    except _NoCacheError as error:
        return _from_memory(folder, error)


class _NoCacheError(OSError):
    """The cache cannot be locked."""


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder of that name; a name that cannot be has none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def forget(folder: str) -> None:
    """Remove what the cache holds of a folder: it was damaged."""
    with suppress(OSError):
        _clear(_slot(Path(folder).resolve()))


def _told(error: OSError) -> None:
    reason = error.strerror or type(error).__name__
    say(f"the cache cannot be written ({reason}); answering from memory")


def _from_memory(folder: Path, error: OSError) -> sqlite3.Connection:
    _told(error)
    return compiled(folder, moment_of(folder))


def _slot(folder: Path) -> Path:
    import platformdirs

    try:
        cache = platformdirs.user_cache_path("icapital")
    except (RuntimeError, KeyError) as error:
        raise OSError(None, "there is no home folder") from error
    if not cache.is_absolute():
        raise OSError(None, "there is no home folder")
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    seen = cache.lstat()
    if not stat.S_ISDIR(seen.st_mode) or (hasattr(os, "geteuid") and seen.st_uid != os.geteuid()):
        raise OSError(None, "the cache folder is a link, or somebody else's")
    if seen.st_mode & 0o077:
        cache.chmod(0o700)
    return cache / sha256(os.fsencode(folder)).hexdigest()[:24]


def _fresh(slot: Path, stamped: str) -> sqlite3.Connection | None:
    """Open a cached file when it is whole, ours, and of these facts."""
    database = slot.with_suffix(".db")
    try:
        with open(os.open(slot.with_suffix(".json"), PLAIN), "rb") as file:
            seen = os.fstat(file.fileno())
            noted = json.loads(file.read(LARGEST_NOTE)) if stat.S_ISREG(seen.st_mode) else None
        kept = database.lstat()
        if not isinstance(noted, list) or noted[:-1] != _note(kept, stamped) or kept.st_uid != seen.st_uid:
            return None
        connection = open_file(os.fspath(database))
        connection.execute("SELECT value FROM meta").fetchone()
    except (OSError, ValueError, RecursionError, sqlite3.Error, FactsError):
        return None
    return connection


def _note(seen: os.stat_result, stamped: str) -> list[Any]:
    whole = [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino]
    return [__version__, FACTS_FORMAT, stamped, stat.S_ISREG(seen.st_mode), *whole]


def _compiled(folder: Path, slot: Path) -> sqlite3.Connection:
    """Compile, store what can be stored, and answer from what was compiled."""
    moment = moment_of(folder)
    connection = compiled(folder, moment)
    try:
        _clear(slot, keep=".lock")
        _write(slot.with_suffix(".half"), connection.serialize())
        slot.with_suffix(".half").replace(slot.with_suffix(".db"))
        if moment.stamp:
            note = [*_note(slot.with_suffix(".db").lstat(), moment.stamp), os.fspath(folder)]
            _write(slot.with_suffix(".new"), json.dumps(note).encode())
            slot.with_suffix(".new").replace(slot.with_suffix(".json"))
        _prune(slot.parent)
    except OSError as error:
        _told(error)
    return connection


def _write(path: Path, content: bytes) -> None:
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _clear(slot: Path, keep: str = "") -> None:
    for ending in ENDINGS:
        if ending != keep:
            _remove(slot.with_suffix(ending))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        import shutil  # noqa: PLC0415 - only a broken cache pays for it

        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _prune(cache: Path) -> None:
    """Remove what was kept of folders that are gone."""
    for note in cache.glob("*.json"):
        with suppress(OSError, ValueError, RecursionError, IndexError, TypeError):
            with open(os.open(note, PLAIN), "rb") as file:
                folder = json.loads(file.read(LARGEST_NOTE))[-1]
            if not os.path.isdir(folder):  # noqa: PTH112 - the name comes from a file
                _clear(note.with_suffix(""))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one process at a time compile; the lock goes with the process that holds it."""
    try:
        file = open(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600), "w")  # noqa: SIM115
    except OSError as error:
        raise _NoCacheError(None, error.strerror) from error
    with file:
        with suppress(ImportError):
            import fcntl  # noqa: PLC0415 - Windows has none

            end = time.monotonic() + PATIENCE
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except OSError as error:
                    if time.monotonic() > end:
                        raise _NoCacheError(None, "another process holds it") from error
                    time.sleep(0.02)
        yield


def compiled(folder: Path, moment: Moment) -> sqlite3.Connection:
    """Compile one moment of a fact base, into memory. Raises FactsError when it is not in order."""
    from icapital_cli.check import sound_base  # noqa: PLC0415 - only a compile pays for it
    from icapital_cli.tables import SCHEMA, tables  # noqa: PLC0415 - only a compile pays for it

    if not moment.stamp:
        say("the facts keep changing while they are read; this answer may mix two moments")
    connection = sqlite3.connect(":memory:")
    collecting = gc.isenabled()
    gc.disable()  # nodes and facts make no cycles, and the collector would walk them all again and again
    try:
        base, spoken = sound_base(folder, moment)
        connection.executescript(f"PRAGMA journal_mode = OFF; BEGIN; {SCHEMA}")
        for statement, rows in tables(base, moment.digest, __version__):
            connection.executemany(statement, rows)
        for statement, rows in spoken():
            connection.executemany(statement, rows)
        connection.commit()
    finally:
        if collecting:
            gc.enable()
    return connection


def build(folder: Path, database: Path) -> None:
    """Compile a fact base into a new file: what the build hook of the wheel calls.

    The same facts give the same bytes: VACUUM lays the pages out anew, where the inserts left chance in unused space.
    """
    connection = compiled(folder, moment_of(folder))
    connection.execute("VACUUM")
    half = database.with_suffix(".half")
    half.write_bytes(connection.serialize())
    half.replace(database)
