"""Everything about one fact, city, person or source: what the award is, key figures, statements, disputes, gaps.

A page is made of views; each row becomes a statement with numbered sources. How it looks is for the formats of pages.
"""

import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from icapital_cli.errors import UsageError, printable
from icapital_cli.query.names import bodies_near
from icapital_cli.query.select import Found, select
from icapital_cli.store.facts import Doc, FactStore
from icapital_cli.views.footnotes import Footnote, Footnotes
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.rows import Row
from icapital_cli.views.statements import Section, Statement, key_facts, section_of
from icapital_cli.views.view import View, view_of

TITLES = ("name", "label", "title", "topic", "what")
ABOUT_THE_AWARD = ("cities", "countries", "editions", "people", "results")  # kinds whose pages say what the award is
NOT_ON_BRIEFS = {"contacts", "rules", "milestones", "schemes"}  # kinds of section
NOT_ON_BRIEFS_OF = {"editions": {"initiatives", "posts"}, "countries": {"initiatives", "posts", "prizes"}}
KEY_FACTS_NOT_ON_BRIEFS = {  # or that are key figures
    "editions": {"year", "edition", "label", "ordinal", "date", "winners", "commissioner_role"},
    "results": {"year"},
}
MOST_ON_BRIEFS = {  # statements of a section, and what they differ in as far as possible
    "quotes": (3, ("city_id", "year")),
    "initiatives": (6, ("city_id", "year")),
    "posts": (4, ("person_id",)),
}
MARKS = ("open", "settled")  # weights of disputes that mark a statement


class Page(NamedTuple):
    """A page about one thing, in one language."""

    id: str
    kind: str
    title: str
    lang: str
    lead: str
    figures: list[tuple[str, str]]
    sections: list[Section]
    footnotes: list[Footnote]
    headings: dict[str, str]
    legend: str
    version: str
    data: Doc
    is_brief: bool = False


def page_of(store: FactStore, kind: str, fact_id: str, *, brief: bool = False, data_only: bool = False) -> Page:
    """Make the page of one thing; a `brief` one leaves out what a fact sheet does not need.

    With `data_only` it says nothing: a format that writes data needs no statements.
    """
    own = view_of(store, kind, [(fact_id, store.fact(fact_id)[1])], marks=MARKS)
    notes, label = Footnotes(own.localizer, brief=brief), own.localizer.label
    spec = store.kind(kind)["page"]
    left_out = NOT_ON_BRIEFS | NOT_ON_BRIEFS_OF.get(kind, set()) if brief else set()
    views = [own, *(view for view in _related(store, kind, fact_id, spec) if view.kind not in left_out)]
    disputes, gaps = _disputes_and_gaps(store, views)
    sections = []
    if not data_only:
        without = KEY_FACTS_NOT_ON_BRIEFS.get(kind, set()) if brief else set()
        told = own._replace(columns=[column for column in own.columns if column.key not in without])
        sections += [Section("facts", label("page.facts"), key_facts(told, notes))]
        sections += _see_also(store, own.localizer, kind, fact_id)
        sections += [_section(store, view, notes, spec["implied"], brief=brief) for view in views[1:] if view.rows]
        boxed = (disputes,) if brief else (disputes, gaps)
        sections += [_section(store, view, notes, (), brief=brief) for view in boxed if view.rows]
    return Page(
        fact_id,
        kind,
        _title(store, own),
        store.lang,
        _lead(store, own.localizer, kind),
        figures_of(store, own, views),
        sections,
        notes.listed(),
        {"sources": label("kind.sources"), "own_words": label("note.own")},
        f"{own.localizer.mark} {label('page.legend')}" if disputes.rows else "",
        _version(store, label("page.stand"), dated=brief),
        _data(kind, fact_id, [*views, disputes, gaps]),
        brief,
    )


def data_of(store: FactStore, kind: str, fact_id: str) -> Doc:
    """Return what a page has as data: the fact, and under `related` what belongs to it."""
    own = view_of(store, kind, [(fact_id, store.fact(fact_id)[1])], marks=MARKS)
    views = [own, *_related(store, kind, fact_id, store.kind(kind)["page"])]
    return _data(kind, fact_id, [*views, *_disputes_and_gaps(store, views)])


