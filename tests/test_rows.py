"""The rows of a list: what they refer to is read for all of them at once."""

import pytest
from conftest import BASE

from icapital_cli.compiler.compile import compile_folder
from icapital_cli.compiler.files import find_files
from icapital_cli.query.select import select
from icapital_cli.store.facts import FactStore
from icapital_cli.views.view import view_of

KINDS = ["results", "prizes", "initiatives", "quotes", "contacts", "people", "posts", "disputes"]
ONCE = 4  # what one row may do without: terms, what is disputed, countries, dates


@pytest.fixture(scope="module")
def connection():
    return compile_folder(BASE, find_files(BASE))


def statements(connection, kind, found):
    """Count the statements of SQL that the view of some facts takes."""
    said = []
    connection.set_trace_callback(said.append)
    view_of(FactStore(connection, "sv"), kind, found)
    connection.set_trace_callback(None)
    return len(said)


@pytest.mark.parametrize("kind", KINDS)
def test_a_longer_list_takes_no_more_statements_of_sql(connection, kind):
    found = select(FactStore(connection), kind)
    fewest = min(statements(connection, kind, [one]) for one in found)
    often = [(f"{fact_id}-{number}", doc) for fact_id, doc in found for number in range(20)]

    assert statements(connection, kind, often) <= fewest + ONCE
