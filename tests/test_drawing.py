"""Pictures of plain data: where things are drawn, that nothing is wider than asked for, that text is text."""

import re
from functools import partial
from itertools import combinations
from math import hypot
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icapital_cli.drawing.bars import bars_text, draw_bars
from icapital_cli.drawing.braille import map_braille
from icapital_cli.drawing.geometry import Box, frame_of, moved_apart
from icapital_cli.drawing.lanes import timeline_text
from icapital_cli.drawing.map import draw_map, frame_on
from icapital_cli.drawing.outline import OUTLINE, land, widest_frame
from icapital_cli.drawing.projection import RADIUS, project
from icapital_cli.drawing.svg import SMALL, dark_style, svg_of
from icapital_cli.drawing.svg import width_of as svg_width
from icapital_cli.drawing.timeline import draw_timeline
from icapital_cli.terminal import width_of
from icapital_cli.views.pictures import Bar, BarsPicture, Key, Lane, MapPicture, Mark, Outcome, Step, TimelinePicture

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("winner", "runner-up", "finalist", "semi-finalist")
STEPS = ("call", "deadline", "shortlist", "hearing", "final", "ceremony")
HOSTILE = "</title><script>alert(1)</script>\x1b[31m\u202e\x00\ufffe\"'&<![CDATA["
MONTHS = [*"JFMAMJJASOND"]
map_svg = partial(svg_of, draw_map, name="map")
timeline_svg = partial(svg_of, draw_timeline, name="timeline")
bars_svg = partial(svg_of, draw_bars, name="bars")


def map_of(*marks):
    keys = [Key(kind, kind, sum(mark.kind == kind for mark in marks)) for kind in KINDS]
    return MapPicture("en", "Map", "A map.", list(marks), keys, [], "so many", "No room: {}", "Outside: {}")


def mark(number, latitude, longitude, kind="winner", *, name="Town"):
    return Mark(f"town-{number}", name, f"{name}: {kind}", kind, 1, latitude, longitude)


def timeline_of(*lanes, partial_note=""):
    steps, outcomes = [[one.kind for lane in lanes for one in getattr(lane, part)] for part in ("steps", "outcomes")]
    kinds = [Key(kind, kind, steps.count(kind)) for kind in STEPS]
    places = [Key(kind, kind, outcomes.count(kind)) for kind in KINDS]
    return TimelinePicture(
        "en", "Timeline", "Lanes.", MONTHS, list(lanes), kinds, places, [], partial_note, "some are hidden"
    )


def bars_of(*bars):
    return BarsPicture("en", "Bars", "Some bars.", list(bars), "sources disagree", "no source states it", [])


def drawn(svg, path):
    return fromstring(svg).findall(f".//{SVG}{path}")


# The projection.


@pytest.mark.parametrize(
    ("latitude", "longitude", "east", "north"),
    [
        (50.0, 5.0, 3962799.45, 2999718.85),  # the worked example of IOGP Guidance Note 7-2 for EPSG:3035
        (52.0, 10.0, 4321000.0, 3210000.0),  # the centre has the false origin
    ],
)
def test_a_place_has_the_coordinates_of_epsg_3035_less_the_false_origin(latitude, longitude, east, north):
    x, y = project(latitude, longitude)

    assert (x * 1000 + 4321000, y * 1000 + 3210000) == pytest.approx((east, north), abs=0.01)


def test_equal_areas_stay_equal():
    """A cell of one degree by one, at two places on one parallel, far from and near the centre."""

    def area(latitude, longitude):
        corners = [(latitude + y, longitude + x) for x, y in ((0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1))]
        points = [project(*corner) for corner in corners]
        return abs(sum(x * v - u * y for (x, y), (u, v) in zip(points, points[1:] + points[:1], strict=True)))

    assert area(45, 70) == pytest.approx(area(45, 10), rel=1e-4)


@given(st.floats(-90, 90), st.floats(-180, 180))
@example(-52.0, -170.0)
def test_every_place_on_earth_is_somewhere_in_the_disc(latitude, longitude):
    assert hypot(*project(latitude, longitude)) <= 2 * RADIUS * 1.01


def test_the_opposite_of_the_centre_is_not_near_it():
    assert hypot(*project(-52, -170)) > RADIUS


# The coasts.


def test_the_coasts_are_small_tell_their_source_and_fill_the_widest_frame():
    frame = widest_frame()

    assert OUTLINE.stat().st_size < 50_000
    assert "Natural Earth" in OUTLINE.read_text("utf-8")
    assert "public domain" in OUTLINE.read_text("utf-8")
    assert all(frame.holds(point) for ring in land() for point in ring)


