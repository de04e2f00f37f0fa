"""Claims about who reached what: winners, runners-up, finalists, ranks, the best six, and the category."""

from collections.abc import Iterator
from itertools import pairwise

from icapital_cli.verify.cues import Cue, without_overlaps
from icapital_cli.verify.groups import City, Group, groups_of
from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.sentence import Claim, Sentence
from icapital_cli.verify.state import Dating, State

BEFORE_A_CITY = ("filler", "list", "city.noun", "link", "nationality", "country", "city.generic")
LOOSE = 2  # words between a cue and a city that say nothing of how they are linked
SEVERAL = ("runner-up", "finalist", "semi-finalist", "placed")
PUNCTUATION = ("–", "—", ":", "(", "-")  # between a noun and the list of those whom it means
PAST = 2  # words between `had` and what somebody had been
FAR = 6  # words after a cue among which its object stands
OF_AWARD = (
    *("award", "title", "category", "year", "span", "date", "money"),
    *("same-year", "this-year", "last-year", "clause", "contrast", "edition.noun", "announce", "and"),
)
LINKING = ("place.before", "list", "prize", "contest")  # after which it is told in what a place was won
LINKED = (
    *("filler", "link", "become", "year", "award", "title", "contest", "award.head", "list", "category"),
    *("same-year", "date", "other", "city.noun", "award.other", "number", "ordinal", "nationality"),
    *("place.before", "receive", "country", "city.generic", "announce", "span", "this-year", "last-year"),
    *("and", "edition.noun"),
)


def claims_of(sentence: Sentence, state: State, cues: list[Cue]) -> Iterator[Iterator[list[Claim]]]:
    """Yield the claims on places that cities took: for each cue, its readings, the likeliest first.

    Each reading is the claims on the cities of one list; another list may be meant where the first one is not right.
    """
    cues = without_overlaps(sorted((c for c in cues if not c.receives), key=lambda cue: (cue.first, -cue.last)))
    if not cues:
        yield from _continued(sentence, state)
        return
    groups = _divided(sentence, cues, groups_of(sentence, state))
    if not groups:
        for cue in cues:
            yield _implied(sentence, state, cue)
        return
    years = _shared_years(sentence, groups)
    pairs = list(_pairs(sentence, cues, groups))
    taken = {group.first for _, group in pairs}
    free = [group for group in groups if group.first not in taken and not group.is_aside]
    for cue, group in pairs:
        near = [one for one in free if sentence.clause(one.first) == sentence.clause(cue.first)]
        run = _run_of(sentence, cue, cues)
        if len(run) > 1 and len(group.cities) == len(run):
            city = group.cities[run.index(cue)]
            yield iter([list(_claims(sentence, state, cue, group._replace(cities=[city]), None))])
            continue
        yield (
            [claim if is_bound else claim._replace(is_bound=False) for claim in claims]
            for one in (group, *near)
            for is_bound in [_is_bound(sentence, cue, one, near)]
            for claims in [_claims(sentence, state, cue, one, years.get(one.first))]
        )
    paired = {cue for cue, _ in pairs}
    for cue in cues:
        if cue not in paired and cue.side == "either":
            yield _implied(sentence, state, cue)
    said = {city.mention for _, group in pairs for city in group.cities}
    for group in groups:
        others = [city for city in group.cities if city.mention not in said]
        beaten = any(c.side == "before" and 0 <= group.first - c.last <= 1 for c in cues if c.value == "winner")
        if others and (group.is_aside or beaten or len(others) < len(group.cities)):
            yield iter([list(_asides(sentence, state, cues, group._replace(cities=others)))])


def _run_of(sentence: Sentence, cue: Cue, cues: list[Cue]) -> list[Cue]:
    """Return the ranks that an `and` joins with one, of as many cities: `A and B came second and third`."""
    run: list[Cue] = []
    for one in [one for one in cues if one.property == "rank"]:
        if run and not sentence.consists_of(run[-1].last, one.first, "and", "filler", "list", "place.before"):
            if cue in run:
                break
            run = []
        run.append(one)
    return run if cue in run else []


