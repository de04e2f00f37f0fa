"""Read compiled facts: the only read of a look-up."""

import json
import sqlite3
from typing import Any

Doc = dict[str, Any]


class FactStore:
    """Compiled facts, open for reading, in one language."""

    def __init__(self, connection: sqlite3.Connection, lang: str = "en") -> None:
        """Wrap an open connection."""
        self.connection, self.lang = connection, lang
        self._facts: dict[str, tuple[str, Doc]] = {}
        self._kinds: dict[str, Doc] = {}
        self._labels: dict[tuple[str, str], str] = {}
        self._unknown: dict[str, set[str]] | None = None

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """Query rows; values are bound, never pasted."""
        return self.connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Any) -> Any:
        """Query the first column of the first row, or None."""
        row = self.connection.execute(sql, values).fetchone()
        return row[0] if row else None

    def meta(self, key: str) -> Any:
        """Read what the compiler recorded under a key."""
        return self.one("SELECT value FROM meta WHERE key = ?", key)

    def languages(self) -> dict[str, str]:
        """Return the names of the languages by tag."""
        return dict(json.loads(self.meta("languages")))

    def kind(self, kind: str) -> Doc:
        """Return what a look-up must know of a kind: command, columns, filters, page."""
        if kind not in self._kinds:
            self._kinds[kind] = json.loads(self.one("SELECT spec FROM kinds WHERE kind = ?", kind))
        return self._kinds[kind]

    def kinds(self) -> list[tuple[str, Doc]]:
        """Return the specs of all kinds, in the order of the model."""
        return [(kind, json.loads(spec)) for kind, spec in self.rows("SELECT kind, spec FROM kinds ORDER BY position")]

    def ids(self, kind: str) -> list[str]:
        """Return the ids of the facts of a kind, in their order."""
        return [row[0] for row in self.rows("SELECT id FROM facts WHERE kind = ? ORDER BY rank, seq", kind)]

    def fact(self, fact_id: str) -> tuple[str, Doc]:
        """Return (kind, fields) of a fact that exists."""
        if fact_id not in self._facts:
            kind, doc = self.rows("SELECT kind, doc FROM facts WHERE id = ?", fact_id)[0]
            self._facts[fact_id] = (kind, json.loads(doc))
        return self._facts[fact_id]

    def remember(self, fact_id: str, kind: str, doc: Doc) -> None:
        """Keep a fact that was read otherwise, so that `fact` need not read it again."""
        self._facts[fact_id] = (kind, doc)

    def label(self, key: str) -> str:
        """Return a label of the interface: in the language, else in English, else the key made readable."""
        if (self.lang, key) not in self._labels:
            texts = dict(self.rows("SELECT lang, text FROM labels WHERE key = ? AND lang IN (?, 'en')", key, self.lang))
            readable = key.rpartition(".")[2].replace("_", " ").capitalize()
            self._labels[self.lang, key] = texts.get(self.lang) or texts.get("en") or readable
        return self._labels[self.lang, key]

    def unknown_fields(self, fact_id: str) -> set[str]:
        """Return the fields of a fact of which listed gaps say that nobody was found to state them."""
        if self._unknown is None:
            self._unknown = {}
            for fact, field in self.rows("SELECT fact, field FROM gaps_about WHERE field <> ''"):
                self._unknown.setdefault(fact, set()).add(field)
        return self._unknown.get(fact_id, set())

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()
