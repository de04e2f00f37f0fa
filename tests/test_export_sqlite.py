"""The exported database: sound, complete, described; and served by a real Datasette."""

import json
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from importlib.util import find_spec

import pytest
from conftest import BASE

from icapital_cli import open_facts
from icapital_cli.export.run import run_export
from icapital_cli.names import fold


def exported(folder, facts, lang=None):
    path = folder / "facts.db"
    run_export("sqlite", str(path), facts=facts, lang=lang, force=False, options={}, warn=lambda _: None, err=None)
    return path


@pytest.fixture(scope="module", params=[str(BASE), None], ids=["made up", "real"])
def folder(request):
    return request.param


@pytest.fixture(scope="module")
def facts(folder):
    with open_facts(folder) as facts:
        yield facts


@pytest.fixture(scope="module")
def path(tmp_path_factory, folder):
    return exported(tmp_path_factory.mktemp("sqlite"), folder)


@pytest.fixture(scope="module")
def database(path):
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def column(database, query, *values):
    return [row[0] for row in database.execute(query, values)]


def names_of(database, kind):
    return column(
        database, "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE '%fts%' ORDER BY name", kind
    )


def test_it_is_sound(database):
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert column(database, "PRAGMA integrity_check") == ["ok"]


def test_every_fact_is_in_the_table_of_its_kind(database, facts):
    for kind in facts.kinds():
        ids = sorted(row["id"] for row in facts.of_kind(kind["kind"]))
        key = "id IS NOT NULL AND " if kind["kind"] == "countries" else ""
        assert column(database, f"SELECT id FROM {kind['kind']} WHERE {key}1 ORDER BY id") == ids
        assert column(database, "SELECT id FROM facts WHERE kind = ? ORDER BY id", kind["kind"]) == ids


def test_values_are_those_of_the_lists(database, facts):
    rows = database.execute(
        "SELECT r.id, e.year, c.name, n.name, r.category_id, r.status_id, r.rank, r.prize_eur, r.reason FROM results r "
        "JOIN editions e ON e.id = r.edition_id JOIN cities c ON c.id = r.city_id "
        "JOIN countries n ON n.code = c.country_code"
    )
    keys = ["id", "year", "city", "country", "category", "status", "rank", "prize_eur", "reason"]

    assert sorted(rows) == sorted(tuple(row[key] for key in keys) for row in facts.cities())


def test_every_citation_is_there_with_its_place(database, facts):
    stored = database.execute("SELECT fact_id, source_id, locator, excerpt, read_on FROM citations").fetchall()
    told = [
        (row["id"], one["id"], one["locator"], one["excerpt"], one["read_on"])
        for kind in facts.kinds()
        if kind["kind"] != "sources"
        for row in facts.of_kind(kind["kind"])
        for one in row["sources"]
    ]

    assert sorted(map(repr, stored)) == sorted(map(repr, told))


def test_disputes_mark_what_the_lists_mark(database, facts):
    """A list names the open and the settled disputes of a fact; the table has slips too."""
    told = {(row["id"], dispute) for row in facts.cities() for dispute in row["disputes"]}
    query = """SELECT DISTINCT d.fact_id, d.dispute_id FROM disputed d JOIN results r ON r.id = d.fact_id
               WHERE d.weight <> 'slip'"""

    assert set(database.execute(query)) == told


def test_published_texts_are_told_from_ours_and_from_translations(database, facts):
    for quote in facts.quotes():
        rows = dict(
            database.execute("SELECT lang, origin FROM texts WHERE fact_id = ? AND field = 'text'", (quote["id"],))
        )
        assert rows[quote["original_lang"]] in {"published", "ours"}
        assert rows[quote["lang"]] == "translation" if quote["translated"] else True


def test_every_table_view_and_column_is_described(database):
    described = set(column(database, "SELECT name FROM about_tables"))
    names = {*names_of(database, "table"), *names_of(database, "view")} - {"about", "about_tables", "about_columns"}
    columns = {
        (table, row[1])
        for table in names_of(database, "table")
        if not table.startswith("about")
        for row in database.execute(f'PRAGMA table_info("{table}")')
    }

    assert described == names
    assert set(database.execute("SELECT table_name, column_name FROM about_columns")) == columns
    assert all(column(database, "SELECT description FROM about_columns"))


