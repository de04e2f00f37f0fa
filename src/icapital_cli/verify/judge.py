"""Verdicts: what the facts say of a claim."""

from typing import Any, NamedTuple

from icapital_cli.names import fold
from icapital_cli.store.facts import Doc
from icapital_cli.verify.knowledge import PLACED, STAGES, Knowledge, Side
from icapital_cli.verify.sentence import Claim

AGREES, DIFFERS, DISPUTED, ROUNDED, UNKNOWN, NOT_READ = (
    "agrees",
    "differs",
    "disputed",
    "rounded",
    "unknown",
    "not-read",
)


TOOK_PART = "took-part"  # said of a city that is named with its edition and no place


class Verdict(NamedTuple):
    """What the facts say: the verdict, the value they have, the fact, why, and the disputes about it.

    `why` is the key of an explanation, with what it names.
    """

    verdict: str
    expected: Any = None
    fact: str | None = None
    why: str = ""
    names: dict[str, Any] = {}
    disputes: tuple[str, ...] = ()


class Told(NamedTuple):
    """A place that a draft says of a city, as the disputes are asked for it."""

    value: Any
    city: str


def weigh(knowledge: Knowledge, fact: str, fields: tuple[str, ...], told: Any, verdict: Verdict) -> Verdict:
    """Look a difference up in the disputes: a serious source may say what the draft says, or a slip explain it."""
    ids = knowledge.disputed(fact, *fields)
    if verdict.verdict != DIFFERS:
        return verdict._replace(disputes=ids, why=verdict.why or ("sources-differ" if ids else ""))
    value, city = (told.value, told.city) if isinstance(told, Told) else (told, None)
    said = [s for s in knowledge.disputes(fact, *fields) if knowledge.is_said(s, value, verdict.expected, city)]
    serious = [side for side in said if side.weight != "slip"]
    if serious:
        return _named(verdict._replace(verdict=DISPUTED, why="disputed"), serious[0], ids)
    if said:
        return _named(verdict._replace(why="slip"), said[0], ids)
    return verdict._replace(disputes=ids)


def _named(verdict: Verdict, side: Side, ids: tuple[str, ...]) -> Verdict:
    names = {**verdict.names, "dispute": side.dispute, "says": side.says, "believed": side.believed}
    return verdict._replace(names=names, disputes=tuple(dict.fromkeys((side.dispute, *ids))))


def judge(knowledge: Knowledge, claim: Claim) -> Verdict:
    """Judge that a city took a place in an edition; a name that is like that of a city may be a form of it."""
    verdict = _judge(knowledge, claim)
    told = fold(claim.given["city"].lstrip("?"))[:ALIKE]
    is_like = claim.given["city"][0] == "?" and any(name.startswith(told) for name in knowledge.city_names)
    return unclear(verdict) if verdict.verdict == DIFFERS and is_like else verdict


ALIKE = 4  # first letters of two forms of a name


def _judge(knowledge: Knowledge, claim: Claim) -> Verdict:
    property_, value, given = claim.property, claim.value, claim.given
    edition = given["edition"]
    if edition is None:
        return _in_any_edition(knowledge, property_, value, given)
    if not given["is_dated"]:
        return _undated(knowledge, claim)
    if edition.startswith("?"):
        return _no_edition(knowledge, claim, edition[1:])
    return _dated(knowledge, claim)


def _undated(knowledge: Knowledge, claim: Claim) -> Verdict:
    """Judge a place in an edition that is a guess: it differs only where it does in every edition."""
    verdict = _dated(knowledge, claim) if not claim.given["edition"].startswith("?") else None
    if verdict and verdict.verdict != DIFFERS:
        return verdict
    other = _in_any_edition(knowledge, claim.property, claim.value, claim.given)
    if other.verdict == DIFFERS:
        return verdict or other
    return unclear(verdict or other)


