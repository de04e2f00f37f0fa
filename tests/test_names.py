"""A city is found by any of its names, in any case, with or without diacritics; and never by a guess."""

import json
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from icapital_cli.fold import fold

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

REAL = {
    "Esbo": "espoo",
    "ESBO": "espoo",
    "anvers": "antwerp",
    "Antwerpen": "antwerp",
    "malaga": "malaga",
    "Málaga": "malaga",
    "goteborg": "gothenburg",
    "Göteborg": "gothenburg",
    "Go\u0308teborg": "gothenburg",
    "torino": "turin",
    "brugge": "bruges",
    "donostia": "san-sebastian",
    "SAN SEBASTIÁN": "san-sebastian",
    "Tel Aviv-Yafo": "tel-aviv",
    "tel aviv": "tel-aviv",
    "  tel   aviv ": "tel-aviv",
    "København": "copenhagen",
    "kobenhavn": "copenhagen",
    "Kööpenhamina": "copenhagen",
    "Lissabon": "lisbon",
    "athina": "athens",
}
MADE_UP = {
    "Łódź": "lodz",
    "ŁÓDŹ": "lodz",
    "lodz": "lodz",
    "LODZ": "lodz",
    "Ło\u0301dz\u0301": "lodz",
    "Lodsch": "lodz",
    "city of boats": "lodz",
    "Brambury": "brambury",
    "brambury-on-sea": "brambury",
    "BRAMBURY–ON–SEA": "brambury",
    "Brambury vid havet": "brambury",
    "vastersund": "vastersund",
    "VÄSTERSUND": "vastersund",
    "länsisalmi": "vastersund",
}


@pytest.fixture(scope="module")
def cities(run, icapital):
    """Ask which cities a question finds."""

    @cache
    def found(tool, *words):
        result = {"real": run, "made up": icapital}[tool]("cities", *words, "--fields", "city_id,disputes", "--json")
        assert (result.code, result.err) == (0, "")
        return {row["city_id"] for row in json.loads(result.out)}

    return found


@pytest.mark.parametrize(("name", "city"), REAL.items())
def test_every_name_of_a_city_finds_it(cities, run, name, city):
    assert cities("real", "--city", name) == {city}
    assert cities("real", name) == {city}
    assert json.loads(run("show", name, "--json").out)["id"] == city


@pytest.mark.parametrize(("name", "city"), MADE_UP.items())
def test_every_spelling_of_a_name_finds_the_city(cities, icapital, name, city):
    assert cities("made up", "--city", name) == {city}
    assert cities("made up", name) == {city}
    assert json.loads(icapital("show", name, "--json").out)["id"] == city


@pytest.mark.parametrize("name", ["Lod", "Lodzz", "odz", "ł", "Bram", "sea", "nord", "Vik", "%", "l_dz", "lodz;", "*"])
def test_a_part_of_a_name_or_a_slip_is_not_taken_for_it(icapital, name):
    for words in (["cities", "--city", name], ["cities", name], ["show", name]):
        result = icapital(*words)

        assert (result.code, result.out) == (3, "")
        assert result.err.startswith(("icapital: no ", "icapital: nothing of this list is called "))


@pytest.mark.parametrize(
    ("name", "near"),
    [("Esboo", "Esbo (espoo)"), ("Vandaa", "Vanda (vantaa)"), ("Lisabon", "Lissabon (lisbon)")],
)
def test_what_is_near_is_suggested_by_its_name_with_its_id(run, name, near):
    result = run("cities", "--city", name)

    assert (result.code, result.out) == (3, "")
    assert f"no city is called {name!r}. did you mean " in result.err
    assert near in result.err


def test_a_query_finds_what_belongs_to_the_thing_named(icapital):
    """A person's words, an edition's cities, an organisation's people: whatever the list is of."""
    assert json.loads(icapital("quotes", "jan lampa", "--json", "--fields", "id").out) == [{"id": "lampa-2015-trams"}]
    assert len(json.loads(icapital("cities", "2017", "--json").out)) == 3
    assert json.loads(icapital("people", "Västersunds stad", "--json", "--fields", "id").out) == [
        {"id": "siv-berg-2017"}
    ]


def test_the_words_of_a_query_need_no_quotation_marks(icapital):
    assert icapital("quotes", "siv", "åberg", "--json") == icapital("quotes", "siv åberg", "--json")


@pytest.mark.parametrize("name", ["Jan Łampa", "jan lampa", "JAN LAMPA", "jan-lampa"])
def test_a_speaker_is_found_alike(icapital, name):
    rows = json.loads(icapital("quotes", "--speaker", name, "--json").out)

    assert [row["speaker"] for row in rows] == ["Jan Łampa"]


@pytest.mark.parametrize("name", ["Ben O’Ra", "ben o'ra", "BEN O’RA"])
def test_a_curled_apostrophe_is_an_apostrophe(icapital, name):
    assert json.loads(icapital("show", name, "--json").out)["id"] == "ben-ora"


@pytest.mark.parametrize("country", ["Poland", "POLAND", "pl", "PL", "Polen", "polen"])
def test_a_country_is_found_by_code_and_by_name_in_any_language(cities, country):
    assert cities("made up", "--country", country) == {"lodz"}


@pytest.mark.parametrize("year", ["2020", "2020-21", "2020/21", "2018..2020", "2020.."])
def test_an_edition_is_found_by_year_label_alias_and_range(icapital, year):
    rows = json.loads(icapital("editions", "--year", year, "--json").out)

    assert [row["id"] for row in rows] == ["2020"]


@given(st.text())
@example("𝑨")
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text("abcdefghijklmnopqrstuvwxyzåäöéüłøđçñšž -'"))
def test_case_and_spaces_never_matter(text):
    assert fold(text.upper()) == fold(text) == fold(f"  {text}  ")


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Łódź", "lodz"),
        ("Tromsø", "tromso"),
        ("Đakovo", "dakovo"),
        ("Reykjavík", "reykjavik"),
        ("Straße", "strasse"),
        ("Ærø", "aero"),
        ("Œuvre", "oeuvre"),
        ("İzmir", "izmir"),
        ("ısparta", "isparta"),
        ("Þing", "thing"),
        ("Αθήνα", "αθηνα"),
        ("ＬＯＤＺ", "lodz"),
    ],
)
def test_letters_that_decomposing_leaves_whole_are_folded_too(name, folded):
    assert fold(name) == folded
