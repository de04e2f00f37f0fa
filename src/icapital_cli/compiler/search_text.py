"""The passages that a full-text search finds: the texts of each fact, in each language in which it can be read."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from icapital_cli.compiler.base import Base
from icapital_cli.compiler.parser import Record, Translations
from icapital_cli.model import KINDS, Doc
from icapital_cli.model.composites import ListOf, Mapping, Text
from icapital_cli.names import fold

LANGUAGE_BITS = 8  # of a passage's number; the others are its fact's
# The tokenizer of SQLite folds case, and the diacritics of Western Europe; a text with other letters is folded for it.
UNKNOWN_TO_TOKENIZER = re.compile("[^\x00-\xff\u2010-\u2044\u20ac]|[æøðþßÆØÐÞ]")


class Reading(NamedTuple):
    """A language, and our translations of one fact into it, by field."""

    language: Translations
    texts: Doc


def readings(base: Base, fact_id: str) -> list[Reading]:
    """Return the readings of a fact, one per language."""
    return [Reading(language, language.texts.get(fact_id, {})) for language in base.all_languages]


def passage_rows(base: Base, seq: int, record: Record) -> Iterator[tuple[Any, ...]]:
    """Yield (number, kind, id, language, title, body) of the passages of a fact."""
    for number, reading in enumerate(readings(base, record.id), seq << LANGUAGE_BITS):
        body = " · ".join(_found_in(base, record, reading))
        if body:
            title = _title(base, record, reading)
            yield number, record.kind, record.id, reading.language.tag, title, body


def words_of(text: str) -> str:
    """Return what the tokenizer gets of a text: folded where it could not fold it."""
    return fold(text) if not text.isascii() and UNKNOWN_TO_TOKENIZER.search(text) else text


@cache
def translatable(kind: str) -> list[str]:
    """Return the fields that a complete language translates: a proper name may stay as it is."""
    return [name for name, field in KINDS[kind].texts.items() if not getattr(field, "proper", False)]


def is_readable(record: Record, field: str, reading: Reading) -> bool:
    """Whether a text of a fact can be read in a language: published in it, ours in it, or translated."""
    value = record.doc[field]
    if isinstance(value, dict):
        if reading.language.tag in value:
            return True
    elif reading.language.tag == "en":
        return True
    if field in reading.texts:
        return True
    terms = reading.language.terms
    if isinstance(value, list):
        return record.kind != "disputes" and all(word in terms for item in value for word in terms_of(item))
    return isinstance(value, str) and value in terms


def terms_of(item: str | Doc) -> list[str]:
    """Return the terms in an item of a list; a unit, as it is after a number, begins with `# `."""
    if isinstance(item, str):
        return [item]
    return [f"# {item['unit']}", item["of"]] if "of" in item else []


def _title(base: Base, record: Record, reading: Reading) -> str:
    doc, cls = record.doc, KINDS[record.kind]
    if record.kind == "cities":
        return base.city_name(reading.language.tag, record.id)
    parts = [
        _name(base, reading, cls.target_of(field), doc[field]) if cls.target_of(field) else _in(record, field, reading)
        for field in cls.search.title
        if field in doc
    ]
    return " ".join(parts) or record.id


def _name(base: Base, reading: Reading, kind: str, fact_id: str) -> str:
    if kind == "cities":
        return base.city_name(reading.language.tag, fact_id)
    return str(base.find(kind, fact_id).get("name", fact_id))


def _in(record: Record, field: str, reading: Reading) -> str:
    """Return a text in a language: published in it, ours in it, else in English, else in the original."""
    value, ours = record.doc[field], reading.texts.get(field)
    if isinstance(value, dict):
        return str(value.get(reading.language.tag) or ours or value.get("en") or next(iter(value.values())))
    return str(ours or reading.language.terms.get(value, value))


def _found_in(base: Base, record: Record, reading: Reading) -> Iterator[str]:
    doc, cls, terms = record.doc, KINDS[record.kind], reading.language.terms
    in_english = reading.language.tag == "en"
    if cls.search.instead_of_texts:
        if in_english:
            yield " ".join(str(doc.get(field, "")) for field in cls.search.instead_of_texts)
        return
    for field, type_of in cls.texts.items():
        value = doc.get(field)
        if not value:
            continue
        if isinstance(type_of, Text):
            if is_readable(record, field, reading):
                yield _in(record, field, reading)
        elif isinstance(type_of, ListOf) and isinstance(type_of.item, Mapping):
            texts = reading.texts.get(field) or [item["says"] for item in value if in_english and "says" in item]
            yield from (text for text in texts if isinstance(text, str))
        elif in_english or reading.language.name:
            yield ", ".join(terms.get(item, item) for item in value if isinstance(item, str))
    for field in cls.search.in_every_language:
        value = doc.get(field, ())
        if isinstance(value, str):
            yield _name(base, reading, cls.target_of(field), value) if cls.target_of(field) else value
        else:
            yield from value
