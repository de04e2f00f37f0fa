"""The manual page icapital(1): made from the help, in the wheel, and clean."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from icapital_cli.cli import options
from icapital_cli.cli.manpage import manual, prose, released, roff
from icapital_cli.errors import IcapitalError
from icapital_cli.model import KINDS

COMMANDS = [kind.command.name for kind in KINDS.values() if kind.command] + list(options.COMMANDS)
INSTALLED = Path(sys.prefix) / "share" / "man" / "man1" / "icapital.1"


@pytest.fixture(scope="module")
def page():
    return INSTALLED.read_text("utf-8")


def test_the_wheel_carries_the_page(page):
    assert page.startswith('.TH ICAPITAL 1 "')


def test_the_page_in_the_wheel_is_the_one_that_the_help_gives(page):
    day = re.match(r'\.TH ICAPITAL 1 "([-\d]+)"', page)[1]

    assert page == manual(date.fromisoformat(day))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_it_with_its_examples(page, command):
    assert f'.SS "icapital {command} ' in page
    assert f"\nicapital {command}" in page


def test_every_exit_code_is_in_it(page):
    codes = {error.exit_code for error in (IcapitalError, *IcapitalError.__subclasses__())}

    assert re.findall(r"^\.B (\d)$", page, re.MULTILINE) == [str(code) for code in sorted({0, *codes})]


def test_it_has_the_sections_of_a_manual(page):
    assert re.findall(r"^\.SH (.+)$", page, re.MULTILINE) == [
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "COMMANDS",
        "EXIT STATUS",
        "ENVIRONMENT",
    ]


def test_a_hyphen_is_a_hyphen_that_can_be_copied():
    assert roff("--lang") == "\\-\\-lang"


@pytest.mark.parametrize(
    ("text", "escaped"), [("\\n", "\\en"), (".so x", "\\&.so x"), ("'x'", "\\(aqx\\(aq"), ('"', "\\(dq")]
)
def test_what_troff_would_obey_is_escaped(text, escaped):
    assert roff(text) == escaped


def test_no_line_of_prose_is_wide_or_begins_with_a_command():
    lines = prose("word " * 40 + ". " * 60)

    assert max(map(len, lines)) <= 82
    assert not [line for line in lines if line.startswith((".", "'"))]


def test_the_day_is_that_of_the_newest_release(tmp_path):
    (tmp_path / "CHANGELOG.md").write_text("## 1.1.0 (2027-01-02)\n\n## 1.0.0 (2026-11-23)\n", "utf-8")

    assert released(tmp_path / "CHANGELOG.md") == date(2027, 1, 2)


def linted(*command):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    settings = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}
    done = subprocess.run([*command, INSTALLED], capture_output=True, env=settings, check=False, text=True)
    return done.returncode, done.stderr or done.stdout


@pytest.mark.doors
@pytest.mark.parametrize("command", ["mandoc -Tlint", "groff -man -ww -Tutf8 -z"])
def test_a_linter_of_manuals_reports_nothing(command):
    assert linted(*command.split()) == (0, "")


@pytest.mark.doors
def test_man_warns_of_nothing():
    code, printed = linted("man", "--warnings", "-E", "UTF-8", "-Tutf8", "-Z", "-l")

    assert (code, [line for line in printed.splitlines() if "warning" in line]) == (0, [])
