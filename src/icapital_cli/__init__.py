"""Facts about the European Capital of Innovation Award (iCapital), each with its source.

`from icapital_cli import open_facts`
"""

TYPE_CHECKING = False  # as in `typing`, whose import would cost more than all of this
if TYPE_CHECKING:
    from icapital_cli.api import open_facts

__version__ = "1.0.0"
__all__ = ["__version__", "open_facts"]


def __getattr__(name: str) -> object:
    """Import the API once somebody asks for it: `import icapital_cli` costs nothing."""
    if name == "open_facts":
        from icapital_cli.api import open_facts  # noqa: PLC0415 - that is the point

        return open_facts
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
