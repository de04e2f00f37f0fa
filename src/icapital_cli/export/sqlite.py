"""A SQLite database: a table for each kind, links as foreign keys, full text, views, descriptions; for Datasette."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from icapital_cli.api.facts import Facts
from icapital_cli.api.tables import Field, Table, tables_of
from icapital_cli.export.marks import APPLICATION, MADE_BY
from icapital_cli.export.registry import Job, export
from icapital_cli.export.sqlite_views import VIEWS
from icapital_cli.names import fold

TYPES = {"string": "TEXT", "date": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
TOKENIZER = "unicode61 remove_diacritics 2"
# The tokenizer folds the diacritics of Western Europe only: Łódź is found as Lodz because both are indexed.
UNKNOWN_TO_TOKENIZER = re.compile("[^\x00-\xff\u2010-\u2044\u20ac]|[æøðþßÆØÐÞ]")
PAGE = 4096
METADATA = "metadata.json"  # Datasette finds it by this name in a folder that it serves
LICENCE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
FACETS = {
    "results": ["edition_id", "status_id", "category_id"],
    "initiatives": ["edition_id", "city_id"],
    "quotes": ["edition_id", "original_lang"],
    "disputes": ["weight", "severity"],
    "sources": ["type", "lang", "publisher"],
    "cities": ["country_code", "type"],
    "facts": ["kind"],
    "texts": ["lang", "origin"],
}
SORTED_BY = {"disputes": "year", "sources": "date", "milestones": "date"}


def _metadata(job: Job, described: list[Table]) -> str:
    """Describe the database to Datasette: titles, descriptions, labels, facets."""
    about = job.facts.about()
    tables: dict[str, Any] = {}
    for table in described:
        entry: dict[str, Any] = {"description": table.description}
        entry["columns"] = {field.name: _told(field) for field in table.fields}
        entry |= {"label_column": table.label} if table.label else {}
        entry |= {"facets": FACETS[table.name]} if table.name in FACETS else {}
        entry |= {"sort": SORTED_BY[table.name]} if table.name in SORTED_BY else {}
        tables[table.name] = entry
    tables |= {name: {"description": description} for name, (description, _) in VIEWS.items()}
    document = {
        "made_by": MADE_BY,
        "title": "iCapital facts",
        "description": "Facts about the European Capital of Innovation Award, each with its source. Facts of "
        f"{about['facts_version']}, digest {about['facts_digest'][:12]}, by icapital {about['version']}.",
        "license": LICENCE[0],
        "license_url": LICENCE[1],
        "source": "icapital-cli",
        "databases": {Path(job.name).stem: {"tables": tables}},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


@export("sqlite", beside=(METADATA,))
def write_sqlite(job: Job) -> None:
    """A SQLite database with flat tables, foreign keys, full text and views, and metadata for Datasette beside it."""
    tables = tables_of(job.facts)
    (job.beside / METADATA).write_text(_metadata(job, tables), "utf-8")
    with closing(sqlite3.connect(job.place, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE}")
        connection.execute("PRAGMA journal_mode = MEMORY")  # the file is put in place as a whole, or not at all
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("BEGIN")
        for done, table in enumerate(tables):
            job.progress(done, len(tables))
            _write_table(connection, table)
        _write_about(connection, job.facts, tables)
        for name, (_, query) in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {query}")
        connection.execute("COMMIT")
        connection.execute("VACUUM")  # lays the pages out anew, in one order


def _write_table(connection: sqlite3.Connection, table: Table) -> None:
    connection.execute(_create(table))
    marks = ", ".join("?" * len(table.fields))
    connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', table.rows)  # noqa: S608 - a name of ours
    for field in table.fields:
        if field.refers and (field.name,) != table.key:
            connection.execute(f'CREATE INDEX "{table.name}_{field.name}" ON "{table.name}" ("{field.name}")')
    if table.words:
        words, full_text = ", ".join(f'"{word}"' for word in table.words), f"{table.name}_fts"
        options = f'content="{table.name}", tokenize="{TOKENIZER}"'
        connection.execute(f'CREATE VIRTUAL TABLE "{full_text}" USING fts5 ({words}, {options})')
        numbers = [[field.name for field in table.fields].index(word) for word in table.words]
        indexed = [(n, *(_words(row[number]) for number in numbers)) for n, row in enumerate(table.rows, 1)]
        places = ", ".join("?" * (len(numbers) + 1))
        connection.executemany(f'INSERT INTO "{full_text}" (rowid, {words}) VALUES ({places})', indexed)  # noqa: S608 - ours


def _words(text: str | None) -> str | None:
    """Return a text for the tokenizer of SQLite, with its letters folded beside it where the tokenizer leaves them."""
    return f"{text} {fold(text)}" if text and UNKNOWN_TO_TOKENIZER.search(text) else text


def _create(table: Table) -> str:
    keys = ", ".join(f'"{name}"' for name in table.key)
    lines = [_column(field) for field in table.fields] + ([f"PRIMARY KEY ({keys})"] if keys else [])
    lines += [
        f'FOREIGN KEY ("{field.name}") REFERENCES "{field.refers[0]}" ("{field.refers[1]}")'
        for field in table.fields
        if field.refers
    ]
    return f'CREATE TABLE "{table.name}" (\n    ' + ",\n    ".join(lines) + "\n)"


def _column(field: Field) -> str:
    null = "" if field.optional else " NOT NULL"
    choices = ", ".join(f"'{choice}'" for choice in field.choices)
    check = f' CHECK ("{field.name}" IN ({choices}))' if choices else ""
    check = f' CHECK ("{field.name}" IN (0, 1))' if field.type == "boolean" else check
    return f'"{field.name}" {TYPES[field.type]}{null}{check}'


def _told(field: Field) -> str:
    return field.description + (f" In {field.unit}." if field.unit else "")


def _write_about(connection: sqlite3.Connection, facts: Facts, tables: list[Table]) -> None:
    """Write what the database is, and what its tables and columns mean."""
    about = facts.about()
    connection.execute('CREATE TABLE about ("key" TEXT PRIMARY KEY, value TEXT NOT NULL)')
    rows = {
        "title": "Facts about the European Capital of Innovation Award (iCapital), each with its source",
        "facts_version": about["facts_version"],
        "facts_digest": about["facts_digest"],
        "language": facts.lang,
        "made_by": f"icapital {about['version']}",
        "licence": f"{LICENCE[0]}, {LICENCE[1]}; quotations and excerpts belong to their sources",
    }
    connection.executemany("INSERT INTO about VALUES (?, ?)", rows.items())
    connection.execute(
        "CREATE TABLE about_columns (table_name TEXT, column_name TEXT, description TEXT NOT NULL, unit TEXT, "
        "PRIMARY KEY (table_name, column_name))"
    )
    connection.execute("CREATE TABLE about_tables (name TEXT PRIMARY KEY, description TEXT NOT NULL)")
    described = [(table.name, table.description) for table in tables]
    described += [(name, description) for name, (description, _) in VIEWS.items()]
    connection.executemany("INSERT INTO about_tables VALUES (?, ?)", described)
    columns = [
        (table.name, field.name, field.description, field.unit or None) for table in tables for field in table.fields
    ]
    connection.executemany("INSERT INTO about_columns VALUES (?, ?, ?, ?)", columns)
