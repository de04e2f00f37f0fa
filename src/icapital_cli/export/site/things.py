"""The page of a thing: what is said of it, with numbered sources, the disputes and gaps about it, how to cite it."""

from typing import Any, NamedTuple

from markupsafe import Markup, escape

from icapital_cli.export.site.linked_data import linked_data
from icapital_cli.export.site.pages import EMPTY, Notes, Pages, html
from icapital_cli.export.site.rows import HEADS, ROWS, row_other

TABLES = ("results", "prizes", "schemes")  # kinds of section that read best as a table
# The columns of the table of results on the page of each kind of thing.
RESULTS = {
    "cities": ["edition", "category", "status", "prize_eur", "reason"],
    "editions": ["city", "country", "category", "status", "prize_eur", "reason"],
    "countries": ["edition", "city", "category", "status", "prize_eur", "reason"],
}
COLUMNS = {
    "prizes": ["year", "city", "award", "status", "amount", "purpose"],
    "schemes": ["category", "status", "prize_eur", "number_of_prizes", "note"],
}
SAID_ABOVE = ("category", "award")
# What the head of a page says already.
HEAD = {
    "text",
    "summary",
    "topic",
    "believed",
    "why",
    "claims",
    "touches",
    "weight",
    "winners",
    "year",
}
HEAD_OF = {
    "editions": {"label"},
    "people": {"name"},
    "countries": {"name"},
    "cities": {"country", "type"},
    "initiatives": {"city"},
    "quotes": {"speaker", "role", "organisation", "date", "translated", "original_lang"},
    "disputes": {"severity"},
}
MOST = 155  # characters of a description: what a search engine shows


def thing_page(pages: Pages, kind: str, fact_id: str) -> str:
    """Make the page of a thing."""
    everything, row, notes = pages.everything, pages.row(fact_id), Notes(pages)
    related = everything.related(kind, fact_id)
    title = pages.title(fact_id)
    told: dict[str, Any] = {"kind": kind, "id": fact_id, "row": row, "title": title, "name": pages.long_title(fact_id)}
    told |= {"here": f"{kind}/{fact_id}.html", "json": f"data/{kind}/{fact_id}.json"}
    told["head"] = html(HEADS[kind](pages, row, notes)) if kind in HEADS else EMPTY
    told["figures"] = _figures(pages, kind, fact_id, related)
    told["facts"] = _facts(pages, kind, fact_id, notes)
    told["sections"] = [
        section
        for of, ids in related.items()
        if ids and not (kind == "disputes" and of == "disputes")
        for section in [_section(pages, kind, of, ids, notes)]
    ]
    told["sources"] = notes.listed()
    address = f"{pages.base}{pages.lang}/{told['here']}" if pages.base else ""
    told["cite"] = pages.citing.of(pages.facts, fact_id, f"{title} – {pages.award['name']}", address)
    told["linked"] = linked_data(pages, kind, row, address)
    told["description"] = _description(pages, row)
    return pages.render("thing.html", **told)


def _figures(pages: Pages, kind: str, fact_id: str, related: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return the key figures of a thing that has results, but what its head says already."""
    if not related.get("results"):
        return []
    said = {pages.label(f"column.{key}") for key in ("date", "winners")}
    return [(label, value) for label, value in pages.everything.figures(kind, fact_id, related) if label not in said]


def _facts(pages: Pages, kind: str, fact_id: str, notes: Notes) -> Markup:
    """Return what is said of a thing: labels, values, numbers of sources."""
    row, left_out = pages.row(fact_id), HEAD | HEAD_OF.get(kind, set())
    facts = []
    for column, citations in pages.everything.key_facts(kind, fact_id):
        if column.key not in left_out:
            cell = pages.names(row, column.key) if column.key == "parallel" else pages.cell(row, column.key)
            is_stated = row.values.get(column.key) is not None
            stated_by = notes.of(citations) if is_stated else ""
            facts.append(f"<div><dt>{pages.words(f'column.{column.key}')}</dt><dd>{cell} {stated_by}</dd></div>")
    return html("\n".join(facts))


class Section(NamedTuple):
    """A part of a page: rows as HTML; a table has headings too, and a caption that says what is alike in all rows."""

    kind: str
    title: Markup
    is_table: bool
    rows: Markup
    headings: Markup = EMPTY
    caption: Markup = EMPTY


def _section(pages: Pages, page: str, kind: str, ids: list[str], notes: Notes) -> Section:
    """Make a section: its rows, each with the numbers of its sources."""
    title = pages.words("column.role" if (page, kind) == ("people", "posts") else f"kind.{kind}")
    if kind in TABLES:
        return Section(kind, title, True, *_table(pages, page, kind, [pages.row(one) for one in ids], notes))  # noqa: FBT003 - a field
    write = ROWS.get(kind, row_other)
    start, end = ("<div", "</figcaption></figure></div>") if kind == "quotes" else ("<li", "</li>")
    rows = [
        f'{start} id="{escape(one)}">{pages.fragment(write, one, page)} {notes.of(pages.row(one).citations)}{end}'
        for one in ids
    ]
    return Section(kind, title, is_table=False, rows=html("\n".join(rows)))


def _table(pages: Pages, page: str, kind: str, rows: list[Any], notes: Notes) -> tuple[Markup, Markup, Markup]:
    """Return the rows of a table, its headings, and its caption."""
    keys = RESULTS[page] if kind == "results" else COLUMNS[kind]
    keys = [key for key in keys if any(row.values[key] is not None for row in rows)]
    if page == "cities":
        keys = [key for key in keys if key != "city"]
    # What is the same in every row is said above the table.
    same = [key for key in keys if key in SAID_ABOVE and len({row.values[key] for row in rows}) == 1]
    caption = ", ".join([pages.cell(rows[0], key) for key in same])
    keys = [key for key in keys if key not in same]
    headings = "".join([f'<th scope="col">{pages.words(f"column.{key}")}</th>' for key in keys])
    lines = []
    for row in rows:
        cells = "".join([f'<td class="{key}">{_cell(pages, row, key)}</td>' for key in keys])
        lines.append(f'<tr id="{escape(row.id)}">{cells}<td>{notes.of(row.citations)}</td></tr>')
    return html("\n".join(lines)), html(headings), html(caption)


def _cell(pages: Pages, row: Any, key: str) -> Markup:
    """Return a cell of a table, with the note of the row behind the reason, and the rank behind the status."""
    cell = pages.cell(row, key)
    if key == "reason" and row.values.get("note"):
        cell = html(f"{cell} <small>{pages.cell(row, 'note')}</small>")
    if key == "status" and row.values.get("rank") and row.values["status"] != "winner":
        cell = html(f"{cell} <small>{escape(pages.columns['results']['rank'].label)}: {row.values['rank']}</small>")
    if key == "purpose" and row.values.get("purpose_by"):
        on = pages.cell(row, "purpose_on")
        by = pages.localizer.term(row.values["purpose_by"]) or row.values["purpose_by"]
        cell = html(f"{cell} <small>{escape(by)}{', ' if on else ''}{on}</small>")
    return cell


def _description(pages: Pages, row: Any) -> str:
    """Describe a page for a search engine, in a sentence or two."""
    values = row.values
    text = values.get("summary") or values.get("text") or values.get("believed")
    text = str(text) if text else f"{pages.title(row.id)} – {pages.award['name']}"
    return text if len(text) <= MOST else text[:MOST].rpartition(" ")[0] + " …"
