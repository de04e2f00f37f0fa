"""Numbered sources of a page: each source once, with the places on it that the page cites."""

from collections.abc import Iterable
from typing import NamedTuple

from icapital_cli.store.facts import Doc
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.rows import Row

BEST = 1  # citations of a statement on a fact sheet; `show` has them all


class Footnote(NamedTuple):
    """A source: its description, its address, its title with the language of the title, and the places on it."""

    text: str
    url: str
    title: str = ""
    lang: str = ""
    places: tuple[str, ...] = ()

    @property
    def description(self) -> str:
        """The description with the places."""
        return f"{self.text}: {'; '.join(self.places)}" if self.places else self.text


class Footnotes:
    """Numbers sources in the order in which they are met."""

    def __init__(self, localizer: Localizer, *, brief: bool) -> None:
        """Number sources; a brief has one for a statement, a numbered one if it can, and no places."""
        self._localizer, self._brief = localizer, brief
        self._numbers: dict[str, int] = {}
        self._citations: list[Doc] = []
        self._places: dict[str, dict[str, None]] = {}

    def numbers(self, citations: Iterable[Doc]) -> list[int]:
        """Return the numbers of some citations."""
        chosen = list(citations)
        if self._brief:
            chosen = sorted(chosen, key=lambda one: (self._is_new(one), one["excerpt"] is None))[:BEST]
        return sorted({self._number(citation) for citation in chosen})

    def of_sides(self, row: Row) -> list[int]:
        """Return the numbers for a dispute: all of them, or for a brief the first source of each side."""
        if not self._brief:
            return sorted({self._number(citation) for citation in row.citations})
        sides = [min(claim["sources"], key=self._is_new) for claim in row.values["claims"]]
        return sorted({self._number(citation) for citation in sides})

    def _is_new(self, citation: Doc) -> bool:
        return citation["id"] not in self._numbers

    def _number(self, citation: Doc) -> int:
        source = citation["id"]
        if source not in self._numbers:
            self._numbers[source] = len(self._numbers) + 1
            self._citations.append(citation)
        if not self._brief:
            locator = citation["locator"]
            self._places.setdefault(source, {})[self._localizer.term(locator) or locator] = None
        return self._numbers[source]

    def listed(self) -> list[Footnote]:
        """Return the sources in the order of their numbers."""
        return [self._footnote(citation) for citation in self._citations]

    def _footnote(self, citation: Doc) -> Footnote:
        label, localized = self._localizer.label, self._localizer.localized
        publisher = self._localizer.term(citation["publisher"]) or citation["publisher"]
        date = localized("date", citation["date"]) if citation["date"] else label("page.undated")
        lang = self._localizer.store.fact(citation["id"])[1]["lang"]
        text = f"{publisher}: {citation['title']}, {date}"
        places = tuple(self._places.get(citation["id"], ()))
        return Footnote(text, citation["url"] or "", citation["title"], lang, places)
