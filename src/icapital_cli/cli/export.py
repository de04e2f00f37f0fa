"""The command `export`: write everything at once to a file or a folder."""

import os
import sys
from typing import Any

from icapital_cli.cli.answer import warn
from icapital_cli.export.run import run_export


def write_export(name: str, target: str, force: bool, options: dict[str, Any]) -> None:  # noqa: FBT001 - a flag
    """Write an export, and say on standard error what was made."""
    facts, lang = options.pop("facts"), options.pop("lang") or os.environ.get("ICAPITAL_LANG")
    made = run_export(name, target, facts=facts, lang=lang, force=force, options=options, warn=warn, err=sys.stderr)
    warn(made)
