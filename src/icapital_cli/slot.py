"""A slot of the user's cache: where the compiled facts of one folder are kept, with a note of which facts they are.

What is stored is private to the user. A lock goes with the process that holds it.
"""

import json
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from icapital_cli import FACTS_FORMAT, __version__

LARGEST_NOTE = 8192
LARGEST_COPY = 1 << 26
ENDINGS = (".db", ".json", ".lock", ".half", ".new")
PLAIN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


class NoCacheError(OSError):
    """The cache cannot be locked."""


def slot_of(folder: Path) -> Path:
    """Name the slot of a folder, in a cache that is the user's alone. Raises OSError when there can be none."""
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


def stamp_of(slot: Path) -> str | None:
    """Tell of which facts a cached file is, when it is whole and ours."""
    try:
        with open(os.open(slot.with_suffix(".json"), PLAIN), "rb") as file:
            seen = os.fstat(file.fileno())
            noted = json.loads(file.read(LARGEST_NOTE)) if stat.S_ISREG(seen.st_mode) else None
        kept = slot.with_suffix(".db").lstat()
        if isinstance(noted, list) and noted[:-1] == _note(kept, noted[2]) and kept.st_uid == seen.st_uid:
            return str(noted[2])
    except (OSError, ValueError, RecursionError, IndexError):
        pass
    return None


def _note(seen: os.stat_result, stamped: str) -> list[Any]:
    whole = [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino]
    return [__version__, FACTS_FORMAT, stamped, stat.S_ISREG(seen.st_mode), *whole]


def publish(slot: Path, stamped: str, folder: Path) -> None:
    """Put the half file in its place in a single step, then the note that makes it good; without a stamp, none."""
    half, database = slot.with_suffix(".half"), slot.with_suffix(".db")
    with open(half, "rb+") as file:
        os.fsync(file.fileno())
    half.replace(database)
    if stamped:
        note = [*_note(database.lstat(), stamped), os.fspath(folder)]
        write_new(slot.with_suffix(".new"), json.dumps(note).encode())
        slot.with_suffix(".new").replace(slot.with_suffix(".json"))
    prune(slot.parent)


def write_new(path: Path, content: bytes) -> None:
    """Write a file of the user's alone; what stands there already is never followed or written to."""
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        if content:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def copy(whole: Path, half: Path) -> None:
    """Copy compiled facts into an empty file."""
    with open(os.open(whole, PLAIN), "rb") as read, open(half, "rb+") as written:
        if hasattr(os, "copy_file_range"):
            with suppress(OSError):  # a file system may not have it
                while os.copy_file_range(read.fileno(), written.fileno(), LARGEST_COPY):
                    pass
                return
        read.seek(0)
        written.seek(0)
        while block := read.read(LARGEST_COPY):
            written.write(block)


def clear(slot: Path, keep: tuple[str, ...] = ()) -> None:
    """Remove what stands in a slot, but for the endings to keep."""
    for ending in ENDINGS:
        if ending not in keep:
            remove(slot.with_suffix(ending))


def remove(path: Path) -> None:
    """Remove whatever stands at a path, if anything does."""
    if path.is_dir() and not path.is_symlink():
        import shutil  # noqa: PLC0415 - only a broken cache pays for it

        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def prune(cache: Path) -> None:
    """Remove what was kept of folders that are gone."""
    for note in cache.glob("*.json"):
        with suppress(OSError, ValueError, RecursionError, IndexError, TypeError):
            with open(os.open(note, PLAIN), "rb") as file:
                folder = json.loads(file.read(LARGEST_NOTE))[-1]
            if not os.path.isdir(folder):  # noqa: PTH112 - the name comes from a file
                clear(note.with_suffix(""))


@contextmanager
def locked(path: Path, patience: float) -> Iterator[None]:
    """Let one process at a time compile; the lock goes with the process that holds it."""
    try:
        file = open(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600), "w")  # noqa: SIM115
    except OSError as error:
        raise NoCacheError(None, error.strerror) from error
    with file:
        with suppress(ImportError):
            import fcntl  # noqa: PLC0415 - Windows has none

            end = time.monotonic() + patience
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except OSError as error:
                    if time.monotonic() > end:
                        raise NoCacheError(None, "another process holds it") from error
                    time.sleep(0.02)
        yield
