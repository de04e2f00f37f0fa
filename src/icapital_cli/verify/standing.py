"""Claims about who reached what: winners, runners-up, finalists, ranks, the best six, and the category."""

from collections.abc import Iterator
from typing import NamedTuple

from icapital_cli.verify.cues import Cue, without_overlaps
from icapital_cli.verify.groups import Group, groups_of
from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.sentence import Claim, Sentence
from icapital_cli.verify.state import State

BEFORE_A_CITY = ("filler", "list", "city.noun", "link", "nationality", "country", "city.generic")
LOOSE = 2  # words between a cue and a city that say nothing of how they are linked
LINKED = (
    *("filler", "link", "become", "year", "award", "title", "contest", "award.head", "list", "category"),
    *("same-year", "date", "other", "city.noun", "award.other", "number", "ordinal", "nationality"),
    *("place.before", "receive", "country", "city.generic", "announce", "span", "this-year", "last-year"),
    *("and", "edition.noun"),
)


def claims_of(sentence: Sentence, state: State, cues: list[Cue]) -> Iterator[list[list[Claim]]]:
    """Yield the claims on places that cities took: for each cue, its readings, the likeliest first.

    Each reading is the claims on the cities of one list; another list may be meant where the first one is not right.
    """
    cues = without_overlaps(sorted((c for c in cues if not c.receives), key=lambda cue: (cue.first, -cue.last)))
    groups = _divided(sentence, cues, groups_of(sentence, state)) if cues else []
    if not groups:
        return
    years = _shared_years(sentence, groups)
    pairs = list(_pairs(sentence, cues, groups))
    taken = {group.first for _, group in pairs}
    for cue, group in pairs:
        near = [
            g
            for g in groups
            if g.first not in taken and not g.is_aside and sentence.clause(g.first) == sentence.clause(cue.first)
        ]
        readings = [list(_claims(sentence, state, cue, one, years.get(one.first))) for one in (group, *near)]
        if readings[0]:
            yield readings


def _divided(sentence: Sentence, cues: list[Cue], groups: list[Group]) -> list[Group]:
    """Divide a list that only seems one: `the winner was Lyon, and Valencia came third`."""
    divided: list[Group] = []
    for group in groups:
        *most, last = group.cities
        after = [
            cue
            for cue in cues
            if 0 <= cue.first - group.last <= 1 and "," not in sentence.gap(group.last - 1, cue.first)
        ]
        before = [cue for cue in cues if cue.last <= group.first and _is_joined(sentence, cue.last, group.first)]
        link = after and "(" not in sentence.gap(group.last - 1, after[0].first)
        if most and link and before and before[-1].value != after[0].value:
            end = most[-1].year.last if most[-1].year else most[-1].mention.last
            divided += [group._replace(cities=most, last=end), Group([last], last.mention.first, group.last)]
        else:
            divided.append(group)
    return divided


def _shared_years(sentence: Sentence, groups: list[Group]) -> dict[int, list[Mention]]:
    """Return the years of lists of as many cities as years, `A and B won in 2021 and 2022 respectively`; keep them."""
    own = [city.year for group in groups for city in group.cities if city.year]
    sentence.taken_years.update(own if len(own) > 1 else ())
    years = [year for year in sentence.of("year") if year not in own]
    return {g.first: years for g in groups if len(g.cities) > 1 and len(g.cities) == len(years) and not own}


def _pairs(sentence: Sentence, cues: list[Cue], groups: list[Group]) -> Iterator[tuple[Cue, Group]]:
    """Yield which list of cities belongs to which cue."""
    used_right: set[int] = set()
    for number, cue in enumerate(cues):
        before = [g for g in groups if g.last <= cue.first]
        after = [g for g in groups if g.first >= cue.last]
        later = cues[number + 1] if number + 1 < len(cues) else None
        left = before[-1] if before else None
        right = after[0] if after else None
        if later and right and right.first >= later.last:
            right = right if _is_joined(sentence, cue.last, right.first) and cue.side == "after" else None
        side = _side(sentence, cue, Sides(left, right, used_right))
        if side == "right" and right:
            used_right.add(right.first)
            is_one = (
                cue.value == "winner"
                and not any(city.year for city in right.cities)
                and (right.is_aside or cue.side == "after")
            )
            yield cue, right._replace(cities=right.cities[:1]) if is_one else right
            if left and left.is_aside and sentence.within(left.last, cue.first + 1, "other"):
                yield cue, left
        elif side == "left" and left:
            if left.is_aside and len(before) > 1:
                left = before[-2]
            elif left.is_aside and not sentence.within(left.last, cue.first + 1, "other"):
                continue
            yield cue, left


