"""The options of the command line, each declared once, and how a command takes them."""

import inspect
import os
from collections.abc import Callable
from typing import Annotated, Any

import typer

Command = Callable[..., None]
COLORS = ("auto", "always", "never")
COMMANDS: dict[str, Command] = {}  # the commands besides those that list a kind, in the order of the help


def option(*names: str, metavar: str, help: str = "") -> Any:  # noqa: A002 - Typer's own word
    """Declare an option that takes one value, with completion."""
    completion = completing(names[0].removeprefix("--"))
    return Annotated[str | None, typer.Option(*names, help=help, metavar=metavar, show_default=False, **completion)]


def with_default(name: str, *, metavar: str) -> Any:
    """Declare an option that takes one value and has a default, with completion; `CHOICES` has its help."""
    completion = completing(name.removeprefix("--"))
    return Annotated[str, typer.Option(name, help="", metavar=metavar, **completion)]


def flag(name: str, help: str) -> Any:  # noqa: A002 - Typer's own word
    """Declare an option without a value."""
    return Annotated[bool, typer.Option(name, help=help, show_default=False)]


def argument(what: str, *, help: str, metavar: str) -> Any:  # noqa: A002 - Typer's own word
    """Declare an argument, with completion."""
    return Annotated[str, typer.Argument(metavar=metavar, help=help, show_default=False, **completing(what))]


def completing(what: str) -> dict[str, Any]:
    """Offer completion of a value. Only a process that completes needs it."""
    if "_ICAPITAL_COMPLETE" not in os.environ:
        return {}

    def offered(ctx: typer.Context, incomplete: str) -> list[str]:
        from icapital_cli.cli.completion import candidates  # noqa: PLC0415 - only a completion needs it

        return candidates(what, incomplete, ctx.info_name or "")

    return {"autocompletion": offered}


QUERY = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[QUERY]", help="Any name, in any language, or an id.", show_default=False, **completing("words")
    ),
]
# The help of options whose values are listed: `{}` is for the values, which only help and completion look up.
CHOICES = {
    "award": "{}.",
    "by": "{}.",
    "category": "{}.",
    "format": "{}.",
    "kind": "The kind of page, or of fact.",
    "lang": "Language of the answer: {}.",
    "status": "{}.",
    "style": "{}.",
}
OPTIONS: dict[str, tuple[Any, Any]] = {
    "words": (QUERY, None),
    "year": (option("--year", "-y", metavar="YEAR", help="2019, 2017..2020, or a label such as 2024-25."), None),
    "city": (option("--city", "-c", metavar="CITY", help="A city by any of its names, or its id."), None),
    "country": (option("--country", metavar="COUNTRY", help="A country by name or two-letter code."), None),
    "category": (option("--category", metavar="CATEGORY"), None),
    "status": (option("--status", "-s", metavar="STATUS"), None),
    "award": (option("--award", metavar="AWARD"), None),
    "speaker": (option("--speaker", metavar="PERSON", help="A person by name, or id."), None),
    "publisher": (option("--publisher", metavar="NAME", help="A publisher, or a part of its name."), None),
    "kind": (option("--kind", "-k", metavar="KIND"), None),
    "lang": (option("--lang", "-l", metavar="TAG"), None),
    "format": (option("--format", "-f", metavar="FORMAT"), None),
    "json": (flag("--json", "The same as -f json."), False),
    "fields": (option("--fields", metavar="A,B,C", help="Only these fields, in this order."), None),
    "sort": (option("--sort", metavar="FIELD", help="Order by a field; -FIELD descending."), None),
    "limit": (option("--limit", "-n", metavar="N", help="At most N facts."), None),
    "sources": (flag("--sources", "Show the citations in the table."), False),
    "excel": (flag("--excel", "CSV that opens right in a spreadsheet."), False),
    "facts": (option("--facts", metavar="DIR", help="Answer from the YAML in this folder instead."), None),
    "color": (option("--color", metavar="WHEN", help="auto, always or never."), None),
}
LANGUAGE = ("lang", "facts", "color")
OUTPUT = ("lang", "format", "json", "fields", "sort", "limit", "sources", "excel", "facts", "color")


def takes(*names: str, **own: tuple[Any, Any]) -> Callable[[Command], Command]:
    """Give a command its own options, then the named ones, as keyword arguments."""

    def declare(command: Command) -> Command:
        options = own | {name: OPTIONS.get(name) or _filter(name) for name in names}
        parameters = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for name, (annotation, default) in options.items()
        ]
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by inspect
        return command

    return declare


def _filter(name: str) -> tuple[Any, None]:
    """Declare the filter of a kind that has no option of its own wording."""
    return option(f"--{name}", metavar=name.upper(), help=f"Only facts of this {name}."), None


def command(name: str) -> Callable[[Command], Command]:
    """Register a function as the command of that name."""

    def register(function: Command) -> Command:
        COMMANDS[name] = function
        return function

    return register
