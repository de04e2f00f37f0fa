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


def imported(name):
    spec = spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run_docs = imported("run_docs")


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


# The README itself

README = (ROOT / "README.md").read_text("utf-8")
QUESTIONS = README.partition("## Five questions")[2].partition("\n## ")[0]
MOST_WORDS = 900
MOST_LINES = 12  # of an answer
CLOSED = re.compile(r"\b20(?:1\d|20)\b|makela-2019|contacts --city esbo")  # editions to which nothing is added
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
SESSION = re.search(r"^SESSION := (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)[1]


def test_the_readme_is_short():
    assert len(README.split()) < MOST_WORDS


def test_five_questions_are_five_with_short_answers_about_closed_editions():
    asked = [pair for _, body, _ in run_docs.BLOCK.findall(QUESTIONS) for pair in run_docs.commands(body)]

    assert [bool(CLOSED.search(command)) for command, _ in asked] == [True] * 5
    assert [command for command, shown in asked if not 0 < len(shown.splitlines()) <= MOST_LINES] == []
    assert not re.search(r"\b[0-9a-f]{12}\b", QUESTIONS)  # a digest, which any change of a fact changes


def test_the_readme_leads_to_every_page_of_the_documents():
    assert {link for link in LINK.findall(README) if link.startswith("docs/")} == {
        *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
        "docs/session.svg",
    }


@pytest.mark.parametrize("document", [*DOCUMENTS, ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_each_link_leads_to_a_file(document):
    links = [link for link in LINK.findall(document.read_text("utf-8")) if "://" not in link]

    assert [link for link in links if not (document.parent / link).exists()] == []


# The picture


def test_the_picture_is_what_the_commands_draw(home, monkeypatch):
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    draw_session = imported("draw_session")
    target, *session = shlex.split(SESSION)

    assert draw_session.drawn(session) == (ROOT / target).read_text("utf-8")


def test_the_picture_needs_nothing_from_elsewhere_and_names_no_machine():
    picture = (ROOT / "docs" / "session.svg").read_text("utf-8")

    assert re.findall(r"url\((?!#)|href=|/home/|/root/|/tmp/|localhost|(?:\d+\.){3}\d+", picture) == []
    assert "unexpected failure" not in picture


# The template of a language


def test_the_template_of_a_language_is_a_language_file(run, tmp_path):
    """Its sections and fields are those that a language has; only names of facts of the real base are in it."""
    template = (ROOT / "docs" / "language-template.yaml").read_text("utf-8")
    shutil.copytree(ROOT / "facts", tmp_path / "facts")
    (tmp_path / "facts" / "languages" / "da.yaml").write_text(template, "utf-8")

    assert run("check", tmp_path / "facts") == (0, "", "")
    assert "By " in run("cities", "--lang", "da", "--facts", tmp_path / "facts", "--fields", "city,year").out
