"""Arguments are data: no word of a command line or an environment is obeyed, or reaches the terminal raw."""

import io
import re
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest
from conftest import BASE
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import ORDERS

from icapital_cli.cli.app import main
from icapital_cli.cli.options import OUTPUT
from icapital_cli.formats.registry import LISTS
from icapital_cli.model import KINDS
from icapital_cli.store import database

CONTROL = re.compile(f"[\t\r{''.join(map(re.escape, ORDERS))}]")
ONE_LINE = re.compile(r"icapital: [^\n]+\n")
FILTERS = {cls.command.name: cls.command.options for cls in KINDS.values() if cls.command}
HOSTILE = {
    "sql": "'; DROP TABLE facts; --",
    "or": "lodz' OR '1'='1",
    "operators": 'lodz" OR NEAR(city) AND -*^: {a b}',
    "bytes": "\udcff\udc9b31m",
    "percent": "%",
    "underscore": "_",
    "markup": "[red]$(id)`id`:smile:../../etc/passwd*",
    "orders": "\x1b[31mred\x1b]0;title\x07\x9b31m\u202egnp.exe\u2066a\nb\r\nc",
}


# Names are looked up, so that SQL could be smuggled in; the others are compared with a list.
LOOKED_UP = [
    (["show", "--", "{}"], 3),
    (["cities", "--", "{}"], 3),
    (["cities", "--city={}"], 3),
    (["cities", "--country={}"], 3),
    (["quotes", "--speaker={}"], 3),
    (["sources", "--publisher={}"], 3),
    (["cities", "--status={}"], 2),
    (["cities", "--year={}"], 2),
]
COMPARED = [
    (["cities", "--limit={}"], 2),
    (["cities", "--lang={}"], 2),
    (["cities", "--format={}"], 2),
    (["cities", "--fields={}"], 2),
    (["cities", "--sort={}"], 2),
    (["cities", "--color={}"], 2),
    (["cities", "--category={}"], 2),
    (["cities", "--json={}"], 2),
    (["cities", "--facts={}"], 4),
    (["cities", "--{}"], 2),
    (["{}"], 2),
    (["prizes", "--award={}"], 2),
    (["sources", "--kind={}"], 2),
    (["editions", "--year={}"], 2),
    (["search", "lamp", "--kind={}"], 2),
    (["cite", "--", "{}"], 3),
    (["cite", "2017", "--style={}"], 2),
    (["brief", "--", "{}"], 3),
    (["stats", "--by={}"], 2),
    (["stats", "--country={}"], 3),
    (["compare", "--", "2017", "{}"], 3),
    (["about", "--schema={}"], 2),
    (["about", "--lang={}"], 2),
    (["about", "--", "{}"], 2),
    (["languages", "--", "{}"], 2),
    (["completion", "--", "{}"], 2),
    (["check", "{}"], 4),
    (["check", "facts", "--against={}"], 4),
    (["check", "--", "facts", "{}"], 2),
]


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        *((*case, kind) for case in LOOKED_UP for kind in HOSTILE),
        *((*case, kind) for case in COMPARED for kind in ("bytes", "orders")),
    ],
)
def test_an_argument_is_never_obeyed(run, words, code, kind):
    result = run(*(word.replace("{}", HOSTILE[kind]) for word in words))

    assert (result.code, result.out) == (code, "")
    assert ONE_LINE.fullmatch(result.err)
    assert not CONTROL.search(result.err)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_search_looks_for_words(icapital, kind):
    code, out, err = icapital("search", HOSTILE[kind])

    assert code in {0, 2}
    assert out or re.fullmatch(r"icapital: (nothing matches|name a word)[^\n]+\n", err)
    assert not CONTROL.search(out + err)


@pytest.mark.parametrize("name", ["ICAPITAL_LANG", "SOURCE_DATE_EPOCH"])
@pytest.mark.parametrize("kind", ["percent", "bytes", "orders"])
def test_the_environment_is_never_obeyed(icapital, name, kind):
    result = icapital("brief", "lodz", **{name: HOSTILE[kind]})

    assert (result.code, result.out) == (2, "")
    assert ONE_LINE.fullmatch(result.err)
    assert not CONTROL.search(result.err)


@pytest.fixture(params=["bytes", "orders"])
def hostile_folder(request, tmp_path):
    """Make a folder with a hostile name."""
    folder = tmp_path / HOSTILE[request.param]
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("words", "new", "code"),
    [
        ("about --facts", "cities: {}\n", 0),
        ("about --json --facts", "cities: {}\n", 0),
        ("check", "cities: 5\n", 4),
        ("cities --facts", "cities: 5\n", 4),
        ("cities --facts", None, 4),
    ],
)
def test_the_name_of_a_folder_is_never_obeyed(run, hostile_folder, words, new, code):
    """Of one with facts, with problems, without facts."""
    folder = hostile_folder
    if new:
        shutil.copytree(BASE, folder, dirs_exist_ok=True)
        (folder / "new.yaml").write_text(new, "utf-8")

    result = run(*words.split(), folder)

    assert result.code == code
    assert not CONTROL.search(result.out + result.err)


