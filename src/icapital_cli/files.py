"""Which files a fact base has, and whether they changed: all that a look-up needs to know of the YAML."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from icapital_cli.errors import FactsError

MOST_FILES = 100_000
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
    with os.scandir(folder) as entries:
        for count, entry in enumerate(entries):
            if count > MOST_FILES:
                raise FactsError(f"more than {MOST_FILES} files in {folder!r}")
            if entry.name.startswith("."):
                continue
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


def digest(folder: Path) -> str:
    """Sum up the content of a fact base: the same facts give the same digest on every machine."""
    total = sha256()
    for name, _ in find_files(folder):
        total.update(f"{name}\0".encode("utf-8", "surrogateescape"))
        total.update(sha256((folder / name).read_bytes()).digest())
    return total.hexdigest()
