"""The editions in time: their steps and what was reached at their end, as rows and as a timeline."""

from calendar import monthrange
from collections import Counter
from collections.abc import Collection
from math import ceil
from typing import Any

from icapital_cli.query.select import Filters, select
from icapital_cli.store.facts import FactStore
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.pictures import Key, Lane, Outcome, Step, TimelinePicture
from icapital_cli.views.rows import Column, Row
from icapital_cli.views.view import View, own_columns, view_of

COLUMNS = [
    Column("date", "date", "date", shown=True),
    Column("year", "year", "year", shown=False),
    Column("edition", "edition", "minor_line", shown=True),
    Column("step", "step", "choice", shown=True, steps=[("step", None)]),  # its words are named by the field
    Column("status", "status", "status", shown=True),
    Column("city", "city", "name", shown=True),
    Column("city_id", "city_id", "id", shown=False),
    Column("country", "country", "line", shown=False),
    Column("country_code", "country_code", "id", shown=False),
    Column("category", "category", "category", shown=False),
    Column("summary", "summary", "text", shown=False),
    Column("lang", "lang", "lang", shown=False),
]
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
    columns = own_columns(store, COLUMNS, with_sources=with_sources)
    return View("timeline", store.label("kind.timeline"), columns, rows, Localizer(store), []).with_notes()


def _steps(store: FactStore, years: Collection[str] | None) -> View:
    return view_of(store, "milestones", select(store, "milestones", year=years)).with_notes()


def _reached(row: Row, editions: dict[str, Row]) -> dict[str, Any]:
    keys = ("status", "city", "city_id", "country", "country_code", "category")
    return {key: row.values[key] for key in keys} | {"date": editions[str(row.values["year"])].values["date"]}


def _row(row: Row, editions: dict[str, Row], values: dict[str, Any]) -> Row:
    year = row.values["year"]
    edition = editions[str(year)].values["label"]
    made = Row(
        row.id,
        {"id": row.id} | dict.fromkeys(column.key for column in COLUMNS) | {"year": year, "edition": edition} | values,
    )
    made.citations, made.langs, made.disputed = row.citations, dict(row.langs), dict(row.disputed)
    ceremony = editions[str(year)]
    if "date" in ceremony.disputed and made.values["status"]:
        made.disputed["date"] = ceremony.disputed["date"]
    made.values |= {"lang": row.values["lang"], "sources": row.citations, "disputes": row.values["disputes"]}
    return made


def timeline_picture(view: View) -> TimelinePicture:
    """Make the timeline of the rows of a view."""
    localizer, store = view.localizer, view.localizer.store
    years = list(dict.fromkeys(row.values["year"] for row in view.rows))
    steps = _steps(store, [str(year) for year in years])
    words = [word for word in step_kinds(store) if word != OTHER]
    lanes = [_lane(view, year, [row for row in steps.rows if row.values["step"] in words]) for year in years]
    counts = Counter(step.kind for lane in lanes for step in lane.steps)
    counts.update(outcome.kind for lane in lanes for outcome in lane.outcomes)
    notes = list(dict.fromkeys([*view.notes, *steps.notes])) if years else [*view.notes]
    undated = [lane.label for lane in lanes if lane.year is None]
    notes += [localizer.label("note.without_date").replace("{}", localizer.list(undated))] if undated else []
    is_open = any(step.is_open for lane in lanes for step in lane.steps)
    return TimelinePicture(
        view.lang,
        view.title,
        localizer.label("picture.timeline"),
        _month_names(localizer, max((step.end for lane in lanes for step in lane.steps), default=0)),
        lanes,
        [Key(kind, localizer.label(f"step.{kind}"), counts[kind]) for kind in words],
        [Key(kind, localizer.name(kind), counts[kind]) for kind in store.ids("statuses")],
        notes,
        localizer.label("picture.partial") if is_open else "",
        localizer.label("picture.hidden"),
    )


def _month_names(localizer: Localizer, longest: float) -> list[str]:
    """Name the months in which lanes of up to so many months are drawn: whole ones, a year at least."""
    return [localizer.localized("month", f"{number % YEAR + 1:02}") for number in range(max(YEAR, ceil(longest)))]


def _lane(view: View, year: int, steps: list[Row]) -> Lane:
    """Make the lane of an edition: its steps, and what the rows of the view say was reached in it."""
    reached = [row for row in view.rows if row.values["year"] == year and row.values["status"]]
    drawn = [row for row in steps if row.values["year"] == year]
    dates = [row.values["date"] for row in [*drawn, *reached] if row.values["date"]]
    start = min((int(date[:4]) for date in dates), default=None)
    outcomes = [Outcome(row.id, row.values["status"], _outcome(view, row)) for row in reached]
    marks = _in_order([_step(view, row, start) for row in drawn], step_kinds(view.localizer.store))
    return Lane(str(year), str(view.localizer.store.fact(str(year))[1]["label"]), start, marks, outcomes)


def _step(view: View, row: Row, start: int | None) -> Step:
    name, day = view.cell(row, view.column("step")), view.cell(row, view.column("date"))
    begin, end = _months(row.values["date"], start)
    text = f"{name}: {day}. {row.values['summary']}"
    return Step(row.id, row.values["step"], text, begin, end, begin, "date" in row.disputed)


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


def _outcome(view: View, row: Row) -> str:
    """Name a city, its status where not all have one, its category where it is not the first."""
    store = view.localizer.store
    several = len({one.values["status"] for one in view.rows} - {None}) > 1
    status = view.cell(row, view.column("status")) if several or "status" in row.disputed else ""
    first = row.values["category"] == store.ids("categories")[0]
    words = [word for word in (status, "" if first else view.cell(row, view.column("category"))) if word]
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
