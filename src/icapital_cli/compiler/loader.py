"""Safe YAML loader: a file to nodes with line and column.

Only a plain subset of YAML 1.1 is read: every scalar is text; anchors, aliases and tags are refused,
and so is what could exhaust memory or the stack. The limits are far above what people write by hand.
"""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from yaml import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent, StreamEndEvent, YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs forget it
from yaml.nodes import MappingNode, ScalarNode

from icapital_cli.compiler.files import LARGEST_FILE, NotRegularError, read_file
from icapital_cli.model import KINDS
from icapital_cli.model.values import Node, shape_of
from icapital_cli.terminal import safe

MOST_VALUES = 200_000
DEEPEST = 20
# Each pattern begins with a letter of its own, which the search finds at the speed of memchr.
SUSPECTS = [
    re.compile(rb"&(?<=[\s,\[{:?-]&)[\w-]"),  # an anchor
    re.compile(rb"\*(?<=[\s,\[{:?-]\*)[\w-]"),  # an alias
    re.compile(rb"!(?<=[\s,\[{:?-]!)"),  # a tag
    re.compile(rb"\n {60}"),  # a nest, by indenting
    re.compile(rb"-\s+[-?:]\s"),  # a nest, by indicators one after the other
    re.compile(rb"\?\s+[-?:]\s"),
    re.compile(rb":\s+:\s"),
]
INVISIBLE = [
    re.compile(rb"\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa6-\xa9])"),
    re.compile(rb"\xc2[\x80-\x9f]"),
    re.compile(rb"\xd8\x9c"),
    re.compile(rb"\xef\xbb\xbf"),
]
ALLOWED = b"\t\n" + bytes(range(0x20, 0x7F)) + bytes(range(0x80, 0x100))
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class Problem(NamedTuple):
    """One validation problem: location, message, rule."""

    file: str
    line: int
    column: int
    message: str
    rule: str

    def __str__(self) -> str:
        """Format it as `file:line:column: message [rule]`, lines and columns from 1."""
        return safe(f"{self.file}:{self.line}:{self.column}: {self.message} [{self.rule}]")


class RawFact(NamedTuple):
    """A fact as YAML nodes, with its kind and id."""

    kind: str
    id: str
    key: Node
    node: Node


class LoadedFile(NamedTuple):
    """The nodes of one file: facts, or the sections of a language; and the problems found on the way."""

    name: str
    facts: list[RawFact]
    language: dict[str, tuple[Node, Node]]
    problems: list[Problem]


class Composer(CParser):
    """libyaml's parser, building nodes without resolving what a scalar might mean."""

    def resolve(self, _kind: Any, _value: Any, _implicit: Any) -> str:
        """Leave every scalar a text."""
        return ""

    def descend_resolver(self, _parent: Any, _index: Any) -> None:
        """Resolve nothing on the way down."""

    def ascend_resolver(self) -> None:
        """Resolve nothing on the way up."""


def load_file(name: str, content: bytes | OSError) -> LoadedFile:
    """Compose the nodes of a file from its content, or from the error that reading it raised. Raises nothing."""
    loaded = LoadedFile(name, [], {}, [])
    if isinstance(content, NotRegularError):
        _refuse(loaded, "is not a regular file")
    elif isinstance(content, OSError):
        _refuse(loaded, f"cannot be read: {content.strerror}")
    elif _is_acceptable(content, loaded):
        root = _compose(content, loaded)
        if root is not None:
            _collect(root, loaded)
    return loaded


def read_content(path: Path) -> bytes | OSError:
    """Read a file, or return the error."""
    try:
        return read_file(path)
    except OSError as error:
        return error


def _is_acceptable(content: bytes, loaded: LoadedFile) -> bool:
    if len(content) > LARGEST_FILE:
        return _refuse(loaded, f"is larger than {LARGEST_FILE >> 20} MiB: split it")
    if len(content) > MOST_VALUES and sum(map(content.count, (b",", b":", b"\n"))) > MOST_VALUES:
        return _refuse(loaded, f"holds more than {MOST_VALUES} commas, colons and lines: split it")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _refuse(loaded, "is not UTF-8", line, error.start - content.rfind(b"\n", 0, error.start))
    bad = CONTROL.search(text) if _holds_controls(content) else None
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        where = bad.start() - text.rfind("\n", 0, bad.start())
        return _refuse(loaded, f"holds the control character U+{ord(bad[0]):04X}: remove it", line, where)
    if "\r" in text:
        where = text.index("\r")
        line = text.count("\n", 0, where) + 1
        return _refuse(loaded, "ends its lines with CR: save it with LF", line, where - text.rfind("\n", 0, where))
    return True


