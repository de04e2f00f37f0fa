"""Select the facts of a kind: years, filters, a name, in their order."""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from icapital_cli.errors import NotFoundError, UsageError, nearest, no_such, printable
from icapital_cli.names import fold, name_key
from icapital_cli.query.names import bodies_near, exactly_named, named, no_match, resolve
from icapital_cli.query.years import parse_years
from icapital_cli.store.facts import Doc, FactStore

CLOSED = ("category", "status", "kind", "award", "weight")  # filters of which an unknown value is wrong usage
OF_RESULTS = ("year", "city", "country", "category", "status")  # the filters of results
NOUNS = {"speaker": "person"}  # of a filter's value, where it is not the filter's name
YEARS = re.compile(r"\d{4}|\d{4}(-\d\d)?\.\.(\d{4}(-\d\d)?)?|\.\.\d{4}(-\d\d)?", re.ASCII)  # as a query
ONE_OF = "value IN (SELECT value FROM json_each(?))"
BY = {  # how facts refer to what a query names
    "id": "f.id IN (SELECT value FROM json_each(?))",
    "facet": "f.seq IN (SELECT seq FROM facets WHERE kind = ? AND key = ? AND " + ONE_OF + ")",  # noqa: S608 - text of ours
    "field": "json_extract(f.doc, ?) IN (SELECT value FROM json_each(?))",
}
MOST_RANGES = 100  # of one filter
MOST_WORDS = 8  # of a query that may name several things
FIRST = "f.seq IN (SELECT seq FROM facets WHERE kind = ? AND key = ? AND ({}))"
OTHER = "EXISTS (SELECT 1 FROM facets t WHERE t.kind = ? AND t.key = ? AND ({}) AND t.seq = f.seq)"
Found = list[tuple[str, Doc]]
Filters = dict[str, Collection[str]]


def select(
    store: FactStore, kind: str, query: str | None = None, most: int | None = None, /, **filters: Collection[str] | None
) -> Found:
    """Select the facts of a kind, in their order, as (id, fields); `most` of them at most.

    A filter takes any of its values. `query` is any name: of facts themselves, or of a city, country, person or other
    thing that they belong to. Raises UsageError for a value outside a closed list, NotFoundError for a name that
    nothing bears.
    """
    spec = store.kind(kind)
    conditions, bound = ["f.kind = ?"], list[Any]([kind])
    for key, values in filters.items():
        if not values:
            continue
        try:
            accepted = {one for value in dict.fromkeys(values) for one in _accepted(store, kind, spec, key, value)}
        except NotFoundError as error:
            raise _with_quotes(store, spec, key, list(values), query or "") or error from None
        ranges = [(low, high) for low, high in accepted if low != high]
        if len(ranges) > MOST_RANGES:
            raise UsageError(f"--{key} takes at most {MOST_RANGES} ranges")
        # The first filter finds facts, each other one tests those: `+` keeps SQLite from going by kind.
        conditions[0] = "+f.kind = ?"
        shape = FIRST if len(conditions) == 1 else OTHER
        conditions.append(shape.format(" OR ".join([ONE_OF, *("value BETWEEN ? AND ?" for _ in ranges)])))
        singles = json.dumps([low for low, high in accepted if low == high])
        bound += [kind, key, singles, *(end for ends in ranges for end in ends)]
    if query is not None:
        condition, values = _matching(store, kind, spec, query)
        conditions.append(condition)
        bound += values
    sql = f"SELECT f.id, f.doc FROM facts f WHERE {' AND '.join(conditions)} ORDER BY f.rank, f.seq LIMIT ?"  # noqa: S608 - values are bound
    found = store.rows(sql, *bound, -1 if most is None else most)
    return [(fact_id, store.decoded(fact_id, doc)) for fact_id, doc in found]


def other_bodies(store: FactStore, kind: str, query: str | None, cities: Collection[str]) -> list[str]:
    """Return the bodies near the cities that were asked for, of which there are facts of the kind too."""
    asked = {
        fact_id for name in [*([query] if query else []), *cities] for _, fact_id in named(store, name, ("cities",))
    }
    near = dict.fromkeys(body for city in sorted(asked) for body in bodies_near(store, city))
    sql = "SELECT 1 FROM facets WHERE kind = ? AND key = 'city' AND value = ?"
    return [body for body in near if body not in asked and store.one(sql, kind, body)]


def _accepted(store: FactStore, kind: str, spec: Doc, key: str, value: str) -> Iterator[tuple[str, str]]:
    """Resolve the value of a filter to ranges of the facets that it accepts: as a whole, else the parts of a list."""
    target = _kind_named(spec, key)
    parts = [part.strip() for part in value.split(",")]
    if not any(parts):
        raise UsageError(f"--{key} takes a value, not {printable(value)!r}")
    if len(parts) > 1 and not (target and exactly_named(store, value, (target,))):
        for part in dict.fromkeys(filter(None, parts)):
            yield from _accepted(store, kind, spec, key, part)
    elif key == "year":
        low, high = parse_years(store, value, of_editions="editions" in {target, kind})
        yield f"{low:04}", f"{high:04}"
    else:
        for one in [_named_value(store, key, value, target)] if target else _facets_like(store, kind, key, value):
            yield one, one


def _kind_named(spec: Doc, key: str) -> str:
    """Return the kind that a name given for a filter belongs to, or nothing."""
    return "countries" if key == "country" else str(spec["filters"].get(key, ["", ""])[1])


def _named_value(store: FactStore, key: str, value: str, target: str) -> str:
    if key in CLOSED and not exactly_named(store, value, (target,)):
        raise no_such(key, value, store.ids(target))
    found = resolve(store, value, (target,), NOUNS.get(key, key))[1]
    return str(store.fact(found)[1]["code"]) if key == "country" else found


