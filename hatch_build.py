"""Build hook: compiles `facts/` into the `facts.db` that the wheel carries, and writes the manual and the completions.

They are made in a temporary folder, for the checkout may be read-only. An editable install carries none of them: it
answers from the YAML.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if sys.version_info < (3, 11):  # noqa: UP036 - pip asks the project for its metadata before it compares versions
    raise SystemExit(f"icapital-cli needs Python 3.11 or newer; this is {sys.version.split()[0]}")

COMPLETIONS = {
    "bash": "share/bash-completion/completions/icapital",
    "zsh": "share/zsh/site-functions/_icapital",
    "fish": "share/fish/vendor_completions.d/icapital.fish",
}


class FactsHook(BuildHookInterface[Any]):
    """Compile the facts before the wheel is packed."""

    made: TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled facts, the manual and the completions. Stops the build with every problem of the facts."""
        if self.target_name != "wheel" or version == "editable":
            return
        self.made = TemporaryDirectory(prefix="icapital-build-")
        root, made = Path(self.root), Path(self.made.name)
        sys.path.insert(0, str(root / "src"))
        sys.dont_write_bytecode = True
        from icapital_cli.cli.completion import completion_script  # noqa: PLC0415 - found once src is on the path
        from icapital_cli.cli.manpage import manual, released  # noqa: PLC0415 - the same
        from icapital_cli.compiler.build import build_database  # noqa: PLC0415 - the same
        from icapital_cli.store import database  # noqa: PLC0415 - the same

        build_database(root / "facts", made / "facts.db")
        database.SHIPPED = str(made / "facts.db")  # help lists the values that the facts have
        (made / "icapital.1").write_text(manual(released(root / "CHANGELOG.md")), "utf-8")
        for shell in COMPLETIONS:
            (made / shell).write_text(completion_script(shell), "utf-8")
        build_data["force_include"][str(made / "facts.db")] = "icapital_cli/facts.db"
        build_data["force_include"][str(root / "CHANGELOG.md")] = "icapital_cli/CHANGELOG.md"
        build_data["shared_data"][str(made / "icapital.1")] = "share/man/man1/icapital.1"
        build_data["shared_data"] |= {str(made / shell): place for shell, place in COMPLETIONS.items()}

    def finalize(self, _version: str, _build_data: dict[str, Any], _artifact: str) -> None:
        """Remove the temporary folder."""
        if self.made:
            self.made.cleanup()
