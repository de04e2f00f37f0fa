"""The compiled facts as the rules of the base see them: facts by id and kind, and what the files add up to."""

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from icapital_cli.places import Places
from icapital_cli.read import Doc, Fact, read_part
from icapital_cli.symbols import Symbols

POSITIONS = 18  # bits of a fact's number that count its place in its file; the others number the file
Standing = tuple[str, str, str]


class Tally(NamedTuple):
    """What a file adds to the sums of the base."""

    counts: dict[str, int]
    standings: list[tuple[str, str, str, int, int]]  # edition, category, status: results, euros
    crowded: list[str]  # editions in which a city stands twice in this file
    said: dict[str, int]  # texts that each language has
    texts: int
    matched: dict[str, int]  # translated texts that belong to facts of this file, by language
    speaks: bool  # whether the file is one of a language


class Store:
    """Compiled facts while they are checked."""

    def __init__(self, connection: sqlite3.Connection, places: Places, symbols: Symbols, prefix: str = "") -> None:
        """Look at compiled facts; `prefix` stands before the names of their files."""
        self.connection, self.symbols, self.places = connection, symbols, places
        self.unread: set[str] = set()  # ids of facts that could not be read
        self._files = {
            num: prefix + os.fsdecode(name) for num, name in connection.execute("SELECT num, name FROM files")
        }
        self.tallies = [Tally(*json.loads(text)) for (text,) in connection.execute("SELECT tally FROM files")]
        self.languages: dict[str, list[str]] = {}  # the files of each
        self.strays = False  # whether some translation belongs to no text

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """Ask for rows."""
        return self.connection.execute(sql, values).fetchall()

    def meta(self, key: str) -> Any:
        """Read what was noted under a key."""
        return json.loads(self.rows("SELECT value FROM meta WHERE key = ?", key)[0][0])

    def given(self) -> dict[str, int]:
        """Count the translated texts that the files of each language hold."""
        return dict(self.meta("given"))

    def find(self, fact_id: str) -> Fact | None:
        """Find a fact of any kind by its id."""
        found = self.connection.execute("SELECT kind, id, doc FROM facts WHERE id = ?", (fact_id,)).fetchone()
        return Fact(found[0], found[1], json.loads(found[2])) if found else None

    def kind_of(self, fact_id: str) -> str | None:
        """Tell the kind of a fact, where there is one of that id."""
        found = self.connection.execute("SELECT kind FROM facts WHERE id = ?", (fact_id,)).fetchone()
        return found[0] if found else None

    def file_of(self, fact_id: str) -> str:
        """Name the file in which a fact stands."""
        (seq,) = self.connection.execute("SELECT seq FROM facts WHERE id = ?", (fact_id,)).fetchone()
        return str(self._files[seq >> POSITIONS])

    def every(self, kind: str, within: str = "1") -> Iterator[tuple[str, Fact]]:
        """Go through the facts of a kind in their order, as (file, fact); `within` is a condition of ours."""
        sql = f"SELECT seq, id, doc FROM facts WHERE kind = ? AND {within} ORDER BY seq"  # noqa: S608 - it is ours
        for seq, fact_id, doc in self.connection.execute(sql, (kind,)):
            yield self._files[seq >> POSITIONS], Fact(kind, fact_id, json.loads(doc))

    def results_of(self, edition: str) -> Iterator[tuple[str, Fact]]:
        """Go through the results of an edition in their order, as (file, fact)."""
        sql = """SELECT f.seq, f.id, f.doc FROM facets t JOIN facts f ON f.seq = t.seq
                 WHERE t.kind = 'results' AND t.key = 'year' AND t.value = ? ORDER BY f.seq"""
        for seq, fact_id, doc in self.rows(sql, edition):
            yield self._files[seq >> POSITIONS], Fact("results", fact_id, json.loads(doc))

    def read(self, file: str) -> list[Fact]:
        """Read the facts of a file once more."""
        return read_part(self.places.load(file)).facts

    def dangling(self) -> Iterator[tuple[str, str, str]]:
        """Yield (kind, id, file) of what a file names and no fact is."""
        sql = """SELECT r.kind, r.target FROM (SELECT DISTINCT target, kind FROM refs) r
                 LEFT JOIN facts f ON f.id = r.target
                 WHERE f.kind IS NOT CASE r.kind WHEN 'cited' THEN 'sources' ELSE r.kind END"""
        for kind, target in self.rows(sql):
            if target not in self.unread:
                sql = "SELECT file FROM refs WHERE target = ? AND kind = ?"
                yield from ((kind, target, self._files[number]) for (number,) in self.rows(sql, target, kind))

    def standings(self) -> tuple[Counter[Standing], Counter[Standing]]:
        """Count the results, and the euros, of each edition, category and status."""
        results: Counter[Standing] = Counter()
        euros: Counter[Standing] = Counter()
        for tally in self.tallies:
            for edition, category, status, count, paid in tally.standings:
                results[edition, category, status] += count
                euros[edition, category, status] += paid
        return results, euros

    def crowded(self) -> list[str]:
        """Name the editions in which a city might stand twice: so in one file, or with results in several files."""
        files = Counter(edition for tally in self.tallies for edition in {row[0] for row in tally.standings})
        found = {edition for edition, count in files.items() if count > 1}
        return sorted(found.union(*(tally.crowded for tally in self.tallies)))

    def gaps(self) -> set[str]:
        """Name every target that a gap lists."""
        return {target for _, gap in self.every("gaps") for target in gap.doc.get("about", ())}

    def files_of(self, tag: str) -> list[str]:
        """Name the files of a language, in their order."""
        return self.languages[tag]

    def translations(self) -> Iterator[tuple[str, str, Doc]]:
        """Yield (language, fact, texts by field) of all translations."""
        for tag, files in self.languages.items():
            for file in files:
                for language in read_part(self.places.load(file)).languages:
                    yield from ((tag, fact_id, texts) for fact_id, texts in language.texts.items())
