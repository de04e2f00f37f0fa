"""References between facts: everything that a fact names."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from icapital_cli.compiler.parser import Record
from icapital_cli.model import KINDS
from icapital_cli.model.composites import ListOf, Mapping
from icapital_cli.model.values import Ref, Value

Path = tuple[str | int, ...]


def references_of(record: Record) -> Iterator[tuple[str, str, Path]]:
    """Yield (kind, id, path) of everything that a fact refers to, citations included."""
    return _referred(KINDS[record.kind].mapping, record.doc, ())


def _referred(field: Value, value: Any, path: Path) -> Iterator[tuple[str, str, Path]]:
    if isinstance(field, Ref):
        yield field.kind, value, path
    elif isinstance(field, ListOf):
        for number, item in enumerate(value):
            yield from _referred(field.item, item, (*path, number))
    elif isinstance(field, Mapping):
        for name, inner in _referring(field):
            if name in value:
                yield from _referred(inner, value[name], (*path, name))


@cache
def _referring(mapping: Mapping) -> list[tuple[str, Value]]:
    """Return the fields of a mapping in which a reference may be."""
    return [(name, field) for name, field in mapping.fields.items() if _may_refer(field)]


def _may_refer(field: Value) -> bool:
    if isinstance(field, ListOf):
        return _may_refer(field.item)
    return isinstance(field, Ref) or (isinstance(field, Mapping) and bool(_referring(field)))
