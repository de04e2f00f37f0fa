"""The sessions of Python in the documents show what Python prints; as in `test_readme`, numbers may differ."""

import pytest
from test_readme import CUT, DOCUMENTS, lines_of, run_docs

SESSIONS = [document for document in DOCUMENTS if run_docs.PYTHON.search(document.read_text("utf-8"))]


def session_of(document):
    return [
        one for block in run_docs.PYTHON.findall(document.read_text("utf-8")) for one in run_docs.statements(block[1])
    ]


def stale(session):
    """List the statements that do not print what is shown below them; those after a missing module are left out."""
    found = []
    for (typed, source, shown), told in zip(session, run_docs.run_session(session), strict=True):
        printed = told.removeprefix(typed)
        as_many = len(printed.splitlines()) == len(shown.splitlines())
        if lines_of(shown) - lines_of(printed) and not (CUT.search(source) and as_many):
            found.append((typed, printed))
    return found


def test_there_are_sessions():
    assert "python.md" in {document.name for document in SESSIONS}


@pytest.mark.parametrize("document", SESSIONS, ids=lambda path: path.name)
def test_a_session_shows_what_python_prints(document, home, monkeypatch):
    monkeypatch.setenv("HOME", str(home))

    assert stale(session_of(document)) == []


def test_a_session_that_shows_something_else_is_found(home, monkeypatch):
    monkeypatch.setenv("HOME", str(home))
    text = ">>> x = 6 * 7\n>>> 'seven'\n'eight'\n>>> for n in 'ab':\n...     print(n)\na\nb\n"
    text += ">>> 1 / 0\nZeroDivisionError: division by zero\n"

    assert [typed for typed, _ in stale(run_docs.statements(text))] == [">>> 'seven'\n"]
