"""The editions in time: their steps and what was reached at their end, as rows and as a timeline."""

from calendar import monthrange
from collections import Counter
from collections.abc import Collection
from typing import Any

from icapital_cli.query.select import Filters, select
from icapital_cli.store.facts import FactStore
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.pictures import Key, Lane, Outcome, Step, TimelinePicture
from icapital_cli.views.rows import Column, Row
from icapital_cli.views.view import View, evidence_columns, view_of

COLUMNS = {  # type, and whether people see it
    "date": ("date", True),
    "year": ("year", False),
    "edition": ("minor_line", True),
    "step": ("choice", True),
    "status": ("status", True),
    "city": ("name", True),
    "city_id": ("id", False),
    "country": ("line", False),
    "country_code": ("id", False),
    "category": ("category", False),
    "summary": ("text", False),
    "lang": ("lang", False),
}
YEAR = 12  # months
OTHER = "other"  # steps that are listed, not drawn


def timeline_view(store: FactStore, filters: Filters, query: str | None = None, *, with_sources: bool = False) -> View:
    """List the steps of editions and who won, in order of time; of a city, country, category or status what it reached.

    Raises UsageError or NotFoundError for a wrong filter.
    """
    narrowed = query is not None or any(values for key, values in filters.items() if key != "year")
    chosen = filters if narrowed else {**filters, "status": store.ids("statuses")[:1]}
    results = view_of(store, "results", select(store, "results", query, **chosen)).rows
    steps = [] if narrowed else _steps(store, filters.get("year")).rows
    editions = {row.id: row for row in view_of(store, "editions", select(store, "editions")).rows}
    rows = [_row(row, editions, {key: row.values[key] for key in ("date", "step", "summary")}) for row in steps]
    rows += [_row(row, editions, _reached(row, editions)) for row in results]
    rows.sort(key=lambda row: (row.values["year"], row.values["date"] is None, row.values["date"] or ""))
    columns = [Column("id", store.label("column.id"), "id", shown=False), *_columns(store)]
    columns += evidence_columns(store, shown=with_sources)
    return View("timeline", store.label("kind.timeline"), columns, rows, Localizer(store), []).with_notes()


def _steps(store: FactStore, years: Collection[str] | None) -> View:
    return view_of(store, "milestones", select(store, "milestones", year=years)).with_notes()


def _columns(store: FactStore) -> list[Column]:
    steps = {"step": [("step", None)]}  # a word of a closed list is named by its field
    return [
        Column(key, store.label(f"column.{key}"), type_of, shown, list(steps.get(key, ())))
        for key, (type_of, shown) in COLUMNS.items()
    ]


def _reached(row: Row, editions: dict[str, Row]) -> dict[str, Any]:
    keys = ("status", "city", "city_id", "country", "country_code", "category")
    return {key: row.values[key] for key in keys} | {"date": editions[str(row.values["year"])].values["date"]}


def _row(row: Row, editions: dict[str, Row], values: dict[str, Any]) -> Row:
    year = row.values["year"]
    edition = editions[str(year)].values["label"]
    made = Row(row.id, {"id": row.id} | dict.fromkeys(COLUMNS) | {"year": year, "edition": edition} | values)
    made.citations, made.langs, made.disputed = row.citations, dict(row.langs), dict(row.disputed)
    ceremony = editions[str(year)]
    if "date" in ceremony.disputed and made.values["status"]:
        made.disputed["date"] = ceremony.disputed["date"]
    made.values |= {"lang": row.values["lang"], "sources": row.citations, "disputes": row.values["disputes"]}
    return made


