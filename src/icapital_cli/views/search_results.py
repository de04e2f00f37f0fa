"""The view of what a full-text search finds."""

from collections.abc import Collection

from icapital_cli.query.search import find, join_synonyms, parse_query, snippet
from icapital_cli.store.facts import FactStore
from icapital_cli.views.rows import Column, Row, RowBuilder
from icapital_cli.views.view import View, evidence_columns

KEYS = (("kind", "kind"), ("id", "id"), ("title", "line"), ("snippet", "line"), ("lang", "lang"))


def search_view(store: FactStore, words: str, kinds: Collection[str] = (), lang: str | None = None) -> View:
    """Find the facts that hold the words, best first, in all languages or one; a note tells where words are missing.

    Raises UsageError for no words, too many, or no such kind.
    """
    query = join_synonyms(store, parse_query(words))
    found = find(store, query, kinds, lang)
    columns = [Column(key, store.label(f"column.{key}"), type_of, shown=True) for key, type_of in KEYS]
    builder = RowBuilder(store)
    rows = []
    for hit in found.hits:
        row = Row(hit.id, {"kind": hit.kind, "id": hit.id, "title": hit.title})
        row.citations = builder.citations(store.fact(hit.id)[1])
        disputes = store.rows("SELECT DISTINCT dispute FROM disputed WHERE fact = ?", hit.id)
        row.values |= {"snippet": snippet(hit.body or hit.title, query), "lang": hit.lang}
        row.values |= {"sources": row.citations, "disputes": [dispute for (dispute,) in disputes]}
        rows.append(row)
    notes = [] if found.is_whole or not rows else [store.label("note.not_every_word")]
    return View("search", store.label("kind.search"), columns + evidence_columns(store), rows, builder.localizer, notes)
