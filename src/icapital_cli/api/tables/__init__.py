"""All facts as flat tables, for data people: a table for each kind, and tables for what facts have several of."""

from icapital_cli.api.facts import Facts
from icapital_cli.api.tables.evidence import evidence_tables
from icapital_cli.api.tables.kinds import country_table, kind_tables
from icapital_cli.api.tables.table import Context, Field, Table
from icapital_cli.api.tables.texts import texts_table

__all__ = ["Field", "Table", "tables_of"]


def tables_of(facts: Facts) -> list[Table]:
    """Make the tables, in the language of the facts."""
    with facts.store() as store:
        context = Context(store)
        return [country_table(context), *kind_tables(context), *evidence_tables(context), texts_table(context)]
