"""Kinds of fact about the evidence: disputes, sources, gaps."""

from icapital_cli.model.composites import Claim, ListOf, Text
from icapital_cli.model.fact import LANG, ColumnSpec, Doc, Fact, Filter, ListCommand, PageSpec, SearchSpec
from icapital_cli.model.values import Date, FileName, Language, Line, Ref, Target, Url, Word


class Dispute(Fact, kind="disputes"):
    """Where sources contradict each other: what each says, which we follow, and why."""

    command = ListCommand(
        "disputes",
        place=8,
        options=("year", "city", "country", "weight"),
        summary="Where sources disagree: what each says, whom we follow, and why.",
        examples=(
            "icapital disputes --year 2021",
            "icapital disputes espoo --lang sv",
        ),
    )
    search = SearchSpec(title=("topic",))
    page = PageSpec(
        sentence=("topic", "year", "weight", "claims", "believed", "why"),
        short_sentence=("topic", "year", "weight", "believed"),
    )
    order = ("year",)
    editions = ListOf(Ref("editions"))
    topic = Text()
    severity = Word("high", "medium", "low")
    weight = Word("open", "settled", "slip", help="How much it matters to a reader; only an open one marks a table.")
    touches = ListOf(Target(), help="The facts, or fields of facts, that the dispute puts in doubt.")
    claims = ListOf(Claim(), optional=False)
    believed = Text()
    why = Text()
    cited = False
    filters = {"year": Filter("editions"), "city": Filter("", "cities"), "weight": Filter("weight")}
    columns = (
        ColumnSpec("year", "year", "first_year", shown=True),
        ColumnSpec("topic", "topic", shown=True),
        ColumnSpec("severity", "severity", "choice"),
        ColumnSpec("weight", "weight", "choice", shown=True),
        ColumnSpec("claims", "claims", "claims", shown=True),
        ColumnSpec("believed", "believed", shown=True),
        ColumnSpec("why", "why", shown=True),
        LANG,
        ColumnSpec("years", "editions", "list"),
        ColumnSpec("touches", "touches", "list"),
    )

    @staticmethod
    def derive(doc: Doc) -> None:
        """The year is the first edition's; the sources are those of the claims."""
        doc["year"] = int(doc["editions"][0]) if doc.get("editions") else None
        doc["citations"] = [citation for claim in doc["claims"] for citation in claim["citations"]]


class Source(Fact, kind="sources"):
    """A page that facts are taken from."""

    command = ListCommand(
        "sources",
        place=9,
        options=("year", "publisher", "kind"),
        summary="The pages behind it all.",
        examples=(
            "icapital sources --kind official",
            "icapital sources --publisher espoo --json",
        ),
    )
    search = SearchSpec(title=("title",), instead_of_texts=("publisher", "url"))
    page = PageSpec(
        sentence=("title", "publisher", "date", "kind", "url", "note"),
        sections=(
            "results",
            "prizes",
            "schemes",
            "milestones",
            "rules",
            "initiatives",
            "quotes",
            "posts",
            "contacts",
            "editions",
            "cities",
            "people",
            "organisations",
            "awards",
            "categories",
        ),
    )
    order = ("date", "publisher", "title")
    title = Line()
    publisher = Line()
    url = Url(optional=True)
    date = Date(optional=True)
    dated_by = Word("text", "address", "dateline", optional=True, help="Where on the page the date is.")
    lang = Language()
    type = Word("official", "press-release", "news", "reference")
    reprint_of = Ref("sources", optional=True, help="The page whose text this one prints again.")
    draws_on = Ref("sources", optional=True, help="The page whose text this one repeats in part.")
    origin = Line(optional=True, help="Who wrote the text, where the page only carries it.")
    note = Text(optional=True)
    text_file = FileName(optional=True, help="The file with the text of the page, where it is in our hands.")
    cited = False
    names = ("title",)
    filters = {"year": Filter("year"), "publisher": Filter("publisher"), "kind": Filter("type")}
    columns = (
        ColumnSpec("title", "title", "line", shown=True),
        ColumnSpec("publisher", "publisher", "line", shown=True),
        ColumnSpec("url", "url", "url", shown=True),
        ColumnSpec("date", "date", "date", shown=True),
        ColumnSpec("lang", "lang", "id"),
        ColumnSpec("kind", "type", "choice", shown=True),
        ColumnSpec("cited", "id", "cited", shown=True),
        ColumnSpec("reprint_of", "reprint_of", "id"),
        ColumnSpec("draws_on", "draws_on", "id"),
        ColumnSpec("origin", "origin", "line"),
        ColumnSpec("note", "note"),
    )

    @staticmethod
    def derive(doc: Doc) -> None:
        """The year is that of the date."""
        doc["year"] = doc["date"][:4] if doc.get("date") else None


class Gap(Fact, kind="gaps"):
    """What nobody was found to state: what, why, since when."""

    search = SearchSpec(title=("what",))
    page = PageSpec(
        sentence=("what", "why", "since"),
    )
    about = ListOf(Target())
    what = Text()
    why = Text()
    since = Date()
    must_cite = False
    columns = (
        ColumnSpec("what", "what", shown=True),
        ColumnSpec("why", "why", shown=True),
        ColumnSpec("since", "since", "date", shown=True),
        ColumnSpec("about", "about", "list"),
        LANG,
    )
