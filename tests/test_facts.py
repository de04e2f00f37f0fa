"""The real facts: what must hold of them, asked through the tool as a user asks."""

import json

import pytest
from conftest import FACTS

SEEDS = {"esbo-release-2019-09-25", "businesswire-espoo-2019"}


@pytest.fixture(scope="module")
def ask(run):
    def asked(*words):
        result = run(*words, "--json")
        assert (result.code, result.err) == (0, "")
        return json.loads(result.out)

    return asked


def test_the_six_best_of_2019(ask):
    rows = [row for row in ask("cities", "--year", "2019") if row["status"] != "finalist"]

    assert {row["city_id"]: (row["country_code"], row["status"]) for row in rows} == {
        "nantes": ("FR", "winner"),
        "espoo": ("FI", "runner-up"),
        "antwerp": ("BE", "runner-up"),
        "bristol": ("GB", "runner-up"),
        "glasgow": ("GB", "runner-up"),
        "rotterdam": ("NL", "runner-up"),
    }
    assert all(SEEDS & {s["id"] for s in row["sources"] if s["excerpt"]} for row in rows)


def test_there_are_as_many_results_as_the_record_has(ask):
    assert len(ask("cities")) == 125


def test_each_category_of_an_edition_has_one_winner(ask):
    winners = ask("cities", "--status", "winner")

    assert len(winners) == len({(row["year"], row["category"]) for row in winners}) == 16


def test_the_real_facts_are_in_order(run):
    assert run("check", str(FACTS)) == (0, "", "")


def test_every_language_says_everything(ask):
    assert {row["tag"]: row["complete"] for row in ask("languages")} == {"en": "100 %", "fi": "100 %", "sv": "100 %"}


def test_a_disputed_step_of_a_timeline_is_marked(ask):
    (edition,) = ask("editions", "--year", "2020")
    disputed = {step["id"]: step["disputes"] for step in edition["timeline"] if step["disputes"]}

    assert "2020-date-of-top-six" in disputed["2020-final"]
    assert "2020-date-of-top-six" in edition["disputes"]


def test_a_citation_says_that_sources_disagree(run):
    assert "; disputed, see 2021-dublin-malaga-share" in run("cite", "2021-dublin").out


def test_the_facts_may_be_named_before_the_command(run):
    assert run("--facts", str(FACTS), "cities", "--year", "2019", "--json") == run("cities", "--year", "2019", "--json")
