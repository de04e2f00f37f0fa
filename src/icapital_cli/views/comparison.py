"""Two or more cities, countries or editions side by side: their facts, then counts and money."""

from typing import Any

from icapital_cli.errors import NotFoundError, UsageError
from icapital_cli.query.names import exactly_named, resolve
from icapital_cli.query.select import select
from icapital_cli.store.facts import FactStore
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.rows import Column, Row
from icapital_cli.views.statistics import sum_fields, sum_label, summed
from icapital_cli.views.view import View, view_of

FILTERS = {"cities": "city", "countries": "country", "editions": "year"}
COUNTED = ("initiatives", "quotes")  # kinds of which the facts are counted too
LABELS = {"count": "compare.count", "winners": "compare.winners"} | {kind: f"kind.{kind}" for kind in COUNTED}
FEWEST = 2
MOST_WORDS = 8  # of a name without quotation marks


def compare_view(store: FactStore, names: list[str]) -> View:
    """Put things of one kind side by side, each under its id. Raises NotFoundError for anything else, UsageError."""
    found = [resolve(store, name, tuple(FILTERS), "city, country or edition") for name in _joined(store, names)]
    kinds, ids = {kind for kind, _ in found}, [fact_id for _, fact_id in found]
    if len(kinds) > 1:
        raise NotFoundError(f"cannot compare {', '.join(ids)}: name cities, or countries, or editions", ids)
    if len(ids) < FEWEST:
        raise UsageError("name two or more to compare: icapital compare espoo vantaa")
    if len(set(ids)) < len(ids):
        raise UsageError(f"cannot compare {ids[0]} with itself: name two different ones")
    kind = kinds.pop()
    own = view_of(store, kind, [(fact_id, store.fact(fact_id)[1]) for fact_id in ids])
    titles = [str(row.values.get("name") or row.values.get("label")) for row in own.rows]
    columns = [Column("measure", "", "id", shown=False), Column("group", "", "line", shown=True)]
    columns += [Column(fact_id, title, "measure", shown=True) for fact_id, title in zip(ids, titles, strict=True)]
    rows = [
        *_facts(own, kind, ids),
        *_results(store, own.localizer, kind, ids),
        *_sums(store, own.localizer, kind, ids),
    ]
    return View("compare", " – ".join(titles), columns, rows, own.localizer, [store.label("note.stats")])


def _joined(store: FactStore, words: list[str]) -> list[str]:
    """Join words that are one name: `compare The Hague espoo` needs no quotation marks."""
    names = []
    while words:
        counts = range(min(len(words), MOST_WORDS), 1, -1)
        count = next((n for n in counts if exactly_named(store, " ".join(words[:n]), tuple(FILTERS))), 1)
        names.append(" ".join(words[:count]))
        words = words[count:]
    return names


def _facts(own: View, kind: str, ids: list[str]) -> list[Row]:
    """The values that people see of each, as they see them, where at least one has any."""
    rows = []
    for column in own.shown():
        if column.key not in {"name", "label", "winners"} or (kind == "editions" and column.key == "winners"):
            pairs = [*zip(ids, own.rows, strict=True)]
            values = {fact_id: _plain(row.values[column.key]) for fact_id, row in pairs}
            if any(value is not None for value in values.values()):
                label = own.localizer.label(LABELS.get(column.key, f"column.{column.key}"))
                rows.append(Row(column.key, {"measure": column.key, "group": label} | values))
                rows[-1].formatted = {fact_id: own.cell(row, column) for fact_id, row in pairs}
    return rows


def _plain(value: Any) -> int | str | None:
    return "; ".join(value) or None if isinstance(value, list) else value


def _results(store: FactStore, localizer: Localizer, kind: str, ids: list[str]) -> list[Row]:
    """What each reached, and when: `2019 runner-up`; for an edition or a country the cities that were placed."""
    values: dict[str, Any] = {}
    for fact_id in ids:
        view = view_of(store, "results", select(store, "results", **{FILTERS[kind]: [fact_id]}))
        parts = []
        for row in view.rows:
            status = localizer.name(row.values["status"])
            where = row.values["city"] if kind == "editions" else row.values["edition"]
            city = f" ({row.values['city']})" if kind == "countries" else ""
            parts.append(f"{where} {status}{city}")
        values[fact_id] = "; ".join(parts) or None
    return [Row("results", {"measure": "results", "group": localizer.label("kind.results")} | values)]


def _sums(store: FactStore, localizer: Localizer, kind: str, ids: list[str]) -> list[Row]:
    sums: dict[str, dict[str, Any]] = {}
    for fact_id in ids:
        filters = {FILTERS[kind]: [fact_id]}
        sums[fact_id] = summed(store, view_of(store, "results", select(store, "results", **filters)).rows)
        sums[fact_id] |= {counted: len(select(store, counted, **filters)) for counted in COUNTED}
    rows = []
    for measure in (*sum_fields(store), *COUNTED):
        label = localizer.label(LABELS[measure]) if measure in LABELS else sum_label(localizer, measure)
        totals = {fact_id: total[measure] for fact_id, total in sums.items()}
        rows.append(Row(measure, {"measure": measure, "group": label} | totals))
    return rows
