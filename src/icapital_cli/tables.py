"""Facts to the tables of `facts.db`: the facts and their translations as they stand, without CLDR and search."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from icapital_cli import FACTS_FORMAT
from icapital_cli.fold import fold, name_key
from icapital_cli.kinds import KINDS
from icapital_cli.model import STATUSES
from icapital_cli.read import Base, Doc, Fact
from icapital_cli.values import Ref

ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# A paid result is a prize too: the same facts, under the fields of a prize.
PRIZE_OF_RESULT = {
    "edition": "year",
    "prize_eur": "amount",
    "city": "city",
    "category": "category",
    "status": "status",
    "purpose": "purpose",
}

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE kinds (kind TEXT PRIMARY KEY, command TEXT, columns TEXT, filters TEXT, line TEXT) WITHOUT ROWID;
CREATE TABLE facts (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL UNIQUE, doc TEXT NOT NULL);
CREATE TABLE facets (kind TEXT, key TEXT, value TEXT, seq INTEGER, PRIMARY KEY (kind, key, value, seq)) WITHOUT ROWID;
CREATE TABLE names (folded TEXT, kind TEXT, id TEXT, name TEXT, PRIMARY KEY (folded, kind, id)) WITHOUT ROWID;
CREATE TABLE texts (lang TEXT, fact TEXT, field TEXT, text TEXT, PRIMARY KEY (lang, fact, field)) WITHOUT ROWID;
CREATE TABLE terms (lang TEXT, english TEXT, text TEXT, PRIMARY KEY (lang, english)) WITHOUT ROWID;
CREATE TABLE labels (lang TEXT, key TEXT, text TEXT, PRIMARY KEY (lang, key)) WITHOUT ROWID;
CREATE TABLE spelled (lang TEXT, form TEXT, value TEXT, text TEXT, PRIMARY KEY (lang, form, value)) WITHOUT ROWID;
CREATE TABLE touches (fact TEXT, field TEXT, dispute TEXT, PRIMARY KEY (fact, field, dispute)) WITHOUT ROWID;
CREATE TABLE gaps_about (fact TEXT, gap TEXT, PRIMARY KEY (fact, gap)) WITHOUT ROWID;
CREATE TABLE passages (rowid INTEGER PRIMARY KEY, kind TEXT, id TEXT, lang TEXT, title TEXT, body TEXT);
CREATE VIRTUAL TABLE words USING fts5 (body, content='', tokenize="unicode61 remove_diacritics 2");
"""

Rows = tuple[str, Iterable[tuple[Any, ...]]]


def tables(base: Base, digest: str, version: str) -> Iterator[Rows]:
    """Yield (insert statement, rows) for the facts as such. `digest` names their state, `version` the tool."""
    join(base)
    ordered = list(in_order(base))
    kinds = ((k, cls.command, _columns(k), spell_json(cls.filters), spell_json(cls.line)) for k, cls in KINDS.items())
    yield into("meta", 2), {"format": str(FACTS_FORMAT), "version": version, "digest": digest}.items()
    yield into("kinds", 5), kinds
    yield into("facts", 4), ((seq, fact.kind, fact.id, spell_json(fact.doc)) for seq, fact in ordered)
    yield "INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)", _names(base)
    yield into("texts", 4), _texts(base)
    yield into("terms", 3), ((tag, *pair) for tag, lang in base.languages.items() for pair in lang.terms.items())
    yield into("facets", 4), (row for seq, fact in ordered for row in _facets(base, seq, fact))
    yield "INSERT OR IGNORE INTO touches VALUES (?, ?, ?)", _touches(base)
    yield "INSERT OR IGNORE INTO gaps_about VALUES (?, ?)", _gaps_about(base)


def into(table: str, width: int) -> str:
    """Write the insert statement of a table so wide."""
    return f"INSERT INTO {table} VALUES ({', '.join('?' * width)})"  # noqa: S608 - the names are ours


def spell_json(value: Any) -> str:
    """Write a value as compact JSON."""
    return ENCODER.encode(value)


def join(base: Base) -> None:
    """Add what follows from other facts: winners of an edition, prizes of results, citations of a source."""
    facts = base.facts
    if any("result" in prize.doc for prize in facts["prizes"].values()):
        return
    cited = Counter(source for kind in facts.values() for fact in kind.values() for source in _cited(fact.doc))
    for source in facts["sources"].values():
        source.doc["cited"] = cited[source.id]
    for result in list(facts["results"].values()):
        if "prize_eur" in result.doc:
            prize = _prize(base, result)
            facts["prizes"][prize.id] = prize
    for edition in facts["editions"].values():
        won = [f for f in facts["results"].values() if f.doc["edition"] == edition.id and f.doc["status"] == "winner"]
        edition.doc["winners"] = [f.doc["city"] for f in sorted(won, key=lambda f: _place(base, f.doc["category"]))]
    for dispute in facts["disputes"].values():
        touched = [base.find(target.partition(".")[0]) for target in dispute.doc.get("touches", ())]
        cities = {fact.doc.get("city", fact.id if fact.kind == "cities" else None) for fact in touched if fact}
        dispute.doc["cities"] = sorted(city for city in cities if city)


