"""Completion: what a shell is offered for commands, options, closed lists and names; and help that answers a slip."""

from contextlib import closing
from pathlib import Path

import pytest
from conftest import BASE
from made_up import changed

from icapital_cli.cli import commands, options  # commands: registers them
from icapital_cli.cli.completion import candidates
from icapital_cli.compiler.compile import compile_folder
from icapital_cli.compiler.files import find_files
from icapital_cli.model import KINDS
from icapital_cli.store import database
from icapital_cli.store.database import open_database

COMMANDS = [kind.command.name for kind in KINDS.values() if kind.command] + list(options.COMMANDS)
assert commands


def compiled_to(path, folder=BASE):
    """Compile a fact base into a file."""
    compile_folder(folder, find_files(folder), str(path)).close()
    return str(path)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    return compiled_to(tmp_path_factory.mktemp("compiled") / "facts.db")


@pytest.fixture
def offered(compiled, monkeypatch):
    """Offer values from the tiny base, in the place of the shipped facts."""
    monkeypatch.setattr(database, "SHIPPED", compiled)
    return candidates


@pytest.mark.parametrize(
    ("what", "incomplete", "command", "words"),
    [
        ("lang", "", "cities", ["en", "sv"]),
        ("command", "ci", "help", ["cities", "cite"]),
        ("status", "winner,s", "cities", ["winner,semi-finalist"]),
        ("city", "lodz,norda", "cities", []),
        ("city", "lodz,nordv", "cities", ["lodz,nordvik"]),
        ("year", "20", "cities", ["2015", "2017", "2020"]),
        ("status", "w", "cities", ["winner"]),
        ("status", "", "cities", ["winner", "runner-up", "finalist", "semi-finalist"]),
        ("category", "sm", "cities", ["small-lantern"]),
        ("award", "", "prizes", ["lantern", "bright-town"]),
        ("format", "js", "cities", ["json", "jsonl"]),
        ("format", "vc", "contacts", ["vcard", "vcard4"]),
        ("format", "vc", "cities", []),
        ("format", "ic", "editions", ["ical"]),
        ("format", "ht", "show", ["html"]),
        ("format", "ma", "brief", ["markdown"]),
        ("format", "cs", "brief", []),
        ("color", "a", "cities", ["auto", "always"]),
        ("fields", "pri", "cities", ["prize_eur"]),
        ("fields", "year,pri", "cities", ["year,prize_eur"]),
        ("fields", "spe", "quotes", ["speaker", "speaker_id"]),
        ("fields", "sn", "search", ["snippet"]),
        ("fields", "dis", "search", ["disputes"]),
        ("fields", "dis", "cities", ["disputes"]),
        ("fields", "sou", "stats", []),
        ("fields", "unk", "stats", ["unknown"]),
        ("sort", "rea", "cities", ["reason"]),
        ("sort", "-rea", "cities", ["-reason"]),
        ("kind", "quo", "search", ["quotes"]),
        ("kind", "pr", "sources", ["press-release"]),
        ("style", "bib", "cite", ["bibtex", "biblatex"]),
        ("by", "ed", "stats", ["edition"]),
        ("shell", "z", "completion", ["zsh"]),
        ("schema", "ini", "about", ["initiatives"]),
        ("schema", "ga", "about", ["gaps"]),
    ],
)
def test_closed_lists_are_offered(offered, what, incomplete, command, words):
    assert offered(what, incomplete, command) == words


