"""Completion: what a shell offers while someone types, and the values that help lists."""

import json
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from shlex import quote

from icapital_cli.api import open_facts
from icapital_cli.cli.options import COLORS
from icapital_cli.errors import IcapitalError, UsageError, no_such
from icapital_cli.formats.registry import BRIEFS, CITATIONS, LISTS, PAGES
from icapital_cli.names import name_key
from icapital_cli.store.facts import FactStore
from icapital_cli.terminal import safe
from icapital_cli.views.search_results import KEYS
from icapital_cli.views.statistics import GROUPS, sum_fields

MOST = 60
SHELLS = ["bash", "zsh", "fish", "powershell"]
DATA, CONFIG = ("XDG_DATA_HOME", ".local/share"), ("XDG_CONFIG_HOME", ".config")
FILES = {
    "bash": (*DATA, "bash-completion/completions/icapital"),
    "zsh": (*DATA, "zsh/site-functions/_icapital"),
    "fish": (*CONFIG, "fish/completions/icapital.fish"),
}
PAGE_FORMATS = {"show": PAGES, "brief": BRIEFS}
NAMED = {"city": ["cities"], "speaker": ["people"], "compared": ["cities", "editions"]}
NAMED |= {"category": ["categories"], "status": ["statuses"], "award": ["awards"]}


def completion_script(shell: str) -> str:
    """Return the script that completes in a shell. Raises UsageError for a shell that has none."""
    from typer._completion_shared import get_completion_script  # noqa: PLC0415 - no public way gives the script

    if shell not in {*SHELLS, "pwsh"}:
        raise no_such("shell", shell, SHELLS)
    script = get_completion_script(prog_name="icapital", complete_var="_ICAPITAL_COMPLETE", shell=shell)
    return script.rstrip() + "\n"


def install_script(shell: str) -> str:
    """Write the script where a shell looks for the user's completions. Return the path, and what is left to do.

    Raises UsageError for a shell that has no folder of completions, IcapitalError when the file cannot be written.
    """
    script = completion_script(shell)
    if shell not in FILES:
        line = f"icapital completion {shell} | Out-String | Invoke-Expression"
        raise UsageError(f"{shell} has no folder of completions: add this line to the file $PROFILE: {line}")
    path = _user_file(*FILES[shell])
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(script, "utf-8")
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise IcapitalError(f"cannot write {str(path)!r}: {error.strerror or error}") from error
    line = f"fpath=({quote(str(path.parent))} $fpath)"
    todo = f". zsh needs this line in ~/.zshrc, above compinit: {line}" if shell == "zsh" else ""
    return safe(f"wrote {path}{todo}")


def _user_file(variable: str, default: str, name: str) -> Path:
    """Return a file in a folder of the XDG Base Directory Specification, which ignores a relative path."""
    folder = Path(os.environ.get(variable, ""))
    if not folder.is_absolute():
        with suppress(RuntimeError):
            folder = Path.home() / default
    if not folder.is_absolute():
        raise IcapitalError(f"there is no home folder: set HOME or {variable}")
    return folder / name


def candidates(what: str, incomplete: str, command: str = "") -> list[str]:
    """Return what begins with the word typed so far; nothing after a failure, for a shell must not stumble."""
    try:
        with open_facts() as store:
            offered = _offered(store, what, incomplete, command)
    except (sqlite3.Error, OSError, ValueError, IcapitalError):
        return []
    return [word for word in offered if word.startswith(incomplete) and word.isprintable()][:MOST]


def choices(what: str, command: str) -> list[str]:
    """Return the values of an option that help lists."""
    with open_facts() as store:
        if what in {"category", "status", "award"}:
            return store.ids(NAMED[what][0])
        return _closed(store, what, command) or [""]


def _closed(store: FactStore, what: str, command: str) -> list[str]:
    """Return the values of an option that takes one of a closed list, and an empty list for any other."""
    if what == "format":
        columns = _columns(store, command)
        return PAGE_FORMATS[command].names() if command in PAGE_FORMATS else LISTS.names(columns or ["id"])
    if what == "kind":
        kinds = [kind for kind, _ in store.kinds()]
        return _choices_of(store, command, "kind") if command == "sources" else kinds
    return {
        "color": list(COLORS),
        "by": list(GROUPS),
        "shell": SHELLS,
        "style": CITATIONS.names(),
        "lang": list(store.languages()),
        "schema": [*(spec["command"]["name"] for _, spec in store.kinds() if spec["command"]), "gaps"],
    }.get(what, [])


def _offered(store: FactStore, what: str, incomplete: str, command: str) -> list[str]:
    if what in {"fields", "sort"}:
        return _fields(store, incomplete, command)
    if what == "year":
        return store.ids("editions")
    if what == "country":
        found = store.rows("SELECT value, text FROM localized WHERE form = 'country' ORDER BY value")
        return list(dict.fromkeys([*(code for code, _ in found), *(name for _, name in found if " " not in name)]))
    return _closed(store, what, command) or _values(store, what, incomplete, command)


def _values(store: FactStore, what: str, incomplete: str, command: str) -> list[str]:
    """Return the names that an argument or a filter takes, or the values in the facts where a filter takes no names."""
    kind, filters = _filters(store, command)
    names = [filters[what][1]] if what in filters else NAMED.get(what, [])
    if names != [""]:
        return _names(store, names, incomplete)
    known = store.rows("SELECT DISTINCT value FROM facets WHERE kind = ? AND key = ?", kind, what)
    return [row[0] for row in known if " " not in row[0]]


def _filters(store: FactStore, command: str) -> tuple[str, dict[str, list[str]]]:
    """Return the kind that a command lists, and the filters of the kind: for each its field and the kind it names."""
    found = store.rows("SELECT kind, spec FROM kinds WHERE command = ?", command)
    return (found[0][0], json.loads(found[0][1])["filters"]) if found else ("", {})


def _columns(store: FactStore, command: str) -> list[str]:
    spec = store.one("SELECT spec FROM kinds WHERE command = ?", command)
    return [column[0] for column in json.loads(spec)["columns"]] if spec else []


def _choices_of(store: FactStore, command: str, key: str) -> list[str]:
    spec = json.loads(store.one("SELECT spec FROM kinds WHERE command = ?", command))
    return next([word for word in choices if word] for name, _, _, _, choices in spec["columns"] if name == key)


def _fields(store: FactStore, incomplete: str, command: str) -> list[str]:
    columns = _columns(store, command)
    own = {"search": [key for key, _ in KEYS], "stats": ["group", *sum_fields(store)]}.get(command, [])
    keys = ["id", *columns] if columns else own
    keys += ["sources", "disputes"] if columns or command == "search" else []
    before, comma, _ = incomplete.rpartition(",")
    return [before + comma + key for key in keys] + [f"-{key}" for key in keys if incomplete.startswith("-")]


def _names(store: FactStore, kinds: list[str], incomplete: str) -> list[str]:
    """Return ids, and names of one word, in the case in which the word was begun."""
    low = name_key(incomplete)
    sql = """SELECT folded, name, id FROM names WHERE folded >= ? AND folded < ?
             AND (? = '[]' OR kind IN (SELECT value FROM json_each(?))) ORDER BY folded LIMIT ?"""
    among = json.dumps(kinds)
    found = []
    for folded, name, fact_id in store.rows(sql, low, low + "\U0010ffff", among, among, MOST * 2):
        begun = [word for word in (name, fact_id) if " " not in word and word.startswith(incomplete)]
        found += begun or ([incomplete + folded[len(low) :]] if " " not in folded else [])
    return list(dict.fromkeys(found))
