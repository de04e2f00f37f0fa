"""`show`: everything about one thing, each statement with its footnote."""

import json
import re

import pytest
import yaml
from made_up import HOSTILE, changed, with_hostile_title

from icapital_cli.formats.registry import PAGES


def sections(text):
    """Split a page into its sections: heading to lines."""
    parts = re.split(r"^(.+)\n[-=]+\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], (body.strip("\n").split("\n\n")[0].splitlines() for body in parts[1::2]), strict=True))


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("lodz", "Łódź – Lantern City Award"),
        ("LÓDŹ", "Łódź – Lantern City Award"),
        ("Lodsch", "Łódź – Lantern City Award"),
        ("City of Boats", "Łódź – Lantern City Award"),
        ("Brambury vid havet", "Brambury-on-Sea – Lantern City Award"),
        ("siv-berg", "Siv Åberg – Lantern City Award"),
        ("Siv Aberg", "Siv Åberg – Lantern City Award"),
        ("2020", "2020-21 – Lantern City Award"),
        ("2020/21", "2020-21 – Lantern City Award"),
        ("quay-lights", "Quay Lights"),
        ("Kajljus", "Quay Lights"),
        ("lampa-2015-trams", "Jan Łampa, 2015"),
        ("gazette-2017", "Half a purse for Nordvik"),
        ("2017-nordvik", "Nordvik, 2017 – Lantern City Award"),
        ("nordvik-prize-2017", "prize of the second place"),
        ("gap-day-of-2015", "The day of the award of 2015 is unknown."),
        ("lantern-office", "The Lantern Office"),
        ("The Lantern", "Lantern City Award"),
        ("small-lantern", "Small Lantern"),
        ("runner-up", "Runner-up"),
    ],
)
def test_anything_is_shown_by_its_id_or_any_of_its_names(icapital, name, title):
    result = icapital("show", *name.split())

    assert (result.code, result.out.partition("\n")[0]) == (0, title)


def test_a_city_is_shown_with_all_that_we_know(icapital):
    result = icapital("show", "lodz")

    assert {heading: len(lines) for heading, lines in sections(result.out).items()} == {
        "Łódź – Lantern City Award": 1,
        "Key facts": 3,
        "Cities": 3,
        "Prizes": 1,
        "Initiatives": 1,
        "Quotes": 1,
        "People": 1,
        "What is unknown": 1,
        "Sources": 4,
    }


def test_a_result_is_told_in_one_line_with_its_footnotes(icapital):
    result = icapital("show", "lodz")

    assert sections(result.out)["Cities"][0] == (
        "- 2015, Grand Lantern, Winner, €500,000: Rank: 1. Trams that tell the street lamps when they come. [1][2]"
    )


def test_a_city_reads_like_one_page_in_the_language_asked_for(icapital):
    lines = sections(icapital("show", "lodz", "--lang", "sv").out)

    assert "Lodz – Lantern City Award" in lines
    assert lines["Städer"][0] == (
        "- 2015, Stora lanternan, Vinnare, 500\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}€: "
        "Rank: 1. Spårvagnar som säger till gatlyktorna när de kommer. [1][2]"
    )


@pytest.mark.parametrize("name", ["lodz", "vastersund", "2017", "siv-berg", "lantern", "grand-lantern", "lantern-2015"])
def test_every_footnote_is_there_and_every_one_is_used(icapital, name):
    page, _, sources = icapital("show", name).out.partition("\nSources\n")
    used = {int(number) for number in re.findall(r"\[(\d+)\]", page)}

    assert used == {int(number) for number in re.findall(r"^\[(\d+)\]", sources, re.MULTILINE)}


def test_footnotes_count_from_one_in_the_order_of_the_page(icapital):
    page, _, sources = icapital("show", "2017").out.partition("\nSources\n")

    assert list(dict.fromkeys(re.findall(r"\[(\d+)\]", page))) == re.findall(r"^\[(\d+)\]", sources, re.MULTILINE)


def test_a_footnote_names_publisher_title_date_place_and_address(icapital):
    sources = sections(icapital("show", "lampa-2015-trams").out)["Sources"]

    assert sources == [
        (
            "[1] Gazette: Łódź takes the Lantern home, 11 March 2015: second paragraph. "
            "https://gazette.example.com/2015/03/lodz?page=1"
        )
    ]


