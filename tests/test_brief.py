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

    assert "\nBest result: Winner 2015; Cities: 3; Prize money in all: €550,000; Initiatives: 1; Quotes: 1\n" in text
    assert (
        "\nCities\n------\n"
        "- 2015, Grand Lantern, Winner, €500,000: Trams that tell the street lamps when they come. [1]\n"
        "- 2017, Grand Lantern, Runner-up, €50,000: Lamps that residents may dim. [2]\n"
        "- 2020-21, Grand Lantern, Semi-finalist: Lamps that residents may dim, now everywhere. [3]\n"
    ) in text


def test_each_page_is_one_source_however_many_places_on_it_are_cited(icapital):
    sources = icapital("brief", "lodz").out.partition("\nSources\n")[2]

    assert re.findall(r"^\[\d+\] [^:]+: [^,]+", sources, re.MULTILINE) == [
        "[1] The Lantern Office: The first Lantern",
        "[2] The Lantern Office: The second Lantern",
        "[3] The Lantern Office: The third Lantern",
        "[4] Gazette: Łódź takes the Lantern home",
    ]


def test_a_statement_names_one_source_a_numbered_one_else_one_with_an_excerpt(run, tmp_path):
    heading = 'locator: heading "Second place"\n'
    third = "      - source: gazette-2017\n        locator: last paragraph\n"
    folder = changed(tmp_path, ("editions/2017.yaml", heading, heading + third))

    text = run("brief", "2017-nordvik", "--facts", folder).out

    assert "- Status: Runner-up [1]\n" in text
    assert re.findall(r"^\[\d\] [^:]+", text, re.MULTILINE) == [
        "[1] Example Wire",
        "[2] Gazette",
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
    [
        ("vastersund", "050 123 4567"),
        ("2015", "A city applies with one idea."),
        ("2015", "Deadline for applications."),
        ("2015", "Prize scheme"),
        ("2020", "Wind Choir"),
        ("2015", "Ada Quill, "),
        ("lodz", "What is unknown"),
        ("lodz", 'heading "Third place"'),
    ],
)
def test_what_a_fact_sheet_does_not_need_is_left_out(icapital, subject, words):
    assert words in icapital("show", subject).out
    assert words not in icapital("brief", subject).out


def test_json_is_there_for_scripts(icapital):
    assert json.loads(icapital("brief", "lodz", "--json").out)["title"] == "Łódź"


def test_a_format_that_a_brief_does_not_have_lists_those_it_has(icapital):
    result = icapital("brief", "lodz", "-f", "docx")

    assert result == (2, "", f"icapital: no format is called 'docx'. choose from: {', '.join(BRIEFS.names())}\n")


# What a stranger needs


@pytest.mark.parametrize("name", ["lodz", "vastersund", "2017", "2020", "siv-berg", "finland"])
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_the_title_and_the_lead_say_what_the_award_is(icapital, name, form):
    text = icapital("brief", name, "-f", form).out

    assert " – Lantern City Award" in text.partition("Rewards cities that light up their streets")[0]
    assert "Lantern City Award: Rewards cities that light up their streets with new ideas." in text


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("lang", ["en", "sv", "fi"])
@pytest.mark.parametrize("edition", ["2014", "2019"])
def test_the_sheet_of_an_edition_names_each_city_with_its_status(run, edition, lang, form):
    results = json.loads(run("cities", edition, "--lang", lang, "--json").out)
    statuses = run("cities", edition, "--lang", lang, "-f", "plain", "--fields", "status").out.splitlines()
    text = run("brief", edition, "--lang", lang, "-f", form).out

    # The rows of a table, or the statements of a list, which hold the city, and then the status.
    lines = re.findall(r"^(?:- |\| |<tr>)(.*)", text, re.MULTILINE)
    held = {
        row["city"]: any(row["city"] in line and (status in line or len({*statuses}) == 1) for line in lines)
        for row, status in zip(results, statuses, strict=True)
    }
    assert held
    assert [city for city, found in held.items() if not found] == []


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("name", ["lodz", "vastersund", "2015", "2017", "2020"])
def test_a_mark_has_its_legend_and_no_legend_is_without_a_mark(icapital, name, form):
    body, _, legend = icapital("brief", name, "-f", form).out.partition("† Sources disagree, or once did")

    assert bool(legend) == ("†" in body)
    assert bool(legend) == (name in {"vastersund", "2017"})


