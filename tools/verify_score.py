"""Measure `verify` on the labelled drafts: recall of claims, precision of `differs`, and a table of confusion.

    python tools/verify_score.py [--facts DIR] [--list]

The drafts are in tests/drafts. `blind-*` were written and labelled before any wording existed, `own-*`, `fresh-*` and
`last-*` after. `second-*` to `ninth-*` are by people who saw neither wordings nor code; they were read, and corrected
for, once they had been measured. Nothing was ever changed for `fifth-*`, which was run once. `other-*` are about other
awards, `none-*` about something else; `no-claims-*` deny, ask, hope, spread rumours; in `right-*` nothing differs.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from verify_changes import Site, swaps_of

from icapital_cli.api import open_store
from icapital_cli.errors import UsageError
from icapital_cli.verify.engine import Checked, Checker

DRAFTS = Path(__file__).parent.parent / "tests" / "drafts"
CHANGES = 500
SETS = ("blind", "own", "fresh")
# whose drafts are not changed one fact at a time
OTHERS = ("last", "second", "sealed", "third", "fourth", "sixth", "seventh", "eighth", "ninth")
HELD_OUT = "fifth"  # measured once, never corrected for; only with `--only fifth`, and its misses are not listed
# Properties that say the same thing, as labels and as claims call them.
SAME = {
    "rank": "status",
    "person": "role",
    "commissioner": "role",
    "finalists": "count",
    "partners": "figures",
    "year": "status",
    "award": "status",  # another one that a city won
    "number_of_prizes": "count",
    "jury": "count",  # of which the facts tell how many cities it chose
    "first/best": "first",  # so called by those who wrote the drafts
    "best": "first",
    "edition": "status",  # of a city, told by its year
}


class Label(NamedTuple):
    """A claim as a person labelled it: the words, their place, the property, the verdict."""

    words: str
    start: int
    property: str
    verdict: str


class Draft(NamedTuple):
    """A labelled draft."""

    name: str
    lang: str
    text: str
    labels: list[Label]


def read_drafts(prefix: str) -> Iterator[Draft]:
    """Read the drafts of the files whose names begin so."""
    for path in sorted(DRAFTS.glob(f"{prefix}*.yaml")):
        lang = path.stem.rpartition("-")[2]
        for number, doc in enumerate(yaml.safe_load_all(path.read_text(encoding="utf-8")), 1):
            text = doc["text"]
            yield Draft(f"{path.stem}:{number}", lang, text, list(_labels(text, doc.get("claims") or ())))


def _labels(text: str, lines: Iterable[str]) -> Iterator[Label]:
    for line in lines:
        words, property_, verdict = (part.strip() for part in line.split(" | "))
        start = text.find(words)
        if start < 0:
            sys.exit(f"{words!r} is not in its draft")
        yield Label(words, start, property_, verdict)


def kind_of(property_: str) -> str:
    """Return the property under which claims are compared."""
    return SAME.get(property_, property_)


def matching(label: Label, found: list[Checked]) -> Checked | None:
    """Return the claim that a label is about: the same property, in words that overlap; the nearest."""
    end = label.start + len(label.words)
    near = [
        one
        for one in found
        if kind_of(one.claim.property) == kind_of(label.property) and one.start < end and label.start < one.end
    ]
    near.sort(key=lambda one: (one.verdict.verdict != label.verdict, abs(one.start - label.start) + abs(one.end - end)))
    return near[0] if near else None


class Score:
    """What was found in some drafts."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.confusion: Counter[tuple[str, str]] = Counter()
        self.missed: list[str] = []
        self.wrong: list[str] = []
        self.differs = 0

    def add(self, draft: Draft, found: list[Checked]) -> None:
        """Compare the claims found in a draft with its labels."""
        right = []
        for label in draft.labels:
            one = matching(label, found)
            self.confusion[label.verdict, one.verdict.verdict if one else "-"] += 1
            if one is None:
                self.missed.append(f"{draft.name}: {label.property} {label.words!r}")
            elif label.verdict == "differs":
                right.append(one)
        for one in found:
            if one.verdict.verdict == "differs":
                self.differs += 1
                if not any(one is other or _same_place(one, other) for other in right):
                    words = draft.text[one.start : one.end]
                    self.wrong.append(
                        f"{draft.name}: {one.claim.property} {one.claim.value} {words!r} {one.verdict.expected}"
                    )

    @property
    def recall(self) -> float:
        """The share of labelled claims that were found, whatever the verdict."""
        total = sum(self.confusion.values())
        return 1 - len(self.missed) / total if total else 1

    @property
    def precision(self) -> float:
        """The share of the claims reported as differing that do."""
        return 1 - len(self.wrong) / self.differs if self.differs else 1


