"""The rules that join facts: references, publishers, sums, disputes, gaps, languages. One function a rule.

A rule yields (fact, path inside it, message, name of the rule). It sees only facts that are right by themselves.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from icapital_cli.load import Problem
from icapital_cli.model import KINDS, STATUSES
from icapital_cli.read import Base, Doc, Fact, Translations, locate, text_fields
from icapital_cli.values import ListOf, Mapping, Ref, Text, Value

Path = tuple[str | int, ...]
Break = tuple[Fact, Path, str, str]
RULES: list[Callable[[Base], Iterator[Break]]] = []
# What counts, adds up or misses something says nothing true of a base of which facts could not be read.
OF_THE_WHOLE: list[Callable[[Base], Iterator[Break]]] = []


def rule(function: Callable[[Base], Iterator[Break]]) -> Callable[[Base], Iterator[Break]]:
    """Add a function to the rules."""
    RULES.append(function)
    return function


def rule_of_the_whole(function: Callable[[Base], Iterator[Break]]) -> Callable[[Base], Iterator[Break]]:
    """Add a function to the rules that need every fact."""
    OF_THE_WHOLE.append(function)
    return function


def broken(base: Base) -> Iterator[Problem]:
    """Yield every break of every rule, at its place."""
    for fact, path, message, name in _breaks(base):
        mark = locate(fact, *path).start_mark
        yield Problem(fact.file, mark.line + 1, mark.column + 1, message, name)
    for language, place, message in _wrong_translations(base):
        file, node = language.places[place]
        yield Problem(file, node.start_mark.line + 1, node.start_mark.column + 1, message, "languages")


def is_sound(base: Base) -> bool:
    """Tell whether no rule is broken, without asking where."""
    return not any(True for _ in _breaks(base)) and not any(True for _ in _wrong_translations(base))


def _breaks(base: Base) -> Iterator[Break]:
    if any(problem.rule in {"file", "yaml"} for problem in base.problems):
        return  # a file that was refused whole leaves nothing true to say of the rest
    for holds in (*RULES, *(() if base.unread else OF_THE_WHOLE)):
        yield from holds(base)


def every(base: Base, *kinds: str) -> Iterator[Fact]:
    """Go through all facts of some kinds, or of all."""
    for kind in kinds or tuple(base.facts):
        yield from base.facts[kind].values()


def values_of(value: Value, read: Any, path: Path) -> Iterator[tuple[Value, Any, Path]]:
    """Go through a field and all that is inside it, with the path to each."""
    yield value, read, path
    if isinstance(value, ListOf):
        for number, item in enumerate(read):
            yield from values_of(value.item, item, (*path, number))
    elif isinstance(value, Mapping):
        for name, field in value.fields.items():
            if name in read:
                yield from values_of(field, read[name], (*path, name))


POINTING = {
    kind: [
        name for name, field in cls.mapping.fields.items() if name != "citations" and isinstance(field, Ref | ListOf)
    ]
    for kind, cls in KINDS.items()
}


@rule
def references_lead_somewhere(base: Base) -> Iterator[Break]:
    """What a fact names exists, and is of the right kind."""
    sources, facts = base.facts["sources"], base.facts
    for fact in every(base):
        doc = fact.doc
        for number, citation in enumerate(doc.get("citations", ()) if KINDS[fact.kind].cited else ()):
            if citation["source"] not in sources and citation["source"] not in base.unread:
                yield fact, ("citations", number, "source"), _unknown("sources", citation["source"]), "references"
        fields = KINDS[fact.kind].mapping.fields
        for name in POINTING[fact.kind]:
            if name not in doc:
                continue
            field = fields[name]
            if isinstance(field, Ref):
                if doc[name] not in facts[field.kind] and doc[name] not in base.unread:
                    yield fact, (name,), _unknown(field.kind, doc[name]), "references"
            else:
                for value, read, path in values_of(field, doc[name], (name,)):
                    if isinstance(value, Ref) and read not in facts[value.kind] and read not in base.unread:
                        yield fact, path, _unknown(value.kind, read), "references"


def _unknown(kind: str, target: str) -> str:
    what = "source" if kind == "sources" else f"fact in {kind}"
    return f"no {what} has the id {target!r}: add it, or correct the id"


@rule
def targets_exist(base: Base) -> Iterator[Break]:
    """A dispute touches facts that exist, in fields that they may have."""
    for fact in every(base, "disputes"):
        for number, target in enumerate(fact.doc.get("touches", ())):
            found, field = target_of(base, target)
            if target.partition(".")[0] in base.unread:
                continue
            if found is None or (field and field not in KINDS[found.kind].mapping.fields):
                yield fact, ("touches", number), f"no fact or field {target!r}", "references"


def target_of(base: Base, target: str) -> tuple[Fact | None, str]:
    """Split `id.field` and find the fact."""
    fact_id, _, field = target.partition(".")
    return base.find(fact_id), field


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
def published_words_have_their_source(base: Base) -> Iterator[Break]:
    """Words given as published in a language cite a page in that language; quotes show them in its excerpt."""
    for fact in every(base):
        for name, field in KINDS[fact.kind].mapping.fields.items():
            words = fact.doc.get(name)
            if not isinstance(field, Text) or not isinstance(words, dict):
                continue
            for tag, text in words.items():
                cited = [c for c in fact.doc.get("citations", ()) if _lang(base, c["source"]) == tag]
                if not cited:
                    yield (
                        fact,
                        (name,),
                        f"{name} is given as published in {tag!r}, but no source in {tag!r} is cited",
                        "languages",
                    )
                elif fact.kind == "quotes" and name == "text" and not any(text in c.get("excerpt", "") for c in cited):
                    yield fact, (name,), f"the words in {tag!r} do not stand in the excerpt of their source", "excerpts"


def _lang(base: Base, source: str) -> str:
    fact = base.facts["sources"].get(source)
    return fact.doc["lang"] if fact else ""


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
def one_winner(base: Base) -> Iterator[Break]:
    """Each category of an edition has exactly one winner."""
    winners: dict[tuple[str, str], str] = {}
    for fact in every(base, "results"):
        where = (fact.doc["edition"], fact.doc["category"])
        if fact.doc["status"] == "winner":
            if where in winners:
                yield fact, ("status",), f"{where[0]} has a winner in {where[1]} already: {winners[where]}", "winners"
            winners.setdefault(where, fact.id)
    for where in dict.fromkeys((fact.doc["edition"], fact.doc["category"]) for fact in every(base, "results")):
        edition = base.facts["editions"].get(where[0])
        if where not in winners and edition:
            yield edition, (), f"{where[0]} has results in {where[1]}, but no winner", "winners"


@rule
def a_city_has_one_result(base: Base) -> Iterator[Break]:
    """A city reached one status in an edition."""
    seen: dict[tuple[str, str], str] = {}
    for fact in every(base, "results"):
        where = (fact.doc["edition"], fact.doc["city"])
        if where in seen:
            yield fact, ("city",), f"{where[1]} has a result in {where[0]} already: {seen[where]}", "results"
        seen.setdefault(where, fact.id)


@rule_of_the_whole
def counts_are_as_stated(base: Base) -> Iterator[Break]:
    """The results of an edition are as many as the edition says."""
    found = Counter((f.doc["edition"], f.doc["category"], f.doc["status"]) for f in every(base, "results"))
    for fact in every(base, "editions"):
        stated = fact.doc.get("expected_results")
        if stated is None:
            continue
        for number, row in enumerate(stated):
            count = found.pop((fact.id, row["category"], row["status"]), 0)
            if count != row["count"]:
                what = f"{row['status']} in {row['category']}"
                yield (
                    fact,
                    ("expected_results", number),
                    f"{fact.id} states {row['count']} {what}, but has {count}",
                    "counts",
                )
        for where, count in found.items():
            if where[0] == fact.id:
                yield (
                    fact,
                    ("expected_results",),
                    f"{fact.id} has {count} {where[2]} in {where[1]}, but states none",
                    "counts",
                )


@rule_of_the_whole
def the_money_adds_up(base: Base) -> Iterator[Break]:
    """What the results of an edition were paid is what its prize scheme offered."""
    paid: Counter[tuple[str, str, str]] = Counter()
    for fact in every(base, "results"):
        paid[fact.doc["edition"], fact.doc["category"], fact.doc["status"]] += fact.doc.get("prize_eur", 0)
    offered: Counter[tuple[str, str, str]] = Counter()
    last: dict[tuple[str, str, str], Fact] = {}
    for fact in every(base, "schemes"):
        where = (fact.doc["edition"], fact.doc["category"], fact.doc["status"])
        offered[where] += fact.doc.get("prize_eur", 0) * fact.doc["number_of_prizes"]
        last[where] = fact
    for where, fact in last.items():
        if offered[where] != paid[where]:
            what = f"{where[2]} prizes of {where[0]} in {where[1]}"
            yield (
                fact,
                ("prize_eur",),
                f"the {what} come to {offered[where]}, but the results to {paid[where]}",
                "money",
            )


@rule
def roles_stand_in_their_time(base: Base) -> Iterator[Break]:
    """A contact is as of the day of its source, and a quote is dated by its source."""
    for kind, field in (("contacts", "as_of"), ("quotes", "date")):
        for fact in every(base, kind):
            days = {_date(base, c["source"]) for c in fact.doc["citations"]}
            if field in fact.doc and fact.doc[field] not in days:
                yield (
                    fact,
                    (field,),
                    f"{field} is not the date of a source that is cited: {', '.join(sorted(days))}",
                    "dates",
                )
    for fact in every(base, "posts"):
        days = {_date(base, c["source"]) for c in fact.doc["citations"]}
        earliest, latest = int(fact.doc["edition"]) - 3, int(fact.doc["edition"]) + 6
        if "" not in days and not any(earliest <= int(day[:4]) <= latest for day in days):
            yield (
                fact,
                ("edition",),
                f"no source of the time around {fact.doc['edition']} is cited for this post",
                "dates",
            )


def _date(base: Base, source: str) -> str:
    fact = base.facts["sources"].get(source)
    return fact.doc.get("date", "") if fact else ""


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


@rule
def ids_of_prizes_are_free(base: Base) -> Iterator[Break]:
    """`prize-` begins the ids of the prizes that compile makes from results."""
    for fact in every(base):
        if fact.id.startswith("prize-"):
            yield fact, (), "an id may not begin with 'prize-': such ids are made from results", "ids"


@rule
def disputes_have_sides(base: Base) -> Iterator[Break]:
    """A dispute has two claims at least."""
    for fact in every(base, "disputes"):
        if len(fact.doc["claims"]) < 2:  # noqa: PLR2004 - a contradiction has two sides
            yield fact, ("claims",), "a dispute has two claims at least", "disputes"


def _wrong_translations(base: Base) -> Iterator[tuple[Translations, tuple[str, ...], str]]:
    """A language has a name, and a translation belongs to a text that exists, in each of its parts."""
    if any(problem.rule in {"file", "yaml"} for problem in base.problems):
        return
    known = base.facts["cities"]
    for language in base.languages.values():
        if not language.name:
            yield language, (), f"the language {language.tag!r} has no name"
        wrong: list[tuple[str, ...]] = [("cities", city) for city in language.cities if city not in known]
        for fact_id, texts in language.texts.items():
            fact = base.find(fact_id)
            wrong += [("texts", fact_id, field) for field, text in texts.items() if not _fits(fact, field, text)]
        for path in wrong:
            if path[1] not in base.unread:
                what = ".".join(path[1:])
                yield (
                    language,
                    path,
                    f"the translation of {what!r} belongs to no text of the base: remove or correct it",
                )


def _fits(fact: Fact | None, field: str, text: Any) -> bool:
    if fact is None or field not in text_fields(fact.kind) or not fact.doc.get(field):
        return False
    value = fact.doc[field]
    return isinstance(text, list) == isinstance(value, list) and (isinstance(text, str) or len(text) == len(value))


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
                file = folder / name
                texts[name] = " ".join(file.read_text("utf-8", "replace").split()) if name and file.is_file() else None
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
