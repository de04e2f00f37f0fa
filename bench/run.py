"""Measure whole processes against `import typer` in the same environment and the same run: `make bench`.

Runs are interleaved, so that a noisy moment hits all alike, and medians are compared as ratios. CPU time is user and
system time of the child; on a quiet machine both ratios are equal, on a busy one that of CPU time is held to the limit.
"""

import csv
import json
import os
import pty
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

SCRIPTS = Path(sys.executable).parent
TOOL = str(SCRIPTS / "icapital")
FACTS = Path(__file__).parent.parent / "facts"
ROUNDS = int(os.environ.get("ROUNDS", "25"))
REFERENCE = "python -c 'import typer'"
# The same question to the YAML: a fact may be in any file, so all are read, and joined as the answer joins them.
JOINED = """
map(select(.language | not)) | (map(.cities // {}) | add) as $cities | (map(.sources // {}) | add) as $sources
| [.[] | .results // {} | to_entries[] | select(.value.edition == 2019) | .value as $result | {
    id: .key, year: $result.edition, city: $cities[$result.city].name, country_code: $cities[$result.city].country,
    category: $result.category, status: $result.status, rank: $result.rank, prize_eur: $result.prize_eur,
    reason: $result.reason, sources: [$result.citations[] | .source as $id | $sources[$id]
        | {id: $id, publisher, title, url}]
}] | sort_by(.id)
"""
SHARED = ("id", "year", "city", "country_code", "category", "status", "rank", "prize_eur", "reason")
DROPPED = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH", "ICAPITAL_LANG")


class Timing(NamedTuple):
    """What one command costs: medians in milliseconds, and the most memory that it held, in MB."""

    wall: float
    cpu: float
    memory: float


class Command(NamedTuple):
    """A command line, with the most that it may cost as a ratio, and how it is run."""

    words: list[str]
    limit: float | None = None
    on_terminal: bool = False
    before: Callable[[], object] = lambda: None
    accepted: tuple[int, ...] = (0,)  # exit codes


def icapital(*words: str, limit: float, **how: Any) -> Command:
    """Make a command of the tool."""
    return Command([TOOL, *words], limit, **how)


def environment() -> dict[str, str]:
    """Give every command the same plain environment."""
    kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
    return kept | {"LANG": "C.UTF-8", "COLUMNS": "100", "TERM": "xterm-256color"}


def run(command: Command) -> Timing:
    """Run a command once."""
    command.before()
    reader, writer = pty.openpty() if command.on_terminal else (-1, os.open(os.devnull, os.O_WRONLY))
    start = time.perf_counter()
    with subprocess.Popen(command.words, stdout=writer, env=environment()) as child:
        os.close(writer)
        with suppress(OSError):  # the end of a terminal
            while reader >= 0 and os.read(reader, 1 << 16):
                pass
        _, status, usage = os.wait4(child.pid, 0)
        wall = 1000 * (time.perf_counter() - start)
        child.returncode = os.waitstatus_to_exitcode(status)
    if reader >= 0:
        os.close(reader)
    if child.returncode not in command.accepted:
        raise SystemExit(f"failed: {' '.join(command.words)}")
    return Timing(wall, 1000 * (usage.ru_utime + usage.ru_stime), usage.ru_maxrss / 1024)


