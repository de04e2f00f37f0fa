"""The public Python face: open the facts, shipped or from a folder, in a language."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager

from icapital_cli.errors import FactsError
from icapital_cli.query.languages import choose_language
from icapital_cli.store import database
from icapital_cli.store.facts import FactStore

Warn = Callable[[str], None]


def _ignore(_message: str) -> None:
    """Report nothing."""


@contextmanager
def open_facts(
    folder: str | None = None, *, lang: str | None = None, locales: Iterable[str] = (), warn: Warn = _ignore
) -> Iterator[FactStore]:
    """Open the shipped facts, or those of a folder of YAML, in a language.

    The language is `lang` (a BCP 47 tag), else the first of `locales` that is shipped, else English.
    Raises FactsError (ManyProblemsError when `check` finds problems) for facts that cannot be read, UsageError for an
    unknown language. `warn` is called when the answer may be slow or stale.
    """
    folder = folder or checkout()
    try:
        connection = database.open_shipped() if folder is None else _open_folder(folder, warn)
    except sqlite3.Error as error:
        raise FactsError(f"the facts cannot be compiled: {error}") from error
    except OSError as error:
        raise FactsError(f"the facts cannot be read: {error.strerror or error}") from error
    with closing(FactStore(connection)) as store:
        try:
            store.lang = choose_language(store.languages(), lang, locales)
            yield store
        except sqlite3.DatabaseError as error:
            if folder is None:
                raise FactsError(f"the compiled facts cannot be read: {error}. install the package again") from error
            from icapital_cli.compiler.cache import forget  # noqa: PLC0415 - only a damaged cache needs it

            forget(folder)
            raise FactsError(f"the cache was damaged ({error}) and is removed: ask again") from error


def _open_folder(folder: str, warn: Warn) -> sqlite3.Connection:
    from icapital_cli.compiler.cache import open_folder  # noqa: PLC0415 - only a folder of YAML needs it

    return open_folder(folder, warn)


def checkout() -> str | None:
    """Return the facts of the checkout that an editable install runs from: it ships no compiled facts."""
    if os.path.exists(database.SHIPPED):  # noqa: PTH110 - pathlib costs a look-up 1 ms
        return None
    facts = os.path.join(database.PACKAGE, "..", "..", "facts")  # noqa: PTH118 - the same
    return os.path.normpath(facts) if os.path.isdir(facts) else None  # noqa: PTH112 - the same
