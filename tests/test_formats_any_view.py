"""Formats of lists on any view whatever: nothing is lost, nothing is added, nothing reaches a terminal as an order."""

import csv
import io
import json
import re
from unicodedata import combining, east_asian_width

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up import ORDERS
from plain_views import drawn, plain_view, written

from icapital_cli.formats.registry import LISTS
from icapital_cli.formats.structured import yaml_key
from icapital_cli.terminal import json_text, safe, width_of

FORMATS = LISTS.names(())
FOR_PEOPLE = ("table", "plain", "markdown", "json", "jsonl", "yaml")  # csv and tsv are for programs: data as it is
NASTY = "|\\`*_[]<>#~&;:,\"'=+-@ \t\r\n\x00\x07\x1b\x7f\x85\x9b\u2028\u2029\u061c\u200e\u202e\u2066\ufeffłÅ市é\u0301🏆"
UNSAFE = {*ORDERS, "\t", "\r"}

texts = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from(NASTY)), max_size=12)
values = st.one_of(st.none(), texts, st.integers(-(10**9), 10**9), st.lists(texts, max_size=3))
printable = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"),
    max_size=12,
)
unhurried = settings(suppress_health_check=[HealthCheck.too_slow])  # a slow machine is no failure


@st.composite
def views_of(draw, cells):
    """Make a view of any shape: its keys, its headings, its cells, its notes; also one without a row."""
    keys = draw(st.lists(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), min_size=1, max_size=5, unique=True))
    rows = [{key: draw(cells) for key in keys} for _ in range(draw(st.integers(0, 4)))]
    view = plain_view(rows or [dict.fromkeys(keys)], {key: draw(texts) for key in keys}, draw(texts))
    return view._replace(rows=view.rows if rows else [], notes=draw(st.lists(texts, max_size=2)))


views = views_of(values)


def rendered(view, name):
    return written(LISTS[name], view)


def cells_of(view):
    return [row.values for row in view.rows]


@unhurried
@given(views)
def test_json_and_jsonl_give_back_what_they_were_given(view):
    lines = rendered(view, "jsonl").split("\n")

    assert json.loads(rendered(view, "json")) == cells_of(view)
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == cells_of(view)


@unhurried
@given(views_of(st.one_of(st.none(), printable, st.integers(), st.lists(printable, max_size=3))))
def test_yaml_gives_back_what_it_was_given(view):
    assert yaml.safe_load(rendered(view, "yaml")) == cells_of(view)


@unhurried
@given(views_of(st.one_of(st.none(), texts)))
def test_csv_gives_back_every_text_to_the_letter(view):
    rows = list(csv.reader(io.StringIO(rendered(view, "csv"), newline="")))

    assert rows == [view.field_names] + [[value or "" for value in row.values.values()] for row in view.rows]


@unhurried
@given(views)
def test_each_format_has_as_many_lines_as_it_has_facts_headings_and_notes(view):
    facts, notes = len(view.rows), 2 * len(view.notes)

    lines = {name: rendered(view, name).count("\n") for name in ("plain", "tsv", "markdown", "table")}

    heading = 1 if facts else 0
    assert lines == {"plain": facts, "tsv": 1 + facts, "markdown": 2 + facts + notes, "table": heading + facts + notes}


@unhurried
@given(views)
def test_no_text_splits_a_cell_of_tsv_or_markdown(view):
    tsv = rendered(view, "tsv").splitlines()
    markdown = rendered(view, "markdown").split("\n")[: len(view.rows) + 2]

    assert {line.count("\t") for line in tsv} == {len(view.columns) - 1}
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in markdown} == {len(view.columns) + 1}


@unhurried
@given(views)
def test_every_format_ends_its_last_line(view):
    assert [name for name in FORMATS if not ("\n" + rendered(view, name)).endswith("\n")] == []


@unhurried
@given(views)
def test_nothing_that_a_terminal_obeys_reaches_people(view):
    assert [name for name in FOR_PEOPLE if {*rendered(view, name)} & UNSAFE] == []
    assert {*drawn(LISTS, "table", view)} & UNSAFE == set()


@pytest.mark.parametrize("write", [safe, json_text])
def test_no_character_that_a_terminal_obeys_is_left_in_a_text(write):
    assert [c for c in (*ORDERS, "\t", "\n", "\r") if c in write(f"a{c}b")] == []


@pytest.mark.parametrize("key", ["no", "y", "on", "null", "2019", "2019-espoo", "a: b", "#", "", "é", "\x9b"])
def test_a_key_of_yaml_stays_the_word_that_it_is(key):
    assert yaml.safe_load(f"{yaml_key(key)}: x") == {key: "x"}


# Widths


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("ที่", 1),
        ("ni\u0304", 2),
        ("a\u200bb\u2060c", 3),
        ("\u2764\ufe0f", 1),
        ("\u1112\u1161\u11ab", 2),
        ("👨\u200d👩\u200d👧", 6),
        ("co\u00adop", 5),
        ("市é", 3),
        ("日本語のまち", 12),
        ("ｶﾅ", 2),
        ("서울", 4),
        ("Αθήνα", 5),
        ("Ή", 1),
        ("Софи\u0306я", 5),
        ("חיפה", 4),
        ("חֵיפָה", 4),
        ("مدينة", 5),
        ("مَدِينَة", 5),
        ("Z\u0301a\u0308l", 3),
        ("a\u20dd", 1),
        ("가\u302e", 2),
    ],
)
def test_a_text_is_as_wide_as_the_terminal_draws_it(text, cells):
    assert width_of(text) == cells


def test_columns_of_wide_and_combining_letters_are_aligned():
    names = ("plain", "市民参加のまちづくり", "Z\u0301a\u0308 l\u0301o\u0308d\u0301z\u0301")

    lines = rendered(plain_view([{"name": name, "city": "Łódź"} for name in names]), "table").splitlines()

    assert len({sum(map(terminal_cells, line.removesuffix("Łódź"))) for line in lines[1:]}) == 1


def terminal_cells(letter):
    """Count the cells of a letter as UAX #11 has it, without the width that the tool computes."""
    return 0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1
