"""Formats of facts that got past the loader with control characters: no terminal ever obeys them."""

import json
import re
import sqlite3

import pytest
from conftest import BASE
from made_up import ORDERS
from plain_views import drawn, written

from icapital_cli.api import open_store
from icapital_cli.formats.citations import as_citations
from icapital_cli.formats.registry import BRIEFS, CITATIONS, LISTS, PAGES
from icapital_cli.model import KINDS
from icapital_cli.store.facts import FactStore
from icapital_cli.views.citation import entries_of
from icapital_cli.views.comparison import compare_view
from icapital_cli.views.page import page_of
from icapital_cli.views.search_results import search_view
from icapital_cli.views.statistics import GROUPS, stats_view
from icapital_cli.views.view import view_of

FOR_PEOPLE = ("table", "plain", "markdown", "json", "jsonl", "yaml")  # csv and tsv are for programs: data as it is
PLAIN_WORD = re.compile(r"[a-z0-9.*_-]*|[A-Z]{2,3}")  # ids, dates, codes, and the words of closed lists
ORDER = "\x1b[31m\x9b2J\u202e\x07\t\r\u2028\u2066\n"
TABLES = (("labels", "text"), ("passages", "title"), ("passages", "body"), ("localized", "text"), ("terms", "text"))


def spoilt(value):
    """Put an order to the terminal behind every text, and leave what points at a fact as it is."""
    if isinstance(value, dict):
        return {key: spoilt(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [spoilt(inner) for inner in value]
    return value if not isinstance(value, str) or PLAIN_WORD.fullmatch(value) else value + ORDER


def spoilt_translation(text):
    """Spoil a translation, which is a text or a list of texts as JSON."""
    return json.dumps(spoilt(json.loads(text))) if text.startswith("[") else spoilt(text)


@pytest.fixture(scope="module")
def memory():
    """Copy the compiled tiny base, with an order to the terminal behind every text, which no loader lets through."""
    memory = sqlite3.connect(":memory:")
    with open_store(str(BASE)) as store:
        store.connection.backup(memory)
    memory.create_function("spoilt", 1, spoilt)
    memory.create_function("spoilt_translation", 1, spoilt_translation)
    memory.create_function("spoilt_doc", 1, lambda doc: json.dumps(spoilt(json.loads(doc))))
    memory.execute("UPDATE facts SET doc = spoilt_doc(doc)")
    memory.execute("UPDATE texts SET text = spoilt_translation(text)")
    for table, column in TABLES:
        memory.execute(f"UPDATE {table} SET {column} = spoilt({column})")
    yield memory
    memory.close()


@pytest.fixture(params=["en", "sv"])
def store(memory, request):
    return FactStore(memory, request.param)


def obeyed(out):
    """List the orders to a terminal in an output."""
    return {*out} & {*ORDERS, "\t", "\r"}


def assert_harmless(views):
    for view in views:
        assert [name for name in FOR_PEOPLE if obeyed(written(LISTS[name], view))] == []
        assert [name for name in LISTS.drawn if obeyed(drawn(LISTS, name, view))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_list_sends_an_order(store, kind):
    found = [(fact_id, store.fact(fact_id)[1]) for fact_id in store.ids(kind)]

    assert repr(ORDER)[1:-1] in repr(found)
    assert_harmless([view_of(store, kind, found, with_sources=True).with_notes()])


def test_no_search_count_or_comparison_sends_an_order(store):
    counts = [stats_view(store, by, {}) for by in GROUPS]

    assert_harmless([search_view(store, "lamp"), *counts, compare_view(store, ["lodz", "nordvik"])])


@pytest.mark.parametrize(("name", "kind"), [("vcard", "contacts"), ("vcard4", "contacts"), ("ical", "editions")])
def test_no_card_sends_an_order(store, name, kind):
    text = written(LISTS[name], view_of(store, kind, [(i, store.fact(i)[1]) for i in store.ids(kind)]))

    assert "BEGIN:V" in text
    assert obeyed(text.replace("\r\n", "\n")) == set()


@pytest.mark.parametrize(("formats", "brief"), [(PAGES, False), (BRIEFS, True)], ids=["show", "brief"])
def test_no_page_sends_an_order(memory, formats, brief):
    store = FactStore(memory)

    for kind, fact_id in store.rows("SELECT kind, id FROM facts"):
        page = page_of(store, kind, fact_id, brief=brief)

        assert ORDER in page.version
        assert [name for name in formats.names() if obeyed(written(formats[name], page))] == []
        assert [name for name in formats.drawn if obeyed(drawn(formats, name, page))] == []


def test_an_address_cannot_end_a_link_on_a_terminal(memory):
    page = page_of(FactStore(memory), "quotes", "lampa-2015-trams")

    shown = drawn(PAGES, "table", page, TERM="xterm-256color")

    unlinked = re.sub(r"\x1b(\[[0-9;]*m|\]8;[^\x00-\x1f]*\x1b\\)", "", shown)
    assert "\x1b]8;" in shown
    assert "\x1b[31m" not in shown
    assert obeyed(unlinked) == set()


@pytest.mark.parametrize("style", CITATIONS.names())
def test_no_citation_sends_an_order(memory, style):
    store = FactStore(memory)
    cited = store.rows("SELECT kind, id FROM facts WHERE json_extract(doc, '$.citations') <> '[]'")

    for kind, fact_id in [*cited, ("sources", "gazette-2017")]:
        assert obeyed(as_citations(entries_of(store, kind, fact_id), style)) == set()
