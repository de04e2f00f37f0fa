"""Statements: the rows of a view as sentences, and as a table, with the numbers of their sources."""

from collections.abc import Collection
from typing import Any, NamedTuple

from icapital_cli.store.facts import Doc
from icapital_cli.views.footnotes import Footnotes
from icapital_cli.views.rows import Column, Row
from icapital_cli.views.view import View

UNLABELLED = {"reason", "summary", "text", "what"}  # texts that need no label before them in a statement
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
TABULAR = ("results", "prizes", "schemes")  # kinds that read best as a table, where a format has tables


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

    The caption has what is the same in every row.
    """

    caption: str
    headings: list[str]
    breakable: list[bool]
    rows: list[tuple[list[str], list[int]]]


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
        if key == "year" and any(cell in said for said in short):  # the topic of a dispute often names it
            continue
        if key in UNLABELLED:
            long.append(cell)
        elif key != "topic" and (column.column_type.is_labelled or key in LABELLED):
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
    types = [(column.type, column.column_type) for column in columns]
    breakable = [name in {"name", "line"} or (of.is_labelled and not of.is_unbreakable) for name, of in types]
    rows = [(view.cells(row, columns), said.notes) for row, said in zip(view.rows, statements, strict=True)]
    return Table(caption, [column.label for column in columns], breakable, rows)


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
    stating = [c for c, fields in zip(row.citations, row.supports, strict=True) if not fields or field in fields]
    return stating or row.citations


def _is_key_fact(column: Column, value: Any, row: Row) -> bool:
    told = column.key in NOT_KEY_FACTS or column.key.endswith(("_id", "_code"))
    return not told and (value not in (None, [], "") or column.key in row.unknown)