def inside(point):
    """Whether a point is on land: a ray from it crosses coasts an odd number of times."""
    x, y = point
    crossings = 0
    for ring in land():
        for (a, b), (c, d) in zip(ring, ring[1:] + ring[:1], strict=True):
            crossings += (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_land"),
    [
        (40.4, -3.7, True),  # Madrid
        (65.0, -18.5, True),  # inland Iceland
        (62.0, 26.0, True),  # inland Finland
        (39.0, 35.0, True),  # inland Anatolia
        (35.9, 14.45, True),  # Malta is large enough
        (56.0, 3.0, False),  # the North Sea
        (40.0, 5.5, False),  # the Mediterranean
        (43.0, 34.0, False),  # the Black Sea
    ],
)
def test_land_is_where_land_is(latitude, longitude, is_land):
    assert inside(project(latitude, longitude)) == is_land


# Frames, and marks that are moved apart.


def test_a_frame_follows_its_points():
    assert frame_of([(0, 0), (1000, 500)], margin=0.1, least=(10, 10), shape=(0.5, 4)) == Box(-100, -50, 1100, 550)


def test_a_frame_of_one_point_has_the_least_size_around_it():
    assert frame_of([(5, 5)], margin=0.1, least=(20, 10), shape=(0.5, 4)) == Box(-5, 0, 15, 10)


def test_israel_and_iceland_are_in_the_frame_when_they_took_part():
    narrow, wide = frame_on([mark(1, 48, 2)]), frame_on([mark(1, 48, 2), mark(2, 29.6, 34.9), mark(3, 64.1, -21.9)])

    assert not narrow.holds(project(29.6, 34.9))
    assert wide.holds(project(29.6, 34.9))
    assert wide.holds(project(64.1, -21.9))


def test_a_frame_keeps_to_where_coasts_are_known():
    frame, widest = frame_on([mark(1, -33.9, 151.2), mark(2, 48, 2)]), widest_frame()

    assert frame.west >= widest.west
    assert frame.south >= widest.south


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), max_size=30))
@example([(150.0, 150.0)] * 12)
def test_marks_that_lie_close_together_stay_apart(places):
    moved = moved_apart(places, [5.0] * len(places), Box(-500, -500, 800, 800))

    assert all(hypot(x - u, y - v) >= 10 for (x, y), (u, v) in combinations(moved, 2))


def test_a_mark_that_touches_none_stays_where_it_is():
    assert moved_apart([(10, 10), (100, 100)], [5, 5], Box(0, 0, 200, 200)) == [(10, 10), (100, 100)]


# SVG.

PICTURES = {
    "map": lambda text: map_svg(
        map_of(*(mark(number, 50 + number, 9, kind, name=text) for number, kind in enumerate(KINDS)))._replace(
            title=text, description=text, notes=[text]
        ),
        links={"town-0": "https://example.org/?a=1&b=\"'<"},
    ),
    "timeline": lambda text: timeline_svg(
        timeline_of(
            Lane(
                "2019", text, 2019, [Step("s", "call", text, 1, 2, 1.5, disputed=True)], [Outcome("o", "winner", text)]
            ),
            partial_note=text,
        )
    ),
    "bars": lambda text: bars_svg(bars_of(Bar("b", text, 3, text, 1, unknown=True), Bar("c", text, None, text))),
}


@pytest.mark.parametrize("name", PICTURES)
def test_hostile_text_is_text(name):
    root = fromstring(PICTURES[name](HOSTILE))
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    texts = "".join(root.itertext())

    assert tags <= {"svg", "title", "desc", "style", "rect", "clipPath", "path", "g", "a", "text", "line", "pattern"}
    assert "<script>alert(1)</script>" in texts
    assert not set(texts) & set("\x1b\u202e\x00\ufffe")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_accessible(name):
    """SVG-AAM: a role, a title and a description that the picture is labelled by, and the language of its text."""
    root = fromstring(PICTURES[name]("Town"))
    ids = {element.get("id") for element in root.iter()}

    assert root.get("role") == ("group" if list(root.iter(f"{SVG}a")) else "img")
    assert root.get("lang") == "en"
    assert set(root.get("aria-labelledby").split()) <= ids


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_holds_no_script_handler_or_outside_reference(name):
    root = fromstring(PICTURES[name]("Town"))
    names = {key for element in root.iter() for key in element.attrib}
    references = re.findall(r"url\((.*?)\)|@import", PICTURES[name]("Town"))

    assert not [key for key in names if key.startswith("on")]
    assert all(reference.startswith("#") for reference in references)


@pytest.mark.parametrize("name", PICTURES)
def test_no_text_is_too_small(name):
    sizes = [float(text.get("font-size", "12")) for text in drawn(PICTURES[name]("Town"), "text")]

    assert min(sizes) >= SMALL == 11


@pytest.mark.parametrize("name", PICTURES)
def test_equal_data_give_equal_bytes(name):
    assert PICTURES[name]("Town") == PICTURES[name]("Town")


