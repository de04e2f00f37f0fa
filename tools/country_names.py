"""Write facts/countries.yaml: names of the countries of cities in many languages, for finding, from Unicode CLDR.

python tools/country_names.py facts > facts/countries.yaml
"""

import sys
from pathlib import Path

import yaml
from babel import Locale

LANGUAGES = [
    "en",
    "sv",
    "fi",
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "pl",
    "pt",
    "da",
    "el",
    "uk",
    "he",
    "tr",
    "ru",
    "nb",
    "et",
    "lv",
    "lt",
]
# Other names in everyday use, and the codes of the European Union where they are not those of ISO 3166-1.
ALIASES = {
    "CZ": ["Czech Republic"],
    "GB": ["UK", "Great Britain", "Britain"],
    "GR": ["EL"],
    "NL": ["The Netherlands", "Holland"],
    "TR": ["Turkey", "Türkiye"],
}


def main(folder: str) -> None:
    """Print the countries of the cities of a fact base."""
    cities = yaml.load((Path(folder) / "cities.yaml").read_text("utf-8"), yaml.BaseLoader)["cities"]  # noqa: S506 - text
    locales = [Locale.parse(tag) for tag in LANGUAGES]
    countries = {}
    for code in sorted({city["country"] for city in cities.values()}):
        names = dict.fromkeys([*ALIASES.get(code, []), *(locale.territories[code] for locale in locales)])
        countries[code.lower()] = {"code": code, "exonyms": list(names)}
    sys.stdout.write(yaml.safe_dump({"countries": countries}, allow_unicode=True, sort_keys=False, width=110))


if __name__ == "__main__":
    main(*sys.argv[1:])
