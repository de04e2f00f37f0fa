"""Wherever the tool runs, it answers the same: terminals, encodings, environments, folders."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import BASE

SCRIPTS = Path(sys.executable).parent
QUESTION = ("cities", "--year", "2017")
ANSWER = """\
Edition  City        Country  Category       Status     Prize
2017     Västersund  Finland  Grand Lantern  Winner     €1,000,000
2017     Nordvik     Norway   Grand Lantern  Runner-up  €100,000 †
2017     Łódź        Poland   Grand Lantern  Runner-up  €50,000

† 2017 Nordvik: prize of the second place
"""
ASCII = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
CP1252 = {"PYTHONIOENCODING": "cp1252:strict"}
# What Python reads when it starts, so that it takes a process of its own.
STARTING = [{"LANG": "C"}, ASCII, CP1252, {"PYTHONWARNINGS": "error"}, {"PYTHONOPTIMIZE": "2"}, {"TZ": "Nowhere/Never"}]
RUNNING = [
    *({"COLUMNS": columns} for columns in ("1", "10000", "many")),
    *({"TERM": ""}, {"TERM": "dumb"}, {"NO_COLOR": "1"}),
]


def named(place):
    """Name a case by its environment."""
    return " ".join(f"{name}={value}" for name, value in place.items())


@pytest.fixture
def ask(icapital, process):
    """Query the tiny base in an environment."""

    def asked(place, *words):
        return process(*words, "--facts", BASE, **place) if place in STARTING else icapital(*words, **place)

    return asked


@pytest.fixture
def shell(home):
    """Run a line of bash in which `icapital` is the installed tool."""

    def run_line(line, **environment):
        settings = {"HOME": str(home), "LANG": "C.UTF-8", "PATH": f"{SCRIPTS}:{os.environ['PATH']}"}
        done = subprocess.run(
            ["/bin/bash", "-c", line], capture_output=True, env={**settings, **environment}, check=False
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run_line


@pytest.mark.parametrize("place", STARTING + RUNNING, ids=named)
def test_the_answer_is_the_same_everywhere(ask, place):
    assert ask(place, *QUESTION) == (0, ANSWER, "")


def test_forced_color_gives_a_pipe_the_form_of_a_terminal(icapital):
    """The same rows, drawn: as --color always does. NO_COLOR takes the color from it."""
    drawn = icapital(*QUESTION, FORCE_COLOR="1").out

    assert drawn == icapital(*QUESTION, "--color", "always").out
    assert "\x1b[" in drawn
    assert "\x1b[" not in icapital(*QUESTION, FORCE_COLOR="1", NO_COLOR="1").out
    assert all(
        prize in drawn for prize in ("€1,000,000", "€100,000", "€50,000", "2017 Nordvik: prize of the second place")
    )


@pytest.mark.parametrize("place", [ASCII, CP1252, {"COLUMNS": "1"}, {"FORCE_COLOR": "1"}], ids=named)
def test_an_error_is_the_same_everywhere(ask, place):
    message = "icapital: no city is called 'lodzz'. did you mean Łódź (lodz)?\n"

    assert ask(place, "cities", "--city", "lodzz") == (3, "", message)


@pytest.mark.parametrize("place", [{"LANG": "C"}, CP1252], ids=named)
def test_a_name_that_is_not_ascii_is_found(ask, place):
    code, out, err = ask(place, "show", "Łódź", "-f", "plain")

    assert (code, out[:4], err) == (0, "Łódź", "")


def test_a_name_that_python_cannot_decode_is_reported_in_one_line(ask):
    """In a locale of ASCII alone."""
    assert ask(ASCII, "show", "Łódź") == (3, "", "icapital: no fact is called '����d��'.\n")


def test_an_empty_environment_is_enough(shell, run):
    words = "sources --limit 1 --fields id -f tsv"

    assert shell(f'exec env -i "$(which icapital)" {words}') == run(*words.split())


def test_the_shipped_facts_need_no_folder_and_no_home(shell, run, tmp_path):
    """Nothing can be written, and the current folder is gone: which the shell that starts a script may mind."""
    words = "sources --limit 1 --fields id -f tsv"
    line = f"cd {tmp_path} && mkdir gone && cd gone && rmdir ../gone && python -P -m icapital_cli {words}"

    assert shell(line, HOME="/dev/null") == run(*words.split())


def test_facts_in_the_current_folder_that_is_gone_cannot_be_read(shell, tmp_path):
    result = shell(
        f"cd {tmp_path} && mkdir gone && cd gone && rmdir ../gone && python -P -m icapital_cli cities --facts ."
    )

    assert result == (4, "", "icapital: the facts cannot be read: No such file or directory\n")


def test_the_module_is_the_tool(shell, run):
    assert shell("python -m icapital_cli --version") == run("--version")


def test_the_tool_by_another_path_is_the_same(shell, tmp_path):
    result = shell(f"ln -s '{SCRIPTS}/icapital' {tmp_path}/i && {tmp_path}/i citties")

    assert result == (2, "", "icapital: no command is called 'citties'. did you mean 'cities'?\n")
