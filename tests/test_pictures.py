"""`map`, `timeline` and the bars of `stats`: the same facts as the lists, as rows, on a terminal and as SVG."""

import errno
import json
import os
import re
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from conftest import HERE
from copies import Copy
from drawing_base import BESIDE_LODZ, LABELS, PLACES, with_places

from icapital_cli import open_facts
from icapital_cli.cli import pictures
from icapital_cli.errors import IcapitalError, UsageError

GOLDEN = HERE / "golden"
SVG = "{http://www.w3.org/2000/svg}"
ORDER = re.compile(r"\x1b\[[0-9;]*m")
COMMANDS = (
    ["map"],
    ["timeline"],
    ["stats", "--by", "country"],
    ["stats", "--by", "edition"],
    ["stats", "--by", "status"],
)
FILTERS = (
    ["--year", "2017"],
    ["--city", "lodz"],
    ["--country", "norway"],
    ["--category", "grand-lantern"],
    ["--status", "winner"],
    ["--year", "2015,2020", "--status", "finalist"],
)


@pytest.fixture(scope="module")
def made_up(run, tmp_path_factory):
    """The tiny base with places and steps."""
    return with_places(Copy(run, tmp_path_factory.mktemp("pictures") / "base"))


@pytest.fixture(scope="module")
def ask(made_up):
    def asked(*words):
        result = made_up.ask(*words, "--json")
        assert (result.code, result.err) == (0, "")
        return json.loads(result.out)

    return asked


@pytest.fixture(scope="module")
def svg_of(made_up):
    def drawn(*words):
        result = made_up.ask(*words, "--svg", "-")
        assert (result.code, result.err) == (0, "")
        return fromstring(result.out)

    return drawn


def texts(root):
    return [text.text for text in root.iter(f"{SVG}text")]


def titles(root):
    """The words on marks: what a pointer over them, and a screen reader, tell."""
    return [title.text for title in root.iter(f"{SVG}title")][1:]


def test_the_base_of_these_tests_is_valid(made_up):
    assert made_up.check() == (0, "", "")


# Rows.


def test_a_row_of_the_map_is_a_city_with_its_best_status_its_results_and_its_place(ask):
    row = next(row for row in ask("map") if row["id"] == "lodz")
    results = ask("cities", "--city", "lodz")

    assert {key: row[key] for key in ("city", "city_id", "country", "country_code", "latitude", "longitude")} == {
        "city": "Łódź",
        "city_id": "lodz",
        "country": "Poland",
        "country_code": "PL",
        "latitude": PLACES["lodz"][0],
        "longitude": PLACES["lodz"][1],
    }
    assert (row["status"], row["results"]) == ("winner", len(results))


def test_a_row_of_the_map_has_the_sources_of_the_city_and_of_its_best_results(ask):
    row = next(row for row in ask("map") if row["id"] == "vastersund")
    best = [result for result in ask("cities", "--city", "vastersund") if result["status"] == row["status"]]

    assert [source["id"] for source in row["sources"]] == [
        "lantern-2017",
        *(source["id"] for result in best for source in result["sources"]),
    ]


@pytest.mark.parametrize("filters", FILTERS, ids=" ".join)
def test_the_map_has_the_cities_of_the_results_under_any_filter(ask, filters):
    assert {row["city_id"] for row in ask("map", *filters)} == {row["city_id"] for row in ask("cities", *filters)}


@pytest.mark.parametrize("filters", FILTERS[1:], ids=" ".join)
def test_the_timeline_has_the_results_under_any_filter(ask, filters):
    rows = ask("timeline", *filters)

    assert {row["id"] for row in rows} == {row["id"] for row in ask("cities", *filters)}
    assert {row["step"] for row in rows} == {None}


def test_without_a_filter_the_timeline_has_the_steps_and_who_won(ask):
    rows = ask("timeline", "--year", "2017")

    assert [(row["date"], row["step"], row["city"]) for row in rows] == [
        ("2016-12-05", "call", None),
        ("2017-09", "hearing", None),
        ("2017-11-08", "ceremony", None),
        ("2017-11-08", None, "Västersund"),
        ("2018-06-01", "other", None),
    ]


def test_a_query_names_what_the_map_and_the_timeline_are_of(ask):
    assert [row["id"] for row in ask("map", "norway")] == ["nordvik"]
    assert {row["city_id"] for row in ask("timeline", "norway")} == {"nordvik"}