def _continued(sentence: Sentence, state: State) -> Iterator[Iterator[list[Claim]]]:
    """Yield that cities of a list are what the sentence before counts, which is a guess: `The others are A and B`."""
    goes_on = sentence.has("other", "among", "besides") and not sentence.is_new_paragraph
    gets = sentence.has("get", "receive", "award.to") and sentence.has("money")
    is_paid = gets and not sentence.has("money.veto", "initiative")
    for group in groups_of(sentence, state) if goes_on or is_paid or state.was_of_winners else ():
        is_dated = len(group.cities) > 1 and all(city.year for city in group.cities)
        listed = "placed" if is_paid else state.last_status if goes_on and len(group.cities) > 1 else None
        status = "winner" if is_dated and state.was_of_winners else listed
        if status:
            first = group.cities[0].mention.first
            cue = Cue("status", status, first, first + 1)
            yield iter([list(_asides(sentence, state, [cue], group))])


def _implied(sentence: Sentence, state: State, cue: Cue) -> Iterator[list[Claim]]:
    """Yield that a city named before took a place of which no city is told, which is a guess: `Runner-up in 2020`."""
    for city in state.near_cities if is_of_award(sentence, cue) else ():
        own = City(Mention("city", city, cue.first, cue.last), None, is_clear=False)
        claims = _claims(sentence, state, cue, Group([own], cue.first, cue.last), None)
        yield [claim._replace(is_bound=False, given=claim.given | {"is_weak": True}) for claim in claims]


def _asides(sentence: Sentence, state: State, cues: list[Cue], group: Group) -> Iterator[Claim]:
    """Yield that cities named beside one that has a place have one too, which is a guess: `won before Turin`."""
    start, end = sentence.clause(group.first)
    near = [cue for cue in cues if start <= cue.first < end]
    if near:
        cue = min(near, key=lambda cue: abs(cue.first - group.first))
        is_list = cue.last - cue.first == 1 and cue.first == group.first  # of what the sentence before says
        value = cue.value if cue.value in {"finalist", "semi-finalist"} or is_list else "placed"
        beside = cue._replace(property="status", value=value)
        for claim in _claims(sentence, state, beside, group._replace(is_aside=False), None):
            own = next(c.mention for c in group.cities if c.mention.value == claim.given["city"])
            span = (own.first, own.last)
            yield claim._replace(
                words=span, mark=span, is_bound=False, given=claim.given | {"is_weak": True, "is_sure": True}
            )


def _divided(sentence: Sentence, cues: list[Cue], groups: list[Group]) -> list[Group]:
    """Divide a list that only seems one: `the winner was Lyon, and Valencia came third`."""
    divided: list[Group] = []
    for group in groups:
        *most, last = group.cities
        won = [cue for cue in cues if cue.value == "winner" and cue.last <= group.first]
        if won and _is_next_clause(sentence, group) and _is_joined(sentence, won[-1].last, group.first):
            end = most[-1].year.last if most[-1].year else most[-1].mention.last
            divided += [group._replace(cities=most, last=end), Group([last], last.mention.first, group.last)]
            continue
        after = [
            cue
            for cue in (cues if most else ())
            if 0 <= cue.first - group.last <= 1 and not set(",(") & set(sentence.gap(group.last - 1, cue.first))
        ]
        ahead = [cue for cue in cues if cue.last <= group.first] if after else []
        before = ahead[-1:] if ahead and _is_joined(sentence, ahead[-1].last, group.first) else []
        before = before if len(_run_of(sentence, after[0], cues) if after else ()) < len(group.cities) else []
        if before and before[0].value != after[0].value:
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
        is_in_brackets = left and left.last == cue.first and sentence.gap(left.last - 1, cue.first).strip() == "("
        if left and (is_in_brackets or (cue.property == "rank" and _is_next_clause(sentence, left))):
            left = left._replace(cities=left.cities[-1:])  # `Aalborg (winner) and Nicosia (second)`
        side = _side(sentence, cue, Sides(left, right, used_right))
        if side == "right" and right:
            used_right.add(right.first)
            is_one = cue.value == "winner" and not any(city.year for city in right.cities)
            is_one = is_one and (right.is_aside or _is_next_clause(sentence, right))
            yield cue, right._replace(cities=right.cities[:1]) if is_one else right
            if left and left.is_aside and sentence.within(left.last, cue.first + 1, "other"):
                yield cue, left
        elif side == "left" and left:
            is_own = cue.property == "rank" and sentence.consists_of(
                left.last, cue.first, "place.before", "filler", "list"
            )
            if left.is_aside and len(before) > 1 and not is_own:
                left = before[-2]
            elif left.is_aside and is_own:  # `followed by Espoo in second place`, or so it seems
                left = left._replace(is_closed=False)
            elif left.is_aside and not sentence.within(left.last, cue.first + 1, "other"):
                continue
            yield cue, left


