"""The group of commands: it builds only the command that is called, so that twenty cost as much as one."""

import sqlite3
import sys
from inspect import cleandoc
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info  # no public way builds one command of many
from typer.models import CommandInfo

from icapital_cli.cli.lists import list_command, list_commands
from icapital_cli.cli.options import CHOICES, COMMANDS, with_signature
from icapital_cli.errors import IcapitalError, UsageError, nearest, printable

if TYPE_CHECKING:
    from icapital_cli.cli.wording import Phrase

HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class AsParsed:
    """Coercion of text, lists of text and flags: what the parser gives is the value.

    Typer 0.29 asks a parameter for its coercion, and would build it with pydantic, whose import costs half of Typer's.
    """

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002 - Typer calls it so
        """Return the value; none at all is an empty list where many are taken."""
        return () if value is None and (param.multiple or param.nargs == -1) else value


class TextParameters:
    """A command, or a group, whose parameters are text and flags, of which no text is empty."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, made to coerce nothing. A Typer that asks in another way coerces by itself."""
        parameters: list[Any] = super().get_params(ctx)  # type: ignore[misc]  # mixed into a command of Click
        for parameter in parameters:
            if hasattr(parameter, "get_runtime_param"):
                parameter.get_runtime_param = AsParsed
        return parameters

    def invoke(self, ctx: Any) -> Any:
        """Invoke, unless a value is empty: an unset variable leaves one, and means something else than no option."""
        for parameter in ctx.command.params:
            values = ctx.params.get(parameter.name)
            if values in ("", [""]) or (isinstance(values, list | tuple) and "" in values):
                raise typer.BadParameter("it is empty", ctx, parameter)
        return super().invoke(ctx)  # type: ignore[misc]  # mixed into a command of Click


class InTheLanguageOfTheUser:
    """A command, or a group, whose help is written in the language of the user, with the arguments as they are used."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line on usage."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]  # mixed into a command of Click
        formatter.write_usage(ctx.command_path, " ".join(pieces), f"{_phrase()('Usage')}: ")

    def format_help_text(self, _ctx: Any, formatter: Any) -> None:
        """Write the description; of the examples, the comments are translated."""
        phrase = _phrase()
        lines = cleandoc(self.help or "").split("\n")  # type: ignore[attr-defined]  # the same
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n".join([phrase(lines[0]), *(_example(line, phrase) for line in lines[1:])]))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """List arguments and options, then the commands of a group."""
        phrase = _phrase()
        self.describe(phrase)
        given, optional = self.records(ctx, phrase)
        for heading, listed in (("Arguments", given), ("Options", optional)):
            if listed:
                with formatter.section(phrase(heading)):
                    formatter.write_dl(listed)

    def describe(self, phrase: "Phrase" = str) -> None:
        """Add to the help of options the values that there are; a group has none."""

    def records(self, ctx: Any, phrase: "Phrase" = str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Return (name, help) of the arguments, and of the options."""
        given, optional = [], []
        for parameter in self.get_params(ctx):  # type: ignore[attr-defined]  # mixed into a command of Click
            if parameter.param_type_name == "argument":
                needed = "" if parameter.metavar.startswith("[") else f"  [{phrase('required')}]"
                given.append((parameter.metavar.strip("[]"), phrase(parameter.help) + needed))
            else:
                names, text = parameter.get_help_record(ctx)
                text, mark, default = text.partition("  [default: ")
                optional.append((names, phrase(text) + (f"  [{phrase('default')}: {default}" if mark else "")))
        return given, optional


def _phrase() -> "Phrase":
    """Return the function that translates help for who reads it."""
    from icapital_cli.cli.wording import phrase_for  # noqa: PLC0415 - only help needs it

    return phrase_for(sys.stdout)


def _example(line: str, phrase: "Phrase") -> str:
    command, gap, comment = line.partition("   ")
    return command + gap + comment.replace(comment.strip(), phrase(comment.strip())) if comment.strip() else line


