"""Pictures as SVG: the map, the timeline and the bars, drawn from views."""

from collections.abc import Callable, Mapping
from typing import Any

from icapital_cli.api.facts import Facts, result_filters
from icapital_cli.api.lists import Names, Years
from icapital_cli.drawing.bars import bars_svg
from icapital_cli.drawing.map import map_svg
from icapital_cli.drawing.timeline import timeline_svg
from icapital_cli.errors import no_such
from icapital_cli.query.select import Filters
from icapital_cli.store.facts import FactStore
from icapital_cli.views.bars import stats_picture
from icapital_cli.views.map import map_picture, map_view
from icapital_cli.views.statistics import stats_view
from icapital_cli.views.timeline import timeline_picture, timeline_view

Draw = Callable[..., str]


def picture_of(  # noqa: PLR0913 - what a page may choose
    facts: Facts,
    what: str,
    *,
    by: str = "country",
    measure: str | None = None,
    name: str = "",
    links: Mapping[str, str] | None = None,
    heading: bool = True,
    style: bool = True,
    **filters: Names | Years,
) -> str:
    """Draw `map`, `timeline` or `stats` as SVG, in the language of the facts, with the filters of `cities`.

    `by` and `measure` are those of `stats`. `name` begins the ids in the picture, so that a page can hold several;
    `links` are addresses by id: of a city (map), of an edition or a result (timeline), of a group (stats); `heading`
    shows the title; `style` brings the dark colours, which a page may have by itself (`drawing.svg.dark_style`).
    """
    given = result_filters(filters)
    with facts.store() as store:
        picture, draw = _picture(store, what, given, by, measure)
        return draw(picture, name=name or what, links=links, heading=heading, style=style)


def _picture(store: FactStore, what: str, filters: Filters, by: str, measure: str | None) -> tuple[Any, Draw]:
    if what == "map":
        return map_picture(map_view(store, filters)), map_svg
    if what == "timeline":
        return timeline_picture(timeline_view(store, filters)), timeline_svg
    if what == "stats":
        return stats_picture(stats_view(store, by, filters), by, measure), bars_svg
    raise no_such("picture", what, ("map", "timeline", "stats"))
