"""What a document has said so far: its edition, its city, its award; and what the sentence before was about."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from icapital_cli.store.facts import Doc
from icapital_cli.verify.knowledge import PLACED, Knowledge
from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.sentence import Sentence

HEAD = 12  # sentences at the beginning of a document in which its date and its edition stand
APART = 6  # words that a comma between a year and a cue counts for
BESIDE_A_YEAR = (
    *("filler", "list", "place.before", "award", "title", "contest", "award.head", "this-year", "category"),
    *("city", "city.generic", "pronoun", "link", "become", "receive", "familiar", "edition.noun"),
)
ADJACENT = 3  # words between the name of the award and its year


def _is_beside(sentence: Sentence, year: Mention, span: tuple[int, int]) -> bool:
    """Whether at most a word that links stands between a year and some words."""
    low, high = (year.last, span[0]) if year.first < span[0] else (span[1], year.first)
    return low > high or (
        sentence.consists_of(low, high, *BESIDE_A_YEAR) and not set(",;:") & set(sentence.gap(low - 1, high))
    )


def _is_dated(sentence: Sentence, year: Mention, cue: tuple[int, int], *, is_known: bool, is_said: bool) -> bool:
    """Whether a year is that of a cue: it stands beside it, or beside the award, or alone where the sentence says so.

    A year without an edition must stand beside them, or begin the clause: it may be that of something else.
    """
    is_adverb = not is_said and any(m.last == year.first for m in sentence.of("place.before")) and year.first < cue[0]
    if is_adverb:  # `in 2021 the winner opened a school`
        return False
    beside = [cue, *((m.first, m.last) for m in sentence.of("award", "title", "contest"))]
    if any(_is_beside(sentence, year, span) for span in beside):
        return True
    if cue[1] <= year.first and sentence.within(cue[1], year.first, "and"):
        return False
    start, end = sentence.clause(cue[0])
    years = sentence.years
    values = {one.value for one in years if start <= one.first < end} or {one.value for one in years}
    is_first = sentence.consists_of(start, year.first, *BESIDE_A_YEAR)
    return is_said and len(values) == 1 and (is_known or is_first)


def _is_of_other(sentence: Sentence, year: Mention, cue: tuple[int, int], cities: tuple[int, int]) -> bool:
    """Whether a city that a claim is not about stands between its words and a year that does not begin the sentence."""
    low, high = (year.last, cue[0]) if year.first < cue[0] else (cue[1], year.first)
    if sentence.consists_of(sentence.first, year.first, *BESIDE_A_YEAR):
        return False
    return any(
        not cities[0] <= m.first < cities[1] and not sentence.is_place(m) for m in sentence.within(low, high, "city")
    )


def _is_parted(sentence: Sentence, title: Mention, cue: int) -> bool:
    """Whether another city stands right before a title, which is said of it instead."""
    if title.first < cue:
        return False
    cities = sentence.within(cue, title.first, "city")
    return len(cities) > 1 and sentence.consists_of(cities[-1].last, title.first, "filler", "list", "become", "link")


def _is_apart(sentence: Sentence, year: Mention, cue: int) -> bool:
    """Whether a comma or a colon stands between a year and a cue."""
    low, high = (year.last - 1, cue) if year.first < cue else (cue, year.first)
    return any(sign in sentence.gap(low, high) for sign in ",;:")


def _is_aside(sentence: Sentence, year: Mention, cue: int) -> bool:
    """Whether a year stands between commas with a place of its own: `Padua, a finalist in 2022, came second`."""
    commas = sentence.commas
    place = bisect_right(commas, year.first)
    if not 0 < place < len(commas):
        return False
    low, high = commas[place - 1], commas[place]
    return not low <= cue < high and bool(sentence.within(low, high, *LISTED))


LISTED = ("semi-finalist", "finalist", "runner-up", "placed")
RUN_UP = 3  # months before an award in which a draft speaks of it already


def _months(day: str) -> int:
    """Return the months from the year nought to a date, or nought where there is none."""
    return 12 * int(day[:4]) + int(day[5:7]) if len(day) >= len("2019-09") else 0


class Dating(NamedTuple):
    """The edition that a claim is about; whether that is sure, whether its sentence says so, and unmistakably."""

    edition: str | None
    is_sure: bool = False
    is_explicit: bool = False
    is_indirect: bool = False  # whether another clause of the sentence says so
    is_bound: bool = False


def _second_year(edition: str, doc: Doc) -> str | None:
    """Return the second of the two years in the name of an edition: `2024-25`."""
    found = re.search(rf"{edition}\D(\d\d)\b", str(doc.get("label", "")))
    return edition[:2] + found[1] if found else None


def told_edition(knowledge: Knowledge, sentences: list[Sentence]) -> str | None:
    """Return the edition whose story a document tells without the name of the award.

    It must have the winner, a word for winning, and most of these: the day, the year, the event, what the winner got,
    other cities with a place.
    """
    if not any(sentence.has(*WINNING) for sentence in sentences):
        return None
    dates = {str(m.value)[-6:] for sentence in sentences for m in sentence.of("date")}
    years = {year.value for sentence in sentences for year in sentence.years if year.key == "year"}
    cities = {kin for s in sentences for m in s.of("city") for kin in knowledge.kin.get(m.value, {m.value})}
    sums = {m.value for sentence in sentences for m in sentence.of("money")}
    for edition, doc in reversed(knowledge.editions.items()):
        results = knowledge.results_of_edition.get(edition, ())
        won = [result for result in results if result["status"] == "winner" and result["city"] in cities]
        if not won:
            continue
        told = (
            str(doc.get("date", ""))[4:] in dates,
            edition in years,
            any((result.get("prize_eur"), "EUR") in sums for result in won),
            any(_names(sentence, name) for name in knowledge.events[edition] for sentence in sentences),
            sum(result["status"] in PLACED and result["city"] in cities for result in results) >= SEVERAL,
        )
        if sum(told) >= ENOUGH:
            return edition
    return None


POINTS = 2  # that a sign counts for, as much as a city with a place
ENOUGH = 3  # signs by which a document is about an edition
SEVERAL = 3  # cities with a place, the winner too


WINNING = ("winner", "winner.before", "winner.after", "prize")


def _names(sentence: Sentence, name: tuple[str, ...]) -> bool:
    """Whether a sentence has the words of a name, one after another."""
    words = sentence.words.folded[sentence.first : sentence.last]
    return any(tuple(words[n : n + len(name)]) == name for n in range(len(words) - len(name) + 1))


class State:
    """The context of a sentence."""

    def __init__(self, knowledge: Knowledge, sentences: list[Sentence]) -> None:
        """Find out what a document as a whole is about."""
        self.knowledge = knowledge
        self._words, self._bases = sentences[0].words, sentences[0].vocabulary.bases
        self.day = self._day(sentences)
        is_named = any(sentence.names_award for sentence in sentences)
        self._told = None if is_named else told_edition(knowledge, sentences)
        self.editions = self._editions(sentences)
        self.is_between = False  # whether it may be about another edition than that of its day
        self.edition, self.is_sure = self._edition(sentences)
        self.category = self._only_category(sentences)
        self.city, self.is_own_city_clear = self._city(sentences)
        self.last_city: str | None = None
        self.last_cities: list[str] = []
        self.is_last_place = False  # whether they are only where something happened
        self.last_edition: str | None = None
        self.last_status: str | None = None  # of which the sentence before counts or lists cities
        self.was_of_winners = False  # whether the sentence before spoke of winners
        self.is_last_alone = False  # whether no other edition was named with it
        self.label: str | None = None  # the edition with which the line begins: `2019: Espoo was a runner-up.`
        self.is_ours = True
        self.initiatives: list[str] = []
        self.persons: set[str] = set()
        self.surnames: dict[str, set[str]] = {}  # of the people named so far

    def _day(self, sentences: list[Sentence]) -> str | None:
        """Return the date of a document: the first full date near its beginning, else the first month."""
        dates = (m.value for s in sentences[:HEAD] for m in s.of("date"))
        dated = [value for value in dates if value[0] != "-"]
        return next((value for value in dated if len(value) == len("2019-09-25")), next(iter(dated), None))

    def _is_of_writing(self, sentence: Sentence, year: Mention) -> bool:
        """Whether a year is that of a date on which no award was given, and nothing is announced."""
        date = next((m.value for m in sentence.of("date") if m.first == year.first), None)
        edition = self.edition_for(year) if date else None
        day = str(self.knowledge.editions[edition].get("date", "")) if edition else ""
        return date is not None and day[:7] != date[:7] and not sentence.has("announce")

    def _edition(self, sentences: list[Sentence]) -> tuple[str | None, bool]:
        """Return the edition of a document, and whether the document says so."""
        if self._told:
            self.is_between = True
            return self._told, False
        for sentence in sentences:
            for award in sentence.of("award", "title"):
                for year in sentence.years:
                    if self._is_of_writing(sentence, year):
                        continue
                    if -ADJACENT <= year.first - award.last <= ADJACENT or 0 <= award.first - year.last <= 1:
                        edition = self.edition_for(year)
                        if edition:
                            return edition, True
        if self.day:
            for edition, doc in self.knowledge.editions.items():
                if str(doc.get("date", ""))[:7] == self.day[:7]:
                    return edition, set(self.editions) <= {edition}
            edition = self.knowledge.edition_of_year.get(self.day[:4])
            if edition:
                self.is_between = _months(self.knowledge.editions[edition].get("date", "")) - _months(self.day) > RUN_UP
                return edition, False
        return self._likeliest(sentences), False

    def _likeliest(self, sentences: list[Sentence]) -> str | None:
        """Return the edition that most in a document speaks for: its years, cities, place, event; None where two do."""
        named = {e for s in sentences for y in s.years if (e := self.edition_for(y))}
        cities = {m.value for s in sentences for m in s.of("city")}
        words = {word for s in sentences for word in s.words.folded[s.first : s.last]}
        points: Counter[str] = Counter()
        for edition in self.knowledge.editions:
            results = [r for city in cities if (r := self.knowledge.result(edition, city))]
            points[edition] += sum(
                1 + (result["status"] in PLACED) for result in {r["id"]: r for r in results}.values()
            )
            points[edition] += POINTS * (edition in named)
            events = [name for name in self.knowledge.events[edition] if words.issuperset(name)]
            points[edition] += POINTS * any(_names(s, name) for name in events for s in sentences)
        (edition, most), (_, next_most) = points.most_common(2) if len(points) > 1 else [("", 0), ("", 0)]
        return edition if most >= ENOUGH and most > next_most else None

    def _editions(self, sentences: list[Sentence]) -> tuple[str, ...]:
        """Return the editions that a document names, any of which a sentence without a year may be about."""
        found = [year for sentence in sentences for year in sentence.years]
        named = map(self.edition_for, found)
        years = {year.value for year in found if year.key == "year"}
        spans = [one for one, doc in self.knowledge.editions.items() if _second_year(one, doc) in years]
        return tuple(dict.fromkeys([*(edition for edition in named if edition), *spans]))

    def _city(self, sentences: list[Sentence]) -> tuple[str | None, bool]:
        """Return the city of a document, the one that it names most, and whether it names no other as often."""
        counted: Counter[str] = Counter()
        for number, sentence in enumerate(sentences):
            for mention in sentence.of("city"):
                counted[mention.value] += (3 if number == 0 else 1) if mention.value[0] != "?" else 0
        (city, most), (_, next_most) = [*counted.most_common(2), (None, 0), (None, 0)][:2]
        return city, most > next_most + 1

    def edition_for(self, year: Mention) -> str | None:
        """Return the edition that a year, or a span of two years, names."""
        if year.key == "span":
            first, second = year.value
            return first if first in self.knowledge.editions and int(second[-2:]) == int(first[-2:]) + 1 else None
        return self.knowledge.edition_of_year.get(year.value)

    def edition_of(
        self,
        sentence: Sentence,
        own: Mention | None,
        cue: tuple[int, int],
        *,
        is_said: bool = False,
        cities: tuple[int, int] = (0, 0),
    ) -> Dating:
        """Return the edition that a claim is about, by the words that make it.

        `is_said` is whether they are what the sentence says, `cities` the range of the cities of which they are said.
        """
        numbered = self._by_ordinal(sentence, cue)
        year = own or (None if numbered else self._year_near(sentence, cue[0]))
        if year is not None and own is None and self._is_nearer(sentence, "last-year", year, cue[0]):
            return Dating(self._before(self.edition), bool(self.edition), is_indirect=True)
        if year is not None and own is None and self._is_nearer(sentence, "next-year", year, cue[0]):
            return Dating(None)
        if year is not None:
            edition = self.edition_for(year)
            is_bound = own is not None or year == sentence.label_year
            is_bound = is_bound or (
                not _is_of_other(sentence, year, cue, cities)
                and _is_dated(sentence, year, cue, is_known=edition is not None, is_said=is_said)
            )
            start, end = sentence.clause(cue[0])
            named = edition or f"?{year.value if year.key == 'year' else year.value[0]}"
            is_indirect = not start <= year.first < end
            return Dating(named, is_sure=True, is_explicit=True, is_indirect=is_indirect, is_bound=is_bound)
        return self._dating_without_year(sentence, numbered)

    @staticmethod
    def _is_nearer(sentence: Sentence, key: str, year: Mention, cue: int) -> bool:
        """Whether words such as `last year` stand nearer to others than a year does: `last year A won, in 2021 B`."""
        return any(abs(m.first - cue) <= abs(year.first - cue) for m in sentence.of(key))

    def _dating_without_year(self, sentence: Sentence, numbered: str | None) -> Dating:
        """Return the edition that other words of a sentence name, else that of its line, or of the document."""
        if edition := numbered or (None if sentence.has("same-year") else self.label):
            return Dating(edition, is_sure=True, is_explicit=True, is_bound=True)
        if sentence.has("same-year", "last-year", "next-year"):
            if sentence.has("same-year") and self.last_edition:
                return Dating(self.last_edition, is_sure=True, is_bound=self.is_last_alone)
            if sentence.has("last-year"):
                return Dating(self._before(self.edition), bool(self.edition))
            if sentence.has("next-year"):
                return Dating(None)
        return Dating(self.edition, self.is_sure, is_bound=not self.is_between and not sentence.years)

    def _by_ordinal(self, sentence: Sentence, cue: tuple[int, int]) -> str | None:
        """Return the edition that a sentence numbers, `the third competition`; a number tells nothing of itself."""
        for mention in sentence.of("ordinal", "first"):
            low, high = sorted((cue[0], mention.first))
            is_other = cue[0] <= mention.first < cue[1] or ";" in sentence.gap(low, high)
            noun = sentence.starting(mention.last, "edition.noun", "contest")
            if not is_other and noun and not sentence.starting(noun.last, "apart"):  # `the first one with two prizes`
                for edition, doc in self.knowledge.editions.items():
                    if doc.get("ordinal") == int(mention.value or 1):
                        return edition
        return None

    @property
    def is_city_clear(self) -> bool:
        """Whether `the city` can only mean one: the only one of the sentence before, or that of the document."""
        is_only = len(set(self.last_cities)) == 1 and not self.is_last_place
        return self.last_city is not None and (is_only or self.last_city == self.city)

    def after(self, edition: str) -> list[str]:
        """Return the two editions after one, which `a year later` and `two years later` mean."""
        return [one for one in sorted(self.knowledge.editions) if one > edition][:2]

    def _before(self, edition: str | None) -> str | None:
        known = sorted(self.knowledge.editions)
        return known[known.index(edition) - 1] if edition in known and known.index(edition) else None

    def _year_near(self, sentence: Sentence, cue: int) -> Mention | None:
        """Return the year that a cue goes with: in its clause, else in its sentence, the nearest."""
        years = sentence.years
        if sentence.taken_years or sentence.has("since", *LISTED):
            years = [
                year
                for year in years
                if not self._is_of_something_else(sentence, year) and not _is_aside(sentence, year, cue)
            ]
        if not years:
            return None
        start, end = sentence.clause(cue)
        near = [year for year in years if start <= year.first < end] or years
        if near is years and sentence.has("same-year"):
            near = [year for year in years if year.first < cue]
        reach = APART + min((abs(year.first - cue) for year in near), default=0)
        near = [year for year in near if abs(year.first - cue) <= reach]  # no other can be nearest, commas counted
        return min(near, key=lambda year: abs(year.first - cue) + APART * _is_apart(sentence, year, cue), default=None)

    def _is_of_something_else(self, sentence: Sentence, year: Mention) -> bool:
        """Whether a year is that of a start, or of a city of a list."""
        since = sentence.of("since")
        return year in sentence.taken_years or (bool(since) and any(0 <= year.first - m.last <= 1 for m in since))

    def _only_category(self, sentences: list[Sentence]) -> str | None:
        """Return the category of a document that names no other."""
        named = {str(m.value) for sentence in sentences for m in sentence.of("title", "category")}
        return named.pop() if len(named) == 1 else None

    def category_of(self, sentence: Sentence, cue: int) -> str | None:
        """Return the category that the words near a cue name."""
        if not sentence.has("category", "title"):
            return None
        start, end = sentence.clause(cue)
        named = [m for m in sentence.of("category") if start <= m.first < end] or sentence.of("category")
        rising = [m for m in sentence.of("title") if m.value != self.knowledge.main_category]
        named = [*named, *(m for m in rising if start <= m.first < end and not _is_parted(sentence, m, cue))]
        if not named:
            return None
        return str(min(named, key=lambda m: abs(m.first - cue)).value)

    def city_before(self) -> str | None:
        """Return the city that `the city` means."""
        return self.last_city or self.city

    @property
    def near_cities(self) -> list[str]:
        """The cities that a sentence without one may be about, the likeliest first."""
        return list(dict.fromkeys(city for city in (self.city, self.last_city, *self.last_cities) if city))

    @cached_property
    def like_surnames(self) -> set[str]:
        """The words of the document that are a surname, or may be a form of one."""
        words, known = self._words.folded, self.knowledge.surnames.keys()
        return {word for word in set(words) if not known.isdisjoint((word, *self._bases(word)))}

    def meet(self, people: Iterable[str]) -> None:
        """Take note of people who are named, so that their surnames are enough from now on."""
        for person in people:
            if person not in self.persons:
                self.persons.add(person)
                for surname, bearers in self.knowledge.surnames.items():
                    if person in bearers:
                        self.surnames.setdefault(surname, set()).add(person)

    def enter(self, sentence: Sentence) -> None:
        """Take note of which award a sentence is about: another one that it names, until ours is named again."""
        if sentence.is_new_line or sentence.label_year:
            self.label = self.edition_for(sentence.label_year) if sentence.label_year else None
        if sentence.names_award and not (sentence.names_other_award and not sentence.has("award", "title")):
            self.is_ours = True
        elif sentence.names_other_award:
            self.is_ours = False
        elif not self.is_ours and sentence.is_new_paragraph:
            self.is_ours = True

    def leave(self, sentence: Sentence) -> None:
        """Take note of the city and the edition that a sentence was about."""
        status = next((key for key in LISTED if key in sentence.keys), None)
        self.last_status = status or (None if sentence.is_new_paragraph else self.last_status)
        self.was_of_winners = sentence.has("winner", "winner.before", "winner.after")
        cities = [mention.value for mention in sentence.of("city")]
        if cities:
            self.last_city, self.last_cities = cities[0], cities
            self.is_last_place = all(map(sentence.is_place, sentence.of("city")))
        editions = [edition for year in sentence.of("year", "span") if (edition := self.edition_for(year))]
        if editions:
            self.last_edition, self.is_last_alone = editions[-1], len(set(editions)) == 1