@pytest.mark.parametrize("words", [["show", "a\0b"], ["cities", "--facts", "a\0b"], ["cities", "--city", "a\0b"]])
def test_a_nul_in_an_argument_is_data(run, words):
    """No shell can pass one on; Python can."""
    result = run(*words)

    assert result.code in {3, 4}
    assert re.fullmatch(r"icapital: no (fact|city|folder)[^\n\0]+\n", result.err)


LONG = "x" * 100_000
TAKING_VALUES = [name for name in OUTPUT if name not in {"json", "sources", "excel"}]


@pytest.mark.parametrize(
    "words",
    [
        ["show", *[LONG] * 10],
        ["cities", *["ł" * 50_000] * 10],
        ["cities", "--year", "9" * 100_000],
        ["cities", "--fields", "x," * 50_000],
        *(["cities", f"--{name}", LONG] for name in ("city", "country", "category", "status", *TAKING_VALUES)),
        *(["sources", f"--{name}", LONG] for name in ("publisher", "kind")),
        *([name, LONG] for name in ("search", "cite", "brief", "check", "completion", "about")),
        ["search", "lamp", "--kind", LONG],
        ["cite", "2019", "--style", LONG],
        ["stats", "--by", LONG],
        ["about", "--schema", LONG],
        ["check", BASE, "--against", LONG],
        ["cities", f"--{LONG}"],
        [LONG],
    ],
    ids=lambda words: " ".join(str(word)[:20] for word in words[:3]),
)
def test_a_megabyte_of_argument_is_answered_in_one_short_line(run, words):
    result = run(*words)

    assert (result.code, result.out) in {(0, ""), (2, ""), (3, ""), (4, "")}
    assert re.fullmatch(r"icapital: [^\n]{20,600}\n", result.err)


# The same in this process, so that it can be asked often, and its insides exchanged.


def told(*words):
    """Run the tool in this process: its exit code, and what it wrote on both streams."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", errors="replace", newline="") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["icapital", *words])
        code = main()
    out.flush()
    err.flush()
    return code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode()


@pytest.mark.parametrize("content", [b"no database", b"", b"SQLite format 3\0" + bytes(4080), None])
@pytest.mark.parametrize("words", [("cities",), ("show", "espoo"), ("search", "lamp"), ("about",)])
def test_shipped_facts_that_are_damaged_or_gone_are_reported_in_one_line(tmp_path, monkeypatch, words, content):
    monkeypatch.setattr(database, "SHIPPED", str(tmp_path / "facts.db"))
    if content is not None:
        (tmp_path / "facts.db").write_bytes(content)

    code, out, err = told(*words)

    assert (code, out) == (4, "")
    assert re.fullmatch(r"icapital: [^\n]+install the package again[^\n]*\n", err)


ASKED = [
    *([command, "--", "{}"] for command in (*FILTERS, "show", "search", "cite", "brief", "check/", "{}")),
    *([command, f"--{name}={{}}"] for command, names in FILTERS.items() for name in names),
    *([command, f"--{name}={{}}"] for command in FILTERS for name in ("lang", "format", "fields", "sort", "limit")),
    *(["search", "lamp", f"--{name}={{}}"] for name in ("kind", "lang", "format", "fields", "sort", "limit")),
    *(["stats", f"--{name}={{}}"] for name in ("by", "year", "city", "country", "category", "status", "fields")),
    *([command, "--", "{}"] for command in ("about", "languages", "compare")),
    *(["compare", "--", "2017", "{}"], ["cite", "2017", "--style={}"], ["about", "--schema={}"], ["languages", "-f{}"]),
    *(["check", "/nowhere/{}"], ["check", "facts", "--against=/nowhere/{}"], ["cities", "--{}"], ["completion", "{}"]),
]
NASTY = "\x00\x07\x08\t\n\r\x1b[]31m;\x7f\x85\x9b\u061c\u200e\u2028\u202e\u2066\ufeff\udcff'\"%_*()^:-<>/\\łÅ市e\u0301"
typed = st.text(st.one_of(st.sampled_from(NASTY), st.characters()), max_size=20)


@settings(max_examples=400)
@given(st.sampled_from(ASKED), typed, st.sampled_from([*LISTS.names(), ""]))
def test_no_argument_breaks_an_answer_or_reaches_the_terminal(words, text, shape):
    words = [word.replace("{}", text).replace("check/", "check") for word in words]
    asked = ["--facts", str(BASE), words[0], *(["-f", shape] if shape and words[0] in FILTERS else []), *words[1:]]

    code, out, err = told(*asked)

    assert code in {0, 2, 3, 4}
    assert not CONTROL.search(out.replace("\r\n", "\n").replace("\t", " ") + err)
    assert err.count("\n") <= 1
