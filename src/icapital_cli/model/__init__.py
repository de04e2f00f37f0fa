"""What a fact is: its fields, and one class per kind with all that is particular to the kind."""

from icapital_cli.model import awards, people, activities, evidence  # noqa: F401, I001 - in the order of the kinds
from icapital_cli.model.fact import KINDS, Doc, Fact

__all__ = ["KINDS", "Doc", "Fact"]
