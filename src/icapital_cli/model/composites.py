"""Composite field types: text by language, lists, mappings, citations, claims and figures."""

from typing import Any

from icapital_cli.model.values import Date, Language, Line, Node, Number, Ref, Report, Term, Value, Word, shape_of


class Text(Value):
    """Free text: our own English words, or by language the words that sources printed."""

    wording = "text, or a mapping from language tags to published texts"

    def __init__(self, *, proper: bool = False, **options: Any) -> None:
        """Declare a text; a `proper` name stays as it is where a language has no form of its own."""
        super().__init__(**options)
        self.proper = proper

    def parse(self, node: Node, report: Report) -> Any:
        """Return a string for our own words, or a dict of language tags to published words."""
        if node.id != "mapping":
            return super().parse(node, report)
        tag, words, published = Language(), Line(), {}
        for key, value in node.value:
            language, text = tag.parse(key, report), words.parse(value, report)
            if language in published:
                report(key, f"{language!r} appears twice in this text", "duplicate-key")
            if language and text:
                published[language] = text
        return published if node.value else report(node, f"must be {self.wording}, not empty", self.rule)


class ListOf(Value):
    """A list of values of one type."""

    def __init__(self, item: Value, **options: Any) -> None:
        """Declare a list of `item`."""
        super().__init__(**{"optional": True, **options})
        self.item = item

    def parse(self, node: Node, report: Report) -> Any:
        """Parse each item, and leave out those that are invalid."""
        if node.id != "sequence":
            return report(node, f"must be a list, not a {shape_of(node)}", self.rule)
        values, field = [], report.field
        for item in node.value:
            report.field = field
            values.append(self.item.parse(item, report))
        return [value for value in values if value is not None]


class Mapping(Value):
    """A mapping with fields of its own."""

    name = "mapping"

    def __init__(self, fields: dict[str, Value] | None = None, **options: Any) -> None:
        """Declare the fields."""
        super().__init__(**options)
        self.fields = fields or {}
        self._required = [name for name, field in self.fields.items() if not field.optional]

    def parse(self, node: Node, report: Report) -> Any:
        """Parse each field; report the unknown, the repeated and the missing ones."""
        if node.id != "mapping":
            return report(node, f"must be a mapping, not a {shape_of(node)}", self.rule)
        fields, read = self.fields, {}
        for key, value in node.value:
            name = str(key.value) if key.id == "scalar" else ""
            field = fields.get(name)
            if field is not None and name not in read:
                report.field = name
                read[name] = field.parse(value, report)
            else:
                self._report_key(key, report)
        for name in self._required:
            if name not in read:
                rule = fields[name].rule if name == "citations" else self.rule
                report(node, f"{name!r} is missing in this {self.name}", rule)
        return read

    def _report_key(self, key: Node, report: Report) -> None:
        if key.id != "scalar":
            report(key, "a key must be a word", self.rule)
        elif key.value in self.fields:
            report(key, f"{key.value!r} appears twice in this {self.name}", "duplicate-key")
        else:
            known = ", ".join(self.fields)
            report(key, f"unknown key {key.value[:60]!r} in {self.name}; it may have: {known}", "unknown-key")


class States(Value):
    """What a page states, by field of the fact: a text, or a list of texts, as the page has them."""

    rule = "states"
    wording = "a mapping from fields to what the page states"

    def parse(self, node: Node, report: Report) -> Any:
        """Parse texts and lists of texts; what they mean depends on the field."""
        if node.id != "mapping" or not node.value:
            return report(
                node,
                f"must be {self.wording}, not {'empty' if node.id == 'mapping' else 'a ' + shape_of(node)}",
                self.rule,
            )
        name, text, texts, stated = Line(), Line(), ListOf(Line()), dict[str, Any]()
        for key, value in node.value:
            field = name.parse(key, report)
            if field in stated:
                report(key, f"{field!r} appears twice in this statement", "duplicate-key")
            report.field = f"states.{field}"
            parsed = (texts if value.id == "sequence" else text).parse(value, report)
            if field and parsed:
                stated[field] = parsed
        return stated


class Citation(Mapping):
    """A source, a locator in it, and what it states.

    Where the page has been read, `states` has the values that it states, and `read_on` the day. `supports` names the
    fields that the page is said to state, where it could not be read again. `excerpt` are words of a page whose text is
    in our hands.
    """

    name = "citation"

    def __init__(self, **options: Any) -> None:
        """Declare the fields of a citation."""
        fields: dict[str, Value] = {
            "source": Ref("sources"),
            "locator": Line(),
            "excerpt": Line(optional=True),
            "read_on": Date(optional=True),
            "states": States(optional=True),
            "supports": ListOf(Line()),
        }
        super().__init__(fields, **options)


def supports(citation: dict[str, Any], field: str) -> bool:
    """Whether a citation is for a field: among what it states or supports, or it names no fields."""
    named = [*citation.get("supports", ()), *citation.get("states", ())]
    return not named or field in named


class Citations(ListOf):
    """At least one citation."""

    rule = "citations"

    def __init__(self, **options: Any) -> None:
        """Declare a list that may not be empty."""
        super().__init__(Citation(), **{"optional": False, **options})

    def parse(self, node: Node, report: Report) -> Any:
        """Parse the citations; a fact needs at least one."""
        citations = super().parse(node, report)
        if citations == [] and not node.value:
            report(node, "must name at least one source", self.rule)
        return citations or None


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
