"""`stats` and `compare`: the sums are those of the results, and nothing is left out."""

import json

import pytest
from conftest import BASE

from icapital_cli.api import open_store
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


KEYS = {"country": "country_code", "city": "city_id", "edition": "year"}  # what tells the groups of results apart
BY_SOURCE = {"publisher": "publisher", "language": "lang"}  # a result belongs to the group of each of its sources
BY_TIME = ("edition", "year")  # groups that are editions: they have applications too
BY_VALUE = [group for group in GROUPS if group not in BY_SOURCE]


def sums(members):
    """Sum results as `stats` does."""
    return {
        "count": len(members),
        **{place: sum(result["status"] == place for result in members) for place in PLACES},
        "prize_eur": sum(result["prize_eur"] or 0 for result in members),
        "disputed": sum(bool(result["disputes"]) for result in members),
        "unknown": sum(result["prize_eur"] is None and result["status"] in PLACED for result in members),
    }


@pytest.mark.parametrize("by", BY_VALUE)
def test_each_group_sums_its_results(ask, results, by):
    applications = {str(edition["year"]): edition["applications"] for edition in ask("editions")}
    rows = {row["group_id"]: row for row in ask("stats", "--by", by)}
    key = KEYS.get(by, by)

    assert rows.keys() == {str(row[key]) for row in results}
    for group_id, row in rows.items():
        members = [result for result in results if str(result[key]) == group_id]
        of_edition = {"applications": applications[group_id]} if by in BY_TIME else {}
        assert row == {"group": str(members[0][by]), "group_id": group_id, **of_edition, **sums(members)}


@pytest.mark.parametrize("by", BY_SOURCE)
def test_a_result_belongs_to_the_group_of_each_of_its_sources(ask, results, by):
    source = {row["id"]: row[BY_SOURCE[by]] for row in ask("sources")}
    rows = {row["group_id"]: row for row in ask("stats", "--by", by)}

    assert rows.keys() == {source[cited["id"]] for result in results for cited in result["sources"]}
    for group_id, row in rows.items():
        members = [result for result in results if group_id in {source[cited["id"]] for cited in result["sources"]}]
        assert row == {"group": group_id, "group_id": group_id, **sums(members)}


def test_two_groups_at_once_are_every_pair_that_has_results(ask, results):
    rows = {(row["group_id"], row["subgroup_id"]): row for row in ask("stats", "--by", "country,status")}

    assert rows.keys() == {(result["country_code"], result["status"]) for result in results}
    for (country, status), row in rows.items():
        members = [result for result in results if (result["country_code"], result["status"]) == (country, status)]
        names = {"group": members[0]["country"], "group_id": country, "subgroup": status, "subgroup_id": status}
        assert row == names | sums(members)


@pytest.mark.parametrize("by", ["country,country", "country,status,year"])
def test_more_than_two_groups_or_one_twice_are_wrong_usage(icapital, by):
    message = "icapital: --by takes one group or two different ones: --by country,status\n"

    assert icapital("stats", "--by", by) == (2, "", message)


@pytest.mark.parametrize("by", ["status", "country", "country,status"])
def test_keys_and_ids_are_the_same_in_every_language(ask, by):
    rows = {
        lang: [{key: row[key] for key in row if key not in {"group", "subgroup"}} for row in found]
        for lang, found in ((lang, ask("stats", "--by", by, "--lang", lang)) for lang in ("en", "sv"))
    }

    assert sorted(map(str, rows["sv"])) == sorted(map(str, rows["en"]))


@pytest.mark.parametrize("by", BY_VALUE)
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
        "group_id": "nordvik",
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


