"""Kinds of fact about cities, organisations, and the people in office."""

from icapital_cli.model.composites import ListOf, Text
from icapital_cli.model.fact import CITY, LANG, YEAR, ColumnSpec, Fact, Filter, ListCommand, PageSpec, SearchSpec
from icapital_cli.model.values import Country, Line, Ref, Word


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
    country = Country()
    type = Word("city", "metropolitan-area", "combined-authority", "district")
    also_called = ListOf(Line())
    wikidata = Line(optional=True)
    names = ("name", "also_called")
    columns = (
        ColumnSpec("name", "name", "name", shown=True),
        ColumnSpec("country", "country", "country", shown=True),
        ColumnSpec("country_code", "country", "id"),
        ColumnSpec("type", "type", "choice"),
        ColumnSpec("also_called", "also_called", "list", shown=True),
        LANG,
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
        options=("year", "city"),
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
