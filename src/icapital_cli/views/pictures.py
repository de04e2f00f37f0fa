"""What a picture is drawn from: names and numbers, ready to be shown. Drawing knows nothing else."""

from typing import NamedTuple

DAY = 0.1  # months: what is longer than this is not known to the day


class Key(NamedTuple):
    """An entry of a legend: the kind of mark, its name, how many marks of it the picture has."""

    kind: str
    name: str
    number: int = 0


class Mark(NamedTuple):
    """A city on a map: its name, what is said of it, the kind of mark, how often it counts, where it is."""

    id: str
    name: str
    text: str
    kind: str
    size: int
    latitude: float
    longitude: float


class MapPicture(NamedTuple):
    """A map: the marks in order of weight, the legend in the order of kinds, lines of notes."""

    lang: str
    title: str
    description: str
    marks: list[Mark]
    legend: list[Key]
    notes: list[str]
    several: str  # what a figure in the place of a mark means
    unnamed: str  # says of the names in the place of `{}` that there is no room for them beside their marks
    outside: str  # says of the names in the place of `{}` that they are not within the coasts of the map


class Step(NamedTuple):
    """A step in a lane of a timeline: when it is known to begin and end, and where its mark is drawn.

    Times are in months since the January of the lane.
    """

    id: str
    kind: str
    text: str
    start: float
    end: float
    at: float
    disputed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is not known to the day."""
        return self.end - self.start > DAY


class Outcome(NamedTuple):
    """What stands at the end of a lane: a kind of mark, and a text."""

    id: str
    kind: str
    text: str


class Lane(NamedTuple):
    """A lane of a timeline: its label, the year in whose January it begins, its steps and outcomes."""

    id: str
    label: str
    year: int | None
    steps: list[Step]
    outcomes: list[Outcome]

    @property
    def starts_earlier(self) -> bool:
        """Whether the year in which it begins is another than that of its label."""
        return self.year is not None and not self.label.startswith(str(self.year))


class TimelinePicture(NamedTuple):
    """A timeline: lanes below each other, above them the months; `kinds` and `outcomes` are the legend."""

    lang: str
    title: str
    description: str
    months: list[str]
    lanes: list[Lane]
    kinds: list[Key]
    outcomes: list[Key]
    notes: list[str]
    partial: str  # what an open mark means, where there is one
    hidden: str  # says that steps have no room beside each other


class Bar(NamedTuple):
    """A bar: its label, its value and how that is written, the part of it that is disputed, whether some is unknown."""

    id: str
    label: str
    value: float | None
    text: str
    disputed: float = 0
    unknown: bool = False


class BarsPicture(NamedTuple):
    """A bar chart: bars in order, the names of what is hatched and of what is dashed, lines of notes."""

    lang: str
    title: str
    description: str
    bars: list[Bar]
    disputed: str
    unknown: str
    notes: list[str]
