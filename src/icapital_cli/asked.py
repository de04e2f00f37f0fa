"""What was asked, settled: the name, the format, the language; and what is said on stderr."""

import os
import sys
from collections.abc import Collection
from typing import Any

from icapital_cli.errors import FactsError, UsageError, no_such
from icapital_cli.index import Index, open_index
from icapital_cli.options import joined
from icapital_cli.query import choose_language
from icapital_cli.render import FORMATS, LATER, as_excel, render
from icapital_cli.terminal import say
from icapital_cli.view import View

BEFORE: dict[str, str | None] = {}  # options that stood before the command
MARKING = ("table", "plain", "markdown")  # formats that mark a disputed cell where it stands


def wanted(words: list[str] | None) -> str:
    """Read the name that a command cannot do without."""
    name = joined(words)
    if not name:
        raise UsageError("name a city, person, source or fact: icapital show espoo")
    return name


def shape_of(asked: dict[str, Any], formats: Collection[str] = ()) -> str:
    """Settle the format, and what `--color` says of it."""
    shape = asked.get("format") or ("json" if asked.get("json") else "table")
    if shape not in (formats or (*FORMATS, *LATER)):
        raise no_such("format", shape, formats or (*FORMATS, *LATER))
    if asked.get("excel") and shape != "csv":
        raise UsageError("--excel goes with -f csv")
    color = asked.get("color") or "auto"
    if color not in {"auto", "always", "never"}:
        raise no_such("color", color, ("auto", "always", "never"))
    if color == "always":
        os.environ.pop("NO_COLOR", None)
        os.environ["FORCE_COLOR"] = "1"
    if color == "never":
        os.environ.pop("FORCE_COLOR", None)
        os.environ["NO_COLOR"] = "1"
    return str(shape)


class open_facts:  # noqa: N801 - reads as the function that it is
    """Open the facts that were asked for, in the language that was asked for."""

    def __init__(self, asked: dict[str, Any], shape: str) -> None:
        """Note what was asked."""
        asked["facts"] = asked.get("facts") or BEFORE.get("facts")
        self._index, self._asked, self._shape = open_index(asked["facts"]), asked, shape

    def __enter__(self) -> Index:
        """Open, and settle the language. Machine formats never depend on the locale of the terminal."""
        try:
            index = self._index.__enter__()
        except OSError as error:
            raise FactsError(f"the facts cannot be read: {error.strerror or error}") from error
        try:
            wanted = self._asked.get("lang") or os.environ.get("ICAPITAL_LANG")
            hints = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
            locale = next((hint for hint in hints if hint), "") if self._shape == "table" else ""
            index.lang = choose_language(index, wanted, [locale])
        except BaseException:
            self._index.__exit__(*sys.exc_info())
            raise
        return index

    def __exit__(self, *failure: Any) -> Any:  # noqa: PYI036 - handed on as it came
        """Close."""
        return self._index.__exit__(*failure)


def put(view: View, shape: str, asked: dict[str, Any]) -> None:
    """Write an answer in the format asked for, safe for a spreadsheet where that was asked."""
    if asked["excel"]:
        as_excel(view, sys.stdout)
    else:
        render(view, shape, sys.stdout)


def remark(index: Index, view: View, asked: dict[str, Any]) -> None:
    """Say on stderr what the answer cannot: that it is empty, or that a dispute is out of sight."""
    if not view.rows:
        editions = index.rows(
            "SELECT id, json_extract(doc, '$.label') FROM facts WHERE kind = 'editions' ORDER BY rank, seq"
        )
        years = [year for year, _ in editions]
        year = asked.get("year")
        if year and year.isdigit() and year not in years:
            named = (year if label == year else f"{year} ({label})" for year, label in editions)
            say(f"no edition in {year}; editions: {', '.join(named)}")
        else:
            say("nothing found; leave out an option to see more")
    hidden = view.hidden_disputes()
    if hidden and asked["fields"] and asked["shape"] not in MARKING:
        say(f"disputed: {', '.join(hidden)}; the field disputes tells which rows")