def measure(commands: dict[str, Command], rounds: int = ROUNDS) -> dict[str, Timing]:
    """Run the commands in turn, many times, and return the medians."""
    taken: dict[str, list[Timing]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(run(command))
    return {name: Timing(*map(statistics.median, zip(*timings, strict=True))) for name, timings in taken.items()}


def commands(cache: Path) -> dict[str, Command]:
    """List what is measured: look-ups as JSON, help, a table on a terminal, and what compiles the facts."""

    def forget() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    return {
        REFERENCE: Command([sys.executable, "-c", "import typer"]),
        "cities --year 2019 --json": icapital("cities", "--year", "2019", "--json", limit=1.10),
        "contacts --lang sv --json": icapital("contacts", "--lang", "sv", "--json", limit=1.10),
        "quotes --lang fi --json": icapital("quotes", "--lang", "fi", "--json", limit=1.10),
        "search makela --json": icapital("search", "makela", "--json", limit=1.10),
        "show 2019-espoo --json": icapital("show", "2019-espoo", "--json", limit=1.10),
        "show espoo --json, the longest page": icapital("show", "espoo", "--json", limit=1.20),
        "cities --help": icapital("cities", "--help", limit=1.50),
        "cities --year 2019, a table on a terminal": icapital("cities", "--year", "2019", limit=1.50, on_terminal=True),
        "cities --year 2019 --json --facts facts, cold": icapital(
            "cities", "--year", "2019", "--json", "--facts", str(FACTS), limit=7, before=forget
        ),
        "check facts": icapital("check", str(FACTS), limit=7),
    }


def peers(folder: Path) -> dict[str, Command]:
    """List the peers that are installed, each asked for the cities of 2019 from the format that it reads."""
    rows = json.loads(answer([TOOL, "cities", "--json"]))
    (folder / "facts.json").write_text(json.dumps(rows), "utf-8")
    (folder / "facts.csv").write_bytes(answer([TOOL, "cities", "-f", "csv"]))
    with sqlite3.connect(folder / "facts.db") as connection:
        connection.execute("CREATE TABLE cities (year INTEGER, city TEXT, status TEXT, prize_eur INTEGER)")
        values = [(row["year"], row["city"], row["status"], row["prize_eur"]) for row in rows]
        connection.executemany("INSERT INTO cities VALUES (?, ?, ?, ?)", values)
    asked = {
        "yq (our YAML)": ["yq", "--slurp", JOINED, *sorted(map(str, FACTS.rglob("*.yaml")))],
        "sqlite-utils (.db)": ["sqlite-utils", str(folder / "facts.db"), "select * from cities where year = 2019"],
        "csvgrep (CSV)": ["csvgrep", "-c", "year", "-m", "2019", str(folder / "facts.csv")],
        "jq (JSON)": ["jq", "[.[] | select(.year == 2019)]", str(folder / "facts.json")],
    }
    found = {name: words for name, words in asked.items() if shutil.which(words[0])}
    for name, words in found.items():
        refuse_other_answer(name, words, [row for row in rows if row["year"] == 2019])  # noqa: PLR2004 - the year asked for
    return {name: Command(words) for name, words in found.items()}


def answer(words: list[str]) -> bytes:
    """Return what a command prints."""
    return subprocess.run(words, capture_output=True, check=True).stdout


def refuse_other_answer(name: str, words: list[str], ours: list[dict[str, Any]]) -> None:
    """Stop where a peer was not asked the same question: its cities are others, or fewer."""
    printed = answer(words).decode()
    theirs = list(csv.DictReader(printed.splitlines())) if name.startswith("csvgrep") else json.loads(printed)
    keys = SHARED if name.startswith("yq") else ("city",)
    if sorted([str(row[key]) for key in keys] for row in theirs) != sorted(
        [str(row[key]) for key in keys] for row in ours
    ):
        raise SystemExit(f"{name} answers another question: {printed[:500]}")


def main() -> None:
    """Print two tables, and what is above its limit."""
    over = []
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CACHE_HOME"] = f"{scratch}/cache"
        measured = commands(Path(scratch) / "cache")
        timings = measure(measured)
        print("| whole process | wall ms | CPU ms | ratio wall | ratio CPU | at most |\n|---|---|---|---|---|---|")
        for name, command in measured.items():
            wall, cpu = timings[name].wall / timings[REFERENCE].wall, timings[name].cpu / timings[REFERENCE].cpu
            over += [name] if command.limit and min(wall, cpu) > command.limit else []
            row = f"| {name} | {timings[name].wall:.1f} | {timings[name].cpu:.1f} | {wall:.2f} | {cpu:.2f} |"
            print(f"{row} {command.limit or 1:.2f} |")
        question = "cities --year 2019 --json"
        compared = measure({question: measured[question]} | peers(Path(scratch)), rounds=max(5, ROUNDS // 2))
    print("\n| the same question by | wall ms | times ours |\n|---|---|---|")
    for name, timing in compared.items():
        times = timing.wall / compared[question].wall
        over += [name] if times < 1 and not name.startswith("jq") else []
        print(f"| {name} | {timing.wall:.0f} | {times:.2f} |")
    print(f"\nabove the limit: {', '.join(over) or 'nothing'}")


if __name__ == "__main__":
    main()
