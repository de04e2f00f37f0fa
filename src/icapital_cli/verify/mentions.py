"""Mentions in a text: names of facts, dates, numbers, money, and the words that claims are made with."""

import re
from datetime import date
from operator import attrgetter
from typing import Any

from icapital_cli.verify.tokens import Words
from icapital_cli.verify.vocabulary import Entry, Vocabulary

NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009.,'’]\d{3})+(?!\d)|\d+(?:[.,]\d+)?(?!\d)")
ISO_DATE = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
DAY_DATE = re.compile(r"(\d{1,2})[./-] ?(\d{1,2})[./-] ?((?:19|20)\d\d)(?!\d)")
DATES = ((ISO_DATE, (1, 2, 3)), (DAY_DATE, (3, 2, 1)))  # with the groups of year, month and day
DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:/(\d{1,2})(?![\d/])|\.(\d{1,2})\.(?!\d))")
NEVER_A_DAY = "24/7"
ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|:[ea])\b")
SPAN = re.compile(r"((?:19|20)\d\d)\s?[-–/]\s?((?:20)?\d\d)(?!\d)")
PHONE = r"(?<![\w.,/-])(?:\+|00|\(?0)\d?[\d()\u00a0 /-]{5,18}\d(?![\w/-])"
EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # compiled where a text has an @
FIRST_YEAR, LAST_YEAR = 1900, 2099
DAYS = 31
LEAP_YEAR = 2000
FIRST = attrgetter("first")
LONGEST_NUMBER = 20  # signs; a longer row of digits counts nothing
CAPITAL = {"city", "person", "organisation", "initiative", "country"}
PHONE_DIGITS = range(7, 16)


