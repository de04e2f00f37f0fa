"""References between facts: everything that a fact names."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from icapital_cli.compiler.parser import Record
from icapital_cli.model import KINDS
from icapital_cli.model.composites import ListOf, Mapping
from icapital_cli.model.values import Ref, Value

Path = tuple[str | int, ...]


def values_of(field: Value, value: Any, path: Path) -> Iterator[tuple[Value, Any, Path]]:
    """Walk a field and all that is inside it, with the path to each value."""
    yield field, value, path
    if isinstance(field, ListOf):
        for number, item in enumerate(value):
            yield from values_of(field.item, item, (*path, number))
    elif isinstance(field, Mapping):
        for name, inner in field.fields.items():
            if name in value:
                yield from values_of(inner, value[name], (*path, name))


def _refers(field: Value) -> bool:
    inner = (
        [field.item] if isinstance(field, ListOf) else list(field.fields.values()) if isinstance(field, Mapping) else []
    )
    return isinstance(field, Ref) or any(map(_refers, inner))


@cache
def _referring(kind: str) -> list[tuple[str, Value]]:
    """Return the fields of a kind that refer to facts."""
    return [(name, field) for name, field in KINDS[kind].mapping.fields.items() if _refers(field)]


def references_of(record: Record) -> Iterator[tuple[str, str, Path]]:
    """Yield (kind, id, path) of everything that a fact refers to, citations included."""
    for name, field in _referring(record.kind):
        if name in record.doc:
            if isinstance(field, Ref):
                yield field.kind, record.doc[name], (name,)
                continue
            for inner, value, path in values_of(field, record.doc[name], (name,)):
                if isinstance(inner, Ref):
                    yield inner.kind, value, path
