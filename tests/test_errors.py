"""What is asked wrongly is answered with one line, a remedy and the promised exit code; what is empty is an answer."""

import pytest
from conftest import BASE
from copies import Copy
from made_up import changed

from icapital_cli.formats.registry import LISTS

FIELDS = (
    "id, year, edition, city, city_id, country, country_code, category, status, rank, prize_eur, reason, lang, note, "
    "amount, sources, disputes"
)
FORMATS = ", ".join(LISTS.names())
LANGUAGES = "en (English), sv (svenska)"
SCHEMAS = (
    "editions, cities, prizes, people, initiatives, quotes, contacts, disputes, sources, gaps, show, search, "
    "verify, stats, map, timeline, compare, languages, about"
)


# Values that do not exist.


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("citties", "no command is called 'citties'. did you mean 'cities'?"),
        ("cities --yeer 2017", "no option is called '--yeer'. did you mean '--year'?"),
        ("cities --fields year,ctiy", "no field is called 'ctiy'. did you mean 'city'?"),
        ("cities --fields kelvin", f"no field is called 'kelvin'. choose from: {FIELDS}"),
        ("cities --fields year,", f"no field is called ''. choose from: {FIELDS}"),
        ("cities --fields year,city,year", "the field 'year' is named twice"),
        ("cities --sort ctiy", "no field is called 'ctiy'. did you mean 'city'?"),
        ("cities --sort -ctiy", "no field is called 'ctiy'. did you mean 'city'?"),
        ("cities --lang se", f"no language is called 'se'. did you mean 'sv'? choose from: {LANGUAGES}"),
        ("cities --lang xx", f"no language is called 'xx'. choose from: {LANGUAGES}"),
        ("cities --lang \udcff", f"no language is called '�'. choose from: {LANGUAGES}"),
        ("languages --lang se", f"no language is called 'se'. did you mean 'sv'? choose from: {LANGUAGES}"),
        ("cities --format jsn", "no format is called 'jsn'. did you mean 'json'?"),
        ("cities -f doc", f"no format is called 'doc'. choose from: {FORMATS}"),
        ("cities --color pink", "no color is called 'pink'. choose from: auto, always, never"),
        ("cities --limit x", "--limit takes a whole number, not 'x'"),
        ("cities --limit -1", "--limit takes a whole number, not '-1'"),
        ("cities --limit 1.5", "--limit takes a whole number, not '1.5'"),
        ("cities --limit ٣", "--limit takes a whole number, not '٣'"),
        ("cities --limit 99999999999999999999", "--limit takes a whole number, not '99999999999999999999'"),
        ("cities --json=yes", "option '--json' does not take a value"),
        ("cities --status winer", "no status is called 'winer'. did you mean 'winner'?"),
        ("cities --status lost", "no status is called 'lost'. choose from: winner, runner-up, finalist, semi-finalist"),
        ("cities --category huge", "no category is called 'huge'. choose from: grand-lantern, small-lantern"),
        ("prizes --award bright", "no award is called 'bright'. did you mean 'bright-town'?"),
        ("prizes --award nobel", "no award is called 'nobel'. choose from: lantern, bright-town"),
        ("sources --kind new", "no kind is called 'new'. did you mean 'news'?"),
        ("show", "name a city, person, source or fact: icapital show espoo"),
        ("about --schema citys", "no schema is called 'citys'. did you mean 'cities'?"),
        ("about --schema weather", f"no schema is called 'weather'. choose from: {SCHEMAS}"),
    ],
)
def test_a_wrong_word_is_named_with_what_to_choose_from(icapital, words, message):
    result = icapital(*words.split())

    assert result == (2, "", f"icapital: {message}\n")


def test_a_short_option_that_does_not_exist_is_named_with_the_options(icapital):
    result = icapital("cities", "-z")

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("icapital: no option is called '-z'. choose from: --year, ")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("cities --facts=", "'--facts'"),
        ("cities --lang=", "'--lang' / '-l'"),
        ("cities --format=", "'--format' / '-f'"),
        ("cities --city=", "'--city' / '-c'"),
        ("sources --publisher=", "'--publisher'"),
        ("cite 2017 --style=", "'--style'"),
        ("--facts= cities", "'--facts'"),
    ],
)
def test_an_empty_value_is_not_taken_for_none(run, words, hint):
    """An unset variable of a shell leaves one. The folder may be given before the command too."""
    result = run(*words.split())

    command = f"icapital {words.partition(' ')[0]}" if words[0] != "-" else "icapital"
    assert result == (2, "", f"icapital: invalid value for {hint}: it is empty. see {command} --help\n")


@pytest.mark.parametrize("option", ["--json", "--year", "--fields", "--format"])
def test_an_option_before_the_command_is_sent_to_its_place(run, option):
    result = run(option, "cities")

    assert result == (2, "", f"icapital: {option} stands after the command: icapital cities {option} …\n")


@pytest.mark.parametrize(
    "year",
    [
        *("abc", "2020..2017", "1;drop", "..", "0", "-2017", "99999", "2017...2020", "2017 OR 1=1", "x' or id='2017"),
        *("2020%", "2020_21", "٢٠١٧", "\udcff"),
    ],
)
def test_a_word_that_is_not_a_year_is_refused(icapital, year):
    result = icapital("cities", f"--year={year}")

    shown = year.replace("\udcff", "�")
    remedy = "give 2019, 2017..2020, or a label such as 2024-25"
    assert result == (2, "", f"icapital: {shown!r} is not a year. {remedy}\n")