class Mention:
    """What some words of a text mean: a key, a value, the numbers of the first word and of the word after the last.

    No named tuple, for it is made and read most of all: with slots both take half the time.
    """

    __slots__ = ("first", "is_quoted", "key", "last", "value")

    def __init__(self, key: str, value: Any, first: int, last: int, is_quoted: bool = False) -> None:  # noqa: FBT001, FBT002 - its fields
        """Keep the fields."""
        self.key, self.value, self.first, self.last, self.is_quoted = key, value, first, last, is_quoted

    def _replace(self, **changed: Any) -> "Mention":
        """Return a mention with other values in some fields, as a named tuple does."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return Mention(**fields | changed)


def mentions_of(words: Words, vocabulary: Vocabulary, first: int, last: int, hidden: "Hidden") -> list[Mention]:
    """Return the mentions in a sentence, in their order."""
    plain: list[Mention] = []
    overlaid: list[Mention] = []
    folded, hidden_ends = words.folded, hidden.ends
    place = first  # the word after the last mention
    for number, begun in enumerate(map(vocabulary.known.__getitem__, folded[first:last]), first):
        if begun is None or number < place:
            continue
        if number in hidden_ends:
            place = hidden_ends[number]
            continue
        phrases = vocabulary.phrases_at(begun, folded, number) if begun.longer else NONE
        if begun.plain is not None and not phrases:
            for key, value in begun.plain:
                (overlaid if key in OVERLAID else plain).append(Mention(key, value, number, number + 1))
            continue
        for mention in _at(words, vocabulary, number, last, [*phrases, *begun.single]):
            if mention.key in OVERLAID:
                overlaid.append(mention)
            else:
                plain.append(mention)
                place = max(place, mention.last)
    return sorted([*_merged(words, plain), *overlaid], key=FIRST)


NONE: list[Entry] = []  # never added to


# Mentions whose words may mean something else besides.
OVERLAID = {
    "organisation-of-city",
    "win.veto",
    "money.veto",
    "besides",
    "besides.after",
    "besides.winner",
    "hedge",
    "hedge.start",
    "participle",
    "in-total",
    "step",
    "hedge.inverted",
    "future",
    "negation",
    "filler",
    "link",
    "list",
    "become",
    "contrast",
    "clause",
    "deadline",
    "award.to",
    "winner.weak",
    "familiar",
    "or",
    "apart",
    "happen",
    "among",
}


def _at(words: Words, vocabulary: Vocabulary, number: int, last: int, entries: list[Entry]) -> list[Mention]:
    if words.folded[number].isdigit():
        ordinal = next((e for e in entries if e.rest and number + len(e.rest) < last), None)
        if ordinal:
            return [Mention(ordinal.key, ordinal.value, number, number + 1 + len(ordinal.rest))]
        return [_digits(words, number)]
    longest, found = 0, []
    for entry in entries:
        end, key = number + 1 + len(entry.rest), entry.key
        if end > last or (end - number < longest and key not in OVERLAID):
            continue
        if entry.is_name and not _is_written_as_name(words, vocabulary, entry, number, end):
            continue
        if key == "organisation" and _is_of_city(words, vocabulary, number, end):
            found.append(Mention("organisation-of-city", entry.value, number, end))
            continue
        if key not in OVERLAID:
            longest = end - number
        found.append(Mention(key, entry.value, number, end))
    return found


def _is_of_city(words: Words, vocabulary: Vocabulary, first: int, last: int) -> bool:
    """Whether an organisation is that of a city: `Dublin City Council`, not `European Innovation Council`."""
    folded = words.folded[first:last]
    names = (entry for word in folded for entry in vocabulary.beginning(word))
    return not vocabulary.municipal.isdisjoint(folded) and any(entry.key == "city" for entry in names)


def _is_written_as_name(words: Words, vocabulary: Vocabulary, entry: Entry, number: int, end: int) -> bool:
    if entry.key not in CAPITAL:
        return True
    if not words.is_capital(number) and entry.key != "initiative":
        return False
    if not entry.rest and entry.key == "initiative" and not words.is_capital(number):
        return False
    is_plain = not entry.rest and words.folded[number] in vocabulary.common
    is_first = number == 0 or words.between(number - 1).strip(" ,(") != ""
    if is_plain and is_first and not _is_subject(words, vocabulary, number):
        return False
    return not (
        end < len(words) and entry.key in {"city", "person"} and not entry.rest and words.between(end - 1)[:1] == "@"
    )


def _is_subject(words: Words, vocabulary: Vocabulary, number: int) -> bool:
    """Whether a verb follows a word that begins a sentence and may be a name or not: `Cork won`, `Nice weather`."""
    following = vocabulary.known[words.folded[number + 1]] if number + 1 < len(words) else None
    entries = [*following.single, *following.longer] if following else []
    return any(entry.key in VERBS for entry in entries)


VERBS = {"become", "get", "receive", "winner.before", "placed.verb", "rank"}


def _digits(words: Words, number: int) -> Mention:
    """Return what digits mean: a date, an ordinal, a span of years, a number."""
    text, start = words.text, words.starts[number]
    for pattern, order in DATES:
        found = pattern.match(text, start)
        day = _date(*(int(found[group]) for group in order)) if found else None
        if found and day:
            return Mention("date", day, number, words.at(found.end()))
    found = DAY_OF_MONTH.match(text, start)
    if found and found[0] != NEVER_A_DAY:
        day = _date(LEAP_YEAR, int(found[2] or found[3]), int(found[1]))
        if day:
            return Mention("date", f"-{day[4:]}", number, words.at(found.end()))
    if found := ORDINAL.match(text, start):
        return Mention("ordinal", found[1], number, words.at(found.end()))
    if found := SPAN.match(text, start):
        return Mention("span", (found[1], found[2]), number, words.at(found.end()))
    return _number(words, number)


def _number(words: Words, number: int) -> Mention:
    found = NUMBER.match(words.text, words.starts[number])
    if not found or len(found[0]) > LONGEST_NUMBER:
        return Mention("digits", words.folded[number], number, number + 1)
    digits = found[0]
    end = words.at(found.end())
    if re.fullmatch(r"\d+[.,]\d{1,2}", digits):
        return Mention("number", float(digits.replace(",", ".")), number, end)
    value = int(re.sub(r"\D", "", digits))
    if digits.isdigit() and FIRST_YEAR <= value <= LAST_YEAR:
        return Mention("year", str(value), number, end)
    return Mention("number", value, number, end)


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _merged(words: Words, found: list[Mention]) -> list[Mention]:
    """Join numbers with what follows them: scales, currencies, months, ordinal endings; numbers in words too."""
    keys = {mention.key for mention in found}
    found = found if keys.isdisjoint(("number", "half", "scale")) else _numbers(words, found)
    found = found if keys.isdisjoint(("month", "date")) else _dates(words, found)
    return _money(found) if "currency" in keys else found


def _numbers(words: Words, found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    place = 0
    while place < len(found):
        mention = found[place]
        if mention.key == "number" and isinstance(mention.value, str):
            mention = mention._replace(value=int(mention.value))
        before = kept[-1] if kept else None
        if before and _is_rest_of_number(words, before, mention):
            kept[-1] = Mention("number", before.value + mention.value, before.first, mention.last)
            place += 1
            continue
        if (
            mention.key == "number"
            and mention.value == HUNDRED
            and before
            and before.key == "number"
            and before.last == mention.first
        ):
            kept[-1] = Mention("number", before.value * HUNDRED, before.first, mention.last)
            place += 1
            continue
        if mention.key == "half":
            if before and before.key == "number" and before.value == 1 and before.last == mention.first:
                mention = mention._replace(first=kept.pop().first)
            mention = mention._replace(key="number", value=0.5)
        if mention.key == "scale" and not kept_number(kept, mention):
            mention = mention._replace(key="number", value=int(mention.value))
        elif mention.key == "scale":
            before = kept.pop()
            mention = Mention("number", _scaled(before.value, int(mention.value)), before.first, mention.last)
        kept.append(mention)
        place += 1
    return kept


def _is_rest_of_number(words: Words, before: Mention, mention: Mention) -> bool:
    """Whether a number is the second part of one in words: `thirty-five`."""
    if before.key != "number" or mention.key != "number" or before.last != mention.first:
        return False
    return (
        words.between(before.last - 1) == "-"
        and not words.folded[mention.first].isdigit()
        and before.value in TENS
        and mention.value in UNITS
    )


def kept_number(kept: list[Mention], mention: Mention) -> bool:
    """Whether a number stands right before a scale such as `million`."""
    return bool(kept) and kept[-1].key == "number" and kept[-1].last == mention.first


def _scaled(value: float, scale: int) -> float:
    scaled = value * scale
    return int(scaled) if scaled == int(scaled) else scaled


def _dates(words: Words, found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for place, mention in enumerate(found):
        before = kept[-1] if kept else None
        is_partial = before is not None and before.key == "date" and len(before.value) == len("--09-25")
        if mention.key == "year" and before and before.key == "month" and mention.first - before.last <= 1:
            kept[-1] = Mention("date", f"{mention.value}-{int(before.value):02}", before.first, mention.last)
            continue
        if mention.key == "year" and before and is_partial and mention.first - before.last <= 1:
            day = _date(int(mention.value), int(before.value[2:4]), int(before.value[5:7]))
            kept[-1] = Mention("date", day or before.value, before.first, mention.last)
            continue
        if mention.key == "month":
            month = int(mention.value)
            near = before and before.key in {"number", "ordinal"} and mention.first - before.last <= MONTH_GAP
            if near and before and str(before.value).isdigit() and 1 <= int(before.value) <= DAYS:
                kept[-1] = Mention("date", f"--{month:02}-{int(before.value):02}", before.first, mention.last)
                continue
            after = found[place + 1] if place + 1 < len(found) else None
            is_dated = after is not None and after.key == "year" and after.first == mention.last
            if is_dated or words.is_capital(mention.first) or is_long_month(words, mention):
                kept.append(mention)
            continue
        is_day = mention.key == "number" and isinstance(mention.value, int) and 1 <= mention.value <= DAYS
        is_day = is_day and words.folded[mention.first].isdigit()  # `in July twelve were left`
        if is_day and before and before.key == "month" and mention.first == before.last:
            kept[-1] = Mention("date", f"--{int(before.value):02}-{mention.value:02}", before.first, mention.last)
            continue
        kept.append(mention)
    return kept


HUNDRED = 100
TENS, UNITS = range(20, 100, 10), range(1, 10)
MONTH_GAP = 2  # `25th of September`


def is_long_month(words: Words, mention: Mention) -> bool:
    """Whether a month written small is one: its word is longer than `may`."""
    return words.ends[mention.first] - words.starts[mention.first] > len("sept")


def _money(found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    place = 0
    while place < len(found):
        mention = found[place]
        after = found[place + 1] if place + 1 < len(found) else None
        before = kept[-1] if kept else None
        if mention.key == "currency" and before and before.key == "number" and before.last == mention.first:
            kept[-1] = Mention("money", (before.value, mention.value), before.first, mention.last)
        elif mention.key == "currency" and after and after.key == "number" and mention.last == after.first:
            kept.append(Mention("money", (after.value, mention.value), mention.first, after.last))
            place += 1
        else:
            kept.append(mention)
        place += 1
    return kept


class Hidden:
    """Places of a text that are not read as words: web addresses, e-mail addresses and telephone numbers."""

    def __init__(self, words: Words) -> None:
        """Find them."""
        self.words = words
        text = words.text
        self.emails = [found.span() for found in re.finditer(EMAIL, text)] if "@" in text else []
        phones = re.finditer(PHONE, text) if "+" in text or "0" in text else ()
        self.phones = [found.span() for found in phones if sum(map(str.isdigit, found[0])) in PHONE_DIGITS]
        self.ends: dict[int, int] = {}  # the word after a hidden place, by each word in it
        for start, end in (*self.emails, *self.phones, *words.addresses):
            first, last = words.at(start), words.at(end)
            self.ends.update(dict.fromkeys(range(first, last), last))
