"""The site: valid pages whose links resolve, in each language, with what the facts say, and nothing that runs."""

import json
from collections import Counter

import pytest
from conftest import BASE
from site_pages import Site, resolved

from icapital_cli import open_facts
from icapital_cli.export.run import run_export


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


@pytest.fixture(params=["site", "real"])
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


def test_every_fact_of_the_eight_kinds_has_a_page_and_its_json(site):
    with open_facts(BASE) as facts:
        for kind in ("editions", "cities", "countries", "people", "initiatives", "quotes", "disputes", "sources"):
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
