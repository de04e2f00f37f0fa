"""What a list command writes on stderr, for people: why an answer is empty, and what it leaves out of sight."""

from collections.abc import Collection, Iterator

from icapital_cli.api.hints import bodies_nearby, why_empty
from icapital_cli.cli.answer import MARKING, Shape, warn
from icapital_cli.query.select import Filters
from icapital_cli.store.facts import FactStore
from icapital_cli.views.view import View


def see_also(store: FactStore, cities: Collection[str]) -> None:
    """Name the bodies near some cities that have results too."""
    for body in bodies_nearby(store, "results", None, {"city": cities}):
        warn(f"see also {body}")


def comments(store: FactStore, view: View, query: str | None, filters: Filters, shape: Shape) -> Iterator[str]:
    """Yield the comments on an answer, one line each."""
    if not view.rows and shape.limit != 0:
        yield why_empty(store, view.kind, view, query, filters)
    for body in bodies_nearby(store, view.kind, query, filters):
        yield f"see also {body}"
    hidden = view.hidden_disputes()
    if hidden and shape.fields and shape.format not in MARKING:
        yield f"disputed: {', '.join(hidden)}; the field disputes tells which rows"
