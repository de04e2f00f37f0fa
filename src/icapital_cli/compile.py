"""A folder of YAML to the tables of `facts.db`: the whole base, a file at a time.

Files are read on every core (`rounds`); here they are written in their order, and then the whole is checked.
"""

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from icapital_cli import FACTS_FORMAT, __version__
from icapital_cli.elsewhere import LostError, begin, cores
from icapital_cli.errors import FactsError
from icapital_cli.files import Files, Seen, digest_of
from icapital_cli.kinds import KINDS
from icapital_cli.load import Problem
from icapital_cli.passages import tags_of
from icapital_cli.places import Places
from icapital_cli.progress import Progress
from icapital_cli.read import Translations, taken, twice
from icapital_cli.rounds import SPACE, First, Made, Plan, two_rounds
from icapital_cli.rules import Break, wrong_base
from icapital_cli.store import Store
from icapital_cli.symbols import Texts, no_symbols, packed
from icapital_cli.tables import SCHEMA, TEXTS, WIDTHS, Spelled, kind_rows, nothing_spelled, spell_json

SMALL = 4 << 20  # bytes of YAML that are held between the rounds
MOST_TEXTS = 200_000  # translated texts that are held; more are kept on disk
WORTH_PROCESSES = 200_000  # bytes of YAML; below, a fork costs more than it saves
SETTINGS = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
INDEX = "CREATE INDEX of_kind ON facts (kind, rank)"  # made last, which is quicker
FATAL = {"file", "yaml"}  # a file that was refused whole leaves nothing true to say of the rest

CITIES_OF_DISPUTES = """
INSERT OR IGNORE INTO facets SELECT 'disputes', 'city', city, seq FROM (
    SELECT d.seq AS seq, CASE f.kind WHEN 'cities' THEN f.id ELSE json_extract(f.doc, '$.city') END AS city
    FROM touches t JOIN facts d ON d.id = t.dispute JOIN facts f ON f.id = t.fact WHERE t.fact NOT LIKE 'prize-%'
) WHERE city IS NOT NULL"""
COUNTRIES_OF_DISPUTES = """
INSERT OR IGNORE INTO facets SELECT 'disputes', 'country', json_extract(c.doc, '$.country'), t.seq
FROM facets t JOIN facts c ON c.id = t.value WHERE t.kind = 'disputes' AND t.key = 'city'"""
NEVER: Seen = (-1, -1, -1, -1)  # no file is seen so


class Compiled(NamedTuple):
    """What came of a compile: each file as it was seen when it was read, and what is wrong with the base."""

    store: Store
    seen: dict[str, Seen]
    problems: list[Problem]
    breaks: list[Break]


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
        base = _Base(sqlite3.connect(target), Places(folder, prefix), prefix)
        try:
            base.fill(folder, files, plan, share)
            return base.finished(folder)
        except (_MissedError, LostError):
            base.connection.close()
            if os.path.exists(target):  # noqa: PTH110 - it may be no path
                os.truncate(target, 0)
    raise FactsError(f"the facts in {os.fspath(folder)!r} cannot be compiled")


def _shares(files: Files, count: int, *, here: bool) -> list[list[tuple[int, str]]]:
    """Deal the numbered files out, each share in the order of the files. Who works here writes too, and gets less."""
    shares: list[list[tuple[int, str]]] = [[] for _ in range(count)]
    sizes = [0] * count
    sizes[0] = sum(stat.st_size for _, stat in files) // count if here and count > 1 else 0
    numbered = ((number << SPACE, name, stat.st_size) for number, (name, stat) in enumerate(files, 1))
    for number, name, size in sorted(numbered, key=lambda file: -file[2]):
        least = sizes.index(min(sizes))
        shares[least].append((number, name))
        sizes[least] += size
    return [sorted(share) for share in shares]


