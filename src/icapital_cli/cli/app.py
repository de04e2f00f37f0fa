"""The application: how the command line is parsed, and how every error becomes a line and an exit code."""

import os
import sys
from contextlib import suppress
from io import FileIO, StringIO
from typing import Annotated

import typer
from typer._click.exceptions import ClickException, NoSuchOption, UsageError  # Typer publishes no base of its errors

from icapital_cli import __version__
from icapital_cli.cli import commands  # noqa: F401 - registers the commands
from icapital_cli.cli.answer import warn
from icapital_cli.cli.group import HELP, LazyGroup
from icapital_cli.cli.options import OPTIONS
from icapital_cli.errors import UNEXPECTED, USAGE, IcapitalError, ManyProblemsError, no_such, printable

FactsFolder, Language = OPTIONS["facts"][0], OPTIONS["lang"][0]  # the options that are allowed before the command too

app = typer.Typer(cls=LazyGroup, add_completion=False, rich_markup_mode=None, context_settings=HELP)


@app.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    facts: FactsFolder = None,  # type: ignore[valid-type]  # made by a function
    lang: Language = None,  # type: ignore[valid-type]  # the same
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Facts about the European Capital of Innovation Award (iCapital), each with its source.

    \b
    icapital cities --year 2019            who reached what in 2019
    icapital contacts --lang sv            whom to call, in Swedish
    icapital quotes --json                 who said what, for a script
    icapital show espoo                    everything about Espoo, with sources
    """
    ctx.default_map = {str(ctx.invoked_subcommand): {"facts": facts or None, "lang": lang or None}}
    if version:
        typer.echo(f"icapital {__version__}")
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def help_of(command: str | None) -> str:
    """Return the help of the tool, or of a command. Raises UsageError for a command that does not exist."""
    group = typer.main.get_command(app)
    context = typer.Context(group, info_name="icapital", **HELP)
    if command is not None:
        name, found, _ = group.resolve_command(context, [command])  # type: ignore[attr-defined]  # a group
        context = typer.Context(found, info_name=name, parent=context, **HELP)
    return context.get_help() + "\n"


class Closed(StringIO):
    """A standard output that was closed before the program started: an error once something is written."""

    def write(self, _text: str) -> int:
        """Refuse."""
        raise OSError(None, "standard output is closed")


def main() -> int:
    """Run the command line: the one door where every error becomes a line and an exit code."""
    if sys.stdout is None:
        sys.stdout = Closed()
    if isinstance(getattr(sys.stdout, "buffer", None), FileIO):  # PYTHONUNBUFFERED: it would drop what one write leaves
        sys.stdout = open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - open to the end
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError, OSError):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        return 0
    except OSError as error:
        warn(f"cannot write the answer: {error.strerror or error}")
        return UNEXPECTED
    return code


def _run() -> int:
    try:
        group = typer.main.get_command(app)
        if "_ICAPITAL_COMPLETE" in os.environ:
            from typer._completion_classes import completion_init  # noqa: PLC0415 - only a completion pays for it

            completion_init()
            group.main(prog_name="icapital")
        # Not through main(): it would turn a closed pipe into exit 1 before our door sees it.
        with group.make_context("icapital", sys.argv[1:]) as context:
            group.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except ManyProblemsError as problems:
        with suppress(AttributeError, OSError, ValueError):
            sys.stderr.write(f"{problems}\n")
        return problems.exit_code
    except IcapitalError as error:
        warn(str(error))
        return error.exit_code
    except ClickException as error:
        warn(_reworded(error))
        return USAGE
    except OSError:
        raise
    except Exception as error:
        if os.environ.get("ICAPITAL_DEBUG"):
            raise
        warn(f"unexpected failure: {type(error).__name__}: {printable(str(error))}. ICAPITAL_DEBUG=1 shows more")
        return UNEXPECTED
    return 0


def _reworded(error: ClickException) -> str:
    if isinstance(error, NoSuchOption):
        known = (
            [name for parameter in error.ctx.command.params for name in parameter.opts if name[0] == "-"]
            if error.ctx
            else []
        )
        if error.ctx and error.option_name.removeprefix("--") in OPTIONS:
            if error.ctx.parent is None:
                return f"{error.option_name} stands after the command: icapital cities {error.option_name} …"
            return f"{error.ctx.command_path} has no option {error.option_name}. choose from: {', '.join(known)}"
        return str(no_such("option", error.option_name, known))
    message = error.format_message().strip().rstrip(".")
    remedy = f". see {error.ctx.command_path} --help" if isinstance(error, UsageError) and error.ctx else ""
    return printable(message[:1].lower() + message[1:]) + remedy
