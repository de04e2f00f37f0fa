"""The table of texts: each text of each fact in every language, and whether it was published or is ours."""

import json
from typing import Any

from icapital_cli.api.tables.table import Context, Field, Table
from icapital_cli.model import KINDS
from icapital_cli.model.composites import Text

ORIGINS = ("published", "ours", "translation")


def texts_table(context: Context) -> Table:
    """Make the table."""
    rows: list[tuple[Any, ...]] = []
    texts = {kind: [n for n, v in cls.mapping.fields.items() if isinstance(v, Text)] for kind, cls in KINDS.items()}
    for fact_id, kind in context.kind_of.items():
        doc = context.store.fact(fact_id)[1]
        for name in texts[kind]:
            value = doc.get(name)
            if isinstance(value, dict):
                rows += [(fact_id, name, None, lang, text, "published") for lang, text in value.items()]
            elif value is not None:
                rows.append((fact_id, name, None, "en", value, "ours"))
        for number, claim in enumerate(doc.get("claims", ()), 1):
            rows.append((fact_id, "claims", number, "en", claim["says"], "ours"))
    for lang, fact_id, name, text in context.store.rows(
        "SELECT lang, fact, field, text FROM texts ORDER BY fact, field, lang"
    ):
        if fact_id in context.kind_of:
            several = json.loads(text) if text.startswith("[") else None
            listed = enumerate(several, 1) if isinstance(several, list) else [(None, text)]
            rows += [(fact_id, name, number, lang, one, "translation") for number, one in listed]
    rows.sort(key=lambda row: (row[0], row[1], row[2] or 0, row[3]))
    fields = [
        Field("fact_id", description="Id in facts.", refers=("facts", "id")),
        Field("field", description="Column of the table of its kind."),
        Field("number", "integer", "Position, for a text in a list, from 1.", optional=True),
        Field("lang", description="Language of the text (BCP 47)."),
        Field("text", description="The text."),
        Field(
            "origin",
            description="published: a source printed these words; ours: our own; translation: ours.",
            choices=ORIGINS,
        ),
    ]
    told = "The texts of all facts, in every language. Only published texts are quotations."
    return Table("texts", told, fields, rows, (), words=("text",))
