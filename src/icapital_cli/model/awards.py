"""Kinds of fact about the award: its editions, results, prizes, schemes, milestones and rules."""

from icapital_cli.model.composites import ListOf, Mapping, Text, supports
from icapital_cli.model.fact import (
    CITY,
    COUNTRY,
    LANG,
    STANDING,
    YEAR,
    ColumnSpec,
    Doc,
    Fact,
    Filter,
    ListCommand,
    PageSpec,
    SearchSpec,
)
from icapital_cli.model.values import Currency, Date, Euros, Integer, Line, Ref, Word, Year

# A paid result is a prize too: the same values, in the fields of a prize.
PRIZE_FIELDS = {
    "edition": "year",
    "prize_eur": "amount",
    "city": "city",
    "category": "category",
    "status": "status",
    "purpose": "purpose",
    "purpose_by": "purpose_by",
    "purpose_on": "purpose_on",
}

STEPS = ("call", "deadline", "shortlist", "hearing", "final", "ceremony", "other")


class Award(Fact, kind="awards"):
    """An award, and what it is for."""

    page = PageSpec(
        sentence=("name", "purpose", "since", "rhythm", "organiser"),
        sections=("editions", "prizes"),
        link="award",
    )
    name = Text(proper=True)
    purpose = Text(optional=True)
    since = Date(optional=True)
    rhythm = Text(optional=True)
    organiser = Text(optional=True)
    also_called = ListOf(Line())
    names = ("name", "also_called")
    columns = (
        ColumnSpec("name", "name", "name", shown=True),
        ColumnSpec("purpose", "purpose", shown=True),
        ColumnSpec("since", "since", "date", shown=True),
        ColumnSpec("rhythm", "rhythm", shown=True),
        ColumnSpec("organiser", "organiser", shown=True),
        LANG,
    )


class Category(Fact, kind="categories"):
    """A class of city that an award is given in."""

    page = PageSpec(
        sentence=("name", "summary"),
        sections=("results",),
        link="category",
    )
    award = Ref("awards")
    name = Text()
    summary = Text(optional=True)
    names = ("name",)
    columns = (ColumnSpec("name", "name", shown=True), ColumnSpec("summary", "summary", shown=True), LANG)


class Status(Fact, kind="statuses"):
    """The furthest stage that a city reached in an edition."""

    page = PageSpec(
        sentence=("name", "summary"),
    )
    name = Text()
    summary = Text(optional=True)
    placed = Word("yes", "no", optional=True, help="A place that carries a prize.")
    names = ("name",)
    columns = (ColumnSpec("name", "name", shown=True), ColumnSpec("summary", "summary", shown=True), LANG)


class Edition(Fact, kind="editions"):
    """One run of the award."""

    command = ListCommand(
        "editions",
        place=7,
        options=("year",),
        summary="The runs of the award: date, place, applications, winners.",
        examples=(
            "icapital editions",
            "icapital editions --year 2017..2020 --json",
        ),
    )
    search = SearchSpec(title=("label",))
    page = PageSpec(
        sentence=(
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
        ),
        sections=("results", "schemes", "milestones", "rules", "initiatives", "posts", "quotes"),
        link="edition",
        implied=("edition", "year"),
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
        Mapping({"category": Ref("categories"), "status": Ref("statuses"), "count": Integer()}),
        help="How many cities reached each status: an assertion that check proves.",
    )
    prizes_eur = Euros(optional=True, help="The sum of all prizes paid: an assertion that check proves.")
    names = ("label", "also_called")
    expected = ("date", "place", "organiser", "commissioner", "applications", "applications_countries")
    filters = {"year": Filter("id"), "award": Filter("award")}
    columns = (
        ColumnSpec("year", "year", "year"),
        ColumnSpec("label", "label", "line", shown=True),
        ColumnSpec("date", "date", "date", shown=True),
        ColumnSpec("event", "event", shown=True),
        ColumnSpec("place", "place", shown=True),
        ColumnSpec("organiser", "organiser"),
        ColumnSpec("commissioner", "commissioner.name", "name"),
        ColumnSpec("applications", "applications", "integer", shown=True),
        ColumnSpec("winners", "id", "winners", shown=True),
        ColumnSpec("ordinal", "ordinal", "integer"),
        ColumnSpec("commissioner_role", "commissioner_role"),
        ColumnSpec("applications_countries", "applications_countries", "integer"),
        ColumnSpec("applications_note", "applications_note"),
        ColumnSpec("jury", "jury"),
        ColumnSpec("note", "note"),
        LANG,
        ColumnSpec("timeline", "id", "timeline"),
        ColumnSpec("edition", "label", "line"),
    )

    @staticmethod
    def derive(doc: Doc) -> None:
        """An edition's id is its year; its label is the year unless the organiser wrote another."""
        doc["year"] = int(doc["id"])
        doc.setdefault("label", doc["id"])


