"""The rules of what was awarded: winners, counts, money, dates. One function a rule."""

from collections import Counter
from collections.abc import Iterator

from icapital_cli.read import Base, Fact
from icapital_cli.rules import Break, every, rule, rule_of_the_whole


@rule_of_the_whole
def one_winner(base: Base) -> Iterator[Break]:
    """Each category of an edition has exactly one winner."""
    winners: dict[tuple[str, str], str] = {}
    for fact in every(base, "results"):
        where = (fact.doc["edition"], fact.doc["category"])
        if fact.doc["status"] == "winner":
            if where in winners:
                yield fact, ("status",), f"{where[0]} has a winner in {where[1]} already: {winners[where]}", "winners"
            winners.setdefault(where, fact.id)
    for where in dict.fromkeys((fact.doc["edition"], fact.doc["category"]) for fact in every(base, "results")):
        edition = base.facts["editions"].get(where[0])
        if where not in winners and edition:
            yield edition, (), f"{where[0]} has results in {where[1]}, but no winner", "winners"


@rule
def a_city_has_one_result(base: Base) -> Iterator[Break]:
    """A city reached one status in an edition."""
    seen: dict[tuple[str, str], str] = {}
    for fact in every(base, "results"):
        where = (fact.doc["edition"], fact.doc["city"])
        if where in seen:
            yield fact, ("city",), f"{where[1]} has a result in {where[0]} already: {seen[where]}", "results"
        seen.setdefault(where, fact.id)


@rule_of_the_whole
def counts_are_as_stated(base: Base) -> Iterator[Break]:
    """The results of an edition are as many as the edition says."""
    found = Counter((f.doc["edition"], f.doc["category"], f.doc["status"]) for f in every(base, "results"))
    for fact in every(base, "editions"):
        stated = fact.doc.get("expected_results")
        if stated is None:
            continue
        for number, row in enumerate(stated):
            count = found.pop((fact.id, row["category"], row["status"]), 0)
            if count != row["count"]:
                what = f"{row['status']} in {row['category']}"
                yield (
                    fact,
                    ("expected_results", number),
                    f"{fact.id} states {row['count']} {what}, but has {count}",
                    "counts",
                )
        for where, count in found.items():
            if where[0] == fact.id:
                yield (
                    fact,
                    ("expected_results",),
                    f"{fact.id} has {count} {where[2]} in {where[1]}, but states none",
                    "counts",
                )


@rule_of_the_whole
def the_money_adds_up(base: Base) -> Iterator[Break]:
    """What the results of an edition were paid is what its prize scheme offered."""
    paid: Counter[tuple[str, str, str]] = Counter()
    for fact in every(base, "results"):
        paid[fact.doc["edition"], fact.doc["category"], fact.doc["status"]] += fact.doc.get("prize_eur", 0)
    offered: Counter[tuple[str, str, str]] = Counter()
    last: dict[tuple[str, str, str], Fact] = {}
    for fact in every(base, "schemes"):
        where = (fact.doc["edition"], fact.doc["category"], fact.doc["status"])
        offered[where] += fact.doc.get("prize_eur", 0) * fact.doc["number_of_prizes"]
        last[where] = fact
    for where, fact in last.items():
        if offered[where] != paid[where]:
            what = f"{where[2]} prizes of {where[0]} in {where[1]}"
            yield (
                fact,
                ("prize_eur",),
                f"the {what} come to {offered[where]}, but the results to {paid[where]}",
                "money",
            )


@rule
def roles_stand_in_their_time(base: Base) -> Iterator[Break]:
    """A contact is as of the day of its source, and a quote is dated by its source."""
    for kind, field in (("contacts", "as_of"), ("quotes", "date")):
        for fact in every(base, kind):
            days = {_date(base, c["source"]) for c in fact.doc["citations"]}
            if field in fact.doc and fact.doc[field] not in days:
                yield (
                    fact,
                    (field,),
                    f"{field} is not the date of a source that is cited: {', '.join(sorted(days))}",
                    "dates",
                )
    for fact in every(base, "posts"):
        years = {int(day[:4]) for c in fact.doc["citations"] if (day := _date(base, c["source"]))}
        edition = int(fact.doc["edition"])
        if years and not any(abs(year - edition) <= 1 for year in years):
            yield fact, ("edition",), f"no source of the time around {edition} is cited for this post", "dates"


def _date(base: Base, source: str) -> str:
    fact = base.facts["sources"].get(source)
    return fact.doc.get("date", "") if fact else ""


@rule
def statuses_have_names(base: Base) -> Iterator[Break]:
    """A status that is used is a fact too: its name is what people read."""
    for fact in every(base, "results", "prizes", "schemes"):
        status = fact.doc["status"]
        if status not in base.facts["statuses"] and status not in base.unread:
            yield fact, ("status",), f"no fact in statuses has the id {status!r}: add it, with its name", "references"


@rule
def ids_of_prizes_are_free(base: Base) -> Iterator[Break]:
    """`prize-` begins the ids of the prizes that compile makes from results."""
    for fact in every(base):
        if fact.id.startswith("prize-"):
            yield fact, (), "an id may not begin with 'prize-': such ids are made from results", "ids"
