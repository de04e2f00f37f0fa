"""Measure `verify` against `import typer`: a page of text, and up to 1 MB of it. It must grow as the text does.

    python bench/verify.py

The text is the longest labelled draft in English that differs in nothing, over and over: a claim every 60 characters.
"""

import sys
import tempfile
from pathlib import Path

from run import REFERENCE, Command, icapital, measure

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))

from verify_score import SETS, read_drafts  # a tool, not a package

PAGE, MEGABYTE = 3_000, 1_000_000
LIMITS = {PAGE: 1.60, MEGABYTE // 4: None, MEGABYTE // 2: None, MEGABYTE: 25}
ROUNDS = 9


def text_of(size: int) -> str:
    """Repeat the longest right draft up to a number of characters."""
    drafts = [draft for name in SETS for draft in read_drafts(name) if draft.lang == "en"]
    right = [draft.text for draft in drafts if all(label.verdict == "agrees" for label in draft.labels)]
    longest = max(right, key=len) + "\n\n"
    return longest * max(1, size // len(longest))


def main() -> None:
    """Print a table of ratios."""
    with tempfile.TemporaryDirectory() as scratch:
        commands = {REFERENCE: Command([sys.executable, "-c", "import typer"])}
        for size, limit in LIMITS.items():
            path = Path(scratch) / f"{size}.txt"
            path.write_text(text_of(size), "utf-8")
            commands[f"verify, {size:,} characters"] = icapital("verify", str(path), "-f", "plain", limit=limit or 0)
        timings = measure(commands, ROUNDS)
    print("| whole process | CPU ms | ratio CPU | at most | µs a character |\n|---|---|---|---|---|")
    for (name, command), size in zip(commands.items(), (0, *LIMITS), strict=True):
        ratio = timings[name].cpu / timings[REFERENCE].cpu
        each = 1000 * (timings[name].cpu - timings[REFERENCE].cpu) / size if size else 0
        print(f"| {name} | {timings[name].cpu:.1f} | {ratio:.2f} | {command.limit or '–'} | {each:.2f} |")


if __name__ == "__main__":
    main()