def test_every_view_answers(database):
    views = names_of(database, "view")

    assert len(views) >= 6
    for view in views:
        assert database.execute(f"SELECT * FROM {view}").fetchall()


def test_full_text_finds_a_name_with_and_without_diacritics(database, facts):
    query = "SELECT c.name FROM cities_fts f JOIN cities c ON c.rowid = f.rowid WHERE cities_fts MATCH ?"
    names = {row["city"] for row in facts.cities() if not row["city"].isascii()}

    assert names
    for name in names:
        assert name in column(database, query, f'"{name}"')
        assert name in column(database, query, f'"{fold(name)}"')


def test_full_text_is_sound(database):
    for name in column(database, "SELECT name FROM sqlite_schema WHERE name LIKE '%\\_fts' ESCAPE '\\'"):
        database.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")


def test_it_says_what_it_is(database, facts):
    about = dict(database.execute("SELECT * FROM about"))

    assert about["facts_version"] == facts.version
    assert about["facts_digest"] == facts.digest
    assert about["language"] == "en"
    assert "CC BY 4.0" in about["licence"]


def test_another_language_is_in_its_words(tmp_path):
    with closing(sqlite3.connect(exported(tmp_path, None, "sv"))) as database, open_facts(lang="sv") as facts:
        told = {row["country"] for row in facts.cities()}

        assert {*column(database, "SELECT name FROM countries")} >= told
        assert column(database, "SELECT value FROM about WHERE key = 'language'") == ["sv"]


def test_the_metadata_describes_the_database_by_its_name(path, database):
    metadata = json.loads((path.parent / "metadata.json").read_text("utf-8"))
    tables = metadata["databases"]["facts"]["tables"]

    assert {*tables} == {*column(database, "SELECT name FROM about_tables")}
    for name, table in tables.items():
        columns = {row[1] for row in database.execute(f'PRAGMA table_info("{name}")')}
        assert {*table.get("columns", {})} <= columns
        assert {*table.get("facets", []), table.get("label_column", "id"), table.get("sort", "id")} <= columns | {"id"}


@pytest.fixture(scope="module")
def datasette(tmp_path_factory):
    """Serve the real facts by Datasette on the loopback: a function that fetches JSON or HTML from it."""
    if find_spec("datasette") is None:
        pytest.skip("Datasette is not installed")
    path = exported(tmp_path_factory.mktemp("datasette"), None)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", path, "--metadata", path.with_name("metadata.json")]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as server:

        def fetch(address):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=30) as answer:
                text = answer.read().decode()
            return json.loads(text) if ".json" in address else text

        try:
            for _ in range(300):
                try:
                    fetch("/-/versions.json")
                    break
                except OSError:
                    if server.poll() is not None:
                        raise
                    time.sleep(0.1)
            yield fetch
        finally:
            server.terminate()


@pytest.mark.doors
def test_datasette_shows_titles_licence_and_descriptions(datasette):
    page = datasette("/")
    table = datasette("/facts/results")

    assert "iCapital facts" in page
    assert "CC BY 4.0" in page
    assert "Which city reached what, in which edition." in table


@pytest.mark.doors
def test_datasette_labels_foreign_keys(datasette):
    rows = datasette("/facts/results.json?_labels=on&_shape=objects&id=2019-espoo")["rows"]

    assert rows[0]["city_id"] == {"value": "espoo", "label": "Espoo"}
    assert rows[0]["status_id"]["label"] == "Runner-up"


@pytest.mark.doors
def test_datasette_offers_facets(datasette):
    facets = datasette("/facts/disputes.json?_shape=objects")["facet_results"]

    assert {one["value"] for one in facets["weight"]["results"]} <= {"open", "settled", "slip"}
    assert (
        sum(one["count"] for one in facets["weight"]["results"])
        == datasette("/facts/disputes.json")["filtered_table_rows_count"]
    )


@pytest.mark.doors
def test_datasette_searches_full_text(datasette):
    found = datasette("/facts/people.json?_search=makela&_shape=objects")["rows"]

    assert "jukka-makela" in [row["id"] for row in found]


@pytest.mark.doors
def test_datasette_shows_the_views(datasette):
    assert datasette("/facts/winners.json?_shape=objects")["rows"][0]["city"] == "Barcelona"