def test_a_source_without_a_date_is_undated(icapital):
    sources = sections(icapital("show", "quay-lights").out)["Sources"]

    assert sources[2] == "[3] Bladet: Ett ljus för varje båt, undated: third paragraph."


def test_a_dispute_lists_the_claims_whom_we_follow_and_why(icapital):
    disputes = sections(icapital("show", "2017-nordvik").out)["Disputes"]

    assert disputes == [
        (
            "- prize of the second place, 2017, open: Claims: (1) Nordvik was paid 100,000 euros. "
            "[The Lantern Office; Example Wire] "
            "(2) Nordvik was paid 50,000 euros. [Gazette] We follow: 100,000 euros. "
            "Why: The organiser's own page is nearer to the purse than a newspaper. [1][2][3]"
        )
    ]


def test_a_disputed_cell_is_marked(icapital):
    assert "- Prize: €100,000 † [1][2]\n" in icapital("show", "2017-nordvik").out


def test_a_source_is_numbered_once_with_all_the_places_on_it(icapital):
    sources = sections(icapital("show", "lodz").out)["Sources"]

    assert sources[1] == (
        "[2] Gazette: Łódź takes the Lantern home, 11 March 2015: first paragraph; third paragraph; second paragraph. "
        "https://gazette.example.com/2015/03/lodz?page=1"
    )
    assert len({line.rpartition(" ")[2] for line in sources}) == len(sources)


def test_an_unknown_value_of_a_listed_gap_is_said_to_be_unknown(icapital):
    facts = sections(icapital("show", "2020").out)["Key facts"]

    assert [line for line in facts if "unknown" in line] == [
        "- Applications: unknown [1]",
        "- Countries of applicants: unknown [1]",
    ]


def test_a_value_is_named_once(icapital):
    facts = sections(icapital("show", "2017-nordvik").out)["Key facts"]

    assert [line for line in facts if "€100,000" in line] == ["- Prize: €100,000 † [1][2]"]
    assert [line.partition(":")[0] for line in facts][-3:] == ["- Prize", "- Reason", "- Note"]


def test_a_body_names_the_city_at_its_heart_and_the_city_the_bodies_around_it(run):
    assert "\nSee also\n--------\n- Grenoble (grenoble)\n" in run("show", "grenoble-alpes-metropole").out
    assert "(grenoble-alpes-metropole)\n" in run("show", "grenoble").out


def test_a_gap_is_named_with_its_reason(icapital):
    gaps = sections(icapital("show", "2015-brambury").out)["What is unknown"]

    assert gaps == [
        (
            "- Why Brambury was shortlisted in 2015 is unknown. Why: The Gazette only lists the name. "
            "Since: 2 January 2025."
        )
    ]


def test_a_quote_is_between_quotation_marks_with_its_speaker(icapital):
    quotes = sections(icapital("show", "lodz").out)["Quotes"]

    assert quotes == [
        "- “-- A lamp that waits for you is a kind lamp.” – Jan Łampa, Mayor, City of Łódź, 11 March 2015 [2]"
    ]


def test_a_quote_that_we_translated_is_marked_and_shown_beside_the_original(icapital):
    text = icapital("show", "berg-2017-harbour").out

    assert (
        "- Text: [our translation] The light is to follow the people, not the other way round "
        "[sv] “Ljuset ska följa människan, inte tvärtom” [1]\n"
    ) in text


def test_a_person_of_whom_only_the_name_is_known_has_it_cited(icapital):
    assert sections(icapital("show", "ben-ora").out)["Key facts"] == ["- Name: Ben O’Ra [1]"]