def timeline_picture(view: View) -> TimelinePicture:
    """Make the timeline of the rows of a view."""
    localizer = view.localizer
    columns = {column.key: column for column in _columns(localizer.store)}
    store, lanes = localizer.store, []
    words = [word for word in step_kinds(store) if word != OTHER]
    years = list(dict.fromkeys(row.values["year"] for row in view.rows))
    steps = _steps(store, [str(year) for year in years])
    for year in years:
        rows = [row for row in view.rows if row.values["year"] == year and row.values["status"]]
        drawn = [row for row in steps.rows if row.values["year"] == year and row.values["step"] not in {None, OTHER}]
        dates = [row.values["date"] for row in [*drawn, *rows] if row.values["date"]]
        start = min((int(date[:4]) for date in dates), default=None)
        marks = []
        for row in drawn:
            name, day = view.cell(row, columns["step"]), view.cell(row, columns["date"])
            text = f"{name}: {day}. {row.values['summary']}"
            begin, end = _months(row.values["date"], start)
            marks.append(Step(row.id, row.values["step"], text, begin, end, begin, "date" in row.disputed))
        outcomes = [Outcome(row.id, row.values["status"], _outcome(view, row, columns)) for row in rows]
        lanes.append(Lane(str(year), str(store.fact(str(year))[1]["label"]), start, _in_order(marks, words), outcomes))
    undated = [lane.label for lane in lanes if lane.year is None]
    longest = max((step.end for lane in lanes for step in lane.steps), default=0)
    count = max(YEAR, int(longest) + (longest > int(longest)))
    months = [localizer.localized("month", f"{number % YEAR + 1:02}") for number in range(count)]
    counts = Counter(step.kind for lane in lanes for step in lane.steps)
    counts.update(outcome.kind for lane in lanes for outcome in lane.outcomes)
    kinds = [Key(kind, localizer.label(f"step.{kind}"), counts[kind]) for kind in words]
    places = [Key(kind, localizer.name(kind), counts[kind]) for kind in store.ids("statuses")]
    notes = list(dict.fromkeys([*view.notes, *steps.notes])) if years else [*view.notes]
    notes += [localizer.label("note.without_date").replace("{}", localizer.list(undated))] if undated else []
    is_open = any(step.end - step.start > 1 / 2 for lane in lanes for step in lane.steps)
    partial = localizer.label("picture.partial") if is_open else ""
    description = localizer.label("picture.timeline")
    return TimelinePicture(view.lang, view.title, description, months, lanes, kinds, places, notes, partial)


def _in_order(steps: list[Step], words: list[str]) -> list[Step]:
    """Place each step in the middle of its time; one known to the month only, between the steps before and after it."""
    placed = []
    for step in steps:
        rank = words.index(step.kind)
        before = [other.end for other in steps if words.index(other.kind) < rank and step.start < other.end < step.end]
        after = [
            other.start for other in steps if words.index(other.kind) > rank and step.start < other.start < step.end
        ]
        low, high = max([step.start, *before]), min([step.end, *after])
        placed.append(step._replace(at=(low + high) / 2 if low < high else (step.start + step.end) / 2))
    return placed


def _outcome(view: View, row: Row, columns: dict[str, Column]) -> str:
    """Name a city, its status where not all have one, its category where it is not the first."""
    store = view.localizer.store
    several = len({one.values["status"] for one in view.rows} - {None}) > 1
    status = view.cell(row, columns["status"]) if several or "status" in row.disputed else ""
    first = row.values["category"] == store.ids("categories")[0]
    words = [word for word in (status, "" if first else view.cell(row, columns["category"])) if word]
    return f"{row.values['city']}: {', '.join(words)}" if words else str(row.values["city"])


def step_kinds(store: FactStore) -> list[str]:
    """Return the kinds of step in their order."""
    columns = store.kind("milestones")["columns"]
    return next([word for word in choices if word] for key, _, _, _, choices in columns if key == "step")


def _months(date: str, start: int | None) -> tuple[float, float]:
    """Return when a date begins and ends, in months since a January: a day, or the month or year that is known."""
    year, month, day = ([int(part) for part in date.split("-")] + [0, 0])[:3]
    begin = (year - (start or year)) * YEAR + max(month - 1, 0)
    if not month:
        return begin, begin + YEAR
    if not day:
        return begin, begin + 1
    days = monthrange(year, month)[1]
    return begin + (day - 1) / days, begin + day / days
