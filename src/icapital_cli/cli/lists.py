"""The list commands: one factory makes them all from the kinds of fact, so that they cannot drift apart."""

import json
import sqlite3
from contextlib import closing
from typing import Any

from icapital_cli.cli.answer import arrange, open_facts, put, query_of, shape_of, warn
from icapital_cli.cli.comments import comments
from icapital_cli.cli.options import OUTPUT, Command, takes
from icapital_cli.errors import FactsError
from icapital_cli.query.select import select
from icapital_cli.store.database import is_zipped, open_shipped
from icapital_cli.store.facts import Doc
from icapital_cli.views.view import view_of


def list_commands() -> dict[str, str]:
    """Return the summaries of the list commands, in the order of the help."""
    specs = [spec["command"] for _, spec in _kinds() if spec["command"]]
    return {spec["name"]: spec["summary"] for spec in sorted(specs, key=lambda spec: spec["place"])}


def list_command(name: str) -> Command | None:
    """Make the command of that name, or return None where no kind has one."""
    return next((_lister(kind, spec["command"]) for kind, spec in _kinds(name) if spec["command"]), None)


def _kinds(command: str | None = None) -> list[tuple[str, Doc]]:
    """Read all kinds, or that of a command, from the shipped facts; without them, from the model."""
    try:
        with closing(open_shipped()) as connection:
            rows = connection.execute("SELECT kind, command, spec FROM kinds ORDER BY position")
            return [(kind, json.loads(spec)) for kind, name, spec in rows if command in {None, name}]
    except (FactsError, sqlite3.Error):
        if is_zipped():
            raise
        from icapital_cli.compiler.tables import kind_specs  # noqa: PLC0415 - only a checkout needs it

        names = {kind: spec["command"] and spec["command"]["name"] for kind, spec in kind_specs()}
        return [(kind, spec) for kind, spec in kind_specs() if command in {None, names[kind]}]


def _lister(kind: str, command: Doc) -> Command:
    filters = command["options"]

    @takes("words", *filters, *OUTPUT, *(["web"] if kind == "sources" else []))
    def listing(*, words: list[str] | None, **options: Any) -> None:
        shape, query = shape_of(options), query_of(words)
        most = shape.limit if shape.sort is None else None
        given = {name: options[name] for name in filters}
        with open_facts(options, shape.format) as store:
            found = select(store, kind, query, most, **given)
            view = arrange(view_of(store, kind, found, with_sources=options["sources"]), shape).with_notes()
            if view.rows and options.get("web"):
                from icapital_cli.cli.web import open_first  # noqa: PLC0415 - only --web needs it

                open_first([row.values["url"] or "" for row in view.rows])
                return
            put(view, shape)
            for line in comments(store, view, query, given, shape):
                warn(line)

    listing.__doc__ = "\n".join([command["summary"], "", "\b", *command["examples"]])
    return listing