def test_a_source_is_shown_with_all_that_it_states(icapital):
    lines = sections(icapital("show", "gazette-2021").out)

    assert lines["Cities"] == [
        (
            "- 2020-21, Nordvik, Norway, Grand Lantern, Winner, €1,000,000: Rank: 1. "
            "A choir of wind chimes that warns of storms. [1]"
        ),
        (
            "- 2020-21, Brambury-on-Sea, United Kingdom, Small Lantern, Winner, €500,000: Rank: 1. "
            "Beach huts that charge bicycles. [1]"
        ),
    ]
    assert lines["Sources"][0] == (
        "[1] Gazette: Two Lanterns, one screen, February 2021: first paragraph; fourth paragraph. "
        "https://gazette.example.com/2021/02/lanterns"
    )


def test_a_page_without_footnotes_has_no_heading_for_them(icapital):
    assert "\nSources\n" not in icapital("show", "almanac").out


def test_the_version_and_the_digest_of_the_facts_are_given_at_the_end(icapital):
    last = icapital("show", "lodz").out.splitlines()[-1]

    assert re.fullmatch(
        r"Texts without quotation marks are our own words\. Facts of version \S+, digest [0-9a-f]{12}\.", last
    )


def test_json_has_the_facts_and_what_belongs_to_them(icapital):
    page = json.loads(icapital("show", "vastersund", "--json").out)

    assert (page["id"], page["kind"], page["title"], page["country_code"]) == (
        "vastersund",
        "cities",
        "Västersund",
        "FI",
    )
    assert [row["id"] for row in page["related"]["quotes"]] == ["berg-2017-harbour", "berg-2017-thanks"]
    assert [row["id"] for row in page["related"]["disputes"]] == ["quay-length"]


def test_jsonl_and_yaml_hold_the_same_page_as_json(icapital):
    page = json.loads(icapital("show", "quay-lights", "--json").out)

    assert page["figures"][0]["unit"] == "kilometres"
    assert json.loads(icapital("show", "quay-lights", "-f", "jsonl").out) == page
    assert yaml.safe_load(icapital("show", "quay-lights", "-f", "yaml").out) == page


def test_markdown_links_each_number_to_its_source(icapital):
    text = icapital("show", "quay-lights", "-f", "markdown").out

    assert (
        set(re.findall(r"\(#source-(\d+)\)", text))
        == set(re.findall(r'<a id="source-(\d+)">', text))
        == {"1", "2", "3"}
    )


def test_a_name_that_two_things_bear_lists_them_with_their_ids(run, tmp_path):
    folder = changed(
        tmp_path, ("people.yaml", "      - Västersunds stad\n", "      - Västersunds stad\n      - Lodsch\n")
    )

    result = run("show", "lodsch", "--facts", folder)

    assert (result.code, result.out) == (3, "")
    assert (
        result.err
        == "icapital: 'lodsch' is ambiguous: lodz (cities), city-of-vastersund (organisations). give the id\n"
    )


def test_a_mistyped_name_suggests_the_nearest(icapital):
    result = icapital("show", "siv", "bergh")

    assert result == (
        3,
        "",
        (
            "icapital: no fact is called 'siv bergh'. "
            "did you mean siv-berg (siv-berg) or siv-berg-2017 (siv-berg-2017)?\n"
        ),
    )


def test_a_format_that_a_page_does_not_have_is_refused(icapital):
    result = icapital("show", "lodz", "-f", "csv")

    assert result == (2, "", f"icapital: no format is called 'csv'. choose from: {', '.join(PAGES.names())}\n")


def test_show_without_a_name_asks_for_one(icapital):
    assert icapital("show").err == "icapital: name a city, person, source or fact: icapital show espoo\n"


@pytest.fixture(scope="module")
def hostile_base(tmp_path_factory):
    return with_hostile_title(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("name", ["table", "plain"])
def test_a_hostile_title_is_shown_as_it_is(run, hostile_base, name):
    result = run("show", "2017-nordvik", "-f", name, "--facts", hostile_base)

    assert f"[3] Gazette: {HOSTILE}, 10 November 2017: first paragraph." in result.out


def test_a_hostile_title_is_literal_in_markdown(run, hostile_base):
    result = run("show", "2017-nordvik", "-f", "markdown", "--facts", hostile_base)

    assert (
        r"Gazette: \<script\>alert(1)\</script\> & \[x\](y) \*b\* {c} \#1 50% $5 a\_b \~ ^ \\ Ωμέγα İstanbul, 10"
    ) in result.out