class _Base:
    """The tables while they are filled, and what is remembered of the files beside."""

    def __init__(self, connection: sqlite3.Connection, places: Places, prefix: str) -> None:
        self.connection, self.places, self.prefix = connection, places, prefix
        self.symbols = no_symbols()
        self.spelled = nothing_spelled()
        self._spelled = nothing_spelled()
        self._languages: dict[str, list[str]] = {}
        self._given: Counter[str] = Counter()
        self._scratch = ""
        self._seen: dict[str, Seen | None] = {}
        self._problems: list[Problem] = []
        self._breaks: list[Break] = []
        self._doubled: list[Break] = []
        self._twice: list[tuple[str, str]] = []
        self._unread: set[str] = set()

    def fill(self, folder: Path, files: Files, plan: Plan, processes: int) -> None:
        """Have the files read, and write what is made of them."""
        shares = _shares(files, processes, here=plan.hold)
        owner = {name: number for number, share in enumerate(shares) for _, name in share}
        crew = begin([partial(two_rounds, folder, self.prefix, share, plan) for share in shares], here=plan.hold)
        progress = Progress()
        try:
            from icapital_cli import cldr  # noqa: F401, PLC0415 - Babel is imported while the others read

            self.connection.executescript(f"{SETTINGS} BEGIN; {SCHEMA}")
            self.join(files, (crew[owner[name]].take() for name, _ in files))
            for worker in crew:
                worker.send(self.symbols)
            self.spell()
            done, size = 0, sum(stat.st_size for _, stat in files)
            for name, stat in files:
                made: Made = crew[owner[name]].take()
                if made.missed:
                    raise _MissedError
                self.add(made)
                done += stat.st_size
                progress(done, size)
        finally:
            for worker in crew:
                worker.end()
            progress.end()
            if self._scratch:
                Path(self._scratch).unlink(missing_ok=True)

    def join(self, files: Files, firsts: Iterable[First | None]) -> None:
        """Put together what the first round gathered, in the order of the files."""
        for (name, _), first in zip(files, firsts, strict=True):
            if first is not None:
                self.symbols.add(first.known)
                self._seen[name] = first.seen
                self.spelled.update(first.spelled)
                for language in first.languages:
                    self._speak(self.prefix + name, language)
        for tag, language in self.symbols.languages.items():
            self._write("labels", ((tag, *pair) for pair in language.labels.items()))
            self._write("terms", ((tag, *pair) for pair in language.terms.items()))
            self._write("texts", ((tag, city, "name", name) for city, name in language.cities.items()))
        if sum(self._given.values()) > MOST_TEXTS:
            self._scratch = store_texts(self.connection)
            self.symbols.texts.update((tag, Texts(tag, self._scratch)) for tag in self.symbols.languages)

    def _speak(self, file: str, language: Translations) -> None:
        tag = language.tag
        whole = self.symbols.languages.setdefault(tag, Translations(tag, "", {}, {}, {}, {}))
        self.symbols.languages[tag] = whole._replace(name=language.name or whole.name)
        self._languages.setdefault(tag, []).append(file)
        for part in ("labels", "cities", "terms"):
            ours, theirs = getattr(whole, part), getattr(language, part)
            self._said_twice(file, part, ours.keys() & theirs.keys())
            ours.update((key, text) for key, text in theirs.items() if key not in ours)
        texts = self.symbols.texts.setdefault(tag, {})
        if self._given.total() > MOST_TEXTS:
            texts.clear()
            known = "SELECT 1 FROM texts WHERE lang = ? AND fact = ?"
            again = {fact_id for fact_id in language.texts if self.connection.execute(known, (tag, fact_id)).fetchone()}
        else:
            again = texts.keys() & language.texts.keys()
            texts.update((fact_id, fields) for fact_id, fields in language.texts.items() if fact_id not in again)
        self._said_twice(file, "texts", again)
        fields = [(tag, f, field, packed(text)) for f, said in language.texts.items() for field, text in said.items()]
        self._write("texts", fields)
        self._given[tag] += len(fields)

    def _said_twice(self, file: str, part: str, keys: set[str]) -> None:
        self._doubled += [Break(file, "", (part, key), twice(key), "duplicate-key") for key in sorted(keys)]

    def spell(self) -> None:
        """Have CLDR spell the values that are known, in each language that it knows, unless it did before."""
        from icapital_cli.cldr import is_language, spelled_rows  # noqa: PLC0415 - Babel is imported beside the reading

        tags = [tag for tag in tags_of(self.symbols) if is_language(tag)]
        self._write("spelled", spelled_rows(tags, self.spelled.without(self._spelled)))
        self._spelled.update(self.spelled)

    def add(self, made: Made) -> None:
        """Write what was made of a file."""
        self._problems += made.problems
        self._breaks += made.breaks
        self._unread |= made.unread
        self.spelled.update(made.spelled)
        if self._seen.setdefault(made.name, made.seen) != made.seen:
            self._seen[made.name] = NEVER
        number = made.number
        self._write(
            "files", [(number, os.fsencode(made.name), spell_json(made.seen), made.sum, spell_json(made.tally))]
        )
        for table, rows in made.rows.items():
            if self._write(table, rows) < len(rows) and table == "facts":
                again = (row[2] for row in rows if not self._is_here(*row[:3]))
                # Such an id is refused by a rule of its own.
                self._twice += [(self.prefix + made.name, again_id) for again_id in again if again_id[:6] != "prize-"]

    def _write(self, table: str, rows: Iterable[tuple[Any, ...]]) -> int:
        return write(self.connection, table, rows)

    def _is_here(self, seq: int, _kind: str, fact_id: str) -> bool:
        return bool(self.connection.execute("SELECT 1 FROM facts WHERE seq = ? AND id = ?", (seq, fact_id)).fetchone())

    def finished(self, folder: Path) -> Compiled:
        """Ask the rules of the whole base, and write what follows from the whole."""
        self.spell()
        self.connection.execute(INDEX)
        store = Store(self.connection, self.places, self.symbols, self.prefix)
        if not self._problems and not any(sum(tally.counts.values()) for tally in store.tallies):
            raise FactsError(f"no fact in the folder {os.fspath(folder)!r}")
        store.unread, store.languages = self._unread, self._languages
        matched: Counter[str] = Counter()
        for tally in store.tallies:
            matched.update(tally.matched)
        store.strays = any(self._given[tag] != matched[tag] for tag in self._given)
        breaks = self._breaks_of_all(store)
        if not self._problems and not breaks:
            finish(store, self.spelled, self._given)
        self.connection.commit()
        seen = {name: seen for name, seen in self._seen.items() if seen is not None}
        return Compiled(store, seen, self._problems, breaks)

    def _breaks_of_all(self, store: Store) -> list[Break]:
        from icapital_cli.cldr import unspellable  # noqa: PLC0415 - Babel is imported beside the reading

        breaks = [*self._doubled, *self._ids_taken(store), *unspellable(store, self.spelled)]
        if any(problem.rule in FATAL for problem in self._problems):
            return breaks
        # A gap may stand in what could not be read.
        of_facts = [b for b in self._breaks if not b.unless] if self._unread else excused(self._breaks, store)
        return [*breaks, *of_facts, *wrong_base(store)]

    def _ids_taken(self, store: Store) -> Iterator[Break]:
        for file, fact_id in self._twice:
            first = store.file_of(fact_id)
            line, _ = self.places.of_fact(first, fact_id, ())
            yield Break(file, fact_id, (), taken(fact_id, f"{first}:{line}"), "ids")


