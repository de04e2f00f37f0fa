"""What the tool says of itself: languages, versions, gaps, schemas, and the state of a fact base."""

import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

from icapital_cli import __version__
from icapital_cli.cache import is_folder
from icapital_cli.database import SHIPPED
from icapital_cli.errors import FactsError, printable
from icapital_cli.index import Index
from icapital_cli.query import select
from icapital_cli.render import as_json, as_table
from icapital_cli.rows import Column, Row
from icapital_cli.spell import Speller
from icapital_cli.terminal import json_text, safe
from icapital_cli.view import View, view_of

WHOLE = 100


def languages_view(index: Index) -> View:
    """Show the languages, and the share of labels and texts that each can say."""
    keys = (("tag", "id"), ("name", "line"), ("labels", "line"), ("texts", "line"), ("complete", "line"))
    columns = [Column(key, index.label(f"column.{key}"), kind, shown=True, steps=[]) for key, kind in keys]
    complete = json.loads(index.meta("completeness"))
    rows = []
    for tag, name in index.languages().items():
        labels, all_labels, texts, all_texts = complete[tag]
        row = Row(tag)
        share = WHOLE * (labels + texts) // ((all_labels + all_texts) or 1)
        row.values = {
            "tag": tag,
            "name": name,
            "labels": f"{labels}/{all_labels}",
            "texts": f"{texts}/{all_texts}",
            "complete": f"{share} %",
        }
        rows.append(row)
    return View("languages", index.label("kind.languages"), columns, rows, index.lang, [], Speller(index))


def check_folder(folder: str, against: str | None) -> None:
    """Check a fact base, silent when all is well. Raises ManyProblemsError, one line each."""
    from icapital_cli.check import check, refuse  # noqa: PLC0415 - needs the YAML reader
    from icapital_cli.evidence import misquoted  # noqa: PLC0415 - needs the YAML reader

    path = Path(folder)
    if not is_folder(path):
        raise FactsError(f"no folder {printable(folder)!r}")
    compiled = check(path, f"{folder.rstrip('/')}/")
    if against is not None and not is_folder(Path(against)):
        raise FactsError(f"no folder {printable(against)!r}")
    refuse(compiled, misquoted(compiled.store, Path(against)) if against is not None else ())


def tell_about(index: Index, asked: dict[str, Any], out: TextIO) -> None:
    """Write the schema of a command, the gaps, or the state of tool and facts."""
    if asked["schema"] is not None:
        from icapital_cli.schema import schema_of  # noqa: PLC0415 - needs the model

        json.dump(schema_of(asked["schema"]), out, indent=2)
        out.write("\n")
    elif asked["gaps"]:
        view = view_of(index, "gaps", select(index, "gaps")).noted()
        (as_json if asked["json"] else as_table)(view, out)
    else:
        _tell_state(index, asked, out)


def _tell_state(index: Index, asked: dict[str, Any], out: TextIO) -> None:
    state: dict[str, Any] = {
        "version": __version__,
        "python": sys.version.split()[0],
        "facts": asked["facts"] or SHIPPED,
        "facts_digest": index.meta("digest"),
        "counts": json.loads(index.meta("counts")),
        "languages": list(index.languages()),
        "licence_code": "Apache-2.0",
        "licence_facts": "CC-BY-4.0",
        "cache": _cache(),
    }
    if asked["json"]:
        out.write(json_text(state) + "\n")
        return
    for key, value in state.items():
        text = ", ".join(f"{kind} {count}" for kind, count in value.items()) if isinstance(value, dict) else value
        text = ", ".join(text) if isinstance(text, list) else text
        out.write(f"{index.label('about.' + key)}: {safe(str(text))}\n")


def _cache() -> str:
    import platformdirs

    try:
        return os.fspath(platformdirs.user_cache_path("icapital"))
    except RuntimeError:
        return ""
