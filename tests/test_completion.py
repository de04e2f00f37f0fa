"""Completion: the scripts print, and what they ask for is answered with commands, options and names."""

import pytest

from icapital_cli import complete
from icapital_cli.complete import candidates

SHELLS = ("bash", "zsh", "fish", "powershell")


@pytest.fixture
def offered(run):
    """Complete a line as bash asks for it: the words offered for the last one."""

    def completed(line, **environment):
        words = line.split(" ")
        asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_ICAPITAL_COMPLETE": "complete_bash"}
        result = run(**asked, **environment)
        assert (result.code, result.err) == (0, "")
        return result.out.split()

    return completed


@pytest.mark.parametrize("shell", [*SHELLS, "pwsh"])
def test_every_shell_gets_its_script(run, shell):
    result = run("completion", shell)

    assert (result.code, result.err) == (0, "")
    assert "_ICAPITAL_COMPLETE" in result.out


def test_an_unknown_shell_lists_the_shells(run):
    assert run("completion", "tcsh") == (
        2,
        "",
        "icapital: no shell is called 'tcsh'. there is: bash, zsh, fish, powershell, pwsh\n",
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("icapital ci", ["cities", "cite"]),
        ("icapital comp", ["compare", "completion"]),
        ("icapital cities --cit", ["--city"]),
        ("icapital cities --co", ["--country", "--color"]),
        ("icapital cities --lang s", ["sv"]),
        ("icapital cities --year 2017", ["2017"]),
        ("icapital cities --status w", ["winner"]),
        ("icapital cities --category ri", ["rising-innovative-city"]),
        ("icapital prizes --award int", ["intelligent-community"]),
        ("icapital cities --format js", ["json", "jsonl"]),
        ("icapital contacts -f vc", ["vcard", "vcard4"]),
        ("icapital show espoo -f ht", ["html"]),
        ("icapital brief espoo -f ma", ["markdown"]),
        ("icapital brief espoo -f cs", []),
        ("icapital cities --color a", ["auto", "always"]),
        ("icapital cities --fields pri", ["prize_eur"]),
        ("icapital cities --fields year,pri", ["year,prize_eur"]),
        ("icapital quotes --fields spe", ["speaker", "speaker_id"]),
        ("icapital search x --fields sn", ["snippet"]),
        ("icapital stats --fields unk", ["unknown"]),
        ("icapital cities --sort rea", ["reason"]),
        ("icapital search x --kind quo", ["quotes"]),
        ("icapital sources --kind pr", ["press-release"]),
        ("icapital cite x --style bib", ["bibtex", "biblatex"]),
        ("icapital stats --by ed", ["edition"]),
        ("icapital completion z", ["zsh"]),
        ("icapital about --schema ini", ["initiatives"]),
        ("icapital zzz", []),
        ("icapital cities --city zzz", []),
    ],
)
def test_commands_options_and_closed_lists_are_completed(offered, line, words):
    assert offered(line) == words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("icapital cities --city esb", ["esbo"]),
        ("icapital cities --city Esb", ["Esbo"]),
        ("icapital cities --city vant", ["vantaa"]),
        ("icapital cities -c goteb", ["goteborg"]),
        ("icapital cities --city Göteb", ["Göteborg"]),
        ("icapital cities vant", ["vantaa"]),
        ("icapital show 2019-esp", ["2019-espoo"]),
        ("icapital cite makela-2019-eu", ["makela-2019-eu-presidency"]),
        ("icapital brief vanta", ["vantaa"]),
        ("icapital compare vanta", ["vantaa"]),
        ("icapital compare espoo vanta", ["vantaa"]),
        ("icapital quotes --speaker ju", ["jukka-makela"]),
        ("icapital cities --country Swed", ["Sweden"]),
        ("icapital cities --country F", ["FI", "FR", "Finland", "France"]),
        ("icapital sources --publisher AN", ["ANSA"]),
    ],
)
def test_names_and_ids_are_completed_as_they_were_begun(offered, line, words):
    given = offered(line)

    assert set(words) <= set(given)
    assert all(word.startswith(line.split(" ")[-1]) for word in given)


@pytest.mark.parametrize(
    ("shell", "environment", "answer"),
    [
        ("zsh", {}, "_arguments '*: :((\"esbo\"))'\n"),
        ("fish", {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}, "esbo\n"),
        ("powershell", {"_TYPER_COMPLETE_WORD_TO_COMPLETE": "esb"}, "esbo::: \n"),
    ],
)
def test_every_shell_gets_its_answer(run, shell, environment, answer):
    line = {"_TYPER_COMPLETE_ARGS": "icapital cities --city esb", "_ICAPITAL_COMPLETE": f"complete_{shell}"}

    assert run(**line, **environment) == (0, answer, "")


@pytest.mark.parametrize(
    "line", ["icapital 'cit", 'icapital cities --city "', "icapital cities --city %", "icapital \\"]
)
def test_a_half_typed_line_never_fails(run, line):
    asked = {"COMP_WORDS": line, "COMP_CWORD": "3", "_ICAPITAL_COMPLETE": "complete_bash"}

    assert (run(**asked).code, run(**asked).err) == (0, "")


@pytest.mark.parametrize("typed", [{}, {"COMP_WORDS": "icapital c"}, {"COMP_WORDS": "icapital c", "COMP_CWORD": "x"}])
def test_a_shell_that_does_not_say_what_was_typed_is_offered_nothing(run, typed):
    assert run(_ICAPITAL_COMPLETE="complete_bash", **typed) == (0, "", "")


def test_a_name_with_an_apostrophe_is_offered():
    assert "'s-Gravenhage" in candidates("city", "'s")


def test_facts_that_cannot_be_read_offer_nothing(tmp_path, monkeypatch):
    (tmp_path / "facts.db").write_text("no database")
    monkeypatch.setattr(complete, "SHIPPED", str(tmp_path / "facts.db"))

    assert candidates("city", "es") == []


@pytest.mark.parametrize("incomplete", ["\x1b[31m,", "\x1clo", "'", '"', "%", "_", "\\", "\x00", "é", "[", "*"])
@pytest.mark.parametrize("what", ["city", "words", "country", "fields", "publisher", "kind", "nonsense"])
def test_nothing_typed_breaks_the_offer(what, incomplete):
    offered = candidates(what, incomplete, "cities")

    assert all(word.startswith(incomplete) and word.isprintable() for word in offered)


@pytest.mark.parametrize(
    "command",
    [
        "cities",
        "prizes",
        "initiatives",
        "quotes",
        "contacts",
        "people",
        "editions",
        "disputes",
        "sources",
        "search",
        "show",
        "cite",
        "brief",
        "stats",
        "compare",
        "languages",
        "check",
        "about",
        "completion",
    ],
)
def test_examples_stand_before_the_options_in_every_help(run, command):
    text = run(command, "--help").out

    assert 0 < text.index(f"\n  icapital {command}") < text.index("\nOptions:\n")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["citis"], "did you mean 'cities'?"),
        (["cities", "--cty", "x"], "did you mean '--city'?"),
        (["cities", "--fields", "prize_eu"], "did you mean 'prize_eur'?"),
        (["cities", "--lang", "se"], "did you mean 'sv'?"),
        (["cities", "--city", "Esboo"], "did you mean Esbo (espoo)?"),
    ],
)
def test_a_slip_of_the_finger_is_put_right(run, words, hint):
    result = run(*words)

    assert (result.code, result.out) == (3 if words[-1] == "Esboo" else 2, "")
    assert hint in result.err
