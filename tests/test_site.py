"""The site: valid pages whose links resolve, in each language, with what the facts say, and nothing that runs."""

import gzip
import json
import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from conftest import BASE
from made_up import ORDERS
from site_pages import HTML, Site, resolved

from icapital_cli import open_facts
from icapital_cli.errors import UsageError
from icapital_cli.export.run import run_export
from icapital_cli.export.site.feeds import changes_of


def made(folder, *, facts=str(BASE), base_url=None, lang=None):
    run_export(
        "site",
        str(folder),
        facts=facts,
        lang=lang,
        force=False,
        options={"base_url": base_url},
        warn=lambda _: None,
        err=None,
    )
    return Site(folder)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site of the tiny base."""
    return made(tmp_path_factory.mktemp("made-up") / "site")


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The site of the real facts."""
    return made(tmp_path_factory.mktemp("real") / "site", facts=None)


@pytest.fixture(params=["site", pytest.param("real", marks=pytest.mark.doors)])
def either(request):
    return request.getfixturevalue(request.param)


def broken_links(site):
    """List the links of all pages that lead to no file, or to no place on its page."""
    files = {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*") if path.is_file()}
    links = {
        (page, *resolved(page, link))
        for page in site.pages()
        for link in site.page(page).links()
        if not link.startswith(("http://", "https://"))
    }
    anchors = {page: set(site.page(page).ids()) for page in site.pages()}
    return [
        (page, target, anchor)
        for page, target, anchor in links
        if target not in files or (anchor and anchor not in anchors.get(target, ()))
    ]


# Pages and links


def test_every_link_leads_to_a_page_and_a_place_on_it(either):
    assert broken_links(either) == []


def test_a_crawler_that_finds_a_broken_link_says_so(tmp_path):
    site = made(tmp_path / "site")
    page = tmp_path / "site" / "en" / "index.html"
    page.write_text(site.text("en/index.html").replace("lodz.html", "lotz.html"), "utf-8")

    assert {target for _, target, _ in broken_links(site)} == {"en/cities/lotz.html"}


def test_no_id_is_on_a_page_twice(either):
    assert [page for page in either.pages() if max(Counter(either.page(page).ids()).values(), default=1) > 1] == []


def test_every_fact_of_the_kinds_with_pages_has_one_and_its_json(site):
    with open_facts(BASE) as facts:
        for kind in ("editions", "cities", "countries", "people", "initiatives", "quotes", "disputes"):
            for row in facts.of_kind(kind):
                assert f"en/{kind}/{row['id']}.html" in site.pages()
                thing = json.loads(site.text(f"data/{kind}/{row['id']}.json"))
                assert {key: thing[key] for key in row.keys() - {"lang", "kind"}} == {
                    key: value for key, value in row.items() if key not in {"lang", "kind"}
                }


@pytest.mark.parametrize("kind", ["results", "cities", "sources", "gaps"])
def test_the_lists_of_json_are_those_of_the_json_export(site, tmp_path, kind):
    run_export("json", str(tmp_path / "json"), facts=str(BASE), lang=None, force=False, options={}, warn=None, err=None)

    assert site.text(f"data/{kind}.json") == (tmp_path / "json" / f"{kind}.json").read_text("utf-8")


def test_a_page_has_one_heading_of_the_first_level_a_title_and_a_description(either):
    for name in either.pages():
        page = either.page(name)
        assert len(page.all("h1")) == 1
        assert page.words(page.one("title"))
        assert page.words(page.one("h1"))


def test_without_script_a_page_has_its_words_and_the_lists(either):
    """What only a script can do is hidden until the script shows it."""
    home = either.page("en/index.html")
    (search,) = [e for e in home.all("div") if e.get("id") == "search"]

    assert search.get("hidden") is not None
    assert {f"{kind}/index.html" for kind in ("cities", "quotes", "sources")} <= set(home.links())


def test_no_page_names_another_host_but_in_links_to_sources(either):
    for name in either.pages():
        page = either.page(name)
        loaded = [e.get("href") for e in page.all("link")] + [e.get("src") for e in page.tree.iter() if e.get("src")]
        assert [link for link in loaded if "//" in link] == []


# What a page says


def test_the_page_of_a_city_says_what_the_facts_say(site):
    page = site.page("en/cities/nordvik.html")

    with open_facts(BASE) as facts:
        results = facts.cities(city="nordvik")
    rows = {e.get("id"): page.words(e) for e in page.all("tr") if e.get("id")}
    assert [row["id"] for row in results if row["id"] not in rows] == []
    assert all(row["edition"] in rows[row["id"]] for row in results)
    assert all(f"{row['prize_eur']:,}" in rows[row["id"]] for row in results if row["prize_eur"])


def test_a_disputed_value_bears_a_dagger_with_the_matter_that_leads_to_the_dispute(site):
    page = site.page("en/cities/nordvik.html")
    (row,) = [e for e in page.all("tr") if e.get("id") == "2017-nordvik"]
    (dagger,) = {(e.get("href"), e.get("title")) for e in row.iter(HTML + "a") if e.get("class") == "d"}

    assert dagger == ("../disputes/nordvik-prize-2017.html", "Disputed: prize of the second place")


def test_each_source_stands_once_and_every_number_leads_to_it(either):
    for name in either.pages():
        page = either.page(name)
        notes = [e.get("href") for s in page.all("sup") for e in s.iter(HTML + "a")]
        listed = [e for part in page.by_class("notes") for e in part.iter(HTML + "li")]
        assert set(notes) == {f"#s{number}" for number, _ in enumerate(listed, 1)}
        links = [next(e.iter(HTML + "a")).get("href") for e in listed]
        assert len(links) == len(set(links))


@pytest.mark.doors  # thousands of pages
def test_a_translated_quote_is_marked_and_the_printed_words_stand_beside_it_in_their_language(real):
    page = real.page("en/quotes/makela-2019-eu-presidency.html")
    (quote,) = page.all("blockquote")
    ours, printed = quote.iter(HTML + "p")

    assert "our translation" in page.words(ours)
    assert "“" not in page.words(ours)
    assert printed.get("lang") == "sv"
    assert page.words(printed).startswith("“Det är speciellt fint")


@pytest.mark.parametrize(("page", "styles"), [("quotes/lampa-2015-trams", 4), ("cities/lodz", 4), ("about/data", 8)])
def test_a_page_says_how_to_cite_it_in_styles(site, page, styles):
    (cite,) = site.page(f"en/{page}.html").by_class("cite")

    assert len(list(cite.iter(HTML + "pre"))) == styles


# Languages


@pytest.mark.doors  # thousands of pages
def test_the_site_is_in_every_language_that_lacks_nothing(site, real):
    """The Swedish of the tiny base lacks much; that of the real facts nothing."""
    assert not (site.folder / "sv").exists()
    assert {path.name for path in real.folder.iterdir() if path.is_dir()} == {"data", "en", "fi", "sv"}


@pytest.mark.doors  # thousands of pages
def test_each_page_leads_to_itself_in_the_other_languages(real):
    pages = {page for page in real.pages() if page != "index.html"}

    assert {page.partition("/")[2] for page in pages if page.startswith("en/")} == {
        page.partition("/")[2] for page in pages if page.startswith("sv/")
    }
    for name in pages:
        tag, _, rest = name.partition("/")
        page = real.page(name)
        assert page.tree.get("lang") == tag
        (langs,) = page.by_class("langs")
        links = {e.get("hreflang"): resolved(name, e.get("href"))[0] for e in langs.iter(HTML + "a")}
        assert links == {other: f"{other}/{rest}" for other in {"en", "fi", "sv"} - {tag}}


@pytest.mark.doors  # thousands of pages
@pytest.mark.parametrize("tag", ["sv", "fi"])
def test_no_label_of_english_is_left_on_a_page_in_another_language(real, tag):
    """But where a language has the same word, and in what is marked as English."""
    with open_facts() as facts, facts.store() as store:
        labels = {lang: dict(store.rows("SELECT key, text FROM labels WHERE lang = ?", lang)) for lang in ("en", tag)}
    shared = {text for key, text in labels[tag].items() if text == labels["en"].get(key)}
    english = {text for text in labels["en"].values() if len(text) > 3} - shared - set(labels[tag].values())
    left = Counter()
    for name in real.pages():
        if name.startswith(f"{tag}/"):
            page = real.page(name)
            for tag_of in ("h2", "th", "dt", "summary", "label"):
                left.update(
                    page.words(e) for e in page.all(tag_of) if e.get("lang") is None and page.words(e) in english
                )

    assert not left


@pytest.mark.doors  # thousands of pages
@pytest.mark.parametrize("tag", ["sv", "fi"])
def test_what_is_said_of_a_thing_is_in_the_language_or_says_in_which_it_is(real, tag):
    """No sentence of ours that is translated stands on the page in English."""
    with open_facts() as english, open_facts(lang=tag) as facts:
        pairs = zip(english.initiatives(), facts.initiatives(), strict=True)
        told = {before["id"]: before["summary"] for before, after in pairs if before["summary"] != after["summary"]}

    assert told
    assert [one for one, summary in told.items() if summary in real.page(f"{tag}/initiatives/{one}.html").words()] == []


def test_the_language_of_the_command_is_that_of_the_data(tmp_path):
    site = made(tmp_path / "site", lang="sv")

    assert json.loads(site.text("data/index.json"))["language"] == "sv"


# Linked data, feed, sitemap

TYPES = {"editions": "Event", "cities": "Place", "countries": "Place", "people": "Person", "quotes": "Quotation"}


def linked(page):
    return [json.loads(e.text) for e in page.all("script") if e.get("type") == "application/ld+json"]


@pytest.mark.parametrize("kind", TYPES)
def test_things_are_described_as_linked_data(site, kind):
    for name in site.pages():
        if name.startswith(f"en/{kind}/") and not name.endswith("index.html"):
            (told,) = linked(site.page(name))
            types = told["@type"] if isinstance(told["@type"], list) else [told["@type"]]
            assert told["@context"] == "https://schema.org"
            assert TYPES[kind] in types
            assert None not in told.values()


@pytest.mark.doors  # thousands of pages
def test_an_edition_is_an_event_with_a_day_and_a_place(real):
    (told,) = linked(real.page("en/editions/2019.html"))

    assert told["startDate"] == "2019-09-25"
    assert told["location"]["@type"] == "Place"
    assert told["organizer"]["@type"] == "Organization"


@pytest.mark.doors  # thousands of pages
def test_a_city_is_a_place_with_coordinates_in_a_country(real):
    (told,) = linked(real.page("sv/cities/espoo.html"))

    assert told["geo"] == {"@type": "GeoCoordinates", "latitude": 60.2052, "longitude": 24.6522}
    assert told["containedInPlace"]["name"] == "Finland"
    assert told["name"] == "Esbo"


@pytest.mark.doors  # thousands of pages
@pytest.mark.parametrize("page", ["index", "about/data"])
def test_the_whole_is_a_dataset_under_a_licence(real, page):
    (told,) = linked(real.page(f"en/{page}.html"))

    assert told["@type"] == "Dataset"
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert 50 <= len(told["description"]) <= 5000


@pytest.fixture(scope="module")
def hosted(tmp_path_factory):
    """A site that knows its address."""
    return made(tmp_path_factory.mktemp("hosted") / "site", base_url="https://city.example/icapital")


def test_a_site_that_knows_its_address_tells_it(hosted):
    for name in hosted.pages():
        links = [(e.get("rel"), e.get("hreflang"), e.get("href")) for e in hosted.page(name).all("link")]
        address = f"https://city.example/icapital/{name}"
        if name != "index.html":
            assert ("canonical", None, address) in links
            assert ("alternate", "en", address) in links


def test_the_sitemap_has_every_page(hosted):
    places = [e.text for e in ET.fromstring(hosted.text("sitemap.xml")).iter() if e.tag.endswith("loc")]

    assert sorted(places) == sorted(f"https://city.example/icapital/{page}" for page in hosted.pages())


def test_without_an_address_there_is_neither_feed_nor_sitemap_nor_a_whole_address(site):
    names = {path.name for path in site.folder.iterdir()}

    assert not names & {"feed.xml", "sitemap.xml"}
    assert [name for name in site.pages() if 'rel="canonical"' in site.text(name)] == []


ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feed_has_what_atom_requires(hosted):
    feed = ET.fromstring(hosted.text("feed.xml"))
    entries = feed.findall(ATOM + "entry")

    assert entries
    for part in (feed, *entries):
        assert all(part.find(ATOM + name).text for name in ("title", "id", "updated"))
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T00:00:00Z", part.find(ATOM + "updated").text)
    assert len({entry.find(ATOM + "id").text for entry in entries}) == len(entries)


CHANGELOG = """\
# Changelog

## Unreleased

### Tool

- Faster.

### Facts

- A city of
  two lines.
- Another.

## 1.0.0 (2026-11-23)

### Facts

- The first.
"""


def test_the_changes_of_the_facts_are_those_of_the_changelog():
    changes = changes_of(CHANGELOG, "2026-11-25")

    assert [(change.day, change.lines) for change in changes] == [
        ("2026-11-25", ["A city of two lines.", "Another."]),
        ("2026-11-23", ["The first."]),
    ]


def test_facts_without_a_day_have_the_first_one():
    assert [change.day for change in changes_of("", "")] == ["1970-01-01"]


@pytest.mark.parametrize("text", ["", "# Changelog\n\n## 1.0.0 (2026-11-23)\n\n### Tool\n\n- Faster.\n"])
def test_without_a_changelog_of_the_facts_their_version_is_the_change(text):
    assert [change.day for change in changes_of(text, "2026-11-25")] == ["2026-11-25"]


def test_the_feed_of_the_real_facts_tells_of_the_changelog(tmp_path):
    site = made(tmp_path / "site", facts=None, base_url="https://city.example/")

    assert "Double entry" in site.text("feed.xml")


@pytest.mark.parametrize(
    "address",
    ["example.org", "ftp://example.org", "https://", "https://x/?q", "https://x/#a", 'https://x/"><b>', "https://x/ö"],
)
def test_an_address_that_is_none_is_refused_before_anything_is_made(tmp_path, address):
    with pytest.raises(UsageError, match="--base-url takes an address such as"):
        made(tmp_path / "site", base_url=address)

    assert list(tmp_path.iterdir()) == []


# Size


@pytest.mark.doors  # thousands of pages
def test_home_and_search_are_small(real):
    style, script = len(real.text("style.css").encode()), len(real.text("search.js").encode())
    for tag in ("en", "sv", "fi"):
        assert len(real.text(f"{tag}/index.html").encode()) + style + script < 150_000
        assert len(gzip.compress(real.text(f"{tag}/search-data.js").encode(), mtime=0)) <= 80_000


def test_no_text_of_a_page_turns_or_breaks_it(either):
    kept = {"\n", "\t"}
    for path in either.folder.rglob("*.*"):
        if path.is_file() and path.suffix != ".zip":
            assert not {*path.read_text("utf-8")} & ({*ORDERS} - kept), path
