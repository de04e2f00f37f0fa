"""The types of value that a fact is made of: each reads one YAML node and describes itself in JSON Schema."""

import re
from datetime import date
from typing import Any, Protocol

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Schema = dict[str, Any]

LONGEST_TEXT = 20_000
# Line breaks, controls of a terminal (C0, C1), and marks that change the direction of a text.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class Say(Protocol):
    """Takes down what is wrong: where, what, and by which rule. `field` is the field being read."""

    field: str

    def __call__(self, node: Node, message: str, rule: str, /) -> None:
        """Take down one problem."""


class Value:
    """One scalar. `read` gives the value, or None after it has said what is wrong."""

    rule = "schema"
    wording = "text"
    pattern: re.Pattern[str] | None = None
    json_type = "string"

    def __init__(self, *, optional: bool = False, help: str = "") -> None:  # noqa: A002 - the field's own word
        """Declare a field of this type."""
        self.optional = optional
        self.help = help
        self._stays_text = type(self).convert is Value.convert

    def read(self, node: Node, say: Say) -> Any:
        """Turn a node into a value, or say what is wrong with it."""
        if type(node) is not ScalarNode:
            return say(node, f"must be {self.wording}, not a {shape_of(node)}", self.rule)
        text = node.value.strip()
        if not text.isprintable() and (bad := UNPRINTABLE.search(text)):
            return say(node, f"must not hold the control character U+{ord(bad[0]):04X}", self.rule)
        if self.pattern is None:
            if not text or len(text) > LONGEST_TEXT:
                return say(node, f"must be {self.wording}, not {'that long' if text else 'empty'}", self.rule)
        elif not self.pattern.fullmatch(text):
            return say(node, f"must be {self.wording}, not {text[:60]!r}", self.rule)
        return text if self._stays_text else self.convert(text, node, say)

    def convert(self, text: str, _node: Node, _say: Say) -> Any:
        """Give the typed value of a text that has the right form."""
        return text

    def schema(self) -> Schema:
        """Describe the value in JSON Schema 2020-12."""
        return {"type": self.json_type}


class Line(Value):
    """A text that reads the same in every language: a name, a title, a locator."""

    wording = "a line of text"


class FileName(Value):
    """The name of a file, without a folder."""

    wording = "the plain name of a file"
    pattern = re.compile(r"\w[\w.-]{0,199}", re.ASCII)


class Term(Line):
    """A word or phrase that recurs, and is translated by the `terms` of a language."""


class Id(Value):
    """An id: lower-case letters, digits and hyphens."""

    rule = "ids"
    wording = "an id of a-z, 0-9 and hyphens"
    pattern = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Year(Value):
    """The id of an edition: its year, in four digits."""

    rule = "ids"
    wording = "a year of four digits"
    pattern = re.compile(r"[1-9]\d{3}", re.ASCII)


class Ref(Id):
    """The id of another fact, of one kind."""

    rule = "references"

    def __init__(self, kind: str, **options: Any) -> None:
        """Name the kind that the id must belong to."""
        super().__init__(**options)
        self.kind = kind
        if kind == "editions":
            self.pattern, self.wording = Year.pattern, Year.wording


class Target(Id):
    """A fact, or one field of it: `2019-espoo` or `2019-espoo.status`."""

    rule = "references"
    wording = "the id of a fact, or id.field"
    pattern = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z_*]+)?")


class Word(Value):
    """One of a few words."""

    def __init__(self, *words: str, **options: Any) -> None:
        """List the words that are allowed."""
        super().__init__(**options)
        self.words = words

    def convert(self, text: str, node: Node, say: Say) -> Any:
        """Accept the word, or list the words there are."""
        if text in self.words:
            return text
        return say(node, f"must be one of {', '.join(self.words)}, not {text[:60]!r}", self.rule)

    def schema(self) -> Schema:
        """Describe the closed list."""
        return {"enum": list(self.words)}


class Integer(Value):
    """A whole number, written in digits only."""

    wording = "a whole number"
    pattern = re.compile(r"\d{1,15}", re.ASCII)
    json_type = "integer"

    def convert(self, text: str, _node: Node, _say: Say) -> int:
        """Give the number."""
        return int(text)


class Euros(Integer):
    """Money in whole euros."""

    rule = "money"
    wording = "a whole number of euros"


class Number(Value):
    """A number, whole or with a decimal point."""

    wording = "a number"
    pattern = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?", re.ASCII)
    json_type = "number"

    def convert(self, text: str, _node: Node, _say: Say) -> int | float:
        """Give the number, whole where it was written so."""
        return float(text) if "." in text else int(text)


class Date(Value):
    """A date of ISO 8601, to the day, the month or the year."""

    rule = "dates"
    wording = "a date such as 2019, 2019-09 or 2019-09-25"
    pattern = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)

    def convert(self, text: str, node: Node, say: Say) -> Any:
        """Accept only dates that the calendar has."""
        try:
            date.fromisoformat((text + "-01-01")[:10])
        except ValueError:
            return say(node, f"must be {self.wording}, not {text!r}", self.rule)
        return text

    def schema(self) -> Schema:
        """Describe the three lengths."""
        return {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}


