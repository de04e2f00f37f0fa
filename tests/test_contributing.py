"""What CONTRIBUTING.md and CITATION.cff say of the code is so."""

import re
import subprocess
import sys

import pytest
from conftest import HERE

import icapital_cli
from icapital_cli.compiler.rules import RULES, RULES_OF_COMPLETE_BASES, RULES_OF_COMPLETE_FILES

ROOT = HERE.parent
PACKAGE = ROOT / "src" / "icapital_cli"
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
SECTIONS = dict(
    zip(re.findall(r"^## (.+)$", GUIDE, re.MULTILINE), re.split(r"^## .+$", GUIDE, flags=re.MULTILINE)[1:], strict=True)
)
# What a look-up has loaded at its end.
LOADED = """
import os, sys
def tell(*_):
    os.write(2, "\\n".join(sorted(sys.modules)).encode())
sys.argv = ["icapital", "cities", "--year", "2019", "--json"]
from icapital_cli.__main__ import run
os._exit = tell
run()
"""


def files_named(text):
    """The files that a text names, a bare name in the folder of the name before it."""
    folder = ""
    for name in re.findall(r"`([\w/.-]+\.(?:py|yaml|md|cff))`", text):
        folder = name.rpartition("/")[0] or folder
        yield name if "/" in name or (ROOT / name).exists() or (PACKAGE / name).exists() else f"{folder}/{name}"


def test_the_list_of_rules_is_that_of_their_docstrings():
    listed = re.findall(r"^- (.+)$", SECTIONS["Facts"].partition("<!--")[2], re.MULTILINE)

    assert sorted(listed) == sorted(
        rule.__doc__ for rule in (*RULES, *RULES_OF_COMPLETE_FILES, *RULES_OF_COMPLETE_BASES)
    )


@pytest.mark.parametrize("title", SECTIONS)
def test_each_file_named_exists(title):
    text = SECTIONS[title].replace("YEAR", "2019").replace("TAG", "sv")

    assert [name for name in files_named(text) if not (ROOT / name).exists() and not (PACKAGE / name).exists()] == []


def test_the_walk_of_a_look_up_names_each_module_that_one_loads():
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    loaded = {name.replace(".", "/") + ".py" for name in done.stderr.split("\n") if name.startswith("icapital_cli.")}
    modules = {name.removeprefix("icapital_cli/") for name in loaded}

    assert {name for name in modules if (PACKAGE / name).exists()} == set(
        files_named(SECTIONS["The walk of a look-up"])
    )


def test_the_walk_of_a_fact_names_each_module_of_the_compiler():
    named = set(files_named(SECTIONS["The walk of a fact"]))
    modules = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.glob("compiler/**/*.py")}

    assert {name for name in modules if not name.endswith(("__init__.py", "registry.py"))} <= named


def test_the_table_of_the_house_has_each_package_and_module():
    rows = re.findall(r"^\| (`.+?) \|", SECTIONS["The house"], re.MULTILINE)
    named = {name.rstrip("/") for row in rows for name in re.findall(r"`([\w./]+)`", row)}
    present = {path.name for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"}

    assert named - {"src/icapital_cli"} == {name for name in present if not name.startswith("__")}


def test_the_citation_names_the_version_and_its_day():
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    day = re.search(
        rf"^## {re.escape(icapital_cli.__version__)} \((.+)\)$",
        (ROOT / "CHANGELOG.md").read_text("utf-8"),
        re.MULTILINE,
    )

    assert f"\nversion: {icapital_cli.__version__}\n" in text
    assert f"\ndate-released: {day[1]}\n" in text
