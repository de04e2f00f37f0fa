"""The rules of evidence: sources, publishers, excerpts, gaps. One function a rule."""

from collections.abc import Iterator
from pathlib import Path

from icapital_cli.files import read_file
from icapital_cli.kinds import KINDS
from icapital_cli.model import STATUSES
from icapital_cli.read import Doc, Fact
from icapital_cli.rules import Break, Wrong, rule_of, rule_of_the_base, rule_of_the_whole
from icapital_cli.rules import Path as Inside
from icapital_cli.store import Store
from icapital_cli.symbols import Symbols

CITED = tuple(kind for kind, cls in KINDS.items() if cls.cited)
LONGEST_CHAIN = 100  # pages; every fact that cites the last is followed to the first


@rule_of_the_whole
def every_source_is_cited(store: Store) -> Iterator[Break]:
    """A source that nothing cites is not part of the record."""
    uncited = "NOT EXISTS (SELECT 1 FROM refs WHERE target = facts.id AND refs.kind IN ('cited', 'sources'))"
    for file, source in store.every("sources", uncited):
        what = f"the source {source.id!r} is cited nowhere: cite it, or remove it"
        yield Break(file, source.id, (), what, "citations")


def address(source: Doc) -> str:
    """Give the address of a page without what two spellings of one address differ in."""
    url = str(source.get("url", source["id"]))
    return url.rstrip("/").removeprefix("http://").removeprefix("https://").removeprefix("www.")


@rule_of_the_base
def a_page_stands_once(store: Store) -> Iterator[Break]:
    """No address stands under two ids."""
    differing = "id NOT IN (SELECT id FROM pages)"
    for file, source in store.every("sources", differing):
        (first,) = store.rows("SELECT id FROM pages WHERE url = ?", address(source.doc))[0]
        yield Break(file, source.id, ("url",), f"this address is the source {first!r} already: cite that one", "url")


@rule_of(*CITED)
def citations_support_fields(fact: Fact, _symbols: Symbols) -> Iterator[Wrong]:
    """`supports` names fields that the fact has."""
    fields = KINDS[fact.kind].mapping.fields
    for number, citation in enumerate(fact.doc.get("citations", ())):
        for field in citation.get("supports", ()):
            if field not in fields:
                yield Wrong(("citations", number, "supports"), f"no field is called {field!r}", "citations")


@rule_of(*CITED)
def excerpts_come_from_texts_in_hand(fact: Fact, symbols: Symbols) -> Iterator[Wrong]:
    """Only a page whose text we have can be excerpted."""
    for number, citation in enumerate(fact.doc.get("citations", ())):
        if "excerpt" in citation:
            source = symbols.facts["sources"].get(citation["source"])
            if source is not None and "text_file" not in source:
                what = f"the source {citation['source']!r} names no text_file to prove the excerpt"
                yield Wrong(("citations", number, "excerpt"), what, "excerpts")


def publishers(symbols: Symbols, citations: list[Doc], field: str) -> set[str]:
    """Name the publishers that state a field of a fact; re-prints count as what they re-print."""
    named: set[str] = set()
    for citation in citations:
        source = symbols.facts["sources"].get(citation["source"])
        if source is not None and field in citation.get("supports", (field,)):
            first = first_page(symbols, source)
            named.add(str(first.get("origin", first["publisher"])))
    return named


def first_page(symbols: Symbols, source: Doc) -> Doc:
    """Follow re-prints, and pages that repeat another, to the page whose text it is."""
    sources, passed = symbols.facts["sources"], set[str]()
    while len(passed) < LONGEST_CHAIN:
        earlier = str(source.get("reprint_of", source.get("draws_on", "")))
        found = sources.get(earlier)
        if found is None or earlier in passed:
            break
        source = found
        passed.add(earlier)
    return source


@rule_of("results")
def prizes_have_two_publishers(fact: Fact, symbols: Symbols) -> Iterator[Wrong]:
    """Who won, who came next and what was paid stands at two publishers at least, or is a listed gap."""
    if fact.doc["status"] in STATUSES[:2]:
        for field in ("status", *(("prize_eur",) if "prize_eur" in fact.doc else ())):
            found = publishers(symbols, fact.doc["citations"], field)
            if len(found) < 2:  # noqa: PLR2004 - two is the rule
                only = f"only {found.pop()} states" if found else "nobody states"
                what = f"{only} the {field} of {fact.id}: cite a second publisher, or list the gap"
                yield Wrong(("citations",), what, "publishers", unless=f"{fact.id}.citations")


@rule_of(*(kind for kind, cls in KINDS.items() if cls.expected))
def expected_values_are_there(fact: Fact, _symbols: Symbols) -> Iterator[Wrong]:
    """An expected value that is missing is a listed gap."""
    for field in KINDS[fact.kind].expected:
        if field not in fact.doc:
            target = f"{fact.id}.{field}"
            yield Wrong((), f"{field} of {fact.id} is unknown: give it, or list {target} as a gap", "gaps", target)


@rule_of_the_whole
def gaps_are_open(store: Store) -> Iterator[Break]:
    """A listed gap is about a fact or a field that there is, and is still open."""
    for file, gap in store.every("gaps"):
        for number, target in enumerate(gap.doc.get("about", ())):
            path: Inside = ("about", number)
            fact_id, _, field = target.partition(".")
            found = store.find(fact_id)
            if found is not None and field and field not in KINDS[found.kind].mapping.fields:
                yield Break(file, gap.id, path, f"no fact or field {target!r}", "references")
            elif found is not None and _is_filled(store, found, field):
                what = f"{target} is filled, but still a listed gap: remove it here"
                yield Break(file, gap.id, path, what, "gaps")
            elif found is None and field:
                yield Break(file, gap.id, path, f"no fact {target!r}", "references")


def _is_filled(store: Store, fact: Fact, field: str) -> bool:
    if field == "citations":
        citations = fact.doc["citations"]
        return all(len(publishers(store.symbols, citations, stated)) > 1 for stated in ("status", "prize_eur"))
    value = fact.doc.get(field)
    return not field or (value is not None and not (field == "date" and len(value) < len("2019-09-25")))


def misquoted(store: Store, folder: Path) -> Iterator[Break]:
    """Yield every excerpt that does not stand, to the letter, in the text of its source (white space folded)."""
    texts: dict[str, str | None] = {}
    for kind in KINDS:
        for file, fact in store.every(kind, "doc LIKE '%\"excerpt\"%'"):
            for path, citation in _citations(fact):
                source = store.symbols.facts["sources"].get(citation["source"])
                if "excerpt" not in citation or source is None:
                    continue
                name = source.get("text_file", "")
                if name not in texts:
                    content = read_file(folder / name) if name else None
                    texts[name] = None if content is None else " ".join(content.decode("utf-8", "replace").split())
                text = texts[name]
                if text is None or " ".join(citation["excerpt"].split()) not in text:
                    why = (
                        f"no text {name!r} to compare with" if text is None else f"the excerpt does not stand in {name}"
                    )
                    yield Break(file, fact.id, (*path, "excerpt"), why, "excerpts")


def _citations(fact: Fact) -> Iterator[tuple[Inside, Doc]]:
    for number, citation in enumerate(fact.doc.get("citations", ()) if KINDS[fact.kind].cited else ()):
        yield ("citations", number), citation
    for side, claim in enumerate(fact.doc.get("claims", ())):
        for number, citation in enumerate(claim["citations"]):
            yield ("claims", side, "citations", number), citation
