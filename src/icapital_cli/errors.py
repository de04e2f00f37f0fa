"""Errors, one class per exit code, and their messages: what is wrong, and the nearest right value."""

from collections.abc import Iterable
from unicodedata import category

UNEXPECTED, USAGE, NOT_FOUND, BAD_FACTS, DIFFERS = 1, 2, 3, 4, 5
MARKS = 5  # combining marks on one letter: hardly a language writes more


class IcapitalError(Exception):
    """A failure that the user reads as one line on stderr; `candidates` are ids or values that may have been meant."""

    exit_code = UNEXPECTED

    def __init__(self, message: str, candidates: Iterable[str] = ()) -> None:
        """Keep the candidates."""
        super().__init__(message)
        self.candidates = list(candidates)


class UsageError(IcapitalError):
    """The command line asks for something that the tool does not have."""

    exit_code = USAGE


class NotFoundError(IcapitalError):
    """The named thing is not in the fact base, or it is several: `candidates` are the ids of the nearest facts."""

    exit_code = NOT_FOUND


class FactsError(IcapitalError):
    """The fact base is unreadable or invalid."""

    exit_code = BAD_FACTS


class ManyProblemsError(FactsError):
    """All problems of a fact base, one line each."""


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return up to three known words that are spelled like a mistyped one, best first."""
    from difflib import get_close_matches  # noqa: PLC0415 - only an error pays for it

    folded = {name.casefold(): name for name in known}
    return [folded[near] for near in get_close_matches(word.casefold()[:80], folded, n=3, cutoff=0.7)]


def no_such(what: str, word: str, known: Iterable[str]) -> UsageError:
    """Make the error for a value outside a closed list: the nearest one, or the whole list."""
    known = list(known)
    near = nearest(word, known)
    hint = f"did you mean {near[0]!r}?" if near else "choose from: " + ", ".join(known)
    return UsageError(f"no {what} is called {printable(word)!r}. {hint}", near or known)


def printable(text: str) -> str:
    """Shorten an argument for a message, and replace control characters and piles of combining marks."""
    shown, marks = "", 0
    for c in text[:80]:
        marks = marks + 1 if category(c)[0] == "M" else 0
        if marks <= MARKS:
            shown += c if c.isprintable() else "\N{REPLACEMENT CHARACTER}"
    return shown + "…" if len(text) > len(shown) else shown