class Sides(NamedTuple):
    """The lists of cities before and after a cue, and the lists after cues that are taken already."""

    left: Group | None
    right: Group | None
    used: set[int]

    @property
    def is_left_free(self) -> bool:
        """Whether there is a list before the cue that no cue has taken as the one after it."""
        return self.left is not None and self.left.first not in self.used


def _side(sentence: Sentence, cue: Cue, sides: Sides) -> str:
    """Return on which side of a cue its cities stand: `left`, `right`, or nothing."""
    left, right = sides.left, sides.right
    if left and left.last == cue.first and sentence.gap(left.last - 1, cue.first).strip() == "(":
        return "left"
    if cue.side == "after":
        return "right" if right and _is_joined(sentence, cue.last, right.first) else ""
    start, end = sentence.clause(cue.first)
    if left and left.first < start and not _continues(sentence, left, start):
        left = None
    if right and right.first >= end:
        right = None
    within = Sides(left, right, sides.used)
    return _side_of_verb(sentence, cue, within) if cue.side == "before" else _side_of_noun(sentence, cue, within)


def _side_of_verb(sentence: Sentence, cue: Cue, sides: Sides) -> str:
    """`Nantes won`; in a language that inverts also `In 2019 won Nantes`."""
    if sides.left and (sides.is_left_free or not sides.right):
        return "left"
    if sides.right and sentence.vocabulary.inverts and _is_joined(sentence, cue.last, sides.right.first):
        return "right"
    return "left" if sides.left else ""


def _side_of_noun(sentence: Sentence, cue: Cue, sides: Sides) -> str:
    """`the winner Nantes`, `the winner was Nantes`, `Nantes was the winner`."""
    left, right = sides.left, sides.right
    is_joined = right is not None and _is_joined(sentence, cue.last, right.first)
    if right and is_joined:
        linked = sides.is_left_free and left and sentence.within(left.last, cue.first, "link", "become", "receive")
        if _is_apposed(sentence, cue, right) and not (linked and sentence.within(cue.last, right.first, "and")):
            return "right"
        names = sentence.within(cue.last, right.first, "link", "become")
        if (names or ":" in sentence.gap(cue.last - 1, right.first)) and not linked:
            return "right"
    if left and sentence.within(left.last, cue.first, "other") and "," in sentence.gap(left.last - 1, cue.first):
        return ""
    if sides.is_left_free:
        return "left"
    return "right" if is_joined else "left" if left else ""


def _is_apposed(sentence: Sentence, cue: Cue, right: Group) -> bool:
    """Whether a list follows a cue at once: `the winner Nantes`, `the winning city of Nantes`."""
    gap = sentence.gap(cue.last - 1, right.first)
    return (
        right.first - cue.last <= 1 and "," not in gap and sentence.consists_of(cue.last, right.first, *BEFORE_A_CITY)
    )


def _continues(sentence: Sentence, left: Group, border: int) -> bool:
    """Whether a clause goes on about the cities before it: `Leuven, which won`."""
    return left.last >= border - 1 or not sentence.within(left.last, border, "city")


def _is_joined(sentence: Sentence, end: int, start: int) -> bool:
    """Whether only words that link stand between a cue and a list of cities, or hardly any others."""
    loose = 0
    number = end
    while number < start and loose <= LOOSE:
        covering = [m.last for m in sentence.beginning.get(number, ()) if m.key in LINKED]
        loose += not covering
        number = max([number + 1, *covering])
    return loose <= LOOSE


def _claims(sentence: Sentence, state: State, cue: Cue, group: Group, years: list[Mention] | None) -> Iterator[Claim]:
    for place, city in enumerate(group.cities):
        if sentence.is_doubtful(cue.first) or sentence.is_doubtful(city.mention.first):
            continue
        year = city.year or (years[place] if years else None)
        edition, is_sure, is_explicit = state.edition_of(sentence, year, cue.first)
        given = {
            "city": city.mention.value,
            "edition": edition,
            "is_sure": is_sure,
            "is_explicit": is_explicit,
            "is_earlier": sentence.has("earlier", "last-year"),
            "last": state.last_edition,
            "category": cue.category or state.category_of(sentence, cue.first),
            "is_title": cue.category is not None,
        }
        own = (city.mention.first, city.mention.last)
        if len(group.cities) == 1:
            words = (min(own[0], cue.first), max(own[1], cue.last))
            yield Claim(cue.property, cue.value, given, words, (cue.first, cue.last))
        else:
            yield Claim(cue.property, cue.value, given, own, own)
