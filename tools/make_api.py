"""Write the typed rows and the list methods of the Python API from the model: `make_api.py [--check]`.

A type checker reads source, so what the model says of each kind stands in two modules: `api/rows.py`, a TypedDict for
each kind that a command lists, and `api/lists.py`, a method for each command. A test holds them equal to the model.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import wrap
from typing import Any

from icapital_cli.model import KINDS, Fact
from icapital_cli.model.composites import ListOf
from icapital_cli.model.values import Word
from icapital_cli.views import rows as _types  # noqa: F401 - registers the column types
from icapital_cli.views.column_types import COLUMN_TYPES
from icapital_cli.views.draft import VERDICTS

API = Path(__file__).resolve().parent.parent / "src" / "icapital_cli" / "api"
WIDEST = 120
MOST = 4  # filters of a method that a linter takes for granted, as it does five parameters
MADE = "Made from the model by tools/make_api.py."
LISTS = {"claims": "list[Claim]", "figures": "list[Figure]", "timeline": "list[Step]"}
SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
ALWAYS = {("editions", "year"), ("editions", "label"), ("prizes", "year")}  # fields that a fact has once it is compiled
PARAMETERS = {
    "year": '`2019`, `"2017..2020"`, or a label such as `"2024-25"`',
    "city": "a city by any of its names, or its id",
    "country": "a country by any of its names, or its code",
    "speaker": "a person by name or id",
    "publisher": "a publisher, or a part of its name",
}


def _literal(words: Iterable[str]) -> str:
    quoted = ", ".join(f'"{word}"' for word in words)
    return f"Literal[{quoted}]"


VERDICT = _literal(VERDICTS)
ROWS_HEAD = f'''"""The rows of each list, as the JSON of the command line has them. {MADE}"""

from typing import Any, Literal, NotRequired, TypedDict

Thing = dict[str, Any]  # what `show` returns: the keys of its kind, and kind, title, related
Sums = dict[str, Any]  # a row of `stats`: group, group_id, count, a key for each status, prize_eur, disputed, unknown
Comparison = dict[str, Any]  # a row of `compare`: measure, group, and a value under the id of each thing


class Citation(TypedDict):
    """A source that states a fact, and the place on it."""

    id: str
    publisher: str
    title: str
    url: str | None
    date: str | None
    locator: str
    excerpt: str | None
    read_on: str | None


class Claim(TypedDict):
    """What one side of a dispute says."""

    says: str
    sources: list[Citation]


class Figure(TypedDict):
    """A number, its unit, and what it counts."""

    value: float
    unit: str
    of: str
    qualifier: NotRequired[str]


class Step(TypedDict):
    """A dated step of an edition."""

    id: str
    date: str
    summary: str
    sources: list[Citation]
    disputes: list[str]


class Match(TypedDict):
    """A passage that a search finds."""

    kind: str
    id: str
    title: str
    snippet: str
    lang: str
    sources: list[Citation]
    disputes: list[str]


class Language(TypedDict):
    """A language, and how complete it is."""

    tag: str
    name: str
    labels: str
    texts: str
    complete: str


class Checked(TypedDict):
    """A claim of a draft, and what the facts say of it."""

    id: int
    file: str
    line: int
    column: int
    verdict: {VERDICT}
    text: str
    subject: str | None
    property: str | None
    read: Any
    expected: Any
    fact: str | None
    explanation: str | None
    sources: list[Citation]
    disputes: list[str]
'''

LISTS_HEAD = f'''"""The lists of the Python API, one method for each. {MADE}"""

from collections.abc import Iterable
from typing import Any

from icapital_cli.api.rows import {{names}}

Names = str | Iterable[str] | None  # one name, or several: any of them
Years = int | str | Iterable[int | str] | None


class Lists:
    """A method for each list. A filter takes one value or several, of which any may fit; `query` any name or id."""

    def _rows(self, kind: str, query: str | None, /, **filters: Names | Years) -> list[Any]:
        """Select and read the rows of a kind."""
        raise NotImplementedError
'''


def listed() -> list[tuple[str, type[Fact], tuple[str, ...]]]:
    """Return (method, kind, filters) of each list, in the order of the help; gaps come last."""
    commands = sorted((cls.command.place, cls.command, cls) for cls in KINDS.values() if cls.command)
    return [(command.name, cls, command.options) for _, command, cls in commands] + [("gaps", KINDS["gaps"], ())]


def rows_source() -> str:
    """Return the source of `api/rows.py`."""
    return ROWS_HEAD + "".join("\n\n" + "\n".join(_row(cls)) + "\n" for _, cls, _ in listed())


def _row(cls: type[Fact]) -> Iterator[str]:
    yield f"class {cls.__name__}(TypedDict):"
    yield from _docstring((cls.__doc__ or "").splitlines()[0])
    yield ""
    yield "    id: str"
    for key, path, type_of, _ in cls.columns:
        yield f"    {key}: {annotation(cls, path, type_of)}"
    if cls.kind != "sources":
        yield "    sources: list[Citation]"
    yield "    disputes: list[str]"


def annotation(cls: type[Fact], path: str, type_of: str) -> str:
    """Return the type of a column in Python; it may be None where a field on its path is optional."""
    column_type = COLUMN_TYPES[type_of]
    if column_type.is_array:
        return LISTS.get(type_of, "list[str]")
    field, is_optional = _end_of(cls, path)
    if isinstance(field, Word):
        name = _literal(field.words)
    else:
        types = column_type.json_schema["type"]
        name = SCALARS[types if isinstance(types, str) else types[0]]
    return f"{name} | None" if is_optional else name


def _end_of(cls: type[Fact], path: str) -> tuple[Any, bool]:
    """Return the field at the end of a path, and whether it may be missing."""
    field, optional, kind = None, path == "", cls.kind
    for step in path.split(".") if path else ():
        field = KINDS[kind].mapping.fields.get(step)
        optional |= (kind, step) not in ALWAYS and step != "id" and (field is None or field.optional)
        kind = "" if isinstance(field, ListOf) else KINDS[kind].target_of(step) or kind
    return field, optional


def lists_source() -> str:
    """Return the source of `api/lists.py`."""
    names = ", ".join(sorted({cls.__name__ for _, cls, _ in listed()}))
    return LISTS_HEAD.format(names=names) + "".join("\n" + "\n".join(_method(*one)) + "\n" for one in listed())


def _method(name: str, cls: type[Fact], filters: tuple[str, ...]) -> Iterator[str]:
    typed = [f"{key}: {'Years' if key == 'year' else 'Names'} = None" for key in filters]
    reason = "  # noqa: PLR0913 - one for each filter" if len(typed) > MOST else ""
    parameters = ["self", "query: str | None = None", *(["*", *typed] if typed else [])]
    yield from _wrapped_call(f"    def {name}({reason}", parameters, f") -> list[{cls.__name__}]:")
    summary = cls.command.summary if cls.command else (cls.__doc__ or "").splitlines()[0]
    told = [f"`{key}`: {PARAMETERS.get(key) or _values(cls, key)}" for key in filters]
    yield from _docstring(summary, "; ".join(told) + "." if told else "", indent="        ")
    given = [f'"{cls.kind}"', "query", *(f"{key}={key}" for key in filters)]
    yield from _wrapped_call("        return self._rows(", given, ")")


def _values(cls: type[Fact], key: str) -> str:
    spec = cls.filters[key]
    field = cls.mapping.fields.get(spec.field)
    target = spec.names or cls.target_of(spec.field)
    if isinstance(field, Word):
        return ", ".join(f"`{word}`" for word in field.words)
    return f"the name or id of one of the {target}"


def _wrapped_call(head: str, parameters: list[str], tail: str) -> Iterator[str]:
    """Break a list of parameters over lines as the formatter does."""
    margin = head[: len(head) - len(head.lstrip())]
    joined = ", ".join(parameters)
    if len(head + joined + tail) <= WIDEST:
        yield head + joined + tail
    elif len(f"{margin}    {joined}") <= WIDEST:
        yield from (head, f"{margin}    {joined}", margin + tail)
    else:
        yield from (head, *(f"{margin}    {parameter}," for parameter in parameters), margin + tail)


def _docstring(summary: str, more: str = "", indent: str = "    ") -> Iterator[str]:
    if not more:
        yield f'{indent}"""{summary}"""'
        return
    yield f'{indent}"""{summary}'
    yield ""
    yield from (indent + line for line in wrap(more, WIDEST - len(indent), break_on_hyphens=False))
    yield f'{indent}"""'


def main(words: list[str]) -> int:
    """Write the two modules, or check that they are as the model says."""
    stale = 0
    for name, source in (("rows.py", rows_source()), ("lists.py", lists_source())):
        path = API / name
        if not path.exists() or path.read_text("utf-8") != source:
            stale += 1
            if "--check" not in words:
                path.write_text(source, "utf-8")
            sys.stderr.write(f"{path} {'differs from the model: run make api' if '--check' in words else 'written'}\n")
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
