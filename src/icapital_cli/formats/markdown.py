"""Markdown: tables of lists, and the escaping of texts."""

import re
from typing import TextIO

from icapital_cli.formats.registry import LISTS
from icapital_cli.terminal import safe
from icapital_cli.views.view import View

ENTITY = re.compile(r"&(?=\\?#|\w+;)")  # an ampersand that Markdown would read as a character


@LISTS.register("markdown")
def as_markdown(view: View, out: TextIO) -> None:
    """Write a table of GitHub Flavored Markdown, with the notes below it."""
    columns = view.shown()
    out.write("| " + " | ".join(escaped(column.label) for column in columns) + " |\n")
    out.write("|" + " --- |" * len(columns) + "\n")
    for row in view.rows:
        out.write("| " + " | ".join(escaped(cell) for cell in view.cells(row, columns)) + " |\n")
    for note in view.notes:
        out.write(f"\n{escaped(note)}\n")


def escaped(text: str) -> str:
    """Keep a text from being read as Markdown or HTML."""
    for mark in "\\`*_[]<>|#~":
        text = text.replace(mark, "\\" + mark)
    return safe(ENTITY.sub(r"\\&", text))
