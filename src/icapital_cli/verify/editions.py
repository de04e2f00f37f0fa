"""What the facts say of claims on an edition."""

from icapital_cli.store.facts import Doc
from icapital_cli.verify.judge import AGREES, DIFFERS, ROUNDED, UNKNOWN, Verdict, unclear, weigh
from icapital_cli.verify.knowledge import PLACED, Knowledge
from icapital_cli.verify.sentence import Claim


def judge(knowledge: Knowledge, claim: Claim) -> Verdict:
    """Judge a claim on an edition."""
    if claim.property == "since":
        award = knowledge.kind("awards")[knowledge.award]
        right = str(award.get("since", ""))[:4] == claim.value
        verdict = Verdict(AGREES if right else DIFFERS, award.get("since"), knowledge.award, "" if right else "value")
        return weigh(knowledge, knowledge.award, ("since", "rhythm"), f"year {claim.value}", verdict)
    edition = claim.given["edition"]
    if claim.property == "editions" and edition is None:
        edition = max(knowledge.editions)
    if claim.property == "ordinal" and not (claim.given["is_sure"] or edition in claim.given["editions"]):
        return Verdict(UNKNOWN, why="which-edition")
    if edition is None or edition.startswith("?") or edition not in knowledge.editions:
        return _in_any(knowledge, claim)
    verdict = JUDGES[claim.property](knowledge, claim, edition, knowledge.editions[edition])
    if verdict.verdict != DIFFERS:
        return verdict
    near = () if claim.is_bound else claim.given["editions"]
    others = [JUDGES[claim.property](knowledge, claim, one, knowledge.editions[one]) for one in near]
    is_unsure = not (claim.given["is_sure"] or claim.property == "ordinal")
    if is_unsure and _in_any(knowledge, claim).verdict == AGREES:
        verdict = unclear(verdict)
    agreeing = next((other for other in others if other.verdict == AGREES), None)
    if agreeing and claim.given["is_sure"] and verdict.verdict == DIFFERS:
        return unclear(verdict)
    return agreeing or verdict


def _in_any(knowledge: Knowledge, claim: Claim) -> Verdict:
    for edition, doc in reversed(knowledge.editions.items()):
        verdict = JUDGES[claim.property](knowledge, claim, edition, doc)
        if verdict.verdict == AGREES:
            return verdict
    return Verdict(UNKNOWN, why="which-edition")


def _date(knowledge: Knowledge, claim: Claim, edition: str, doc: Doc) -> Verdict:
    day, told = str(doc.get("date", "")), claim.value
    if is_same_day(told, day) and claim.given["steps"]:
        return unclear(Verdict(AGREES, day, edition))
    if is_same_day(told, day):
        return weigh(knowledge, edition, ("date",), f"date {told}", Verdict(AGREES, day, edition))
    steps = knowledge.steps.get(edition, [])
    named = claim.given["steps"]
    for step in sorted(steps, key=lambda step: step["step"] not in named):
        if is_same_day(told, step["date"]):
            agrees = Verdict(AGREES, step["date"], step["id"])
            return agrees if not named or step["step"] in named else unclear(agrees)
    for name in claim.given["steps"]:
        meant = [step for step in steps if step["step"] == name]
        if len(meant) == 1 and len(meant[0]["date"]) == len(day):
            return weigh(
                knowledge, meant[0]["id"], ("date",), told, Verdict(DIFFERS, meant[0]["date"], meant[0]["id"], "value")
            )
    if not claim.given["is_award"] or (told[0] != "-" and told[:4] not in {day[:4], edition}):
        return Verdict(UNKNOWN, None, edition, "no-date")
    return weigh(knowledge, edition, ("date",), f"date {told}", Verdict(DIFFERS, day, edition, "value"))


def is_same_day(told: str, day: str) -> bool:
    """Whether a date, perhaps without year or day, is that of a day."""
    return day.startswith(told) or (told[0] == "-" and day[4:].startswith(told[1:]))


def _place(knowledge: Knowledge, claim: Claim, edition: str, doc: Doc) -> Verdict:
    if claim.value == ONLINE:
        is_online = doc.get("place", "").casefold() == ONLINE
        differs = Verdict(DIFFERS if doc.get("place") else UNKNOWN, doc.get("place"), edition, "value")
        return Verdict(AGREES, doc["place"], edition) if is_online else differs
    names = knowledge.names(claim.value) or {claim.value}
    is_same = bool(names & knowledge.places[edition]) or any(name in doc.get("place", "").casefold() for name in names)
    if is_same:
        return weigh(knowledge, edition, ("place",), claim.value, Verdict(AGREES, doc.get("place"), edition))
    if not doc.get("place"):
        return Verdict(UNKNOWN, None, edition, "no-place")
    return weigh(knowledge, edition, ("place",), claim.value, Verdict(DIFFERS, doc["place"], edition, "value"))


