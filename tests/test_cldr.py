"""What is asked of CLDR, through Babel, is there for every language that somebody may add."""

import re

import pytest

from icapital_cli.compiler import cldr

UNION = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"  # the official languages
NEIGHBOURS = "ca cy is lb mk nb nn no rm sq sr tr uk"
ELSEWHERE = "ar fa he hi ja ne zh-Hant sv-FI pt-BR"
LANGUAGES = [*UNION.split(), *NEIGHBOURS.split(), *ELSEWHERE.split()]
LABELS = {"number.group", "number.decimal", "number.percent", "money", "list.middle", "list.end", "list.two"}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_has_all_patterns_names_and_dates(tag):
    """A number has one place in its pattern, a list two in each of its, and no date is left as ISO 8601 has it."""
    patterns = cldr.patterns(tag)
    day, month = cldr.localized_date("2019-09-25", tag), cldr.localized_date("2019-09", tag)

    assert patterns.keys() == LABELS
    assert {label: re.findall(r"\{\d?\}", patterns[label]) for label in sorted(LABELS) if "number.d" not in label} == {
        "list.end": ["{0}", "{1}"],
        "list.middle": ["{0}", "{1}"],
        "list.two": ["{0}", "{1}"],
        "money": ["{}"],
        "number.group": [],
        "number.percent": ["{}"],
    }
    assert "¤" in patterns["money"]
    assert {"FI", "GB", "NO", "PL", "IL"} <= cldr.countries(tag).keys()
    assert "EUR" in cldr.currencies(tag)
    assert month not in {"2019-09", day}
    assert day != "2019-09-25"


def test_english_names_every_country_and_currency():
    """What it does not name does not exist; what another language does not name has its English name."""
    assert set[str]().union(*map(cldr.countries, LANGUAGES)) == cldr.countries("en").keys()
    assert set[str]().union(*map(cldr.currencies, LANGUAGES)) == cldr.currencies("en").keys()


@pytest.mark.parametrize("tag", ["en", "sv", "ja", "ar"])
def test_a_year_is_the_same_in_every_language(tag):
    assert cldr.localized_date("2019", tag) == "2019"


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "9999-12", "2020-02-29"])
def test_the_first_and_the_last_day_have_words(text):
    assert text[:4].lstrip("0") in cldr.localized_date(text, "en")


def test_in_english_the_day_comes_before_the_month():
    """The award is European."""
    assert cldr.localized_date("2019-09-05", "en") == "5 September 2019"


@pytest.mark.parametrize("tag", ["xx", "en-XX-YY", "not a tag", ""])
def test_what_is_not_a_language_has_nothing(tag):
    assert cldr.patterns(tag) is None
    assert (cldr.countries(tag), cldr.currencies(tag)) == ({}, {})
