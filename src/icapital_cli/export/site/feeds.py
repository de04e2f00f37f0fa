"""What tells others of the site: a sitemap of its pages, and an Atom feed of the changes to the facts."""

import re
from typing import NamedTuple

from markupsafe import escape

from icapital_cli.export.site.pages import Site

RELEASE = re.compile(
    r"^## (?P<title>\S+)(?: \((?P<day>\d{4}-\d{2}-\d{2})\))?\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL
)
SECTION = re.compile(r"^### Facts\n(?P<text>.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^- (.+(?:\n  .+)*)", re.MULTILINE)
OLDEST = "1970-01-01"


class Change(NamedTuple):
    """A change of the facts: the release that brought it, or the day of the facts; its day; what changed, in lines."""

    key: str
    title: str
    day: str
    lines: list[str]


def changes_of(changelog: str, newest: str) -> list[Change]:
    """Read the changes of the facts in a changelog, newest first; what is not released has the day of the newest facts.

    Where it tells of none, the version of the facts is the only change.
    """
    newest = newest if len(newest) == len(OLDEST) else OLDEST  # facts of which no page has been read have no day
    found = []
    for release in RELEASE.finditer(changelog):
        section = SECTION.search(release["text"])
        lines = [" ".join(line.split()) for line in LINE.findall(section["text"])] if section else []
        if lines:
            day = release["day"] or newest
            title = f"{day} ({release['title']})" if release["day"] else day
            found.append(Change(release["title"] if release["day"] else day, title, day, lines))
    return found or [Change(newest, newest, newest, [])]


def feed_of(site: Site) -> str:
    """Write the feed (RFC 4287) of the changes to the facts."""
    changes = changes_of(site.job.facts.changelog(), site.job.facts.version)
    title = "iCapital: changes to the facts"
    return site.templates.get_template("feed.xml").render(base=site.base, changes=changes, title=title)


def sitemap_of(base: str, addresses: list[str]) -> str:
    """Write the sitemap (sitemaps.org) of all pages."""
    lines = [f"<url><loc>{escape(base + address)}</loc></url>" for address in ["index.html", *addresses]]
    start = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return start + "\n".join(lines) + "\n</urlset>\n"
