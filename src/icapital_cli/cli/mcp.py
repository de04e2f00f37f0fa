"""The command `mcp`: serve the facts to an assistant over standard input and output."""

import gc
import os
import sys
from typing import Any

from icapital_cli.cli.answer import warn
from icapital_cli.errors import UsageError

MISSING = "icapital mcp needs the extra mcp: pip install 'icapital-cli[mcp]'"
HINT = "serving on standard input and output, for an assistant that starts this command; end with Ctrl-C or Ctrl-D"


def serve_facts(options: dict[str, Any]) -> None:
    """Serve until the client hangs up. Raises UsageError where the SDK is not installed."""
    try:
        from icapital_cli.mcp.server import serve  # noqa: PLC0415 - it imports the SDK
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in {"mcp", "mcp_types", "anyio"}:
            raise
        raise UsageError(MISSING) from error
    gc.enable()  # a look-up does without; a server would grow
    if sys.stdin is None or sys.stdout is None:
        raise UsageError("icapital mcp needs standard input and output")
    if sys.stdin.isatty():
        warn(HINT)
    serve(options["facts"], options["lang"] or os.environ.get("ICAPITAL_LANG"))
