"""Claims about prize money: who gets how much."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from icapital_cli.verify.cues import Cue
from icapital_cli.verify.groups import City, Group, groups_of
from icapital_cli.verify.judge import AGREES, DIFFERS, DISPUTED, UNKNOWN, Verdict, unclear, weigh
from icapital_cli.verify.knowledge import PLACED, Knowledge
from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.sentence import Claim, Sentence
from icapital_cli.verify.state import State

BESIDE_A_SUM = (
    *("get", "receive", "prize", "filler", "list", "link", "each", "and", "other", "award.to", "country", "pronoun"),
    *("award", "title", "contest", "year", "become", "qualifier", "place.before", "familiar", "clause"),
)
BEFORE_A_RECEIVER = ("filler", "list", "other", "and", "each")
SMALLEST = 1000  # a sum that may be prize money
LEAST_SUM = 10_000  # one that is written without its currency
FAR = 30  # words from a word for a prize to its sum


def claims_of(sentence: Sentence, state: State, cues: list[Cue]) -> Iterator[Claim]:
    """Yield the claims on prize money."""
    sums = [m for m in _sums_of(sentence) if m.value[0] >= SMALLEST]
    if not sums or not (sentence.has("prize", "get", "receive") or cues):
        return
    groups = groups_of(sentence, state)
    for number, mention in enumerate(sums):
        if sentence.is_doubtful(mention.first) or is_other_money(sentence, mention):
            continue
        start = sums[number - 1].last if number else sentence.first
        end = sums[number + 1].first if number + 1 < len(sums) else sentence.last
        who = _who(sentence, mention, (start, end), cues, groups)
        who = _respectively(sentence, mention, sums, groups) or who
        low, high = sentence.clause(mention.first)
        who = who._replace(is_said=any(low <= cue.first < high for cue in cues))
        if (
            not sentence.has("prize")
            and not cues
            and not sentence.names_award
            and not (who.cities and _are_paid(sentence, state, (mention.first, mention.last), who))
            and not (_is_got(sentence) and all(map(sentence.is_place, sentence.of("city"))))
        ):
            continue
        yield from _claims(sentence, state, mention, who)


def _sums_of(sentence: Sentence) -> list[Mention]:
    """Return the sums of a sentence; a number shares the currency of the sum after it: `100,000 and 50,000 euros`."""
    prizes = [m for m in sentence.of("number") if m.value >= SMALLEST and sentence.starting(m.last, "prize")]
    prizes += [m for m in sentence.of("number") if _is_sum(sentence, m) and m not in prizes]
    sums = [*sentence.of("money"), *(m._replace(key="money", value=(m.value, "EUR")) for m in prizes)]
    shared = [
        mention._replace(key="money", value=(mention.value, after[0].value[1]))
        for mention in (sentence.of("number") if sums else ())
        if not any(one.first == mention.first for one in sums)
        if isinstance(mention.value, int) and mention.value >= SMALLEST
        if (after := [m for m in sums if m.first >= mention.last]) and _is_ended(sentence, mention)
    ]
    return sorted([*sums, *shared], key=lambda mention: mention.first)


def _is_ended(sentence: Sentence, mention: Mention) -> bool:
    """Whether nothing that is counted follows a number: a comma, an `and`, somebody who gets it."""
    rest = sentence.words.between(mention.last - 1).strip()[:1]
    return bool(set(",;)") & set(rest)) or bool(sentence.starting(mention.last, "and", "each", "award.to", "list"))


def _is_sum(sentence: Sentence, mention: Mention) -> bool:
    """Whether a number without a currency is a sum that somebody gets: `Cascais got 50,000`, `a hundred thousand each`.

    Nothing may follow that is counted.
    """
    if not isinstance(mention.value, int) or mention.value < LEAST_SUM or mention.value % LEAST_SUM:
        return False
    if sentence.starting(mention.last, "each"):
        return True
    rest = sentence.words.between(mention.last - 1).strip()[:1]
    is_last = mention.last >= sentence.last or rest in {",", ".", ";", ")", "–"}
    got = sentence.within(mention.first - 2, mention.first, "get", "receive")
    return is_last and bool(got) and sentence.has("city", "we", "city.generic")


def _respectively(sentence: Sentence, mention: Mention, sums: list[Mention], groups: list[Group]) -> "Who | None":
    """Return the city of a sum in a list of as many sums as cities: `A and B got 100,000 and 50,000 respectively`."""
    start, end = sentence.clause(mention.first)
    is_said = bool(sentence.within(start, end, "respectively"))
    own = [m for m in sums if start <= m.first < end]
    is_list = len(own) > 1 and all(sentence.consists_of(a.last, b.first, "and") for a, b in pairwise(own))
    if not is_said and not is_list:
        return None
    cities = next((g.cities for g in reversed(groups) if g.last <= own[0].first and len(g.cities) == len(own)), None)
    if cities:
        return Who(cities=[cities[own.index(mention)]])
    return Who(is_bound=False) if is_said else None


def _are_paid(sentence: Sentence, state: State, span: tuple[int, int], who: "Who") -> bool:
    """Whether the cities have a place in the edition that is spoken of, so that what they get may be the prize."""
    dating, known = state.edition_of(sentence, None, span, is_said=True), state.knowledge
    edition = dating.edition
    if not dating.is_bound or edition is None or edition not in known.editions:
        return all(any(r.get("prize_eur") for r in known.of_city(city.mention.value)) for city in who.cities)
    return all(known.result(edition, city.mention.value) for city in who.cities)


def _claims(sentence: Sentence, state: State, mention: Mention, who: "Who") -> Iterator[Claim]:
    cities = [city.mention for city in who.cities]
    span = (min((m.first for m in cities), default=0), max((m.last for m in cities), default=0))
    dating = state.edition_of(sentence, None, (mention.first, mention.last), is_said=True, cities=span)
    given: dict[str, Any] = {
        "edition": dating.edition,
        "is_sure": dating.is_sure,
        "editions": state.editions,
        "status": who.status,
        "rank": who.rank,
        "city": None,
    }
    given |= {"category": state.category_of(sentence, mention.first), "is_explicit": dating.is_explicit}
    given["is_earlier"] = sentence.has("earlier", "last-year")
    span = (mention.first, mention.last)
    low, high = sentence.clause(mention.first)
    is_last = mention.last >= high or bool(set(".,;:)–") & set(sentence.words.between(mention.last - 1)))
    is_named = bool(sentence.within(low, high, "prize", "award", "title", "contest"))
    is_of_nobody = who.status is not None and not who.cities and bool(sentence.strangers)
    is_prize = is_named or ((is_last or who.is_said) and not is_of_nobody)
    is_one = who.status == "winner" and not who.cities
    is_prize = is_prize and not (is_one and sentence.within(low, high, "each"))
    is_bare = not is_named and any(n.first == mention.first and _is_sum(sentence, n) for n in sentence.of("number"))
    is_bound = who.is_bound and is_prize and not is_bare and dating.is_bound and all(c.is_clear for c in who.cities)
    is_bound = is_bound and not sentence.within(low, high, "money.veto", "initiative", "in-total")
    is_bound = is_bound and not sentence.within(max(low, mention.first - VETO), min(high, mention.last + VETO), "use")
    for city in who.cities:
        spot = {"city": city.mention.value, "others": [g.value for g in sentence.of("city") if len(who.cities) == 1]}
        spot["is_one_of_several"] = len(sentence.of("money")) > 1
        if city.year:
            spot["edition"] = state.edition_of(sentence, city.year, (mention.first, mention.last)).edition
        yield Claim("prize_eur", mention.value, given | spot, span, span, is_bound)
    if who.status in PLACED:
        given["category"] = given["category"] or (None if who.cities else state.category)
        yield Claim("prize_eur", mention.value, given, span, span, is_bound)
    elif not who.cities and not who.status and state.near_cities and (sentence.has("prize") or _is_got(sentence)):
        near, is_prize = state.near_cities, sentence.has("prize")
        given |= {"city": near[0], "others": near[1:], "is_implied": True, "is_weak": not is_prize}
        is_bound = (
            dating.is_bound
            and dating.is_sure
            and is_prize
            and not sentence.within(low, high, "money.veto", "initiative", "use", "in-total")
        )
        yield Claim("prize_eur", mention.value, given, span, span, is_bound)


def _is_got(sentence: Sentence) -> bool:
    """Whether somebody gets something, who need not be named: `We get 100,000 euros`."""
    return sentence.has("get", "receive") and not sentence.has("money.veto", "initiative")


def is_other_money(sentence: Sentence, mention: Mention) -> bool:
    """Whether a sum is that of something else than a prize: a budget, a fund, one end of a range."""
    start, end = sentence.clause(mention.first)
    near = sentence.within(max(start, mention.first - VETO), min(end, mention.last + VETO), "money.veto")
    if sentence.within(max(start, mention.first - VETO), mention.first, "between"):
        return True
    lower = [m for m in sentence.of("money", "number") if 0 < mention.first - m.last <= 1]
    if lower and sentence.words.folded[mention.first - 1] in sentence.vocabulary.words("range"):
        return True  # `grants of €8,000 to €80,000`
    return bool(near) and not sentence.within(max(start, mention.first - VETO), mention.first, "prize")


VETO = 5


class Who(NamedTuple):
    """Whose money it is: cities of the sentence, or a status; none of them where the sentence does not say."""

    cities: list[City] = []
    status: str | None = None
    rank: int | None = None
    is_bound: bool = True  # whether grammar says so
    is_said: bool = True  # whether the clause says what place they took


def _who(sentence: Sentence, mention: Mention, span: tuple[int, int], cues: list[Cue], groups: list[Group]) -> Who:
    """Find whose a sum is: named right after it, else before it, else after it in the clause, else in the sentence."""
    low, high = sentence.clause(mention.first)
    items: list[Cue | Group] = sorted([*groups, *cues], key=lambda item: item.first)
    ahead = [item for item in items if mention.last <= item.first < min(high, span[1])]
    follows = ahead and sentence.consists_of(mention.last, ahead[0].first, *BEFORE_A_RECEIVER)
    beside = [item for item in items if item.last == mention.first]
    follows = follows and not (beside and sentence.within(mention.last, ahead[0].first, "and"))
    before = [item for item in items if max(low, span[0]) <= item.first < mention.first]
    is_told = any(item.first < mention.first for item in items)
    follows = follows and not (is_told and "," in sentence.gap(mention.last - 1, ahead[0].first))
    if follows and ahead[0].first > mention.last:
        return _of_item(ahead[0])
    if any(
        mention.first - other.last <= 1 and (not before or other.first > before[-1].first)
        for other in sentence.within(max(low, span[0]), mention.first, "other")
    ):
        return Who(status="runner-up")
    if before:
        return _nearest(before)._replace(is_bound=_is_bound(sentence, before[-1].last, mention.first, before))
    if sentence.within(low, high, "each") and groups:
        return Who(cities=[city for group in groups for city in group.cities])
    return _farther(sentence, mention, ahead, items)


def _is_bound(sentence: Sentence, first: int, last: int, near: list[Cue | Group]) -> bool:
    """Whether nobody else may get a sum: nobody else is named there, or only words for getting stand between."""
    if sentence.names_stranger(first, last):
        return False
    return len(near) == 1 or sentence.consists_of(first, last, *BESIDE_A_SUM)


def _farther(sentence: Sentence, mention: Mention, ahead: list[Cue | Group], items: list[Cue | Group]) -> Who:
    """Find whose a sum is that has nobody before it in its clause."""
    is_told = any(item.first < mention.first for item in items)
    goes_on = is_told and ahead and "," in sentence.gap(mention.last - 1, ahead[0].first)
    if ahead and not goes_on and ahead[0].first - mention.last <= FAR:
        cities = [item for item in ahead if isinstance(item, Group)]
        first = ahead[0]
        item = cities[0] if cities and isinstance(first, Cue) and first.value not in PLACED else first
        return _of_item(item)._replace(is_bound=sentence.consists_of(mention.last, item.first, *BESIDE_A_SUM))
    low = sentence.clause(mention.first)[0]
    if low > sentence.first and not sentence.within(low, low + 1, "clause", "contrast"):
        return Who()
    subjects = [item for item in items if isinstance(item, Group) and item.last == low]
    if subjects:  # `congratulated Paris, which got`
        return Who(cities=subjects[0].cities[-1:])
    earlier = [item for item in items if item.first < mention.first]
    if not earlier:
        return Who()
    is_bound = sentence.consists_of(earlier[-1].last, mention.first, *BESIDE_A_SUM)
    return _nearest(earlier)._replace(is_bound=is_bound)


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
    if str(cue.value).startswith("top") or cue.value == "placed":
        return Who(status="runner-up")
    return Who(status=str(cue.value))


def judge(knowledge: Knowledge, claim: Claim) -> Verdict:
    """Judge that a city, or a place, carries a sum; where the words leave it open, any city near may be meant."""
    value, given = claim.value, claim.given
    verdict = _judge_one(knowledge, value, given)
    if verdict.why == "no-result" and not claim.is_bound:
        near = (_judge_one(knowledge, value, given | {"edition": one}) for one in given["editions"])
        verdict = next((other for other in near if other.verdict == AGREES), verdict)
    is_open = verdict.verdict == DIFFERS or (verdict.verdict == UNKNOWN and given.get("is_implied"))
    for city in given.get("others", ()) if is_open else ():
        other = _judge_one(knowledge, value, given | {"city": city})
        if other.verdict == AGREES:
            return unclear(verdict) if given.get("is_one_of_several") else other
    if verdict.verdict == DIFFERS and given.get("is_implied"):
        result = knowledge.result(given["edition"], given["city"]) if given["edition"] else None
        category = result["category"] if result else given["category"]
        winner = _judge_one(knowledge, value, given | {"city": None, "status": "winner", "category": category})
        if winner.verdict == AGREES:
            return winner
        if any(_is_prize_of(knowledge, value, given, status) for status in ("winner", "runner-up")):
            return unclear(verdict)
    if verdict.verdict == DIFFERS and not given["city"] and _is_prize_of(knowledge, value, given, given["status"]):
        return unclear(verdict)  # of the other category
    return unclear(verdict) if verdict.verdict == DIFFERS and _may_be_of_another(knowledge, value, given) else verdict


def _is_prize_of(knowledge: Knowledge, value: tuple[float, str], given: dict[str, Any], status: str) -> bool:
    """Whether a sum is what a place carries in either category."""
    other = _judge_one(knowledge, value, given | {"city": None, "status": status, "category": None})
    return other.verdict == AGREES


def _may_be_of_another(knowledge: Knowledge, value: tuple[float, str], given: dict[str, Any]) -> bool:
    """Whether a sum was paid in an edition that the draft names, where a sentence does not say in which or to whom."""
    if given["is_explicit"]:
        return False
    editions = [*given["editions"], *([given["edition"]] if given["edition"] else [])]
    near = {given["city"], *given.get("others", ())} if given.get("is_implied") else {given["city"]}
    results = [result for edition in editions for city in near if city and (result := knowledge.result(edition, city))]
    if given.get("is_implied"):
        kinds = {(result["edition"], result["category"]) for result in results}
        results = [r for e, c in kinds for r in knowledge.results_of_edition[e] if r["category"] == c]
    elif given["status"]:
        results = [
            r for e in editions for r in knowledge.results_of_edition.get(e, ()) if r["status"] == given["status"]
        ]
    return any(result.get("prize_eur") == value[0] for result in results)


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
            return Verdict(UNKNOWN, None, result["id"], "no-money", {"results": [result]})
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
