"""Localization of help and errors: English stands in the code, the labels `help.…` and `error.…` translate it.

A label is found by its English text, so no message needs a key. Only help and errors look one up; what has no label, or
cannot be looked up, stays English.
"""

import os
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from icapital_cli.errors import IcapitalError

Phrase = Callable[[str], str]
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
PLACE = re.compile(r"\{(\w+)\}")
QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
INNER = ("what", "hint", "why")  # places whose text is translated too
DEEPEST = 3


def phrases_for(stream: Any) -> dict[str, str]:
    """Return the translations of all help and error texts for who reads a stream; nothing for English.

    The language is that of --lang, else ICAPITAL_LANG, else of the locale where the stream is a terminal.
    """
    wanted = lang_in(sys.argv[1:]) or os.environ.get("ICAPITAL_LANG")
    locale = next(filter(None, (os.environ.get(name) for name in LOCALES)), "") if _is_terminal(stream) else ""
    if not (wanted or locale) or (wanted or locale) in {"en", "C", "C.UTF-8", "POSIX"}:
        return {}
    with suppress(IcapitalError, sqlite3.Error, OSError, ValueError):
        from icapital_cli.api import open_store  # noqa: PLC0415 - only another language needs it

        with open_store(lang=wanted, locales=[locale]) as store:
            sql = """SELECT e.text, o.text FROM labels e JOIN labels o ON o.key = e.key AND o.lang = ?
                     WHERE e.lang = 'en' AND (e.key LIKE 'help.%' OR e.key LIKE 'error.%')"""
            return dict(store.rows(sql, store.lang)) if store.lang != "en" else {}
    return {}


def lang_in(words: list[str]) -> str | None:
    """Find the value of --lang among the words of a command line that may be wrong."""
    for number, word in enumerate(words):
        if word == "--":
            return None
        if word in {"--lang", "-l"}:
            return next(iter(words[number + 1 :]), None)
        if word.startswith(("--lang=", "-l")):
            return word.removeprefix("--lang=").removeprefix("-l")
    return None


def phrase_for(stream: Any) -> Phrase:
    """Return the function that translates a text of help for who reads a stream."""
    phrases = phrases_for(stream)
    return lambda text: phrases.get(text, text)


def localized(message: str) -> str:
    """Translate an error, or a comment, for who reads stderr."""
    phrases = phrases_for(sys.stderr)
    return translated(message, phrases) if phrases else message


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
            (f"(?P<{part}>{QUOTED})" if part.startswith("word") else f"(?P<{part}>.+?)")
            if number % 2
            else re.escape(part)
            for number, part in enumerate(parts)
        )
        yield pattern, phrases[text]


def _is_terminal(stream: Any) -> bool:
    with suppress(AttributeError, ValueError):
        return bool(stream.isatty())
    return False
