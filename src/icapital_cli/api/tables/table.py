"""What a table is: fields with types, keys and descriptions, and rows."""

from typing import Any, NamedTuple

from icapital_cli.store.facts import Doc, FactStore
from icapital_cli.views.localizer import Localizer

PARTIAL_DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"  # a day, a month or a year of ISO 8601
DESCRIPTIONS = {
    "id": "Id, unique among all facts; never reused, never renamed.",
    "lang": "Language of the free text in this row (BCP 47).",
    "year": "Year of the edition; 2024 is the edition 2024-25.",
    "label": "Name of the edition as the organiser writes it.",
    "ordinal": "Which edition it is, counted from 1.",
    "date": "Day, or month or year where no source gives more.",
    "applications": "Number of cities that applied.",
    "applications_countries": "Number of countries from which cities applied.",
    "rank": "Place among the cities that were placed, from 1.",
    "prize_eur": "Prize money.",
    "amount": "Prize money, in `currency`.",
    "currency": "Currency (ISO 4217).",
    "number_of_prizes": "How many such prizes the edition offered.",
    "purpose": "What the prize is for.",
    "reason": "Why the jury chose the city, in our summary of the sources.",
    "placed": "Whether the status carries a prize.",
    "country_code": "Country (ISO 3166-1 alpha-2).",
    "code": "Code of the country (ISO 3166-1 alpha-2).",
    "type": "What it is, one of a closed list.",
    "latitude": "Latitude of the centre (WGS 84), from GeoNames.",
    "longitude": "Longitude of the centre (WGS 84), from GeoNames.",
    "wikidata": "Id in Wikidata.",
    "basis": "Who says that the city does it.",
    "since": "Since when.",
    "text": "The words, in the language of the export where a source published them or we translated them.",
    "original": "The words as they were published first.",
    "original_lang": "Language in which the words were published first (BCP 47).",
    "translated": "Whether `text` is our translation, and so no quotation.",
    "phone": "Telephone number (E.164), as printed on the day `as_of`.",
    "email": "E-mail address, as printed on the day `as_of`.",
    "as_of": "Day of the press release that printed the contact.",
    "weight": "open: a reader may follow either side; settled: better evidence decides; slip: an evident mistake.",
    "severity": "How much the difference changes what is told.",
    "believed": "What we follow.",
    "why": "Why.",
    "url": "Address of the page.",
    "publisher": "Who published the page.",
    "title": "Title.",
    "name": "Name.",
    "what": "What is not known.",
    "note": "Note.",
    "summary": "Summary in our words.",
}


class Field(NamedTuple):
    """A column: its name, its type, what it means, whether it may be empty, the unit, a closed list, what it refers to.

    Types are those of Table Schema: string, integer, number, boolean, date (partial: a string with a pattern).
    """

    name: str
    type: str = "string"
    description: str = ""
    optional: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    refers: tuple[str, str] | None = None  # table and column


class Table(NamedTuple):
    """A table: its name, what it holds, its columns, its rows; `key` identifies a row, `label` names one for people.

    `words` are the columns that a full-text search covers.
    """

    name: str
    description: str
    fields: list[Field]
    rows: list[tuple[Any, ...]]
    key: tuple[str, ...] = ("id",)
    label: str = ""
    words: tuple[str, ...] = ()


class Context:
    """What the makers of tables share: the store, its localizer, the ids of all facts by kind."""

    def __init__(self, store: FactStore) -> None:
        """Read the ids."""
        self.store, self.localizer = store, Localizer(store)
        self.kind_of = {fact_id: kind for kind, fact_id in store.rows("SELECT kind, id FROM facts ORDER BY seq")}

    def facts(self, kind: str) -> list[tuple[str, Doc]]:
        """Return the facts of a kind, in their order."""
        ids = self.store.ids(kind)
        self.store.read(ids)  # at once
        return [(fact_id, self.store.fact(fact_id)[1]) for fact_id in ids]

    def name(self, fact_id: str, value: str) -> str:
        """Return a proper name in the form that the language has for it, if any."""
        return self.localizer.translation(fact_id, "name") or self.localizer.term(value) or value


def described(name: str, fallback: str = "") -> str:
    """Return what a column of that name means."""
    return DESCRIPTIONS.get(name) or fallback or name.replace("_", " ").capitalize() + "."
