"""A folder of YAML to the tables of `facts.db`: the whole base, a file at a time.

Files are read on every core (`rounds`); here they are written in their order, and then the whole is checked.
"""

import os
import sqlite3
from functools import partial
from pathlib import Path

from icapital_cli.elsewhere import LostError, begin, cores, end
from icapital_cli.errors import FactsError
from icapital_cli.files import Files
from icapital_cli.filling import Compiled, Filling
from icapital_cli.layout import SCHEMA, SETTINGS
from icapital_cli.places import Places
from icapital_cli.progress import Progress
from icapital_cli.rounds import SPACE, Made, Plan, Share, is_looked_into, two_rounds

SMALL = 4 << 20  # bytes of YAML that are held between the rounds
BESIDES = 150_000  # bytes of YAML that cost as much as what this process does beside, while rows are made
WORTH_PROCESSES = 200_000  # bytes of YAML; below, a fork costs more than it saves


class _MissedError(Exception):
    """A fact looks into a file that the first round left out."""


def compile_base(target: str, folder: Path, prefix: str, files: Files) -> Compiled:
    """Compile a fact base into `target`, an empty file or `:memory:`. What is wrong with the base is not raised.

    `prefix` stands before file names in what is said. Raises FactsError when there is no fact, sqlite3.Error when the
    target cannot be written.
    """
    size = sum(stat.st_size for _, stat in files)
    processes = max(1, min(cores(), size // WORTH_PROCESSES))
    first = Plan(hold=size <= SMALL, everything=False)
    thorough = first._replace(everything=True)
    for plan, share in ((first, processes), (thorough, processes), (thorough, 1)):
        filling = Filling(sqlite3.connect(target), Places(folder, prefix), prefix)
        try:
            _fill(filling, folder, files, plan, share)
            return filling.finished(folder)
        except (_MissedError, LostError):
            filling.connection.close()
            if os.path.exists(target):  # noqa: PTH110 - it may be no path
                os.truncate(target, 0)
    raise FactsError(f"the facts in {os.fspath(folder)!r} cannot be compiled")


def _fill(filling: Filling, folder: Path, files: Files, plan: Plan, processes: int) -> None:
    """Have the files read, and write what is made of them."""
    shares = _shares(folder, files, processes, here=plan.hold)
    owner = {name: number for number, share in enumerate(shares) for _, name in share}
    crew = begin([partial(two_rounds, folder, filling.prefix, share, plan) for share in shares], here=plan.hold)
    progress = Progress()
    try:
        filling.connection.executescript(f"{SETTINGS} BEGIN; {SCHEMA}")
        filling.join(files, (crew[owner[name]].take() for name, _ in files))
        for worker in crew:
            worker.send(filling.symbols)
        filling.spell()
        done, size = 0, sum(stat.st_size for _, stat in files)
        for name, stat in files:
            made: Made = crew[owner[name]].take()
            if made.missed:
                raise _MissedError
            filling.add(made)
            done += stat.st_size
            progress(done, size)
    finally:
        end(crew)
        progress.end()
        filling.leave()


def _shares(folder: Path, files: Files, count: int, *, here: bool) -> list[Share]:
    """Deal the numbered files out, each share in the order of the files.

    Who works `here` writes too, and gets less of what is made into rows.
    """
    shares: list[Share] = [[] for _ in range(count)]
    numbered = [(number << SPACE, name, stat.st_size) for number, (name, stat) in enumerate(files, 1)]
    rounds = [(0, numbered)]
    if here and count > 1:
        first = {name for _, name, _ in numbered if is_looked_into(folder / name)}
        besides = BESIDES + sum(size for _, _, size in numbered) // 20
        rounds = [
            (0, [f for f in numbered if f[1] in first]),
            (besides, [f for f in numbered if f[1] not in first]),
        ]
    for ahead, some in rounds:
        sizes = [ahead, *[0] * (count - 1)]
        for number, name, size in sorted(some, key=lambda file: -file[2]):
            least = sizes.index(min(sizes))
            shares[least].append((number, name))
            sizes[least] += size
    return [sorted(share) for share in shares]