def _disputes_and_gaps(store: FactStore, views: list[View]) -> tuple[View, View]:
    disputed = {dispute for view in views for row in view.rows for dispute in row.values["disputes"]}
    gaps = view_of(store, "gaps", _by_ids(store, _gaps(store, views)))
    return view_of(store, "disputes", _by_ids(store, disputed)), gaps


def _version(store: FactStore, pattern: str, *, dated: bool) -> str:
    version = pattern.replace("{version}", store.meta("version")).replace("{digest}", store.meta("digest")[:12])
    version = version.replace("{day}", store.meta("facts_version") or "")
    return f"{_today()}. {version}" if dated else version


def _today() -> str:
    """Return the day of writing; SOURCE_DATE_EPOCH sets it, so that equal facts can give equal sheets."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        day = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH takes seconds since 1970, not {printable(epoch)!r}") from None
    return f"{day:%Y-%m-%d}"


def name_of(row: Row) -> str:
    """Name a fact: by its name, else by who or where, and when."""
    for key in TITLES:
        if row.values.get(key):
            return str(row.values[key])
    parts = [row.values.get("speaker") or row.values.get("city"), row.values.get("year")]
    return ", ".join(str(part) for part in parts if part) or row.id


def _title(store: FactStore, own: View) -> str:
    award = _award(store, own.localizer)
    return f"{name_of(own.rows[0])} – {award}" if own.kind in ABOUT_THE_AWARD and award else name_of(own.rows[0])


def _award(store: FactStore, localizer: Localizer, field: str = "name") -> str:
    """Return the name, or another text, of the award that the fact base is about: its first one."""
    award = next(iter(store.ids("awards")), "")
    value = store.fact(award)[1].get(field) if award else None
    return localizer.text(award, field, value)[0] if value else ""


def _lead(store: FactStore, localizer: Localizer, kind: str) -> str:
    """Say what the award is, for a stranger."""
    purpose = _award(store, localizer, "purpose") if kind in ABOUT_THE_AWARD else ""
    return f"{_award(store, localizer)}: {purpose}" if purpose else ""


def figures_of(store: FactStore, own: View, views: list[View]) -> list[tuple[str, str]]:
    """Return the key figures of a page with results: best result, results, prize money, and counts of the rest."""
    by_kind = {view.kind: view for view in views[1:]}
    results = by_kind.get("results")
    if results is None or not results.rows:
        return []
    label, number = own.localizer.label, own.localizer.number
    order = store.ids("statuses")
    best = min(results.rows, key=lambda row: order.index(row.values["status"]))
    money = sum(row.values["prize_eur"] or 0 for row in results.rows)
    figures = []
    if own.kind in {"cities", "countries"}:
        alike = [row.values["edition"] for row in results.rows if row.values["status"] == best.values["status"]]
        editions = "" if own.kind == "countries" else f" {', '.join(dict.fromkeys(alike))}"
        figures.append((label("page.best_result"), f"{own.localizer.name(best.values['status'])}{editions}"))
    if own.kind == "editions":
        shown = [column for column in own.columns if column.key in {"date", "winners"}]
        figures += [(column.label, own.cell(own.rows[0], column)) for column in shown if own.rows[0].values[column.key]]
    figures.append((results.title, number(len(results.rows))))
    figures += [(label("page.prize_money"), own.localizer.money(money, "EUR"))] if money else []
    for kind in ("initiatives", "quotes"):
        view = by_kind.get(kind)
        figures += [(view.title, number(len(view.rows)))] if view and view.rows else []
    return figures


def _see_also(store: FactStore, localizer: Localizer, kind: str, fact_id: str) -> list[Section]:
    """Name the bodies around a city, or the city at the heart of a body."""
    bodies = bodies_near(store, fact_id) if kind == "cities" else []
    named = [f"{localizer.text(body, 'name', store.fact(body)[1]['name'])[0]} ({body})" for body in bodies]
    statements = [Statement("", name, []) for name in named]
    return [Section("see_also", localizer.label("page.see_also"), statements)] if statements else []


def _related(store: FactStore, kind: str, fact_id: str, spec: Doc) -> list[View]:
    views = []
    for section in spec["sections"]:
        found = _linked(store, kind, fact_id, section, link_of(spec, section))
        found = [(i, doc) for i, doc in found if is_told(section, doc)]
        views.append(view_of(store, section, found, marks=MARKS))
    if kind == "sources":
        for row in (row for view in views for row in view.rows):
            row.citations = [citation for citation in row.citations if citation["id"] == fact_id]
    return views


def link_of(spec: Doc, section: str) -> str:
    """Return the field by which the facts of a section refer to the thing of a page."""
    return str(spec["linked_by"].get(section, spec["link"]))


def is_told(section: str, doc: Doc) -> bool:
    """Whether a section has a fact: of a prize that a result was paid, the result tells all but the purpose."""
    return section != "prizes" or "result" not in doc or "purpose" in doc


def _linked(store: FactStore, kind: str, fact_id: str, section: str, field: str) -> Found:
    """Find the facts of a section: those that cite a source, or refer to a fact in a field."""
    if kind == "sources":
        sql = """SELECT f.id, f.doc FROM cited c JOIN facts f ON f.seq = c.seq
                 WHERE c.source = ? AND f.kind = ? ORDER BY f.rank, f.seq"""
        return [(i, json.loads(doc)) for i, doc in store.rows(sql, fact_id, section)]
    keys = {field_of: key for key, (field_of, _) in store.kind(section)["filters"].items()} | {"country": "country"}
    if field in keys:
        return select(store, section, **{keys[field]: [fact_id]})
    sql = "SELECT id, doc FROM facts WHERE kind = ? AND json_extract(doc, ?) = ? ORDER BY rank, seq"
    return [(i, json.loads(doc)) for i, doc in store.rows(sql, section, f"$.{field}", fact_id)]


def _section(store: FactStore, view: View, notes: Footnotes, implied: Iterable[str], *, brief: bool) -> Section:
    spec = store.kind(view.kind)["page"]
    most, differing = MOST_ON_BRIEFS.get(view.kind, (0, ())) if brief else (0, ())
    if most and len(view.rows) > most:
        rest = view.localizer.label("page.and_more").replace("{}", str(len(view.rows) - most))
        chosen = view._replace(rows=_most_different(view.rows, most, differing))
        section = section_of(chosen, spec["short_sentence"] or spec["sentence"], notes, set(implied))
        return section._replace(statements=[*section.statements, Statement("", rest, [])])
    return section_of(view, (brief and spec["short_sentence"]) or spec["sentence"], notes, set(implied))


def _most_different(rows: list[Row], most: int, keys: tuple[str, ...]) -> list[Row]:
    """Choose some rows, in their order: first one for each value of the keys, and of those what is not translated."""
    printed_first = sorted(rows, key=lambda row: bool(row.values.get("translated")))
    firsts = {tuple(row.values.get(key) for key in keys): row for row in reversed(printed_first)}.values()
    chosen = sorted(rows, key=lambda row: (row not in firsts, bool(row.values.get("translated")), rows.index(row)))[
        :most
    ]
    return [row for row in rows if row in chosen]


def _by_ids(store: FactStore, ids: Iterable[str]) -> Found:
    return [(fact_id, store.fact(fact_id)[1]) for fact_id in sorted(ids)]


def _gaps(store: FactStore, views: list[View]) -> set[str]:
    ids = [row.id for view in views for row in view.rows]
    return {row[0] for fact_id in ids for row in store.rows("SELECT gap FROM gaps_about WHERE fact = ?", fact_id)}


def _data(kind: str, fact_id: str, views: list[View]) -> Doc:
    own = views[0]
    related: dict[str, list[Any]] = {view.kind: view.objects() for view in views[1:]}
    row = own.rows[0]
    data = {"id": fact_id, "kind": kind, "title": name_of(own.rows[0]), "lang": own.lang}
    data |= {key: value for key, value in row.values.items() if key not in data}
    return {**data, "related": related}
