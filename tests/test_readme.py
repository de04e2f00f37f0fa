"""What the documents show is what the commands print."""

from importlib.util import module_from_spec, spec_from_file_location

import pytest
from conftest import HERE

ROOT = HERE.parent
DOCUMENTS = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]


@pytest.fixture(scope="module")
def run_docs():
    """Import the tool that `make docs` runs: it skips what needs a program that is not here."""
    spec = spec_from_file_location("run_docs", ROOT / "tools" / "run_docs.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_shows_what_the_commands_print(run_docs, document, cache, monkeypatch):
    monkeypatch.setenv("HOME", str(cache))
    text = document.read_text("utf-8")

    assert run_docs.executed(text) == text


def test_the_readme_has_at_least_five_questions_to_execute(run_docs):
    blocks = run_docs.BLOCK.findall((ROOT / "README.md").read_text("utf-8"))

    assert sum(len(list(run_docs.commands(body))) for _, body, _ in blocks) >= 5
