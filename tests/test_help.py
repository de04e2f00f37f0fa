"""Help and errors: in the language of the user, with required arguments shown so, and remedies that can be typed."""

import ast
import os
import pty
import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml
from conftest import FACTS, HERE

import icapital_cli
from icapital_cli.api.wording import PLACE, translated
from icapital_cli.cli.commands import OPTIONS
from icapital_cli.cli.group import LazyGroup
from icapital_cli.cli.lists import list_commands
from icapital_cli.cli.options import CHOICES, COMMANDS
from icapital_cli.cli.wording import lang_in

LABELS = {
    tag: yaml.safe_load((FACTS / "languages" / tag / "help.yaml").read_text("utf-8"))["labels"]
    for tag in ("en", "sv", "fi")
}
ENGLISH = set(LABELS["en"].values())
COMMAND_NAMES = [*list_commands(), *COMMANDS]
HEADINGS = {"en": ("Usage", "Options"), "sv": ("Användning", "Alternativ"), "fi": ("Käyttö", "Valitsimet")}
NAMING = {"show": "NAME...", "brief": "NAME...", "cite": "NAME...", "search": "WORD...", "export": "WHAT TARGET"}


@pytest.fixture(scope="module")
def terminal(home):
    """Run the tool on a terminal: what it writes there."""

    def run_on_terminal(*words, **environment):
        child, screen = pty.fork()
        if child == 0:
            program = os.path.join(os.path.dirname(sys.executable), "icapital")  # noqa: PTH118, PTH120 - as exec has it
            os.execve(program, ["icapital", *words], {"HOME": str(home), "PATH": os.environ["PATH"], **environment})
        written = b""
        try:
            while more := os.read(screen, 1 << 16):
                written += more
        except OSError:  # the end, on Linux
            pass
        os.waitpid(child, 0)
        os.close(screen)
        return written.decode().replace("\r\n", "\n")

    return run_on_terminal


# The words


@pytest.mark.parametrize("tag", ["sv", "fi"])
def test_a_language_has_all_labels_of_english_with_the_same_places(tag):
    places = {key: sorted(PLACE.findall(text)) for key, text in LABELS[tag].items()}

    assert places == {key: sorted(PLACE.findall(text)) for key, text in LABELS["en"].items()}


def test_each_text_of_help_in_the_code_has_a_label():
    options = [option.__metadata__[0].help for option, _ in OPTIONS.values()]
    own = [function.__doc__.partition("\n")[0] for function in COMMANDS.values()]
    values = {text for text in CHOICES.values() if text != "{}."}

    assert {*filter(None, options), *own, *list_commands().values(), *values} - ENGLISH == set()


@pytest.mark.parametrize("command", COMMAND_NAMES)
def test_the_help_of_a_command_is_all_in_the_language(run, command):
    english, swedish = (run("help", command, "--lang", tag).out for tag in ("en", "sv"))
    descriptions = re.findall(r"^  .+?  +(\S.*\.)$", english, re.MULTILINE)

    assert english
    assert [text for text in descriptions if text in ENGLISH and f" {text}\n" in swedish] == []


@pytest.mark.parametrize("tag", HEADINGS)
def test_help_speaks_the_language_asked_for(run, tag):
    usage, options = HEADINGS[tag]

    result = run("cities", "--help", "--lang", tag)

    assert result.code == 0
    assert result.out.startswith(f"{usage}: icapital cities [OPTIONS] [QUERY]...\n")
    assert f"\n{options}:\n" in result.out
    assert result == run("cities", "-l", tag, "-h") == run("cities", "-h", ICAPITAL_LANG=tag)


@pytest.mark.parametrize("words", ["--help --lang sv", "--lang sv --help", "-l sv", "help --lang sv"])
def test_help_of_the_tool_speaks_the_language_asked_for(run, words):
    result = run(*words.split())

    assert result == run("help", ICAPITAL_LANG="sv")
    assert result.out.startswith("Användning: ")


def test_the_language_may_stand_before_the_command(run):
    assert run("--lang", "sv", "cities") == run("cities", "--lang", "sv")
    assert run("--lang", "fi", "cities", "--lang", "sv") == run("cities", "--lang", "sv")


