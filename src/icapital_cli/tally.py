"""What the facts of a file add to the sums of the base, and the values of theirs that CLDR spells."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from icapital_cli.kinds import KINDS
from icapital_cli.passages import Reading, said_by, tags_of
from icapital_cli.read import Fact
from icapital_cli.rules import fits
from icapital_cli.store import Standing, Tally
from icapital_cli.symbols import Symbols
from icapital_cli.values import Country, Currency, Date, Value


class Spelled(NamedTuple):
    """Values of a base that CLDR spells, and units that may be currencies."""

    countries: set[str]
    currencies: set[str]
    dates: set[str]
    units: set[str]

    def update(self, others: "Spelled") -> None:
        """Add what is in others."""
        for ours, theirs in zip(self, others, strict=True):
            ours.update(theirs)

    def without(self, others: "Spelled") -> "Spelled":
        """Leave out what is in others."""
        return Spelled(*(ours - theirs for ours, theirs in zip(self, others, strict=True)))


def nothing_spelled() -> Spelled:
    """Begin with no values."""
    return Spelled(set(), set(), set(), set())


def spelled_of(facts: Iterable[Fact]) -> Spelled:
    """Collect the values that CLDR spells."""
    spelled = nothing_spelled()
    for fact in facts:
        for number, field in SPELLED[fact.kind]:
            if field in fact.doc:
                spelled[number].add(fact.doc[field])
        if fact.kind == "initiatives":
            units = (figure["unit"] for figure in fact.doc.get("figures", ()))
            spelled.units.update(unit for unit in units if len(unit) == len("EUR") and unit.isupper())
    return spelled


FIELDS: dict[type[Value], dict[str, list[str]]] = {
    type_of: {
        kind: names
        for kind, cls in KINDS.items()
        if (names := [name for name, field in cls.mapping.fields.items() if isinstance(field, type_of)])
    }
    for type_of in (Country, Currency, Date)
}
SPELLED = {
    kind: [(number, field) for number, kinds in enumerate(FIELDS.values()) for field in kinds.get(kind, ())]
    for kind in KINDS
}


class Counts:
    """What the facts of a file add up to, while they are counted."""

    def __init__(self, symbols: Symbols) -> None:
        """Begin with nothing, in the languages of the base."""
        self._tags = tags_of(symbols)
        self.count: Counter[str] = Counter()
        self._results: Counter[Standing] = Counter()
        self._euros: Counter[Standing] = Counter()
        self._cities: Counter[tuple[str, str]] = Counter()
        self._texts, self._said, self._matched = 0, [0] * len(self._tags), [0] * len(self._tags)

    def add(self, fact: Fact, readings: list[Reading]) -> None:
        """Count a fact."""
        kind, _, doc = fact
        self.count[kind] += 1
        if kind == "results":
            where = (doc["edition"], doc["category"], doc["status"])
            self._results[where] += 1
            self._euros[where] += doc.get("prize_eur", 0)
            self._cities[doc["edition"], doc["city"]] += 1
        for number, reading in enumerate(readings):
            if reading.texts:
                self._matched[number] += sum(fits(fact, field, text) for field, text in reading.texts.items())
        texts, said = said_by(fact, readings)
        self._texts += texts
        for number, count in enumerate(said):
            self._said[number] += count

    def tally(self) -> Tally:
        """Give what was counted."""
        standings = [(*where, count, self._euros[where]) for where, count in self._results.items()]
        crowded = sorted({edition for (edition, _), count in self._cities.items() if count > 1})
        said, matched = (dict(zip(self._tags, counts, strict=True)) for counts in (self._said, self._matched))
        return Tally(dict(self.count), standings, crowded, said, self._texts, matched, speaks=False)