def test_the_group_with_most_money_comes_first():
    with open_store(str(BASE)) as store:
        view = stats_view(store, "city", {})

    assert [(row.values["group"], row.values["prize_eur"]) for row in view.rows] == [
        ("Nordvik", 1_100_000),
        ("Västersund", 1_000_000),
        ("Łódź", 550_000),
        ("Brambury-on-Sea", 500_000),
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

    assert lines[0] == "group,group_id,count,winner,runner-up,finalist,semi-finalist,prize_eur,disputed,unknown"
    assert lines[1:-1] == [",".join(map(str, row.values())) for row in ask("stats")]


def test_a_filter_narrows_what_is_counted(ask):
    rows = ask("stats", "--by", "edition", "--city", "lodz", "--year", "2017..2020")

    assert [(row["group"], row["prize_eur"]) for row in rows] == [("2017", 50_000), ("2020-21", 0)]


def test_applications_are_those_of_a_whole_edition(ask):
    """A city's share of them is not known: with any filter but that of years there are none."""
    assert "applications" in ask("stats", "--by", "edition", "--year", "2017")[0]
    assert "applications" not in ask("stats", "--by", "edition", "--city", "lodz")[0]
    assert "applications" not in ask("stats", "--by", "edition,status")[0]


def test_nothing_to_count_is_an_empty_list_and_stderr_says_what_there_is(icapital):
    words = ("--city", "vastersund", "--year", "2015", "--json")

    assert icapital("stats", *words) == icapital("cities", *words)


def test_a_group_that_does_not_exist_lists_the_groups(icapital):
    result = icapital("stats", "--by", "mayor")

    assert result == (
        2,
        "",
        f"icapital: no group is called 'mayor'. choose from: {', '.join(GROUPS)}\n",
    )


def test_two_cities_are_side_by_side(icapital):
    result = icapital("compare", "lodz", "nordvik")

    assert [line.rstrip() for line in result.out.splitlines()[:14]] == [
        "                   Łódź                                                Nordvik",
        "Country            Poland                                              Norway",
        "Also called        Lodsch and City of Boats",
        (
            "Cities             2015 Winner; 2017 Runner-up; 2020-21 Semi-finalist  "
            "2015 Runner-up; 2017 Runner-up; 2020-21 Winner"
        ),
        "Count              3                                                   3",
        "Winner             1                                                   1",
        "Runner-up          1                                                   2",
        "Finalist           0                                                   0",
        "Semi-finalist      1                                                   0",
        "Prize              €550,000                                            €1,100,000",
        "Of which disputed  0                                                   1",
        "Prize unknown      0                                                   1",
        "Initiatives        1                                                   1",
        "Quotes             1                                                   0",
    ]


def test_more_than_two_are_side_by_side(ask):
    rows = {row["measure"]: row for row in ask("compare", "lodz", "nordvik", "vastersund")}

    assert [rows["prize_eur"][city] for city in ("lodz", "nordvik", "vastersund")] == [550_000, 1_100_000, 1_000_000]


def test_countries_are_side_by_side_with_their_cities(ask):
    rows = {row["measure"]: row for row in ask("compare", "poland", "norway")}

    assert rows["results"]["pl"] == "2015 Winner (Łódź); 2017 Runner-up (Łódź); 2020-21 Semi-finalist (Łódź)"
    assert (rows["count"]["pl"], rows["count"]["no"]) == (3, 3)


def test_editions_are_compared_by_their_facts(ask):
    rows = {row["measure"]: (row["2015"], row["2017"]) for row in ask("compare", "2015", "2017")}
    editions = {row["id"]: row for row in ask("editions")}

    for key in ("date", "place", "applications"):
        assert rows[key] == (editions["2015"][key], editions["2017"][key])
    assert rows["winners"] == tuple("; ".join(editions[edition]["winners"]) for edition in ("2015", "2017"))


def test_two_editions_are_side_by_side_for_a_script(ask):
    rows = {row["measure"]: (row["2015"], row["2017"]) for row in ask("compare", "2015", "2017")}

    assert rows["prize_eur"] == (500_000, 1_150_000)
    assert rows["disputed"] == (0, 1)


def test_cities_are_compared_under_any_of_their_names(icapital):
    assert icapital("compare", "Lodsch", "NORDVIK") == icapital("compare", "lodz", "nordvik")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("lodz 2015", 3, "cannot compare lodz, 2015: name cities, or countries, or editions"),
        ("lodz siv-berg", 3, "no city, country or edition is called 'siv-berg'."),
        ("lodz Lodsch", 2, "cannot compare lodz with itself: name two different ones"),
        ("lodz nordvik LODZ", 2, "cannot compare lodz with itself: name two different ones"),
        ("lodz", 2, "name two or more to compare: icapital compare espoo vantaa"),
    ],
)
def test_only_different_things_of_one_kind_are_compared(icapital, words, code, message):
    assert icapital("compare", *words.split()) == (code, "", f"icapital: {message}\n")
