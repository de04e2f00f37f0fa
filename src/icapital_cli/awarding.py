"""The rules of what was awarded: winners, counts, money, dates. One function a rule."""

from collections import Counter
from collections.abc import Iterator

from icapital_cli.read import Doc, Fact
from icapital_cli.rules import Break, Wrong, rule_of, rule_of_the_base, rule_of_the_whole
from icapital_cli.store import Standing, Store
from icapital_cli.symbols import Symbols


@rule_of_the_whole
def one_winner(store: Store) -> Iterator[Break]:
    """Each category of an edition has exactly one winner."""
    results, _ = store.standings()
    winners = Counter({where[:2]: count for where, count in results.items() if where[2] == "winner"})
    for edition in dict.fromkeys(where[0] for where, count in winners.items() if count > 1):
        first: dict[str, str] = {}
        for file, fact in store.results_of(edition):
            category = fact.doc["category"]
            if fact.doc["status"] == "winner" and first.setdefault(category, fact.id) != fact.id:
                what = f"{edition} has a winner in {category} already: {first[category]}"
                yield Break(file, fact.id, ("status",), what, "winners")
    for edition, category in dict.fromkeys(where[:2] for where in results):
        found = store.find(edition)
        if not winners[edition, category] and found is not None and found.kind == "editions":
            what = f"{edition} has results in {category}, but no winner"
            yield Break(store.file_of(edition), edition, (), what, "winners")


@rule_of_the_base
def a_city_has_one_result(store: Store) -> Iterator[Break]:
    """A city reached one status in an edition."""
    for edition in store.crowded():
        first: dict[str, str] = {}
        for file, fact in store.results_of(edition):
            city = fact.doc["city"]
            if first.setdefault(city, fact.id) != fact.id:
                what = f"{city} has a result in {edition} already: {first[city]}"
                yield Break(file, fact.id, ("city",), what, "results")


@rule_of_the_whole
def counts_are_as_stated(store: Store) -> Iterator[Break]:
    """The results of an edition are as many as the edition says."""
    found, _ = store.standings()
    there: dict[str, list[Standing]] = {}
    for where in found:
        there.setdefault(where[0], []).append(where)
    for file, edition in store.every("editions", "doc LIKE '%\"expected_results\"%'"):
        stated = edition.doc["expected_results"]
        for number, row in enumerate(stated):
            count = found.pop((edition.id, row["category"], row["status"]), 0)
            if count != row["count"]:
                what = f"{edition.id} states {row['count']} {row['status']} in {row['category']}, but has {count}"
                yield Break(file, edition.id, ("expected_results", number), what, "counts")
        for where in there.get(edition.id, ()):
            if where in found:
                what = f"{edition.id} has {found[where]} {where[2]} in {where[1]}, but states none"
                yield Break(file, edition.id, ("expected_results",), what, "counts")


@rule_of_the_whole
def the_money_adds_up(store: Store) -> Iterator[Break]:
    """What the results of an edition were paid is what its prize scheme offered."""
    _, paid = store.standings()
    offered: Counter[Standing] = Counter()
    last: dict[Standing, tuple[str, str]] = {}
    for file, fact in store.every("schemes"):
        where = (fact.doc["edition"], fact.doc["category"], fact.doc["status"])
        offered[where] += fact.doc.get("prize_eur", 0) * fact.doc["number_of_prizes"]
        last[where] = (file, fact.id)
    for where, (file, scheme) in last.items():
        if offered[where] != paid[where]:
            what = f"{where[2]} prizes of {where[0]} in {where[1]}"
            money = f"the {what} come to {offered[where]}, but the results to {paid[where]}"
            yield Break(file, scheme, ("prize_eur",), money, "money")


@rule_of("contacts", "quotes")
def days_are_those_of_a_source(fact: Fact, symbols: Symbols) -> Iterator[Wrong]:
    """A contact is as of the day of its source, and a quote is dated by its source."""
    field = "as_of" if fact.kind == "contacts" else "date"
    days = {_date(symbols, citation) for citation in fact.doc["citations"]}
    if field in fact.doc and fact.doc[field] not in days:
        what = f"{field} is not the date of a source that is cited: {', '.join(sorted(days))}"
        yield Wrong((field,), what, "dates")


@rule_of("posts")
def roles_stand_in_their_time(fact: Fact, symbols: Symbols) -> Iterator[Wrong]:
    """What a person was at the time of an edition is said by a source of that time."""
    years = {int(day[:4]) for citation in fact.doc["citations"] if (day := _date(symbols, citation))}
    edition = int(fact.doc["edition"])
    if years and not any(abs(year - edition) <= 1 for year in years):
        yield Wrong(("edition",), f"no source of the time around {edition} is cited for this post", "dates")


def _date(symbols: Symbols, citation: Doc) -> str:
    return str(symbols.facts["sources"].get(citation["source"], {}).get("date", ""))
