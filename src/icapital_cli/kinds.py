"""The kinds of fact: one class each, with the fields of its YAML and the columns of its answer, in their order."""

from typing import Any

from icapital_cli.model import KINDS, STATUSES, Claim, Column, Fact, Figure
from icapital_cli.values import (
    Country,
    Currency,
    Date,
    Email,
    Euros,
    FileName,
    Integer,
    Language,
    Line,
    ListOf,
    Mapping,
    Phone,
    Ref,
    Target,
    Term,
    Text,
    Url,
    Word,
    Year,
)

YEAR = Column("year", "edition.year", "year", shown=True)
CITY = (Column("city", "city.name", "name", shown=True), Column("city_id", "city", "id"))
COUNTRY = (Column("country", "city.country", "country", shown=True), Column("country_code", "city.country", "id"))
STANDING = (
    Column("category", "category", "category", shown=True),
    Column("status", "status", "status", shown=True),
)
LANG = Column("lang", "", "lang")


class Award(Fact, kind="awards"):
    """An award, and what it is for."""

    line = ("name", "purpose", "since", "rhythm", "organiser")
    name = Text(proper=True)
    purpose = Text(optional=True)
    since = Date(optional=True)
    rhythm = Text(optional=True)
    organiser = Text(optional=True)
    also_called = ListOf(Line())
    names = ("name", "also_called")
    columns = (
        Column("name", "name", "name", shown=True),
        Column("purpose", "purpose", shown=True),
        Column("since", "since", "date", shown=True),
        Column("rhythm", "rhythm", shown=True),
        Column("organiser", "organiser", shown=True),
        LANG,
    )


class Category(Fact, kind="categories"):
    """A class of city that an award is given in."""

    line = ("name", "summary")
    award = Ref("awards")
    name = Text()
    summary = Text(optional=True)
    names = ("name",)
    columns = (Column("name", "name", shown=True), Column("summary", "summary", shown=True), LANG)


class Status(Fact, kind="statuses"):
    """The furthest stage that a city reached in an edition."""

    line = ("name", "summary")
    name = Text()
    summary = Text(optional=True)
    names = ("name",)
    columns = (Column("name", "name", shown=True), Column("summary", "summary", shown=True), LANG)


class Edition(Fact, kind="editions", command="editions"):
    """One run of the award."""

    line = (
        "label",
        "date",
        "event",
        "place",
        "organiser",
        "commissioner",
        "commissioner_role",
        "applications",
        "applications_countries",
        "applications_note",
        "winners",
        "jury",
        "note",
    )
    order = ("id",)
    key = Year()
    award = Ref("awards")
    label = Line(optional=True)
    also_called = ListOf(Line())
    ordinal = Integer(optional=True)
    date = Date(optional=True)
    event = Text(optional=True)
    place = Text(optional=True)
    organiser = Text(optional=True)
    commissioner = Ref("people", optional=True)
    commissioner_role = Text(optional=True)
    applications = Integer(optional=True)
    applications_countries = Integer(optional=True)
    applications_note = Text(optional=True)
    jury = Text(optional=True)
    note = Text(optional=True)
    expected_results = ListOf(
        Mapping({"category": Ref("categories"), "status": Word(*STATUSES), "count": Integer()}),
        help="How many cities reached each status: an assertion that check proves.",
    )
    names = ("label", "also_called")
    expected = ("date", "place", "organiser", "commissioner", "applications", "applications_countries")
    filters = {"year": "id", "award": "award"}
    columns = (
        Column("year", "year", "year", shown=True),
        Column("label", "label", "line"),
        Column("date", "date", "date", shown=True),
        Column("event", "event", shown=True),
        Column("place", "place", shown=True),
        Column("organiser", "organiser"),
        Column("commissioner", "commissioner.name", "name"),
        Column("applications", "applications", "integer", shown=True),
        Column("winners", "id", "winners", shown=True),
        Column("ordinal", "ordinal", "integer"),
        Column("commissioner_role", "commissioner_role"),
        Column("applications_countries", "applications_countries", "integer"),
        Column("applications_note", "applications_note"),
        Column("jury", "jury"),
        Column("note", "note"),
        LANG,
        Column("timeline", "id", "timeline"),
    )

    @staticmethod
    def derive(doc: dict[str, Any]) -> None:
        """An edition's id is its year; its label is the year unless the organiser wrote another."""
        doc["year"] = int(doc["id"])
        doc.setdefault("label", doc["id"])


