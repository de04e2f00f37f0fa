"""The page of a thing: what is said of it, with numbered sources, the disputes and gaps about it, how to cite it."""

from typing import Any

from markupsafe import Markup

from icapital_cli.export.site.linked_data import linked_data
from icapital_cli.export.site.pages import EMPTY, Notes, Pages

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
    told["head"] = getattr(pages.rows, f"head_{kind}")(row, notes)
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
    told["cite"] = pages.citing.of(pages.facts, kind, fact_id, f"{title} – {pages.award['name']}", address)
    told["linked"] = linked_data(pages, kind, row, address)
    told["description"] = _description(pages, row)
    return pages.render("thing.html", **told)


def _figures(pages: Pages, kind: str, fact_id: str, related: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return the key figures of a thing that has results, but what its head says already."""
    if not related.get("results"):
        return []
    said = {pages.label(f"column.{key}") for key in ("date", "winners")}
    return [(label, value) for label, value in pages.everything.figures(kind, fact_id, related) if label not in said]


def _facts(pages: Pages, kind: str, fact_id: str, notes: Notes) -> list[tuple[str, Markup, Markup]]:
    """Return what is said of a thing: labels, values, numbers of sources."""
    row, left_out = pages.row(fact_id), HEAD | HEAD_OF.get(kind, set())
    facts = []
    for column, citations in pages.everything.key_facts(kind, fact_id):
        if column.key not in left_out:
            cell = pages.names(row, column.key) if column.key == "parallel" else pages.cell(row, column.key)
            is_stated = row.values.get(column.key) is not None
            facts.append((column.label, cell, notes.of(citations) if is_stated else EMPTY))
    return facts


def _section(pages: Pages, page: str, kind: str, ids: list[str], notes: Notes) -> dict[str, Any]:
    """Make a section: its rows as HTML, each with the numbers of its sources."""
    title = "column.role" if (page, kind) == ("people", "posts") else f"kind.{kind}"
    section: dict[str, Any] = {"kind": kind, "title": pages.label(title), "is_table": kind in TABLES}
    if kind in TABLES:
        keys = RESULTS[page] if kind == "results" else COLUMNS[kind]
        rows = [pages.row(one) for one in ids]
        keys = [key for key in keys if any(row.values[key] is not None for row in rows)]
        if page == "cities":
            keys = [key for key in keys if key != "city"]
        # What is the same in every row is said above the table.
        same = [key for key in keys if key in SAID_ABOVE and len({row.values[key] for row in rows}) == 1]
        section["caption"] = Markup(", ").join(pages.cell(rows[0], key) for key in same)
        keys = [key for key in keys if key not in same]
        section["headings"] = [(key, pages.columns[kind][key].label) for key in keys]
        section["rows"] = [
            (row.id, [(key, _cell(pages, row, key)) for key in keys], notes.of(row.citations)) for row in rows
        ]
        return section
    macro = f"row_{kind}" if hasattr(pages.rows, f"row_{kind}") else "row_other"
    section["rows"] = [(one, pages.fragment(macro, one, page), notes.of(pages.row(one).citations)) for one in ids]
    return section


def _cell(pages: Pages, row: Any, key: str) -> Markup:
    """Return a cell of a table, with the note of the row behind the reason, and the rank behind the status."""
    cell = pages.cell(row, key)
    if key == "reason" and row.values.get("note"):
        cell += Markup(" <small>{}</small>").format(pages.cell(row, "note"))
    if key == "status" and row.values.get("rank") and row.values["status"] != "winner":
        cell += Markup(" <small>{}: {}</small>").format(pages.columns["results"]["rank"].label, row.values["rank"])
    if key == "purpose" and row.values.get("purpose_by"):
        on = pages.cell(row, "purpose_on")
        by = pages.localizer.term(row.values["purpose_by"]) or row.values["purpose_by"]
        cell += Markup(" <small>{}{}</small>").format(by, Markup(", ") + on if on else "")
    return cell


def _description(pages: Pages, row: Any) -> str:
    """Describe a page for a search engine, in a sentence or two."""
    values = row.values
    text = values.get("summary") or values.get("text") or values.get("believed")
    text = str(text) if text else f"{pages.title(row.id)} – {pages.award['name']}"
    return text if len(text) <= MOST else text[:MOST].rpartition(" ")[0] + " …"
