"""The pages that list all things of a kind, in groups where there are many."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from markupsafe import Markup

from icapital_cli.api.pictures import picture_of
from icapital_cli.export.site.pages import EMPTY, Pages
from icapital_cli.export.site.rows import Write, list_disputes, list_initiatives, list_quotes, list_sources

BARS = {"countries": ("country", "prize_eur"), "editions": ("edition", "applications")}


class Group(NamedTuple):
    """Things under a heading: rows of cells with their keys, or lines."""

    id: str
    title: str
    rows: list[Any]


def list_page(pages: Pages, kind: str) -> str:
    """Make the page that lists all things of a kind."""
    headings, groups = LISTED[kind](pages)
    title = pages.label(f"kind.{kind}")
    return pages.render(
        "list.html",
        kind=kind,
        title=title,
        description=pages.label(f"site.about_{kind}"),
        here=f"{kind}/index.html",
        json=f"data/{kind}.json",
        linked=EMPTY,
        headings=headings,
        groups=groups,
        picture=_bars(pages, kind) if groups[0].rows else EMPTY,
    )


def _bars(pages: Pages, kind: str) -> Markup:
    """Draw the bars of a list, which has the same values in its table; each leads to the page of its thing."""
    if kind not in BARS:
        return EMPTY
    by, measure = BARS[kind]
    rows = pages.everything.views[kind].rows
    links = {key: f"{row.id}.html" for row in rows for key in {row.id, row.values.get("country_code") or row.id}}
    svg = picture_of(pages.facts, "stats", by=by, measure=measure, links=links, style=False)
    return Markup(f'<div class="scroll" tabindex="0">{svg}</div>')  # noqa: S704 - written as XML


Listed = tuple[list[tuple[str, str]], list[Group]]


def _rows(pages: Pages, kind: str) -> list[Any]:
    return pages.everything.views[kind].rows


def _editions(pages: Pages) -> Listed:
    keys = ("edition", "date", "place", "winners", "applications")
    rows = []
    for row in reversed(_rows(pages, "editions")):
        cells = [("edition", pages.link(row.id))]
        cells += [(key, pages.cell(row, key)) for key in ("date", "place")]
        cells.append(("winners", Markup(", ").join(map(pages.link, pages.winners(row.id)))))
        rows.append([*cells, ("applications", pages.cell(row, "applications"))])
    return [(key, pages.label(f"column.{key}")) for key in keys], [Group("all", "", rows)]


def _sums(pages: Pages, rows: list[Any]) -> list[tuple[str, Markup]]:
    """Return best result, number of results and prize money of some results, as cells."""
    order = pages.store.ids("statuses")
    best = min(rows, key=lambda row: order.index(row.values["status"]))
    money = sum(row.values["prize_eur"] or 0 for row in rows)
    year = Markup(" {}").format(best.values["edition"])
    name = pages.columns["results"]["status"].column_type.words(
        best, pages.columns["results"]["status"], pages.localizer
    )
    return [
        ("best", Markup("{}{}").format(name, year)),
        ("number", Markup("{}").format(len(rows))),
        ("number money", Markup("{}").format(pages.localizer.money(money, "EUR") if money else "")),
    ]


def _with_results(pages: Pages, kind: str, field: str) -> Iterator[tuple[Any, list[Any]]]:
    """Yield the things of a kind with their results."""
    results: dict[str, list[Any]] = {}
    for result in _rows(pages, "results"):
        results.setdefault(str(result.values[field]).lower(), []).append(result)
    named = sorted(_rows(pages, kind), key=lambda row: pages.sort_key(pages.title(row.id)))
    for row in named:
        yield row, results.get(row.id.lower(), [])


def _sum_headings(pages: Pages) -> list[tuple[str, str]]:
    keys = [("best", "page.best_result"), ("number", "kind.results"), ("number money", "page.prize_money")]
    return [(key, pages.label(label)) for key, label in keys]


def _cities(pages: Pages) -> Listed:
    rows = []
    for row, results in _with_results(pages, "cities", "city_id"):
        cells = [("name", pages.link(row.id)), ("country", pages.cell(row, "country"))]
        rows.append(cells + (_sums(pages, results) if results else []))
    headings = [("name", pages.label("column.city")), ("country", pages.label("column.country"))]
    return headings + _sum_headings(pages), [Group("all", "", rows)]


def _countries(pages: Pages) -> Listed:
    rows = []
    for row, results in _with_results(pages, "countries", "country_code"):
        cities = {result.values["city_id"] for result in results}
        cells = [("name", pages.link(row.id)), ("number", Markup("{}").format(len(cities)))]
        rows.append(cells + (_sums(pages, results) if results else []))
    headings = [("name", pages.label("column.country")), ("number", pages.label("kind.cities"))]
    return headings + _sum_headings(pages), [Group("all", "", rows)]


def _people(pages: Pages) -> Listed:
    posts: dict[str, Any] = {row.values["person_id"]: row for row in _rows(pages, "posts")}
    rows, keys = [], ("role", "organisation", "city", "year")
    for row in sorted(_rows(pages, "people"), key=lambda row: pages.sort_key(pages.title(row.id))):
        post = posts.get(row.id)
        rows.append([("name", pages.link(row.id)), *((key, pages.cell(post, key) if post else EMPTY) for key in keys)])
    return [(key, pages.label(f"column.{key}")) for key in ("name", *keys)], [Group("all", "", rows)]


def _by_year(pages: Pages, kind: str, write: Write) -> Listed:
    """Group lines by edition, newest first."""
    lines: dict[Any, list[Markup]] = {}
    for row in _rows(pages, kind):
        lines.setdefault(row.values["year"], []).append(pages.fragment(write, row.id))
    years = sorted(lines, key=lambda year: (year is not None, year), reverse=True)
    return [], [Group(f"y{year}", str(year or pages.label("page.undated")), lines[year]) for year in years]


def _initiatives(pages: Pages) -> Listed:
    return _by_year(pages, "initiatives", list_initiatives)


def _quotes(pages: Pages) -> Listed:
    return _by_year(pages, "quotes", list_quotes)


def _disputes(pages: Pages) -> Listed:
    column = pages.columns["disputes"]["weight"]
    lines: dict[str, list[Markup]] = {weight: [] for weight in column.choices}
    for row in reversed(_rows(pages, "disputes")):
        lines[row.values["weight"]].append(pages.fragment(list_disputes, row.id))
    return [], [Group(weight, pages.label(f"site.weight_{weight}"), found) for weight, found in lines.items() if found]


def _sources(pages: Pages) -> Listed:
    lines: dict[str, list[Any]] = {kind: [] for kind in pages.columns["sources"]["kind"].choices}
    for row in _rows(pages, "sources"):
        lines[row.values["kind"]].append(row)
    groups = []
    for kind, rows in lines.items():
        rows.sort(key=lambda row: (pages.sort_key(row.values["publisher"]), row.values["date"] or ""))
        listed = [pages.fragment(list_sources, row.id) for row in rows]
        groups += [Group(kind, pages.label(f"site.type_{kind}"), listed)] if listed else []
    return [], groups


LISTED: dict[str, Callable[[Pages], Listed]] = {
    "editions": _editions,
    "cities": _cities,
    "countries": _countries,
    "people": _people,
    "initiatives": _initiatives,
    "quotes": _quotes,
    "disputes": _disputes,
    "sources": _sources,
}
