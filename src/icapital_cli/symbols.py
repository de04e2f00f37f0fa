"""What the facts of one file must know of the facts of others: names, languages, particulars of sources.

Little is kept of a fact, and only of kinds that others look into; so a base may be far larger than memory.
"""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NamedTuple

from icapital_cli.database import open_file
from icapital_cli.read import Doc, Fact, Translations

# The fields that rules and rows of other facts look into. When one changes, other files are touched by it.
LOOKED_INTO: dict[str, tuple[str, ...]] = {
    "categories": (),
    "cities": ("name", "country"),
    "editions": ("award",),
    "people": ("name",),
    "sources": ("lang", "date", "publisher", "origin", "reprint_of", "draws_on", "text_file"),
}

Known = list[tuple[str, str, Doc]]


def known_of(facts: Iterable[Fact]) -> Known:
    """List (kind, id, fields) of what others may look into."""
    return [(kind, fact_id, _kept(kind, doc)) for kind, fact_id, doc in facts if kind in LOOKED_INTO]


def _kept(kind: str, doc: Doc) -> Doc:
    return {field: doc[field] for field in LOOKED_INTO[kind] if field in doc}


class Texts:
    """The translated texts of one language, in a table `texts`: for languages too large to hold."""

    def __init__(self, tag: str, path: str, connection: sqlite3.Connection | None = None) -> None:
        """Read from an open connection, or from a file that is opened when it is first asked."""
        self._tag, self._path, self._connection = tag, path, connection
        self._last: tuple[str, Doc] = ("", {})  # a fact's texts are asked for several times in a row

    def __reduce__(self) -> tuple[type["Texts"], tuple[str, str]]:
        return Texts, (self._tag, self._path)  # another process opens the file for itself

    def get(self, fact_id: str) -> Doc:
        """Give the texts of a fact by field."""
        if self._last[0] != fact_id:
            self._connection = self._connection or open_file(self._path)
            sql = "SELECT field, text FROM texts WHERE lang = ? AND fact = ?"
            found = self._connection.execute(sql, (self._tag, fact_id))
            self._last = (fact_id, {field: unpacked(text) for field, text in found})
        return self._last[1]


def packed(text: str | list[str]) -> str:
    """Spell a text, or a list of them, for the table `texts`."""
    return text if isinstance(text, str) else json.dumps(text, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> str | list[str]:
    """Read what `packed` spelled."""
    if not text.startswith('["'):
        return text
    with suppress(ValueError):
        return list(json.loads(text))
    return text


class Symbols(NamedTuple):
    """What is known of a whole base: fields by kind and id, languages by tag, and their texts by tag and fact."""

    facts: dict[str, dict[str, Doc]]
    languages: dict[str, Translations]
    texts: dict[str, Any]

    def add(self, known: Known) -> None:
        """Add what a file says; what was known stays."""
        for kind, fact_id, doc in known:
            self.facts[kind].setdefault(fact_id, doc)

    def place_of(self, category: str) -> int:
        """Number the categories in the order in which they stand."""
        return [*self.facts["categories"], category].index(category)

    def city(self, tag: str, city_id: str) -> str:
        """Name a city in a language."""
        language = self.languages.get(tag)
        return (language.cities.get(city_id) if language else None) or str(
            self.facts["cities"].get(city_id, {}).get("name", city_id)
        )

    def person(self, person_id: str) -> str:
        """Name a person."""
        return str(self.facts["people"].get(person_id, {}).get("name", person_id))

    def texts_of(self, tag: str, fact_id: str) -> Doc:
        """Give our translations of a fact into a language, by field."""
        texts = self.texts.get(tag)
        found: Doc = (texts.get(fact_id) or {}) if texts is not None else {}
        return found


def no_symbols() -> Symbols:
    """Begin with nothing known."""
    return Symbols({kind: {} for kind in LOOKED_INTO}, {}, {})


class Stored(dict[str, Doc]):
    """What is known of the facts of one kind, read from compiled facts when it is asked for."""

    def __init__(self, connection: sqlite3.Connection, kind: str) -> None:
        """Ask compiled facts."""
        super().__init__()
        self._connection, self._kind = connection, kind

    def get(self, fact_id: str, default: Any = None) -> Any:
        """Give the fields of a fact."""
        if fact_id not in self:
            sql = "SELECT doc FROM facts WHERE id = ? AND kind = ?"
            found = self._connection.execute(sql, (fact_id, self._kind)).fetchone()
            if found is None:
                return default
            self[fact_id] = _kept(self._kind, json.loads(found[0]))
        return self[fact_id]


def symbols_in(connection: sqlite3.Connection) -> Symbols:
    """Know what compiled facts say, as far as it is asked for. The labels of languages are left out."""
    facts: dict[str, dict[str, Doc]] = {kind: Stored(connection, kind) for kind in LOOKED_INTO}
    ordered = connection.execute("SELECT id FROM facts WHERE kind = 'categories' ORDER BY seq")
    facts["categories"] = {fact_id: {} for (fact_id,) in ordered}
    (names,) = connection.execute("SELECT value FROM meta WHERE key = 'languages'").fetchone()
    languages = {tag: Translations(tag, name, {}, {}, {}, {}) for tag, name in json.loads(names).items()}
    for tag, english, text in connection.execute("SELECT lang, english, text FROM terms"):
        languages[tag].terms[english] = text
    sql = (
        "SELECT t.lang, t.fact, t.text FROM texts t JOIN facts f ON f.id = t.fact WHERE t.field = 'name' AND f.kind = ?"
    )
    for tag, city, text in connection.execute(sql, ("cities",)):
        languages[tag].cities[city] = text
    return Symbols(facts, languages, {tag: Texts(tag, "", connection) for tag in languages})
