"""Everything about one fact, city, person or source: statements with numbered footnotes, disputes and gaps.

A page is made of views; each row becomes a statement. How it looks on paper or screen is for `sheet`.
"""

import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from icapital_cli.errors import UsageError, printable
from icapital_cli.index import Doc, Index
from icapital_cli.query import Found, select
from icapital_cli.rows import Row
from icapital_cli.spell import Speller
from icapital_cli.view import View, view_of

BARE = {"reason", "summary", "text", "what", "topic", "name", "label", "title"}
UNTOLD = {"id", "lang", "sources", "disputes", "touches", "years", "name", "title", "timeline", "original"}
SECTIONS = {
    "cities": ("results", "prizes", "initiatives", "quotes", "posts", "contacts"),
    "people": ("posts", "quotes", "contacts"),
    "editions": ("results", "schemes", "milestones", "rules", "initiatives", "posts", "quotes"),
    "organisations": ("posts", "contacts"),
    "awards": ("editions", "prizes"),
    "categories": ("results",),
    "statuses": (),
    "sources": (
        *("results", "prizes", "schemes", "milestones", "rules", "initiatives", "quotes", "posts", "contacts"),
        *("editions", "cities", "people", "organisations", "awards", "categories"),
    ),
}
LINKS = {"cities": "city", "people": "person", "editions": "edition", "organisations": "organisation"}
OWN = {
    "cities": {"city", "country"},
    "people": {"name", "speaker"},
    "editions": {"year", "edition"},
    "organisations": {"organisation"},
}


BEST = 2  # citations of a statement on a fact sheet; `show` has them all
# What a fact sheet says of a row, where that is less than a page says.
BRIEF = {
    "results": ["edition", "category", "status", "prize_eur", "reason"],
    "prizes": ["award", "year", "status", "amount", "purpose"],
    "initiatives": ["name", "year", "figures"],
    "disputes": ["topic", "believed"],
}


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
    """A source: the words that name it, its address, and its title with the language of the title."""

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
    stand: str
    data: Doc


class Footnotes:
    """Numbers citations in the order in which they are met."""

    def __init__(self, spell: Speller, *, brief: bool) -> None:
        """Number each place on a page; for a brief each page, and only the best few for a statement."""
        self._spell, self._brief = spell, brief
        self._numbers: dict[tuple[str, str], int] = {}
        self.texts: list[Footnote] = []

    def numbers(self, citations: Iterable[Doc]) -> list[int]:
        """Give the numbers of some citations."""
        chosen = list(citations)
        if self._brief:
            chosen = sorted(chosen, key=lambda citation: citation["excerpt"] is None)[:BEST]
        return sorted({self._number(citation) for citation in chosen})

    def of_sides(self, row: Row) -> list[int]:
        """Give the numbers for a dispute: all of them, or for a brief the first source of each side."""
        sides = [claim["sources"][0] for claim in row.values["claims"]] if self._brief else row.citations
        return sorted({self._number(citation) for citation in sides})

    def _number(self, citation: Doc) -> int:
        place = "" if self._brief else citation["locator"]
        key = (citation["id"], place)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            date = (
                self._spell.spelled("date", citation["date"])
                if citation["date"]
                else self._spell.labelled("page.undated")
            )
            parts = [f"{citation['publisher']}: {citation['title']}", date, place]
            text, lang = ", ".join(part for part in parts if part), self._spell.index.fact(citation["id"])[1]["lang"]
            self.texts.append(Footnote(text, citation["url"] or "", citation["title"], lang))
        return self._numbers[key]


def page_of(index: Index, kind: str, fact_id: str, *, brief: bool = False) -> Page:
    """Make the page of one thing; a `brief` one leaves out what a fact sheet does not need."""
    doc = index.fact(fact_id)[1]
    own = view_of(index, kind, [(fact_id, doc)])
    notes = Footnotes(own.spell, brief=brief)
    views = [own] if brief or kind not in SECTIONS else [own, *_related(index, kind, fact_id)]
    if brief and kind in SECTIONS:
        left_out = {"contacts", "rules"} | ({"posts"} if kind != "people" else set())
        views += [view for view in _related(index, kind, fact_id) if view.kind not in left_out]
    sections = [_key_facts(index, own, notes, views)]
    skip = OWN.get(kind, set())
    sections += [_section(index, view, notes, skip, brief=brief) for view in views[1:] if view.rows]
    disputed = {dispute for view in views for row in view.rows for dispute in row.values["disputes"]}
    disputes = view_of(index, "disputes", _by_ids(index, disputed))
    gaps = view_of(index, "gaps", _by_ids(index, _gaps(index, views)))
    boxed = (disputes,) if brief else (disputes, gaps)
    sections += [_section(index, view, notes, set(), brief=brief) for view in boxed if view.rows]
    data = _data(index, kind, fact_id, [*views, disputes, gaps])
    headings = {key: index.label(f"kind.{key}") for key in ("sources", "disputes")}
    headings["translation"] = index.label("note.own")
    stand = (
        index.label("page.stand")
        .replace("{version}", index.meta("version"))
        .replace("{digest}", index.meta("digest")[:12])
    )
    stand = f"{_today()}. {stand}" if brief else stand
    return Page(fact_id, kind, _title(own), index.lang, sections, notes.texts, headings, stand, data)


