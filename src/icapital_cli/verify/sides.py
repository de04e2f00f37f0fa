"""Whether a claim of a dispute says what a draft says: the value is among what the English words mention."""

from collections.abc import Collection
from typing import Any

from icapital_cli.verify.mentions import Hidden, Mention, mentions_of
from icapital_cli.verify.tokens import Words
from icapital_cli.verify.vocabulary import Vocabulary


class Reader:
    """Reads the English claims of disputes, each once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Read with the vocabulary of English, in which claims are written."""
        self._vocabulary = vocabulary
        self._read: dict[str, list[Mention]] = {}

    def mentions(self, text: str) -> list[Mention]:
        """Return the mentions in a claim."""
        if text not in self._read:
            words = Words(text)
            self._read[text] = mentions_of(words, self._vocabulary, 0, len(words), Hidden(words))
        return self._read[text]


YEAR = len("2019")
PLACES = {"rank", "ordinal", "winner", "winner.before", "runner-up", "finalist", "semi-finalist"}


def _city_of(mentions: list[Mention], cue: Mention) -> str | None:
    """Return the city that a place is said of: the last one named before it, else the first one after it."""
    named = [m for m in mentions if m.key == "city"]
    before = [m.value for m in named if m.first < cue.first]
    return before[-1] if before else next((m.value for m in named), None)


def says_so(reader: Reader, says: str, value: Any, cities: Collection[str] = (), *, at_all: bool = False) -> bool:
    """Whether the words of a claim mention a value: a number, an amount, a year, a rank, a status, a date, a name.

    A place is that of the city named before it, where any is: it must be one of `cities`. That several cities are
    called winners says nothing of one, unless it is asked whether the word is there `at_all`.
    """
    mentions = reader.mentions(says)
    if cities:
        mentions = [m for m in mentions if m.key not in PLACES or _city_of(mentions, m) in {*cities, None}]
    if isinstance(value, int | float):
        return any(
            (m.key == "money" and m.value[0] == value) or (m.key == "number" and m.value == value) for m in mentions
        )
    kind, _, number = str(value).partition(" ")
    keys = {"year": ("year",), "rank": ("rank", "ordinal"), "top": ("number",), "date": ("date",)}.get(kind)
    if keys and number:
        told = number[-5:] if kind == "date" and len(number) > YEAR else number
        return any(m.key in keys and str(m.value).endswith(told) for m in mentions)
    if kind == "winner":
        is_shared = "winners" in says or any(m.key == "number" and m.value != 1 for m in mentions)
        return (at_all or not is_shared) and any(m.key in {"winner", "winner.before", "title"} for m in mentions)
    return any(m.key == kind or (m.key == "title" and m.value == kind) for m in mentions)
