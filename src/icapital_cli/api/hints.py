"""What an answer does not show by itself: why it is empty, and which bodies near a city have facts of their own."""

from collections.abc import Iterator

from icapital_cli.errors import printable
from icapital_cli.query.select import Filters, other_bodies, select
from icapital_cli.query.years import parse_years
from icapital_cli.store.facts import FactStore
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.view import View

MOST = 8  # cities of which an empty answer tells


def why_empty(store: FactStore, kind: str, view: View, query: str | None, filters: Filters) -> str:
    """Say which editions there are, where one was asked for that is none; else how many facts fit each thing asked for.

    Where one thing alone was asked for, it says how many facts of the kind there are.
    """
    return (
        _missing_edition(store, filters)
        or _one_by_one(store, kind, query, filters)
        or _what_there_is(store, kind, view)
    )


def bodies_nearby(store: FactStore, kind: str, query: str | None, filters: Filters) -> Iterator[str]:
    """Yield `name (id)` of the bodies near the cities that were asked for, of which there are facts of the kind too."""
    for body in other_bodies(store, kind, query, filters.get("city") or ()):
        name = Localizer(store).text(body, "name", store.fact(body)[1]["name"])[0]
        yield f"{name} ({body})"


def _missing_edition(store: FactStore, filters: Filters) -> str:
    """Say which editions there are, where a single year was asked for that is none."""
    years = filters.get("year") or ()
    editions = {edition: store.fact(edition)[1]["label"] for edition in store.ids("editions")}
    single = [year for year in years if year.isdigit() and str(parse_years(store, year)[0]) not in editions]
    if not single:
        return ""
    known = (edition if label == edition else f"{edition} ({label})" for edition, label in editions.items())
    return f"no edition in {', '.join(single)}; editions: {', '.join(known)}"


def _one_by_one(store: FactStore, kind: str, query: str | None, filters: Filters) -> str:
    """Say how many facts fit the query, and each filter alone, where there are several."""
    counts = {
        f"{key} {','.join(values)}": len(select(store, kind, **{key: values}))
        for key, values in filters.items()
        if values
    }
    counts |= {query: len(select(store, kind, query))} if query else {}
    told = ", ".join(f"{printable(what)}: {count}" for what, count in counts.items())
    return f"nothing fits all of these; {told}" if len(counts) > 1 else ""


def _what_there_is(store: FactStore, kind: str, view: View) -> str:
    """Say how many facts of the kind there are, by city."""
    sql = """SELECT value, count(*) AS n FROM facets WHERE kind = ? AND key = 'city'
             GROUP BY value ORDER BY n DESC, value"""
    counts = store.rows(sql, kind)
    name = Localizer(store).translation
    cities = [f"{name(city, 'name') or store.fact(city)[1]['name']} {count}" for city, count in counts[:MOST]]
    more = [store.label("page.and_more").replace("{}", str(len(counts) - MOST))] if len(counts) > MOST else []
    there = ", ".join([*cities, *more]) or str(len(store.ids(kind)))
    return f"nothing found; {view.title[:1].lower()}{view.title[1:]}: {there}"
