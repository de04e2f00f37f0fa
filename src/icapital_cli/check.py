"""Is a fact base in order? Every fact by itself, then the facts together; every problem at once."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from icapital_cli import awarding, evidence  # noqa: F401 - register their rules
from icapital_cli.compile import is_spellable, spoken, unspellable
from icapital_cli.elsewhere import Elsewhere, cores
from icapital_cli.errors import ManyProblemsError
from icapital_cli.files import Moment
from icapital_cli.gather import gather
from icapital_cli.read import Base, read_base
from icapital_cli.rules import broken, is_sound

MOST_SHOWN = 500
WORTH_A_PROCESS = 300  # facts; below, a second process costs more than it saves


def check(folder: Path, prefix: str = "", contents: dict[str, bytes] | None = None) -> Base:
    """Read and check the fact base in a folder. Problems are in the result, in the order of the files.

    `prefix` stands before the file names in the problems. Raises FactsError when there is nothing to read.
    """
    base = read_base(folder, prefix, contents)
    base.problems.extend(broken(base))
    base.problems.extend(unspellable(base))
    base.problems.sort(key=lambda problem: problem[:3])
    return base


Spoken = list[tuple[str, list[tuple[Any, ...]]]]


def sound_base(folder: Path, moment: Moment) -> tuple[Base, Callable[[], Spoken]]:
    """Read a fact base that must be in order, and begin what its languages need, on another core where there is one.

    Raises ManyProblemsError, one line each, when it is not in order.
    """
    base = gather(folder, moment.contents)
    begun = Elsewhere(partial(_spoken, base)) if base and cores() > 1 and len(base.ids) > WORTH_A_PROCESS else None
    if base is None or not any(base.facts.values()) or not is_sound(base) or not (begun or is_spellable(base)):
        if begun:
            begun.result()
        base = check(folder, f"{folder}/", moment.contents)
        refuse_problems(base)
        return base, partial(spoken, base)
    return base, lambda: _taken(folder, moment, base, begun)


def _taken(folder: Path, moment: Moment, base: Base, begun: Elsewhere[Spoken | None] | None) -> Spoken:
    rows = begun.result() if begun else None
    if rows is None and begun:
        refuse_problems(check(folder, f"{folder}/", moment.contents))
    return rows or spoken(base)


def _spoken(base: Base) -> Spoken | None:
    return spoken(base) if is_spellable(base) else None


def refuse_problems(base: Base) -> None:
    """Raise ManyProblemsError, one line each, when the base has any."""
    if base.problems:
        lines = [str(problem) for problem in base.problems[:MOST_SHOWN]]
        rest = len(base.problems) - len(lines)
        raise ManyProblemsError("\n".join(lines + ([f"… and {rest} more problems"] if rest else [])))
