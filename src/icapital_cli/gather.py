"""Read a fact base on every core, keeping no nodes: the quick way, for a base that is in order.

Whatever is wrong, `gather` says only that something is; `check` then reads again and says what and where.
"""

import os
from functools import partial
from pathlib import Path
from typing import Any

from icapital_cli.elsewhere import Elsewhere, cores
from icapital_cli.files import find_files
from icapital_cli.load import load
from icapital_cli.read import Base, Fact, Translations, add, empty_base

WORTH_A_PROCESS = 200_000  # bytes of YAML; below, a fork costs more than it saves

Part = tuple[list[tuple[str, str, Any, str]], list[Any]]


def gather(folder: Path, contents: dict[str, bytes]) -> Base | None:
    """Read a fact base. Returns None when a file cannot be read as facts.

    Raises FactsError when there is nothing to read.
    """
    files = find_files(folder)
    if any(name not in contents for name, _ in files):
        return None
    size = sum(map(len, contents.values()))
    shares = _shares(files, max(1, min(cores(), size // WORTH_A_PROCESS)))
    others = [Elsewhere(partial(_read, folder, share, contents)) for share in shares[1:]]
    parts = [_read(folder, shares[0], contents), *(other.result() for other in others)]
    return _merged([part for part in parts if part is not None]) if all(part is not None for part in parts) else None


def _shares(files: list[tuple[str, os.stat_result]], count: int) -> list[list[str]]:
    """Deal the files out so that each share is about as large."""
    shares: list[list[str]] = [[] for _ in range(count)]
    sizes = [0] * count
    for name, stat in sorted(files, key=lambda file: -file[1].st_size):
        least = sizes.index(min(sizes))
        shares[least].append(name)
        sizes[least] += stat.st_size
    return [sorted(share) for share in shares]


def _read(folder: Path, names: list[str], contents: dict[str, bytes]) -> Part | None:
    base = empty_base()
    for name in names:
        add(base, load(folder, name, contents[name]))
        if base.problems:
            return None
    facts = [(fact.kind, fact.id, fact.doc, fact.file) for fact in base.ids.values()]
    return facts, [language[:-1] for language in base.languages.values()]


def _merged(parts: list[Part]) -> Base | None:
    """Put the shares together in the order of their files; None when two say the same thing."""
    base = empty_base()
    facts = [fact for part in parts for fact in part[0]]
    facts.sort(key=lambda fact: fact[3])
    for kind, fact_id, doc, file in facts:
        base.facts[kind][fact_id] = base.ids[fact_id] = Fact(kind, fact_id, doc, None, file)
    if len(base.ids) < len(facts):
        return None
    for tag, name, *tables in (language for part in parts for language in part[1]):
        language = base.languages.setdefault(tag, Translations(tag, "", {}, {}, {}, {}, {}))
        if name:
            base.languages[tag] = language = language._replace(name=name)
        held: list[dict[str, Any]] = [language.labels, language.cities, language.terms, language.texts]
        for ours, theirs in zip(held, tables, strict=True):
            if ours.keys() & theirs.keys():
                return None
            ours.update(theirs)
    return base
