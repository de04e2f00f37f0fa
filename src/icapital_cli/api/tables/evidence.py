"""Tables of the evidence: all facts by id, citations with what their pages state, what is disputed, what is unknown."""

from typing import Any

from icapital_cli.api.tables.table import Context, Field, Table
from icapital_cli.store.facts import Doc

FACT = Field("fact_id", description="Id in facts.", refers=("facts", "id"))
FIELD = Field("field", description="Column of the table of its kind; empty: the fact as a whole.", optional=True)


def evidence_tables(context: Context) -> list[Table]:
    """Make the tables that hold for facts of every kind."""
    citations, statements = _citations(context)
    return [_facts(context), citations, statements, _disputed(context), _unknown(context)]


def _facts(context: Context) -> Table:
    sql = "SELECT id, lang, title FROM passages WHERE lang IN (?, 'en') ORDER BY lang = ?"
    titles = {fact_id: title for fact_id, _, title in context.store.rows(sql, context.store.lang, context.store.lang)}
    rows = [(fact_id, kind, titles.get(fact_id, fact_id)) for fact_id, kind in context.kind_of.items()]
    fields = [
        Field("id", description="Id, unique among all facts."),
        Field("kind", description="Kind of fact: the table that has it."),
        Field("title", description="A few words that name the fact."),
    ]
    return Table("facts", "Every fact, whatever its kind.", fields, rows, label="title", words=("title",))


def _citations(context: Context) -> tuple[Table, Table]:
    rows: list[tuple[Any, ...]] = []
    stated: list[tuple[Any, ...]] = []
    for fact_id, kind in context.kind_of.items():
        doc = context.store.fact(fact_id)[1]
        for claim, citation in _cited(kind, doc):
            number = len(rows) + 1
            place = (citation["locator"], citation.get("excerpt"), citation.get("read_on"))
            rows.append((number, fact_id, claim, citation["source"], *place))
            for field, values in citation.get("states", {}).items():
                stated += [(number, field, value) for value in (values if isinstance(values, list) else [values])]
            stated += [
                (number, field, None)
                for field in citation.get("supports", ())
                if field not in citation.get("states", ())
            ]
    fields = [
        Field("id", "integer", "Number of the citation in this export."),
        FACT,
        Field("claim", "integer", "Number of the claim in dispute_claims, for a dispute.", optional=True),
        Field("source_id", description="The page.", refers=("sources", "id")),
        Field("locator", description="The place on the page."),
        Field("excerpt", description="Words of the page, where its text was in our hands.", optional=True),
        Field("read_on", "date", "Day on which the page was read for this fact.", optional=True),
    ]
    told = [
        Field("citation_id", "integer", "Id in citations.", refers=("citations", "id")),
        Field("field", description="Column of the fact that the page is cited for."),
        Field(
            "value",
            description="What the page states, in its own words; empty: it could not be read again.",
            optional=True,
        ),
    ]
    return (
        Table(
            "citations",
            "Which page states a fact, and where on it. Every fact has at least one.",
            fields,
            rows,
            words=("excerpt",),
        ),
        Table("statements", "What a cited page states, value by value.", told, stated, ()),
    )


def _cited(kind: str, doc: Doc) -> list[tuple[int | None, Doc]]:
    if kind == "disputes":
        return [(number, citation) for number, claim in enumerate(doc["claims"], 1) for citation in claim["citations"]]
    return [(None, citation) for citation in doc.get("citations", ())]


def _disputed(context: Context) -> Table:
    weights = {dispute: doc["weight"] for dispute, doc in context.facts("disputes")}
    found = {
        (*_target(target), dispute) for dispute, doc in context.facts("disputes") for target in doc.get("touches", ())
    }
    sql = "SELECT fact, field, dispute FROM disputed"
    found |= {(fact, field or None, dispute) for fact, field, dispute in context.store.rows(sql)}
    rows = [(fact, field, dispute, weights[dispute]) for fact, field, dispute in _known(context, found)]
    fields = [
        FACT,
        FIELD,
        Field("dispute_id", description="The dispute.", refers=("disputes", "id")),
        Field(
            "weight",
            description="Weight of the dispute; † marks what an open one touches.",
            choices=("open", "settled", "slip"),
        ),
    ]
    return Table("disputed", "Which facts, or columns of facts, a dispute puts in doubt.", fields, rows, ())


def _unknown(context: Context) -> Table:
    found = {(*_target(target), gap) for gap, doc in context.facts("gaps") for target in doc.get("about", ())}
    fields = [FACT, FIELD, Field("gap_id", description="What is not known, and why.", refers=("gaps", "id"))]
    return Table(
        "unknown",
        "Which columns of facts are empty because nobody was found to state them.",
        fields,
        _known(context, found),
        (),
    )


def _target(target: str) -> tuple[str, str | None]:
    fact, _, field = target.partition(".")
    return fact, field or None


def _known(context: Context, found: set[tuple[str, str | None, str]]) -> list[tuple[Any, ...]]:
    """Return, in a fixed order, what is about facts that exist: a gap may be about one that does not."""
    return sorted((row for row in found if row[0] in context.kind_of), key=lambda row: (row[0], row[1] or "", row[2]))