def _facets_like(store: FactStore, kind: str, key: str, value: str) -> list[str]:
    """Find the values of a filter that names no facts: of a closed list the one, of others all that contain a text."""
    known = [row[0] for row in store.rows("SELECT DISTINCT value FROM facets WHERE kind = ? AND key = ?", kind, key)]
    if key in CLOSED:
        choices = next(
            ([c for c in column[4] if c] for column in store.kind(kind)["columns"] if column[0] == key), known
        )
        if value not in choices:
            raise no_such(key, value, choices)
        return [value]
    words = fold(value)
    matching = [name for name in known if words and words in fold(name)]
    if not matching:
        near = nearest(value, known)
        hint = f" did you mean {near[0]!r}?" if near else ""
        raise NotFoundError(f"no {key} is called {printable(value)!r}.{hint}", near)
    return matching


def _matching(store: FactStore, kind: str, spec: Doc, query: str) -> tuple[str, list[Any]]:
    """Make the SQL condition, and its values, for a query: all that it names, or whose year or publisher it is."""
    linked = {target: step for _, steps, *_ in spec["columns"] for step, target in steps[:1] if target}
    keys = {field: key for key, (field, _) in spec["filters"].items()}
    filtered = {target: key for key, (_, target) in spec["filters"].items() if target}
    if "city" in spec["filters"]:
        filtered["countries"] = "country"
    kinds = tuple(dict.fromkeys((kind, *linked, *filtered)))
    alike: dict[tuple[str, str], list[str]] = {}  # the ids to find, by how the facts refer to them
    for found_kind, fact_id in named(store, query, kinds):
        key = filtered.get(found_kind) or keys.get(linked.get(found_kind, ""))
        if found_kind == kind:
            alike.setdefault(("id", ""), []).append(fact_id)
        elif key:
            alike.setdefault(("facet", key), []).append(store.fact(fact_id)[1]["code"] if key == "country" else fact_id)
        else:
            alike.setdefault(("field", linked[found_kind]), []).append(fact_id)
    parts, values = [], list[Any]()
    for (how, key), found in alike.items():
        parts.append(BY[how])
        values += [*{"id": (), "facet": (kind, key), "field": (f"$.{key}",)}[how], json.dumps(found)]
    if not parts:
        parts, values = _by_facet(store, kind, spec, query)
    if not parts:
        raise _with_options(store, spec, query) or no_match(store, query, kinds, "")
    return f"({' OR '.join(parts)})", values


def _with_quotes(store: FactStore, spec: Doc, key: str, values: list[str], query: str) -> NotFoundError | None:
    """Make the error for a name of several words, of which an option took the first: `--city La Haye`."""
    from shlex import join  # noqa: PLC0415 - only an error needs it

    target, words = _kind_named(spec, key), query.split()[:MOST_WORDS]
    for count in range(len(words), 0, -1):
        name = " ".join([values[-1], *words[:count]])
        if target and exactly_named(store, name, (target,)):
            command = join(["icapital", spec["command"]["name"], f"--{key}", name, *query.split()[count:]])
            return NotFoundError(f"no match for {printable(values[-1])!r}. did you mean: {printable(command)}")
    return None


def _with_options(store: FactStore, spec: Doc, query: str) -> NotFoundError | None:
    """Make the error for a query that names several things, which options can: `makela 2019`, `espoo vantaa`."""
    from shlex import quote  # noqa: PLC0415 - only an error needs it

    words, options = query.replace(",", " ").split(), dict[str, list[str]]()
    if not 1 < len(words) <= MOST_WORDS:
        return None
    while words:
        counts = range(len(words), 0, -1)
        key, count = next(((key, n) for n in counts if (key := _option_of(store, spec, " ".join(words[:n])))), ("", 0))
        if not key:
            return None
        options.setdefault(key, []).append(" ".join(words[:count]))
        del words[:count]
    given = [f"--{key} {quote(','.join(names))}" for key, names in options.items()]
    hint = f"did you mean: icapital {spec['command']['name']} {' '.join(given)}"
    return NotFoundError(f"no match for {printable(query)!r}. {hint}")


def _option_of(store: FactStore, spec: Doc, name: str) -> str:
    """Return the filter that takes a name, or a year."""
    if YEARS.fullmatch(name):
        return "year" if "year" in spec["filters"] else ""
    takes = {key: target for key, (_, target) in spec["filters"].items() if target and key != "year"}
    takes |= {"country": "countries"} if "country" in spec["command"]["options"] else {}
    fitting = (key for key, kind in takes.items() if key in spec["command"]["options"] and named(store, name, (kind,)))
    return next(fitting, "")


def _by_facet(store: FactStore, kind: str, spec: Doc, query: str) -> tuple[list[str], list[Any]]:
    """Find by a year, or by words of a publisher."""
    if YEARS.fullmatch(query.strip()) and "year" in spec["filters"]:
        low, high = parse_years(store, query, of_editions="editions" in {spec["filters"]["year"][1], kind})
        sql = "f.seq IN (SELECT seq FROM facets WHERE kind = ? AND key = 'year' AND value BETWEEN ? AND ?)"
        return [sql], [kind, f"{low:04}", f"{high:04}"]
    if "publisher" in spec["filters"]:
        words = f" {name_key(query)} "
        known = store.rows("SELECT DISTINCT value FROM facets WHERE kind = ? AND key = 'publisher'", kind)
        found = [name for (name,) in known if words in f" {name_key(name)} "]
        return ([BY["facet"]], [kind, "publisher", json.dumps(found)]) if found else ([], [])
    return [], []
