"""Completion: what a shell offers while someone types, and the values that help lists."""

import json
import os
import sqlite3
from contextlib import suppress
from itertools import islice
from pathlib import Path
from shlex import quote

from icapital_cli.api import open_store
from icapital_cli.cli.options import COLORS, COMMANDS, FILTERS
from icapital_cli.errors import IcapitalError, UsageError, no_such
from icapital_cli.files import write_file, writing
from icapital_cli.formats.registry import BRIEFS, CITATIONS, DRAFTS, LISTS, PAGES
from icapital_cli.names import fold, name_key
from icapital_cli.store.facts import FactStore
from icapital_cli.terminal import safe
from icapital_cli.views.bars import measures
from icapital_cli.views.json_schema import schema_of
from icapital_cli.views.statistics import GROUPS

MOST = 60
SHELLS = ["bash", "zsh", "fish", "powershell"]
DATA, CONFIG = ("XDG_DATA_HOME", ".local/share"), ("XDG_CONFIG_HOME", ".config")
FILES = {
    "bash": (*DATA, "bash-completion/completions/icapital"),
    "zsh": (*DATA, "zsh/site-functions/_icapital"),
    "fish": (*CONFIG, "fish/completions/icapital.fish"),
}
# The script of bash quotes names as the word was begun; Typer's own gives them as they are.
BASH = """\
_icapital_completion() {
    local IFS=$'\\n' word
    COMPREPLY=()
    while read -r word; do
        [[ "${COMP_WORDS[COMP_CWORD]}" == [\\'\\"]* ]] || printf -v word '%q' "$word"
        COMPREPLY+=("${word//\\\\,/,}")
    done < <(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD="$COMP_CWORD" _ICAPITAL_COMPLETE=complete_bash "$1")
}

complete -o default -F _icapital_completion icapital
"""
PAGE_FORMATS = {"show": PAGES, "brief": BRIEFS, "verify": DRAFTS}
NAMED = {"city": ["cities"], "speaker": ["people"], "compared": ["cities", "countries", "editions"]}
THINGS = ["cities", "countries", "editions", "people", "organisations", "initiatives"]
CLOSED = {"category": "categories", "status": "statuses", "award": "awards"}  # options that take one of a few facts


def completion_script(shell: str) -> str:
    """Return the script that completes in a shell. Raises UsageError for a shell that has none."""
    from typer._completion_shared import get_completion_script  # noqa: PLC0415 - no public way gives the script

    if shell not in {*SHELLS, "pwsh"}:
        raise no_such("shell", shell, SHELLS)
    if shell == "bash":
        return BASH
    script = get_completion_script(prog_name="icapital", complete_var="_ICAPITAL_COMPLETE", shell=shell)
    if shell in {"powershell", "pwsh"}:
        quoted = '$(if ($command -match \'\\s\') { "\'" + ($command -replace "\'", "\'\'") + "\'" } else { $command })'
        script = script.replace("$command, $command,", f"{quoted}, $command,")
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
    with writing(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, script)
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


def candidates(what: str, incomplete: str, command: str = "", before: str = "") -> list[str]:
    """Return what begins with the word typed so far; nothing after a failure, for a shell must not stumble.

    `before` are the words before it of a name without quotes. Of a list with commas, the last part is completed.
    """
    listed, comma, part = incomplete.rpartition(",") if what in FILTERS else ("", "", incomplete)
    begun = f"{before} {part}" if before else part
    try:
        with open_store() as store:
            offered = _offered(store, what, begun, command)
    except (sqlite3.Error, OSError, ValueError, IcapitalError):
        return []
    fitting = (word for word in dict.fromkeys(offered) if word and word.startswith(begun))
    completed = (listed + comma + word[len(begun) - len(part) :] for word in fitting)
    return list(islice(filter(str.isprintable, completed), MOST))


def choices(what: str, command: str) -> list[str]:
    """Return the values of an option that help lists."""
    with open_store() as store:
        return _closed(store, what, command) or [""]


