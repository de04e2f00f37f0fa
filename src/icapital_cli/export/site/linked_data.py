"""Linked data of a page (JSON-LD, schema.org): editions are events, cities places, the whole a dataset."""

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from icapital_cli.terminal import json_text

if TYPE_CHECKING:
    from icapital_cli.export.site.pages import Pages

CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SAME_AS = {"wikidata": "https://www.wikidata.org/entity/", "geonames": "https://sws.geonames.org/"}
Data = dict[str, Any]


def script_text(value: Any) -> Markup:
    """Encode JSON that may stand in a script of a page: nothing in it ends the script."""
    return Markup(json_text(value).replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704 - no markup is left


def linked_data(pages: "Pages", kind: str, row: Any, address: str) -> Markup:
    """Describe a thing; nothing for kinds of which schema.org has no type that fits."""
    describe = DESCRIBED.get(kind)
    if describe is None:
        return Markup()
    told = {key: value for key, value in describe(pages, row).items() if value not in (None, "", [], {})}
    return script_text({"@context": CONTEXT, **told} | ({"url": address} if address else {}))


def _event(pages: "Pages", row: Any) -> Data:
    values = row.values
    winners = [{"@type": "City", "name": name} for name in values["winners"]]
    return {
        "@type": "Event",
        "name": f"{pages.award['name']} {values['label']}",
        "startDate": values["date"],
        "eventAttendanceMode": CONTEXT + "/OfflineEventAttendanceMode" if values["place"] else None,
        "location": {"@type": "Place", "name": values["place"]} if values["place"] else None,
        "organizer": {"@type": "Organization", "name": values["organiser"]} if values["organiser"] else None,
        "description": values["event"],
        "about": winners,
        "inLanguage": pages.lang,
    }


def _place(_pages: "Pages", row: Any) -> Data:
    values = row.values
    geo = {"@type": "GeoCoordinates", "latitude": values["latitude"], "longitude": values["longitude"]}
    country = {"@type": "Country", "name": values["country"], "identifier": values["country_code"]}
    return {
        "@type": ["Place", "City"] if values["type"] == "city" else "Place",
        "name": values["name"],
        "alternateName": values["also_called"],
        "containedInPlace": country,
        "geo": geo if values["latitude"] is not None else None,
        "sameAs": [f"{base}{values[key]}" for key, base in SAME_AS.items() if values[key]],
    }


def _country(_pages: "Pages", row: Any) -> Data:
    return {"@type": ["Place", "Country"], "name": row.values["name"], "identifier": row.values["country_code"]}


def _person(_pages: "Pages", row: Any) -> Data:
    return {"@type": "Person", "name": row.values["name"]}


def _quotation(_pages: "Pages", row: Any) -> Data:
    values = row.values
    return {
        "@type": "Quotation",
        "text": values["original"],
        "inLanguage": values["original_lang"],
        "creator": {"@type": "Person", "name": values["speaker"]} if values["speaker"] else None,
        "dateCreated": values["date"],
    }


DESCRIBED = {
    "editions": _event,
    "cities": _place,
    "countries": _country,
    "people": _person,
    "quotes": _quotation,
}


def dataset(pages: "Pages", name: str, description: str, files: dict[str, str]) -> Markup:
    """Describe the whole as a dataset; `files` are its distributions, media types by address."""
    about = pages.about
    distribution = [
        {"@type": "DataDownload", "encodingFormat": media, "contentUrl": pages.base + file}
        for file, media in files.items()
    ]
    told: Data = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": name,
        "description": description,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "version": about["facts_version"],
        "identifier": about["facts_digest"],
        "inLanguage": [*pages.tags],
        "creator": {"@type": "Organization", "name": "icapital-cli"},
        "keywords": ["iCapital", "European Capital of Innovation"],
    }
    years = pages.everything.store.ids("editions")
    told |= {"temporalCoverage": f"{years[0]}/{years[-1]}"} if years else {}
    # An address in a description of a dataset is whole, which without --base-url nobody knows.
    told |= {"url": f"{pages.base}{pages.lang}/index.html", "distribution": distribution} if pages.base else {}
    return script_text(told)
