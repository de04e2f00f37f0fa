"""The view of some facts: columns, rows and notes, ready for any format."""

import json
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from icapital_cli.errors import UsageError, no_such
from icapital_cli.names import fold
from icapital_cli.store.facts import Doc, FactStore
from icapital_cli.views.column_types import DISPUTED
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.rows import Column, Row, RowBuilder

MOST_NOTES = 3  # disputes that a table names


class View(NamedTuple):
    """A table of facts."""

    kind: str
    title: str
    columns: list[Column]
    rows: list[Row]
    localizer: Localizer
    notes: list[str]

    @property
    def lang(self) -> str:
        """The language of the view."""
        return self.localizer.store.lang

    @property
    def field_names(self) -> list[str]:
        """The keys of the JSON promise, in order."""
        return [column.key for column in self.columns]

    def shown(self) -> list[Column]:
        """Return the columns that people see."""
        return [column for column in self.columns if column.shown]

    def cell(self, row: Row, column: Column) -> str:
        """Format one cell for people, with its marks."""
        return column.column_type.cell(row, column, self.localizer)

    def cells(self, row: Row, columns: Iterable[Column] | None = None) -> list[str]:
        """Format the cells of a row for people."""
        return [self.cell(row, column) for column in (self.columns if columns is None else columns)]

    def objects(self) -> list[Doc]:
        """Return the rows as the JSON promise has them."""
        keys = self.field_names
        return [{key: row.values[key] for key in keys} for row in self.rows]

    def with_notes(self) -> "View":
        """Add notes that explain the marks on the cells that people see."""
        return self._replace(notes=_notes_on(self))

    def limited(self, count: int | None) -> "View":
        """Keep the first rows."""
        return self if count is None else self._replace(rows=self.rows[:count])

    def sorted_by(self, field: str | None) -> "View":
        """Sort the rows by a field, `-field` descending; missing values come last. Raises UsageError.

        The values of a closed list have their own order: a winner comes before a runner-up.
        """
        if field is None:
            return self
        key, down = field.removeprefix("-"), field.startswith("-")
        column = self.column(key)
        own = column.column_type.order(self.localizer.store, column.choices)
        ranks = {value: rank for rank, value in enumerate(own)}
        have = [row for row in self.rows if row.values[key] is not None]
        rest = [row for row in self.rows if row.values[key] is None]
        have.sort(
            key=lambda row: _sort_key(ranks.get(row.values[key], row.values[key]) if ranks else row.values[key]),
            reverse=down,
        )
        return self._replace(rows=have + rest)

    def only(self, fields: str | None) -> "View":
        """Keep the named columns, in the order named. Raises UsageError for one that is not there, or named twice."""
        if fields is None:
            return self
        wanted = [name.strip() for name in fields.split(",")]
        columns = [self.column(name)._replace(shown=True) for name in wanted]
        twice = next((name for name in wanted if wanted.count(name) > 1), None)
        if twice:
            raise UsageError(f"the field {twice!r} is named twice")
        return self._replace(columns=columns)

    def hidden_disputes(self) -> list[str]:
        """Return the disputes about the cells of a view without its column `disputes`."""
        if "disputes" in self.field_names:
            return []
        keys = set(self.field_names)
        return sorted(
            {dispute for row in self.rows for key, ids in row.disputed.items() if key in keys for dispute in ids}
        )

    def column(self, name: str) -> Column:
        """Return a column by its key. Raises UsageError for one that is not there."""
        for column in self.columns:
            if column.key == name:
                return column
        raise no_such("field", name, self.field_names)


def _sort_key(value: Any) -> tuple[int, Any]:
    if isinstance(value, int | float):
        return (0, value)
    return (1, fold(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def view_of(
    store: FactStore,
    kind: str,
    found: Iterable[tuple[str, Doc]],
    *,
    with_sources: bool = False,
    marks: Collection[str] = ("open",),
) -> View:
    """Make the view of some facts of one kind.

    `with_sources` shows people the citations too; `marks` are the weights of disputes that mark a cell.
    """
    specs = store.kind(kind)["columns"]
    store.read_labels(
        [f"kind.{kind}", *(f"column.{key}" for key in ("id", "sources", "disputes", *(s[0] for s in specs)))]
    )
    columns = [Column("id", store.label("column.id"), "id", shown=False)]
    columns += [
        Column(key, store.label(f"column.{key}"), type_of, bool(shown), steps, choices)
        for key, steps, type_of, shown, choices in specs
    ]
    columns += evidence_columns(store, shown=with_sources)[kind == "sources" :]
    builder = RowBuilder(store, marks=marks)
    rows = builder.rows(kind, list(found), columns)
    return View(kind, store.label(f"kind.{kind}"), columns, rows, builder.localizer, [])


def own_columns(store: FactStore, columns: Iterable[Column], *, with_sources: bool) -> list[Column]:
    """Give columns that no kind declares their headings, between the id and the evidence that every fact has.

    The label of such a column is the key of its heading.
    """
    headed = [column._replace(label=store.label(f"column.{column.label}")) for column in columns]
    return [
        Column("id", store.label("column.id"), "id", shown=False),
        *headed,
        *evidence_columns(store, shown=with_sources),
    ]


def evidence_columns(store: FactStore, *, shown: bool = False) -> list[Column]:
    """Make the two columns that every fact ends with: sources, which people see if `shown`, and disputes."""
    return [
        Column("sources", store.label("column.sources"), "sources", shown=shown),
        Column("disputes", store.label("column.disputes"), "disputes", shown=False),
    ]


def _notes_on(view: View) -> list[str]:
    label = view.localizer.label
    shown = {column.key for column in view.shown()}
    notes = _dispute_notes(view, shown)
    if any(lang != view.lang for row in view.rows for key, lang in row.langs.items() if key in shown and key != "text"):
        notes.append(label("note.fallback"))
    if "text" in shown and any(row.values.get("translated") for row in view.rows):
        notes.append(label("note.translated"))
    if view.kind == "contacts" and view.rows:
        notes.append(label("note.contacts"))
    return notes


def _dispute_notes(view: View, shown: set[str]) -> list[str]:
    """Name for each dispute that marks a cell the fact and the matter: `† 2019 Bilbao: finalist or semi-finalist`."""
    marked: dict[str, list[Row]] = {}
    for row in view.rows:
        for dispute in dict.fromkeys(d for key, ids in row.disputed.items() if key in shown for d in ids):
            marked.setdefault(dispute, []).append(row)
    store = view.localizer.store
    notes = []
    for dispute, rows in list(marked.items())[:MOST_NOTES]:
        topic = view.localizer.text(dispute, "topic", store.fact(dispute)[1]["topic"])[0]
        more = f" (+{len(rows) - 1})" if len(rows) > 1 else ""
        notes.append(f"{DISPUTED} {_name_of(rows[0])}{more}: {topic}")
    if len(marked) > MOST_NOTES:
        more_disputes = view.localizer.label("note.more_disputes").replace("{}", str(len(marked) - MOST_NOTES))
        notes.append(f"{more_disputes} icapital disputes --weight open")
    return notes


def _name_of(row: Row) -> str:
    """Name a row in a few words: year and city, or its name."""
    values = row.values
    parts = [values.get("edition") or values.get("year"), values.get("city") or values.get("name")]
    return " ".join(str(part) for part in parts if part) or row.id
