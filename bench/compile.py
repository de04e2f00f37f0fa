"""Measure a compile of the facts against a bare `yaml.load(…, CBaseLoader)` of the same files, in fresh processes."""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = int(os.environ.get("ROUNDS", "15"))
FACTS = Path(__file__).parent.parent / "facts"
OURS = """
import sys, time
from pathlib import Path
import icapital_cli.check, icapital_cli.compile, icapital_cli.files
from icapital_cli.cache import build
start = time.perf_counter()
build(Path(sys.argv[1]), Path(sys.argv[2]))
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
    """Print the medians and their ratio, imports left out of both."""
    taken: dict[str, list[float]] = {OURS: [], BARE: []}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            for code, times in taken.items():
                words = [sys.executable, "-c", code, str(FACTS), f"{folder}/facts.db"]
                times.append(float(subprocess.run(words, capture_output=True, check=True).stdout))
    ours, bare = (statistics.median(times) for times in taken.values())
    print(
        f"\ncompile {1000 * ours:.0f} ms, bare yaml.load {1000 * bare:.0f} ms, ratio {ours / bare:.2f} (at most 1.50)"
    )


if __name__ == "__main__":
    main()
