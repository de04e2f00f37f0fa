"""Rules on the wordings by which `verify` reads drafts: known keys, patterns that can match, what a language needs."""

import re
from collections.abc import Iterator

from icapital_cli.compiler.base import Base, Violation
from icapital_cli.compiler.rules.registry import rule

NUMBERED = re.compile(r"(?:number|ordinal|month|rank|scale|weekday)\.\d+")
COUNTRY = re.compile(r"(?:country|nationality)\.[A-Z]{2}")
CURRENCY = re.compile(r"currency\.[A-Z]{3}")
NAMED = re.compile(r"(?:role|unit)\.\S.*")
OF_CATEGORY = ("title", "category")
QUALIFIERS = {f"qualifier.{word}" for word in ("about", "more than", "at least", "almost", "up to")}
KEYS = {
    "words",
    "inflection",
    "common",
    "city.other",
    "abbreviation",
    "inversion",
    "award",
    "contest",
    "award.head",
    "award.other",
    "award.to",
    "familiar",
    "or",
    "apart",
    "superlative",
    "happen",
    "online",
    "among",
    "filler",
    "become",
    "receive",
    "winner.before",
    "winner.after",
    "winner.weak",
    "winner",
    "win.veto",
    "placed",
    "placed.verb",
    "runner-up",
    "finalist",
    "semi-finalist",
    "top.before",
    "top.after",
    "rank.noun",
    "link",
    "besides",
    "besides.after",
    "besides.winner",
    "other",
    "and",
    "list",
    "respectively",
    "city.noun",
    "country.noun",
    "city.generic",
    "capital.noun",
    "pronoun",
    "we",
    "each",
    "half",
    "place.before",
    "place.suffix",
    "prize",
    "use",
    "time",
    "participle",
    "in-total",
    "range",
    "get",
    "money.veto",
    "applications",
    "announce",
    "deadline",
    "step.call",
    "step.deadline",
    "organiser",
    "organiser.noun",
    "edition.noun",
    "since",
    "this-year",
    "last-year",
    "next-year",
    "same-year",
    "earlier",
    "negation",
    "hedge",
    "hedge.start",
    "hedge.inverted",
    "hedge.suffix",
    "future",
    "clause",
    "contrast",
    "say",
    "first",
    "first.to",
    "best",
    "municipality",
    "programme",
    "between",
} | QUALIFIERS
# Without these nothing can be read: how a language is known, who won, numbers, dates.
NEEDED = (
    "words",
    "winner",
    "winner.before",
    "runner-up",
    "number.2",
    "ordinal.2",
    "month.1",
    "month.12",
    "prize",
    "currency.EUR",
)
WORDING = re.compile(r"\*?[\w%€£$&][^*]*\*?(?: [\w%€£$&][^*]*\*?)*")
INFLECTION = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?(?:>[^\W\d_]*)?")


@rule
def wordings_have_known_keys(base: Base) -> Iterator[Violation]:
    """A wording belongs to a key that `verify` reads, and can match."""
    for tag, language in base.languages.items():
        for key, wordings in language.verify.items():
            problem = _problem_of_key(base, key)
            if problem:
                yield _at(base, tag, key, problem)
            for wording in wordings:
                pattern = INFLECTION if key == "inflection" else WORDING
                if not pattern.fullmatch(wording):
                    yield _at(
                        base,
                        tag,
                        key,
                        f"{wording[:60]!r} in {key!r} can match nothing: words, `*` only at the end of one",
                    )


@rule
def languages_of_drafts_are_whole(base: Base) -> Iterator[Violation]:
    """A language that has wordings has those without which nothing can be read."""
    for tag, language in base.languages.items():
        missing = [key for key in NEEDED if language.verify and not language.verify.get(key)]
        if missing:
            yield _at(base, tag, "", f"verify of {tag!r} lacks: {', '.join(missing)}")


def _problem_of_key(base: Base, key: str) -> str | None:
    if key in KEYS or any(pattern.fullmatch(key) for pattern in (NUMBERED, COUNTRY, CURRENCY, NAMED)):
        return None
    kind, _, value = key.partition(".")
    if kind in OF_CATEGORY and value:
        return None if base.find("categories", value) else f"no category has the id {value[:60]!r}"
    return f"verify reads no key {key[:60]!r}"


def _at(base: Base, tag: str, key: str, what: str) -> Violation:
    path = ("verify", key) if key else ("verify", "words")
    file = base.translated_in.get((tag, *path)) or base.language_files[tag][0]
    return Violation(file, "", path if key else ("verify",), what, "verify")