def _is_next_clause(sentence: Sentence, group: Group) -> bool:
    """Whether a comma stands before the `and` of two cities: `the winner was Paris, and Tallinn got ...`."""
    if len(group.cities) < PAIR:
        return False
    start, end = group.cities[0].mention.last, group.cities[1].mention.first
    joints = sentence.within(start, end, "and")
    return bool(joints) and "," in sentence.gap(joints[0].first - 1, joints[0].first)


PAIR = 2


class Sides:
    """The lists of cities before and after a cue, and the lists after cues that are taken already."""

    __slots__ = ("is_left_free", "left", "right", "used")

    def __init__(self, left: Group | None, right: Group | None, used: set[int]) -> None:
        """Keep them, and whether there is a list before the cue that no cue has taken as the one after it."""
        self.left, self.right, self.used = left, right, used
        self.is_left_free = left is not None and left.first not in used


def _side(sentence: Sentence, cue: Cue, sides: Sides) -> str:
    """Return on which side of a cue its cities stand: `left`, `right`, or nothing."""
    left, right = sides.left, sides.right
    if right and right.is_aside and cue.value != "winner":
        right, sides = None, Sides(left, None, sides.used)
    if left and left.last == cue.first and sentence.gap(left.last - 1, cue.first).strip() == "(":
        return "left"
    if cue.side == "after":
        is_named = right and right.cities[0].mention.key == "city"
        return "right" if is_named and right and _is_joined(sentence, cue.last, right.first) else ""
    start, end = sentence.clause(cue.first)
    if (
        right
        and right.first == cue.last
        and cue.side == "either"
        and sentence.words.between(cue.last - 1).lstrip().startswith(PUNCTUATION)
    ):
        return "right"
    if left and left.first < start and not _continues(sentence, left, start):
        left = None
    if right and right.first >= end:
        right = None
    within = Sides(left, right, sides.used)
    return _side_of_verb(sentence, cue, within) if cue.side == "before" else _side_of_noun(sentence, cue, within)


def _side_of_verb(sentence: Sentence, cue: Cue, sides: Sides) -> str:
    """`Nantes won`; in a language that inverts also `In 2019 won Nantes`."""
    if sides.right and sides.right.is_aside:
        sides = Sides(sides.left, None, sides.used)
    is_inverted = sentence.vocabulary.inverts and sides.right and _is_tight(sentence, cue, sides.right)
    if is_inverted and not (sides.left and _is_tight(sentence, cue, sides.left)):
        return "right"
    if sides.left and (sides.is_left_free or not sides.right):
        return "left"
    if sides.right and sentence.vocabulary.inverts and _is_joined(sentence, cue.last, sides.right.first):
        return "right"
    return "left" if sides.left else ""


def _side_of_noun(sentence: Sentence, cue: Cue, sides: Sides) -> str:
    """`the winner Nantes`, `the winner was Nantes`, `Nantes was the winner`."""
    left, right = sides.left, sides.right
    if right and right.first == cue.last and _is_apposition(sentence, right):
        return "right"
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


