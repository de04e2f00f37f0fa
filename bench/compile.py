"""Measure a compile of the facts against a bare `yaml.load(…, CBaseLoader)` of the same files, in processes in turn."""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from run import environment

ROUNDS = int(os.environ.get("ROUNDS", "25"))
FACTS = Path(__file__).parent.parent / "facts"
OURS = """
import sys, time
from pathlib import Path
from icapital_cli import cache, check, update
start = time.perf_counter()
Path(sys.argv[2]).write_bytes(b"")
cache.compiled(Path(sys.argv[1]), sys.argv[2])
print(time.perf_counter() - start)
"""
BARE = """
import sys, time
from pathlib import Path
import yaml
start = time.perf_counter()
for path in Path(sys.argv[1]).rglob("*.yaml"):
    with open(path, "rb") as file:
        yaml.load(file, yaml.CBaseLoader)
print(time.perf_counter() - start)
"""


def main() -> None:
    """Print the medians, and the median of the ratios of each turn, imports left out of both."""
    taken: dict[str, list[float]] = {OURS: [], BARE: []}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            for code, times in taken.items():
                words = [sys.executable, "-c", code, str(FACTS), f"{folder}/facts.db"]
                done = subprocess.run(words, capture_output=True, check=True, env=environment())
                times.append(float(done.stdout))
    ours, bare = (1000 * statistics.median(times) for times in taken.values())
    ratios = sorted(mine / theirs for mine, theirs in zip(*taken.values(), strict=True))
    middle, low, high = statistics.median(ratios), ratios[len(ratios) // 4], ratios[3 * len(ratios) // 4]
    print(f"\ncompile {ours:.0f} ms, bare yaml.load {bare:.0f} ms, ratio {middle:.2f}", end=" ")
    print(f"(quarters {low:.2f} to {high:.2f}; at most 1.50)")


if __name__ == "__main__":
    main()
