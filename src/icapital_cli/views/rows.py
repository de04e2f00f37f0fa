"""Rows: the values of a fact by column, with what is disputed, and the languages of its texts."""

from collections.abc import Collection
from typing import Any, NamedTuple

from icapital_cli.store.facts import Doc, FactStore
from icapital_cli.views import array_types  # noqa: F401 - registers its types
from icapital_cli.views.column_types import COLUMN_TYPES, ColumnType
from icapital_cli.views.localizer import Localizer

CITED = ("id", "publisher", "title", "url", "date")


class Column(NamedTuple):
    """One column: the key of the JSON promise, its heading, its type, whether people see it, the path to its value.

    A step of the path is a field and the kind that the field refers to, if any.
    """

    key: str
    label: str
    type: str
    shown: bool
    steps: list[Any] = []
    choices: list[str] = []

    @property
    def column_type(self) -> ColumnType:
        """What knows how such values read, and are formatted, aligned and described."""
        return COLUMN_TYPES[self.type]


class Row:
    """One fact: its values by key, its citations, the disputes about its cells, the languages of its texts."""

    def __init__(self, fact_id: str, values: Doc | None = None) -> None:
        """Start with some values."""
        self.id = fact_id
        self.values: Doc = {"id": fact_id} if values is None else values
        self.langs: dict[str, str] = {}
        self.disputed: dict[str, list[str]] = {}
        self.unknown: set[str] = set()  # keys of which a listed gap says that nobody was found to state them
        self.citations: list[Doc] = []
        self.supports: list[list[str]] = []
        self.formatted: dict[str, str] = {}  # cells of which the column cannot know how they are formatted


class Origin(NamedTuple):
    """Where a value comes from: the field of a fact, for the cell of a row."""

    builder: "RowBuilder"
    row: Row
    column: Column
    owner: str
    field: str


class RowBuilder:
    """Builds rows: walks the paths of columns, and records on the way what is disputed."""

    def __init__(self, store: FactStore, *, marks: Collection[str] = ("open",)) -> None:
        """Build rows from one store; `marks` are the weights of disputes that mark a cell."""
        self.store, self.marks = store, marks
        self.localizer = Localizer(store)
        self._sources: dict[str, Doc] = {}
        self._disputed: dict[str, list[tuple[str, str, str]]] = {}

    def row(self, kind: str, fact_id: str, doc: Doc, columns: list[Column]) -> Row:
        """Build the row of one fact."""
        row = Row(fact_id)
        row.citations = self.citations(doc)
        row.supports = [[*c.get("supports", ()), *c.get("states", ())] for c in doc.get("citations", ())]
        self.store.remember(fact_id, kind, doc)
        for column in columns[1:]:
            if column.steps:
                self._fill(row, column, fact_id, doc)
        row.values["lang"] = doc["lang"] if "publisher" in doc else self._language(row, columns)
        if kind != "sources":
            row.values["sources"] = row.citations
        row.values["disputes"] = self.disputes(fact_id)
        row.values = {
            c.key: [] if c.column_type.is_array and not row.values.get(c.key) else row.values.get(c.key)
            for c in columns
        }
        return row

    def citations(self, doc: Doc) -> list[Doc]:
        """Return the citations of a fact, as the JSON promise has them."""
        return [self.citation(citation) for citation in doc.get("citations", ())]

    def citation(self, citation: Doc) -> Doc:
        """Return a citation with what identifies its source."""
        source = citation["source"]
        if source not in self._sources:
            doc = self.store.fact(source)[1]
            self._sources[source] = {key: doc.get(key) for key in CITED}
        place = {key: citation.get(key) for key in ("locator", "excerpt", "read_on")}
        return {**self._sources[source], **place}

    def disputes(self, fact_id: str, field: str = "", weights: Collection[str] = ()) -> list[str]:
        """Return the disputes about a fact, or about a field of it, of some weights or of all."""
        if fact_id not in self._disputed:
            sql = "SELECT field, dispute, weight FROM disputed WHERE fact = ?"
            self._disputed[fact_id] = self.store.rows(sql, fact_id)
        return sorted(
            {
                dispute
                for name, dispute, weight in self._disputed[fact_id]
                if (not field or name in {"", field}) and (not weights or weight in weights)
            }
        )

    def _fill(self, row: Row, column: Column, fact_id: str, doc: Doc) -> None:
        owner, fields = fact_id, doc
        for number, (field, target) in enumerate(column.steps):
            value = fields.get(field)
            ids = self.disputes(owner, field, self.marks) if number == 0 and field else []
            if ids:
                row.disputed.setdefault(column.key, []).extend(ids)
            if value is None and number == 0 and field in self.store.unknown_fields(owner):
                row.unknown.add(column.key)
            if target is None or value is None or number == len(column.steps) - 1:
                if value is not None:
                    value = column.column_type.read(value, Origin(self, row, column, owner, field))
                row.values[column.key] = value
                return
            owner = value
            fields = self.store.fact(owner)[1]

    def _language(self, row: Row, columns: list[Column]) -> str | None:
        """Return the language of the free text: of the text of a quote, else of what fell back, else of the first."""
        langs = [row.langs[column.key] for column in columns if column.key in row.langs]
        other = [lang for lang in langs if lang != self.store.lang]
        return row.langs.get("text") or next(iter([*other, *langs]), None)