def _dated(knowledge: Knowledge, claim: Claim) -> Verdict:
    """Judge a place in the edition that the words name, or that of the document."""
    property_, value, given = claim.property, claim.value, claim.given
    edition, last = given["edition"], given["last"]
    verdict = in_edition(knowledge, property_, value, given)
    if verdict.verdict == DIFFERS and given["is_past"]:
        other = _in_any_edition(knowledge, property_, value, given)
        verdict = other if other.verdict == AGREES else verdict
    if verdict.verdict != DIFFERS or given["is_explicit"]:
        return verdict
    others = [in_edition(knowledge, property_, value, given | {"edition": one}) for one in given["editions"]]
    if last and last != edition:
        other = in_edition(knowledge, property_, value, given | {"edition": last})
        verdict = other if other.verdict == AGREES else verdict
    if verdict.verdict == DIFFERS and (given["is_earlier"] or not given["is_sure"]):
        other = _in_any_edition(knowledge, property_, value, given)
        verdict = other if other.verdict in {AGREES, DISPUTED} else verdict
        if other.verdict == UNKNOWN:
            return unclear(verdict)
    if verdict.verdict == DIFFERS and any(other.verdict == AGREES for other in others):
        return unclear(verdict)
    return verdict


def unclear(verdict: Verdict) -> Verdict:
    """Return the verdict on a claim that is not said of one thing unmistakably: never that it differs."""
    return verdict._replace(verdict=UNKNOWN, why="unclear")


def _no_edition(knowledge: Knowledge, claim: Claim, year: str) -> Verdict:
    """Judge a place in a year without an edition, which a source may name all the same."""
    results = knowledge.of_city(claim.given["city"])
    for result in results:
        differs = Verdict(DIFFERS, _standing(result), result["id"])
        weighed = weigh(knowledge, result["id"], ("edition", "status"), f"year {year}", differs)
        if weighed.why == "disputed":
            return weighed
    ours = [doc for doc in results if _reached(knowledge, claim.property, claim.value, doc)] or results
    if not ours:
        return Verdict(UNKNOWN, why="no-edition", names={"year": year})
    return Verdict(DIFFERS, _standing(ours[0]), ours[0]["id"], "no-edition", {"year": year})


def _standing(result: Doc) -> str:
    """Return a place in words of the interface: status and edition."""
    return f"{result['status']} {result['edition']}"


def _in_any_edition(knowledge: Knowledge, property_: str, value: Any, given: Doc) -> Verdict:
    """Judge a place without an edition: true where it is true of one."""
    results = knowledge.of_city(given["city"])
    loose = given | {"category": None, "is_title": False}
    verdicts = [in_edition(knowledge, property_, value, loose | {"edition": doc["edition"]}) for doc in results]
    found = [verdict for wanted in (AGREES, DISPUTED, UNKNOWN) for verdict in verdicts if verdict.verdict == wanted]
    if found:
        return found[0]
    if not results:
        verdict = DIFFERS if value == "winner" else UNKNOWN
        return Verdict(verdict, None, None, "no-result", {"city": given["city"]})
    best = min(results, key=lambda doc: STAGES.get(doc["status"], len(STAGES)))
    return Verdict(DIFFERS, _standing(best), best["id"], "reached", {"results": results})


def in_edition(knowledge: Knowledge, property_: str, value: Any, given: Doc) -> Verdict:
    """Judge a place in an edition, against the result of the city or against there being none."""
    result = knowledge.result(given["edition"], given["city"])
    if result is None:
        return _absent(knowledge, property_, value, given)
    fact, told = result["id"], Told(f"rank {value}" if property_ == "rank" else value, result["city"])
    if _reached(knowledge, property_, value, result):
        if value == "winner" and given["category"] and given["category"] != result["category"]:
            differs = Verdict(DIFFERS, result["category"], fact, "category")
            return weigh(knowledge, fact, ("category",), given["category"], differs)
        verdict = Verdict(AGREES, _value(knowledge, property_, value, result), fact)
    elif property_ == "rank" and result.get("rank") is None and result["status"] == "runner-up" and value > 1:
        return _unranked(knowledge, value, result, told)
    else:
        names = {"city": result["city"], "results": [result]}
        names |= {"holders": _holders(knowledge, property_, value, given | {"category": result["category"]})}
        verdict = Verdict(DIFFERS, _value(knowledge, property_, value, result), fact, "reached", names)
    return weigh(knowledge, fact, ("status", "rank", "edition"), told, verdict)


