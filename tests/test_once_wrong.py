"""What was once wrong, and must stay right: bytes that are no text, stale notes, unmarked fallbacks, suggestions."""

import json
import re

import pytest


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["show", "\udcff"], 3, "no fact is called '�'."),
        (["cities", "--city", "L\udcf3dz"], 3, "no city is called 'L�dz'."),
        (["cities", "--country", "\udcff"], 3, "no country of the facts is called '�'."),
        (["cities", "--year", "\udcff"], 2, "'�' is no year."),
        (["cities", "--lang", "\udcff"], 2, "no language is called '�'."),
    ],
)
def test_bytes_that_are_no_text_are_a_name_that_nobody_bears(icapital, words, code, message):
    result = icapital(*words)

    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(f"icapital: {message}")


def test_a_folder_with_a_name_too_long_is_no_folder(run):
    result = run("cities", "--facts", "x" * 300)

    assert (result.code, result.out) == (4, "")
    assert result.err.startswith("icapital: no folder 'xxx")


def test_a_note_speaks_of_the_columns_that_are_shown(icapital):
    result = icapital("cities", "--year", "2017", "--fields", "id")

    assert result.out == "Id\n2017-vastersund\n2017-nordvik\n2017-lodz\n"


def test_a_note_speaks_of_the_rows_that_are_shown(icapital):
    result = icapital("cities", "--year", "2017", "--limit", "1", "--fields", "id,prize_eur")

    assert result.out == "Id               Prize\n2017-vastersund  €1,000,000\n"


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
        (["cities", "lodz", "--year", "2020", "--fields", "status"], "[en] Semi-finalist"),
        (["cities", "brambury", "--year", "2020", "--fields", "category"], "[en] Small Lantern"),
        (["people", "lodz", "--fields", "organisation"], "[en] City of Łódź"),
        (["initiatives", "tram-lamps", "--fields", "figures"], "[en] "),
        (["initiatives", "tram-lamps", "--fields", "partners"], "[en] "),
    ],
)
def test_whatever_falls_back_is_marked(icapital, words, marked):
    assert marked in icapital(*words, "--lang", "sv", "-f", "plain").out


def test_the_city_of_espoo_has_a_finnish_name(run):
    rows = json.loads(run("contacts", "--lang", "fi", "--json").out)

    assert {row["organisation"] for row in rows} == {"Espoon kaupunki"}


def test_a_city_of_lists_is_a_query_of_disputes_too(run):
    """`icapital disputes --help` shows this very line."""
    result = run("disputes", "espoo", "--lang", "sv")

    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize(("name", "near"), [("Lodzz", "Łódź (lodz)"), ("Nordvick", "Nordvik (nordvik)")])
def test_a_suggestion_shows_the_name_and_not_the_id_twice(icapital, name, near):
    result = icapital("cities", "--city", name)

    assert result == (3, "", f"icapital: no city is called {name!r}. did you mean {near}?\n")


def test_options_that_are_suggested_are_options(icapital):
    result = icapital("cities", "-z")

    assert result.code == 2
    assert "there is: --year" in result.err


def test_a_name_is_sorted_by_its_letters_without_their_marks(icapital):
    out = icapital("cities", "--sort", "city", "--year", "2017", "--fields", "city,disputes", "-f", "tsv").out

    assert re.findall(r"^\w+", out, re.MULTILINE)[1:] == ["Łódź", "Nordvik", "Västersund"]


def test_a_year_is_written_in_ascii_digits(icapital):
    assert icapital("cities", "--year=٢٠١٧").code == 2
