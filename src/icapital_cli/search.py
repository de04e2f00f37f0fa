"""Full text over everything: every kind, every shipped language, without case and diacritics.

Words are bound as FTS5 strings, so that nothing a user types is an operator. The words of a query must all
occur; the last one may be the beginning of a word; words between quotation marks are a phrase.
"""

import re
from typing import NamedTuple

from icapital_cli.errors import UsageError, no_such
from icapital_cli.fold import fold
from icapital_cli.index import Index
from icapital_cli.rows import Builder, Column, Row
from icapital_cli.spell import Speller
from icapital_cli.view import View, source_columns

MARKS = ("«", "»")
AROUND = 70
MOST = 64  # words of a query: SQLite takes their square in time
WORD = re.compile(r"[^\W_]+")  # as the tokenizer of SQLite parts them
KEYS = (("kind", "id"), ("id", "id"), ("title", "line"), ("snippet", "line"), ("lang", "lang"))


class Wanted(NamedTuple):
    """A query: its phrases, each a list of folded words, and whether the last word is only a beginning."""

    phrases: list[list[str]]
    open_end: bool


def wanted_of(words: str) -> Wanted:
    """Read a query. Quotation marks that do not close are left out; so is what was said before.

    Raises UsageError for more words than a search can bear.
    """
    text = words.replace("“", '"').replace("”", '"')
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
    return Wanted(phrases, open_end=not text.rstrip().endswith('"'))


def search_view(index: Index, words: str, kind: str | None) -> View:
    """Find the facts that hold the words, best first, each once, in the language asked for where it is there.

    Raises UsageError when there is no word to look for, or too many, or no such kind.
    """
    wanted = wanted_of(words)
    if not wanted.phrases:
        raise UsageError("name a word to look for: icapital search makela")
    kinds = _kinds(index, kind)
    sql = """SELECT p.kind, p.id, p.lang, p.title, p.body FROM words JOIN passages p ON p.rowid = words.rowid
             WHERE words MATCH ? ORDER BY bm25(words), p.rowid"""
    best: dict[str, tuple[str, ...]] = {}
    for found in index.rows(sql, _match(wanted)):
        if kinds and found[0] not in kinds:
            continue
        known = best.get(found[1])
        if known is None or (known[2] != index.lang and found[2] == index.lang):
            best[found[1]] = found
    columns = [Column(key, index.label(f"column.{key}"), type_of, shown=True, steps=[]) for key, type_of in KEYS]
    columns += source_columns(index)
    builder = Builder(index)
    rows = [_row(builder, found, wanted) for found in best.values()]
    return View("search", index.label("kind.search"), columns, rows, index.lang, [], Speller(index))


def _kinds(index: Index, kind: str | None) -> set[str]:
    if kind is None:
        return set()
    known = dict(index.rows("SELECT kind, command FROM kinds"))
    commands = {command: name for name, command in known.items() if command}
    if kind not in known and kind not in commands:
        raise no_such("kind", kind, [*known, *(command for command in commands if command not in known)])
    # A word that is both, as `cities` is, asks for both.
    return {name for name in (kind if kind in known else "", commands.get(kind, "")) if name}


def _match(wanted: Wanted) -> str:
    strings = ['"' + " ".join(phrase) + '"' for phrase in wanted.phrases]
    return " AND ".join(strings) + ("*" if wanted.open_end else "")


def _row(builder: Builder, found: tuple[str, ...], wanted: Wanted) -> Row:
    kind, fact_id, lang, title, body = found
    row = Row(fact_id)
    row.citations = builder.citations(fact_id)
    row.values = {"kind": kind, "id": fact_id, "title": title, "snippet": snippet(body or title, wanted), "lang": lang}
    row.values |= {"sources": row.citations, "disputes": builder.disputes_of(fact_id)}
    return row


def snippet(body: str, wanted: Wanted) -> str:
    """Cut a passage around the first match, and mark every match in it."""
    words = [word for phrase in wanted.phrases for word in phrase]
    last = wanted.phrases[-1][-1] if wanted.open_end else None
    hits = [m.span() for m in WORD.finditer(body) if _hits(fold(m[0]), words, last)]
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


def _hits(folded: str, words: list[str], last: str | None) -> bool:
    return folded in words or (last is not None and folded.startswith(last))
