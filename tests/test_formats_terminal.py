"""Tables and pages on a terminal: fitted to its width, without losing or adding a letter, coloured where it may be."""

import fcntl
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from collections import Counter
from itertools import groupby
from pathlib import Path
from unicodedata import combining, east_asian_width

import pytest
from conftest import BASE
from made_up import ORDERS
from plain_views import drawn

from icapital_cli.api import open_store
from icapital_cli.formats.registry import LISTS, PAGES
from icapital_cli.model import KINDS
from icapital_cli.views.page import page_of
from icapital_cli.views.statistics import stats_view
from icapital_cli.views.view import view_of

TEXTS = {
    "markup": "[bold]Loud[/bold] [/path] [sic] [link=https://x.example]here[/link]",
    "emoji": "Say :smile: and :trophy: at 12:30",
    "wide": "市民参加のまちづくり 日本語の長い説明がここに入ります",
    "combining": "Z\u0301a\u0308 l\u0301o\u0308d\u0301z\u0301",
    "long": "https://example.org/" + "a" * 200,
}
CITED = "    citations:\n      - source: gazette-2015\n        locator: last paragraph\n"
FACT = "  {key}:\n    name: {key}\n    city: lodz\n    edition: 2015\n    summary: {text}\n    basis: press-account\n"
WIDTHS = (1, 2, 5, 10, 15, 20, 25, 30)
ON_BASE = ("--facts", str(BASE))


@pytest.fixture(scope="module")
def terminal(home):
    """Run the installed tool on a pseudo terminal of some columns: what it writes there, as text."""

    def run_on_terminal(columns, *words, **environment):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        settings = {"HOME": str(home), "LANG": "C.UTF-8", "TERM": "xterm-256color", **environment}
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
def nasty_folder(tmp_path_factory):
    """Copy the tiny base, and add what a terminal or Rich could take for orders."""
    folder = shutil.copytree(BASE, tmp_path_factory.mktemp("nasty") / "base")
    facts = "".join(FACT.format(key=key, text=json.dumps(text)) + CITED for key, text in TEXTS.items())
    (folder / "nasty.yaml").write_text(f"initiatives:\n{facts}", "utf-8")
    return str(folder)


@pytest.fixture(scope="module")
def store(nasty_folder):
    with open_store(nasty_folder) as store:
        yield store


@pytest.fixture(scope="module")
def views(store):
    """The facts of each kind, as a table shows them."""
    return {kind: view_of(store, kind, [(i, store.fact(i)[1]) for i in store.ids(kind)]).with_notes() for kind in KINDS}


@pytest.fixture(scope="module")
def page(store):
    return page_of(store, "cities", "vastersund")


def on_terminal(view, **environment):
    return drawn(LISTS, "table", view, **environment)


def bare(text):
    """Take colours and links off."""
    return re.sub(r"\x1b(\[[0-9;]*m|\]8;[^\x1b]*\x1b\\)", "", text)


