"""Claims about prize money: who gets how much."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from icapital_cli.verify.cues import Cue
from icapital_cli.verify.groups import City, Group, groups_of
from icapital_cli.verify.judge import AGREES, DIFFERS, DISPUTED, UNKNOWN, Verdict, weigh
from icapital_cli.verify.knowledge import PLACED, Knowledge
from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.sentence import Claim, Sentence
from icapital_cli.verify.state import State

BEFORE_A_RECEIVER = ("filler", "list", "other", "and", "each")
SMALLEST = 1000  # a sum that may be prize money
FAR = 30  # words from a word for a prize to its sum


def claims_of(sentence: Sentence, state: State, cues: list[Cue]) -> Iterator[Claim]:
    """Yield the claims on prize money."""
    sums = [m for m in sentence.of("money") if m.value[0] >= SMALLEST]
    if not sums or not (sentence.has("prize", "get", "receive") or cues):
        return
    groups = groups_of(sentence, state)
    for number, mention in enumerate(sums):
        if sentence.is_doubtful(mention.first) or _is_other_money(sentence, mention):
            continue
        start = sums[number - 1].last if number else sentence.first
        end = sums[number + 1].first if number + 1 < len(sums) else sentence.last
        who = _who(sentence, mention, (start, end), cues, groups)
        if (
            not sentence.has("prize")
            and not cues
            and not sentence.names_award
            and not (who.cities and _are_paid(state, who))
        ):
            continue
        yield from _claims(sentence, state, mention, who)


def _are_paid(state: State, who: "Who") -> bool:
    """Whether the cities have a place in the edition of the document, so that what they get may be the prize."""
    edition, known = state.edition, state.knowledge
    if edition is None:
        return all(any(r.get("prize_eur") for r in known.of_city(city.mention.value)) for city in who.cities)
    return all(known.result(edition, city.mention.value) for city in who.cities)


def _claims(sentence: Sentence, state: State, mention: Mention, who: "Who") -> Iterator[Claim]:
    edition, is_sure, is_explicit = state.edition_of(sentence, None, mention.first)
    given: dict[str, Any] = {
        "edition": edition,
        "is_sure": is_sure,
        "status": who.status,
        "rank": who.rank,
        "city": None,
    }
    given |= {"category": state.category_of(sentence, mention.first), "is_explicit": is_explicit}
    given["is_earlier"] = sentence.has("earlier", "last-year")
    span = (mention.first, mention.last)
    for city in who.cities:
        spot = {"city": city.mention.value, "others": [g.value for g in sentence.of("city") if len(who.cities) == 1]}
        if city.year:
            spot["edition"] = state.edition_of(sentence, city.year, mention.first)[0]
        yield Claim("prize_eur", mention.value, given | spot, span, span)
    if who.status in PLACED:
        yield Claim("prize_eur", mention.value, given, span, span)
    elif not who.cities and not who.status and sentence.has("prize") and state.near_cities:
        near = state.near_cities
        yield Claim(
            "prize_eur", mention.value, given | {"city": near[0], "others": near[1:], "is_implied": True}, span, span
        )


def _is_other_money(sentence: Sentence, mention: Mention) -> bool:
    start, end = sentence.clause(mention.first)
    near = sentence.within(max(start, mention.first - VETO), min(end, mention.last + VETO), "money.veto")
    return bool(near) and not sentence.within(max(start, mention.first - VETO), mention.first, "prize")


VETO = 5


class Who(NamedTuple):
    """Whose money it is: cities of the sentence, or a status; none of them where the sentence does not say."""

    cities: list[City] = []
    status: str | None = None
    rank: int | None = None


def _who(sentence: Sentence, mention: Mention, span: tuple[int, int], cues: list[Cue], groups: list[Group]) -> Who:
    """Find whose a sum is: named right after it, else before it, else after it in the clause, else in the sentence."""
    low, high = sentence.clause(mention.first)
    items: list[Cue | Group] = sorted([*groups, *cues], key=lambda item: item.first)
    ahead = [item for item in items if mention.last <= item.first < min(high, span[1])]
    follows = ahead and sentence.consists_of(mention.last, ahead[0].first, *BEFORE_A_RECEIVER)
    if follows and ahead[0].first > mention.last:
        return _of_item(ahead[0])
    before = [item for item in items if max(low, span[0]) <= item.first < mention.first]
    if any(
        mention.first - other.last <= 1 and (not before or other.first > before[-1].first)
        for other in sentence.within(max(low, span[0]), mention.first, "other")
    ):
        return Who(status="runner-up")
    if before:
        return _nearest(before)
    if sentence.within(low, high, "each") and groups:
        return Who(cities=[city for group in groups for city in group.cities])
    return _farther(sentence, mention, ahead, items)


def _farther(sentence: Sentence, mention: Mention, ahead: list[Cue | Group], items: list[Cue | Group]) -> Who:
    """Find whose a sum is that has nobody before it in its clause."""
    if ahead and ahead[0].first - mention.last <= FAR:
        cities = [item for item in ahead if isinstance(item, Group)]
        first = ahead[0]
        return _of_item(cities[0] if cities and isinstance(first, Cue) and first.value not in PLACED else first)
    low = sentence.clause(mention.first)[0]
    if low > sentence.first and not sentence.within(low, low + 1, "clause", "contrast"):
        return Who()
    earlier = [item for item in items if item.first < mention.first]
    return _nearest(earlier) if earlier else Who()


def _nearest(before: list[Cue | Group]) -> Who:
    """Return the cities nearest before a sum, of which a cue after them is said; else what a cue alone says."""
    groups = [item for item in before if isinstance(item, Group) and not item.is_aside]
    last = before[-1]
    if isinstance(last, Cue) and not (groups and last.first - groups[-1].last <= FAR):
        return _of_cue(last)
    if not groups:
        return _of_cue(last) if isinstance(last, Cue) else Who()
    return Who(cities=groups[-1].cities)


def _of_item(item: Cue | Group) -> Who:
    return _of_cue(item) if isinstance(item, Cue) else Who(cities=item.cities)


def _of_cue(cue: Cue) -> Who:
    if cue.property == "rank":
        return Who(status="winner" if cue.value == 1 else "runner-up", rank=cue.value)
    if str(cue.value).startswith("top"):
        return Who(status="runner-up")
    return Who(status=str(cue.value))


def judge(knowledge: Knowledge, claim: Claim) -> Verdict:
    """Judge that a city, or a place, carries a sum; where the words leave it open, any city near may be meant."""
    value, given = claim.value, claim.given
    verdict = _judge_one(knowledge, value, given)
    for city in given.get("others", ()) if verdict.verdict == DIFFERS else ():
        other = _judge_one(knowledge, value, given | {"city": city})
        if other.verdict == AGREES:
            return other
    if verdict.verdict == DIFFERS and given.get("is_implied"):
        winner = _judge_one(knowledge, value, given | {"city": None, "status": "winner"})
        return winner if winner.verdict == AGREES else verdict
    return verdict


def _judge_one(knowledge: Knowledge, value: tuple[float, str], given: dict[str, Any]) -> Verdict:
    amount, currency = value
    edition = given["edition"]
    if edition is None or edition.startswith("?"):
        editions = list(knowledge.editions) if edition is None else []
    else:
        editions = [edition]
    verdicts = [_in_edition(knowledge, amount, currency, given, one) for one in reversed(editions)]
    if not given["is_explicit"] and (given["is_earlier"] or not given["is_sure"]):
        others = [one for one in reversed(list(knowledge.editions)) if one not in editions and given["city"]]
        verdicts += [
            v for one in others if (v := _in_edition(knowledge, amount, currency, given, one)).verdict == AGREES
        ]
    for wanted in (AGREES, DISPUTED, DIFFERS):
        for verdict in verdicts:
            if verdict.verdict == wanted:
                return verdict
    return verdicts[0] if verdicts else Verdict(UNKNOWN, why="no-prize")


def _in_edition(knowledge: Knowledge, amount: float, currency: str, given: dict[str, Any], edition: str) -> Verdict:
    if given["city"]:
        result = knowledge.result(edition, given["city"])
        if result is None:
            return Verdict(UNKNOWN, why="no-result", names={"city": given["city"]})
        results = [result]
    else:
        results = [
            doc
            for doc in knowledge.results_of_edition.get(edition, ())
            if doc["status"] == given["status"]
            and (given["category"] in {None, doc["category"]})
            and (given["rank"] in {None, doc.get("rank")} or doc.get("rank") is None)
        ]
    paid = [doc for doc in results if doc.get("prize_eur") is not None]
    if not paid:
        if results and results[0]["status"] not in PLACED:
            result = results[0]
            verdict = Verdict(DIFFERS, None, result["id"], "no-money", {"results": [result]})
            return weigh(knowledge, result["id"], ("prize_eur",), amount, verdict)
        return Verdict(UNKNOWN, None, results[0]["id"] if results else None, "no-prize")
    for doc in paid:
        if doc["prize_eur"] == amount and currency == "EUR":
            return weigh(knowledge, doc["id"], ("prize_eur",), amount, Verdict(AGREES, amount, doc["id"]))
    doc = paid[0]
    if currency != "EUR":
        weighed = weigh(
            knowledge,
            doc["id"],
            ("prize_eur",),
            amount,
            Verdict(DIFFERS, doc["prize_eur"], doc["id"], "other-currency"),
        )
        return weighed if weighed.verdict == DISPUTED else weighed._replace(verdict=UNKNOWN)
    return weigh(knowledge, doc["id"], ("prize_eur",), amount, Verdict(DIFFERS, doc["prize_eur"], doc["id"], "prize"))
