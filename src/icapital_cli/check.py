"""Is a fact base in order? Every problem at once, each at its place, in the order of the files."""

from collections.abc import Iterable
from pathlib import Path

from icapital_cli.compile import compile_base
from icapital_cli.errors import ManyProblemsError
from icapital_cli.files import find_files
from icapital_cli.filling import Compiled
from icapital_cli.load import Problem
from icapital_cli.places import Places
from icapital_cli.rules import Break

MOST_SHOWN = 500
ON_DISK_IF_LARGE = ""  # SQLite's name for a database of its own that goes with the connection


def check(folder: Path, prefix: str = "") -> Compiled:
    """Read and check the fact base in a folder. Raises FactsError when there is nothing to read.

    `prefix` stands before the file names in what is said.
    """
    return compile_base(ON_DISK_IF_LARGE, folder, prefix, find_files(folder))


def refuse(compiled: Compiled, more: Iterable[Break] = ()) -> None:
    """Raise ManyProblemsError, one line each, when something is wrong; `more` is what other checks found."""
    breaks = [*compiled.breaks, *more]
    found, count = problems_of(compiled, breaks), len(compiled.problems) + len(breaks) + compiled.more
    if found:
        rest = [f"… and {count - len(found)} more problems"] if count > len(found) else []
        raise ManyProblemsError("\n".join([*map(str, found), *rest]))


def problems_of(compiled: Compiled, breaks: Iterable[Break]) -> list[Problem]:
    """Find the places of what is wrong, in the order of the files, and give the first problems."""
    places, of_file = compiled.store.places, dict[str, list[Problem | Break]]()
    every: list[Problem | Break] = [*compiled.problems, *breaks]
    for wrong in every:
        of_file.setdefault(wrong.file, []).append(wrong)
    found: list[Problem] = []
    for file in sorted(of_file):
        problems = (w if isinstance(w, Problem) else _placed(places, w) for w in of_file[file])
        found += sorted(problems, key=lambda problem: problem[:3])
        if len(found) >= MOST_SHOWN:
            break
    return found[:MOST_SHOWN]


def _placed(places: Places, wrong: Break) -> Problem:
    if wrong.fact:
        line, column = places.of_fact(wrong.file, wrong.fact, wrong.path)
    else:
        line, column = places.of_translation(wrong.file, tuple(map(str, wrong.path)))
    return Problem(wrong.file, line, column, wrong.message, wrong.rule)
