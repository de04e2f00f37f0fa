"""The engine: a text to its claims, each with the verdict of the facts."""

from collections.abc import Callable, Iterator

from icapital_cli.errors import UsageError
from icapital_cli.store.facts import FactStore
from icapital_cli.verify import (
    contacts,
    doings,
    editions,
    judge,
    money,
    others,
    outliers,
    people,
    quoting,
    running,
    standing,
    superlatives,
    values,
)
from icapital_cli.verify.cues import Cue, cues_of
from icapital_cli.verify.judge import NOT_READ, Verdict
from icapital_cli.verify.knowledge import Knowledge
from icapital_cli.verify.mentions import Hidden, mentions_of
from icapital_cli.verify.sentence import Claim, Sentence
from icapital_cli.verify.state import State, told_edition
from icapital_cli.verify.tokens import Words, sentences_of

LEAST_KNOWN = 0.06  # share of the words of a text that are among the most common ones of its language
SURE = 3  # common words of a language, by which a short text is known to be in it
ENOUGH = 40  # words, from which on a text must be in a language


class Checked:
    """A claim of a text, where it stands, and the verdict."""

    __slots__ = ("claim", "end", "mark", "start", "verdict")

    def __init__(self, claim: Claim, verdict: Verdict, words: Words) -> None:
        """Find the places of the words of a claim."""
        (first, last), (low, high) = claim.words, claim.mark
        self.claim, self.verdict = claim, verdict
        self.start, self.end = words.starts[first], words.ends[last - 1]
        self.mark = (words.starts[low], words.ends[high - 1])


class Checker:
    """Checks texts against one store; what it has read of the facts is kept between texts."""

    def __init__(self, store: FactStore) -> None:
        """Read the facts when they are first needed."""
        self.knowledge = Knowledge(store)
        self._languages = self.knowledge.languages
        self._judged: dict[object, Verdict] = {}

    def check(self, text: str) -> list[Checked]:
        """Find the claims of a text about the award, and what the facts say of each, in the order of the text.

        Raises UsageError for a text in a language that has no wordings.
        """
        words = Words(text)
        if not len(words):
            return []
        vocabulary = self.knowledge.vocabulary(self._language(words))
        hidden = Hidden(words)
        quoted = _quoted(words)
        sentences = []
        for span in sentences_of(words, vocabulary.abbreviations):
            mentions = mentions_of(words, vocabulary, *span, hidden)
            if quoted:
                mentions = [m._replace(is_quoted=True) if m.first in quoted else m for m in mentions]
            sentences.append(Sentence(words, vocabulary, span, mentions))
        is_named = any(sentence.names_award for sentence in sentences)
        if not is_named and not told_edition(self.knowledge, sentences):
            return []
        found = self._claims(words, hidden, sentences)
        checked = [Checked(claim, verdict, words) for claim, verdict in found]
        return sorted(checked, key=lambda one: (one.mark, one.start))

    def _language(self, words: Words) -> str:
        """Return the language of a text: that of its commonest words, else the one with most of its wordings."""
        sample = [words.folded[n] for n in range(min(SAMPLE, len(words))) if words.text[words.starts[n]].islower()]
        counted = {lang: sum(word in common for word in sample) for lang, common in self._languages.items()}
        best = max(counted, key=lambda lang: counted[lang], default="")
        if not counted or (len(sample) >= ENOUGH and counted[best] < LEAST_KNOWN * len(sample)):
            raise UsageError(f"the text is not in a language that verify reads: {', '.join(sorted(counted)) or 'none'}")
        if counted[best] < SURE:
            known = {lang: self.knowledge.vocabulary(lang).count(sample) for lang in counted}
            best = max(counted, key=lambda lang: (counted[lang], known[lang]))
        return best

    def _claims(self, words: Words, hidden: Hidden, sentences: list[Sentence]) -> Iterator[tuple[Claim, Verdict]]:
        state = State(self.knowledge, sentences)
        for sentence in sentences:
            state.enter(sentence)
            told = self._of_sentence(sentence, state)
            found = _without_rivals([(claim, bounded(claim, verdict)) for claim, verdict in told])
            more = list(values.claims_of(sentence, state, found)) if state.is_ours else []
            odd = list(outliers.claims_of(sentence, state, [*found, *more])) if state.is_ours else []
            answered = {claim.mark for claim, _ in odd}
            told_once = [one for one in (*found, *more) if one[0].mark not in answered or one[0].property not in PLACES]
            yield from (*told_once, *odd)
            is_read = told or any(claim.value != judge.TOOK_PART for claim, _ in more)
            if not is_read and sentence.names_award and _has_number(sentence) and not sentence.is_quoted:
                span = (sentence.first, sentence.last)
                yield Claim("", None, {}, span, span), Verdict(NOT_READ, why="not-read")
            state.leave(sentence)
        quotations = [*quoting.claims_of(words, sentences), *quoting.spoken_of(words, sentences)]
        quotations += quoting.unmarked_of(words, sentences)
        for claim in (*contacts.contacts_of(hidden, sentences), *quotations):
            verdict = bounded(claim, self._judge(claim))
            is_weak = not verdict.expected if claim.property != "text" else claim.given.get("is_weak")
            if verdict.verdict != judge.UNKNOWN or not is_weak:
                yield claim, verdict

    def _of_sentence(self, sentence: Sentence, state: State) -> list[tuple[Claim, Verdict]]:
        if sentence.keys.isdisjoint(SUBJECTS):
            return []
        claims = [*people.claims_of(sentence, state), *doings.claims_of(sentence, state), *others.claims_of(sentence)]
        found = [(claim, self._judge(claim)) for claim in claims]
        if not state.is_ours:
            return found
        cues = list(cues_of(sentence))
        found += self._standing(sentence, state, cues)
        claims = [*money.claims_of(sentence, state, cues), *running.claims_of(sentence, state, cues)]
        claims += superlatives.claims_of(sentence, state, cues)
        return found + [(claim, self._judge(claim)) for claim in claims]

    def _standing(self, sentence: Sentence, state: State, cues: list[Cue]) -> Iterator[tuple[Claim, Verdict]]:
        """Yield the claims on places: where the likeliest reading is wrong throughout, another one that is right.

        Where a year is wrong in its own clause, it tells nothing of another clause.
        """
        seen, found = set(), []
        for readings in standing.claims_of(sentence, state, cues):
            judged = [(claim, self._judge(claim)) for claim in next(readings, [])]
            if judged and all(verdict.verdict == judge.DIFFERS and not claim.is_bound for claim, verdict in judged):
                for other in readings:
                    again = [(claim, self._judge(claim)) for claim in other]
                    if again and all(verdict.verdict == judge.AGREES for _, verdict in again):
                        judged = again
                        break
            for claim, verdict in judged:
                key = (claim.property, claim.value, claim.given["city"], claim.given["edition"])
                if key not in seen:
                    seen.add(key)
                    found.append((claim, verdict))
        wrong = {c.given["edition"] for c, v in found if v.verdict == judge.DIFFERS and not c.given["is_indirect"]}
        for claim, verdict in found:
            is_doubtful = claim.given["is_indirect"] and claim.given["edition"] in wrong
            yield claim, judge.unclear(verdict) if is_doubtful and verdict.verdict == judge.DIFFERS else verdict

    def _judge(self, claim: Claim) -> Verdict:
        if "initiatives" in claim.given:
            return doings.judge(self.knowledge, claim)
        if claim.property not in OFTEN:
            return JUDGES.get(claim.property, editions.judge)(self.knowledge, claim)
        key = (claim.property, claim.value, claim.is_bound, *claim.given.items())
        verdict = self._judged.get(key)
        if verdict is None:
            verdict = self._judged[key] = JUDGES[claim.property](self.knowledge, claim)
        return verdict


