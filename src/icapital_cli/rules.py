"""The rules that join facts: references, disputes, languages; and how every rule is asked. One function a rule.

A rule of a fact sees that fact and the symbols, and gives what is wrong with it: it is asked while files are read. A
rule of the base sees the compiled facts: it is asked when all are there. Neither remembers where anything stands.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from icapital_cli.kinds import KINDS
from icapital_cli.read import Doc, Fact, text_fields
from icapital_cli.store import Store
from icapital_cli.symbols import Symbols
from icapital_cli.values import ListOf, Mapping, Ref, Text, Value

Path = tuple[str | int, ...]


class Wrong(NamedTuple):
    """What is wrong with a fact, and where in it. A listed gap `unless` excuses it."""

    path: Path
    message: str
    rule: str
    unless: str = ""


class Break(NamedTuple):
    """What is wrong in the base: the file, the fact (none: a translation), the path inside it."""

    file: str
    fact: str
    path: Path
    message: str
    rule: str
    unless: str = ""


FactRule = Callable[[Fact, Symbols], Iterator[Wrong]]
BaseRule = Callable[[Store], Iterator[Break]]
OF_FACTS: dict[str, list[FactRule]] = {kind: [] for kind in KINDS}
OF_THE_BASE: list[BaseRule] = []
# What counts, adds up or misses something says nothing true of a base of which facts could not be read.
OF_THE_WHOLE: list[BaseRule] = []


def rule_of(*kinds: str) -> Callable[[FactRule], FactRule]:
    """Ask a rule of every fact of some kinds, or of all."""

    def add(function: FactRule) -> FactRule:
        for kind in kinds or KINDS:
            OF_FACTS[kind].append(function)
        return function

    return add


def rule_of_the_base(function: BaseRule) -> BaseRule:
    """Ask a rule of what could be read of the base."""
    OF_THE_BASE.append(function)
    return function


def rule_of_the_whole(function: BaseRule) -> BaseRule:
    """Ask a rule only of a base of which every fact could be read."""
    OF_THE_WHOLE.append(function)
    return function


def wrong_facts(file: str, facts: Iterable[Fact], symbols: Symbols) -> Iterator[Break]:
    """Ask the rules of facts of every fact of a file."""
    for fact in facts:
        for holds in OF_FACTS[fact.kind]:
            for wrong in holds(fact, symbols):
                yield Break(file, fact.id, *wrong)


def wrong_base(store: Store) -> Iterator[Break]:
    """Ask the rules of the base."""
    for holds in (*OF_THE_BASE, *(() if store.unread else OF_THE_WHOLE)):
        yield from holds(store)


def excused(breaks: Iterable[Break], store: Store) -> list[Break]:
    """Leave out what a listed gap excuses."""
    gaps = store.gaps()
    return [found for found in breaks if found.unless not in gaps]


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


def _names_facts(value: Value) -> bool:
    inner = (
        [value.item] if isinstance(value, ListOf) else list(value.fields.values()) if isinstance(value, Mapping) else []
    )
    return isinstance(value, Ref) or any(map(_names_facts, inner))


# The fields of each kind that name other facts: by themselves, and somewhere inside.
REFS = {
    kind: [(name, field.kind) for name, field in cls.mapping.fields.items() if isinstance(field, Ref)]
    for kind, cls in KINDS.items()
}
LISTS = {
    kind: [
        (name, field)
        for name, field in cls.mapping.fields.items()
        if name != "citations" and not isinstance(field, Ref) and _names_facts(field)
    ]
    for kind, cls in KINDS.items()
}


def named_by(fact: Fact) -> set[tuple[str, str]]:
    """Give (id, kind) of everything that a fact names; a citation is of the kind `cited`."""
    doc = fact.doc
    named = {(citation["source"], "cited") for citation in doc.get("citations", ())}
    named.update((doc[name], kind) for name, kind in REFS[fact.kind] if name in doc)
    if LISTS[fact.kind]:
        named.update((target, kind) for kind, target, _ in references(fact))
    if "status" in doc:
        named.add((doc["status"], "statuses"))
    return named


def references(fact: Fact) -> Iterator[tuple[str, str, Path]]:
    """Yield (kind, id, path) of everything that a fact names, as `named_by` does."""
    doc = fact.doc
    for number, citation in enumerate(doc.get("citations", ()) if KINDS[fact.kind].cited else ()):
        yield "cited", citation["source"], ("citations", number, "source")
    for name, kind in REFS[fact.kind]:
        if name in doc:
            yield kind, doc[name], (name,)
    for name, field in LISTS[fact.kind]:
        for value, read, path in values_of(field, doc.get(name, ()), (name,)):
            if isinstance(value, Ref):
                yield ("cited" if path[-1] == "source" else value.kind), read, path
    if "status" in doc:
        yield "statuses", doc["status"], ("status",)


@rule_of_the_base
def references_lead_somewhere(store: Store) -> Iterator[Break]:
    """What a fact names exists, and is of the right kind; a status that is used is a fact too: people read its name."""
    for kind, target, file in store.dangling():
        for fact in store.read(file):
            for named, fact_id, path in references(fact):
                if (named, fact_id) == (kind, target):
                    yield Break(file, fact.id, path, _unknown(kind, target), "references")


def _unknown(kind: str, target: str) -> str:
    if kind == "statuses":
        return f"no fact in statuses has the id {target!r}: add it, with its name"
    what = "source" if kind in {"sources", "cited"} else f"fact in {kind}"
    return f"no {what} has the id {target!r}: add it, or correct the id"


@rule_of_the_base
def targets_exist(store: Store) -> Iterator[Break]:
    """A dispute touches facts that exist, in fields that they may have."""
    for file, dispute in store.every("disputes"):
        for number, target in enumerate(dispute.doc.get("touches", ())):
            fact_id, _, field = target.partition(".")
            kind = store.kind_of(fact_id)
            if fact_id in store.unread:
                continue
            if kind is None or (field and field not in KINDS[kind].mapping.fields) or fact_id.startswith("prize-"):
                yield Break(file, dispute.id, ("touches", number), f"no fact or field {target!r}", "references")


@rule_of(*(kind for kind, cls in KINDS.items() if any(isinstance(f, Text) for f in cls.mapping.fields.values())))
def published_words_have_their_source(fact: Fact, symbols: Symbols) -> Iterator[Wrong]:
    """Words given as published in a language cite a page in that language; quotes show them in its excerpt."""
    for name in PRINTED[fact.kind]:
        words = fact.doc.get(name)
        if not isinstance(words, dict):
            continue
        for tag, text in words.items():
            cited = [c for c in fact.doc.get("citations", ()) if _lang(symbols, c) == tag]
            if not cited:
                what = f"{name} is given as published in {tag!r}, but no source in {tag!r} is cited"
                yield Wrong((name,), what, "languages")
            elif fact.kind == "quotes" and name == "text" and not any(text in c.get("excerpt", "") for c in cited):
                what = f"the words in {tag!r} do not stand in the excerpt of their source"
                yield Wrong((name,), what, "excerpts")


PRINTED = {
    kind: [name for name, field in cls.mapping.fields.items() if isinstance(field, Text)] for kind, cls in KINDS.items()
}


def _lang(symbols: Symbols, citation: Doc) -> str:
    return str(symbols.facts["sources"].get(citation["source"], {}).get("lang", ""))


@rule_of("disputes")
def disputes_have_sides(fact: Fact, _symbols: Symbols) -> Iterator[Wrong]:
    """A dispute has two claims at least."""
    if len(fact.doc["claims"]) < 2:  # noqa: PLR2004 - a contradiction has two sides
        yield Wrong(("claims",), "a dispute has two claims at least", "disputes")


@rule_of()
def ids_of_prizes_are_free(fact: Fact, _symbols: Symbols) -> Iterator[Wrong]:
    """`prize-` begins the ids of the prizes that compile makes from results."""
    if fact.id.startswith("prize-"):
        yield Wrong((), "an id may not begin with 'prize-': such ids are made from results", "ids")


@rule_of_the_base
def languages_have_names(store: Store) -> Iterator[Break]:
    """A language has a name, and each city that it names exists."""
    for tag, language in store.symbols.languages.items():
        if not language.name:
            yield Break(store.files_of(tag)[0], "", (), f"the language {tag!r} has no name", "languages")
        for city in language.cities:
            found = store.find(city)
            if (found is None or found.kind != "cities") and city not in store.unread:
                yield _untranslatable(store, tag, ("cities", city))


@rule_of_the_base
def translations_belong_to_texts(store: Store) -> Iterator[Break]:
    """A translation belongs to a text of a fact that exists, in the shape of that text."""
    if not store.strays:
        return
    for tag, fact_id, texts in store.translations():
        found = store.find(fact_id)
        for field, text in texts.items():
            if not fits(found, field, text) and fact_id not in store.unread:
                yield _untranslatable(store, tag, ("texts", fact_id, field))


def _untranslatable(store: Store, tag: str, path: tuple[str, ...]) -> Break:
    file = next((file for file in store.files_of(tag) if store.places.says(file, path)), store.files_of(tag)[0])
    what = f"the translation of {'.'.join(path[1:])[:120]!r} belongs to no text of the base: remove or correct it"
    return Break(file, "", path, what, "languages")


def fits(fact: Fact | None, field: str, text: Any) -> bool:
    """Tell whether a translation belongs to a text that the fact has."""
    if fact is None or field not in text_fields(fact.kind) or not fact.doc.get(field):
        return False
    value = fact.doc[field]
    return isinstance(text, list) == isinstance(value, list) and (isinstance(text, str) or len(text) == len(value))
