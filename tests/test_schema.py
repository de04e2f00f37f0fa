"""The JSON promise: the keys of DESIGN.md section 4, a schema that says so, and real answers that keep it."""

import json
import re
from functools import cache

import pytest
from jsonschema import Draft202012Validator

# The table of DESIGN.md, section 4, to the letter. Keys are only ever added, so an answer may have more.
PROMISED = {
    "cities": "year edition city city_id country country_code category status rank prize_eur reason lang",
    "prizes": "award year city city_id country country_code category status amount currency purpose lang",
    "initiatives": "name city city_id year summary basis since partners figures lang",
    "quotes": "text lang original_lang translated speaker speaker_id role organisation city city_id date year occasion",
    "contacts": "name role organisation city city_id phone email as_of lang",
    "people": "name role organisation city city_id year lang",
    "editions": "year label date event place organiser commissioner applications winners",
    "disputes": "year topic severity claims believed why",
    "sources": "title publisher url date lang kind cited",
}
LANGUAGES = ("en", "fi", "sv")
# What the same question may answer differently in another language: names and texts, never keys or enum values.
SPOKEN = {
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


@pytest.fixture(scope="module")
def ask(run):
    @cache
    def asked(command, lang):
        result = run(command, "--lang", lang, "--json")
        assert (result.code, result.err) == (0, "")
        return json.loads(result.out)

    return asked


@pytest.fixture(scope="module")
def schema(run):
    @cache
    def schema_of(command):
        return json.loads(run("about", "--schema", command).out)

    return schema_of


@pytest.mark.parametrize("command", PROMISED)
def test_each_schema_is_a_schema_of_the_2020_12_dialect(schema, command):
    Draft202012Validator.check_schema(schema(command))

    assert schema(command)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", PROMISED)
def test_every_answer_keeps_its_schema(ask, schema, command, lang):
    checker = Draft202012Validator(schema(command), format_checker=Draft202012Validator.FORMAT_CHECKER)

    assert [f"{error.json_path}: {error.message}" for error in checker.iter_errors(ask(command, lang))] == []


@pytest.mark.parametrize("command", PROMISED)
def test_the_keys_are_those_that_were_promised_in_their_order(ask, command):
    ending = ["disputes"] if command == "sources" else ["sources", "disputes"]
    promised = ["id", *PROMISED[command].split(), *ending]

    kept = [key for key in ask(command, "en")[0] if key in promised]

    assert kept == promised


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", PROMISED)
def test_nothing_is_left_out_of_any_object(ask, schema, command, lang):
    keys = schema(command)["items"]["required"]

    assert {tuple(row) for row in ask(command, lang)} == {tuple(keys)}


@pytest.mark.parametrize("command", PROMISED)
def test_ids_are_lower_case_letters_digits_and_hyphens_and_never_repeat(ask, command):
    ids = [row["id"] for row in ask(command, "en")]

    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("[a-z0-9-]+", fact_id) for fact_id in ids)


@pytest.mark.parametrize("command", [command for command in PROMISED if command != "sources"])
def test_every_fact_names_a_source_and_the_place_on_it(ask, command):
    keys = ["id", "publisher", "title", "url", "date", "locator", "excerpt"]

    assert all(row["sources"] for row in ask(command, "en"))
    assert {tuple(source) for row in ask(command, "en") for source in row["sources"]} == {tuple(keys)}


def test_sources_have_no_sources_and_say_how_often_they_are_cited(ask):
    assert not [row for row in ask("sources", "en") if "sources" in row or row["cited"] < 0]


def test_a_claim_is_what_is_said_and_who_says_it(ask):
    claims = [claim for row in ask("disputes", "en") for claim in row["claims"]]

    assert {tuple(claim) for claim in claims} == {("says", "sources")}
    assert all(claim["says"] and claim["sources"] for claim in claims)


def test_a_figure_is_a_number_a_unit_and_what_it_counts(ask):
    figures = [figure for row in ask("initiatives", "en") for figure in row["figures"]]

    assert all({"value", "unit", "of"} <= set(figure) <= {"value", "unit", "of", "qualifier"} for figure in figures)
    assert all(isinstance(figure["value"], int | float) for figure in figures)


@pytest.mark.parametrize("lang", ["fi", "sv"])
@pytest.mark.parametrize("command", PROMISED)
def test_only_names_and_texts_change_with_the_language(ask, command, lang):
    """So ids, enum values, numbers and dates stay English and ISO 8601 in every language."""
    spoken = SPOKEN[command].split()

    def unspoken(rows):
        return [{key: value for key, value in row.items() if key not in spoken} for row in rows]

    assert unspoken(ask(command, lang)) == unspoken(ask(command, "en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_enum_values_are_english_in_every_language(ask, lang):
    cities, initiatives = ask("cities", lang), ask("initiatives", lang)

    assert {row["status"] for row in cities} == {"winner", "runner-up", "finalist", "semi-finalist"}
    assert {row["category"] for row in cities} == {"capital-of-innovation", "rising-innovative-city"}
    assert {row["basis"] for row in initiatives} == {"official-reason", "own-account", "press-account"}
    assert {row["severity"] for row in ask("disputes", lang)} == {"high", "medium", "low"}
    assert {row["kind"] for row in ask("sources", lang)} == {"official", "press-release", "news", "reference"}


@pytest.mark.parametrize("command", PROMISED)
def test_disputes_are_ids_of_disputes(ask, command):
    known = {row["id"] for row in ask("disputes", "en")}

    assert {dispute for row in ask(command, "en") for dispute in row["disputes"]} <= known


def test_the_schema_of_what_is_not_known_is_a_schema_and_kept(run, schema):
    gaps = json.loads(run("about", "--gaps", "--json").out)

    Draft202012Validator.check_schema(schema("gaps"))

    assert gaps
    assert not list(Draft202012Validator(schema("gaps")).iter_errors(gaps))


@pytest.mark.parametrize(
    "words",
    ["show espoo", "show 2019-espoo", "search makela", "stats --by city", "compare espoo vantaa", "languages", "about"],
)
def test_the_other_commands_keep_their_schema_too(run, words):
    schema = json.loads(run("about", "--schema", words.split()[0]).out)

    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(run(*words.split(), "--json").out))
