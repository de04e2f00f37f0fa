"""Count which semantic slips in the facts `check` catches.

    python tools/mutate.py facts [--each N] [--seed S]

Each kind of slip is made N times at a random place of the real facts, in memory. Prints how many of each kind the rules
catch, and the share of those that can be caught without reading the page; the others are listed with the reason. Exit 1
when that share is below 95 %.
"""

import argparse
import copy
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from icapital_cli.compiler.base import Base, load_base
from icapital_cli.compiler.files import find_files
from icapital_cli.compiler.rules import violations_of

WANTED = 95  # per cent
LARGE_NUMBER = re.compile(r"\b[1-9]\d{2,3}\b")
PLACE = ("edition", "category")  # of a result
LONG_WORDS, LONG_TEXT = 15, 40  # a text of more words, or letters, can be told from another
Doc = dict[str, Any]
Mutation = Callable[[Base, random.Random], None]
MUTATIONS: dict[str, Mutation] = {}
# Kinds that no rule can catch without the page in hand, and why.
NEEDS_THE_PAGE = {
    "citation moved to another page of the time": "both pages may state the value",
    "addresses of two sources swapped": "an address says nothing of what the page states",
    "word in the middle of a quote changed": "a citation states the first and last words",
    "statement and fact changed together": "double entry catches one slip, not two equal ones",
    "locators of two citations swapped": "only the page knows its paragraphs",
    "reason reworded": "our own words are nowhere else",
}


def mutation(name: str) -> Callable[[Mutation], Mutation]:
    """Register a kind of slip."""

    def add(function: Mutation) -> Mutation:
        MUTATIONS[name] = function
        return function

    return add


class NotPossibleError(Exception):
    """There is no place in the facts for this kind of slip."""


def pick(base: Base, rng: random.Random, kind: str, fits: Callable[[Doc], Any] = lambda _doc: True) -> Doc:
    """Choose the fields of a fact of a kind that fits."""
    found = [record.doc for record in base.of_kind[kind] if fits(record.doc)]
    if not found:
        raise NotPossibleError
    return rng.choice(found)


def two(base: Base, rng: random.Random, kind: str, field: str) -> tuple[Doc, Doc]:
    """Choose two facts of a kind that have a field, and differ in it."""
    first = pick(base, rng, kind, lambda doc: field in doc)
    second = pick(base, rng, kind, lambda doc: field in doc and doc[field] != first[field])
    return first, second


def swap(first: Doc, second: Doc, *fields: str) -> None:
    """Exchange fields of two facts."""
    for field in fields:
        first[field], second[field] = second.get(field), first.get(field)
        for doc in (first, second):
            if doc[field] is None:
                del doc[field]


def stated(doc: Doc, field: str) -> bool:
    """Whether a page that was read states a field."""
    return any(field in citation.get("states", ()) for citation in doc.get("citations", ()))


def rename(base: Base, rng: random.Random, part: str) -> None:
    """Make a slip in a key of a language."""
    tag = rng.choice(["sv", "fi"])
    texts = getattr(base.languages[tag], part)
    key = rng.choice(sorted(texts))
    texts[f"{key}x"] = texts.pop(key)
    base.translated_in[tag, part, f"{key}x"] = base.translated_in[tag, part, key]


def of_status(status: str) -> Callable[[Doc], bool]:
    """Choose results by their status."""
    return lambda doc: doc["status"] == status


def replacer(
    kind: str, field: str, change: Callable[[Any, random.Random], Any], *, of_stated: bool = False
) -> Mutation:
    """Make the slip that changes one field of a fact of a kind; `of_stated` only where a page states it."""

    def mutate(base: Base, rng: random.Random) -> None:
        doc = pick(base, rng, kind, lambda doc: field in doc and (not of_stated or stated(doc, field)))
        new = change(doc[field], rng)
        if new == doc[field]:
            return mutate(base, rng)  # that was no slip
        doc[field] = new
        return None

    return mutate


def swapper(kind: str, *fields: str) -> Mutation:
    """Make the slip that swaps fields of two facts of a kind, where a page states the first."""

    def mutate(base: Base, rng: random.Random) -> None:
        first = pick(base, rng, kind, lambda doc: fields[0] in doc and stated(doc, fields[0]))
        second = pick(base, rng, kind, lambda doc: fields[0] in doc and doc[fields[0]] != first[fields[0]])
        swap(first, second, *fields)

    return mutate


def other_digit(text: str, rng: random.Random) -> str:
    """Change one digit."""
    places = [place for place, c in enumerate(text) if c.isdigit()]
    place = rng.choice(places[1:] or places)
    return text[:place] + str((int(text[place]) + rng.randint(1, 9)) % 10) + text[place + 1 :]


