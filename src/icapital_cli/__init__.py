"""Facts about the European Capital of Innovation Award (iCapital), each with its source."""

__version__ = "1.0.0"
FACTS_FORMAT = 2  # of the tables in facts.db; another number makes every cache anew