@pytest.mark.parametrize("name", ["espoo", "vantaa", "2019", "2021", "finland"])
@pytest.mark.parametrize("command", ["brief", "show"])
def test_each_source_has_one_number(run, command, name):
    numbered = re.findall(r"^\[(\d+)\] (.*)$", run(command, name).out, re.MULTILINE)
    addresses = [text.rpartition(". ")[2] for _, text in numbered if "http" in text]

    assert [int(number) for number, _ in numbered] == list(range(1, len(numbered) + 1))
    assert len(addresses) == len({*addresses}) > 2


def test_a_dispute_is_named_with_its_matter_and_its_years(icapital):
    assert (
        "\n- length of the quay, 2017 and 2020, open: We follow: Three kilometres. ["
        in icapital("brief", "vastersund").out
    )


def test_a_year_that_the_matter_names_is_not_repeated(run, tmp_path):
    folder = changed(
        tmp_path,
        ("disputes.yaml", "topic: prize of the second place", "topic: second prize of 2017"),
        ("languages/sv.yaml", "topic: priset för andra platsen", "topic: andra priset 2017"),
    )

    assert "\n- second prize of 2017, open: We follow: " in run("brief", "nordvik", "--facts", folder).out


def test_the_sheet_of_a_city_has_who_was_in_office(run, icapital):
    assert "\nPeople\n------\n- Jan Łampa, Mayor, City of Łódź, 2015 [" in icapital("brief", "lodz").out
    for city in ("espoo", "vantaa"):
        names = {row["name"] for row in json.loads(run("people", "--city", city, "--json").out)}
        people = run("brief", city).out.partition("\nPeople\n")[2]
        assert any(name in people for name in names)


def test_all_paid_prizes_of_a_city_are_on_its_sheet(run):
    results = json.loads(run("cities", "espoo", "--json").out)
    paid = run("cities", "espoo", "-f", "plain", "--fields", "edition,prize_eur").out.splitlines()
    text = run("brief", "espoo").out

    assert sum(row["prize_eur"] or 0 for row in results) > 0
    for edition, amount in (line.split(" | ") for line in paid if not line.endswith("| ")):
        assert re.search(f"^- {edition}, .*{re.escape(amount)}", text, re.MULTILINE)


@pytest.mark.parametrize("lang", ["en", "sv", "fi"])
@pytest.mark.parametrize("name", ["espoo", "esbo", "vantaa"])
def test_no_city_is_also_called_by_the_name_in_its_title(run, name, lang):
    text = run("brief", name, "--lang", lang).out
    also_called = json.loads(run("show", name, "--lang", lang, "--json").out)["also_called"]

    assert text.partition(" – ")[0] not in also_called


@pytest.mark.parametrize(("kind", "most"), [("quotes", 3), ("initiatives", 6)])
def test_a_sheet_holds_a_few_of_many_and_says_how_many_more(run, kind, most):
    count = len(json.loads(run(kind, "--city", "espoo", "--json").out))
    section = run("brief", "espoo").out.partition(f"\n{kind.title()}\n")[2].strip("-\n").partition("\n\n")[0]

    assert count > most
    assert len(section.splitlines()) == most + 1
    assert section.splitlines()[-1] == f"- and {count - most} more"


def test_quotes_on_a_sheet_are_printed_words_of_different_years_before_others(run):
    sheet = run("brief", "espoo", "-f", "markdown").out.partition("## Quotes")[2].partition("## ")[0]
    quoted = [line for line in sheet.splitlines() if line.startswith("> –")]
    years = {re.search(r"20\d\d", line)[0] for line in quoted if re.search(r"20\d\d", line)}

    assert "our translation" not in sheet
    assert len(years) > 1


def test_role_and_office_of_a_speaker_need_no_labels(icapital):
    assert " – Jan Łampa, Mayor, City of Łódź, 11 March 2015 [" in icapital("brief", "lodz").out


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_the_categories_of_an_edition_are_headings_in_its_table(run, form):
    text = run("brief", "2024", "-f", form).out
    heading = "| **{}** |" if form == "markdown" else '<th scope="rowgroup" colspan="5">{}</th>'

    for name in run("cities", "2024", "-f", "plain", "--fields", "category").out.splitlines():
        assert text.count(heading.format(name)) == 1


def test_markdown_has_the_results_as_a_table_and_quotes_as_quotes(icapital):
    text = icapital("brief", "lodz", "-f", "markdown").out
    parsed = MarkdownIt("commonmark").enable("table").parse(text)

    assert [token.type for token in parsed].count("table_open") >= 1
    assert [token.type for token in parsed].count("blockquote_open") == 1
    assert "| 2015 | Winner | €500,000 |" in text


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