@pytest.mark.parametrize(
    ("what", "incomplete", "words"),
    [
        ("city", "lod", ["lodz", "lodsch"]),
        ("city", "Lod", ["Lodsch", "Lodz"]),
        ("city", "Łó", ["Łódsch", "Łódź"]),
        ("city", "BR", ["BRambury", "BRambury on sea", "BRambury vid havet"]),
        ("city", "zzz", []),
        ("words", "siv", ["siv-berg", "siv aberg", "siv-berg-2017"]),
        ("words", "gaz", ["gazette-2015", "gazette-2017", "gazette-2021"]),
        ("compared", "201", ["2015", "2017"]),
        ("compared", "bra", ["brambury", "brambury on sea", "brambury vid havet"]),
        ("speaker", "ja", ["jan-lampa"]),
        ("country", "P", ["PL", "Poland", "Polen", "Pologne"]),
        ("publisher", "Ga", ["Gazette"]),
        ("publisher", "ga", ["gazette"]),
    ],
)
def test_names_and_ids_are_offered_as_they_were_begun(offered, what, incomplete, words):
    command = {"speaker": "quotes", "publisher": "sources", "words": "show"}.get(what, "cities")

    assert offered(what, incomplete, command) == words


@pytest.mark.parametrize(
    ("command", "incomplete", "words"),
    [
        ("show", "Jan", ["Jan Łampa"]),
        ("show", "jan", ["jan-lampa", "jan-lampa-2015"]),
        ("show", "JAN", ["JAN lampa"]),
        ("show", "Jan Ł", ["Jan Łampa"]),
        ("show", "jan L", ["jan Lampa"]),
        ("brief", "City of B", ["City of Boats"]),
        ("contacts", "Sivv", []),
    ],
)
def test_a_name_of_several_words_is_offered_in_any_case(offered, command, incomplete, words):
    assert offered("words", incomplete, command) == words


@pytest.mark.parametrize("command", ["cities", "initiatives", "quotes", "sources"])
def test_a_list_offers_the_ids_of_its_own_kind_before_a_letter_is_typed(offered, compiled, command):
    kind = next(name for name, cls in KINDS.items() if cls.command and cls.command.name == command)
    with closing(open_database(compiled)) as connection:
        own = sorted(row[0] for row in connection.execute("SELECT id FROM facts WHERE kind = ?", [kind]))

    assert offered("words", "", command) == own


def test_a_page_is_offered_of_cities_before_a_letter_is_typed(offered):
    assert (
        offered("words", "", "show") == offered("city", "", "cities") == ["brambury", "lodz", "nordvik", "vastersund"]
    )
    assert offered("country", "", "cities") == ["FI", "GB", "NO", "PL"]


def test_a_list_offers_the_cities_and_countries_that_its_facts_belong_to(offered):
    assert offered("words", "Nor", "cities") == ["Nordvik", "Norge", "Norvège", "Norway"]
    assert offered("words", "lampl", "cities") == []


@pytest.mark.parametrize("incomplete", ["\x1b[31m,", "\x1clo", "'", '"', "%", "_", "\\", "\x00", "é", "[", "*"])
def test_nothing_typed_breaks_the_offer(offered, incomplete):
    for what in ("city", "words", "country", "fields", "publisher", "kind", "nonsense"):
        assert all(word.startswith(incomplete) and word.isprintable() for word in offered(what, incomplete, "cities"))


def test_a_name_with_an_apostrophe_is_offered(tmp_path, monkeypatch):
    folder = changed(tmp_path / "base", ("cities.yaml", "- Brambury\n", '- "\'s-Brambury"\n'))
    monkeypatch.setattr(database, "SHIPPED", compiled_to(tmp_path / "facts.db", Path(folder)))

    assert candidates("city", "'s") == ["'s-Brambury"]


def test_facts_that_cannot_be_read_offer_nothing(tmp_path, monkeypatch):
    (tmp_path / "facts.db").write_text("no database")
    monkeypatch.setattr(database, "SHIPPED", str(tmp_path / "facts.db"))

    assert candidates("city", "es") == []


# What a shell is answered


