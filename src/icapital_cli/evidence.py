"""The rules of evidence: sources, publishers, excerpts, gaps. One function a rule."""

from collections.abc import Iterator
from typing import Any

from icapital_cli.files import read_file
from icapital_cli.kinds import KINDS
from icapital_cli.load import Problem
from icapital_cli.model import STATUSES
from icapital_cli.read import Base, Doc, Fact, locate
from icapital_cli.rules import Break, Path, every, rule, rule_of_the_whole, target_of


@rule_of_the_whole
def every_source_is_cited(base: Base) -> Iterator[Break]:
    """A source that nothing cites is not part of the record."""
    cited = {c["source"] for fact in every(base) for c in fact.doc.get("citations", ())}
    cited |= {
        fact.doc[link] for fact in every(base, "sources") for link in ("reprint_of", "draws_on") if link in fact.doc
    }
    for fact in every(base, "sources"):
        if fact.id not in cited:
            yield fact, (), f"the source {fact.id!r} is cited nowhere: cite it, or remove it", "citations"


@rule
def a_page_stands_once(base: Base) -> Iterator[Break]:
    """No address stands under two ids."""
    seen: dict[str, str] = {}
    for fact in every(base, "sources"):
        url = (
            fact.doc.get("url", fact.id)
            .rstrip("/")
            .removeprefix("http://")
            .removeprefix("https://")
            .removeprefix("www.")
        )
        if url in seen:
            yield fact, ("url",), f"this address is the source {seen[url]!r} already: cite that one", "url"
        seen.setdefault(url, fact.id)


@rule
def citations_support_fields(base: Base) -> Iterator[Break]:
    """`supports` names fields that the fact has."""
    for fact in every(base):
        for number, citation in enumerate(fact.doc.get("citations", ()) if KINDS[fact.kind].cited else ()):
            for field in citation.get("supports", ()):
                if field not in KINDS[fact.kind].mapping.fields:
                    yield fact, ("citations", number, "supports"), f"no field is called {field!r}", "citations"


@rule
def excerpts_come_from_texts_in_hand(base: Base) -> Iterator[Break]:
    """Only a page whose text we have can be excerpted."""
    sources = base.facts["sources"]
    for fact in every(base):
        for number, citation in enumerate(fact.doc.get("citations", ()) if KINDS[fact.kind].cited else ()):
            source = sources.get(citation["source"])
            if "excerpt" in citation and source and "text_file" not in source.doc:
                where = ("citations", number, "excerpt")
                yield fact, where, f"the source {source.id!r} names no text_file to prove the excerpt", "excerpts"


def publishers(base: Base, citations: list[Doc], field: str) -> set[str]:
    """Name the publishers that state a field of a fact; re-prints count as what they re-print."""
    named: set[str] = set()
    for citation in citations:
        source = base.facts["sources"].get(citation["source"])
        if source and field in citation.get("supports", (field,)):
            first = first_page(base, source)
            named.add(str(first.doc.get("origin", first.doc["publisher"])))
    return named


def first_page(base: Base, source: Fact) -> Fact:
    """Follow re-prints, and pages that repeat another, to the page whose text it is."""
    sources, passed = base.facts["sources"], {source.id}
    while True:
        earlier = source.doc.get("reprint_of", source.doc.get("draws_on", ""))
        if earlier not in sources or earlier in passed:
            return source
        source = sources[earlier]
        passed.add(earlier)


def gaps_about(base: Base) -> set[str]:
    """Name every target that a gap lists."""
    return {target for gap in every(base, "gaps") for target in gap.doc.get("about", ())}


@rule_of_the_whole
def prizes_have_two_publishers(base: Base) -> Iterator[Break]:
    """Who won, who came next and what was paid stands at two publishers at least, or is a listed gap."""
    listed = gaps_about(base)
    for fact in every(base, "results"):
        if fact.doc["status"] in STATUSES[:2]:
            for field in ("status", *(("prize_eur",) if "prize_eur" in fact.doc else ())):
                found = publishers(base, fact.doc["citations"], field)
                if len(found) < 2 and f"{fact.id}.citations" not in listed:  # noqa: PLR2004 - two is the rule
                    only = f"only {found.pop()} states" if found else "nobody states"
                    yield (
                        fact,
                        ("citations",),
                        f"{only} the {field} of {fact.id}: cite a second publisher, or list the gap",
                        "publishers",
                    )


@rule_of_the_whole
def gaps_are_open_and_listed(base: Base) -> Iterator[Break]:
    """A listed gap is still open, and an expected value that is missing is a listed gap."""
    listed = gaps_about(base)
    for gap in every(base, "gaps"):
        for number, target in enumerate(gap.doc.get("about", ())):
            found, field = target_of(base, target)
            if found is None:
                filled = False
            elif field and field not in KINDS[found.kind].mapping.fields:
                yield gap, ("about", number), f"no fact or field {target!r}", "references"
                continue
            elif field == "citations":
                filled = all(len(publishers(base, found.doc["citations"], f)) > 1 for f in ("status", "prize_eur"))
            else:
                value = found.doc.get(field)
                known = value is not None and not (field == "date" and len(value) < len("2019-09-25"))
                filled = known or not field
            if filled:
                yield gap, ("about", number), f"{target} is filled, but still a listed gap: remove it here", "gaps"
            elif field and not found:
                yield gap, ("about", number), f"no fact {target!r}", "references"
    for fact in every(base):
        for field in KINDS[fact.kind].expected:
            if field not in fact.doc and f"{fact.id}.{field}" not in listed:
                yield fact, (), f"{field} of {fact.id} is unknown: give it, or list {fact.id}.{field} as a gap", "gaps"


def misquoted(base: Base, folder: Any) -> Iterator[Problem]:
    """Yield every excerpt that does not stand, to the letter, in the text of its source (white space folded)."""
    texts: dict[str, str | None] = {}
    for fact in every(base):
        for path, citation in _citations(fact):
            source = base.facts["sources"].get(citation["source"])
            if "excerpt" not in citation or source is None:
                continue
            name = source.doc.get("text_file", "")
            if name not in texts:
                content = read_file(folder / name) if name else None
                texts[name] = None if content is None else " ".join(content.decode("utf-8", "replace").split())
            text = texts[name]
            if text is None or " ".join(citation["excerpt"].split()) not in text:
                why = f"no text {name!r} to compare with" if text is None else f"the excerpt does not stand in {name}"
                mark = locate(fact, *path, "excerpt").start_mark
                yield Problem(fact.file, mark.line + 1, mark.column + 1, why, "excerpts")


def _citations(fact: Fact) -> Iterator[tuple[Path, Doc]]:
    for number, citation in enumerate(fact.doc.get("citations", ()) if KINDS[fact.kind].cited else ()):
        yield ("citations", number), citation
    for side, claim in enumerate(fact.doc.get("claims", ())):
        for number, citation in enumerate(claim["citations"]):
            yield ("claims", side, "citations", number), citation