# Names that nothing bears, or several.


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["cities", "--city", "Atlantis"], "no city is called 'Atlantis'."),
        (["cities", "--city", "City of Boat"], "no city is called 'City of Boat'. did you mean City of Boats (lodz)?"),
        (["cities", "--city", "Lodzz"], "no city is called 'Lodzz'. did you mean Łódź (lodz)?"),
        (["cities", "--city", "Nordvick"], "no city is called 'Nordvick'. did you mean Nordvik (nordvik)?"),
        (["cities", "--city", "L\udcf3dz"], "no city is called 'L�dz'. did you mean Łódź (lodz)?"),
        (["cities", "Atlantis"], "no match for 'Atlantis'."),
        (["cities", "--country", "Polnd"], "no country is called 'Polnd'. did you mean Poland (pl)?"),
        (["cities", "--country", "Sweden"], "no country is called 'Sweden'."),
        (["cities", "--country", "\udcff"], "no country is called '�'."),
        (["quotes", "--speaker", "Ada Quil"], "no person is called 'Ada Quil'. did you mean Ada Quill (ada-quill)?"),
        (["sources", "--publisher", "Gazete"], "no publisher is called 'Gazete'. did you mean 'Gazette'?"),
        (["sources", "--publisher", "Atlantis Post"], "no publisher is called 'Atlantis Post'."),
        (["show", "atlantis"], "no fact is called 'atlantis'."),
        (["show", "\udcff"], "no fact is called '�'."),
        (["show", "xyzzy" + "\u0301" * 1000], f"no fact is called 'xyzzy{chr(0x301) * 5}…'."),
    ],
)
def test_a_name_that_nothing_bears_is_not_guessed(icapital, words, message):
    """Near names are suggested with their ids; bytes that are no text, and piles of marks, are cut."""
    result = icapital(*words)

    assert result == (3, "", f"icapital: {message}\n")


def test_a_name_that_two_facts_bear_is_refused_with_their_ids(run, tmp_path):
    base = Copy(run, tmp_path / "base")
    cited = "    citations:\n      - source: gazette-2015\n        locator: last paragraph\n"
    base.add(f"organisations:\n  boat-club:\n    name: City of Boats\n{cited}")

    result = base.ask("show", "city of boats")
    marked = base.ask("show", "city of boats" + "\u0301" * 1000)

    several = "is ambiguous: lodz (cities), boat-club (organisations). give the id\n"
    assert result == (3, "", f"icapital: 'city of boats' {several}")
    assert marked == (3, "", f"icapital: 'city of boats{chr(0x301) * 5}…' {several}")


# Facts that cannot be read.


@pytest.mark.parametrize("command", ["cities", "show lodz", "about", "languages"])
@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("nowhere/at/all", "no folder 'nowhere/at/all'"),
        ("x" * 300, f"no folder '{'x' * 80}…'"),
        ("base/cities.yaml", "no folder 'base/cities.yaml'"),
    ],
)
def test_a_folder_that_is_missing_is_named(run, command, folder, message):
    result = run(*command.split(), "--facts", folder, folder=BASE.parent)

    assert result == (4, "", f"icapital: {message}\n")


def test_a_folder_without_facts_is_named(run, tmp_path):
    result = run("cities", "--facts", tmp_path)

    assert result == (4, "", f"icapital: no .yaml file in the folder '{tmp_path}'\n")


def test_facts_with_problems_are_named_with_file_line_and_column(run, tmp_path):
    (tmp_path / "cities.yaml").write_text("cities:\n  A B:\n    name: A\n", "utf-8")

    result = run("cities", "--facts", tmp_path)

    assert (result.code, result.out) == (4, "")
    assert result.err.startswith(f"{tmp_path}/cities.yaml:2:3: ")


# What is empty is answered.


EMPTY = {"table": "", "plain": "", "json": "[]\n", "jsonl": "", "yaml": "[]\n"}


@pytest.mark.parametrize(("shape", "empty"), EMPTY.items())
def test_an_empty_answer_is_an_answer(icapital, shape, empty):
    result = icapital("cities", "--year", "2016", "--format", shape)

    assert result == (0, empty, "icapital: no edition in 2016; editions: 2015, 2017, 2020 (2020-21)\n")


@pytest.mark.parametrize(
    ("words", "there"),
    [
        (
            "cities --year 2015 --country norway --status winner",
            "fits all of these; year 2015: 3, country norway: 3, status winner: 4",
        ),
        ("contacts --city lodz", "found; contacts: Västersund 1"),
        ("contacts lodz", "found; contacts: Västersund 1"),
        ("disputes --weight slip", "found; disputes: Nordvik 2, Västersund 1"),
    ],
)
def test_an_empty_answer_says_what_there_is(icapital, words, there):
    result = icapital(*words.split())

    assert result == (0, "", f"icapital: nothing {there}\n")


def test_quotation_marks_in_a_fact_are_data(run, tmp_path):
    folder = changed(tmp_path / "base", ("sources.yaml", "publisher: Gazette", "publisher: \"L'Heure') OR ('1'='1\""))

    result = run("sources", "--publisher", "l'heure", "--fields", "id", "-f", "plain", "--facts", folder)

    assert result == (0, "gazette-2015\n", "")


def test_the_folder_may_be_given_before_the_command(run):
    result = run("--facts", BASE, "about")

    assert f"\nFacts: {BASE}\n" in result.out