def _same_place(one: Checked, other: Checked) -> bool:
    return (
        kind_of(one.claim.property) == kind_of(other.claim.property) and one.start < other.end and other.start < one.end
    )


def score(checker: Checker, prefix: str) -> Score:
    """Score the drafts of a prefix."""
    total = Score()
    for draft in read_drafts(prefix):
        total.add(draft, checker.check(draft.text))
    return total


class Change(NamedTuple):
    """A draft with one fact changed: what was changed, into which text, and where."""

    kind: str
    draft: Draft
    text: str
    label: Label
    words: str
    span: tuple[int, int]


def changes_of(draft: Draft, rng: random.Random, cities: set[str]) -> Iterator[Change]:
    """Yield changes of the facts that a right draft states, by its labels."""
    for label in draft.labels:
        site = Site(label.words, label.start, label.property, draft.lang)
        for kind, old, new, at in swaps_of(site, rng, cities) if label.verdict == "agrees" else ():
            if new not in draft.text or kind not in {"city", "place"}:
                text = draft.text[:at] + new + draft.text[at + len(old) :]
                yield Change(kind, draft, text, label, f"{old} → {new}", (at, at + len(new)))


class Changes:
    """How many changes of each kind there were, were reported, and were reported with the right fact."""

    def __init__(self, checker: Checker, cities: set[str], number: int = CHANGES) -> None:
        """Change one fact at a time in right drafts; the same changes every time."""
        rng = random.Random(12)  # noqa: S311 - no secret
        drafts = [draft for prefix in SETS for draft in read_drafts(prefix)]
        right = [draft for draft in drafts if all(label.verdict == "agrees" for label in draft.labels)]
        changes: dict[tuple[str, str], Change] = {}
        while len(changes) < number:
            for draft in right:
                changes |= {(draft.name, change.text): change for change in changes_of(draft, rng, cities)}
        chosen = list(changes.values())
        rng.shuffle(chosen)
        self.made, self.seen, self.exact = Counter[str](), Counter[str](), Counter[str]()
        self.agreeing: list[str] = []  # changes that are said to agree
        self.missed: list[str] = []
        for change in chosen[:number]:
            self._add(checker, change)

    def _add(self, checker: Checker, change: Change) -> None:
        self.made[change.kind] += 1
        start, end = change.span
        low, high = change.text.rfind("\n", 0, start), change.text.find("\n", end)
        high = high if high >= 0 else len(change.text)
        found = checker.check(change.text)
        differing = [one for one in found if one.verdict.verdict == "differs"]
        kind = kind_of(change.label.property)
        here = [one for one in found if one.start < end and start < one.end and kind_of(one.claim.property) == kind]
        if any(one.verdict.verdict in {"agrees", "rounded"} for one in here):
            self.agreeing.append(f"{change.draft.name}: {change.kind} {change.words!r} in {change.label.words!r}")
        near = [one for one in differing if one.start < high and low < one.end]
        if near:
            self.seen[change.kind] += 1
            self.exact[change.kind] += any(_is_right(checker, change, one) for one in near)
        else:
            self.missed.append(f"{change.draft.name}: {change.kind} {change.words!r} in {change.label.words!r}")