def test_help_on_a_terminal_follows_its_locale_and_in_a_pipe_does_not(run, terminal):
    assert terminal("--help", LC_ALL="sv_FI.UTF-8").startswith("Användning: ")
    assert terminal("--help", LC_ALL="sv_FI.UTF-8", ICAPITAL_LANG="fi").startswith("Käyttö: ")
    assert run("--help", LC_ALL="sv_FI.UTF-8").out.startswith("Usage: ")


@pytest.mark.parametrize("tag", ["xx", "", "-", "sv\ud800", "x" * 10_000])
def test_help_in_a_language_that_is_none_is_english(run, tag):
    assert run("--help", ICAPITAL_LANG=tag.encode("utf-8", "replace").decode()).out.startswith("Usage: ")


# The commands


def test_help_is_the_same_as_the_option(run):
    assert run("help") == run("--help")
    assert run("help", "cities") == run("cities", "--help")


def test_help_for_no_command_says_which_there_are(run):
    code, out, err = run("help", "citties")

    assert (code, out, err) == (2, "", "icapital: no command is called 'citties'. did you mean 'cities'?\n")


@pytest.mark.parametrize("command", NAMING)
def test_usage_shows_what_is_required(run, command):
    text = run("help", command).out

    assert text.startswith(f"Usage: icapital {command} [OPTIONS] {NAMING[command]}\n")
    assert text.count("[required]") == len(NAMING[command].split())
    assert "[required]" not in run("help", "cities").out


@pytest.mark.parametrize(
    ("command", "option", "values"),
    [
        ("contacts", "FORMAT", "table, plain, json, jsonl, yaml, csv, tsv, markdown, vcard or vcard4."),
        ("editions", "FORMAT", "table, plain, json, jsonl, yaml, csv, tsv, markdown or ical."),
        ("cities", "FORMAT", "table, plain, json, jsonl, yaml, csv, tsv or markdown."),
        ("brief", "FORMAT", "text, markdown, json or html."),
        ("sources", "KIND", "official, press-release, news or reference."),
        ("disputes", "WEIGHT", "open, settled or slip."),
        ("cities", "STATUS", "winner, runner-up, finalist or semi-finalist."),
        ("cite", "STYLE", "text, markdown, bibtex, biblatex, csl-json, ris, wikipedia or apa."),
        ("stats", "GROUP", "country, city, edition, year, category, status, publisher or language."),
    ],
)
def test_help_lists_the_values_that_the_command_takes(run, command, option, values):
    words = " ".join(run("help", command).out.split())

    assert f" {option} {values}" in words


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["espoo"], "espoo"),
        (["Esbo"], "Esbo"),
        (["jukka", "mäkelä", "--json"], "jukka mäkelä"),
        (["2019-espoo"], "2019-espoo"),
        (["Espoo 2019"], "Espoo 2019"),
        (["Київ"], "Київ"),
    ],
)
def test_a_name_in_the_place_of_a_command_leads_to_show(run, words, meant):
    code, out, err = run(*words)

    assert (code, out) == (2, "")
    assert err.endswith(f". did you mean: icapital show {meant}\n")
    assert run("show", *meant.split()).code == 0


@pytest.mark.parametrize("word", ["esspo-nowhere", "\u202e", "[sic]", "x" * 5_000, "'"])
def test_what_is_neither_command_nor_name_gets_the_commands(run, word):
    code, out, err = run(word)

    assert (code, out) == (2, "")
    assert "icapital show" not in err
    assert err.count("\n") == 1
    assert "choose from: cities, " in err or "did you mean" in err


# Errors


