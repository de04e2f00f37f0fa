"""The facts of one file to rows of the tables of `facts.db`. A row follows from the file and the symbols alone.

A fact is numbered by its file and its place in it, so that a file can change without touching the rows of others.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from icapital_cli.evidence import address
from icapital_cli.fold import fold, name_key
from icapital_cli.kinds import KINDS
from icapital_cli.model import STATUSES
from icapital_cli.passages import Reading, passage_rows, reader_of, said_by, tags_of
from icapital_cli.read import Fact
from icapital_cli.rules import fits, named_by
from icapital_cli.store import POSITIONS, Standing, Tally
from icapital_cli.symbols import Symbols
from icapital_cli.values import Country, Currency, Date, Ref, Value

ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
# A paid result is a prize too: the same facts, under the fields of a prize.
PRIZE_OF_RESULT = {
    "edition": "year",
    "prize_eur": "amount",
    "city": "city",
    "category": "category",
    "status": "status",
    "purpose": "purpose",
}
OF_A_FILE = (
    "facts",
    "facets",
    "names",
    "texts",
    "touches",
    "gaps_about",
    "refs",
    "pages",
    "passages",
    "words",
    "spelled",
)
NAMED_BY_TERMS = {"awards", "categories", "statuses", "organisations", "initiatives"}
LAST = "\U0010ffff"  # sorts after every value that there is

TEXTS = (
    "CREATE TABLE texts (lang TEXT, fact TEXT, field TEXT, text TEXT, PRIMARY KEY (lang, fact, field)) WITHOUT ROWID;"
)
SCHEMA = f"""
{TEXTS}
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE kinds (kind TEXT PRIMARY KEY, command TEXT, columns TEXT, filters TEXT, line TEXT) WITHOUT ROWID;
CREATE TABLE files (num INTEGER PRIMARY KEY, name TEXT UNIQUE, seen TEXT, sum TEXT, tally TEXT);
CREATE TABLE facts (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL UNIQUE, rank TEXT, doc TEXT NOT NULL);
CREATE TABLE facets (kind TEXT, key TEXT, value TEXT, seq INTEGER, PRIMARY KEY (kind, key, value, seq)) WITHOUT ROWID;
CREATE TABLE names (folded TEXT, kind TEXT, id TEXT, name TEXT, PRIMARY KEY (folded, kind, id)) WITHOUT ROWID;
CREATE TABLE terms (lang TEXT, english TEXT, text TEXT, PRIMARY KEY (lang, english)) WITHOUT ROWID;
CREATE TABLE labels (lang TEXT, key TEXT, text TEXT, PRIMARY KEY (lang, key)) WITHOUT ROWID;
CREATE TABLE spelled (lang TEXT, form TEXT, value TEXT, text TEXT, PRIMARY KEY (lang, form, value)) WITHOUT ROWID;
CREATE TABLE touches (fact TEXT, field TEXT, dispute TEXT, PRIMARY KEY (fact, field, dispute)) WITHOUT ROWID;
CREATE TABLE gaps_about (fact TEXT, gap TEXT, PRIMARY KEY (fact, gap)) WITHOUT ROWID;
CREATE TABLE refs (target TEXT, kind TEXT, file INTEGER, count INTEGER, PRIMARY KEY (target, kind, file)) WITHOUT ROWID;
CREATE TABLE pages (url TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
CREATE TABLE passages (rowid INTEGER PRIMARY KEY, kind TEXT, id TEXT, lang TEXT, title TEXT, body TEXT);
CREATE VIRTUAL TABLE words USING fts5 (body, content='', tokenize="unicode61 remove_diacritics 2");
"""
WIDTHS = {
    "meta": 2,
    "kinds": 5,
    "files": 5,
    "facts": 5,
    "facets": 4,
    "names": 4,
    "texts": 4,
    "touches": 3,
    "gaps_about": 2,
    "refs": 4,
    "pages": 2,
    "passages": 6,
    "words": 2,
    "spelled": 4,
    "terms": 3,
    "labels": 3,
}

# What tells a row of a file from all others; it stands first in the row.
KEYS = {
    "facts": ("seq",),
    "facets": ("kind", "key", "value", "seq"),
    "names": ("folded", "kind", "id"),
    "texts": ("lang", "fact", "field"),
    "touches": ("fact", "field", "dispute"),
    "gaps_about": ("fact", "gap"),
    "refs": ("target", "kind", "file"),
    "pages": ("url",),
    "passages": ("rowid",),
    "spelled": ("lang", "form", "value"),
}

Rows = dict[str, list[tuple[Any, ...]]]


class Spelled(NamedTuple):
    """Values of a base that CLDR spells, and units that may be currencies."""

    countries: set[str]
    currencies: set[str]
    dates: set[str]
    units: set[str]

    def update(self, others: "Spelled") -> None:
        """Add what is in others."""
        for ours, theirs in zip(self, others, strict=True):
            ours.update(theirs)

    def without(self, others: "Spelled") -> "Spelled":
        """Leave out what is in others."""
        return Spelled(*(ours - theirs for ours, theirs in zip(self, others, strict=True)))


def nothing_spelled() -> Spelled:
    """Begin with no values."""
    return Spelled(set(), set(), set(), set())


def spelled_of(facts: Iterable[Fact]) -> Spelled:
    """Collect the values that CLDR spells."""
    spelled = nothing_spelled()
    for fact in facts:
        for number, field in SPELLED[fact.kind]:
            if field in fact.doc:
                spelled[number].add(fact.doc[field])
        if fact.kind == "initiatives":
            units = (figure["unit"] for figure in fact.doc.get("figures", ()))
            spelled.units.update(unit for unit in units if len(unit) == len("EUR") and unit.isupper())
    return spelled


FIELDS: dict[type[Value], dict[str, list[str]]] = {
    type_of: {
        kind: names
        for kind, cls in KINDS.items()
        if (names := [name for name, field in cls.mapping.fields.items() if isinstance(field, type_of)])
    }
    for type_of in (Country, Currency, Date)
}
SPELLED = {
    kind: [(number, field) for number, kinds in enumerate(FIELDS.values()) for field in kinds.get(kind, ())]
    for kind in KINDS
}


def spell_json(value: Any) -> str:
    """Write a value as compact JSON."""
    return ENCODER.encode(value)


def kind_rows() -> Iterator[tuple[Any, ...]]:
    """Describe the kinds to a look-up, which does not load the model."""
    for kind, cls in KINDS.items():
        yield kind, cls.command, _columns(kind), spell_json(cls.filters), spell_json(cls.line)


def _columns(kind: str) -> str:
    columns = []
    for key, path, kind_of, shown in KINDS[kind].columns:
        steps, at = [], kind
        for step in path.split("."):
            field = KINDS[at].mapping.fields.get(step)
            target = field.kind if isinstance(field, Ref) else None
            steps.append([step, target])
            at = target or at
        columns.append([key, steps, kind_of, shown])
    return spell_json(columns)


def rows_of(number: int, facts: list[Fact], symbols: Symbols) -> tuple[Rows, Tally]:
    """Make the rows of a file, and what it adds to the sums. `number` is the file's."""
    prizes = [prize_of(fact, symbols) for fact in facts if fact.kind == "results" and "prize_eur" in fact.doc]
    rows: Rows = {table: [] for table in OF_A_FILE}
    counts, readings_of = _Counts(symbols), reader_of(symbols)
    for seq, fact in enumerate([*facts, *prizes], number << POSITIONS):
        kind, fact_id, doc = fact
        rows["facts"].append((seq, kind, fact_id, _rank(fact, symbols), spell_json(doc)))
        rows["facets"] += _facets(seq, fact, symbols)
        readings = readings_of(fact_id)
        names: dict[str, str] = {}
        for name in _names(fact, readings):
            names.setdefault(name_key(name), name)
        rows["names"] += [(folded, kind, fact_id, name) for folded, name in names.items()]
        if "result" in doc:
            rows["texts"] += _texts_of_prize(fact, symbols)
            counts.count[kind] += 1
            continue
        passages, words = passage_rows(seq, fact, readings, symbols)
        rows["passages"] += passages
        rows["words"] += words
        counts.add(fact, readings)
    rows["touches"] += dict.fromkeys(row for fact in facts if fact.kind == "disputes" for row in _touches(fact))
    gaps = (fact for fact in facts if fact.kind == "gaps")
    rows["gaps_about"] += dict.fromkeys((t.partition(".")[0], gap.id) for gap in gaps for t in gap.doc.get("about", ()))
    named = Counter(pair for fact in facts for pair in sorted(named_by(fact)))
    rows["refs"] += [(target, kind, number, count) for (target, kind), count in named.items()]
    printed = (fact.doc for fact in facts if fact.kind == "contacts" and "phone_printed" in fact.doc)
    rows["spelled"] += [("", "phone", doc["phone"], doc["phone_printed"]) for doc in printed if "phone" in doc]
    rows["pages"] += [(address(fact.doc), fact.id) for fact in facts if fact.kind == "sources"]
    return rows, counts.tally()


def prize_of(result: Fact, symbols: Symbols) -> Fact:
    """Make the prize of a paid result."""
    doc = {own: result.doc[field] for field, own in PRIZE_OF_RESULT.items() if field in result.doc}
    edition = result.doc["edition"]
    award = symbols.facts["editions"].get(edition, {}).get("award")
    doc |= {"id": f"prize-{result.id}", "award": award, "year": int(edition), "edition": edition}
    doc |= {"currency": "EUR", "result": result.id, "rank": result.doc.get("rank")}
    doc["citations"] = [
        c for c in result.doc["citations"] if {"prize_eur", "purpose"} & set(c.get("supports", ["prize_eur"]))
    ]
    return Fact("prizes", doc["id"], doc)


def _rank(fact: Fact, symbols: Symbols) -> str:
    """Spell the order of a fact within its kind, so that texts in order are facts in order."""
    parts = []
    for name in KINDS[fact.kind].order:
        value = fact.doc.get(name)
        if name == "status":
            value = STATUSES.index(value)
        elif name == "category":
            value = symbols.place_of(value) if value else 0
        elif name == "city" and value:
            value = fold(str(symbols.facts["cities"].get(value, {}).get("name", value)))
        parts.append(LAST if value is None else f"{value:015}" if isinstance(value, int) else str(value))
    return "\t".join(parts)


def _facets(seq: int, fact: Fact, symbols: Symbols) -> Iterator[tuple[str, str, str, int]]:
    for key, field in KINDS[fact.kind].filters.items():
        value = fact.doc.get(field)
        if isinstance(value, list):
            yield from ((fact.kind, key, str(one), seq) for one in dict.fromkeys(value))
        elif value is not None:
            yield fact.kind, key, str(value), seq
        if key == "city" and value:
            country = symbols.facts["cities"].get(value, {}).get("country")
            if country:
                yield fact.kind, "country", country, seq
    if fact.kind == "results":
        award = symbols.facts["editions"].get(fact.doc["edition"], {}).get("award")
        if award:
            yield fact.kind, "award", award, seq


def _touches(dispute: Fact) -> Iterator[tuple[str, str, str]]:
    for target in dispute.doc.get("touches", ()):
        fact, _, field = target.partition(".")
        yield fact, field, dispute.id
        if field in PRIZE_OF_RESULT:
            yield f"prize-{fact}", PRIZE_OF_RESULT[field], dispute.id


def _names(fact: Fact, readings: list[Reading]) -> Iterator[str]:
    for field in KINDS[fact.kind].names:
        value = fact.doc.get(field, ())
        yield from value.values() if isinstance(value, dict) else [value] if isinstance(value, str) else value
    yield fact.id
    name = fact.doc.get("name")
    for _, language, texts in readings:
        if "name" in texts and isinstance(texts["name"], str):
            yield texts["name"]
        if language is not None and fact.kind == "cities" and fact.id in language.cities:
            yield language.cities[fact.id]
        if language is not None and fact.kind in NAMED_BY_TERMS and isinstance(name, str) and name in language.terms:
            yield language.terms[name]


def _texts_of_prize(prize: Fact, symbols: Symbols) -> Iterator[tuple[str, str, str, str]]:
    for tag in symbols.languages:
        purpose = symbols.texts_of(tag, prize.doc["result"]).get("purpose")
        if isinstance(purpose, str):
            yield tag, prize.id, "purpose", purpose


class _Counts:
    """What the facts of a file add up to, while they are counted."""

    def __init__(self, symbols: Symbols) -> None:
        self._tags = tags_of(symbols)
        self.count: Counter[str] = Counter()
        self._results: Counter[Standing] = Counter()
        self._euros: Counter[Standing] = Counter()
        self._cities: Counter[tuple[str, str]] = Counter()
        self._texts, self._said, self._matched = 0, [0] * len(self._tags), [0] * len(self._tags)

    def add(self, fact: Fact, readings: list[Reading]) -> None:
        kind, _, doc = fact
        self.count[kind] += 1
        if kind == "results":
            where = (doc["edition"], doc["category"], doc["status"])
            self._results[where] += 1
            self._euros[where] += doc.get("prize_eur", 0)
            self._cities[doc["edition"], doc["city"]] += 1
        for number, reading in enumerate(readings):
            if reading.texts:
                self._matched[number] += sum(fits(fact, field, text) for field, text in reading.texts.items())
        texts, said = said_by(fact, readings)
        self._texts += texts
        for number, count in enumerate(said):
            self._said[number] += count

    def tally(self) -> Tally:
        standings = [(*where, count, self._euros[where]) for where, count in self._results.items()]
        crowded = sorted({edition for (edition, _), count in self._cities.items() if count > 1})
        said, matched = (dict(zip(self._tags, counts, strict=True)) for counts in (self._said, self._matched))
        return Tally(dict(self.count), standings, crowded, said, self._texts, matched, speaks=False)
