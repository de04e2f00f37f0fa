"""Write the YAML of a fact base in its one canonical form, comments kept: `format_facts.py [--check] DIR`.

ruamel.yaml is the one YAML library that keeps comments through a round trip.
"""

import io
import sys
from pathlib import Path

from ruamel.yaml import YAML

WIDTH = 110


def canonical(text: str) -> str:
    """Lay a document out: two spaces, lists indented, lines of at most 110, quotes as they stand."""
    yaml = YAML()
    yaml.width, yaml.preserve_quotes, yaml.allow_unicode = WIDTH, True, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(yaml.load(text), out)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def main(words: list[str]) -> int:
    """Format the files, or with --check name those that are not canonical."""
    only_check, folders = "--check" in words, [Path(word) for word in words if word != "--check"]
    wrong = 0
    for folder in folders:
        for path in sorted(folder.rglob("*.yaml")):
            text = path.read_text("utf-8")
            formatted = canonical(text)
            if formatted != text:
                wrong += 1
                sys.stderr.write(f"{path}:1:1: is not in canonical form: run make format [form]\n")
                if not only_check:
                    path.write_text(formatted, "utf-8")
    return 1 if wrong and only_check else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
