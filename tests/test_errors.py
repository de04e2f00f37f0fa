"""Whatever is asked wrongly is answered with one line, a remedy and the promised exit code."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from conftest import BASE
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import ORDERS, changed

from icapital_cli import index
from icapital_cli.cli import main
from icapital_cli.lists import LISTS
from icapital_cli.options import OUTPUT
from icapital_cli.render import FORMATS, LATER

FIELDS = (
    "id, year, edition, city, city_id, country, country_code, category, status, rank, prize_eur, reason, lang, note, "
    "sources, disputes"
)
LANGUAGES = "en (English), sv (svenska)"
YEARS = "give 2019, 2017..2020, or a label such as 2024-25"
CONTROL = re.compile(f"[\t\r{''.join(map(re.escape, ORDERS))}]")


@pytest.fixture(scope="module")
def shell(cache):
    """Run a line of bash in which `icapital` is the installed tool."""

    def run_line(line, **environment):
        scripts = Path(sys.executable).parent
        settings = {"HOME": str(cache), "LANG": "C.UTF-8", "PATH": f"{scripts}:{os.environ['PATH']}", "BASE": str(BASE)}
        done = subprocess.run(
            ["/bin/bash", "-c", line], capture_output=True, env={**settings, **environment}, timeout=60, check=False
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run_line


# What is not there


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("citties", "no command is called 'citties'. did you mean 'cities'?"),
        ("cities --yeer 2017", "no option is called '--yeer'. did you mean '--year'?"),
        ("cities --fields year,ctiy", "no field is called 'ctiy'. did you mean 'city'?"),
        ("cities --fields kelvin", f"no field is called 'kelvin'. there is: {FIELDS}"),
        ("cities --fields year,", f"no field is called ''. there is: {FIELDS}"),
        ("cities --fields year,city,year", "the field 'year' is named twice"),
        ("cities --sort ctiy", "no field is called 'ctiy'. did you mean 'city'?"),
        ("cities --sort -ctiy", "no field is called 'ctiy'. did you mean 'city'?"),
        ("cities --lang se", f"no language is called 'se'. did you mean 'sv'? there is: {LANGUAGES}"),
        ("cities --lang xx", f"no language is called 'xx'. there is: {LANGUAGES}"),
        ("languages --lang se", f"no language is called 'se'. did you mean 'sv'? there is: {LANGUAGES}"),
        ("cities --format jsn", "no format is called 'jsn'. did you mean 'json'?"),
        (
            "cities -f doc",
            (
                "no format is called 'doc'. there is: table, plain, json, jsonl, csv, tsv, markdown, yaml, vcard, "
                "vcard4, ical"
            ),
        ),
        ("cities --color pink", "no color is called 'pink'. there is: auto, always, never"),
        ("cities --limit x", "--limit takes a whole number, not 'x'"),
        ("cities --limit -1", "--limit takes a whole number, not '-1'"),
        ("cities --limit 1.5", "--limit takes a whole number, not '1.5'"),
        ("cities --limit ٣", "--limit takes a whole number, not '٣'"),
        ("cities --limit 99999999999999999999", "--limit takes a whole number, not '99999999999999999999'"),
        ("cities --json=yes", "option '--json' does not take a value"),
        ("cities --status winer", "no status is called 'winer'. did you mean 'winner'?"),
        (
            "cities --status lost",
            "no status is called 'lost'. there is: winner, runner-up, finalist, semi-finalist",
        ),
        ("cities --category huge", "no category is called 'huge'. there is: grand-lantern, small-lantern"),
        ("prizes --award bright", "no award is called 'bright'. did you mean 'bright-town'?"),
        ("prizes --award nobel", "no award is called 'nobel'. there is: lantern, bright-town"),
        ("sources --kind new", "no kind is called 'new'. did you mean 'news'?"),
        ("show", "name a city, person, source or fact: icapital show espoo"),
        ("about --schema citys", "no schema is called 'citys'. did you mean 'cities'?"),
    ],
)
def test_a_wrong_word_is_named_with_what_there_is(icapital, words, message):
    result = icapital(*words.split())

    assert result == (2, "", f"icapital: {message}\n")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("cities --facts=", "'--facts'"),
        ("cities --lang=", "'--lang' / '-l'"),
        ("cities --format=", "'--format' / '-f'"),
        ("cities --city=", "'--city' / '-c'"),
        ("sources --publisher=", "'--publisher'"),
        ("cite 2017 --style=", "'--style'"),
    ],
)
def test_an_empty_value_is_not_taken_for_none(run, words, hint):
    result = run(*words.split())

    command = words.partition(" ")[0]
    assert result == (2, "", f"icapital: invalid value for {hint}: it is empty. see icapital {command} --help\n")


def test_an_empty_folder_before_the_command_is_not_taken_for_none(run):
    assert run("--facts=", "cities") == (
        2,
        "",
        "icapital: invalid value for '--facts': it is empty. see icapital --help\n",
    )


@pytest.mark.parametrize("option", ["--json", "--year", "--lang", "--format"])
def test_an_option_before_the_command_is_sent_to_its_place(run, option):
    result = run(option, "cities")

    assert result == (2, "", f"icapital: {option} stands after the command: icapital cities {option} …\n")


@pytest.mark.parametrize(
    "year",
    [
        "abc",
        "2020..2017",
        "1;drop",
        "..",
        "0",
        "-2017",
        "99999",
        "2017...2020",
        "2017 OR 1=1",
        "x' or id='2017",
        "2020%",
        "2020_21",
    ],
)
def test_a_year_that_is_no_year_is_refused(icapital, year):
    result = icapital("cities", f"--year={year}")

    assert result == (2, "", f"icapital: {year!r} is no year. {YEARS}\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["cities", "--city", "Atlantis"], "no city is called 'Atlantis'."),
        (["cities", "--city", "City of Boat"], "no city is called 'City of Boat'. did you mean City of Boats (lodz)?"),
        (["cities", "--country", "Polnd"], "no country of the facts is called 'Polnd'. did you mean 'Poland'?"),
        (["cities", "--country", "Sweden"], "no country of the facts is called 'Sweden'."),
        (["quotes", "--speaker", "Ada Quil"], "no person is called 'Ada Quil'. did you mean Ada Quill (ada-quill)?"),
        (["sources", "--publisher", "Gazete"], "no publisher is called 'Gazete'. did you mean 'Gazette'?"),
        (["sources", "--publisher", "Atlantis Post"], "no publisher is called 'Atlantis Post'."),
        (["show", "atlantis"], "no fact is called 'atlantis'."),
    ],
)
def test_a_name_that_nobody_bears_is_not_guessed(icapital, words, message):
    result = icapital(*words)

    assert result == (3, "", f"icapital: {message}\n")


def test_a_name_that_two_bear_is_refused_with_their_ids(run, tmp_path):
    folder = shutil.copytree(BASE, tmp_path / "base")
    (folder / "boats.yaml").write_text(
        "organisations:\n  boat-club:\n    name: City of Boats\n"
        "    citations:\n      - source: gazette-2015\n        locator: last paragraph\n",
        "utf-8",
    )

    result = run("show", "city of boats", "--facts", str(folder))
    marked = run("show", "city of boats" + "\u0301" * 1000, "--facts", str(folder))

    several = "names several: lodz (cities), boat-club (organisations). give the id\n"
    assert result == (3, "", f"icapital: 'city of boats' {several}")
    assert marked == (3, "", f"icapital: 'city of boats{chr(0x301) * 5}…' {several}")


def test_a_schema_of_nothing_lists_the_schemas(icapital):
    result = icapital("about", "--schema", "weather")

    assert result == (
        2,
        "",
        (
            "icapital: no schema is called 'weather'. there is: editions, cities, prizes, people, initiatives, quotes, "
            "contacts, disputes, sources, gaps, show, search, stats, compare, languages, about\n"
        ),
    )


@pytest.mark.parametrize("command", ["cities", "show lodz", "about", "languages"])
def test_a_folder_of_facts_that_is_missing(run, command):
    result = run(*command.split(), "--facts", "/nowhere/at/all")

    assert result == (4, "", "icapital: no folder '/nowhere/at/all'\n")


def test_a_folder_without_facts(run, tmp_path):
    result = run("cities", "--facts", str(tmp_path))

    assert result == (4, "", f"icapital: no .yaml file in the folder '{tmp_path}'\n")


def test_a_file_where_a_folder_should_be(run, tmp_path):
    file = tmp_path / "facts.yaml"
    file.write_text("cities: {}\n", "utf-8")

    result = run("cities", "--facts", str(file))

    assert result == (4, "", f"icapital: no folder '{file}'\n")


def test_invalid_facts_are_all_named_with_file_line_and_column(run, tmp_path):
    (tmp_path / "cities.yaml").write_text("cities:\n  A B:\n    name: A\n", "utf-8")

    code, out, err = run("cities", "--facts", str(tmp_path))

    assert (code, out) == (4, "")
    assert err.startswith(f"{tmp_path}/cities.yaml:2:3: ")


# What is empty is answered


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("cities --year 2016", "no edition in 2016; editions: 2015, 2017, 2020 (2020-21)"),
        ("cities --year 2015 --country norway --status winner", "nothing found; leave out an option to see more"),
        ("contacts --city lodz", "nothing found; leave out an option to see more"),
    ],
)
@pytest.mark.parametrize(
    ("shape", "empty"), [("table", ""), ("plain", ""), ("json", "[]\n"), ("jsonl", ""), ("yaml", "[]\n")]
)
def test_an_empty_answer_is_an_answer(icapital, words, message, shape, empty):
    result = icapital(*words.split(), "--format", shape)

    assert result == (0, empty, f"icapital: {message}\n")


# Where the answer cannot go


def test_a_closed_pipe_ends_quietly(shell):
    result = shell("icapital sources --json | head -n 1; echo ${PIPESTATUS[0]}")

    assert result == (0, "[\n0\n", "")


def test_a_pipe_that_nobody_reads_ends_quietly(shell):
    result = shell("icapital sources --json | true; echo ${PIPESTATUS[0]}")

    assert result == (0, "0\n", "")


@pytest.mark.parametrize(
    "words", ["cities", "cities --json", "show nantes", "--help", "--version", "about", "languages"]
)
def test_a_full_disk_is_one_line(shell, words):
    result = shell(f"icapital {words} > /dev/full")

    assert result == (1, "", "icapital: cannot write the answer: No space left on device\n")


@pytest.mark.parametrize("words", ["cities", "cities --json", "--help"])
def test_a_closed_standard_output_is_one_line(shell, words):
    result = shell(f"icapital {words} >&-")

    assert result == (1, "", "icapital: cannot write the answer: standard output is closed\n")


def test_an_output_that_is_for_reading_only_is_one_line(shell):
    result = shell("icapital cities 1< /dev/null")

    assert result == (1, "", "icapital: cannot write the answer: Bad file descriptor\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_disk_that_fills_up_on_the_way_is_one_line(shell, tmp_path, unbuffered):
    result = shell(f"ulimit -f 8; icapital sources --json > {tmp_path}/sources.json", PYTHONUNBUFFERED=unbuffered)

    assert result == (1, "", "icapital: cannot write the answer: File too large\n")


def test_a_cache_that_has_no_room_is_told_once_and_not_missed(shell, tmp_path):
    line = "ulimit -f 8; icapital cities --facts $BASE --year 2015 --fields city -f plain"

    result = shell(line, XDG_CACHE_HOME=str(tmp_path))

    assert result == (
        0,
        "Łódź\nNordvik\nBrambury-on-Sea\n",
        "icapital: the cache cannot be written (disk I/O error); answering from memory\n",
    )


@pytest.mark.parametrize("streams", ["2>&-", "<&-", "<&- 2>&-"])
def test_an_answer_needs_no_other_stream(shell, streams):
    result = shell(f"icapital cities --facts $BASE --year 2015 --fields city --json {streams}")

    assert result == (
        0,
        '[\n{"city": "Łódź"},\n{"city": "Nordvik"},\n{"city": "Brambury-on-Sea"}\n]\n',
        "",
    )


@pytest.mark.parametrize("stream", ["2>&-", "2>/dev/full", "2</dev/null"])
@pytest.mark.parametrize(("words", "code"), [("citties", 2), ("show atlantis", 3), ("check /nowhere", 4)])
def test_an_error_that_cannot_be_told_still_has_its_code(shell, stream, words, code):
    assert shell(f"icapital {words} {stream}") == (code, "", "")


@pytest.fixture
def writing(cache):
    """Start the tool on an answer that no pipe holds, and give it once it has begun to write."""
    started = []

    def begun(interrupts):
        def as_a_shell_does():
            """Whoever runs the tests may have had signals ignored, as nohup has."""
            signal.signal(signal.SIGINT, interrupts)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)

        process = subprocess.Popen(
            [Path(sys.executable).with_name("icapital"), "sources", "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={"HOME": str(cache), "LANG": "C.UTF-8"},
            preexec_fn=as_a_shell_does,  # noqa: PLW1509 - no thread runs here
        )
        started.append(process)
        assert os.read(process.stdout.fileno(), 1) == b"["
        return process

    yield begun
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_quietly_and_by_that_signal(writing, number):
    process = writing(signal.SIG_DFL)

    process.send_signal(number)

    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (-number, b"")


def test_an_interrupt_that_the_caller_has_ignored_ends_nothing(writing):
    process = writing(signal.SIG_IGN)

    process.send_signal(signal.SIGINT)

    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert json.loads(b"[" + out)


# What nobody expected


BROKEN = """
import sys
from icapital_cli.cli import main
class Broken:
    def __getattr__(self, _name):
        raise ValueError("\\x1b[31m" + "x" * 1000)
