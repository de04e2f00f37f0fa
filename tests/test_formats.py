"""Every format gives what was found, whole and safe: to the byte on the tiny base, and for any view whatever.

A golden file is what a command prints: `icapital cities -f csv --facts tests/base > tests/golden/cities.csv`.
"""

import csv
import fcntl
import io
import json
import os
import pty
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import termios
from collections import Counter
from pathlib import Path
from unicodedata import combining, east_asian_width

import pytest
import yaml
from conftest import BASE, HERE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up import ORDERS

from icapital_cli.cards import CARDS
from icapital_cli.cite import STYLES, cite
from icapital_cli.index import Index, open_index
from icapital_cli.kinds import KINDS
from icapital_cli.page import page_of
from icapital_cli.render import FORMATS, render, yaml_key
from icapital_cli.rows import Column, Row
from icapital_cli.search import search_view
from icapital_cli.sheet import SHOW, write_page
from icapital_cli.stats import GROUPS, stats_view
from icapital_cli.terminal import json_text, safe, width_of
from icapital_cli.view import View, view_of

GOLDEN = HERE / "golden"
NASTY = "|\\`*_[]<>#~&;:,\"'=+-@ \t\r\n\x00\x07\x1b\x7f\x85\x9b\u2028\u2029\u061c\u200e\u202e\u2066\ufeffłÅ市é\u0301🏆"
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


# To the byte


@pytest.mark.parametrize("shape", ["table", "plain", "json", "jsonl", "csv", "tsv", "markdown", "yaml"])
@pytest.mark.parametrize("command", ["cities", "quotes"])
def test_a_format_is_the_golden_file_to_the_byte(icapital, command, shape):
    result = icapital(command, "--format", shape)

    assert (result.code, result.err) == (0, "")
    assert result.out.encode() == (GOLDEN / f"{command}.{shape}").read_bytes()


def test_every_format_has_its_golden_files():
    assert {path.suffix[1:] for path in GOLDEN.glob("[a-z]*.*")} == set(FORMATS)


# Round trips


LISTS = ["cities", "prizes", "initiatives", "quotes", "contacts", "people", "editions", "disputes", "sources"]


@pytest.mark.parametrize("command", LISTS)
def test_yaml_jsonl_and_json_say_the_same(icapital, command):
    facts = json.loads(icapital(command, "--json").out)

    assert yaml.safe_load(icapital(command, "--format", "yaml").out) == facts
    assert [json.loads(line) for line in icapital(command, "--format", "jsonl").out.splitlines()] == facts


@pytest.mark.parametrize("command", LISTS)
def test_csv_and_tsv_have_the_keys_of_json_and_a_line_for_each_fact(icapital, command):
    facts = json.loads(icapital(command, "--json").out)
    rows = list(csv.DictReader(io.StringIO(icapital(command, "--format", "csv").out, newline="")))
    lines = icapital(command, "--format", "tsv").out.splitlines()

    assert [row["id"] for row in rows] == [line.split("\t")[0] for line in lines[1:]] == [f["id"] for f in facts]
    assert list(rows[0]) == lines[0].split("\t") == list(facts[0])


def test_csv_joins_arrays_and_gives_sources_as_ids(icapital):
    result = icapital("prizes", "nordvik", "--year", "2017", "-f", "csv", "--fields", "amount,sources,disputes")

    assert result.out == "amount,sources,disputes\r\n100000,lantern-2017; wire-release-2017,nordvik-prize-2017\r\n"


def test_csv_leaves_a_cell_that_a_spreadsheet_would_run_as_it_is(icapital):
    result = icapital("cities", "nordvik", "--year", "2017", "--fields", "reason,disputes", "-f", "csv")

    assert result.out == "reason,disputes\r\n=Dark+Sky: a park without a single lamp.,nordvik-prize-2017\r\n"


def test_markdown_keeps_brackets_and_pipes_of_a_text_from_being_markup(icapital):
    result = icapital("cities", "nordvik", "--year", "2015", "--fields", "reason", "-f", "markdown")

    assert result.out == '| Reason |\n| --- |\n| A lighthouse that anyone may book: "ours \\[sic\\] \\| yours". |\n'


