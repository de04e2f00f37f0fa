"""The JSON promise: the keys of DESIGN.md section 4, a schema that describes them, and real answers that keep it."""

import json
import re
from functools import cache

import pytest
from jsonschema import Draft202012Validator

from icapital_cli.model import KINDS

COMMANDS = [kind.command.name for kind in KINDS.values() if kind.command]
# The table of DESIGN.md, section 4, to the letter. Keys are only ever added, so an answer may have more.
PROMISED = {
    "cities": "year edition city city_id country country_code category status rank prize_eur reason lang",
    "prizes": "award year city city_id country country_code category status amount currency purpose lang",
    "initiatives": "name city city_id year summary basis since partners figures lang",
    "quotes": "text lang original_lang translated speaker speaker_id role organisation city city_id date year occasion",
    "contacts": "name role organisation city city_id phone email as_of lang",
    "people": "name role organisation city city_id year lang",
    "editions": "year label date event place organiser commissioner applications winners",
    "disputes": "year topic severity weight claims believed why",
    "sources": "title publisher url date lang kind cited",
}
# Values of closed lists, which scripts compare with: they too are only ever added.
VALUES = {
    ("cities", "status"): {"winner", "runner-up", "finalist", "semi-finalist"},
    ("prizes", "status"): {"winner", "runner-up", "finalist", "semi-finalist"},
    ("initiatives", "basis"): {"official-reason", "own-account", "press-account"},
    ("disputes", "severity"): {"high", "medium", "low"},
    ("disputes", "weight"): {"open", "settled", "slip"},
    ("sources", "kind"): {"official", "press-release", "news", "reference"},
}
# What the same question may answer differently in another language: names and texts, never keys or enum values.
LOCALIZED = {
    "cities": "city country reason note lang",
    "prizes": "award city country purpose lang",
    "initiatives": "name city summary partners figures since_note note lang",
    "quotes": "text lang translated speaker role organisation city occasion note",
    "contacts": "name role organisation city lang",
    "people": "name role organisation city lang",
    "editions": "event place organiser commissioner winners commissioner_role applications_note jury note "
    "timeline lang",
    "disputes": "topic claims believed why lang",
    "sources": "note",
}
OTHERS = ("show espoo", "show 2019-espoo", "search makela", "stats --by city", "compare espoo vantaa", "languages")


@pytest.fixture(scope="module")
def ask(run):
    """Ask the shipped facts, in a language: the JSON of the answer."""

    @cache
    def asked(words, lang="en"):
        result = run(*words.split(), "--lang", lang, "--json")
        assert (result.code, result.err) == (0, "")
        return json.loads(result.out)

    return asked


@pytest.fixture(scope="module")
def languages(ask):
    return [row["tag"] for row in ask("languages")]


@pytest.fixture(scope="module")
def schema(run):
    @cache
    def schema_of(command):
        return json.loads(run("about", "--schema", command).out)

    return schema_of


def violations(schema, answer):
    """List where an answer breaks a schema, which is a schema itself."""
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(answer)]


# Schemas


def test_every_promised_command_is_there():
    assert PROMISED.keys() <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_list_of_every_kind_keeps_its_schema_in_every_language(ask, schema, languages, command):
    """So enum values, numbers and dates stay English and ISO 8601 in every language."""
    for lang in languages:
        rows = ask(command, lang)

        assert violations(schema(command), rows) == []
        assert {tuple(row) for row in rows} == {tuple(schema(command)["items"]["required"])}


@pytest.mark.parametrize("words", [*OTHERS, "about", "about --gaps"])
def test_the_other_commands_keep_their_schema_too(ask, schema, words):
    answer = ask(words)

    assert answer
    assert violations(schema("gaps" if "--gaps" in words else words.split()[0]), answer) == []


@pytest.mark.parametrize("command", PROMISED)
def test_the_keys_are_those_that_were_promised_in_their_order(schema, command):
    ending = ["disputes"] if command == "sources" else ["sources", "disputes"]
    promised = ["id", *PROMISED[command].split(), *ending]

    assert [key for key in schema(command)["items"]["required"] if key in promised] == promised


@pytest.mark.parametrize(("command", "key"), VALUES)
def test_the_values_of_closed_lists_are_those_that_were_promised(schema, command, key):
    assert VALUES[command, key] <= {*schema(command)["items"]["properties"][key]["enum"]}


def test_the_promised_categories_are_ids_of_results(ask):
    assert {"capital-of-innovation", "rising-innovative-city"} <= {row["category"] for row in ask("cities")}


# Answers


@pytest.mark.parametrize("command", PROMISED)
def test_only_names_and_texts_change_with_the_language(ask, languages, command):
    localized = LOCALIZED[command].split()

    def others(rows):
        return [{key: value for key, value in row.items() if key not in localized} for row in rows]

    assert [lang for lang in languages if others(ask(command, lang)) != others(ask(command))] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_ids_are_lower_case_letters_digits_and_hyphens_and_unique(ask, command):
    ids = [row["id"] for row in ask(command)]

    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("[a-z0-9-]+", fact_id) for fact_id in ids)


@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "sources"])
def test_every_fact_names_a_source_and_the_place_on_it(ask, command):
    keys = ["id", "publisher", "title", "url", "date", "locator", "excerpt", "read_on"]

    assert all(row["sources"] for row in ask(command))
    assert {tuple(source) for row in ask(command) for source in row["sources"]} == {tuple(keys)}


def test_sources_have_no_sources_and_say_how_often_they_are_cited(ask):
    assert [row for row in ask("sources") if "sources" in row or row["cited"] < 0] == []


def test_a_claim_is_what_is_said_and_who_says_it(ask):
    claims = [claim for row in ask("disputes") for claim in row["claims"]]

    assert {tuple(claim) for claim in claims} == {("says", "sources")}
    assert all(claim["says"] and claim["sources"] for claim in claims)


def test_a_figure_is_a_number_a_unit_and_what_it_counts(ask):
    figures = [figure for row in ask("initiatives") for figure in row["figures"]]

    assert all({"value", "unit", "of"} <= set(figure) <= {"value", "unit", "of", "qualifier"} for figure in figures)
    assert all(isinstance(figure["value"], int | float) for figure in figures)


@pytest.mark.parametrize("command", COMMANDS)
def test_disputes_are_ids_of_disputes(ask, command):
    known = {row["id"] for row in ask("disputes")}

    assert {dispute for row in ask(command) for dispute in row["disputes"]} <= known
