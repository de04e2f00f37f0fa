"""What the wheel carries of CLDR is what CLDR says, through Babel, of every language of Europe and every day."""

import sqlite3
from datetime import date, timedelta

import pytest

from icapital_cli.cldr import asked, spell
from icapital_cli.database import SHIPPED
from icapital_cli.spellings import EUROPE, spelled_rows, spelling_of
from icapital_cli.tally import Spelled
from icapital_cli.templates import spell_date

DAYS = [f"{date(2020, 1, 1) + timedelta(number)}" for number in range(366)]


@pytest.mark.parametrize("tag", EUROPE)
def test_a_date_is_spelled_as_cldr_spells_it(tag):
    spelling = spelling_of(tag)
    dates = [*DAYS, *(f"1987-{month:02}" for month in range(1, 13)), "0987-06-05"]

    assert [spell_date(text, spelling) for text in dates] == [spell(text, tag) for text in dates]
    assert spelling["exact"]


@pytest.mark.parametrize("tag", EUROPE)
def test_what_the_wheel_carries_is_what_babel_says(tag):
    with sqlite3.connect(SHIPPED) as shipped:
        carried = [found[0] for found in shipped.execute("SELECT lang FROM cldr")]

    assert tag in carried
    assert spelling_of(tag) == asked(tag)


def test_a_year_is_a_year_in_every_language():
    assert spell_date("2019", spelling_of("sv")) == "2019"


@pytest.mark.parametrize("tag", ["ja", "ar", "fa", "zh-Hant", "hi", "sv-FI"])
def test_a_language_from_elsewhere_is_asked_of_babel(tag):
    rows = list(spelled_rows([tag], Spelled({"FI"}, set(), {"2019-02-02", "2019-09"}, set())))

    assert [(form, text) for _, form, _, text in rows][1:] == [
        ("date", spell("2019-02-02", tag)),
        ("date", spell("2019-09", tag)),
    ]


@pytest.mark.parametrize("tag", ["xx", "en-XX-YY", "not a tag"])
def test_what_is_no_language_spells_nothing(tag):
    assert spelling_of(tag) is None
    assert list(spelled_rows([tag], Spelled({"FI"}, set(), {"2019"}, set()))) == []
