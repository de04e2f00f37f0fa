"""Registry of rules. A rule is a function from a base to its violations."""

from collections.abc import Callable, Iterator

from icapital_cli.compiler.base import Base, Violation
from icapital_cli.compiler.parser import Record

Rule = Callable[[Base], Iterator[Violation]]
RULES: list[Rule] = []
RULES_OF_COMPLETE_FILES: list[Rule] = []
RULES_OF_COMPLETE_BASES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Register a rule that holds even where some facts could not be parsed."""
    RULES.append(function)
    return function


def rule_of_complete_files(function: Rule) -> Rule:
    """Register a rule that counts or adds up what is in one file: it says nothing of a file with an invalid fact."""
    RULES_OF_COMPLETE_FILES.append(function)
    return function


def rule_of_complete_bases(function: Rule) -> Rule:
    """Register a rule that misses something, wherever it might be: it needs a base of which every fact is valid."""
    RULES_OF_COMPLETE_BASES.append(function)
    return function


def at(record: Record, path: tuple[str | int, ...], message: str, rule_name: str) -> Violation:
    """Make the violation at a path inside a fact."""
    return Violation(record.file, record.id, path, message, rule_name)
