"""Rules on translations: each keeps the numbers of its text, is in its language, and belongs to one text alone."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from icapital_cli.compiler.base import Base, Translation, Violation
from icapital_cli.compiler.rules.registry import rule, rule_of_complete_bases
from icapital_cli.compiler.untranslated import COMMON, english_words
from icapital_cli.names import fold, name_key

NUMBER = re.compile(r"\d++(?:[  .,'’]\d{3}\b)*+(?!(?:st|nd|rd|th|e|er|ème)\b)")  # grouped or not, and no ordinal
WRITTEN_AS_WORDS = 12  # numbers up to this one may be written as a word
STEM = 3  # letters of a name that no inflection changes
WORD = re.compile(r"[^\W\d_]+")
SHORTEST_COPY = 25  # characters from which two equal translations are no coincidence


@rule
def translations_keep_numbers(base: Base) -> Iterator[Violation]:
    """A translation has the numbers of its text, in any order and with any grouping."""
    numbers = cache(_numbers)
    for one in base.translations:
        wanted = numbers(one.original)
        missing = wanted - _numbers(one.text) if wanted else wanted
        if missing:
            what = f"the translation lacks {', '.join(sorted(missing))}, which its text has ({one.lang})"
            yield _at(base, one, what)


def _numbers(text: str) -> frozenset[str]:
    """Return the digits of numbers that no language writes as a word, without grouping; ordinals are words."""
    found = ("".join(filter(str.isdigit, number)) for number in NUMBER.findall(text))
    return frozenset(number.lstrip("0") for number in found if int(number) > WRITTEN_AS_WORDS)


@rule
def translations_keep_cities(base: Base) -> Iterator[Violation]:
    """A translation names the cities that its text names, in any of their names and inflected."""
    ids = {
        name: city.id for city in base.of_kind["cities"] for name in (name_key(city.doc["name"]),) if " " not in name
    }
    key = cache(name_key)

    @cache
    def cities(text: str) -> dict[str, str]:
        """Return the words of a text that name cities, with the city of each."""
        return {word: ids[key(word)] for word in WORD.findall(text) if word[0].isupper() and key(word) in ids}

    for one in base.translations:
        for word, city in cities(one.original).items():
            if word not in one.text and not _names_one(name_key(one.text).replace("'", " "), base.names[city]):
                yield _at(base, one, f"the translation does not name {word}, which its text does ({one.lang})")


def _names_one(words: str, names: Iterable[str]) -> bool:
    return any(_stem(name) in words for name in names)


def _stem(name: str) -> str:
    """Cut what an inflection may change from the end of a name."""
    return name[: max(STEM, len(name) - 2)]


@rule
def translations_are_in_their_language(base: Base) -> Iterator[Violation]:
    """A longer translation has common words of its language, more than of English."""
    for one in base.translations:
        if one.lang in COMMON and one.lang != "en":
            english, own = english_words(one.text), COMMON[one.lang]
            if english > 1 and english > sum(map(own.__contains__, one.text.lower().split())) + 1:
                yield _at(base, one, f"the translation reads as English, not as {one.lang}")


@rule
def translations_differ(base: Base) -> Iterator[Violation]:
    """No text is the translation of two different texts."""
    first: dict[tuple[str, str], Translation] = {}
    for one in base.translations:
        if len(one.text) >= SHORTEST_COPY and one.field != "name":  # two things may have one name
            known = first.setdefault((one.lang, one.text.casefold()), one)
            if known.original != one.original and fold(known.original) != fold(one.original):
                yield _at(base, one, f"{known.fact} has this translation for another text")


def _at(base: Base, one: Translation, what: str) -> Violation:
    path = ("texts", one.fact, one.field)
    file = base.translated_in.get((one.lang, *path[:2]), base.language_files[one.lang][0])
    return Violation(file, "", path, what, "translations")


@rule_of_complete_bases
def labels_are_those_of_english(base: Base) -> Iterator[Violation]:
    """A label of a language is a label of English too: any other is a slip of the key."""
    english = base.languages.get("en")
    for tag, language in base.languages.items() if english else ():
        for key in language.labels:
            if key not in english.labels:  # type: ignore[union-attr]  # there is English
                yield _at_label(base, tag, key)


def _at_label(base: Base, tag: str, key: str) -> Violation:
    path = ("labels", key)
    return Violation(
        base.translated_in[tag, *path],
        "",
        path,
        f"no label is called {key!r} in English: correct the key, or remove it",
        "labels",
    )


@rule_of_complete_bases
def terms_are_used(base: Base) -> Iterator[Violation]:
    """A term that is translated occurs in a fact."""
    used = _texts_of_facts(base)
    for tag, language in base.languages.items():
        for term in language.terms:
            if term not in used:
                path = ("terms", term)
                yield Violation(
                    base.translated_in[tag, *path],
                    "",
                    path,
                    f"no fact uses the term {term[:60]!r}: remove or correct it",
                    "terms",
                )


def _texts_of_facts(base: Base) -> set[str]:
    """Return every text that stands alone in a fact: names, terms, units, publishers, locators of citations."""
    found: set[str] = set()

    def walk(values: Iterable[object]) -> None:
        for value in values:
            if type(value) is str:
                found.add(value)
            elif type(value) is list:
                walk(value)
            elif type(value) is dict:
                if "unit" in value:
                    found.add(f"# {value['unit']}")
                walk(item for key, item in value.items() if key != "citations")
                found.update(citation["locator"] for citation in value.get("citations", ()))

    walk(record.doc for record in base.records())
    return found
