"""A look-up loads Typer and the standard library, nothing else: what is not loaded costs nothing."""

import os
import subprocess
import sys

import pytest
from conftest import BASE

LOADED = """
import os, sys
def tell(*_):
    os.write(2, "\\n".join(sorted(sys.modules)).encode())
"""
# The program ends by os._exit: what is loaded is listed then.
RUN = "from icapital_cli.__main__ import run\nsys.argv = ['icapital', *{words!r}]\nos._exit = tell\nrun()\n"
HEAVY = {"yaml", "rich", "babel", "platformdirs", "pydantic", "importlib.metadata", "csv"}
COMPILER = {"icapital_cli.compiler", "icapital_cli.model"}
STANDARD = {"_json", "_sqlite3", "gc", "json", "sqlite3", "unicodedata"}  # what a look-up needs beside Typer's own


def modules_of(code, **environment):
    done = subprocess.run(
        [sys.executable, "-c", LOADED + code], capture_output=True, env={**os.environ, **environment}, check=True
    )
    return set(done.stderr.decode().split("\n"))


def modules_of_run(*words, **environment):
    return modules_of(RUN.format(words=words), **environment)


@pytest.fixture(scope="module")
def typer():
    return modules_of("import typer\ntell()\n")


@pytest.fixture(scope="module")
def loaded():
    return modules_of_run("cities", "--year", "2019", "--json")


def test_a_look_up_loads_only_typer_the_standard_library_and_itself(typer, loaded):
    packages = {name.partition(".")[0] for name in loaded - typer}

    assert packages - sys.stdlib_module_names <= {"icapital_cli", "typer"}
    assert packages & sys.stdlib_module_names <= STANDARD


def test_a_look_up_loads_nothing_heavy(typer, loaded):
    """Rich is loaded where Typer loads it, as some of its releases do."""
    assert not HEAVY & (loaded - typer)
    assert not (HEAVY | COMPILER) & loaded - {"rich"}


def test_a_look_up_loads_no_more_of_its_own_modules_than_it_uses(loaded):
    ours = {name for name in loaded if name.startswith("icapital_cli")}

    assert len(ours) <= 35, sorted(ours)


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["citties"], ["cities", "--help"], ["show", "espoo"]])
def test_help_mistakes_and_pages_load_no_reader_of_yaml(words):
    assert not {"yaml", "babel", *COMPILER} & modules_of_run(*words)


def test_facts_of_a_folder_are_read_as_yaml_only_once(run, home):
    """The second look-up finds the compiled facts in the cache."""
    run("cities", "--facts", str(BASE))

    modules = modules_of_run("cities", "--json", "--facts", str(BASE), HOME=str(home), XDG_CACHE_HOME=f"{home}/.cache")

    assert "icapital_cli.compiler.cache" in modules
    assert not {"yaml", "babel", "icapital_cli.model", "icapital_cli.compiler.compile"} & modules


def test_nothing_is_drawn_for_a_look_up(loaded):
    assert not [name for name in loaded if name.startswith(("icapital_cli.drawing", "icapital_cli.cli.pictures"))]
