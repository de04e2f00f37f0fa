"""Registry of exports. Each is a module with a function that writes; `run` opens the facts and puts it in place."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from icapital_cli.api.facts import Facts
from icapital_cli.errors import no_such

# Each module is called as its export, and imported when that is asked for. A new export is one module here.
MODULES = ["sqlite", "datapackage", "json", "site"]


class Job(NamedTuple):
    """What an export gets: the facts in the language asked for, where to write, and how to tell how far it is.

    `place` is a file that does not exist yet, or an empty folder; its name is not the final one, which is `name`. The
    files that go beside it are written into the folder `beside`.
    `open_facts(tag)` opens the same facts in another language. `options` are those of the command line that it takes.
    """

    facts: Facts
    place: Path
    beside: Path
    name: str
    progress: Callable[[int, int], None]
    open_facts: Callable[[str], Facts]
    options: dict[str, Any]


class Export(NamedTuple):
    """An export: what the help says, whether it makes a folder, the options it takes, what writes it.

    `beside` are the names of the files that it makes next to its own.
    """

    name: str
    summary: str
    write: Callable[[Job], None]
    is_folder: bool = False
    options: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


EXPORTS: dict[str, Export] = {}


def export(
    name: str,
    *,
    is_folder: bool = False,
    options: tuple[str, ...] = (),
    beside: tuple[str, ...] = (),
) -> Callable[[Callable[[Job], None]], Callable[[Job], None]]:
    """Register a function as the export of that name; the first line of its docstring is the help."""

    def register(write: Callable[[Job], None]) -> Callable[[Job], None]:
        summary = (write.__doc__ or "").partition("\n")[0]
        EXPORTS[name] = Export(name, summary, write, is_folder, options, beside)
        return write

    return register


def export_named(name: str) -> Export:
    """Return an export. Raises UsageError for a name that none has."""
    if name in MODULES:
        import_module(f"{__package__}.{name}")
    if name not in EXPORTS:
        raise no_such("export", name, names())
    return EXPORTS[name]


def names() -> list[str]:
    """Return the names of all exports; none is imported for it."""
    return [*dict.fromkeys([*MODULES, *EXPORTS])]
