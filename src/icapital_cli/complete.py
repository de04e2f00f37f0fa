"""What the shell offers while someone types: names, ids, years, languages, formats, fields."""

import json
import os
import sqlite3

from icapital_cli.cite import STYLES
from icapital_cli.database import SHIPPED, open_file
from icapital_cli.fold import name_key
from icapital_cli.index import Index
from icapital_cli.render import FORMATS, LATER
from icapital_cli.search import KEYS
from icapital_cli.sheet import BRIEF, SHOW
from icapital_cli.stats import FIELDS, GROUPS

MOST = 60
NAMED = {
    "city": ("cities",),
    "speaker": ("people",),
    "category": ("categories",),
    "status": ("statuses",),
    "award": ("awards",),
    "compared": ("cities", "editions"),
}
WORDS = {
    "color": ("auto", "always", "never"),
    "group": tuple(GROUPS),
    "shell": ("bash", "zsh", "fish", "powershell"),
    "style": tuple(STYLES),
}
OWN_FORMATS = {"show": tuple(SHOW), "brief": tuple(BRIEF)}
OWN_FIELDS = {"search": tuple(key for key, _ in KEYS), "stats": FIELDS}


def candidates(what: str, incomplete: str, command: str = "") -> list[str]:
    """Offer what begins with the word typed so far; a failure offers nothing, for a shell must not stumble."""
    try:
        offered = _offered(what, incomplete, command)
    except (sqlite3.Error, OSError, ValueError):
        return []
    return [word for word in offered if word.startswith(incomplete) and word.isprintable()][:MOST]


def _offered(what: str, incomplete: str, command: str) -> list[str]:
    if what in WORDS:
        return list(WORDS[what])
    if what == "format":
        return [*OWN_FORMATS.get(command, (*FORMATS, *LATER))]
    if not os.path.exists(SHIPPED):  # noqa: PTH110 - pathlib is slower
        return []
    index = Index(open_file(SHIPPED))
    if what == "lang":
        return list(index.languages())
    if what == "year":
        return [row[0] for row in index.rows("SELECT id FROM facts WHERE kind = 'editions' ORDER BY rank, seq")]
    if what in {"fields", "sort"}:
        return _fields(index, incomplete, command)
    if what == "country":
        return _countries(index)
    if what == "kind":
        return ["official", "press-release", "news", "reference"] if command == "sources" else _kinds(index)
    if what == "publisher":
        known = index.rows("SELECT DISTINCT value FROM facets WHERE kind = 'sources' AND key = 'publisher'")
        return [row[0] for row in known if " " not in row[0]]
    if what == "schema":
        return [*(row[0] for row in index.rows("SELECT command FROM kinds WHERE command <> ''")), "gaps"]
    return _names(index, NAMED.get(what, ()), incomplete)


def _countries(index: Index) -> list[str]:
    found = index.rows("SELECT value, text FROM spelled WHERE form = 'country' ORDER BY value")
    return list(dict.fromkeys([*(code for code, _ in found), *(name for _, name in found if " " not in name)]))


def _kinds(index: Index) -> list[str]:
    return [row[0] for row in index.rows("SELECT kind FROM kinds")]


def _fields(index: Index, incomplete: str, command: str) -> list[str]:
    columns = index.one("SELECT columns FROM kinds WHERE command = ?", command)
    known = ("id", *(column[0] for column in json.loads(columns))) if columns else OWN_FIELDS.get(command, ())
    keys = [*known, *(("sources", "disputes") if columns or command == "search" else ())]
    before, comma, _ = incomplete.rpartition(",")
    return [before + comma + key for key in keys] + [f"-{key}" for key in keys if incomplete.startswith("-")]


def _names(index: Index, kinds: tuple[str, ...], incomplete: str) -> list[str]:
    """Offer ids, and names of one word, in the case in which the word was begun."""
    low = name_key(incomplete)
    sql = """SELECT folded, name, id FROM names WHERE folded >= ? AND folded < ?
             AND (? = '[]' OR kind IN (SELECT value FROM json_each(?))) ORDER BY folded LIMIT ?"""
    among = json.dumps(kinds)
    found = []
    for folded, name, fact_id in index.rows(sql, low, low + "\U0010ffff", among, among, MOST * 2):
        begun = [word for word in (name, fact_id) if " " not in word and word.startswith(incomplete)]
        found += begun or ([incomplete + folded[len(low) :]] if " " not in folded else [])
    return list(dict.fromkeys(found))
