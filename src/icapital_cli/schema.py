"""JSON Schema (2020-12) of what each command prints, made from the columns of the model."""

from typing import Any

from icapital_cli.errors import no_such
from icapital_cli.kinds import KINDS
from icapital_cli.model import STATUSES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

TEXT: Schema = {"type": ["string", "null"]}
DATE: Schema = {"type": ["string", "null"], "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
NUMBER: Schema = {"type": ["integer", "null"]}
TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
LANGUAGE: Schema = {"type": ["string", "null"], "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}
SOURCE = {
    "id": {"type": "string"},
    "publisher": {"type": "string"},
    "title": {"type": "string"},
    "url": TEXT,
    "date": DATE,
    "locator": {"type": "string"},
    "excerpt": TEXT,
}


def record(properties: Schema) -> Schema:
    """Describe an object that has exactly these keys at least; keys are only ever added."""
    return {"type": "object", "properties": properties, "required": list(properties)}


SOURCES: Schema = {"type": "array", "items": record(SOURCE)}
FIGURE = record({"value": {"type": "number"}, "unit": {"type": "string"}, "of": {"type": "string"}})
IDS: Schema = {"type": "array", "items": {"type": "string"}}
STEP = record(
    {"id": {"type": "string"}, "date": DATE, "summary": {"type": "string"}, "sources": SOURCES, "disputes": IDS}
)
CLAIM = record({"says": {"type": "string"}, "sources": SOURCES})
TYPES: dict[str, Schema] = {
    "year": NUMBER,
    "integer": NUMBER,
    "cited": NUMBER,
    "euros": NUMBER,
    "money": NUMBER,
    "date": DATE,
    "lang": LANGUAGE,
    "original_lang": LANGUAGE,
    "translated": {"type": "boolean"},
    "list": TEXTS,
    "winners": TEXTS,
    "figures": {"type": "array", "items": FIGURE},
    "timeline": {"type": "array", "items": STEP},
    "claims": {"type": "array", "items": CLAIM},
    "status": {"enum": ["winner", "runner-up", "finalist", "semi-finalist", None]},
    "basis": {"enum": ["official-reason", "own-account", "press-account", None]},
    "severity": {"enum": ["high", "medium", "low"]},
    "source_kind": {"enum": ["official", "press-release", "news", "reference"]},
    "url": {"type": ["string", "null"], "format": "uri"},
    "phone": {"type": ["string", "null"], "pattern": r"^\+[1-9][0-9]{6,14}$"},
}


STRING: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
SHARED: Schema = {"sources": SOURCES, "disputes": IDS}
STATUS_COUNTS: Schema = dict.fromkeys(STATUSES, COUNT)
# What the commands print that list no kind of fact: (description, shape of one object, whether it stands alone).
OTHERS: dict[str, tuple[str, Schema, bool]] = {
    "show": (
        "Everything about one thing; under `related` what belongs to it, as the list commands have it.",
        record(
            {"id": STRING, "kind": {"enum": list(KINDS)}, "title": STRING, "lang": TEXT, "disputes": IDS}
            | {"related": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "object"}}}}
        ),
        True,
    ),
    "search": (
        "The facts that hold the words, best first.",
        record({"kind": STRING, "id": STRING, "title": STRING, "snippet": STRING, "lang": LANGUAGE} | SHARED),
        False,
    ),
    "stats": (
        "Counts of results and prize money by a group.",
        record(
            {"group": STRING, "count": COUNT}
            | STATUS_COUNTS
            | {"prize_eur": COUNT, "disputed": COUNT, "unknown": COUNT}
        ),
        False,
    ),
    "compare": (
        "Measures of two things; each stands under its id.",
        record({"measure": STRING, "group": STRING}) | {"additionalProperties": COUNT},
        False,
    ),
    "languages": (
        "The languages, and how complete each is.",
        record({"tag": LANGUAGE, "name": STRING, "labels": STRING, "texts": STRING, "complete": STRING}),
        False,
    ),
    "about": (
        "Versions, digest of the facts, counts, licences, paths.",
        record(
            {"version": STRING, "python": STRING, "facts": STRING, "facts_digest": STRING, "licence_code": STRING}
            | {"licence_facts": STRING, "cache": STRING, "languages": {"type": "array", "items": LANGUAGE}}
            | {"counts": {"type": "object", "additionalProperties": COUNT}}
        ),
        True,
    ),
}


def schema_of(command: str) -> Schema:
    """Describe the JSON of a command. Raises UsageError for a command that prints no JSON."""
    kinds = {cls.command: kind for kind, cls in KINDS.items() if cls.command} | {"gaps": "gaps"}
    if command in OTHERS:
        description, shape, alone = OTHERS[command]
    elif command in kinds:
        description, shape, alone = KINDS[kinds[command]].__doc__ or "", _row_of(kinds[command]), False
    else:
        raise no_such("schema", command, (*kinds, *OTHERS))
    head = {"$schema": DIALECT, "title": f"icapital {command}", "description": description}
    return head | (shape if alone else {"type": "array", "items": shape})


def _row_of(name: str) -> Schema:
    kind = KINDS[name]
    properties: Schema = {"id": STRING}
    properties |= {column.key: TYPES.get(column.type, TEXT) for column in kind.columns}
    if kind.kind != "sources":
        properties["sources"] = SOURCES
    return record(properties | {"disputes": IDS})
