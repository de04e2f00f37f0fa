"""Phrases by their first word: the wordings and names that `verify` looks for in a draft, split into words."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from icapital_cli.names import fold

if TYPE_CHECKING:
    from icapital_cli.compiler.base import Base

TOKEN = re.compile(r"(\d+|[^\W\d_]+|[€£$%&])")  # a group, so that `split` keeps it
STAR = "*"
# The keys of mentions of facts, by kind.
NAMED = {
    "cities": "city",
    "people": "person",
    "organisations": "organisation",
    "initiatives": "initiative",
    "awards": "award",
    "categories": "title",
}
# Keys whose wordings are not looked for in a text, and keys of which the part after the dot is a value.
SETTINGS = {
    "inflection",
    "common",
    "abbreviation",
    "inversion",
    "words",
    "hedge.suffix",
    "place.suffix",
    "municipality",
    "range",
}
OTHER_CITIES = "city.other"  # that never took part: names, which have no fact
VALUED = {
    "number",
    "ordinal",
    "month",
    "country",
    "nationality",
    "currency",
    "scale",
    "qualifier",
    "unit",
    "role",
    "rank",
    "title",
    "category",
    "step",
    "weekday",
}
VALUED_EXCEPT = {"country.noun"}
Phrase = tuple[tuple[str, ...], str, str]  # its words, its key, its value
Row = tuple[str, str, list[Phrase]]


def phrase_rows(base: "Base", localized: Iterable[tuple[str, str, str, str]]) -> Iterator[Row]:
    """Yield (list, first word, phrases that it begins): a phrase is its other words, its key and its value.

    `en` are the wordings of English, `en.names` its names of what has no fact, `names` those of facts, in any language.
    `localized` are the rows of names of countries.
    """
    for tag, language in base.languages.items():
        others = language.verify.get(OTHER_CITIES, [])
        yield from _rows(tag, _wordings(language.verify))
        yield from _rows(f"{tag}.names", ((split(name), "city", f"?{name}") for name in others))
    yield from _rows("names", [*_names(base), *_countries(localized)])


def _rows(name: str, phrases: Iterable[Phrase]) -> Iterator[Row]:
    begun: dict[str, list[Phrase]] = {}
    for words, key, value in phrases:
        if words:
            begun.setdefault(words[0], []).append((words[1:], key, value))
    yield from ((name, first, found) for first, found in begun.items())


def split(phrase: str) -> tuple[str, ...]:
    """Split a wording into folded words; `*` after one stands for any ending, before it for any begin of a compound."""
    folded = fold(phrase)
    if folded.startswith(STAR):
        return STAR, folded[1:]
    if folded.replace(" ", "").isalpha():
        return tuple(folded.split())
    words = []
    for piece in folded.split():
        found = TOKEN.findall(piece)
        if found and piece.endswith(STAR):
            found[-1] += STAR
        words += found
    return tuple(words)


def _wordings(lists: dict[str, list[str]]) -> Iterator[Phrase]:
    for full_key, wordings in sorted(lists.items()):
        name, _, value = full_key.partition(".")
        key = name if name in VALUED and full_key not in VALUED_EXCEPT else full_key
        if full_key not in SETTINGS and full_key != OTHER_CITIES:
            yield from ((split(wording), key, value) for wording in wordings)


def _names(base: "Base") -> Iterator[Phrase]:
    ours = {doc.doc.get("award") for doc in base.of_kind["editions"]}
    found = (
        (name, kind, record.id) for kind in NAMED for record in base.of_kind[kind] for name in base.names[record.id]
    )
    for folded, kind, fact_id in sorted(found):
        key = "award.other" if kind == "awards" and fact_id not in ours else NAMED[kind]
        for name in (folded, *(_parts(folded) if kind == "initiatives" else ())):
            words = tuple(TOKEN.findall(name))
            if words and len(words[0]) + len(words) > len("e") + 1:  # no single letter
                yield words, key, fact_id


def _parts(name: str) -> list[str]:
    """Split a name with another one in parentheses: `staden som tjanst (city as a service)`."""
    outer, opened, inner = name.partition(" (")
    return [part for part in (outer, inner.rstrip(")")) if opened and " " in part]


def _countries(localized: Iterable[tuple[str, str, str, str]]) -> Iterator[Phrase]:
    names = dict.fromkeys((code, name) for _, form, code, name in sorted(localized) if form == "country")
    yield from ((tuple(TOKEN.findall(fold(name))), "country", code) for code, name in names)
