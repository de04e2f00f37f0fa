"""Open a compiled fact base read-only, without locks or a journal."""

import os
import sqlite3

from icapital_cli.errors import FactsError

PACKAGE = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - pathlib costs a look-up 1 ms
SHIPPED = os.path.join(PACKAGE, "facts.db")  # noqa: PTH118 - the same


def is_zipped() -> bool:
    """Whether the package is inside a zip file, out of which neither SQLite nor PyYAML can be loaded."""
    return not os.path.isdir(PACKAGE)  # noqa: PTH112 - pathlib costs a look-up 1 ms


def open_shipped() -> sqlite3.Connection:
    """Open the facts that the package carries. Raises FactsError where it carries none."""
    return open_database(SHIPPED)


def open_database(path: str) -> sqlite3.Connection:
    """Open compiled facts that nobody will change. Raises FactsError when there is no such file."""
    if not os.path.exists(path):  # noqa: PTH110 - pathlib costs a look-up 1 ms
        if is_zipped():
            raise FactsError("icapital cannot answer from inside a zip file: install it with pip first")
        raise FactsError("this installation has no compiled facts: install the package again, or give --facts DIR")
    escaped = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return sqlite3.connect(f"file:{escaped}?mode=ro&immutable=1", uri=True)
