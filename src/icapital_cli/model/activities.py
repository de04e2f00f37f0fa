"""Kinds of fact about what cities do and people say, and whom to call."""

from icapital_cli.model.composites import Figure, ListOf, Text
from icapital_cli.model.fact import CITY, LANG, YEAR, ColumnSpec, Fact, Filter, ListCommand, PageSpec, SearchSpec
from icapital_cli.model.values import Date, Email, Line, Phone, Ref, Term, Word


class Initiative(Fact, kind="initiatives"):
    """What a city does, as the sources describe it."""

    command = ListCommand(
        "initiatives",
        place=3,
        options=("year", "city", "country"),
        summary="What the cities do, with figures and partners.",
        examples=(
            "icapital initiatives espoo --year 2019",
            "icapital initiatives --year 2024-25 --fields name,city,figures -f csv",
        ),
    )
    page = PageSpec(
        sentence=("name", "city", "year", "summary", "since", "since_note", "partners", "figures", "note"),
        short_sentence=("name", "city", "year", "summary", "figures"),
    )
    order = ("edition", "city")
    name = Text(proper=True)
    city = Ref("cities")
    edition = Ref("editions")
    summary = Text()
    basis = Word("official-reason", "own-account", "press-account", optional=True)
    since = Date(optional=True)
    since_note = Text(optional=True)
    partners = ListOf(Term())
    figures = ListOf(Figure())
    note = Text(optional=True)
    names = ("name",)
    expected = ("basis",)
    filters = {"year": Filter("edition"), "city": Filter("city")}
    columns = (
        ColumnSpec("name", "name", "name", shown=True),
        *CITY,
        YEAR,
        ColumnSpec("summary", "summary", shown=True),
        ColumnSpec("basis", "basis", "choice"),
        ColumnSpec("since", "since", "date"),
        ColumnSpec("partners", "partners", "list"),
        ColumnSpec("figures", "figures", "figures", shown=True),
        LANG,
        ColumnSpec("since_note", "since_note"),
        ColumnSpec("note", "note"),
    )


class Quote(Fact, kind="quotes"):
    """What someone said, in the words that a source printed."""

    command = ListCommand(
        "quotes",
        place=4,
        options=("year", "city", "country", "speaker"),
        summary="Who said what, word for word.",
        examples=(
            'icapital quotes --speaker "Jukka Mäkelä"',
            "icapital quotes --lang fi",
            "icapital quotes --json",
        ),
    )
    search = SearchSpec(title=("speaker",))
    page = PageSpec(
        sentence=("text", "speaker", "role", "organisation", "city", "date", "note"),
    )
    speaker = Ref("people")
    text = Text()
    post = Ref("posts", optional=True)
    city = Ref("cities", optional=True)
    edition = Ref("editions", optional=True)
    date = Date(optional=True)
    occasion = Text(optional=True)
    parallel = ListOf(Ref("quotes"))
    note = Text(optional=True)
    filters = {"year": Filter("edition"), "city": Filter("city"), "speaker": Filter("speaker")}
    columns = (
        ColumnSpec("text", "text", "quote", shown=True),
        LANG,
        ColumnSpec("original_lang", "text", "original_lang"),
        ColumnSpec("translated", "text", "translated"),
        ColumnSpec("speaker", "speaker.name", "name", shown=True),
        ColumnSpec("speaker_id", "speaker", "id"),
        ColumnSpec("role", "post.role", shown=True),
        ColumnSpec("organisation", "post.organisation.name", "named", shown=True),
        *CITY,
        ColumnSpec("date", "date", "date", shown=True),
        ColumnSpec("year", "edition.year", "year"),
        ColumnSpec("occasion", "occasion"),
        ColumnSpec("parallel", "parallel", "list"),
        ColumnSpec("note", "note"),
        ColumnSpec("original", "text", "original"),
    )


class Contact(Fact, kind="contacts"):
    """Whom to call, as a public press release printed it on the day `as_of`."""

    command = ListCommand(
        "contacts",
        place=5,
        options=("city",),
        summary="Whom to call, as a public press release printed it that day.",
        examples=(
            "icapital contacts --lang sv",
            "icapital contacts espoo --json",
        ),
    )
    search = SearchSpec(title=("person", "as_of"), in_every_language=("person",))
    page = PageSpec(
        sentence=("name", "role", "organisation", "phone", "email", "as_of"),
    )
    person = Ref("people")
    role = Text()
    organisation = Ref("organisations")
    city = Ref("cities", optional=True)
    phone = Phone(optional=True)
    phone_printed = Line(optional=True, help="The number as the source printed it.")
    email = Email(optional=True)
    as_of = Date()
    filters = {"city": Filter("city"), "speaker": Filter("person")}
    columns = (
        ColumnSpec("name", "person.name", "name", shown=True),
        ColumnSpec("role", "role", shown=True),
        ColumnSpec("organisation", "organisation.name", "named", shown=True),
        ColumnSpec("city", "city.name", "name"),
        CITY[1],
        ColumnSpec("phone", "phone", "phone", shown=True),
        ColumnSpec("email", "email", "line", shown=True),
        ColumnSpec("as_of", "as_of", "date", shown=True),
        LANG,
    )
