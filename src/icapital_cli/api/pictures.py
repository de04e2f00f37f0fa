"""Pictures as SVG: the map, the timeline and the bars, drawn from views."""

from collections.abc import Callable, Mapping
from typing import Any

from icapital_cli.api.facts import Facts, values_of
from icapital_cli.api.lists import Names, Years
from icapital_cli.drawing.map import map_svg
from icapital_cli.drawing.timeline import timeline_svg
from icapital_cli.views.map import map_picture, map_view
from icapital_cli.views.timeline import timeline_picture, timeline_view
from icapital_cli.views.view import View

PICTURES: dict[str, tuple[Callable[..., View], Callable[[View], Any], Callable[..., str]]] = {
    "map": (map_view, map_picture, map_svg),
    "timeline": (timeline_view, timeline_picture, timeline_svg),
}


def picture_of(  # noqa: PLR0913 - what a page may choose
    facts: Facts,
    what: str,
    *,
    name: str = "",
    links: Mapping[str, str] | None = None,
    heading: bool = True,
    style: bool = True,
    **filters: Names | Years,
) -> str:
    """Draw `map` or `timeline` as SVG, in the language of the facts, with the filters of `cities`.

    `name` begins the ids in the picture, so that a page can hold several; `links` are addresses by the id of a city (on
    the map), of an edition or a result (on the timeline); `heading` shows the title; `style` brings the dark colours,
    which a page may do by itself (`icapital_cli.drawing.svg.dark_style`).
    """
    view_of, picture, draw = PICTURES[what]
    with facts.store() as store:
        view = view_of(store, {key: values_of(key, value) or () for key, value in filters.items()})
        return draw(picture(view), name=name or what, links=links, heading=heading, style=style)
