"""Facts about the European Capital of Innovation Award (iCapital), each with its source."""

__version__ = "1.0.0"
