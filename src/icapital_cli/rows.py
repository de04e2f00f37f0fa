"""The rows of an answer: paths of columns walked, texts read in a language, and marks that must not be lost.

A row keeps its values as the JSON promise has them, and beside them which cells are disputed and which texts
fell back to another language.
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from icapital_cli.index import Doc, Index

ARRAYS = {"list", "winners", "figures", "claims", "timeline"}
CITED = ("id", "publisher", "title", "url", "date")


class Column(NamedTuple):
    """One column: the key of the JSON promise, its heading, the type that spells it, and whether people see it."""

    key: str
    label: str
    type: str
    shown: bool
    steps: list[Any]


class Row:
    """One fact: its values by key, its citations, and the marks on its cells."""

    def __init__(self, fact_id: str) -> None:
        """Start an empty row."""
        self.id = fact_id
        self.values: Doc = {"id": fact_id}
        self.langs: dict[str, str] = {}
        self.disputed: dict[str, list[str]] = {}
        self.citations: list[Doc] = []
        self.supports: list[list[str]] = []


class Builder:
    """Walks the paths of columns, and notes on the way what is disputed and in which language a text is."""

    def __init__(self, index: Index) -> None:
        """Build rows from one index."""
        self.index = index
        self._sources: dict[str, Doc] = {}
        self._touches: dict[str, dict[str, list[str]]] = {}
        self._readers: dict[str, Callable[[Row, Column, str, str, Any], Any]] = {
            "text": self._text,
            "quote": self._text,
            "name": self._name,
            "named": self._named,
            "winners": self._winners,
            "cited": self._times_cited,
            "country": self._country,
            "list": self._list,
            "figures": self._figures,
            "claims": self._claims,
            "timeline": self._timeline,
            "translated": self._translated,
            "original_lang": self._original_lang,
            "original": self._original,
        }

    def row(self, kind: str, fact_id: str, doc: Doc, columns: list[Column]) -> Row:
        """Build the row of one fact."""
        row = Row(fact_id)
        row.citations = [self._cited(citation) for citation in doc.get("citations", ())]
        row.supports = [citation.get("supports", []) for citation in doc.get("citations", ())]
        self.index._facts[fact_id] = (kind, doc)  # noqa: SLF001 - spares reading the same fact again
        for column in columns[1:]:
            if column.steps:
                self._fill(row, column, fact_id, doc)
        self._language(row, columns, doc)
        if kind != "sources":
            row.values["sources"] = row.citations
        row.values["disputes"] = sorted({dispute for ids in row.disputed.values() for dispute in ids})
        row.values = {
            c.key: [] if c.type in ARRAYS and not row.values.get(c.key) else row.values.get(c.key) for c in columns
        }
        return row

    def citations(self, fact_id: str) -> list[Doc]:
        """Give the citations of a fact."""
        return [self._cited(citation) for citation in self.index.fact(fact_id)[1].get("citations", ())]

    def disputes_of(self, fact_id: str) -> list[str]:
        """Name the disputes that touch a fact, in any of its fields."""
        return [row[0] for row in self.index.rows("SELECT DISTINCT dispute FROM touches WHERE fact = ?", fact_id)]

    def _fill(self, row: Row, column: Column, fact_id: str, doc: Doc) -> None:
        owner, fields = fact_id, doc
        for number, (field, target) in enumerate(column.steps):
            value = fields.get(field)
            ids = self._disputes(owner, field)
            if ids:
                row.disputed.setdefault(column.key, []).extend(ids)
            if target is None or value is None or number == len(column.steps) - 1:
                read = self._readers.get(column.type)
                row.values[column.key] = read(row, column, owner, field, value) if read and value is not None else value
                return
            owner = value
            fields = self.index.fact(owner)[1]

    def _disputes(self, fact_id: str, field: str) -> list[str]:
        if fact_id not in self._touches:
            touched = self._touches[fact_id] = {}
            for name, dispute in self.index.rows("SELECT field, dispute FROM touches WHERE fact = ?", fact_id):
                touched.setdefault(name, []).append(dispute)
        fields = self._touches[fact_id]
        return [*fields.get(field, ()), *fields.get("", ())] if fields else []

    def _language(self, row: Row, columns: list[Column], doc: Doc) -> None:
        langs = [row.langs[c.key] for c in columns if c.key in row.langs]
        other = [lang for lang in langs if lang != self.index.lang]
        lang = row.langs.get("text") or (other[0] if other else langs[0] if langs else None)
        row.values["lang"] = doc["lang"] if "url" in doc or "publisher" in doc else lang

    def _cited(self, citation: Doc) -> Doc:
        source = citation["source"]
        if source not in self._sources:
            doc = self.index.fact(source)[1]
            self._sources[source] = {key: doc.get(key) for key in CITED}
        return {**self._sources[source], "locator": citation["locator"], "excerpt": citation.get("excerpt")}

    def translation(self, fact_id: str, field: str) -> str | None:
        """Look up our translation of a field into the language of the index."""
        sql = "SELECT text FROM texts WHERE lang = ? AND fact = ? AND field = ?"
        found: str | None = self.index.one(sql, self.index.lang, fact_id, field)
        return found

    def term(self, english: str) -> str | None:
        """Look up our translation of a recurring term."""
        sql = "SELECT text FROM terms WHERE lang = ? AND english = ?"
        found: str | None = self.index.one(sql, self.index.lang, english)
        return found

    def read_text(self, owner: str, field: str, value: Any) -> tuple[str, str]:
        """Read a text in the language asked for, else English, else the original: (text, its language)."""
        lang = self.index.lang
        if isinstance(value, dict):
            if lang in value:
                return value[lang], lang
            ours = self.translation(owner, field)
            if ours:
                return ours, lang
            tag = "en" if "en" in value else next(iter(value))
            return value[tag], tag
        if lang == "en":
            return value, "en"
        ours = self.translation(owner, field) or self.term(value)
        return (ours, lang) if ours else (value, "en")

    def _text(self, row: Row, column: Column, owner: str, field: str, value: Any) -> str:
        text, row.langs[column.key] = self.read_text(owner, field, value)
        return text

    def _name(self, row: Row, column: Column, owner: str, field: str, value: Any) -> str:
        if isinstance(value, dict):
            text, row.langs[column.key] = self.read_text(owner, field, value)
            return text
        return self.translation(owner, field) or self.term(value) or str(value)

    def _named(self, row: Row, column: Column, owner: str, field: str, value: Any) -> str:
        text, lang = self.read_text(owner, field, value)
        if lang != self.index.lang:
            row.langs[column.key] = lang
        return text

    def _winners(self, row: Row, column: Column, owner: str, _field: str, _value: Any) -> list[str]:
        sql = """SELECT f.doc FROM facets t JOIN facets s ON s.seq = t.seq JOIN facts f ON f.seq = t.seq
                 WHERE t.kind = 'results' AND t.key = 'year' AND t.value = ?
                 AND s.kind = 'results' AND s.key = 'status' AND s.value = 'winner' ORDER BY f.rank, f.seq"""
        cities = [json.loads(doc)["city"] for (doc,) in self.index.rows(sql, owner)]
        return [self._name(row, column, city, "name", self.index.fact(city)[1]["name"]) for city in cities]

    def _times_cited(self, _row: Row, _column: Column, owner: str, _field: str, _value: Any) -> int:
        return self.index.one("SELECT sum(count) FROM refs WHERE target = ? AND kind = 'cited'", owner) or 0

    def _country(self, _row: Row, _column: Column, _owner: str, _field: str, value: str) -> str:
        sql = "SELECT text FROM spelled WHERE lang = ? AND form = 'country' AND value = ?"
        return self.index.one(sql, self.index.lang, value) or value

    def _list(self, row: Row, column: Column, _owner: str, field: str, value: list[str]) -> list[str]:
        spoken = [self.term(item) for item in value] if field == "partners" else list[str | None](value)
        self._mark(row, column, spoken)
        return [ours or item for ours, item in zip(spoken, value, strict=True)]

    def _mark(self, row: Row, column: Column, spoken: list[str | None]) -> None:
        if self.index.lang != "en" and None in spoken:
            row.langs[column.key] = "en"

    def _figures(self, row: Row, column: Column, _owner: str, _field: str, value: list[Doc]) -> list[Doc]:
        self._mark(row, column, [self.term(term) for f in value for term in (f"# {f['unit']}", f["of"])])
        return [
            {**f, "unit": self.term(f"# {f['unit']}") or f["unit"], "of": self.term(f["of"]) or f["of"]} for f in value
        ]

    def _claims(self, row: Row, column: Column, owner: str, field: str, value: list[Doc]) -> list[Doc]:
        ours = json.loads(self.translation(owner, field) or "null") if self.index.lang != "en" else None
        row.langs[column.key] = self.index.lang if ours else "en"
        says = ours or [claim["says"] for claim in value]
        return [
            {"says": text, "sources": [self._cited(citation) for citation in claim["citations"]]}
            for text, claim in zip(says, value, strict=True)
        ]

    def _timeline(self, row: Row, column: Column, owner: str, _field: str, _value: Any) -> list[Doc]:
        sql = """SELECT f.id, f.doc FROM facets t JOIN facts f ON f.seq = t.seq
                 WHERE t.kind = 'milestones' AND t.key = 'year' AND t.value = ? ORDER BY f.rank, f.seq"""
        steps = []
        for step_id, text in self.index.rows(sql, owner):
            doc = json.loads(text)
            disputes = sorted({*self._disputes(step_id, "date"), *self._disputes(step_id, "summary")})
            if disputes:
                row.disputed.setdefault(column.key, []).extend(disputes)
            summary = self.read_text(step_id, "summary", doc["summary"])[0]
            sources = [self._cited(citation) for citation in doc["citations"]]
            step = {"id": step_id, "date": doc["date"], "summary": summary, "sources": sources, "disputes": disputes}
            steps.append(step)
        return steps

    def _translated(self, _row: Row, _column: Column, owner: str, field: str, value: Any) -> bool:
        return isinstance(value, dict) and self.read_text(owner, field, value)[1] not in value

    def _original_lang(self, _row: Row, _column: Column, _owner: str, _field: str, value: Any) -> str:
        return next(iter(value)) if isinstance(value, dict) else "en"

    def _original(self, _row: Row, _column: Column, _owner: str, _field: str, value: Any) -> str:
        return str(next(iter(value.values())) if isinstance(value, dict) else value)