def cells_of(line):
    """Count the cells that a line takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in line)


def widest(text):
    return max(map(cells_of, bare(text).splitlines()), default=0)


# Widths


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("kind", ["results", "quotes", "initiatives", "disputes"])
def test_no_line_is_wider_than_the_terminal_unless_it_is_one_word(views, columns, kind):
    lines = on_terminal(views[kind], COLUMNS=str(columns)).splitlines()

    assert lines
    assert [line for line in lines if cells_of(line) > columns and " " in line.strip()] == []


@pytest.mark.parametrize("columns", [80, 120])
def test_a_page_fits_the_terminal_too(page, columns):
    assert 0 < widest(drawn(PAGES, "table", page, COLUMNS=str(columns))) <= columns


def test_the_width_is_that_of_the_terminal_itself(terminal, nasty_folder):
    shown = terminal(40, "initiatives", "--facts", nasty_folder, "--fields", "summary")

    assert {len(line) > 40 for line in bare(shown).splitlines()} == {False, True}
    assert [line.strip() for line in bare(shown).splitlines() if len(line) > 40] == [TEXTS["long"]]
    assert "…" not in shown


@pytest.mark.parametrize("columns", ["²", "0", "-5", "many", ""])
def test_a_width_that_no_terminal_has_is_ignored(views, page, columns):
    for formats, answer in ((LISTS, views["results"]), (PAGES, page)):
        shown = drawn(formats, "table", answer, COLUMNS=columns, LINES=columns)

        assert shown == drawn(formats, "table", answer, COLUMNS=None)


def test_a_terminal_keeps_its_own_width_when_columns_is_not_a_number(terminal):
    assert terminal(100, "cities", *ON_BASE, COLUMNS="²", LINES="²") == terminal(100, "cities", *ON_BASE)


def test_a_narrow_terminal_goes_without_columns_that_can_be_spared_and_names_them(store):
    view = stats_view(store, "country", {})
    wide, narrow = on_terminal(view, COLUMNS="200"), on_terminal(view, COLUMNS="72")

    assert ("Semi-finalist  " in wide, "\n+ " in wide) == (True, False)
    assert "Semi-finalist  " not in narrow
    assert "\n+ Semi-finalist\n" in narrow
    assert "€1,100,000 " in narrow


def test_a_width_beyond_all_terminals_is_not_filled(views, page):
    assert widest(on_terminal(views["results"], COLUMNS="1000000")) < 1000
    assert widest(drawn(PAGES, "table", page, COLUMNS="1000000")) < 1000


# Letters


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_letter_of_a_table_is_lost_however_narrow_the_terminal(views, columns):
    for view in views.values():
        shown = Counter("".join(on_terminal(view, COLUMNS=str(columns)).split()))

        columns_of_cells = [[view.cell(row, column) for row in view.rows] for column in view.shown()]
        # What is the same in rows that follow each other may be told once, in the title or above them.
        told = [key for cells in columns_of_cells for key, _ in groupby(cells)]
        assert shown >= Counter("".join("".join(told).split()))


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_letter_of_a_page_is_lost_however_narrow_the_terminal(page, columns):
    shown = Counter("".join(drawn(PAGES, "table", page, COLUMNS=str(columns)).split()))

    told = "".join(statement.text for section in page.sections for statement in section.statements)
    assert shown >= Counter("".join(told.split()))


@pytest.mark.parametrize("key", ["markup", "emoji", "wide", "combining"])
def test_markup_emoji_names_and_wide_letters_are_shown_as_they_are(views, key):
    shown = on_terminal(views["initiatives"].only("summary"), COLUMNS="400", TERM="xterm-256color")

    assert TEXTS[key] in " ".join(bare(shown).split())


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        ("cities", {"TERM": None}),
        ("cities", {"TERM": ""}),
        ("cities", {"TERM": "nonsense"}),
        ("cities", {"COLUMNS": "1"}),
        ("cities", {"COLUMNS": "10000"}),
        ("cities", {"LANG": "C"}),
        ("cities", {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        ("cities", {"PYTHONIOENCODING": "cp1252"}),
        ("cities", {"PYTHONUNBUFFERED": "1"}),
        ("show vastersund", {"TERM": None}),
        ("show vastersund", {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}),
        ("show vastersund", {"PYTHONUNBUFFERED": "1", "COLUMNS": "1"}),
    ],
    ids=str,
)
def test_a_terminal_of_any_kind_is_sent_every_letter(terminal, words, environment):
    shown = Counter(bare(terminal(100, *words.split(), *ON_BASE, **environment)))

    assert shown >= Counter("VästersundFinland€1,000,000†")


@pytest.mark.parametrize("orders", ["\\e[31mred\\e[0m", "\\x07", "\\u202Egnp", "\\x9b2J"])
def test_control_characters_written_as_yaml_escapes_never_reach_a_terminal(run, tmp_path, orders):
    """The facts are refused, or the characters are cut: both keep them from the terminal."""
    folder = shutil.copytree(BASE, tmp_path / "base")
    (folder / "orders.yaml").write_text(f'organisations:\n  orders:\n    name: "Orders {orders}"\n{CITED}', "utf-8")

    result = run("show", "orders", "--facts", str(folder), "-f", "markdown")

    assert result.code in {0, 4}
    assert not {*(result.out + result.err).replace("\n", "")} & {*ORDERS}


# Colours and links


@pytest.mark.parametrize("words", ["cities", "show lampa-2015-trams"])
def test_colours_and_links_are_for_terminals_only(terminal, icapital, words):
    assert "\x1b[" in terminal(80, *words.split(), *ON_BASE)
    assert "\x1b" not in icapital(*words.split()).out


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_colour_can_be_declined(store, environment):
    coloured = re.compile(r"\x1b\[[0-9;]*3[0-7]m")
    page = page_of(store, "results", "2017-nordvik")  # the heading of its dispute is yellow

    assert coloured.search(drawn(PAGES, "table", page, TERM="xterm"))
    assert not coloured.search(drawn(PAGES, "table", page, **{"TERM": "xterm"} | environment))


def test_a_footnote_is_a_live_link_on_a_terminal(store):
    page = page_of(store, "quotes", "lampa-2015-trams")
    address = "https://gazette.example.com/2015/03/lodz?page=1"

    assert re.search(rf"\x1b\]8;[^;]*;{re.escape(address)}\x1b\\", drawn(PAGES, "table", page, TERM="xterm"))
    assert "\x1b" not in drawn(PAGES, "table", page, TERM="dumb")


def test_json_is_the_same_on_a_terminal(terminal, icapital):
    assert terminal(40, "cities", "--json", *ON_BASE) == icapital("cities", "--json").out
