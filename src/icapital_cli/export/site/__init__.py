"""A site: static pages in every complete language, to be opened from a folder or put on any host.

A page of a thing is at an address that stays: `LANGUAGE/KIND/ID.html`; its JSON, the same for all languages, is at
`data/KIND/ID.json`. Without --base-url every link is relative; with it the pages tell their addresses, too.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from icapital_cli.drawing.registry import PICTURES, picture_named
from icapital_cli.errors import UsageError, printable
from icapital_cli.export.json import write_text
from icapital_cli.export.processes import forking
from icapital_cli.export.registry import Job, export
from icapital_cli.export.site.addresses import LISTS, PAGES
from icapital_cli.export.site.citing import Citing
from icapital_cli.export.site.data import write_data, write_package
from icapital_cli.export.site.feeds import feed_of, sitemap_of
from icapital_cli.export.site.front import front_pages, root_page
from icapital_cli.export.site.lists import list_page
from icapital_cli.export.site.pages import Pages, Site, environment
from icapital_cli.export.site.search import search_script
from icapital_cli.export.site.things import thing_page
from icapital_cli.views.everything import Everything


@export("site", is_folder=True, options=("base_url",))
def write_site(job: Job) -> None:
    """A folder of static pages in every complete language, with search, and JSON for each page."""
    base = checked_base(job.options.get("base_url"))
    (job.place / "data").mkdir()
    with forking() as run:  # what several tasks need is made before they begin
        run(partial(write_package, job))
        everything = job.facts.everything()
        run(partial(write_data, job, everything))
        site = Site(job, base, complete_languages(job), environment(), Citing(job.facts))
        for picture in PICTURES:
            picture_named(picture)  # imports what draws it
        first, *others = sorted(site.tags, key=lambda tag: tag != job.facts.lang)
        for tag in others:
            run(partial(write_language, site, tag, everything))
        addresses = write_language(site, first, everything)
        for name, text in shared_files(site, addresses).items():
            write_text(job.place / name, text)


def shared_files(site: Site, addresses: list[str]) -> dict[str, str]:
    """Make the files that all languages share, by name."""
    from icapital_cli.drawing.svg import dark_style  # noqa: PLC0415 - the first task is not to wait for it

    shared = {"index.html": root_page(site)}
    shared |= {"style.css": source_of(site.templates, "style.css") + dark_style()}
    shared |= {"search.js": source_of(site.templates, "search.js")}
    if site.base:
        pages = [f"{tag}/{address}" for tag in site.tags for address in addresses]
        shared |= {"sitemap.xml": sitemap_of(site.base, pages), "feed.xml": feed_of(site)}
    return shared


def write_language(site: Site, tag: str, everything: Everything) -> list[str]:
    """Write the pages in a language; return their addresses, which are the same in every language.

    `everything` is that of the language of the command.
    """
    job, root, addresses = site.job, site.job.place / tag, list[str]()
    for folder in ("", *LISTS, "about"):
        (root / folder).mkdir()
    is_own = tag == job.facts.lang
    with nullcontext(job.facts) if is_own else job.open_facts(tag) as facts:
        pages = Pages(site, facts, everything if is_own else facts.everything(everything))
        for address, text in pages_in(pages):
            job.progress(len(addresses), pages.count)
            write_text(f"{root}/{address}", text)
            addresses.append(address)
        write_text(root / "search-data.js", search_script(pages))
    return addresses


def pages_in(pages: Pages) -> Iterator[tuple[str, str]]:
    """Make all pages in a language: addresses below its folder, and texts."""
    yield from front_pages(pages)
    for kind in LISTS:
        yield f"{kind}/index.html", list_page(pages, kind)
    for kind in PAGES:
        for row in pages.everything.views[kind].rows:
            yield f"{kind}/{row.id}.html", thing_page(pages, kind, row.id)


def complete_languages(job: Job) -> dict[str, str]:
    """Return the names of the languages that lack nothing, by tag, English first; English itself lacks nothing."""
    names = {row["tag"]: row["name"] for row in job.facts.languages() if row["complete"] == "100 %"}
    return {"en": names.pop("en", "English")} | names


def checked_base(given: str | None) -> str:
    """Return the address of the site, ending in a slash, or nothing. Raises UsageError for what is none."""
    if not given:
        return ""
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment or not good(given):
        raise UsageError(f"--base-url takes an address such as https://example.org/icapital, not {printable(given)!r}")
    return given.rstrip("/") + "/"


def good(address: str) -> bool:
    """Whether an address is written in ASCII without what would end it in a page."""
    return address.isascii() and address.isprintable() and not set(address) & set(" \"'<>\\^`{|}")


def source_of(templates: Any, name: str) -> str:
    """Return a file that is the same in every site."""
    source: str = templates.loader.get_source(templates, name)[0]
    return source