def _is_right(checker: Checker, change: Change, one: Checked) -> bool:
    """Whether a report names the fact that the right draft stated, its value, or the named city's own result."""
    own = [doc["id"] for doc in checker.knowledge.of_city(one.claim.given.get("city") or "")]
    if one.verdict.fact in own or (one.claim.property == "person" and str(one.verdict.expected) in change.draft.text):
        return True
    before = matching(change.label, checker.check(change.draft.text))
    if before is None:
        return False
    was, now = before.verdict, one.verdict
    named = [*(now.names.get("holders") or ()), *(now.names.get("results") or ())]
    return was.fact in {now.fact, *(doc["id"] for doc in named)} or (now.expected == was.expected is not None)


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", help="a folder of facts")
    parser.add_argument("--list", action="store_true", help="list what was missed, and what was reported wrongly")
    parser.add_argument("--only", default="", help="only the drafts whose file names begin so")
    given = parser.parse_args()
    with open_store(given.facts) as store:
        report(store, given)


def report(store: Any, given: Any) -> None:
    """Write the report."""
    checker = Checker(store)
    whole: Counter[tuple[str, str]] = Counter()
    for prefix in [given.only] if given.only else [*SETS, *OTHERS]:
        one = score(checker, prefix)
        whole += one.confusion
        drafts = list(read_drafts(prefix))
        write(
            f"{prefix}: {len(drafts)} drafts, {sum(one.confusion.values())} claims, recall {one.recall:.3f}, "
            f"precision of differs {one.precision:.3f} ({one.differs - len(one.wrong)} of {one.differs})"
        )
        if given.list and prefix != HELD_OUT:
            write("  missed: " + "\n  missed: ".join(one.missed or ["nothing"]))
            write("  wrong: " + "\n  wrong: ".join(one.wrong or ["nothing"]))
    columns = sorted({found for _, found in whole})
    write("\nlabelled   " + "".join(f"{column:>10}" for column in columns))
    for verdict in sorted({labelled for labelled, _ in whole}):
        write(f"{verdict:11}" + "".join(f"{whole[verdict, column]:10}" for column in columns))
    cities = {row[0] for row in store.rows("SELECT name FROM names WHERE kind = 'cities'")}
    changes = Changes(checker, cities)
    made, seen, exact = (sum(counts.values()) for counts in (changes.made, changes.seen, changes.exact))
    write(f"\nchanges: {made} made, {seen / made:.3f} reported as differing, {exact / made:.3f} with the right fact")
    write(f"  said to agree: {len(changes.agreeing) / made:.3f}")
    for kind, number in changes.made.most_common():
        write(f"  {kind:18}{number:5}{changes.seen[kind]:5}{changes.exact[kind]:5}")
    if given.list:
        write("  not seen: " + "\n  not seen: ".join(changes.missed))
        write("  said to agree: " + "\n  said to agree: ".join(changes.agreeing))
    right = [(d, c) for d in read_drafts("right") for c in _checked(checker, d.text) if c.verdict.verdict == "differs"]
    write(f"right: {len(list(read_drafts('right')))} texts, {len(right)} claims that differ")
    for prefix in ("other", "none", "no-claims"):
        texts = list(read_drafts(prefix))
        claims = [(d, c) for d in texts for c in _checked(checker, d.text) if c.verdict.verdict != "not-read"]
        write(f"{prefix}: {len(texts)} texts, {len(claims)} claims")
        if given.list:
            for draft, claim in claims:
                words = draft.text[claim.start : claim.end]
                write(f"  claim: {draft.name}: {claim.claim.property} {claim.claim.value} {words!r}")


def _checked(checker: Checker, text: str) -> list[Checked]:
    try:
        return checker.check(text)
    except UsageError:
        return []


def write(line: str) -> None:
    """Write a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
