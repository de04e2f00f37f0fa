"""Rows: the values of a fact by column, with what is disputed, and the languages of its texts."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from icapital_cli.store.facts import Doc, FactStore
from icapital_cli.views import array_types  # noqa: F401 - registers its types
from icapital_cli.views.column_types import COLUMN_TYPES, ColumnType
from icapital_cli.views.localizer import Localizer

Path = tuple[str, ...]  # fields, each of which leads to the next fact
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
        self.cited: Sequence[Doc] = ()  # the citations as the fact has them: what each states, too
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

    def rows(self, kind: str, found: Sequence[tuple[str, Doc]], columns: list[Column]) -> list[Row]:
        """Build the rows of some facts, column by column: a longer list takes no more statements of SQL."""
        for fact_id, doc in found:
            self.store.remember(fact_id, kind, doc)
        read = [column for column in columns[1:] if column.steps]
        reached = self._reach(found, {_before_last(column) for column in read})
        rows = [self._marked(fact_id, doc, read) for fact_id, doc in found]
        for column in read:
            self._fill(rows, column, reached[_before_last(column)])
        keys, arrays = [c.key for c in columns], [c.key for c in columns if c.column_type.is_array]
        for row, (_, doc) in zip(rows, found, strict=True):
            self._finish(row, doc)
            row.values |= {key: [] for key in arrays if not row.values.get(key)}
            row.values = {key: row.values.get(key) for key in keys}
        return rows

    def _reach(self, found: Sequence[tuple[str, Doc]], paths: set[Path]) -> dict[Path, list[tuple[str, Doc] | None]]:
        """Walk paths from some facts, one step after the other, and read all that a step leads to at once."""
        reached: dict[Path, list[tuple[str, Doc] | None]] = {(): list(found)}
        for depth in range(1, max(map(len, paths), default=0) + 1):
            steps = {path[:depth] for path in paths if len(path) >= depth}
            ids = {path: [at[1].get(path[-1]) if at else None for at in reached[path[:-1]]] for path in steps}
            self.store.read(one for some in ids.values() for one in some if one)
            for path, some in ids.items():
                reached[path] = [(one, self.store.fact(one)[1]) if one else None for one in some]
        self.store.read_texts(at[0] for path in paths for at in reached[path] if at)
        self.store.read(citation["source"] for _, doc in found for citation in doc.get("citations", ()))
        return reached

    def _marked(self, fact_id: str, doc: Doc, columns: list[Column]) -> Row:
        """Start a row: what is disputed in it, and what is known to be unknown."""
        row, unknown = Row(fact_id), self.store.unknown_fields(fact_id)
        for column in columns if unknown or self.store.disputed(fact_id) else ():
            field = column.steps[0][0]
            ids = self.disputes(fact_id, field, self.marks) if field else []
            if ids:
                row.disputed[column.key] = ids
            if field in unknown and field not in doc:
                row.unknown.add(column.key)
        return row

    def _fill(self, rows: list[Row], column: Column, owners: list[tuple[str, Doc] | None]) -> None:
        """Read the values of a column, each from the fact at the end of its path."""
        field, type_of = column.steps[-1][0], column.column_type
        if type_of.is_plain:
            for row, owner in zip(rows, owners, strict=True):
                row.values[column.key] = owner[1].get(field) if owner else None
            return
        for row, owner in zip(rows, owners, strict=True):
            value = owner[1].get(field) if owner else None
            if owner and value is not None:
                value = type_of.read(value, Origin(self, row, column, owner[0], field))
            row.values[column.key] = value

    def _finish(self, row: Row, doc: Doc) -> None:
        """Add what every fact ends with."""
        row.citations, row.cited = self.citations(doc), doc.get("citations", ())
        row.values["lang"] = doc["lang"] if "publisher" in doc else self._language(row)
        row.values["sources"] = row.citations
        row.values["disputes"] = self.disputes(row.id)

    def citations(self, doc: Doc) -> list[Doc]:
        """Return the citations of a fact, as the JSON promise has them."""
        return [self.citation(citation) for citation in doc.get("citations", ())]

    def citation(self, citation: Doc) -> Doc:
        """Return a citation with what identifies its source."""
        source = citation["source"]
        if source not in self._sources:
            doc = self.store.fact(source)[1]
            self._sources[source] = {key: doc.get(key) for key in CITED}
        known, told = self._sources[source], citation.get
        return {**known, "locator": told("locator"), "excerpt": told("excerpt"), "read_on": told("read_on")}

    def disputes(self, fact_id: str, field: str = "", weights: Collection[str] = ()) -> list[str]:
        """Return the disputes about a fact, or about a field of it, of some weights or of all."""
        about = self.store.disputed(fact_id)
        if not about:
            return []
        return sorted(
            {
                dispute
                for name, dispute, weight in about
                if (not field or name in {"", field}) and (not weights or weight in weights)
            }
        )

    def _language(self, row: Row) -> str | None:
        """Return the language of the free text: of the text of a quote, else of what fell back, else of the first."""
        langs = row.langs.values()
        other = [lang for lang in langs if lang != self.store.lang]
        return row.langs.get("text") or next(iter([*other, *langs]), None)


def _before_last(column: Column) -> Path:
    """Return the fields that lead to the fact that a value stands in."""
    return tuple(field for field, _ in column.steps[:-1])
