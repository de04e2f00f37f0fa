"""`brief`: a fact sheet in every format, complete, and safe whatever a text holds."""

import json
import re

import pytest
from made_up import HOSTILE, changed, with_hostile_title
from markdown_it import MarkdownIt
from plain_views import DANGER, SHOWN, plain_page, written

from icapital_cli.formats.registry import BRIEFS

DAY = {"SOURCE_DATE_EPOCH": "1500000000"}


# What a sheet holds


def test_results_are_listed_by_edition_with_their_money(icapital):
    text = icapital("brief", "lodz").out

    assert (
        "- Prize money in all: €550,000\n\nCities\n------\n"
        "- 2015, Grand Lantern, Winner, €500,000: Trams that tell the street lamps when they come. [1][2]\n"
        "- 2017, Grand Lantern, Runner-up, €50,000: Lamps that residents may dim. [3]\n"
        "- 2020-21, Grand Lantern, Semi-finalist: Lamps that residents may dim, now everywhere. [4]\n"
    ) in text


def test_each_page_is_one_source_however_many_places_on_it_are_cited(icapital):
    sources = icapital("brief", "lodz").out.partition("\nSources\n")[2]

    assert re.findall(r"^\[\d+\] [^:]+: [^,]+", sources, re.MULTILINE) == [
        "[1] The Lantern Office: The first Lantern",
        "[2] Gazette: Łódź takes the Lantern home",
        "[3] The Lantern Office: The second Lantern",
        "[4] The Lantern Office: The third Lantern",
    ]


def test_a_statement_names_two_sources_at_most_those_with_an_excerpt_first(run, tmp_path):
    heading = 'locator: heading "Second place"\n'
    third = "      - source: gazette-2017\n        locator: last paragraph\n"
    folder = changed(tmp_path, ("editions/2017.yaml", heading, heading + third))

    text = run("brief", "2017-nordvik", "--facts", folder).out

    assert "- Status: Runner-up [1][2]\n" in text
    assert re.findall(r"^\[\d\] [^:]+", text, re.MULTILINE) == [
        "[1] Example Wire",
        "[2] The Lantern Office",
        "[3] Gazette",
    ]


def test_a_dispute_names_one_source_for_each_side(icapital):
    show, brief = icapital("show", "2017-nordvik").out, icapital("brief", "2017-nordvik").out

    assert re.search(r"^- prize of the second place.*(\[\d\]){3}$", show, re.MULTILINE)
    assert re.search(r"^- prize of the second place[^[]*(\[\d\]){2}$", brief, re.MULTILINE)


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_the_day_the_version_and_the_digest_are_given_at_the_end(icapital, name):
    text = icapital("brief", "lodz", "-f", name, **DAY).out

    assert re.search(r"words\. 2017-07-14\. Facts of version \d\S*, digest [0-9a-f]{12}\.", text)


@pytest.mark.parametrize("epoch", ["99999999999999", "9" * 30, "9" * 5000, "²", "today"])
def test_a_day_of_writing_that_does_not_exist_is_refused(icapital, epoch):
    result = icapital("brief", "lodz", SOURCE_DATE_EPOCH=epoch)

    shown = epoch if len(epoch) < 80 else epoch[:80] + "…"
    assert result == (2, "", f"icapital: SOURCE_DATE_EPOCH takes seconds since 1970, not {shown!r}\n")


@pytest.mark.parametrize("name", BRIEFS.names())
def test_equal_facts_on_one_day_give_equal_sheets(icapital, name):
    result = icapital("brief", "2017", "-f", name, **DAY)

    assert result.code == 0
    assert result == icapital("brief", "2017", "-f", name, **DAY)


def test_text_is_the_format_when_none_is_named(icapital):
    assert icapital("brief", "lodz", **DAY) == icapital("brief", "lodz", "-f", "text", **DAY)


@pytest.mark.parametrize(
    ("subject", "words"),
    [("vastersund", "050 123 4567"), ("2015", "A city applies with one idea."), ("lodz", "People")],
)
def test_contacts_rules_and_roles_are_left_out(icapital, subject, words):
    assert words in icapital("show", subject).out
    assert words not in icapital("brief", subject).out


def test_json_is_there_for_scripts(icapital):
    assert json.loads(icapital("brief", "lodz", "--json").out)["title"] == "Łódź"


def test_a_format_that_a_brief_does_not_have_lists_those_it_has(icapital):
    result = icapital("brief", "lodz", "-f", "docx")

    assert result == (2, "", f"icapital: no format is called 'docx'. choose from: {', '.join(BRIEFS.names())}\n")


# Hostile texts


def test_a_hostile_text_is_literal_in_markdown():
    tokens = MarkdownIt("commonmark").parse(written(BRIEFS["markdown"], plain_page()))
    inline = [token for block in tokens for token in block.children or ()]

    assert {token.content for token in inline if token.type == "html_inline"} == {'<a id="source-1">', "</a>"}
    assert [token for token in tokens if token.type == "html_block"] == []
    assert {token.attrs["href"] for token in inline if token.type == "link_open"} == {
        "#source-1",
        "https://example.org/?a=1&b=%3C2%3E",
    }
    assert SHOWN in ["".join(token.content for token in block.children) for block in tokens if block.children]


def test_a_hostile_text_cannot_steer_a_terminal():
    assert re.search("[\x1b\u202e\x07\x9b]", written(BRIEFS["text"], plain_page())) is None


def test_json_keeps_a_hostile_text_and_escapes_what_a_terminal_obeys():
    text = written(BRIEFS["json"], plain_page(DANGER + "\x9b\x07"))

    assert re.search("[\x1b\u202e\x07\x9b]", text) is None
    assert json.loads(text)["title"] == DANGER + "\x9b\x07"


@pytest.fixture(scope="module")
def hostile_base(tmp_path_factory):
    return with_hostile_title(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_only_text_has_a_hostile_title_of_a_source_as_it_is(run, hostile_base, name):
    result = run("brief", "2017-nordvik", "-f", name, "--facts", hostile_base)

    assert result.code == 0
    assert (HOSTILE in result.out) == ("<script>" in result.out) == (name == "text")
