"""Build hook: compiles `facts/` into the `facts.db` that the wheel carries, and writes the manual page."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FactsHook(BuildHookInterface[Any]):
    """Compile the facts before the wheel is packed."""

    def initialize(self, _version: str, _build_data: dict[str, Any]) -> None:
        """Make `facts.db` from the YAML, and the manual from the help.

        Stops the build with every problem that `check` finds.
        """
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from icapital_cli.cache import build  # noqa: PLC0415 - found only once src is on the path
            from icapital_cli.manpage import manual, released  # noqa: PLC0415 - the same

            build(root / "facts", root / "src" / "icapital_cli" / "facts.db")
            page = root / "build" / "icapital.1"
            page.parent.mkdir(exist_ok=True)
            page.write_text(manual(released(root / "CHANGELOG.md")), "utf-8")
        finally:
            sys.path.remove(str(root / "src"))
