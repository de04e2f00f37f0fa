"""Counts and prize money by country, city, edition, category or status; and two things side by side.

What is disputed, and what is unknown, is counted as such beside each sum.
"""

from typing import Any

from icapital_cli.errors import NotFoundError, no_such
from icapital_cli.index import Index
from icapital_cli.query import select, the_one
from icapital_cli.rows import Column, Row
from icapital_cli.spell import Speller
from icapital_cli.view import View, view_of

GROUPS = {"country": "country", "city": "city", "edition": "edition", "category": "category", "status": "status"}
BAR = 10
NAMED = {"category", "status"}
PLACES = ("winner", "runner-up", "finalist", "semi-finalist")
FIELDS = ("group", "count", *PLACES, "prize_eur", "disputed", "unknown")
COMPARED = ("count", *PLACES, "prize_eur", "disputed", "unknown", "initiatives", "quotes")


def stats_view(index: Index, by: str, filters: dict[str, str | None], *, bars: bool) -> View:
    """Sum the results by a group, for people with bars. Raises UsageError for a group that does not exist."""
    if by not in GROUPS:
        raise no_such("group", by, GROUPS)
    results = view_of(index, "results", select(index, "results", **filters))
    groups: dict[str, list[Row]] = {}
    for row in results.rows:
        groups.setdefault(str(row.values[GROUPS[by]]), []).append(row)
    types = {"group": by if by in NAMED else "line", "prize_eur": "euros"} | dict.fromkeys(PLACES[1:], "minor")
    columns = [_column(index, key, types.get(key, "integer")) for key in FIELDS]
    columns += [_column(index, "bar", "bar")] if bars else []
    rows = []
    for name, members in groups.items():
        row = Row(name)
        row.values = {"group": name, **summed(members)}
        rows.append(row)
    rows.sort(key=lambda row: (-row.values["prize_eur"], -row.values["count"], row.values["group"]))
    if by == "edition":
        rows.sort(key=lambda row: row.values["group"])
    most = max((row.values["prize_eur"] for row in rows), default=0) or 1
    for row in rows if bars else ():
        row.values["bar"] = "█" * round(BAR * row.values["prize_eur"] / most)
    notes = [index.label("note.stats")]
    return View("stats", index.label("kind.stats"), columns, rows, index.lang, notes, Speller(index))


def _column(index: Index, key: str, type_of: str) -> Column:
    label = Speller(index).named(key) if key in PLACES else "" if key == "bar" else index.label(f"column.{key}")
    return Column(key, label, type_of, shown=True, steps=[])


def summed(rows: list[Row]) -> dict[str, Any]:
    """Count results by status, add up what is known of the money, and count what is disputed or unknown."""
    paid = [row.values["prize_eur"] for row in rows]
    return {
        "count": len(rows),
        **{place: sum(row.values["status"] == place for row in rows) for place in PLACES},
        "prize_eur": sum(amount for amount in paid if amount),
        "disputed": sum(bool(row.values["disputes"]) for row in rows),
        "unknown": sum(row.values["prize_eur"] is None and row.values["status"] in PLACES[:2] for row in rows),
    }


def compare_view(index: Index, names: list[str]) -> View:
    """Put two cities, or two editions, side by side. Raises NotFoundError for anything else."""
    found = [the_one(index, name, ("cities", "editions"), "city or edition") for name in names]
    if found[0][0] != found[1][0]:
        raise NotFoundError(f"cannot compare {found[0][1]} with {found[1][1]}: name two cities, or two editions")
    key = "city" if found[0][0] == "cities" else "year"
    sums = []
    for _, fact_id in found:
        filters: dict[str, str | None] = {key: fact_id}
        sums.append(summed(view_of(index, "results", select(index, "results", **filters)).rows))
        for kind in ("initiatives", "quotes"):
            sums[-1][kind] = len(select(index, kind, **filters))
    spell = Speller(index)
    titles = [spell_title(index, kind, fact_id) for kind, fact_id in found]
    columns = [Column("measure", "", "id", shown=False, steps=[]), Column("group", "", "line", shown=True, steps=[])]
    columns += [
        Column(fact_id, title, "measure", shown=True, steps=[])
        for (_, fact_id), title in zip(found, titles, strict=True)
    ]
    rows = []
    for measure in COMPARED:
        row = Row(measure)
        kind_label = f"kind.{measure}" if measure in {"initiatives", "quotes"} else f"column.{measure}"
        row.values = {
            "measure": measure,
            "group": spell.named(measure) if measure in PLACES else index.label(kind_label),
        }
        for (_, fact_id), total in zip(found, sums, strict=True):
            row.values[fact_id] = total[measure]
        rows.append(row)
    return View("compare", " – ".join(titles), columns, rows, index.lang, [index.label("note.stats")], spell)


def spell_title(index: Index, kind: str, fact_id: str) -> str:
    """Name a city or an edition in the language of the index."""
    row = view_of(index, kind, [(fact_id, index.fact(fact_id)[1])]).rows[0]
    return str(row.values.get("name") or row.values["label"])
