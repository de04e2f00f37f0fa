"""What the search finds: the texts of each fact, in each language in which they can be read."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from icapital_cli.fold import fold
from icapital_cli.read import Doc, Fact, Translations, text_fields
from icapital_cli.symbols import Symbols
from icapital_cli.values import ListOf, Mapping, Text

NO_TEXTS: Doc = {}
LANGUAGES = 8  # bits of a passage's number that count the language; the others are its fact's
UNKNOWN_TO_TOKENIZER = re.compile("[^\x00-\xff\u2010-\u2044\u20ac]|[æøðþßÆØÐÞ]")


class Reading(NamedTuple):
    """A language, and what it says of one fact: our translations of its fields."""

    tag: str
    language: Translations | None
    texts: Doc


def reader_of(symbols: Symbols) -> Callable[[str], list[Reading]]:
    """Give a function from the id of a fact to what each language says of it."""
    readers = [(tag, symbols.languages.get(tag), symbols.texts.get(tag, {})) for tag in tags_of(symbols)]
    return lambda fact_id: [Reading(tag, language, texts.get(fact_id) or NO_TEXTS) for tag, language, texts in readers]


def tags_of(symbols: Symbols) -> list[str]:
    """Name the languages of a base; English is always one."""
    return sorted({"en", *symbols.languages})


def passage_rows(
    seq: int, fact: Fact, readings: list[Reading], symbols: Symbols
) -> tuple[list[tuple[Any, ...]], list[tuple[int, str]]]:
    """Make the passages of a fact, and the words of those that are not found by their own.

    The tokenizer of SQLite knows case, and the diacritics of Western Europe; other texts are folded for it.
    """
    passages: list[tuple[Any, ...]] = []
    words = []
    for number, reading in enumerate(readings, seq << LANGUAGES):
        body = " · ".join(_said(fact, reading, symbols))
        if body:
            title = title_of(fact, reading, symbols)
            passages.append((number, fact.kind, fact.id, reading.tag, title, body))
            text = f"{title} {body}"
            if not text.isascii() and UNKNOWN_TO_TOKENIZER.search(text):
                words.append((number, fold(text)))
    return passages, words


def said_by(fact: Fact, readings: list[Reading]) -> tuple[int, list[int]]:
    """Count the texts of a fact, and those that each language has."""
    wanted = [name for name in translatable(fact.kind) if fact.doc.get(name)]
    return len(wanted), [sum(_is_said(fact, name, reading) for name in wanted) for reading in readings]


@cache
def translatable(kind: str) -> list[str]:
    """Name the fields that are translated in a language that is complete: a proper name may stay as it is."""
    return [name for name, field in text_fields(kind).items() if not getattr(field, "proper", False)]


def _is_said(fact: Fact, field: str, reading: Reading) -> bool:
    """Tell whether a text of a fact can be read in a language: published in it, ours in it, or translated."""
    value = fact.doc[field]
    if isinstance(value, dict):
        if reading.tag in value:
            return True
    elif reading.tag == "en":
        return True
    if field in reading.texts:
        return True
    language = reading.language
    if language is None:
        return False
    if isinstance(value, list):
        return fact.kind != "disputes" and all(word in language.terms for item in value for word in _terms(item))
    return isinstance(value, str) and value in language.terms


def _terms(item: str | Doc) -> list[str]:
    """Name the terms that a list item is spelled with; a unit, as it stands after a number, begins with `# `."""
    if isinstance(item, str):
        return [item]
    return [f"# {item['unit']}", item["of"]] if "of" in item else []


def title_of(fact: Fact, reading: Reading, symbols: Symbols) -> str:
    """Give a fact a name for people, in a language."""
    doc = fact.doc
    if fact.kind == "cities":
        return symbols.city(reading.tag, fact.id)
    if fact.kind in {"posts", "contacts"}:
        return f"{symbols.person(doc['person'])} {doc.get('edition', doc.get('as_of', ''))}"
    if fact.kind == "quotes":
        return symbols.person(doc["speaker"])
    for field in ("name", "title", "topic", "label", "what"):
        if field in doc:
            return _in(fact, field, reading) or str(doc[field])
    city = symbols.city(reading.tag, doc["city"]) if doc.get("city") else ""
    return " ".join(part for part in (city, str(doc.get("year", doc.get("edition", "")))) if part) or fact.id


def _in(fact: Fact, field: str, reading: Reading) -> str:
    """Read a text in a language: published in it, ours in it, else in English, else in the original."""
    value, ours = fact.doc[field], reading.texts.get(field)
    if isinstance(value, dict):
        return str(value.get(reading.tag) or ours or value.get("en") or next(iter(value.values())))
    return str(ours or (reading.language.terms.get(value, value) if reading.language else value))


def _said(fact: Fact, reading: Reading, symbols: Symbols) -> Iterator[str]:
    """Yield the texts of a fact in a language; names and titles with every language."""
    if fact.kind == "cities":
        yield fact.doc["name"]
        yield from fact.doc.get("also_called", ())
        return
    if fact.kind == "sources":
        if reading.tag == "en":
            yield f"{fact.doc['publisher']} {fact.doc.get('url', '')}"
        return
    for field, value_type in text_fields(fact.kind).items():
        value = fact.doc.get(field)
        if not value:
            continue
        if isinstance(value_type, Text):
            if _is_said(fact, field, reading):
                yield _in(fact, field, reading)
        elif isinstance(value_type, ListOf) and isinstance(value_type.item, Mapping):
            says = reading.texts.get(field)
            says = says or ([item["says"] for item in value if "says" in item] if reading.tag == "en" else [])
            yield from (text for text in says if isinstance(text, str))
        elif reading.tag == "en" or reading.language:
            terms = reading.language.terms if reading.language else {}
            yield ", ".join(terms.get(item, item) for item in value if isinstance(item, str))
    if fact.kind in {"posts", "contacts"}:
        yield symbols.person(fact.doc["person"])
