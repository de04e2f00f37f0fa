"""Measure look-ups as whole processes against a reference in the same run: `make bench`.

Runs are interleaved, so that a noisy moment hits all alike, and medians are compared as ratios. CPU time is
user + system of the child. Peers are measured when they are installed: in the bench environment, or on the path.
"""

import csv
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
SCRIPTS = Path(sys.executable).parent
ROUNDS = int(os.environ.get("ROUNDS", "21"))
FACTS = HERE.parent / "facts"
# The same question to the YAML: a fact may stand in any file, so all are read, and joined as the answer joins them.
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
DROPPED = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH")


class Timing(NamedTuple):
    """What one command cost: medians in milliseconds, and its largest resident memory in MB."""

    wall: float
    cpu: float
    memory: float


def environment() -> dict[str, str]:
    """Give every command the same plain environment."""
    return {name: value for name, value in os.environ.items() if name not in DROPPED} | {"LANG": "C.UTF-8"}


def measure(commands: dict[str, list[str]], rounds: int = ROUNDS) -> dict[str, Timing]:
    """Run the commands in turn, many times, and give the medians."""
    walls: dict[str, list[float]] = {name: [] for name in commands}
    cpus: dict[str, list[float]] = {name: [] for name in commands}
    memory: dict[str, float] = {}
    for _ in range(rounds):
        for name, command in commands.items():
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment()) as child:
                _, status, usage = os.wait4(child.pid, 0)
                child.returncode = os.waitstatus_to_exitcode(status)
            walls[name].append(1000 * (time.perf_counter() - start))
            cpus[name].append(1000 * (usage.ru_utime + usage.ru_stime))
            memory[name] = max(memory.get(name, 0), usage.ru_maxrss / 1024)
            if child.returncode:
                raise SystemExit(f"{name} failed: {' '.join(command)}")
            del before
    return {n: Timing(statistics.median(walls[n]), statistics.median(cpus[n]), memory[n]) for n in commands}


def on_terminal(*words: str) -> list[str]:
    """Run a command with a terminal of 100 columns as its output."""
    code = "import os,pty,sys; os.environ['COLUMNS']='100'; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"
    return [sys.executable, "-S", "-c", code, *words]


def look_ups() -> list[tuple[str, list[str], float]]:
    """List the look-ups with the ratio to `import typer` that each may have."""
    tool = str(SCRIPTS / "icapital")
    return [
        ("cities --year 2019 --json", [tool, "cities", "--year", "2019", "--json"], 1.20),
        ("contacts --lang sv --json", [tool, "contacts", "--lang", "sv", "--json"], 1.30),
        ("quotes --lang fi --json", [tool, "quotes", "--lang", "fi", "--json"], 1.30),
        ("show espoo --json", [tool, "show", "espoo", "--json"], 1.30),
        ("search makela --json", [tool, "search", "makela", "--json"], 1.30),
        ("--help", [tool, "--help"], 1.35),
        ("cities --help", [tool, "cities", "--help"], 1.35),
    ]


def peers(folder: Path) -> dict[str, list[str]]:
    """List the peers that are installed, each asked for the cities of 2019 from the format that it reads."""
    tool = str(SCRIPTS / "icapital")
    rows = json.loads(answer([tool, "cities", "--json"]))
    (folder / "facts.json").write_text(json.dumps(rows), "utf-8")
    (folder / "facts.csv").write_bytes(answer([tool, "cities", "-f", "csv"]))
    import sqlite3  # noqa: PLC0415 - only here

    with sqlite3.connect(folder / "facts.db") as connection:
        connection.execute("CREATE TABLE cities (year INTEGER, city TEXT, status TEXT, prize_eur INTEGER)")
        values = [(row["year"], row["city"], row["status"], row["prize_eur"]) for row in rows]
        connection.executemany("INSERT INTO cities VALUES (?, ?, ?, ?)", values)
    path = f"{SCRIPTS}:{os.environ['PATH']}"
    files = sorted(str(file) for file in FACTS.rglob("*.yaml"))
    asked = {
        "yq (our YAML)": ["yq", "--slurp", JOINED, *files],
        "sqlite-utils (.db)": ["sqlite-utils", str(folder / "facts.db"), "select * from cities where year = 2019"],
        "csvgrep (CSV)": ["csvgrep", "-c", "year", "-m", "2019", str(folder / "facts.csv")],
        "jq (JSON)": ["jq", "[.[] | select(.year == 2019)]", str(folder / "facts.json")],
        "mlr (CSV)": ["mlr", "--icsv", "--ojson", "filter", "$year == 2019", str(folder / "facts.csv")],
    }
    found = {name: shutil.which(command[0], path=path) for name, command in asked.items()}
    commands = {name: [program, *asked[name][1:]] for name, program in found.items() if program}
    refuse_other_answers(commands, [row for row in rows if row["year"] == 2019])  # noqa: PLR2004 - the year asked for
    return commands


def answer(command: list[str]) -> bytes:
    """Give what a command prints."""
    return subprocess.run(command, capture_output=True, check=True).stdout


def refuse_other_answers(commands: dict[str, list[str]], ours: list[dict[str, Any]]) -> None:
    """Stop where a peer was not asked the same question: its cities are others, or fewer."""
    for name, command in commands.items():
        printed = answer(command).decode()
        theirs = list(csv.DictReader(printed.splitlines())) if command[1] == "-c" else json.loads(printed)
        if sorted(row["city"] for row in theirs) != sorted(row["city"] for row in ours):
            raise SystemExit(f"{name} answers another question: {printed[:500]}")
        if JOINED in command and [[row[key] for key in SHARED] for row in theirs] != sorted(
            [row[key] for key in SHARED] for row in ours
        ):
            raise SystemExit(f"{name} answers otherwise than we: {printed[:500]}")


def main() -> None:
    """Print one table."""
    base = [sys.executable, "-c", "import typer"]
    lines = look_ups()
    timings = measure({"import typer": base} | {name: command for name, command, _ in lines})
    drawn = {"import typer, on a terminal": on_terminal(*base)}
    drawn["cities --year 2019, on a terminal"] = on_terminal(str(SCRIPTS / "icapital"), "cities", "--year", "2019")
    table = measure(drawn)
    print("| look-up | wall ms | CPU ms | ratio wall | ratio CPU | at most | MB above |")
    print("|---|---|---|---|---|---|---|")
    for name, timing in timings.items():
        limit = next((f"{most:.2f}" for line, _, most in lines if line == name), "")
        _row(name, timing, timings["import typer"], limit)
    drawn_by_us, reference = table["cities --year 2019, on a terminal"], table["import typer, on a terminal"]
    _row("the same as a table on a terminal", drawn_by_us, reference, "1.75")
    with tempfile.TemporaryDirectory() as folder:
        others = peers(Path(folder))
        compared = measure({"icapital": lines[0][1], **others}, rounds=max(5, ROUNDS // 3))
    print("\n| the same question by | wall ms | times ours |\n|---|---|---|")
    for name, timing in compared.items():
        print(f"| {name} | {timing.wall:.0f} | {timing.wall / compared['icapital'].wall:.2f} |")


def _row(name: str, timing: Timing, reference: Timing, limit: str) -> None:
    ratios = f"{timing.wall / reference.wall:.2f} | {timing.cpu / reference.cpu:.2f}"
    above = timing.memory - reference.memory
    print(f"| {name} | {timing.wall:.1f} | {timing.cpu:.1f} | {ratios} | {limit} | {above:.1f} |")


if __name__ == "__main__":
    main()