sys.modules["icapital_cli.search"] = Broken()
sys.argv[1:] = ["search", "lamp"]
sys.exit(main())
"""


@pytest.fixture
def break_down(cache):
    """Run a search in which the tool itself is broken."""

    def broken(**environment):
        done = subprocess.run(
            [sys.executable, "-c", BROKEN], capture_output=True, env={"HOME": str(cache), **environment}, check=False
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return broken


def test_a_failure_that_nobody_expected_is_one_line(break_down):
    told = f"icapital: unexpected failure: ValueError: \ufffd[31m{'x' * 75}…. ICAPITAL_DEBUG=1 shows more\n"

    assert break_down() == (1, "", told)


def test_a_failure_that_nobody_expected_can_be_traced(break_down):
    code, out, err = break_down(ICAPITAL_DEBUG="1")

    assert (code, out) == (1, "")
    assert err.startswith("Traceback")


# Arguments are data


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


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["show", "--", "{}"], 3),
        (["cities", "--", "{}"], 3),
        (["cities", "--city={}"], 3),
        (["cities", "--country={}"], 3),
        (["quotes", "--speaker={}"], 3),
        (["sources", "--publisher={}"], 3),
        (["cities", "--status={}"], 2),
        (["cities", "--year={}"], 2),
        (["cities", "--limit={}"], 2),
        (["cities", "--lang={}"], 2),
        (["cities", "--format={}"], 2),
        (["cities", "--fields={}"], 2),
        (["cities", "--facts={}"], 4),
        (["check", "{}"], 4),
        (["{}"], 2),
        (["about", "--schema={}"], 2),
        (["cities", "--{}"], 2),
        (["cities", "--sort={}"], 2),
        (["cities", "--color={}"], 2),
        (["cities", "--category={}"], 2),
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
        (["about", "--lang={}"], 2),
        (["completion", "--", "{}"], 2),
        (["check", "facts", "--against={}"], 4),
        (["about", "--", "{}"], 2),
        (["languages", "--", "{}"], 2),
        (["check", "--", "facts", "{}"], 2),
        (["cities", "--json={}"], 2),
    ],
)
def test_what_stands_in_an_argument_is_never_obeyed(run, words, code, kind):
    result = run(*(word.replace("{}", HOSTILE[kind]) for word in words))

    assert (result.code, result.out) == (code, "")
    assert re.fullmatch(r"icapital: [^\n]+\n", result.err)
    assert not CONTROL.search(result.err)


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_stands_in_a_search_is_looked_for_as_words(icapital, kind):
    code, out, err = icapital("search", HOSTILE[kind])

    assert (code, out) in {(0, ""), (2, "")}
    assert re.fullmatch(r"icapital: (nothing matches|name a word)[^\n]+\n", err)
    assert not CONTROL.search(err)


@pytest.mark.parametrize("name", ["ICAPITAL_LANG", "SOURCE_DATE_EPOCH"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_what_stands_in_the_environment_is_never_obeyed(icapital, name, kind):
    result = icapital("brief", "lodz", **{name: HOSTILE[kind]})

    assert (result.code, result.out) == (2, "")
    assert re.fullmatch(r"icapital: [^\n]+\n", result.err)
    assert not CONTROL.search(result.err)


@pytest.mark.parametrize(
    "words", [["about", "--facts"], ["about", "--json", "--facts"], ["check"], ["cities", "--facts"]]
)
@pytest.mark.parametrize("new", ["cities: {}\n", "cities: 5\n"])
@pytest.mark.parametrize("kind", ["orders", "bytes"])
def test_the_name_of_a_folder_is_never_obeyed(run, tmp_path, words, new, kind):
    folder = shutil.copytree(BASE, tmp_path / HOSTILE[kind])
    (folder / "new.yaml").write_text(new, "utf-8")

    result = run(*words, str(folder))

    assert result.code == (4 if "5" in new else 0)
    assert not CONTROL.search(result.out + result.err)


def test_the_name_of_a_folder_without_facts_is_never_obeyed(run, tmp_path):
    folder = tmp_path / HOSTILE["orders"]
    folder.mkdir()

    result = run("cities", "--facts", str(folder))

    assert result.code == 4
    assert not CONTROL.search(result.err)


ASKED = [
    *([command, "--", "{}"] for command in (*LISTS, "show", "search", "cite", "brief", "check/", "{}")),
    *([command, f"--{name}={{}}"] for command, (_, names, _) in LISTS.items() for name in names.split()),
    *([command, f"--{name}={{}}"] for command in LISTS for name in ("lang", "format", "fields", "sort", "limit")),
    *(["search", "lamp", f"--{name}={{}}"] for name in ("kind", "lang", "format", "fields", "sort", "limit")),
    *(["stats", f"--{name}={{}}"] for name in ("by", "year", "city", "country", "category", "status", "fields")),
    *([command, "--", "{}"] for command in ("about", "languages", "compare")),
    *(["compare", "--", "2017", "{}"], ["cite", "2017", "--style={}"], ["about", "--schema={}"], ["languages", "-f{}"]),
    *(["check", "/nowhere/{}"], ["check", "facts", "--against=/nowhere/{}"], ["cities", "--{}"], ["completion", "{}"]),
]
NASTY = "\x00\x07\x08\t\n\r\x1b[]31m;\x7f\x85\x9b\u061c\u200e\u2028\u202e\u2066\ufeff\udcff'\"%_*()^:-<>/\\łÅ市e\u0301"
typed = st.text(st.one_of(st.sampled_from(NASTY), st.characters()), max_size=20)


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
def test_compiled_facts_that_are_damaged_or_gone_are_one_line(tmp_path, monkeypatch, words, content):
    monkeypatch.setattr(index, "SHIPPED", str(tmp_path / "facts.db"))
    if content is not None:
        (tmp_path / "facts.db").write_bytes(content)

    code, out, err = told(*words)

    assert (code, out) == (4, "")
    assert re.fullmatch(r"icapital: [^\n]+install the package again[^\n]*\n", err)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(ASKED), typed, st.sampled_from([*FORMATS, *LATER, ""]))
def test_no_argument_breaks_an_answer_or_reaches_the_terminal(words, text, shape):
    words = [word.replace("{}", text).replace("check/", "check") for word in words]
    asked = ["--facts", str(BASE), words[0], *(["-f", shape] if shape and words[0] in LISTS else []), *words[1:]]

    code, out, err = told(*asked)

    assert code in {0, 2, 3, 4}
    assert not CONTROL.search(out.replace("\r\n", "\n").replace("\t", " ") + err)
    assert err.count("\n") <= 1


def test_what_stands_in_a_fact_is_data_too(run, tmp_path):
    folder = changed(tmp_path / "base", ("sources.yaml", "publisher: Gazette", "publisher: \"L'Heure') OR ('1'='1\""))

    result = run("sources", "--publisher", "l'heure", "--fields", "id", "-f", "plain", "--facts", folder)

    assert result == (0, "gazette-2015\n", "")


def test_about_names_the_folder_that_stood_before_the_command(run):
    result = run("--facts", str(BASE), "about")

    assert f"\nFacts: {BASE}\n" in result.out


@pytest.mark.parametrize(
    "words",
    [
        ["show", *["x" * 100_000] * 10],
        ["cities", *["ł" * 50_000] * 10],
        ["cities", "--city", "x" * 100_000],
        ["cities", "--year", "9" * 100_000],
        ["cities", "--fields", "x," * 50_000],
        ["x" * 100_000],
        *(["cities", f"--{name}", "x" * 100_000] for name in OUTPUT if name not in {"json", "sources", "excel"}),
        *(["cities", f"--{name}", "x" * 100_000] for name in ("country", "category", "status")),
        *(["sources", f"--{name}", "x" * 100_000] for name in ("publisher", "kind")),
        *([name, "x" * 100_000] for name in ("search", "cite", "brief", "check", "completion")),
        ["search", "lamp", "--kind", "x" * 100_000],
        ["cite", "2019", "--style", "x" * 100_000],
        ["stats", "--by", "x" * 100_000],
        ["about", "--schema", "x" * 100_000],
        ["check", str(BASE), "--against", "x" * 100_000],
        ["about", "x" * 100_000],
        ["cities", "--" + "x" * 100_000],
    ],
    ids=lambda words: " ".join(word[:20] for word in words[:3]),
)
def test_a_megabyte_of_argument_is_answered_in_one_short_line(run, words):
    result = run(*words)

    assert (result.code, result.out) in {(0, ""), (2, ""), (3, ""), (4, "")}
    assert re.fullmatch(r"icapital: [^\n]{20,600}\n", result.err)


def test_marks_do_not_pile_up_on_a_letter(run):
    result = run("show", "xyzzy" + "\u0301" * 1000)

    assert result == (3, "", "icapital: no fact is called 'xyzzy" + "\u0301" * 5 + "…'.\n")


@pytest.mark.parametrize("words", [["show", "a\0b"], ["cities", "--facts", "a\0b"], ["cities", "--city", "a\0b"]])
def test_a_nul_in_an_argument_is_data_too(cache, words):
    """No shell can pass one on, so the words go in from Python."""
    code = f"import sys; sys.argv[1:] = {words!r}; from icapital_cli.cli import main; sys.exit(main())"

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={"HOME": str(cache)}, timeout=60, check=False
    )

    assert done.returncode in {3, 4}
    assert re.fullmatch(r"icapital: no (fact|city|folder)[^\n\0]+\n", done.stderr.decode())


# Wherever it runs


SIX_OF_2017 = """\
Edition  City        Country  Category       Status     Prize
2017     Västersund  Finland  Grand Lantern  Winner     €1,000,000
2017     Nordvik     Norway   Grand Lantern  Runner-up  €100,000 †
2017     Łódź        Poland   Grand Lantern  Runner-up  €50,000

