"""Read compiled facts: the only read of a look-up."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

Doc = dict[str, Any]


class FactStore:
    """Compiled facts, open for reading, in one language."""

    def __init__(self, connection: sqlite3.Connection, lang: str = "en") -> None:
        """Wrap an open connection."""
        self.connection, self.lang = connection, lang
        self._facts: dict[str, tuple[str, Doc]] = {}
        self._meta: dict[str, Any] = {}
        self._ids: dict[str, list[str]] = {}
        self._kinds: dict[str, Doc] = {}
        self._labels: dict[tuple[str, str], str] = {}
        self._texts: dict[tuple[str, str], dict[str, str]] = {}
        self._terms: dict[str, dict[str, str]] = {}
        self._localized: dict[tuple[str, str], dict[str, str]] = {}
        self._disputed: dict[str, list[tuple[str, str, str]]] | None = None
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
        if key not in self._meta:
            self._meta[key] = self.one("SELECT value FROM meta WHERE key = ?", key)
        return self._meta[key]

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
        """Return the ids of the facts of a kind, in their order; the list is shared, and not to be changed."""
        if kind not in self._ids:
            found = self.rows("SELECT id FROM facts WHERE kind = ? ORDER BY rank, seq", kind)
            self._ids[kind] = [fact_id for (fact_id,) in found]
        return self._ids[kind]

    def fact(self, fact_id: str) -> tuple[str, Doc]:
        """Return (kind, fields) of a fact that exists."""
        if fact_id not in self._facts:
            self.read([fact_id])
        return self._facts[fact_id]

    def read(self, ids: Iterable[str]) -> None:
        """Read facts at once, so that `fact` need not read each by itself; an id that no fact has is passed over."""
        missing = [one for one in dict.fromkeys(ids) if one not in self._facts]
        sql = "SELECT id, kind, doc FROM facts WHERE id IN (SELECT value FROM json_each(?))"
        found = self.rows(sql, json.dumps(missing)) if missing else []
        docs = json.loads(f"[{','.join(doc for _, _, doc in found)}]")
        self._facts.update((fact_id, (kind, doc)) for (fact_id, kind, _), doc in zip(found, docs, strict=True))

    def decoded(self, fact_id: str, text: str) -> Doc:
        """Decode the fields of a fact, unless the fact was read before."""
        doc: Doc = self._facts[fact_id][1] if fact_id in self._facts else json.loads(text)
        return doc

    def remember(self, fact_id: str, kind: str, doc: Doc) -> None:
        """Keep a fact that was read otherwise, so that `fact` need not read it again."""
        self._facts[fact_id] = (kind, doc)

    def texts(self, fact_id: str) -> dict[str, str]:
        """Return our translations of a fact into the language, by field."""
        if (self.lang, fact_id) not in self._texts:
            self.read_texts([fact_id])
        return self._texts[self.lang, fact_id]

    def read_texts(self, ids: Iterable[str]) -> None:
        """Read our translations of facts at once, so that `texts` need not read those of each by itself."""
        missing = [one for one in dict.fromkeys(ids) if (self.lang, one) not in self._texts]
        self._texts.update(((self.lang, one), {}) for one in missing)
        sql = "SELECT fact, field, text FROM texts WHERE lang = ? AND fact IN (SELECT value FROM json_each(?))"
        for fact_id, field, text in self.rows(sql, self.lang, json.dumps(missing)):
            self._texts[self.lang, fact_id][field] = text

    def term(self, english: str) -> str | None:
        """Return our translation of a recurring term into the language."""
        if self.lang not in self._terms:
            self._terms[self.lang] = dict(self.rows("SELECT english, text FROM terms WHERE lang = ?", self.lang))
        return self._terms[self.lang].get(english)

    def localized(self, lang: str, form: str, value: str) -> str:
        """Return a date, country or phone number as the compiler localized it, else as it is."""
        if (lang, form) not in self._localized:
            sql = "SELECT value, text FROM localized WHERE lang = ? AND form = ?"
            self._localized[lang, form] = dict(self.rows(sql, lang, form))
        return self._localized[lang, form].get(value, value)

    def disputed(self, fact_id: str) -> list[tuple[str, str, str]]:
        """Return (field, dispute, weight) of what is disputed about a fact."""
        if self._disputed is None:
            self._disputed = {}
            for fact, *about in self.rows("SELECT fact, field, dispute, weight FROM disputed"):
                self._disputed.setdefault(fact, []).append((about[0], about[1], about[2]))
        return self._disputed.get(fact_id, [])

    def label(self, key: str) -> str:
        """Return a label of the interface: in the language, else in English, else the key made readable."""
        if (self.lang, key) not in self._labels:
            self.read_labels([key])
        return self._labels[self.lang, key]

    def read_labels(self, keys: Iterable[str]) -> None:
        """Read labels at once, so that `label` need not read each by itself."""
        missing = [key for key in keys if (self.lang, key) not in self._labels]
        sql = "SELECT key, lang, text FROM labels WHERE key IN (SELECT value FROM json_each(?)) AND lang IN (?, 'en')"
        found = {(lang, key): text for key, lang, text in self.rows(sql, json.dumps(missing), self.lang)}
        for key in missing:
            readable = key.rpartition(".")[2].replace("_", " ").capitalize()
            self._labels[self.lang, key] = found.get((self.lang, key)) or found.get(("en", key)) or readable

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
