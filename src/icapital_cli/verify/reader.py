"""Readers of drafts: plain text, Markdown, HTML, Word; each to text, with the line and column of every place in it."""

import os
import re
from bisect import bisect_right
from collections.abc import Callable
from io import BytesIO

from icapital_cli.errors import IcapitalError, UsageError, printable

LARGEST = 16 << 20  # bytes of a draft
LARGEST_HTML = 4 << 20  # the parser of the standard library is slow on malformed markup
LARGEST_PART = 32 << 20  # bytes of the parts of a .docx, unpacked
MOST_PARTS = 2000
STDIN = "-"
BOM = b"\xef\xbb\xbf"  # with which some editors begin UTF-8
# Patterns that one kind of draft needs are compiled when it is read.
MARKUP = r"(?s)[*_`#>|]|\]\([^()\s]*\)|(?<=\n)```.*?\n```|!?\["
LOOKS_LIKE_HTML = rb"(?is)\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b"
PACKED = b"PK\x03\x04"
DECLARES = rb"(?i)<!(?:DOCTYPE|ENTITY)"


class Draft:
    """A text to check: its name, the words, and where each place of them stands in the file."""

    def __init__(self, name: str, text: str, places: list[tuple[int, int, int]] | None = None) -> None:
        """Keep the text; `places` are (offset in the text, line, column) of the pieces that it was made of."""
        self.name, self.text = name, text
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))] if places is None else []
        self._places = places or []

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1, of a place in the text."""
        if not self._places:
            line = bisect_right(self._lines, offset) - 1 if self._lines else 0
            return line + 1, offset - (self._lines[line] if self._lines else 0) + 1
        start, line, column = self._places[max(0, bisect_right(self._places, (offset, 1 << 60, 0)) - 1)]
        return line, column + max(0, offset - start)


def read_draft(name: str, read_stdin: Callable[[int], bytes]) -> Draft:
    """Read a draft from a file, or from standard input where the name is `-`.

    Raises UsageError for what is no text, IcapitalError for a file that cannot be read.
    """
    content = read_stdin(LARGEST + 1) if name == STDIN else _read_file(name)
    shown = "standard input" if name == STDIN else printable(name)
    if len(content) > LARGEST:
        raise UsageError(f"{shown} is larger than {LARGEST >> 20} MiB: give a part of it")
    return parse_draft(name, content, shown)


def _read_file(name: str) -> bytes:
    try:
        if os.path.isdir(name):  # noqa: PTH112 - a path of the command line
            raise UsageError(f"{printable(name)} is a folder: name its files")
        with open(name, "rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise UsageError(f"no file {printable(name)!r}") from None
    except ValueError:
        raise UsageError(f"{printable(name)!r} is not the name of a file") from None
    except OSError as error:
        raise IcapitalError(f"{printable(name)} cannot be read: {error.strerror or error}") from error


def parse_draft(name: str, content: bytes, shown: str = "") -> Draft:
    """Make a draft of the content of a file, by its ending; standard input by what it begins with."""
    shown = shown or printable(name)
    ending = os.path.splitext(name)[1].lower()  # noqa: PTH122 - the same
    if ending == ".docx" or (name == STDIN and content.startswith(PACKED)):
        return _of_word(name, content, shown)
    text = _decoded(content, shown)
    if ending in {".html", ".htm", ".xhtml"} or (name == STDIN and re.match(LOOKS_LIKE_HTML, content)):
        if len(content) > LARGEST_HTML:
            raise UsageError(f"{shown} is larger than {LARGEST_HTML >> 20} MiB of HTML: give a part of it")
        return _of_html(name, text)
    if ending in {".md", ".markdown"}:
        return Draft(name, re.sub(MARKUP, _blank, text))
    return Draft(name, text)


def _blank(found: re.Match[str]) -> str:
    """Replace markup by as many spaces, so that every place stays; line breaks stay line breaks."""
    return re.sub(r"[^\n]", " ", found[0])


def _decoded(content: bytes, shown: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\x00" in content:
        raise UsageError(f"{shown} is not text; verify reads .txt, .md, .html and .docx")
    else:
        encoding = "utf-8"
    try:
        text = content.removeprefix(BOM).decode(encoding)
    except UnicodeDecodeError:
        raise UsageError(f"{shown} is not UTF-8 text: save it as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _of_html(name: str, text: str) -> Draft:
    from icapital_cli.verify.page import TextOfPage  # noqa: PLC0415 - only HTML needs the parser

    page = TextOfPage()
    page.feed(text)
    page.close()
    return Draft(name, "".join(page.pieces), page.places or [(0, 1, 1)])


def _of_word(name: str, content: bytes, shown: str) -> Draft:
    """Read the paragraphs of a Word document; the line of a place is the number of its paragraph."""
    _refuse_bomb(content, shown)
    try:
        from mammoth import extract_raw_text  # noqa: PLC0415 - an extra, which only a .docx needs
    except ImportError:
        raise UsageError("to read .docx, install the extra: pip install 'icapital-cli[docx]'") from None
    try:
        text = str(extract_raw_text(BytesIO(content)).value)
    except Exception as error:  # the library raises what its parsers raise
        raise UsageError(f"{shown} is not a .docx document that can be read") from error
    places, offset = [], 0
    for number, paragraph in enumerate(text.split("\n\n"), 1):
        places.append((offset, number, 1))
        offset += len(paragraph) + 2
    return Draft(name, text, places)


def _refuse_bomb(content: bytes, shown: str) -> None:
    """Refuse a file that is no packed document, or one that unpacks to too much, or declares entities."""
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415 - only a .docx is packed

    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            if "word/document.xml" not in {part.filename for part in parts}:
                raise UsageError(f"{shown} is not a .docx document")
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_PART:
                raise UsageError(f"{shown} unpacks to more than {LARGEST_PART >> 20} MiB: it is not read")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with packed.open(part) as opened:
                        if re.search(DECLARES, opened.read(LARGEST_PART + 1)):
                            raise UsageError(f"{shown} declares entities: it is not read")
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, OverflowError) as error:
        raise UsageError(f"{shown} is not a .docx document") from error
