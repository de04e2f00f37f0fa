"""The cities that took part, each with its best status, its results and its place: as rows, and as a map."""

from typing import Any

from icapital_cli.query.select import Filters, select
from icapital_cli.store.facts import FactStore
from icapital_cli.views.column_types import DISPUTED
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.pictures import Key, MapPicture, Mark
from icapital_cli.views.rows import Column, Row
from icapital_cli.views.view import View, own_columns, view_of

COLUMNS = [
    Column("city", "city", "name", shown=True),
    Column("city_id", "city_id", "id", shown=False),
    Column("country", "country", "line", shown=True),
    Column("country_code", "country_code", "id", shown=False),
    Column("latitude", "latitude", "number", shown=False),
    Column("longitude", "longitude", "number", shown=False),
    Column("status", "best_status", "status", shown=True),
    Column("results", "results", "integer", shown=True),
]


def map_view(store: FactStore, filters: Filters, query: str | None = None, *, with_sources: bool = False) -> View:
    """List the cities of some results, the best first. Raises UsageError or NotFoundError for a wrong filter."""
    results = view_of(store, "results", select(store, "results", query, **filters)).rows
    ids = dict.fromkeys(row.values["city_id"] for row in results)
    cities = view_of(store, "cities", [(city, store.fact(city)[1]) for city in ids]).rows
    ranks = {status: rank for rank, status in enumerate(store.ids("statuses"))}
    rows = [_row(city, [row for row in results if row.values["city_id"] == city.id], ranks) for city in cities]
    rows.sort(key=lambda row: (ranks[row.values["status"]], -row.values["results"]))
    columns = own_columns(store, COLUMNS, with_sources=with_sources)
    view = View("map", store.label("kind.map"), columns, rows, Localizer(store), [])
    return view._replace(notes=[*view.with_notes().notes, *_without_place(view)])


def _row(city: Row, results: list[Row], ranks: dict[str, int]) -> Row:
    """Make the row of a city: its own citations state where it is, those of its best results what it reached."""
    best = min((row.values["status"] for row in results), key=ranks.__getitem__)
    reached = [row for row in results if row.values["status"] == best]
    values: dict[str, Any] = {"city": city.values["name"], "city_id": city.id, "status": best, "results": len(results)}
    values |= {key: city.values[key] for key in ("country", "country_code", "latitude", "longitude")}
    row = Row(city.id, {"id": city.id} | values)
    row.citations = [*city.citations, *(citation for one in reached for citation in one.citations)]
    disputes = {dispute for one in (city, *results) for dispute in one.values["disputes"]}
    row.values |= {"sources": row.citations, "disputes": sorted(disputes)}
    if all("status" in one.disputed for one in reached):
        row.disputed["status"] = sorted({dispute for one in reached for dispute in one.disputed["status"]})
    return row


def _without_place(view: View) -> list[str]:
    """Name the cities that no map can show, for no source gives their coordinates."""
    names = [row.values["city"] for row in view.rows if not _has_place(row)]
    return [view.localizer.label("note.without_place").replace("{}", view.localizer.list(names))] if names else []


def _has_place(row: Row) -> bool:
    """Whether it is known where a city is."""
    return row.values["latitude"] is not None and row.values["longitude"] is not None


def map_picture(view: View) -> MapPicture:
    """Make the map of the cities of a view."""
    localizer = view.localizer
    marks = [_mark(view, row) for row in view.rows if _has_place(row)]
    counts = {kind: sum(mark.kind == kind for mark in marks) for kind in localizer.store.ids("statuses")}
    legend = [Key(kind, localizer.name(kind), count) for kind, count in counts.items()]
    return MapPicture(
        view.lang,
        view.title,
        localizer.label("picture.map"),
        marks,
        legend,
        view.notes,
        localizer.label("picture.several"),
        localizer.label("note.unnamed"),
        localizer.label("note.outside"),
    )


def _mark(view: View, row: Row) -> Mark:
    values, localizer = row.values, view.localizer
    words = {"city": values["city"], "country": values["country"], "results": localizer.number(values["results"])}
    words["status"] = view.cell(row, view.column("status"))
    name = f"{values['city']} {DISPUTED}" if "status" in row.disputed else values["city"]
    text = localizer.filled("picture.city", words)
    return Mark(row.id, name, text, values["status"], values["results"], values["latitude"], values["longitude"])
