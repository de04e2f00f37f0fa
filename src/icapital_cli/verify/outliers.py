"""Cities that do not fit the others of their list: the one without a place, the one with the year of another winner."""

from collections import Counter
from collections.abc import Iterator

from icapital_cli.verify.groups import groups_of
from icapital_cli.verify.judge import AGREES, DIFFERS, UNKNOWN, Verdict, in_edition, unclear
from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.money import LEAST_SUM
from icapital_cli.verify.sentence import Claim, Sentence
from icapital_cli.verify.state import State

Found = tuple[Claim, Verdict]
LIST = 3  # cities of a list that others of it can be told from


def claims_of(sentence: Sentence, state: State, found: list[Found]) -> Iterator[Found]:
    """Yield the cities that do not fit their list; `found` is what has been found in the sentence."""
    if len(sentence.of("city")) < LIST:
        return
    yield from _outliers(sentence, state, found)
    if len(sentence.years) >= LIST and _tells_of_winners(sentence):
        yield from _misdated(sentence, state, {claim.mark for claim, _ in found})


def _tells_of_winners(sentence: Sentence) -> bool:
    """Whether a sentence tells who won, and of no other place: `the award went to Paris (2017), Athens (2018)`."""
    gets = sentence.has("get", "receive", "award.to") and sentence.has("award", "title", "prize", "contest")
    is_won = gets or sentence.has("winner", "winner.before", "winner.after")
    return is_won and not sentence.has("runner-up", "finalist", "semi-finalist", "placed", "placed.verb", "rank")


def _misdated(sentence: Sentence, state: State, told: set[tuple[int, int]]) -> Iterator[Found]:
    """Yield the winners of a list whose year is that of another winner: `Nantes (2018), Athens (2019)`."""
    for group in groups_of(sentence, state):
        dated = [(one.mention, state.edition_for(one.year)) for one in group.cities if one.year]
        given = [{"city": city.value, "edition": edition, "category": None} for city, edition in dated if edition]
        verdicts = [in_edition(state.knowledge, "status", "winner", one) for one in given]
        wrong = [verdict.verdict == DIFFERS for verdict in verdicts]
        if len(wrong) == len(group.cities) >= LIST and 0 < sum(wrong) * 2 < len(wrong):
            for (city, _), one, verdict in zip(dated, given, verdicts, strict=True):
                span = (city.first, city.last)
                if verdict.verdict == DIFFERS and span not in told and not sentence.is_doubtful(city.first):
                    yield Claim("status", "winner", one, span, span), verdict


def _outliers(sentence: Sentence, state: State, found: list[Found]) -> Iterator[Found]:
    """Yield the one city of a list that did not get as far as the others: `Aarhus, Hamburg and Bergen got 100,000`."""
    if sentence.has("winner.before", "winner.after"):
        return
    clear = [(c, v) for c, v in found if c.property in {"status", "rank"} and v.verdict == AGREES]
    edition_of = {claim.given["city"]: claim.given["edition"] for claim, _ in clear}
    told = {c.given.get("city") for c, v in found if v.verdict not in {AGREES, UNKNOWN}}
    for group in groups_of(sentence, state):
        cities = [one.mention for one in group.cities]
        (edition, number), *_ = Counter(edition_of.get(city.value) for city in cities).most_common(1)
        others = [city for city in cities if edition_of.get(city.value) != edition]
        is_list = len(cities) >= LIST and group.is_closed and len(others) == 1 and number > 1
        if not is_list or edition is None or others[0].value in told or sentence.is_doubtful(others[0].first):
            continue
        mention, value = others[0], _told(sentence, others[0])
        if not all(_reaches(state, city, edition, value or STAGE) for city in cities if city != mention):
            continue
        given = {"city": mention.value, "edition": edition, "category": None}
        claim = Claim("status", value or STAGE, given, (mention.first, mention.last), (mention.first, mention.last))
        verdict = in_edition(state.knowledge, "status", value or STAGE, given)
        if verdict.verdict != AGREES:
            yield claim, verdict if value else unclear(verdict)


STAGE = "semi-finalist"  # what all who are named with an edition reached


def _reaches(state: State, city: Mention, edition: str, value: str) -> bool:
    """Whether a city got as far in an edition."""
    given = {"city": city.value, "edition": edition, "category": None}
    return in_edition(state.knowledge, "status", value, given).verdict == AGREES


def _told(sentence: Sentence, city: Mention) -> str | None:
    """Return what a clause tells of its cities: a place or a prize, a stage; None where it does not say."""
    first, last = sentence.clause(city.first)
    if sentence.within(first, last, "runner-up", "placed", "placed.verb") or are_paid(sentence, city):
        return "placed"
    stages = {m.key for m in sentence.within(first, last, "finalist", "semi-finalist")}
    return stages.pop() if len(stages) == 1 else None


def are_paid(sentence: Sentence, city: Mention) -> bool:
    """Whether a clause tells that its cities get money."""
    first, last = sentence.clause(city.first)
    gets = sentence.within(first, last, "get", "receive", "award.to")
    sums = [m for m in sentence.within(first, last, "number") if isinstance(m.value, int) and m.value >= LEAST_SUM]
    return bool(gets) and bool(sums or sentence.within(first, last, "money"))
