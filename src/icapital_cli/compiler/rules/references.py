"""Rules on references between facts: what a fact names exists, and is of the right kind."""

from collections.abc import Iterator

from icapital_cli.compiler.base import Base, Violation
from icapital_cli.compiler.rules.registry import at, rule
from icapital_cli.model import KINDS


@rule
def references_exist(base: Base) -> Iterator[Violation]:
    """A reference leads to a fact of the right kind."""
    for record, kind, fact_id, path in base.references:
        found = base.facts.get(fact_id)
        if (found is None or found.kind != kind) and fact_id not in base.invalid:
            what = "source" if kind == "sources" else f"fact in {kind}"
            yield at(record, path, f"no {what} has the id {fact_id!r}: add it, or correct the id", "references")


@rule
def targets_exist(base: Base) -> Iterator[Violation]:
    """A dispute touches facts that exist, in fields that they may have."""
    for dispute in base.of_kind["disputes"]:
        for number, target in enumerate(dispute.doc.get("touches", ())):
            fact_id, _, field = target.partition(".")
            found = base.facts.get(fact_id)
            if fact_id in base.invalid:
                continue
            if found is None or (field and field not in KINDS[found.kind].mapping.fields):
                yield at(dispute, ("touches", number), f"no fact or field {target!r}", "references")


@rule
def ids_of_prizes_are_free(base: Base) -> Iterator[Violation]:
    """Ids that begin with `prize-` belong to the prizes that the compiler derives from results."""
    for record in base.records():
        if record.id.startswith("prize-"):
            yield at(record, (), "an id may not begin with 'prize-': such ids are made from results", "ids")
