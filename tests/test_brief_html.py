"""`brief -f html`: one self-contained file of valid, accessible HTML5, whatever a text holds."""

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import HOSTILE, with_hostile_title
from plain_views import SHOWN, plain_page, written

from icapital_cli.formats.registry import BRIEFS
from icapital_cli.views.footnotes import Footnote

VOID = {"meta", "link", "br", "hr", "img", "input"}
LOADING = {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
LOADING_ATTRIBUTES = {"src", "srcset", "data", "poster", "action", "background"}
TAGS = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "section", "ul", "ol", "li"}
TAGS |= {"span", "a", "blockquote", "p", "footer", "header", "dl", "div", "dt", "dd", "b", "figure", "figcaption"}
TAGS |= {"table", "caption", "thead", "tbody", "tr", "th", "td"}


class Html(HTMLParser):
    """A strict reader of HTML: every tag closes, in order, and no attribute is repeated."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.ids, self.links, self.texts, self.wrong = [], [], [], [], [], []
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
        self.texts.append((self.open[-1] if self.open else "", data))

    def text(self):
        return "".join(data for tag, data in self.texts if tag != "style")

    def within(self, tag):
        return [data for found, data in self.texts if found == tag]


@pytest.fixture(scope="module")
def html(icapital):
    def read(*words):
        result = icapital("brief", *words, "-f", "html")
        assert (result.code, result.err) == (0, "")
        return result.out

    return read


@pytest.mark.parametrize("name", ["lodz", "vastersund", "2017", "2020", "siv-berg", "quay-lights", "almanac", "winner"])
@pytest.mark.parametrize("lang", ["en", "sv"])
def test_every_tag_closes_and_every_link_leads_somewhere(html, name, lang):
    sheet = Html(html(name, "--lang", lang))

    assert {tag for tag, _ in sheet.tags} <= TAGS
    assert len(sheet.ids) == len(set(sheet.ids))
    assert {link[1:] for link in sheet.links if link.startswith("#")} <= set(sheet.ids)
    assert all(re.match(r"#|https?://", link) for link in sheet.links)


def test_it_is_html5_in_utf8_with_its_language(html):
    text = html("lodz", "--lang", "sv")

    assert text.startswith('<!DOCTYPE html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n')


def test_it_is_self_contained(html):
    text = html("vastersund")
    sheet = Html(text)

    assert {tag for tag, _ in sheet.tags} & LOADING == set()
    assert [attrs for _, attrs in sheet.tags if LOADING_ATTRIBUTES & set(attrs)] == []
    assert [attrs for _, attrs in sheet.tags if any(name.startswith("on") for name in attrs)] == []
    assert "url(" not in text
    assert "@import" not in text


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


def test_the_sheet_of_a_city_has_the_sections_that_a_reader_asks_for(html):
    assert Html(html("vastersund")).within("h2") == [
        "Key facts",
        "Cities",
        "Prizes",
        "Initiatives",
        "Quotes",
        "People",
        "Disputes",
        "Sources",
    ]


def test_disputes_are_in_a_box(html):
    boxes = [attrs for tag, attrs in Html(html("2017")).tags if attrs.get("class") == "disputes"]

    assert len(boxes) == 1


def test_a_quote_names_its_speaker(html):
    text = html("lodz")
    quoted = re.search("<figure><blockquote><p>(.*)</p></blockquote>\n<figcaption>(.*) <span", text)

    assert quoted.groups() == (
        "“-- A lamp that waits for you is a kind lamp.”",
        "Jan Łampa, Mayor, City of Łódź, 11 March 2015",
    )


def test_key_figures_are_a_strip_and_results_a_table(html):
    sheet = Html(html("lodz"))

    assert sheet.within("dt") == ["Best result", "Cities", "Prize money in all", "Initiatives", "Quotes"]
    assert sheet.within("dd") == ["Winner 2015", "3", "€550,000", "1", "1"]
    assert [tag for tag, _ in sheet.tags].count("table") >= 1
    assert "€50,000" in sheet.within("td")


def sizes_in_print(style, root):
    """Return for each selector the size of its text on paper, in points: that for print, else that for all media."""
    everywhere, _, rest = style.partition("@media print {")
    sizes = {}
    for part in (re.sub(r"@media[^{]*\{(?:[^{}]*\{[^}]*\})*\s*\}", "", everywhere), rest):
        for selectors, rules in re.findall(r"([^{}]+)\{([^}]*)\}", part):
            size = re.search(r"font(?:-size)?: ([\d.]+)(rem|pt)", rules)
            for selector in selectors.split(",") if size else ():
                sizes[selector.strip()] = float(size[1]) * (root if size[2] == "rem" else 1)
    return sizes


def test_no_text_in_print_is_under_8_5_points(html):
    (style,) = Html(html("lodz")).within("style")
    root = float(re.search(r"@media print.*?html \{ font-size: ([\d.]+)pt", style, re.DOTALL)[1])
    sizes = sizes_in_print(style, root)

    assert {"h1", "body", "table", ".notes", "figcaption", ".figures dt", "footer"} <= sizes.keys()
    assert {selector: size for selector, size in sizes.items() if size < 8.5} == {}


MEASURE = """<!DOCTYPE html><meta charset="utf-8"><body><iframe style="border:0;width:{width}px;height:900px"></iframe>
<script>
const frame = document.querySelector("iframe");
frame.srcdoc = {page};
frame.onload = () => {{
  const page = frame.contentDocument, root = page.documentElement;
  const overflow = root.scrollWidth - root.clientWidth;
  for (const rule of page.styleSheets[0].cssRules)
    if (rule.media && rule.media.mediaText === "print") rule.media.mediaText = "all";
  const texts = [...page.body.querySelectorAll("*")].filter(
    (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
  const sizes = texts.map((e) => parseFloat(frame.contentWindow.getComputedStyle(e).fontSize) * 0.75);
  document.body.textContent = "measured " + [root.clientWidth, overflow, texts.length, Math.min(...sizes)].join(" ");
}};
</script>"""


@pytest.mark.doors
@pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("words", ["espoo", "2019", "2021 --lang fi"])
def test_chromium_draws_a_sheet_without_overflow_and_prints_no_small_text(run, tmp_path, words, width):
    page = json.dumps(run("brief", *words.split(), "-f", "html").out).replace("</", "<\\/")
    (tmp_path / "measure.html").write_text(MEASURE.format(width=width, page=page), "utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=5000",
        f"--user-data-dir={tmp_path}/u",
    ]
    dumped = subprocess.run(
        ["chromium", *options, "--dump-dom", (tmp_path / "measure.html").as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    drawn, overflow, texts, smallest = map(float, re.search(r"measured (\S+) (\S+) (\S+) ([\d.]+)", dumped).groups())

    assert width - 20 <= drawn <= width
    assert overflow == 0
    assert texts > 20
    assert smallest >= 8.49


@pytest.mark.doors
@pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
@pytest.mark.parametrize(
    ("words", "most"),
    [("vantaa", 1), ("jukka-makela", 1), ("espoo --lang fi", 2), ("2021 --lang fi", 2), ("2024 --lang sv", 2)],
)
def test_a_sheet_is_printed_on_one_page_or_two(run, tmp_path, words, most):
    (tmp_path / "sheet.html").write_text(run("brief", *words.split(), "-f", "html").out, "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/u"]
    printing = [f"--print-to-pdf={tmp_path}/sheet.pdf", (tmp_path / "sheet.html").as_uri()]
    subprocess.run(["chromium", *options, *printing], capture_output=True, check=True, timeout=120)

    assert 1 <= len(re.findall(rb"/Type */Page\b", (tmp_path / "sheet.pdf").read_bytes())) <= most


def test_a_source_on_a_sheet_is_a_link_with_the_name_of_its_site(html):
    text = html("lodz")

    assert re.search(
        r'<li id="source-1"><a href="https://lantern\.example\.org/[^"]*">[^<]+</a>\. lantern\.example\.org<', text
    )


# Hostile texts


def test_a_hostile_text_is_literal():
    sheet = Html(written(BRIEFS["html"], plain_page()))

    assert "script" not in {tag for tag, _ in sheet.tags}
    assert sheet.text().count(SHOWN) == 17
    assert all(re.match(r"#|https://", link) for link in sheet.links)


def test_an_address_that_is_not_of_the_web_is_not_a_link():
    sheet = Html(written(BRIEFS["html"], plain_page()._replace(footnotes=[Footnote("x", "javascript:alert(1)")])))

    assert [link for link in sheet.links if "javascript" in link] == []


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_text_breaks_the_html(text):
    sheet = Html(written(BRIEFS["html"], plain_page(text)))

    assert {tag for tag, _ in sheet.tags} <= TAGS


def test_a_hostile_title_of_a_source_is_there_to_the_letter(run, tmp_path):
    result = run("brief", "2017-nordvik", "-f", "html", "--facts", with_hostile_title(tmp_path))

    assert f"Gazette: {HOSTILE}, 10 November 2017." in Html(result.out).text()
