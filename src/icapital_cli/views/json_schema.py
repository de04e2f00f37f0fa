"""JSON Schema (2020-12) of what each command prints, from the columns of the kinds."""

from collections.abc import Callable

from icapital_cli.errors import no_such
from icapital_cli.store.facts import FactStore
from icapital_cli.views.column_types import COLUMN_TYPES, LANGUAGE, SOURCES, STRING, STRINGS, TEXT, Schema, record
from icapital_cli.views.draft import VERDICTS
from icapital_cli.views.map import COLUMNS as MAP
from icapital_cli.views.rows import Column
from icapital_cli.views.statistics import APPLICATIONS, sum_fields
from icapital_cli.views.timeline import COLUMNS as TIMELINE
from icapital_cli.views.timeline import step_kinds

DIALECT = "https://json-schema.org/draft/2020-12/schema"
COUNT: Schema = {"type": "integer", "minimum": 0}
OTHERS: dict[str, tuple[str, Callable[[FactStore], Schema]]] = {}


def schema_of(store: FactStore, command: str) -> Schema:
    """Describe the JSON of a command. Raises UsageError for a command that prints no JSON."""
    kinds = {spec["command"]["name"]: spec for _, spec in store.kinds() if spec["command"]}
    kinds["gaps"] = store.kind("gaps")
    if command in OTHERS:
        description, describe = OTHERS[command]
        shape = describe(store)
    elif command in kinds:
        description, shape = kinds[command]["description"], _list(_row_of(store, kinds[command], command))
    else:
        raise no_such("schema", command, (*kinds, *OTHERS))
    return {"$schema": DIALECT, "title": f"icapital {command}", "description": description} | shape


def schema_of_kind(store: FactStore, kind: str, *, whole: bool = False) -> Schema:
    """Describe the list of a kind of fact, or `whole` the page of one thing of it, with what belongs to it."""
    spec = store.kind(kind)
    row = _row_of(store, spec, kind)
    if not whole:
        return {"$schema": DIALECT, "title": kind, "description": spec["description"]} | _list(row)
    related: Schema = {
        section: _list(_row_of(store, store.kind(section), section))
        for section in (*spec["page"]["sections"], "disputes", "gaps")
    }
    properties = row["properties"] | {"kind": {"const": kind}, "title": STRING, "lang": TEXT}
    properties |= {"related": {"type": "object", "properties": related}}
    return {"$schema": DIALECT, "title": f"one of {kind}", "description": spec["description"]} | record(properties)


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _row_of(store: FactStore, spec: Schema, command: str) -> Schema:
    properties: Schema = {"id": STRING}
    for key, _, type_of, _, choices in spec["columns"]:
        properties[key] = COLUMN_TYPES[type_of].schema(store, choices)
    if command != "sources":
        properties["sources"] = SOURCES
    return record(properties | {"disputes": STRINGS})


def _describes(command: str, description: str) -> Callable[[Callable[[FactStore], Schema]], None]:
    """Register what describes the JSON of a command that lists no kind of fact."""

    def register(describe: Callable[[FactStore], Schema]) -> None:
        OTHERS[command] = (description, describe)

    return register


@_describes("show", "Everything about one thing; under `related` what belongs to it, as the list commands have it.")
def _show(store: FactStore) -> Schema:
    related = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "object"}}}
    return record(
        {"id": STRING, "kind": {"enum": [kind for kind, _ in store.kinds()]}, "title": STRING, "lang": TEXT}
        | {"disputes": STRINGS, "related": related}
    )


@_describes("search", "The facts that hold the words, best first.")
def _search(_store: FactStore) -> Schema:
    return _list(
        record(
            {"kind": STRING, "id": STRING, "title": STRING, "snippet": STRING, "lang": LANGUAGE}
            | {"sources": SOURCES, "disputes": STRINGS}
        )
    )


@_describes("verify", "The claims of a draft, and what the facts say of each.")
def _verify(_store: FactStore) -> Schema:
    value: Schema = {"type": ["string", "number", "null"]}
    place = dict.fromkeys(("id", "line", "column"), COUNT)
    return _list(
        record(
            place
            | {"file": STRING, "verdict": {"enum": [*VERDICTS]}, "text": STRING, "subject": TEXT, "property": TEXT}
            | {"read": value, "expected": value, "fact": TEXT, "explanation": TEXT}
            | {"sources": SOURCES, "disputes": STRINGS}
        )
    )


@_describes("stats", "Counts of results and prize money by a group.")
def _stats(store: FactStore) -> Schema:
    row = record({"group": STRING, "group_id": STRING} | dict.fromkeys(sum_fields(store), COUNT))
    row["properties"][APPLICATIONS] = {"type": ["integer", "null"], "minimum": 0}  # of an edition as a whole
    return _list(row)


@_describes("map", "The cities of some results: where each is, its best status, how many results it has.")
def _map(store: FactStore) -> Schema:
    return _list(_row_of_columns(store, MAP))


@_describes("timeline", "The steps of editions, and what was reached at their end, in order of time.")
def _timeline(store: FactStore) -> Schema:
    row = _row_of_columns(store, TIMELINE)
    row["properties"]["step"] = {"enum": [*step_kinds(store), None]}
    return _list(row)


def _row_of_columns(store: FactStore, columns: list[Column]) -> Schema:
    described = {column.key: column.column_type.schema(store, []) for column in columns}
    return record({"id": STRING} | described | {"sources": SOURCES, "disputes": STRINGS})


@_describes("compare", "Measures of two things or more; each is under its id.")
def _compare(_store: FactStore) -> Schema:
    return _list(
        record({"measure": STRING, "group": STRING}) | {"additionalProperties": {"type": ["integer", "string", "null"]}}
    )


@_describes("languages", "The languages, and how complete each is.")
def _languages(_store: FactStore) -> Schema:
    return _list(record({"tag": LANGUAGE, "name": STRING, "labels": STRING, "texts": STRING, "complete": STRING}))


@_describes("about", "Versions, digest of the facts, counts, licences, paths.")
def _about(_store: FactStore) -> Schema:
    return record(
        {"version": STRING, "python": STRING, "facts": STRING, "facts_version": STRING, "facts_digest": STRING}
        | {"licence_code": STRING, "licence_facts": STRING, "cache": TEXT, "languages": _list(LANGUAGE)}
        | {"counts": {"type": "object", "additionalProperties": COUNT}}
        | {"stated": {"type": "object", "additionalProperties": record({"values": COUNT, "stated": COUNT})}}
    )
