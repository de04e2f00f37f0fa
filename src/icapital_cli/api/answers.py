"""Short answers for programs that pay by the word: rows, and beside them each source and each dispute once.

A row has the keys of the JSON promise. Its `sources` are ids with the place on the page, official pages first; the
answer describes each source once under `sources`, and each dispute of its rows under `disputes`. `unknown` names the
keys of which a listed gap says that nobody was found to state them; any other missing value is just not recorded.
"""

from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any, NamedTuple, TypedDict

from icapital_cli.api.facts import Facts, values_of
from icapital_cli.api.hints import bodies_nearby, why_empty
from icapital_cli.api.wording import worded
from icapital_cli.errors import UsageError, no_such, printable
from icapital_cli.formats.table import as_plain
from icapital_cli.query.names import resolve
from icapital_cli.query.select import Filters, select
from icapital_cli.store.facts import Doc, FactStore
from icapital_cli.views.citation import OFFICIAL
from icapital_cli.views.column_types import Schema
from icapital_cli.views.page import page_of
from icapital_cli.views.search_results import search_view
from icapital_cli.views.view import View, view_of

MOST_SOURCES = 3  # of a row in a list; the page of a fact has them all
MOST_RELATED = 12  # rows of a kind that belong to a thing
LIST_KEYS = ("id", "publisher", "title", "url", "date")
STEP_KEYS = ("id", "date", "summary")  # of a step in a list; the page of the edition has its sources
DISPUTE_KEYS = ("id", "topic", "weight", "believed", "why")


class Answer(TypedDict):
    """Rows, the sources and disputes that they name, how many rows were left out, the version of the facts."""

    rows: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    disputes: list[dict[str, Any]]
    left_out: int
    version: str


class Told(NamedTuple):
    """An answer, and the same in a few lines of text."""

    answer: Mapping[str, Any]
    text: str


def list_kinds(facts: Facts) -> dict[str, str]:
    """Return the kinds of fact by the name of their list, gaps last."""
    with facts.store() as store:
        named = {
            spec["command"]["name"]: (spec["command"]["place"], kind) for kind, spec in store.kinds() if spec["command"]
        }
    return {name: kind for name, (_, kind) in sorted(named.items(), key=lambda pair: pair[1])} | {"gaps": "gaps"}


def filters_of(facts: Facts, name: str) -> list[str]:
    """Return the names of the filters of a list."""
    with facts.store() as store:
        command = store.kind(list_kinds(facts)[name])["command"]
    return [*command["options"]] if command else []


def list_answer(facts: Facts, name: str, query: str | None, limit: int, **filters: Any) -> Told:
    """Answer with the facts of a list. Raises UsageError for an unknown list, or a filter that it does not take."""
    kinds = list_kinds(facts)
    if name not in kinds:
        raise no_such("kind", name, kinds)
    taken = filters_of(facts, name)
    for key in filters:
        if key not in taken:
            known = ["query", *taken]
            raise UsageError(f"{name} has no option {printable(key)}. choose from: {', '.join(known)}", known)
    with facts.store() as store:
        given: Filters = {key: values_of(key, value) or [] for key, value in filters.items()}
        found = select(store, kinds[name], query, **given)
        view = view_of(store, kinds[name], found[:limit]).with_notes()
        notes = [f"see also {body}" for body in bodies_nearby(store, kinds[name], query, given)]
        notes += [] if found else [why_empty(store, kinds[name], view, query, given)]
        return _told(store, view, len(found) - len(view.rows), notes)


def search_answer(facts: Facts, words: str, limit: int) -> Told:
    """Answer with what a full-text search finds, best matches first."""
    with facts.store() as store:
        view = search_view(store, words)
        among = ", ".join(store.languages())
        notes = [] if view.rows else [f"nothing matches {printable(words)!r} in {among}; try fewer words"]
        return _told(store, view.limited(limit), max(0, len(view.rows) - limit), notes)


def verify_answer(facts: Facts, text: str, limit: int) -> Told:
    """Answer with the claims of a text, and what the facts say of each."""
    with facts.store() as store:
        view = facts.report(text).view
        notes = [] if view.rows else ["text: no claim found; a draft must name the award (iCapital)"]
        return _told(store, view.limited(limit), max(0, len(view.rows) - limit), notes)


def thing_answer(facts: Facts, name: str) -> Told:
    """Answer with everything about one thing: a single row, with what belongs to it under `related`."""
    from icapital_cli.formats.pages import as_text  # noqa: PLC0415 - only this needs it

    with facts.store() as store:
        found = resolve(store, name)
        thing, out = page_of(store, *found).data, StringIO()
        as_text(page_of(store, *found, brief=True), out)
        short = _Shortener(store, most_sources=None)
        related = {kind: rows for kind, rows in thing["related"].items() if rows and kind not in {"disputes", "gaps"}}
        left_out = sum(max(0, len(rows) - MOST_RELATED) for rows in related.values())
        row = short.row({key: value for key, value in thing.items() if key != "related"})
        short.most_sources = MOST_SOURCES
        row["related"] = {kind: [short.row(one) for one in rows[:MOST_RELATED]] for kind, rows in related.items()}
        row["related"]["gaps"] = thing["related"]["gaps"]
        return Told(short.answer([row], left_out), out.getvalue())