def _refuse(loaded: LoadedFile, message: str, line: int = 1, column: int = 1) -> bool:
    loaded.problems.append(Problem(loaded.name, line, column, message, "file"))
    return False


def _holds_controls(content: bytes) -> bool:
    if content.translate(None, ALLOWED):
        return True
    return not content.isascii() and any(pattern.search(content) for pattern in INVISIBLE)


def _compose(content: bytes, loaded: LoadedFile) -> Node | None:
    try:
        nests = content.count(b"[") + content.count(b"{") > LARGEST_FILE >> 13
        lines = b"\n" + content
        suspect = nests or any(pattern.search(lines) for pattern in SUSPECTS)
        if suspect and not _is_plain(content, loaded):
            return None
        node: Any = Composer(content).get_single_node()
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        loaded.problems.append(Problem(loaded.name, line, column, f"is not YAML: {what}", "yaml"))
        return None
    return node  # type: ignore[no-any-return]  # the stubs forget the id of a node


def _is_plain(content: bytes, loaded: LoadedFile) -> bool:
    depth, parser = 0, CParser(content)
    while True:
        event: Any = parser.get_event()
        if isinstance(event, StreamEndEvent):
            return True
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        what = _forbidden(event, depth)
        if what:
            mark = event.start_mark
            loaded.problems.append(Problem(loaded.name, mark.line + 1, mark.column + 1, what, "yaml"))
            return False


def _forbidden(event: Any, depth: int) -> str | None:
    if isinstance(event, AliasEvent):
        return "an alias is not allowed: write the value out"
    if isinstance(event, NodeEvent) and event.anchor is not None:
        return "an anchor is not allowed: write the value out"
    if isinstance(event, NodeEvent) and getattr(event, "tag", None) is not None:
        return "a tag is not allowed: every scalar is text"
    return f"is nested deeper than {DEEPEST} levels" if depth > DEEPEST else None


def _collect(root: Node, loaded: LoadedFile) -> None:
    def report(node: Node, message: str, rule: str) -> None:
        mark = node.start_mark
        loaded.problems.append(Problem(loaded.name, mark.line + 1, mark.column + 1, message, rule))

    if type(root) is ScalarNode and not root.value:
        return None
    if type(root) is not MappingNode:
        return report(root, f"must be a mapping from kinds to facts, not a {shape_of(root)}", "schema")
    keys = [key.value if type(key) is ScalarNode else "" for key, _ in root.value]
    said = Counter(keys)
    if "language" in keys:
        loaded.language.update(zip(keys, root.value, strict=True))
        for name, (key, _) in zip(keys, root.value, strict=True):
            if said[name] > 1:
                report(key, f"{name!r} appears twice in this file", "duplicate-key")
        return None
    for (key, value), kind in zip(root.value, keys, strict=True):
        if type(key) is not ScalarNode:
            report(key, "a key must be a word", "schema")
        elif kind not in KINDS:
            report(key, f"unknown kind {kind[:60]!r}; choose from: {', '.join(KINDS)}, and language", "unknown-key")
        elif said[kind] > 1:
            report(key, f"{kind!r} appears twice in this file", "duplicate-key")
        elif type(value) is not MappingNode:
            report(value, f"{kind} must be a mapping from ids to facts, not a {shape_of(value)}", "schema")
        else:
            _list_facts(kind, value, loaded, report)
    return None


def _list_facts(kind: str, facts: MappingNode, loaded: LoadedFile, report: Callable[[Node, str, str], None]) -> None:
    for key, fact in facts.value:
        if type(key) is ScalarNode:
            loaded.facts.append(RawFact(kind, key.value, key, fact))
        else:
            report(key, "a key must be a word", "schema")
