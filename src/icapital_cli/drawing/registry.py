"""Registry of pictures: of each its rows, what is drawn of them, and how: as SVG, and in lines of a terminal."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from icapital_cli.errors import no_such
from icapital_cli.query.select import Filters
from icapital_cli.store.facts import FactStore
from icapital_cli.views.view import View

if TYPE_CHECKING:
    from rich.text import Text

    from icapital_cli.drawing.svg import Canvas

LEAST_LINES, LINES_BELOW = 24, 4  # of a map on a terminal; of its legend


class Request(NamedTuple):
    """What a picture is asked to show: filters and a query as of `cities`; of bars, the groups and the measure."""

    filters: Filters
    query: str | None = None
    by: str = "country"
    measure: str | None = None
    with_sources: bool = False


class Picture(NamedTuple):
    """A picture: `rows` makes the view, `of_rows` what is drawn of it; `draw` and `lines` draw that.

    `draw` draws for SVG (see `svg.svg_of`), `lines` for a terminal of some width and height.
    """

    name: str

    rows: Callable[[FactStore, Request], View]
    of_rows: Callable[[View, Request], Any]
    draw: Callable[[Any, "Canvas"], float]
    lines: Callable[[Any, int, int], list["Text"]]

    def svg(self, drawn: Any, *, name: str = "", **look: Any) -> str:
        """Write what `of_rows` made as SVG; `name` and `look` are options of `svg.svg_of`."""
        from icapital_cli.drawing.svg import svg_of

        return svg_of(self.draw, drawn, name=name or self.name, **look)


def _map() -> Picture:
    from icapital_cli.drawing.braille import map_braille
    from icapital_cli.drawing.map import draw_map
    from icapital_cli.views.map import map_picture, map_view

    return Picture(
        "map",
        lambda store, asked: map_view(store, asked.filters, asked.query, with_sources=asked.with_sources),
        lambda view, _asked: map_picture(view),
        draw_map,
        lambda picture, width, height: map_braille(picture, width, max(LEAST_LINES, height - LINES_BELOW)),
    )


def _timeline() -> Picture:
    from icapital_cli.drawing.lanes import timeline_text
    from icapital_cli.drawing.timeline import draw_timeline
    from icapital_cli.views.timeline import timeline_picture, timeline_view

    return Picture(
        "timeline",
        lambda store, asked: timeline_view(store, asked.filters, asked.query, with_sources=asked.with_sources),
        lambda view, _asked: timeline_picture(view),
        draw_timeline,
        lambda picture, width, _height: timeline_text(picture, width),
    )


def _stats() -> Picture:
    from icapital_cli.drawing.bars import bars_text, draw_bars
    from icapital_cli.views.bars import stats_picture
    from icapital_cli.views.statistics import stats_view

    return Picture(
        "stats",
        lambda store, asked: stats_view(store, asked.by, asked.filters),
        lambda view, asked: stats_picture(view, asked.by, asked.measure),
        draw_bars,
        lambda picture, width, _height: bars_text(picture, width),
    )


PICTURES = {"map": _map, "timeline": _timeline, "stats": _stats}


def picture_named(name: str) -> Picture:
    """Return a picture; only the one that is named is imported. Raises UsageError for a name that none has."""
    if name not in PICTURES:
        raise no_such("picture", name, PICTURES)
    return PICTURES[name]()