# The options of every list


def test_fields_choose_the_columns_and_their_order(icapital):
    result = icapital("cities", "--year", "2015", "--fields", "country_code,id,rank", "--format", "tsv")

    assert result == (
        0,
        "country_code\tid\trank\nPL\t2015-lodz\t1\nNO\t2015-nordvik\t2\nGB\t2015-brambury\t\n",
        "",
    )


def test_fields_choose_the_keys_of_json_too(icapital):
    result = icapital("cities", "lodz", "--year", "2015", "--fields", "city,prize_eur", "--json")

    assert json.loads(result.out) == [{"city": "Łódź", "prize_eur": 500000}]


@pytest.mark.parametrize(
    ("field", "ids"),
    [
        ("prize_eur", ["2017-lodz", "2017-nordvik", "2017-vastersund", "2015-nordvik"]),
        ("-prize_eur", ["2017-vastersund", "2017-nordvik", "2017-lodz", "2015-nordvik"]),
        ("rank", ["2017-vastersund", "2015-nordvik", "2017-nordvik", "2017-lodz"]),
        ("-id", ["2017-vastersund", "2017-nordvik", "2017-lodz", "2015-nordvik"]),
        ("year", ["2015-nordvik", "2017-vastersund", "2017-nordvik", "2017-lodz"]),
    ],
)
def test_sort_orders_by_a_field_and_leaves_the_missing_for_last(icapital, field, ids):
    result = icapital("cities", "--year", "2015..2017", f"--sort={field}", "--fields", "id", "-f", "plain")

    assert [line for line in result.out.splitlines() if line in ids] == ids


@pytest.mark.parametrize("field", ["prize_eur", "-prize_eur"])
def test_what_is_missing_comes_last_both_ways(icapital, field):
    rows = json.loads(icapital("cities", f"--sort={field}", "--json").out)

    assert [row["prize_eur"] is None for row in rows] == [False] * 6 + [True] * 4


@pytest.mark.parametrize(("limit", "count"), [("0", 0), ("1", 1), ("3", 3), ("10", 10), ("999999999", 10)])
def test_limit_keeps_the_first_facts(icapital, limit, count):
    every = json.loads(icapital("cities", "--json").out)

    assert json.loads(icapital("cities", "--limit", limit, "--json").out) == every[:count]


def test_limit_counts_after_the_sorting(icapital):
    result = icapital("cities", "--sort=-prize_eur", "--limit", "1", "--fields", "id", "-f", "plain")

    assert result.out == "2017-vastersund\n"


def test_sources_shows_the_citations_in_the_table(icapital):
    result = icapital("cities", "vastersund", "--year", "2017", "--sources")

    assert result.out == (
        "Edition  City        Country  Category       Status  Prize       Sources\n"
        "2017     Västersund  Finland  Grand Lantern  Winner  €1,000,000  lantern-2017; vastersund-release-2017\n"
    )


def test_sources_changes_nothing_for_scripts(icapital):
    assert icapital("cities", "--sources", "--json") == icapital("cities", "--json")


# Any view whatever


class Plainly:
    """Spells a cell as it stands: what a format makes of it is then the format's own doing."""

    @staticmethod
    def cell(column, row):
        value = row.values[column.key]
        return "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)


texts = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from(NASTY)), max_size=12)
values = st.one_of(st.none(), texts, st.integers(-(10**9), 10**9), st.lists(texts, max_size=3))
printable = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"),
    max_size=12,
)


@st.composite
def views_of(draw, cells):
    """Make a view of any shape: its keys, its headings, and what stands in it."""
    keys = draw(st.lists(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), min_size=1, max_size=5, unique=True))
    columns = [Column(key, draw(texts), "line", shown=True, steps=[]) for key in keys]
    rows = []
    for number in range(draw(st.integers(0, 4))):
        row = Row(f"fact-{number}")
        row.values = {key: draw(cells) for key in keys}
        rows.append(row)
    return View("any", draw(texts), columns, rows, "en", draw(st.lists(texts, max_size=2)), Plainly())


