"""`stats` and `compare`: the sums are those of the results, and nothing is left out."""

import json

import pytest
from conftest import BASE

from icapital_cli.api import open_facts
from icapital_cli.views.statistics import GROUPS, stats_view

PLACES = ("winner", "runner-up", "finalist", "semi-finalist")
PLACED = {"winner", "runner-up"}


@pytest.fixture(scope="module")
def ask(icapital):
    def asked(*words):
        result = icapital(*words, "--json")
        assert (result.code, result.err) == (0, "")
        return json.loads(result.out)

    return asked


@pytest.fixture(scope="module")
def results(ask):
    return ask("cities")


@pytest.mark.parametrize("by", GROUPS)
def test_each_group_sums_its_results(ask, results, by):
    rows = {row["group"]: row for row in ask("stats", "--by", by)}

    assert rows.keys() == {row[by] for row in results}
    for name, row in rows.items():
        members = [result for result in results if result[by] == name]
        assert row == {
            "group": name,
            "count": len(members),
            **{place: sum(result["status"] == place for result in members) for place in PLACES},
            "prize_eur": sum(result["prize_eur"] or 0 for result in members),
            "disputed": sum(bool(result["disputes"]) for result in members),
            "unknown": sum(result["prize_eur"] is None and result["status"] in PLACED for result in members),
        }


@pytest.mark.parametrize("by", GROUPS)
def test_every_grouping_has_the_same_totals(ask, by):
    rows = ask("stats", "--by", by)

    assert {key: sum(row[key] for row in rows) for key in ("count", "prize_eur", "disputed", "unknown")} == {
        "count": 10,
        "prize_eur": 3_150_000,
        "disputed": 1,
        "unknown": 2,
    }


def test_what_is_disputed_and_what_is_unknown_is_counted(ask):
    (row,) = [row for row in ask("stats", "--by", "city") if row["group"] == "Nordvik"]

    assert row == {
        "group": "Nordvik",
        "count": 3,
        "winner": 1,
        "runner-up": 2,
        "finalist": 0,
        "semi-finalist": 0,
        "prize_eur": 1_100_000,
        "disputed": 1,
        "unknown": 1,
    }


def test_a_note_says_how_the_sums_are_made(run):
    note = "a result that a dispute touches counts as disputed, and a placed city whose prize nobody states as unknown."

    assert run("stats").out.rstrip().endswith(note)
    assert run("compare", "espoo", "nantes").out.rstrip().endswith(note)


def test_the_group_with_most_money_comes_first_with_the_longest_bar():
    with open_facts(str(BASE)) as store:
        view = stats_view(store, "city", {}, bars=True)

    assert [(row.values["group"], row.values["prize_eur"], row.values["bar"]) for row in view.rows] == [
        ("Nordvik", 1_100_000, "██████████"),
        ("Västersund", 1_000_000, "█████████"),
        ("Łódź", 550_000, "█████"),
        ("Brambury-on-Sea", 500_000, "█████"),
    ]


def test_editions_are_in_the_order_of_time(ask):
    assert [row["group"] for row in ask("stats", "--by", "edition")] == ["2015", "2017", "2020-21"]


def test_groups_are_english_in_json_whatever_the_language(ask):
    assert [row["group"] for row in ask("stats", "--by", "status", "--lang", "sv")] == [
        "winner",
        "runner-up",
        "finalist",
        "semi-finalist",
    ]


def test_groups_are_named_in_the_language_of_the_reader(icapital):
    result = icapital("stats", "--by", "status", "--lang", "sv", "--fields", "group", "-f", "plain")

    assert result.out.splitlines()[:2] == ["Vinnare", "Placerad"]


def test_csv_has_the_same_rows_as_json_and_no_bars(icapital, ask):
    lines = icapital("stats", "-f", "csv").out.split("\r\n")

    assert lines[0] == "group,count,winner,runner-up,finalist,semi-finalist,prize_eur,disputed,unknown"
    assert lines[1:-1] == [",".join(map(str, row.values())) for row in ask("stats")]


def test_a_filter_narrows_what_is_counted(ask):
    rows = ask("stats", "--by", "edition", "--city", "lodz", "--year", "2017..2020")

    assert [(row["group"], row["prize_eur"]) for row in rows] == [("2017", 50_000), ("2020-21", 0)]


def test_nothing_to_count_is_an_empty_list(ask):
    assert ask("stats", "--city", "vastersund", "--year", "2015") == []


def test_a_group_that_does_not_exist_lists_the_groups(icapital):
    result = icapital("stats", "--by", "mayor")

    assert result == (
        2,
        "",
        f"icapital: no group is called 'mayor'. choose from: {', '.join(GROUPS)}\n",
    )


def test_two_cities_are_side_by_side(icapital):
    result = icapital("compare", "lodz", "nordvik")

    assert result.out.startswith(
        "                   Łódź      Nordvik\n"
        "Results            3         3\n"
        "Winner             1         1\n"
        "Runner-up          1         2\n"
        "Finalist           0         0\n"
        "Semi-finalist      1         0\n"
        "Prize              €550,000  €1,100,000\n"
        "Of which disputed  0         1\n"
        "Prize unknown      0         1\n"
        "Initiatives        1         1\n"
        "Quotes             1         0\n"
    )


def test_two_editions_are_side_by_side_for_a_script(ask):
    rows = {row["measure"]: (row["2015"], row["2017"]) for row in ask("compare", "2015", "2017")}

    assert rows["prize_eur"] == (500_000, 1_150_000)
    assert rows["disputed"] == (0, 1)


def test_cities_are_compared_under_any_of_their_names(icapital):
    assert icapital("compare", "Lodsch", "NORDVIK") == icapital("compare", "lodz", "nordvik")


def test_a_city_is_not_compared_with_an_edition(icapital):
    assert icapital("compare", "lodz", "2015") == (
        3,
        "",
        "icapital: cannot compare lodz with 2015: name two cities, or two editions\n",
    )


def test_only_cities_and_editions_are_compared(icapital):
    result = icapital("compare", "lodz", "siv-berg")

    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("icapital: no city or edition is called 'siv-berg'.")