@pytest.mark.parametrize("name", PICTURES)
def test_a_number_has_one_decimal_at_most(name):
    numbers = re.findall(r'(?:\b(?:x|y|x1|x2|y1|y2|width|height|d)=")([^"]*)"', PICTURES[name]("Town"))

    assert not re.search(r"\d\.\d\d|-0\b(?!\.)", " ".join(numbers))


def test_the_ids_of_two_pictures_on_a_page_differ():
    first, second = map_svg(map_of(), name="a"), map_svg(map_of(), name="b")

    assert not set(re.findall(r'\bid="(.*?)"', first)) & set(re.findall(r'\bid="(.*?)"', second))


def test_a_page_may_bring_its_own_colours_and_heading():
    svg = map_svg(map_of(), heading=False, style=False)

    assert "<style>" not in svg
    assert 'class="heading"' not in svg


def test_each_kind_of_mark_has_a_dark_colour_and_a_shape_of_its_own():
    shapes = [
        re.sub(r"[\d. -]+", "", path.get("d"))
        for path in drawn(map_svg(map_of(*(mark(n, 45 + 3 * n, 9, kind) for n, kind in enumerate(KINDS)))), "g/*")
        if path.tag == f"{SVG}path"
    ]

    assert len(shapes) == 4
    assert all(f".kind-{number} {{" in dark_style() for number in range(4))
    assert len({path.get("class") for path in drawn(PICTURES["map"]("Town"), "path")}) == 5  # and land


def test_marks_of_one_place_are_all_drawn_and_tied_to_it():
    marks = [mark(number, 52, 5) for number in range(9)]

    svg = map_svg(map_of(*marks))

    assert len(re.findall(r'class="mark kind-0"', svg)) == 9 + 1  # and the legend
    assert len(drawn(svg, "g/" + SVG + "line")) >= 6


@pytest.mark.parametrize(
    "draw",
    [
        lambda picture: fromstring(map_svg(picture)),
        lambda picture: "\n".join(line.plain for line in map_braille(picture, 80, 40)),
    ],
    ids=["svg", "terminal"],
)
def test_more_kinds_than_shapes_look_as_the_last(draw):
    kinds = [*KINDS, "nominee", "guest"]
    marks = [mark(number, 45 + 3 * number, 9, kind) for number, kind in enumerate(kinds)]

    assert draw(map_of(*marks)._replace(legend=[Key(kind, kind, 1) for kind in kinds])) is not None


def test_each_city_has_its_name_at_its_mark_or_is_listed():
    marks = [mark(number, 52, 5 + number / 10, name=f"Town-{number}") for number in range(40)]

    beside, _, listed = " ".join(text.text for text in drawn(map_svg(map_of(*marks)), "text")).partition("No room: ")
    names = [re.findall(r"Town-\d+", part) for part in (beside, listed)]

    assert min(map(len, names)) > 1
    assert sorted(names[0] + names[1]) == sorted(mark.name for mark in marks)


def test_values_end_within_the_picture():
    bars = [Bar("a", "A", 10**7, "10 000 000 euros † + 12 of which nothing is known", 0, unknown=True)]
    (text,) = [text for text in drawn(bars_svg(bars_of(*bars)), "text") if text.text == bars[0].text]

    assert float(text.get("x")) + svg_width(text.text) <= 960


def test_a_word_that_is_wider_than_its_column_is_squeezed_into_it():
    name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch" * 2
    lane = Lane("2019", name, 2019, [], [Outcome("o", "winner", name)])

    for svg in (bars_svg(bars_of(Bar("b", name, 1, name))), timeline_svg(timeline_of(lane))):
        texts = [text for text in drawn(svg, "text") if text.text == name]
        assert [text.get("lengthAdjust") for text in texts] == ["spacingAndGlyphs"] * 2


