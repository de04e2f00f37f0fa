"""Everything about one fact, city, person or source: statements with numbered footnotes, disputes and gaps.

A page is made of views; each row becomes a statement. How it looks on paper or screen is for the formats of pages.
"""

import json
import os
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from icapital_cli.errors import UsageError, printable
from icapital_cli.query.select import Found, select
from icapital_cli.store.facts import Doc, FactStore
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.rows import Row
from icapital_cli.views.view import View, view_of

TITLES = ("name", "label", "title", "topic", "what")
UNLABELLED = {"reason", "summary", "text", "what", "topic"}  # texts that need no label before them in a statement
LABELLED = {"since", "rank", "number_of_prizes"}  # short values that do
NOT_KEY_FACTS = {"id", "lang", "sources", "disputes", "touches", "years", "name", "title", "timeline", "original"}
BEST = 2  # citations of a statement on a fact sheet; `show` has them all


class Statement(NamedTuple):
    """A line of text, and the numbers of its footnotes."""

    text: str
    notes: list[int]
    quoted: bool = False


class Section(NamedTuple):
    """Statements under a heading."""

    kind: str
    title: str
    statements: list[Statement]


class Footnote(NamedTuple):
    """A source: its description, its address, and its title with the language of the title."""

    text: str
    url: str
    title: str = ""
    lang: str = ""


class Page(NamedTuple):
    """A page about one thing, in one language."""

    id: str
    kind: str
    title: str
    lang: str
    sections: list[Section]
    footnotes: list[Footnote]
    headings: dict[str, str]
    version: str
    data: Doc


class Footnotes:
    """Numbers citations in the order in which they are met."""

    def __init__(self, localizer: Localizer, *, brief: bool) -> None:
        """Number each place on a page; for a brief each page, and only the best few for a statement."""
        self._localizer, self._brief = localizer, brief
        self._numbers: dict[tuple[str, str], int] = {}
        self.texts: list[Footnote] = []

    def numbers(self, citations: Iterable[Doc]) -> list[int]:
        """Return the numbers of some citations."""
        chosen = list(citations)
        if self._brief:
            chosen = sorted(chosen, key=lambda citation: citation["excerpt"] is None)[:BEST]
        return sorted({self._number(citation) for citation in chosen})

    def of_sides(self, row: Row) -> list[int]:
        """Return the numbers for a dispute: all of them, or for a brief the first source of each side."""
        sides = [claim["sources"][0] for claim in row.values["claims"]] if self._brief else row.citations
        return sorted({self._number(citation) for citation in sides})

    def _number(self, citation: Doc) -> int:
        place = "" if self._brief else citation["locator"]
        key = (citation["id"], place)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            date = (
                self._localizer.localized("date", citation["date"])
                if citation["date"]
                else self._localizer.label("page.undated")
            )
            parts = [f"{citation['publisher']}: {citation['title']}", date, place]
            text, lang = (
                ", ".join(part for part in parts if part),
                self._localizer.store.fact(citation["id"])[1]["lang"],
            )
            self.texts.append(Footnote(text, citation["url"] or "", citation["title"], lang))
        return self._numbers[key]


def page_of(store: FactStore, kind: str, fact_id: str, *, brief: bool = False) -> Page:
    """Make the page of one thing; a `brief` one leaves out what a fact sheet does not need."""
    own = view_of(store, kind, [(fact_id, store.fact(fact_id)[1])])
    notes = Footnotes(own.localizer, brief=brief)
    left_out = ({"contacts", "rules"} | ({"posts"} if kind != "people" else set())) if brief else set()
    spec = store.kind(kind)["page"]
    views = [own, *(view for view in _related(store, kind, fact_id, spec) if view.kind not in left_out)]
    sections = [_key_facts(own, notes, views)]
    sections += [_section(store, view, notes, spec["implied"], brief=brief) for view in views[1:] if view.rows]
    disputed = {dispute for view in views for row in view.rows for dispute in row.values["disputes"]}
    disputes = view_of(store, "disputes", _by_ids(store, disputed))
    gaps = view_of(store, "gaps", _by_ids(store, _gaps(store, views)))
    boxed = (disputes,) if brief else (disputes, gaps)
    sections += [_section(store, view, notes, (), brief=brief) for view in boxed if view.rows]
    label = own.localizer.label
    headings = {key: label(f"kind.{key}") for key in ("sources", "disputes")}
    headings["own_words"] = label("note.own")
    version = label("page.stand").replace("{version}", store.meta("version"))
    version = version.replace("{digest}", store.meta("digest")[:12])
    version = f"{_today()}. {version}" if brief else version
    data = _data(kind, fact_id, [*views, disputes, gaps])
    return Page(fact_id, kind, _title(own), store.lang, sections, notes.texts, headings, version, data)


