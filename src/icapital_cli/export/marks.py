"""Marks by which an export knows its own: what it did not make, it does not write over."""

import json
import os
import zipfile
from contextlib import suppress
from pathlib import Path

from icapital_cli.errors import UsageError, printable
from icapital_cli.terminal import safe

MANIFEST = ".icapital-export.json"  # in a folder: what made it, and every file of it
APPLICATION = 0x69436170  # `iCap`: the application id of a database, bytes 68 to 71 of the file (SQLite, file format)
COMMENT = b"icapital datapackage"  # of a zip file
MADE_BY = "icapital"  # under this key in JSON that stands beside
LISTED = 3  # files of others that a message names


def is_ours(path: Path, export: str) -> bool:
    """Whether a file, or everything in a folder, was made by this export."""
    if path.is_dir():
        return not strangers(path, export)
    with suppress(OSError, ValueError, zipfile.BadZipFile):
        with open(path, "rb") as file:
            head = file.read(100)
        if head.startswith(b"SQLite format 3\0"):
            return int.from_bytes(head[68:72], "big") == APPLICATION
        if head.startswith(b"PK"):
            with zipfile.ZipFile(path) as archive:
                return archive.comment == COMMENT
        if head.startswith(b"{"):
            return bool(json.loads(path.read_text("utf-8")).get("made_by") == MADE_BY)
    return False


def strangers(folder: Path, export: str) -> list[str]:
    """Return the files in a folder that this export did not make."""
    ours: set[str] = set()
    with suppress(OSError, ValueError, AttributeError, KeyError, TypeError):
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        if manifest["made_by"] == MADE_BY and manifest["export"] == export:
            ours = {MANIFEST, *manifest["files"]}
    return [name for name in files_in(folder) if name not in ours]


def files_in(folder: Path) -> list[str]:
    """Return the names of all files in a folder and below it, and of links, relative to it and sorted.

    By `os.walk`: `Path.rglob` takes five times as long, which thousands of pages make felt.
    """
    found = []
    for place, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]  # noqa: PTH114, PTH118 - the same
        found += [os.path.join(place, name) for name in [*files, *links]]  # noqa: PTH118 - the same
    start = len(os.path.join(folder, ""))  # noqa: PTH118 - the same
    return sorted(name[start:].replace(os.sep, "/") for name in found)


def mark_folder(folder: Path, export: str) -> list[str]:
    """Write the list of files by which the next export knows the folder as its own; return it with its own name."""
    files = files_in(folder)
    manifest = {"made_by": MADE_BY, "export": export, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=0) + "\n", "utf-8")
    return [*files, MANIFEST]


def refuse_foreign(path: Path, export: str) -> None:
    """Raise UsageError for a target that holds something that this export did not make."""
    shown = safe(os.fspath(path))
    if path.is_dir():
        found = strangers(path, export)
        if found:
            more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
            names = ", ".join(map(printable, found[:LISTED]))
            raise UsageError(
                f"the folder {shown!r} holds files that icapital export {export} did not make: {names}{more}. "
                "name another folder; --force replaces this one and everything in it"
            )
    elif not is_ours(path, export):
        raise UsageError(f"{shown!r} exists, and icapital export {export} did not make it: --force replaces it")


def refuse_precious(path: Path) -> None:
    """Raise UsageError for what not even --force replaces: a root, a home, the folder one is in, a repository."""
    real = path.resolve()
    here = Path.cwd().resolve()
    home = Path.home().resolve() if "HOME" in os.environ else None
    if real in {Path(real.anchor), home, here, *here.parents} or (real / ".git").exists():
        raise UsageError(f"icapital does not replace the folder {safe(os.fspath(path))!r}: name another one")
