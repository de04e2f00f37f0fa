"""Column types of lists: names, winners, figures, claims, timelines, sources, disputes."""

import json
from typing import TYPE_CHECKING, Any

from icapital_cli.store.facts import Doc
from icapital_cli.views.column_types import (
    COLUMN_TYPES,
    DATE,
    DISPUTED,
    SOURCES,
    STRING,
    STRINGS,
    ColumnType,
    column_type,
    record,
)

if TYPE_CHECKING:
    from icapital_cli.views.localizer import Localizer
    from icapital_cli.views.rows import Column, Origin, Row


class Array(ColumnType):
    """A list of values."""

    is_array = is_labelled = True

    def mark(self, at: "Origin", terms: list[str | None]) -> None:
        """Record that the list is in English where a term has no translation."""
        if at.builder.store.lang != "en" and None in terms:
            at.row.langs[at.column.key] = "en"


@column_type("list")
class List(Array):
    """A list of names or terms."""

    json_schema = STRINGS

    def read(self, value: Any, at: "Origin") -> list[str]:
        """Translate the terms; the other lists are names, of which that of the row itself is left out."""
        value = [item for item in value if item != at.row.values.get("name")]
        terms = (
            [at.builder.localizer.term(item) for item in value] if at.field == "partners" else list[str | None](value)
        )
        self.mark(at, terms)
        return [ours or item for ours, item in zip(terms, value, strict=True)]

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Join as a sentence does."""
        return localizer.list(value)


@column_type("winners")
class Winners(List):
    """The cities that won an edition."""

    def read(self, value: Any, at: "Origin") -> list[str]:
        """Read the names of the winners of the edition `owner`."""
        sql = """SELECT f.doc FROM facets t JOIN facets s ON s.seq = t.seq JOIN facts f ON f.seq = t.seq
                 WHERE t.kind = 'results' AND t.key = 'year' AND t.value = ?
                 AND s.kind = 'results' AND s.key = 'status' AND s.value = 'winner' ORDER BY f.rank, f.seq"""
        cities = [json.loads(doc)["city"] for (doc,) in at.builder.store.rows(sql, at.owner)]
        name = COLUMN_TYPES["name"]
        return [
            name.read(at.builder.store.fact(city)[1]["name"], at._replace(owner=city, field="name")) for city in cities
        ]


@column_type("figures")
class Figures(Array):
    """Numbers with their unit, and what they count."""

    json_schema = {"type": "array", "items": record({"value": {"type": "number"}, "unit": STRING, "of": STRING})}

    def read(self, value: Any, at: "Origin") -> list[Doc]:
        """Translate units and terms."""
        term = at.builder.localizer.term
        self.mark(at, [term(name) for f in value for name in (f"# {f['unit']}", f["of"])])
        return [{**f, "unit": term(f"# {f['unit']}") or f["unit"], "of": term(f["of"]) or f["of"]} for f in value]

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Format each figure."""
        return "; ".join(localizer.figure(figure) for figure in value)


@column_type("claims")
class Claims(Array):
    """What each side of a dispute says, with its sources."""

    json_schema = {"type": "array", "items": record({"says": STRING, "sources": SOURCES})}

    def read(self, value: Any, at: "Origin") -> list[Doc]:
        """Read our words for the claims, and their sources."""
        lang = at.builder.store.lang
        ours = json.loads(at.builder.localizer.translation(at.owner, at.field) or "null") if lang != "en" else None
        at.row.langs[at.column.key] = lang if ours else "en"
        says = ours or [claim["says"] for claim in value]
        return [
            {"says": text, "sources": [at.builder.citation(citation) for citation in claim["citations"]]}
            for text, claim in zip(says, value, strict=True)
        ]

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Number the claims, each with the publishers who make it."""
        parts = []
        for number, claim in enumerate(value, 1):
            who = "; ".join(dict.fromkeys(source["publisher"] for source in claim["sources"]))
            parts.append(f"({number}) {claim['says']} [{who}]")
        return " ".join(parts)


@column_type("timeline")
class Timeline(Array):
    """The dated steps of an edition."""

    json_schema = {
        "type": "array",
        "items": record({"id": STRING, "date": DATE, "summary": STRING, "sources": SOURCES, "disputes": STRINGS}),
    }

    is_labelled = False

    def read(self, value: Any, at: "Origin") -> list[Doc]:
        """Read the milestones of the edition `owner`."""
        sql = """SELECT f.id, f.doc FROM facets t JOIN facts f ON f.seq = t.seq
                 WHERE t.kind = 'milestones' AND t.key = 'year' AND t.value = ? ORDER BY f.rank, f.seq"""
        steps = []
        for step_id, text in at.builder.store.rows(sql, at.owner):
            doc = json.loads(text)
            disputes = at.builder.disputes(step_id)
            marking = at.builder.disputes(step_id, weights=at.builder.marks)
            if marking:
                at.row.disputed.setdefault(at.column.key, []).extend(marking)
            summary = at.builder.localizer.text(step_id, "summary", doc["summary"])[0]
            step = {"id": step_id, "date": doc["date"], "summary": summary, "sources": at.builder.citations(doc)}
            steps.append(step | {"disputes": disputes})
        return steps

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Format each step, with a dagger where sources disagree about it."""
        return "; ".join(
            f"{localizer.localized('date', step['date'])}: {step['summary']}"
            + (f" {DISPUTED}" if step["disputes"] else "")
            for step in value
        )


@column_type("sources")
class Sources(ColumnType):
    """The citations of a fact; people see the ids of the sources."""

    json_schema = SOURCES

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """List the ids."""
        return "; ".join(source["id"] for source in value)


@column_type("disputes")
class Disputes(ColumnType):
    """The ids of the disputes about a fact."""

    json_schema = STRINGS

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """List the ids."""
        return "; ".join(value)
