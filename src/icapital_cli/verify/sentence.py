"""A sentence of a draft: its mentions, its clauses, and what in it is no claim (denied, asked, hoped, heard)."""

import re
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.tokens import Words
from icapital_cli.verify.vocabulary import Vocabulary

DASH = re.compile(r"\s[–—-]{1,2}\s|;|•")
HEAD_GAP = 2
FIRST = attrgetter("first")


class Claim(NamedTuple):
    """What a sentence says: about whom, which property, which value, and where the words stand.

    `given` is what else a judge must know: the edition, the city, the category; `words` are the numbers of the first
    word and of the word after the last; `mark` those of the words that carry the value.
    """

    property: str
    value: Any
    given: dict[str, Any]
    words: tuple[int, int]
    mark: tuple[int, int]


class Sentence:
    """One sentence with its mentions."""

    def __init__(self, words: Words, vocabulary: Vocabulary, span: tuple[int, int], mentions: list[Mention]) -> None:
        """Keep the mentions by key too."""
        self.words, self.vocabulary = words, vocabulary
        self.first, self.last = span
        self.all = mentions
        self.mentions = [mention for mention in mentions if not mention.is_quoted]
        self.groups: list[Any] | None = None  # its lists of cities, once they are known
        self.taken_years: set[Mention] = set()  # years that belong to one city of a list
        self._several: dict[tuple[str, ...], list[Mention]] = {}
        self.keyed: dict[str, list[Mention]] = {}
        self.beginning: dict[int, list[Mention]] = {}  # by the word that they begin with
        for mention in self.mentions:
            self.keyed.setdefault(mention.key, []).append(mention)
            self.beginning.setdefault(mention.first, []).append(mention)

    def of(self, *keys: str) -> list[Mention]:
        """Return the mentions of some keys, in their order."""
        if len(keys) == 1:
            return self.keyed.get(keys[0], [])
        found = self._several.get(keys)
        if found is None:
            found = [mention for key in keys for mention in self.keyed.get(key, ())]
            found.sort(key=FIRST)
            self._several[keys] = found
        return found

    def has(self, *keys: str) -> bool:
        """Whether there is a mention of one of some keys."""
        return any(key in self.keyed for key in keys)

    def starting(self, number: int, *keys: str) -> Mention | None:
        """Return the mention of some keys that begins with a word."""
        return next((mention for mention in self.of(*keys) if mention.first == number), None)

    def within(self, first: int, last: int, *keys: str) -> list[Mention]:
        """Return the mentions of some keys that begin in a range of words."""
        return [mention for mention in self.of(*keys) if first <= mention.first < last]

    def gap(self, one: int, other: int) -> str:
        """Return what is written between the end of a word and the begin of another."""
        return self.words.text[self.words.ends[one] : self.words.starts[other]] if other < len(self.words) else ""

    @cached_property
    def names_award(self) -> bool:
        """Whether the sentence names our award."""
        return any(m.key in {"title", "award"} for m in self.all)

    @cached_property
    def names_other_award(self) -> bool:
        """Whether the sentence names another award."""
        return any(m.key == "award.other" for m in self.all)

    @cached_property
    def is_new_paragraph(self) -> bool:
        """Whether a blank line stands before the sentence."""
        start = self.words.starts[self.first]
        return self.words.text[max(0, start - 4) : start].count("\n") > 1

    @property
    def is_quoted(self) -> bool:
        """Whether the sentence stands within a quotation."""
        return len(self.mentions) < len(self.all)

    @cached_property
    def is_question(self) -> bool:
        """Whether the sentence asks."""
        end = self.words.ends[self.last - 1]
        return "?" in self.words.text[end : end + 3].partition("\n")[0]

    @cached_property
    def borders(self) -> list[int]:
        """The words with which a clause begins."""
        phrases = {m.first for m in self.of("same-year", "this-year", "last-year") if m.last - m.first > 1}
        found = {self.first} | {m.first for m in self.of("clause", "contrast")} - phrases
        found |= {number + 1 for number in range(self.first, self.last - 1) if DASH.search(self.words.between(number))}
        return sorted(found)

    def clause(self, number: int) -> tuple[int, int]:
        """Return the clause that a word is in."""
        start = max((border for border in self.borders if border <= number), default=self.first)
        end = min((border for border in self.borders if border > number), default=self.last)
        return start, end

    @cached_property
    def doubtful(self) -> list[tuple[int, int]]:
        """The ranges of words that claim nothing: denied, asked, conditional, planned or heard."""
        if self.is_question:
            return [(self.first, self.last)]
        ranges = []
        contrasts = [mention.first for mention in self.of("contrast")]
        for mention in self.hedges:
            start = self.clause(mention.first)[0]
            ranges.append((start, min((c for c in contrasts if c > mention.first), default=self.last)))
        for mention in self.of("negation"):
            start, end = self.clause(mention.first)
            ranges.append((start if mention.key != "contrast" else mention.first, end))
        return ranges

    @cached_property
    def hedges(self) -> list[Mention]:
        """The words that make a sentence no claim."""
        months = {number for m in self.of("month", "date") for number in range(m.first, m.last)}
        found = [m for m in self.of("hedge", "future") if m.first not in months]
        for mention in self.of("hedge.start"):
            before = self.words.between(mention.first - 1) if mention.first > self.first else ","
            if mention.first == self.first or "," in before:
                found.append(mention)
        endings = tuple(self.vocabulary.words("hedge.suffix"))
        if endings:
            names = {number for m in self.of("city", "person", "country") for number in range(m.first, m.last)}
            found += [
                Mention("hedge", "", number, number + 1)
                for number in range(self.first, self.last)
                if self.words.folded[number].endswith(endings) and number not in names
            ]
        return found

    def is_doubtful(self, number: int) -> bool:
        """Whether a word stands where nothing is claimed."""
        return any(start <= number < end for start, end in self.doubtful)

    def consists_of(self, first: int, last: int, *keys: str) -> bool:
        """Whether a range of words is covered by mentions of some keys."""
        number = first
        while number < last:
            covering = [m.last for m in self.beginning.get(number, ()) if m.key in keys]
            if not covering:
                return False
            number = max(covering)
        return True
