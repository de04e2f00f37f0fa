"""The manual page icapital(1): made from the help, in the wheel, and clean."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from icapital_cli.manpage import manual, prose, released, roff
from icapital_cli.options import LazyGroup

INSTALLED = Path(sys.prefix) / "share" / "man" / "man1" / "icapital.1"


@pytest.fixture(scope="module")
def page():
    return INSTALLED.read_text("utf-8")


def linted(*command):
    settings = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}
    done = subprocess.run([*command, INSTALLED], capture_output=True, env=settings, check=False, timeout=60)
    return done.returncode, done.stderr.decode() or done.stdout.decode()


def needs(program):
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


def test_the_wheel_carries_the_page(page):
    assert page.startswith('.TH ICAPITAL 1 "')


def test_the_page_in_the_wheel_is_the_one_that_the_help_gives(page):
    day = re.match(r'\.TH ICAPITAL 1 "([-\d]+)"', page)[1]

    assert page == manual(date.fromisoformat(day))


@pytest.mark.parametrize("command", LazyGroup.functions)
def test_every_command_stands_in_it_with_its_examples(page, command):
    assert f'.SS "icapital {command} ' in page
    assert f"\nicapital {command}" in page


def test_every_exit_code_stands_in_it(page):
    assert re.findall(r"^\.B (\d)$", page, re.MULTILINE) == ["0", "1", "2", "3", "4"]


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
    ("text", "spelled"), [("\\n", "\\en"), (".so x", "\\&.so x"), ("'x'", "\\(aqx\\(aq"), ('"', "\\(dq")]
)
def test_what_troff_would_obey_is_spelled_out(text, spelled):
    assert roff(text) == spelled


def test_no_line_of_prose_is_wide_or_begins_with_a_command():
    lines = prose("word " * 40 + ". " * 60)

    assert max(map(len, lines)) <= 82
    assert not [line for line in lines if line.startswith((".", "'"))]


def test_the_day_is_that_of_the_newest_release(tmp_path):
    (tmp_path / "CHANGELOG.md").write_text("## 1.1.0 (2027-01-02)\n\n## 1.0.0 (2026-11-23)\n", "utf-8")

    assert released(tmp_path / "CHANGELOG.md") == date(2027, 1, 2)


@needs("mandoc")
def test_mandoc_finds_nothing_to_say():
    assert linted("mandoc", "-Tlint") == (0, "")


@needs("groff")
def test_groff_finds_nothing_to_say():
    assert linted("groff", "-man", "-ww", "-Tutf8", "-z") == (0, "")


@needs("man")
def test_man_warns_of_nothing():
    code, said = linted("man", "--warnings", "-E", "UTF-8", "-Tutf8", "-Z", "-l")

    assert (code, [line for line in said.splitlines() if "warning" in line]) == (0, [])
