"""Numbers, money, dates, lists and names are written as the people of a language write them."""

import json

import pytest
from copies import Copy

WINNER = ("cities", "vastersund", "--status", "winner", "--fields", "country,status,prize_eur")
DATES = ("editions", "--fields", "date")
DAY = ("contacts", "siv åberg", "--fields", "as_of,phone")
TWO = ("editions", "--year", "2020", "--fields", "winners")
LAMPS = ("initiatives", "tram-lamps", "--fields", "partners,figures")
QUAY = ("initiatives", "quay-lights", "--fields", "figures")
FINNISH = """\
language: fi
name: suomi
labels:
  qualifier.about: noin
  qualifier.more than: yli
cities:
  brambury: Brambury meren rannalla
terms:
  '# %': '%'
  '# lamps': lamppua
  '# kilometres': kilometriä
  Łódź Tramways: Łódźin raitiotiet
  Residents of Piotr Street: Piotrinkadun asukkaat
  lamps that listen to trams: raitiovaunuja kuuntelevia lamppuja
  electricity saved: säästynyt sähkö
texts:
  winner:
    name: Voittaja
"""
SPACE = "\N{NO-BREAK SPACE}"
WRITTEN = [
    (
        WINNER,
        {
            "en": "Finland | Winner | €1,000,000",
            "sv": f"Finland | Vinnare | 1{SPACE}000{SPACE}000{SPACE}€",
            "fi": f"Suomi | Voittaja | 1{SPACE}000{SPACE}000{SPACE}€",
        },
    ),
    (
        DATES,
        {
            "en": "March 2015\n8 November 2017\n2 February 2021",
            "sv": "mars 2015\n8 november 2017\n2 februari 2021",
            "fi": "maaliskuu 2015\n8. marraskuuta 2017\n2. helmikuuta 2021",
        },
    ),
    (
        DAY,
        {
            "en": "8 November 2017 | 050 123 4567",
            "sv": "8 november 2017 | 050 123 4567",
            "fi": "8. marraskuuta 2017 | 050 123 4567",
        },
    ),
    (
        TWO,
        {
            "en": "Nordvik and Brambury-on-Sea",
            "sv": "Nordvik och Brambury vid havet",
            "fi": "Nordvik ja Brambury meren rannalla",
        },
    ),
    (
        LAMPS,
        {
            "en": "Łódź Tramways and Residents of Piotr Street | more than 1,250 lamps (lamps that listen to trams);"
            " 37.5% (electricity saved)",
            "sv": f"[en] Łódź Tramways och Residents of Piotr Street | [en] över 1{SPACE}250 lampor (lamps that listen"
            f" to trams); 37,5{SPACE}% (electricity saved)",
            "fi": f"Łódźin raitiotiet ja Piotrinkadun asukkaat | yli 1{SPACE}250 lamppua (raitiovaunuja kuuntelevia"
            f" lamppuja); 37,5{SPACE}% (säästynyt sähkö)",
        },
    ),
    (
        QUAY,
        {
            "en": "about 3 kilometres (length of the quay) †",
            "sv": "[en] about 3 kilometres (length of the quay) †",
            "fi": "[en] noin 3 kilometriä (length of the quay) †",
        },
    ),
]


@pytest.fixture(scope="module")
def base(run, tmp_path_factory):
    """Give the tiny base with a third language."""
    copy = Copy(run, tmp_path_factory.mktemp("finnish") / "base")
    copy.add(FINNISH, "languages/fi.yaml")
    return copy


@pytest.mark.parametrize(
    ("words", "lang", "written"), [(words, lang, text) for words, texts in WRITTEN for lang, text in texts.items()]
)
def test_it_is_written_as_people_write_it(base, words, lang, written):
    result = base.ask(*words, "-f", "plain", "--lang", lang)

    assert result == (0, written + "\n", "")


def test_what_cldr_lacks_in_a_language_is_written_in_english(run, tmp_path):
    """CLDR has no symbol of the Danish crown in Maltese."""
    base = Copy(run, tmp_path / "base")
    base.add("language: mt\nname: Malti\n", "languages/mt.yaml")
    base.change("award.yaml", "purpose: Light along", "amount: 7000\n    currency: DKK\n    purpose: Light along")

    result = base.ask("prizes", "vastersund", "--year", "2016", "--fields", "amount", "-f", "plain", "--lang", "mt")

    assert result == (0, "DKK7,000\n", "")


@pytest.mark.parametrize("command", ["cities", "prizes", "initiatives", "editions", "disputes", "people", "contacts"])
def test_the_real_facts_never_fall_back_in_a_language_that_is_complete(run, command):
    languages = json.loads(run("languages", "--json").out)
    others = [row["tag"] for row in languages if row["complete"] == "100 %" and row["tag"] != "en"]

    answers = {tag: run(command, "-f", "plain", "--lang", tag) for tag in others}

    assert answers
    assert [tag for tag, answered in answers.items() if answered.code or "[en] " in answered.out] == []
