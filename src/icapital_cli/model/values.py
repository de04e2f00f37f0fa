"""Scalar field types: each parses and validates one YAML node."""

import re
from datetime import date
from typing import Any, Protocol

LONGEST_TEXT = 20_000
# Line breaks, control characters (C0, C1), and bidirectional formatting characters.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class Node(Protocol):
    """A YAML node as PyYAML composes it; `id` is `scalar`, `sequence` or `mapping`."""

    value: Any
    start_mark: Any

    @property
    def id(self) -> str:
        """The shape of the node."""


class Report(Protocol):
    """Records a validation problem: location, message, rule. `field` is the field being parsed."""

    field: str

    def __call__(self, node: Node, message: str, rule: str, /) -> None:
        """Record one problem."""


class Value:
    """A scalar field. `parse` returns the value, or None after it has reported a problem."""

    rule = "schema"
    wording = "text"
    pattern: re.Pattern[str] | None = None

    def __init__(self, *, optional: bool = False, help: str = "") -> None:  # noqa: A002 - the field's own word
        """Declare a field of this type; `help` documents it."""
        self.optional = optional
        self.help = help
        self._is_text = type(self).convert is Value.convert

    def parse(self, node: Node, report: Report) -> Any:
        """Parse a node, or report what is wrong with it."""
        if node.id != "scalar":
            return report(node, f"must be {self.wording}, not a {shape_of(node)}", self.rule)
        text = node.value.strip()
        if not text.isprintable() and (bad := UNPRINTABLE.search(text)):
            return report(node, f"must not hold the control character U+{ord(bad[0]):04X}", self.rule)
        if self.pattern is None:
            if not text or len(text) > LONGEST_TEXT:
                return report(node, f"must be {self.wording}, not {'that long' if text else 'empty'}", self.rule)
        elif not self.pattern.fullmatch(text):
            return report(node, f"must be {self.wording}, not {text[:60]!r}", self.rule)
        return text if self._is_text else self.convert(text, node, report)

    def convert(self, text: str, _node: Node, _report: Report) -> Any:
        """Convert a text that matches the pattern."""
        return text


class Line(Value):
    """Text that is the same in every language: a name, a title, a locator."""

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

    def convert(self, text: str, node: Node, report: Report) -> Any:
        """Accept the word, or list the words there are."""
        if text in self.words:
            return text
        return report(node, f"must be one of {', '.join(self.words)}, not {text[:60]!r}", self.rule)


class Integer(Value):
    """A whole number, written in digits only."""

    wording = "a whole number"
    pattern = re.compile(r"\d{1,15}", re.ASCII)

    def convert(self, text: str, _node: Node, _report: Report) -> int:
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

    def convert(self, text: str, _node: Node, _report: Report) -> int | float:
        """Give the number, whole where it was written so."""
        return float(text) if "." in text else int(text)


class Date(Value):
    """A date of ISO 8601, to the day, the month or the year."""

    rule = "dates"
    wording = "a date such as 2019, 2019-09 or 2019-09-25"
    pattern = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)

    def convert(self, text: str, node: Node, report: Report) -> Any:
        """Accept only dates that the calendar has."""
        try:
            date.fromisoformat((text + "-01-01")[:10])
        except ValueError:
            return report(node, f"must be {self.wording}, not {text!r}", self.rule)
        return text


class CountryCode(Value):
    """A country code of ISO 3166-1 alpha-2. The compiler checks it against CLDR."""

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

    def convert(self, text: str, node: Node, report: Report) -> Any:
        """Accept the address, or name the tracking parameter to cut."""
        found = self.tracking.search(text)
        if found:
            return report(node, f"carries the tracking parameter {found[0][1:-1]!r}: cut it", self.rule)
        return text


class Language(Value):
    """A language tag of BCP 47."""

    rule = "languages"
    wording = "a language tag such as sv or pt-BR (BCP 47)"
    pattern = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def shape_of(node: Node) -> str:
    """Name the type of a node in the terms of YAML."""
    return {"scalar": "text", "sequence": "list", "mapping": "mapping"}[node.id]
