"""The files of a fact base: which there are, whether they changed, and what they hold."""

import os
import stat
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path

from icapital_cli.errors import FactsError

MOST_FILES = 100_000
LARGEST_FILE = 1 << 20
DEEPEST = 20

Files = list[tuple[str, os.stat_result]]


def find_files(folder: Path) -> Files:
    """List the fact files below a folder as (name relative to it, stat), in a fixed order.

    Links to folders are not followed, so that there is no loop.
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
            elif entry.name.lower().endswith((".yaml", ".yml")):
                yield below + entry.name, _stat(entry)


def _stat(entry: os.DirEntry[str]) -> os.stat_result:
    try:
        return entry.stat()
    except OSError:
        return entry.stat(follow_symlinks=False)


def fingerprint(files: Files) -> str:
    """Hash names, sizes, inodes and times of change: two equal fingerprints mean unchanged files."""
    seen = "\0".join([f"{name}|{s.st_size}|{s.st_mtime_ns}|{s.st_ctime_ns}|{s.st_ino}" for name, s in files])
    return sha256(seen.encode("utf-8", "surrogateescape")).hexdigest()


def digest_of(hashes: Iterable[tuple[str, str]]) -> str:
    """Hash (name, SHA-256 of the content) of files in their order: equal facts have equal digests everywhere."""
    total = sha256()
    for name, content in hashes:
        total.update(f"{name}\0".encode("utf-8", "surrogateescape"))
        total.update(bytes.fromhex(content))
    return total.hexdigest()


class NotRegularError(OSError):
    """A pipe, a device or a folder is in the place of a file."""


def read_file(path: Path) -> bytes:
    """Read a regular file, up to one byte more than `LARGEST_FILE`. Raises OSError, NotRegularError among them."""
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotRegularError
        return file.read(LARGEST_FILE + 1)
