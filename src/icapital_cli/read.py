"""RawFact to Fact, one fact by itself: reads every value by the type that the model gives it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from icapital_cli.errors import FactsError
from icapital_cli.files import find_files
from icapital_cli.kinds import KINDS
from icapital_cli.load import Loaded, Problem, RawFact, load
from icapital_cli.values import Language, Line, ListOf, Mapping, Term, Text

LANGUAGE_KEYS = ("language", "name", "labels", "cities", "terms", "glossary", "texts")

LINE, LINES = Line(), ListOf(Line())

Doc = dict[str, Any]


class Fact(NamedTuple):
    """A checked fact: `doc` holds its fields by name, with `id` and `citations`. `raw` has the nodes, where kept."""

    kind: str
    id: str
    doc: Doc
    raw: RawFact | None
    file: str


class Translations(NamedTuple):
    """What the language files say for one language."""

    tag: str
    name: str
    labels: dict[str, str]
    cities: dict[str, str]
    terms: dict[str, str]
    texts: dict[str, Doc]
    places: dict[tuple[str, ...], tuple[str, Node]]


class Base(NamedTuple):
    """A whole fact base: facts by kind and id, translations by language, and what is wrong with it."""

    facts: dict[str, dict[str, Fact]]
    languages: dict[str, Translations]
    problems: list[Problem]
    ids: dict[str, Fact]
    unread: set[str]

    def find(self, fact_id: str) -> Fact | None:
        """Find a fact of any kind by its id."""
        return self.ids.get(fact_id)


class Report:
    """Takes down the problems of one file; `field` is the field that is being read."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        """Start with no field."""
        self.file, self.problems, self.field = file, problems, ""

    def __call__(self, node: Node, message: str, rule: str) -> None:
        """Take down one problem, at the place of the node."""
        mark = node.start_mark
        named = message if not self.field or not message.startswith(("must", "carries")) else f"{self.field} {message}"
        self.problems.append(Problem(self.file, mark.line + 1, mark.column + 1, named, rule))


def empty_base() -> Base:
    """Make a base without facts."""
    return Base({kind: {} for kind in KINDS}, {}, [], {}, set())


def read_base(folder: Path, prefix: str = "", contents: dict[str, bytes] | None = None) -> Base:
    """Read every file of a fact base, each fact by itself."""
    base = empty_base()
    for name, _ in find_files(folder):
        add(base, load(folder, name, (contents or {}).get(name))._replace(name=prefix + name))
    if not base.problems and not any(base.facts.values()):
        raise FactsError(f"no fact in the folder {str(folder)!r}")
    return base


def add(base: Base, loaded: Loaded) -> None:
    """Add the facts, or the language, of one file to the base."""
    base.problems.extend(problem._replace(file=loaded.name) for problem in loaded.problems)
    report = Report(loaded.name, base.problems)
    for raw in loaded.facts:
        fact = read_fact(raw, report)
        taken = base.ids.get(raw.id)
        if taken:
            report.field, line = "", locate(taken).start_mark.line + 1
            report(
                raw.key, f"the id {raw.id!r} is taken in {taken.file}:{line}: ids are unique in the whole base", "ids"
            )
        elif fact:
            base.ids[raw.id] = base.facts[raw.kind][raw.id] = Fact(raw.kind, raw.id, fact, raw, loaded.name)
        else:
            base.unread.add(raw.id)
    if loaded.language:
        read_language(base, loaded.language, report)


def read_fact(raw: RawFact, report: Report) -> Doc | None:
    """Read the fields of a fact by their types. None when something is wrong with it."""
    kind = KINDS[raw.kind]
    before = len(report.problems)
    report.field = "id"
    if kind.key.read(raw.key, report) not in {raw.id, None}:
        report(raw.key, "must not begin or end with a space", "ids")
    report.field = ""
    doc = kind.mapping.read(raw.node, report)
    if doc is None or len(report.problems) > before:
        return None
    fields: Doc = doc
    fields["id"] = raw.id
    kind.derive(fields)
    return fields


def read_language(base: Base, parts: dict[str, tuple[Node, Node]], report: Report) -> None:
    """Add what one language file says to its language; nothing may be said twice."""
    report.field = "language"
    tag = Language().read(parts["language"][1], report)
    if tag is None:
        return
    language = base.languages.setdefault(tag, Translations(tag, "", {}, {}, {}, {}, {}))
    language.places.setdefault((), (report.file, parts["language"][1]))
    for part, (name, node) in parts.items():
        report.field = part
        if part == "name":
            base.languages[tag] = language = language._replace(name=Line().read(node, report) or "")
        elif part not in LANGUAGE_KEYS:
            report.field = ""
            report(name, f"unknown key {part[:60]!r}; a language has: {', '.join(LANGUAGE_KEYS)}", "unknown-key")
        elif part not in {"language", "glossary"}:
            _add_translations(language, part, node, report)


def _add_translations(language: Translations, part: str, node: Node, report: Report) -> None:
    kept: dict[str, Any] = getattr(language, part)
    for key, value in _pairs(node, report):
        if key.value in kept:
            report(key, f"{key.value[:60]!r} is translated twice", "duplicate-key")
        language.places[part, key.value] = (report.file, key)
        if part != "texts":
            read = LINE.read(value, report)
            if read is not None:
                kept[key.value] = read
            continue
        kept[key.value] = texts = {}
        for field, text in _pairs(value, report):
            if field.value in texts:
                report(field, f"{key.value}.{field.value[:60]} is translated twice", "duplicate-key")
            report.field = field.value
            language.places[part, key.value, field.value] = (report.file, field)
            read = (LINES if type(text) is SequenceNode else LINE).read(text, report)
            if read is not None:
                texts[field.value] = read


def _pairs(node: Node, report: Report) -> Iterator[tuple[ScalarNode, Node]]:
    if type(node) is not MappingNode:
        return report(node, "must be a mapping", "schema")
    for key, value in node.value:
        if type(key) is ScalarNode:
            yield key, value
        else:
            report(key, "a key must be a word", "schema")
    return None


def locate(fact: Fact, *path: str | int) -> Node:
    """Find the node at a path inside a fact, or the nearest one above it that exists."""
    if fact.raw is None:
        raise ValueError("the nodes of this fact were not kept")
    node: Node = fact.raw.node
    if not path:
        return fact.raw.key
    for step in path:
        if type(node) is MappingNode:
            inner = next((value for key, value in node.value if key.value == step), None)
        elif type(node) is SequenceNode and isinstance(step, int) and step < len(node.value):
            inner = node.value[step]
        else:
            inner = None
        if inner is None:
            return fact.raw.key if node is fact.raw.node else node
        node = inner
    return node


@cache
def text_fields(kind: str) -> dict[str, Any]:
    """Name the fields of a kind that hold free text, and so can be translated."""
    return {
        name: value
        for name, value in KINDS[kind].mapping.fields.items()
        if isinstance(value, Text)
        or (isinstance(value, ListOf) and isinstance(value.item, Term | Mapping) and name != "citations")
    }
