"""All that a compiled base says, for comparing two of them."""

TABLES = {
    "facts": "SELECT kind, id, rank, doc FROM facts",
    "order": "SELECT id FROM facts ORDER BY kind, rank, seq",
    "facets": "SELECT t.kind, t.key, t.value, f.id FROM facets t JOIN facts f ON f.seq = t.seq",
    "names": "SELECT * FROM names",
    "texts": "SELECT * FROM texts",
    "terms": "SELECT * FROM terms",
    "labels": "SELECT * FROM labels",
    "touches": "SELECT * FROM touches",
    "gaps_about": "SELECT * FROM gaps_about",
    "refs": "SELECT r.target, r.kind, n.name, r.count FROM refs r JOIN files n ON n.num = r.file",
    "pages": "SELECT * FROM pages",
    "passages": "SELECT kind, id, lang, title, body FROM passages",
    "words": """SELECT v.term, p.id, p.lang, v.offset FROM temp.vocabulary v JOIN passages p ON p.rowid = v.doc""",
    "meta": "SELECT * FROM meta",
    "files": "SELECT name, sum, tally FROM files",
}


def content(connection):
    """Give all that a compiled base says, without the numbers of facts and files."""
    connection.execute("DROP TABLE IF EXISTS temp.vocabulary")
    connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, instance)")
    return {
        table: (rows if table == "order" else sorted(rows, key=repr))
        for table, sql in TABLES.items()
        for rows in [connection.execute(sql).fetchall()]
    }
