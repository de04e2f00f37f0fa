"""The real facts: what holds of any valid fact base with its editions, asked through the tool as a user asks."""

import json
from collections import Counter
from functools import cache

import pytest
import yaml
from conftest import FACTS

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
SEEDS = {"esbo-release-2019-09-25", "businesswire-espoo-2019"}


@pytest.fixture(scope="module")
def ask(run):
    @cache
    def asked(*words):
        result = run(*words, "--json")
        assert (result.code, result.err) == (0, "")
        return json.loads(result.out)

    return asked


@pytest.fixture(scope="module")
def written():
    """Read the facts as they are written in YAML: by kind, every scalar as text."""
    facts = {}
    for path in FACTS.glob("**/*.yaml"):
        parts = yaml.load(path.read_text("utf-8"), LOADER)
        for kind, of_kind in parts.items() if "language" not in parts else ():
            facts.setdefault(kind, {}).update(of_kind)
    return facts


def test_check_finds_no_problem(run):
    assert run("check", str(FACTS)) == (0, "", "")


def test_no_fact_is_lost_on_the_way_and_every_paid_result_is_a_prize(ask, written):
    paid = [result for result in written["results"].values() if "prize_eur" in result]

    expected = Counter({kind: len(facts) for kind, facts in written.items()}) + Counter({"prizes": len(paid)})
    assert Counter(ask("about")["counts"]) == expected
    assert {row["id"] for row in ask("cities")} == written["results"].keys()


def test_no_category_of_an_edition_has_two_winners(ask):
    winners = Counter((row["year"], row["category"]) for row in ask("cities", "--status", "winner"))

    assert [place for place, count in winners.items() if count > 1] == []


def test_every_language_is_complete(ask):
    """English is one; who adds a language finishes it, and who adds a fact translates it."""
    complete = {row["tag"]: row["complete"] for row in ask("languages")}

    assert complete == {"en": "100 %"} | dict.fromkeys(complete, "100 %")


def test_a_disputed_step_of_a_timeline_is_marked(ask):
    editions, touched = ask("editions"), [(row["id"], target) for row in ask("disputes") for target in row["touches"]]
    steps = {step["id"]: (step["disputes"], row["disputes"]) for row in editions for step in row["timeline"]}
    targets = {f"{step}.{field}": step for step in steps for field in ("date", "summary")}
    disputed = [(dispute, targets[target]) for dispute, target in touched if target in targets]

    assert disputed
    assert [(dispute, step) for dispute, step in disputed if not all(dispute in ids for ids in steps[step])] == []


def test_the_six_best_of_2019_are_those_of_the_press_releases(ask):
    rows = [row for row in ask("cities", "--year", "2019") if row["status"] in {"winner", "runner-up"}]

    assert {row["city_id"]: (row["country_code"], row["status"]) for row in rows} == {
        "nantes": ("FR", "winner"),
        "espoo": ("FI", "runner-up"),
        "antwerp": ("BE", "runner-up"),
        "bristol": ("GB", "runner-up"),
        "glasgow": ("GB", "runner-up"),
        "rotterdam": ("NL", "runner-up"),
    }
    assert all(SEEDS & {s["id"] for s in row["sources"] if s["excerpt"]} for row in rows)


def test_the_facts_may_be_named_before_the_command(run):
    assert run("--facts", str(FACTS), "cities", "--year", "2019", "--json") == run("cities", "--year", "2019", "--json")
