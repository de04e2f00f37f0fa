"""The facts of one file to rows of the tables of `facts.db`. A row follows from the file and the symbols alone.

A fact is numbered by its file and its place in it, so that a file can change without touching the rows of others.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from icapital_cli.evidence import address
from icapital_cli.fold import fold, name_key
from icapital_cli.kinds import KINDS
from icapital_cli.layout import OF_A_FILE, Rows, spell_json
from icapital_cli.model import STATUSES
from icapital_cli.passages import Reading, passage_rows, reader_of
from icapital_cli.read import Fact
from icapital_cli.rules import named_by
from icapital_cli.store import POSITIONS, Tally
from icapital_cli.symbols import Symbols
from icapital_cli.tally import Counts
from icapital_cli.values import Ref

# A paid result is a prize too: the same facts, under the fields of a prize.
PRIZE_OF_RESULT = {
    "edition": "year",
    "prize_eur": "amount",
    "city": "city",
    "category": "category",
    "status": "status",
    "purpose": "purpose",
}
NAMED_BY_TERMS = {"awards", "categories", "statuses", "organisations", "initiatives"}
LAST = "\U0010ffff"  # sorts after every value that there is


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
    counts, readings_of = Counts(symbols), reader_of(symbols)
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