@pytest.mark.parametrize("command", ["map", "timeline"])
def test_nothing_found_is_said_as_the_list_says_it(made_up, command):
    words = ["--year", "2016"]

    assert made_up.ask(command, *words) == made_up.ask("cities", *words)


def test_a_wrong_filter_is_refused_as_the_list_refuses_it(made_up):
    assert made_up.ask("map", "--status", "loser") == made_up.ask("cities", "--status", "loser")


@pytest.mark.parametrize("command", ["map", "timeline", "stats"])
def test_the_schema_describes_the_answer(made_up, command):
    schema = json.loads(made_up.ask("about", "--schema", command).out)
    row = json.loads(made_up.ask(command, "--json").out)[0]

    assert [*schema["items"]["properties"]][: len(row)] == [*row]


def test_python_has_the_rows_and_the_picture_of_the_command_line(made_up, ask):
    with open_facts(str(made_up.folder)) as facts:
        assert facts.map(country="norway") == ask("map", "--country", "norway")
        assert facts.timeline(year=2017) == ask("timeline", "--year", "2017")
        assert facts.picture("map", city="lodz") == made_up.ask("map", "--city", "lodz", "--svg", "-").out
        with pytest.raises(UsageError, match="no filter is called 'town'"):
            facts.picture("map", town="lodz")
        with pytest.raises(UsageError, match="no picture is called 'globe'"):
            facts.picture("globe")


# Places.


def test_a_city_without_coordinates_is_named_and_not_dropped(made_up, ask, svg_of):
    sentence = "Not on the map: Brambury-on-Sea."

    assert next(row for row in ask("map") if row["id"] == "brambury")["latitude"] is None
    assert sentence in made_up.ask("map").out
    assert sentence in texts(svg_of("map"))


def test_each_city_with_a_place_is_a_mark_or_named(made_up, svg_of):
    """Nordvik lies in the far east of Siberia: outside of every frame."""
    root = svg_of("map")

    assert {title.partition(",")[0] for title in titles(root)} == {"Łódź", "Västersund"}
    assert "Outside of the map: Nordvik." in texts(root)
    assert "Outside of the map: Nordvik." in made_up.ask("map", "--color", "always").out


def test_cities_close_together_are_both_drawn_and_counted_on_a_terminal(run, tmp_path):
    base = with_places(Copy(run, tmp_path / "base"), brambury=BESIDE_LODZ)

    svg = base.ask("map", "--svg", "-").out
    shown = ORDER.sub("", base.ask("map", "--color", "always", COLUMNS="60").out)

    assert len(titles(fromstring(svg))) == 3
    assert re.search(r"(?m)^[^A-Za-z]*2[^A-Za-z]*$", shown)
    assert "so many cities are close together" in shown


# Time.


def test_a_step_known_to_the_month_is_open_and_explained(svg_of):
    root = svg_of("timeline", "--year", "2017")

    assert [path.get("class") for path in root.iter(f"{SVG}path")].count("mark kind-3 open") == 1
    assert "An open mark: not known to the day." in texts(root)


def test_a_step_known_to_the_month_is_drawn_between_its_neighbours(base):
    """The shortlist is of 9 September, the hearing of some day of September, the final of the 20th."""
    steps = {"shortlist": "2017-09-09", "hearing": "2017-09", "final": "2017-09-20"}
    base.add("milestones:\n" + "".join(
        f"  2017-{step}:\n    edition: 2017\n    date: '{day}'\n    step: {step}\n    summary: A {step}.\n"
        "    citations:\n      - source: lantern-2017\n        locator: last line\n"
        for step, day in steps.items()
    ))  # fmt: skip

    shown = titles(fromstring(base.ask("timeline", "--year", "2017", "--svg", "-").out))

    assert [title.partition(":")[0] for title in shown] == ["Shortlist", "Hearing", "Final"]


def test_a_disputed_step_has_a_dagger_and_a_note(svg_of):
    shown = texts(svg_of("timeline", "lodz", "--year", "2017"))

    assert "†" in shown
    assert "† 2017: month of the hearing" in shown


def test_a_dagger_of_a_picture_on_a_terminal_is_explained_below_the_table(made_up):
    words = ["timeline", "lodz", "--year", "2017"]

    assert "† 2017: month of the hearing" in made_up.ask(*words, "--color", "always").out
    assert "month of the hearing" not in made_up.ask(*words).out


