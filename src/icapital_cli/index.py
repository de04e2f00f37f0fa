"""Find and open the compiled facts: the only read at run time.

The wheel carries `facts.db`; another fact base is for `cache` to compile.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from icapital_cli.database import SHIPPED, open_file
from icapital_cli.errors import FactsError

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
def open_index(folder: str | None = None) -> Iterator[Index]:
    """Open the shipped facts, or those of a folder.

    Raises FactsError (ManyProblemsError when `check` finds errors) for facts that cannot be answered from.
    """
    try:
        connection = open_file(SHIPPED) if folder is None else _open_folder(folder)
    except sqlite3.Error as error:
        raise FactsError(f"the facts cannot be compiled: {error}") from error
    with closing(Index(connection)) as index:
        try:
            yield index
        except sqlite3.DatabaseError as error:
            if folder is None:
                raise FactsError(f"the compiled facts cannot be read: {error}. install the package again") from error
            from icapital_cli.cache import forget  # noqa: PLC0415 - only a damaged cache pays for it

            forget(folder)
            raise FactsError(f"the cache was damaged ({error}) and is removed: ask again") from error


def _open_folder(folder: str) -> sqlite3.Connection:
    from icapital_cli.cache import open_folder  # noqa: PLC0415 - only --facts pays for it

    return open_folder(folder)
