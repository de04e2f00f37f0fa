"""Unicode CLDR, through Babel: names of countries; patterns of numbers, money, lists and dates. Compile time only."""

import re
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

NUMBER = re.compile(r"[#,0.]+")  # the part of a CLDR pattern that a number takes (UTS 35, part 3)
VARIANTS = {"en": "en_001"}  # the award is European: the day comes before the month


@cache
def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(VARIANTS.get(tag, tag).replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return None


@cache
def languages() -> set[str]:
    """Return the codes of the languages that CLDR knows."""
    locale = _locale("en")
    return set(locale.languages) if locale else set()


@cache
def countries(tag: str) -> dict[str, str]:
    """Return the names of countries by ISO 3166-1 code. Empty for a language that CLDR does not know."""
    locale = _locale(tag)
    return {code: name for code, name in locale.territories.items() if len(code) == len("FI")} if locale else {}


@cache
def currencies(tag: str) -> dict[str, str]:
    """Return the symbols of currencies by ISO 4217 code. Empty for a language that CLDR does not know."""
    locale = _locale(tag)
    return {code: locale.currency_symbols.get(code, code) for code in map(str, locale.currencies)} if locale else {}


@cache
def patterns(tag: str) -> dict[str, str] | None:
    """Return the patterns of numbers, percentages, money and lists. None for a language that CLDR does not know.

    `{}` stands for the number, `¤` for the currency, `{0}` and `{1}` for the parts of a list.
    """
    locale = _locale(tag)
    if locale is None:
        return None
    found = {
        "number.group": locale.number_symbols["latn"]["group"],
        "number.decimal": locale.number_symbols["latn"]["decimal"],
        "number.percent": NUMBER.sub("{}", locale.percent_formats[None].pattern.partition(";")[0], count=1),
        "money": NUMBER.sub("{}", locale.currency_formats["standard"].pattern.partition(";")[0], count=1),
    }
    lists = locale.list_patterns["standard"]
    return found | {f"list.{name}": lists[key] for name, key in (("middle", "middle"), ("end", "end"), ("two", "2"))}


def localized_date(text: str, tag: str) -> str:
    """Format a date of ISO 8601, to the day, the month or the year, in a language that CLDR knows."""
    if "-" not in text:
        return text
    day = date.fromisoformat((text + "-01")[:10])
    if len(text) == len("2019-09"):
        return str(format_skeleton("yMMMM", day, locale=_locale(tag)))
    return str(format_date(day, "long", locale=_locale(tag)))


@cache
def months(tag: str) -> dict[str, str]:
    """Return the short names of the months by number, `01` to `12`. Empty for a language that CLDR does not know."""
    locale = _locale(tag)
    names = locale.months["stand-alone"]["abbreviated"] if locale else {}
    return {f"{number:02}": name for number, name in names.items()}
