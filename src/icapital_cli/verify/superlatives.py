"""Claims with a superlative: the first winner, the first Finnish city to win, the best Finnish result so far."""

from collections.abc import Iterator

from icapital_cli.names import fold
from icapital_cli.store.facts import Doc
from icapital_cli.verify.cues import Cue
from icapital_cli.verify.groups import groups_of
from icapital_cli.verify.judge import AGREES, DIFFERS, UNKNOWN, Verdict
from icapital_cli.verify.knowledge import STAGES, Knowledge
from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.sentence import Claim, Sentence
from icapital_cli.verify.state import State

NEAR = 4  # words between `first` and what it is said of
UNRANKED = 99  # sorts after every rank


def claims_of(sentence: Sentence, state: State, cues: list[Cue]) -> Iterator[Claim]:
    """Yield the superlatives of a city, with the country in which it is the first or the best."""
    if not sentence.has("first", "best"):
        return
    known = state.knowledge.kind("cities")
    cities = [c.mention for group in groups_of(sentence, state) for c in group.cities if c.mention.value in known]
    winners = [cue.first for cue in cues if cue.value == "winner"] + [m.first for m in sentence.of("first.to")]
    for mention in sentence.of("best"):
        if cities and not sentence.is_doubtful(mention.first):
            country = _country(sentence, mention.first, mention.last + NEAR, state.knowledge, cities[0].value)
            yield _claim("best", mention, cities[0], state, country)._replace(is_bound=len(cities) == 1)
    for mention in sentence.of("first"):
        near = [number for number in winners if mention.last - 1 <= number <= mention.last + 2 * NEAR]
        if near and cities and not sentence.is_doubtful(mention.first):
            named = sentence.within(mention.last, mention.last + NEAR, "nationality")
            before = sentence.within(mention.first - 1, mention.first, "country", "nationality")
            named = named or before  # `Finland's first winner`
            if named or min(near) - mention.last <= 1:
                is_bound = len(cities) == 1 and _is_whole(sentence, mention)
                country = named[0].value if named else None
                yield _claim("first", mention, cities[0], state, country)._replace(is_bound=is_bound)


def _is_whole(sentence: Sentence, mention: Mention) -> bool:
    """Whether `the first` is said of all winners: not of a few, or of a category."""
    if sentence.has("category", "other", "number") or sentence.within(mention.last, mention.last + 1, "list", "and"):
        return False
    return not any(m.value != "capital-of-innovation" for m in sentence.of("title"))


def _country(sentence: Sentence, first: int, last: int, knowledge: Knowledge, city: str) -> str | None:
    """Return the country that `the best Finnish result` names, in its words or right after them."""
    named = sentence.within(first, last, "nationality", "country")
    home = str(knowledge.kind("cities")[city]["country"])
    stems = {fold(value).rstrip("*") for value in sentence.vocabulary.words(f"nationality.{home}")}
    inside = any(word.startswith(tuple(stems)) for word in sentence.words.folded[first:last]) if stems else False
    return str(named[0].value) if named else home if inside else None


def _claim(property_: str, mention: Mention, city: Mention, state: State, country: str | None) -> Claim:
    words = (min(mention.first, city.first), max(mention.last, city.last))
    given = {"city": city.value, "edition": state.edition, "country": country}
    return Claim(property_, country or "", given, words, (mention.first, mention.last))


def judge(knowledge: Knowledge, claim: Claim) -> Verdict:
    """Judge by all results of the country in the category, up to the edition; by all winners for the first."""
    city, country, edition = claim.given["city"], claim.given["country"], claim.given["edition"]
    cities = knowledge.kind("cities")
    among = [doc for doc in knowledge.kind("results").values() if country in {None, cities[doc["city"]]["country"]}]
    own = [doc for doc in among if doc["city"] in knowledge.kin.get(city, {city})]
    if claim.property == "first":
        return _first(own, among)
    ours = [doc for doc in own if doc["edition"] == edition] or own
    if not ours or country is None:
        return Verdict(UNKNOWN, why="no-result", names={"city": city})
    mine = min(ours, key=_place)
    alike = [doc for doc in among if doc["category"] == mine["category"]]
    until = [doc for doc in alike if edition is None or doc["edition"] <= edition]
    best = min(until, key=_place)
    disputes = knowledge.disputed(mine["id"], "note")
    if _place(mine) <= _place(best):
        return Verdict(AGREES, mine["city"], mine["id"], "sources-differ" if disputes else "", disputes=disputes)
    return Verdict(DIFFERS, (best["city"],), best["id"], "reached", {"city": best["city"], "results": [best]})


def _first(own: list[Doc], among: list[Doc]) -> Verdict:
    winners = sorted((doc for doc in among if doc["status"] == "winner"), key=lambda doc: doc["edition"])
    if not winners:
        return Verdict(UNKNOWN)
    first = [doc for doc in winners if doc["edition"] == winners[0]["edition"]]
    mine = [doc for doc in own if doc in first]
    if mine:
        return Verdict(AGREES, mine[0]["city"], mine[0]["id"])
    named = {"city": first[0]["city"], "results": first[:1]}
    return Verdict(DIFFERS, (first[0]["city"],), first[0]["id"], "reached", named)


def _place(doc: Doc) -> tuple[int, int]:
    return STAGES[doc["status"]], doc.get("rank") or UNRANKED