def excused(breaks: Iterable[Break], store: Store) -> list[Break]:
    """Leave out what a listed gap excuses."""
    gaps = store.gaps()
    return [found for found in breaks if found.unless not in gaps]


def write(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]], again: str = "IGNORE") -> int:
    """Write rows, and count them. For a row that is there `again`, SQLite's word says what to do."""
    if table == "words":
        return connection.executemany("INSERT INTO words (rowid, body) VALUES (?, ?)", rows).rowcount
    marks = ", ".join("?" * WIDTHS[table])
    return connection.executemany(f"INSERT OR {again} INTO {table} VALUES ({marks})", rows).rowcount  # noqa: S608 - ours


def store_texts(connection: sqlite3.Connection) -> str:
    """Copy the translated texts into a file of their own, for other processes to read, and name it."""
    from tempfile import mkstemp  # noqa: PLC0415 - only large languages pay for it

    file, path = mkstemp(prefix="icapital-", suffix=".texts")
    os.close(file)
    with closing(sqlite3.connect(path)) as scratch:
        scratch.executescript(f"{SETTINGS} BEGIN; {TEXTS}")
        write(scratch, "texts", connection.execute("SELECT lang, fact, field, text FROM texts"))
        scratch.commit()
    return path


def finish(store: Store, spelled: Spelled, given: dict[str, int]) -> None:
    """Write what follows from the whole of a sound base. `given` counts the translated texts of each language."""
    from icapital_cli.cldr import label_rows  # noqa: PLC0415 - Babel is imported beside the reading

    tags = tags_of(store.symbols)
    write(store.connection, "kinds", kind_rows())
    write(store.connection, "labels", label_rows(tags, spelled.currencies | {"EUR"} | spelled.units))
    languages = {tag: language.name for tag, language in store.symbols.languages.items()}
    keys = {key for language in store.symbols.languages.values() for key in language.labels}
    has = {tag: len(store.symbols.languages[tag].labels) if tag in languages else 0 for tag in tags}
    shipped = spell_json({tag: languages.get(tag, tag) for tag in tags})
    labels = spell_json({tag: [has[tag], len(keys)] for tag in tags})
    write(store.connection, "meta", [("languages", shipped), ("labels", labels), ("given", spell_json(given))])
    sum_up(store)


def sum_up(store: Store) -> None:
    """Write what the files add up to: counts, completeness, digest, and the cities that disputes are about."""
    counts: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for tally in store.tallies:
        counts.update(tally.counts)
        said.update(tally.said)
    texts = sum(tally.texts for tally in store.tallies)
    labels = store.meta("labels")
    complete = {tag: [*labels[tag], said[tag], texts] for tag in tags_of(store.symbols)}
    digest = digest_of(
        (os.fsdecode(name), content) for name, content in store.rows("SELECT name, sum FROM files ORDER BY num")
    )
    summed = {"counts": {kind: counts[kind] for kind in KINDS if counts[kind]}, "completeness": complete}
    known = {"format": str(FACTS_FORMAT), "version": __version__, "digest": digest}
    known |= {key: spell_json(value) for key, value in summed.items()}
    store.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", known.items())
    store.connection.execute("DELETE FROM facets WHERE kind = 'disputes' AND key IN ('city', 'country')")
    store.connection.execute(CITIES_OF_DISPUTES)
    store.connection.execute(COUNTRIES_OF_DISPUTES)