@pytest.fixture
def answered(process):
    """Complete a line as bash asks for it: the words offered for the last one."""

    def completed(line, **environment):
        asked = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" ")), "_ICAPITAL_COMPLETE": "complete_bash"}
        result = process(**asked | environment)
        assert (result.code, result.err) == (0, "")
        return [word for word in result.out.splitlines() if word]

    return completed


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("icapital ci", ["cities", "cite"]),
        ("icapital --", ["--facts", "--version", "--help"]),
        ("icapital show Jukka", ["Jukka Mäkelä"]),
        ("icapital cities --cit", ["--city"]),
        ("icapital cities --city Göteb", ["Göteborg"]),
        ("icapital cities -f js", ["json", "jsonl"]),
        ("icapital cities --fields pri", ["prize_eur"]),
        ("icapital cities vant", ["vantaa"]),
        ("icapital cite x --style bib", ["bibtex", "biblatex"]),
        ("icapital compare espoo vanta", ["vantaa"]),
        ("icapital completion z", ["zsh"]),
        ("icapital about --schema ini", ["initiatives"]),
        ("icapital cities --city zzz", []),
    ],
)
def test_commands_options_arguments_and_values_are_completed(answered, line, words):
    """One of each way in which an option or an argument is declared; the facts may have more such names."""
    given = answered(line)

    assert set(words) <= set(given)
    assert all(word.startswith(line.split(" ")[-1]) for word in given)


@pytest.mark.parametrize(
    ("shell", "environment", "answer"),
    [
        ("zsh", {}, '_arguments \'*: :(("json"\n"jsonl"))\'\n'),
        ("fish", {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}, "json\njsonl\n"),
        ("powershell", {"_TYPER_COMPLETE_WORD_TO_COMPLETE": "js"}, "json::: \njsonl::: \n"),
    ],
)
def test_every_shell_gets_its_answer(process, shell, environment, answer):
    line = {"_TYPER_COMPLETE_ARGS": "icapital cities --format js", "_ICAPITAL_COMPLETE": f"complete_{shell}"}

    assert process(**line, **environment) == (0, answer, "")


@pytest.mark.parametrize(
    "line", ["icapital 'cit", 'icapital cities --city "', "icapital cities --city %", "icapital \\"]
)
def test_a_half_typed_line_never_fails(answered, line):
    answered(line, COMP_CWORD="3")


@pytest.mark.parametrize("typed", [{}, {"COMP_WORDS": "icapital c"}, {"COMP_WORDS": "icapital c", "COMP_CWORD": "x"}])
def test_a_shell_that_does_not_say_what_was_typed_is_offered_nothing(run, typed):
    assert run(_ICAPITAL_COMPLETE="complete_bash", **typed) == (0, "", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
def test_every_shell_gets_its_script(run, shell):
    result = run("completion", shell)

    assert (result.code, result.err) == (0, "")
    assert "_ICAPITAL_COMPLETE" in result.out


def test_an_unknown_shell_lists_the_shells(run):
    hint = "choose from: bash, zsh, fish, powershell"

    assert run("completion", "tcsh") == (2, "", f"icapital: no shell is called 'tcsh'. {hint}\n")


# Help


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_come_before_the_options_in_every_help(run, command):
    text = run(command, "--help").out

    assert 0 < text.index(f"\n  icapital {command}") < text.index("\nOptions:\n")


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        ("citis", 2, "did you mean 'cities'?"),
        ("cities --cty x", 2, "did you mean '--city'?"),
        ("cities --fields prize_eu", 2, "did you mean 'prize_eur'?"),
        ("cities --lang se", 2, "did you mean 'sv'?"),
        ("cities --city Esboo", 3, "did you mean Esbo (espoo)?"),
    ],
)
def test_a_slip_of_the_finger_gets_the_nearest_word(run, words, code, hint):
    result = run(*words.split())

    assert (result.code, result.out) == (code, "")
    assert hint in result.err


def test_the_words_of_a_name_without_quotes_are_completed_one_by_one(offered):
    assert offered("words", "", "show", "Siv") == ["Åberg"]
    assert offered("words", "Å", "show", "Siv") == ["Åberg"]
    assert offered("words", "a", "show", "siv") == ["aberg"]


def test_things_with_names_come_before_titles_of_pages(offered):
    found = offered("words", "v", "show")

    assert found.index("vastersund") < found.index("vastersunds stad") < found.index("vastersund-release-2017")
