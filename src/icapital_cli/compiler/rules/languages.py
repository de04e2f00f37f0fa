"""Rules on languages: published texts have a source in their language, translations belong to texts."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from icapital_cli.compiler import cldr
from icapital_cli.compiler.base import Base, Violation
from icapital_cli.compiler.parser import Record
from icapital_cli.compiler.rules.registry import at, rule
from icapital_cli.compiler.rules.statements import is_said
from icapital_cli.model import KINDS, Doc
from icapital_cli.model.composites import Text
from icapital_cli.model.values import CountryCode, Currency, Value


@cache
def _texts(kind: str) -> list[str]:
    """Return the fields of a kind that may hold published words."""
    return [name for name, field in KINDS[kind].mapping.fields.items() if isinstance(field, Text)]


@rule
def published_texts_have_a_source(base: Base) -> Iterator[Violation]:
    """Words given as published in a language cite a page in that language; quotes have them in its excerpt."""
    for record in base.records():
        for name in _texts(record.kind):
            words = record.doc.get(name)
            if not isinstance(words, dict):
                continue
            words_of = _citations_by_language(base, record)
            for tag, text in words.items():
                if tag not in words_of:
                    what = f"{name} is given as published in {tag!r}, but no source in {tag!r} is cited"
                    yield at(record, (name,), what, "languages")
                elif (record.kind, name) == ("quotes", "text") and not any(_prints(c, text) for c in words_of[tag]):
                    what = f"the words in {tag!r} are not in an excerpt of their source, nor stated by it"
                    yield at(record, (name,), what, "excerpts")


def _prints(citation: Doc, text: str) -> bool:
    """Whether a page has the words of a quote: in an excerpt of it, or by their first and last words."""
    stated = citation.get("states", {}).get("text")
    return text in citation.get("excerpt", "") or (isinstance(stated, str) and is_said(text, stated))


def _citations_by_language(base: Base, record: Record) -> dict[str, list[Doc]]:
    """Return the citations of a fact by the language of the page."""
    citations: dict[str, list[Doc]] = {}
    for citation in record.doc.get("citations", ()):
        language = base.find("sources", citation["source"]).get("lang", "")
        citations.setdefault(language, []).append(citation)
    return citations


@rule
def languages_have_names(base: Base) -> Iterator[Violation]:
    """A language has a name, and each city that it names exists."""
    for tag, language in base.languages.items():
        if not language.name:
            yield Violation(base.language_files[tag][0], "", (), f"the language {tag!r} has no name", "languages")
        for city in language.cities:
            if not base.find("cities", city) and city not in base.invalid:
                yield _untranslatable(base, tag, ("cities", city))


@rule
def translations_belong_to_texts(base: Base) -> Iterator[Violation]:
    """A translation belongs to a text of a fact that exists, in the shape of that text."""
    for tag, language in base.languages.items():
        for fact_id, texts in language.texts.items():
            for field, text in texts.items():
                if not _fits(base.facts.get(fact_id), field, text) and fact_id not in base.invalid:
                    yield _untranslatable(base, tag, ("texts", fact_id, field))


def _untranslatable(base: Base, tag: str, path: tuple[str, ...]) -> Violation:
    what = f"the translation of {'.'.join(path[1:])[:120]!r} belongs to no text of the base: remove or correct it"
    return Violation(base.translated_in[tag, *path[:2]], "", path, what, "languages")


def _fits(record: Record | None, field: str, text: Any) -> bool:
    if record is None or field not in KINDS[record.kind].texts or not record.doc.get(field):
        return False
    value = record.doc[field]
    return isinstance(text, list) == isinstance(value, list) and (isinstance(text, str) or len(text) == len(value))


def unknown_to_cldr(base: Base) -> Iterator[Violation]:
    """Yield the languages, countries and currencies that CLDR does not know."""
    for tag in base.languages:
        if cldr.patterns(tag) is None:
            file = base.language_files[tag][0]
            yield Violation(file, "", (), f"CLDR knows no language {tag!r} (BCP 47)", "languages")
    for record, field, value in _values(base, CountryCode):
        if value not in cldr.countries("en"):
            yield at(record, (field,), f"no country has the code {value!r} (ISO 3166-1)", "country")
    for record, field, value in _values(base, Currency):
        if value not in cldr.currencies("en"):
            yield at(record, (field,), f"no currency has the code {value!r} (ISO 4217)", "money")


def _values(base: Base, type_of: type[Value]) -> Iterator[tuple[Record, str, str]]:
    for kind, cls in KINDS.items():
        fields = [name for name, field in cls.mapping.fields.items() if isinstance(field, type_of)]
        for record in base.of_kind[kind] if fields else ():
            yield from ((record, name, record.doc[name]) for name in fields if name in record.doc)
