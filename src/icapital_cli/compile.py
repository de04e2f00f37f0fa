"""Languages to the tables of `facts.db`: names, texts, spellings, and the search, made ready once.

Everything that CLDR has to say is said here, through Babel, because Babel is too slow for a look-up:
the names of countries, the dates that occur, and the patterns of numbers, money and lists.
"""

import re
from collections.abc import Iterator
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from icapital_cli.fold import fold
from icapital_cli.kinds import KINDS
from icapital_cli.load import Problem
from icapital_cli.read import Base, Doc, Fact, locate, text_fields
from icapital_cli.tables import into, join, spell_json
from icapital_cli.values import Country, Currency, Date, ListOf, Mapping, Text

NUMBER = re.compile(r"[#,0.]+")  # the part of a CLDR pattern that a number takes (UTS 35, part 3)
UNKNOWN_TO_TOKENIZER = re.compile("[^\x00-\xff\u2010-\u2044\u20ac]|[æøðþßÆØÐÞ]")
SPELLING = {"en": "en_GB"}  # the award is European, and so are its dates


def spoken(base: Base) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """List (insert statement, rows) for what CLDR spells, and for the search."""
    tags = sorted({"en", *base.languages})
    join(base)
    passages = list(_passages(base, tags))
    return [
        (into("meta", 2), list(_meta(base, tags))),
        ("INSERT OR IGNORE INTO labels VALUES (?, ?, ?)", list(_labels(base, tags))),
        ("INSERT OR IGNORE INTO spelled VALUES (?, ?, ?, ?)", list(_spelled(base, tags))),
        (into("passages", 6), passages),
        ("INSERT INTO words (rowid, body) VALUES (?, ?)", [(r[0], _foldable(f"{r[4]} {r[5]}")) for r in passages]),
    ]


def _meta(base: Base, tags: list[str]) -> Iterator[tuple[str, str]]:
    counts = {kind: len(facts) for kind, facts in base.facts.items() if facts}
    languages = {tag: base.languages[tag].name if tag in base.languages else tag for tag in tags}
    yield from {
        "counts": spell_json(counts),
        "languages": spell_json(languages),
        "completeness": spell_json(completeness(base, tags)),
    }.items()


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


def _labels(base: Base, tags: list[str]) -> Iterator[tuple[str, str, str]]:
    currencies = set(_values_of(base, Currency)) | {"EUR", *_units(base)}
    for tag in tags:
        locale = _locale(tag)
        if tag in base.languages:
            yield from ((tag, key, text) for key, text in base.languages[tag].labels.items())
        yield tag, "number.group", locale.number_symbols["latn"]["group"]
        yield tag, "number.decimal", locale.number_symbols["latn"]["decimal"]
        yield tag, "number.percent", NUMBER.sub("{}", locale.percent_formats[None].pattern.partition(";")[0], count=1)
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
    english = _locale("en")
    for tag in tags:
        locale = _locale(tag)
        for code in countries:
            yield tag, "country", code, locale.territories.get(code) or english.territories[code]
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
