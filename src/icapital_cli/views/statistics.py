"""Counts and prize money by group; and two things side by side.

What is disputed, and what is unknown, is counted as such beside each sum.
"""

from typing import Any

from icapital_cli.errors import NotFoundError, no_such
from icapital_cli.query.names import resolve
from icapital_cli.query.select import select
from icapital_cli.store.facts import FactStore
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.rows import Column, Row
from icapital_cli.views.view import View, view_of

GROUPS = ("country", "city", "edition", "category", "status")
BAR = 10  # characters of the longest bar
NAMED = ("category", "status")  # groups that people know by the name of a fact
COUNTED = ("initiatives", "quotes")  # kinds that are counted too when two things are compared


def sum_fields(store: FactStore) -> list[str]:
    """Return the keys of the sums: results, by status, prize money, and what is disputed or unknown."""
    return ["count", *store.ids("statuses"), "prize_eur", "disputed", "unknown"]


def stats_view(store: FactStore, by: str, filters: dict[str, str | None], *, bars: bool) -> View:
    """Sum the results by a group, for people with bars. Raises UsageError for a group that does not exist."""
    if by not in GROUPS:
        raise no_such("group", by, GROUPS)
    results = view_of(store, "results", select(store, "results", **filters))
    groups: dict[str, list[Row]] = {}
    for row in results.rows:
        groups.setdefault(str(row.values[by]), []).append(row)
    localizer, statuses = Localizer(store), store.ids("statuses")
    types = {"group": by if by in NAMED else "line", "prize_eur": "euros"} | dict.fromkeys(statuses[1:], "minor")
    columns = [
        Column(key, _label(localizer, key, statuses), types.get(key, "integer"), shown=True)
        for key in ("group", *sum_fields(store))
    ]
    columns += [Column("bar", "", "bar", shown=True)] if bars else []
    rows = [Row(name, {"group": name, **_summed(store, members)}) for name, members in groups.items()]
    rows.sort(key=lambda row: (-row.values["prize_eur"], -row.values["count"], row.values["group"]))
    if by == "edition":
        rows.sort(key=lambda row: row.values["group"])
    most = max((row.values["prize_eur"] for row in rows), default=0) or 1
    for row in rows if bars else ():
        row.values["bar"] = "█" * round(BAR * row.values["prize_eur"] / most)
    return View("stats", store.label("kind.stats"), columns, rows, localizer, [store.label("note.stats")])


def _label(localizer: Localizer, key: str, statuses: list[str]) -> str:
    if key in COUNTED:
        return localizer.label(f"kind.{key}")
    return localizer.name(key) if key in statuses else localizer.label(f"column.{key}")


def _summed(store: FactStore, rows: list[Row]) -> dict[str, Any]:
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


def compare_view(store: FactStore, names: list[str]) -> View:
    """Put two cities, or two editions, side by side. Raises NotFoundError for anything else."""
    found = [resolve(store, name, ("cities", "editions"), "city or edition") for name in names]
    if found[0][0] != found[1][0]:
        raise NotFoundError(f"cannot compare {found[0][1]} with {found[1][1]}: name two cities, or two editions")
    key = "city" if found[0][0] == "cities" else "year"
    sums = []
    for _, fact_id in found:
        filters: dict[str, str | None] = {key: fact_id}
        sums.append(_summed(store, view_of(store, "results", select(store, "results", **filters)).rows))
        sums[-1] |= {kind: len(select(store, kind, **filters)) for kind in COUNTED}
    localizer, statuses = Localizer(store), store.ids("statuses")
    titles = [_title(store, kind, fact_id) for kind, fact_id in found]
    columns = [Column("measure", "", "id", shown=False), Column("group", "", "line", shown=True)]
    columns += [
        Column(fact_id, title, "measure", shown=True) for (_, fact_id), title in zip(found, titles, strict=True)
    ]
    rows = []
    for measure in (*sum_fields(store), *COUNTED):
        totals = {fact_id: total[measure] for (_, fact_id), total in zip(found, sums, strict=True)}
        rows.append(Row(measure, {"measure": measure, "group": _label(localizer, measure, statuses), **totals}))
    return View("compare", " – ".join(titles), columns, rows, localizer, [store.label("note.stats")])


def _title(store: FactStore, kind: str, fact_id: str) -> str:
    row = view_of(store, kind, [(fact_id, store.fact(fact_id)[1])]).rows[0]
    return str(row.values.get("name") or row.values["label"])
