"""Line and column of a value in the YAML. Only a problem needs them, so the file is then read once more."""

from pathlib import Path

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from icapital_cli.compiler.loader import LoadedFile, RawFact, load_file, read_content
from icapital_cli.model.values import Node

Position = tuple[int, int]
Step = str | int


class Positions:
    """Finds lines and columns, both from 1, in the files of a fact base; the last file is kept."""

    def __init__(self, folder: Path, prefix: str) -> None:
        """Look in a folder; `prefix` is put before the names of its files in messages."""
        self._folder, self._prefix = folder, prefix
        self._last: LoadedFile | None = None
        self._facts: dict[str, RawFact] = {}
        self._pairs: dict[int, dict[str, tuple[Node, Node]]] = {}

    def of_fact(self, file: str, fact_id: str, path: tuple[Step, ...]) -> Position:
        """Find a path inside a fact, or the nearest place above it that exists; (1, 1) when the fact is gone."""
        self.load(file)
        raw = self._facts.get(fact_id)
        return _position(_inside(raw, path)) if raw else (1, 1)

    def of_translation(self, file: str, path: tuple[str, ...]) -> Position:
        """Find a part, a key, a field of a language; the empty path is the language itself."""
        parts = self.load(file).language
        found = parts.get(path[0] if path else "language")
        if found is None:
            return (1, 1)
        node = found[1]
        for step in path[1:]:
            found = self._pairs_of(node).get(step, (node, node))
            node = found[1]
        return _position(found[0] if path else found[1])

    def load(self, file: str) -> LoadedFile:
        """Read a file, unless it is the last one that was read."""
        if self._last is None or self._last.name != file:
            content = read_content(self._folder / file.removeprefix(self._prefix))
            self._last = load_file(file, content)
            self._facts = {raw.id: raw for raw in reversed(self._last.facts)}  # the first of an id
            self._pairs = {}
        return self._last

    def _pairs_of(self, node: Node) -> dict[str, tuple[Node, Node]]:
        """Index a mapping of the last file by its keys, so that a thousand problems in it cost one walk."""
        if id(node) not in self._pairs:
            pairs = reversed(node.value) if type(node) is MappingNode else ()
            self._pairs[id(node)] = {key.value: (key, value) for key, value in pairs if type(key) is ScalarNode}
        return self._pairs[id(node)]


def _inside(raw: RawFact, path: tuple[Step, ...]) -> Node:
    node: Node = raw.node
    if not path:
        return raw.key
    for step in path:
        if type(node) is MappingNode:
            inner = next((value for key, value in node.value if key.value == step), None)
        elif type(node) is SequenceNode and isinstance(step, int) and step < len(node.value):
            inner = node.value[step]
        else:
            inner = None
        if inner is None:
            return raw.key if node is raw.node else node
        node = inner
    return node


def _position(node: Node) -> Position:
    return node.start_mark.line + 1, node.start_mark.column + 1
