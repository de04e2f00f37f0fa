"""Rules on evidence: sources, publishers, excerpts, disputes, gaps."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from icapital_cli.compiler.base import Base, Violation
from icapital_cli.compiler.files import LARGEST_FILE
from icapital_cli.compiler.loader import read_content
from icapital_cli.compiler.parser import Record
from icapital_cli.compiler.rules.registry import at, rule, rule_of_complete_bases
from icapital_cli.model import KINDS, Doc
from icapital_cli.model.composites import supports

PUBLISHERS = 2  # that state a placed result and its prize


@rule_of_complete_bases
def sources_are_cited(base: Base) -> Iterator[Violation]:
    """A source that nothing cites is not part of the record."""
    cited = {fact_id for _, kind, fact_id, _ in base.references if kind == "sources"}
    for source in base.of_kind["sources"]:
        if source.id not in cited:
            yield at(source, (), f"the source {source.id!r} is cited nowhere: cite it, or remove it", "citations")


@rule
def sources_are_distinct(base: Base) -> Iterator[Violation]:
    """No address has two ids."""
    first: dict[str, str] = {}
    for source in base.of_kind["sources"]:
        known = first.setdefault(_address(source.doc), source.id)
        if known != source.id:
            what = f"this address is the source {known!r} already: cite that one"
            yield at(source, ("url",), what, "url")


def _address(source: Doc) -> str:
    """Normalize an address: scheme, `www.` and a slash at the end make no other page."""
    url = str(source.get("url", source["id"]))
    return url.rstrip("/").removeprefix("http://").removeprefix("https://").removeprefix("www.")


@rule
def citations_support_fields(base: Base) -> Iterator[Violation]:
    """`supports` names fields that the kind has."""
    for record, number, citation in base.citations:
        for field in citation.get("supports", ()):
            if field not in KINDS[record.kind].mapping.fields:
                yield at(record, ("citations", number, "supports"), f"no field is called {field!r}", "citations")


@rule
def excerpts_have_texts(base: Base) -> Iterator[Violation]:
    """Only a page whose text we have can be excerpted."""
    for record, number, citation in base.citations:
        source = base.find("sources", citation["source"]) if "excerpt" in citation else {}
        if source and "text_file" not in source:
            what = f"the source {citation['source']!r} names no text_file to prove the excerpt"
            yield at(record, ("citations", number, "excerpt"), what, "excerpts")


@rule
def disputes_have_sides(base: Base) -> Iterator[Violation]:
    """A dispute has two claims at least."""
    for dispute in base.of_kind["disputes"]:
        if len(dispute.doc["claims"]) < 2:  # noqa: PLR2004 - a contradiction has two sides
            yield at(dispute, ("claims",), "a dispute has two claims at least", "disputes")


class Publishers:
    """Finds who published what a page says: a re-print, and a page that repeats another, count as their original."""

    def __init__(self, base: Base) -> None:
        """Look in the sources of a base."""
        self._base = base
        self._originals: dict[str, str] = {}

    def of_field(self, citations: list[Doc], field: str) -> set[str]:
        """Return the publishers that state a field."""
        named: set[str] = set()
        for citation in citations:
            source = citation["source"]
            if self._base.find("sources", source) and supports(citation, field):
                original = self._base.find("sources", self.original(source))
                named.add(str(original.get("origin", original["publisher"])))
        return named

    def original(self, source: str) -> str:
        """Follow re-prints to the first page, looking each page up once; a circle ends where it closes."""
        chain: dict[str, None] = {}
        first = source
        while source not in self._originals and source not in chain and (doc := self._base.find("sources", source)):
            chain[source] = None
            first, source = source, str(doc.get("reprint_of", doc.get("draws_on", "")))
        first = source if source in chain else self._originals.get(source, first)
        self._originals.update(dict.fromkeys(chain, first))
        return first


def _is_placed(base: Base, result: Doc) -> bool:
    return base.find("statuses", result["status"]).get("placed") == "yes"


@rule_of_complete_bases
def placed_results_have_two_publishers(base: Base) -> Iterator[Violation]:
    """Two publishers state who was placed and what was paid, or a gap lists the result."""
    publishers = Publishers(base)
    for result in base.of_kind["results"]:
        if not _is_placed(base, result.doc) or f"{result.id}.citations" in base.gaps:
            continue
        for field in ("status", *(("prize_eur",) if "prize_eur" in result.doc else ())):
            found = publishers.of_field(result.doc["citations"], field)
            if len(found) < PUBLISHERS:
                only = f"only {found.pop()} states" if found else "nobody states"
                what = f"{only} the {field} of {result.id}: cite a second publisher, or list the gap"
                yield at(result, ("citations",), what, "publishers")


@rule_of_complete_bases
def expected_values_are_there(base: Base) -> Iterator[Violation]:
    """An expected value that is missing is a listed gap."""
    for kind, cls in KINDS.items():
        for record in base.of_kind[kind] if cls.expected else ():
            for field in cls.expected:
                target = f"{record.id}.{field}"
                if field not in record.doc and target not in base.gaps:
                    what = f"{field} of {record.id} is unknown: give it, or list {target} as a gap"
                    yield at(record, (), what, "gaps")


@rule_of_complete_bases
def gaps_are_open(base: Base) -> Iterator[Violation]:
    """A listed gap is about a fact or a field that exists, and is still open."""
    publishers = Publishers(base)

    @cache
    def is_filled(fact_id: str, field: str) -> bool:
        return _is_filled(base.facts[fact_id], field, publishers)

    for gap in base.of_kind["gaps"]:
        for number, target in enumerate(gap.doc.get("about", ())):
            path = ("about", number)
            fact_id, _, field = target.partition(".")
            found = base.facts.get(fact_id)
            if found is not None and field and field not in KINDS[found.kind].mapping.fields:
                yield at(gap, path, f"no fact or field {target!r}", "references")
            elif found is not None and is_filled(fact_id, field):
                yield at(gap, path, f"{target} is filled, but still a listed gap: remove it here", "gaps")
            elif found is None and field:
                yield at(gap, path, f"no fact {target!r}", "references")


def _is_filled(record: Record, field: str, publishers: Publishers) -> bool:
    if field == "citations":
        citations = record.doc.get("citations", [])
        return all(len(publishers.of_field(citations, stated)) >= PUBLISHERS for stated in ("status", "prize_eur"))
    value = record.doc.get(field)
    return not field or (value is not None and not (field == "date" and len(value) < len("2019-09-25")))


def misquotations(base: Base, folder: Path) -> Iterator[Violation]:
    """Yield every excerpt that is not, to the letter, in the text of its source (white space folded)."""
    texts: dict[str, str | None] = {}
    for record in base.records():
        for path, citation in _citations_of(record):
            source = base.find("sources", citation["source"])
            if "excerpt" not in citation or not source:
                continue
            name = source.get("text_file", "")
            if name not in texts:
                texts[name] = _text_of(folder / name) if name else None
            text = texts[name]
            if text is None:
                yield at(record, (*path, "excerpt"), f"no text {name!r} to compare with", "excerpts")
            elif " ".join(citation["excerpt"].split()) not in text:
                yield at(record, (*path, "excerpt"), f"the excerpt is not in {name}", "excerpts")


def _text_of(path: Path) -> str | None:
    """Read the text of a page, white space folded. None for what is not a regular file, or too large for one."""
    content = read_content(path)
    if isinstance(content, OSError) or len(content) > LARGEST_FILE:
        return None
    return " ".join(content.decode("utf-8", "replace").split())


def _citations_of(record: Record) -> Iterator[tuple[tuple[str | int, ...], Doc]]:
    for number, citation in enumerate(record.doc.get("citations", ()) if KINDS[record.kind].cited else ()):
        yield ("citations", number), citation
    for side, claim in enumerate(record.doc.get("claims", ())):
        for number, citation in enumerate(claim["citations"]):
            yield ("claims", side, "citations", number), citation
