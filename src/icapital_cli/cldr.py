"""What CLDR says of a language, asked through Babel, which is slow to load: only in a build, or for a rare language.

Dates become templates, one for each month, so that nobody needs the patterns of UTS 35 to write one.
"""

import re
from datetime import date
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from icapital_cli.templates import spell_date

NUMBER = re.compile(r"[#,0.]+")  # the part of a CLDR pattern that a number takes (UTS 35, part 3)
SPELLING = {"en": "en_001"}  # the award is European: the day stands before the month
YEAR, DAY = 2019, 28  # of the samples that become templates


def asked(tag: str) -> dict[str, Any] | None:
    """Say how a language spells numbers, money, lists, dates and countries. None for one that CLDR does not know.

    `exact` tells whether the templates spell every date as CLDR does.
    """
    try:
        locale = _locale(tag)
    except (ValueError, UnknownLocaleError):
        return None
    days = [_template(spell(f"{YEAR}-{month:02}-{DAY}", tag), str(DAY)) for month in range(1, 13)]
    months = [_template(spell(f"{YEAR}-{month:02}", tag), "") for month in range(1, 13)]
    padded = "05" in spell(f"{YEAR}-01-05", tag)
    spelling = {
        "group": locale.number_symbols["latn"]["group"],
        "decimal": locale.number_symbols["latn"]["decimal"],
        "percent": NUMBER.sub("{}", locale.percent_formats[None].pattern.partition(";")[0], count=1),
        "money": NUMBER.sub("{}", locale.currency_formats["standard"].pattern.partition(";")[0], count=1),
        "symbols": {code: locale.currency_symbols.get(code, code) for code in locale.currencies},
        "lists": {name: locale.list_patterns["standard"][name] for name in ("middle", "end", "2")},
        "countries": {code: name for code, name in locale.territories.items() if len(code) == len("FI")},
        "days": days,
        "months": months,
        "padded": padded,
    }
    samples = [f"0987-{month:02}{day}" for month in range(1, 13) for day in ("", "-01", "-28")]
    return spelling | {"exact": all(spell_date(text, spelling) == spell(text, tag) for text in samples)}


def _locale(tag: str) -> Locale:
    return Locale.parse(SPELLING.get(tag, tag).replace("-", "_"))


def _template(text: str, day: str) -> str:
    before, _, after = text.partition(str(YEAR))
    parts = (before.replace(day, "{d}", 1), after.replace(day, "{d}", 1)) if day else (before, after)
    return "{y}".join(parts)


def spell(text: str, tag: str) -> str:
    """Spell a date of ISO 8601, to the day or the month, as CLDR does."""
    day = date.fromisoformat((text + "-01")[:10])
    if len(text) == len("2019-09"):
        return str(format_skeleton("yMMMM", day, locale=_locale(tag)))
    return str(format_date(day, "long", locale=_locale(tag)))
