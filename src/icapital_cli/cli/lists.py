"""The list commands: one factory makes them all from the kinds of fact, so that they cannot drift apart."""

import json
import sqlite3
from contextlib import closing
from typing import Any

from icapital_cli.cli.answer import MARKING, arrange, open_facts, put, query_of, shape_of, warn
from icapital_cli.cli.options import OUTPUT, Command, takes
from icapital_cli.errors import FactsError
from icapital_cli.query.select import select
from icapital_cli.store.database import is_zipped, open_shipped
from icapital_cli.store.facts import Doc, FactStore
from icapital_cli.views.view import View, view_of


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

    @takes("words", *filters, *OUTPUT)
    def listing(*, words: list[str] | None, **options: Any) -> None:
        shape = shape_of(options)
        most = shape.limit if shape.sort is None else None
        with open_facts(options, shape.format) as store:
            found = select(store, kind, query_of(words), most, **{name: options[name] for name in filters})
            view = view_of(store, kind, found, with_sources=options["sources"])
            view = arrange(view, shape).with_notes()
            put(view, shape)
            _comment(store, view, options | {"format": shape.format})

    listing.__doc__ = "\n".join([command["summary"], "", "\b", *command["examples"]])
    return listing


def _comment(store: FactStore, view: View, options: Doc) -> None:
    """Write on stderr what the answer cannot tell: that it is empty, or that a dispute is out of sight."""
    if not view.rows:
        editions = {edition: store.fact(edition)[1]["label"] for edition in store.ids("editions")}
        year = options.get("year")
        if year and year.isdigit() and year not in editions:
            known = (edition if label == edition else f"{edition} ({label})" for edition, label in editions.items())
            warn(f"no edition in {year}; editions: {', '.join(known)}")
        else:
            warn("nothing found; leave out an option to see more")
    hidden = view.hidden_disputes()
    if hidden and options["fields"] and options["format"] not in MARKING:
        warn(f"disputed: {', '.join(hidden)}; the field disputes tells which rows")
