"""Bars of a measure of statistics: how long each is, what of it is disputed, whether some of it is unknown."""

from icapital_cli.errors import UsageError, no_such
from icapital_cli.store.facts import FactStore
from icapital_cli.views.column_types import DISPUTED
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.pictures import Bar, BarsPicture
from icapital_cli.views.rows import Row
from icapital_cli.views.statistics import APPLICATIONS, DIMENSIONS, NAMED, group_columns, groups_of, sum_label
from icapital_cli.views.view import View


def measures(store: FactStore) -> list[str]:
    """Return what bars can show: a sum, or how many cities applied."""
    return ["prize_eur", "count", *store.ids("statuses"), APPLICATIONS]


def stats_picture(view: View, by: str, measure: str | None = None) -> BarsPicture:
    """Make the bars of a measure: of applications for editions, of results for statuses, else of prize money.

    Raises UsageError for an unknown measure, or for one that the view does not have.
    """
    localizer, groups = view.localizer, groups_of(by)
    keys = {column.key for column in group_columns(localizer, groups)}
    keys |= {APPLICATIONS} & {key for row in view.rows for key in row.values}
    default = APPLICATIONS if APPLICATIONS in keys else "count" if groups[0] in NAMED else "prize_eur"
    measure = default if measure is None else measure
    if measure not in measures(localizer.store):
        raise no_such("measure", measure, measures(localizer.store))
    if measure not in keys:
        raise UsageError("applications go with --by edition or --by year, and with no filter but --year")
    columns = group_columns(localizer, groups)
    names = [column for column in columns if column.key in DIMENSIONS]
    bars = [_bar(localizer, row, measure, " · ".join(view.cell(row, column) for column in names)) for row in view.rows]
    words = {"measure": _measure_label(localizer, measure)}
    words["group"] = localizer.list([localizer.label(f"column.{group}").lower() for group in groups])
    return BarsPicture(
        view.lang,
        localizer.filled("picture.bars", words),
        localizer.label("picture.of_bars"),
        bars,
        localizer.label("picture.disputed"),
        localizer.label("picture.unknown"),
        [] if measure == APPLICATIONS else view.notes,
    )


def _bar(localizer: Localizer, row: Row, measure: str, label: str) -> Bar:
    value = row.values[measure]
    if measure == APPLICATIONS:
        disputed, unknown = value or 0 if measure in row.disputed else 0, int(value is None)
    else:
        disputed, unknown = row.values["disputed_parts"].get(measure, 0), 0
        unknown = row.values["unknown"] if measure == "prize_eur" else 0
    texts = (
        [] if value is None else [localizer.money(value, "EUR") if measure == "prize_eur" else localizer.number(value)]
    )
    texts += [DISPUTED] if disputed else []
    if unknown:
        word = localizer.label("mark.unknown")
        texts.append(word if value is None else f"+ {localizer.number(unknown)} {word}")
    return Bar(row.id, label, value, " ".join(texts), disputed, bool(unknown))


def _measure_label(localizer: Localizer, measure: str) -> str:
    return localizer.label("measure.prize_eur") if measure == "prize_eur" else sum_label(localizer, measure)
