"""A compiled fact base as a file: opened for reading, without locks or a journal."""

import os
import sqlite3

from icapital_cli.errors import FactsError

SHIPPED = os.path.join(os.path.dirname(__file__), "facts.db")  # noqa: PTH118, PTH120 - pathlib costs a look-up 1 ms


def open_file(path: str) -> sqlite3.Connection:
    """Open compiled facts that nobody will change. Raises FactsError when there is no such file."""
    if not os.path.exists(path):  # noqa: PTH110 - pathlib costs a look-up 1 ms
        raise FactsError("this installation has no compiled facts: install the package again, or give --facts DIR")
    escaped = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return sqlite3.connect(f"file:{escaped}?mode=ro&immutable=1", uri=True)
