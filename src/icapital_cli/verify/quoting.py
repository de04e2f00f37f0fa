"""Quotations: compared to the letter with the words that sources printed."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from icapital_cli.compiler.phrases import TOKEN
from icapital_cli.names import fold
from icapital_cli.verify.judge import AGREES, DIFFERS, UNKNOWN, Verdict
from icapital_cli.verify.knowledge import Knowledge
from icapital_cli.verify.sentence import Claim, Sentence
from icapital_cli.verify.tokens import Words

LEAST = 5  # words of a quotation
ALIKE, ALIKE_SHORT, SHORT = 0.65, 0.8, 12  # share of the words that a printed quotation has in order; of a short one
LOOSE = 1.6  # words of the printed quotation, from the first to the last that are shared, for one of the draft
SHARED = 0.5  # share of its longer words in any order, before they are compared in order
CLOSING = ' ”’»\n"'
SPACE = re.compile(r"\s+")
MARKS = str.maketrans("’‘“”„«»–—\u00a0", '\'\'"""""-- ')


def claims_of(words: Words, sentences: list[Sentence]) -> Iterator[Claim]:
    """Yield the quotations of a text that the facts may hold."""
    firsts = [sentence.first for sentence in sentences]
    for start, end in words.quotations:
        first, last = words.at(start), words.at(end)
        if last - first >= LEAST:
            near = sentences[max(0, bisect_right(firsts, first) - 1) : bisect_right(firsts, last - 1)]
            yield Claim(
                "text", words.text[start:end], {"speaker": _speaker(near, first, last)}, (first, last), (first, last)
            )


def spoken_of(words: Words, sentences: list[Sentence]) -> Iterator[Claim]:
    """Yield what is said after a dash, up to who says it; a line with quotation marks is an item of a list."""
    firsts = [sentence.first for sentence in sentences]
    quoted = [start for start, _ in words.quotations]
    for start, end in words.spoken:
        if bisect_left(quoted, start) < bisect_left(quoted, end):
            continue
        first, last = words.at(start), words.at(end)
        near = sentences[max(0, bisect_right(firsts, first) - 1) : bisect_right(firsts, last - 1)]
        said = next((m for s in near for m in s.of("say") if m.first > first and _ends_speech(words, m.first)), None)
        ends = [n for s in near for n in _ends_of(s)]
        names = [n for s in near[-1:] for n in s.commas if s.within(n, n + 2, "person", "role") and s.last - n <= NAMED]
        last = said.first if said else ends[-1] if ends else names[0] if names else last
        if last - first >= LEAST:
            given = {"speaker": _speaker(near[-1:], first, last), "is_weak": True}
            told = words.text[start : words.ends[last - 1]]
            yield Claim("text", told, given, (first, last), (first, last))


def unmarked_of(words: Words, sentences: list[Sentence]) -> Iterator[Claim]:
    """Yield what somebody says without quotation marks, which may be a report: `We won, says X`."""
    starts = [start for start, _ in words.spoken]
    for sentence in sentences:
        ends = _ends_of(sentence) if not sentence.is_quoted else []
        place = bisect_right(starts, words.starts[sentence.first]) - 1
        is_spoken = place >= 0 and words.starts[sentence.first] < words.spoken[place][1]
        if ends and ends[0] - sentence.first >= LEAST_UNMARKED and not is_spoken:
            first, last = sentence.first, ends[0]
            given = {"speaker": _speaker([sentence], first, last), "is_weak": True}
            told = words.text[words.starts[first] : words.ends[last - 1]]
            yield Claim("text", told, given, (first, last), (first, last), is_bound=False)


def _ends_of(sentence: Sentence) -> list[int]:
    """Return the words after a comma with which who speaks is named, before the verb: `, the mayor, X, said`."""
    said = sentence.of("say")[:1] if sentence.commas else ()
    ends = [n for m in said for n in sentence.commas if m.first - LONGEST_SPEAKER <= n <= m.first]
    return [n for n in ends if sentence.within(n, n + 2, "say", "person", "role")]


NAMED = 10  # words of who speaks, at the end of a line
LEAST_UNMARKED = 8  # words
LONGEST_SPEAKER = 6  # words from the end of what is said to the verb


def _ends_speech(words: Words, number: int) -> bool:
    return words.between(number - 1).lstrip(CLOSING)[:1] in {",", ".", "!", "?"}


def _speaker(sentences: list[Sentence], first: int, last: int) -> str | None:
    """Return the person named in the sentence that a quotation ends in, else in that where it begins, outside it."""
    ending = [s for s in sentences if s.first < last <= s.last]
    for sentence in (*ending, *(s for s in sentences if s.first < first < s.last)):
        people = [m for m in sentence.of("person") if not first <= m.first < last]
        if people:
            nearest = min(people, key=lambda m: min(abs(first - m.last), abs(m.first - last)))
            return str(nearest.value)
    return None


def judge(knowledge: Knowledge, claim: Claim) -> Verdict:
    """Compare a quotation with those that sources printed, in any language of the facts."""
    told = TOKEN.findall(fold(claim.value))
    letters, long = _letters(claim.value), {word for word in told if len(word) > len("the")}
    best: tuple[float, str, str] = (0, "", "")
    for quote in knowledge.quotes_like(told):
        for text, words, spelled in knowledge.quoted(quote, _letters):
            if letters in spelled:
                best = (1, quote, text)
                break
            if len(long & set(words)) >= SHARED * len(long):
                best = max(best, (_likeness(told, words), quote, text))
        if best[0] == 1 and claim.given["speaker"] in {None, knowledge.fact(best[1])["speaker"]}:
            break
    likeness, quote, text = best
    if likeness < (ALIKE_SHORT if len(told) < SHORT else ALIKE):
        return Verdict(UNKNOWN, None, None, "no-quote")
    speaker = knowledge.fact(quote)["speaker"]
    changed = [] if letters in _letters(text) else _changes(claim.value, text)
    if changed and text not in knowledge.fact(quote)["text"].values():
        return Verdict(UNKNOWN, None, quote, "own-translation")
    if changed:
        return Verdict(DIFFERS, text, quote, "words", {"changes": changed})
    if claim.given["speaker"] not in {None, speaker}:
        return Verdict(DIFFERS, speaker, quote, "other-speaker", {"person": speaker})
    return Verdict(AGREES, text, quote)


def _letters(text: str) -> str:
    return SPACE.sub(" ", text.translate(MARKS)).strip(" .,;:\"'").casefold()


def _likeness(told: list[str], printed: list[str]) -> float:
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a quotation needs it

    blocks = SequenceMatcher(None, told, printed, autojunk=False).get_matching_blocks()
    found = [block for block in blocks if block.size]
    if not found or found[-1].b + found[-1].size - found[0].b > LOOSE * len(told):
        return 0
    return sum(block.size for block in found) / len(told)


def _changes(told: str, printed: str) -> list[tuple[str, str]]:
    """Return the words that differ, as (draft, source); what the draft leaves out at the ends does not count."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a quotation needs it

    mine, theirs = _letters(told).split(), _letters(printed).split()
    clean = [word.strip(".,;:!?\"'") for word in mine], [word.strip(".,;:!?\"'") for word in theirs]
    changes = []
    for kind, a, b, c, d in SequenceMatcher(None, *clean, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "insert" and (a in {0, len(mine)})):
            continue
        if kind == "replace" and a == 0 and c == 0 and d - c > b - a:
            changes.append((" ".join(mine[a:b]), " ".join(theirs[d - (b - a) : d])))
            continue
        changes.append((" ".join(mine[a:b]), " ".join(theirs[c:d])))
    return changes
