"""The rules that a fact base must meet: one function each, registered, all of one signature."""

from collections.abc import Iterator

from icapital_cli.compiler.base import Base, Violation
from icapital_cli.compiler.rules import (  # noqa: F401 - register their rules
    awarding,
    consistency,
    evidence,
    languages,
    references,
    statements,
    translations,
    wordings,
)
from icapital_cli.compiler.rules.registry import RULES, RULES_OF_COMPLETE_BASES, RULES_OF_COMPLETE_FILES


def violations_of(base: Base) -> Iterator[Violation]:
    """Run all rules that can be run on a base."""
    yield from base.violations
    yield from languages.unknown_to_cldr(base)
    if base.is_readable:
        for rule in RULES:
            yield from rule(base)
        for rule in RULES_OF_COMPLETE_FILES:
            yield from (violation for violation in rule(base) if violation.file not in base.incomplete_files)
        for rule in RULES_OF_COMPLETE_BASES if not base.invalid else ():
            yield from rule(base)