def _unranked(knowledge: Knowledge, value: int, result: Doc, told: Told) -> Verdict:
    """Judge a rank where the facts have runners-up without an order: unknown, unless a source gives it."""
    placed = knowledge.number_placed(result["edition"], result["category"])
    differs = Verdict(DIFFERS, result["status"], result["id"], "unranked", {"number": placed - 1})
    weighed = weigh(knowledge, result["id"], ("status", "rank", "edition"), told, differs)
    is_possible = value <= placed
    return weighed._replace(verdict=UNKNOWN) if weighed.verdict == DIFFERS and is_possible else weighed


def _value(knowledge: Knowledge, property_: str, value: Any, result: Doc) -> Any:
    if property_ == "rank":
        return result.get("rank") or result["status"]
    if str(value).startswith("top") and result["status"] in PLACED:
        return f"top {knowledge.number_placed(result['edition'], result['category'])}"
    return result["status"]


def _absent(knowledge: Knowledge, property_: str, value: Any, given: Doc) -> Verdict:
    """Judge a place in an edition whose published results do not have the city."""
    edition, ours = given["edition"], knowledge.of_city(given["city"])
    for result in ours:
        differs = Verdict(DIFFERS, result["edition"], result["id"])
        weighed = weigh(knowledge, result["id"], ("edition",), f"year {edition}", differs)
        if weighed.verdict == DISPUTED:
            return weighed
    holders = _holders(knowledge, property_, value, given)
    if not holders and not knowledge.editions[edition].get("expected_results"):
        return Verdict(UNKNOWN, why="no-result", names={"city": given["city"]})
    names = {"edition": edition, "city": given["city"], "results": ours, "holders": holders}
    fact = holders[0]["id"] if len(holders) == 1 else edition
    return Verdict(DIFFERS, tuple(doc["city"] for doc in holders) or None, fact, "not-in-edition", names)


def _holders(knowledge: Knowledge, property_: str, value: Any, given: Doc) -> list[Doc]:
    """Return the results of an edition that have the place that a draft gives to another city."""
    results = knowledge.results_of_edition.get(given["edition"], ())
    return [
        doc
        for doc in results
        if _reached(knowledge, property_, value, doc) and given["category"] in {None, doc["category"]}
    ]


def _reached(knowledge: Knowledge, property_: str, value: Any, result: Doc) -> bool:
    """Whether a result is, or includes, what a draft says: a finalist was a semi-finalist before."""
    if property_ == "rank":
        return bool(result.get("rank") == value)
    if str(value).startswith("top "):
        return _is_among(knowledge, int(value[4:]), result)
    if value == "placed":
        return result["status"] in PLACED
    if value in {"winner", "runner-up"}:
        return bool(result["status"] == value)
    return bool(STAGES[result["status"]] <= STAGES[value])


def _is_among(knowledge: Knowledge, number: int, result: Doc) -> bool:
    """Whether a city is among the best few, where their number is that of a stage: six of six placed, twelve listed."""
    status, rank, category = result["status"], result.get("rank"), result["category"]
    placed = knowledge.number_placed(result["edition"], category)
    if rank and number <= placed:
        return bool(rank <= number)
    listed = sum(doc["category"] == category for doc in knowledge.results_of_edition[result["edition"]])
    return bool({placed - 1: status == "runner-up", placed: status in PLACED, listed: True}.get(number))
