"""What was once wrong, and must stay right: notes of what is not shown, unmarked fallbacks, the order of names."""

import json
import re

import pytest


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["--fields", "id"], "Id\n2017-vastersund\n2017-nordvik\n2017-lodz\n"),
        (["--limit", "1", "--fields", "id,prize_eur"], "Id               Prize\n2017-vastersund  €1,000,000\n"),
    ],
    ids=["columns", "rows"],
)
def test_a_table_has_no_note_of_a_dispute_in_what_is_not_shown(icapital, words, shown):
    result = icapital("cities", "--year", "2017", *words)

    assert result == (0, shown, "")


def test_fields_that_hide_a_dispute_say_so_on_stderr(icapital):
    result = icapital("cities", "--year", "2017", "--fields", "id,prize_eur", "-f", "tsv")

    assert result == (
        0,
        "id\tprize_eur\n2017-vastersund\t1000000\n2017-nordvik\t100000\n2017-lodz\t50000\n",
        "icapital: disputed: nordvik-prize-2017; the field disputes tells which rows\n",
    )


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("cities lodz --year 2020 --fields status", "[en] Semi-finalist"),
        ("cities brambury --year 2020 --fields category", "[en] Small Lantern"),
        ("people lodz --fields organisation", "[en] City of Łódź"),
        ("initiatives tram-lamps --fields figures", "[en] "),
        ("initiatives tram-lamps --fields partners", "[en] "),
    ],
)
def test_a_text_in_another_language_than_asked_for_is_marked(icapital, words, marked):
    assert marked in icapital(*words.split(), "--lang", "sv", "-f", "plain").out


def test_a_translated_organisation_is_not_marked(icapital):
    """Its name is a term of the language."""
    rows = json.loads(icapital("contacts", "--lang", "sv", "--json").out)

    assert [row["organisation"] for row in rows] == ["Västersunds stad", "Lanternkontoret"]


@pytest.mark.parametrize(
    ("city", "disputes"),
    [("Łódź", []), ("vastersund", ["quay-length"]), ("nordvik", ["nordvik-prize-2017", "quay-length"])],
)
def test_a_city_is_a_query_of_disputes_too(icapital, city, disputes):
    """A dispute is about the cities of the facts that it touches, whatever the language."""
    rows = json.loads(icapital("disputes", city, "--lang", "sv", "--json").out)

    assert [row["id"] for row in rows] == disputes


def test_a_name_is_sorted_by_its_letters_without_their_marks(icapital):
    out = icapital("cities", "--sort", "city", "--year", "2017", "--fields", "city,disputes", "-f", "tsv").out

    assert re.findall(r"^\w+", out, re.MULTILINE)[1:] == ["Łódź", "Nordvik", "Västersund"]
