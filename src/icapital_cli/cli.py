"""Options, commands, exit codes. A command parses, asks and prints; the one door for every error is `main`."""

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Annotated, Any

import typer
from typer._click.exceptions import ClickException, NoSuchOption

from icapital_cli import __version__
from icapital_cli.errors import UNEXPECTED, USAGE, IcapitalError, ManyProblemsError, UsageError, no_such, printable
from icapital_cli.index import Index, open_index
from icapital_cli.options import HELP, LANGUAGE, OPTIONS, OUTPUT, LazyGroup, command, joined, number, takes
from icapital_cli.query import choose_language, select, the_one
from icapital_cli.render import FORMATS, render
from icapital_cli.view import View, view_of

INTERRUPTED = 130

app = typer.Typer(cls=LazyGroup, add_completion=False, rich_markup_mode=None, context_settings=HELP)


@app.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Facts about the European Capital of Innovation Award (iCapital), each with its source.

    \b
    icapital cities --year 2019            who reached what in 2019
    icapital contacts --lang sv            whom to call, in Swedish
    icapital quotes --json                 who said what, for a script
    icapital show espoo                    everything about Espoo, with sources
    """
    if version:
        typer.echo(f"icapital {__version__}")
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def lister(kind: str, *filters: str) -> Callable[..., None]:
    """Make the command that lists the facts of one kind."""

    @takes("words", *filters, *OUTPUT)
    def listing(
        *, words: list[str] | None, limit: str | None, sort: str | None, fields: str | None, **asked: Any
    ) -> None:
        count, shape = number(limit, "--limit"), shape_of(asked)
        with open_facts(asked, shape) as index:
            found = select(index, kind, joined(words), **{name: asked[name] for name in filters})
            view = view_of(index, kind, found, numbered=asked["sources"])
            view = view.sorted_by(sort).only(fields).limited(count)
            render(view, shape, sys.stdout)
            remark(index, view, asked)

    return listing


# command: (kind of fact, its own filters, help: what it answers, then examples)
LISTS = {
    "cities": (
        "results",
        "year city country category status",
        """Which city reached what, in which edition.

    \b
    icapital cities --year 2019
    icapital cities --status winner
    icapital cities espoo --lang fi
    icapital cities --country sweden --json
    """,
    ),
    "prizes": (
        "prizes",
        "year city country category award",
        """Prizes awarded to cities, and what for.

    \b
    icapital prizes espoo
    icapital prizes --year 2021
    icapital prizes --award intelligent-community
    """,
    ),
    "initiatives": (
        "initiatives",
        "year city",
        """What the cities do, with figures and partners.

    \b
    icapital initiatives espoo --year 2019
    icapital initiatives --year 2024-25 --fields name,city,figures -f csv
    """,
    ),
    "quotes": (
        "quotes",
        "year city speaker",
        """Who said what, word for word.

    \b
    icapital quotes --speaker "Jukka Mäkelä"
    icapital quotes --lang fi
    icapital quotes --json
    """,
    ),
    "contacts": (
        "contacts",
        "city",
        """Whom to call, as a public press release printed it that day.

    \b
    icapital contacts --lang sv
    icapital contacts espoo --json
    """,
    ),
    "people": (
        "posts",
        "year city",
        """Officials and mayors, and what they were at the time.

    \b
    icapital people --year 2019
    icapital people espoo --lang sv
    """,
    ),
    "editions": (
        "editions",
        "year",
        """The runs of the award: date, place, applications, winners.

    \b
    icapital editions
    icapital editions --year 2017..2020 --json
    """,
    ),
    "disputes": (
        "disputes",
        "year city",
        """Where sources disagree: what each says, whom we follow, and why.

    \b
    icapital disputes --year 2021
    icapital disputes espoo --lang sv
    """,
    ),
    "sources": (
        "sources",
        "year publisher kind",
        """The pages behind it all.

    \b
    icapital sources --kind official
    icapital sources --publisher espoo --json
    """,
    ),
}
for _name, (_kind, _filters, _help) in LISTS.items():
    _command = lister(_kind, *_filters.split())
    _command.__doc__ = _help
    command(_name)(_command)


@command("show")
@takes("words", "format", "json", *LANGUAGE)
def show(*, words: list[str] | None, **asked: Any) -> None:
    """One fact, city, person or source whole, with its sources and disputes.

    \b
    icapital show espoo --lang sv
    icapital show 2019-espoo
    icapital show "Päivi Sutinen" --json
    """
    from icapital_cli.page import page_of  # noqa: PLC0415 - built only when called
    from icapital_cli.sheet import SHOW, write_page  # noqa: PLC0415 - built only when called

    shape = shape_of(asked, SHOW)
    with open_facts(asked, shape) as index:
        write_page(page_of(index, *the_one(index, wanted(words))), shape, sys.stdout, SHOW)


@command("languages")
@takes(*OUTPUT)
def languages(*, limit: str | None, sort: str | None, fields: str | None, **asked: Any) -> None:
    """Languages, and how complete each is.

    \b
    icapital languages
    icapital languages --json
    """
    from icapital_cli.about import languages_view  # noqa: PLC0415 - built only when called

    count, shape = number(limit, "--limit"), shape_of(asked)
    with open_facts(asked, shape) as index:
        render(languages_view(index).sorted_by(sort).only(fields).limited(count), shape, sys.stdout)


@command("check")
@takes(
    folder=(
        Annotated[str, typer.Argument(metavar="DIR", help="The folder with the YAML.", show_default=False)],
        "facts",
    ),
    against=(
        Annotated[str | None, typer.Option("--against", metavar="DIR", help="Prove each excerpt by the texts here.")],
        None,
    ),
)
def check(*, folder: str, against: str | None) -> None:
    """Validate a fact base: every problem, as file:line:column: message [rule].

    \b
    icapital check facts
    icapital check facts --against texts
    """
    from icapital_cli.about import check_folder  # noqa: PLC0415 - built only when called

    check_folder(folder, against)


@command("about")
@takes(
    "json",
    *LANGUAGE,
    schema=(
        Annotated[str | None, typer.Option("--schema", metavar="COMMAND", help="JSON Schema of a command's answer.")],
        None,
    ),
    gaps=(Annotated[bool, typer.Option("--gaps", help="What is not known, and why.")], False),
)
def about(**asked: Any) -> None:
    """Versions, digest of the facts, counts, licences, paths.

    \b
    icapital about
    icapital about --gaps
    icapital about --schema cities
    """
    from icapital_cli.about import tell_about  # noqa: PLC0415 - built only when called

    with open_facts(asked, "json" if asked["json"] else "table") as index:
        tell_about(index, asked, sys.stdout)


def wanted(words: list[str] | None) -> str:
    """Read the name that a command cannot do without."""
    name = joined(words)
    if not name:
        raise UsageError("name a city, person, source or fact: icapital show espoo")
    return name


def shape_of(asked: dict[str, Any], formats: Iterable[str] = FORMATS) -> str:
    """Settle the format, and what `--color` says of it."""
    shape = asked.get("format") or ("json" if asked.get("json") else "table")
    if shape not in formats:
        raise no_such("format", shape, formats)
    color = asked.get("color") or "auto"
    if color not in {"auto", "always", "never"}:
        raise no_such("color", color, ("auto", "always", "never"))
    if color == "always":
        os.environ.pop("NO_COLOR", None)
        os.environ["FORCE_COLOR"] = "1"
    if color == "never":
        os.environ.pop("FORCE_COLOR", None)
        os.environ["NO_COLOR"] = "1"
    return str(shape)


class open_facts:  # noqa: N801 - reads as the function that it is
    """Open the facts that were asked for, in the language that was asked for."""

    def __init__(self, asked: dict[str, Any], shape: str) -> None:
        """Note what was asked."""
        self._index, self._asked, self._shape = open_index(asked.get("facts"), sys.stderr), asked, shape

    def __enter__(self) -> Index:
        """Open, and settle the language. Machine formats never depend on the locale of the terminal."""
        index = self._index.__enter__()
        try:
            wanted = self._asked.get("lang") or os.environ.get("ICAPITAL_LANG")
            hints = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
            locale = next((hint for hint in hints if hint), "") if self._shape == "table" else ""
            index.lang = choose_language(index, wanted, [locale])
        except BaseException:
            self._index.__exit__(*sys.exc_info())
            raise
        return index

    def __exit__(self, *failure: Any) -> Any:  # noqa: PYI036 - handed on as it came
        """Close."""
        return self._index.__exit__(*failure)


def remark(index: Index, view: View, asked: dict[str, Any]) -> None:
    """Say on stderr what the answer cannot: that it is empty, or that a dispute is out of sight."""
    if not view.rows:
        years = [row[0] for row in index.rows("SELECT id FROM facts WHERE kind = 'editions' ORDER BY seq")]
        year = asked.get("year")
        if year and year.isdigit() and year not in years:
            say(f"no edition in {year}; editions: {', '.join(years)}")
        else:
            say("nothing found; leave out an option to see more")
    hidden = view.hidden_disputes() if view.columns else []
    if hidden and "disputes" not in view.field_names and asked.get("fields"):
        say(f"disputed: {', '.join(hidden)}; the field disputes tells which rows")


def say(message: str) -> None:
    """Write one line on stderr."""
    if sys.stderr is not None:
        sys.stderr.write(f"icapital: {message}\n")


def main() -> int:
    """Run the command line: the one door where every error becomes a line and an exit code."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the process ends
        say("cannot write the answer: standard output is closed")
        return UNEXPECTED
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError, OSError):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon(sys.stdout)
        return 0
    except (KeyboardInterrupt, EOFError):
        _abandon(sys.stdout)
        return INTERRUPTED
    except OSError as error:
        _abandon(sys.stdout)
        with suppress(OSError):
            say(f"cannot write the answer: {error.strerror or error}")
        return UNEXPECTED
    return code