class Result(Fact, kind="results"):
    """Which city reached what, in which edition."""

    command = ListCommand(
        "cities",
        place=1,
        options=("year", "city", "country", "category", "status"),
        summary="Which city reached what, in which edition.",
        examples=(
            "icapital cities --year 2019",
            "icapital cities --status winner",
            "icapital cities espoo --lang fi",
            "icapital cities --country sweden --json",
        ),
    )
    search = SearchSpec(title=("city", "edition"))
    page = PageSpec(
        sentence=("edition", "city", "country", "category", "status", "rank", "prize_eur", "reason", "note"),
        short_sentence=("edition", "city", "category", "status", "prize_eur", "reason"),
    )
    order = ("edition", "category", "status", "rank", "city")
    edition = Ref("editions")
    city = Ref("cities")
    category = Ref("categories")
    status = Ref("statuses")
    rank = Integer(optional=True)
    prize_eur = Euros(optional=True)
    purpose = Text(optional=True)
    purpose_by = Line(optional=True, help="Who said what the prize is for.")
    purpose_on = Date(optional=True, help="When that was said.")
    reason = Text(optional=True)
    note = Text(optional=True)
    expected = ("reason",)
    filters = {
        "year": Filter("edition"),
        "city": Filter("city"),
        "category": Filter("category"),
        "status": Filter("status"),
    }
    columns = (
        YEAR._replace(shown=False),
        ColumnSpec("edition", "edition.label", "line", shown=True),
        *CITY,
        *COUNTRY,
        *STANDING,
        ColumnSpec("rank", "rank", "integer"),
        ColumnSpec("prize_eur", "prize_eur", "euros", shown=True),
        ColumnSpec("reason", "reason"),
        LANG,
        ColumnSpec("note", "note"),
        ColumnSpec("amount", "prize_eur", "euros"),
    )


class Prize(Fact, kind="prizes"):
    """A prize awarded to a city, and what for."""

    command = ListCommand(
        "prizes",
        place=2,
        options=("year", "city", "country", "category", "status", "award"),
        summary="Prizes awarded to cities, and what for.",
        examples=(
            "icapital prizes espoo",
            "icapital prizes --year 2021",
            "icapital prizes --award intelligent-community",
        ),
    )
    search = SearchSpec(title=("city", "year"))
    page = PageSpec(
        sentence=("award", "year", "city", "category", "status", "amount", "purpose", "purpose_by", "purpose_on"),
        short_sentence=("year", "city", "award", "purpose"),
    )
    order = ("year", "category", "status", "rank", "city")
    award = Ref("awards")
    edition = Ref("editions", optional=True)
    year = Integer()
    city = Ref("cities")
    category = Ref("categories", optional=True)
    status = Ref("statuses")
    amount = Integer(optional=True)
    currency = Currency(optional=True)
    purpose = Text(optional=True)
    purpose_by = Line(optional=True)
    purpose_on = Date(optional=True)
    filters = {
        "year": Filter("year", "editions"),
        "city": Filter("city"),
        "category": Filter("category"),
        "status": Filter("status"),
        "award": Filter("award"),
    }
    columns = (
        ColumnSpec("award", "award.name", "name", shown=True),
        ColumnSpec("year", "year", "year", shown=True),
        *CITY,
        *COUNTRY,
        *STANDING,
        ColumnSpec("amount", "amount", "money", shown=True),
        ColumnSpec("currency", "currency", "id"),
        ColumnSpec("purpose", "purpose", shown=True),
        LANG,
        ColumnSpec("award_id", "award", "id"),
        ColumnSpec("purpose_by", "purpose_by", "line"),
        ColumnSpec("purpose_on", "purpose_on", "date"),
    )

    @staticmethod
    def of_result(result: Doc, award: str | None) -> Doc:
        """Derive the prize of a paid result: a citation counts when it supports the amount or the purpose."""
        doc = {own: result[field] for field, own in PRIZE_FIELDS.items() if field in result}
        edition = result["edition"]
        doc |= {"id": f"prize-{result['id']}", "award": award, "year": int(edition), "edition": edition}
        doc |= {"currency": "EUR", "result": result["id"], "rank": result.get("rank")}
        doc["citations"] = [c for c in result["citations"] if supports(c, "prize_eur") or supports(c, "purpose")]
        return doc


class Scheme(Fact, kind="schemes"):
    """The prizes that an edition offered, by category and status."""

    search = SearchSpec(title=("edition",))
    page = PageSpec(
        sentence=("category", "status", "rank", "prize_eur", "number_of_prizes", "note"),
    )
    order = ("edition", "category", "status", "rank")
    edition = Ref("editions")
    category = Ref("categories")
    status = Ref("statuses")
    rank = Integer(optional=True)
    prize_eur = Euros(optional=True)
    number_of_prizes = Integer()
    note = Text(optional=True)
    filters = {"year": Filter("edition")}
    columns = (
        YEAR,
        *STANDING,
        ColumnSpec("rank", "rank", "integer"),
        ColumnSpec("prize_eur", "prize_eur", "euros", shown=True),
        ColumnSpec("number_of_prizes", "number_of_prizes", "integer", shown=True),
        ColumnSpec("note", "note", shown=True),
        LANG,
    )


class Milestone(Fact, kind="milestones"):
    """A dated step of an edition: deadline, shortlist, final, ceremony."""

    search = SearchSpec(title=("edition",))
    page = PageSpec(
        sentence=("date", "summary"),
    )
    order = ("date",)
    edition = Ref("editions")
    date = Date()
    step = Word(*STEPS, optional=True, help="Which step of an edition it is.")
    summary = Text()
    filters = {"year": Filter("edition")}
    columns = (
        YEAR,
        ColumnSpec("date", "date", "date", shown=True),
        ColumnSpec("summary", "summary", shown=True),
        LANG,
        ColumnSpec("step", "step", "choice"),
    )


class Rule(Fact, kind="rules"):
    """Who could take part in an edition, and by what it was judged."""

    search = SearchSpec(title=("edition",))
    page = PageSpec(
        sentence=("summary",),
    )
    edition = Ref("editions")
    summary = Text()
    filters = {"year": Filter("edition")}
    columns = (YEAR, ColumnSpec("summary", "summary", shown=True), LANG)
