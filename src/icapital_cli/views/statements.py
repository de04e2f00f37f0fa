"""Statements: the rows of a view as sentences, and as a table, with the numbers of their sources."""

from collections.abc import Collection
from typing import Any, NamedTuple

from icapital_cli.store.facts import Doc
from icapital_cli.views.footnotes import Footnotes
from icapital_cli.views.rows import Column, Row
from icapital_cli.views.view import View

UNLABELLED = {"reason", "summary", "text", "what", "purpose"}  # texts that need no label before them in a statement
SHORT = {"topic", "role"}  # texts of a few words, which need none either
LABELLED = {"since", "rank", "number_of_prizes"}  # short values that do
NOT_KEY_FACTS = {
    "latitude",
    "longitude",
    "geonames",
    "wikidata",
    "id",
    "lang",
    "sources",
    "disputes",
    "touches",
    "years",
    "name",
    "title",
    "timeline",
    "original",
}
TABULAR = ("results", "schemes")  # kinds that read best as a table, where a format has tables
GROUPING, SMALLEST_GROUP = "category", 3  # a column that becomes headings above rows, and how many on average
SHORT_LABELS = {"edition", "year"}  # columns that are never broken over lines


class Statement(NamedTuple):
    """What is said, after a few words that it is about; who said it, for a quote; the numbers of its sources."""

    lead: str
    text: str
    notes: list[int]
    said_by: str = ""

    @property
    def line(self) -> str:
        """The statement on one line."""
        said = f"{self.text} – {self.said_by}" if self.said_by else self.text
        return f"{self.lead}: {said}" if self.lead and said else self.lead or said


class Table(NamedTuple):
    """Headings, whether each column may be broken over lines, and rows of cells with the numbers of their sources.

    The caption has what is the same in every row; `groups` are the headings above rows, by the number of the row.
    """

    caption: str
    headings: list[str]
    breakable: list[bool]
    rows: list[tuple[list[str], list[int]]]
    groups: dict[int, str] = {}


class Section(NamedTuple):
    """Statements under a heading; some kinds as a table too."""

    kind: str
    title: str
    statements: list[Statement]
    table: Table | None = None


def section_of(view: View, keys: list[str], notes: Footnotes, implied: Collection[str]) -> Section:
    """Make the section of a view: `keys` in this order, without those that the page itself makes clear."""
    kept = [key for key in keys if key not in implied]
    statements = [_statement(view, row, kept, notes) for row in view.rows]
    table = _table(view, kept, statements) if view.kind in TABULAR else None
    return Section(view.kind, view.title, statements, table)


def _statement(view: View, row: Row, keys: list[str], notes: Footnotes) -> Statement:
    """Put the cells of a row into a statement: short ones before, then the texts as sentences."""
    columns = {column.key: column for column in view.columns}
    short, long = list[str](), list[str]()
    for key in keys:
        column = columns[key]
        if row.values[key] in (None, [], ""):
            continue
        cell = view.cell(row, column)
        if key in {"year", "city"} and any(cell in said for said in short):  # the topic, or the organisation, names it
            continue
        if key in UNLABELLED:
            long.append(cell)
        elif key not in SHORT and (column.column_type.is_labelled or key in LABELLED):
            long.append(f"{column.label}: {cell}")
        else:
            short.append(cell)
    if view.kind == "quotes":
        return Statement("", long[0], notes.numbers(row.citations), ", ".join(short + long[1:]))
    numbers = notes.of_sides(row) if view.kind == "disputes" else notes.numbers(row.citations)
    text = " ".join(text if text.endswith((".", "!", "?", ")", "]", "†")) else text + "." for text in long)
    return Statement(", ".join(short), text, numbers)


def _table(view: View, keys: list[str], statements: list[Statement]) -> Table:
    """The columns of which at least one row has a value; what is the same in every row is the caption."""
    columns = [
        column
        for key in keys
        for column in view.columns
        if column.key == key and any(row.values[key] not in (None, [], "") for row in view.rows)
    ]
    same = [c for c in columns if len(view.rows) > 1 and len({view.cell(row, c) for row in view.rows}) == 1]
    caption = ", ".join(view.cell(view.rows[0], column) for column in same)
    columns = [column for column in columns if column not in same]
    groups: dict[int, str] = {}
    for column in (column for column in columns[1:] if column.key == GROUPING):
        cells = [view.cell(row, column) for row in view.rows]
        groups = {number: cell for number, cell in enumerate(cells) if number == 0 or cell != cells[number - 1]}
        if len(groups) * SMALLEST_GROUP > len(cells):
            groups = {}
    columns = [column for column in columns if not (groups and column.key == GROUPING)]
    types = [(column.key, column.type, column.column_type) for column in columns]
    breakable = [
        key not in SHORT_LABELS and (name in {"name", "line"} or (of.is_labelled and not of.is_unbreakable))
        for key, name, of in types
    ]
    rows = [
        (["" if _is_unknown_text(row, c) else view.cell(row, c) for c in columns], said.notes)
        for row, said in zip(view.rows, statements, strict=True)
    ]
    return Table(caption, [column.label for column in columns], breakable, rows, groups)


def _is_unknown_text(row: Row, column: Column) -> bool:
    """Whether a cell would only say that a text is unknown, which the list of gaps says."""
    return column.key in UNLABELLED and row.values[column.key] is None and column.key not in row.disputed


def key_facts(own: View, notes: Footnotes) -> list[Statement]:
    """State each value of a fact, with the sources that state it."""
    row = own.rows[0]
    return [
        Statement(column.label, own.cell(row, column), notes.numbers(stating_of(row, column)))
        for column in key_columns(own, row)
    ]


def key_columns(view: View, row: Row) -> list[Column]:
    """Return the columns whose values a page states about a fact."""
    named: dict[str, Column] = {}
    for column in view.columns:
        if _is_key_fact(column, row.values.get(column.key), row):
            named.setdefault(str(column.steps or column.key), column)  # a value that has two keys, under the first
    # A thing of which only the name is known still says who states the name.
    return [*named.values()] or [column for column in view.columns if column.key == "name"]


def stating_of(row: Row, column: Column) -> list[Doc]:
    """Return the citations that state the value of a column, or where none says what it states, all of them."""
    field = column.steps[0][0] if column.steps else column.key
    stating = []
    for citation, cited in zip(row.citations, row.cited, strict=True):
        fields = (*cited.get("supports", ()), *cited.get("states", ()))
        if not fields or field in fields:
            stating.append(citation)
    return stating or row.citations


def _is_key_fact(column: Column, value: Any, row: Row) -> bool:
    told = column.key in NOT_KEY_FACTS or column.key.endswith(("_id", "_code"))
    return not told and (value not in (None, [], "") or column.key in row.unknown)
