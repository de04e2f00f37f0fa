"""Full text over everything: every kind, every language, without case and diacritics.

Words are bound as FTS5 strings, so that nothing a user types is an operator. All words of a query should occur;
the last one may be the beginning of a word; words between quotation marks are a phrase, and so are words of which a
language file knows synonyms ("artificial intelligence").
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from icapital_cli.errors import UsageError, no_such
from icapital_cli.names import fold
from icapital_cli.store.facts import FactStore

MARKS = ("«", "»")
AROUND = 70  # characters of a passage before and after the first match
TITLE = 8.0  # how much more a word in the title counts than one in the text
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


class Found(NamedTuple):
    """The hits, best first, and whether each holds all the words."""

    hits: list[Hit]
    is_whole: bool


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


def join_synonyms(store: FactStore, query: Query) -> Query:
    """Join consecutive words that have synonyms as a phrase: `artificial intelligence`."""
    known = {tuple(folded.split()) for (folded,) in store.rows("SELECT DISTINCT folded FROM synonyms")}
    longest = max(map(len, known), default=1)
    phrases, rest = list[list[str]](), list(query.phrases)
    while rest:
        for count in range(min(longest, len(rest)), 0, -1):
            words = [word for phrase in rest[:count] for word in phrase]
            if count == 1 or tuple(words) in known:
                phrases.append(words if count > 1 else rest[0])
                del rest[:count]
                break
    return query._replace(phrases=phrases)


def find(store: FactStore, query: Query, kinds: Collection[str] = (), lang: str | None = None) -> Found:
    """Find the facts that hold the words, or words that mean the same; else those that hold most of them.

    Each fact is there once, in the language of the store where it matches in it; `lang` keeps to one language. `kinds`
    are kinds of fact or names of their commands. Raises UsageError for a kind that does not exist.
    """
    chosen = {one for kind in kinds for one in _kinds(store, kind)}
    expressions = [_expression(store, phrase, query) for phrase in query.phrases]
    hits = _hits(store, " AND ".join(expressions), chosen, lang)
    if hits or len(expressions) == 1:
        return Found(hits, is_whole=True)
    return Found(_with_most(_hits(store, " OR ".join(expressions), chosen, lang), query), is_whole=False)


def _hits(store: FactStore, expression: str, kinds: set[str], lang: str | None) -> list[Hit]:
    sql = f"""SELECT p.kind, p.id, p.lang, p.title, p.body FROM words JOIN passages p ON p.rowid = words.rowid
              WHERE words MATCH ? ORDER BY bm25(words, {TITLE}, 1.0), p.rowid"""  # noqa: S608 - a number of ours
    best: dict[str, Hit] = {}
    for hit in map(Hit._make, store.rows(sql, expression)):
        known = best.get(hit.id)
        wanted = (not kinds or hit.kind in kinds) and lang in {None, hit.lang}
        if wanted and (known is None or (known.lang != store.lang and hit.lang == store.lang)):
            best[hit.id] = hit
    return list(best.values())


def _with_most(hits: list[Hit], query: Query) -> list[Hit]:
    """Keep the hits that hold the most of the phrases that any hit holds, in their order."""
    counts = {hit.id: sum(_holds(hit, phrase) for phrase in query.phrases) for hit in hits}
    most = max(counts.values(), default=0)
    return [hit for hit in hits if counts[hit.id] == most]


def _holds(hit: Hit, phrase: list[str]) -> bool:
    words = f" {' '.join(WORD.findall(fold(f'{hit.title} {hit.body}')))} "
    return f" {' '.join(phrase)}" in words


def _expression(store: FactStore, phrase: list[str], query: Query) -> str:
    """Spell a phrase as an FTS5 string, with the words that mean the same."""
    text = " ".join(phrase)
    others = [other for (other,) in store.rows("SELECT other FROM synonyms WHERE folded = ?", text)]
    end = "*" if query.is_open and phrase is query.phrases[-1] else ""
    strings = [f'"{text}"{end}', *(f'"{" ".join(WORD.findall(other))}"' for other in others)]
    return f"({' OR '.join(strings)})" if others else strings[0]


def _kinds(store: FactStore, kind: str) -> set[str]:
    known = {name: spec["command"] and spec["command"]["name"] for name, spec in store.kinds()}
    commands = {command: name for name, command in known.items() if command}
    if kind not in known and kind not in commands:
        raise no_such("kind", kind, [*known, *(command for command in commands if command not in known)])
    # A word that is both, as `cities` is, means both.
    return {name for name in (kind if kind in known else "", commands.get(kind, "")) if name}


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