class Result(Fact, kind="results", command="cities"):
    """Which city reached what, in which edition."""

    line = ("edition", "city", "country", "category", "status", "rank", "prize_eur", "reason", "note")
    order = ("edition", "category", "status", "rank", "city")
    edition = Ref("editions")
    city = Ref("cities")
    category = Ref("categories")
    status = Word(*STATUSES)
    rank = Integer(optional=True)
    prize_eur = Euros(optional=True)
    purpose = Text(optional=True)
    reason = Text(optional=True)
    note = Text(optional=True)
    expected = ("reason",)
    filters = {"year": "edition", "city": "city", "category": "category", "status": "status"}
    columns = (
        YEAR._replace(shown=False),
        Column("edition", "edition.label", "line", shown=True),
        *CITY,
        *COUNTRY,
        *STANDING,
        Column("rank", "rank", "integer"),
        Column("prize_eur", "prize_eur", "euros", shown=True),
        Column("reason", "reason"),
        LANG,
        Column("note", "note"),
    )


class Prize(Fact, kind="prizes", command="prizes"):
    """A prize awarded to a city, and what for."""

    line = ("award", "year", "city", "category", "status", "amount", "purpose")
    order = ("year", "category", "status", "rank", "city")
    award = Ref("awards")
    edition = Ref("editions", optional=True)
    year = Integer()
    city = Ref("cities")
    category = Ref("categories", optional=True)
    status = Word(*STATUSES)
    amount = Integer(optional=True)
    currency = Currency(optional=True)
    purpose = Text(optional=True)
    filters = {"year": "year", "city": "city", "category": "category", "status": "status", "award": "award"}
    columns = (
        Column("award", "award.name", "name", shown=True),
        Column("year", "year", "year", shown=True),
        *CITY,
        *COUNTRY,
        *STANDING,
        Column("amount", "amount", "money", shown=True),
        Column("currency", "currency", "id"),
        Column("purpose", "purpose", shown=True),
        LANG,
        Column("award_id", "award", "id"),
    )


class Scheme(Fact, kind="schemes"):
    """The prizes that an edition offered, by category and status."""

    line = ("category", "status", "rank", "prize_eur", "number_of_prizes", "note")
    order = ("edition", "category", "status", "rank")
    edition = Ref("editions")
    category = Ref("categories")
    status = Word(*STATUSES)
    rank = Integer(optional=True)
    prize_eur = Euros(optional=True)
    number_of_prizes = Integer()
    note = Text(optional=True)
    filters = {"year": "edition"}
    columns = (
        YEAR,
        *STANDING,
        Column("rank", "rank", "integer"),
        Column("prize_eur", "prize_eur", "euros", shown=True),
        Column("number_of_prizes", "number_of_prizes", "integer", shown=True),
        Column("note", "note", shown=True),
        LANG,
    )


class Milestone(Fact, kind="milestones"):
    """A dated step of an edition: deadline, shortlist, final, ceremony."""

    line = ("date", "summary")
    order = ("date",)
    edition = Ref("editions")
    date = Date()
    summary = Text()
    filters = {"year": "edition"}
    columns = (
        YEAR,
        Column("date", "date", "date", shown=True),
        Column("summary", "summary", shown=True),
        LANG,
    )


class Rule(Fact, kind="rules"):
    """Who could take part in an edition, and by what it was judged."""

    line = ("summary",)
    edition = Ref("editions")
    summary = Text()
    filters = {"year": "edition"}
    columns = (YEAR, Column("summary", "summary", shown=True), LANG)