views = views_of(values)


def rendered(view, shape):
    out = io.StringIO(newline="")
    render(view, shape, out)
    return out.getvalue()


def objects(view):
    return [dict(row.values) for row in view.rows]


@given(views)
def test_plain_gives_each_fact_exactly_one_line(view):
    assert len(rendered(view, "plain").splitlines()) == len(view.rows)


@given(views)
def test_json_gives_back_what_it_was_given(view):
    assert json.loads(rendered(view, "json")) == objects(view)


@given(views)
def test_jsonl_gives_each_fact_a_line_that_is_json(view):
    lines = rendered(view, "jsonl").split("\n")

    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == objects(view)


@given(views_of(st.one_of(st.none(), texts)))
def test_csv_gives_back_every_text_to_the_letter(view):
    rows = list(csv.reader(io.StringIO(rendered(view, "csv"), newline="")))

    assert rows == [view.field_names] + [[value or "" for value in row.values.values()] for row in view.rows]


@given(views)
def test_tsv_has_as_many_cells_in_every_line(view):
    lines = rendered(view, "tsv").split("\n")

    assert lines.pop() == ""
    assert [line.count("\t") for line in lines] == [len(view.columns) - 1] * (len(view.rows) + 1)


@given(views_of(st.one_of(st.none(), printable, st.integers(), st.lists(printable, max_size=3))))
def test_yaml_gives_back_what_it_was_given(view):
    assert yaml.safe_load(rendered(view, "yaml")) == objects(view)


@pytest.mark.parametrize("key", ["no", "y", "on", "null", "2019", "2019-espoo", "a: b", "#", "", "é", "\x9b"])
def test_a_key_of_yaml_stays_the_word_that_it_is(key):
    assert yaml.safe_load(f"{yaml_key(key)}: x") == {key: "x"}


@given(views)
def test_a_pipe_in_the_data_never_splits_a_cell_of_markdown(view):
    lines = rendered(view, "markdown").split("\n")[: len(view.rows) + 2]

    assert [len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines] == [len(view.columns) + 1] * len(lines)


@given(views)
def test_markdown_is_a_heading_a_rule_the_facts_and_the_notes(view):
    assert rendered(view, "markdown").count("\n") == 2 + len(view.rows) + 2 * len(view.notes)


@given(views)
def test_the_piped_table_is_a_heading_the_facts_and_the_notes(view):
    heading = 1 if view.rows else 0

    assert rendered(view, "table").count("\n") == heading + len(view.rows) + 2 * len(view.notes)


@pytest.mark.parametrize("shape", ["table", "plain", "markdown", "json", "jsonl", "yaml"])
@given(view=views)
def test_nothing_that_a_terminal_would_obey_reaches_people(shape, view):
    assert not {*rendered(view, shape)} & {*ORDERS, "\t", "\r"}


class Screen(io.StringIO):
    """What a terminal without powers is sent."""

    def isatty(self):
        return True


def drawn(write, *about, TERM="dumb", **environment):  # noqa: N803 - as the environment has it
    """Give what a writer sends to a terminal."""
    screen = Screen()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("FORCE_COLOR", raising=False)
        for name, value in {"TERM": TERM, **environment}.items():
            patch.setenv(name, value)
        write(*about, screen)
    return screen.getvalue()


@settings(max_examples=50)
@given(view=views)
def test_nothing_that_a_terminal_would_obey_is_drawn_on_it(view):
    assert not {*drawn(FORMATS["table"], view)} & {*ORDERS, "\t", "\r"}


@pytest.mark.parametrize("write", [safe, json_text])
def test_no_order_is_left_in_what_is_written(write):
    assert [c for c in (*ORDERS, "\t", "\n", "\r") if c in write(f"a{c}b")] == []


# Facts that got past the loader


PLAIN_WORD = re.compile(r"[a-z0-9.*_-]*|[A-Z]{2,3}")  # ids, dates, codes, and the words of closed lists


