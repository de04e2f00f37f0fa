"""What a document has said so far: its edition, its city, its award; and what the sentence before was about."""

from collections import Counter
from collections.abc import Iterable

from icapital_cli.verify.knowledge import Knowledge
from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.sentence import Sentence

HEAD = 12  # sentences at the beginning of a document in which its date and its edition stand
APART = 6  # words that a comma between a year and a cue counts for
ADJACENT = 3  # words between the name of the award and its year


def _is_apart(sentence: Sentence, year: Mention, cue: int) -> bool:
    """Whether a comma or a colon stands between a year and a cue."""
    low, high = (year.last - 1, cue) if year.first < cue else (cue, year.first)
    return any(sign in sentence.gap(low, high) for sign in ",;:")


class State:
    """The context of a sentence."""

    def __init__(self, knowledge: Knowledge, sentences: list[Sentence]) -> None:
        """Find out what a document as a whole is about."""
        self.knowledge = knowledge
        self.day = self._day(sentences)
        self.edition, self.is_sure = self._edition(sentences)
        self.city = self._city(sentences)
        self.last_city: str | None = None
        self.last_cities: list[str] = []
        self.last_edition: str | None = None
        self.is_ours = True
        self.initiatives: list[str] = []
        self.persons: set[str] = set()
        self.surnames: dict[str, set[str]] = {}  # of the people named so far

    def _day(self, sentences: list[Sentence]) -> str | None:
        """Return the date of a document: the first full date near its beginning."""
        return next((m.value for s in sentences[:HEAD] for m in s.of("date") if m.value[0] != "-"), None)

    def _edition(self, sentences: list[Sentence]) -> tuple[str | None, bool]:
        """Return the edition of a document, and whether the document says so."""
        for sentence in sentences:
            for award in sentence.of("award", "title"):
                for year in sentence.of("year", "span"):
                    if -ADJACENT <= year.first - award.last <= ADJACENT or 0 <= award.first - year.last <= 1:
                        edition = self.edition_for(year)
                        if edition:
                            return edition, True
        if self.day:
            for edition, doc in self.knowledge.editions.items():
                if str(doc.get("date", ""))[:7] == self.day[:7]:
                    return edition, True
            edition = self.knowledge.edition_of_year.get(self.day[:4])
            if edition:
                return edition, False
        years = Counter(e for s in sentences for y in s.of("year", "span") if (e := self.edition_for(y)))
        if len(years) == 1:
            return next(iter(years)), False
        return None, False

    def _city(self, sentences: list[Sentence]) -> str | None:
        counted: Counter[str] = Counter()
        for number, sentence in enumerate(sentences):
            for mention in sentence.of("city"):
                counted[mention.value] += 3 if number == 0 else 1
        return counted.most_common(1)[0][0] if counted else None

    def edition_for(self, year: Mention) -> str | None:
        """Return the edition that a year, or a span of two years, names."""
        if year.key == "span":
            first, second = year.value
            return first if first in self.knowledge.editions and int(second[-2:]) == int(first[-2:]) + 1 else None
        return self.knowledge.edition_of_year.get(year.value)

    def edition_of(self, sentence: Sentence, own: Mention | None, cue: int) -> tuple[str | None, bool, bool]:
        """Return the edition that a claim is about, whether that is sure, and whether its sentence says so."""
        year = own or self._year_near(sentence, cue)
        if year is not None:
            return self.edition_for(year) or f"?{year.value if year.key == 'year' else year.value[0]}", True, True
        if sentence.has("same-year") and self.last_edition:
            return self.last_edition, True, False
        if sentence.has("last-year"):
            return self._before(self.edition), bool(self.edition), False
        if sentence.has("next-year"):
            return None, False, False
        return self.edition, self.is_sure, False

    def _before(self, edition: str | None) -> str | None:
        known = sorted(self.knowledge.editions)
        return known[known.index(edition) - 1] if edition in known and known.index(edition) else None

    def _year_near(self, sentence: Sentence, cue: int) -> Mention | None:
        """Return the year that a cue goes with: in its clause, else in its sentence, the nearest."""
        years = [
            *sentence.of("year", "span"),
            *(Mention("year", m.value[:4], m.first, m.last) for m in sentence.of("date") if m.value[0] != "-"),
        ]
        years = [year for year in years if not self._is_of_something_else(sentence, year)]
        if not years:
            return None
        start, end = sentence.clause(cue)
        near = [year for year in years if start <= year.first < end] or years
        if near is years and sentence.has("same-year"):
            near = [year for year in years if year.first < cue]
        return min(near, key=lambda year: abs(year.first - cue) + APART * _is_apart(sentence, year, cue), default=None)

    def _is_of_something_else(self, sentence: Sentence, year: Mention) -> bool:
        """Whether a year is that of a start, or of a city of a list."""
        since = any(0 <= year.first - m.last <= 1 for m in sentence.of("since"))
        return since or year in sentence.taken_years

    def category_of(self, sentence: Sentence, cue: int) -> str | None:
        """Return the category that the words near a cue name."""
        start, end = sentence.clause(cue)
        named = [m for m in sentence.of("category") if start <= m.first < end] or sentence.of("category")
        rising = [m for m in sentence.of("title") if m.value != self.knowledge.main_category]
        named = [*named, *(m for m in rising if start <= m.first < end)]
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
        if sentence.names_award and not (sentence.names_other_award and not sentence.has("award", "title")):
            self.is_ours = True
        elif sentence.names_other_award:
            self.is_ours = False
        elif not self.is_ours and sentence.is_new_paragraph:
            self.is_ours = True

    def leave(self, sentence: Sentence) -> None:
        """Take note of the city and the edition that a sentence was about."""
        cities = [mention.value for mention in sentence.of("city")]
        if cities:
            self.last_city, self.last_cities = cities[0], cities
        editions = [edition for year in sentence.of("year", "span") if (edition := self.edition_for(year))]
        if editions:
            self.last_edition = editions[-1]
