"""Claims about how to reach people: telephone numbers and e-mail addresses, as they were printed once."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from icapital_cli.verify.judge import AGREES, DIFFERS, UNKNOWN, Verdict
from icapital_cli.verify.knowledge import Knowledge
from icapital_cli.verify.mentions import Hidden
from icapital_cli.verify.sentence import Claim, Sentence

SLIPS = 2  # signs in which a number or an address may differ from the one that it was meant to be


def contacts_of(hidden: Hidden, sentences: list[Sentence]) -> Iterator[Claim]:
    """Yield the telephone numbers and e-mail addresses, each with the person named nearest before it."""
    if not hidden.phones and not hidden.emails:
        return
    words = hidden.words
    people = sorted((m for s in sentences for m in s.of("person")), key=lambda m: m.first)
    firsts = [m.first for m in people]
    for property_, spans in (("phone", hidden.phones), ("email", hidden.emails)):
        for start, end in spans:
            first, last = words.at(start), words.at(end)
            line = words.text.rfind("\n", 0, start) + 1
            number = bisect_left(firsts, first)
            before, after = people[number - 1 : number], people[number : number + 1]
            near = [m for m in before if words.starts[m.first] >= line or first - m.last <= FAR]
            near = near or [m for m in after if "\n" not in words.text[end : min(words.starts[m.first], end + LINE)]]
            person = near[0].value if near else None
            given = {"person": person, "people": {m.value for m in people}}
            yield Claim(property_, words.text[start:end], given, (first, last), (first, last))


LINE = 200  # characters after a number in which its line ends
FAR = 12


def judge(knowledge: Knowledge, claim: Claim) -> Verdict:
    """Judge a telephone number or an e-mail address: printed once, and when."""
    key, told = claim.property, _plain(claim.property, claim.value)
    contacts = [c for c in knowledge.kind("contacts").values() if c.get(key)]
    exact = [c for c in contacts if _plain(key, c[key]) == told]
    for contact in sorted(exact, key=lambda c: c["person"] != claim.given["person"]):
        if claim.given["person"] in {None, contact["person"]}:
            return Verdict(AGREES, contact[key], contact["id"], "as-of", {"as_of": contact["as_of"]})
    for contact in contacts:
        if contact["person"] == claim.given["person"]:
            is_slip = _differing(_plain(key, contact[key]), told) <= SLIPS
            verdict = DIFFERS if is_slip else UNKNOWN  # a person may have several
            return Verdict(verdict, contact[key], contact["id"], "as-of", {"as_of": contact["as_of"]})
    if exact:
        contact = exact[0]
        return Verdict(
            DIFFERS if contact["person"] not in claim.given["people"] else UNKNOWN,
            contact["person"],
            contact["id"],
            "other-person",
            {"as_of": contact["as_of"], "person": contact["person"]},
        )
    near = [c for c in contacts if _differing(_plain(key, c[key]), told) <= SLIPS]
    if near:
        return Verdict(DIFFERS, near[0][key], near[0]["id"], "as-of", {"as_of": near[0]["as_of"]})
    return Verdict(UNKNOWN, why="no-contact")


def _plain(key: str, value: str) -> str:
    if key == "email":
        return value.casefold()
    digits = re.sub(r"\D", "", value)
    return digits[-9:]


def _differing(one: str, other: str) -> int:
    if abs(len(one) - len(other)) > 1:
        return max(len(one), len(other))
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True))
    from difflib import SequenceMatcher  # noqa: PLC0415 - only an unknown number needs it

    return 1 if SequenceMatcher(None, one, other).ratio() > 0.9 else len(one)  # noqa: PLR2004 - all but one sign
