"""Where in the YAML something stands. Nothing remembers it: a file of which something is said is read once more."""

from pathlib import Path

from yaml.nodes import MappingNode, Node, SequenceNode

from icapital_cli.load import Loaded, RawFact, load

Place = tuple[int, int]
Step = str | int


class Places:
    """Finds lines and columns, both from 1, in the files of a fact base; the last file is kept."""

    def __init__(self, folder: Path, prefix: str) -> None:
        """Look in a folder; `prefix` stands before the names of its files."""
        self._folder, self._prefix = folder, prefix
        self._last: Loaded | None = None

    def of_fact(self, file: str, fact_id: str, path: tuple[Step, ...]) -> Place:
        """Find a path inside a fact, or the nearest place above it that exists; (1, 1) when the fact is gone."""
        for raw in self.load(file).facts:
            if raw.id == fact_id:
                return _place(_inside(raw, path))
        return (1, 1)

    def of_translation(self, file: str, path: tuple[str, ...]) -> Place:
        """Find a part, a key, a field of a language; the empty path is the language itself."""
        parts = self.load(file).language
        found = parts.get(path[0] if path else "language")
        if found is None:
            return (1, 1)
        node = found[1]
        for step in path[1:]:
            pairs = node.value if type(node) is MappingNode else []
            key, node = next(((key, value) for key, value in pairs if key.value == step), (node, node))
            found = (key, node)
        return _place(found[0] if path else found[1])

    def says(self, file: str, path: tuple[str, ...]) -> bool:
        """Tell whether a language file has a key in a part."""
        node = self.load(file).language.get(path[0], (None, None))[1]
        return type(node) is MappingNode and any(key.value == path[1] for key, _ in node.value)

    def load(self, file: str) -> Loaded:
        """Read a file, unless it is the last one that was read."""
        if self._last is None or self._last.name != file:
            self._last = load(self._folder, file.removeprefix(self._prefix))._replace(name=file)
        return self._last


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


def _place(node: Node) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1