def _event(knowledge: Knowledge, claim: Claim, edition: str, doc: Doc) -> Verdict:
    is_same = claim.value in knowledge.events[edition]
    if is_same or not doc.get("event"):
        return Verdict(AGREES if is_same else UNKNOWN, doc.get("event"), edition)
    return weigh(
        knowledge, edition, ("event",), " ".join(claim.value), Verdict(DIFFERS, doc["event"], edition, "value")
    )


def _number(knowledge: Knowledge, claim: Claim, edition: str, doc: Doc) -> Verdict:
    known = doc.get(claim.property)
    if known is None:
        return Verdict(UNKNOWN, None, edition, "gap")
    qualifier = claim.given.get("qualifier")
    if known == claim.value:
        return weigh(knowledge, edition, (claim.property,), claim.value, Verdict(AGREES, known, edition))
    if qualifier and is_rounded(claim.value, known, qualifier):
        return Verdict(ROUNDED, known, edition, "rounded")
    if claim.value <= len(knowledge.results_of_edition.get(edition, ())):  # those who are left may be meant
        return unclear(Verdict(DIFFERS, known, edition))
    return weigh(knowledge, edition, (claim.property,), claim.value, Verdict(DIFFERS, known, edition, "value"))


def is_rounded(told: float, known: float, qualifier: str | None) -> bool:
    """Whether a round number stands for an exact one: within a twentieth, on the side that `almost` or `over` says.

    More than 300 may be a fifth more.
    """
    if qualifier in {"more than", "at least"} and told < known <= told * MORE:
        return True
    if abs(told - known) > known / TWENTIETH:
        return False
    return {"more than": told <= known, "at least": told <= known, "almost": told >= known}.get(qualifier or "", True)


TWENTIETH = 20
MORE = 1.2  # of what more than a number may be


def _count(knowledge: Knowledge, claim: Claim, edition: str, _doc: Doc) -> Verdict:
    status, category = claim.given["status"], claim.given["category"]
    results = [r for r in knowledge.results_of_edition.get(edition, ()) if category in {None, r["category"]}]
    if not results:
        return Verdict(UNKNOWN, None, edition)
    by_category = [[r for r in results if r["category"] == one] for one in {r["category"] for r in results}]
    stages = {
        "runner-up": [sum(r["status"] == "runner-up" for r in some) for some in (*by_category, results)],
        "finalist": [
            n
            for some in (*by_category, results)
            for n in (sum(r["status"] in PLACED for r in some), len(some), len(some) - 1)
        ],
        "semi-finalist": [
            n
            for some in (*by_category, results)
            for n in (len(some), sum(r["status"] == "semi-finalist" for r in some))
        ],
    }[status]
    if claim.value in stages:
        return Verdict(AGREES, claim.value, edition)
    expected = stages[0]
    schemes = [s for s in knowledge.kind("schemes").values() if s["edition"] == edition and s["status"] == status]
    if any(knowledge.disputed(scheme["id"], "number_of_prizes") for scheme in schemes):
        return unclear(Verdict(DIFFERS, expected, edition, "count"))
    return weigh(
        knowledge, edition, ("jury",), claim.value, Verdict(DIFFERS, expected, edition, "count", {"status": status})
    )


def _ordinal(knowledge: Knowledge, claim: Claim, edition: str, doc: Doc) -> Verdict:
    known = doc.get("ordinal")
    if known is None:
        return Verdict(UNKNOWN, None, edition)
    verdict = Verdict(
        AGREES if known == claim.value else DIFFERS, known, edition, "" if known == claim.value else "value"
    )
    return weigh(knowledge, edition, ("ordinal",), claim.value, verdict)


def _editions(knowledge: Knowledge, claim: Claim, edition: str, doc: Doc) -> Verdict:
    """Judge how many editions there have been: until that of the draft, or in all."""
    right = claim.value in {doc.get("ordinal"), len(knowledge.editions)}
    return Verdict(AGREES if right else DIFFERS, doc.get("ordinal"), edition, "" if right else "value")


def _organiser(knowledge: Knowledge, claim: Claim, edition: str, doc: Doc) -> Verdict:
    names = knowledge.names(claim.value)
    told = " ".join(knowledge.versions(edition, "organiser", doc))
    is_same = any(name in told for name in names)
    return Verdict(AGREES if is_same else UNKNOWN, doc.get("organiser"), edition, "" if is_same else "other-post")


ONLINE = "online"
JUDGES = {
    "date": _date,
    "place": _place,
    "event": _event,
    "applications": _number,
    "applications_countries": _number,
    "count": _count,
    "ordinal": _ordinal,
    "editions": _editions,
    "organiser": _organiser,
}
