"""A sentence of a draft: its mentions, its clauses, and what in it is no claim (denied, asked, hoped, heard)."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.tokens import Words
from icapital_cli.verify.vocabulary import Vocabulary

CELL = re.compile(r"\s[–—-]{1,2}\s|;|\||\t")
LONGEST_CELL = 7  # words
DASH = re.compile(r"\s[–—-]{1,2}\s|;|•")
BESIDE = 4  # words between a count and `one of`
NONE: list[Mention] = []  # never added to
SUBJECTS = ("city", "city.generic", "pronoun", "we")  # after a verb that begins a condition: `had Espoo won`
DOUBT = ("hedge", "hedge.start", "hedge.inverted", "future", "negation")  # words that make a clause no claim
LABELLED = r"\s*(?::|[–—-]\s)"
CODE = r"[A-Z]{2}\)"
OPENING = {":", "–", "—", "-", "•", "*"}  # after which any word may have a capital


class Claim(NamedTuple):
    """What a sentence says: about whom, which property, which value, and where the words stand.

    `given` is what else a judge must know: the edition, the city, the category; `words` are the numbers of the first
    word and of the word after the last; `mark` those of the words that carry the value. `is_bound` is whether grammar
    says of whom and of what the value is; where that is a guess, a claim is never said to differ.
    """

    property: str
    value: Any
    given: dict[str, Any]
    words: tuple[int, int]
    mark: tuple[int, int]
    is_bound: bool = True


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
        self.keyed: defaultdict[str, list[Mention]] = defaultdict(list)
        self.beginning: defaultdict[int, list[Mention]] = defaultdict(list)  # by the word that they begin with
        for mention in self.mentions:
            self.keyed[mention.key].append(mention)
            self.beginning[mention.first].append(mention)
        self.keys = set(self.keyed)
        self._firsts = [mention.first for mention in self.mentions]
        named = {mention.key for mention in mentions} if self.is_quoted else self.keys
        self.names_award = "title" in named or "award" in named  # ours
        self.names_other_award = "award.other" in named

    def of(self, key: str, *others: str) -> list[Mention]:
        """Return the mentions of some keys, in their order; those of one word in the order of the keys."""
        if not others:
            return self.keyed.get(key, NONE)
        keys = (key, *others)
        lists = [self.keyed[one] for one in keys if one in self.keyed]
        if len(lists) > 1:
            return _of_keys(self.mentions, keys)
        return lists[0] if lists else NONE

    def has(self, *keys: str) -> bool:
        """Whether there is a mention of one of some keys."""
        return not self.keys.isdisjoint(keys)

    def starting(self, number: int, *keys: str) -> Mention | None:
        """Return the mention of some keys that begins with a word."""
        for mention in self.beginning.get(number, NONE):
            if mention.key in keys:
                return mention
        return None

    def within(self, first: int, last: int, *keys: str) -> list[Mention]:
        """Return the mentions of some keys that begin in a range of words."""
        if self.keys.isdisjoint(keys):
            return NONE
        low = bisect_left(self._firsts, first)
        return _of_keys(self.mentions[low : bisect_left(self._firsts, last, low)], keys)

    def gap(self, one: int, other: int) -> str:
        """Return what is written between the end of a word and the begin of another."""
        words = self.words
        return words.text[words.ends[one] : words.starts[other]] if other < len(words.starts) else ""

    @property
    def is_new_paragraph(self) -> bool:
        """Whether a blank line stands before the sentence."""
        start = self.words.starts[self.first]
        return self.words.text[max(0, start - 4) : start].count("\n") > 1

    @cached_property
    def years(self) -> list[Mention]:
        """The years of the sentence, those of dates too."""
        dated = (Mention("year", m.value[:4], m.first, m.last) for m in self.of("date") if m.value[0] != "-")
        return [*self.of("year", "span"), *dated]

    @cached_property
    def commas(self) -> list[int]:
        """The words that stand after a comma."""
        return [n for n in range(self.first + 1, self.last) if "," in self.words.between(n - 1)]

    @cached_property
    def strangers(self) -> list[int]:
        """The words written as names that mean nothing known; none in a heading that writes all words so."""
        names = self.words.names
        capitals = names[bisect_left(names, self.first + 1) : bisect_left(names, self.last)]
        if not capitals:
            return []
        cities = {number for m in self.of("city") for number in range(m.first, m.last)}
        number = self.last - self.first - 1 - len(cities - {self.first})  # of the words that are no city's
        capitals = [n for n in capitals if n not in cities]
        if len(capitals) * 2 > number:
            return []
        known = {number for m in self.all for number in range(m.first, m.last)}
        return [n for n in capitals if n not in known and self.words.between(n - 1).strip() not in OPENING]

    def strangers_in(self, first: int, last: int) -> set[int]:
        """Return the names of somebody or something unknown in a range of words."""
        return {number for number in self.strangers if first <= number < last}

    def names_stranger(self, first: int, last: int) -> bool:
        """Whether a range of words has the name of somebody or something unknown."""
        return bool(self.strangers) and bool(self.strangers_in(first, last))

    @property
    def is_new_line(self) -> bool:
        """Whether the sentence begins a line."""
        start = self.words.starts[self.first]
        return "\n" in self.words.text[max(0, start - 8) : start]

    @property
    def label_year(self) -> Mention | None:
        """The year with which a line begins, before a colon or a dash: `2019: Espoo was a runner-up`."""
        first = self.mentions[0] if self.mentions else None
        if first is None or first.key not in {"year", "span"} or first.first != self.first:
            return None
        return first if re.match(LABELLED, self.words.between(first.last - 1)) else None

    @cached_property
    def is_row(self) -> bool:
        """Whether the sentence is a row of short cells between dashes: year, city, place, sum."""
        if not CELL.search(self.words.text, self.words.ends[self.first], self.words.starts[self.last - 1]):
            return False  # as hardly any is
        ends = [n + 1 for n in range(self.first, self.last - 1) if CELL.search(self.words.between(n))]
        parts = [end - start for start, end in pairwise([self.first, *ends, self.last])]
        return len(ends) > 1 and max(parts) <= LONGEST_CELL

    def is_cell(self, first: int, last: int) -> bool:
        """Whether a range of words fills a cell of a row, but for a comma and what follows it."""
        is_begun = first == self.first or CELL.search(self.words.between(first - 1))
        rest = self.words.between(last - 1).lstrip()[:1]
        return bool(is_begun) and (last == self.last or rest in {",", "(", ";", "–", "—", "-", "|", "."})

    @property
    def is_quoted(self) -> bool:
        """Whether the sentence stands within a quotation."""
        return len(self.mentions) < len(self.all)

    @property
    def is_question(self) -> bool:
        """Whether the sentence asks."""
        end = self.words.ends[self.last - 1]
        return "?" in self.words.text[end : end + 3].partition("\n")[0]

    @cached_property
    def borders(self) -> list[int]:
        """The words with which a clause begins."""
        found = {self.first}
        if self.has("clause", "contrast"):
            phrases = {m.first for m in self.of("same-year", "this-year", "last-year") if m.last - m.first > 1}
            found |= {m.first for m in self.of("clause", "contrast")} - phrases
        dashes = DASH.search(self.words.text, self.words.ends[self.first], self.words.starts[self.last - 1])
        if dashes and not self.is_row:  # hardly ever
            inner = range(self.first, self.last - 1)
            found |= {number + 1 for number in inner if DASH.search(self.words.between(number))}
        return sorted(found)

    def clause(self, number: int) -> tuple[int, int]:
        """Return the clause that a word is in."""
        borders = self.borders
        place = bisect_right(borders, number)
        start = borders[place - 1] if place else self.first
        return start, borders[place] if place < len(borders) else self.last

    @cached_property
    def doubtful(self) -> list[tuple[int, int]]:
        """The ranges of words that claim nothing: denied, asked, conditional, planned or heard."""
        if self.is_question:
            return [(self.first, self.last)]
        ranges: list[tuple[int, int]] = []
        if not (self.vocabulary.hedge_endings or self.has(*DOUBT)):
            return ranges
        contrasts = [mention.first for mention in self.of("contrast")]
        for mention in self._hedges():
            start = self.clause(mention.first)[0]
            joined = [m for m in self.of("and") if m.last == mention.first]
            start = joined[0].first if joined else start  # `won and hopes to win again`
            start = max([start, *(n for n in range(start, mention.first + 1) if "(" in self.words.between(n - 1))])
            ranges.append((start, min((c for c in contrasts if c > mention.first), default=self.last)))
        for mention in self.of("negation"):
            if self.gap(mention.first - 1, mention.first)[-1:] == "(" and re.compile(CODE).match(
                self.words.text, self.words.starts[mention.first]
            ):
                continue  # a country: `Stavanger (NO)`
            start, end = self.clause(mention.first)
            commas = [n for n in range(start + 1, mention.first + 1) if "," in self.words.between(n - 1)]
            colons = (n + 1 for n in range(mention.last - 1, end - 1) if ":" in self.words.between(n))
            ranges.append((commas[-1] if commas else start, next(colons, end)))
        return ranges

    def _hedges(self) -> list[Mention]:
        """Return the words that make a sentence no claim."""
        months = {number for m in self.of("month", "date") for number in range(m.first, m.last)}
        got = {number for m in self.of("get", "receive") if m.last - m.first > 1 for number in range(m.first, m.last)}
        found = [m for m in self.of("hedge", "future") if m.first not in months and m.first not in got]
        for mention in self.of("hedge.start", "hedge.inverted"):
            before = self.words.between(mention.first - 1) if mention.first > self.first else ","
            is_inverted = mention.key == "hedge.start" or self.starting(mention.last, *SUBJECTS)
            if is_inverted and (mention.first == self.first or "," in before):
                found.append(mention)
        if endings := self.vocabulary.hedge_endings:
            known = self.of("city", "person", "country", "number")
            names = {number for m in known for number in range(m.first, m.last)}
            found += [
                Mention("hedge", "", number, number + 1)
                for number in range(self.first, self.last)
                if self.words.folded[number].endswith(endings) and number not in names
            ]
        return found

    def is_doubtful(self, number: int) -> bool:
        """Whether a word stands where nothing is claimed."""
        return bool(self.doubtful) and any(start <= number < end for start, end in self.doubtful)

    def is_among(self, first: int, last: int) -> bool:
        """Whether a range of words, or those beside it, say that somebody is one of several: `one of the winners`."""
        low, high = self.clause(first)
        near = self.within(max(low, first - BESIDE), min(high, last + BESIDE), "among")
        return any(
            "," not in (self.gap(m.last - 1, first) if m.first < first else self.gap(last - 1, m.first)) for m in near
        )

    def code_after(self, city: Mention) -> str | None:
        """Return the code of two capitals that follows a city in parentheses: `Rotterdam (NL)`."""
        if self.words.gaps[city.last].strip() != "(" or city.last == len(self.words):
            return None
        found = self.words.text[self.words.starts[city.last] : self.words.ends[city.last] + 1]
        return found[:-1] if re.fullmatch(CODE, found) else None

    def is_place(self, city: Mention) -> bool:
        """Whether a city is where something happens: after `in`, or in a case that says so."""
        word = self.words.folded[city.last - 1]
        if self.vocabulary.place_endings and word.endswith(self.vocabulary.place_endings) and city.key == "city":
            is_name = any(entry.key == "city" and not entry.rest for entry in self.vocabulary.beginning(word))
            if word != city.value:
                return bool(self.vocabulary.bases(word)) and not is_name
        return any(m.last == city.first for m in self.of("place.before"))

    def consists_of(self, first: int, last: int, *keys: str, loose: int = 0) -> bool:
        """Whether a range of words is covered by mentions of some keys, but for a few that mean nothing known."""
        number = first
        while number < last:
            mentions, end = self.beginning.get(number, NONE), number
            for mention in mentions:
                if mention.last > end and mention.key in keys:
                    end = mention.last
            if end == number:
                if mentions or not loose or self.words.is_name(number):
                    return False
                loose -= 1
                end += 1
            number = end
        return True


def _of_keys(mentions: list[Mention], keys: tuple[str, ...]) -> list[Mention]:
    found = [mention for mention in mentions if mention.key in keys]
    if len(found) > 1 and len(keys) > 1:
        found.sort(key=lambda mention: (mention.first, keys.index(mention.key)))
    return found
