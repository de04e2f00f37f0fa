"""A site as its readers have it: the files, the pages as trees, the links and where they lead."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

HTML = "{http://www.w3.org/1999/xhtml}"


class Site:
    """A folder of pages, each read once."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.page = cache(self._page)

    def pages(self):
        """Name the pages, below the folder."""
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))

    def text(self, name):
        return (self.folder / name).read_text("utf-8")

    def _page(self, name):
        return Page(name, self.text(name))


class Page:
    """A page, parsed as HTML5 by a parser that allows nothing wrong."""

    def __init__(self, name: str, text: str):
        self.name, self.text = name, text
        self.tree: Element = html5lib.HTMLParser(strict=True).parse(text)

    def all(self, tag):
        return list(self.tree.iter(HTML + tag))

    def one(self, tag):
        return next(iter(self.all(tag)))

    def by_class(self, name):
        return [e for e in self.tree.iter() if name in (e.get("class") or "").split()]

    def ids(self):
        return [e.get("id") for e in self.tree.iter() if e.get("id")]

    def links(self):
        """The addresses of all links, scripts and style sheets."""
        found = [e.get("href") for e in self.tree.iter() if e.tag in (HTML + "a", HTML + "link")]
        return [*found, *(e.get("src") for e in self.tree.iter() if e.get("src"))]

    def words(self, element=None):
        """The words that a reader sees."""
        whole = self.one("body") if element is None else element
        return re.sub(r"\s+", " ", "".join(whole.itertext())).strip()


def resolved(page: str, link: str) -> tuple[str, str]:
    """Give the file and the anchor that a relative link of a page leads to."""
    path, _, anchor = link.partition("#")
    target = urlsplit(urljoin(f"http://site/{page}", path)).path if path else f"/{page}"
    return unquote(target).lstrip("/"), anchor