def _today() -> str:
    """Return the day of writing; SOURCE_DATE_EPOCH sets it, so that equal facts can give equal sheets."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        day = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH takes seconds since 1970, not {printable(epoch)!r}") from None
    return f"{day:%Y-%m-%d}"


def _title(own: View) -> str:
    row = own.rows[0]
    for key in TITLES:
        if row.values.get(key):
            return str(row.values[key])
    parts = [row.values.get("speaker") or row.values.get("city"), row.values.get("year")]
    return ", ".join(str(part) for part in parts if part) or row.id


def _related(store: FactStore, kind: str, fact_id: str, spec: Doc) -> list[View]:
    views = []
    for section in spec["sections"]:
        found = _linked(store, kind, fact_id, section, spec["linked_by"].get(section, spec["link"]))
        if kind == "cities" and section == "prizes":
            found = [(i, doc) for i, doc in found if doc["award"] != "icapital" or "purpose" in doc]
        views.append(view_of(store, section, found))
    if kind == "sources":
        for row in (row for view in views for row in view.rows):
            row.citations = [citation for citation in row.citations if citation["id"] == fact_id]
    return views


def _linked(store: FactStore, kind: str, fact_id: str, section: str, field: str) -> Found:
    """Find the facts of a section: those that cite a source, or refer to a fact in a field."""
    if kind == "sources":
        sql = """SELECT f.id, f.doc FROM cited c JOIN facts f ON f.seq = c.seq
                 WHERE c.source = ? AND f.kind = ? ORDER BY f.rank, f.seq"""
        return [(i, json.loads(doc)) for i, doc in store.rows(sql, fact_id, section)]
    keys = {field_of: key for key, (field_of, _) in store.kind(section)["filters"].items()}
    if field in keys:
        filters: dict[str, str | None] = {keys[field]: fact_id}
        return select(store, section, **filters)
    sql = "SELECT id, doc FROM facts WHERE kind = ? AND json_extract(doc, ?) = ? ORDER BY rank, seq"
    return [(i, json.loads(doc)) for i, doc in store.rows(sql, section, f"$.{field}", fact_id)]


def _by_ids(store: FactStore, ids: Iterable[str]) -> Found:
    return [(fact_id, store.fact(fact_id)[1]) for fact_id in sorted(ids)]


def _gaps(store: FactStore, views: list[View]) -> set[str]:
    ids = [row.id for view in views for row in view.rows]
    return {row[0] for fact_id in ids for row in store.rows("SELECT gap FROM gaps_about WHERE fact = ?", fact_id)}


def _key_facts(own: View, notes: Footnotes, views: list[View]) -> Section:
    row = own.rows[0]
    columns = [
        column
        for column in own.columns
        if column.key not in NOT_KEY_FACTS
        and not column.key.endswith(("_id", "_code"))
        and row.values[column.key] not in (None, [], "")
    ]
    # A thing of which only the name is known still says who states the name.
    columns = columns or [column for column in own.columns if column.key == "name"]
    statements = []
    for column in columns:
        field = column.steps[0][0] if column.steps else column.key
        stating = [c for c, fields in zip(row.citations, row.supports, strict=True) if not fields or field in fields]
        text = f"{column.label}: {own.cell(row, column)}"
        statements.append(Statement(text, notes.numbers(stating or row.citations)))
    money = [
        r.values["prize_eur"] for view in views if view.kind == "results" for r in view.rows if r.values["prize_eur"]
    ]
    if own.kind == "cities" and money:
        total = own.localizer.money(sum(money), "EUR")
        statements.append(Statement(f"{own.localizer.label('page.prize_money')}: {total}", []))
    return Section("facts", own.localizer.label("page.facts"), statements)


def _section(store: FactStore, view: View, notes: Footnotes, skip: Collection[str], *, brief: bool) -> Section:
    page = store.kind(view.kind)["page"]
    keys = (brief and page["short_sentence"]) or page["sentence"]
    statements = [_statement(view, row, [key for key in keys if key not in skip], notes) for row in view.rows]
    return Section(view.kind, view.title, statements)


def _statement(view: View, row: Row, keys: list[str], notes: Footnotes) -> Statement:
    """Put the cells of a row into one line: short ones first, then the texts as sentences."""
    columns = {column.key: column for column in view.columns}
    short, long = [], []
    for key in keys:
        column = columns[key]
        if row.values[key] in (None, [], ""):
            continue
        cell = view.cell(row, column)
        if key in UNLABELLED:
            long.append(cell)
        elif column.column_type.is_labelled or key in LABELLED:
            long.append(f"{column.label}: {cell}")
        else:
            short.append(cell)
    if view.kind == "quotes":
        return Statement(f"{long[0]} – {', '.join(short + long[1:])}", notes.numbers(row.citations), quoted=True)
    lead = ", ".join(short)
    rest = " ".join(text if text.endswith((".", "!", "?", ")", "]", "†")) else text + "." for text in long)
    text = f"{lead}: {rest}" if lead and rest else lead or rest
    return Statement(text, notes.of_sides(row) if view.kind == "disputes" else notes.numbers(row.citations))


def _data(kind: str, fact_id: str, views: list[View]) -> Doc:
    own = views[0]
    related: dict[str, list[Any]] = {}
    for view in views[1:]:
        related[view.kind] = view.objects()
    row = own.rows[0]
    data = {"id": fact_id, "kind": kind, "title": _title(own), "lang": own.lang}
    data |= {key: value for key, value in row.values.items() if key not in data}
    return {**data, "related": related}