def test_other_steps_are_listed_but_not_drawn(svg_of):
    assert not [title for title in titles(svg_of("timeline")) if "picnic" in title]


def test_an_edition_that_began_the_year_before_says_so(svg_of):
    assert "2016 →" in texts(svg_of("timeline", "--year", "2017"))


def test_an_edition_without_any_date_is_named(base):
    base.add(LABELS, "labels.yaml")
    base.change("editions/2015.yaml", "    date: 2015-03\n", "")
    base.change("editions/2015.yaml", "    summary: Deadline", "    step: other\n    summary: Deadline")

    root = fromstring(base.ask("timeline", "--year", "2015", "--svg", "-").out)

    assert "Without a date: 2015." in texts(root)


# Bars.


def test_applications_are_the_bars_of_editions_with_gaps_dashed(base):
    base.change("editions/2017.yaml", "    applications: 1024\n", "")
    base.add(LABELS, "labels.yaml")
    base.add("gaps:\n  no-count:\n    what: The count.\n    why: Nobody tells.\n    since: 2026-11-01\n"
             "    about:\n      - 2017.applications\n")  # fmt: skip

    root = fromstring(base.ask("stats", "--by", "edition", "--svg", "-").out)

    assert texts(root)[0] == "Applications, by edition"
    assert [rect.get("class") for rect in root.iter(f"{SVG}rect")].count("dashed") == 3  # and the legend
    assert texts(root).count("unknown") == 2  # of 2020-21 the tiny base has none either


def test_disputed_money_is_hatched_and_has_a_dagger(svg_of):
    root = svg_of("stats", "--by", "city", "--city", "nordvik")

    assert [rect.get("class") for rect in root.iter(f"{SVG}rect")][-3:] == ["bar", "hatched", "dashed"]
    assert "€1,100,000 † + 1 unknown" in texts(root)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (["--by", "country"], "Prize money, by country"),
        (["--by", "edition"], "Applications, by edition"),
        (["--by", "year", "--city", "lodz"], "Prize money, by year"),
        (["--by", "status"], "Results, by status"),
        (["--by", "country", "--measure", "winner"], "Winner, by country"),
        (["--by", "edition", "--measure", "prize_eur"], "Prize money, by edition"),
        (["--by", "country,status"], "Prize money, by country and status"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_the_bars_show_what_was_asked_for(svg_of, words, title):
    assert texts(svg_of("stats", *words))[0] == title


def test_the_bars_are_as_long_as_the_values(ask, svg_of):
    words = ["stats", "--by", "edition", "--measure", "count"]
    counts = [row["count"] for row in ask(*words)]
    rects = [rect for rect in svg_of(*words).iter(f"{SVG}rect") if rect.get("class") == "bar"]
    widths = [float(rect.get("width")) for rect in rects]

    assert [width / max(widths) for width in widths] == pytest.approx([n / max(counts) for n in counts], abs=0.01)


def test_applications_go_with_whole_editions_only(made_up):
    assert made_up.ask("stats", "--measure", "applications") == (
        2,
        "",
        "icapital: applications go with --by edition or --by year, and with no filter but --year\n",
    )


# What a reader sees.


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_pipe_gets_the_table_alone_and_a_terminal_the_picture_above_it(made_up, words):
    piped = made_up.ask(*words).out
    shown = ORDER.sub("", made_up.ask(*words, "--color", "always", COLUMNS="200").out)

    assert not re.search("[█▒┄⠁-⣿★◆■○┃]", piped)
    assert re.search("[█▒┄★◆■○]", shown)
    assert shown.splitlines()[-1] == piped.splitlines()[-1]


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "sv", "fi"])
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_line_of_a_picture_of_the_real_facts_is_wider_than_the_terminal(run, words, lang, columns):
    shown = ORDER.sub("", run(*words, "--color", "always", "--lang", lang, COLUMNS=str(columns), LINES="40").out)
    picture = shown.partition("\n\n")[0]

    assert max(map(len, picture.splitlines())) <= columns


def test_a_picture_without_colour_has_none(made_up):
    shown = made_up.ask("map", "--color", "always", NO_COLOR="1").out + made_up.ask("map", "--color", "never").out

    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", made_up.ask("map", "--color", "never").out)
    assert "★" in shown


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_pictures_speak_the_languages(run, words):
    heads = {lang: texts(fromstring(run(*words, "--lang", lang, "--svg", "-").out))[0] for lang in ("en", "sv", "fi")}

    assert len(set(heads.values())) == 3


