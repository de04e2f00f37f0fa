"""Whatever is asked wrongly is answered with one line, a remedy and the promised exit code."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import BASE

FIELDS = (
    "id, year, edition, city, city_id, country, country_code, category, status, rank, prize_eur, reason, lang, note, "
    "sources, disputes"
)
LANGUAGES = "en (English), sv (svenska)"
YEARS = "give 2019, 2017..2020, or a label such as 2024-25"
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


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
    "year", ["abc", "2020..2017", "1;drop", "..", "0", "-2017", "99999", "2017...2020", "2017 OR 1=1"]
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

    assert result == (
        3,
        "",
        "icapital: 'city of boats' names several: lodz (cities), boat-club (organisations). give the id\n",
    )


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


@pytest.mark.parametrize("streams", ["2>&-", "<&-", "<&- 2>&-"])
def test_an_answer_needs_no_other_stream(shell, streams):
    result = shell(f"icapital cities --facts $BASE --year 2015 --fields city --json {streams}")

    assert result == (
        0,
        '[\n{"city": "Łódź"},\n{"city": "Nordvik"},\n{"city": "Brambury-on-Sea"}\n]\n',
        "",
    )


def test_an_error_without_a_standard_error_still_has_its_code(shell):
    assert shell("icapital citties 2>&-") == (2, "", "")


# Arguments are data


HOSTILE = {
    "sql": "'; DROP TABLE facts; --",
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
    ],
)
def test_what_stands_in_an_argument_is_never_obeyed(run, words, code, kind):
    result = run(*(word.replace("{}", HOSTILE[kind]) for word in words))

    assert (result.code, result.out) == (code, "")
    assert re.fullmatch(r"icapital: [^\n]+\n", result.err)
    assert not CONTROL.search(result.err)


@pytest.mark.parametrize(
    "words",
    [
        ["show", *["x" * 100_000] * 10],
        ["cities", *["ł" * 50_000] * 10],
        ["cities", "--city", "x" * 100_000],
        ["cities", "--year", "9" * 100_000],
        ["cities", "--fields", "x," * 50_000],
        ["x" * 100_000],
    ],
)
def test_a_megabyte_of_argument_is_answered_in_one_short_line(run, words):
    result = run(*words)

    assert (result.code, result.out) in {(2, ""), (3, "")}
    assert re.fullmatch(r"icapital: [^\n]{20,500}\n", result.err)


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


@pytest.mark.parametrize(
    "settings",
    [
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
    ],
    ids=lambda settings: " ".join(f"{name}={value}" for name, value in settings.items()),
)
def test_the_answer_is_the_same_wherever_it_is_asked(icapital, settings):
    assert icapital("cities", "--year", "2017", **settings) == (0, SIX_OF_2017, "")


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
