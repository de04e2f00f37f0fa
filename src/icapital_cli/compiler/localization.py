"""Rows of what CLDR says: patterns, countries, dates. Each distinct value is localized once per language."""

from collections.abc import Iterator

from icapital_cli.compiler import cldr
from icapital_cli.compiler.base import Base
from icapital_cli.model import KINDS
from icapital_cli.model.values import CountryCode, Currency, Date, Value

CODE = len("EUR")


def pattern_rows(base: Base) -> Iterator[tuple[str, str, str]]:
    """Yield (language, label, text) of the patterns of each language; one that CLDR does not know has English ones."""
    codes = _distinct(base, Currency) | {"EUR"} | _money_units(base)
    for tag in base.tags:
        patterns, known = cldr.patterns(tag) or cldr.patterns("en") or {}, cldr.currencies(tag) or cldr.currencies("en")
        yield from ((tag, label, text) for label, text in patterns.items() if label != "money")
        yield from ((tag, f"money.{code}", patterns["money"].replace("¤", known.get(code, code))) for code in codes)


def localized_rows(base: Base) -> Iterator[tuple[str, str, str, str]]:
    """Yield (language, form, value, text) of countries, dates, months and phone numbers."""
    codes, dates = _distinct(base, CountryCode), _distinct(base, Date)
    for tag in base.tags:
        if cldr.patterns(tag) is not None:
            names = cldr.countries("en") | cldr.countries(tag)
            yield from ((tag, "country", code, names[code]) for code in codes if code in names)
            yield from ((tag, "date", day, cldr.localized_date(day, tag)) for day in dates)
            yield from ((tag, "month", number, name) for number, name in cldr.months(tag).items())
    for contact in base.of_kind["contacts"]:
        if "phone_printed" in contact.doc and "phone" in contact.doc:
            yield "", "phone", contact.doc["phone"], contact.doc["phone_printed"]


def _distinct(base: Base, type_of: type[Value]) -> set[str]:
    return {
        record.doc[name]
        for kind, cls in KINDS.items()
        for name, field in cls.mapping.fields.items()
        if isinstance(field, type_of)
        for record in base.of_kind[kind]
        if name in record.doc
    }


def _money_units(base: Base) -> set[str]:
    """Units of figures that may be currencies."""
    units = (figure["unit"] for record in base.of_kind["initiatives"] for figure in record.doc.get("figures", ()))
    return {unit for unit in units if len(unit) == CODE and unit.isupper()}
