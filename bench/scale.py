"""Measure growth on generated bases: `make bench-scale`, or `SIZES=1000,1000000 make bench-scale`.

The shape is that of the real base, made larger: an edition has 1 000 results of 1 000 cities, each result cites two of
the sources and has a reason of its own words; one file an edition. So a look-up by year gives as many rows in a large
base as in a small one, where it is asked for one year and a status that few have.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from run import environment, measure

SIZES = [int(size) for size in os.environ.get("SIZES", "1000,10000,100000").split(",")]
TOOL = str(Path(sys.executable).parent / "icapital")
PER_FILE, PAGES = 1000, 50
RARE = 7  # the city whose reason holds a rare word
WORDS = ("water", "light", "market", "harbour", "school", "garden", "bridge", "station", "library", "tower")
BARE = """
import sys
from pathlib import Path
import yaml
for path in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    with open(path, "rb") as file:
        yaml.load(file, yaml.CBaseLoader)
"""


def generate(folder: Path, results: int) -> None:
    """Write a base of so many results."""
    dice = random.Random(results)  # noqa: S311 - a made-up base needs no secrets
    (folder / "editions").mkdir(parents=True)
    cited = "    citations:\n      - source: page-1\n        locator: first paragraph\n"
    award = (
        f"awards:\n  prize:\n    name: Prize\n{cited}categories:\n  large:\n    award: prize\n    name: Large\n{cited}"
    )
    statuses = f"statuses:\n  winner:\n    name: Winner\n{cited}  finalist:\n    name: Finalist\n{cited}"
    (folder / "award.yaml").write_text(award + statuses, "utf-8")
    page = "  page-{0}:\n    title: Page {0}\n    publisher: Publisher {0}\n    lang: en\n    type: news\n"
    (folder / "sources.yaml").write_text("sources:\n" + "".join(map(page.format, range(1, PAGES + 1))), "utf-8")
    city = "  city-{0}:\n    name: City {0}\n    country: FI\n    type: city\n" + cited
    (folder / "cities.yaml").write_text("cities:\n" + "".join(map(city.format, range(PER_FILE))), "utf-8")
    years = range(1000, 1000 + max(1, results // PER_FILE))
    for year in years:
        text = [f"editions:\n  {year}:\n    award: prize\n{cited}results:\n"]
        text += [_result(year, place, dice) for place in range(PER_FILE)]
        (folder / "editions" / f"{year}.yaml").write_text("".join(text), "utf-8")
    gaps = "".join(f"      - {year}.{field}\n" for year in years for field in EXPECTED)
    said = "    what: Nothing is known of the editions.\n    why: They are made up.\n    since: 2026\n    about:\n"
    (folder / "gaps.yaml").write_text(f"gaps:\n  all:\n{said}{gaps}", "utf-8")


def _result(year: int, place: int, dice: random.Random) -> str:
    status, rare = "winner" if place == 0 else "finalist", f" zebra{year}" if place == RARE else ""
    reason = " ".join(dice.choices(WORDS, k=8)) + rare
    pages = (f"      - source: page-{(place + n) % PAGES + 1}\n        locator: paragraph {n}\n" for n in (1, 2))
    return (
        f"  {year}-city-{place}:\n    edition: {year}\n    city: city-{place}\n    category: large\n"
        f"    status: {status}\n    reason: {reason}\n    citations:\n{''.join(pages)}"
    )


EXPECTED = ("date", "place", "organiser", "commissioner", "applications", "applications_countries")


def timed(command: list[str], home: str) -> tuple[float, float]:
    """Run a command once: wall seconds, and the largest resident memory in MB of the process and its children."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment() | {"XDG_CACHE_HOME": home}) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main() -> None:
    """Print one table; each look-up as a ratio to the smallest base."""
    base: dict[str, float] = {}
    print("| results | compile s | bare yaml.load s | ratio | compile MB | by year | by city | by id | search |")
    print("|---|---|---|---|---|---|---|---|---|")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as scratch:
            folder, home = Path(scratch) / "facts", f"{scratch}/cache"
            generate(folder, size)
            os.environ["XDG_CACHE_HOME"] = home
            ask = [TOOL, "cities", "--facts", str(folder), "--json", "--year", "1000", "--status", "winner"]
            compiled, memory = timed(ask, home)
            bare, _ = timed([sys.executable, "-c", BARE, str(folder)], home)
            look_ups = {
                "by year": ask,
                "by city": [TOOL, "cities", "--facts", str(folder), "--json", "--city", "city-0", "--year", "1000"],
                "by id": [TOOL, "show", "1000-city-7", "--facts", str(folder), "--json"],
                "search": [TOOL, "search", "zebra1000", "--facts", str(folder), "--json"],
            }
            taken = {name: timing.wall for name, timing in measure(look_ups, rounds=9).items()}
            base = base or taken
            ratios = " | ".join(f"{taken[name] / base[name]:.2f}" for name in look_ups)
            print(
                f"| {size} | {compiled:.1f} | {bare:.1f} | {compiled / bare:.2f} | {memory:.0f} | {ratios} |",
                flush=True,
            )


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
