"""Compiled facts brought up to date with the files that changed, at the cost of those files.

Only what cannot touch the rows of other files is done here. For anything else, and for whatever is not in order, the
whole base is compiled, which also says what is wrong.
"""

import json
import os
import sqlite3
from pathlib import Path
from typing import NamedTuple

from icapital_cli.files import Files, Seen, seen_of
from icapital_cli.filling import Compiled
from icapital_cli.layout import KEYS, SETTINGS, Rows, spell_json, words_of, write
from icapital_cli.places import Places
from icapital_cli.read import Fact
from icapital_cli.rounds import SPACE, Read, read_file_of
from icapital_cli.rules import Break, excused, wrong_base, wrong_facts
from icapital_cli.spellings import english, spelled_rows
from icapital_cli.store import POSITIONS, Store, Tally
from icapital_cli.sums import sum_up
from icapital_cli.symbols import Symbols, known_of, symbols_in
from icapital_cli.tables import rows_of
from icapital_cli.tally import Spelled, spelled_of

WORTH_IT = 8  # when more than one byte in so many changed, a whole compile is as quick


class Change(NamedTuple):
    """A file that changed, came or went: its number, its facts before, and what it says now, unless it went."""

    number: int
    name: str
    before: list[Fact]
    read: Read | None

    @property
    def now(self) -> list[Fact]:
        """Give the facts that the file holds now."""
        return self.read.part.facts if self.read else []


class _WholeError(Exception):
    """The change is one for a whole compile."""


def update_base(connection: sqlite3.Connection, folder: Path, prefix: str, files: Files) -> Compiled | None:
    """Bring compiled facts up to date. None when that takes a whole compile: what is begun is then left half done."""
    try:
        return _updated(connection, folder, prefix, files)
    except (_WholeError, sqlite3.DatabaseError):  # two facts of one id, or facts that are damaged
        return None


def _updated(connection: sqlite3.Connection, folder: Path, prefix: str, files: Files) -> Compiled:
    connection.executescript(SETTINGS)
    known = {os.fsdecode(name): (number, tuple(json.loads(seen))) for number, name, seen in _files(connection)}
    now = {name: seen_of(stat) for name, stat in files}
    new = {name for name in now if name not in known}
    changed = sorted(name for name in now if name in new or known[name][1] != now[name])
    if sum(now[name][0] for name in changed) * WORTH_IT > sum(seen[0] for seen in now.values()):
        raise _WholeError
    numbers = {name: known[name][0] for name in now if name not in new} | _numbered(
        sorted(now.keys() | known.keys()), known, new
    )
    symbols = symbols_in(connection)
    changes = [
        Change(numbers[name], name, _facts_of(connection, numbers[name]), read_file_of(folder, prefix, name))
        for name in changed
    ]
    gone = [(number, name) for name, (number, _) in known.items() if name not in now]
    changes += [Change(number, name, _facts_of(connection, number), None) for number, name in gone]
    _refuse_far_reaching(connection, changes)
    breaks = _apply(connection, changes, symbols)
    store = Store(connection, Places(folder, prefix), symbols, prefix)
    _refuse_unsound(store, breaks)
    sum_up(store)
    connection.commit()
    seen = {name: known[name][1] for name in now if name not in changed}
    return Compiled(store, seen | {c.name: c.read.seen for c in changes if c.read and c.read.seen}, [], [])


def _files(connection: sqlite3.Connection) -> list[tuple[int, bytes, str]]:
    return connection.execute("SELECT num, name, seen FROM files").fetchall()


def _numbered(names: list[str], known: dict[str, tuple[int, Seen]], new: set[str]) -> dict[str, int]:
    """Number new files so that the numbers of all files, of those that went too, are in the order of their names."""
    numbers: dict[str, int] = {}
    before = 0
    for position, name in enumerate(names):
        if name in new:
            after = next((known[later][0] for later in names[position:] if later not in new), before + (2 << SPACE))
            numbers[name] = (before + after) // 2
            if not before < numbers[name] < after:
                raise _WholeError
        before = numbers[name] if name in new else known[name][0]
    return numbers


def _facts_of(connection: sqlite3.Connection, number: int) -> list[Fact]:
    sql = "SELECT kind, id, doc FROM facts WHERE seq BETWEEN ? AND ? ORDER BY seq"
    first = number << POSITIONS
    found = connection.execute(sql, (first, first + (1 << POSITIONS) - 1))
    facts = (Fact(kind, fact_id, json.loads(doc)) for kind, fact_id, doc in found)
    return [fact for fact in facts if "result" not in fact.doc]


