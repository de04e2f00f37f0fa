"""Measure a compile of the largest base that is promised, 20,000 results: `make bench-scale`.

The shape is that of the real base, made larger: an edition has a file of its own with 1,000 results of 1,000 cities and
20 initiatives; each result cites two sources and has a reason of its own words; an edition brings 20 sources, two
disputes and 50 translated reasons, in files of their own kinds.
"""

import os
import random
import statistics
import tempfile
from pathlib import Path

from run import icapital, run

RESULTS = 20_000
MOST_MEMORY = 400  # MB
ROUNDS = int(os.environ.get("ROUNDS", "5"))
PER_EDITION, SOURCES, TRANSLATED = 1000, 20, 50
WORDS = ("water", "light", "market", "harbour", "school", "garden", "bridge", "station", "library", "tower")
EXPECTED = ("date", "place", "organiser", "commissioner", "applications", "applications_countries")
CITED = "    citations:\n      - source: page-1000-0\n        locator: first paragraph\n"


def generate(folder: Path, results: int) -> None:
    """Write a base of so many results."""
    dice = random.Random(results)  # noqa: S311 - a made-up base needs no secrets
    years = range(1000, 1000 + results // PER_EDITION)
    award = f"awards:\n  prize:\n    name: Prize\n{CITED}"
    category = f"categories:\n  large:\n    award: prize\n    name: Large\n{CITED}"
    winner = f"statuses:\n  winner:\n    name: Winner\n    placed: 'yes'\n{CITED}"
    finalist = f"  finalist:\n    name: Finalist\n{CITED}"
    _write(folder / "award.yaml", award + category + winner + finalist)
    city = "  city-{0}:\n    name: City {0}\n    country: FI\n    type: city\n" + CITED
    _write(folder / "cities.yaml", "cities:\n" + "".join(map(city.format, range(PER_EDITION))))
    _write(folder / "languages/sv.yaml", "language: sv\nname: Svenska\ncities:\n  city-0: Staden 0\n")
    for year in years:
        _write(folder / f"editions/{year}.yaml", _edition(year, dice))
    for some in _parts(years, 50):
        page = "  page-{0}-{1}:\n    title: Page {1} of {0}\n    publisher: Publisher {1}\n    url: https://p{1}.example/{0}\n"
        page += "    lang: en\n    type: news\n"
        pages = (page.format(year, number) for year in some for number in range(SOURCES))
        _write(folder / f"sources/{some[0]}.yaml", "sources:\n" + "".join(pages))
        gaps = "".join(f"      - {year}.{field}\n" for year in some for field in EXPECTED)
        said = "    what: Little is known.\n    why: They are made up.\n    since: 2026\n    about:\n"
        _write(folder / f"gaps/{some[0]}.yaml", f"gaps:\n  of-{some[0]}:\n{said}{gaps}")
        _write(folder / f"disputes/{some[0]}.yaml", "disputes:\n" + "".join(map(_disputes, some)))
        texts = (
            f"  {year}-city-{n}:\n    reason: {_words(dice)} på svenska\n" for year in some for n in range(TRANSLATED)
        )
        _write(folder / f"languages/sv/{some[0]}.yaml", "language: sv\ntexts:\n" + "".join(texts))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _parts(years: range, size: int) -> list[range]:
    return [years[first : first + size] for first in range(0, len(years), size)]


def _words(dice: random.Random) -> str:
    return " ".join(dice.choices(WORDS, k=8))


def _edition(year: int, dice: random.Random) -> str:
    text = [f"editions:\n  {year}:\n    award: prize\n{CITED}results:\n"]
    text += [_result(year, place, dice) for place in range(PER_EDITION)]
    text += ["initiatives:\n"]
    for number in range(SOURCES):
        head = f"  project-{year}-{number}:\n    name: Project {number} of {year}\n    city: city-{number}\n"
        body = f"    edition: {year}\n    summary: {_words(dice)}\n    basis: own-account\n    citations:\n"
        text += [f"{head}{body}      - source: page-{year}-{number}\n        locator: last line\n"]
    return "".join(text)


def _result(year: int, place: int, dice: random.Random) -> str:
    status = "finalist" if place else "winner\n    rank: 1"
    pages = (f"      - source: page-{year}-{(place + n) % SOURCES}\n        locator: paragraph {n}\n" for n in (1, 2))
    return (
        f"  {year}-city-{place}:\n    edition: {year}\n    city: city-{place}\n    category: large\n"
        f"    status: {status}\n    reason: {_words(dice)}\n    citations:\n{''.join(pages)}"
    )


def _disputes(year: int) -> str:
    claims = "".join(
        f"      - says: {side}\n        citations:\n"
        f"          - source: page-{year}-{number}\n            locator: line 1\n"
        for number, side in enumerate(("One.", "Two."))
    )
    return "".join(
        f"  dispute-{year}-{number}:\n    editions:\n      - {year}\n    topic: number {number}\n"
        f"    severity: low\n    weight: open\n"
        f"    touches:\n      - {year}-city-{number}.reason\n    claims:\n{claims}"
        f"    believed: One\n    why: So it is.\n"
        for number in range(2)
    )


def main() -> None:
    """Print one row: compile and first answer, as a whole process."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "facts"
        os.environ["XDG_CACHE_HOME"] = f"{scratch}/cache"
        generate(folder, RESULTS)
        cold = icapital("cities", "--year", "1000", "--limit", "1", "--json", "--facts", str(folder), limit=0)
        taken = []
        for _ in range(ROUNDS):
            (folder / "award.yaml").touch()
            taken.append(run(cold))
        files = sum(1 for _ in folder.rglob("*.yaml"))
    wall, memory = statistics.median(timing.wall for timing in taken) / 1000, max(timing.memory for timing in taken)
    print("| results | files | compile s | MB | at most |\n|---|---|---|---|---|")
    print(f"| {RESULTS:,} | {files} | {wall:.1f} | {memory:.0f} | {MOST_MEMORY} |")


if __name__ == "__main__":
    main()
