"""The facts for Python: lists, pages, search, citations, sums, checks of a text; values as in the JSON promise."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from icapital_cli.api import Warn, checkout, connect, reading, verify_drafts
from icapital_cli.api.lists import Lists, Names, Years
from icapital_cli.api.rows import Checked, Comparison, Language, Match, Sums, Thing
from icapital_cli.errors import UsageError, no_such, printable
from icapital_cli.query.languages import choose_language
from icapital_cli.query.names import resolve
from icapital_cli.query.select import OF_RESULTS, Filters, select
from icapital_cli.store import database
from icapital_cli.store.facts import FactStore
from icapital_cli.views.view import View, view_of

if TYPE_CHECKING:
    from icapital_cli.views.draft import Report
    from icapital_cli.views.everything import Everything


class Facts(Lists):
    """Open facts, in one language, for the thread that opened them.

    Every method raises UsageError for a value that does not exist, NotFoundError for a name that nothing bears; both
    have `candidates`, the nearest ids or values. Use them in a `with` block, or close them, or let them go.
    """

    def __init__(self, folder: str | None, lang: str | None, warn: Warn) -> None:
        """Open the facts; see `open_facts`."""
        self._store: FactStore | None = None
        self._thread = get_ident()
        self._folder = folder or checkout()
        if lang is not None and not isinstance(lang, str):
            raise UsageError(f"lang takes a language tag, not {printable(repr(lang))}")
        store = connect(self._folder, warn)
        try:
            with reading(self._folder):
                store.lang = choose_language(store.languages(), lang, ())
        except BaseException:
            store.close()
            raise
        self._store = store

    def close(self) -> None:
        """Close the facts; closing them again does nothing."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def __enter__(self) -> Self:
        """Begin a block at whose end the facts close."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the facts."""
        self.close()

    def __del__(self) -> None:
        """Close what nobody refers to any more."""
        with suppress(Exception):  # another thread may collect what this one opened
            self.close()

    def __repr__(self) -> str:
        """Name the version and the language, for a notebook."""
        if self._store is None:
            return "<icapital facts, closed>"
        return f"<icapital facts of {self.version} in {self.lang!r}>"

    @property
    def lang(self) -> str:
        """The language of the answers."""
        with self.store() as store:
            return store.lang

    @property
    def version(self) -> str:
        """The version of the facts: the newest day on which a page was read for them, or a gap was recorded."""
        with self.store() as store:
            return str(store.meta("facts_version"))

    @property
    def digest(self) -> str:
        """The digest of the facts (SHA-256): equal facts have equal digests everywhere."""
        with self.store() as store:
            return str(store.meta("digest"))

    def show(self, name: str) -> Thing:
        """Everything about one fact, city, person or source: its keys, its kind, its title, and what belongs to it.

        What belongs to it is under `related`, by kind. The name is any name or id that fits one thing.
        """
        from icapital_cli.views.page import data_of  # noqa: PLC0415 - lists do without

        with self.store() as store:
            return data_of(store, *resolve(store, _name(name)))

    def search(self, words: str, *, kind: Names = None, text_lang: str | None = None) -> list[Match]:
        """Full text over everything, best matches first; `text_lang` keeps to texts in one language.

        Words between quotation marks are a phrase. `kind` is the name of a list, or a kind of fact.
        """
        from icapital_cli.views.search_results import search_view  # noqa: PLC0415 - lists do without

        with self.store() as store:
            among = text_lang and choose_language(store.languages(), text_lang, ())
            return _objects(search_view(store, _name(words), values_of("kind", kind) or (), among))

    def cite(self, name: str, *, style: str = "text", official: bool = False, limit: int | None = None) -> str:
        """A citation of one fact, result, quote or source, ready to paste; official pages come first.

        `style`: text, markdown, bibtex, biblatex, csl-json, ris, wikipedia, apa. `official` keeps to pages of the EU
        and of the cities, `limit` to the first few. The name `icapital` cites the facts themselves.
        """
        from icapital_cli.formats.citations import as_citations  # noqa: PLC0415 - lists do without
        from icapital_cli.views.citation import ITSELF, entries_of, entry_of_base  # noqa: PLC0415 - the same

        if limit is not None and (not isinstance(limit, int) or limit < 0):
            raise UsageError(f"limit takes a whole number, not {printable(repr(limit))}")
        with self.store() as store:
            if name == ITSELF:
                return as_citations([entry_of_base(store)], style)
            entries = entries_of(store, *resolve(store, _name(name)), official=official, most=limit)
            return as_citations(entries, style)

    def citations(self, kind: str, fact_id: str, styles: Iterable[str] | None = None) -> dict[str, str]:
        """The best citation of a fact, by style, in some styles or all; none where the fact cites nothing."""
        from icapital_cli.formats.citations import as_citations  # noqa: PLC0415 - lists do without
        from icapital_cli.views.citation import entries_of  # noqa: PLC0415 - the same

        with self.store() as store:
            entries = entries_of(store, kind, fact_id, most=1)
        return {style: as_citations(entries, style) for style in styles or self.citation_styles()} if entries else {}

    def citations_of_page(
        self, fact_id: str, title: str, url: str, styles: Iterable[str] | None = None
    ) -> dict[str, str]:
        """A citation of what these facts tell of a thing, by style; `url` is where, or empty."""
        from icapital_cli.formats.citations import as_citations  # noqa: PLC0415 - lists do without
        from icapital_cli.views.citation import entry_of_page  # noqa: PLC0415 - the same

        with self.store() as store:
            entry = entry_of_page(store, fact_id, title, url)
        return {style: as_citations([entry], style) for style in styles or self.citation_styles()}

    def stats(  # noqa: PLR0913 - one for each filter
        self,
        by: str = "country",
        *,
        year: Years = None,
        city: Names = None,
        country: Names = None,
        category: Names = None,
        status: Names = None,
    ) -> list[Sums]:
        """Counts of results and prize money by one group or two; what is disputed or unknown is counted as such.

        `by`: one or two (`"country,status"`) of country, city, edition, year, category, status, publisher, language.
        """
        from icapital_cli.views.statistics import stats_view  # noqa: PLC0415 - lists do without

        given = {"year": year, "city": city, "country": country, "category": category, "status": status}
        with self.store() as store:
            return _objects(stats_view(store, _name(by), {k: values_of(k, v) or () for k, v in given.items()}))

    def map(self, **filters: Names | Years) -> list[dict[str, Any]]:
        """The cities of some results: where each is, its best status, its number of results; filters as `cities`."""
        from icapital_cli.views.map import map_view  # noqa: PLC0415 - lists do without

        with self.store() as store:
            return _objects(map_view(store, result_filters(filters)))

    def timeline(self, **filters: Names | Years) -> list[dict[str, Any]]:
        """The steps of editions and what was reached at their end, in order of time; filters as `cities`."""
        from icapital_cli.views.timeline import timeline_view  # noqa: PLC0415 - lists do without

        with self.store() as store:
            return _objects(timeline_view(store, result_filters(filters)))

    def picture(self, what: str, *, by: str = "country", measure: str | None = None, **filters: Any) -> str:
        """`map`, `timeline` or `stats` as SVG; `by` and `measure` go with `stats`, filters as `cities`."""
        from icapital_cli.api.pictures import picture_of  # noqa: PLC0415 - lists do without

        return picture_of(self, what, by=by, measure=measure, **filters)

    def compare(self, *names: str) -> list[Comparison]:
        """Two or more cities, countries or editions side by side: each row is a measure, with a value under each id."""
        from icapital_cli.views.comparison import compare_view  # noqa: PLC0415 - lists do without

        with self.store() as store:
            return _objects(compare_view(store, [_name(name) for name in names]))

    def verify(self, text: str, name: str = "text") -> list[Checked]:
        """Check a draft: each claim in it about the award, what the facts say of it, and the sources.

        `name` stands in the key `file`. Raises UsageError for a text in a language that verify does not read.
        """
        return _objects(self.report(text, name).view)

    def report(self, text: str, name: str = "text") -> "Report":
        """The view of the claims of a draft, for the doors of this package."""
        from icapital_cli.verify.reader import Draft  # noqa: PLC0415 - lists do without

        if not isinstance(text, str):
            raise UsageError(f"verify takes text, not {type(text).__name__}")
        with self.store() as store:
            return verify_drafts(store, [Draft(name, text)])

    def languages(self) -> list[Language]:
        """The languages, and how complete each is."""
        from icapital_cli.views.about import languages_view  # noqa: PLC0415 - lists do without

        with self.store() as store:
            return _objects(languages_view(store))

    def about(self) -> dict[str, Any]:
        """Versions, digest of the facts, counts, licences, paths."""
        from icapital_cli.views.about import state_of  # noqa: PLC0415 - lists do without

        with self.store() as store:
            return state_of(store, self._folder or database.SHIPPED, None)

    def changelog(self) -> str:
        """The changelog that lies beside the facts, as Markdown; empty where there is none."""
        place = Path(self._folder or database.SHIPPED).parent / "CHANGELOG.md"
        try:
            return place.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    def schema(self, answer: str) -> dict[str, Any]:
        """The JSON Schema (2020-12) of an answer, by the name of its method."""
        from icapital_cli.views.json_schema import schema_of  # noqa: PLC0415 - lists do without

        with self.store() as store:
            return schema_of(store, answer)

    def kinds(self) -> list[dict[str, Any]]:
        """All kinds of fact: kind, title, description, the name of the list that has them (if any), count."""
        with self.store() as store:
            return [
                {
                    "kind": kind,
                    "title": store.label(f"kind.{kind}"),
                    "description": spec["description"],
                    "list": (spec["command"] or {}).get("name"),
                    "count": len(store.ids(kind)),
                }
                for kind, spec in store.kinds()
            ]

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        """The rows of a kind of fact, of those too that no list has: `milestones`, `organisations`, …."""
        with self.store() as store:
            known = [one for one, _ in store.kinds()]
            if kind not in known:
                raise no_such("kind", kind, known)
            return _objects(view_of(store, kind, select(store, kind)))

    def everything(self, twin: "Everything | None" = None) -> "Everything":
        """All rows by kind, and every thing with what belongs to it, as `show` has it; for all of them in one pass.

        `twin` is everything of the same facts in another language: what does not depend on it is not read again.
        """
        from icapital_cli.views.everything import Everything  # noqa: PLC0415 - lists do without

        with self.store() as store:
            return Everything(store, twin)

    def schema_of_kind(self, kind: str, *, whole: bool = False) -> dict[str, Any]:
        """The JSON Schema of the rows of a kind, or `whole` of one thing with what belongs to it."""
        from icapital_cli.views.json_schema import schema_of_kind  # noqa: PLC0415 - lists do without

        with self.store() as store:
            return schema_of_kind(store, kind, whole=whole)

    def citation_styles(self) -> list[str]:
        """The styles that `cite` knows."""
        from icapital_cli.formats.registry import CITATIONS  # noqa: PLC0415 - lists do without

        return CITATIONS.names()

    @contextmanager
    def store(self) -> Iterator[FactStore]:
        """The store beneath, for the doors of this package. Raises UsageError once closed, or in another thread."""
        if self._store is None:
            raise UsageError("these facts are closed: open them again")
        if get_ident() != self._thread:
            raise UsageError("these facts were opened in another thread: open them in each")
        with reading(self._folder):
            yield self._store

    def _rows(self, kind: str, query: str | None, /, **filters: Names | Years) -> list[Any]:
        with self.store() as store:
            given = {key: values_of(key, value) for key, value in filters.items()}
            return _objects(view_of(store, kind, select(store, kind, None if query is None else _name(query), **given)))


def _objects(view: View) -> list[Any]:
    return view.objects()


def _name(name: str) -> str:
    if not isinstance(name, str) or not name.strip():
        raise UsageError(f"give a name or an id, not {printable(repr(name))}")
    return name


def result_filters(given: Mapping[str, Names | Years]) -> Filters:
    """Return the filters of results as text. Raises UsageError for one that there is not."""
    for key in given:
        if key not in OF_RESULTS:
            raise no_such("filter", key, OF_RESULTS)
    return {key: values_of(key, value) or () for key, value in given.items()}


def values_of(key: str, value: Names | Years) -> list[str] | None:
    """Return the values of a filter as text. Raises UsageError for what is neither text nor a number."""
    if value is None:
        return None
    values = [value] if isinstance(value, str | int) else list(value) if isinstance(value, Iterable) else [value]
    for one in values:
        if isinstance(one, bool) or not isinstance(one, str if key != "year" else str | int) or one == "":
            raise UsageError(f"{key} takes {'a year' if key == 'year' else 'text'}, not {printable(repr(one))}")
    return [str(one) for one in values]
