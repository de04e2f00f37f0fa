"""The public Python face: open the facts, shipped or from a folder, in a language; and the store beneath them."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from icapital_cli.errors import FactsError
from icapital_cli.query.languages import choose_language
from icapital_cli.store import database
from icapital_cli.store.facts import FactStore

if TYPE_CHECKING:
    from icapital_cli.api.facts import Facts
    from icapital_cli.verify.reader import Draft
    from icapital_cli.views.draft import Report

Warn = Callable[[str], None]


def _ignore(_message: str) -> None:
    """Report nothing."""


def open_facts(
    folder: "str | os.PathLike[str] | None" = None, *, lang: str | None = None, warn: Warn = _ignore
) -> "Facts":
    """Open the shipped facts, or those of a folder of YAML, in a language.

    `with open_facts(lang="sv") as facts:` closes them; without `with` they close when they are no longer referred to.
    `lang` is a BCP 47 tag, else English. `warn` is called with a line when an answer may be slow or stale.
    Raises UsageError for an unknown language, FactsError for facts that cannot be read, ManyProblemsError for a folder
    in which `icapital check` finds problems.
    """
    from icapital_cli.api.facts import Facts  # noqa: PLC0415 - the command line does without

    return Facts(None if folder is None else os.fspath(folder), lang, warn)


@contextmanager
def open_store(
    folder: str | None = None, *, lang: str | None = None, locales: Iterable[str] = (), warn: Warn = _ignore
) -> Iterator[FactStore]:
    """Open the store beneath the facts, for the command line.

    The language is `lang`, else the first of `locales` that is shipped, else English. Raises as `open_facts`.
    """
    folder = folder or checkout()
    with closing(connect(folder, warn)) as store, reading(folder):
        store.lang = choose_language(store.languages(), lang, locales)
        yield store


def verify_drafts(store: FactStore, drafts: "Iterable[Draft]") -> "Report":
    """Check drafts: all their claims as one view, and each draft with its claims.

    Raises UsageError for a draft in a language that is not read.
    """
    from icapital_cli.verify.report import report_of  # noqa: PLC0415 - only this needs it

    return report_of(store, drafts)


def connect(folder: str | None, warn: Warn) -> FactStore:
    """Open the facts of a folder, compiled from its present state, or the shipped ones. Raises FactsError."""
    try:
        return FactStore(database.open_shipped() if folder is None else _open_folder(folder, warn))
    except sqlite3.Error as error:
        raise FactsError(f"the facts cannot be compiled: {error}") from error
    except OSError as error:
        raise FactsError(f"the facts cannot be read: {error.strerror or error}") from error


@contextmanager
def reading(folder: str | None) -> Iterator[None]:
    """Turn an error of the database inside the block into a FactsError; a cache that is damaged is removed."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if folder is None:
            raise FactsError(f"the compiled facts cannot be read: {error}. install the package again") from error
        from icapital_cli.compiler.cache import forget  # noqa: PLC0415 - only a damaged cache needs it

        forget(folder)
        raise FactsError(f"the cache was damaged ({error}) and is removed: ask again") from error


def checkout() -> str | None:
    """Return the facts of the checkout that an editable install runs from: it ships no compiled facts."""
    if os.path.exists(database.SHIPPED):  # noqa: PTH110 - pathlib costs a look-up 1 ms
        return None
    facts = os.path.join(database.PACKAGE, "..", "..", "facts")  # noqa: PTH118 - the same
    return os.path.normpath(facts) if os.path.isdir(facts) else None  # noqa: PTH112 - the same


def _open_folder(folder: str, warn: Warn) -> sqlite3.Connection:
    from icapital_cli.compiler.cache import open_folder  # noqa: PLC0415 - only a folder of YAML needs it

    return open_folder(folder, warn)
