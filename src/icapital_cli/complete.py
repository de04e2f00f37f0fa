"""What the shell offers while someone types: names, ids, years, languages, formats, fields."""

import json
import os
import sqlite3

from icapital_cli.fold import name_key
from icapital_cli.index import SHIPPED, Index, open_file
from icapital_cli.render import FORMATS, LATER

MOST = 60
NAMED = {"city": "cities", "speaker": "people", "category": "categories", "status": "statuses", "award": "awards"}


def candidates(what: str, incomplete: str, command: str = "") -> list[str]:
    """Offer what begins with the word typed so far; a failure offers nothing, for a shell must not stumble."""
    try:
        offered = _offered(what, incomplete, command)
    except (sqlite3.Error, OSError, ValueError):
        return []
    return [word for word in offered if word.startswith(incomplete)][:MOST]


def _offered(what: str, incomplete: str, command: str) -> list[str]:
    if what == "format":
        return [*FORMATS, *LATER]
    if what == "color":
        return ["auto", "always", "never"]
    if not os.path.exists(SHIPPED):  # noqa: PTH110 - pathlib is slower
        return []
    index = Index(open_file(SHIPPED))
    if what == "lang":
        return list(index.languages())
    if what == "year":
        return [row[0] for row in index.rows("SELECT id FROM facts WHERE kind = 'editions' ORDER BY seq")]
    if what in {"fields", "sort"}:
        return _fields(index, incomplete, command)
    if what == "country":
        return [row[0] for row in index.rows("SELECT DISTINCT value FROM spelled WHERE form = 'country'")]
    if what == "kind":
        return ["official", "press-release", "news", "reference"] if command == "sources" else _kinds(index)
    return _names(index, NAMED.get(what, ""), incomplete)


def _kinds(index: Index) -> list[str]:
    return [row[0] for row in index.rows("SELECT kind FROM kinds")]


def _fields(index: Index, incomplete: str, command: str) -> list[str]:
    columns = index.one("SELECT columns FROM kinds WHERE command = ?", command)
    keys = ["id", *(column[0] for column in json.loads(columns or "[]")), "sources", "disputes"]
    before, comma, _ = incomplete.rpartition(",")
    return [before + comma + key for key in keys] + [f"-{key}" for key in keys if incomplete.startswith("-")]


def _names(index: Index, kind: str, incomplete: str) -> list[str]:
    """Offer ids, and names of one word, in the case in which the word was begun."""
    low = name_key(incomplete)
    sql = """SELECT folded, name FROM names WHERE folded >= ? AND folded < ? AND (kind = ? OR ? = '')
             ORDER BY folded LIMIT ?"""
    found = []
    for folded, name in index.rows(sql, low, low + "\U0010ffff", kind, kind, MOST * 2):
        if " " not in name:
            found.append(name if name.startswith(incomplete) else incomplete + folded[len(low) :])
    return list(dict.fromkeys(found))
