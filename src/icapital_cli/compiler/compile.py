"""Compile a folder of YAML to `facts.db`: load, check, write, in one pass over one base in memory."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from icapital_cli.compiler.base import Base, Violation, load_base
from icapital_cli.compiler.files import Files, find_files
from icapital_cli.compiler.loader import Problem
from icapital_cli.compiler.rules import violations_of
from icapital_cli.compiler.rules.evidence import misquotations
from icapital_cli.compiler.tables import tables_of
from icapital_cli.errors import FactsError, ManyProblemsError
from icapital_cli.store.schema import INDEXES, create_tables, insert

MOST_SHOWN = 5000


def compile_folder(folder: Path, files: Files, target: str = ":memory:", prefix: str = "") -> sqlite3.Connection:
    """Compile a fact base into `target`, an empty file or `:memory:`.

    `prefix` is put before file names in messages. Raises ManyProblemsError for a base with problems, FactsError for
    one without a fact, sqlite3.Error when the target cannot be written.
    """
    base = load_base(folder, files, prefix)
    refuse_problems(base)
    connection = sqlite3.connect(target)
    create_tables(connection)
    for table, rows in tables_of(base):
        insert(connection, table, rows)
    for index in INDEXES:
        connection.execute(index)
    connection.commit()
    return connection


def check_folder(folder: Path, prefix: str = "", texts: Path | None = None) -> None:
    """Check a fact base, and with a folder of `texts` its excerpts. Raises ManyProblemsError, one line each."""
    base = load_base(folder, find_files(folder), prefix)
    refuse_problems(base, misquotations(base, texts) if texts else ())


def refuse_problems(base: Base, more: Iterable[Violation] = ()) -> None:
    """Raise ManyProblemsError for a base with problems, FactsError for one without a fact."""
    found = [*base.problems, *(_located(base, violation) for violation in (*violations_of(base), *more))]
    if not found and not base.facts:
        raise FactsError(f"no fact in the folder {str(base.folder)!r}")
    if found:
        lines = [str(problem) for problem in sorted(found, key=lambda problem: problem[:3])[:MOST_SHOWN]]
        rest = [f"… and {len(found) - len(lines)} more problems"] if len(found) > len(lines) else []
        raise ManyProblemsError("\n".join([*lines, *rest]))


def _located(base: Base, violation: Violation) -> Problem:
    file, fact, path, message, rule = violation
    if fact:
        line, column = base.positions.of_fact(file, fact, path)
    else:
        line, column = base.positions.of_translation(file, tuple(map(str, path)))
    return Problem(file, line, column, message, rule)
