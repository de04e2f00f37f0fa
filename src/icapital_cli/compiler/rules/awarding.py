"""Rules on what was awarded: winners, counts, money, dates."""

from collections import Counter
from collections.abc import Iterator

from icapital_cli.compiler.base import Base, Violation
from icapital_cli.compiler.parser import Record
from icapital_cli.compiler.rules.registry import at, rule, rule_of_complete_files
from icapital_cli.model import Doc

Standing = tuple[str, str, str]  # edition, category, status


def _standing(doc: Doc) -> Standing:
    return doc["edition"], doc["category"], doc["status"]


@rule_of_complete_files
def categories_have_one_winner(base: Base) -> Iterator[Violation]:
    """Each category of an edition has exactly one winner."""
    winners: dict[tuple[str, str], str] = {}
    for result in base.of_kind["results"]:
        edition, category, status = _standing(result.doc)
        if status == "winner":
            first = winners.setdefault((edition, category), result.id)
            if first != result.id:
                yield at(result, ("status",), f"{edition} has a winner in {category} already: {first}", "winners")
    for edition, category in dict.fromkeys(_standing(result.doc)[:2] for result in base.of_kind["results"]):
        found = base.facts.get(edition)
        if (edition, category) not in winners and found is not None and found.kind == "editions":
            yield at(found, (), f"{edition} has results in {category}, but no winner", "winners")


@rule
def cities_have_one_result(base: Base) -> Iterator[Violation]:
    """A city reached one status in an edition."""
    first: dict[tuple[str, str], str] = {}
    for result in base.of_kind["results"]:
        edition, city = result.doc["edition"], result.doc["city"]
        known = first.setdefault((edition, city), result.id)
        if known != result.id:
            yield at(result, ("city",), f"{city} has a result in {edition} already: {known}", "results")


@rule_of_complete_files
def counts_are_as_stated(base: Base) -> Iterator[Violation]:
    """The results of an edition are as many as the edition says."""
    found = Counter(_standing(result.doc) for result in base.of_kind["results"])
    of_edition: dict[str, list[Standing]] = {}
    for where in found:
        of_edition.setdefault(where[0], []).append(where)
    for edition in base.of_kind["editions"]:
        stated = edition.doc.get("expected_results")
        if stated is None:
            continue
        for number, row in enumerate(stated):
            count = found.pop((edition.id, row["category"], row["status"]), 0)
            if count != row["count"]:
                what = f"{edition.id} states {row['count']} {row['status']} in {row['category']}, but has {count}"
                yield at(edition, ("expected_results", number), what, "counts")
        for where in (where for where in of_edition.get(edition.id, ()) if where in found):
            what = f"{edition.id} has {found[where]} {where[2]} in {where[1]}, but states none"
            yield at(edition, ("expected_results",), what, "counts")


@rule_of_complete_files
def prizes_add_up(base: Base) -> Iterator[Violation]:
    """What the results of an edition were paid is what its prize scheme offered."""
    paid: Counter[Standing] = Counter()
    for result in base.of_kind["results"]:
        paid[_standing(result.doc)] += result.doc.get("prize_eur", 0)
    offered: Counter[Standing] = Counter()
    last: dict[Standing, Record] = {}
    for scheme in base.of_kind["schemes"]:
        where = _standing(scheme.doc)
        offered[where] += scheme.doc.get("prize_eur", 0) * scheme.doc["number_of_prizes"]
        last[where] = scheme
    for where, scheme in last.items():
        if offered[where] != paid[where]:
            what = f"{where[2]} prizes of {where[0]} in {where[1]}"
            money = f"the {what} come to {offered[where]}, but the results to {paid[where]}"
            yield at(scheme, ("prize_eur",), money, "money")


@rule
def ranks_fit_statuses(base: Base) -> Iterator[Violation]:
    """A winner has rank 1, and nobody else of the category has."""
    for result in base.of_kind["results"]:
        rank, status = result.doc.get("rank"), result.doc["status"]
        if rank is not None and (rank == 1) != (status == "winner"):
            yield at(result, ("rank",), f"rank {rank} does not fit the status {status}", "rank")
        if status == "winner" and rank is None:
            yield at(result, ("status",), "a winner has rank 1: give it", "rank")


@rule_of_complete_files
def prizes_are_those_of_the_scheme(base: Base) -> Iterator[Violation]:
    """A paid result has a prize that the scheme offers for its status, and for its rank where it tells ranks."""
    offered: dict[Standing, list[Doc]] = {}
    for scheme in base.of_kind["schemes"]:
        offered.setdefault(_standing(scheme.doc), []).append(scheme.doc)
    sharing = Counter((*_standing(result.doc), result.doc.get("rank")) for result in base.of_kind["results"])
    for result in base.of_kind["results"]:
        rank, paid = result.doc.get("rank"), result.doc.get("prize_eur")
        schemes = offered.get(_standing(result.doc), [])
        ranked = [scheme for scheme in schemes if scheme.get("rank") in {None, rank}] or schemes
        amounts = {scheme.get("prize_eur") for scheme in ranked}
        if rank is not None:  # cities of one rank share its prize
            shared = sharing[*_standing(result.doc), rank]
            amounts |= {amount // shared for amount in amounts if amount is not None}
        if paid is not None and paid not in amounts:
            what = f"{paid} is not a prize that the scheme of {result.doc['edition']} offers for it"
            yield at(result, ("prize_eur",), what, "money")


@rule_of_complete_files
def prizes_come_to_the_sum(base: Base) -> Iterator[Violation]:
    """The prizes of an edition come to the sum that the edition states by itself."""
    paid: Counter[str] = Counter()
    for result in base.of_kind["results"]:
        paid[result.doc["edition"]] += result.doc.get("prize_eur", 0)
    for edition in base.of_kind["editions"]:
        stated = edition.doc.get("prizes_eur")
        if stated is not None and stated != paid[edition.id]:
            what = f"{edition.id} states prizes of {stated} in all, but its results come to {paid[edition.id]}"
            yield at(edition, ("prizes_eur",), what, "money")


@rule
def dates_are_those_of_a_source(base: Base) -> Iterator[Violation]:
    """A contact is as of the day of its source, and a quote is dated by its source."""
    for field, records in (("as_of", base.of_kind["contacts"]), ("date", base.of_kind["quotes"])):
        for record in records:
            days = {_date(base, citation) for citation in record.doc["citations"]}
            if field in record.doc and record.doc[field] not in days:
                what = f"{field} is not the date of a source that is cited: {', '.join(sorted(days))}"
                yield at(record, (field,), what, "dates")


@rule
def roles_have_sources_of_their_time(base: Base) -> Iterator[Violation]:
    """A source of the time of an edition says what a person was then."""
    for post in base.of_kind["posts"]:
        years = {int(day[:4]) for citation in post.doc["citations"] if (day := _date(base, citation))}
        edition = int(post.doc["edition"])
        if years and not any(abs(year - edition) <= 1 for year in years):
            what = f"no source of the time around {edition} is cited for this post"
            yield at(post, ("edition",), what, "dates")


def _date(base: Base, citation: Doc) -> str:
    return str(base.find("sources", citation["source"]).get("date", ""))
