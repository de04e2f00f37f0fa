"""The group of commands: it builds only the command that is called, so that twenty cost as much as one."""

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info  # no public way builds one command of many
from typer.models import CommandInfo

from icapital_cli.cli.lists import list_command, list_commands
from icapital_cli.cli.options import CHOICES, COMMANDS
from icapital_cli.errors import UsageError, nearest, printable

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


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
            if ctx.params.get(parameter.name) == "":
                raise typer.BadParameter("it is empty", ctx, parameter)
        return super().invoke(ctx)  # type: ignore[misc]  # mixed into a command of Click


class FullCommand(TextParameters, TyperCommand):
    """A command whose help lists the values of its options."""

    def describe(self) -> None:
        """Add to the help of options the values that there are."""
        from icapital_cli.cli.completion import choices  # noqa: PLC0415 - only help needs it

        for parameter in self.params:
            if parameter.name in CHOICES:
                *most, last = choices(parameter.name, self.name or "")
                values = f"{', '.join(most)} or {last}" if most else last
                parameter.help = CHOICES[parameter.name].format(values)  # type: ignore[attr-defined]  # an option

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """List the options, with their values."""
        self.describe()
        super().format_options(ctx, formatter)


class LazyGroup(TextParameters, TyperGroup):
    """The group of all commands: those that list a kind of fact, and those registered as functions."""

    def get_command(self, ctx: Any, name: str) -> Any:  # noqa: ARG002 - Click calls it so
        """Build the command of that name."""
        function = COMMANDS.get(name) or list_command(name)
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
            hint = f"did you mean {near[0]!r}?" if near else f"choose from: {', '.join(known)}"
            raise UsageError(f"no command is called {printable(name)!r}. {hint}")
        return name, found, args[1:]

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:  # noqa: ARG002 - Click calls it so
        """Offer the commands, without building them."""
        from typer._click.shell_completion import CompletionItem  # noqa: PLC0415 - the only class that Typer takes

        known = self.summaries().items()
        return [CompletionItem(name, help=summary) for name, summary in known if name.startswith(incomplete)]

    def _main_shell_completion(self, *given: Any, **named: Any) -> None:
        """Answer a shell; one that does not say what was typed is offered nothing, for a shell must not stumble."""
        try:
            super()._main_shell_completion(*given, **named)
        except (KeyError, ValueError):
            raise typer.Exit from None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Click calls it so
        """List the commands with the first sentence of each, without building them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.summaries().items()))
