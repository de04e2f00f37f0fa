"""The rules that a fact base must meet: one function each, registered, all of one signature."""

from collections.abc import Iterator

from icapital_cli.compiler.base import Base, Violation
from icapital_cli.compiler.rules import awarding, evidence, languages, references  # noqa: F401 - register their rules
from icapital_cli.compiler.rules.registry import RULES, RULES_OF_COMPLETE_BASES


def violations_of(base: Base) -> Iterator[Violation]:
    """Run all rules that can be run on a base."""
    yield from base.violations
    yield from languages.unknown_to_cldr(base)
    if base.is_readable:
        for rule in (*RULES, *(() if base.invalid else RULES_OF_COMPLETE_BASES)):
            yield from rule(base)
