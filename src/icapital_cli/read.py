"""RawFact to Fact, one fact by itself: reads every value by the type that the model gives it."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from icapital_cli.kinds import KINDS
from icapital_cli.load import Loaded, Problem, RawFact
from icapital_cli.values import Language, Line, ListOf, Mapping, Term, Text

LANGUAGE_KEYS = ("language", "name", "labels", "cities", "terms", "glossary", "texts")

LINE, LINES = Line(), ListOf(Line())

Doc = dict[str, Any]


class Fact(NamedTuple):
    """A fact that is right by itself: `doc` holds its fields by name, with `id` and `citations`."""

    kind: str
    id: str
    doc: Doc


class Translations(NamedTuple):
    """What one language file says; also what all files of one language say."""

    tag: str
    name: str
    labels: dict[str, str]
    cities: dict[str, str]
    terms: dict[str, str]
    texts: dict[str, Doc]


class Part(NamedTuple):
    """What one file says: its facts, its language, what is wrong, and the ids of facts that could not be read."""

    file: str
    facts: list[Fact]
    languages: list[Translations]
    problems: list[Problem]
    unread: set[str]


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


def read_part(loaded: Loaded) -> Part:
    """Read the facts, or the language, of one file, each fact by itself."""
    part = Part(loaded.name, [], [], [problem._replace(file=loaded.name) for problem in loaded.problems], set())
    report = Report(loaded.name, part.problems)
    first: dict[str, RawFact] = {}
    for raw in loaded.facts:
        doc = read_fact(raw, report)
        if raw.id in first:
            report.field, line = "", first[raw.id].key.start_mark.line + 1
            report(raw.key, taken(raw.id, f"{loaded.name}:{line}"), "ids")
        elif doc is None:
            part.unread.add(raw.id)
        else:
            first[raw.id] = raw
            part.facts.append(Fact(raw.kind, raw.id, doc))
    if loaded.language:
        part.languages.extend(read_language(loaded.language, report))
    return part


def taken(fact_id: str, where: str) -> str:
    """Say that an id stands twice."""
    return f"the id {fact_id[:120]!r} is taken in {where}: ids are unique in the whole base"


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


def read_language(parts: dict[str, tuple[Node, Node]], report: Report) -> Iterator[Translations]:
    """Read what a language file says; nothing may be said twice."""
    report.field = "language"
    tag = Language().read(parts["language"][1], report)
    if tag is None:
        return
    language = Translations(tag, "", {}, {}, {}, {})
    for part, (name, node) in parts.items():
        report.field = part
        if part == "name":
            language = language._replace(name=LINE.read(node, report) or "")
        elif part not in LANGUAGE_KEYS:
            report.field = ""
            report(name, f"unknown key {part[:60]!r}; a language has: {', '.join(LANGUAGE_KEYS)}", "unknown-key")
        elif part == "texts":
            _read_texts(language.texts, node, report)
        elif part not in {"language", "glossary"}:
            _read_lines(getattr(language, part), node, report)
    yield language


def _read_lines(kept: dict[str, str], node: Node, report: Report) -> None:
    for key, value in _pairs(node, report):
        if key.value in kept:
            report(key, twice(key.value), "duplicate-key")
        read = LINE.read(value, report)
        if read is not None:
            kept[key.value] = read


def _read_texts(kept: dict[str, Doc], node: Node, report: Report) -> None:
    for key, value in _pairs(node, report):
        if key.value in kept:
            report(key, twice(key.value), "duplicate-key")
        kept[key.value] = texts = {}
        for field, text in _pairs(value, report):
            if field.value in texts:
                report(field, f"{key.value}.{field.value[:60]} is translated twice", "duplicate-key")
            report.field = field.value
            read = (LINES if type(text) is SequenceNode else LINE).read(text, report)
            if read is not None:
                texts[field.value] = read


def twice(name: str) -> str:
    """Say that a translation stands twice."""
    return f"{name[:60]!r} is translated twice"


def _pairs(node: Node, report: Report) -> Iterator[tuple[ScalarNode, Node]]:
    if type(node) is not MappingNode:
        return report(node, "must be a mapping", "schema")
    for key, value in node.value:
        if type(key) is ScalarNode:
            yield key, value
        else:
            report(key, "a key must be a word", "schema")
    return None


@cache
def text_fields(kind: str) -> dict[str, Any]:
    """Name the fields of a kind that hold free text, and so can be translated."""
    return {
        name: value
        for name, value in KINDS[kind].mapping.fields.items()
        if isinstance(value, Text)
        or (isinstance(value, ListOf) and isinstance(value.item, Term | Mapping) and name != "citations")
    }
