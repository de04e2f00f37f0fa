"""Localization of messages: English stands in the code, the labels `help.…` and `error.…` translate it.

A label is found by its English text, so no message needs a key. Only help and errors look one up; what has no label, or
cannot be looked up, stays English.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from icapital_cli.api import open_store
from icapital_cli.errors import IcapitalError
from icapital_cli.views.localizer import Localizer

PLACE = re.compile(r"\{(\w+)\}")
QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
INNER = ("what", "hint", "why")  # places whose text is translated too
DEEPEST = 3


def phrases_in(lang: str | None, locale: str = "") -> dict[str, str]:
    """Return the translations of all help and error texts into a language, else that of a locale; none for English."""
    with suppress(IcapitalError, sqlite3.Error, OSError, ValueError), open_store(lang=lang, locales=[locale]) as store:
        sql = """SELECT e.text, o.text FROM labels e JOIN labels o ON o.key = e.key AND o.lang = ?
                 WHERE e.lang = 'en' AND (e.key LIKE 'help.%' OR e.key LIKE 'error.%')"""
        return dict(store.rows(sql, store.lang)) if store.lang != "en" else {}
    return {}


@contextmanager
def interface(lang: str) -> Iterator[Localizer]:
    """Give the labels of this tool, numbers and money in a language, else in English; whatever facts are asked."""
    with open_store(locales=[lang]) as store:
        yield Localizer(store)


def worded(message: str, lang: str | None) -> str:
    """Translate an error, or a comment, into a language."""
    return translated(message, phrases_in(lang)) if lang not in {None, "en"} else message


def translated(message: str, phrases: dict[str, str], depth: int = 0) -> str:
    """Translate a message: by its text, else by the pattern with places, such as `{word}`, that says most of it."""
    if message in phrases or depth == DEEPEST:
        return phrases.get(message, message)
    for pattern, own in _patterns(phrases):
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            parts = found.groupdict()
            inner = {name: translated(parts[name], phrases, depth + 1) for name in INNER if name in parts}
            return own.format_map(parts | inner)
    return message


def _patterns(phrases: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (regular expression, translation) of the messages that have places, those with the most own words first."""
    templates = [text for text in phrases if PLACE.search(text)]
    for text in sorted(templates, key=lambda text: -len(PLACE.sub("", text))):
        parts = PLACE.split(text)
        pattern = "".join(
            (f"(?P<{part}>{QUOTED})" if part == "word" else f"(?P<{part}>.+?)") if number % 2 else re.escape(part)
            for number, part in enumerate(parts)
        )
        yield pattern, phrases[text]
