"""The rules that join facts: references, publishers, sums, disputes, gaps, languages. One function a rule.

A rule yields (fact, path inside it, message, name of the rule). It sees only facts that are right by themselves.
"""

from collections.abc import Callable, Iterator
from typing import Any

from icapital_cli.kinds import KINDS
from icapital_cli.load import Problem
from icapital_cli.read import Base, Fact, Translations, locate, text_fields
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
