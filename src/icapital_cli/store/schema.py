"""The tables of `facts.db`, and how rows are inserted."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

FORMAT = 6  # of the tables; another number makes every cached file stale

TABLES = {
    "meta": "key TEXT PRIMARY KEY, value TEXT NOT NULL",
    # What a look-up must know of a kind, as JSON, so that it does without the model.
    "kinds": "position INTEGER PRIMARY KEY, kind TEXT UNIQUE, command TEXT, spec TEXT NOT NULL",
    # `rank` sorts the facts of a kind; `doc` is the fact as JSON.
    "facts": "seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL UNIQUE, rank TEXT, doc TEXT NOT NULL",
    "facets": "kind TEXT, key TEXT, value TEXT, seq INTEGER, PRIMARY KEY (kind, key, value, seq)",
    "names": "folded TEXT, kind TEXT, id TEXT, name TEXT, PRIMARY KEY (folded, kind, id)",
    "texts": "lang TEXT, fact TEXT, field TEXT, text TEXT, PRIMARY KEY (lang, fact, field)",
    "terms": "lang TEXT, english TEXT, text TEXT, PRIMARY KEY (lang, english)",
    "labels": "lang TEXT, key TEXT, text TEXT, PRIMARY KEY (lang, key)",
    # How a draft words a claim, by which `verify` reads it.
    "wordings": "lang TEXT, key TEXT, position INTEGER, text TEXT, PRIMARY KEY (lang, key, position)",
    # Wordings and names by their first word, the rest as JSON: what `verify` looks for in a draft.
    "phrases": "list TEXT, first TEXT, phrases TEXT, PRIMARY KEY (list, first)",
    # Countries, dates and phone numbers as people write them.
    "localized": "lang TEXT, form TEXT, value TEXT, text TEXT, PRIMARY KEY (lang, form, value)",
    # Open and settled disputes; a slip puts nothing in doubt.
    "disputed": "fact TEXT, field TEXT, dispute TEXT, weight TEXT, PRIMARY KEY (fact, field, dispute)",
    # What any dispute touches, a slip too: a fact, or a field of it.
    "touched": "target TEXT, seq INTEGER, PRIMARY KEY (target, seq)",
    "gaps_about": "fact TEXT, field TEXT, gap TEXT, PRIMARY KEY (fact, field, gap)",
    "cited": "source TEXT, seq INTEGER, PRIMARY KEY (source, seq)",
    "synonyms": "folded TEXT, other TEXT, PRIMARY KEY (folded, other)",
    "passages": "rowid INTEGER PRIMARY KEY, kind TEXT, id TEXT, lang TEXT, title TEXT, body TEXT",
}
ROWID_TABLES = ("kinds", "facts", "passages")
# Pages of 16 KiB: an eighth of the time of inserting goes with smaller ones.
SETTINGS = "PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
TOKENIZER = "unicode61 remove_diacritics 2"
FULL_TEXT = f"CREATE VIRTUAL TABLE words USING fts5 (title, body, content='', tokenize='{TOKENIZER}');"
INDEXES = (
    "CREATE INDEX facts_of_kind ON facts (kind, rank)",
    "CREATE INDEX names_of_fact ON names (id)",
)

ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def compact_json(value: Any) -> str:
    """Encode a value as compact JSON."""
    return ENCODER.encode(value)


def create_tables(connection: sqlite3.Connection) -> None:
    """Create all tables in an empty database, inside a transaction."""
    tables = "".join(
        f"CREATE TABLE {name} ({columns}){'' if name in ROWID_TABLES else ' WITHOUT ROWID'};"
        for name, columns in TABLES.items()
    )
    connection.executescript(f"{SETTINGS} BEGIN; {tables} {FULL_TEXT}")


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows; one whose key is there already is skipped."""
    if table == "words":
        connection.executemany("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", rows)
        return
    columns = TABLES[table].partition(", PRIMARY KEY (")[0].count(",") + 1
    marks = ", ".join("?" * columns)
    connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)  # noqa: S608 - ours
