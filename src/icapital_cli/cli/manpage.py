"""The manual page icapital(1), made from the words that `--help` shows."""

import re
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import Any

import typer

from icapital_cli import __version__
from icapital_cli.cli.app import app

WIDEST = 79
EXITS = {
    "0": "Answered; an empty list included.",
    "1": "Unexpected failure.",
    "2": "Wrong usage: unknown command, option, field, format, language or value.",
    "3": "The named thing does not exist; the nearest names are suggested.",
    "4": "The fact base is unreadable or invalid.",
}
ENVIRONMENT = {
    "ICAPITAL_LANG": "Language of the answer, when --lang is not given.",
    "LC_ALL, LC_MESSAGES, LANG": "Language of a table, when neither is given.",
    "NO_COLOR, FORCE_COLOR, TERM, COLUMNS": "How a table is drawn on a terminal.",
    "XDG_CACHE_HOME": "Where the facts compiled from --facts are kept.",
    "SOURCE_DATE_EPOCH": "Seconds since 1970 that give a brief its date, instead of today.",
    "ICAPITAL_DEBUG": "Show the traceback of an unexpected failure.",
}


def roff(text: str) -> str:
    """Escape a text for troff: backslashes, hyphens, quotes, and a control character at the beginning."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...")
    escaped = escaped.replace("'", "\\(aq").replace('"', "\\(dq")
    return "\\&" + escaped if escaped.startswith(".") else escaped


def prose(text: str) -> list[str]:
    """Break a paragraph into lines that fit a screen, as mandoc asks of a source."""
    lines = wrap(roff(text), WIDEST, break_long_words=False, break_on_hyphens=False)
    return ["\\&" + line if line.startswith(".") else line for line in lines]


def manual(day: date) -> str:
    """Write the page. `day` is the day of the release, so that equal sources give equal pages."""
    lines = [f'.TH ICAPITAL 1 "{day:%Y-%m-%d}" "icapital {__version__}" "User Commands"', ".SH NAME"]
    lines += ["icapital \\- facts about the European Capital of Innovation Award", ".SH SYNOPSIS"]
    lines += [".B icapital", "[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIQUERY\\fR]", ".SH DESCRIPTION"]
    group: Any = typer.main.get_command(app)
    lines += _described(group.help or "")
    lines.append(".SH COMMANDS")
    for name in group.list_commands(None):
        lines += _command(name, group.get_command(None, name))
    for title, table in (("EXIT STATUS", EXITS), ("ENVIRONMENT", ENVIRONMENT)):
        lines.append(f".SH {title}")
        for term, meaning in table.items():
            lines += [".TP", f".B {roff(term)}", *prose(meaning)]
    return "\n".join(lines) + "\n"


def _described(help_text: str) -> list[str]:
    lines, block = [], False
    for line in help_text.splitlines():
        if line.strip() == "\b":
            lines += [".PP", ".nf"]
            block = True
        elif not line.strip():
            lines += [".fi"] if block else []
            block = False
        else:
            lines += [roff(line.strip())] if block else prose(line.strip())
    return lines + ([".fi"] if block else [])


def _command(name: str, command: Any) -> list[str]:
    context = typer.Context(command, info_name=f"icapital {name}")
    command.describe()
    lines = [
        f'.SS "icapital {name} {roff(" ".join(command.collect_usage_pieces(context)))}"',
        *_described(command.help or ""),
    ]
    for records in command.records(context):
        for names, text in records:
            lines += [".TP", f".B {roff(names)}", *(prose(text) or ["\\&"])]
    return lines


def released(changelog: Path) -> date:
    """Read the day of the newest release, so that the page does not change from build to build."""
    found = re.search(r"\((\d{4}-\d{2}-\d{2})\)", changelog.read_text("utf-8"))
    return date.fromisoformat(found[1]) if found else date(1970, 1, 1)
