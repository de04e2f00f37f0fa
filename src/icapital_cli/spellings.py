"""Spellings in a language: from the wheel, which carries what CLDR says of Europe's languages, else through Babel."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from functools import cache
from typing import Any

from icapital_cli.database import SHIPPED, open_file
from icapital_cli.errors import FactsError
from icapital_cli.read import Fact
from icapital_cli.rules import Break
from icapital_cli.store import Store
from icapital_cli.tally import FIELDS, Spelled
from icapital_cli.templates import spell_date
from icapital_cli.values import Country, Currency, Value

EUROPE = (
    *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv"),
    *("mt", "nb", "nl", "nn", "no", "pl", "pt", "ro", "sk", "sl", "sv", "tr", "uk"),
)

Rows = Iterator[tuple[str, str, str, str]]


@cache
def spelling_of(tag: str) -> dict[str, Any] | None:
    """Say how a language spells things. None for one that CLDR does not know."""
    with suppress(sqlite3.Error, FactsError), closing(open_file(SHIPPED)) as shipped:
        found = shipped.execute("SELECT data FROM cldr WHERE lang = ?", (tag,)).fetchone()
        if found:
            return dict(json.loads(found[0]))
    from icapital_cli.cldr import asked  # noqa: PLC0415 - Babel is slow to load

    return asked(tag)


def english() -> dict[str, Any]:
    """Say how English spells things: what other languages fall back to."""
    return spelling_of("en") or {}


def label_rows(tags: Iterable[str], currencies: set[str]) -> Iterator[tuple[str, str, str]]:
    """Spell the patterns of each language."""
    for tag in tags:
        spelling = spelling_of(tag) or english()
        for name in ("group", "decimal", "percent"):
            yield tag, f"number.{name}", spelling[name]
        for currency in sorted(currencies):
            yield tag, f"money.{currency}", spelling["money"].replace("¤", spelling["symbols"].get(currency, currency))
        for name, key in (("middle", "list.middle"), ("end", "list.end"), ("2", "list.two")):
            yield tag, key, spelling["lists"][name]


def spelled_rows(tags: Iterable[str], values: Spelled) -> Rows:
    """Spell countries and dates in each language that CLDR knows; a country that it does not know is left out."""
    for tag in tags:
        spelling = spelling_of(tag)
        if spelling is None:
            continue
        for code in sorted(values.countries):
            name = spelling["countries"].get(code) or english()["countries"].get(code)
            if name:
                yield tag, "country", code, name
        for date in sorted(values.dates):
            yield tag, "date", date, _date(date, tag, spelling)


def _date(text: str, tag: str, spelling: dict[str, Any]) -> str:
    if spelling["exact"] or "-" not in text:
        return spell_date(text, spelling)
    from icapital_cli.cldr import spell  # noqa: PLC0415 - Babel is slow to load

    return spell(text, tag)


def unspellable(store: Store, values: Spelled) -> Iterator[Break]:
    """Yield the languages, countries and currencies that CLDR does not know."""
    for tag in store.symbols.languages:
        if spelling_of(tag) is None:
            yield Break(store.files_of(tag)[0], "", (), f"CLDR knows no language {tag!r} (BCP 47)", "languages")
    for file, fact, field, value in _bearing(store, Country, values.countries - english()["countries"].keys()):
        yield Break(file, fact.id, (field,), f"no country has the code {value!r} (ISO 3166-1)", "country")
    for file, fact, field, value in _bearing(store, Currency, values.currencies - english()["symbols"].keys()):
        yield Break(file, fact.id, (field,), f"no currency has the code {value!r} (ISO 4217)", "money")


def _bearing(store: Store, type_of: type[Value], values: set[str]) -> Iterator[tuple[str, Fact, str, str]]:
    for kind, fields in FIELDS[type_of].items() if values else ():
        for file, fact in store.every(kind):
            for field in fields:
                if fact.doc.get(field) in values and "result" not in fact.doc:
                    yield file, fact, field, fact.doc[field]
