"""Claims about an edition: when, where, at what event, how many applied, from how many countries, how many placed."""

from collections.abc import Iterator
from typing import Any

from icapital_cli.verify.cues import Cue
from icapital_cli.verify.groups import is_place
from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.sentence import Claim, Sentence
from icapital_cli.verify.state import State

NEAR = 3
COUNTED = ("runner-up", "finalist", "semi-finalist", "winner")


def claims_of(sentence: Sentence, state: State, cues: list[Cue]) -> Iterator[Claim]:
    """Yield the claims on an edition."""
    for claim in (
        *_dates(sentence, state, cues),
        *_places(sentence, state),
        *_events(sentence, state),
        *_applications(sentence, state),
        *_counts(sentence, state),
        *_ordinals(sentence, state),
        *_organisers(sentence, state),
        *_since(sentence, state),
    ):
        if not sentence.is_doubtful(claim.mark[0]):
            yield claim


def _about(sentence: Sentence, state: State, number: int) -> dict[str, Any]:
    edition, is_sure, _ = state.edition_of(sentence, None, number)
    return {"edition": edition, "is_sure": is_sure}


def _claim(sentence: Sentence, state: State, property_: str, value: Any, mention: Mention, **more: Any) -> Claim:
    span = (mention.first, mention.last)
    return Claim(property_, value, _about(sentence, state, mention.first) | more, span, span)


def _dates(sentence: Sentence, state: State, cues: list[Cue]) -> Iterator[Claim]:
    if not (sentence.has("announce") or any(cue.value == "winner" for cue in cues)):
        return
    said = [m.first for m in sentence.of("announce")] + [cue.first for cue in cues if cue.value == "winner"]
    for mention in sentence.of("date"):
        start, end = sentence.clause(mention.first)
        if not any(start <= number < end for number in said):
            continue
        yield _claim(sentence, state, "date", mention.value, mention, is_award=not sentence.has("deadline"))


def _places(sentence: Sentence, state: State) -> Iterator[Claim]:
    if not sentence.has("announce"):
        return
    for mention in sentence.of("city"):
        if is_place(sentence, mention) and not any(m.last == mention.first - 1 for m in sentence.of("city.noun")):
            yield _claim(sentence, state, "place", mention.value, mention)
    known = state.knowledge.place_words
    cities = {number for m in sentence.of("city", "country") for number in range(m.first, m.last)}
    labels = [m for m in sentence.of("announce") if sentence.gap(m.last - 1, m.last).strip() == ":"]
    for mention in (m for label in labels for m in sentence.within(label.last, label.last + 1, "city")):
        yield _claim(sentence, state, "place", mention.value, mention)
    for mention in (*sentence.of("place.before"), *labels):
        number = mention.last
        word = sentence.words.folded[number] if number < sentence.last else ""
        if word in known - NOT_PLACES and number not in cities and sentence.words.is_capital(number):
            yield _claim(sentence, state, "place", word, Mention("place", word, number, number + 1))


NOT_PLACES = {"the", "with"}  # words of places that are none


def _events(sentence: Sentence, state: State) -> Iterator[Claim]:
    folded, seen = sentence.words.folded, set()
    for number in range(sentence.first, sentence.last):
        for name in state.knowledge.events_by_word.get(folded[number], ()):
            end = number + len(name)
            if (
                end <= sentence.last
                and name not in seen
                and tuple(folded[number : end - 1]) == name[:-1]
                and folded[end - 1].startswith(name[-1][:STEM])
            ):
                seen.add(name)
                yield _claim(sentence, state, "event", name, Mention("event", name, number, end))


STEM = 6  # letters of the last word of an event, which may be inflected


def _applications(sentence: Sentence, state: State) -> Iterator[Claim]:
    if not sentence.has("applications"):
        return
    cues = sentence.of("applications")
    for mention in sentence.of("number"):
        if not isinstance(mention.value, int) or mention.value <= 1:
            continue
        noun = sentence.within(mention.last, mention.last + NEAR, "city.noun", "applications")
        country = sentence.within(mention.last, mention.last + 2, "country.noun")
        if any(abs(mention.first - m.last) <= 1 for m in sentence.of("top.before", "top.after")):
            continue
        more = 1 if sentence.starting(mention.last, "other") else 0
        label = [c for c in cues if c.last == mention.first and ":" in sentence.gap(c.last - 1, mention.first)]
        if label:
            yield _claim(sentence, state, "applications", mention.value, mention)
        elif country:
            qualifier = _qualifier(sentence, mention)
            yield _claim(sentence, state, "applications_countries", mention.value, mention, qualifier=qualifier)
        elif (
            noun
            and (noun[0].key == "applications" or min(abs(c.first - mention.last) for c in cues) <= FAR)
            and not sentence.within(mention.last, noun[0].last, "top.after", *COUNTED)
        ):
            qualifier = _qualifier(sentence, mention)
            yield _claim(sentence, state, "applications", mention.value + more, mention, qualifier=qualifier)


FAR = 12


def _qualifier(sentence: Sentence, mention: Mention) -> str | None:
    return next((str(m.value) for m in sentence.of("qualifier") if m.last == mention.first), None)


def _counts(sentence: Sentence, state: State) -> Iterator[Claim]:
    """Yield how many cities there were of a status: `five runners-up`, `12 finalists`."""
    for mention in sentence.of("number"):
        if not isinstance(mention.value, int) or not 1 < mention.value <= MOST:
            continue
        after = sentence.within(mention.last, mention.last + 2, *COUNTED)
        if after and after[0].key != "winner":
            category = state.category_of(sentence, mention.first)
            yield _claim(
                sentence,
                state,
                "count",
                mention.value,
                mention._replace(last=after[0].last),
                status=after[0].key,
                category=category,
            )


MOST = 40


def _ordinals(sentence: Sentence, state: State) -> Iterator[Claim]:
    if not sentence.names_award:
        return
    for mention in sentence.of("ordinal"):
        noun = sentence.within(mention.last, mention.last + 2, "edition.noun")
        if noun and not sentence.of("city"):
            yield _claim(sentence, state, "ordinal", int(mention.value), mention._replace(last=noun[0].last))
    for mention in sentence.of("number"):
        noun = sentence.within(mention.last, mention.last + 1, "edition.noun")
        if noun and isinstance(mention.value, int) and mention.value > 1 and not sentence.of("city"):
            yield _claim(sentence, state, "editions", mention.value, mention._replace(last=noun[0].last))


def _organisers(sentence: Sentence, state: State) -> Iterator[Claim]:
    if not sentence.names_award and not sentence.has("contest"):
        return
    for mention in sentence.of("organisation"):
        near = [
            m
            for m in sentence.of("organiser")
            if abs(mention.first - m.last) < NEAR or abs(m.first - mention.last) < NEAR
        ]
        owns = sentence.within(mention.last, mention.last + 3, "award.head", "contest", "award", "title", "prize")
        if near or owns:
            yield _claim(sentence, state, "organiser", mention.value, mention)


def _since(sentence: Sentence, state: State) -> Iterator[Claim]:
    if not sentence.names_award or sentence.has("initiative"):
        return
    is_about_award = sentence.has("organiser", "announce", "award.head") and not sentence.of("city")
    for mention in sentence.of("year") if is_about_award else ():
        if any(0 <= mention.first - m.last <= 1 for m in sentence.of("since")):
            yield _claim(sentence, state, "since", mention.value, mention)
