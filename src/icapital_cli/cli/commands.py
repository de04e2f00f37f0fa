"""The other commands. Each parses, asks and prints; every `if` belongs elsewhere."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from icapital_cli.cli.answer import arrange, name_of, open_facts, put, query_of, shape_of, warn, write
from icapital_cli.cli.options import LANGUAGE, OPTIONS, OUTPUT, argument, command, flag, option, takes, with_default
from icapital_cli.errors import FactsError, printable
from icapital_cli.query.names import resolve

FORMAT = OPTIONS["format"]


@command("show")
@takes("words", "json", *LANGUAGE, format=FORMAT)
def show(*, words: list[str] | None, **options: Any) -> None:
    """One fact, city, person or source whole, with its sources and disputes.

    \b
    icapital show espoo --lang sv
    icapital show 2019-espoo
    icapital show "Päivi Sutinen" --json
    """
    from icapital_cli.formats.registry import PAGES  # noqa: PLC0415 - only this command needs it
    from icapital_cli.views.page import page_of  # noqa: PLC0415 - the same

    shape = shape_of(options, PAGES)
    with open_facts(options, shape.format) as store:
        write(page_of(store, *resolve(store, name_of(words))), shape, PAGES)


@command("search")
@takes("words", "kind", *OUTPUT)
def search(*, words: list[str] | None, kind: str | None, **options: Any) -> None:
    """Full text over everything, in every language.

    \b
    icapital search makela
    icapital search "AI-mentorer"
    icapital search '"City as a Service"' --kind initiatives
    """
    from icapital_cli.views.search_results import search_view  # noqa: PLC0415 - only this command needs it

    shape, query = shape_of(options), query_of(words) or ""
    with open_facts(options, shape.format) as store:
        view = arrange(search_view(store, query, kind), shape)
        put(view, shape)
        if not view.rows:
            among = f"{kind}, " if kind else ""
            warn(f"nothing matches {printable(query)!r} in {among}{', '.join(store.languages())}; try fewer words")


@command("cite")
@takes(
    "words",
    *LANGUAGE,
    style=(with_default("--style", metavar="STYLE"), "text"),
)
def cite(*, words: list[str] | None, style: str, **options: Any) -> None:
    """A citation of one fact, result, quote or source, ready to paste.

    \b
    icapital cite 2019-espoo
    icapital cite esbo-release-2019-09-25 --style bibtex
    icapital cite makela-2019-eu-presidency --style wikipedia
    """
    from icapital_cli.formats.citations import as_citations  # noqa: PLC0415 - only this command needs it
    from icapital_cli.views.citation import entries_of  # noqa: PLC0415 - the same

    with open_facts(options, "text") as store:
        sys.stdout.write(as_citations(entries_of(store, *resolve(store, name_of(words))), style))


@command("brief")
@takes("words", "json", *LANGUAGE, format=FORMAT)
def brief(*, words: list[str] | None, **options: Any) -> None:
    """A fact sheet on a city, edition or person, ready to paste: text, markdown or html.

    \b
    icapital brief espoo
    icapital brief espoo --lang sv -f html > esbo.html
    icapital brief 2019 -f markdown
    """
    from icapital_cli.formats.registry import BRIEFS  # noqa: PLC0415 - only this command needs it
    from icapital_cli.views.page import page_of  # noqa: PLC0415 - the same

    shape = shape_of(options, BRIEFS, default="text")
    with open_facts(options, "table" if shape.format == "text" else shape.format) as store:
        write(page_of(store, *resolve(store, name_of(words)), brief=True), shape, BRIEFS)


@command("stats")
@takes(
    *["year", "city", "country", "category", "status"],
    *OUTPUT,
    by=(with_default("--by", metavar="GROUP"), "country"),
)
def stats(*, by: str, **options: Any) -> None:
    """Counts of results and prize money; what is disputed or unknown is counted as such.

    \b
    icapital stats --by country
    icapital stats --by edition --json
    icapital stats --by city --country finland
    """
    from icapital_cli.views.statistics import stats_view  # noqa: PLC0415 - only this command needs it

    shape = shape_of(options)
    filters = {name: options[name] for name in ("year", "city", "country", "category", "status")}
    with open_facts(options, shape.format) as store:
        view = stats_view(store, by, filters, bars=shape.format == "table" and sys.stdout.isatty())
        put(arrange(view, shape), shape)


@command("compare")
@takes(
    *OUTPUT,
    one=(argument("compared", metavar="A", help="A city or an edition."), ...),
    other=(argument("compared", metavar="B", help="Another one."), ...),
)
def compare(*, one: str, other: str, **options: Any) -> None:
    """Two cities, or two editions, side by side.

    \b
    icapital compare espoo vantaa
    icapital compare 2019 2020 --lang fi
    """
    from icapital_cli.views.statistics import compare_view  # noqa: PLC0415 - only this command needs it

    shape = shape_of(options)
    with open_facts(options, shape.format) as store:
        put(arrange(compare_view(store, [one, other]), shape), shape)


@command("languages")
@takes(*OUTPUT)
def languages(**options: Any) -> None:
    """Languages, and how complete each is.

    \b
    icapital languages
    icapital languages --json
    """
    from icapital_cli.views.about import languages_view  # noqa: PLC0415 - only this command needs it

    shape = shape_of(options)
    with open_facts(options, shape.format) as store:
        put(arrange(languages_view(store), shape), shape)


@command("check")
@takes(
    folder=(
        Annotated[str, typer.Argument(metavar="DIR", help="The folder with the YAML.", show_default=False)],
        "facts",
    ),
    against=(option("--against", metavar="DIR", help="Prove each excerpt by the texts here."), None),
)
def check(*, folder: str, against: str | None) -> None:
    """Validate a fact base: every problem, as file:line:column: message [rule].

    \b
    icapital check facts
    icapital check facts --against texts
    """
    from icapital_cli.compiler.cache import is_folder  # noqa: PLC0415 - only this command needs it
    from icapital_cli.compiler.compile import check_folder  # noqa: PLC0415 - the same

    for name in (folder, *([against] if against is not None else [])):
        if not is_folder(Path(name)):
            raise FactsError(f"no folder {printable(name)!r}")
    check_folder(Path(folder), f"{folder.rstrip('/')}/", None if against is None else Path(against))


@command("completion")
@takes(
    name=(argument("shell", metavar="SHELL", help="bash, zsh, fish or powershell."), ...),
    install=(flag("--install", "Write it where the shell looks for your completions."), False),
)
def completion(*, name: str, install: bool) -> None:
    """The script that lets a shell complete commands, options and names.

    \b
    icapital completion bash --install
    icapital completion zsh > "${fpath[1]}/_icapital"
    icapital completion powershell | Out-String | Invoke-Expression
    """
    from icapital_cli.cli.completion import completion_script, install_script  # noqa: PLC0415 - only this command needs it

    if install:
        warn(install_script(name))
    else:
        sys.stdout.write(completion_script(name))


@command("about")
@takes(
    "json",
    *LANGUAGE,
    schema=(option("--schema", metavar="COMMAND", help="JSON Schema of a command's answer."), None),
    gaps=(flag("--gaps", "What is not known, and why."), False),
)
def about(*, schema: str | None, gaps: bool, **options: Any) -> None:
    """Versions, digest of the facts, counts, licences, paths.

    \b
    icapital about
    icapital about --gaps
    icapital about --schema cities
    """
    from icapital_cli.cli.about import write_about  # noqa: PLC0415 - only this command needs it

    shape = shape_of(options)
    with open_facts(options, shape.format) as store:
        write_about(store, shape, schema=schema, gaps=gaps, folder=options["facts"])
