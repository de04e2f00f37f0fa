"""The other commands. Each parses, asks and prints; every `if` belongs elsewhere."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from icapital_cli.cli.answer import arrange, name_of, open_facts, put, query_of, shape_of, warn, write
from icapital_cli.cli.comments import see_also
from icapital_cli.cli.options import (
    LANGUAGE,
    NAME,
    OPTIONS,
    OUTPUT,
    PICTURE,
    WORDS,
    argument,
    arguments,
    command,
    completing,
    flag,
    option,
    takes,
    with_default,
)
from icapital_cli.errors import FactsError, printable
from icapital_cli.query.languages import choose_language
from icapital_cli.query.names import resolve
from icapital_cli.query.select import OF_RESULTS

FORMAT = OPTIONS["format"]
DATA = ("json", "jsonl", "yaml")  # formats of a page that write its data


@command("show")
@takes("json", *LANGUAGE, "web", words=(NAME, None), format=FORMAT)
def show(*, words: list[str] | None, web: bool, **options: Any) -> None:
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
        kind, fact_id = resolve(store, name_of(words, "show"))
        page = page_of(store, kind, fact_id, data_only=shape.format in DATA and not web)
        if web:
            from icapital_cli.cli.web import open_first  # noqa: PLC0415 - only --web needs it

            open_first([str(page.data.get("url") or ""), *(note.url for note in page.footnotes)])
        else:
            write(page, shape, PAGES)
            see_also(store, [fact_id] if kind == "cities" else [])


@command("search")
@takes(
    "kind",
    *OUTPUT,
    words=(WORDS, None),
    only=(option("--in", metavar="TAG", help="Only texts in this language.", what="lang"), None),
)
def search(*, words: list[str] | None, kind: list[str] | None, only: str | None, **options: Any) -> None:
    """Full text over everything, in every language.

    \b
    icapital search makela
    icapital search "AI-mentorer"
    icapital search '"City as a Service"' --kind initiatives
    """
    from icapital_cli.views.search_results import search_view  # noqa: PLC0415 - only this command needs it

    shape, query = shape_of(options), query_of(words) or ""
    with open_facts(options, shape.format) as store:
        view = arrange(
            search_view(store, query, kind or (), only and choose_language(store.languages(), only, ())), shape
        )
        put(view, shape)
        if not view.rows and shape.limit != 0:
            among = f"{', '.join(kind)}, " if kind else ""
            warn(f"nothing matches {printable(query)!r} in {among}{', '.join(store.languages())}; try fewer words")


@command("cite")
@takes(
    *LANGUAGE,
    words=(NAME, None),
    limit=(option("--limit", "-n", metavar="N", help="At most N pages."), None),
    style=(with_default("--style", metavar="STYLE"), ["text"]),
    official=(flag("--official", "Only pages of the EU and of the cities."), False),
)
def cite(*, words: list[str] | None, style: str, official: bool, **options: Any) -> None:
    """A citation of one fact, result, quote or source, ready to paste; official pages come first.

    \b
    icapital cite 2019-espoo -n 1
    icapital cite esbo-release-2019-09-25 --style bibtex
    icapital cite makela-2019-eu-presidency --style wikipedia
    icapital cite icapital                 how to cite the facts themselves
    """
    from icapital_cli.formats.citations import as_citations  # noqa: PLC0415 - only this command needs it
    from icapital_cli.views.citation import ITSELF, entries_of, entry_of_base  # noqa: PLC0415 - the same

    name, most = name_of(words, "cite"), shape_of(options).limit
    with open_facts(options, "text") as store:
        itself = [entry_of_base(store)] if name == ITSELF else None
        entries = itself or entries_of(store, *resolve(store, name), official=official, most=most)
        sys.stdout.write(as_citations(entries, style))
        if official and not entries and most != 0:
            warn(f"no official page states {printable(name)!r}; leave out --official")


@command("brief")
@takes("json", *LANGUAGE, words=(NAME, None), format=FORMAT)
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
        write(page_of(store, *resolve(store, name_of(words, "brief")), brief=True), shape, BRIEFS)


@command("stats")
@takes(
    *OF_RESULTS,
    *OUTPUT,
    *PICTURE,
    by=(with_default("--by", metavar="GROUP"), ["country"]),
    measure=(option("--measure", metavar="FIELD"), None),
)
def stats(**options: Any) -> None:
    """Counts of results and prize money; what is disputed or unknown is counted as such.

    \b
    icapital stats --by country
    icapital stats --by edition --json
    icapital stats --by city --country finland
    icapital stats --by country --svg prizes.svg
    """
    from icapital_cli.cli.pictures import answer  # noqa: PLC0415 - only a picture needs it

    answer("stats", options)


@command("map")
@takes("words", *OF_RESULTS, *OUTPUT, *PICTURE)
def map_(**options: Any) -> None:
    """Where the cities are, their best status and how many results they have; on a terminal with a map.

    \b
    icapital map
    icapital map finland
    icapital map --status winner --svg winners.svg
    """
    from icapital_cli.cli.pictures import answer  # noqa: PLC0415 - only a picture needs it

    answer("map", options)


@command("timeline")
@takes("words", *OF_RESULTS, *OUTPUT, *PICTURE)
def timeline(**options: Any) -> None:
    """The editions in time, from call to ceremony, and who won; of a city or country, what it reached when.

    \b
    icapital timeline
    icapital timeline --year 2019
    icapital timeline espoo --svg espoo.svg
    """
    from icapital_cli.cli.pictures import answer  # noqa: PLC0415 - only a picture needs it

    answer("timeline", options)


@command("compare")
@takes(*OUTPUT, names=(arguments("compared", metavar="NAME NAME", help="Cities, countries or editions."), None))
def compare(*, names: list[str] | None, **options: Any) -> None:
    """Two or more cities, countries or editions side by side.

    \b
    icapital compare espoo vantaa
    icapital compare finland sweden denmark
    icapital compare 2019 2020 --lang fi
    """
    from icapital_cli.views.comparison import compare_view  # noqa: PLC0415 - only this command needs it

    shape = shape_of(options)
    with open_facts(options, shape.format) as store:
        view = compare_view(store, names or [])
        put(arrange(view, shape), shape)
        see_also(store, [column.key for column in view.columns if column.type == "measure"])


@command("languages")
@takes(
    *OUTPUT,
    missing=(option("--missing", metavar="TAG", help="What a language lacks, as YAML to fill.", what="lang"), None),
)
def languages(*, missing: str | None, **options: Any) -> None:
    """Languages, and how complete each is.

    \b
    icapital languages
    icapital languages --missing da > da.yaml
    icapital languages --json
    """
    from icapital_cli.views.about import languages_view  # noqa: PLC0415 - only this command needs it

    shape = shape_of(options)
    if missing is not None:
        from icapital_cli.compiler.missing import write_missing  # noqa: PLC0415 - only --missing needs it

        write_missing(Path(options["facts"] or "facts"), missing, sys.stdout)
        return
    with open_facts(options, shape.format) as store:
        put(arrange(languages_view(store), shape), shape)


@command("verify")
@takes(
    "json",
    *LANGUAGE,
    format=FORMAT,
    files=(
        Annotated[
            list[str] | None,
            typer.Argument(
                metavar="[FILE]", help="Drafts: .txt, .md, .html, .docx; - is standard input.", show_default=False
            ),
        ],
        None,
    ),
    text=(option("--text", metavar="TEXT", help="Check these words instead of a file."), None),
)
def verify(*, files: list[str] | None, text: str | None, **options: Any) -> None:
    """Check a draft: each claim about the award, what the facts say of it, and the source. Exit 5 if one differs.

    \b
    icapital verify release.docx
    icapital verify --text "Espoo came second in iCapital 2022"
    icapital verify draft.md -f html > draft.html
    """
    from icapital_cli.cli.verify import write_report  # noqa: PLC0415 - only this command needs it

    write_report(files or [], text, options)


@command("export")
@takes(
    *["lang", "facts", "force"],
    export=(argument("export", metavar="WHAT"), ...),
    target=(
        Annotated[str, typer.Argument(metavar="TARGET", help="The file or folder to write.", show_default=False)],
        ...,
    ),
    base_url=(option("--base-url", metavar="URL", help="Address that the site will have, for feed and sitemap."), None),
)
def export_(*, export: str, target: str, force: bool, **options: Any) -> None:
    """Everything at once: a database, a data package, a folder of JSON files, a site.

    \b
    icapital export sqlite icapital.db
    icapital export datapackage icapital.zip --lang sv
    icapital export json icapital-json
    icapital export site icapital-site
    """
    from icapital_cli.cli.export import write_export  # noqa: PLC0415 - only this command needs it

    write_export(export, target, force, options)


@command("mcp")
@takes("lang", "facts")
def mcp(**options: Any) -> None:
    """The facts for an assistant, over the Model Context Protocol on standard input and output.

    \b
    icapital mcp
    icapital mcp --lang sv
    """
    from icapital_cli.cli.mcp import serve_facts  # noqa: PLC0415 - only this command needs it

    serve_facts(options)


@command("check")
@takes(
    folder=(
        Annotated[str, typer.Argument(metavar="[DIR]", help="The folder with the YAML.", show_default=False)],
        "facts",
    ),
    against=(option("--against", metavar="DIR", help="Prove each excerpt by the texts here."), None),
)
def check(*, folder: str, against: str | None) -> None:
    """Validate a fact base: every problem, as file:line:column: message [rule], in English.

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
@takes(  # noqa: S604 - the name of a shell, which none runs
    shell=(argument("shell", metavar="SHELL"), ...),
    install=(flag("--install", "Write it where the shell looks for your completions."), False),
)
def completion(*, shell: str, install: bool) -> None:
    """The script that lets a shell complete commands, options and names.

    \b
    icapital completion bash --install
    icapital completion zsh > "${fpath[1]}/_icapital"
    icapital completion powershell | Out-String | Invoke-Expression
    """
    from icapital_cli.cli.completion import completion_script, install_script  # noqa: PLC0415 - only this command needs it

    if install:
        warn(install_script(shell))
    else:
        sys.stdout.write(completion_script(shell))


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


@command("help")
@takes(
    "lang",
    name=(
        Annotated[
            str | None,
            typer.Argument(metavar="[COMMAND]", help="A command.", show_default=False, **completing("command")),
        ],
        None,
    ),
)
def help_(*, name: str | None, **_options: Any) -> None:
    """How to use the tool, or a command: the same as --help.

    \b
    icapital help
    icapital help cities
    icapital help show --lang sv
    """
    from icapital_cli.cli.app import help_of  # noqa: PLC0415 - it imports this module

    sys.stdout.write(help_of(name))
