"""The view of what a full-text search finds."""

from icapital_cli.query.search import find, parse_query, snippet
from icapital_cli.store.facts import FactStore
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.rows import Column, Row, RowBuilder
from icapital_cli.views.view import View, evidence_columns

KEYS = (("kind", "id"), ("id", "id"), ("title", "line"), ("snippet", "line"), ("lang", "lang"))


def search_view(store: FactStore, words: str, kind: str | None) -> View:
    """Find the facts that hold the words, best first. Raises UsageError for no words, too many, or no such kind."""
    query = parse_query(words)
    columns = [Column(key, store.label(f"column.{key}"), type_of, shown=True) for key, type_of in KEYS]
    builder = RowBuilder(store)
    rows = []
    for hit in find(store, query, kind):
        row = Row(hit.id, {"kind": hit.kind, "id": hit.id, "title": hit.title})
        row.citations = builder.citations(store.fact(hit.id)[1])
        disputes = store.rows("SELECT DISTINCT dispute FROM disputed WHERE fact = ?", hit.id)
        row.values |= {"snippet": snippet(hit.body or hit.title, query), "lang": hit.lang}
        row.values |= {"sources": row.citations, "disputes": [dispute for (dispute,) in disputes]}
        rows.append(row)
    return View("search", store.label("kind.search"), columns + evidence_columns(store), rows, Localizer(store), [])
