"""The words that give a city a place: won, runner-up, second place, among the best six; the title as a predicate."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.sentence import Sentence

NEAR = 2  # words between a number and what it counts
VETO = 4  # words after a verb of winning in which something less is won
BEFORE_A_TITLE = ("filler", "become", "year", "ordinal", "nationality", "place.before", "span", "date", "familiar")
LOOSE = 2  # words of no known meaning between a verb and the title: `was last night named`
LEAST_RANK = 6
TOP = 30  # cities among which one may be said to be
FAR = 7  # words between a verb and the title that it is about
STATUSES = ("winner", "runner-up", "finalist", "semi-finalist")


class Cue(NamedTuple):
    """Words that give a city a place: the property, its value, their range, and on which side the city stands."""

    property: str
    value: Any
    first: int
    last: int
    side: str = "either"  # before, after, either
    category: str | None = None
    receives: bool = False  # said of who gets money, not of a city


def cues_of(sentence: Sentence) -> Iterator[Cue]:
    """Yield the words that give a city a place, and those that only say who gets money."""
    yield from _tops(sentence)
    for cue in _ranks(sentence):
        step = sentence.starting(cue.last, "participle")
        yield cue._replace(side="after") if step and sentence.starting(step.last, "city") else cue
    yield from _titles(sentence)
    for status in STATUSES:
        for mention in sentence.of(status):
            is_loose = status == "winner" and sentence.is_among(mention.first, mention.last)
            value = "placed" if is_loose else status
            yield Cue("status", value, mention.first, mention.last, receives=_is_receiver(sentence, mention))
    for mention in sentence.of("winner.before"):
        if not _is_less(sentence, mention):
            yield Cue("status", "winner", mention.first, mention.last, "before")
    for mention in sentence.of("winner.after"):
        yield Cue("status", "winner", mention.first, mention.last, "after")
    for mention in sentence.of("placed", "placed.verb"):
        yield Cue("status", "placed", mention.first, mention.last)
    if sentence.has("rank", "runner-up", "placed", "top.before", "top.after", "finalist"):
        for mention in sentence.of("winner.weak"):
            yield Cue("status", "winner", mention.first, mention.last, "after")
    for mention in sentence.of("award.to"):
        start = sentence.clause(mention.first)[0]
        before = sentence.within(start, mention.first, "award", "title", "contest", "category")
        others = sentence.within(start, mention.first, "rank", "ordinal", *STATUSES)
        if before and not others:
            yield Cue("status", "winner", mention.first, mention.last, "after")


def _is_receiver(sentence: Sentence, mention: Mention) -> bool:
    """Whether a status is only said of who gets money: `the winner receives one million euros`."""
    if sentence.is_row:
        return False
    money = sentence.within(mention.last, mention.last + NEAR + 1, "money")
    before = [
        m
        for m in sentence.of("money")
        if m.last <= mention.first and sentence.consists_of(m.last, mention.first, "filler", "list", "each")
    ]
    return bool(before) or bool(
        money and sentence.consists_of(mention.last, money[0].first, "get", "receive", "each", "list")
    )


def _is_less(sentence: Sentence, mention: Mention) -> bool:
    """Whether what is won is not the award: a prize of some sum, a second place, hearts."""
    end = min(mention.last + VETO, sentence.clause(mention.first)[1])
    vetoes = [
        m for m in sentence.within(mention.last, end, "win.veto") if not sentence.within(mention.last, m.first, "city")
    ]
    money = [
        m
        for m in sentence.within(mention.last, mention.last + NEAR, "money")
        if "," not in sentence.gap(mention.last - 1, m.first)
    ]
    return bool(vetoes or money) and not sentence.within(mention.last, mention.last + NEAR, "title")


def _tops(sentence: Sentence) -> Iterator[Cue]:
    for mention in sentence.of("number"):
        if not isinstance(mention.value, int) or not 1 < mention.value <= TOP:
            continue
        after = sentence.within(mention.last, mention.last + NEAR, "top.after")
        before = [m for m in sentence.of("top.before") if m.last == mention.first]
        if after:
            yield Cue("status", f"top {mention.value}", mention.first, after[-1].last)
        elif before:
            yield Cue("status", f"top {mention.value}", before[0].first, mention.last)


def _ranks(sentence: Sentence) -> Iterator[Cue]:
    ranks = [m for m in sentence.of("rank") if m.value.isdigit()]
    found = [Cue("rank", int(m.value), m.first, m.last) for m in ranks]
    for mention in sentence.of("ordinal"):
        after = [m for m in sentence.within(mention.last, mention.last + 1, "rank") if m.value == "noun"]
        after = after or _shared_noun(sentence, mention)
        runner = sentence.starting(mention.last, "runner-up")
        if after:
            found.append(Cue("rank", int(mention.value), mention.first, after[0].last))
        elif runner and int(mention.value) < len(STATUSES):
            found.append(Cue("rank", int(mention.value) + 1, mention.first, runner.last))
    found += _bare_ranks(sentence)
    ranked = [cue for cue in found if cue.value > 1]
    for mention in sentence.of("number"):
        noun = sentence.starting(mention.last, "rank")
        is_ordinal = mention.value in range(1, LEAST_RANK + 1) and sentence.words.between(mention.last - 1) == ". "
        if noun and noun.value == "noun" and is_ordinal:
            found.append(Cue("rank", mention.value, mention.first, noun.last))
    for mention in sentence.of("ordinal") if sentence.has("ordinal") and sentence.is_row else ():
        is_free = not any(cue.first <= mention.first < cue.last for cue in found)
        if is_free and int(mention.value) <= LEAST_RANK and sentence.is_cell(mention.first, mention.last):
            found.append(Cue("rank", int(mention.value), mention.first, mention.last))
    for mention in sentence.of("ordinal"):
        is_free = not any(cue.first <= mention.first < cue.last for cue in found)
        if is_free and mention.first == sentence.first and sentence.starting(mention.last, "city"):  # `1st: Lyon`
            found.append(Cue("rank", int(mention.value), mention.first, mention.last, "after"))
        elif (
            is_free
            and (int(mention.value) > 1 or _is_said_first(sentence, mention))
            and _is_bare_rank(sentence, mention, is_ranked=bool(ranked))
        ):
            found.append(Cue("rank", int(mention.value), mention.first, mention.last))
    yield from found


def _is_said_first(sentence: Sentence, mention: Mention) -> bool:
    """Whether a first place is what a clause says: `Braga was first`, `Braga first, Oulu second`."""
    if any(int(m.value) > 1 for m in sentence.of("ordinal")) and any(
        m.last == mention.first for m in sentence.of("city")
    ):
        return True
    return any(m.last == mention.first for m in sentence.of("become")) and not sentence.names_stranger(
        mention.last, mention.last + 1
    )


def _is_bare_rank(sentence: Sentence, mention: Mention, *, is_ranked: bool) -> bool:
    """Whether an ordinal without a noun is a rank: `Lyon (second)`, `Lyon third,`, `second in 2022`."""
    rest = sentence.words.between(mention.last - 1).strip()[:1]
    ends = mention.last >= sentence.last or rest in {",", ".", ";", ")"} or bool(sentence.starting(mention.last, "and"))
    if is_ranked and ends:
        return True
    step = sentence.starting(mention.last, "place.before", "list")
    if int(mention.value) <= LEAST_RANK and sentence.starting(step.last if step else mention.last, "year", "span"):
        return True
    gap = sentence.gap(mention.first - 1, mention.first) if mention.first else ""
    goes_on = ends or sentence.starting(mention.last, "place.before", "list", "besides")
    follows = any(m.last == mention.first for m in sentence.of("city"))
    return follows and (gap.strip() == "(" or (gap.strip(", ") == "" and bool(goes_on)))


def _bare_ranks(sentence: Sentence) -> Iterator[Cue]:
    """Yield the ranks in notes, of which a year is the label: `2022: Espoo 2.`."""
    if sentence.label_year is None:
        return
    for mention in sentence.of("number"):
        is_rank = mention.value in range(1, LEAST_RANK + 1) and mention.last == mention.first + 1
        is_ended = mention.last >= sentence.last or sentence.words.between(mention.first)[:1] == "."
        if is_rank and is_ended and any(m.last == mention.first for m in sentence.of("city")):
            yield Cue("rank", mention.value, mention.first, mention.last)


def _shared_noun(sentence: Sentence, mention: Mention) -> list[Mention]:
    """Return an ordinal that shares a noun with another one: `the second and third city`."""
    number = mention.last
    while step := sentence.starting(number, "and", "ordinal"):
        number = step.last
    is_shared = number > mention.last or any(
        other.last <= mention.first and sentence.consists_of(other.last, mention.first, "and") and other is not mention
        for other in sentence.of("ordinal")
        if mention.first - other.last <= 1
    )
    nouns = [m for m in sentence.within(number, number + 1, "city.noun", "rank") if m.value in {"noun", ""}]
    return [mention] if is_shared and nouns and int(mention.value) > 1 else []


def _titles(sentence: Sentence) -> Iterator[Cue]:
    """Yield the title as a predicate: `was named European Capital of Innovation`, `won the competition`."""
    titles = sentence.of("title", "award", "contest")
    has_predicate = False
    taken: set[int] = set()
    for title in titles:
        if title.first in taken:
            continue
        taken |= set(range(title.first, title.last))
        end = title.last
        while (more := sentence.starting(end, "award", "year", "span", "title")) is not None and end < sentence.last:
            end = more.last
            taken |= set(range(more.first, more.last))
        is_compound = sentence.starting(end, "award.head") is not None
        category = title.value if title.key == "title" else None
        start, verb = _predicate(sentence, title)
        if verb is None:
            is_label = sentence.gap(end - 1, end).strip() == ":" and not sentence.has(
                "rank", "top.after", "winner.before", *STATUSES
            )
            named = (is_label and title.key == "title") or sentence.starting(end, "link", "become") is not None
            start = sentence.clause(title.first)[0]
            is_of_less = sentence.within(start, title.first, "placed", "rank", "top.after", *STATUSES[1:])
            if named and not is_compound and title.key != "contest" and not is_of_less:
                yield Cue("status", "winner", title.first, end, "after", category)
                continue
            own = [m for m in sentence.of("city") if m.last == title.first]
            is_year = sentence.starting(title.last, "year", "span") is not None
            comma = own and sentence.gap(title.first - 1, title.first).strip() == "," and title.key == "title"
            if comma and is_year and not is_compound and not sentence.is_place(own[0]):
                yield Cue("status", "winner", title.first, title.last, "before", category)
                continue
            if has_predicate and own and title.key == "title" and not is_compound:
                yield Cue("status", "winner", title.first, title.last, "before", category)
            continue
        has_predicate = True
        head = sentence.starting(end, "award.head")
        is_lesser = head is not None and bool(sentence.starting(head.first, *STATUSES))
        endings = sentence.vocabulary.place_endings
        if endings and verb == "receive" and sentence.words.folded[(head or title).last - 1].endswith(endings):
            continue  # what is won in the competition is not the competition
        if is_lesser or (verb == "become" and (is_compound or title.key == "contest")):
            continue
        if sentence.within(start, title.first, "city"):  # `utsågs Nantes till Europas innovationshuvudstad`
            start = title.first
        yield Cue("status", "winner", start, title.last, "before", category)


def _predicate(sentence: Sentence, title: Mention) -> tuple[int, str | None]:
    for mention in reversed(sentence.of("receive", "become")):
        is_title = title.key == "title"
        if not is_title and sentence.within(mention.last, title.first, "place.before"):
            break  # `was praised at iCapital`
        inverted = ("city",) if sentence.vocabulary.inverts and mention.key == "become" else ()
        if mention.last <= title.first and sentence.consists_of(
            mention.last, title.first, *BEFORE_A_TITLE, *inverted, loose=LOOSE if is_title else 0
        ):
            verbs = sentence.within(mention.first, title.first, "receive")
            return mention.first, "receive" if verbs else "become"
        if title.first - mention.last > FAR:
            break
    return 0, None


def without_overlaps(cues: list[Cue]) -> list[Cue]:
    """Keep the widest of cues that share words; a count before a status keeps both."""
    kept: list[Cue] = []
    for cue in cues:
        clash = next((other for other in kept if cue.first < other.last and other.first < cue.last), None)
        if clash is None:
            kept.append(cue)
        elif cue.last - cue.first > clash.last - clash.first or (cue.category and not clash.category):
            kept[kept.index(clash)] = cue
    return kept
