"""Full text over everything: every kind, every language, without case and diacritics.

Words are bound as FTS5 strings, so that nothing a user types is an operator. The words of a query must all occur; the
last one may be the beginning of a word; words between quotation marks are a phrase.
"""

import re
from typing import NamedTuple

from icapital_cli.errors import UsageError, no_such
from icapital_cli.names import fold
from icapital_cli.store.facts import FactStore

MARKS = ("«", "»")
AROUND = 70  # characters of a passage before and after the first match
MOST = 64  # words of a query: SQLite takes their square in time
WORD = re.compile(r"[^\W_]+")  # as the tokenizer of SQLite splits them


class Query(NamedTuple):
    """The phrases to find, each a list of folded words, and whether the last word may be a beginning."""

    phrases: list[list[str]]
    is_open: bool


class Hit(NamedTuple):
    """A passage of a fact that matches a query."""

    kind: str
    id: str
    lang: str
    title: str
    body: str


def parse_query(text: str) -> Query:
    """Parse a query. Quotation marks that do not close, and repeated phrases, are ignored.

    Raises UsageError for a query without a word, or with more than `MOST`.
    """
    text = text.replace("“", '"').replace("”", '"')
    parts = text.split('"') if text.count('"') % 2 == 0 else [text.replace('"', " ")]
    phrases: list[list[str]] = []
    for number, part in enumerate(parts):
        if number % 2:
            phrases.append(WORD.findall(fold(part)))
        else:
            phrases += [WORD.findall(fold(word)) for word in part.split()]
    phrases = [phrase for phrase in phrases if phrase]
    # The last stays where it is: it may be the beginning of a word, which the same word before it is not.
    phrases = [list(phrase) for phrase in dict.fromkeys(map(tuple, phrases[:-1]))] + phrases[-1:]
    if sum(map(len, phrases)) > MOST:
        raise UsageError(f"a search takes at most {MOST} words: leave some out")
    if not phrases:
        raise UsageError("name a word to look for: icapital search makela")
    return Query(phrases, is_open=not text.rstrip().endswith('"'))


def find(store: FactStore, query: Query, kind: str | None = None) -> list[Hit]:
    """Find the facts that match, best first, each once, in the language of the store where it matches in it.

    `kind` is a kind of fact or the name of its command. Raises UsageError for one that does not exist.
    """
    kinds = _kinds(store, kind)
    sql = """SELECT p.kind, p.id, p.lang, p.title, p.body FROM words JOIN passages p ON p.rowid = words.rowid
             WHERE words MATCH ? ORDER BY bm25(words), p.rowid"""
    best: dict[str, Hit] = {}
    for hit in map(Hit._make, store.rows(sql, _fts5(query))):
        known = best.get(hit.id)
        wanted = not kinds or hit.kind in kinds
        if wanted and (known is None or (known.lang != store.lang and hit.lang == store.lang)):
            best[hit.id] = hit
    return list(best.values())


def _kinds(store: FactStore, kind: str | None) -> set[str]:
    if kind is None:
        return set()
    known = {name: spec["command"] and spec["command"]["name"] for name, spec in store.kinds()}
    commands = {command: name for name, command in known.items() if command}
    if kind not in known and kind not in commands:
        raise no_such("kind", kind, [*known, *(command for command in commands if command not in known)])
    # A word that is both, as `cities` is, means both.
    return {name for name in (kind if kind in known else "", commands.get(kind, "")) if name}


def _fts5(query: Query) -> str:
    strings = ['"' + " ".join(phrase) + '"' for phrase in query.phrases]
    return " AND ".join(strings) + ("*" if query.is_open else "")


def snippet(body: str, query: Query) -> str:
    """Cut a passage around the first match, and mark every match in it."""
    words = [word for phrase in query.phrases for word in phrase]
    last = query.phrases[-1][-1] if query.is_open else None
    hits = [found.span() for found in WORD.finditer(body) if _matches(fold(found[0]), words, last)]
    start = max(0, hits[0][0] - AROUND) if hits else 0
    start = body.rfind(" ", 0, start) + 1 if start else 0
    end = (hits[0][1] if hits else 0) + AROUND
    end = len(body) if end >= len(body) else (body.find(" ", end) if body.find(" ", end) > 0 else len(body))
    text, at = "", start
    for low, high in hits:
        if low >= at and high <= end:
            text += body[at:low] + MARKS[0] + body[low:high] + MARKS[1]
            at = high
    return ("…" if start else "") + text + body[at:end] + ("…" if end < len(body) else "")


def _matches(folded: str, words: list[str], last: str | None) -> bool:
    return folded in words or (last is not None and folded.startswith(last))
