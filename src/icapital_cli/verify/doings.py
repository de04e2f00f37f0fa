"""Claims about what cities do: initiatives, their city, their start, their figures; and the countries of cities."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from icapital_cli.store.facts import Doc
from icapital_cli.verify.editions import is_rounded
from icapital_cli.verify.judge import AGREES, DIFFERS, ROUNDED, UNKNOWN, Verdict, unclear, weigh
from icapital_cli.verify.knowledge import STEM, Knowledge
from icapital_cli.verify.mentions import Mention
from icapital_cli.verify.sentence import Claim, Sentence
from icapital_cli.verify.state import State

OTHER_CODES = {"UK": "GB", "EL": "GR"}  # as the Union writes them
NEAR = 4
COMMON_UNITS = {"cities", "countries", "years", "days"}  # which are counted of anything
MORE = 1.1  # `more than 600` may be 621
IS_CITY_IN = 4  # `Leuven is a city in Belgium`


def claims_of(sentence: Sentence, state: State) -> Iterator[Claim]:
    """Yield the claims on initiatives and countries."""
    yield from _countries(sentence, state)
    named = _initiatives(sentence, state)
    seen = set()
    for mention, ids in named:
        cities = [m for m in sentence.of("city") if not mention.first <= m.first < mention.last]
        if tuple(ids) in seen:
            continue
        seen.add(tuple(ids))
        for city in cities[:1]:
            span = (min(mention.first, city.first), max(mention.last, city.last))
            yield Claim(
                "city", city.value, {"initiatives": ids, "edition": state.edition}, span, (mention.first, mention.last)
            )
        if not cities and state.city:
            span = (mention.first, mention.last)
            given = {"initiatives": ids, "edition": state.edition, "is_weak": True}
            yield Claim("city", state.city, given, span, span)
    ids = [one for _, some in named for one in some]
    if ids:
        state.initiatives = ids
    yield from _figures(sentence, ids or state.initiatives, is_named=len(named) == 1)
    if not ids and not state.initiatives:
        yield from _figures_of_city(sentence, state)
    yield from _starts(sentence, state, ids)
    if not ids and not sentence.of("unit", "number"):
        state.initiatives = []


def _countries(sentence: Sentence, state: State) -> Iterator[Claim]:
    codes = state.knowledge.country_codes
    for city in sentence.of("city"):
        if city.value not in state.knowledge.countries:
            continue
        start = city.first - 1 - bool(sentence.starting(city.first - 1, "city.generic", "city.noun"))
        for nationality in sentence.within(start, start + 1, "nationality"):
            span = (nationality.first, nationality.last)
            yield Claim("country", nationality.value, {"city": city.value}, (nationality.first, city.last), span)
        code = sentence.code_after(city)
        if code:
            value = OTHER_CODES.get(code, code)
            if value in codes:
                span = (city.last, city.last + 1)
                yield Claim("country", value, {"city": city.value}, (city.first, city.last + 1), span)
        for country in sentence.of("country"):
            gap = sentence.gap(city.last - 1, country.first) if country.first >= city.last else "x x"
            linked = (
                sentence.consists_of(
                    city.last,
                    country.first,
                    *("place.before", "list", "besides", "nationality", "city.noun", "city.generic", "capital.noun"),
                )
                if country.first >= city.last
                else False
            )
            is_after = country.first >= city.last and (
                (country.first == city.last and gap.strip() in {"(", ",", "/", "", "- ", "–"} and gap)
                or (country.first - city.last == 1 and linked and gap.count(",") <= 1)
                or (linked and sentence.within(city.last, country.first, "city.generic", "capital.noun"))
                or (
                    country.first - city.last <= IS_CITY_IN
                    and bool(sentence.within(city.last, country.first, "city.noun"))
                    and sentence.consists_of(
                        city.last, country.first, "become", "link", "filler", "city.noun", "list", "place.before"
                    )
                )
            )
            is_before = (
                country.last == city.first
                and sentence.gap(country.last - 1, city.first) == " "
                and sentence.vocabulary.inverts
            )
            if is_after or is_before:
                words = (min(city.first, country.first), max(city.last, country.last))
                mark = (country.first, country.last)
                is_parted = "," in gap and country.first > city.last  # `Espoo, in Finland`
                is_bound = (
                    not is_parted
                    and not _is_in_list(sentence, country)
                    and (is_before or _is_closed(sentence, city, country))
                )
                yield Claim("country", country.value, {"city": city.value}, words, mark, is_bound)
                break


def _is_closed(sentence: Sentence, city: Mention, country: Mention) -> bool:
    """Whether a country that follows a comma is no beginning of something else: `won by Leuven, Finland came next`."""
    if "," not in sentence.gap(city.last - 1, country.first) or country.last >= sentence.last:
        return True
    after = sentence.words.between(country.last - 1).strip()
    return after[:1] in {",", ".", ";", ")", ":", "–", "-"} or bool(sentence.starting(country.last, "and"))


def _is_in_list(sentence: Sentence, country: Mention) -> bool:
    """Whether another country follows in a list: `with Espoo, Sweden and Norway`."""
    after = sentence.within(country.last, country.last + 2, "country")
    return bool(after) and (
        after[0].first == country.last or bool(sentence.within(country.last, after[0].first, "and"))
    )


def _initiatives(sentence: Sentence, state: State) -> list[tuple[Mention, list[str]]]:
    """Return the initiatives that are named, in full or by all the words of their name."""
    found: dict[tuple[int, int], list[str]] = {}
    for mention in sentence.of("initiative"):
        found.setdefault((mention.first, mention.last), []).append(mention.value)
    named = [(Mention("initiative", ids[0], *span), ids) for span, ids in found.items()]
    if not named and state.edition:
        cities = {m.value for m in sentence.of("city")} | {state.city}
        spoken = [one for one in state.knowledge.spoken_initiatives(state.edition) if one[2] in cities]
        here = set(sentence.words.folded[sentence.first : sentence.last]) if spoken else set[str]()
        for content, initiative, _ in spoken:
            if content <= here:
                numbers = [n for n in range(sentence.first, sentence.last) if sentence.words.folded[n] in content]
                named.append((Mention("initiative", initiative, numbers[0], numbers[0] + 1), [initiative]))
    return named


def _figures(sentence: Sentence, ids: list[str], *, is_named: bool) -> Iterator[Claim]:
    if not ids or not sentence.has("number", "money"):
        return
    counted: Counter[str] = Counter(m.value for m in sentence.of("unit"))
    words = set(sentence.words.folded[sentence.first : sentence.last])
    for mention in sentence.of("number", "money"):
        value, unit = (mention.value[0], mention.value[1]) if mention.key == "money" else (mention.value, None)
        if not isinstance(value, int | float) or (mention.key == "number" and value <= 1):
            continue
        units = sentence.within(mention.last, mention.last + NEAR, "unit")
        units = [] if units and sentence.within(mention.last, units[0].first, "number", "money", "year") else units
        unit = unit or (units[0].value if units else None)
        if unit is None:
            continue
        last = units[0].last if units and mention.key == "number" else mention.last
        qualifier = next((str(m.value) for m in sentence.of("qualifier") if m.last == mention.first), None)
        is_weak = not is_named and (mention.key == "money" or unit in COMMON_UNITS)
        given = {"initiatives": ids, "unit": unit, "qualifier": qualifier, "words": words, "is_weak": is_weak}
        is_bound = is_named and counted[unit] <= 1 and not sentence.names_award
        yield Claim("figures", value, given, (mention.first, last), (mention.first, mention.last), is_bound)


def _figures_of_city(sentence: Sentence, state: State) -> Iterator[Claim]:
    """Yield the figures that a sentence without an initiative tells of a city, which is a guess."""
    if not sentence.has("number", "money"):
        return
    cities = dict.fromkeys([m.value for m in sentence.of("city")] or [state.last_city, state.city])
    ids = [one for city in cities if city for one in state.knowledge.initiatives_of_city(city)]
    counted = {_unit(f["unit"]) for one in ids for f in state.knowledge.fact(one).get("figures", ())}
    for claim in _figures(sentence, ids, is_named=False):
        unit = claim.given["unit"]
        if claim.property == "figures" and unit not in UNLIKE_PRIZES and not sentence.is_doubtful(claim.mark[0]):
            given = claim.given | {"is_weak": unit in OFTEN or unit not in counted, "is_of_city": True}
            yield claim._replace(given=given, is_bound=False)


UNLIKE_PRIZES = {"EUR", *COMMON_UNITS}  # what is too often told of something else
OFTEN = {"people", "%"}  # what is told of every city


def _starts(sentence: Sentence, state: State, ids: list[str]) -> Iterator[Claim]:
    if not sentence.has("since"):
        return
    ids = ids or state.initiatives
    for year in sentence.years:
        if ids and any(0 <= year.first - m.last <= 1 or 0 <= m.first - year.last <= 1 for m in sentence.of("since")):
            span = (year.first, year.last)
            is_bound = len(sentence.of("initiative")) == 1 and len(sentence.years) == 1
            yield Claim("since", year.value, {"initiatives": ids}, span, span, is_bound)


def judge(knowledge: Knowledge, claim: Claim) -> Verdict:
    """Judge a claim on an initiative or a country."""
    if claim.property == "country":
        country = knowledge.countries[claim.given["city"]]
        right = country == claim.value
        verdict = Verdict(AGREES if right else DIFFERS, country, claim.given["city"], "" if right else "value")
        return weigh(knowledge, claim.given["city"], ("country",), claim.value, verdict)
    docs = [knowledge.fact(one) for one in claim.given["initiatives"]]
    if claim.property == "city":
        return _judge_city(knowledge, claim, docs)
    if claim.property == "since":
        return _judge_since(knowledge, claim, docs)
    return _judge_figure(knowledge, claim, docs)


def _judge_city(knowledge: Knowledge, claim: Claim, docs: list[Doc]) -> Verdict:
    for doc in docs:
        if doc["city"] in knowledge.kin.get(claim.value, {claim.value}):
            return Verdict(AGREES, doc["city"], doc["id"])
    return Verdict(UNKNOWN, docs[0]["city"], docs[0]["id"], "other-city")


def _judge_since(knowledge: Knowledge, claim: Claim, docs: list[Doc]) -> Verdict:
    for doc in docs:
        if str(doc.get("since", ""))[:4] == claim.value:
            return weigh(
                knowledge, doc["id"], ("since",), f"year {claim.value}", Verdict(AGREES, doc["since"], doc["id"])
            )
    dated = [doc for doc in docs if doc.get("since")]
    if not dated:
        return Verdict(UNKNOWN, None, docs[0]["id"], "no-since")
    doc = dated[0]
    differs = Verdict(DIFFERS, doc["since"], doc["id"], "value")
    return weigh(knowledge, doc["id"], ("since",), f"year {claim.value}", differs)


def _judge_figure(knowledge: Knowledge, claim: Claim, docs: list[Doc]) -> Verdict:
    told, unit = claim.value, claim.given["unit"]
    figures: list[tuple[Doc, Any]] = [
        (doc, f) for doc in docs for f in doc.get("figures", ()) if _unit(f["unit"]) == unit
    ]
    if claim.given.get("is_of_city"):  # which initiative is meant must be told by the words
        figures = [pair for pair in figures if _names_object(knowledge, pair[1]["of"], claim.given["words"])]
    if not figures:
        return Verdict(UNKNOWN, None, docs[0]["id"], "no-figure")
    for doc, figure in figures:
        if figure["value"] == told:
            exact = figure.get("qualifier") == claim.given["qualifier"] or not figure.get("qualifier")
            verdict = Verdict(AGREES if exact else ROUNDED, figure["value"], doc["id"], "" if exact else "rounded")
            return weigh(knowledge, doc["id"], ("figures",), told, verdict)
    for doc, figure in figures:
        if is_rounded(told, figure["value"], claim.given["qualifier"]) and _is_round(told, figure["value"]):
            return Verdict(ROUNDED, figure["value"], doc["id"], "rounded")
    for doc, figure in figures:
        if figure.get("qualifier") in {"more than", "at least"} and figure["value"] < told <= figure["value"] * MORE:
            return Verdict(ROUNDED, figure["value"], doc["id"], "rounded")
    meant = [pair for pair in figures if _names_object(knowledge, pair[1]["of"], claim.given["words"])]
    doc, figure = min(meant or figures, key=lambda pair: abs(pair[1]["value"] - told))
    differs = Verdict(DIFFERS, figure["value"], doc["id"], "figure", {"figure": figure})
    if len(meant) != 1:
        return unclear(differs)
    return weigh(knowledge, doc["id"], ("figures",), told, differs)


def _names_object(knowledge: Knowledge, of: str, words: set[str]) -> bool:
    """Whether a sentence has a word of what a figure is of, in any language; the first letters of it are enough."""
    named = knowledge.stems_of(of)
    return any(word[:STEM] in named for word in words)


def _unit(unit: str) -> str:
    return "EUR" if unit == "EUR per year" else unit


def _is_round(told: float, known: float) -> bool:
    """Whether a number has fewer digits that count than the one it stands for."""
    return len(str(told).rstrip("0")) < len(str(known).rstrip("0"))