† Sources disagree; see nordvik-prize-2017
"""


PLACES = [
    {"LANG": "C"},
    {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "cp1252:strict"},
    {"TERM": ""},
    {"TERM": "dumb"},
    {"COLUMNS": "1"},
    {"COLUMNS": "10000"},
    {"COLUMNS": "many"},
    {"NO_COLOR": "1"},
    {"FORCE_COLOR": "1"},
    {"PYTHONWARNINGS": "error"},
    {"PYTHONOPTIMIZE": "2"},
    {"TZ": "Nowhere/Never"},
]
anywhere = pytest.mark.parametrize(
    "place", PLACES, ids=lambda place: " ".join(f"{name}={value}" for name, value in place.items())
)


@anywhere
def test_the_answer_is_the_same_wherever_it_is_asked(icapital, place):
    assert icapital("cities", "--year", "2017", **place) == (0, SIX_OF_2017, "")


@anywhere
def test_an_error_is_the_same_wherever_it_is_made(icapital, place):
    assert icapital("cities", "--city", "lodzz", **place) == (
        3,
        "",
        "icapital: no city is called 'lodzz'. did you mean Łódź (lodz)?\n",
    )


@anywhere
def test_a_name_that_is_not_ascii_is_found_or_told_in_one_line(icapital, place):
    code, out, err = icapital("show", "Łódź", "-f", "plain", **place)

    decoded = place.get("PYTHONUTF8") != "0"
    assert (code, out[:4]) == ((0, "Łódź") if decoded else (3, ""))
    assert err == ("" if decoded else "icapital: no fact is called '����d��'.\n")


def test_an_empty_environment_is_enough(shell):
    result = shell('exec env -i "$(which icapital)" cities nantes --year 2019 --fields city,prize_eur -f tsv')

    assert result[:2] == (0, "city\tprize_eur\nNantes\t1000000\n")


def test_it_runs_where_nothing_can_be_written_and_the_folder_is_gone(shell, tmp_path):
    answer = "icapital cities nantes --year 2019 -f tsv --fields city,disputes"
    line = f"cd {tmp_path} && mkdir gone && cd gone && rmdir ../gone && {answer}"

    assert shell(line, HOME="/dev/null")[:2] == (
        0,
        "city\tdisputes\nNantes\t2019-names-for-the-best-six; 2019-six-winning-cities\n",
    )


def test_facts_of_a_folder_that_is_gone_while_one_stands_in_it_cannot_be_read(shell, tmp_path):
    result = shell(f"cd {tmp_path} && mkdir gone && cd gone && rmdir ../gone && icapital cities --facts .")

    assert result == (4, "", "icapital: the facts cannot be read: No such file or directory\n")


def test_facts_of_a_folder_are_answered_from_memory_where_no_cache_can_be_kept(icapital):
    code, out, err = icapital("cities", "--year", "2017", HOME="/dev/null")

    assert (code, out) == (0, SIX_OF_2017)
    assert err == "icapital: the cache cannot be written (Not a directory); answering from memory\n"


def test_the_module_is_the_tool(shell):
    assert shell("python -m icapital_cli --version")[1] == shell("icapital --version")[1]


def test_a_script_called_by_another_path_is_the_same(shell, tmp_path):
    scripts = Path(sys.executable).parent

    assert shell(f"ln -s {scripts}/icapital {tmp_path}/i && {tmp_path}/i citties") == (
        2,
        "",
        "icapital: no command is called 'citties'. did you mean 'cities'?\n",
    )
