"""The passages that a full-text search finds: the texts of each fact, in each language in which it can be read."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from icapital_cli.compiler.base import Base
from icapital_cli.compiler.parser import Record, Translations
from icapital_cli.model import KINDS, Doc
from icapital_cli.model.composites import ListOf, Mapping, Text
from icapital_cli.names import fold

LANGUAGE_BITS = 8  # of a passage's number; the others are its fact's
# The tokenizer of SQLite folds case, and the diacritics of Western Europe; a text with other letters is folded for it.
# One class, without Æ Ð Ø Þ ß æ ð ø þ: a search for one of two takes twice the time.
UNKNOWN_TO_TOKENIZER = re.compile(
    "[^\x00-\xc5\xc7-\xcf\xd1-\xd7\xd9-\xdd\xe0-\xe5\xe7-\xef\xf1-\xf7\xf9-\xfd\xff\u2010-\u2044\u20ac]"
)


def passage_rows(base: Base, seq: int, record: Record) -> Iterator[tuple[Any, ...]]:
    """Yield (number, kind, id, language, title, body) of the passages of a fact."""
    for number, language in enumerate(base.all_languages, seq << LANGUAGE_BITS):
        body = " · ".join(_found_in(base, record, language))
        if body:
            yield number, record.kind, record.id, language.tag, _title(base, record, language), body


def words_of(text: str) -> str:
    """Return what the tokenizer gets of a text: folded where it could not fold it."""
    return fold(text) if not text.isascii() and UNKNOWN_TO_TOKENIZER.search(text) else text


@cache
def translatable(kind: str) -> list[str]:
    """Return the fields that a complete language translates: a proper name may stay as it is."""
    return [name for name, field in KINDS[kind].texts.items() if not getattr(field, "proper", False)]


def is_readable(record: Record, field: str, language: Translations) -> bool:
    """Whether a text of a fact can be read in a language: published in it, ours in it, or translated."""
    value = record.doc[field]
    if language.tag in value if isinstance(value, dict) else language.tag == "en":
        return True
    if field in language.texts.get(record.id, ()):
        return True
    if isinstance(value, list):
        return record.kind != "disputes" and all(word in language.terms for item in value for word in terms_of(item))
    return isinstance(value, str) and value in language.terms


def terms_of(item: str | Doc) -> list[str]:
    """Return the terms in an item of a list; a unit, as it is after a number, begins with `# `."""
    if isinstance(item, str):
        return [item]
    return [f"# {item['unit']}", item["of"]] if "of" in item else []


def _title(base: Base, record: Record, language: Translations) -> str:
    if record.kind == "cities":
        return base.city_name(language.tag, record.id)
    doc, cls = record.doc, KINDS[record.kind]
    title = [
        _name(base, kind, doc[field], language) if (kind := cls.target_of(field)) else _in(record, field, language)
        for field in cls.search.title
        if field in doc
    ]
    return " ".join(title) or record.id


def _name(base: Base, kind: str, fact_id: str, language: Translations) -> str:
    if kind == "cities":
        return base.city_name(language.tag, fact_id)
    return str(base.find(kind, fact_id).get("name", fact_id))


def _in(record: Record, field: str, language: Translations) -> str:
    """Return a text in a language: published in it, ours in it, else in English, else in the original."""
    value, ours = record.doc[field], language.texts.get(record.id, {}).get(field)
    if isinstance(value, dict):
        return str(value.get(language.tag) or ours or value.get("en") or next(iter(value.values())))
    return str(ours or language.terms.get(value, value))


def _found_in(base: Base, record: Record, language: Translations) -> Iterator[str]:
    doc, cls = record.doc, KINDS[record.kind]
    in_english = language.tag == "en"
    if cls.search.instead_of_texts:
        if in_english:
            yield " ".join(str(doc.get(field, "")) for field in cls.search.instead_of_texts)
        return
    for field, type_of in cls.texts.items():
        value = doc.get(field)
        if not value:
            continue
        if isinstance(type_of, Text):
            if is_readable(record, field, language):
                yield _in(record, field, language)
        elif isinstance(type_of, ListOf) and isinstance(type_of.item, Mapping):
            ours = language.texts.get(record.id, {}).get(field)
            texts = ours or [item["says"] for item in value if in_english and "says" in item]
            yield from (text for text in texts if isinstance(text, str))
        elif in_english or language.name:
            yield ", ".join(language.terms.get(item, item) for item in value if isinstance(item, str))
    for field in cls.search.in_every_language:
        value = doc.get(field, ())
        if isinstance(value, str):
            yield _name(base, cls.target_of(field), value, language) if cls.target_of(field) else value
        else:
            yield from value
