"""Values that no wording explains, but that the facts hold of what the document is about: these agree.

A city of the edition, the day of a step, the sum of a prize, a figure of an initiative, the country of a city. No such
value is ever said to differ, since only words can tell what a wrong one would be of; a number beside an initiative of
which the facts have other figures is unknown.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from icapital_cli.store.facts import Doc
from icapital_cli.verify import editions as judged
from icapital_cli.verify.editions import is_same_day
from icapital_cli.verify.groups import groups_of, is_of_post, own_year
from icapital_cli.verify.judge import AGREES, TOOK_PART, UNKNOWN, Verdict, unclear, weigh
from icapital_cli.verify.knowledge import PLACED, STAGES, STEM
from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.money import LEAST_SUM, SMALLEST, is_other_money
from icapital_cli.verify.outliers import are_paid
from icapital_cli.verify.sentence import Claim, Sentence
from icapital_cli.verify.state import State

Found = tuple[Claim, Verdict]
LEAST = 10  # a count that is hardly met by chance
MOST_CITIES = 40  # in a stage of an edition
SPECIFIC = 100  # a figure that is hardly met by chance, whatever is counted
SHORT = 5  # words of an answer
NEAR = 3
SHARED = 2  # words of a purpose that a sentence has too
OF_AWARD = (
    *("contest", "prize", "rank", "runner-up", "finalist", "semi-finalist", "winner", "winner.before", "winner.after"),
    *("placed", "year", "applications"),
)
TELLS_A_PLACE = (
    "first.to",
    "winner",
    "winner.before",
    "winner.after",
    "runner-up",
    "rank",
    "placed",
    "placed.verb",
    "besides",
)
COUNTED = {"applications": ("applications", "city.noun"), "applications_countries": ("country.noun",)}


def claims_of(sentence: Sentence, state: State, told: list[Found]) -> Iterator[Found]:
    """Yield the values of a sentence that agree, but for those of which something has been told."""
    said = [claim for claim, _ in told]
    taken = {number for claim in said for number in range(*claim.mark)}
    cities = {claim.given.get("city") for claim in said if claim.property in {"status", "rank"}}
    editions = _editions(sentence, state)
    for mention in sentence.mentions:
        find = FINDERS.get(mention.key)
        if find is None or mention.first in taken or sentence.is_doubtful(mention.first):
            continue
        if mention.key == "city":
            if mention.value in cities:
                continue
            cities.add(mention.value)
        yield from find(sentence, state, mention, editions)
    if sentence.has("organisation", "announce", "date") and not any(claim.property == "event" for claim in said):
        yield from _event(sentence, state, editions)
    if sentence.has("use"):
        yield from _purpose(sentence, state, editions)
    if sentence.has("city.noun") and sentence.has("award", "title", "contest", "prize", "organisation", "pronoun"):
        yield from _purpose_of_award(sentence, state)


def _editions(sentence: Sentence, state: State) -> list[str]:
    """Return the editions that a sentence may be about: those of its years, else that of the text before it."""
    own = [edition for year in sentence.years if (edition := state.edition_for(year))]
    near = [state.label, None if sentence.is_new_paragraph else state.last_edition, state.edition]
    found = list(dict.fromkeys(own or [one for one in near if one]))
    later = [next_one for one in found for next_one in state.after(one)] if sentence.has("next-year") else []
    return [*found, *later]


def _claim(property_: str, value: Any, edition: str, mention: Mention, **more: Any) -> Claim:
    """Make a claim of a value in an edition, at its place."""
    span = (mention.first, mention.last)
    return Claim(property_, value, {"edition": edition} | more, span, span, is_bound=False)


def _city(sentence: Sentence, state: State, mention: Mention, editions: list[str]) -> Iterator[Found]:
    """Yield that a city took part in an edition, or that it is where the edition was announced."""
    is_place = sentence.is_place(mention)
    if _is_dateline(sentence, mention) and (found := list(_place(state, mention, editions))):
        yield from found
        return
    if not (is_place or is_of_post(sentence, mention)) and _is_of_award(sentence):
        year = own_year(sentence, mention)
        own = [state.edition_for(year)] if year else editions
        for edition in own:
            result = state.knowledge.result(edition, mention.value) if edition else None
            if edition and result and _may_be(sentence, mention, result):
                claim = _claim("status", TOOK_PART, edition, mention, city=mention.value)
                verdict = Verdict(AGREES, result["status"], result["id"], TOOK_PART)
                yield claim, weigh(state.knowledge, result["id"], ("edition",), None, verdict)
                return
    if is_place or sentence.has("date", "announce", "online") or sentence.last - sentence.first <= SHORT:
        yield from _place(state, mention, editions)


def _is_dateline(sentence: Sentence, city: Mention) -> bool:
    """Whether a city stands at the head of a notice: `TURIN - Aalborg won`, `LISSABON`."""
    is_alone = sentence.last - city.last == 0 and sentence.words.spelled(city.first).isupper()
    return city.first == sentence.first and (
        is_alone or sentence.words.between(city.last - 1).strip() in {"–", "—", "-"}
    )


def _is_of_award(sentence: Sentence) -> bool:
    """Whether a sentence may tell of the award: it names it, or a place, several cities, or hardly more than one."""
    is_answer = sentence.last - sentence.first <= SHORT
    return sentence.names_award or sentence.has(*OF_AWARD) or len(sentence.of("city")) > 1 or is_answer


def _may_be(sentence: Sentence, city: Mention, result: Doc) -> bool:
    """Whether a result is one of the places of which a clause tells, or the clause tells of none."""
    first, last = sentence.clause(city.first)
    told = {m.key for m in sentence.within(first, last, *TELLS_A_PLACE)}
    if are_paid(sentence, city):
        told.add("placed")
    ranks = {m.value for m in sentence.within(first, last, "rank")}
    if not told:
        return True
    return (
        (result["status"] == "winner" and not told.isdisjoint(("winner", "winner.before", "winner.after", "first.to")))
        or (result["status"] in PLACED and not told.isdisjoint(("placed", "placed.verb", "besides")))
        or (result["status"] == "runner-up" and "runner-up" in told)
        or str(result.get("rank")) in ranks
        or any(STAGES[result["status"]] <= STAGES[m.key] for m in sentence.within(first, last, *LISTED))
    )


LISTED = ("finalist", "semi-finalist")


def _place(state: State, mention: Mention, editions: list[str]) -> Iterator[Found]:
    """Yield that an edition was announced in a city."""
    names = state.knowledge.names(mention.value)
    for edition in editions:
        if not names.isdisjoint(state.knowledge.places[edition]):
            place = state.knowledge.editions[edition]["place"]
            yield _claim("place", mention.value, edition, mention), Verdict(AGREES, place, edition)
            return


def _country(sentence: Sentence, state: State, mention: Mention, _: list[str]) -> Iterator[Found]:
    """Yield that a city of the sentence, or the one before it, is in a country: `the Danish city`, `Spain's Aviles`."""
    near = [m.value for m in sentence.of("city")]
    beside = [m.value for m in sentence.within(mention.last, mention.last + NEAR, "city")]
    for city in beside[:1] or (near if len(set(near)) == 1 else [] if near else state.near_cities):
        country = state.knowledge.countries.get(city)
        if country == mention.value and state.knowledge.of_city(city):
            span = (mention.first, mention.last)
            claim = Claim("country", mention.value, {"city": city}, span, span, is_bound=False)
            yield claim, Verdict(AGREES, country, city)
            return


def _date(sentence: Sentence, state: State, mention: Mention, editions: list[str]) -> Iterator[Found]:
    """Yield the day of a step of an edition; of the step that the sentence names, if it names one."""
    for edition in editions:
        day = str(state.knowledge.editions[edition].get("date", ""))
        steps = state.knowledge.steps.get(edition, ())
        named = {m.value for m in sentence.of("step")}
        days = () if named else ((edition, day),)
        for fact, known in (
            *days,
            *((step["id"], step["date"]) for step in steps if step["step"] in (named or {step["step"]})),
        ):
            if known and is_same_day(mention.value, known):
                yield _claim("date", mention.value, edition, mention), Verdict(AGREES, known, fact)
                return


def _month(sentence: Sentence, state: State, mention: Mention, editions: list[str]) -> Iterator[Found]:
    """Yield the month of a step of an edition."""
    yield from _date(sentence, state, mention._replace(value=f"--{int(mention.value):02}"), editions)


def _weekday(sentence: Sentence, state: State, mention: Mention, editions: list[str]) -> Iterator[Found]:
    """Yield that an edition was announced on a day of the week."""
    if sentence.has("date", "step", "deadline") or len(sentence.of("weekday")) > 1:
        return
    if not sentence.has("announce", *OF_AWARD):
        return
    for edition in editions:
        day = str(state.knowledge.editions[edition].get("date", ""))
        if len(day) == len("2019-09-25") and date.fromisoformat(day).isoweekday() == int(mention.value):
            yield _claim("date", day, edition, mention), Verdict(AGREES, day, edition)
            return


def _year(sentence: Sentence, state: State, mention: Mention, _: list[str]) -> Iterator[Found]:
    """Yield since when there has been the award, or a category of it."""
    award = state.knowledge.kind("awards")[state.knowledge.award]
    is_first = sentence.has("first") and sentence.has(
        "award", "title", "contest", "prize"
    )  # `given for the first time`
    is_since = any(0 <= mention.first - m.last <= 1 for m in sentence.of("since"))
    if (is_since or is_first) and not sentence.has("initiative") and award.get("since", "")[:4] == mention.value:
        verdict = Verdict(AGREES, award["since"], award["id"])
        yield (
            _claim("since", mention.value, "", mention),
            weigh(state.knowledge, award["id"], ("since",), None, verdict),
        )
    elif (
        sentence.has("since") and sentence.has("category", "title") and mention.value in state.knowledge.first_editions
    ):
        yield _claim("since", mention.value, "", mention), Verdict(AGREES, mention.value, mention.value)


def _money(sentence: Sentence, state: State, mention: Mention, editions: list[str]) -> Iterator[Found]:
    """Yield the sum of a prize of a city near it, where no other sum is; else a figure."""
    amount, currency = mention.value
    if currency == "EUR" and amount >= SMALLEST and not is_other_money(sentence, mention):
        groups = groups_of(sentence, state)
        cities = {city.mention.value for group in groups if not group.is_aside for city in group.cities}
        cities = cities or set(() if sentence.is_new_paragraph else state.last_cities)
        is_alone = len(cities) <= 1 or len(sentence.of("money")) == 1  # else whose it is, words must tell
        for edition in editions if is_alone else ():
            results = state.knowledge.results_of_edition.get(edition, ())
            near = [result for result in results if result["city"] in cities]
            for result in near if cities else results:
                if result.get("prize_eur") == amount:
                    claim = _claim("prize_eur", mention.value, edition, mention, status=result["status"])
                    yield claim, Verdict(AGREES, amount, result["id"])
                    return
    yield from _figure(sentence, state, mention, editions)


def _number(sentence: Sentence, state: State, mention: Mention, editions: list[str]) -> Iterator[Found]:
    """Yield a prize without its currency, a count of an edition, a figure."""
    value = mention.value
    if not isinstance(value, int) or value < 2:  # noqa: PLR2004 - one is an article
        return
    if value >= LEAST_SUM and not value % SMALLEST and sentence.has("get", "receive", "each", *OF_AWARD):
        as_money = mention._replace(key="money", value=(value, "EUR"))
        if found := list(_money(sentence, state, as_money, editions)):
            yield from found
            return
    for edition in editions if not sentence.starting(mention.last, "currency", "scale") else ():
        for property_ in _counts(sentence, state, value, edition):
            given = {"status": "finalist"} if property_ == "count" else {}
            yield _claim(property_, value, edition, mention, **given), Verdict(AGREES, value, edition)
            return
    yield from _figure(sentence, state, mention, editions)


def _counts(sentence: Sentence, state: State, value: int, edition: str) -> Iterator[str]:
    """Yield what of an edition a number counts: applications, countries, cities of a stage."""
    doc = state.knowledge.editions[edition]
    for field, nouns in COUNTED.items():
        if value >= LEAST and doc.get(field) == value and sentence.has(*nouns):
            yield field
    noted = re.findall(r"\d+", doc.get("applications_note", "")) if sentence.has("applications", "category") else ()
    if value >= LEAST and str(value) in noted:
        yield "applications"
    for status in LISTED if value <= MOST_CITIES else ():
        claim = Claim("count", value, {"status": status, "category": None}, (0, 1), (0, 1))
        if sentence.has(status) and judged.JUDGES["count"](state.knowledge, claim, edition, doc).verdict == AGREES:
            yield "count"


def _ordinal(sentence: Sentence, state: State, mention: Mention, editions: list[str]) -> Iterator[Found]:
    """Yield which edition it is."""
    for edition in (
        editions
        if sentence.within(mention.last, mention.last + NEAR, "edition.noun", "time", "contest", "award")
        else ()
    ):
        if state.knowledge.editions[edition].get("ordinal") == int(mention.value):
            yield _claim("ordinal", int(mention.value), edition, mention), Verdict(AGREES, int(mention.value), edition)
            return


def _organisation(sentence: Sentence, state: State, mention: Mention, editions: list[str]) -> Iterator[Found]:
    """Yield that who gives the award is named with it."""
    known = editions or list(reversed(state.knowledge.editions))
    near = sentence.within(
        mention.last, mention.last + 2 * NEAR, "organiser", "announce", "become", "get", "award", "prize"
    )
    before = [
        m for m in sentence.of("organiser", "announce", "award", "prize") if 0 <= mention.first - m.last <= 2 * NEAR
    ]
    for edition in known if near or before else ():
        claim = _claim("organiser", mention.value, edition, mention)
        verdict = judged.JUDGES["organiser"](state.knowledge, claim, edition, state.knowledge.editions[edition])
        if verdict.verdict == AGREES:
            yield claim, verdict
            return


def _figure(sentence: Sentence, state: State, mention: Mention, editions: list[str]) -> Iterator[Found]:
    """Yield the figure of an initiative of a city that the document names."""
    value, unit = mention.value if mention.key == "money" else (mention.value, None)
    counted = sentence.starting(mention.last, "unit")
    if value < LEAST and counted is None:
        return
    near = {m.value for m in sentence.of("city")} | {state.last_city, state.city}
    named = {m.value for m in sentence.of("initiative")}.union(state.initiatives)
    stems = _stems(sentence)
    for city in sorted(city for city in near if city):
        for initiative, figure in state.knowledge.figures_of_city(city).get(value, ()):
            its_unit = figure["unit"].partition(" per ")[0]
            is_of_it = initiative in named or not stems.isdisjoint(state.knowledge.stems_of(figure["of"]))
            is_of_it = is_of_it or (value >= SPECIFIC and (not counted or counted.value == its_unit))
            if is_of_it and unit in {None, its_unit}:
                edition = editions[0] if editions else ""
                claim = _claim("figures", value, edition, mention, initiatives=[initiative])
                verdict = Verdict(AGREES, figure["value"], initiative)
                yield claim, weigh(state.knowledge, initiative, ("figures",), value, verdict)
                return
    for told in sentence.of("initiative")[:1] if value >= LEAST and unit is None else ():
        if state.knowledge.fact(told.value).get("figures"):
            claim = _claim("figures", value, "", mention, initiatives=[told.value])
            yield claim, Verdict(UNKNOWN, None, told.value, "no-figure")


def _stems(sentence: Sentence) -> set[str]:
    """Return the first letters of the longer words of a sentence."""
    return {word[:STEM] for word in sentence.words.folded[sentence.first : sentence.last] if len(word) >= STEM}


def _purpose(sentence: Sentence, state: State, editions: list[str]) -> Iterator[Found]:
    """Yield what a prize is used for, where a sentence has words of what the facts say."""
    cities = list(dict.fromkeys(m.value for m in sentence.of("city"))) or state.near_cities
    stems = _stems(sentence)
    use = sentence.of("use")[0]
    for edition in editions or state.editions:
        for city in cities if len(cities) == 1 or not sentence.of("city") else ():
            result = state.knowledge.result(edition, city)
            said = result and result.get("purpose")
            if result and said and any(len(stems & one) >= SHARED for one in state.knowledge.purposes(result)):
                claim = _claim("purpose", said, edition, use._replace(last=sentence.last), city=city)
                sums = {f"{m.value[0]:,}" for m in sentence.of("money")}
                agrees = Verdict(AGREES, said, result["id"])
                yield claim, unclear(agrees) if sums and not any(one in said for one in sums) else agrees
                return


def _purpose_of_award(sentence: Sentence, state: State) -> Iterator[Found]:
    """Yield what cities the award is for, where a sentence has words of what the facts say."""
    award = state.knowledge.kind("awards")[state.knowledge.award]
    stems = _stems(sentence)
    if award.get("purpose") and any(len(stems & one) > SHARED for one in state.knowledge.purposes(award)):
        noun = sentence.of("city.noun")[0]._replace(last=sentence.last)
        yield _claim("purpose", award["purpose"], "", noun), Verdict(AGREES, award["purpose"], award["id"])


def _event(sentence: Sentence, state: State, editions: list[str]) -> Iterator[Found]:
    """Yield the event of an edition whose words stand in another order: `summit of the European Innovation Council`."""
    stems = _stems(sentence)
    for edition in editions:
        for name in state.knowledge.events[edition]:
            long = {word[:STEM] for word in name if len(word) >= STEM}
            if len(long) >= SHARED and long <= stems:
                words = sentence.words.folded
                first = next(n for n in range(sentence.first, sentence.last) if words[n][:STEM] in long)
                mention = Mention("event", name, first, first + 1)
                event = state.knowledge.editions[edition]["event"]
                yield _claim("event", name, edition, mention), Verdict(AGREES, event, edition)
                return


FINDERS = {
    "city": _city,
    "country": _country,
    "nationality": _country,
    "date": _date,
    "month": _month,
    "weekday": _weekday,
    "year": _year,
    "money": _money,
    "number": _number,
    "ordinal": _ordinal,
    "organisation": _organisation,
}