def _today() -> str:
    """Give the day of writing; SOURCE_DATE_EPOCH sets it, so that equal facts can give equal sheets."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        day = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH takes seconds since 1970, not {printable(epoch)!r}") from None
    return f"{day:%Y-%m-%d}"


def _title(own: View) -> str:
    row = own.rows[0]
    for key in ("name", "label", "title", "topic", "what"):
        if row.values.get(key):
            return str(row.values[key])
    parts = [row.values.get("speaker") or row.values.get("city"), row.values.get("year")]
    return ", ".join(str(part) for part in parts if part) or row.id


def _related(index: Index, kind: str, fact_id: str) -> list[View]:
    views = []
    for section in SECTIONS[kind]:
        found = _linked(index, kind, fact_id, section)
        if kind == "cities" and section == "prizes":
            found = [(i, doc) for i, doc in found if doc["award"] != "icapital" or "purpose" in doc]
        views.append(view_of(index, section, found))
    if kind == "sources":
        for row in (row for view in views for row in view.rows):
            row.citations = [citation for citation in row.citations if citation["id"] == fact_id]
    return views


def _linked(index: Index, kind: str, fact_id: str, section: str) -> Found:
    if kind == "sources":
        # A fact's number is its file's, and its place in it: only files that cite the source are looked through.
        sql = """SELECT f.id, f.doc FROM refs r JOIN facts f ON f.seq BETWEEN r.file << 18 AND (r.file + 1 << 18) - 1
                 WHERE r.target = ?2 AND r.kind = 'cited' AND f.kind = ?1 AND EXISTS (
                 SELECT 1 FROM json_each(f.doc, '$.citations') WHERE json_extract(value, '$.source') = ?2)
                 ORDER BY f.rank, f.seq"""
        found = [(i, json.loads(doc)) for i, doc in index.rows(sql, section, fact_id)]
        return [(i, doc) for i, doc in found if "result" not in doc]
    field = {"awards": "award", "categories": "category"}.get(kind) or LINKS[kind]
    keys = {
        value: key for key, value in json.loads(index.one("SELECT filters FROM kinds WHERE kind = ?", section)).items()
    }
    field = "speaker" if field == "person" and section == "quotes" else field
    if field in keys:
        filters: dict[str, str | None] = {keys[field]: fact_id}
        return select(index, section, **filters)
    sql = "SELECT id, doc FROM facts WHERE kind = ? AND json_extract(doc, ?) = ? ORDER BY rank, seq"
    return [(i, json.loads(doc)) for i, doc in index.rows(sql, section, f"$.{field}", fact_id)]


def _by_ids(index: Index, ids: Iterable[str]) -> Found:
    return [(fact_id, index.fact(fact_id)[1]) for fact_id in sorted(ids)]


def _gaps(index: Index, views: list[View]) -> set[str]:
    ids = [row.id for view in views for row in view.rows]
    return {row[0] for fact_id in ids for row in index.rows("SELECT gap FROM gaps_about WHERE fact = ?", fact_id)}


def _key_facts(index: Index, own: View, notes: Footnotes, views: list[View]) -> Section:
    row = own.rows[0]
    columns = [
        column
        for column in own.columns
        if column.key not in UNTOLD
        and not column.key.endswith(("_id", "_code"))
        and row.values[column.key] not in (None, [], "")
    ]
    # A thing of which only the name is known still says who states the name.
    columns = columns or [column for column in own.columns if column.key == "name"]
    statements = []
    for column in columns:
        field = column.steps[0][0] if column.steps else column.key
        stating = [c for c, fields in zip(row.citations, row.supports, strict=True) if not fields or field in fields]
        text = f"{column.label}: {own.spell.cell(column, row)}"
        statements.append(Statement(text, notes.numbers(stating or row.citations)))
    money = [
        r.values["prize_eur"] for view in views if view.kind == "results" for r in view.rows if r.values["prize_eur"]
    ]
    if own.kind == "cities" and money:
        statements.append(Statement(f"{index.label('page.prize_money')}: {own.spell.money(sum(money), 'EUR')}", []))
    return Section("facts", index.label("page.facts"), statements)


def _section(index: Index, view: View, notes: Footnotes, skip: set[str], *, brief: bool = False) -> Section:
    line = json.loads(index.one("SELECT line FROM kinds WHERE kind = ?", view.kind))
    line = BRIEF.get(view.kind, line) if brief else line
    statements = [statement_of(view, row, line, skip, notes) for row in view.rows]
    return Section(view.kind, view.title, statements)


def statement_of(view: View, row: Row, line: list[str], skip: set[str], notes: Footnotes) -> Statement:
    """Put the cells of a row into one line: short ones first, then the texts as sentences."""
    columns = {column.key: column for column in view.columns}
    short, long = [], []
    for key in line:
        column = columns[key]
        if key in skip or row.values[key] in (None, [], ""):
            continue
        cell = view.spell.cell(column, row)
        if key == "text" or (column.type == "text" and key in BARE):
            long.append(cell)
        elif column.type in {"text", "list", "winners", "figures", "claims", "url"} or key in {
            "since",
            "rank",
            "number_of_prizes",
        }:
            long.append(f"{column.label}: {cell}")
        else:
            short.append(cell)
    if view.kind == "quotes":
        return Statement(f"{long[0]} – {', '.join(short + long[1:])}", notes.numbers(row.citations), quoted=True)
    lead = ", ".join(short)
    rest = " ".join(text if text.endswith((".", "!", "?", ")", "]", "†")) else text + "." for text in long)
    text = f"{lead}: {rest}" if lead and rest else lead or rest
    return Statement(text, notes.of_sides(row) if view.kind == "disputes" else notes.numbers(row.citations))


def _data(index: Index, kind: str, fact_id: str, views: list[View]) -> Doc:
    own = views[0]
    related: dict[str, list[Any]] = {}
    for view in views[1:]:
        related[view.kind] = [{key: row.values[key] for key in view.field_names} for row in view.rows]
    row = own.rows[0]
    data = {"id": fact_id, "kind": kind, "title": _title(own), "lang": index.lang}
    data |= {key: value for key, value in row.values.items() if key not in data}
    return {**data, "related": related}
