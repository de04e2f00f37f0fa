"""The text of an HTML page, by the parser of the standard library, with the line and column of every piece."""

from html import unescape
from html.parser import HTMLParser

BLOCKS = {
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "dt",
    "dd",
    "dl",
    "main",
    "nav",
    "aside",
    "figure",
    "figcaption",
    "title",
    "hr",
    "pre",
    "body",
}
CELLS = {"td", "th"}
DROPPED = {"script", "style", "template", "noscript", "svg", "math", "head", "iframe", "object", "textarea", "select"}


class TextOfPage(HTMLParser):
    """Collects the text of an HTML page with its places; scripts and styles are dropped."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(convert_charrefs=False)
        self.pieces: list[str] = []
        self.places: list[tuple[int, int, int]] = []
        self.length = 0
        self.dropped: list[str] = []

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        """Break the text at a block, and leave out what is not text."""
        if tag in DROPPED:
            self.dropped.append(tag)
        elif tag == "body":
            self.dropped.clear()
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        """Break the text at the end of a block."""
        if tag in self.dropped:
            while self.dropped.pop() != tag:
                pass
        self._break(tag)

    def handle_startendtag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        """Break the text; an element that is closed at once drops nothing."""
        self._break(tag)

    def handle_data(self, data: str) -> None:
        """Collect text; white space is as much as a space."""
        line, column = self.getpos()
        for number, part in enumerate(data.split("\n")):
            text = part if number == 0 else " " + part.lstrip()
            indent = 0 if number == 0 else len(part) - len(part.lstrip()) - 1
            self._add(text, line + number, (column if number == 0 else 0) + indent)

    def handle_entityref(self, name: str) -> None:
        """Collect a named character."""
        self._add(unescape(f"&{name};"), *self.getpos())

    def handle_charref(self, name: str) -> None:
        """Collect a numbered character."""
        self._add(unescape(f"&#{name};"), *self.getpos())

    def _break(self, tag: str) -> None:
        if tag in BLOCKS and not self.dropped:
            self._add("\n\n", *self.getpos())
        elif tag in CELLS and not self.dropped:
            self._add(": ", *self.getpos()) if self.pieces and self.pieces[-1].strip() else None

    def _add(self, text: str, line: int, column: int) -> None:
        if text and not self.dropped:
            self.places.append((self.length, line, column + 1))
            self.pieces.append(text)
            self.length += len(text)
