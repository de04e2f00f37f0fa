"""The language of help and errors: that of who reads the stream they go to."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from icapital_cli.api.wording import phrases_in, translated

Phrase = Callable[[str], str]
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")


def phrases_for(stream: Any) -> dict[str, str]:
    """Return the translations of all help and error texts for who reads a stream; nothing for English.

    The language is that of --lang, else ICAPITAL_LANG, else of the locale where the stream is a terminal.
    """
    wanted = lang_in(sys.argv[1:]) or os.environ.get("ICAPITAL_LANG")
    locale = next(filter(None, (os.environ.get(name) for name in LOCALES)), "") if _is_terminal(stream) else ""
    if not (wanted or locale) or (wanted or locale) in {"en", "C", "C.UTF-8", "POSIX"}:
        return {}
    return phrases_in(wanted, locale)


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


def _is_terminal(stream: Any) -> bool:
    with suppress(AttributeError, ValueError):
        return bool(stream.isatty())
    return False
