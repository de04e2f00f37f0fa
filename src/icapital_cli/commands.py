"""The commands. Each parses, asks and prints; every `if` belongs elsewhere."""

import os
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Annotated, Any

import typer

from icapital_cli.errors import UsageError, no_such, printable
from icapital_cli.index import Index, open_index
from icapital_cli.options import LANGUAGE, OUTPUT, command, joined, number, offering, option, takes
from icapital_cli.query import choose_language, select, the_one
from icapital_cli.render import FORMATS, LATER, as_excel, render
from icapital_cli.view import View, view_of

MARKING = ("table", "plain", "markdown")  # formats that mark a disputed cell where it stands
SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
STYLE_NAMES = ("text", "markdown", "bibtex", "biblatex", "csl-json", "ris", "wikipedia")


def lister(kind: str, *filters: str) -> Callable[..., None]:
    """Make the command that lists the facts of one kind."""

    @takes("words", *filters, *OUTPUT, "excel")
    def listing(
        *, words: list[str] | None, limit: str | None, sort: str | None, fields: str | None, **asked: Any
    ) -> None:
        count, shape = number(limit, "--limit"), shape_of(asked)
        with open_facts(asked, shape) as index:
            found = select(index, kind, joined(words), **{name: asked[name] for name in filters})
            view = view_of(index, kind, found, numbered=asked["sources"])
            view = view.sorted_by(sort).only(fields).limited(count).noted()
            as_excel(view, sys.stdout) if asked["excel"] else render(view, shape, sys.stdout)
            remark(index, view, asked | {"fields": fields, "shape": shape})

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


def page_format(formats: str) -> tuple[Any, None]:
    """Declare `--format` for a command that writes a page: it has formats of its own."""
    return option("--format", "-f", metavar="FORMAT", help=formats), None


@command("show")
@takes("words", "json", *LANGUAGE, format=page_format("table, plain, markdown, json, jsonl, yaml or html."))
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


@command("search")
@takes("words", "kind", *OUTPUT)
def search(*, words: list[str] | None, limit: str | None, sort: str | None, fields: str | None, **asked: Any) -> None:
    """Full text over everything, in every language.

    \b
    icapital search makela
    icapital search "AI-mentorer"
    icapital search '"City as a Service"' --kind initiatives
    """
    from icapital_cli.search import search_view  # noqa: PLC0415 - built only when called

    count, shape, query = number(limit, "--limit"), shape_of(asked), joined(words) or ""
    with open_facts(asked, shape) as index:
        view = search_view(index, query, asked["kind"])
        render(view.sorted_by(sort).only(fields).limited(count), shape, sys.stdout)
        if not view.rows:
            among = f"{asked['kind']}, " if asked["kind"] else ""
            say(f"nothing matches {printable(query)!r} in {among}{', '.join(index.languages())}; try fewer words")


@command("cite")
@takes(
    "words",
    *LANGUAGE,
    style=(
        Annotated[
            str,
            typer.Option("--style", metavar="STYLE", help=f"One of: {', '.join(STYLE_NAMES)}.", **offering("style")),
        ],
        "text",
    ),
)
def cite_fact(*, words: list[str] | None, style: str, **asked: Any) -> None:
    """A citation of one fact, result, quote or source, ready to paste.

    \b
    icapital cite 2019-espoo
    icapital cite esbo-release-2019-09-25 --style bibtex
    icapital cite makela-2019-eu-presidency --style wikipedia
    """
    from icapital_cli.cite import cite  # noqa: PLC0415 - built only when called

    with open_facts(asked, "text") as index:
        sys.stdout.write(cite(index, *the_one(index, wanted(words)), style))


@command("brief")
@takes("words", "json", *LANGUAGE, format=page_format("text, markdown, html or json."))
def brief(*, words: list[str] | None, **asked: Any) -> None:
    """A fact sheet on a city, edition or person, ready to paste: text, markdown or html.

    \b
    icapital brief espoo
    icapital brief espoo --lang sv -f html > esbo.html
    icapital brief 2019 -f markdown
    """
    from icapital_cli.page import page_of  # noqa: PLC0415 - built only when called
    from icapital_cli.sheet import BRIEF, write_page  # noqa: PLC0415 - built only when called

    asked["format"] = asked["format"] or (None if asked["json"] else "text")
    shape = shape_of(asked, BRIEF)
    with open_facts(asked, "table" if shape == "text" else shape) as index:
        write_page(page_of(index, *the_one(index, wanted(words)), brief=True), shape, sys.stdout, BRIEF)


