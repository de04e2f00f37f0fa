"""The options of the command line, each declared once, and the group that builds only the command called."""

import inspect
import os
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo

from icapital_cli.errors import UsageError, nearest, printable

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def option(*names: str, help: str, metavar: str) -> Any:  # noqa: A002 - Typer's own word
    """Declare an option that takes one value, and let the shell complete it."""
    offer = offering(names[0].removeprefix("--"))
    return Annotated[str | None, typer.Option(*names, help=help, metavar=metavar, show_default=False, **offer)]


def offering(what: str) -> dict[str, Any]:
    """Let the shell complete a value. Only a completion pays for it."""
    if "_ICAPITAL_COMPLETE" not in os.environ:
        return {}

    def offered(ctx: typer.Context, incomplete: str) -> list[str]:
        from icapital_cli.complete import candidates  # noqa: PLC0415 - only a completion pays for it

        return candidates(what, incomplete, ctx.info_name or "")

    return {"autocompletion": offered}


OPTIONS: dict[str, tuple[Any, Any]] = {
    "words": (
        Annotated[
            list[str] | None,
            typer.Argument(
                metavar="[QUERY]", help="Any name, in any language, or an id.", show_default=False, **offering("words")
            ),
        ],
        None,
    ),
    "year": (option("--year", "-y", metavar="YEAR", help="2019, 2017..2020, or a label such as 2024-25."), None),
    "city": (option("--city", "-c", metavar="CITY", help="A city by any of its names, or its id."), None),
    "country": (option("--country", metavar="COUNTRY", help="A country by name or two-letter code."), None),
    "category": (
        option("--category", metavar="CATEGORY", help="capital-of-innovation or rising-innovative-city."),
        None,
    ),
    "status": (option("--status", "-s", metavar="STATUS", help="winner, runner-up, finalist or semi-finalist."), None),
    "award": (option("--award", metavar="AWARD", help="icapital or intelligent-community."), None),
    "speaker": (option("--speaker", metavar="PERSON", help="A person by name, or id."), None),
    "publisher": (option("--publisher", metavar="NAME", help="A publisher, or a part of its name."), None),
    "kind": (option("--kind", "-k", metavar="KIND", help="The kind of page, or of fact."), None),
    "lang": (option("--lang", "-l", metavar="TAG", help="Language of the answer: en, sv, fi."), None),
    "format": (
        option("--format", "-f", metavar="FORMAT", help="table, plain, json, jsonl, csv, tsv, markdown or yaml."),
        None,
    ),
    "json": (Annotated[bool, typer.Option("--json", help="The same as -f json.", show_default=False)], False),
    "fields": (option("--fields", metavar="A,B,C", help="Only these fields, in this order."), None),
    "sort": (option("--sort", metavar="FIELD", help="Order by a field; -FIELD descending."), None),
    "limit": (option("--limit", "-n", metavar="N", help="At most N facts."), None),
    "sources": (
        Annotated[bool, typer.Option("--sources", help="Show the citations in the table.", show_default=False)],
        False,
    ),
    "excel": (
        Annotated[bool, typer.Option("--excel", help="CSV that opens right in a spreadsheet.", show_default=False)],
        False,
    ),
    "facts": (option("--facts", metavar="DIR", help="Answer from the YAML in this folder instead."), None),
    "color": (option("--color", metavar="WHEN", help="auto, always or never."), None),
}
LANGUAGE = ("lang", "facts", "color")
OUTPUT = ("lang", "format", "json", "fields", "sort", "limit", "sources", "excel", "facts", "color")


def takes(*names: str, **own: tuple[Any, Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the named options, and some of its own, as keyword arguments."""

    def declare(command: Callable[..., None]) -> Callable[..., None]:
        options = own | {name: OPTIONS[name] for name in names}
        parameters = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for name, (annotation, default) in options.items()
        ]
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by inspect
        return command

    return declare


def refuse_empty(ctx: Any) -> None:
    """Raise BadParameter for an empty value: what an unset variable leaves is not the same as nothing said."""
    for parameter in ctx.command.params:
        if ctx.params.get(parameter.name) == "":
            raise typer.BadParameter("it is empty", ctx, parameter)


class FullCommand(TyperCommand):
    """A command that takes no empty value."""

    def invoke(self, ctx: Any) -> Any:
        """Call the function, once every value is one."""
        refuse_empty(ctx)
        return super().invoke(ctx)


class LazyGroup(TyperGroup):
    """A group that turns a function into a command only when it is called: twenty commands cost as much as one."""

    functions: dict[str, Callable[..., None]] = {}

    def invoke(self, ctx: Any) -> Any:
        """Call the command, once every value before it is one."""
        refuse_empty(ctx)
        return super().invoke(ctx)

    def get_command(self, ctx: Any, name: str) -> Any:  # noqa: ARG002 - Click calls it so
        """Build the command of that name."""
        function = self.functions.get(name)
        if function is None:
            return None
        info = CommandInfo(
            name=name,
            cls=FullCommand,
            callback=function,
            context_settings=HELP,
            help=function.__doc__,
            no_args_is_help=False,
        )
        return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Click calls it so
        """Name the commands in the order in which they were written."""
        return list(self.functions)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command called, or suggest the nearest one."""
        name = args[0]
        if name not in self.functions and not ctx.resilient_parsing:
            near = nearest(name, self.functions)
            hint = f"did you mean {near[0]!r}?" if near else f"there is: {', '.join(self.functions)}"
            raise UsageError(f"no command is called {printable(name)!r}. {hint}")
        return name, self.get_command(ctx, name), args[1:]

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:  # noqa: ARG002 - Click calls it so
        """Offer the commands, without building them."""
        from typer._click.shell_completion import CompletionItem  # noqa: PLC0415 - only a completion pays for it

        return [
            CompletionItem(name, help=(function.__doc__ or "").partition("\n")[0])
            for name, function in self.functions.items()
            if name.startswith(incomplete)
        ]

    def _main_shell_completion(self, *asked: Any, **more: Any) -> None:
        """Answer a shell; one that does not say what was typed is offered nothing, for a shell must not stumble."""
        try:
            super()._main_shell_completion(*asked, **more)
        except (KeyError, ValueError):
            raise typer.Exit from None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Click calls it so
        """List the commands with the first sentence of each, without building them."""
        rows = [(name, (function.__doc__ or "").partition("\n")[0]) for name, function in self.functions.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def command(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as the command of that name."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        LazyGroup.functions[name] = function
        return function

    return register


def number(text: str | None, option: str) -> int | None:
    """Read the number that an option takes."""
    if text is None or (text.isascii() and text.isdigit() and len(text) < len("1000000000")):
        return None if text is None else int(text)
    raise UsageError(f"{option} takes a whole number, not {printable(text)!r}")


def joined(words: Sequence[str] | None) -> str | None:
    """Put the words of a query together: `icapital show jukka mäkelä` needs no quotes."""
    return " ".join(words) if words else None


__all__ = ["LANGUAGE", "OPTIONS", "OUTPUT", "LazyGroup", "command", "joined", "number", "offering", "option", "takes"]
