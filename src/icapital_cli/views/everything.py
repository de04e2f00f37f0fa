"""Everything about every thing, in one pass: each row is read once, and the pages share it.

For all things this gives what `page.data_of` gives for one, at a fraction of the cost.
"""

from collections.abc import Iterator

from icapital_cli.query.select import select
from icapital_cli.store.facts import Doc, FactStore
from icapital_cli.views.page import is_told, link_of, name_of
from icapital_cli.views.rows import Row
from icapital_cli.views.view import View, view_of

Ids = dict[str, list[str]]


class Everything:
    """All rows of a fact base by kind, and which of them belong to which thing."""

    def __init__(self, store: FactStore) -> None:
        """Read all rows, and index them by what they belong to."""
        self.store = store
        self.views: dict[str, View] = {kind: view_of(store, kind, select(store, kind)) for kind, _ in store.kinds()}
        self._rows: dict[str, tuple[Row, Doc]] = {
            row.id: (row, values)
            for view in self.views.values()
            for row, values in zip(view.rows, view.objects(), strict=True)
        }
        self._facets: dict[tuple[str, str], Ids] = {}
        sql = "SELECT t.kind, t.key, t.value, f.id FROM facets t JOIN facts f ON f.seq = t.seq ORDER BY f.rank, f.seq"
        for kind, key, value, fact_id in store.rows(sql):
            self._facets.setdefault((kind, key), {}).setdefault(value, []).append(fact_id)
        self._fields: dict[tuple[str, str], Ids] = {}
        self._citing: dict[tuple[str, str], list[str]] = {}
        sql = "SELECT c.source, f.kind, f.id FROM cited c JOIN facts f ON f.seq = c.seq ORDER BY f.rank, f.seq"
        for source, kind, fact_id in store.rows(sql):
            self._citing.setdefault((source, kind), []).append(fact_id)
        self._gaps: Ids = {}
        for fact_id, gap in store.rows("SELECT DISTINCT fact, gap FROM gaps_about"):
            self._gaps.setdefault(fact_id, []).append(gap)

    def rows(self, kind: str) -> list[Doc]:
        """Return the rows of a kind; they are shared, and not to be changed."""
        return [self._rows[row.id][1] for row in self.views[kind].rows]

    def things(self, kind: str) -> Iterator[Doc]:
        """Yield the things of a kind, each with what belongs to it under `related`; its rows are shared too."""
        for row in self.views[kind].rows:
            yield self._thing(kind, row)

    def _thing(self, kind: str, row: Row) -> Doc:
        spec = self.store.kind(kind)["page"]
        related = {section: self._linked(kind, row.id, section, link_of(spec, section)) for section in spec["sections"]}
        near = [row.id, *(fact_id for ids in related.values() for fact_id in ids)]
        related["disputes"] = sorted({one for fact_id in near for one in self._rows[fact_id][1]["disputes"]})
        related["gaps"] = sorted({one for fact_id in near for one in self._gaps.get(fact_id, ())})
        data = {"id": row.id, "kind": kind, "title": name_of(row), "lang": self.store.lang}
        data |= {key: value for key, value in row.values.items() if key not in data}
        shared = {section: [self._rows[fact_id][1] for fact_id in ids] for section, ids in related.items()}
        return {**data, "related": shared}

    def _linked(self, kind: str, fact_id: str, section: str, field: str) -> list[str]:
        """Return the ids of the facts of a section: those that cite a source, or refer to a thing in a field."""
        if kind == "sources":
            found = self._citing.get((fact_id, section), [])
        else:
            keys = {of: key for key, (of, _) in self.store.kind(section)["filters"].items()} | {"country": "country"}
            value = str(self.store.fact(fact_id)[1]["code"]) if kind == "countries" else fact_id
            index = self._facets.get((section, keys[field]), {}) if field in keys else self._by_field(section, field)
            found = index.get(value, [])
        return [one for one in found if is_told(section, self.store.fact(one)[1])]

    def _by_field(self, section: str, field: str) -> Ids:
        """Index the facts of a kind by what they have in a field."""
        if (section, field) not in self._fields:
            index = self._fields[section, field] = {}
            for row in self.views[section].rows:
                value = self.store.fact(row.id)[1].get(field)
                if isinstance(value, str):
                    index.setdefault(value, []).append(row.id)
        return self._fields[section, field]
