"""`cite`: every style, read back by the parser that its readers use."""

import json
import re
import warnings

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from made_up import HOSTILE, changed, with_hostile_title

from icapital_cli.formats.citations import tex
from icapital_cli.formats.registry import CITATIONS
from icapital_cli.views.citation import Entry

STYLES = CITATIONS.names()
PROMISED = ["text", "markdown", "bibtex", "biblatex", "csl-json", "ris", "wikipedia", "apa"]
MARK = {"wikipedia": "<ref>{{cite web", "apa": "). "}  # what an entry has once where it does not name the fact
ESCAPING = {"markdown", "bibtex", "biblatex", "wikipedia"}  # what reads the others obeys no HTML
FACTS = {
    "a result": ("2017-nordvik", ["lantern-2017", "wire-release-2017"]),
    "a quote": ("berg-2017-thanks", ["vastersund-release-2017", "wire-release-2017"]),
    "an initiative": ("tram-lamps", ["lantern-2015", "gazette-2015"]),
    "a contact": ("contact-siv-berg-2017", ["vastersund-release-2017"]),
    "a source": ("gazette-2021", ["gazette-2021"]),
    "a source without date and address": ("bladet-2021", ["bladet-2021"]),
    "a city": ("lodz", ["lantern-2015"]),
}
DATE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": ["string", "number"]}},
        }
    },
}
# What of the CSL-JSON schema (csl-data.json 1.0.2) an item of ours may use; there too, nothing else is allowed.
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "type": {"enum": ["webpage", "article", "article-newspaper", "document", "report"]},
            "id": {"type": ["string", "number"]},
            "title": {"type": "string"},
            "author": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"literal": {"type": "string"}},
                    "additionalProperties": False,
                },
            },
            "publisher": {"type": "string"},
            "language": {"type": "string"},
            "note": {"type": "string"},
            "URL": {"type": "string"},
            "accessed": DATE,
            "issued": DATE,
        },
    },
}
TITLE = "{Half} } & #1 50% _x_ $5 ~ ^ \\ <b>| Ωμέγα İstanbul ışığı"
ENTRY = Entry(
    key="key-1",
    fact="fact-1",
    publisher="Lamp & {Sons}",
    title=TITLE,
    date="2019-09",
    lang="el",
    url="https://example.org/a_b?c=1&d=%20#e",
    locator="heading [2]",
    accessed="2026-11-20",
    version="icapital 1.0.0, facts 0123456789ab",
)
PLAIN = Entry("key-1", "fact-1", "Gazette", "Plain", "", "en", "", "", "", "icapital 1.0.0, facts 0123456789ab")
texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029"), min_size=1, max_size=40
)


def bib(text):
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    return [
        {"key": entry.key, "type": entry.entry_type} | {name: field.value for name, field in entry.fields_dict.items()}
        for entry in library.entries
    ]


