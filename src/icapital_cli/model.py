"""What a fact is: the parts that every kind shares. The kinds themselves stand in `kinds`.

A column is a key of the JSON promise (DESIGN.md section 4), the path that leads to its value, and the
type by which it is spelled. A path walks from field to field and through references: `city.country` is
the country of the city that this fact names.
"""

from typing import Any, ClassVar, NamedTuple

from icapital_cli.values import (
    Id,
    Line,
    ListOf,
    Mapping,
    Number,
    Ref,
    Term,
    Text,
    Value,
    Word,
)

STATUSES = ("winner", "runner-up", "finalist", "semi-finalist")
KINDS: dict[str, type["Fact"]] = {}


class Column(NamedTuple):
    """One key of an answer: where its value comes from, how it is spelled, and who sees it."""

    key: str
    path: str
    type: str = "text"
    shown: bool = False


class Citation(Mapping):
    """A source, the place on it, and the words there where the page's text is in our hands."""

    name = "citation"

    def __init__(self, **options: Any) -> None:
        """Declare the fields of a citation."""
        fields: dict[str, Value] = {
            "source": Ref("sources"),
            "locator": Line(),
            "excerpt": Line(optional=True),
            "supports": ListOf(Line()),
        }
        super().__init__(fields, **options)


class Claim(Mapping):
    """What one side of a dispute says, and its sources."""

    name = "claim"

    def __init__(self, **options: Any) -> None:
        """Declare the fields of a claim."""
        super().__init__({"says": Text(), "citations": Citations()}, **options)


class Figure(Mapping):
    """A number, its unit, and what it counts."""

    name = "figure"

    def __init__(self, **options: Any) -> None:
        """Declare the fields of a figure."""
        qualifier = Word("about", "at least", "more than", "almost", "up to", optional=True)
        fields: dict[str, Value] = {"value": Number(), "unit": Term(), "of": Term(), "qualifier": qualifier}
        super().__init__(fields, **options)


class Citations(ListOf):
    """At least one citation."""

    rule = "citations"

    def __init__(self, **options: Any) -> None:
        """Declare a list that may not be empty."""
        super().__init__(Citation(), **{"optional": False, **options})

    def read(self, node: Any, say: Any) -> Any:
        """Read the citations; a fact without any is no fact."""
        read = super().read(node, say)
        if read == [] and not node.value:
            say(node, "must name at least one source", self.rule)
        return read or None


class Fact:
    """What all kinds share. Subclasses declare fields in the order of their YAML, and columns."""

    kind: ClassVar[str]
    command: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]] = ()
    filters: ClassVar[dict[str, str]] = {}
    names: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ()
    line: ClassVar[tuple[str, ...]] = ()
    key: ClassVar[Value] = Id()
    mapping: ClassVar[Mapping]
    expected: ClassVar[tuple[str, ...]] = ()
    cited = True
    must_cite = True

    def __init_subclass__(cls, kind: str, command: str = "") -> None:
        """Register the kind under its YAML key."""
        fields = {name: value for name, value in vars(cls).items() if isinstance(value, Value) and name != "key"}
        if cls.cited:
            fields["citations"] = Citations(optional=not cls.must_cite)
        cls.mapping = Mapping(fields)
        cls.mapping.name = cls.__name__.lower()
        cls.kind, cls.command = kind, command
        KINDS[kind] = cls

    @staticmethod
    def derive(doc: dict[str, Any]) -> None:
        """Add the fields that follow from the others."""
