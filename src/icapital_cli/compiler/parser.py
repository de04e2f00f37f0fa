"""Nodes of one file to facts and translations, every value parsed by its field type."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from icapital_cli.compiler.loader import LoadedFile, Problem, RawFact
from icapital_cli.model import KINDS, Doc
from icapital_cli.model.composites import ListOf
from icapital_cli.model.values import Language, Line, Node

LANGUAGE_KEYS = ("language", "name", "labels", "cities", "terms", "glossary", "texts", "verify", "synonyms")
LINE, LINES = Line(), ListOf(Line())


class Record(NamedTuple):
    """A valid fact: its kind, its id, its fields by name (with `id` and `citations`), and its file."""

    kind: str
    id: str
    doc: Doc
    file: str


class Translations(NamedTuple):
    """What one file says in a language: labels, names of cities, terms, texts by fact and field, wordings of claims."""

    tag: str
    name: str
    labels: dict[str, str]
    cities: dict[str, str]
    terms: dict[str, str]
    texts: dict[str, Doc]
    verify: dict[str, list[str]]
    synonyms: dict[str, list[str]]


class ParsedFile(NamedTuple):
    """The facts of one file, its translations, its problems, and the ids of facts that are not valid."""

    name: str
    facts: list[Record]
    languages: list[Translations]
    problems: list[Problem]
    invalid: set[str]


class FileReport:
    """Records the problems of one file; `field` is the field that is being parsed."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        """Start with no field."""
        self.file, self.problems, self.field = file, problems, ""

    def __call__(self, node: Any, message: str, rule: str, /) -> None:
        """Record a problem at the place of a node."""
        mark = node.start_mark
        named = message if not self.field or not message.startswith(("must", "carries")) else f"{self.field} {message}"
        self.problems.append(Problem(self.file, mark.line + 1, mark.column + 1, named, rule))


def parse_file(loaded: LoadedFile) -> ParsedFile:
    """Parse the facts, or the language, of one file, each fact by itself."""
    parsed = ParsedFile(loaded.name, [], [], loaded.problems, set())
    report = FileReport(loaded.name, parsed.problems)
    first: dict[str, RawFact] = {}
    for raw in loaded.facts:
        doc = parse_fact(raw, report)
        if raw.id in first:
            report.field, line = "", first[raw.id].key.start_mark.line + 1
            report(raw.key, id_taken(raw.id, f"{loaded.name}:{line}"), "ids")
        elif doc is None:
            parsed.invalid.add(raw.id)
        else:
            first[raw.id] = raw
            parsed.facts.append(Record(raw.kind, raw.id, doc, loaded.name))
    if loaded.language:
        parsed.languages.extend(_parse_language(loaded.language, report))
    return parsed


def id_taken(fact_id: str, where: str) -> str:
    """Word the problem of an id that two facts have."""
    return f"the id {fact_id[:120]!r} is taken in {where}: ids are unique in the whole base"


def parse_fact(raw: RawFact, report: FileReport) -> Doc | None:
    """Parse the fields of a fact. None when it is not valid."""
    kind = KINDS[raw.kind]
    before = len(report.problems)
    report.field = "id"
    if kind.key.parse(raw.key, report) not in {raw.id, None}:
        report(raw.key, "must not begin or end with a space", "ids")
    report.field = ""
    doc: Doc | None = kind.mapping.parse(raw.node, report)
    if doc is None or len(report.problems) > before:
        return None
    doc["id"] = raw.id
    kind.derive(doc)
    return doc


def _parse_language(parts: dict[str, tuple[Node, Node]], report: FileReport) -> Iterator[Translations]:
    report.field = "language"
    tag = Language().parse(parts["language"][1], report)
    if tag is None:
        return
    language = Translations(tag, "", {}, {}, {}, {}, {}, {})
    for part, (name, node) in parts.items():
        report.field = part
        if part == "name":
            language = language._replace(name=LINE.parse(node, report) or "")
        elif part not in LANGUAGE_KEYS:
            report.field = ""
            report(name, f"unknown key {part[:60]!r}; a language has: {', '.join(LANGUAGE_KEYS)}", "unknown-key")
        elif part == "texts":
            _parse_texts(language.texts, node, report)
        elif part in {"verify", "synonyms"}:
            _parse_wordings(getattr(language, part), node, report)
        elif part not in {"language", "glossary"}:
            _parse_lines(getattr(language, part), node, report)
    yield language


def _parse_lines(kept: dict[str, str], node: Node, report: FileReport) -> None:
    for key, value in _pairs(node, report):
        if key.value in kept:
            report(key, translated_twice(key.value), "duplicate-key")
        line = LINE.parse(value, report)
        if line is not None:
            kept[key.value] = line


def _parse_texts(kept: dict[str, Doc], node: Node, report: FileReport) -> None:
    for key, value in _pairs(node, report):
        if key.value in kept:
            report(key, translated_twice(key.value), "duplicate-key")
        kept[key.value] = texts = {}
        for field, node_of_text in _pairs(value, report):
            if field.value in texts:
                report(field, f"{key.value}.{field.value[:60]} is translated twice", "duplicate-key")
            report.field = field.value
            text = (LINES if type(node_of_text) is SequenceNode else LINE).parse(node_of_text, report)
            if text is not None:
                texts[field.value] = text


def _parse_wordings(kept: dict[str, list[str]], node: Node, report: FileReport) -> None:
    for key, value in _pairs(node, report):
        if key.value in kept:
            report(key, translated_twice(key.value), "duplicate-key")
        if type(value) is SequenceNode:
            kept[key.value] = LINES.parse(value, report) or []
        else:  # many short ones read best on one line
            line = LINE.parse(value, report) or ""
            kept[key.value] = [word.strip() for word in line.split(",") if word.strip()]


def translated_twice(name: str) -> str:
    """Word the problem of a text that has two translations into one language."""
    return f"{name[:60]!r} is translated twice"


def _pairs(node: Node, report: FileReport) -> Iterator[tuple[ScalarNode, Node]]:
    if type(node) is not MappingNode:
        return report(node, "must be a mapping", "schema")
    for key, value in node.value:
        if type(key) is ScalarNode:
            yield key, value
        else:
            report(key, "a key must be a word", "schema")
    return None
