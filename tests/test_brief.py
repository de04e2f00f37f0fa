"""`brief`: a fact sheet as text, Markdown and HTML."""

import io
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import HOSTILE, with_hostile_title
from markdown_it import MarkdownIt

from icapital_cli.page import Footnote, Page, Section, Statement
from icapital_cli.sheet import BRIEF

DAY = {"SOURCE_DATE_EPOCH": "1500000000"}
VOID = {"meta", "link", "br", "hr", "img", "input"}
LOADS = {"src", "srcset", "data", "poster", "action", "background"}
DANGER = "<script>alert('x')</script> \u202eevil\x1b[31m & \\input{x} [a](javascript:b)"


class Html(HTMLParser):
    """A strict reader of what we write: every tag closes, in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.ids, self.links, self.said, self.wrong = [], [], [], [], [], []
        self.feed(text)
        self.close()
        assert (self.open, self.wrong) == ([], [])

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        names = [name for name, _ in attrs]
        self.wrong += [names] if len(names) != len(set(names)) else []
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name == "href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        self.said.append((self.open[-1] if self.open else "", data))

    def text(self):
        return "".join(data for tag, data in self.said if tag != "style")

    def within(self, tag):
        return [data for found, data in self.said if found == tag]


def page(text=DANGER):
    return Page(
        id="x",
        kind="cities",
        title=text,
        lang="en",
        sections=[
            Section("facts", text, [Statement(text, [1])]),
            Section("quotes", "Quotes", [Statement(text, [1], quoted=True)]),
            Section("disputes", "Disputes", [Statement(text, [])]),
        ],
        footnotes=[Footnote(text, "https://example.org/?a=1&b=<2>")],
        headings={"sources": "Sources", "disputes": "Disputes", "translation": "Our words."},
        stand="Facts of version 1.",
        data={"id": "x", "title": text},
    )


def written(shape, text=DANGER):
    out = io.StringIO()
    BRIEF[shape](page(text), out)
    return out.getvalue()


@pytest.fixture(scope="module")
def html(icapital):
    def read(*words):
        result = icapital("brief", *words, "-f", "html", **DAY)
        assert (result.code, result.err) == (0, "")
        return result.out

    return read


@pytest.mark.parametrize("name", ["lodz", "vastersund", "2017", "2020", "siv-berg", "quay-lights", "almanac", "winner"])
@pytest.mark.parametrize("lang", ["en", "sv"])
def test_every_tag_closes_and_every_link_leads_somewhere(html, name, lang):
    sheet = Html(html(name, "--lang", lang))

    assert len(sheet.ids) == len(set(sheet.ids))
    assert {link[1:] for link in sheet.links if link.startswith("#")} <= set(sheet.ids)
    assert all(re.match(r"#|https?://", link) for link in sheet.links)


def test_it_is_html5_in_utf8_with_its_language(html):
    text = html("lodz", "--lang", "sv")

    assert text.startswith('<!DOCTYPE html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n')


def test_it_stands_alone(html):
    sheet = Html(html("vastersund"))

    assert {tag for tag, _ in sheet.tags} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
    } == set()
    assert [
        attrs for _, attrs in sheet.tags if LOADS & set(attrs) or any(name.startswith("on") for name in attrs)
    ] == []
    assert "url(" not in html("vastersund")
    assert "@import" not in html("vastersund")


def test_it_is_accessible(html):
    sheet = Html(html("vastersund"))
    tags = [tag for tag, _ in sheet.tags]
    labels = [attrs["aria-labelledby"] for tag, attrs in sheet.tags if tag == "section"]

    assert (tags.count("h1"), tags.count("main"), tags.count("title")) == (1, 1, 1)
    assert set(labels) <= set(sheet.ids)
    assert [attrs["content"] for tag, attrs in sheet.tags if attrs.get("name") == "viewport"] == [
        "width=device-width, initial-scale=1"
    ]


def test_it_is_made_for_light_dark_and_paper(html):
    (style,) = Html(html("lodz")).within("style")

    assert all(words in style for words in ("prefers-color-scheme: dark", "@media print", "size: A4"))


def test_the_sheet_has_all_that_a_reader_asks_for(html):
    assert Html(html("vastersund")).within("h2") == [
        "Key facts",
        "Cities",
        "Prizes",
        "Initiatives",
        "Quotes",
        "Disputes",
        "Sources",
    ]


def test_disputes_stand_in_a_box(html):
    boxes = [attrs for tag, attrs in Html(html("2017")).tags if attrs.get("class") == "box"]

    assert len(boxes) == 1


def test_quotes_carry_who_said_them(html):
    said = Html(html("lodz")).within("p")

    assert (
        said[0].rstrip()
        == "“-- A lamp that waits for you is a kind lamp.” – Jan Łampa, City of Łódź, 11 March 2015, Role: Mayor"
    )


def test_results_stand_by_edition_with_their_money(icapital):
    text = icapital("brief", "lodz").out

    assert (
        "- Prize money in all: €550,000\n\nCities\n------\n"
        "- 2015, Grand Lantern, Winner, €500,000: Trams that tell the street lamps when they come. [1][2]\n"
        "- 2017, Grand Lantern, Runner-up, €50,000: Lamps that residents may dim. [3]\n"
        "- 2020-21, Grand Lantern, Semi-finalist: Lamps that residents may dim, now everywhere. [4]\n"
    ) in text


def test_each_page_is_one_source_however_many_places_are_cited(icapital):
    sources = icapital("brief", "lodz").out.partition("\nSources\n")[2]

    assert re.findall(r"^\[\d+\] [^:]+: [^,]+", sources, re.MULTILINE) == [
        "[1] The Lantern Office: The first Lantern",
        "[2] Gazette: Łódź takes the Lantern home",
        "[3] The Lantern Office: The second Lantern",
        "[4] The Lantern Office: The third Lantern",
    ]


@pytest.mark.parametrize("shape", ["text", "markdown", "html"])
def test_the_day_and_the_version_stand_below(icapital, shape):
    text = icapital("brief", "lodz", "-f", shape, **DAY).out

    assert re.search(r"words\. 2017-07-14\. Facts of version \d\S*, digest [0-9a-f]{12}\.", text)


@pytest.mark.parametrize("epoch", ["99999999999999", "9" * 30, "9" * 5000, "²", "today"])
def test_a_day_of_writing_that_is_none_is_refused(icapital, epoch):
    result = icapital("brief", "lodz", SOURCE_DATE_EPOCH=epoch)

    shown = epoch if len(epoch) < 80 else epoch[:80] + "…"
    assert result == (2, "", f"icapital: SOURCE_DATE_EPOCH takes seconds since 1970, not {shown!r}\n")


def test_equal_facts_on_one_day_give_equal_sheets(icapital):
    assert icapital("brief", "2017", "-f", "html", **DAY) == icapital("brief", "2017", "-f", "html", **DAY)


def test_text_is_the_format_when_none_is_named(icapital):
    assert icapital("brief", "lodz", **DAY) == icapital("brief", "lodz", "-f", "text", **DAY)


def test_contacts_are_left_out(icapital):
    assert "+358" not in icapital("brief", "vastersund", "-f", "html").out


def test_json_is_there_for_scripts(icapital):
    assert json.loads(icapital("brief", "lodz", "--json").out)["title"] == "Łódź"


def test_a_format_that_a_brief_does_not_have_lists_those_it_has(icapital):
    result = icapital("brief", "lodz", "-f", "docx")

    assert result == (
        2,
        "",
        "icapital: no format is called 'docx'. there is: text, markdown, html, json\n",
    )


def test_a_hostile_text_is_literal_in_html():
    text = written("html")
    sheet = Html(text)

    assert "script" not in {tag for tag, _ in sheet.tags}
    assert sheet.text().count("<script>alert('x')</script> �evil�[31m & \\input{x} [a](javascript:b)") == 7
    assert all(re.match(r"#|https://", link) for link in sheet.links)


def test_a_hostile_text_is_literal_in_markdown():
    tokens = MarkdownIt("commonmark").parse(written("markdown"))
    inline = [token for block in tokens for token in block.children or ()]

    assert {token.content for token in inline if token.type == "html_inline"} == {'<a id="source-1">', "</a>"}
    assert [token for token in tokens if token.type == "html_block"] == []
    assert {token.attrs["href"] for token in inline if token.type == "link_open"} == {
        "#source-1",
        "https://example.org/?a=1&b=%3C2%3E",
    }
    assert "<script>alert('x')</script> �evil�[31m & \\input{x} [a](javascript:b)" in [
        "".join(token.content for token in block.children) for block in tokens if block.children
    ]


def test_a_hostile_text_cannot_steer_a_terminal():
    assert re.search("[\x1b\u202e\x07\x9b]", written("text")) is None


def test_json_keeps_a_hostile_text_and_escapes_what_a_terminal_obeys():
    text = written("json", DANGER + "\x9b\x07")

    assert re.search("[\x1b\u202e\x07\x9b]", text) is None
    assert json.loads(text)["title"] == DANGER + "\x9b\x07"


def test_an_address_that_is_no_web_address_is_no_link():
    out = io.StringIO()
    BRIEF["html"](page()._replace(footnotes=[Footnote("x", "javascript:alert(1)")]), out)

    assert [link for link in Html(out.getvalue()).links if "javascript" in link] == []


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_text_breaks_the_html(text):
    sheet = Html(written("html", text))

    assert {tag for tag, _ in sheet.tags} <= {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "section", "ul", "ol", "li"),
        *("sup", "a", "blockquote", "p", "footer"),
    }


@pytest.mark.parametrize("shape", ["text", "markdown", "html"])
def test_a_hostile_title_of_a_source_goes_through(run, tmp_path, shape):
    result = run("brief", "2017-nordvik", "-f", shape, "--facts", with_hostile_title(tmp_path))

    assert result.code == 0
    assert ("<script>" in result.out) == (shape == "text")


def test_html_says_a_hostile_title_to_the_letter(run, tmp_path):
    result = run("brief", "2017-nordvik", "-f", "html", "--facts", with_hostile_title(tmp_path))

    assert f"Gazette: {HOSTILE}, 10 November 2017." in Html(result.out).text()