def answer_schema(facts: Facts, answers: Iterable[str]) -> Schema:
    """Describe an answer whose rows are those of some lists, or of `search`, `verify` or `show`, in JSON Schema."""
    place: Schema = {"type": "object", "properties": {"id": {"type": "string"}, "locator": {"type": "string"}}}
    rows = []
    for name in answers:
        schema = facts.schema(name)
        row = dict(schema.get("items", schema))
        row = {"type": "object", "properties": {k: _short(v, place) for k, v in row["properties"].items()}}
        rows.append(row | {"title": name, "required": ["id"]})
    text: Schema = {"type": ["string", "null"]}
    source = {"type": "object", "properties": dict.fromkeys(LIST_KEYS, text), "required": ["id", "publisher"]}
    dispute = {"type": "object", "properties": dict.fromkeys(DISPUTE_KEYS, text), "required": ["id", "topic"]}
    properties: Schema = {
        "rows": {"type": "array", "items": rows[0] if len(rows) == 1 else {"anyOf": rows}},
        "sources": {"type": "array", "items": source},
        "disputes": {"type": "array", "items": dispute},
        "left_out": {"type": "integer", "minimum": 0},
        "version": {"type": "string"},
    }
    return {"type": "object", "properties": properties, "required": [*properties]}


def _short(schema: Schema, place: Schema) -> Schema:
    """Replace the citations in a schema by ids with places."""
    if schema.get("type") == "array" and "locator" in schema["items"].get("properties", ()):
        return {"type": "array", "items": place}
    if schema.get("type") == "array" and "sources" in schema["items"].get("properties", ()):
        inner = {key: _short(value, place) for key, value in schema["items"]["properties"].items()}
        return {"type": "array", "items": {"type": "object", "properties": inner}}
    return schema


def version_of(store: FactStore) -> str:
    """Return the version of the facts, with the beginning of their digest."""
    return f"{store.meta('facts_version')} ({store.meta('digest')[:12]})"


def _told(store: FactStore, view: View, left_out: int, notes: list[str]) -> Told:
    short = _Shortener(store, MOST_SOURCES)
    rows = []
    for row, values in zip(view.rows, view.objects(), strict=True):
        rows.append(short.row(values) | ({"unknown": sorted(row.unknown)} if row.unknown else {}))
    out = StringIO()
    as_plain(view._replace(columns=view.shown()), out)
    said = [*view.notes, *(worded(note, store.lang) for note in notes)]
    of = f" of {len(rows) + left_out}; narrow the question, or raise limit" if left_out else ""
    head = f"{view.title}: {worded(f'{len(rows)}{of}', store.lang)}"
    best = dict.fromkeys(row["sources"][0]["id"] for row in rows if row.get("sources"))
    lines = [head, " | ".join(column.label for column in view.shown()), out.getvalue().rstrip(), *said]
    answer = short.answer(rows, left_out)
    cited = {source["id"]: source for source in answer["sources"]}
    lines += [f"{store.label('column.sources')}:", *(_source_line(cited[source]) for source in best)] if best else []
    return Told(answer, "\n".join(line for line in lines if line))


def _source_line(source: dict[str, Any]) -> str:
    return "- " + ", ".join(str(source[key]) for key in ("publisher", "date", "url") if source[key])


class _Shortener:
    """Shortens rows, and collects the sources and disputes that they name."""

    def __init__(self, store: FactStore, most_sources: int | None) -> None:
        self.store, self.most_sources = store, most_sources
        self._sources: dict[str, Doc] = {}
        self._disputes: dict[str, None] = {}

    def row(self, row: Doc) -> Doc:
        """Return a row whose citations are ids with places."""
        self._disputes |= dict.fromkeys(row.get("disputes") or ())
        short = {key: self._value(key, value) for key, value in row.items()}
        cited = len({citation["id"] for citation in row.get("sources") or ()})
        if self.most_sources is not None and cited > self.most_sources:
            short["sources_in_all"] = cited
        return short

    def _value(self, key: str, value: Any) -> Any:
        if key == "sources" and isinstance(value, list):
            return self._places(value)
        if key == "timeline" and self.most_sources is not None:
            return [{name: step[name] for name in STEP_KEYS} for step in value]
        if isinstance(value, list):
            return [{k: self._value(k, v) for k, v in one.items()} if isinstance(one, dict) else one for one in value]
        return value

    def _places(self, citations: list[Doc]) -> list[Doc]:
        places: dict[str, dict[str, None]] = {}
        for citation in citations:
            places.setdefault(citation["id"], {})[citation["locator"]] = None
        ranked = sorted(places, key=lambda source: OFFICIAL.index(self.store.fact(source)[1]["type"]))[
            : self.most_sources
        ]
        for citation in citations:
            if citation["id"] in ranked:
                self._sources.setdefault(citation["id"], {key: citation[key] for key in LIST_KEYS})
        return [{"id": source, "locator": "; ".join(places[source])} for source in ranked]

    def answer(self, rows: list[Doc], left_out: int) -> Answer:
        """Return the answer."""
        found = [(dispute, self.store.fact(dispute)[1]) for dispute in sorted(self._disputes)]
        disputes = [{key: row[key] for key in DISPUTE_KEYS} for row in view_of(self.store, "disputes", found).objects()]
        listed = [self._sources[source] for source in sorted(self._sources)]
        return {
            "rows": rows,
            "sources": listed,
            "disputes": disputes,
            "left_out": left_out,
            "version": version_of(self.store),
        }