def years_later(date: str, _rng: random.Random) -> str:
    """Move a date by ten years."""
    return f"{int(date[:4]) + 10}{date[4:]}"


def next_day(date: str, _rng: random.Random) -> str:
    """Move a date by a day or, where the day is not known, by a month or a year."""
    if len(date) == len("2019-09-25"):
        return date[:8] + f"{int(date[8:]) % 27 + 1:02}"
    return date[:5] + f"{int(date[5:7]) % 12 + 1:02}" if "-" in date else str(int(date) + 1)


@mutation("winner and runner-up swapped")
def _(base: Base, rng: random.Random) -> None:
    winner = pick(base, rng, "results", of_status("winner"))
    runner_up = pick(
        base, rng, "results", lambda doc: of_status("runner-up")(doc) and all(doc[key] == winner[key] for key in PLACE)
    )
    swap(winner, runner_up, "city")


@mutation("city of a winner changed")
def _(base: Base, rng: random.Random) -> None:
    winner = pick(base, rng, "results", of_status("winner"))
    winner["city"] = rng.choice([city.id for city in base.of_kind["cities"] if city.id != winner["city"]])


@mutation("city of a finalist changed")
def _(base: Base, rng: random.Random) -> None:
    result = pick(base, rng, "results", lambda doc: doc["status"] in {"finalist", "semi-finalist"})
    result["city"] = rng.choice([city.id for city in base.of_kind["cities"] if city.id != result["city"]])


for _old, _new in (
    ("runner-up", "winner"),
    ("finalist", "runner-up"),
    ("winner", "finalist"),
    ("semi-finalist", "finalist"),
):

    @mutation(f"{_old} made {_new}")
    def _(base: Base, rng: random.Random, old: str = _old, new: str = _new) -> None:
        pick(base, rng, "results", of_status(old))["status"] = new


@mutation("two finalists of two editions swapped")
def _(base: Base, rng: random.Random) -> None:
    swap(*two(base, rng, "results", "edition"), "edition")


@mutation("result dropped")
def _(base: Base, rng: random.Random) -> None:
    result = pick(base, rng, "results")
    del base.facts[result["id"]]
    base.of_kind["results"] = [record for record in base.of_kind["results"] if record.id != result["id"]]


@mutation("all citations of a placed result but one dropped")
def _(base: Base, rng: random.Random) -> None:
    result = pick(base, rng, "results", of_status("runner-up"))
    del result["citations"][1:]


@mutation("prize scheme and results changed together")
def _(base: Base, rng: random.Random) -> None:
    scheme = pick(base, rng, "schemes", lambda doc: doc.get("prize_eur"))
    for record in [*base.of_kind["results"], *base.of_kind["schemes"]]:
        doc = record.doc
        if all(doc.get(key) == scheme[key] for key in ("edition", "category", "status")) and doc.get("prize_eur"):
            doc["prize_eur"] *= 2


@mutation("countries above applications")
def _(base: Base, rng: random.Random) -> None:
    edition = pick(base, rng, "editions", lambda doc: {"applications", "applications_countries"} <= doc.keys())
    edition["applications_countries"] = edition["applications"] + 1


@mutation("ordinal of another edition")
def _(base: Base, rng: random.Random) -> None:
    first, second = two(base, rng, "editions", "ordinal")
    first["ordinal"] = second["ordinal"]


@mutation("place of another edition")
def _(base: Base, rng: random.Random) -> None:
    first = pick(base, rng, "editions", lambda doc: stated(doc, "place"))
    first["place"] = pick(base, rng, "editions", lambda doc: "place" in doc and doc["place"][:4] != first["place"][:4])[
        "place"
    ]


@mutation("expected number of results changed")
def _(base: Base, rng: random.Random) -> None:
    rng.choice(pick(base, rng, "editions", lambda doc: doc.get("expected_results"))["expected_results"])["count"] += 1


def _figure(change: Callable[[Any, random.Random], Any]) -> Mutation:
    def mutate(base: Base, rng: random.Random) -> None:
        doc = pick(base, rng, "initiatives", lambda doc: doc.get("figures") and stated(doc, "figures"))
        values = {v for c in doc["citations"] for v in c.get("states", {}).get("figures", ())}
        figures = [figure for figure in doc["figures"] if str(figure["value"]) in values]
        if not figures:
            raise NotPossibleError
        figure = rng.choice(figures)
        figure["value"] = change(figure["value"], rng)

    return mutate


