"""Base class of the kinds of fact, and the registry of kinds.

A kind declares its fields in the order of their YAML, and the columns of its answer. A column is a key of the JSON
promise (DESIGN.md section 4), the path to its value, and a column type. A path walks from field to field and through
references: `city.country` is the country of the city that the fact names.
"""

from typing import Any, ClassVar, NamedTuple

from icapital_cli.model.composites import Citations, ListOf, Mapping, Text
from icapital_cli.model.values import Id, Ref, Term, Value

KINDS: dict[str, type["Fact"]] = {}

Doc = dict[str, Any]


class ColumnSpec(NamedTuple):
    """One key of an answer: the path to its value, its column type, and whether people see it in a table."""

    key: str
    path: str
    type: str = "text"
    shown: bool = False


# Columns that several kinds share.
YEAR = ColumnSpec("year", "edition.year", "year", shown=True)
CITY = (ColumnSpec("city", "city.name", "name", shown=True), ColumnSpec("city_id", "city", "id"))
COUNTRY = (
    ColumnSpec("country", "city.country", "country", shown=True),
    ColumnSpec("country_code", "city.country", "id"),
)
STANDING = (
    ColumnSpec("category", "category", "category", shown=True),
    ColumnSpec("status", "status", "status", shown=True),
)
LANG = ColumnSpec("lang", "", "lang")


class Filter(NamedTuple):
    """A filter of a list command: the field it compares, and the kind that a name given for it belongs to."""

    field: str
    names: str = ""


class ListCommand(NamedTuple):
    """The command that lists the facts of a kind: its name, its place in the help, the filters it takes, its help."""

    name: str
    place: int
    options: tuple[str, ...]
    summary: str
    examples: tuple[str, ...]


class SearchSpec(NamedTuple):
    """What a full-text search shows and finds of a kind, besides the texts of a fact.

    `title` are the fields that make up the title. Some fields are found in every language; others in English only, and
    `instead_of_texts`.
    """

    title: tuple[str, ...] = ("name",)
    in_every_language: tuple[str, ...] = ()
    instead_of_texts: tuple[str, ...] = ()


class PageSpec(NamedTuple):
    """How a kind appears on pages: as a statement in a section, and with sections on a page of its own.

    `sentence` lists the keys of a statement, `short_sentence` those on a brief, where they differ. `sections` are
    kinds; their facts refer to this one in the field `link`, or in the field that `linked_by` gives for a kind. The
    page makes `implied` keys clear, so that its sections leave them out.
    """

    sentence: tuple[str, ...] = ()
    short_sentence: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    link: str = ""
    linked_by: dict[str, str] = {}
    implied: tuple[str, ...] = ()


class Fact:
    """What all kinds share. Subclasses declare fields and columns, and how they are listed, searched and shown.

    `order` sorts the facts of a kind; `names` are the fields that a fact is found by; `expected` fields have a value,
    or are listed as a gap.
    """

    kind: ClassVar[str]
    command: ClassVar[ListCommand | None] = None
    search: ClassVar[SearchSpec] = SearchSpec()
    page: ClassVar[PageSpec] = PageSpec()
    columns: ClassVar[tuple[ColumnSpec, ...]] = ()
    filters: ClassVar[dict[str, Filter]] = {}
    names: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ()
    expected: ClassVar[tuple[str, ...]] = ()
    key: ClassVar[Value] = Id()
    mapping: ClassVar[Mapping]
    texts: ClassVar[dict[str, Value]]
    cited = True  # it has citations of its own
    must_cite = True

    def __init_subclass__(cls, kind: str) -> None:
        """Register the kind under its YAML key."""
        fields = {name: value for name, value in vars(cls).items() if isinstance(value, Value) and name != "key"}
        if cls.cited:
            fields["citations"] = Citations(optional=not cls.must_cite)
        cls.mapping = Mapping(fields)
        cls.mapping.name = cls.__name__.lower()
        cls.texts = {name: field for name, field in fields.items() if name != "citations" and _is_translatable(field)}
        cls.kind = kind
        KINDS[kind] = cls

    @staticmethod
    def derive(doc: Doc) -> None:
        """Add the fields that follow from the others."""

    @classmethod
    def target_of(cls, field: str) -> str:
        """Return the kind that a field refers to, or an empty string."""
        value = cls.mapping.fields.get(field)
        if isinstance(value, ListOf):
            value = value.item
        return value.kind if isinstance(value, Ref) else ""


def _is_translatable(field: Value) -> bool:
    return isinstance(field, Text) or (isinstance(field, ListOf) and isinstance(field.item, Term | Mapping))
