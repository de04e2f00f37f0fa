"""The documents show what the commands print.

A new edition adds lines and changes sums, and `make docs` writes them anew; so the lines shown are looked for among
those printed, whatever their numbers. `tools/run_docs.py --check` compares to the letter.
"""

import re
import shlex
import shutil
from collections import Counter
from importlib.util import find_spec, module_from_spec, spec_from_file_location

import pytest
from conftest import HERE

ROOT = HERE.parent
DOCUMENTS = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
DIGEST_OR_NUMBER = re.compile(r"\b[0-9a-f]{12}\b|\d[\d,.\N{NO-BREAK SPACE}]*")
GAP = re.compile(r"[\s─=-]+")  # as wide as the widest cell of a column, or as a heading
CUT = re.compile(r"--limit|\b(head|tail|LIMIT|nlargest)\b")  # what a new edition may push other facts into


def imported():
    spec = spec_from_file_location("run_docs", ROOT / "tools" / "run_docs.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run_docs = imported()


def programs_of(command):
    """Name the programs, besides the tool and a shell, and the modules that a command needs."""
    programs = [name for name in run_docs.EXTERNAL if re.search(rf"(?:^|[|&;]\s*){name}\b", command)]
    return programs, [module for module in re.findall(r"\bimport (\w+)", command) if module != "json"]


def lines_of(text):
    """Count the lines of a text, without numbers and widths."""
    lines = (GAP.sub(" ", DIGEST_OR_NUMBER.sub("#", line)).strip() for line in text.splitlines())
    return Counter(line for line in lines if line not in {"", "…"})


@pytest.fixture
def printed(run, home, monkeypatch):
    """Run a command as a document has it: what it prints, errors too."""
    monkeypatch.setenv("HOME", str(home))

    def print_by(command, folder):
        if not command.startswith("icapital ") or set(command) & set("|<>;&$`\\\n"):
            return run_docs.output_of(command, folder)
        result = run(*shlex.split(command)[1:], folder=folder, COLUMNS="100")
        return result.out + result.err

    return print_by


def stale(document, printed, folder, is_wanted):
    """List the commands of a document that do not print what it shows."""
    found = []
    for number, (_, body, _) in enumerate(run_docs.BLOCK.findall(document.read_text("utf-8"))):
        place = folder / str(number)
        place.mkdir()
        for command, shown in run_docs.commands(body):
            if is_wanted(*programs_of(command)):
                text = printed(command, place)
                as_many = len(text.splitlines()) == len(shown.splitlines())
                if lines_of(shown) - lines_of(text) and not (CUT.search(command) and as_many):
                    found.append(command)
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_shows_what_the_tool_prints(document, printed, tmp_path):
    assert stale(document, printed, tmp_path, lambda programs, modules: not programs and not modules) == []


@pytest.mark.doors
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_shows_what_other_programs_make_of_it(document, printed, tmp_path):
    """Those that fetch or build are left out, as is what is not installed."""

    def is_wanted(programs, modules):
        installed = all(map(shutil.which, programs)) and all(map(find_spec, modules))
        return installed and not {"make", "pipx", "pip", "git"} & {*programs}

    assert stale(document, printed, tmp_path, is_wanted) == []


def test_the_readme_has_at_least_five_questions_to_execute():
    blocks = run_docs.BLOCK.findall((ROOT / "README.md").read_text("utf-8"))

    assert sum(len(list(run_docs.commands(body))) for _, body, _ in blocks) >= 5
