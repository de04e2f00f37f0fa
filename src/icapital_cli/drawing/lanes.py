"""The timeline in characters: a line for each edition, a sign for each step, at the end what was reached."""

from typing import TYPE_CHECKING

from icapital_cli.drawing.shapes import OPEN_SIGNS, PLACES, SIGNS, STEPS, STYLES
from icapital_cli.drawing.text import Sign, fitted, legend, wrapped
from icapital_cli.drawing.timeline import DAY
from icapital_cli.terminal import safe, width_of
from icapital_cli.views.column_types import DISPUTED
from icapital_cli.views.pictures import Key, Lane, TimelinePicture

if TYPE_CHECKING:
    from rich.text import Text

WIDEST_MONTH = 5  # cells
GAP = 2
YEAR = 12  # months
LAST = "bold green"


def timeline_text(picture: TimelinePicture, width: int) -> list["Text"]:
    """Draw a timeline in lines of at most `width` cells, months above, legends below."""
    from rich.text import Text

    labels = [_label(lane) for lane in picture.lanes]
    margin = max(map(width_of, labels), default=0) + GAP
    words = [word for lane in picture.lanes for outcome in lane.outcomes for word in safe(outcome.text).split()]
    needed = max(map(width_of, words), default=0) + GAP
    month = max(1, min(WIDEST_MONTH, (width - margin - GAP - needed) // max(1, len(picture.months))))
    room = width - margin - GAP - month * len(picture.months)
    lines = [Text(" " * margin).append("".join(_month(safe(name), month) for name in picture.months), style="dim")]
    lines[0].rstrip()
    for label, lane in zip(labels, picture.lanes, strict=True):
        track = _track(picture, lane, month)
        outcomes = [
            line
            for outcome in lane.outcomes
            for line in _outcome(picture, outcome.kind, outcome.text, max(room, needed))
        ]
        beside = room >= needed
        start = Text(label, style="bold").append(" " * (margin - width_of(label))).append_text(track)
        first = outcomes[:1] if beside else []
        for line in first:
            start.append(" " * GAP).append_text(line)
        start.rstrip()
        lines.append(start)
        indent = margin + GAP + month * len(picture.months) if beside else GAP
        lines += [Text(" " * indent).append_text(line) for line in outcomes[len(first) :]]
    last = len(picture.kinds) - 1
    steps = [Sign(SIGNS[STEPS[n]], LAST if n == last else "none", key.name) for n, key in _met(picture.kinds)]
    places = [Sign(SIGNS[PLACES[min(n, 3)]], STYLES[min(n, 3)], key.name) for n, key in _met(picture.outcomes)]
    notes = [Text(line, style="dim") for line in wrapped(picture.partial, width)]
    return fitted([*lines, *legend(steps, width), *legend(places, width), *notes], width)


def _met(keys: list[Key]) -> list[tuple[int, Key]]:
    """Return the kinds that occur, with their numbers."""
    return [(number, key) for number, key in enumerate(keys) if key.number]


def _label(lane: Lane) -> str:
    """Name a lane, and the year in whose January it begins where that is another."""
    begins = "" if lane.year is None or lane.label.startswith(str(lane.year)) else f" {lane.year}→"
    return safe(lane.label) + begins


def _month(name: str, width: int) -> str:
    short = name[: max(1, width - 1)]
    return short + " " * (width - width_of(short))


def _track(picture: TimelinePicture, lane: Lane, month: int) -> "Text":
    """Draw the steps of a lane. Of two in one cell the later moves on, by half a month at most, or takes the place."""
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
        signs = OPEN_SIGNS if step.end - step.start > DAY else SIGNS
        is_last = step.kind == picture.kinds[-1].kind
        cells[cell] = (signs[shapes[step.kind]], LAST if is_last else "none")
        if step.disputed and cell + 1 < size and cell + 1 not in taken:
            cells[cell + 1] = (DISPUTED, "bold yellow")
    track = Text()
    for sign, style in cells:
        track.append(sign, style=style)
    return track


def _outcome(picture: TimelinePicture, kind: str, text: str, width: int) -> list["Text"]:
    """Return the lines of an outcome, the first with its sign."""
    from rich.text import Text

    number = min([key.kind for key in picture.outcomes].index(kind), len(PLACES) - 1)
    lines = wrapped(text, width - GAP)
    signs = [Text(SIGNS[PLACES[number]], style=STYLES[number]), *[Text(" ")] * (len(lines) - 1)]
    return [sign.append(f" {line}", style="none") for sign, line in zip([*signs], lines, strict=False)]
