"""Is a fact base in order? Every fact by itself, then the facts together; every problem at once."""

from pathlib import Path

from icapital_cli.compile import is_spellable, unspellable
from icapital_cli.errors import ManyProblemsError
from icapital_cli.gather import gather
from icapital_cli.read import Base, read_base
from icapital_cli.rules import broken, is_sound

MOST_SHOWN = 500


def check(folder: Path, prefix: str = "") -> Base:
    """Read and check the fact base in a folder. Problems are in the result, in the order of the files.

    `prefix` stands before the file names in the problems. Raises FactsError when there is nothing to read.
    """
    base = read_base(folder, prefix)
    base.problems.extend(broken(base))
    base.problems.extend(unspellable(base))
    base.problems.sort(key=lambda problem: problem[:3])
    return base


def sound_base(folder: Path) -> Base:
    """Read a fact base that must be in order. Raises ManyProblemsError, one line each, when it is not."""
    base = gather(folder)
    if base is None or not any(base.facts.values()) or not is_sound(base) or not is_spellable(base):
        base = check(folder, f"{folder}/")
        refuse_problems(base)
    return base


def refuse_problems(base: Base) -> None:
    """Raise ManyProblemsError, one line each, when the base has any."""
    if base.problems:
        lines = [str(problem) for problem in base.problems[:MOST_SHOWN]]
        rest = len(base.problems) - len(lines)
        raise ManyProblemsError("\n".join(lines + ([f"… and {rest} more problems"] if rest else [])))