def test_an_svg_never_depends_on_the_locale_of_the_terminal(made_up):
    assert made_up.ask("map", "--svg", "-", LANG="sv_FI.UTF-8") == made_up.ask("map", "--svg", "-", LANG="C")


@pytest.mark.parametrize(
    ("name", "words"),
    [("timeline.svg", ["timeline"]), ("stats.svg", ["stats", "--by", "city"])],
)
def test_a_picture_is_the_golden_one(made_up, name, words):
    """Written anew with ICAPITAL_GOLDEN=1."""
    made = made_up.ask(*words, "--svg", "-").out
    if os.environ.get("ICAPITAL_GOLDEN"):
        (GOLDEN / name).write_text(made, "utf-8")

    assert made == (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_equal_facts_give_equal_bytes(process, made_up, words):
    asked = [*words, "--svg", "-", "--facts", str(made_up.folder)]

    assert process(*asked, PYTHONHASHSEED="0", TZ="UTC") == process(*asked, PYTHONHASHSEED="1", TZ="Pacific/Auckland")


# Files.


def test_a_file_is_written_and_written_over_when_it_is_ours(made_up, tmp_path):
    target = tmp_path / "map.svg"
    first, second = (made_up.ask("map", "--svg", target) for _ in range(2))

    assert first == second == (0, "", f"icapital: wrote {target}\n")
    assert target.read_text("utf-8") == made_up.ask("map", "--svg", "-").out
    assert [file.name for file in tmp_path.iterdir()] == ["map.svg"]


def test_what_icapital_did_not_make_is_written_over_only_by_force(made_up, tmp_path):
    target = tmp_path / "mine.svg"
    target.write_text("<svg/>")
    refused = made_up.ask("map", "--svg", target)

    assert refused == (2, "", f"icapital: '{target}' exists, and icapital map did not make it: --force replaces it\n")
    assert target.read_text() == "<svg/>"
    assert made_up.ask("map", "--svg", target, "--force").code == 0


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (".", "'.' is a folder: name a file in it"),
        ("nowhere/map.svg", "no folder 'nowhere': make it first"),
        ("/dev/full", "'/dev/full' is not a regular file"),
        ("a\0b.svg", "cannot write 'a\N{REPLACEMENT CHARACTER}b.svg': embedded null byte"),
    ],
)
def test_a_target_that_is_no_file_is_refused(tmp_path, monkeypatch, target, message):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UsageError, match=re.escape(message)):
        pictures.write_svg("<svg/>", target, force=False, command="map")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_full_disk_leaves_what_was_there_and_nothing_else(tmp_path, monkeypatch, number):
    target = tmp_path / "map.svg"
    pictures.write_svg('<svg class="icapital-picture"/>', str(target), force=False, command="map")

    def fail(_descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(IcapitalError, match=f"cannot write '{target}': {os.strerror(number)}") as error:
        pictures.write_svg("<svg/>", str(target), force=False, command="map")

    assert error.value.exit_code == 1
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [
        ("map.svg", '<svg class="icapital-picture"/>')
    ]


def test_a_link_stays_a_link(made_up, tmp_path):
    Path(tmp_path / "link.svg").symlink_to(tmp_path / "real.svg")

    assert made_up.ask("map", "--svg", tmp_path / "link.svg").code == 0
    assert (tmp_path / "link.svg").is_symlink()
    assert (tmp_path / "real.svg").exists()


def test_force_without_a_picture_is_refused(made_up):
    assert made_up.ask("map", "--force") == (2, "", "icapital: --force goes with --svg\n")


def test_a_link_that_leads_to_itself_is_refused(made_up, tmp_path):
    loop = tmp_path / "loop.svg"
    loop.symlink_to(loop)

    assert made_up.ask("map", "--svg", loop) == (
        1,
        "",
        f"icapital: cannot write '{loop}': {os.strerror(errno.ELOOP)}\n",
    )


@pytest.mark.parametrize("words", [["--json"], ["-f", "csv"], ["--fields", "city"], ["--sources"]])
def test_a_picture_and_a_format_contradict_each_other(made_up, words):
    result = made_up.ask("map", "--svg", "-", *words)

    assert (result.code, result.out) == (2, "")
    assert re.fullmatch(r"icapital: --svg and --\w+: choose one\n", result.err)
