"""The cities that a sentence is about, in lists: `Antwerp (Belgium), Bristol and Glasgow`, each perhaps with a year."""

from collections.abc import Iterator
from typing import NamedTuple

from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.sentence import DASH, Sentence
from icapital_cli.verify.state import State

IN_A_LIST = (
    *("and", "country", "list", "place.before", "city.noun", "year", "filler", "nationality", "respectively"),
    *("organisation-of-city", "number", "city.generic"),
)
NEAR = 2  # words between a city and its year, or a post
GROUP = 7  # words between two cities of one list


class City(NamedTuple):
    """A city in a list: the mention, a year of its own, and whether it can be no other: `the city` may be."""

    mention: Mention
    year: Mention | None
    is_clear: bool = True


class Group(NamedTuple):
    """Cities of one list."""

    cities: list[City]
    first: int
    last: int
    is_aside: bool = False
    is_closed: bool = True  # whether an `and` joins its last city


def groups_of(sentence: Sentence, state: State) -> list[Group]:
    """Return the lists of cities in a sentence, without those that are only places or belong to a post."""
    if sentence.groups is None:
        sentence.groups = _groups(sentence, state)
    return sentence.groups


def _groups(sentence: Sentence, state: State) -> list[Group]:
    groups: list[Group] = []
    for mention in _cities(sentence, state):
        is_clear = mention.key == "city" or (
            state.is_own_city_clear if sentence.starting(mention.first, "we") else state.is_city_clear
        )
        city = City(mention, own_year(sentence, mention), is_clear)
        end = city.year.last if city.year else mention.last + bool(sentence.code_after(mention))
        last = groups[-1] if groups else None
        if last and _is_list(sentence, last.last, mention.first):
            if mention.value not in {one.mention.value for one in last.cities}:
                last.cities.append(city)
            is_closed = bool(sentence.within(last.last, mention.first, "and"))
            groups[-1] = last._replace(last=end, is_closed=is_closed)
        else:
            groups.append(Group([city], mention.first, end, _is_aside(sentence, mention)))
    return [
        group._replace(is_aside=True) if sentence.starting(group.last, "besides.after") else group for group in groups
    ]


def _unknown(sentence: Sentence) -> Iterator[Mention]:
    """Yield names that the facts do not have, in the middle or at the end of a list of cities."""
    if not sentence.has("city"):
        row = range(sentence.first, sentence.last if sentence.is_row else sentence.first)
        named = [n for n in row if sentence.words.is_name(n)]
        alone = [n for n in named if not sentence.beginning.get(n) and sentence.is_cell(n, n + 1)]
        for number in alone[:1]:
            yield Mention("city", f"?{sentence.words.spelled(number)}", number, number + 1)
        return
    ends = {mention.last + bool(sentence.code_after(mention)) for mention in sentence.of("city")}
    firsts = {mention.first for mention in sentence.of("city")}
    joints = {mention.last: mention.first for mention in sentence.of("and")}
    for number in sentence.strangers:
        before, after = sentence.words.between(number - 1).strip(), sentence.words.between(number).strip()
        is_last = joints.get(number) in ends
        is_within = number in ends and before == "," and (after == "," or sentence.starting(number + 1, "and"))
        follows = number + 1 in firsts or any(joint == number + 1 and last in firsts for last, joint in joints.items())
        if (is_last and not follows and after[:1] in {"", ".", ",", ";", ")"} and not _goes_on(sentence, number)) or (
            is_within and follows
        ):
            yield Mention("city", f"?{sentence.words.spelled(number)}", number, number + 1)


def _goes_on(sentence: Sentence, number: int) -> bool:
    """Whether a name has another word: a person, not a city."""
    return number + 1 < sentence.last and sentence.words.is_name(number + 1)


def _is_aside(sentence: Sentence, mention: Mention) -> bool:
    """Whether a city is only named beside another one: `ahead of Turin`, `Lyon beat Turin`."""
    is_object = not set(",;:") & set(sentence.gap(mention.first - 1, mention.first))
    beaten = [m for m in sentence.of("winner.before") if m.last == mention.first and is_object]
    if beaten and sentence.within(sentence.clause(mention.first)[0], beaten[0].first, "city", "we", "city.generic"):
        return True
    return any(
        0 <= mention.first - m.last <= 1 or (0 < mention.first - m.last <= NEAR and not sentence.has("winner"))
        for m in sentence.of("besides")
        if m.last <= mention.first and ":" not in sentence.gap(mention.first - 1, mention.first)
    )


# What follows an article, of a language in which it is a pronoun too: `den 24 september`.
AFTER_AN_ARTICLE = (
    *("date", "number", "ordinal", "year", "other", "city.noun", "contest", "category", "title", "award", "prize"),
    *("nationality", "edition.noun", "rank"),
)


def _cities(sentence: Sentence, state: State) -> Iterator[Mention]:
    taken = -1
    capitals = [m for n in sentence.of("nationality") if (m := sentence.starting(n.last, "capital.noun"))]
    pronouns = [m for m in sentence.of("pronoun") if not sentence.of("city") or sentence.of("city")[0].first > m.first]
    pronouns = [m for m in pronouns if not sentence.starting(m.last, *AFTER_AN_ARTICLE)]
    counts = {m.last for m in sentence.of("number")}
    generic = [m for m in sentence.of("city.generic") if m.first not in counts]  # `32 kaupunkia`
    found = [*sentence.of("city", "we"), *generic, *capitals, *pronouns[:1], *_unknown(sentence)]
    for mention in sorted(found, key=lambda m: m.first):
        if mention.first < taken:
            continue
        if mention.key != "city":
            near = sentence.within(mention.last, mention.last + NEAR, "city")
            city = state.city if mention.key == "we" else state.city_before()
            is_named = any(0 <= mention.first - m.last < NEAR for m in sentence.of("city"))
            if near or is_named or city is None or sentence.is_place(mention):
                continue
            taken = mention.last
            yield mention._replace(value=city)
            continue
        if sentence.is_place(mention) or is_of_post(sentence, mention):
            continue
        taken = mention.last
        yield mention


def is_of_post(sentence: Sentence, mention: Mention) -> bool:
    """Whether a city stands beside a title, so that it is where somebody has a post."""
    after = sentence.within(mention.last, mention.last + NEAR, "role")
    before = [m for m in sentence.of("role") if 0 <= mention.first - m.last <= NEAR]
    return bool(after or before)


def own_year(sentence: Sentence, mention: Mention) -> Mention | None:
    """Return the year that follows a city at once: `Paris (2017)`, `Barcelona in 2014`, `Barcelona vuonna 2014`."""
    number = mention.last
    for _ in range(NEAR + 1):
        if number >= sentence.last or not {",", ";"}.isdisjoint(sentence.words.between(number - 1)):
            return None
        year = sentence.starting(number, "year", "span")
        if year:
            return year
        step = sentence.starting(number, "list", "place.before", "filler", "country")
        if step is None:
            return None
        number = step.last
    return None


def _is_list(sentence: Sentence, end: int, start: int) -> bool:
    if start - end > GROUP or start < end:
        return False
    between = sentence.gap(end - 1, start)
    if DASH.search(between) or "." in between or ":" in between:
        return False
    if not sentence.consists_of(end, start, *IN_A_LIST) or sentence.within(end, start, "ordinal", "rank", "apart"):
        return False
    return "," in between or bool(sentence.within(end, start, "and")) or "/" in between or "\n" in between
