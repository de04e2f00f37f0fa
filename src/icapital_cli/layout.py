"""The tables of `facts.db`: their columns, what tells a row from others, and how rows are written."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
SETTINGS = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
TEXTS = (
    "CREATE TABLE texts (lang TEXT, fact TEXT, field TEXT, text TEXT, PRIMARY KEY (lang, fact, field)) WITHOUT ROWID;"
)
SCHEMA = f"""
{TEXTS}
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE kinds (kind TEXT PRIMARY KEY, command TEXT, columns TEXT, filters TEXT, line TEXT) WITHOUT ROWID;
CREATE TABLE files (num INTEGER PRIMARY KEY, name TEXT UNIQUE, seen TEXT, sum TEXT, tally TEXT);
CREATE TABLE facts (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL UNIQUE, rank TEXT, doc TEXT NOT NULL);
CREATE TABLE facets (kind TEXT, key TEXT, value TEXT, seq INTEGER, PRIMARY KEY (kind, key, value, seq)) WITHOUT ROWID;
CREATE TABLE names (folded TEXT, kind TEXT, id TEXT, name TEXT, PRIMARY KEY (folded, kind, id)) WITHOUT ROWID;
CREATE TABLE terms (lang TEXT, english TEXT, text TEXT, PRIMARY KEY (lang, english)) WITHOUT ROWID;
CREATE TABLE labels (lang TEXT, key TEXT, text TEXT, PRIMARY KEY (lang, key)) WITHOUT ROWID;
CREATE TABLE spelled (lang TEXT, form TEXT, value TEXT, text TEXT, PRIMARY KEY (lang, form, value)) WITHOUT ROWID;
CREATE TABLE touches (fact TEXT, field TEXT, dispute TEXT, PRIMARY KEY (fact, field, dispute)) WITHOUT ROWID;
CREATE TABLE gaps_about (fact TEXT, gap TEXT, PRIMARY KEY (fact, gap)) WITHOUT ROWID;
CREATE TABLE refs (target TEXT, kind TEXT, file INTEGER, count INTEGER, PRIMARY KEY (target, kind, file)) WITHOUT ROWID;
CREATE TABLE pages (url TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
CREATE TABLE passages (rowid INTEGER PRIMARY KEY, kind TEXT, id TEXT, lang TEXT, title TEXT, body TEXT);
CREATE VIRTUAL TABLE words USING fts5 (body, content='', tokenize="unicode61 remove_diacritics 2");
"""
WIDTHS = {
    "meta": 2,
    "kinds": 5,
    "files": 5,
    "facts": 5,
    "facets": 4,
    "names": 4,
    "texts": 4,
    "touches": 3,
    "gaps_about": 2,
    "refs": 4,
    "pages": 2,
    "passages": 6,
    "words": 2,
    "spelled": 4,
    "terms": 3,
    "labels": 3,
}

# What tells a row of a file from all others; it stands first in the row.
KEYS = {
    "facts": ("seq",),
    "facets": ("kind", "key", "value", "seq"),
    "names": ("folded", "kind", "id"),
    "texts": ("lang", "fact", "field"),
    "touches": ("fact", "field", "dispute"),
    "gaps_about": ("fact", "gap"),
    "refs": ("target", "kind", "file"),
    "pages": ("url",),
    "passages": ("rowid",),
    "spelled": ("lang", "form", "value"),
}

# The tables whose rows come from one file.
OF_A_FILE = (
    "facts",
    "facets",
    "names",
    "texts",
    "touches",
    "gaps_about",
    "refs",
    "pages",
    "passages",
    "words",
    "spelled",
)

Rows = dict[str, list[tuple[Any, ...]]]


def spell_json(value: Any) -> str:
    """Write a value as compact JSON."""
    return ENCODER.encode(value)


def words_of(rows: Rows) -> list[tuple[Any, ...]]:
    """Give the words by which the passages of a file are found: their own, unless they were folded for the search."""
    folded = {number: text for number, text in rows["words"]}  # noqa: C416 - the rows are of any width
    return [(row[0], folded.get(row[0]) or f"{row[4]} {row[5]}") for row in rows["passages"]]


def write(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]], again: str = "IGNORE") -> int:
    """Write rows, and count them. For a row that is there `again`, SQLite's word says what to do."""
    if table == "words":
        return connection.executemany("INSERT INTO words (rowid, body) VALUES (?, ?)", rows).rowcount
    marks = ", ".join("?" * WIDTHS[table])
    return connection.executemany(f"INSERT OR {again} INTO {table} VALUES ({marks})", rows).rowcount  # noqa: S608 - ours
