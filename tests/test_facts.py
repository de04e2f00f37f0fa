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


def test_a_disputed_step_of_a_timeline_is_marked(run, ask):
    """The step lists its disputes; the edition is not marked for it, but its timeline is where a dispute is open."""
    editions, serious = ask("editions"), [row for row in ask("disputes") if row["weight"] != "slip"]
    touched = [(row["id"], target) for row in serious for target in row["touches"]]
    steps = {step["id"]: (row["id"], step["disputes"]) for row in editions for step in row["timeline"]}
    open_ones = {row["id"] for row in serious if row["weight"] == "open"}
    targets = {f"{step}.{field}": step for step in steps for field in ("date", "summary")}
    disputed = [(dispute, targets[target]) for dispute, target in touched if target in targets]

    assert disputed
    assert [(dispute, step) for dispute, step in disputed if dispute not in steps[step][1]] == []
    marked = {steps[step][0] for dispute, step in disputed if dispute in open_ones}
    timelines = {year: run("editions", "--year", year, "-f", "plain", "--fields", "timeline").out for year in marked}
    assert [year for year, text in timelines.items() if "†" not in text] == []


def test_a_dagger_is_rare(run):
    """So that it is read: a person sees at most fifteen rows of results marked as disputed."""
    marked = [line for line in run("cities", "-f", "plain").out.splitlines() if "†" in line]

    assert 0 < len(marked) <= 15


def test_a_dagger_stands_where_an_open_dispute_touches_the_fact(run, ask):
    """Settled disputes and slips mark no row."""
    open_ones = {row["id"] for row in ask("disputes", "--weight", "open")}
    shown = {"city", "year", "country", "category", "status", "rank", "prize_eur", "reason"}
    lines = run("cities", "-f", "plain", "--fields", "id," + ",".join(sorted(shown))).out.splitlines()

    marked = {row["id"] for row, line in zip(ask("cities"), lines, strict=True) if "†" in line}
    assert marked <= {row["id"] for row in ask("cities") if open_ones & set(row["disputes"])}


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
