"""All that a compiled base holds, for comparing two of them."""

TABLES = {
    "meta": "SELECT * FROM meta",
    "kinds": "SELECT * FROM kinds",
    "facts": "SELECT kind, id, rank, doc FROM facts",
    "order": "SELECT id FROM facts ORDER BY kind, rank, seq",
    "facets": "SELECT t.kind, t.key, t.value, f.id FROM facets t JOIN facts f ON f.seq = t.seq",
    "names": "SELECT * FROM names",
    "texts": "SELECT * FROM texts",
    "terms": "SELECT * FROM terms",
    "labels": "SELECT * FROM labels",
    "wordings": "SELECT * FROM wordings",
    "phrases": "SELECT * FROM phrases",
    "localized": "SELECT * FROM localized",
    "disputed": "SELECT * FROM disputed",
    "touched": "SELECT t.target, f.id FROM touched t JOIN facts f ON f.seq = t.seq",
    "gaps_about": "SELECT * FROM gaps_about",
    "cited": "SELECT c.source, f.id FROM cited c JOIN facts f ON f.seq = c.seq",
    "passages": "SELECT kind, id, lang, title, body FROM passages",
    "words": "SELECT v.term, p.id, p.lang, v.offset FROM temp.vocabulary v JOIN passages p ON p.rowid = v.doc",
}


def content(connection):
    """Return all that a compiled base holds, without the numbers of its facts."""
    connection.execute("DROP TABLE IF EXISTS temp.vocabulary")
    connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, instance)")
    return {
        table: (rows if table == "order" else sorted(rows, key=repr))
        for table, sql in TABLES.items()
        for rows in [connection.execute(sql).fetchall()]
    }