def test_names_do_not_touch_each_other():
    marks = [mark(number, 48 + number // 5, 2 + number % 5 * 1.5, name=f"Long name {number}") for number in range(25)]
    texts = drawn(map_svg(map_of(*marks)), f"g/{SVG}text")
    boxes = []
    for text in texts:
        width = 5.5 * len(text.text)
        x = float(text.get("x")) - {"start": 0, "middle": width / 2, "end": width}[text.get("text-anchor")]
        boxes.append(Box(x, float(text.get("y")) - 9, x + width, float(text.get("y"))))

    assert len(texts) > 5
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]


def test_what_is_disputed_is_hatched_and_what_is_unknown_dashed():
    svg = bars_svg(
        bars_of(Bar("a", "A", 10, "10"), Bar("b", "B", 10, "10 †", 4), Bar("c", "C", None, "?", 0, unknown=True))
    )
    widths = {
        name: [float(rect.get("width")) for rect in drawn(svg, f"rect[@class='{name}']")] for name in ("bar", "hatched")
    }

    assert widths["bar"][0] == pytest.approx(sum([widths["bar"][1], widths["hatched"][1]]))
    assert len(drawn(svg, "rect[@class='dashed']")) == 2  # and the legend


def test_a_step_known_to_the_month_is_an_open_mark_and_a_disputed_one_has_a_dagger():
    lane = Lane(
        "2019",
        "2019",
        2019,
        [Step("a", "call", "A", 1, 2, 1.5), Step("b", "deadline", "B", 5, 5.03, 5, disputed=True)],
        [],
    )

    svg = timeline_svg(timeline_of(lane))

    assert [path.get("class") for path in drawn(svg, "path")][2:] == ["mark kind-3 open", "mark kind-3"]
    assert [text.text for text in drawn(svg, "text")].count("†") == 1


# On a terminal.

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
MARKS = st.builds(
    Mark, WORDS, WORDS, WORDS, st.sampled_from(KINDS), st.integers(1, 9), st.floats(-90, 90), st.floats(-180, 180)
)
STEP = st.builds(
    lambda kind, start, length, disputed: Step("s", kind, "S", start, start + length, start + length / 2, disputed),
    st.sampled_from(STEPS), st.floats(0, 11), st.sampled_from([0.03, 1.0]), st.booleans(),
)  # fmt: skip
LANES = st.builds(
    Lane, WORDS, WORDS, st.none() | st.integers(2000, 2030), st.lists(STEP, max_size=6),
    st.lists(st.builds(Outcome, WORDS, st.sampled_from(KINDS), WORDS), max_size=4),
)  # fmt: skip
BARS = st.builds(lambda label, value, text, part, unknown: Bar("b", label, value, text, (value or 0) * part, unknown),
    WORDS, st.none() | st.integers(0, 10**7), WORDS, st.sampled_from([0, 0.3, 1]), st.booleans(),
)  # fmt: skip
WIDTHS = st.integers(20, 130)


def widest(lines):
    return max((width_of(line.plain) for line in lines), default=0)


@given(st.lists(MARKS, max_size=12), WIDTHS, st.integers(5, 60))
def test_a_map_is_never_wider_than_the_terminal(marks, width, height):
    assert widest(map_braille(map_of(*marks), width, height)) <= width


@given(st.lists(LANES, max_size=4), WIDTHS)
def test_a_timeline_is_never_wider_than_the_terminal(lanes, width):
    assert widest(timeline_text(timeline_of(*lanes, partial_note="an open mark is not a day"), width)) <= width


@given(st.lists(BARS, max_size=6), WIDTHS)
def test_bars_are_never_wider_than_the_terminal(bars, width):
    assert widest(bars_text(bars_of(*bars), width)) <= width


def test_cities_in_one_cell_are_counted_and_explained():
    lines = [line.plain for line in map_braille(map_of(*(mark(n, 52, 5) for n in range(3)), mark(9, 60, 25)), 60, 30)]

    assert sum("3" in line for line in lines[:-2]) == 1
    assert lines[-1] == "2–9: so many"


def test_a_map_on_a_terminal_names_the_best_cities():
    lines = [line.plain for line in map_braille(map_of(mark(1, 52, 5, name="Lantern")), 60, 30)]

    assert any("★ Lantern" in line for line in lines)


def test_a_timeline_on_a_terminal_has_a_sign_for_each_step():
    steps = [Step(kind, kind, kind, 2 * n, 2 * n + 0.03, 2 * n) for n, kind in enumerate(STEPS)]
    lane = Lane("2019", "2019", 2019, steps, [Outcome("o", "winner", "Lantern")])

    lines = [line.plain for line in timeline_text(timeline_of(lane), 80)]

    assert lines[1].split() == ["2019", "●─────────┃─────────▲─────────✕─────────◆─────────★", "★", "Lantern"]


@pytest.mark.parametrize(("width", "is_told"), [(24, True), (120, False)])
def test_steps_for_which_a_terminal_has_no_room_are_told_of(width, is_told):
    lane = Lane("2019", "2019", 2019, [Step(kind, kind, kind, 5.1, 5.13, 5.1) for kind in ("call", "deadline")], [])

    lines = [line.plain for line in timeline_text(timeline_of(lane), width)]

    assert ("some are hidden" in " ".join(lines)) == is_told


def test_bars_on_a_terminal_tell_what_is_disputed_and_unknown():
    bars = bars_of(Bar("a", "A", 8, "8"), Bar("b", "B", 8, "8 †", 4), Bar("c", "C", None, "unknown", 0, unknown=True))

    lines = [line.plain for line in bars_text(bars, 28)]

    assert lines == [
        "Bars",
        "A ████████████████ 8",
        "B ████████▒▒▒▒▒▒▒▒ 8 †",
        "C ┄┄ unknown",
        "▒ † sources disagree",
        "┄┄ no source states it",
    ]
