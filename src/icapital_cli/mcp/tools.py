"""The tools: what each is called, takes and returns, and the function that answers."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from icapital_cli.api.answers import (
    Told,
    answer_schema,
    filters_of,
    list_answer,
    list_kinds,
    search_answer,
    thing_answer,
    verify_answer,
    version_of,
)
from icapital_cli.api.facts import Facts
from icapital_cli.errors import UsageError, no_such, printable

MOST = 30  # rows of an answer, unless more are asked for
LONGEST = 200_000  # characters of an argument: some sixty pages, which verify reads in a few seconds
Arguments = dict[str, Any]
Schema = dict[str, Any]
SOURCE_KIND = "source_kind"  # the filter `kind` of the list of sources: `kind` names the list itself
HELP = {
    "year": "2019, 2017..2020, or a label such as 2024-25",
    "city": "any name or id of a city",
    "country": "any name or code of a country",
    "category": "{}",
    "status": "{}",
    "award": "any name or id of an award",
    "speaker": "any name or id of a person",
    "publisher": "a publisher, or a part of its name",
    SOURCE_KIND: "{}; of sources",
    "weight": "{}; of disputes",
}
# Filters that take one of a few words, for `{}` in their help: of a kind of fact, or of a field of a list.
FACTS_OF = {"category": "categories", "status": "statuses"}
FIELD_OF = {SOURCE_KIND: ("sources", "kind"), "weight": ("disputes", "weight")}


class Parameter(NamedTuple):
    """A parameter of a tool: the JSON types that it takes, what it means, whether it must be given, what it may be."""

    types: tuple[str, ...]
    description: str
    required: bool = False
    choices: tuple[str, ...] = ()

    @property
    def schema(self) -> Schema:
        """The JSON Schema of the parameter."""
        schema: Schema = {"type": self.types[0] if len(self.types) == 1 else list(self.types)}
        schema |= {"items": {"type": "string"}} if "array" in self.types else {}
        return schema | ({"enum": list(self.choices)} if self.choices else {}) | {"description": self.description}

    def check(self, name: str, value: Any) -> None:
        """Raise UsageError for a value of another type, an empty one, or one that is too long."""
        right = isinstance(value, tuple(PYTHON[one] for one in self.types)) and not isinstance(value, bool)
        if self.types == ("integer",):
            if not right or value < 0:
                raise UsageError(f"{name} takes a whole number, not {printable(str(value))!r}")
        elif not right:
            raise UsageError(f"{name} takes {'a year' if name == 'year' else 'text'}, not {printable(repr(value))}")
        if value == "":
            raise UsageError(f"invalid value for {name!r}: it is empty")
        size = sum(len(one) for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
        if size > LONGEST:
            raise UsageError(f"{name} takes at most {LONGEST} characters, not {size}: send the text in parts")


TEXT = ("string",)
CITATION: Schema = {
    "type": "object",
    "properties": {"citation": {"type": "string"}, "version": {"type": "string"}},
    "required": ["citation", "version"],
}
PYTHON = {"string": str, "integer": int, "array": list}


class Tool(NamedTuple):
    """A tool: its name, title and description, its parameters, the schema of its answer, and what answers."""

    name: str
    title: str
    description: str
    parameters: dict[str, Parameter]
    answer: Callable[[Facts, Arguments], Told]
    output: Callable[[Facts], Schema]

    @property
    def input(self) -> Schema:
        """The JSON Schema of the arguments."""
        return {
            "type": "object",
            "properties": {name: parameter.schema for name, parameter in self.parameters.items()},
            "required": [name for name, parameter in self.parameters.items() if parameter.required],
            "additionalProperties": False,
        }

    def checked(self, arguments: Arguments) -> Arguments:
        """Return the arguments that are given. Raises UsageError for one that is not known, or of a wrong type."""
        given = {name: value for name, value in arguments.items() if value is not None}
        for name, value in given.items():
            if name not in self.parameters:
                raise no_such("argument", name, self.parameters)
            self.parameters[name].check(name, value)
        for name, parameter in self.parameters.items():
            if parameter.required and name not in given:
                raise UsageError(f"missing argument {name!r}")
        return given


def tools_of(facts: Facts) -> dict[str, Tool]:
    """Make the tools, from what the facts are."""
    tags = tuple(language["tag"] for language in facts.languages())
    lang = {"lang": Parameter(TEXT, "language of the answer", choices=tags)}
    limit = {"limit": Parameter(("integer",), f"at most so many rows; {MOST} unless given")}
    tools = [
        _facts_tool(facts, limit | lang),
        _show_tool(lang),
        _search_tool(limit | lang),
        _cite_tool(facts, limit | lang),
        _verify_tool(limit | lang),
    ]
    return {tool.name: tool for tool in tools}


def _filters(facts: Facts, kinds: Iterable[str]) -> dict[str, Parameter]:
    """Describe the filters of some lists."""
    known = {SOURCE_KIND if key == "kind" else key for name in kinds for key in filters_of(facts, name)}
    return {
        key: Parameter(("string", "array", *(["integer"] if key == "year" else [])), text.format(_words(facts, key)))
        for key, text in HELP.items()
        if key in known
    }


def _words(facts: Facts, key: str) -> str:
    """Name the words that a filter takes, or nothing where it takes any name."""
    words: list[str] = []
    if key in FACTS_OF:
        with facts.store() as store:
            words = store.ids(FACTS_OF[key])
    elif key in FIELD_OF:
        answer, field = FIELD_OF[key]
        words = facts.schema(answer)["items"]["properties"][field]["enum"]
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _facts_tool(facts: Facts, common: dict[str, Parameter]) -> Tool:
    kinds = list_kinds(facts)
    return Tool(
        "facts",
        "Facts of a kind",
        "Facts about the European Capital of Innovation Award (iCapital), each with its sources. Kinds: cities "
        "(which city reached what, in which edition), prizes, initiatives, quotes, contacts, people (officials "
        "and mayors), editions, disputes (where sources disagree), sources, gaps (what nobody was found to "
        "state). A value that is null is not recorded; where `unknown` names its key, it was looked for and "
        "not found. Where an open dispute touches a row, say so.",
        {
            "kind": Parameter(TEXT, "what to list", required=True, choices=tuple(kinds)),
            "query": Parameter(TEXT, "any name or id, in any language: of a city, country, person, publisher"),
            **_filters(facts, kinds),
            **common,
        },
        _facts,
        lambda facts: answer_schema(facts, kinds),
    )


def _show_tool(common: dict[str, Parameter]) -> Tool:
    return Tool(
        "show",
        "Everything about one thing",
        "Everything about one city, country, person, edition, initiative, source or other fact, with all its "
        "sources, its disputes and gaps. A name that fits several things is answered with their ids.",
        {"name": Parameter(TEXT, "any name or id: espoo, Jukka Mäkelä, 2019-espoo", required=True), **common},
        lambda facts, given: thing_answer(facts, given["name"]),
        lambda facts: answer_schema(facts, ["show"]),
    )


def _search_tool(common: dict[str, Parameter]) -> Tool:
    return Tool(
        "search",
        "Search all texts",
        "Full text over everything, in every language; best matches first. Words in quotation marks are a phrase.",
        {"words": Parameter(TEXT, "the words to find", required=True), **common},
        lambda facts, given: search_answer(facts, given["words"], given.get("limit", MOST)),
        lambda facts: answer_schema(facts, ["search"]),
    )


def _cite_tool(facts: Facts, common: dict[str, Parameter]) -> Tool:
    return Tool(
        "cite",
        "Cite a fact",
        "A citation of one fact, result, quote or source, ready to paste; official pages come first. "
        "The name icapital cites the facts themselves.",
        {
            "name": Parameter(TEXT, "any name or id of a fact", required=True),
            "style": Parameter(TEXT, "citation style; text unless given", choices=tuple(facts.citation_styles())),
            **common,
        },
        _cite,
        lambda _facts: CITATION,
    )


def _verify_tool(common: dict[str, Parameter]) -> Tool:
    return Tool(
        "verify",
        "Check a text against the facts",
        "Finds each claim about the award in a text (English, Swedish, Finnish) and says what the facts say of "
        "it: agrees, differs (with what the facts say), disputed, rounded, unknown (the facts hold nothing on "
        "it; that is not false), not-read.",
        {"text": Parameter(TEXT, f"the text to check, of at most {LONGEST} characters", required=True), **common},
        lambda facts, given: verify_answer(facts, given["text"], given.get("limit", MOST)),
        lambda facts: answer_schema(facts, ["verify"]),
    )


def tool_named(facts: Facts, name: str) -> Tool:
    """Return a tool. Raises UsageError for a name that none has."""
    tools = tools_of(facts)
    if name not in tools:
        raise no_such("tool", name, tools)
    return tools[name]


def _facts(facts: Facts, given: Arguments) -> Told:
    filters = {name: value for name, value in given.items() if name not in {"kind", "query", "limit", "lang"}}
    filters = {"kind" if name == SOURCE_KIND else name: value for name, value in filters.items()}
    return list_answer(facts, given["kind"], given.get("query"), given.get("limit", MOST), **filters)


def _cite(facts: Facts, given: Arguments) -> Told:
    citation = facts.cite(given["name"], style=given.get("style", "text"), limit=given.get("limit"))
    with facts.store() as store:
        return Told({"citation": citation, "version": version_of(store)}, citation)
