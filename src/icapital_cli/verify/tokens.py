"""Words, sentences and quotations of a text, each by its place in it."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from icapital_cli.compiler.phrases import TOKEN
from icapital_cli.names import fold

BREAK = re.compile(r"[.!?…]+(?:$|[\"'”’»)\]]*(?=\s))|\n+")
BULLET = re.compile(r"[ \t]*(?:[-*•–#>|]|\d{1,2}[.)] )")
LABEL = re.compile(r"[ \t]*\w[\w ,]{0,30}: ")  # `Winner: Nantes`
CELLS = re.compile(r" [–—|] |\t")  # between the cells of a row
URL = r"(?:https?://|www\.)[^\s<>\"]+"  # compiled where a text may have one, as the others that are plain strings
QUOTES = '"“”„«»'
SINGLE = "‘‚‹›'"  # closed within the paragraph, or no quotation marks
OPENED = re.compile(rf"(?<!\w)[{QUOTES}{SINGLE}](?=\w)")
# Compiled where a quotation is: few texts have one, and compiling takes longer than reading a page.
CLOSED_SINGLE = r"(?<=[\w.,!?…%)])[’‘‹›'](?!\w)|\n\s*\n"
CLOSED = rf"(?<=[\w.,!?…%)’'])[{QUOTES}](?!\w)|\n\s*\n"
SPOKEN = re.compile(r"^[ \t]*[–—-] ([^\n]{20,2000})$", re.MULTILINE)
LONGEST_QUOTE = 3000
LONGEST_SENTENCE = 150  # words
SHORT_LINE = 60  # a line that ends earlier, before one that begins with a capital, is a heading or an item
ORDINAL = 31  # `24. marraskuuta`: a number before a full stop that does not end the sentence


class Folded(dict[str, str]):
    """Folds a word the first time that it is met."""

    def __missing__(self, word: str) -> str:
        """Fold a word, and remember it."""
        self[word] = fold(word)
        return self[word]


class Words:
    """The words of a text: their places, and their folded forms."""

    def __init__(self, text: str) -> None:
        """Split a text; all of it by functions in C, for it may be long."""
        self.text = text
        pieces = TOKEN.split(text)  # in turn what stands between words, and a word
        places = list(accumulate(map(len, pieces)))
        self.starts, self.ends = places[:-1:2], places[1::2]
        self.gaps, self._spelled = pieces[::2], pieces[1::2]  # what stands before each word, and after the last
        self.folded = list(map(Folded().__getitem__, self._spelled))

    def __len__(self) -> int:
        """Count the words."""
        return len(self.starts)

    def at(self, place: int) -> int:
        """Return the number of the first word that begins at a place, or after it."""
        return bisect_left(self.starts, place)

    def is_capital(self, number: int) -> bool:
        """Whether a word begins with a capital letter, or a letter without case."""
        return not self._spelled[number][0].islower()

    def spelled(self, number: int) -> str:
        """Return a word as it is written."""
        return self._spelled[number]

    def is_name(self, number: int) -> bool:
        """Whether a word is written as a name is: with a capital, and longer than an initial."""
        word = self._spelled[number]
        return word[0].isupper() and len(word) > 1

    @cached_property
    def names(self) -> list[int]:
        """The words that are written as names are."""
        return [number for number, word in enumerate(self._spelled) if word[0].isupper() and len(word) > 1]

    def between(self, number: int) -> str:
        """Return what is written between a word and the next one."""
        return self.gaps[number + 1]

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """The places between quotation marks of any kind; a quotation that is not closed ends with its paragraph."""
        spans, place, text = [], 0, self.text
        while opened := OPENED.search(text, place):
            is_single = opened[0] in SINGLE
            closing = re.compile(CLOSED_SINGLE if is_single else CLOSED)
            closed = closing.search(text, opened.end(), opened.end() + LONGEST_QUOTE)
            if is_single and (not closed or closed[0][0] == "\n"):
                place = opened.end()
                continue
            end = closed.start() if closed else min(len(text), opened.end() + LONGEST_QUOTE)
            spans.append((opened.end(), end))
            place = max(end, opened.end())
        return spans

    @cached_property
    def spoken(self) -> list[tuple[int, int]]:
        """The places of lines that begin with a dash, as newspapers of the north print what somebody says."""
        return [found.span(1) for found in SPOKEN.finditer(self.text)]

    @cached_property
    def addresses(self) -> list[tuple[int, int]]:
        """The places of web addresses."""
        may_be = "://" in self.text or "www." in self.text
        return [found.span() for found in re.finditer(URL, self.text)] if may_be else []


def sentences_of(words: Words, abbreviations: set[str]) -> list[tuple[int, int]]:
    """Return the sentences, each as the numbers of its first word and of the word after its last.

    A longer one than people write is cut into pieces, at a comma where there is one, so that reading stays linear.
    """
    spans: list[tuple[int, int]] = []
    first = 0
    for found in BREAK.finditer(words.text):
        last = words.at(found.start())
        if last <= first or not _ends(words, found, last - 1, abbreviations):
            continue
        spans += _pieces(words, first, last)
        first = last
    return [*spans, *_pieces(words, first, len(words))]


def _pieces(words: Words, first: int, last: int) -> Iterator[tuple[int, int]]:
    while last - first > LONGEST_SENTENCE:
        end = first + LONGEST_SENTENCE
        commas = (n for n in range(end, first + LONGEST_SENTENCE // 2, -1) if "," in words.between(n - 1))
        cut = next(commas, end)
        yield first, cut
        first = cut
    if first < last:
        yield first, last


def _ends(words: Words, found: re.Match[str], last: int, abbreviations: set[str]) -> bool:
    text, mark = words.text, found[0]
    rest = text[found.end() : found.end() + 3].lstrip(" \t")
    if mark[0] == "\n":
        if len(mark) > 1 or "\n" in rest[:1] or LABEL.match(text, found.end()) or BULLET.match(text, found.end()):
            return True
        line = found.start() - (text.rfind("\n", 0, found.start()) + 1)
        is_item = line < SHORT_LINE or len(CELLS.findall(text, found.start() - line, found.start())) > 1
        return is_item and not rest[:1].islower() and text[found.start() - 1] not in ",;-"
    if mark[0] != ".":
        return True
    if words.ends[last] == found.start():
        word = words.folded[last]
        if word in abbreviations or (len(word) == 1 and word.isalpha() and words.is_capital(last)):
            return False
        if word.isdigit() and len(word) <= len(str(ORDINAL)) and int(word) <= ORDINAL and rest[:1].islower():
            return False
    return not rest[:1].islower() or rest[1:2].isupper()  # `iCapital` begins a sentence as it is
