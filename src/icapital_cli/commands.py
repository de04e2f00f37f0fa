"""The other commands. Each parses, asks and prints; every `if` belongs elsewhere."""

import sys
from typing import Annotated, Any

import typer

from icapital_cli import lists  # noqa: F401 - registers the list commands, which come first
from icapital_cli.asked import open_facts, put, shape_of, wanted
from icapital_cli.errors import no_such, printable
from icapital_cli.options import LANGUAGE, OUTPUT, command, joined, number, offering, option, takes
from icapital_cli.query import the_one
from icapital_cli.terminal import say

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
STYLE_NAMES = ("text", "markdown", "bibtex", "biblatex", "csl-json", "ris", "wikipedia")


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
        put(view.sorted_by(sort).only(fields).limited(count), shape, asked)
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
        put(view.sorted_by(sort).only(fields).limited(count), shape, asked)


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
        put(compare_view(index, [one, other]).sorted_by(sort).only(fields).limited(count), shape, asked)


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
        put(languages_view(index).sorted_by(sort).only(fields).limited(count), shape, asked)


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
