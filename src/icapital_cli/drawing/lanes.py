"""The timeline in characters: a line for each edition, a sign for each step, at the end what was reached."""

from typing import TYPE_CHECKING, NamedTuple

from icapital_cli.drawing.shapes import OPEN_SIGNS, PLACES, SIGNS, STEPS, STYLES, places_of
from icapital_cli.drawing.text import Sign, fitted, legend, wrapped
from icapital_cli.terminal import safe, width_of
from icapital_cli.views.column_types import DISPUTED
from icapital_cli.views.pictures import Key, Lane, Outcome, TimelinePicture

if TYPE_CHECKING:
    from rich.text import Text

WIDEST_MONTH = 5  # cells
GAP = 2
LAST = "bold green"


class Layout(NamedTuple):
    """How many cells labels, a month and outcomes have, and whether outcomes are beside the months or below them."""

    labels: int
    month: int
    outcomes: int
    beside: bool


def timeline_text(picture: TimelinePicture, width: int) -> list["Text"]:
    """Draw a timeline in lines of at most `width` cells, months above, legends below."""
    from rich.text import Text

    layout = _layout(picture, width)
    months = "".join(_month(safe(name), layout.month) for name in picture.months)
    lines = [Text(" " * layout.labels).append(months, style="dim")]
    is_whole = True
    for lane in picture.lanes:
        track, has_all = _track(picture, lane, layout.month)
        is_whole = is_whole and has_all
        lines += _lane(picture, lane, layout, track)
    for line in lines:
        line.rstrip()
    last = len(picture.kinds) - 1
    steps = [Sign(SIGNS[STEPS[n]], LAST if n == last else "none", key.name) for n, key in enumerate(picture.kinds)]
    numbers = places_of(key.kind for key in picture.outcomes)
    places = [Sign(SIGNS[PLACES[numbers[key.kind]]], STYLES[numbers[key.kind]], key.name) for key in picture.outcomes]
    legends = [*legend(_met(picture.kinds, steps), width), *legend(_met(picture.outcomes, places), width)]
    notes = wrapped(picture.partial, width) + ([] if is_whole else wrapped(picture.hidden, width))
    return fitted([*lines, *legends, *(Text(note, style="dim") for note in notes)], width)


def _layout(picture: TimelinePicture, width: int) -> Layout:
    """Give labels what they need, months what they can have, and outcomes the rest: at least their longest word."""
    labels = max((width_of(_label(lane)) for lane in picture.lanes), default=0) + GAP
    words = [word for lane in picture.lanes for outcome in lane.outcomes for word in safe(outcome.text).split()]
    needed = max(map(width_of, words), default=0) + GAP
    month = max(1, min(WIDEST_MONTH, (width - labels - GAP - needed) // max(1, len(picture.months))))
    room = width - labels - GAP - month * len(picture.months)
    return Layout(labels, month, max(room, needed), beside=room >= needed)


def _lane(picture: TimelinePicture, lane: Lane, layout: Layout, track: "Text") -> list["Text"]:
    """Return the lines of a lane: label, steps, and outcomes beside them or below."""
    from rich.text import Text

    label = _label(lane)
    start = Text(label, style="bold").append(" " * (layout.labels - width_of(label))).append_text(track)
    outcomes = [line for outcome in lane.outcomes for line in _outcome(picture, outcome, layout.outcomes)]
    below = GAP
    if layout.beside:
        below = layout.labels + layout.month * len(picture.months) + GAP
        for line in outcomes[:1]:
            start.append(" " * GAP).append_text(line)
        outcomes = outcomes[1:]
    return [start, *(Text(" " * below).append_text(line) for line in outcomes)]


def _met(keys: list[Key], signs: list[Sign]) -> list[Sign]:
    """Return the signs of the kinds that occur."""
    return [sign for key, sign in zip(keys, signs, strict=True) if key.number]


def _label(lane: Lane) -> str:
    """Name a lane, and the year in whose January it begins where that is another."""
    return safe(lane.label) + (f" {lane.year}→" if lane.starts_earlier else "")


def _month(name: str, width: int) -> str:
    short = name[: max(1, width - 1)]
    return short + " " * (width - width_of(short))


def _track(picture: TimelinePicture, lane: Lane, month: int) -> tuple["Text", bool]:
    """Draw the steps of a lane, and tell whether all of them had room.

    Of two in one cell the later moves on, by half a month at most, or takes the place.
    """
    from rich.text import Text

    size = month * len(picture.months)
    cells: list[tuple[str, str]] = [(" ", "none")] * size
    if lane.steps:
        first, last = min(step.start for step in lane.steps), max(step.end for step in lane.steps)
        for cell in range(int(first * month), min(size, int(last * month) + 1)):
            cells[cell] = ("─", "dim")
    shapes = {key.kind: shape for key, shape in zip(picture.kinds, STEPS, strict=False)}
    taken: set[int] = set()
    for step in sorted(lane.steps, key=lambda step: step.at):
        cell = wanted = min(size - 1, int(step.at * month))
        while cell in taken and cell < min(size - 1, wanted + month // 2):
            cell += 1
        taken.add(cell)
        is_last = step.kind == picture.kinds[-1].kind
        cells[cell] = ((OPEN_SIGNS if step.is_open else SIGNS)[shapes[step.kind]], LAST if is_last else "none")
        if step.disputed and cell + 1 < size and cell + 1 not in taken:
            cells[cell + 1] = (DISPUTED, "bold yellow")
    return Text.assemble(*cells), len(taken) == len(lane.steps)


def _outcome(picture: TimelinePicture, outcome: Outcome, width: int) -> list["Text"]:
    """Return the lines of an outcome, the first with its sign."""
    from rich.text import Text

    number = places_of(key.kind for key in picture.outcomes)[outcome.kind]
    lines = wrapped(outcome.text, width - GAP)
    signs = [Text(SIGNS[PLACES[number]], style=STYLES[number]), *[Text(" ")] * (len(lines) - 1)]
    return [sign.append(f" {line}", style="none") for sign, line in zip(signs, lines, strict=False)]
