"""The options of the command line, each declared once, and how a command takes them."""

import inspect
import os
from collections.abc import Callable
from typing import Annotated, Any

import typer

from icapital_cli.errors import UsageError, printable

Command = Callable[..., None]
COLORS = ("auto", "always", "never")
COMMANDS: dict[str, Command] = {}  # the commands besides those that list a kind, in the order of the help
DECLARED: dict[Command, dict[str, tuple[Any, Any]]] = {}  # the options of commands, by function


def option(*names: str, metavar: str, help: str = "", what: str = "") -> Any:  # noqa: A002 - Typer's own word
    """Declare an option, with completion of `what`, else of values of the option's name.

    Filters may be repeated; any other takes one value (see `group`).
    """
    completion = completing(what or names[0].removeprefix("--"))
    return Annotated[
        list[str] | None, typer.Option(*names, help=help, metavar=metavar, show_default=False, **completion)
    ]


def with_default(name: str, *, metavar: str) -> Any:
    """Declare an option that takes one value and has a default, with completion; `CHOICES` has its help."""
    completion = completing(name.removeprefix("--"))
    return Annotated[list[str], typer.Option(name, help="", metavar=metavar, **completion)]


def flag(name: str, help: str) -> Any:  # noqa: A002 - Typer's own word
    """Declare an option without a value."""
    return Annotated[bool, typer.Option(name, help=help, show_default=False)]


def argument(what: str, *, metavar: str) -> Any:
    """Declare an argument, with completion; `CHOICES` has its help."""
    return Annotated[str, typer.Argument(metavar=metavar, help="", show_default=False, **completing(what))]


def arguments(what: str, *, help: str, metavar: str) -> Any:  # noqa: A002 - Typer's own word
    """Declare an argument of several values, with completion."""
    return Annotated[list[str], typer.Argument(metavar=metavar, help=help, show_default=False, **completing(what))]


def completing(what: str) -> dict[str, Any]:
    """Offer completion of a value. Only a process that completes needs it."""
    if "_ICAPITAL_COMPLETE" not in os.environ:
        return {}

    def offered(ctx: typer.Context, incomplete: str) -> list[str]:
        from icapital_cli.cli.completion import candidates  # noqa: PLC0415 - only a completion needs it

        before = " ".join(ctx.params.get("words") or ()) if what == "words" else ""
        return candidates(what, incomplete, ctx.info_name or "", before)

    return {"autocompletion": offered}


QUERY = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[QUERY]", help="Any name, in any language, or an id.", show_default=False, **completing("words")
    ),
]
NAME = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME", help="Any name, in any language, or an id.", show_default=False, **completing("words")
    ),
]
WORDS = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="WORD", help="What to look for; a phrase in quotes.", show_default=False, **completing("words")
    ),
]
# The help of options and arguments whose values are listed: `{}` is for the values, which only help looks up.
CHOICES = {
    "award": "{}.",
    "by": "{}.",
    "category": "{}.",
    "color": "{}.",
    "export": "{}.",
    "format": "{}.",
    "kind": "{}.",
    "measure": "What the bars show: {}.",
    "lang": "Language of the answer: {}.",
    "shell": "{}.",
    "status": "{}.",
    "style": "{}.",
    "weight": "{}.",
}
OPTIONS: dict[str, tuple[Any, Any]] = {
    "words": (QUERY, None),
    "year": (
        option(
            "--year",
            "-y",
            metavar="YEAR",
            help="2019, 2017..2020, or a label such as 2024-25; may be repeated, as every filter.",
        ),
        None,
    ),
    "city": (option("--city", "-c", metavar="CITY", help="A city by any of its names, or its id."), None),
    "country": (option("--country", metavar="COUNTRY", help="A country by any of its names, or its code."), None),
    "category": (option("--category", metavar="CATEGORY"), None),
    "status": (option("--status", "-s", metavar="STATUS"), None),
    "award": (option("--award", metavar="AWARD"), None),
    "weight": (option("--weight", "-w", metavar="WEIGHT"), None),
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
    "color": (option("--color", metavar="WHEN"), None),
    "svg": (option("--svg", metavar="FILE", help="Write the picture to a file, as SVG; - is standard output."), None),
    "force": (flag("--force", "Write over what icapital did not make."), False),
    "web": (flag("--web", "Open the first source in the browser instead."), False),
}
FILTERS = ("year", "city", "country", "category", "status", "award", "speaker", "publisher", "kind", "weight")
MANY = ("words", "files", "names")  # arguments of several words
PICTURE = ("svg", "force")
LANGUAGE = ("lang", "facts", "color")
OUTPUT = ("lang", "format", "json", "fields", "sort", "limit", "sources", "excel", "facts", "color")


def takes(*names: str, **own: tuple[Any, Any]) -> Callable[[Command], Command]:
    """Give a command its own options, then the named ones, as keyword arguments."""

    def declare(command: Command) -> Command:
        options = own | {name: OPTIONS.get(name) or _filter(name) for name in names}
        many = {*FILTERS, *MANY, *(name for name in names if name not in OPTIONS)}

        def reduced(**given: Any) -> None:
            command(**{name: value if name in many else _reduced(name, value) for name, value in given.items()})

        reduced.__doc__ = command.__doc__
        DECLARED[reduced] = options
        return reduced

    return declare


def with_signature(command: Command) -> Command:
    """Give a command the signature that Typer reads its options from: only the one that is called needs it."""
    if command in DECLARED:
        parameters = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for name, (annotation, default) in DECLARED[command].items()
        ]
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by inspect
    return command


def _reduced(name: str, value: Any) -> Any:
    """Reduce the values of an option that takes one. Raises UsageError where it was given two."""
    if not isinstance(value, list):
        return value
    if len(set(value)) > 1:
        raise UsageError(f"--{name} takes one value, not {printable(', '.join(value))}")
    return value[0] if value else None


def _filter(name: str) -> tuple[Any, None]:
    """Declare the filter of a kind that has no option of its own wording."""
    return option(f"--{name}", metavar=name.upper(), help=f"Only facts of this {name}."), None


def command(name: str) -> Callable[[Command], Command]:
    """Register a function as the command of that name."""

    def register(function: Command) -> Command:
        COMMANDS[name] = function
        return function

    return register
