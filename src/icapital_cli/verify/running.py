"""Claims about an edition: when, where, at what event, how many applied, from how many countries, how many placed."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from icapital_cli.verify.cues import Cue
from icapital_cli.verify.editions import ONLINE
from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.sentence import Claim, Sentence
from icapital_cli.verify.standing import is_of_award
from icapital_cli.verify.state import State

NEAR = 3
COUNTED = ("runner-up", "finalist", "semi-finalist", "winner")


def claims_of(sentence: Sentence, state: State, cues: list[Cue]) -> Iterator[Claim]:
    """Yield the claims on an edition."""
    claims = [*_dates(sentence, state, cues)] if sentence.has("date") else []
    claims += _places(sentence, state, cues)
    claims += _events(sentence, state, cues)
    if sentence.has("number", "ordinal"):
        claims += [*_applications(sentence, state), *_counts(sentence, state), *_ordinals(sentence, state)]
    if sentence.has("organisation", "year"):
        claims += [*_organisers(sentence, state), *_since(sentence, state)]
    for claim in claims:
        if not sentence.is_doubtful(claim.mark[0]):
            yield claim


def _claim(
    sentence: Sentence, state: State, property_: str, mention: Mention, *, is_bound: bool = True, **more: Any
) -> Claim:
    span = (mention.first, mention.last)
    dating = state.edition_of(sentence, None, span, is_said=True)
    given = {"edition": dating.edition, "is_sure": dating.is_sure, "editions": state.editions} | more
    is_bound = is_bound and dating.is_bound and not dating.is_indirect
    return Claim(property_, mention.value, given, span, span, is_bound)


def _is_of_ceremony(sentence: Sentence, mention: Mention, cues: list[Cue]) -> bool:
    """Whether the award, its winner or the ceremony is what a clause with a date or a place is about."""
    start, end = sentence.clause(mention.first)
    said = [m for m in sentence.within(start, end, "announce") if not sentence.starting(m.first, "happen")]
    told = [mention.first for mention in sentence.within(start, end, *CEREMONIAL)]
    told += [cue.first for cue in cues if start <= cue.first < end and is_of_award(sentence, cue)]
    is_labelled = any(
        verb.first == sentence.first and sentence.gap(verb.last - 1, verb.last)[:1] == ":" for verb in said
    )
    return (
        is_labelled
        or len(said) > 1
        or any(sentence.within(verb.last, verb.last + 2, "happen") for verb in said)
        or any(first < verb.first or first - verb.last <= 1 for verb in said for first in told)
    )


CEREMONIAL = ("award", "title", "contest", "prize")


def _dates(sentence: Sentence, state: State, cues: list[Cue]) -> Iterator[Claim]:
    winners = [cue.first for cue in cues if cue.value == "winner"]
    said = [*(m.first for m in sentence.of("announce")), *winners]
    for mention in sentence.of("date"):
        start, end = sentence.clause(mention.first)
        is_said = any(start <= number < end for number in said) or _is_label(sentence, mention)
        is_alone = len(sentence.within(start, end, "date")) == 1 and not _is_of_range(sentence, mention)
        is_bound = (
            is_said
            and is_alone
            and (
                any(cue.value == "winner" and cue.side != "either" and is_of_award(sentence, cue) for cue in cues)
                or _is_of_ceremony(sentence, mention, cues)
            )
        )
        is_award = is_said and not sentence.has("deadline", "step") and not _is_label(sentence, mention)
        steps = () if is_award or not is_alone else _steps_of(sentence, mention)
        is_bound = is_bound or bool(steps)
        more = {"is_award": is_award, "steps": steps, "is_weak": not (is_said or steps)}
        yield _claim(sentence, state, "date", mention, is_bound=is_bound, **more)


def _steps_of(sentence: Sentence, date: Mention) -> tuple[str, ...]:
    """Return the step of an edition that a clause dates, and what may be meant by it: its deadline, its shortlist."""
    start, end = sentence.clause(date.first)
    named = {m.value for m in sentence.within(start, end, "step")}
    chosen = [
        m for m in sentence.within(start, end, "semi-finalist", "finalist") if sentence.within(start, end, "announce")
    ]
    if len(named) == 1 and not chosen:
        return tuple(named)
    return STEPS_OF_STATUS[chosen[0].key] if chosen and not named else ()


STEPS_OF_STATUS = {"semi-finalist": ("shortlist",), "finalist": ("final", "shortlist")}


def _is_label(sentence: Sentence, date: Mention) -> bool:
    """Whether a line begins with a date and a dash or a colon: `7 November: the award is given`."""
    after = sentence.words.between(date.last - 1).lstrip(". ")[:1]
    is_first = sentence.consists_of(sentence.first, date.first, "filler", "list", "number", "place.before")
    return is_first and date.first - sentence.first <= 1 and after in {"–", "—", "-", ":"}


def _is_of_range(sentence: Sentence, mention: Mention) -> bool:
    """Whether a date is the end of several days: `3 and 4 September`, `24-26 September`."""
    return any(0 <= mention.first - m.last <= 1 for m in sentence.of("number", "ordinal", "digits"))


def _places(sentence: Sentence, state: State, cues: list[Cue]) -> Iterator[Claim]:
    is_said = sentence.has("announce")
    if not (is_said or sentence.has("date", "title", "award") or cues):
        return
    found = [
        mention
        for mention in sentence.of("city")
        if sentence.is_place(mention) and not any(m.last == mention.first - 1 for m in sentence.of("city.noun"))
    ]
    labels = [m for m in sentence.of("announce") if sentence.gap(m.last - 1, m.last).strip() == ":"]
    labelled = [mention for label in labels for mention in sentence.within(label.last, label.last + 1, "city")]
    found += [m for m in labelled if not sentence.starting(m.last, "become")]  # `Result: Athens is the winner`
    found += [mention._replace(value=ONLINE) for mention in sentence.of("online")]
    cities = [m for m in sentence.of("city") if m.value[0] != "?"] if sentence.has("date") else []
    found += [mention for mention in cities if mention not in found and _is_beside_date(sentence, mention)]
    for mention in (*sentence.of("place.before"), *labels):
        number = mention.last
        word = sentence.words.folded[number] if number < sentence.last else ""
        is_place = word in state.knowledge.place_words and word not in NOT_PLACES and sentence.words.is_capital(number)
        if is_place and not any(m.first <= number < m.last for m in sentence.of("city", "country")):
            found.append(Mention("place", word, number, number + 1))
    for mention in found:
        is_bound = is_said and len(found) == 1 and _is_of_ceremony(sentence, mention, cues)
        is_bound = is_bound and _is_told_of(sentence, mention)
        yield _claim(sentence, state, "place", mention, is_bound=is_bound, is_weak=not is_said)


def _is_told_of(sentence: Sentence, place: Mention) -> bool:
    """Whether a place is that of what is announced: no comma parts them, unless a date stands beside it."""
    said = sentence.of("announce")
    gaps = [
        sentence.gap(m.last - 1, place.first) if m.first < place.first else sentence.gap(place.last - 1, m.first)
        for m in said
    ]
    return any("," not in gap for gap in gaps) or _is_beside_date(sentence, place)


def _is_beside_date(sentence: Sentence, city: Mention) -> bool:
    """Whether a city and a date stand side by side, as at the head of a notice: `Turin, 4 December 2025`."""
    after, before = sentence.words.between(city.last - 1), sentence.gap(city.first - 1, city.first)
    return (after.strip() == "," and sentence.starting(city.last, "date") is not None) or (
        before.strip() == "," and any(m.last == city.first for m in sentence.of("date"))
    )


NOT_PLACES = {"the", "with"}  # words of places that are none


def _events(sentence: Sentence, state: State, cues: list[Cue]) -> Iterator[Claim]:
    folded, seen, names = sentence.words.folded, set(), state.knowledge.events_by_word
    for number in [n for n in range(sentence.first, sentence.last) if folded[n] in names]:
        for name in names[folded[number]]:
            end = number + len(name)
            if (
                end <= sentence.last
                and name not in seen
                and tuple(folded[number : end - 1]) == name[:-1]
                and folded[end - 1].startswith(name[-1][:STEM_OF_EVENT])
            ):
                seen.add(name)
                mention = Mention("event", name, number, end)
                yield _claim(sentence, state, "event", mention, is_bound=_is_of_ceremony(sentence, mention, cues))


STEM_OF_EVENT = 6  # letters of the last word of an event, which may be inflected


def _applications(sentence: Sentence, state: State) -> Iterator[Claim]:
    """Yield how many applied, and from how many countries: `28 cities from 16 countries applied`, `Applicants: 28`."""
    cues = sentence.of("applications")
    pairs = {} if state.initiatives or sentence.has("initiative") else _pairs_of(sentence)
    for mention in sentence.of("number") if cues or pairs else ():
        property_ = pairs.get(mention.first) or (_what_applied(sentence, mention, cues) if cues else None)
        if property_:
            more = 1 if sentence.starting(mention.last, "other") else 0
            told = mention._replace(value=mention.value + more)
            qualifier = _qualifier(sentence, mention)
            is_bound = bool(cues) and _is_of_contest(sentence, mention)
            is_bound = is_bound and (sentence.names_award or not state.initiatives)
            yield _claim(sentence, state, property_, told, is_bound=is_bound, qualifier=qualifier)


def _pairs_of(sentence: Sentence) -> dict[int, str]:
    """Return the numbers of cities from a number of countries, by their first words: `28 cities from 16 countries`."""
    found: dict[int, str] = {}
    for one, other in pairwise(sentence.of("number")):
        city = sentence.within(one.last, one.last + 2, "city.noun", "applications")
        country = sentence.within(other.last, other.last + 2, "country.noun")
        linked = city and country and sentence.consists_of(city[0].last, other.first, "list", "place.before", "filler")
        if linked and one.value > 1:
            found |= {one.first: "applications", other.first: "applications_countries"}
    return found


def _what_applied(sentence: Sentence, mention: Mention, cues: list[Mention]) -> str | None:
    """Return the property that a number of applications, or of countries, is of."""
    if not isinstance(mention.value, int) or mention.value <= 1:
        return None
    if any(abs(mention.first - m.last) <= 1 for m in sentence.of("top.before", "top.after")):
        return None
    if sentence.within(mention.last, mention.last + 2, "country.noun") or _is_label_of(
        sentence, sentence.of("country.noun"), mention
    ):
        return "applications_countries"
    noun = sentence.within(mention.last, mention.last + NEAR, "city.noun", "applications")
    is_near = bool(noun) and (noun[0].key == "applications" or min(abs(c.first - mention.last) for c in cues) <= FAR)
    if is_near and not sentence.within(mention.last, noun[0].last, "top.after", *COUNTED):
        return "applications"
    is_counted = sentence.within(mention.last, mention.last + 2, "unit", "currency", "city.noun", *COUNTED)
    return "applications" if _is_label_of(sentence, cues, mention) and not is_counted else None


def _is_label_of(sentence: Sentence, nouns: list[Mention], mention: Mention) -> bool:
    """Whether a noun stands before its number: `Applicants: 28`, `Hakijoita oli tuolloin 57`."""
    return any(
        (noun.last == mention.first or sentence.within(noun.last, mention.first, "link"))
        and sentence.consists_of(noun.last, mention.first, *BEFORE_A_NUMBER)
        and "," not in sentence.gap(noun.last - 1, mention.first)
        for noun in nouns
        if 0 <= mention.first - noun.last <= NEAR
    )


BEFORE_A_NUMBER = ("link", "same-year", "filler", "qualifier", "become", "city.noun")
FAR = 12


def _is_of_contest(sentence: Sentence, mention: Mention) -> bool:
    """Whether those who apply are cities that want the award: it is named, or they are."""
    beside = (mention.first - 1, mention.last)
    if sentence.has("initiative", "use") or any(sentence.starting(number, "or") for number in beside):
        return False
    is_told = any(-NEAR <= cue.first - mention.last <= 2 * NEAR for cue in sentence.of("applications"))
    near = sentence.within(mention.last, mention.last + NEAR, "city.noun", "country.noun")
    is_of_cities = bool(near) or sentence.has("award", "title", "contest") or not sentence.has("city", "city.generic")
    return is_of_cities and (is_told or bool(sentence.within(mention.last, mention.last + NEAR, "country.noun")))


def _qualifier(sentence: Sentence, mention: Mention) -> str | None:
    return next((str(m.value) for m in sentence.of("qualifier") if m.last == mention.first), None)


def _counts(sentence: Sentence, state: State) -> Iterator[Claim]:
    """Yield how many cities there were of a status: `five runners-up`, `12 finalists`, `twelve became finalists`."""
    for mention in sentence.of("number"):
        if not isinstance(mention.value, int) or not 1 < mention.value <= MOST:
            continue
        after = sentence.within(mention.last, mention.last + NEAR, *COUNTED)[:1]
        after = [m for m in after if sentence.consists_of(mention.last, m.first, *BEFORE_A_STATUS)]
        before = [m for m in sentence.of(*COUNTED) if _is_label_of(sentence, [m], mention)][-1:]
        within = sentence.within(*sentence.clause(mention.first), *COUNTED)
        is_of_cities = sentence.starting(mention.last, "city.noun") is not None and len({m.key for m in within}) == 1
        beside = within[:1] if is_of_cities and not sentence.has("applications") else []
        for status in after or before or beside:
            if status.key == "winner" or sentence.within(mention.last, mention.last + 1, "unit", "country.noun"):
                continue
            category = state.category_of(sentence, mention.first)
            whole = mention._replace(first=min(mention.first, status.first), last=max(mention.last, status.last))
            is_bound = status not in beside and not sentence.within(mention.first, whole.last, "other")
            is_bound = is_bound and not sentence.has("nationality", "country")  # `there were two Finnish finalists`
            yield _claim(sentence, state, "count", whole, is_bound=is_bound, status=status.key, category=category)


BEFORE_A_STATUS = ("city.noun", "become", "link", "receive", "filler", "nationality", "list")
MOST = 40


def _ordinals(sentence: Sentence, state: State) -> Iterator[Claim]:
    """Yield which edition it is, and how many there were: `the third edition`, `eleven editions`."""
    if sentence.of("city") and not sentence.names_award:
        return
    for mention in sentence.of("ordinal", "number"):
        noun = sentence.within(mention.last, mention.last + 2, "edition.noun")
        value = int(mention.value) if str(mention.value).isdigit() else 0
        if not noun or value <= (mention.key == "number"):
            continue
        whole = mention._replace(value=value, last=noun[0].last)
        is_bound = any(_is_beside(sentence, whole, m) for m in sentence.of("award", "title", "contest"))
        is_bound = is_bound or _is_all(sentence, whole)
        is_bound = is_bound and value > 1  # `the first time that ...`
        is_ordinal = mention.key == "ordinal" or sentence.words.between(mention.last - 1)[:1] == "."
        yield _claim(sentence, state, "ordinal" if is_ordinal else "editions", whole, is_bound=is_bound)


def _is_all(sentence: Sentence, edition: Mention) -> bool:
    """Whether a short clause says nothing else: `It is the third edition`."""
    start, end = sentence.clause(edition.first)
    is_last = edition.last >= end or sentence.words.between(edition.last - 1).strip()[:1] in {".", ",", ";"}
    is_told = bool(sentence.within(start, edition.first, "become"))
    return is_last and is_told and not sentence.strangers and edition.first - start <= NEAR + 1


def _is_beside(sentence: Sentence, mention: Mention, award: Mention) -> bool:
    """Whether only words that link stand between an edition and the award: `the third edition of the award`."""
    low, high = (mention.last, award.first) if mention.first < award.first else (award.last, mention.first)
    return low > high or sentence.consists_of(low, high, "filler", "list", "year", "place.before", "award.head")


def _organisers(sentence: Sentence, state: State) -> Iterator[Claim]:
    if not sentence.names_award and not sentence.has("contest"):
        return
    for mention in sentence.of("organisation"):
        near = [
            m
            for m in sentence.of("organiser")
            if abs(mention.first - m.last) < NEAR or abs(m.first - mention.last) < NEAR
        ]
        owns = sentence.within(mention.last, mention.last + 3, "award.head", "contest", "award", "title", "prize")
        if near or owns:
            yield _claim(sentence, state, "organiser", mention)


def _since(sentence: Sentence, state: State) -> Iterator[Claim]:
    if not sentence.names_award or sentence.has("initiative"):
        return
    is_about_award = sentence.has("organiser", "announce", "award.head") and not sentence.of("city")
    for mention in sentence.of("year") if is_about_award else ():
        if any(0 <= mention.first - m.last <= 1 for m in sentence.of("since")):
            yield _claim(sentence, state, "since", mention)
