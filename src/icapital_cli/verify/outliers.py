"""Cities that do not fit the others of their list: the one without a place, the one with the year of another winner."""

from collections.abc import Iterator

from icapital_cli.verify.groups import groups_of
from icapital_cli.verify.judge import AGREES, DIFFERS, UNKNOWN, Verdict, in_edition
from icapital_cli.verify.knowledge import PLACED
from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.sentence import Claim, Sentence
from icapital_cli.verify.state import State

Found = tuple[Claim, Verdict]
LIST = 3  # cities of a list that others of it can be told from


def claims_of(sentence: Sentence, state: State, found: list[Found]) -> Iterator[Found]:
    """Yield the cities that do not fit their list; `found` is what has been found in the sentence."""
    if len(sentence.of("city")) < LIST:
        return
    yield from _outliers(sentence, state, found)
    if len(sentence.years) >= LIST:
        yield from _misdated(sentence, state, {claim.mark for claim, _ in found})


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
    """Yield the one city of a list that has no place, where the others have one: `Aarhus, Hamburg and Bergen got`."""
    if sentence.has("winner.before", "winner.after"):
        return
    clear = [(c, v) for c, v in found if c.property in {"status", "rank"} and v.verdict != UNKNOWN]
    by_city = {claim.given["city"]: (claim, verdict) for claim, verdict in clear if claim.given.get("city")}
    for group in groups_of(sentence, state):
        known = [by_city[one.mention.value] for one in group.cities if one.mention.value in by_city]
        placed = [claim for claim, verdict in known if verdict.verdict == AGREES and _is_placed(state, claim, verdict)]
        others = [one.mention for one in group.cities if one.mention.value not in by_city]
        editions = {claim.given["edition"] for claim in placed}
        if len(others) == 1 and len(placed) == len(known) >= LIST - 1 and len(editions) == 1 and group.is_closed:
            mention = others[0]
            if sentence.is_doubtful(mention.first) or not _tells_a_place(sentence, mention):
                continue
            given = {"city": mention.value, "edition": editions.pop(), "category": None}
            claim = Claim("status", "placed", given, (mention.first, mention.last), (mention.first, mention.last))
            verdict = in_edition(state.knowledge, "status", "placed", given)
            if verdict.verdict != AGREES:
                yield claim, verdict


def _is_placed(state: State, claim: Claim, verdict: Verdict) -> bool:
    result = state.knowledge.result(claim.given["edition"], claim.given["city"]) if claim.given["edition"] else None
    return result is not None and result["id"] == verdict.fact and result["status"] in PLACED


def _tells_a_place(sentence: Sentence, city: Mention) -> bool:
    """Whether a clause tells that cities got a place or a prize."""
    return bool(sentence.within(*sentence.clause(city.first), "runner-up", "placed", "placed.verb")) or are_paid(
        sentence
    )


def are_paid(sentence: Sentence) -> bool:
    """Whether somebody gets money."""
    return sentence.has("get", "receive", "each") and sentence.has("money", "number")