MUTATIONS["figure times ten"] = _figure(lambda value, _rng: value * 10)
MUTATIONS["digit of a figure changed"] = _figure(lambda value, rng: value + rng.choice([1, 2, 5]))


@mutation("city of an initiative changed")
def _(base: Base, rng: random.Random) -> None:
    doc = pick(base, rng, "initiatives")
    took_part = {(result.doc["edition"], result.doc["city"]) for result in base.of_kind["results"]}
    others = [city.id for city in base.of_kind["cities"] if (doc["edition"], city.id) not in took_part]
    doc["city"] = rng.choice(others)
    doc.pop("note", None)


@mutation("person entered twice")
def _(base: Base, rng: random.Random) -> None:
    record = rng.choice(base.of_kind["people"])
    twin = record._replace(id=f"{record.id}-again", doc={**copy.deepcopy(record.doc), "id": f"{record.id}-again"})
    base.facts[twin.id] = twin
    base.of_kind["people"].append(twin)


@mutation("speaker of a quote changed")
def _(base: Base, rng: random.Random) -> None:
    quote = pick(base, rng, "quotes")
    quote["speaker"] = rng.choice([person.id for person in base.of_kind["people"] if person.id != quote["speaker"]])


def _quote_word(place: Callable[[list[str], random.Random], int]) -> Mutation:
    def mutate(base: Base, rng: random.Random) -> None:
        quote = pick(base, rng, "quotes", lambda doc: stated(doc, "text"))
        language = next(iter(quote["text"]))
        words = quote["text"][language].split()
        words[place(words, rng)] = "otherwise"
        quote["text"][language] = " ".join(words)

    return mutate


