"""The tables while they are filled: what comes of each file is written, in the order of the files."""

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from icapital_cli.errors import FactsError
from icapital_cli.files import NEVER, Files, Seen
from icapital_cli.layout import SETTINGS, TEXTS, spell_json, words_of, write
from icapital_cli.load import Problem
from icapital_cli.passages import tags_of
from icapital_cli.places import Places
from icapital_cli.read import Translations, taken, twice
from icapital_cli.rounds import First, Made
from icapital_cli.rules import Break, excused, wrong_base
from icapital_cli.spellings import spelled_rows, unspellable
from icapital_cli.store import Store
from icapital_cli.sums import finish
from icapital_cli.symbols import Texts, no_symbols, packed
from icapital_cli.tally import nothing_spelled

MOST_TEXTS = 200_000  # translated texts that are held; more are kept on disk
MOST_WRONG = 10_000  # problems that are kept, of the first files; more are counted
INDEX = "CREATE INDEX of_kind ON facts (kind, rank)"  # made last, which is quicker
FATAL = {"file", "yaml"}  # a file that was refused whole leaves nothing true to say of the rest


class Compiled(NamedTuple):
    """What came of a compile: each file as it was seen when it was read, and what is wrong with the base."""

    store: Store
    seen: dict[str, Seen]
    problems: list[Problem]
    breaks: list[Break]
    more: int = 0  # that are wrong too, and are not kept


class Filling:
    """The tables while they are filled, and what is remembered of the files beside."""

    def __init__(self, connection: sqlite3.Connection, places: Places, prefix: str) -> None:
        """Fill the tables of a connection; `prefix` stands before the names of files."""
        self.connection, self.places, self.prefix = connection, places, prefix
        self.symbols = no_symbols()
        self.spelled = nothing_spelled()
        self._spelled = nothing_spelled()
        self._languages: dict[str, list[str]] = {}
        self._given: Counter[str] = Counter()
        self._scratch = ""
        self._seen: dict[str, Seen | None] = {}
        self._problems: list[Problem] = []
        self.more = 0
        self._breaks: list[Break] = []
        self._doubled: list[Break] = []
        self._twice: list[tuple[str, str]] = []
        self._unread: set[str] = set()

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
        self._write("spelled", spelled_rows(tags_of(self.symbols), self.spelled.without(self._spelled)))
        self._spelled.update(self.spelled)

    def add(self, made: Made) -> None:
        """Write what was made of a file."""
        self._note(made)
        self._unread |= made.unread
        self.spelled.update(made.spelled)
        if self._seen.setdefault(made.name, made.seen) != made.seen:
            self._seen[made.name] = NEVER
        number = made.number
        self._write(
            "files", [(number, os.fsencode(made.name), spell_json(made.seen), made.sum, spell_json(made.tally))]
        )
        for table, rows in (made.rows | {"words": words_of(made.rows)}).items():
            if self._write(table, rows) < len(rows) and table == "facts":
                again = (row[2] for row in rows if not self._is_here(*row[:3]))
                # Such an id is refused by a rule of its own.
                self._twice += [(self.prefix + made.name, again_id) for again_id in again if again_id[:6] != "prize-"]

    def _note(self, made: Made) -> None:
        """Keep what is wrong with a file, and only count what comes after much that is wrong."""
        if len(self._problems) < MOST_WRONG:
            self._problems += made.problems
        else:
            self.more += len(made.problems)
        for wrong in made.breaks:
            if wrong.unless or len(self._breaks) < MOST_WRONG:
                self._breaks.append(wrong)
            else:
                self.more += 1

    def _write(self, table: str, rows: Iterable[tuple[Any, ...]]) -> int:
        return write(self.connection, table, rows)

    def _is_here(self, seq: int, _kind: str, fact_id: str) -> bool:
        return bool(self.connection.execute("SELECT 1 FROM facts WHERE seq = ? AND id = ?", (seq, fact_id)).fetchone())

    def leave(self) -> None:
        """Remove what was needed while files were read."""
        if self._scratch:
            Path(self._scratch).unlink(missing_ok=True)

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
        return Compiled(store, seen, self._problems, breaks, self.more)

    def _breaks_of_all(self, store: Store) -> list[Break]:
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
