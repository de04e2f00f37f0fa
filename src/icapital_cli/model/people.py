"""Kinds of fact about cities, organisations, and the people in office."""

from icapital_cli.model.composites import ListOf, Text
from icapital_cli.model.fact import CITY, LANG, YEAR, ColumnSpec, Fact, Filter, ListCommand, PageSpec, SearchSpec
from icapital_cli.model.values import CountryCode, Integer, Line, Number, Ref, Word


class Country(Fact, kind="countries"):
    """A country of cities that took part; CLDR has its names."""

    search = SearchSpec(title=("code",))
    page = PageSpec(
        sentence=("name",),
        sections=("results", "prizes", "initiatives", "posts"),
        link="country",
        implied=("country",),
    )
    code = CountryCode()
    exonyms = ListOf(Line(), help="Names in other languages, and other names, for finding only.")
    names = ("code", "exonyms")
    must_cite = False
    columns = (
        ColumnSpec("name", "code", "country", shown=True),
        ColumnSpec("country_code", "code", "id", shown=True),
    )


class City(Fact, kind="cities"):
    """A city, under one id in all editions."""

    search = SearchSpec(in_every_language=("name", "also_called"))
    page = PageSpec(
        sentence=("name", "country", "type", "also_called"),
        sections=("results", "prizes", "initiatives", "quotes", "posts", "contacts"),
        link="city",
        implied=("city", "country"),
    )
    order = ("id",)
    name = Line()
    country = CountryCode()
    type = Word("city", "metropolitan-area", "combined-authority", "district")
    also_called = ListOf(Line())
    exonyms = ListOf(Line(), help="Names in other languages and scripts, for finding only.")
    around = Ref("cities", optional=True, help="The city at the heart of a metropolitan body.")
    latitude = Number(optional=True)
    longitude = Number(optional=True)
    geonames = Integer(optional=True, help="Id in GeoNames.")
    wikidata = Line(optional=True)
    names = ("name", "also_called", "exonyms")
    columns = (
        ColumnSpec("name", "name", "name", shown=True),
        ColumnSpec("country", "country", "country", shown=True),
        ColumnSpec("country_code", "country", "id"),
        ColumnSpec("type", "type", "choice"),
        ColumnSpec("also_called", "also_called", "list", shown=True),
        ColumnSpec("around", "around.name", "name"),
        ColumnSpec("around_id", "around", "id"),
        LANG,
        ColumnSpec("latitude", "latitude", "number"),
        ColumnSpec("longitude", "longitude", "number"),
        ColumnSpec("geonames", "geonames", "year"),
        ColumnSpec("wikidata", "wikidata", "id"),
    )


class Organisation(Fact, kind="organisations"):
    """A body that people speak for, or that works with a city."""

    page = PageSpec(
        sentence=("name",),
        sections=("posts", "contacts"),
        link="organisation",
        implied=("organisation",),
    )
    name = Text()
    also_called = ListOf(Line())
    names = ("name", "also_called")
    columns = (ColumnSpec("name", "name", "named", shown=True), LANG)


class Person(Fact, kind="people"):
    """A person whom a source names in connection with the award."""

    search = SearchSpec(in_every_language=("name",))
    page = PageSpec(
        sentence=("name",),
        sections=("posts", "quotes", "contacts"),
        link="person",
        linked_by={"quotes": "speaker"},
        implied=("name", "speaker"),
    )
    name = Line()
    names = ("name",)
    columns = (ColumnSpec("name", "name", "name", shown=True), LANG)


class Post(Fact, kind="posts"):
    """What a person was at the time of an edition."""

    command = ListCommand(
        "people",
        place=6,
        options=("year", "city", "country"),
        summary="Officials and mayors, and what they were at the time.",
        examples=(
            "icapital people --year 2019",
            "icapital people espoo --lang sv",
        ),
    )
    search = SearchSpec(title=("person", "edition"), in_every_language=("person",))
    page = PageSpec(
        sentence=("name", "role", "organisation", "city", "year"),
    )
    order = ("edition",)
    person = Ref("people")
    role = Text(optional=True)
    organisation = Ref("organisations")
    city = Ref("cities", optional=True)
    edition = Ref("editions")
    expected = ("role",)
    filters = {"year": Filter("edition"), "city": Filter("city"), "speaker": Filter("person")}
    columns = (
        ColumnSpec("name", "person.name", "name", shown=True),
        ColumnSpec("role", "role", shown=True),
        ColumnSpec("organisation", "organisation.name", "named", shown=True),
        *CITY,
        YEAR,
        LANG,
        ColumnSpec("person_id", "person", "id"),
    )
