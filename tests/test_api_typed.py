"""The types of the Python API: made from the model, true of every row, and of use to a type checker."""

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from types import NoneType, UnionType
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from conftest import BASE, FACTS, HERE

import icapital_cli
from icapital_cli import open_facts
from icapital_cli.api.facts import Facts

ROOT = HERE.parent
METHODS = ["cities", "prizes", "initiatives", "quotes", "contacts", "people", "editions", "disputes", "sources", "gaps"]
METHODS += ["languages"]
PROGRAM = """
from icapital_cli import open_facts
from icapital_cli.api.rows import Quote, Result
from icapital_cli.errors import NotFoundError


def prize_money(year: int) -> int:
    with open_facts(lang="sv") as facts:
        winners: list[Result] = facts.cities(year=year, status=["winner", "runner-up"])
        return sum(row["prize_eur"] or 0 for row in winners)


def first_quote(name: str) -> Quote | None:
    facts = open_facts()
    try:
        return next(iter(facts.quotes(speaker=name)), None)
    except NotFoundError as error:
        print(", ".join(error.candidates))
        return None


page = open_facts().show("espoo")
differing = [claim["text"] for claim in open_facts().verify("…") if claim["verdict"] == "differs"]
"""
MISTAKES = [
    ("facts.cities(yaer=2019)", "call-arg"),
    ('facts.cities()[0]["prise"]', "typeddict-item"),
    ('facts.cities()[0]["prize_eur"] + 1', "operator"),
    ("facts.contacts(year=2019)", "call-arg"),
    ("facts.cities(city=5)", "arg-type"),
    ("facts.show()", "call-arg"),
]


@pytest.fixture(scope="module")
def make_api():
    spec = spec_from_file_location("make_api", ROOT / "tools" / "make_api.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_rows_and_the_lists_are_those_of_the_model(make_api):
    """`make api` writes them anew."""
    api = ROOT / "src" / "icapital_cli" / "api"

    assert (api / "rows.py").read_text("utf-8") == make_api.rows_source()
    assert (api / "lists.py").read_text("utf-8") == make_api.lists_source()


def fits(value, hint):  # noqa: PLR0911 - one return a case
    """Whether a value has a type."""
    origin = get_origin(hint)
    if hint is Any:
        return True
    if origin is Literal:
        return value in get_args(hint)
    if origin is NotRequired:
        return fits(value, get_args(hint)[0])
    if origin in {UnionType, Union}:
        return any(fits(value, one) for one in get_args(hint))
    if origin is list:
        return isinstance(value, list) and all(fits(one, get_args(hint)[0]) for one in value)
    if is_typeddict(hint):
        hints = get_type_hints(hint, include_extras=True)
        optional = {key for key, one in hints.items() if get_origin(one) is NotRequired}
        return {*hints} - optional <= {*value} <= {*hints} and all(fits(value[key], hints[key]) for key in value)
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return value is None if hint is NoneType else type(value) is hint


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("folder", [BASE, None], ids=["made up", "real"])
def test_every_row_has_its_type(method, folder):
    row_type = get_args(get_type_hints(getattr(Facts, method))["return"])[0]
    with open_facts(folder) as facts:
        rows = getattr(facts, method)()

    assert rows
    assert [row for row in rows if not fits(row, row_type)] == []


def test_search_and_verify_have_their_types():
    search, verify = (get_args(get_type_hints(getattr(Facts, name))["return"])[0] for name in ("search", "verify"))
    with open_facts() as facts:
        found, claims = facts.search("innovation"), facts.verify("In iCapital 2019 Espoo won EUR 200,000. Nantes won.")

    assert found
    assert claims
    assert all(fits(row, search) for row in found)
    assert all(fits(row, verify) for row in claims)


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    """Check a program as a user would: mypy, strict, against the installed package."""
    folder = tmp_path_factory.mktemp("typed")

    def check_program(source):
        (folder / "program.py").write_text(source, "utf-8")
        command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", folder / "cache", "--config-file", ""]
        done = subprocess.run([*command, "program.py"], capture_output=True, text=True, cwd=folder, check=False)
        return done.stdout + done.stderr

    return check_program


@pytest.mark.doors
def test_a_program_that_a_user_would_write_has_no_type_errors(check):
    pytest.importorskip("mypy")

    assert check(PROGRAM) == "Success: no issues found in 1 source file\n"


@pytest.mark.doors
def test_the_mistakes_that_a_user_would_make_are_found(check):
    pytest.importorskip("mypy")
    lines = ["from icapital_cli import open_facts", "facts = open_facts()", *(mistake for mistake, _ in MISTAKES)]
    told = check("\n".join(lines) + "\n")

    for number, (_, code) in enumerate(MISTAKES, 3):
        assert any(
            line.startswith(f"program.py:{number}: error") and f"[{code}]" in line for line in told.splitlines()
        ), told


def test_the_package_says_that_it_is_typed():
    assert FACTS.exists()
    assert (type(HERE)(icapital_cli.__file__).parent / "py.typed").exists()