# Who judges a claim by its property; the others are about an edition.
JUDGES: dict[str, Callable[[Knowledge, Claim], Verdict]] = {
    "award": others.judge,
    "best": superlatives.judge,
    "first": superlatives.judge,
    "country": doings.judge,
    "email": contacts.judge,
    "organisation": people.judge,
    "person": people.judge,
    "phone": contacts.judge,
    "prize_eur": money.judge,
    "rank": judge.judge,
    "role": people.judge,
    "status": judge.judge,
    "text": quoting.judge,
}
PLACES = {"status", "rank"}
OFTEN = {"status", "rank", "text"}  # properties of which each claim is judged once: readings and drafts repeat them
# What a sentence must mention for a claim to be in it.
SUBJECTS = {
    "city",
    "city.generic",
    "pronoun",
    "we",
    "capital.noun",
    "person",
    "initiative",
    "organisation",
    "announce",
    "role",
    "number",
    "money",
    "date",
    "year",
    "ordinal",
}
OF_A_HEADING = ("award", "title", "contest", "award.head", "category", "familiar", "filler", "list", "year", "span")
SAMPLE = 2000  # words of a text that its language is told from


def _quoted(words: Words) -> set[int]:
    """Return the words inside quotations, which are compared to the letter instead; a title in quotes is none."""
    return {
        number
        for start, end in words.quotations
        if words.at(end) - words.at(start) >= quoting.LEAST
        for number in range(words.at(start), words.at(end))
    }


def _without_rivals(found: list[tuple[Claim, Verdict]]) -> list[tuple[Claim, Verdict]]:
    """Leave out what is hardly a claim where nothing is known of it, and a number that agrees in another reading."""
    agreed = {claim.mark for claim, verdict in found if claim.property in COUNTS and verdict.verdict == judge.AGREES}
    return [
        (claim, verdict)
        for claim, verdict in found
        if not (verdict.verdict == judge.UNKNOWN and claim.given.get("is_weak") and not _is_told(claim, verdict))
        and not (verdict.verdict != judge.AGREES and claim.property in COUNTS and claim.mark in agreed)
    ]


def _is_told(claim: Claim, verdict: Verdict) -> bool:
    """Whether a place of a city is told, though not clearly, and the facts have another one."""
    return claim.property in PLACES and verdict.why == "unclear" and isinstance(verdict.expected, str)


COUNTS = {"figures", "prize_eur", "applications", "applications_countries"}


def bounded(claim: Claim, verdict: Verdict) -> Verdict:
    """Return a verdict: that a claim differs only where grammar says of what it is."""
    return verdict if claim.is_bound or verdict.verdict != judge.DIFFERS else judge.unclear(verdict)


def _has_number(sentence: Sentence) -> bool:
    """Whether a sentence has a number, and more than the award and its year, as a heading has."""
    if sentence.consists_of(sentence.first, sentence.last, *OF_A_HEADING):
        return False
    return sentence.has("number", "money", "year", "date", "ordinal", "span")
