"""A look-up loads Typer and the standard library, nothing else: what is not loaded costs nothing."""

import os
import subprocess
import sys

import pytest
from conftest import BASE

LOOKUP = ["cities", "--year", "2019", "--json"]
LOADED = """
import os, sys
def tell(*_):
    os.write(2, "\\n".join(sorted(sys.modules)).encode())
"""
# The program ends by os._exit: what is loaded is told then.
RUN = "from icapital_cli.__main__ import run\nsys.argv = ['icapital', *{words!r}]\nos._exit = tell\nrun()\n"
AROUND = LOADED + RUN
HEAVY = ["yaml", "rich", "babel", "platformdirs", "pydantic", "importlib.metadata", "icapital_cli.model", "csv"]
PUT_OFF = ["difflib", "linecache", "pathlib", "platform", "shutil", "subprocess", "tokenize", "traceback", "uuid"]


def modules_of(code):
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=dict(os.environ), timeout=60, check=True
    )
    return set(done.stderr.decode().split("\n"))


@pytest.fixture(scope="module")
def typer():
    return modules_of(LOADED + "import typer\ntell()\n")


@pytest.fixture(scope="module")
def loaded():
    return modules_of(AROUND.format(words=LOOKUP))


def test_a_look_up_loads_only_typer_the_standard_library_and_itself(typer, loaded):
    strangers = {
        name
        for name in loaded - typer
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("icapital_cli")
    }

    assert {name.partition(".")[0] for name in strangers} <= {"typer"}


@pytest.mark.parametrize("heavy", HEAVY)
def test_a_look_up_does_without(typer, loaded, heavy):
    assert heavy not in loaded - typer
    assert heavy not in loaded or heavy == "rich"


@pytest.mark.parametrize("module", PUT_OFF)
def test_what_typer_imports_and_a_look_up_never_calls_is_put_off(loaded, module):
    assert module not in loaded - modules_of(LOADED + "tell()")


def test_what_was_put_off_is_there_for_whoever_asks():
    """Typer keeps stand-ins, everybody else gets the modules; a stand-in does what its module does."""
    code = """
import os, sys
from icapital_cli.later import imports_later
with imports_later():
    import typer.main
import shutil, traceback
os.environ |= {"COLUMNS": "33", "LINES": "9"}
size = typer.main.shutil.get_terminal_size() == typer.get_terminal_size() == (33, 9)
print(size, type(shutil), typer.main.Path("a") / "b", typer.main.subprocess.run is __import__("subprocess").run)
try:
    typer.main.platform.no_such_name
except AttributeError:
    print("as the module says")
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)

    assert told.stdout == "True <class 'module'> a/b True\nas the module says\n", told.stderr


def test_a_look_up_loads_few_modules_more_than_typer_alone(typer, loaded):
    """They are 29: eighteen of ours, json, sqlite3, gc, unicodedata and what these bring."""
    assert len(loaded - typer) <= 30


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["citties"], ["cities", "--help"]])
def test_help_and_mistakes_load_no_reader_of_yaml(words):
    try:
        modules = modules_of(AROUND.format(words=words))
    except subprocess.CalledProcessError as error:
        modules = set(error.stderr.decode().split("\n"))

    assert not {"yaml", "babel", "icapital_cli.model"} & modules


def test_facts_of_a_folder_are_read_as_yaml_only_once(run, cache):
    """The second look-up finds the compiled facts in the cache."""
    base = str(BASE)
    run("cities", "--facts", base)

    code = AROUND.format(words=["cities", "--json", "--facts", base])
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={"HOME": str(cache)}, timeout=60, check=True
    )

    assert not {"yaml", "babel", "icapital_cli.model"} & set(done.stderr.decode().split("\n"))
