"""`icapital check`: the folder, its files, and the structure of facts; a problem has file, line, column and rule."""

import pytest
from conftest import BASE
from copies import new, problems, table
from made_up import CITY, DISPUTE, INITIATIVE, SOURCE

CITATIONS = "\n      - source: lantern-2015\n        locator: list of cities\n"
KINDS = (
    "awards, categories, statuses, editions, results, prizes, schemes, milestones, rules, countries, cities,"
    " organisations, people, posts, initiatives, quotes, contacts, disputes, sources, gaps, and language"
)


# The folder.


def test_a_valid_base_is_passed_in_silence(run):
    result = run("check", BASE)

    assert result == (0, "", "")


def test_the_facts_that_these_tests_add_are_valid_until_broken(base):
    """A city, an initiative, a dispute, and a page that prints another again and that a claim cites."""
    base.add(f"{CITY}{INITIATIVE}{DISPUTE}{SOURCE}    reprint_of: gazette-2017\n")
    base.change("disputes.yaml", "herald-2017", "new-source")
    base.change("cities.yaml", "lantern-2017", "herald-2017")

    result = base.check()

    assert result == (0, "", "")


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("nowhere", "no folder 'nowhere'"),
        ("cities.yaml", "no folder 'cities.yaml'"),
        ("empty", "no .yaml file in the folder 'empty'"),
        ("texts", "no .yaml file in the folder 'texts'"),
        ("nothing", "no fact in the folder 'nothing'"),
    ],
)
def test_a_folder_without_facts_is_named(base, folder, message):
    """It is missing, a file, empty, without YAML, or holds an empty file."""
    (base.folder / "empty").mkdir()
    (base.folder / "nothing").mkdir()
    base.add("", "nothing/new.yaml")

    result = base.run("check", folder, folder=base.folder)

    assert result == (4, "", f"icapital: {message}\n")


def test_a_language_alone_is_no_fact_base(base):
    """Its translations belong to no text."""
    result = base.run("check", "languages", folder=base.folder)

    assert (result.code, result.out) == (4, "")
    assert result.err.startswith("languages/en.yaml:")


def test_a_hidden_file_is_no_part_of_the_base(base):
    base.add("cities: 5\n", ".draft.yaml")

    result = base.check()

    assert result == (0, "", "")


def test_a_fact_may_be_in_any_file(base):
    (base.folder / "deep" / "er").mkdir(parents=True)
    (base.folder / "cities.yaml").rename(base.folder / "deep" / "er" / "towns.yml")

    result = base.check()

    assert result == (0, "", "")


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_name_of_a_file_begins_with_the_folder_that_was_given(base, slash):
    base.add("cities: 5\n")

    result = base.run("check", f"base{slash}", folder=base.folder.parent)

    assert result == problems("base/new.yaml:1:9: cities must be a mapping from ids to facts, not a text [schema]")


def test_all_problems_are_reported_at_once_in_the_order_of_the_files(base):
    base.change("people.yaml", "phone: '+3225550100'\n    as_of: '2017-11-08'", "as_of: soon")
    base.change("award.yaml", "year: 2016", "year: last")
    base.change("editions/2015.yaml", "summary: A city applies with one idea.", "summary:")
    base.add(SOURCE.replace("type: news", "type: rumour").replace("lang: en", "lang: English"))

    result = base.check()

    assert result == problems(
        "award.yaml:62:11: year must be a whole number, not 'last' [schema]",
        "editions/2015.yaml:53:13: summary must be text, or a mapping from language tags to published texts,"
        " not empty [schema]",
        "new.yaml:6:11: lang must be a language tag such as sv or pt-BR (BCP 47), not 'English' [languages]",
        "new.yaml:7:11: type must be one of official, press-release, news, reference, not 'rumour' [schema]",
        "people.yaml:141:12: as_of must be a date such as 2019, 2019-09 or 2019-09-25, not 'soon' [dates]",
    )


@pytest.mark.parametrize(
    ("found", "last"), [(5000, "new.yaml:5001:"), (5001, "… and 1 more problems"), (7000, "… and 2000 more")]
)
def test_no_more_than_5000_problems_are_shown(base, found, last):
    base.add("rules:\n" + "".join(f"  rule-{number}: rule-{number}\n" for number in range(found)))

    result = base.check()

    lines = result.err.splitlines()
    assert result.code == 4
    assert len(lines) == min(found, 5001)
    assert lines[4999].startswith("new.yaml:5001:")
    assert lines[-1].startswith(last)


@pytest.mark.parametrize("command", ["cities", "about"])
def test_no_command_answers_from_a_broken_base(base, command):
    base.change("award.yaml", "year: 2016", "year: last")

    result = base.ask(command)

    assert result == (4, "", f"{base.folder}/award.yaml:62:11: year must be a whole number, not 'last' [schema]\n")


# The structure of a file and of its facts.


