"""JSON Schema (2020-12) of what each command prints, made from the columns of the model."""

from typing import Any

from icapital_cli.errors import no_such
from icapital_cli.kinds import KINDS

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
    "euros": NUMBER,
    "money": NUMBER,
    "date": DATE,
    "lang": LANGUAGE,
    "original_lang": LANGUAGE,
    "translated": {"type": "boolean"},
    "list": TEXTS,
    "names": TEXTS,
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


def schema_of(command: str) -> Schema:
    """Describe the JSON of a command. Raises UsageError for a command that prints no JSON of facts."""
    kinds = {cls.command: kind for kind, cls in KINDS.items() if cls.command} | {"gaps": "gaps"}
    if command not in kinds:
        raise no_such("schema", command, kinds)
    kind = KINDS[kinds[command]]
    properties: Schema = {"id": {"type": "string"}}
    properties |= {column.key: TYPES.get(column.type, TEXT) for column in kind.columns}
    if kind.kind != "sources":
        properties["sources"] = SOURCES
    properties["disputes"] = {"type": "array", "items": {"type": "string"}}
    items = record(properties)
    return {
        "$schema": DIALECT,
        "title": f"icapital {command}",
        "description": kind.__doc__,
        "type": "array",
        "items": items,
    }
