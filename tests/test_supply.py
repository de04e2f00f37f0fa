"""What builds, tests and runs the tool is pinned, and installing it runs nothing. `make reproducible` builds twice."""

import re
import tomllib

import pytest
from conftest import HERE

ROOT = HERE.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LINES = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
WANTED = [
    *PROJECT["build-system"]["requires"],
    *PROJECT["project"]["dependencies"],
    *(line for line in (ROOT / "requirements-dev.txt").read_text("utf-8").splitlines() if line[:1] not in {"", "#"}),
]
BY_THE_SYSTEM = {"pip", "setuptools", "icapital-cli"}


def plain(name):
    """Spell the name of a package as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


PINS = {plain(line.partition("==")[0]): line.partition("==")[2] for line in LINES}


@pytest.mark.parametrize("line", LINES)
def test_a_pin_is_one_version(line):
    assert re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9a-z.]*", line)


@pytest.mark.parametrize("wanted", WANTED)
def test_what_is_asked_for_is_pinned(wanted):
    assert plain(re.match(r"[\w.-]+", wanted)[0]) in PINS


def test_what_is_installed_for_the_tests_is_what_is_pinned():
    from importlib.metadata import distributions

    found = {plain(one.name): one.version for one in distributions()}

    assert {name: version for name, version in found.items() if name not in BY_THE_SYSTEM} == {
        name: version for name, version in PINS.items() if name in found
    }


def test_what_hatchling_needs_to_build_is_pinned_too():
    assert {"hatchling", "packaging", "pathspec", "pluggy", "trove-classifiers"} <= PINS.keys()


def test_installing_leaves_one_command_and_nothing_that_runs_by_itself():
    from importlib.metadata import distribution

    tool = distribution("icapital-cli")

    assert [point.name for point in tool.entry_points] == ["icapital"]
    assert [file.name for file in tool.files or () if file.suffix in {".pth", ".start"} or file.parts[0] == ".."] == [
        "icapital",
        "icapital.1",
    ]
