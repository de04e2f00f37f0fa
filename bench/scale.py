"""Measure growth on generated bases: `make bench-scale`, or `SIZES=1000,1000000 make bench-scale`.

The shape is that of the real base, made larger: an edition has a file of its own with 1 000 results of 1 000 cities and
20 initiatives; each result cites two sources and has a reason of its own words; an edition brings 20 sources, two
disputes and 50 translated reasons, in files of their own kinds. A look-up gives as many rows in a large base as in a
small one.
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Event, Thread

from run import environment, measure

SIZES = [int(size) for size in os.environ.get("SIZES", "1000,10000,100000").split(",")]
ROUNDS = int(os.environ.get("ROUNDS", "15"))
TOOL = str(Path(sys.executable).parent / "icapital")
PER_EDITION, SOURCES, TRANSLATED = 1000, 20, 50
RARE = 7  # the city whose reason holds a rare word
WORDS = ("water", "light", "market", "harbour", "school", "garden", "bridge", "station", "library", "tower")
EXPECTED = ("date", "place", "organiser", "commissioner", "applications", "applications_countries")
CITED = "    citations:\n      - source: page-1000-0\n        locator: first paragraph\n"
BARE = """
import sys, time
from pathlib import Path
import yaml
for path in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    with open(path, "rb") as file:
        yaml.load(file, yaml.CBaseLoader)
"""
LOOK = """
import sys, time
from pathlib import Path
from icapital_cli.files import find_files, stamp
folder = Path(sys.argv[1])
stamp(find_files(folder))
start = time.perf_counter()
for _ in range(20):
    stamp(find_files(folder))
print(50 * (time.perf_counter() - start))
"""


def generate(folder: Path, results: int) -> None:
    """Write a base of so many results."""
    dice = random.Random(results)  # noqa: S311 - a made-up base needs no secrets
    years = range(1000, 1000 + max(1, results // PER_EDITION))
    award = (
        f"awards:\n  prize:\n    name: Prize\n{CITED}categories:\n  large:\n    award: prize\n    name: Large\n{CITED}"
    )
    _write(
        folder / "award.yaml",
        f"{award}statuses:\n  winner:\n    name: Winner\n{CITED}  finalist:\n    name: Finalist\n{CITED}",
    )
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
    status, rare = "winner" if place == 0 else "finalist", f" zebra{year}" if place == RARE else ""
    pages = (f"      - source: page-{year}-{(place + n) % SOURCES}\n        locator: paragraph {n}\n" for n in (1, 2))
    return (
        f"  {year}-city-{place}:\n    edition: {year}\n    city: city-{place}\n    category: large\n"
        f"    status: {status}\n    reason: {_words(dice)}{rare}\n    citations:\n{''.join(pages)}"
    )


def _disputes(year: int) -> str:
    claims = "".join(
        f"      - says: {side}\n        citations:\n"
        f"          - source: page-{year}-{number}\n            locator: line 1\n"
        for number, side in enumerate(("One.", "Two."))
    )
    return "".join(
        f"  dispute-{year}-{number}:\n    editions:\n      - {year}\n    topic: number {number}\n    severity: low\n"
        f"    touches:\n      - {year}-city-{number}.reason\n    claims:\n{claims}"
        f"    believed: One\n    why: So it is.\n"
        for number in range(2)
    )


class Watch:
    """Samples the memory that a process and its children hold together, shared pages counted once."""

    def __init__(self, pid: int) -> None:
        """Watch a process."""
        self.most, self._pid, self._over = 0, pid, Event()
        self._thread = Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            self.most = max(self.most, sum(map(_held, _family(self._pid))))

    def end(self) -> float:
        """Give the most that was held, in MB."""
        self._over.set()
        self._thread.join()
        return self.most / 1024


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in _family(int(child)))]


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def timed(command: list[str]) -> tuple[float, float]:
    """Run a command once: wall seconds, and the most memory that it held with its children, in MB."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment()) as child:
        watch = Watch(child.pid)
        child.wait()
    wall, memory = time.perf_counter() - start, watch.end()
    if child.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    return wall, memory


def look_ups(folder: Path) -> dict[str, list[str]]:
    """List the look-ups of one base."""
    facts = ["--facts", str(folder), "--json"]
    return {
        "by year": [TOOL, "cities", "--year", "1000", "--status", "winner", *facts],
        "by city": [TOOL, "cities", "--city", "city-0", "--year", "1000", *facts],
        "by id": [TOOL, "show", "1000-city-7", *facts],
        "search": [TOOL, "search", "zebra1000", *facts],
    }


def change(path: Path) -> None:
    """Change one reason in a file."""
    path.write_text(path.read_text("utf-8").replace("reason: ", "reason: truly ", 1), "utf-8")


def compiled(folder: Path, size: int) -> None:
    """Compile one base and print its row: the whole, the bare reference in turn, and one file changed."""
    ask = look_ups(folder)["by year"]
    turns = 7 if size <= 10_000 else 1  # noqa: PLR2004 - larger ones take minutes
    whole, bare = [], []
    for _ in range(turns):
        shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)
        bare.append(timed([sys.executable, "-c", BARE, str(folder)])[0])
        whole.append(timed(ask))
    wall, reference = statistics.median(time for time, _ in whole), statistics.median(bare)
    most = max(held for _, held in whole)
    edited = []
    for _ in range(3):
        change(folder / "editions" / "1000.yaml")
        time.sleep(0.1)
        edited.append(timed(ask)[0])
    files = sum(1 for _ in folder.rglob("*.yaml"))
    seen = float(subprocess.run([sys.executable, "-c", LOOK, str(folder)], capture_output=True, check=True).stdout)
    print(
        f"| {size} | {files} | {wall:.2f} | {reference:.2f} | {wall / reference:.2f} | {most:.0f} "
        f"| {statistics.median(edited):.2f} | {statistics.median(edited) / wall:.3f} | {seen:.1f} |",
        flush=True,
    )


def main() -> None:
    """Print two tables: compiles, then look-ups as ratios to the smallest base, all asked in turn."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CACHE_HOME"] = f"{scratch}/cache"
        folders = {size: Path(scratch) / str(size) for size in SIZES}
        print("| results | files | compile s | bare s | ratio | MB | one file s | of the whole | unchanged ms |")
        print("|---|---|---|---|---|---|---|---|---|")
        for size, folder in folders.items():
            generate(folder, size)
            os.environ["XDG_CACHE_HOME"] = f"{scratch}/cache-{size}"
            compiled(folder, size)
        asked = {}
        for size, folder in folders.items():
            for name, command in look_ups(folder).items():
                asked[name, size] = ["env", f"XDG_CACHE_HOME={scratch}/cache-{size}", *command]
        taken = {key: timing.wall for key, timing in measure(asked, rounds=ROUNDS).items()}
        print("\n| results | by year | by city | by id | search |\n|---|---|---|---|---|")
        for size in SIZES:
            ratios = (taken[name, size] / taken[name, SIZES[0]] for name in ("by year", "by city", "by id", "search"))
            print(f"| {size} | " + " | ".join(f"{ratio:.2f}" for ratio in ratios) + " |")


if __name__ == "__main__":
    main()
