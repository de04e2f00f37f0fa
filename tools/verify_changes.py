"""Changes of one fact in a right draft, for `verify_score.py`: each makes a labelled claim false."""

import random
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Swap = tuple[str, str, str, int]  # kind, old words, new words, where in the text

# What words may be turned into, by language: each is false wherever the original is true.
RANKS = {
    "en": "second=third third=second Second=Third Third=Second",
    "sv": "andra=tredje tredje=andra tvåa=trea trea=tvåa andraplatsen=tredjeplatsen",
    "fi": "toiseksi=kolmanneksi kolmanneksi=toiseksi Toiseksi=Kolmanneksi toinen=kolmas kolmas=toinen",
}
STATUSES = {
    "en": "won=was_runner-up_in runner-up=winner Runner-up=Winner runners-up=winners winner=runner-up",
    "sv": "vann=blev_tvåa_i finalist=vinnare Segrare=Tvåa Vinnare=Tvåa",
    "fi": "voitti=tuli_toiseksi finalisti=voittaja Voittaja=Kakkonen voittaja=kakkonen",
}
TITLES = {
    "en": "Mayor=Deputy_Mayor Commissioner=Minister",
    "sv": "stadsdirektör=kommissionär Kommissionär=Borgmästare kommissionär=borgmästare",
    "fi": "kaupunginjohtaja=ministeri Kaupunginjohtaja=Ministeri Komissaari=Ministeri",
}
CITIES = ["Stavanger", "Kranj", "Eilat", "Oxford", "Leiden", "Alicante", "Ankara", "Ulm"]
COUNTRIES = {
    "en": "Spain Norway Poland Italy Ireland Romania Finland Sweden Austria Germany Denmark Belgium France Netherlands"
    " Portugal Ukraine Greece Lithuania",
    "sv": "Spanien Norge Polen Nederländerna Belgien Portugal Österrike Frankrike Finland Tyskland Danmark Irland"
    " Italien",
    "fi": "Espanja Norja Puola Belgia Alankomaat Ranska Saksa Portugali Italia Suomi",
}
PLACES = {"en": "Madrid", "sv": "Madrid", "fi": "Madridissa"}
SURNAME_ENDINGS = ["son", "berg", "nen", "ström"]
NUMBER = re.compile(r"\d[\d .,\u00a0]*\d|\d")
NAME = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SHORTEST = 5  # letters of a word of a quotation that is changed


class Site(NamedTuple):
    """A labelled claim in a draft: its words, where they begin, its property, the language."""

    words: str
    start: int
    property: str
    lang: str


def swaps_of(site: Site, rng: random.Random, cities: set[str]) -> Iterator[Swap]:
    """Yield the changes that a claim may undergo; `cities` are the names of cities."""
    maker = MAKERS.get(site.property)
    if maker:
        yield from maker(site, rng, cities)


def _word(kind: str, table: str, site: Site) -> Iterator[Swap]:
    known = dict(pair.split("=") for pair in table.split())
    for found in re.finditer(r"[\w-]+", site.words):
        if found[0] in known:
            yield kind, found[0], known[found[0]].replace("_", " "), site.start + found.start()
            return


def _standing(site: Site, rng: random.Random, cities: set[str]) -> Iterator[Swap]:
    city = next((found for found in NAME.finditer(site.words) if found[0] in cities), None)
    if city:
        yield "city", city[0], rng.choice(CITIES), site.start + city.start()
    year = re.search(r"20\d\d", site.words)
    if year:
        yield "year", year[0], str(int(year[0]) - rng.choice([1, 2])), site.start + year.start()
    yield from _word("rank", RANKS[site.lang], site) if site.property == "rank" else ()
    yield from _word("status", STATUSES[site.lang], site)


def _person(site: Site, rng: random.Random, _cities: set[str]) -> Iterator[Swap]:
    yield from _word("title", TITLES[site.lang], site)
    name = re.search(r"([A-ZÅÄÖ]\w+) ([A-ZÅÄÖ][\w-]+)$", site.words)
    if name:
        yield "name", name[2], name[2][:-2] + rng.choice(SURNAME_ENDINGS), site.start + name.start(2)


def _country(site: Site, rng: random.Random, _cities: set[str]) -> Iterator[Swap]:
    for found in NAME.finditer(site.words):
        if found[0] in COUNTRIES[site.lang].split():
            new = rng.choice([name for name in COUNTRIES[site.lang].split() if name != found[0]])
            yield "country", found[0], new, site.start + found.start()


def _phone(site: Site, rng: random.Random, _cities: set[str]) -> Iterator[Swap]:
    at = rng.choice([found.start() for found in re.finditer(r"\d", site.words)][4:])
    yield "phone digit", site.words[at], str((int(site.words[at]) + rng.randint(1, 9)) % 10), site.start + at


def _email(site: Site, _rng: random.Random, _cities: set[str]) -> Iterator[Swap]:
    at = site.words.index("@") - 1
    yield "e-mail", site.words[at], "x", site.start + at


def _quotation(site: Site, rng: random.Random, _cities: set[str]) -> Iterator[Swap]:
    word = rng.choice([found for found in NAME.finditer(site.words) if len(found[0]) >= SHORTEST][1:-1])
    yield "word in a quote", word[0], word[0][::-1].lower(), site.start + word.start()


def _figure(site: Site, rng: random.Random, _cities: set[str]) -> Iterator[Swap]:
    number = NUMBER.search(site.words)
    if number:
        digit = str((int(number[0][0]) + rng.randint(1, 7)) % 9 + 1)
        digit = digit if digit != number[0][0] else str(int(digit) % 9 + 1)
        kind = "amount" if site.property == "prize_eur" else "figure"
        yield kind, number[0], digit + number[0][1:], site.start + number.start()


def _date(site: Site, rng: random.Random, _cities: set[str]) -> Iterator[Swap]:
    day = re.search(r"\d{1,2}", site.words)
    if day:
        new = rng.choice([number for number in range(1, 29) if number != int(day[0])])
        yield "date", day[0], str(new), site.start + day.start()


def _place(site: Site, _rng: random.Random, _cities: set[str]) -> Iterator[Swap]:
    place = next((found for found in NAME.finditer(site.words) if found[0][0].isupper()), None)
    if place and place[0] not in {"Espoo", "Esbo"}:
        yield "place", place[0], PLACES[site.lang], site.start + place.start()


MAKERS: dict[str, Callable[[Site, random.Random, set[str]], Iterator[Swap]]] = {
    "status": _standing,
    "rank": _standing,
    "role": _person,
    "country": _country,
    "phone": _phone,
    "email": _email,
    "text": _quotation,
    "prize_eur": _figure,
    "applications": _figure,
    "applications_countries": _figure,
    "figures": _figure,
    "count": _figure,
    "date": _date,
    "place": _place,
}
