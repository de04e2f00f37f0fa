"""Years as people write them: an edition, the year in which one was announced, a label, a range."""

import re

from icapital_cli.errors import UsageError, printable
from icapital_cli.names import name_key
from icapital_cli.store.facts import FactStore

RANGE = re.compile(r"(.*?)\.\.(.*)", re.DOTALL)
YEAR = re.compile(r"\d{4}", re.ASCII)
FIRST, LAST = 0, 9999


def parse_years(store: FactStore, text: str, *, of_editions: bool = True) -> tuple[int, int]:
    """Parse a year, a range of years, or the label of an edition, to the first and the last year.

    A number that is no edition's id is the year in which one was announced; a number that is neither stays.
    """
    parts = RANGE.fullmatch(text.strip())
    if parts:
        first, last = (part.strip() for part in parts.groups())
        if first or last:
            low = _year(store, first, of_editions=of_editions) if first else FIRST
            high = _year(store, last, of_editions=of_editions) if last else LAST
            if low is not None and high is not None and low <= high:
                return low, high
    else:
        year = _year(store, text.strip(), of_editions=of_editions)
        if year is not None:
            return year, year
    raise UsageError(f"{printable(text)!r} is not a year. give 2019, 2017..2020, or a label such as 2024-25")


def _year(store: FactStore, text: str, *, of_editions: bool) -> int | None:
    if YEAR.fullmatch(text):
        return _edition_announced_in(store, text) if of_editions else int(text)
    sql = "SELECT DISTINCT id FROM names WHERE folded = ? AND kind = 'editions'"
    labelled = store.rows(sql, name_key(text)) if text[:1].isalnum() else []
    return int(labelled[0][0]) if len(labelled) == 1 else None


def _edition_announced_in(store: FactStore, year: str) -> int:
    """Return the edition of a year: the one with that id, else the one announced in it, else the year itself."""
    editions = {edition: str(store.fact(edition)[1].get("date", "")) for edition in store.ids("editions")}
    if year in editions:
        return int(year)
    return next((int(edition) for edition, date in editions.items() if date.startswith(year)), int(year))