def spoilt(value):
    """Put an order to the terminal behind every text, and leave what points at a fact as it is."""
    if isinstance(value, dict):
        return {key: spoilt(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [spoilt(inner) for inner in value]
    if isinstance(value, str) and not PLAIN_WORD.fullmatch(value):
        return value + "\x1b[31m\x9b2J\u202e\x07\t\r\u2028\u2066\n"
    return value


@pytest.fixture(scope="module")
def tiny():
    """Open the tiny base."""
    with open_index(str(BASE)) as index:
        yield index


def facts_of(index, kind):
    """Read every fact of a kind."""
    return [(i, json.loads(doc)) for i, doc in index.rows("SELECT id, doc FROM facts WHERE kind = ?", kind)]


@pytest.fixture(scope="module")
def spoilt_index(tiny):
    """Give the compiled tiny base with orders to the terminal behind every text, which no loader lets through."""
    memory = sqlite3.connect(":memory:")
    tiny.connection.backup(memory)
    memory.create_function("spoilt", 1, lambda text: spoilt(text))
    memory.create_function("spoilt_doc", 1, lambda doc: json.dumps(spoilt(json.loads(doc))))
    memory.execute("UPDATE facts SET doc = spoilt_doc(doc)")
    for table, column in (("labels", "text"), ("passages", "title"), ("passages", "body"), ("spelled", "text")):
        memory.execute(f"UPDATE {table} SET {column} = spoilt({column})")
    yield Index(memory)
    memory.close()


def obeyed(out):
    """List the orders to a terminal that stand in what was written."""
    return {*out} & {*ORDERS, "\t", "\r"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", ["table", "plain", "markdown", "json", "jsonl", "yaml"])
def test_no_list_obeys_a_fact(spoilt_index, kind, shape):
    view = view_of(spoilt_index, kind, facts_of(spoilt_index, kind), numbered=True).noted()

    assert obeyed(rendered(view, shape)) == set()
    assert obeyed(drawn(FORMATS[shape], view)) == set()


@pytest.mark.parametrize(("shape", "kind"), [("vcard", "contacts"), ("vcard4", "contacts"), ("ical", "editions")])
def test_no_card_obeys_a_fact(spoilt_index, shape, kind):
    out = io.StringIO()

    CARDS[shape](view_of(spoilt_index, kind, facts_of(spoilt_index, kind)), out)

    assert "BEGIN:V" in out.getvalue()
    assert obeyed(out.getvalue().replace("\r\n", "\n")) == set()


@pytest.mark.parametrize("brief", [False, True])
@pytest.mark.parametrize("shape", SHOW)
def test_no_page_obeys_a_fact(spoilt_index, shape, brief):
    for kind, fact_id in spoilt_index.rows("SELECT kind, id FROM facts"):
        page, out = page_of(spoilt_index, kind, fact_id, brief=brief), io.StringIO()

        write_page(page, shape, out, SHOW)

        assert obeyed(out.getvalue()) == set()
        assert obeyed(drawn(SHOW[shape], page)) == set()


def test_no_link_on_a_terminal_is_ended_by_an_address(spoilt_index):
    page = page_of(spoilt_index, "quotes", "lampa-2015-trams")

    shown = drawn(SHOW["table"], page, TERM="xterm-256color")

    linked = re.sub(r"\x1b(\[[0-9;]*m|\]8;[^\x00-\x1f]*\x1b\\)", "", shown)
    assert "\x1b]8;" in shown
    assert "\x1b[31m" not in shown
    assert obeyed(linked) == set()


@pytest.mark.parametrize("style", STYLES)
def test_no_citation_obeys_a_fact(spoilt_index, style):
    for kind, fact_id in spoilt_index.rows("SELECT kind, id FROM facts WHERE json_extract(doc, '$.citations') <> '[]'"):
        assert obeyed(cite(spoilt_index, kind, fact_id, style)) == set()
    assert obeyed(cite(spoilt_index, "sources", "gazette-2017", style)) == set()


@pytest.mark.parametrize("shape", ["table", "plain", "markdown", "json", "jsonl", "yaml"])
def test_neither_a_search_nor_a_count_obeys_a_fact(spoilt_index, shape):
    views = [search_view(spoilt_index, "lamp", None), *(stats_view(spoilt_index, by, {}, bars=True) for by in GROUPS)]

    assert [obeyed(rendered(view, shape)) for view in views] == [set()] * len(views)
    assert [obeyed(drawn(FORMATS[shape], view)) for view in views] == [set()] * len(views)


# Widths


@given(views)
def test_every_format_ends_its_last_line(view):
    assert all(out == "" or out.endswith("\n") for out in (rendered(view, shape) for shape in FORMATS))


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


# On a terminal


@pytest.fixture(scope="module")
def terminal(cache):
    """Run the tool on a pseudo terminal of some columns: what it writes there, as text."""

    def run_on_terminal(columns, *words, **environment):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        settings = {"HOME": str(cache), "LANG": "C.UTF-8", "TERM": "xterm-256color", **environment}
        settings = {name: value for name, value in settings.items() if value is not None}
        command = [Path(sys.executable).with_name("icapital"), *words]
        tool = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=settings)
        os.close(theirs)
        read = []
        try:
            while more := os.read(ours, 65536):
                read.append(more)
        except OSError:  # the other end of a pseudo terminal is closed
            pass
        os.close(ours)
        assert tool.wait(60) == 0
        return b"".join(read).decode().replace("\r\n", "\n")

    return run_on_terminal


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    """Copy the tiny base, and add what a terminal or Rich could take for orders."""
    folder = shutil.copytree(BASE, tmp_path_factory.mktemp("nasty") / "base")
    cited = "    citations:\n      - source: gazette-2015\n        locator: last paragraph\n"
    made = {
        "markup": "[bold]Loud[/bold] [/path] [sic] [link=https://x.example]here[/link]",
        "emoji": "Say :smile: and :trophy: at 12:30",
        "wide": "市民参加のまちづくり 日本語の長い説明がここに入ります",
        "combining": "Z\u0301a\u0308 l\u0301o\u0308d\u0301z\u0301",
        "long": "https://example.org/" + "a" * 200,
    }
    (folder / "nasty.yaml").write_text(
        "initiatives:\n"
        + "".join(
            f"  {key}:\n    name: {key}\n    city: lodz\n    edition: 2015\n    summary: {json.dumps(text)}\n"
            f"    basis: press-account\n{cited}"
            for key, text in made.items()
        ),
        "utf-8",
    )
    return str(folder)


def bare(text):
    """Take the colours off."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def cells_of(line):
    """Count the cells that a line takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in line)


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("command", ["cities", "quotes", "initiatives", "disputes"])
def test_no_line_is_wider_than_the_terminal(terminal, nasty, columns, command):
    lines = bare(terminal(columns, command, "--facts", nasty)).splitlines()

    assert lines
    assert max(map(cells_of, lines)) <= columns


@pytest.mark.parametrize("columns", [80, 120])
def test_a_page_fits_the_terminal_too(terminal, nasty, columns):
    lines = bare(terminal(columns, "show", "vastersund", "--facts", nasty, TERM="dumb")).splitlines()

    assert max(map(cells_of, lines)) <= columns


@pytest.mark.parametrize("columns", ["²", "0", "-5", "many", ""])
@pytest.mark.parametrize("words", ["cities", "show vastersund"])
def test_a_width_that_no_terminal_has_is_passed_over(terminal, columns, words):
    asked = [*words.split(), "--facts", str(BASE)]

    shown = terminal(100, *asked, TERM="dumb", COLUMNS=columns, LINES=columns)

    assert shown == terminal(100, *asked, TERM="dumb")


@pytest.mark.parametrize("words", ["cities", "show vastersund"])
def test_a_width_beyond_all_terminals_is_not_filled(terminal, words):
    shown = terminal(100, *words.split(), "--facts", str(BASE), COLUMNS="1000000")

    assert max(map(cells_of, bare(shown).splitlines())) < 1000


@pytest.mark.parametrize(
    "place",
    [
        {"TERM": None},
        {"TERM": ""},
        {"TERM": "nonsense"},
        {"COLUMNS": "1"},
        {"COLUMNS": "10000"},
        {"LANG": "C"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONUNBUFFERED": "1"},
    ],
    ids=str,
)
@pytest.mark.parametrize("words", ["cities", "show vastersund"])
def test_a_terminal_of_any_kind_is_told_every_letter(terminal, words, place):
    shown = Counter(bare(terminal(100, *words.split(), "--facts", str(BASE), **place)))

    assert shown >= Counter("VästersundFinland€1,000,000†")


@pytest.mark.parametrize("columns", [1, 2, 5, 10, 15, 20, 25, 30])
@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_is_lost_on_a_terminal_however_narrow(tiny, kind, columns):
    view = view_of(tiny, kind, facts_of(tiny, kind))

    shown = drawn(FORMATS["table"], view, COLUMNS=str(columns))

    cells = "".join(cell for row in view.rows for cell in view.cells(row, view.shown()))
    assert Counter("".join(shown.split())) >= Counter("".join(cells.split()))


@pytest.mark.parametrize("columns", [1, 2, 3, 5, 10])
def test_no_letter_of_a_page_is_lost_on_a_terminal_however_narrow(tiny, columns):
    page = page_of(tiny, "cities", "vastersund")

    shown = drawn(SHOW["table"], page, COLUMNS=str(columns))

    told = "".join(statement.text for section in page.sections for statement in section.statements)
    assert Counter("".join(shown.split())) >= Counter("".join(told.split()))


def test_columns_of_wide_and_marked_letters_stand_below_each_other(run, nasty):
    out = run("initiatives", "--facts", nasty, "--fields", "summary,city").out

    ends = {cells_of(line.removesuffix("Łódź")) for line in out.splitlines() if line.endswith("Łódź")}
    assert len(ends) == 1


def test_markup_and_emoji_names_in_the_data_are_shown_as_they_stand(terminal, nasty):
    shown = " ".join(bare(terminal(400, "initiatives", "--facts", nasty, "--fields", "summary")).split())

    assert "[bold]Loud[/bold] [/path] [sic] [link=https://x.example]here[/link]" in shown
    assert "Say :smile: and :trophy: at 12:30" in shown
    assert "市民参加のまちづくり 日本語の長い説明がここに入ります" in shown
    assert "Z\u0301a\u0308 l\u0301o\u0308d\u0301z\u0301" in shown


def test_nothing_is_cut_off_on_a_narrow_terminal(terminal, nasty):
    shown = "".join(bare(terminal(40, "initiatives", "--facts", nasty, "--fields", "summary")).split())

    assert "https://example.org/" + "a" * 200 in shown
    assert "…" not in shown


@pytest.mark.parametrize("orders", ["\\e[31mred\\e[0m", "\\x07", "\\u202Egnp", "\\x9b2J"])
def test_orders_to_the_terminal_written_as_yaml_escapes_never_reach_it(run, tmp_path, orders):
    """The facts are refused, or the characters are cut: both keep them from the terminal."""
    folder = shutil.copytree(BASE, tmp_path / "base")
    (folder / "orders.yaml").write_text(
        f'organisations:\n  orders:\n    name: "Orders {orders}"\n'
        "    citations:\n      - source: gazette-2015\n        locator: last paragraph\n",
        "utf-8",
    )

    result = run("show", "orders", "--facts", str(folder), "-f", "markdown")

    shown = (result.out + result.err).replace("\n", "")
    assert result.code in {0, 4}
    assert not {*shown} & {*ORDERS}


def test_colour_is_for_terminals_only(terminal, icapital):
    assert "\x1b[" in terminal(80, "cities", "--facts", str(BASE))
    assert "\x1b" not in icapital("cities").out


@pytest.mark.parametrize("settings", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_can_be_declined(terminal, settings):
    shown = terminal(80, "cities", "--facts", str(BASE), **settings)

    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", shown)


def test_json_is_the_same_on_a_terminal(terminal, icapital):
    assert terminal(40, "cities", "--json", "--facts", str(BASE)) == icapital("cities", "--json").out