class FullCommand(InTheLanguageOfTheUser, TextParameters, TyperCommand):
    """A command whose help lists the values of its options."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the usage: an argument in brackets may be left out, dots follow one that takes several words."""
        given = [one for one in self.get_params(ctx) if one.param_type_name == "argument"]
        return ["[OPTIONS]", *(one.metavar + ("..." if one.nargs != 1 else "") for one in given)]

    def describe(self, phrase: "Phrase" = str) -> None:
        """Add to the help of options the values that there are."""
        from icapital_cli.cli.completion import choices  # noqa: PLC0415 - only help needs it

        for parameter in self.params:
            if parameter.name in CHOICES:
                *most, last = choices(parameter.name, self.name or "")
                values = f"{', '.join(most)} {phrase('or')} {last}" if most else last
                parameter.help = phrase(CHOICES[parameter.name]).format(values)  # type: ignore[attr-defined]  # an option


class LazyGroup(InTheLanguageOfTheUser, TextParameters, TyperGroup):
    """The group of all commands: those that list a kind of fact, and those registered as functions."""

    def get_command(self, ctx: Any, name: str) -> Any:  # noqa: ARG002 - Click calls it so
        """Build the command of that name."""
        function = COMMANDS.get(name) or list_command(name)
        if function is None:
            return None
        info = CommandInfo(
            name=name,
            cls=FullCommand,
            callback=with_signature(function),
            context_settings=HELP,
            help=function.__doc__,
            no_args_is_help=False,
        )
        return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)

    def summaries(self) -> dict[str, str]:
        """Return the first sentence of the help of each command, in the order of the help."""
        own = {name: (function.__doc__ or "").partition("\n")[0] for name, function in COMMANDS.items()}
        return list_commands() | own

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Click calls it so
        """Return the names of the commands."""
        return list(self.summaries())

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command called, or suggest the nearest one."""
        name = args[0]
        found = self.get_command(ctx, name)
        if found is None and not ctx.resilient_parsing:
            known = self.summaries()
            near = nearest(name, known)
            shown = _shown(args)
            hint = f"did you mean {near[0]!r}?" if near else f"choose from: {', '.join(known)}"
            hint = f"did you mean: {shown}" if shown else hint
            raise UsageError(f"no command is called {printable(name)!r}. {hint}")
        return name, found, args[1:]

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Offer the commands, without building them; after a hyphen the options of the tool."""
        from typer._click.shell_completion import CompletionItem  # noqa: PLC0415 - the only class that Typer takes

        known = dict(self.summaries())
        if incomplete.startswith("-"):
            known = {name: parameter.help or "" for parameter in self.get_params(ctx) for name in parameter.opts}
        return [CompletionItem(name, help=summary) for name, summary in known.items() if name.startswith(incomplete)]

    def _main_shell_completion(self, *given: Any, **named: Any) -> None:
        """Answer a shell; one that does not say what was typed is offered nothing, for a shell must not stumble."""
        try:
            super()._main_shell_completion(*given, **named)
        except (KeyError, ValueError):
            raise typer.Exit from None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Click calls it so
        """List the commands with the first sentence of each, without building them."""
        phrase = _phrase()
        with formatter.section(phrase("Commands")):
            formatter.write_dl([(name, phrase(summary)) for name, summary in self.summaries().items()])

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """List the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


def _shown(words: list[str]) -> str:
    """Return the command that shows a thing which was named in the place of a command, or nothing."""
    from icapital_cli.api import open_store  # noqa: PLC0415 - only a mistake needs it
    from icapital_cli.query.names import exactly_named, result_named  # noqa: PLC0415 - the same

    name = " ".join(takewhile(lambda word: not word.startswith("-"), words))
    try:
        with open_store() as store:
            found = exactly_named(store, name) or result_named(store, name)
    except (IcapitalError, sqlite3.Error):
        return ""
    return f"icapital show {printable(name)}" if found else ""
