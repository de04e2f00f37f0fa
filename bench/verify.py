"""Measure `verify` against `import typer`: a page of text, and up to 1 MB of it. It must grow as the text does.

    python bench/verify.py

`dense` is the longest labelled draft in English that differs in nothing, over and over: a claim every 60 characters.
`mixed` is all English drafts in turn, those that claim nothing too. The others are what grows worst.
"""

import re
import sys
import tempfile
from pathlib import Path

from run import REFERENCE, Command, icapital, measure

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))

from verify_score import OTHERS, SETS, Draft, read_drafts  # a tool, not a package

PAGE, MEGABYTE = 3_000, 1_000_000
ROUNDS = 5
DIFFERS = 5  # the exit code where a claim differs


def drafts_of(*names: str) -> list[Draft]:
    """Return the English drafts of some sets."""
    return [draft for name in names for draft in read_drafts(name) if draft.lang == "en"]


def texts() -> dict[str, str]:
    """Return what is repeated, by name."""
    right = [d.text for d in drafts_of(*SETS) if all(label.verdict == "agrees" for label in d.labels)]
    dense = max(right, key=len) + "\n\n"
    claim = "Nantes won in 2019 and Leuven won in 2020 and Espoo was a runner-up with EUR 100,000 and "
    return {
        "dense": dense,
        "mixed": "\n\n".join(draft.text for draft in drafts_of(*SETS, *OTHERS, "other", "none", "no-claims")),
        "no full stop": re.sub(r"[.!?:;\s]+", " ", dense),
        "one sentence of claims": claim,
        "one name": "the city of Espoo ",
        "digits": "1234567890",
    }


CASES = [
    ("dense", PAGE, 1.60),
    ("dense", MEGABYTE // 4, 0),
    ("dense", MEGABYTE // 2, 0),
    ("dense", MEGABYTE, 25),
    *((name, MEGABYTE, 25) for name in ("mixed", "no full stop", "one sentence of claims", "one name", "digits")),
]


def main() -> None:
    """Print a table of ratios."""
    with tempfile.TemporaryDirectory() as scratch:
        commands = {REFERENCE: Command([sys.executable, "-c", "import typer"])}
        for name, size, limit in CASES:
            path, text = Path(scratch) / f"{name}-{size}.txt", texts()[name]
            path.write_text("iCapital 2019 is the award of the city.\n\n" + text * max(1, size // len(text)), "utf-8")
            command = icapital("verify", str(path), "-f", "plain", limit=limit, accepted=(0, DIFFERS))
            commands[f"{name}, {size:,} characters"] = command
        timings = measure(commands, ROUNDS)
    print("| whole process | CPU ms | ratio CPU | at most | µs a character |\n|---|---|---|---|---|")
    for (name, command), size in zip(commands.items(), (0, *(size for _, size, _ in CASES)), strict=True):
        ratio = timings[name].cpu / timings[REFERENCE].cpu
        each = 1000 * (timings[name].cpu - timings[REFERENCE].cpu) / size if size else 0
        print(f"| {name} | {timings[name].cpu:.1f} | {ratio:.2f} | {command.limit or '–'} | {each:.2f} |")


if __name__ == "__main__":
    main()
