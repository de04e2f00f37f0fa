"""The command `verify`: read the drafts, check them, write the report, and exit with 5 where a claim differs."""

import sys
from typing import Any

import typer

from icapital_cli.api import verify_drafts
from icapital_cli.cli.answer import open_facts, shape_of, warn, write
from icapital_cli.errors import DIFFERS, UsageError
from icapital_cli.formats import drafts as _formats  # noqa: F401 - registers the formats
from icapital_cli.formats.registry import DRAFTS
from icapital_cli.verify.reader import Draft, read_draft


def write_report(files: list[str], text: str | None, options: dict[str, Any]) -> None:
    """Check drafts and write the report. Raises UsageError for drafts that cannot be read, Exit(5) for a difference."""
    if bool(files) == (text is not None):
        raise UsageError("name a file, - for standard input, or give --text: icapital verify draft.txt")
    shape = shape_of(options, DRAFTS)
    drafts = [Draft("text", text)] if text is not None else [read_draft(name, _stdin) for name in files]
    with open_facts(options, shape.format) as store:
        report = verify_drafts(store, drafts)
        write(report, shape, DRAFTS)
        for draft in report.drafts:
            if not draft.rows:
                warn(f"{draft.name}: no claim found; a draft must name the award (iCapital)")
    if report.differs:
        raise typer.Exit(DIFFERS)


def _stdin(most: int) -> bytes:
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    return sys.stdin.buffer.read(most)
