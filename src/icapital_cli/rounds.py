"""What each process of a compile does with its share of the files, in two rounds.

The first gathers what facts must know of facts in other files. The second makes rows. A small base is read once and
held between the rounds; of a large one only the files that others look into are read twice, and one file is held.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from icapital_cli import awarding, evidence  # noqa: F401 - register their rules
from icapital_cli.elsewhere import Receive
from icapital_cli.files import Seen, read_seen
from icapital_cli.layout import Rows
from icapital_cli.load import Problem, load
from icapital_cli.read import Part, Translations, read_part
from icapital_cli.rules import Break, wrong_facts
from icapital_cli.store import Tally
from icapital_cli.symbols import LOOKED_INTO, Known, Symbols, known_of
from icapital_cli.tables import rows_of
from icapital_cli.tally import Spelled, spelled_of

SPACE = 10  # bits between the numbers of two files, for files that come later
# A file that may say what others look into; so may one that is not written as one plain key a line.
# Each pattern begins with a letter of its own, which the search finds at the speed of memchr.
LOOKED_AT = [
    re.compile(rb"\n(?:categories|cities|people|sources|language)\b"),
    re.compile(rb"\n[^\sa-z#-]"),
    re.compile(rb"\?\s"),
]


Share = list[tuple[int, str]]  # number and name of each file


class First(NamedTuple):
    """What the first round gathered from a file."""

    known: Known
    languages: list[Translations]
    seen: Seen | None
    spelled: Spelled


class Made(NamedTuple):
    """What the second round made of a file. `sum` is that of its content; `missed` asks for a fuller first round."""

    number: int
    name: str
    seen: Seen | None
    sum: str
    problems: list[Problem]
    unread: set[str]
    breaks: list[Break]
    rows: Rows
    tally: Tally
    spelled: Spelled
    missed: bool


class Read(NamedTuple):
    """A file that was read."""

    part: Part
    seen: Seen | None
    sum: str


class Plan(NamedTuple):
    """How to go about a base: whether files are held between the rounds, and whether the first reads everything."""

    hold: bool
    everything: bool


def two_rounds(folder: Path, prefix: str, share: Share, plan: Plan, receive: Receive) -> Iterator[First | Made | None]:
    """Give a First of each file, or None; take the symbols of the whole base; and give a Made of each file."""
    held: dict[str, Read] = {}
    for _, name in share:
        read = read_file_of(folder, prefix, name, needed=plan.everything)
        if read is None:
            yield None
            continue
        if plan.hold:
            held[name] = read
        facts = read.part.facts
        yield First(known_of(facts), read.part.languages, read.seen, spelled_of(facts))
    symbols: Symbols = receive()
    for number, name in share:
        read = held.pop(name, None) or read_file_of(folder, prefix, name)
        if read is not None:
            yield make(number, name, read, symbols, sure=plan.everything)


def read_file_of(folder: Path, prefix: str, name: str, *, needed: bool = True) -> Read | None:
    """Read a file. None when it is not `needed`, and says nothing that others look into."""
    content, seen = None, None
    with suppress(OSError):
        content, seen = read_seen(folder / name)
    if not needed and content is not None and not _says_what_is_looked_into(content):
        return None
    loaded = load(folder, name, content)
    return Read(read_part(loaded._replace(name=prefix + name)), seen, sha256(content or b"").hexdigest())


def is_looked_into(path: Path) -> bool:
    """Tell whether the first round must read a file whole."""
    with suppress(OSError):
        return _says_what_is_looked_into(read_seen(path)[0])
    return False


def _says_what_is_looked_into(content: bytes) -> bool:
    lines = b"\n" + content
    return any(pattern.search(lines) for pattern in LOOKED_AT)


def make(number: int, name: str, read: Read, symbols: Symbols, *, sure: bool) -> Made:
    """Make the rows of a file, and ask the rules of its facts. Symbols are `sure` when all files were looked into."""
    part = read.part
    if not sure:
        symbols.add(known_of(part.facts))
    breaks = list(wrong_facts(part.file, part.facts, symbols))
    rows, tally = rows_of(number, part.facts, symbols)
    tally = tally._replace(speaks=bool(part.languages))
    missed = not sure and any(target not in symbols.facts[kind] for kind, target in _looked_into(part, rows))
    spelled = spelled_of(part.facts)
    return Made(number, name, read.seen, read.sum, part.problems, part.unread, breaks, rows, tally, spelled, missed)


def _looked_into(part: Part, rows: Rows) -> Iterator[tuple[str, str]]:
    for target, named, *_ in rows["refs"]:
        kind = {"cited": "sources"}.get(named, named)
        if kind in LOOKED_INTO and kind != "editions":
            yield kind, target
    yield from {("editions", fact.doc["edition"]) for fact in part.facts if fact.kind == "results"}