class City(Fact, kind="cities"):
    """A city, under one id in all editions."""

    line = ("name", "country", "type", "also_called")
    order = ("id",)
    name = Line()
    country = Country()
    type = Word("city", "metropolitan-area", "combined-authority", "district")
    also_called = ListOf(Line())
    wikidata = Line(optional=True)
    names = ("name", "also_called")
    columns = (
        Column("name", "name", "name", shown=True),
        Column("country", "country", "country", shown=True),
        Column("country_code", "country", "id"),
        Column("type", "type", "word"),
        Column("also_called", "also_called", "list", shown=True),
        LANG,
    )


class Organisation(Fact, kind="organisations"):
    """A body that people speak for, or that works with a city."""

    line = ("name",)
    name = Text()
    also_called = ListOf(Line())
    names = ("name", "also_called")
    columns = (Column("name", "name", "named", shown=True), LANG)


class Person(Fact, kind="people"):
    """A person whom a source names in connection with the award."""

    line = ("name",)
    name = Line()
    names = ("name",)
    columns = (Column("name", "name", "name", shown=True), LANG)


class Post(Fact, kind="posts", command="people"):
    """What a person was at the time of an edition."""

    line = ("name", "role", "organisation", "city", "year")
    order = ("edition",)
    person = Ref("people")
    role = Text(optional=True)
    organisation = Ref("organisations")
    city = Ref("cities", optional=True)
    edition = Ref("editions")
    expected = ("role",)
    filters = {"year": "edition", "city": "city", "speaker": "person"}
    columns = (
        Column("name", "person.name", "name", shown=True),
        Column("role", "role", shown=True),
        Column("organisation", "organisation.name", "named", shown=True),
        *CITY,
        YEAR,
        LANG,
        Column("person_id", "person", "id"),
    )


class Initiative(Fact, kind="initiatives", command="initiatives"):
    """What a city does, as the sources describe it."""

    line = ("name", "city", "year", "summary", "since", "since_note", "partners", "figures", "note")
    order = ("edition", "city")
    name = Text(proper=True)
    city = Ref("cities")
    edition = Ref("editions")
    summary = Text()
    basis = Word("official-reason", "own-account", "press-account")
    since = Date(optional=True)
    since_note = Text(optional=True)
    partners = ListOf(Term())
    figures = ListOf(Figure())
    note = Text(optional=True)
    names = ("name",)
    filters = {"year": "edition", "city": "city"}
    columns = (
        Column("name", "name", "name", shown=True),
        *CITY,
        YEAR,
        Column("summary", "summary", shown=True),
        Column("basis", "basis", "basis"),
        Column("since", "since", "date"),
        Column("partners", "partners", "list"),
        Column("figures", "figures", "figures", shown=True),
        LANG,
        Column("since_note", "since_note"),
        Column("note", "note"),
    )


class Quote(Fact, kind="quotes", command="quotes"):
    """What someone said, in the words that a source printed."""

    line = ("text", "speaker", "role", "organisation", "city", "date", "note")
    speaker = Ref("people")
    text = Text()
    post = Ref("posts", optional=True)
    city = Ref("cities", optional=True)
    edition = Ref("editions", optional=True)
    date = Date(optional=True)
    occasion = Text(optional=True)
    parallel = ListOf(Ref("quotes"))
    note = Text(optional=True)
    filters = {"year": "edition", "city": "city", "speaker": "speaker"}
    columns = (
        Column("text", "text", "quote", shown=True),
        LANG,
        Column("original_lang", "text", "original_lang"),
        Column("translated", "text", "translated"),
        Column("speaker", "speaker.name", "name", shown=True),
        Column("speaker_id", "speaker", "id"),
        Column("role", "post.role", shown=True),
        Column("organisation", "post.organisation.name", "named", shown=True),
        *CITY,
        Column("date", "date", "date", shown=True),
        Column("year", "edition.year", "year"),
        Column("occasion", "occasion"),
        Column("parallel", "parallel", "list"),
        Column("note", "note"),
        Column("original", "text", "original"),
    )