def _prize(base: Base, result: Fact) -> Fact:
    doc = {own: result.doc[field] for field, own in PRIZE_OF_RESULT.items() if field in result.doc}
    edition = base.facts["editions"][result.doc["edition"]].doc
    doc |= {"id": f"prize-{result.id}", "award": edition["award"], "year": edition["year"], "edition": edition["id"]}
    doc |= {"currency": "EUR", "result": result.id, "rank": result.doc.get("rank")}
    doc["citations"] = [
        c for c in result.doc["citations"] if {"prize_eur", "purpose"} & set(c.get("supports", ["prize_eur"]))
    ]
    return Fact("prizes", doc["id"], doc, result.raw, result.file)


def _cited(doc: Doc) -> set[str]:
    return {citation["source"] for citation in doc.get("citations", ())}


def _place(base: Base, category: str) -> int:
    return [*base.facts["categories"], category].index(category)


def in_order(base: Base) -> Iterator[tuple[int, Fact]]:
    """Number the facts kind by kind, each kind in the order in which it is listed."""
    seq = 0
    for kind, cls in KINDS.items():
        facts = list(base.facts[kind].values())
        if cls.order:
            facts.sort(key=lambda fact, order=cls.order: [_rank(base, fact, name) for name in order])  # type: ignore[misc]
        for fact in facts:
            seq += 1
            yield seq, fact


def _rank(base: Base, fact: Fact, name: str) -> tuple[int, Any]:
    value = fact.doc.get(name)
    if name == "status":
        return (0, STATUSES.index(value))
    if name == "category":
        return (0, _place(base, value) if value else 0)
    if name == "city" and value:
        value = fold(base.facts["cities"][value].doc["name"])
    return (1, "") if value is None else (0, value)


def _columns(kind: str) -> str:
    columns = []
    for key, path, kind_of, shown in KINDS[kind].columns:
        steps, at = [], kind
        for step in path.split("."):
            field = KINDS[at].mapping.fields.get(step)
            target = field.kind if isinstance(field, Ref) else "cities" if step == "winners" else None
            steps.append([step, target])
            at = target or at
        columns.append([key, steps, kind_of, shown])
    return spell_json(columns)


def _facets(base: Base, seq: int, fact: Fact) -> Iterator[tuple[str, str, str, int]]:
    for key, field in KINDS[fact.kind].filters.items():
        value = fact.doc.get(field)
        for one in dict.fromkeys(value) if isinstance(value, list) else [value] if value is not None else []:
            yield fact.kind, key, str(one), seq
        if key == "city":
            codes = {
                base.facts["cities"][city].doc["country"]
                for city in (value if isinstance(value, list) else [value])
                if city
            }
            for code in codes:
                yield fact.kind, "country", code, seq
    if fact.kind == "results":
        yield fact.kind, "award", base.facts["editions"][fact.doc["edition"]].doc["award"], seq


def _touches(base: Base) -> Iterator[tuple[str, str, str]]:
    for dispute in base.facts["disputes"].values():
        for target in dispute.doc.get("touches", ()):
            fact, _, field = target.partition(".")
            yield fact, field, dispute.id
            if f"prize-{fact}" in base.facts["prizes"] and field in PRIZE_OF_RESULT:
                yield f"prize-{fact}", PRIZE_OF_RESULT[field], dispute.id


def _gaps_about(base: Base) -> Iterator[tuple[str, str]]:
    for gap in base.facts["gaps"].values():
        for target in gap.doc.get("about", ()):
            yield target.partition(".")[0], gap.id


def _names(base: Base) -> Iterator[tuple[str, str, str, str]]:
    for kind, facts in base.facts.items():
        for fact in facts.values():
            for field in KINDS[kind].names:
                value = fact.doc.get(field, ())
                for name in value.values() if isinstance(value, dict) else [value] if isinstance(value, str) else value:
                    yield name_key(name), kind, fact.id, name
            yield name_key(fact.id), kind, fact.id, fact.id
    for language in base.languages.values():
        for city, name in language.cities.items():
            yield name_key(name), "cities", city, name
        for fact_id, texts in language.texts.items():
            found = base.find(fact_id)
            if found and "name" in texts:
                yield name_key(texts["name"]), found.kind, fact_id, texts["name"]
    for kind in ("awards", "categories", "statuses", "organisations", "initiatives"):
        for fact in base.facts[kind].values():
            for language in base.languages.values():
                if isinstance(fact.doc["name"], str) and fact.doc["name"] in language.terms:
                    name = language.terms[fact.doc["name"]]
                    yield name_key(name), kind, fact.id, name


def _texts(base: Base) -> Iterator[tuple[str, str, str, str]]:
    for tag, language in base.languages.items():
        for city, name in language.cities.items():
            yield tag, city, "name", name
        for fact_id, texts in language.texts.items():
            for field, text in texts.items():
                yield tag, fact_id, field, text if isinstance(text, str) else spell_json(text)
            if "purpose" in texts and f"prize-{fact_id}" in base.facts["prizes"]:
                yield tag, f"prize-{fact_id}", "purpose", texts["purpose"]
