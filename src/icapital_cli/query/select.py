"""Select the facts of a kind: years, filters, a name, in their order."""

import json
import re
from typing import Any

from icapital_cli.errors import NotFoundError, UsageError, nearest, no_such, printable
from icapital_cli.names import fold, name_key
from icapital_cli.query.names import named, no_match, resolve
from icapital_cli.store.facts import Doc, FactStore

YEARS = re.compile(r"(\d{4})?(\.\.)?(\d{4})?", re.ASCII)
CLOSED = ("category", "status", "kind", "award")  # filters of which an unknown value is wrong usage
NOUNS = {"speaker": "person"}  # of a filter's value, where it is not the filter's name
FIRST = "f.seq IN (SELECT seq FROM facets WHERE kind = ? AND key = ? AND value {})"
OTHER = "EXISTS (SELECT 1 FROM facets t WHERE t.kind = ? AND t.key = ? AND t.value {} AND t.seq = f.seq)"
Found = list[tuple[str, Doc]]


def parse_years(store: FactStore, text: str) -> tuple[int, int]:
    """Parse a year, a range of years, or the label of an edition, to the first and the last year."""
    match = YEARS.fullmatch(text)
    if match and text not in {"", ".."} and (match[2] or not (match[1] and match[3])):
        low = int(match[1] or match[3] if not match[2] else match[1] or 0)
        high = low if not match[2] else int(match[3] or 9999)
        if low <= high:
            return low, high
    sql = "SELECT DISTINCT id FROM names WHERE folded = ? AND kind = 'editions'"
    labelled = store.rows(sql, name_key(text)) if text[:1].isalnum() else []
    if len(labelled) == 1:
        return int(labelled[0][0]), int(labelled[0][0])
    raise UsageError(f"{printable(text)!r} is not a year. give 2019, 2017..2020, or a label such as 2024-25")


def select(
    store: FactStore, kind: str, query: str | None = None, most: int | None = None, /, **filters: str | None
) -> Found:
    """Select the facts of a kind, in their order, as (id, fields); `most` of them at most.

    `query` is any name: of the fact itself, or of a city, person or other thing that it belongs to. Raises UsageError
    for a value outside a closed list, NotFoundError for a name that nothing bears.
    """
    spec = store.kind(kind)
    conditions, bound = ["f.kind = ?"], [kind]
    for key, value in filters.items():
        if value is None:
            continue
        accepted = _accepted(store, kind, spec, key, value)
        # The first filter finds facts, each other one tests those: `+` keeps SQLite from going by kind.
        conditions[0] = "+f.kind = ?"
        condition = FIRST if len(conditions) == 1 else OTHER
        if isinstance(accepted, tuple):
            conditions.append(condition.format("BETWEEN ? AND ?"))
            bound += [kind, key, f"{accepted[0]:04}", f"{accepted[1]:04}"]
        else:
            conditions.append(condition.format(f"IN ({', '.join('?' * len(accepted))})"))
            bound += [kind, key, *accepted]
    if query is not None:
        condition, values = _matching(store, kind, spec, query)
        conditions.append(condition)
        bound += values
    sql = f"SELECT f.id, f.doc FROM facts f WHERE {' AND '.join(conditions)} ORDER BY f.rank, f.seq LIMIT ?"  # noqa: S608 - values are bound
    return [(fact_id, json.loads(doc)) for fact_id, doc in store.rows(sql, *bound, -1 if most is None else most)]


def _accepted(store: FactStore, kind: str, spec: Doc, key: str, value: str) -> tuple[int, int] | list[str]:
    """Resolve the value of a filter to the values of facets that it accepts: a range of years, or a list."""
    if key == "year":
        return parse_years(store, value)
    if key == "country":
        return [_country(store, value)]
    target = spec["filters"].get(key, ["", ""])[1]
    if target and (key not in CLOSED or named(store, value, (target,))):
        return [resolve(store, value, (target,), NOUNS.get(key, key))[1]]
    if target:
        raise no_such(key, value, store.ids(target))
    known = [row[0] for row in store.rows("SELECT DISTINCT value FROM facets WHERE kind = ? AND key = ?", kind, key)]
    if key in CLOSED:
        if value not in known:
            raise no_such(key, value, known)
        return [value]
    matching = [name for name in known if fold(value) in fold(name)]
    if not matching:
        raise NotFoundError(f"no {key} is called {printable(value)!r}.{_hint(value, known)}")
    return matching


def _country(store: FactStore, value: str) -> str:
    names = store.rows("SELECT value, text FROM localized WHERE form = 'country'")
    found = {str(code) for code, name in names if fold(value) in {fold(code), fold(name)}}
    if not found:
        hint = _hint(value, [name for _, name in names])
        raise NotFoundError(f"no country of the facts is called {printable(value)!r}.{hint}")
    return str(min(found))


def _hint(value: str, known: list[str]) -> str:
    near = nearest(value, known)
    return f" did you mean {near[0]!r}?" if near else ""


def _matching(store: FactStore, kind: str, spec: Doc, query: str) -> tuple[str, list[Any]]:
    """Make the SQL condition, and its values, for a query: the name of a fact, or of what it belongs to."""
    linked = {target: step for _, steps, *_ in spec["columns"] for step, target in steps[:1] if target}
    keys = {field: key for key, (field, _) in spec["filters"].items()}
    filtered = {"editions" if key == "year" else target: key for key, (_, target) in spec["filters"].items()}
    found = [(k, i) for k, i in named(store, query) if k == kind or k in linked or k in filtered]
    if not found:
        raise no_match(store, query, tuple(dict.fromkeys((kind, *linked, *filter(None, filtered)))), "")
    parts, values = [], list[Any]()
    for found_kind, fact_id in found:
        key = filtered.get(found_kind) or keys.get(linked.get(found_kind, ""))
        if found_kind == kind:
            parts.append("f.id = ?")
            values.append(fact_id)
        elif key:
            parts.append("f.seq IN (SELECT seq FROM facets WHERE kind = ? AND key = ? AND value = ?)")
            values += [kind, key, fact_id]
        else:
            parts.append("json_extract(f.doc, ?) = ?")
            values += [f"$.{linked[found_kind]}", fact_id]
    return f"({' OR '.join(parts)})", values