class Country(Value):
    """A country code of ISO 3166-1 alpha-2. Which codes are assigned is for compile, which asks CLDR."""

    rule = "country"
    wording = "a country code of two capital letters (ISO 3166-1)"
    pattern = re.compile(r"[A-Z]{2}")


class Currency(Value):
    """A currency code of ISO 4217."""

    rule = "money"
    wording = "a currency code of three capital letters (ISO 4217)"
    pattern = re.compile(r"[A-Z]{3}")


class Phone(Value):
    """A telephone number of E.164."""

    rule = "phone"
    wording = "a telephone number such as +358468773953 (E.164)"
    pattern = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)


class Email(Value):
    """An e-mail address."""

    rule = "email"
    wording = "an e-mail address"
    pattern = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


class Url(Value):
    """An http or https address, without the parameters that only track readers."""

    rule = "url"
    wording = "an http or https address"
    pattern = re.compile(r"https?://[^\s<>\"\x00-\x20]+")
    tracking = re.compile(r"[?&](?:utm_\w+|mtm_\w+|fbclid|gclid|mc_cid|mc_eid|sfdcid)=", re.IGNORECASE)

    def convert(self, text: str, node: Node, say: Say) -> Any:
        """Accept the address, or name the tracking parameter to cut."""
        found = self.tracking.search(text)
        if found:
            return say(node, f"carries the tracking parameter {found[0][1:-1]!r}: cut it", self.rule)
        return text


class Language(Value):
    """A language tag of BCP 47."""

    rule = "languages"
    wording = "a language tag such as sv or pt-BR (BCP 47)"
    pattern = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class Text(Value):
    """Free text: our own English words, or by language the words that sources printed."""

    wording = "text, or a mapping from language tags to published texts"

    def __init__(self, *, proper: bool = False, **options: Any) -> None:
        """Declare a text; a `proper` name stays as it is where a language has no form of its own."""
        super().__init__(**options)
        self.proper = proper

    def read(self, node: Node, say: Say) -> Any:
        """Give a string for our own words, or a dict of language tags to published words."""
        if type(node) is not MappingNode:
            return super().read(node, say)
        tag, words, published = Language(), Line(), {}
        for key, value in node.value:
            language, text = tag.read(key, say), words.read(value, say)
            if language in published:
                say(key, f"{language!r} stands twice in this text", "duplicate-key")
            if language and text:
                published[language] = text
        return published if node.value else say(node, f"must be {self.wording}, not empty", self.rule)


class ListOf(Value):
    """A list of values of one type."""

    json_type = "array"

    def __init__(self, item: Value, **options: Any) -> None:
        """Name the type of the items."""
        super().__init__(**{"optional": True, **options})
        self.item = item

    def read(self, node: Node, say: Say) -> Any:
        """Read each item, and leave out those that are wrong."""
        if type(node) is not SequenceNode:
            return say(node, f"must be a list, not a {shape_of(node)}", self.rule)
        values, field = [], say.field
        for item in node.value:
            say.field = field
            values.append(self.item.read(item, say))
        return [value for value in values if value is not None]

    def schema(self) -> Schema:
        """Describe the list."""
        return {"type": "array", "items": self.item.schema()}


class Mapping(Value):
    """A mapping with fields of its own."""

    json_type = "object"
    name = "mapping"

    def __init__(self, fields: dict[str, Value] | None = None, **options: Any) -> None:
        """Name the fields."""
        super().__init__(**options)
        self.fields = fields or {}
        self._required = [name for name, field in self.fields.items() if not field.optional]

    def read(self, node: Node, say: Say) -> Any:
        """Read each field; say which are unknown, twice there, or missing."""
        if type(node) is not MappingNode:
            return say(node, f"must be a mapping, not a {shape_of(node)}", self.rule)
        fields, read = self.fields, {}
        for key, value in node.value:
            name = str(key.value) if type(key) is ScalarNode else ""
            field = fields.get(name)
            if field is not None and name not in read:
                say.field = name
                read[name] = field.read(value, say)
            else:
                self._refuse_key(key, say)
        for name in self._required:
            if name not in read:
                rule = fields[name].rule if name == "citations" else self.rule
                say(node, f"{name!r} is missing in this {self.name}", rule)
        return read

    def _refuse_key(self, key: Node, say: Say) -> None:
        if type(key) is not ScalarNode:
            say(key, "a key must be a word", self.rule)
        elif key.value in self.fields:
            say(key, f"{key.value!r} stands twice in this {self.name}", "duplicate-key")
        else:
            known = ", ".join(self.fields)
            say(key, f"unknown key {key.value[:60]!r} in {self.name}; it may have: {known}", "unknown-key")


def shape_of(node: Node) -> str:
    """Name what stands there in the words of YAML."""
    return {ScalarNode: "text", SequenceNode: "list", MappingNode: "mapping"}[type(node)]
