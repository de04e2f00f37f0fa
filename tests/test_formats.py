"""Formats of lists: golden files, round trips, and the options that choose, sort and cut what a list shows.

A golden file is what a command prints: `icapital cities -f csv --facts tests/base > tests/golden/cities.csv`.
"""

import csv
import io
import json

import pytest
import yaml
from conftest import HERE

from icapital_cli.formats.registry import LISTS
from icapital_cli.model import KINDS

GOLDEN = HERE / "golden"
COMMANDS = [kind.command.name for kind in KINDS.values() if kind.command]


@pytest.mark.parametrize("name", LISTS.names(()))
@pytest.mark.parametrize("command", ["cities", "quotes"])
def test_a_format_is_the_golden_file_to_the_byte(icapital, command, name):
    """A format without a golden file fails here, so a new format brings its own."""
    result = icapital(command, "--format", name)

    assert (result.code, result.err) == (0, "")
    assert result.out.encode() == (GOLDEN / f"{command}.{name}").read_bytes()


def test_no_golden_file_is_left_of_a_format_that_is_gone():
    assert {path.suffix[1:] for path in GOLDEN.glob("cities.*")} == set(LISTS.names(()))


# Round trips


@pytest.mark.parametrize("command", COMMANDS)
def test_yaml_and_jsonl_hold_the_same_objects_as_json(icapital, command):
    facts = json.loads(icapital(command, "--json").out)

    assert facts
    assert yaml.safe_load(icapital(command, "--format", "yaml").out) == facts
    assert [json.loads(line) for line in icapital(command, "--format", "jsonl").out.splitlines()] == facts


@pytest.mark.parametrize("command", COMMANDS)
def test_csv_and_tsv_have_the_keys_of_json_and_a_line_for_each_fact(icapital, command):
    facts = json.loads(icapital(command, "--json").out)
    rows = list(csv.DictReader(io.StringIO(icapital(command, "--format", "csv").out, newline="")))
    lines = icapital(command, "--format", "tsv").out.splitlines()

    assert [row["id"] for row in rows] == [line.split("\t")[0] for line in lines[1:]] == [f["id"] for f in facts]
    assert list(rows[0]) == lines[0].split("\t") == list(facts[0])


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        pytest.param(
            "prizes nordvik --year 2017 -f csv --fields amount,sources,disputes",
            "amount,sources,disputes\r\n100000,lantern-2017; wire-release-2017,nordvik-prize-2017\r\n",
            id="csv joins arrays and gives sources as ids",
        ),
        pytest.param(
            "initiatives tram-lamps -f csv --fields figures",
            "figures\r\n1250 | lamps | lamps that listen to trams | more than; 37.5 | % | electricity saved\r\n",
            id="csv separates the parts of an item in another way than the items",
        ),
        pytest.param(
            "cities nordvik --year 2017 -f csv --fields reason,disputes",
            "reason,disputes\r\n=Dark+Sky: a park without a single lamp.,nordvik-prize-2017\r\n",
            id="csv without --excel leaves a formula as it is",
        ),
        pytest.param(
            "cities nordvik --year 2015 -f markdown --fields reason",
            '| Reason |\n| --- |\n| A lighthouse that anyone may book: "ours \\[sic\\] \\| yours". |\n',
            id="markdown escapes brackets and pipes of a text",
        ),
        pytest.param(
            "cities --year 2015 -f tsv --fields country_code,id,rank",
            "country_code\tid\trank\nPL\t2015-lodz\t1\nNO\t2015-nordvik\t2\nGB\t2015-brambury\t\n",
            id="fields choose the columns and their order",
        ),
        pytest.param(
            "cities lodz --year 2015 --json --fields city,prize_eur",
            '[\n{"city": "Łódź", "prize_eur": 500000}\n]\n',
            id="fields choose the keys of json too",
        ),
        pytest.param(
            "cities --sort=-prize_eur --limit 1 --fields id -f plain",
            "2017-vastersund\n",
            id="limit counts after sorting",
        ),
        pytest.param(
            "cities vastersund --year 2017 --sources",
            "Edition  City        Country  Category       Status  Prize       Sources\n"
            "2017     Västersund  Finland  Grand Lantern  Winner  €1,000,000  lantern-2017; vastersund-release-2017\n",
            id="sources shows the citations in the table",
        ),
    ],
)
def test_a_list_prints_exactly_what_was_asked_for(icapital, words, printed):
    assert icapital(*words.split()) == (0, printed, "")


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("table", ""),
        ("plain", ""),
        ("json", "[]\n"),
        ("jsonl", ""),
        ("csv", "id,rank\r\n"),
        ("tsv", "id\trank\n"),
        ("markdown", "| Id | Rank |\n| --- | --- |\n"),
        ("yaml", "[]\n"),
    ],
)
def test_a_list_without_a_fact_is_still_of_its_format(icapital, name, printed):
    result = icapital("cities", "--limit", "0", "--fields", "id,rank", "-f", name)

    assert (result.code, result.out) == (0, printed)


# The options of every list


@pytest.mark.parametrize(
    ("field", "ids"),
    [
        ("prize_eur", ["2017-lodz", "2017-nordvik", "2017-vastersund", "2015-nordvik"]),
        ("-prize_eur", ["2017-vastersund", "2017-nordvik", "2017-lodz", "2015-nordvik"]),
        ("rank", ["2017-vastersund", "2015-nordvik", "2017-nordvik", "2017-lodz"]),
        ("-id", ["2017-vastersund", "2017-nordvik", "2017-lodz", "2015-nordvik"]),
        ("year", ["2015-nordvik", "2017-vastersund", "2017-nordvik", "2017-lodz"]),
    ],
)
def test_sort_orders_by_a_field_and_leaves_missing_values_for_last(icapital, field, ids):
    result = icapital("cities", "--year", "2015..2017", f"--sort={field}", "--fields", "id", "-f", "plain")

    assert [line for line in result.out.splitlines() if line in ids] == ids


@pytest.mark.parametrize("field", ["prize_eur", "-prize_eur"])
def test_missing_values_come_last_both_ways(icapital, field):
    rows = json.loads(icapital("cities", f"--sort={field}", "--json").out)

    assert [row["prize_eur"] is None for row in rows] == [False] * 6 + [True] * 4


@pytest.mark.parametrize(("limit", "count"), [("0", 0), ("3", 3), ("10", 10), ("999999999", 10)])
def test_limit_keeps_the_first_facts(icapital, limit, count):
    every = json.loads(icapital("cities", "--json").out)

    assert json.loads(icapital("cities", "--limit", limit, "--json").out) == every[:count]


def test_sources_changes_nothing_for_scripts(icapital):
    assert icapital("cities", "--sources", "--json") == icapital("cities", "--json")
