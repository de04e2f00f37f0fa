"""What builds, tests and runs the tool is pinned, and installing it runs nothing. `make reproducible` builds twice."""

import re
import tomllib

from conftest import HERE

ROOT = HERE.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LINES = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
GROUPS = PROJECT["dependency-groups"]
BY_THE_SYSTEM = {"pip", "setuptools", "icapital-cli"}
COMMANDS = ["icapital", "icapital-cli"]
COMPLETIONS = ["_icapital", "icapital", "icapital.fish"]


def plain(name):
    """Spell the name of a package as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


PINS = {plain(line.partition("==")[0]): line.partition("==")[2] for line in LINES}


def test_every_pin_is_one_version():
    assert [line for line in LINES if not re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9a-z.]*", line)] == []


def test_nothing_is_pinned_twice():
    assert len(PINS) == len(LINES)


def test_all_requirements_are_pinned():
    extras = PROJECT["project"].get("optional-dependencies", {})
    required = [
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *(line for lines in extras.values() for line in lines),
        *(line for lines in GROUPS.values() for line in lines if isinstance(line, str)),
    ]

    names = {plain(re.match(r"[\w.-]+", line)[0]) for line in required}

    assert names <= PINS.keys()
    assert {"pytest", "ruff", "typer", "hatchling"} <= names


def test_the_group_dev_holds_every_other_group():
    def members(name):
        included = [line["include-group"] for line in GROUPS[name] if isinstance(line, dict)]
        return {name}.union(*map(members, included))

    assert members("dev") == GROUPS.keys()


def test_what_is_installed_for_the_tests_is_what_is_pinned():
    from importlib.metadata import distributions

    found = {plain(one.name): one.version for one in distributions()}

    assert {name: version for name, version in found.items() if name not in BY_THE_SYSTEM} == {
        name: version for name, version in PINS.items() if name in found
    }


def test_what_hatchling_needs_to_build_is_pinned_too():
    assert {"hatchling", "packaging", "pathspec", "pluggy", "trove-classifiers"} <= PINS.keys()


def test_installing_leaves_the_command_under_its_two_names_and_nothing_that_runs_by_itself():
    """Clients of the Model Context Protocol start a package by its own name."""
    from importlib.metadata import distribution

    tool = distribution("icapital-cli")
    outside = [file for file in tool.files or () if file.parts[0] == ".."]

    started = {point.name: point.value for point in tool.entry_points}
    assert started == dict.fromkeys(COMMANDS, "icapital_cli.__main__:run")
    assert not [file for file in tool.files or () if file.suffix in {".pth", ".start"}]
    assert sorted(file.name for file in outside if "bin" in file.parts) == COMMANDS
    assert sorted(file.name for file in outside if "bin" not in file.parts) == sorted([*COMPLETIONS, "icapital.1"])
