"""What a renderer gets: columns, rows, notes, ready for any format."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from icapital_cli.errors import UsageError, no_such
from icapital_cli.fold import fold
from icapital_cli.index import Doc, Index
from icapital_cli.rows import Builder, Column, Row
from icapital_cli.spell import DISPUTED, Speller

ENDINGS = ("sources", "disputes")


class View(NamedTuple):
    """A table of facts, ready for any format."""

    kind: str
    title: str
    columns: list[Column]
    rows: list[Row]
    lang: str
    notes: list[str]
    spell: Speller

    @property
    def field_names(self) -> list[str]:
        """The keys of the JSON promise, in order."""
        return [column.key for column in self.columns]

    def shown(self) -> list[Column]:
        """Give the columns that people see."""
        return [column for column in self.columns if column.shown]

    def cells(self, row: Row, columns: Iterable[Column] | None = None) -> list[str]:
        """Spell the cells of a row for people."""
        return [self.spell.cell(column, row) for column in (self.columns if columns is None else columns)]

    def noted(self) -> "View":
        """Say below what the marks on the cells that are left mean."""
        return self._replace(notes=notes_of(self.spell.index, self))

    def limited(self, count: int | None) -> "View":
        """Keep the first rows."""
        return self if count is None else self._replace(rows=self.rows[:count])

    def sorted_by(self, field: str | None) -> "View":
        """Order the rows by a field, `-field` descending; what is missing comes last."""
        if field is None:
            return self
        key, down = field.removeprefix("-"), field.startswith("-")
        self._known(key)
        have = [row for row in self.rows if row.values[key] is not None]
        rest = [row for row in self.rows if row.values[key] is None]
        have.sort(key=lambda row: _sortable(row.values[key]), reverse=down)
        return self._replace(rows=have + rest)

    def only(self, fields: str | None) -> "View":
        """Keep the named columns, in the order named. Raises UsageError for one that is not there, or named twice."""
        if fields is None:
            return self
        wanted = [name.strip() for name in fields.split(",")]
        columns = [self._known(name)._replace(shown=True) for name in wanted]
        twice = next((name for name in wanted if wanted.count(name) > 1), None)
        if twice:
            raise UsageError(f"the field {twice!r} is named twice")
        return self._replace(columns=columns)

    def hidden_disputes(self) -> list[str]:
        """Name the disputes about cells that stand in a view without its column `disputes`."""
        if "disputes" in self.field_names:
            return []
        keys = set(self.field_names)
        found = {dispute for row in self.rows for key, ids in row.disputed.items() if key in keys for dispute in ids}
        return sorted(found)

    def _known(self, name: str) -> Column:
        for column in self.columns:
            if column.key == name:
                return column
        raise no_such("field", name, self.field_names)


def _sortable(value: Any) -> tuple[int, Any]:
    if isinstance(value, int | float):
        return (0, value)
    return (1, fold(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def view_of(index: Index, kind: str, found: Iterable[tuple[str, Doc]], *, numbered: bool = False) -> View:
    """Make the view of some facts of one kind; `numbered` shows people the citations too."""
    specs = json.loads(index.one("SELECT columns FROM kinds WHERE kind = ?", kind))
    columns = [Column("id", index.label("column.id"), "id", shown=False, steps=[])]
    columns += [
        Column(key, index.label(f"column.{key}"), type_of, shown=bool(shown), steps=steps)
        for key, steps, type_of, shown in specs
    ]
    columns += source_columns(index, shown=numbered)[kind == "sources" :]
    builder = Builder(index)
    rows = [builder.row(kind, fact_id, doc, columns) for fact_id, doc in found]
    spell = Speller(index)
    return View(kind, index.label(f"kind.{kind}"), columns, rows, index.lang, [], spell)


def source_columns(index: Index, *, shown: bool = False) -> list[Column]:
    """Make the two columns that every fact ends with."""
    return [Column(k, index.label(f"column.{k}"), k, shown=shown and k == "sources", steps=[]) for k in ENDINGS]


def notes_of(index: Index, view: View) -> list[str]:
    """Say what the marks in a table mean, when they occur."""
    shown = {column.key for column in view.shown()}
    notes = []
    disputes = sorted({d for row in view.rows for key, ids in row.disputed.items() if key in shown for d in ids})
    if disputes:
        notes.append(f"{DISPUTED} {index.label('note.disputed')} {', '.join(disputes)}")
    if any(lang != view.lang for row in view.rows for key, lang in row.langs.items() if key in shown and key != "text"):
        notes.append(index.label("note.fallback"))
    if "text" in shown and any(row.values.get("translated") for row in view.rows):
        notes.append(index.label("note.translated"))
    if view.kind == "contacts" and view.rows:
        notes.append(index.label("note.contacts"))
    return notes