BROKEN = {
    "an unknown kind is named with the kinds to choose from": (
        new("towns:\n  lodz:\n    name: Łódź\n"),
        f"new.yaml:1:1: unknown kind 'towns'; choose from: {KINDS} [unknown-key]",
    ),
    "a kind appears once in a file": (
        new("cities: {}\nrules: {}\ncities: {}\n"),
        "new.yaml:1:1: 'cities' appears twice in this file [duplicate-key]",
        "new.yaml:3:1: 'cities' appears twice in this file [duplicate-key]",
    ),
    "a kind is a mapping from ids to facts": (
        new("cities:\n  - Łódź\n"),
        "new.yaml:2:3: cities must be a mapping from ids to facts, not a list [schema]",
    ),
    "an id is a word": (
        new("cities:\n  ? [a, b]\n  : name: Łódź\n"),
        "new.yaml:2:5: a key must be a word [schema]",
    ),
    "an id is unique in the whole base": (
        new(CITY, "new-city", "tram-lamps"),
        "new.yaml:2:3: the id 'tram-lamps' is taken in editions/2015.yaml:93: ids are unique in the whole base [ids]",
    ),
    "an id is unique in its own file": (
        new(CITY + CITY.removeprefix("cities:\n")),
        "new.yaml:9:3: the id 'new-city' is taken in new.yaml:2: ids are unique in the whole base [ids]",
    ),
    "an id that begins with prize- is kept for the prizes of results": (
        ("award.yaml", "  bright-town-2016-vastersund:", "  prize-2015-lodz:"),
        "award.yaml:60:3: an id may not begin with 'prize-': such ids are made from results [ids]",
    ),
    "an id has no space around it": (
        new(CITY, "  new-city:", "  ' new-city ':"),
        "new.yaml:2:3: id must not begin or end with a space [ids]",
    ),
    "an id has small letters, digits and hyphens": (
        new(CITY, "new-city", "New_City"),
        "new.yaml:2:3: id must be an id of a-z, 0-9 and hyphens, not 'New_City' [ids]",
    ),
    "the id of an edition is a year": (
        new("editions:\n  next:\n    award: lantern\n    citations:\n      - {source: lantern-2015, locator: end}\n"),
        "new.yaml:2:3: id must be a year of four digits, not 'next' [ids]",
    ),
    "a fact is a mapping": (
        new("cities:\n  new-city: Newton\n"),
        "new.yaml:2:13: must be a mapping, not a text [schema]",
    ),
    "a key of a fact is a word": (
        new(CITY, "    type: city\n", "    type: city\n    ? [a, b]\n    : c\n"),
        "new.yaml:6:7: a key must be a word [schema]",
    ),
    "an unknown key is named with the keys that a fact may have": (
        new(CITY, "    type: city\n", "    type: city\n    mayor: x\n"),
        (
            "new.yaml:6:5: unknown key 'mayor' in city; it may have: name, country, type, also_called, exonyms,"
            " around, latitude, longitude, geonames, wikidata, citations [unknown-key]"
        ),
    ),
    "a key appears once in a fact": (
        new(CITY, "    type: city\n", "    type: city\n    type: district\n"),
        "new.yaml:6:5: 'type' appears twice in this city [duplicate-key]",
    ),
    "a missing key is named where the fact begins": (
        new(CITY, "    type: city\n"),
        "new.yaml:3:5: 'type' is missing in this city [schema]",
    ),
    "a fact has citations": (
        new(CITY, f"    citations:{CITATIONS}"),
        "new.yaml:3:5: 'citations' is missing in this city [citations]",
    ),
    "a fact has one citation at least": (
        new(CITY, CITATIONS, " []\n"),
        "new.yaml:6:16: citations must name at least one source [citations]",
    ),
    "a citation has a locator": (
        new(CITY, "        locator: list of cities\n"),
        "new.yaml:7:9: 'locator' is missing in this citation [schema]",
    ),
    "a claim has citations": (
        new(
            DISPUTE,
            "Thirteen.\n        citations:\n          - source: gazette-2015\n            locator: last line\n",
            "Thirteen.\n",
        ),
        "new.yaml:13:9: 'citations' is missing in this claim [citations]",
    ),
    "a figure has a unit": (
        new(INITIATIVE, "        unit: lamps\n"),
        "new.yaml:9:9: 'unit' is missing in this figure [schema]",
    ),
    "a fact that is not valid is not missed by others": (
        ("cities.yaml", "country: PL", "country: Poland"),
        "cities.yaml:4:14: country must be a country code of two capital letters (ISO 3166-1), not 'Poland' [country]",
    ),
    "a gap that is not valid is not missed by others": (
        ("gaps.yaml", "since: 2025-01\n", "since: soon\n"),
        "gaps.yaml:27:12: since must be a date such as 2019, 2019-09 or 2019-09-25, not 'soon' [dates]",
    ),
    "nothing is reported of the rest where a file cannot be read": (
        ("sources.yaml", "sources: [\n"),
        "sources.yaml:2:1: is not YAML: did not find expected node content [yaml]",
    ),
}


@table("case", BROKEN)
def test_a_broken_structure_is_reported_at_its_place(base, case):
    edit, *lines = case
    base.edit(*edit)

    result = base.check()

    assert result == problems(*lines)
