"""A city is found by any of its names, in any case, with or without diacritics; and never by a guess."""

import json
import re
from unicodedata import normalize

import pytest
import yaml
from conftest import FACTS
from hypothesis import given, settings
from hypothesis import strategies as st

from icapital_cli.names import name_key

NAMES = {
    "Łódź": "lodz",
    "ŁÓDŹ": "lodz",
    "lodz": "lodz",
    "LODZ": "lodz",
    "Ło\u0301dz\u0301": "lodz",
    "  lodz ": "lodz",
    "Lodsch": "lodz",
    "city of boats": "lodz",
    "City-of  Boats": "lodz",
    "Brambury": "brambury",
    "brambury-on-sea": "brambury",
    "BRAMBURY–ON–SEA": "brambury",
    "Brambury vid havet": "brambury",
    "vastersund": "vastersund",
    "VÄSTERSUND": "vastersund",
    "länsisalmi": "vastersund",
}


@pytest.fixture(scope="module")
def cities(icapital):
    """Query the tiny base for the cities that words find."""

    def found(*words):
        result = icapital("cities", *words, "--fields", "city_id,disputes", "--json")
        assert (result.code, result.err) == (0, "")
        return {row["city_id"] for row in json.loads(result.out)}

    return found


@pytest.mark.parametrize(("name", "city"), NAMES.items())
def test_every_spelling_of_a_name_finds_the_city(cities, icapital, name, city):
    """As a filter, as a query, and on its own page."""
    assert cities("--city", name) == {city}
    assert cities(name) == {city}
    assert json.loads(icapital("show", name, "--json").out)["id"] == city


@pytest.fixture(scope="module")
def real_names():
    """Read the names of the real cities in every language: name, and the ids that bear it."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    texts = (path.read_text("utf-8") for path in FACTS.glob("**/*.yaml"))
    bearers = {}
    for written in (yaml.load(text, loader) for text in texts if re.search("^cities:", text, re.MULTILINE)):
        for city, fact in written["cities"].items():
            names = [fact] if "language" in written else [city, fact["name"], *fact.get("also_called", ())]
            for name in names:
                bearers.setdefault(name_key(name), (name, set()))[1].add(city)
    return list(bearers.values())


SPELLINGS = [str, str.upper, str.lower, str.title, lambda name: normalize("NFD", name), lambda name: f"  {name} "]


@settings(max_examples=60)
@given(st.data())
def test_every_name_of_a_real_city_finds_it(run, real_names, data):
    """In any language and any spelling; a name that two cities bear is ambiguous."""
    name, ids = data.draw(st.sampled_from(real_names))
    spelled = data.draw(st.sampled_from(SPELLINGS))(name)

    result = run("cities", "--city", spelled, "--fields", "city_id,disputes", "--json")

    if len(ids) == 1:
        assert result.code == 0
        assert {row["city_id"] for row in json.loads(result.out)} <= ids
    else:
        assert result.code == 3
        assert "is ambiguous" in result.err


@pytest.mark.parametrize("name", ["Lod", "Lodzz", "odz", "ł", "Bram", "ury", "nord", "Vik", "%", "l_dz", "lodz;", "*"])
def test_a_part_of_a_word_or_a_slip_is_not_taken_for_a_name(icapital, name):
    for words in (["cities", "--city", name], ["cities", name], ["show", name]):
        result = icapital(*words)

        assert (result.code, result.out) == (3, "")
        assert result.err.startswith("icapital: no ")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Lodzz", "Łódź (lodz)"),
        ("Lodsh", "Lodsch (lodz)"),
        ("Brambury vid have", "Brambury vid havet (brambury)"),
        ("City of Boots", "City of Boats (lodz)"),
    ],
)
def test_a_near_name_is_suggested_with_its_id(icapital, name, near):
    """In whatever language it is."""
    result = icapital("cities", "--city", name)

    assert (result.code, result.out) == (3, "")
    assert result.err.startswith(f"icapital: no city is called {name!r}. did you mean {near}")


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("quotes jan lampa", ["lampa-2015-trams"]),
        ("cities 2017", ["2017-vastersund", "2017-nordvik", "2017-lodz"]),
        ("people Västersunds stad", ["siv-berg-2017"]),
        ("quotes siv åberg", ["berg-2017-harbour", "berg-2017-thanks"]),
    ],
)
def test_a_query_finds_what_belongs_to_the_thing_named(icapital, words, ids):
    """A person's words, an edition's cities, an organisation's people. Its words need no quotation marks."""
    command, _, query = words.partition(" ")

    rows = json.loads(icapital(command, query, "--json", "--fields", "id,disputes").out)

    assert [row["id"] for row in rows] == ids
    assert json.loads(icapital(command, *query.split(), "--json", "--fields", "id,disputes").out) == rows


@pytest.mark.parametrize("name", ["Jan Łampa", "jan lampa", "JAN LAMPA", "jan-lampa"])
def test_a_speaker_is_found_alike(icapital, name):
    rows = json.loads(icapital("quotes", "--speaker", name, "--json").out)

    assert [row["speaker"] for row in rows] == ["Jan Łampa"]


@pytest.mark.parametrize("name", ["Ben O’Ra", "ben o'ra", "BEN O’RA"])
def test_a_curled_apostrophe_is_an_apostrophe(icapital, name):
    assert json.loads(icapital("show", name, "--json").out)["id"] == "ben-ora"


@pytest.mark.parametrize("country", ["Poland", "POLAND", "pl", "PL", "Polen", "polen"])
def test_a_country_is_found_by_code_and_by_name_in_any_language(cities, country):
    assert cities("--country", country) == {"lodz"}


@pytest.mark.parametrize("year", ["2020", "2020-21", "2020/21", "2018..2020", "2020.."])
def test_an_edition_is_found_by_year_label_alias_and_range(icapital, year):
    rows = json.loads(icapital("editions", "--year", year, "--json").out)

    assert [row["id"] for row in rows] == ["2020"]