def _refuse_far_reaching(connection: sqlite3.Connection, changes: list[Change]) -> None:
    """Leave to a whole compile what others look into, the order of categories, languages, and gaps that are no more."""
    spoken = connection.execute("SELECT name FROM files WHERE json_extract(tally, '$[6]')").fetchall()
    languages = {os.fsdecode(name) for (name,) in spoken}
    for change in changes:
        part = change.read.part if change.read else None
        if change.name in languages or (part and (part.problems or part.languages or part.unread)):
            raise _WholeError
    before = [fact for change in changes for fact in change.before]
    now = [fact for change in changes for fact in change.now]
    was, is_now = ({(kind, name): doc for kind, name, doc in known_of(facts)} for facts in (before, now))
    if any(is_now[key] != was[key] for key in was.keys() & is_now.keys()):
        raise _WholeError
    if any(_categories(change.before) != _categories(change.now) for change in changes):
        raise _WholeError
    if any(kind == "cities" for kind, _ in was.keys() - is_now.keys()):
        raise _WholeError  # a language may name a city that nobody else does
    if _listed(before) - _listed(now):
        raise _WholeError


def _categories(facts: list[Fact]) -> list[str]:
    return [fact.id for fact in facts if fact.kind == "categories"]


def _listed(facts: list[Fact]) -> set[str]:
    return {target for fact in facts if fact.kind == "gaps" for target in fact.doc.get("about", ())}


def _apply(connection: sqlite3.Connection, changes: list[Change], symbols: Symbols) -> list[Break]:
    """Put the rows of now in the place of those before. All rows before go first: a fact may have moved."""
    for change in changes:
        symbols.add(known_of(change.before))
        symbols.add(known_of(change.now))
    before = [_rows(change.number, change.before, symbols)[0] for change in changes]
    now = [_rows(change.number, change.now, symbols) for change in changes]
    for old, (new, _) in zip(before, now, strict=True):
        if old["spelled"] != new["spelled"]:
            raise _WholeError  # two contacts may share a number
        _delete(connection, old, new)
    for change, old, (new, tally) in zip(changes, before, now, strict=True):
        for table, rows in new.items():
            kept = set(old[table])
            write(connection, table, [row for row in rows if row not in kept], again="ABORT")
        connection.execute("DELETE FROM files WHERE num = ?", (change.number,))
        if change.read:
            row = (change.number, os.fsencode(change.name), spell_json(change.read.seen), change.read.sum)
            write(connection, "files", [(*row, spell_json(tally))])
    _spell(connection, spelled_of(fact for change in changes for fact in change.now))
    return [wrong for change in changes for wrong in wrong_facts(change.name, change.now, symbols)]


def _rows(number: int, facts: list[Fact], symbols: Symbols) -> tuple[Rows, Tally]:
    rows, tally = rows_of(number, facts, symbols)
    return rows | {"words": words_of(rows)}, tally


def _delete(connection: sqlite3.Connection, old: Rows, new: Rows) -> None:
    for table, rows in old.items():
        kept = set(new[table])
        gone = [row for row in rows if row not in kept]
        if table == "words":
            # An index without contents forgets a text only when it is told the text.
            connection.executemany("INSERT INTO words (words, rowid, body) VALUES ('delete', ?, ?)", gone)
        else:
            where = " AND ".join(f"{name} = ?" for name in KEYS[table])
            sql = f"DELETE FROM {table} WHERE {where}"  # noqa: S608 - the names are ours
            connection.executemany(sql, [row[: len(KEYS[table])] for row in gone])


def _spell(connection: sqlite3.Connection, values: Spelled) -> None:
    sql = "SELECT 1 FROM spelled WHERE lang = 'en' AND form = ? AND value = ?"
    new = {date for date in values.dates if not connection.execute(sql, ("date", date)).fetchone()}
    known = {key for (key,) in connection.execute("SELECT key FROM labels WHERE lang = 'en' AND key LIKE 'money.%'")}
    money = {f"money.{code}" for code in values.currencies | values.units}
    if (
        values.currencies - english()["symbols"].keys()
        or money - known
        or any(not connection.execute(sql, ("country", c)).fetchone() for c in values.countries)
    ):
        raise _WholeError
    if new:
        (tags,) = connection.execute("SELECT value FROM meta WHERE key = 'languages'").fetchone()
        write(connection, "spelled", spelled_rows(json.loads(tags), Spelled(set(), set(), new, set())))


def _refuse_unsound(store: Store, breaks: list[Break]) -> None:
    if not any(tally.counts for tally in store.tallies):
        raise _WholeError
    matched = {tag: sum(tally.matched[tag] for tally in store.tallies if tag in tally.matched) for tag in store.given()}
    if matched != store.given() or excused(breaks, store) or any(True for _ in wrong_base(store)):
        raise _WholeError
