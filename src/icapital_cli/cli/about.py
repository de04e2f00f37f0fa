"""Write what the tool says of itself: a schema, the gaps, or the state of tool and facts."""

import json
import os
import sys

from icapital_cli.api import checkout
from icapital_cli.cli.answer import Shape, put
from icapital_cli.query.select import select
from icapital_cli.store import database
from icapital_cli.store.facts import FactStore
from icapital_cli.terminal import json_text, safe
from icapital_cli.views.about import state_of
from icapital_cli.views.view import view_of


def write_about(store: FactStore, shape: Shape, *, schema: str | None, gaps: bool, folder: str | None) -> None:
    """Write the schema of a command, the gaps, or the state."""
    if schema is not None:
        from icapital_cli.views.json_schema import schema_of  # noqa: PLC0415 - only --schema needs it

        json.dump(schema_of(store, schema), sys.stdout, indent=2)
        sys.stdout.write("\n")
    elif gaps:
        put(view_of(store, "gaps", select(store, "gaps")).with_notes(), shape)
    else:
        _write_state(store, shape, folder)


def _write_state(store: FactStore, shape: Shape, folder: str | None) -> None:
    state = state_of(store, folder or checkout() or database.SHIPPED, _cache())
    if shape.format == "json":
        sys.stdout.write(json_text(state) + "\n")
        return
    for key, value in state.items():
        text = (
            ", ".join(f"{kind} {_counted(count)}" for kind, count in value.items())
            if isinstance(value, dict)
            else value
        )
        text = ", ".join(text) if isinstance(text, list) else text
        sys.stdout.write(f"{store.label('about.' + key)}: {safe(str(text or ''))}\n")


def _counted(count: int | dict[str, int]) -> str:
    return f"{count['stated']}/{count['values']}" if isinstance(count, dict) else str(count)


def _cache() -> str | None:
    import platformdirs

    try:
        return os.fspath(platformdirs.user_cache_path("icapital"))
    except RuntimeError:
        return None