class Contact(Fact, kind="contacts", command="contacts"):
    """Whom to call, as a public press release printed it on the day `as_of`."""

    line = ("name", "role", "organisation", "phone", "email", "as_of")
    person = Ref("people")
    role = Text()
    organisation = Ref("organisations")
    city = Ref("cities", optional=True)
    phone = Phone(optional=True)
    phone_printed = Line(optional=True, help="The number as the source printed it.")
    email = Email(optional=True)
    as_of = Date()
    filters = {"city": "city", "speaker": "person"}
    columns = (
        Column("name", "person.name", "name", shown=True),
        Column("role", "role", shown=True),
        Column("organisation", "organisation.name", "named", shown=True),
        Column("city", "city.name", "name"),
        CITY[1],
        Column("phone", "phone", "phone", shown=True),
        Column("email", "email", "line", shown=True),
        Column("as_of", "as_of", "date", shown=True),
        LANG,
    )


class Dispute(Fact, kind="disputes", command="disputes"):
    """Where sources contradict each other: what each says, which we follow, and why."""

    line = ("topic", "claims", "believed", "why")
    order = ("year",)
    editions = ListOf(Ref("editions"))
    topic = Text()
    severity = Word("high", "medium", "low")
    touches = ListOf(Target(), help="The facts, or fields of facts, that the dispute puts in doubt.")
    claims = ListOf(Claim(), optional=False)
    believed = Text()
    why = Text()
    cited = False
    filters = {"year": "editions", "city": "cities"}
    columns = (
        Column("year", "year", "year", shown=True),
        Column("topic", "topic", shown=True),
        Column("severity", "severity", "severity"),
        Column("claims", "claims", "claims", shown=True),
        Column("believed", "believed", shown=True),
        Column("why", "why", shown=True),
        LANG,
        Column("years", "editions", "list"),
        Column("touches", "touches", "list"),
    )

    @staticmethod
    def derive(doc: dict[str, Any]) -> None:
        """The year is the first edition's; the sources are those of the claims."""
        doc["year"] = int(doc["editions"][0]) if doc.get("editions") else None
        doc["citations"] = [citation for claim in doc["claims"] for citation in claim["citations"]]


class Source(Fact, kind="sources", command="sources"):
    """A page that facts are taken from."""

    line = ("title", "publisher", "date", "kind", "url")
    order = ("date", "publisher", "title")
    title = Line()
    publisher = Line()
    url = Url(optional=True)
    date = Date(optional=True)
    lang = Language()
    type = Word("official", "press-release", "news", "reference")
    reprint_of = Ref("sources", optional=True, help="The page whose text this one prints again.")
    draws_on = Ref("sources", optional=True, help="The page whose text this one repeats in part.")
    origin = Line(optional=True, help="Who wrote the text, where the page only carries it.")
    note = Text(optional=True)
    text_file = FileName(optional=True, help="The file with the text of the page, where it is in our hands.")
    cited = False
    names = ("title",)
    filters = {"year": "year", "publisher": "publisher", "kind": "type"}
    columns = (
        Column("title", "title", "line", shown=True),
        Column("publisher", "publisher", "line", shown=True),
        Column("url", "url", "url", shown=True),
        Column("date", "date", "date", shown=True),
        Column("lang", "lang", "id"),
        Column("kind", "type", "source_kind", shown=True),
        Column("cited", "id", "cited", shown=True),
        Column("reprint_of", "reprint_of", "id"),
        Column("draws_on", "draws_on", "id"),
        Column("origin", "origin", "line"),
        Column("note", "note"),
    )

    @staticmethod
    def derive(doc: dict[str, Any]) -> None:
        """The year is that of the date."""
        doc["year"] = doc["date"][:4] if doc.get("date") else None


class Gap(Fact, kind="gaps"):
    """What nobody was found to state: what, why, since when."""

    line = ("what", "why", "since")
    about = ListOf(Target())
    what = Text()
    why = Text()
    since = Date()
    must_cite = False
    columns = (
        Column("what", "what", shown=True),
        Column("why", "why", shown=True),
        Column("since", "since", "date", shown=True),
        Column("about", "about", "list"),
        LANG,
    )


__all__ = ["KINDS"]
