"""Compile the fact base of a folder once into the user's cache, and answer from it until a file changes.

What is read is one moment of the folder. What is stored is private to the user, written under a lock into a file
of its own, and put in place in a single step. A cache that cannot be used is told once, and does without.
"""

import gc
import json
import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from icapital_cli.database import open_file
from icapital_cli.errors import FactsError, printable
from icapital_cli.files import NEVER, Files, Seen, find_files, seen_of, stamp
from icapital_cli.slot import NoCacheError, clear, copy, locked, publish, remove, slot_of, stamp_of, write_new
from icapital_cli.terminal import say

if TYPE_CHECKING:
    from icapital_cli.filling import Compiled

PATIENCE = 10.0  # seconds for which another process may hold the lock, and more for a large base:
SLOWEST = 1_000_000  # bytes of YAML a second
TRIES = 5
BLUR = 20_000_000  # nanoseconds within which a file system may give two changes one time


def open_folder(name: str) -> sqlite3.Connection:
    """Open the facts of a folder, from the cache where it is fresh.

    Raises FactsError when there is no such folder, or its facts are not in order.
    """
    folder = Path(name)
    if not is_folder(folder):
        raise FactsError(f"no folder {printable(name)!r}")
    folder = folder.resolve()
    try:
        slot = slot_of(folder)
    except OSError as error:
        return _from_memory(folder, error)
    files = find_files(folder)
    fresh = _fresh(slot, stamp(files))
    if fresh:
        return fresh
    try:
        with locked(slot.with_suffix(".lock"), PATIENCE + sum(seen.st_size for _, seen in files) / SLOWEST):
            return _fresh(slot, stamp(find_files(folder))) or _compiled(folder, slot)
    except NoCacheError as error:
        return _from_memory(folder, error)


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder of that name; a name that cannot be has none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def forget(folder: str) -> None:
    """Remove what the cache holds of a folder: it was damaged."""
    with suppress(OSError):
        clear(slot_of(Path(folder).resolve()))


def _told(error: OSError) -> None:
    reason = error.strerror or type(error).__name__
    say(f"the cache cannot be written ({reason}); answering from memory")


def _from_memory(folder: Path, error: OSError) -> sqlite3.Connection:
    _told(error)
    return compiled(folder, ":memory:")[0]


def _fresh(slot: Path, stamped: str) -> sqlite3.Connection | None:
    """Open a cached file when it is whole, ours, and of these facts."""
    if stamp_of(slot) != stamped:
        return None
    try:
        connection = open_file(os.fspath(slot.with_suffix(".db")))
        connection.execute("SELECT value FROM meta").fetchone()
    except (sqlite3.Error, FactsError):
        return None
    return connection


def _compiled(folder: Path, slot: Path) -> sqlite3.Connection:
    """Compile into the cache, from what is there if it is whole; where that fails, into memory."""
    half = slot.with_suffix(".half")
    try:
        whole = stamp_of(slot) is not None
        clear(slot, keep=(".lock", ".db", ".json") if whole else (".lock",))
        write_new(half, b"")
        if whole:
            copy(slot.with_suffix(".db"), half)
        connection, stamped = compiled(folder, os.fspath(half), whole=whole)
    except (OSError, sqlite3.OperationalError) as error:
        with suppress(OSError):
            remove(half)
        return _from_memory(folder, error if isinstance(error, OSError) else OSError(None, str(error)))
    except FactsError:
        with suppress(OSError):
            remove(half)
        raise
    try:
        publish(slot, stamped, folder)
    except OSError as error:
        _told(error)
    return connection


def compiled(folder: Path, target: str, *, whole: bool = False) -> tuple[sqlite3.Connection, str]:
    """Compile one moment of a fact base into `target`, an empty file or `:memory:`: an open connection, and the stamp.

    A `whole` target holds compiled facts, to be brought up to date. The stamp is empty when no moment could be caught,
    because the files kept changing. Raises FactsError when the base is not in order.
    """
    from icapital_cli.check import refuse  # noqa: PLC0415 - only a compile pays for it

    collecting = gc.isenabled()
    gc.disable()  # nodes and facts make no cycles, and the collector would walk them all again and again
    try:
        for attempt in range(TRIES):
            files = _settled(folder)
            result = _attempt(folder, target, files, whole=whole)
            if _is_of_one_moment(result.seen, files, find_files(folder)):
                refuse(result)
                return result.store.connection, stamp(files)
            # What changed between the rounds stands in rows of other files too: that is no base to bring up to date.
            mixed = NEVER in result.seen.values()
            whole = not (result.problems or result.breaks or mixed) and target != ":memory:"
            if attempt < TRIES - 1:
                result.store.connection.close()
    finally:
        if collecting:
            gc.enable()
    say("the facts keep changing while they are read; this answer may mix two moments")
    refuse(result)
    return result.store.connection, ""


def _attempt(folder: Path, target: str, files: Files, *, whole: bool) -> "Compiled":
    from icapital_cli.compile import compile_base  # noqa: PLC0415 - only a compile pays for it
    from icapital_cli.update import update_base  # noqa: PLC0415 - only a compile pays for it

    if whole:
        connection = sqlite3.connect(target)
        result = update_base(connection, folder, f"{folder}/", files)
        if result:
            return result
        connection.close()
    if target != ":memory:":
        os.truncate(target, 0)
    return compile_base(target, folder, f"{folder}/", files)


def _is_of_one_moment(seen: dict[str, Seen], before: Files, after: Files) -> bool:
    return stamp(after) == stamp(before) and all(
        seen.get(name, seen_of(found)) == seen_of(found) for name, found in after
    )


def _settled(folder: Path) -> Files:
    """List the files once the last change is older than the clock of the file system can blur."""
    files = find_files(folder)
    young = max(found.st_ctime_ns for _, found in files) + BLUR - time.time_ns()
    if 0 < young <= BLUR:
        time.sleep(young / 1e9)
        return find_files(folder)
    return files


def build(folder: Path, database: Path) -> None:
    """Compile a fact base into a new file: what the build hook of the wheel calls.

    The same facts give the same bytes: times of files are left out, and VACUUM lays the pages out anew. Beside the
    facts stands what CLDR says of Europe's languages, so that other bases are compiled without Babel.
    """
    from icapital_cli.spellings import EUROPE, spelling_of  # noqa: PLC0415 - only a build pays for it

    database.unlink(missing_ok=True)  # what CLDR said then is not asked again
    spelling_of.cache_clear()
    connection, _ = compiled(folder, ":memory:")
    connection.execute("DELETE FROM files")
    connection.execute("CREATE TABLE cldr (lang TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID")
    spoken = ((tag, json.dumps(spelling_of(tag), ensure_ascii=False, sort_keys=True)) for tag in EUROPE)
    connection.executemany("INSERT INTO cldr VALUES (?, ?)", spoken)
    connection.commit()
    connection.execute("VACUUM")
    half = database.with_suffix(".half")
    half.write_bytes(connection.serialize())
    half.replace(database)
