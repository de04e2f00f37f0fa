"""Dates by templates, one for each month: what a language says of dates, without CLDR."""

from typing import Any


def spell_date(text: str, spelling: dict[str, Any]) -> str:
    """Spell a date of ISO 8601, whole or partial, by the templates of a language."""
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return year
    template = str(spelling["days" if day else "months"][int(month) - 1])
    return template.replace("{d}", day if spelling["padded"] else day.lstrip("0")).replace("{y}", year.lstrip("0"))