def _is_apposition(sentence: Sentence, right: Group) -> bool:
    """Whether a city stands between commas: `the winner, Nantes, got ...`."""
    before, after = sentence.gap(right.first - 1, right.first), sentence.words.between(right.last - 1)
    return before.strip() == "," and after.strip()[:1] == ","


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


def _is_bound(sentence: Sentence, cue: Cue, group: Group, rivals: list[Group]) -> bool:
    """Whether grammar says that a cue is about a list of cities and about our award, so that no other may be meant."""
    start = sentence.clause(cue.first)[0]
    low, high = _between(cue, group)
    joints = sentence.within(low, high, "and")
    is_other = (
        sentence.names_stranger(low, high)
        or (joints and "," in sentence.gap(joints[0].first - 1, joints[0].first) and group.last <= cue.first)
        or (len(group.cities) == 1 and cue.value in SEVERAL and _is_counted(sentence, cue))
        or (sentence.starting(cue.first, "placed.verb") and not sentence.has("award", "title", "contest"))
        or sentence.within(group.last, cue.first, "pronoun", "we", "city.generic", "other")
        or sentence.within(group.first, group.last, "or")
        or (group.is_aside and cue.property == "rank")
        or (
            group.last < cue.first
            and cue.value == "winner"
            and cue.side == "either"
            and not _is_told(sentence, low, high)
        )
        or (group.last <= start and sentence.within(group.last, cue.first, "city"))
    )
    if is_other or not is_of_award(sentence, cue):
        return False
    beside = [rival for rival in rivals if rival.first != group.first]
    return not beside or (_is_tight(sentence, cue, group) and not any(_is_tight(sentence, cue, one) for one in beside))


def _is_told(sentence: Sentence, low: int, high: int) -> bool:
    """Whether a noun after a city is said of it: by a verb, or beside it: `Lyon, the winner`."""
    is_beside = high - low <= 1 and sentence.consists_of(low, high, "filler", "list", "nationality", "and")
    return is_beside or bool(sentence.within(low, high, "link", "become", "receive", "announce", "among"))


def _is_tight(sentence: Sentence, cue: Cue, group: Group) -> bool:
    """Whether only words that link stand between a cue and a list of cities, and no comma."""
    low, high = _between(cue, group)
    return sentence.consists_of(low, high, *LINKED) and not set(",;:") & set(sentence.gap(low - 1, high))


def _is_counted(sentence: Sentence, cue: Cue) -> bool:
    """Whether several are counted of which one city is none: `five runners-up`, not `among the five runners-up`."""
    counts = [m for m in sentence.of("number") if m.last == cue.first and m.value > 1]
    return bool(counts) and not sentence.is_among(counts[0].first, cue.last)


def _between(cue: Cue, group: Group) -> tuple[int, int]:
    return (group.last, cue.first) if group.last <= cue.first else (cue.last, group.first)


def _is_said(sentence: Sentence, cue: Cue, group: Group) -> bool:
    """Whether a cue is what a sentence says of its cities, not a word for them: `was the winner`, `won`."""
    low, high = _between(cue, group)
    return (
        cue.side != "either" or cue.property == "rank" or bool(sentence.within(low, high, "link", "become", "receive"))
    )


