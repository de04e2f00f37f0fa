"""Find, open and, where it is stale, rebuild the compiled facts: the only read at run time.

The wheel carries `facts.db`. Another fact base is compiled once into the user's cache, under a lock,
into a file of its own that replaces the old one in a single step; so a reader sees the facts of one moment.
"""

import gc
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from icapital_cli import __version__
from icapital_cli.errors import FactsError, printable

SHIPPED = os.path.join(os.path.dirname(__file__), "facts.db")  # noqa: PTH118, PTH120 - pathlib costs a look-up 1 ms
Doc = dict[str, Any]


class Index:
    """Compiled facts, open for reading, in one language."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Wrap an open connection."""
        self.connection = connection
        self.lang = "en"
        self._facts: dict[str, tuple[str, Doc]] = {}

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """Ask for rows; values are bound, never pasted."""
        return self.connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Any) -> Any:
        """Ask for the first column of the first row, or None."""
        row = self.connection.execute(sql, values).fetchone()
        return row[0] if row else None

    def meta(self, key: str) -> Any:
        """Read what the compiler noted under a key."""
        return self.one("SELECT value FROM meta WHERE key = ?", key)

    def languages(self) -> dict[str, str]:
        """Name the shipped languages, by tag."""
        return dict(json.loads(self.meta("languages")))

    def fact(self, fact_id: str) -> tuple[str, Doc]:
        """Read (kind, fields) of a fact that exists."""
        if fact_id not in self._facts:
            kind, doc = self.rows("SELECT kind, doc FROM facts WHERE id = ?", fact_id)[0]
            self._facts[fact_id] = (kind, json.loads(doc))
        return self._facts[fact_id]

    def label(self, key: str, lang: str = "") -> str:
        """Read a label of the interface: in the language, else in English, else the key itself made readable."""
        found = self.rows("SELECT lang, text FROM labels WHERE key = ? AND lang IN (?, 'en')", key, lang or self.lang)
        texts = dict(found)
        return texts.get(lang or self.lang) or texts.get("en") or key.rpartition(".")[2].replace("_", " ").capitalize()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


@contextmanager
def open_index(folder: str | None = None, err: IO[str] | None = None) -> Iterator[Index]:
    """Open the shipped facts, or those of a folder.

    Raises FactsError (ManyProblemsError when `check` finds errors) for facts that cannot be answered from.
    """
    try:
        connection = open_file(SHIPPED) if folder is None else open_folder(Path(folder), err or sys.stderr)
    except sqlite3.Error as error:
        raise FactsError(f"the compiled facts cannot be opened: {error}") from None
    with closing(Index(connection)) as index:
        try:
            yield index
        except sqlite3.DatabaseError as error:
            raise FactsError(f"the compiled facts cannot be read: {error}") from error


def open_file(path: str) -> sqlite3.Connection:
    """Open compiled facts that nobody will change."""
    if not os.path.exists(path):  # noqa: PTH110 - pathlib costs a look-up 1 ms
        raise FactsError("this installation has no compiled facts: install the package again, or give --facts DIR")
    escaped = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return sqlite3.connect(f"file:{escaped}?mode=ro&immutable=1", uri=True)


def open_folder(folder: Path, err: IO[str]) -> sqlite3.Connection:
    """Open the facts of a folder, from the cache where it is fresh."""
    from icapital_cli.files import find_files, stamp  # noqa: PLC0415 - only --facts pays for it

    if not is_folder(folder):
        raise FactsError(f"no folder {printable(os.fspath(folder))!r}")
    folder = folder.resolve()
    try:
        slot = _slot(folder)
        fresh = _fresh(slot, stamp(find_files(folder)))
        return fresh or _rebuild(folder, slot)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        err.write(f"icapital: the cache cannot be written ({reason}); answering from memory\n")
        connection = sqlite3.connect(":memory:")
        fill(connection, folder)
        return connection


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder of that name; a name that cannot be has none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _slot(folder: Path) -> Path:
    from hashlib import sha256  # noqa: PLC0415 - only --facts pays for it

    import platformdirs

    try:
        cache = platformdirs.user_cache_path("icapital")
    except (RuntimeError, KeyError) as error:
        raise OSError(None, "there is no home folder") from error
    if not cache.is_absolute():
        raise OSError(None, "there is no home folder")
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    return cache / sha256(os.fsencode(folder)).hexdigest()[:24]


def _fresh(slot: Path, stamped: str) -> sqlite3.Connection | None:
    """Open a cached file when it is whole, ours, and of these facts."""
    database = slot.with_suffix(".db")
    try:
        seen = database.stat()
        noted = json.loads(slot.with_suffix(".json").read_text("utf-8"))
        if noted != _note(seen, stamped):
            return None
        connection = open_file(os.fspath(database))
        connection.execute("SELECT value FROM meta").fetchone()
    except (OSError, ValueError, RecursionError, sqlite3.Error, FactsError):
        return None
    return connection


def _note(seen: os.stat_result, stamped: str) -> list[Any]:
    return [__version__, stamped, seen.st_size, seen.st_mtime_ns, seen.st_ino]


def _rebuild(folder: Path, slot: Path) -> sqlite3.Connection:
    from icapital_cli.files import find_files, stamp  # noqa: PLC0415 - only --facts pays for it

    with _locked(slot.with_suffix(".lock")):
        before = stamp(find_files(folder))
        fresh = _fresh(slot, before)
        if fresh:
            return fresh
        database, half = slot.with_suffix(".db"), slot.with_suffix(".half")
        _remove(half)
        os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            with closing(sqlite3.connect(half)) as connection:
                fill(connection, folder)
        except sqlite3.OperationalError as error:
            _remove(half)
            raise OSError(None, str(error)) from error
        except BaseException:
            _remove(half)
            raise
        if database.is_dir():
            _remove(database)
        half.replace(database)
        if stamp(find_files(folder)) == before:
            note = slot.with_suffix(".json")
            if note.is_dir():
                _remove(note)
            new = slot.with_suffix(".new")
            _remove(new)
            with open(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
                json.dump(_note(database.stat(), before), file)
            new.replace(note)
        return open_file(os.fspath(database))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        import shutil  # noqa: PLC0415 - only a broken cache pays for it

        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one process at a time compile; the lock goes with the process that holds it."""
    with open(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "w") as file:
        with suppress(ImportError):
            import fcntl  # noqa: PLC0415 - only --facts pays for it, and Windows has none

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def fill(connection: sqlite3.Connection, folder: Path) -> None:
    """Compile a fact base into an empty database. Raises FactsError when it is not in order."""
    from icapital_cli.check import sound_base  # noqa: PLC0415 - only a compile pays for it
    from icapital_cli.files import digest  # noqa: PLC0415 - only a compile pays for it
    from icapital_cli.tables import SCHEMA, tables  # noqa: PLC0415 - only a compile pays for it

    collecting = gc.isenabled()
    gc.disable()  # nodes and facts make no cycles, and the collector would walk them all again and again
    try:
        base, spoken = sound_base(folder)
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; {SCHEMA}")
        for statement, rows in tables(base, digest(folder), __version__):
            connection.executemany(statement, rows)
        for statement, rows in spoken():
            connection.executemany(statement, rows)
        connection.commit()
    finally:
        if collecting:
            gc.enable()


def build(folder: Path, database: Path) -> None:
    """Compile a fact base into a new file: what the build hook of the wheel calls."""
    with closing(sqlite3.connect(":memory:")) as connection:
        fill(connection, folder)
        content = connection.serialize()
    half = database.with_suffix(".half")
    half.write_bytes(content)
    half.replace(database)
