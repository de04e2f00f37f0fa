"""Pictures as SVG: the map, the timeline and the bars, drawn from views."""

from collections.abc import Mapping

from icapital_cli.api.facts import Facts, result_filters
from icapital_cli.api.lists import Names, Years
from icapital_cli.drawing.registry import Request, picture_named


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
    Raises UsageError for an unknown picture, filter, group or measure.
    """
    picture, asked = picture_named(what), Request(result_filters(filters), by=by, measure=measure)
    with facts.store() as store:
        drawn = picture.of_rows(picture.rows(store, asked), asked)
        return picture.svg(drawn, name=name, links=links, heading=heading, style=style)