@pytest.mark.parametrize(
    ("words", "tag", "message"),
    [
        ("cities --city Esboo", "sv", "det finns ingen stad som heter 'Esboo'. menade du Esbo (espoo)?"),
        ("cities --city Esboo", "fi", "ei ole kaupunkia 'Esboo'. tarkoititko Esbo (espoo)?"),
        ("cities -f jsn", "fi", "ei ole muotoa 'jsn'. tarkoititko 'json'?"),
        ("cities --limit many", "sv", "--limit tar ett heltal, inte 'many'"),
        ("export", "sv", "argumentet 'WHAT' saknas. se icapital export --help"),
        ("cities --year", "fi", "valitsin '--year' vaatii arvon"),
        ("show", "sv", "ange en stad, en person, en källa eller ett faktum: icapital show espoo"),
        ("espoo", "fi", "ei ole komentoa 'espoo'. tarkoititko: icapital show espoo"),
    ],
)
def test_an_error_is_one_line_in_the_language(run, words, tag, message):
    english = run(*words.split())
    code, out, err = run(*words.split(), ICAPITAL_LANG=tag)

    assert (code, out, err) == (english.code, "", f"icapital: {message}\n")
    assert english.err != err


def test_an_error_in_a_pipe_is_english_whatever_the_locale(run):
    assert run("cities", "-f", "jsn", LC_ALL="sv_SE.UTF-8").err.startswith("icapital: no format is called ")


def test_an_error_on_a_terminal_follows_its_locale(terminal):
    assert terminal("cities", "-f", "jsn", LC_ALL="sv_SE.UTF-8").startswith("icapital: det finns inget format ")


@pytest.mark.parametrize("word", ["{why}", "{0}", "'. did you mean 'x'?", "%s", "\\1", "format", "{"])
def test_what_was_typed_is_kept_to_the_letter(run, word):
    err = run("cities", "-f", word, "--lang", "sv").err

    assert err.startswith(f"icapital: det finns inget format som heter {word!r}. ")


def test_an_empty_value_of_an_option_with_two_names_is_told_in_the_language(run):
    err = run("contacts", "--city", "", "--lang", "sv").err

    assert err.startswith("icapital: ogiltigt värde för '--city' / '-c': det är tomt")


RAISING = ("UsageError", "NotFoundError", "FactsError", "IcapitalError", "BadParameter", "warn")
TO_PROGRAMS = ("api/facts.py", "mcp/server.py", "mcp/tools.py", "mcp/prompts.py")  # whose errors no person reads
PARTS = ("it is empty", "Xyz", "XyzXyz", "Xyz: Xyz", "no Xyz is called 'x'.Xyz")  # of labelled messages