def rendered(items):
    """Format the items with a citation processor, in the style that it ships."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        return [str(entry) for entry in bibliography.bibliography()]


def test_the_promised_styles_are_there():
    assert [style for style in PROMISED if style not in STYLES] == []


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("fact", "sources"), FACTS.values(), ids=FACTS)
def test_anything_can_be_cited_in_every_style(icapital, fact, sources, style):
    result = icapital("cite", fact, "--style", style)

    assert (result.code, result.err) == (0, "")
    assert len(result.out.split(MARK.get(style, f"{fact}; icapital "))) == len(sources) + 1


@pytest.mark.parametrize(("fact", "sources"), FACTS.values(), ids=FACTS)
def test_the_programs_that_read_citations_find_the_sources_in_their_order(icapital, fact, sources):
    text = {style: icapital("cite", fact, "--style", style).out for style in STYLES}
    items = json.loads(text["csl-json"])

    assert [entry["key"] for entry in bib(text["bibtex"])] == sources
    assert [entry["key"] for entry in bib(text["biblatex"])] == sources
    assert [entry["id"] for entry in rispy.loads(text["ris"])] == sources
    assert [item["id"] for item in items] == sources
    assert list(Draft202012Validator(CSL).iter_errors(items)) == []


def test_citeproc_formats_csl_json(icapital):
    items = json.loads(icapital("cite", "gazette-2017", "--style", "csl-json").out)

    assert rendered(items) == [
        "Gazette (2017) Half a purse for Nordvik. Gazette. Available at: https://gazette.example.com/2017/11/nordvik."
    ]


def test_citeproc_keeps_a_title_of_many_scripts_to_the_letter():
    (text,) = rendered([json.loads(CITATIONS["csl-json"](ENTRY._replace(title="Ωμέγα & İstanbul {ışığı} #1 50% _x_")))])

    assert "Ωμέγα & İstanbul {ışığı} #1 50% _x_" in text


def test_text_gives_publisher_title_date_language_place_address_version_and_digest():
    assert CITATIONS["text"](ENTRY) == (
        f"Lamp & {{Sons}}: “{TITLE}”, 2019-09, [el], heading [2], https://example.org/a_b?c=1&d=%20#e, "
        "accessed 2026-11-20 (fact-1; icapital 1.0.0, facts 0123456789ab)"
    )


def test_markdown_links_the_title_and_obeys_no_mark_in_it():
    assert CITATIONS["markdown"](ENTRY) == (
        r"Lamp & {Sons}: [{Half} } & \#1 50% \_x\_ $5 \~ ^ \\ \<b\>\| Ωμέγα İstanbul ışığı]"
        r"(<https://example.org/a_b?c=1&d=%20#e>), 2019-09, el, heading \[2\] "
        "(fact-1; icapital 1.0.0, facts 0123456789ab)"
    )


def test_markdown_shows_an_entity_as_it_stands():
    assert "[&lt;" not in CITATIONS["markdown"](PLAIN._replace(title="&lt;b&gt; &#60;"))


def test_bibtex_escapes_what_tex_would_obey():
    (entry,) = bib(CITATIONS["bibtex"](ENTRY))

    assert entry == {
        "key": "key-1",
        "type": "misc",
        "author": r"{Lamp \& \textbraceleft{}Sons\textbraceright{}}",
        "title": (
            r"{\textbraceleft{}Half\textbraceright{} \textbraceright{} \& \#1 50\% \_x\_ \$5 \textasciitilde{} "
            r"\textasciicircum{} \textbackslash{} \textless{}b\textgreater{}\textbar{} Ωμέγα İstanbul ışığı}"
        ),
        "year": "2019",
        "month": "sep",
        "howpublished": r"\url{https://example.org/a_b?c=1&d=%20#e}",
        "language": "el",
        "note": "heading [2]. accessed 2026-11-20. fact-1; icapital 1.0.0, facts 0123456789ab",
    }


def test_biblatex_has_its_own_names_for_date_address_and_language():
    (entry,) = bib(CITATIONS["biblatex"](ENTRY))

    assert {name: entry[name] for name in ("type", "date", "url", "urldate", "langid", "addendum", "note")} == {
        "type": "online",
        "date": "2019-09",
        "url": "https://example.org/a_b?c=1&d=%20#e",
        "urldate": "2026-11-20",
        "langid": "el",
        "addendum": "heading [2]",
        "note": "fact-1; icapital 1.0.0, facts 0123456789ab",
    }


@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
def test_an_address_with_braces_keeps_the_entry_in_one_piece(style):
    (entry,) = bib(CITATIONS[style](ENTRY._replace(url="https://example.org/{a}}\\b")))

    assert "https://example.org/%7Ba%7D%7D%5Cb" in (entry.get("url") or entry["howpublished"])


def test_ris_has_a_tag_for_each_field():
    (entry,) = rispy.loads(CITATIONS["ris"](ENTRY))

    assert entry == {
        "type_of_reference": "ELEC",
        "id": "key-1",
        "authors": ["Lamp & {Sons}"],
        "title": TITLE,
        "publisher": "Lamp & {Sons}",
        "year": "2019",
        "date": "2019/09//",
        "language": "el",
        "access_date": "2026/11/20",
        "urls": ["https://example.org/a_b?c=1&d=%20#e"],
        "notes": ["heading [2]; fact-1; icapital 1.0.0, facts 0123456789ab"],
    }


def test_csl_json_has_a_name_for_each_field():
    assert json.loads(CITATIONS["csl-json"](ENTRY)) == {
        "id": "key-1",
        "type": "webpage",
        "title": TITLE,
        "author": [{"literal": "Lamp & {Sons}"}],
        "publisher": "Lamp & {Sons}",
        "language": "el",
        "note": "heading [2]; fact-1; icapital 1.0.0, facts 0123456789ab",
        "URL": "https://example.org/a_b?c=1&d=%20#e",
        "accessed": {"date-parts": [[2026, 11, 20]]},
        "issued": {"date-parts": [[2019, 9]]},
    }


def test_wikipedia_gets_a_footnote_whose_template_nothing_breaks():
    assert CITATIONS["wikipedia"](ENTRY._replace(title="[x] | {{b}} ''i'' <ref> & ~~~~ Ωİ")) == (
        "<ref>{{cite web |url=https://example.org/a_b?c=1&d=%20#e |title=&#91;x&#93; {{!}} &#123;&#123;b&#125;&#125; "
        "&#39;&#39;i&#39;&#39; &#60;ref&#62; &amp; &#126;&#126;&#126;&#126; Ωİ |publisher=Lamp &amp; &#123;Sons&#125; "
        "|date=2019-09 |access-date=2026-11-20 |language=el |at=heading &#91;2&#93;}}</ref>"
    )


def test_apa_has_publisher_date_title_and_the_day_of_reading():
    assert CITATIONS["apa"](ENTRY._replace(date="2019-09-05")) == (
        f"Lamp & {{Sons}}. (2019, September 5). {TITLE}. Retrieved 2026-11-20, from https://example.org/a_b?c=1&d=%20#e"
    )
    assert CITATIONS["apa"](PLAIN) == "Gazette. (n.d.). Plain."


@pytest.mark.parametrize("style", STYLES)
def test_the_day_of_reading_is_given_where_it_is_known(style):
    read = re.compile(r"2026.11.20|\[2026, 11, 20\]")

    assert bool(read.search(CITATIONS[style](ENTRY))) == (style != "markdown")
    assert not read.search(CITATIONS[style](ENTRY._replace(accessed="")))


@pytest.mark.parametrize("style", STYLES)
def test_what_is_not_known_is_left_out(style):
    text = CITATIONS[style](PLAIN)

    assert "None" not in text
    assert not re.search(r"[{=|] *[},|]|, ,|http", text.replace("{}", ""))


@given(title=texts, publisher=texts)
def test_no_title_breaks_bibtex(title, publisher):
    (entry,) = bib(CITATIONS["bibtex"](ENTRY._replace(title=title, publisher=publisher)))

    assert (entry["title"], entry["author"]) == ("{" + tex(title) + "}", "{" + tex(publisher) + "}")


@given(texts)
def test_the_braces_of_tex_always_pair(title):
    assert tex(title).count("{") == tex(title).count("}")


@given(title=texts, locator=texts)
def test_csl_json_keeps_every_title_to_the_letter(title, locator):
    item = json.loads(CITATIONS["csl-json"](ENTRY._replace(title=title, locator=locator)))

    assert item["title"] == title


@given(title=texts, publisher=texts)
def test_no_title_ends_the_wikipedia_template_early(title, publisher):
    text = CITATIONS["wikipedia"](ENTRY._replace(title=title, publisher=publisher))

    assert (text.count("}}"), text.count("<ref>"), text.count("</ref>")) == (
        1 + (title + publisher + ENTRY.locator).count("|"),
        1,
        1,
    )


@pytest.fixture(scope="module")
def hostile_base(tmp_path_factory):
    return with_hostile_title(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("style", STYLES)
def test_a_hostile_title_goes_through_every_style(run, hostile_base, style):
    result = run("cite", "gazette-2017", "--style", style, "--facts", hostile_base)

    assert (result.code, result.err) == (0, "")
    assert "Ωμέγα İstanbul" in result.out
    assert ("<script>" in result.out) == (style not in ESCAPING)


def test_the_text_style_has_a_hostile_title_to_the_letter(run, hostile_base):
    result = run("cite", "gazette-2017", "--facts", hostile_base)

    assert result.out.startswith(
        f"Gazette: “{HOSTILE}”, 2017-11-10, [en], https://gazette.example.com/2017/11/nordvik ("
    )


def test_locators_on_one_page_are_named_together(icapital):
    result = icapital("cite", "nordvik-prize-2017", "--style", "csl-json")

    assert [item["note"].partition(";")[0] for item in json.loads(result.out)] == [
        'heading "Second place"',
        "second paragraph",
        "first paragraph",
    ]


def test_a_citation_names_the_disputes_about_the_fact(icapital):
    lines = icapital("cite", "2017-nordvik").out.splitlines()

    assert [line.partition("; disputed, see ")[2] for line in lines] == ["nordvik-prize-2017)"] * 2
    assert "disputed" not in icapital("cite", "2017-lodz").out


def test_official_pages_come_first_then_press_releases_then_news(icapital):
    cited = json.loads(icapital("cite", "nordvik-prize-2017", "--style", "csl-json").out)

    assert [item["id"] for item in cited] == ["lantern-2017", "wire-release-2017", "gazette-2017"]


@pytest.mark.parametrize(
    ("options", "sources"),
    [
        ("-n 1", ["lantern-2015"]),
        ("--limit 2", ["lantern-2015", "gazette-2015"]),
        ("--official", ["lantern-2015"]),
        ("-n 9", ["lantern-2015", "gazette-2015"]),
        ("-n 0", []),
    ],
)
def test_a_choice_of_sources_keeps_their_order(icapital, options, sources):
    result = icapital("cite", "tram-lamps", "--style", "csl-json", *options.split())

    assert [item["id"] for item in json.loads(result.out)] == sources


def test_a_citation_is_accessed_on_the_day_on_which_the_page_was_read(run, tmp_path):
    heading = 'locator: heading "Third place"\n'
    read = f"{heading}        read_on: '2026-11-20'\n        states:\n          status: runner-up\n"
    folder = changed(tmp_path, ("editions/2017.yaml", heading, read))

    assert ", accessed 2026-11-20 (" in run("cite", "2017-lodz", "--facts", folder).out
    assert "|access-date=2026-11-20 " in run("cite", "2017-lodz", "--style", "wikipedia", "--facts", folder).out


@pytest.mark.parametrize("style", STYLES)
def test_the_fact_base_itself_can_be_cited(icapital, style):
    result = icapital("cite", "icapital", "--style", style)

    assert (result.code, result.err) == (0, "")
    assert "facts about the European Capital of Innovation Award" in result.out


def test_text_is_the_style_when_none_is_named(icapital):
    assert icapital("cite", "2017-lodz") == icapital("cite", "2017-lodz", "--style", "text")


def test_a_style_that_does_not_exist_lists_the_styles(icapital):
    result = icapital("cite", "2017-lodz", "--style", "xyz")

    assert result == (2, "", f"icapital: no style is called 'xyz'. choose from: {', '.join(STYLES)}\n")


def test_a_mistyped_style_is_put_right(icapital):
    result = icapital("cite", "2017-lodz", "--style", "bibtext")

    assert result == (2, "", "icapital: no style is called 'bibtext'. did you mean 'bibtex'?\n")


def test_a_fact_that_does_not_exist_cannot_be_cited(icapital):
    assert icapital("cite", "2018-lodz").code == 3
