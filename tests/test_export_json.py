"""The exported JSON files: the same as the command line, at addresses that stay, each with a schema."""

import json
from functools import cache

import pytest
from conftest import BASE
from jsonschema import Draft202012Validator

from icapital_cli import open_facts
from icapital_cli.export.run import run_export


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("json") / "facts"
    run_export("json", str(folder), facts=str(BASE), lang=None, force=False, options={}, warn=lambda _: None, err=None)
    return folder


@pytest.fixture(scope="module")
def read(folder):
    return cache(lambda name: json.loads((folder / name).read_text("utf-8")))


@pytest.fixture(scope="module")
def index(read):
    return read("index.json")


def test_the_index_names_every_file(folder, index):
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.json")} - {".icapital-export.json"}
    named = {"index.json"}
    for kind in index["kinds"]:
        named |= {kind["rows"], kind["schema"], kind["thing_schema"]}
        named |= {kind["thing"].replace("{id}", fact_id) for fact_id in kind["ids"]}

    assert named == files


def test_every_fact_is_at_the_address_of_its_kind_and_id(index):
    with open_facts(BASE) as facts:
        assert {kind["kind"]: kind["ids"] for kind in index["kinds"]} == {
            kind["kind"]: [row["id"] for row in facts.of_kind(kind["kind"])] for kind in facts.kinds() if kind["count"]
        }
        assert (index["facts_version"], index["facts_digest"]) == (facts.version, facts.digest)


def test_a_list_is_what_the_command_of_that_list_prints(folder, index, icapital):
    for kind in index["kinds"]:
        if kind["list"]:
            assert (folder / kind["rows"]).read_text("utf-8") == icapital(kind["list"], "--json").out


def test_a_thing_is_what_show_prints(folder, index, icapital):
    for kind in index["kinds"]:
        name = kind["ids"][0]
        assert (folder / kind["kind"] / f"{name}.json").read_text("utf-8") == icapital("show", name, "--json").out


@pytest.mark.parametrize("given", [str(BASE), None], ids=["made up", "real"])
@pytest.mark.parametrize("lang", ["en", "sv"])
def test_everything_in_one_pass_is_what_show_says_of_each(given, lang):
    with open_facts(given, lang=lang) as facts:
        everything = facts.everything()
        for kind in facts.kinds():
            assert everything.rows(kind["kind"]) == facts.of_kind(kind["kind"])
            for row in everything.rows(kind["kind"]):
                related = everything.related(kind["kind"], row["id"])
                rows = {section: [everything.row(one).values for one in ids] for section, ids in related.items()}

                assert everything.thing(kind["kind"], row["id"]) | {"related": rows} == facts.show(row["id"])


def test_every_file_is_valid_by_its_schema(index, read):
    for kind in index["kinds"]:
        rows, thing = (Draft202012Validator(read(kind[name])) for name in ("schema", "thing_schema"))
        Draft202012Validator.check_schema(read(kind["schema"]))
        Draft202012Validator.check_schema(read(kind["thing_schema"]))

        assert list(rows.iter_errors(read(kind["rows"]))) == []
        for fact_id in kind["ids"]:
            assert list(thing.iter_errors(read(kind["thing"].replace("{id}", fact_id)))) == []


def test_a_schema_is_no_formality(index, read):
    """What belongs to another kind, or lacks a key, is not valid."""
    kind = next(kind for kind in index["kinds"] if kind["kind"] == "results")
    row = dict(read(kind["rows"])[0])
    del row["city_id"]

    assert not Draft202012Validator(read(kind["schema"])).is_valid([row])
    assert not Draft202012Validator(read(kind["thing_schema"])).is_valid(read("cities/lodz.json"))


def test_another_language_is_in_its_words(tmp_path, icapital):
    folder = tmp_path / "facts"
    run_export("json", str(folder), facts=str(BASE), lang="sv", force=False, options={}, warn=lambda _: None, err=None)

    assert (folder / "results.json").read_text("utf-8") == icapital("cities", "--json", "--lang", "sv").out
    assert json.loads((folder / "index.json").read_text("utf-8"))["language"] == "sv"
