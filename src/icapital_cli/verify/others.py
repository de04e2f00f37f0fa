"""Claims about prizes that cities won in other awards, as far as the facts have them."""

from collections.abc import Iterator

from icapital_cli.verify.judge import AGREES, DIFFERS, UNKNOWN, Verdict
from icapital_cli.verify.knowledge import Knowledge
from icapital_cli.verify.sentence import Claim, Sentence


def claims_of(sentence: Sentence) -> Iterator[Claim]:
    """Yield that a city won another award in a year, where the sentence names the three."""
    if not sentence.names_other_award:
        return
    awards = [m for m in sentence.of("award.other") if m.value and m.value != "other"]
    cities, years = sentence.of("city"), sentence.of("year")
    if not awards or not cities or not years or sentence.is_doubtful(awards[0].first):
        return
    award = awards[0]
    city = min(cities, key=lambda m: abs(m.first - award.first))
    year = min(years, key=lambda m: abs(m.first - award.last))
    words = (min(city.first, award.first, year.first), max(city.last, award.last, year.last))
    is_bound = len({m.value for m in cities}) == len({m.value for m in years}) == len(awards) == 1
    is_bound = is_bound and sentence.has("receive", "winner", "winner.before", "become")
    given = {"award": award.value, "city": city.value}
    yield Claim("award", year.value, given, words, (award.first, award.last), is_bound)


def judge(knowledge: Knowledge, claim: Claim) -> Verdict:
    """Judge by the prizes of the city in that award."""
    won = [
        (prize, doc)
        for prize, doc in knowledge.kind("prizes").items()
        if doc["award"] == claim.given["award"] and doc["city"] == claim.given["city"]
    ]
    for prize, doc in won:
        if str(doc["year"]) == claim.value:
            return Verdict(AGREES, str(doc["year"]), prize)
    if won:
        return Verdict(DIFFERS, str(won[0][1]["year"]), won[0][0], "value")
    return Verdict(UNKNOWN, why="no-result", names={"city": claim.given["city"]})
