"""Facts and languages to the tables of `facts.db`: what a look-up will need, made ready once.

Everything that CLDR has to say is said here, through Babel, because Babel is too slow for a look-up:
the names of countries, the dates that occur, and the patterns of numbers, money and lists.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from icapital_cli.fold import fold, name_key
from icapital_cli.load import Problem
from icapital_cli.model import KINDS, STATUSES
from icapital_cli.read import Base, Doc, Fact, locate, text_fields
from icapital_cli.values import Country, Currency, Date, ListOf, Mapping, Ref, Text

FORMAT = 1
NUMBER = re.compile(r"[#,0.]+")  # the part of a CLDR pattern that a number takes (UTS 35, part 3)
UNKNOWN_TO_TOKENIZER = re.compile("[^\x00-\xff\u2010-\u2044\u20ac]|[æøðþßÆØÐÞ]")
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
SPELLING = {"en": "en_GB"}  # the award is European, and so are its dates
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
    kinds = ((k, cls.command, _columns(k), _json(cls.filters), _json(cls.line)) for k, cls in KINDS.items())
    yield _into("meta", 2), {"format": str(FORMAT), "version": version, "digest": digest}.items()
    yield _into("kinds", 5), kinds
    yield _into("facts", 4), ((seq, fact.kind, fact.id, _json(fact.doc)) for seq, fact in ordered)
    yield _into("facets", 4), sorted(row for seq, fact in ordered for row in _facets(base, seq, fact))
    yield "INSERT OR IGNORE INTO touches VALUES (?, ?, ?)", _touches(base)
    yield "INSERT OR IGNORE INTO gaps_about VALUES (?, ?)", _gaps_about(base)


def spoken(base: Base) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """List (insert statement, rows) for what depends on language: names, texts, spellings, and the search."""
    tags = sorted({"en", *base.languages})
    join(base)
    passages = list(_passages(base, tags))
    terms = [(tag, *pair) for tag, language in base.languages.items() for pair in language.terms.items()]
    return [
        (_into("meta", 2), list(_meta(base, tags))),
        ("INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)", sorted(_names(base), key=lambda row: row[:3])),
        (_into("texts", 4), sorted(_texts(base))),
        (_into("terms", 3), terms),
        (_into("labels", 3), list(_labels(base, tags))),
        ("INSERT OR IGNORE INTO spelled VALUES (?, ?, ?, ?)", list(_spelled(base, tags))),
        (_into("passages", 6), passages),
        ("INSERT INTO words (rowid, body) VALUES (?, ?)", [(r[0], _foldable(f"{r[4]} {r[5]}")) for r in passages]),
    ]


def _into(table: str, width: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * width)})"  # noqa: S608 - the names are ours


def _json(value: Any) -> str:
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
    return _json(columns)


def _meta(base: Base, tags: list[str]) -> Iterator[tuple[str, str]]:
    counts = {kind: len(facts) for kind, facts in base.facts.items() if facts}
    languages = {tag: base.languages[tag].name if tag in base.languages else tag for tag in tags}
    yield from {
        "counts": _json(counts),
        "languages": _json(languages),
        "completeness": _json(completeness(base, tags)),
    }.items()


def _facets(base: Base, seq: int, fact: Fact) -> Iterator[tuple[str, str, str, int]]:
    for key, field in KINDS[fact.kind].filters.items():
        value = fact.doc.get(field)
        for one in value if isinstance(value, list) else [value] if value is not None else []:
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
                yield tag, fact_id, field, text if isinstance(text, str) else _json(text)
            if "purpose" in texts and f"prize-{fact_id}" in base.facts["prizes"]:
                yield tag, f"prize-{fact_id}", "purpose", texts["purpose"]


def completeness(base: Base, tags: list[str]) -> dict[str, list[int]]:
    """Count the texts of a base that each language has, and all there are: [labels, of, texts, of]."""
    keys = {key for language in base.languages.values() for key in language.labels}
    wanted = [(fact, field) for facts in base.facts.values() for fact in facts.values() for field in _wanted(fact)]
    counts = {}
    for tag in tags:
        labels = base.languages[tag].labels if tag in base.languages else {}
        has = sum(is_said(base, tag, fact, field) for fact, field in wanted)
        counts[tag] = [len(labels), len(keys), has, len(wanted)]
    return counts


def _wanted(fact: Fact) -> list[str]:
    if "result" in fact.doc:
        return []
    return [
        name
        for name, field in text_fields(fact.kind).items()
        if fact.doc.get(name) and not getattr(field, "proper", False)
    ]


def is_said(base: Base, tag: str, fact: Fact, field: str) -> bool:
    """Tell whether a text of a fact can be read in a language: published in it, ours in it, or translated."""
    value, language = fact.doc[field], base.languages.get(tag)
    if isinstance(value, dict):
        if tag in value:
            return True
    elif tag == "en":
        return True
    if language is None:
        return False
    if field in language.texts.get(fact.id, ()):
        return True
    if isinstance(value, list):
        return fact.kind != "disputes" and all(word in language.terms for item in value for word in terms_of(item))
    return isinstance(value, str) and value in language.terms


def terms_of(item: str | Doc) -> list[str]:
    """Name the terms that a list item is spelled with; a unit, as it stands after a number, begins with `# `."""
    if isinstance(item, str):
        return [item]
    return [f"# {item['unit']}", item["of"]] if "of" in item else []


def missing(base: Base, tag: str) -> Iterator[tuple[Fact, str]]:
    """Yield the texts that cannot be read in a language."""
    for facts in base.facts.values():
        for fact in facts.values():
            for field in _wanted(fact):
                if not is_said(base, tag, fact, field):
                    yield fact, field


def _labels(base: Base, tags: list[str]) -> Iterator[tuple[str, str, str]]:
    currencies = set(_values_of(base, Currency)) | {"EUR", *_units(base)}
    for tag in tags:
        locale = _locale(tag)
        if tag in base.languages:
            yield from ((tag, key, text) for key, text in base.languages[tag].labels.items())
        yield tag, "number.group", locale.number_symbols["latn"]["group"]
        yield tag, "number.decimal", locale.number_symbols["latn"]["decimal"]
        yield tag, "number.percent", locale.percent_formats[None].pattern.replace("#,##0", "{}")
        for currency in sorted(currencies):
            pattern = NUMBER.sub("{}", locale.currency_formats["standard"].pattern.partition(";")[0], count=1)
            yield tag, f"money.{currency}", pattern.replace("¤", locale.currency_symbols.get(currency, currency))
        patterns = locale.list_patterns["standard"]
        yield tag, "list.middle", patterns["middle"]
        yield tag, "list.end", patterns["end"]
        yield tag, "list.two", patterns["2"]


def _units(base: Base) -> set[str]:
    units = {figure["unit"] for fact in base.facts["initiatives"].values() for figure in fact.doc.get("figures", ())}
    return {unit for unit in units if len(unit) == len("EUR") and unit.isupper()}


def _locale(tag: str) -> Locale:
    return Locale.parse(SPELLING.get(tag, tag).replace("-", "_"))


def unspellable(base: Base) -> Iterator[Problem]:
    """Yield the languages and the country codes that CLDR does not know, at their places."""
    languages, cities, prizes = _unknown_to_cldr(base)
    for tag in languages:
        file, node = base.languages[tag].places[()]
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        yield Problem(file, line, column, f"CLDR knows no language {tag!r} (BCP 47)", "languages")
    for city in cities:
        mark = locate(city, "country").start_mark
        message = f"no country has the code {city.doc['country']!r} (ISO 3166-1)"
        yield Problem(city.file, mark.line + 1, mark.column + 1, message, "country")
    for prize in prizes:
        mark = locate(prize, "currency").start_mark
        message = f"no currency has the code {prize.doc['currency']!r} (ISO 4217)"
        yield Problem(prize.file, mark.line + 1, mark.column + 1, message, "money")


def is_spellable(base: Base) -> bool:
    """Tell whether CLDR knows all languages and countries of a base, without asking where they stand."""
    return not any(_unknown_to_cldr(base))


def _unknown_to_cldr(base: Base) -> tuple[list[str], list[Fact], list[Fact]]:
    english = _locale("en")
    languages = []
    for tag in base.languages:
        try:
            _locale(tag)
        except (ValueError, UnknownLocaleError):
            languages.append(tag)
    cities = [city for city in base.facts["cities"].values() if city.doc["country"] not in english.territories]
    prizes = [p for p in base.facts["prizes"].values() if p.doc.get("currency", "EUR") not in english.currencies]
    return languages, cities, prizes


def _values_of(base: Base, kind_of: type) -> Iterator[str]:
    for kind, cls in KINDS.items():
        fields = [name for name, field in cls.mapping.fields.items() if isinstance(field, kind_of)]
        for fact in base.facts[kind].values() if fields else ():
            yield from (fact.doc[name] for name in fields if name in fact.doc)


def _spelled(base: Base, tags: list[str]) -> Iterator[tuple[str, str, str, str]]:
    dates, countries = sorted(set(_values_of(base, Date))), sorted(set(_values_of(base, Country)))
    for tag in tags:
        locale = _locale(tag)
        for code in countries:
            yield tag, "country", code, locale.territories[code]
        for date in dates:
            yield tag, "date", date, spell_date(date, locale)
    for contact in base.facts["contacts"].values():
        if "phone_printed" in contact.doc:
            yield "", "phone", contact.doc["phone"], contact.doc["phone_printed"]


def spell_date(text: str, locale: Locale) -> str:
    """Spell a date, whole or partial, as people of a language write it."""
    from datetime import date  # noqa: PLC0415 - the name is a field's elsewhere

    day = date.fromisoformat((text + "-01-01")[:10])
    if len(text) == len("2019"):
        return text
    if len(text) == len("2019-09"):
        return str(format_skeleton("yMMMM", day, locale=locale))
    return str(format_date(day, "long", locale=locale))


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


def _passages(base: Base, tags: list[str]) -> Iterator[tuple[int, str, str, str, str, str]]:
    number = 0
    for kind, facts in base.facts.items():
        for fact in facts.values():
            for tag in tags if "result" not in fact.doc else ():
                body = " · ".join(_said(base, tag, fact))
                if body:
                    number += 1
                    yield number, kind, fact.id, tag, title_of(base, tag, fact), body


def _foldable(text: str) -> str:
    """Fold a text for the search where its tokenizer would not: it knows case, and the diacritics of Western Europe."""
    return fold(text) if UNKNOWN_TO_TOKENIZER.search(text) else text


def title_of(base: Base, tag: str, fact: Fact) -> str:
    """Give a fact a name for people, in a language."""
    doc, language = fact.doc, base.languages.get(tag)
    cities = language.cities if language else {}
    city = cities.get(doc.get("city", ""), base.facts["cities"][doc["city"]].doc["name"]) if doc.get("city") else ""
    if fact.kind == "cities":
        return str(cities.get(fact.id, doc["name"]))
    if fact.kind in {"posts", "contacts"}:
        return f"{base.facts['people'][doc['person']].doc['name']} {doc.get('edition', doc.get('as_of', ''))}"
    if fact.kind == "quotes":
        return str(base.facts["people"][doc["speaker"]].doc["name"])
    for field in ("name", "title", "topic", "label", "what"):
        if field in doc:
            return _in(base, tag, fact, field) or str(doc[field])
    return " ".join(part for part in (city, str(doc.get("year", doc.get("edition", "")))) if part) or fact.id


def _in(base: Base, tag: str, fact: Fact, field: str) -> str:
    """Read a text in a language: published in it, ours in it, else in English, else in the original."""
    language, value = base.languages.get(tag), fact.doc[field]
    ours = language.texts.get(fact.id, {}).get(field) if language else None
    if isinstance(value, dict):
        return str(value.get(tag) or ours or value.get("en") or next(iter(value.values())))
    return str(ours or (language.terms.get(value, value) if language else value))


def _said(base: Base, tag: str, fact: Fact) -> Iterator[str]:
    """Yield the texts of a fact in a language; names and titles with every language."""
    language = base.languages.get(tag)
    if fact.kind == "cities":
        yield fact.doc["name"]
        yield from fact.doc.get("also_called", ())
        return
    if fact.kind == "sources":
        if tag == "en":
            yield f"{fact.doc['publisher']} {fact.doc.get('url', '')}"
        return
    for field, value_type in text_fields(fact.kind).items():
        value = fact.doc.get(field)
        if not value:
            continue
        if isinstance(value_type, Text):
            if is_said(base, tag, fact, field):
                yield _in(base, tag, fact, field)
        elif isinstance(value_type, ListOf) and isinstance(value_type.item, Mapping):
            ours = language.texts.get(fact.id, {}).get(field) if language else None
            says = ours or ([item["says"] for item in value if "says" in item] if tag == "en" else [])
            yield from (text for text in says if isinstance(text, str))
        elif tag == "en" or language:
            terms = language.terms if language else {}
            yield ", ".join(terms.get(item, item) for item in value if isinstance(item, str))
    if fact.kind in {"posts", "contacts"}:
        yield base.facts["people"][fact.doc["person"]].doc["name"]