def is_of_award(sentence: Sentence, cue: Cue) -> bool:
    """Whether what is won can only be our award: no unknown name follows, no unknown thing that is won, or won in."""
    start, end = sentence.clause(cue.first)
    names_award = bool(sentence.within(start, end, "award", "title"))
    is_any_prize = cue.side == "before" and not names_award and sentence.within(cue.first, cue.last, "prize")
    is_ordinal = cue.property == "rank" and sentence.starting(cue.last, "edition.noun", "nationality")
    if is_any_prize or is_ordinal:  # a prize; the second time, the third Finnish one
        return False
    number, is_linked, is_predicate = cue.last, False, False
    for _ in range(FAR):
        if number >= end or set(",.;:()–") & set(sentence.words.between(number - 1)):
            return True
        found = sentence.beginning.get(number, ())
        if any(m.key in OF_AWARD for m in found):
            return True
        is_in = sentence.words.folded[number].endswith(sentence.vocabulary.place_endings or "\0") and not names_award
        is_object = not found and (is_in or is_linked or (cue.side == "before" and not names_award))
        is_object |= cue.side == "before" and not names_award and any(m.key == "prize" for m in found)
        if sentence.names_stranger(number, number + 1) or (is_object and not is_predicate):
            return False
        if is_linked and not names_award and any(m.key == "nationality" for m in found):
            return False
        is_predicate = is_predicate or any(m.key in {"link", "become"} for m in found)
        is_linked = any(m.key in LINKING for m in found) or (is_linked and any(m.key == "filler" for m in found))
        number = max([number + 1, *(m.last for m in found)])
    return True


def _is_past(sentence: Sentence, cue: Cue) -> bool:
    """Whether what a cue says was so earlier, in an edition that is not named: `had been a runner-up`."""
    return any(0 <= cue.first - m.last <= PAST for m in sentence.of("earlier"))


def _years_of(sentence: Sentence, cue: Cue) -> list[Mention]:
    """Return the years of a list, where a clause has no other: `a runner-up in 2019, 2020 and 2022`."""
    start, end = sentence.clause(cue.first)
    years = [m for m in sentence.of("year") if start <= m.first < end]
    is_list = len(years) > 1 and all(
        other.first - one.last <= 1 and sentence.consists_of(one.last, other.first, "and")
        for one, other in pairwise(years)
    )
    return years if is_list else []


def _claims(sentence: Sentence, state: State, cue: Cue, group: Group, years: list[Mention] | None) -> Iterator[Claim]:
    if sentence.is_doubtful(cue.first):
        return
    is_said, is_earlier = _is_said(sentence, cue, group), sentence.has("earlier", "last-year")
    category = cue.category or state.category_of(sentence, cue.first)
    is_past = _is_past(sentence, cue) and not sentence.years
    cities = (group.first, group.last)
    datings: dict[Mention | None, Dating] = {}  # by the year of a city; most have none
    for place, city in enumerate(group.cities):
        if sentence.is_doubtful(city.mention.first):
            continue
        year = city.year or (years[place] if years else None)
        if year not in datings:
            datings[year] = state.edition_of(sentence, year, (cue.first, cue.last), is_said=is_said, cities=cities)
        dating = datings[year]
        is_clear = city.is_clear and (group.is_closed or group.first > cue.first or city is group.cities[-1])
        is_list = cue.value == "winner" and len(group.cities) > 1 and not (year or years)
        given = {
            "city": city.mention.value,
            "edition": None if is_list else dating.edition,  # several winners are of several editions
            "is_sure": dating.is_sure,
            "is_explicit": dating.is_explicit,
            "editions": state.editions,
            "is_indirect": dating.is_indirect,
            "is_dated": dating.is_bound,
            "is_earlier": is_earlier,
            "is_past": is_past,
            "last": state.last_edition,
            "category": category,
            "is_title": cue.category is not None,
        }
        own = (city.mention.first, city.mention.last)
        is_several = len(group.cities) == 1 and cue.property == "status" and cue.value != "winner"
        run = _years_of(sentence, cue) if is_several else []
        for one in run:
            edition = state.edition_for(one) or f"?{one.value}"
            several = given | {"edition": edition, "is_explicit": True, "is_sure": True, "is_dated": True}
            span = (one.first, one.last)
            words = (min(cue.first, one.first), max(cue.last, one.last))
            yield Claim(cue.property, cue.value, several, words, span, is_clear)
        if run:
            continue
        if len(group.cities) == 1:
            words = (min(own[0], cue.first), max(own[1], cue.last))
            yield Claim(cue.property, cue.value, given, words, (cue.first, cue.last), is_clear)
        else:
            yield Claim(cue.property, cue.value, given, own, own, is_clear)
