"""What CLDR has to say of a base, said once through Babel, which is too slow for a look-up.

The names of countries, the dates that occur, and the patterns of numbers, money and lists.
"""

import re
from collections.abc import Iterable, Iterator

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from icapital_cli.read import Fact
from icapital_cli.rules import Break
from icapital_cli.store import Store
from icapital_cli.tally import FIELDS, Spelled
from icapital_cli.values import Country, Currency, Value

NUMBER = re.compile(r"[#,0.]+")  # the part of a CLDR pattern that a number takes (UTS 35, part 3)
SPELLING = {"en": "en_001"}  # the award is European: the day stands before the month

Rows = Iterator[tuple[str, str, str, str]]


def is_language(tag: str) -> bool:
    """Tell whether CLDR knows a language."""
    try:
        locale_of(tag)
    except (ValueError, UnknownLocaleError):
        return False
    return True


def locale_of(tag: str) -> Locale:
    """Give the locale in which a language is spelled."""
    return Locale.parse(SPELLING.get(tag, tag).replace("-", "_"))


def label_rows(tags: Iterable[str], currencies: set[str]) -> Iterator[tuple[str, str, str]]:
    """Spell the patterns of each language."""
    for tag in tags:
        locale = locale_of(tag)
        yield tag, "number.group", locale.number_symbols["latn"]["group"]
        yield tag, "number.decimal", locale.number_symbols["latn"]["decimal"]
        yield tag, "number.percent", NUMBER.sub("{}", locale.percent_formats[None].pattern.partition(";")[0], count=1)
        for currency in sorted(currencies):
            pattern = NUMBER.sub("{}", locale.currency_formats["standard"].pattern.partition(";")[0], count=1)
            yield tag, f"money.{currency}", pattern.replace("¤", locale.currency_symbols.get(currency, currency))
        patterns = locale.list_patterns["standard"]
        yield tag, "list.middle", patterns["middle"]
        yield tag, "list.end", patterns["end"]
        yield tag, "list.two", patterns["2"]


def spelled_rows(tags: Iterable[str], values: Spelled) -> Rows:
    """Spell countries and dates in each language; what CLDR does not know is left out."""
    english = locale_of("en")
    for tag in tags:
        locale = locale_of(tag)
        for code in sorted(values.countries):
            name = locale.territories.get(code) or english.territories.get(code)
            if name:
                yield tag, "country", code, name
        for date in sorted(values.dates):
            yield tag, "date", date, spell_date(date, locale)


def spell_date(text: str, locale: Locale) -> str:
    """Spell a date, whole or partial, as people of a language write it."""
    from datetime import date  # noqa: PLC0415 - the name is a field's elsewhere

    day = date.fromisoformat((text + "-01-01")[:10])
    if len(text) == len("2019"):
        return text
    if len(text) == len("2019-09"):
        return str(format_skeleton("yMMMM", day, locale=locale))
    return str(format_date(day, "long", locale=locale))


def unspellable(store: Store, values: Spelled) -> Iterator[Break]:
    """Yield the languages, countries and currencies that CLDR does not know."""
    english = locale_of("en")
    for tag in store.symbols.languages:
        if not is_language(tag):
            yield Break(store.files_of(tag)[0], "", (), f"CLDR knows no language {tag!r} (BCP 47)", "languages")
    countries = values.countries - set(english.territories)
    for file, fact, field, value in _bearing(store, Country, countries):
        yield Break(file, fact.id, (field,), f"no country has the code {value!r} (ISO 3166-1)", "country")
    for file, fact, field, value in _bearing(store, Currency, values.currencies - set(english.currencies)):
        yield Break(file, fact.id, (field,), f"no currency has the code {value!r} (ISO 4217)", "money")


def _bearing(store: Store, type_of: type[Value], values: set[str]) -> Iterator[tuple[str, Fact, str, str]]:
    for kind, fields in FIELDS[type_of].items() if values else ():
        for file, fact in store.every(kind):
            for field in fields:
                if fact.doc.get(field) in values and "result" not in fact.doc:
                    yield file, fact, field, fact.doc[field]
