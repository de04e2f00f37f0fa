"""Rules on translations: each keeps the numbers of its text, is in its language, and belongs to one text alone."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from icapital_cli.compiler.base import Base, Violation
from icapital_cli.compiler.rules.registry import rule, rule_of_complete_bases
from icapital_cli.model import KINDS
from icapital_cli.names import fold, name_key

NUMBER = re.compile(r"\d+(?!\d|(?:st|nd|rd|th|e|er|ème)\b)")
WRITTEN_AS_WORDS = 12  # numbers up to this one may be written as a word
STEM = 3  # letters of a name that no inflection changes
WORD = re.compile(r"[^\W\d_]+")
LONG = 8  # words from which the language of a text can be told
SHORTEST_COPY = 25  # characters from which two equal translations are no coincidence
# Words that a longer text of a language hardly does without.
COMMON_WORDS = """\
en the of and to in a for with that by on is as at from it was its are not be
sv och i att en av för som på med det den är till ett de om har inte från vid
fi ja on ei se että joka sekä oli mutta kun myös ovat tai jotka sen sitä niin kuin vain hän
"""
COMMON = {tag: words for tag, *words in map(str.split, COMMON_WORDS.splitlines())}


@rule
def translations_keep_numbers(base: Base) -> Iterator[Violation]:
    """A translation has the numbers of its text, in any order and with any grouping."""
    for tag, file, path, text, original in _translated(base):
        missing = _numbers(original) - _numbers(text)
        if missing:
            what = f"the translation lacks {', '.join(sorted(missing))}, which its text has"
            yield Violation(file, "", path, f"{what} ({tag})", "translations")


def _numbers(text: str) -> set[str]:
    """Return the digits of numbers that no language writes as a word, without grouping; ordinals are words."""
    joined = re.sub(r"(?<=\d)[  .,'’](?=\d{3}\b)", "", text)
    return {number.lstrip("0") for number in NUMBER.findall(joined) if int(number) > WRITTEN_AS_WORDS}


@rule
def translations_keep_cities(base: Base) -> Iterator[Violation]:
    """A translation names the cities that its text names, in any of their names and inflected."""
    ids = {
        name: city.id for city in base.of_kind["cities"] for name in (name_key(city.doc["name"]),) if " " not in name
    }
    key = cache(name_key)
    for tag, file, path, text, original in _translated(base):
        for word in dict.fromkeys(WORD.findall(original)):
            city = ids.get(key(word)) if word[:1].isupper() else None
            if city and not _names_one(name_key(text).replace("'", " "), base.names[city]):
                what = f"the translation does not name {word}, which its text does ({tag})"
                yield Violation(file, "", path, what, "translations")


def _names_one(words: str, names: Iterable[str]) -> bool:
    return any(_stem(name) in words for name in names)


def _stem(name: str) -> str:
    """Cut what an inflection may change from the end of a name."""
    return name[: max(STEM, len(name) - 2)]


@rule
def translations_are_in_their_language(base: Base) -> Iterator[Violation]:
    """A longer translation has common words of its language, more than of English."""
    for tag, file, path, text, _ in _translated(base):
        words = [word.lower() for word in WORD.findall(text)]
        if tag in COMMON and tag != "en" and len(words) >= LONG:
            own, english = (sum(word in COMMON[one] for word in words) for one in (tag, "en"))
            if english > own + 1:
                yield Violation(file, "", path, f"the translation reads as English, not as {tag}", "translations")


@rule
def translations_differ(base: Base) -> Iterator[Violation]:
    """No text is the translation of two different texts."""
    for tag in base.languages:
        first: dict[str, tuple[str, str]] = {}
        for file, path, text, original in _texts(base, tag):
            if len(text) >= SHORTEST_COPY and path[2] != "name":  # two things may have one name
                known, its_text = first.setdefault(text.casefold(), (path[1], original))
                if its_text != original and fold(its_text) != fold(original):
                    what = f"{known} has this translation for another text"
                    yield Violation(file, "", path, what, "translations")


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
    """Return every text that stands alone in a fact: names, terms, units, locators, publishers."""
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, list):
            for item in value:
                walk(item)
        elif isinstance(value, dict):
            if "unit" in value:
                found.add(f"# {value['unit']}")
            for item in value.values():
                walk(item)

    for record in base.records():
        walk(record.doc)
    return found


def _translated(base: Base) -> Iterator[tuple[str, str, tuple[str, ...], str, str]]:
    for tag in base.languages:
        yield from ((tag, *found) for found in _texts(base, tag))


def _texts(base: Base, tag: str) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Yield (file, path, translation, its text) of the translations into a language."""
    for fact_id, texts in base.languages[tag].texts.items():
        record = base.facts.get(fact_id)
        for field, text in texts.items():
            value = record.doc.get(field) if record is not None and field in KINDS[record.kind].texts else None
            original = (
                value if isinstance(value, str) else next(iter(value.values())) if isinstance(value, dict) else None
            )
            if isinstance(text, str) and isinstance(original, str):
                yield _file_of(base, tag, fact_id), ("texts", fact_id, field), text, original


def _file_of(base: Base, tag: str, fact_id: str) -> str:
    return base.translated_in.get((tag, "texts", fact_id), base.language_files[tag][0])