def messages_of(path):
    """Yield (line, message) of what a module raises or writes to people, with `Xyz` or `'x'` in each place."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in RAISING:
            message = spelled(node.args[0])
            if message not in {None, *PARTS}:
                yield node.lineno, message


def spelled(node):
    """Spell a text of the code; None for anything else."""
    if isinstance(node, ast.BinOp):
        return (spelled(node.left) or "Xyz") + (spelled(node.right) or "Xyz")
    if isinstance(node, ast.JoinedStr):
        return "".join(spelled(part) or ("'x'" if part.conversion == ord("r") else "Xyz") for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


@pytest.mark.parametrize("tag", ["sv", "fi"])
def test_every_error_and_comment_of_the_command_line_has_a_label(tag):
    phrases = {text: LABELS[tag][key] for key, text in LABELS["en"].items() if key.startswith(("error.", "help."))}
    package = Path(icapital_cli.__file__).parent
    paths = [path for path in package.rglob("*.py") if path.relative_to(package).as_posix() not in TO_PROGRAMS]
    told = {f"{path.name}:{line}": text for path in paths for line, text in messages_of(path)}

    assert len(told) > 70
    assert {place: text for place, text in told.items() if translated(text, phrases) == text} == {}


def test_a_message_without_a_label_stays_as_it_is():
    assert translated("brand new", {"no {what} is called {word}.": "x"}) == "brand new"


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        (["--lang", "sv"], "sv"),
        (["--lang=fi", "x"], "fi"),
        (["-lsv"], "sv"),
        (["x", "-l", "fi"], "fi"),
        (["--", "--lang", "sv"], None),
        (["--lang"], None),
        ([], None),
    ],
)
def test_the_language_is_found_in_a_command_line(words, lang):
    assert lang_in(words) == lang


# The web


@pytest.fixture
def browser(tmp_path):
    """A browser that writes down what it is to open."""
    program, opened = tmp_path / "browser", tmp_path / "opened"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {opened}\n')
    program.chmod(0o755)
    return program, opened


@pytest.mark.parametrize("words", ["show esbo-release-2019-09-25", "sources esbo-release-2019-09-25"])
def test_web_opens_the_first_source(process, browser, words):
    program, opened = browser
    result = process(*words.split(), "--web", BROWSER=f"{program} %s")

    assert (result.code, result.out) == (0, "")
    assert result.err == f"icapital: opened {opened.read_text()}\n"
    assert opened.read_text().startswith("https://www.esbo.fi/")


def test_web_of_a_page_opens_its_first_footnote(process, browser):
    program, opened = browser
    process("show", "2019-espoo", "--web", BROWSER=f"{program} %s")
    page = process("show", "2019-espoo", "-f", "plain").out

    assert opened.read_text() in re.search(r"^\[1\] .*$", page, re.MULTILINE)[0]


def test_without_a_browser_the_address_is_told(process):
    result = process("show", "2019-espoo", "--web", PATH="/nowhere")

    assert (result.code, result.out) == (1, "")
    assert re.fullmatch(r"icapital: no browser was found; the first source is https?://\S+\n", result.err)


# What a language lacks


@pytest.mark.parametrize("tag", ["../x", "Danish", "", "da_DK", "d" * 200])
def test_what_is_no_language_tag_has_nothing_missing(run, tag):
    result = run("languages", "--missing", tag, "--facts", FACTS)

    assert (result.code, result.out) == (2, "")


def translated_of(value):
    """Return a language file with another text in the place of each."""
    if isinstance(value, dict):
        return {key: translated_of(text) for key, text in value.items()}
    return [*map(translated_of, value)] if isinstance(value, list) else f"{value} – på dansk"


@pytest.fixture
def base(tmp_path):
    """A copy of the made-up facts, and the file of a language to come."""
    shutil.copytree(HERE / "base", tmp_path / "facts")
    return tmp_path / "facts", tmp_path / "facts" / "da.yaml"


def test_a_new_language_is_filled_from_what_is_missing(run, base):
    """What is printed is a language file: once it is translated the language is complete, and the base valid."""
    folder, file = base
    missing = yaml.safe_load(run("languages", "--missing", "da", "--facts", folder).out)
    ours = {part: translated_of(texts) for part, texts in missing.items() if isinstance(texts, dict)}
    file.write_text(yaml.safe_dump(missing | ours | {"name": "dansk"}, allow_unicode=True), "utf-8")

    assert missing["language"] == "da"
    row = next(line for line in run("languages", "--facts", folder, "-f", "plain").out.splitlines() if "dansk" in line)
    assert row.endswith("100 %")
    assert yaml.safe_load(run("languages", "--missing", "da", "--facts", folder).out) == {"language": "da"}


def test_a_template_that_nobody_filled_is_no_translation(run, base):
    """Its longer texts are English: they are missing, and an answer marks them."""
    folder, file = base
    missing = run("languages", "--missing", "da", "--facts", folder).out
    file.write_text(missing, "utf-8")
    still = yaml.safe_load(run("languages", "--missing", "da", "--facts", folder).out)

    texts = [text for fields in yaml.safe_load(missing)["texts"].values() for text in fields.values()]
    english = {text for text in map(str, texts) if " the " in text and " of " in text and text.count(" ") > 7}
    assert len(english) > 1
    assert english <= {text for fields in still["texts"].values() for text in fields.values() if isinstance(text, str)}
    row = next(line for line in run("languages", "--facts", folder, "-f", "plain").out.splitlines() if "da" in line)
    assert not row.endswith("100 %")
    assert "[en] " in run("initiatives", "--lang", "da", "--facts", folder).out


def test_a_complete_language_lacks_nothing(run):
    assert run("languages", "--missing", "sv", "--facts", FACTS).out == "language: sv\n"


def test_without_facts_in_yaml_it_says_what_to_do(run, tmp_path):
    result = run("languages", "--missing", "da", folder=tmp_path)

    assert result == (4, "", "icapital: no folder 'facts': run this in a checkout, or give --facts DIR\n")


def test_the_group_lists_each_command_once():
    assert sorted(LazyGroup().summaries()) == sorted(COMMAND_NAMES)