@command("stats")
@takes(
    *["year", "city", "country", "category", "status"],
    *OUTPUT,
    by=(
        Annotated[
            str,
            typer.Option(
                "--by", metavar="GROUP", help="country, city, edition, category or status.", **offering("group")
            ),
        ],
        "country",
    ),
)
def stats(*, by: str, limit: str | None, sort: str | None, fields: str | None, **asked: Any) -> None:
    """Counts of results and prize money; what is disputed or unknown is counted as such.

    \b
    icapital stats --by country
    icapital stats --by edition --json
    icapital stats --by city --country finland
    """
    from icapital_cli.stats import stats_view  # noqa: PLC0415 - built only when called

    count, shape = number(limit, "--limit"), shape_of(asked)
    filters = {name: asked[name] for name in ("year", "city", "country", "category", "status")}
    with open_facts(asked, shape) as index:
        view = stats_view(index, by, filters, bars=shape == "table" and sys.stdout.isatty())
        render(view.sorted_by(sort).only(fields).limited(count), shape, sys.stdout)


@command("compare")
@takes(
    *OUTPUT,
    one=(
        Annotated[
            str,
            typer.Argument(metavar="A", help="A city or an edition.", show_default=False, **offering("compared")),
        ],
        ...,
    ),
    other=(
        Annotated[str, typer.Argument(metavar="B", help="Another one.", show_default=False, **offering("compared"))],
        ...,
    ),
)
def compare(*, one: str, other: str, limit: str | None, sort: str | None, fields: str | None, **asked: Any) -> None:
    """Two cities, or two editions, side by side.

    \b
    icapital compare espoo vantaa
    icapital compare 2019 2020 --lang fi
    """
    from icapital_cli.stats import compare_view  # noqa: PLC0415 - built only when called

    count, shape = number(limit, "--limit"), shape_of(asked)
    with open_facts(asked, shape) as index:
        render(compare_view(index, [one, other]).sorted_by(sort).only(fields).limited(count), shape, sys.stdout)


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


@command("completion")
@takes(
    name=(
        Annotated[
            str,
            typer.Argument(
                metavar="SHELL", help="bash, zsh, fish or powershell.", show_default=False, **offering("shell")
            ),
        ],
        ...,
    )
)
def completion(*, name: str) -> None:
    """The script that lets a shell complete commands, options and names.

    \b
    icapital completion bash > ~/.local/share/bash-completion/completions/icapital
    icapital completion zsh > "${fpath[1]}/_icapital"
    icapital completion fish > ~/.config/fish/completions/icapital.fish
    """
    from typer._completion_shared import get_completion_script  # noqa: PLC0415 - built only when called

    if name not in SHELLS:
        raise no_such("shell", name, SHELLS)
    script = get_completion_script(prog_name="icapital", complete_var="_ICAPITAL_COMPLETE", shell=name)
    sys.stdout.write(script.rstrip() + "\n")


@command("about")
@takes(
    "json",
    *LANGUAGE,
    schema=(
        Annotated[
            str | None,
            typer.Option(
                "--schema", metavar="COMMAND", help="JSON Schema of a command's answer.", **offering("schema")
            ),
        ],
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


def shape_of(asked: dict[str, Any], formats: Collection[str] = ()) -> str:
    """Settle the format, and what `--color` says of it."""
    shape = asked.get("format") or ("json" if asked.get("json") else "table")
    if shape not in (formats or (*FORMATS, *LATER)):
        raise no_such("format", shape, formats or (*FORMATS, *LATER))
    if asked.get("excel") and shape != "csv":
        raise UsageError("--excel goes with -f csv")
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
    if (
        hidden
        and "disputes" not in view.field_names
        and asked.get("fields")
        and asked["shape"] not in {"table", "plain", "markdown"}
    ):
        say(f"disputed: {', '.join(hidden)}; the field disputes tells which rows")


def say(message: str) -> None:
    """Write one line on stderr."""
    with suppress(AttributeError, OSError):
        sys.stderr.write(f"icapital: {message}\n")
