"""Draw a terminal session as SVG: `draw_session.py TARGET COMMAND...`; what is shown is what the commands draw.

The picture needs no other file: the fonts that Rich would fetch are left out, and a browser takes its own.
"""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console  # noqa: TID253 - not a look-up
from rich.terminal_theme import MONOKAI  # noqa: TID253 - not a look-up
from rich.text import Text  # noqa: TID253 - not a look-up
from run_docs import output_of

WIDTH = 76
FONT_FILE = re.compile(r"\s*@font-face \{.*?\}\n", re.DOTALL)


def drawn(commands: list[str]) -> str:
    """Return the SVG of a session in which these commands are run."""
    with TemporaryDirectory() as folder, Path(folder, "screen").open("w", encoding="utf-8") as screen:
        console = Console(record=True, width=WIDTH, file=screen, force_terminal=True, highlight=False)
        for number, command in enumerate(commands):
            console.print(Text(f"{'' if number == 0 else chr(10)}$ {command}", style="bold"))
            shown = output_of(f"export COLUMNS={WIDTH}; {command} --color always", Path(folder))
            console.print(Text.from_ansi(shown.rstrip("\n")))
        svg = console.export_svg(title="icapital", theme=MONOKAI, unique_id="session")
    return "\n".join(line.rstrip() for line in FONT_FILE.sub("\n", svg).splitlines()) + "\n"


def main(words: list[str]) -> int:
    """Write the picture, or with --check compare it."""
    is_check = words[0] == "--check"
    target, *commands = words[1:] if is_check else words
    svg, path = drawn(commands), Path(target)
    if not is_check:
        path.write_text(svg, "utf-8")
    elif not path.exists() or path.read_text("utf-8") != svg:
        sys.stderr.write(f"{path}: the picture is not what the commands draw: run make docs\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
