"""Counts of results and prize money by one group or two.

What is disputed, and what is unknown, is counted as such beside each sum.
"""

from collections.abc import Callable
from typing import Any

from icapital_cli.errors import UsageError, no_such
from icapital_cli.query.select import Filters, select
from icapital_cli.store.facts import FactStore
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.rows import Column, Row
from icapital_cli.views.view import View, view_of

Member = tuple[str, str]  # id of a group, its name
DIMENSIONS = ("group", "subgroup")


def _of_key(key: str, id_key: str) -> Callable[[FactStore, Row], list[Member]]:
    return lambda _store, row: [(str(row.values[id_key]), str(row.values[key]))]


def _of_sources(key: str) -> Callable[[FactStore, Row], list[Member]]:
    """A result belongs to the group of each of its sources."""

    def members(store: FactStore, row: Row) -> list[Member]:
        found = dict.fromkeys(str(store.fact(source["id"])[1][key]) for source in row.citations)
        return [(value, value) for value in found]

    return members


GROUPS: dict[str, Callable[[FactStore, Row], list[Member]]] = {
    "country": _of_key("country", "country_code"),
    "city": _of_key("city", "city_id"),
    "edition": _of_key("edition", "year"),
    "year": _of_key("year", "year"),
    "category": _of_key("category", "category"),
    "status": _of_key("status", "status"),
    "publisher": _of_sources("publisher"),
    "language": _of_sources("lang"),
}
IN_ORDER = ("edition", "year")  # groups that are sorted by themselves, not by money
NAMED = ("category", "status")  # groups that people know by the name of a fact
APPLICATIONS = "applications"  # a measure of editions, not of results


def sum_fields(store: FactStore) -> list[str]:
    """Return the keys of the sums: results, by status, prize money, and what is disputed or unknown."""
    return ["count", *store.ids("statuses"), "prize_eur", "disputed", "unknown"]


def stats_view(store: FactStore, by: str, filters: Filters) -> View:
    """Sum the results by a group, or by two; an edition as a whole has its applications too.

    Raises UsageError for an unknown group.
    """
    groups = groups_of(by)
    results = view_of(store, "results", select(store, "results", **filters))
    members: dict[tuple[Member, ...], list[Row]] = {}
    for row in results.rows:
        for pair in _combinations([GROUPS[group](store, row) for group in groups]):
            members.setdefault(pair, []).append(row)
    localizer = Localizer(store)
    rows = [_row(store, pair, rows) for pair, rows in members.items()]
    rows.sort(key=lambda row: (-row.values["prize_eur"], -row.values["count"], row.values["group"]))
    for dimension, group in reversed([*zip(DIMENSIONS, groups, strict=False)]):
        if group in IN_ORDER or len(groups) > 1:
            rows.sort(key=lambda row, key=f"{dimension}_id": row.values[key])  # type: ignore[misc]  # bound per loop
    columns = group_columns(localizer, groups)
    if len(groups) == 1 and groups[0] in IN_ORDER and not any(filters[key] for key in filters if key != "year"):
        columns.insert(len(DIMENSIONS), Column(APPLICATIONS, store.label("column.applications"), "minor", shown=True))
        _add_applications(store, rows)
    return View("stats", store.label("kind.stats"), columns, rows, localizer, [store.label("note.stats")])


def _add_applications(store: FactStore, rows: list[Row]) -> None:
    """Add the applications of each edition, with what is disputed or unknown about them."""
    found = [(str(row.values["group_id"]), store.fact(str(row.values["group_id"]))[1]) for row in rows]
    for row, edition in zip(rows, view_of(store, "editions", found).rows, strict=True):
        row.values[APPLICATIONS] = edition.values[APPLICATIONS]
        if APPLICATIONS in edition.disputed:
            row.disputed[APPLICATIONS] = edition.disputed[APPLICATIONS]
        row.unknown |= edition.unknown & {APPLICATIONS}


def groups_of(by: str) -> list[str]:
    """Return the groups of `--by`. Raises UsageError for an unknown one, or too many."""
    groups = [group.strip() for group in by.split(",")]
    for group in groups:
        if group not in GROUPS:
            raise no_such("group", group, GROUPS)
    if len(groups) > len(DIMENSIONS) or len(set(groups)) < len(groups):
        raise UsageError("--by takes one group or two different ones: --by country,status")
    return groups


def _combinations(members: list[list[Member]]) -> list[tuple[Member, ...]]:
    first, *rest = members
    return [(one, *others) for one in first for others in (_combinations(rest) if rest else [()])]


def _row(store: FactStore, members: tuple[Member, ...], rows: list[Row]) -> Row:
    values: dict[str, Any] = {}
    for dimension, (member, name) in zip(DIMENSIONS, members, strict=False):
        values |= {dimension: name, f"{dimension}_id": member}
    values["disputed_parts"] = _disputed_parts(store, rows)
    return Row("/".join(member for member, _ in members), values | summed(store, rows))


def _disputed_parts(store: FactStore, rows: list[Row]) -> dict[str, int]:
    """Sum what of each measure is in open dispute: results of a disputed status, money of a disputed prize."""
    statuses = [row.values["status"] for row in rows if "status" in row.disputed]
    money = sum(row.values["prize_eur"] or 0 for row in rows if "prize_eur" in row.disputed)
    return {
        "count": len(statuses),
        **{status: statuses.count(status) for status in store.ids("statuses")},
        "prize_eur": money,
    }


def group_columns(localizer: Localizer, groups: list[str]) -> list[Column]:
    """Return the columns of any statistics: the groups, then the sums."""
    store = localizer.store
    statuses = store.ids("statuses")
    types = {"prize_eur": "euros"} | dict.fromkeys(statuses[1:], "minor")
    columns = []
    for dimension, group in zip(DIMENSIONS, groups, strict=False):
        heading = store.label(f"column.{group}")
        columns.append(Column(dimension, heading, group if group in NAMED else "line", shown=True))
        columns.append(Column(f"{dimension}_id", store.label("column.id"), "id", shown=False))
    columns += [
        Column(key, sum_label(localizer, key), types.get(key, "integer"), shown=True) for key in sum_fields(store)
    ]
    return columns


def sum_label(localizer: Localizer, key: str) -> str:
    """Return the heading of a sum: the name of a status, or a label."""
    return localizer.name(key) if key in localizer.store.ids("statuses") else localizer.label(f"column.{key}")


def summed(store: FactStore, rows: list[Row]) -> dict[str, Any]:
    """Count results by status, add up the money that is known, and count what is disputed or unknown."""
    statuses = store.ids("statuses")
    placed = {status for status in statuses if store.fact(status)[1].get("placed") == "yes"}
    paid = [row.values["prize_eur"] for row in rows]
    return {
        "count": len(rows),
        **{status: sum(row.values["status"] == status for row in rows) for status in statuses},
        "prize_eur": sum(amount for amount in paid if amount),
        "disputed": sum(bool(row.values["disputes"]) for row in rows),
        "unknown": sum(row.values["prize_eur"] is None and row.values["status"] in placed for row in rows),
    }