def _run() -> int:
    try:
        group = typer.main.get_command(app)
        if "_ICAPITAL_COMPLETE" in os.environ:
            group.main(prog_name="icapital")
        # Not through main(): it would turn a closed pipe into exit 1 before our door sees it.
        with group.make_context("icapital", sys.argv[1:]) as context:
            group.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except ManyProblemsError as problems:
        sys.stderr.write(f"{problems}\n")
        return problems.exit_code
    except IcapitalError as error:
        say(str(error))
        return error.exit_code
    except ClickException as error:
        say(_reworded(error))
        return USAGE
    except (OSError, KeyboardInterrupt, EOFError):
        raise
    except Exception as error:
        if os.environ.get("ICAPITAL_DEBUG"):
            raise
        say(f"unexpected failure: {type(error).__name__}: {printable(str(error))}. ICAPITAL_DEBUG=1 shows more")
        return UNEXPECTED
    return 0


def _reworded(error: ClickException) -> str:
    if isinstance(error, NoSuchOption):
        known = [name for parameter in error.ctx.command.params for name in parameter.opts] if error.ctx else []
        if error.ctx and error.ctx.parent is None and error.option_name.removeprefix("--") in OPTIONS:
            return f"{error.option_name} stands after the command: icapital cities {error.option_name} …"
        return str(no_such("option", error.option_name, known))
    message = error.format_message().strip().rstrip(".")
    return printable(message[:1].lower() + message[1:])


def _abandon(stream: Any) -> None:
    """Keep the interpreter from complaining when it flushes a stream that is gone."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
