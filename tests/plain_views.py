"""Views and pages without a fact base behind them, and what formats write of them or draw on a terminal."""

import io
from types import SimpleNamespace

import pytest

from icapital_cli.terminal import console_of
from icapital_cli.views.column_types import ColumnType
from icapital_cli.views.footnotes import Footnote
from icapital_cli.views.page import Page
from icapital_cli.views.rows import Column, Row
from icapital_cli.views.statements import Section, Statement, Table
from icapital_cli.views.view import View

DANGER = "<script>alert('x')</script> \u202eevil\x1b[31m & \\input{x} [a](javascript:b)"
SHOWN = "<script>alert('x')</script> �evil�[31m & \\input{x} [a](javascript:b)"  # as people may read it
ENGLISH = SimpleNamespace(store=SimpleNamespace(lang="en"))


class Plain(ColumnType):
    """A value as it is, a list joined: what a format makes of a cell is then the format's own doing."""

    def format(self, value, row, column, localizer):  # noqa: ARG002 - as every column type has it
        """Return the text."""
        return "; ".join(value) if isinstance(value, list) else str(value)


class PlainColumn(Column):
    """A column of any values, without a registered type."""

    column_type = Plain()


def plain_view(rows, labels=None, title="Any"):
    """Make a view of rows, each a mapping of the same keys; a column has its key as heading, or that of `labels`."""
    columns = [PlainColumn(key, (labels or {}).get(key, key), "line", shown=True) for key in rows[0]] if rows else []
    return View("any", title, columns, [Row(f"fact-{n}", dict(row)) for n, row in enumerate(rows)], ENGLISH, [])


def plain_page(text=DANGER):
    """Make a page that holds a text wherever it can."""
    return Page(
        id="x",
        kind="cities",
        title=text,
        lang="en",
        lead=text,
        figures=[(text, text)],
        sections=[
            Section("facts", text, [Statement(text, text, [1])]),
            Section("results", "Results", [Statement(text, text, [1])], Table(text, [text], [True], [([text], [1])])),
            Section("quotes", "Quotes", [Statement("", text, [1], text)]),
            Section("disputes", "Disputes", [Statement(text, "", [])]),
        ],
        footnotes=[Footnote(text, "https://example.org/?a=1&b=<2>", places=(text,))],
        headings={"sources": "Sources", "own_words": "Our words."},
        legend=text,
        version="Facts of version 1.",
        data={"id": "x", "title": text},
    )


def written(write, answer):
    """Return what a format writes in a pipe or a file."""
    out = io.StringIO(newline="")
    write(answer, out)
    return out.getvalue()


class Screen(io.StringIO):
    """What a terminal is sent."""

    def isatty(self):
        """Be a terminal."""
        return True


def drawn(formats, name, answer, color="auto", **environment):
    """Return what a format draws on a terminal: a dumb one of 80 columns, unless the environment says otherwise."""
    assert name in formats  # imports the format
    screen = Screen()
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"):
            patch.delenv(variable, raising=False)
        for variable, value in {"TERM": "dumb", "COLUMNS": "80", **environment}.items():
            if value is None:
                patch.delenv(variable, raising=False)
            else:
                patch.setenv(variable, value)
        formats.drawn[name](answer, console_of(screen, color))
    return screen.getvalue()