def _closed(store: FactStore, what: str, command: str) -> list[str]:
    """Return the values of an option that takes one of a closed list, and an empty list for any other."""
    if what in CLOSED:
        return store.ids(CLOSED[what])
    if what == "format":
        columns = _columns(store, command)
        return PAGE_FORMATS[command].names() if command in PAGE_FORMATS else LISTS.names(columns or ["id"])
    if what == "export":
        from icapital_cli.export.registry import names  # noqa: PLC0415 - only this command needs it

        return names()
    if what == "weight":
        return _choices_of(store, "disputes", "weight")
    if what == "kind":
        kinds = [kind for kind, _ in store.kinds()]
        return _choices_of(store, command, "kind") if command == "sources" else kinds
    return {
        "command": [*_commands(store), *COMMANDS],
        "color": list(COLORS),
        "by": list(GROUPS),
        "measure": measures(store),
        "shell": SHELLS,
        "style": CITATIONS.names(),
        "lang": list(store.languages()),
        "schema": [*_commands(store), "gaps"],
    }.get(what, [])


def _commands(store: FactStore) -> list[str]:
    """Return the names of the commands that list a kind."""
    return [spec["command"]["name"] for _, spec in store.kinds() if spec["command"]]


def _offered(store: FactStore, what: str, incomplete: str, command: str) -> list[str]:
    if what in {"fields", "sort"}:
        return _fields(store, incomplete, command)
    if what == "year":
        return store.ids("editions")
    if what == "country":
        codes = sorted({str(store.fact(country)[1]["code"]) for country in store.ids("countries")})
        return [*codes, *(_names(store, ["countries"], incomplete, with_ids=False) if incomplete else [])]
    return _closed(store, what, command) or _values(store, what, incomplete, command)


def _values(store: FactStore, what: str, incomplete: str, command: str) -> list[str]:
    """Return the names that an argument or a filter takes, or the values in the facts where a filter takes no names."""
    kind, filters = _filters(store, command)
    if what in filters and not filters[what][1]:
        known = store.rows("SELECT DISTINCT value FROM facets WHERE kind = ? AND key = ?", kind, what)
        return [begun for (name,) in known if (begun := _as_begun(name, fold(name), fold(incomplete), incomplete))]
    names = [filters[what][1]] if what in filters else NAMED.get(what, [])
    if what == "words" and kind:
        belonging = [target for key, (_, target) in filters.items() if target and key not in CLOSED]
        names = [kind, *belonging, *(["countries"] if "city" in filters else [])] if incomplete else [kind]
    elif what == "words" and not incomplete:
        names = ["cities"]
    if not incomplete:
        return [fact_id for one in names for fact_id in sorted(store.ids(one))]
    # Of any kind: things with names before what has but an id or a title.
    return [*(_names(store, THINGS, incomplete) if not names else []), *_names(store, names, incomplete)]


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
    keys = [*schema_of(store, command)["items"]["properties"]]
    before, comma, _ = incomplete.rpartition(",")
    return [before + comma + key for key in keys] + [f"-{key}" for key in keys if incomplete.startswith("-")]


def _names(store: FactStore, kinds: list[str], incomplete: str, *, with_ids: bool = True) -> list[str]:
    """Return ids and names, in the case in which the word was begun."""
    low = name_key(incomplete) + (" " if incomplete.strip() and incomplete[-1] in " -" else "")
    sql = """SELECT folded, name, id FROM names WHERE folded >= ? AND folded < ?
             AND (? = '[]' OR kind IN (SELECT value FROM json_each(?))) ORDER BY folded LIMIT ?"""
    among = json.dumps(kinds)
    found: list[str] = []
    for folded, name, fact_id in store.rows(sql, low, low + "\U0010ffff", among, among, MOST * 2):
        if with_ids and fact_id.startswith(incomplete):
            found.append(fact_id)
        is_id = with_ids and fact_id.startswith(incomplete) and name_key(fact_id) == folded
        if name != fact_id and not is_id:
            found.append(_as_begun(name, folded, low, incomplete))
    return list(dict.fromkeys(found))


def _as_begun(name: str, folded: str, low: str, incomplete: str) -> str:
    """Return a name so that it begins with what was typed, or an empty string where it begins otherwise."""
    if name.startswith(incomplete):
        return name
    return incomplete + folded[len(low) :] if folded.startswith(low) else ""
