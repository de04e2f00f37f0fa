"""Which files a fact base has, and whether they changed: all that a look-up needs to know of the YAML."""

import os
import stat
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from icapital_cli.errors import FactsError

MOST_FILES = 100_000
LARGEST_FILE = 1 << 20
TRIES = 5
DEEPEST = 20


def find_files(folder: Path) -> list[tuple[str, os.stat_result]]:
    """List the fact files below a folder as (name relative to it, stat), in a fixed order.

    Links to folders are not followed, so that no loop can be entered.
    Raises FactsError when the folder is missing, unreadable, or holds no fact file.
    """
    try:
        found = sorted(_walk(os.fspath(folder), "", DEEPEST))
    except OSError as error:
        raise FactsError(f"cannot read the folder {error.filename!r}: {error.strerror}") from None
    if not found:
        raise FactsError(f"no .yaml file in the folder {os.fspath(folder)!r}")
    return found


def _walk(folder: str, below: str, depth: int) -> Iterator[tuple[str, os.stat_result]]:
    if not depth:
        raise FactsError(f"folders nest deeper than {DEEPEST} in {folder!r}")
    with os.scandir(folder) as listed:
        entries = list(islice(listed, MOST_FILES + 1))
    if len(entries) > MOST_FILES:
        raise FactsError(f"more than {MOST_FILES} files in {folder!r}")
    for entry in entries:
        if not entry.name.startswith("."):
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{below}{entry.name}/", depth - 1)
            elif entry.name.endswith((".yaml", ".yml")):
                yield below + entry.name, _stat(entry)


def _stat(entry: os.DirEntry[str]) -> os.stat_result:
    try:
        return entry.stat()
    except OSError:
        return entry.stat(follow_symlinks=False)


def stamp(files: list[tuple[str, os.stat_result]]) -> str:
    """Sum up names, sizes and times of change, so that two equal stamps mean unchanged files."""
    seen = "\0".join(f"{name}|{s.st_size}|{s.st_mtime_ns}|{s.st_ctime_ns}|{s.st_ino}" for name, s in files)
    return sha256(seen.encode("utf-8", "surrogateescape")).hexdigest()


class Moment(NamedTuple):
    """The content of a fact base at one moment, by file name; a file that could not be read is not in it.

    `stamp` is empty when no such moment could be caught, because the files kept changing.
    """

    contents: dict[str, bytes]
    stamp: str
    digest: str


def moment_of(folder: Path) -> Moment:
    """Read a fact base between two looks that see the same files, and sum up its content.

    The same facts give the same digest on every machine. Raises FactsError when there is nothing to read.
    """
    for _ in range(TRIES):
        before = find_files(folder)
        contents = {name: content for name, _ in before if (content := read_file(folder / name)) is not None}
        if stamp(find_files(folder)) == stamp(before):
            return Moment(contents, stamp(before), _digest(contents))
    return Moment(contents, "", _digest(contents))


class NotRegularError(OSError):
    """A pipe, a device or a folder stands where a file should."""


def read_start(path: Path) -> bytes:
    """Read a regular file, up to one byte more than `LARGEST_FILE`. Raises OSError, NotRegularError among them."""
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotRegularError
        return file.read(LARGEST_FILE + 1)


def read_file(path: Path) -> bytes | None:
    """Read a regular file of at most `LARGEST_FILE` bytes; None for anything else."""
    try:
        content = read_start(path)
    except (OSError, ValueError):
        return None
    return content if len(content) <= LARGEST_FILE else None


def _digest(contents: dict[str, bytes]) -> str:
    total = sha256()
    for name, content in sorted(contents.items()):
        total.update(f"{name}\0".encode("utf-8", "surrogateescape"))
        total.update(sha256(content).digest())
    return total.hexdigest()