MUTATIONS["first words of a quote changed"] = _quote_word(lambda _words, rng: rng.choice([0, 1]))
MUTATIONS["last words of a quote changed"] = _quote_word(lambda _words, rng: rng.choice([-1, -2]))
MUTATIONS["word in the middle of a quote changed"] = _quote_word(lambda words, _rng: len(words) // 2)


@mutation("name of a city swapped with another's")
def _(base: Base, rng: random.Random) -> None:
    swap(*two(base, rng, "cities", "name"), "name")


@mutation("claim of a dispute said twice")
def _(base: Base, rng: random.Random) -> None:
    claims = pick(base, rng, "disputes")["claims"]
    claims[1]["says"] = claims[0]["says"]


@mutation("dispute touches a fact of another edition")
def _(base: Base, rng: random.Random) -> None:
    dispute = pick(base, rng, "disputes", lambda doc: doc.get("touches") and doc.get("editions"))
    others = [record.id for record in base.of_kind["results"] if record.doc["edition"] not in dispute["editions"]]
    dispute["touches"] = [rng.choice(others)]


@mutation("dispute of an unknown fact")
def _(base: Base, rng: random.Random) -> None:
    pick(base, rng, "disputes", lambda doc: doc.get("touches"))["touches"][0] += "x"


@mutation("citation of a page in another language moved under a published text")
def _(base: Base, rng: random.Random) -> None:
    doc = pick(base, rng, "quotes")
    language = next(iter(doc["text"]))
    source = pick(base, rng, "sources", lambda source: source["lang"] != language)
    for citation in doc["citations"]:
        citation["source"] = source["id"]


@mutation("result cited to a page from before the ceremony")
def _(base: Base, rng: random.Random) -> None:
    result = pick(base, rng, "results", lambda doc: of_status("winner")(doc) and stated(doc, "status"))
    source = pick(base, rng, "sources", lambda source: source.get("date", "9999") < "2014")
    next(c for c in result["citations"] if "status" in c.get("states", ()))["source"] = source["id"]


@mutation("citation moved to another page of the time")
def _(base: Base, rng: random.Random) -> None:
    citation = rng.choice(pick(base, rng, "initiatives")["citations"])
    citation["source"] = pick(base, rng, "sources", lambda source: source["id"] != citation["source"])["id"]


@mutation("citation of a source that does not exist")
def _(base: Base, rng: random.Random) -> None:
    rng.choice(pick(base, rng, "milestones")["citations"])["source"] += "x"


@mutation("statement of a citation changed")
def _(base: Base, rng: random.Random) -> None:
    states = next(
        c for c in pick(base, rng, "results", lambda doc: stated(doc, "status"))["citations"] if "states" in c
    )["states"]
    states["status"] = "finalist" if states.get("status") == "winner" else "winner"


@mutation("statement of a field that does not exist")
def _(base: Base, rng: random.Random) -> None:
    next(c for c in pick(base, rng, "results", lambda doc: stated(doc, "status"))["citations"] if "states" in c)[
        "states"
    ]["prize"] = "1"


@mutation("statement and fact changed together")
def _(base: Base, rng: random.Random) -> None:
    doc = pick(base, rng, "milestones", lambda doc: stated(doc, "date") and len(doc["date"]) == len("2019-09-25"))
    new = next_day(doc["date"], rng)
    doc["date"] = new
    for citation in doc["citations"]:
        if "date" in citation.get("states", ()):
            citation["states"]["date"] = new


@mutation("locators of two citations swapped")
def _(base: Base, rng: random.Random) -> None:
    citations = pick(base, rng, "results", lambda doc: len(doc["citations"]) > 1)["citations"]
    swap(citations[0], citations[1], "locator")


@mutation("reason reworded")
def _(base: Base, rng: random.Random) -> None:
    pick(base, rng, "results", lambda doc: isinstance(doc.get("reason"), str))["reason"] += " And more."


@mutation("addresses of two sources swapped")
def _(base: Base, rng: random.Random) -> None:
    swap(*two(base, rng, "sources", "url"), "url")


@mutation("address of a source used for another")
def _(base: Base, rng: random.Random) -> None:
    first, second = two(base, rng, "sources", "url")
    first["url"] = second["url"]


def _texts(base: Base, rng: random.Random, fits: Callable[[str], Any]) -> tuple[dict[str, str], str]:
    language = base.languages[rng.choice(["sv", "fi"])]
    found = [
        (texts, field)
        for texts in language.texts.values()
        for field, text in texts.items()
        if isinstance(text, str) and fits(text)
    ]
    if not found:
        raise NotPossibleError
    return rng.choice(found)


@mutation("number in a translation changed")
def _(base: Base, rng: random.Random) -> None:
    texts, field = _texts(base, rng, LARGE_NUMBER.search)
    texts[field] = LARGE_NUMBER.sub(lambda found: str(int(found[0]) + 11), texts[field])


@mutation("translation left in English")
def _(base: Base, rng: random.Random) -> None:
    tag = rng.choice(["sv", "fi"])
    found = [
        (texts, field, base.facts[fact].doc[field])
        for fact, texts in base.languages[tag].texts.items()
        for field in texts
        if fact in base.facts
        and isinstance(base.facts[fact].doc.get(field), str)
        and len(base.facts[fact].doc[field].split()) > LONG_WORDS
    ]
    texts, field, english = rng.choice(found)
    texts[field] = english


@mutation("translations of two facts with cities or numbers swapped")
def _(base: Base, rng: random.Random) -> None:
    first, field = _texts(base, rng, LARGE_NUMBER.search)
    second, other = _texts(base, rng, lambda text: not re.search(r"\d", text) and len(text) > LONG_TEXT)
    first[field], second[other] = second[other], first[field]


@mutation("translation of a fact that does not exist")
def _(base: Base, rng: random.Random) -> None:
    rename(base, rng, "texts")


@mutation("slip in the key of a label")
def _(base: Base, rng: random.Random) -> None:
    rename(base, rng, "labels")


@mutation("slip in the English of a term")
def _(base: Base, rng: random.Random) -> None:
    rename(base, rng, "terms")


@mutation("name of a city in a language swapped with another's")
def _(base: Base, rng: random.Random) -> None:
    cities = base.languages[rng.choice(["sv", "fi"])].cities
    first, second = rng.sample(sorted(cities), 2)
    cities[first], cities[second] = cities[second], cities[first]


@mutation("body around itself")
def _(base: Base, rng: random.Random) -> None:
    city = pick(base, rng, "cities")
    city["around"] = city["id"]


MUTATIONS |= {
    "rank changed": replacer("results", "rank", lambda rank, _rng: rank + 1, of_stated=True),
    "prize times ten": replacer("results", "prize_eur", lambda prize, _rng: prize * 10),
    "prize one euro less": replacer("results", "prize_eur", lambda prize, _rng: prize - 1),
    "category changed": replacer("results", "category", lambda _c, _rng: "rising-innovative-city"),
    "edition of a result changed": replacer("results", "edition", lambda _e, rng: rng.choice(["2014", "2026"])),
    "prize of a scheme doubled": replacer("schemes", "prize_eur", lambda prize, _rng: prize * 2),
    "number of prizes changed": replacer("schemes", "number_of_prizes", lambda number, _rng: number + 1),
    "edition dated years away": replacer("editions", "date", years_later),
    "day of a ceremony changed": replacer("editions", "date", next_day, of_stated=True),
    "applications changed": replacer("editions", "applications", lambda number, _rng: number + 10, of_stated=True),
    "applications below results": replacer("editions", "applications", lambda _number, _rng: 2),
    "commissioner changed": replacer("editions", "commissioner", lambda _c, _rng: "jukka-makela", of_stated=True),
    "sum of prizes changed": replacer("editions", "prizes_eur", lambda euros, _rng: euros + 1000),
    "milestone years away": replacer("milestones", "date", years_later),
    "day of a milestone changed": replacer("milestones", "date", next_day, of_stated=True),
    "source dated in the future": replacer("sources", "date", lambda _d, _rng: "2199-01-01"),
    "language of a source that does not exist": replacer("sources", "lang", lambda _l, _rng: "xx"),
    "start in the future": replacer("initiatives", "since", lambda _d, _rng: "2199"),
    "edition of an initiative changed": replacer("initiatives", "edition", lambda _e, _rng: "2014"),
    "names of two people swapped": swapper("people", "name"),
    "roles of two people swapped": swapper("posts", "role"),
    "people of two posts swapped": swapper("posts", "person"),
    "organisations of two posts swapped": swapper("posts", "organisation"),
    "edition of a post changed": replacer("posts", "edition", lambda _e, rng: rng.choice(["2014", "2026"])),
    "names of two initiatives swapped": swapper("initiatives", "name"),
    "digit of a phone number changed": replacer("contacts", "phone", other_digit),
    "digit of a printed phone number changed": replacer("contacts", "phone_printed", other_digit),
    "e-mail changed": replacer("contacts", "email", lambda email, _rng: "x" + email),
    "day of a contact changed": replacer("contacts", "as_of", next_day),
    "city of a quote changed": replacer("quotes", "city", lambda _c, _rng: "oxford"),
    "edition of a quote changed": replacer(
        "quotes", "edition", lambda edition, _rng: "2014" if edition != "2014" else "2026"
    ),
    "day of a quote changed": replacer("quotes", "date", next_day),
    "country of a city that does not exist": replacer("cities", "country", lambda _c, _rng: "XX"),
    "latitude changed": replacer("cities", "latitude", lambda number, _rng: number + 1, of_stated=True),
    "GeoNames id changed": replacer("cities", "geonames", lambda number, _rng: number + 1, of_stated=True),
    "locator that says no place": replacer(
        "results", "citations", lambda cs, _rng: [{**cs[0], "locator": "page"}, *cs[1:]]
    ),
    "reading in the future": replacer(
        "results",
        "citations",
        lambda cs, _rng: [{**cs[0], "read_on": "2199-01-01", "states": {"status": "winner"}}, *cs[1:]],
    ),
}


def caught(base: Base, mutate: Mutation, rng: random.Random) -> bool:
    """Whether the rules find a slip in a copy of the base."""
    changed = Base(base.folder, base.prefix)
    for name in ("hashes", "facts", "languages", "language_files", "translated_in"):
        setattr(changed, name, copy.deepcopy(getattr(base, name)))
    for record in changed.facts.values():
        changed.of_kind[record.kind].append(record)
    mutate(changed, rng)
    return any(True for _ in violations_of(changed))


def main(words: list[str]) -> int:
    """Print the score by kind. Returns the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--each", type=int, default=3, help="mutations of each kind")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--kinds", type=int, default=0, help="only the first so many kinds, chosen by the seed")
    given = options.parse_args(words)
    base = load_base(given.folder, find_files(given.folder))
    if base.problems or any(True for _ in violations_of(base)):
        sys.stderr.write("the facts have problems already: run icapital check\n")
        return 1
    rng = random.Random(given.seed)  # noqa: S311 - no secret
    names = sorted(MUTATIONS)
    names = rng.sample(names, given.kinds) if given.kinds else names
    made = found = 0
    for name in names:
        hits = []
        for _ in range(given.each):
            try:
                hits.append(caught(base, MUTATIONS[name], rng))
            except NotPossibleError:
                break
        if name not in NEEDS_THE_PAGE:
            made, found = made + len(hits), found + sum(hits)
        why = f"  (not counted: {NEEDS_THE_PAGE[name]})" if name in NEEDS_THE_PAGE else ""
        sys.stdout.write(
            f"{('ok  ' if all(hits) else 'SLIP') if hits else 'none'} {sum(hits)}/{len(hits)}  {name}{why}\n"
        )
    share = 100 * found / made
    sys.stdout.write(f"{found} of {made} caught: {share:.1f} %, in {len(names)} kinds\n")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
