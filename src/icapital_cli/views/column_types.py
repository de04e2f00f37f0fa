"""Column types: one class each, which says how a value is read, formatted for people, aligned, and described in JSON.

`read` turns the value of a field into that of the JSON promise; `format` localizes it; `schema` is JSON Schema 2020-12.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from icapital_cli.store.facts import FactStore

if TYPE_CHECKING:
    from icapital_cli.views.localizer import Localizer
    from icapital_cli.views.rows import Column, Origin, Row

Schema = dict[str, Any]
COLUMN_TYPES: dict[str, "ColumnType"] = {}
DISPUTED = "†"

STRING: Schema = {"type": "string"}
TEXT: Schema = {"type": ["string", "null"]}
DATE: Schema = {"type": ["string", "null"], "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
NUMBER: Schema = {"type": ["integer", "null"]}
STRINGS: Schema = {"type": "array", "items": {"type": "string"}}
LANGUAGE: Schema = {"type": ["string", "null"], "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}


def record(properties: Schema) -> Schema:
    """Describe an object that has at least these keys; keys are only ever added."""
    return {"type": "object", "properties": properties, "required": list(properties)}


SOURCES: Schema = {
    "type": "array",
    "items": record(
        {"id": STRING, "publisher": STRING, "title": STRING, "url": TEXT, "date": DATE, "locator": STRING}
        | {"excerpt": TEXT, "read_on": DATE}
    ),
}


class ColumnType:
    """The default: a text that is the same in every language."""

    json_schema: Schema = TEXT
    is_array = False
    is_number = False  # aligned right
    is_unbreakable = False  # never broken over two lines
    is_spared = False  # left out where a terminal is too narrow
    is_labelled = False  # has its label before it in a sentence
    is_plain = True  # reads as it is written in the fact

    def __init_subclass__(cls) -> None:
        """Note whether values are to be read."""
        cls.is_plain = cls.read is ColumnType.read

    def read(self, value: Any, at: "Origin") -> Any:
        """Turn the value of a field into that of the JSON promise."""
        return value

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Format a value for people."""
        return str(value)

    def cell(self, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Format a cell with its marks: the language of a text that fell back, and a dagger where it is disputed."""
        text = self.words(row, column, localizer)
        lang = self.language(row.values[column.key], row, column, localizer)
        if text and lang and lang != localizer.store.lang:
            text = f"[{lang}] {text}"
        return f"{text} {DISPUTED}".lstrip() if column.key in row.disputed else text

    def words(self, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Format a cell without its marks."""
        value = row.values[column.key]
        if value is None:
            return localizer.label("mark.unknown") if column.key in row.unknown else ""
        return self.format(value, row, column, localizer)

    def language(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str | None:
        """Return the language of a cell, where it has one."""
        return row.langs.get(column.key)

    def order(self, store: FactStore, choices: list[str]) -> list[str]:
        """Return the values in their own order, where they have another than that of numbers or the alphabet."""
        return []

    def schema(self, store: FactStore, choices: list[str]) -> Schema:
        """Describe the JSON value."""
        return self.json_schema


def column_type(*names: str) -> Callable[[type[ColumnType]], type[ColumnType]]:
    """Register a column type under its names."""

    def register(cls: type[ColumnType]) -> type[ColumnType]:
        COLUMN_TYPES.update(dict.fromkeys(names, cls()))
        return cls

    return register


column_type("id", "line")(ColumnType)


@column_type("text")
class Text(ColumnType):
    """Free text, in the language asked for, else in English, else in the original."""

    is_labelled = True

    def read(self, value: Any, at: "Origin") -> str:
        """Read the text, and record its language."""
        text, at.row.langs[at.column.key] = at.builder.localizer.text(at.owner, at.field, value)
        return text


@column_type("quote")
class Quotation(Text):
    """Published words between quotation marks; our translation of them is marked instead, with the words behind it."""

    is_labelled = False

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Quote, or mark as our translation."""
        opening, closing = localizer.label("quote.open"), localizer.label("quote.close")
        if row.values.get("translated"):
            original = f"[{row.values['original_lang']}] {opening}{row.values['original']}{closing}"
            return f"[{localizer.label('mark.translation')}] {value} {original}"
        lang = row.langs.get(column.key, localizer.store.lang)
        words = f"{opening}{value}{closing}"
        return words if lang == localizer.store.lang else f"[{lang}] {words}"

    def language(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> None:
        """Say nothing: `format` marks the language."""


@column_type("original_lang")
class OriginalLanguage(ColumnType):
    """The language in which a text was published first."""

    json_schema = LANGUAGE

    def read(self, value: Any, at: "Origin") -> str:
        """Return the first language of a published text; ours are English."""
        return next(iter(value)) if isinstance(value, dict) else "en"


@column_type("original")
class Original(ColumnType):
    """A text as it was published first."""

    def read(self, value: Any, at: "Origin") -> str:
        """Return the text in its first language."""
        return str(next(iter(value.values())) if isinstance(value, dict) else value)


@column_type("translated")
class Translated(ColumnType):
    """Whether a text is our translation."""

    json_schema = {"type": "boolean"}

    def read(self, value: Any, at: "Origin") -> bool:
        """Compare the language of the text with those in which it was published."""
        return isinstance(value, dict) and at.builder.localizer.text(at.owner, at.field, value)[1] not in value

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Return the word for yes or no."""
        return localizer.label(f"boolean.{str(value).lower()}")


@column_type("name")
class Name(ColumnType):
    """A proper name, in the form that a language has for it, if any."""

    def read(self, value: Any, at: "Origin") -> str:
        """Read the name; one that stays as it is has no language."""
        if isinstance(value, dict):
            text, at.row.langs[at.column.key] = at.builder.localizer.text(at.owner, at.field, value)
            return text
        return at.builder.localizer.translation(at.owner, at.field) or at.builder.localizer.term(value) or str(value)


@column_type("named")
class CommonName(ColumnType):
    """A name that is translated: its language is recorded where it fell back."""

    def read(self, value: Any, at: "Origin") -> str:
        """Read the name."""
        text, lang = at.builder.localizer.text(at.owner, at.field, value)
        if lang != at.builder.store.lang:
            at.row.langs[at.column.key] = lang
        return text


@column_type("lang")
class Language(ColumnType):
    """A language tag of BCP 47."""

    json_schema = LANGUAGE


@column_type("year")
class Year(ColumnType):
    """A year: a number without grouping."""

    json_schema = NUMBER


@column_type("first_year")
class FirstYear(Year):
    """The first of several years; people see all of them."""

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """List the years of the row."""
        return localizer.list(row.values["years"])


@column_type("integer")
class Integer(ColumnType):
    """A whole number."""

    json_schema = NUMBER

    is_number = is_unbreakable = is_labelled = True

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Group the digits."""
        return localizer.number(value)


@column_type("minor_line")
class MinorLine(ColumnType):
    """A text that a narrow terminal does without."""

    is_spared = True


@column_type("number")
class Number(ColumnType):
    """A number with a fraction."""

    json_schema = {"type": ["number", "null"]}
    is_number = is_unbreakable = True


@column_type("minor")
class MinorInteger(Integer):
    """A number that a narrow terminal does without."""

    is_spared = True


@column_type("cited")
class TimesCited(Integer):
    """How many facts cite a source."""

    def read(self, value: Any, at: "Origin") -> int:
        """Count the facts."""
        count: int = at.builder.store.one("SELECT count(*) FROM cited WHERE source = ?", at.owner)
        return count


@column_type("euros")
class Euros(Integer):
    """An amount in euros."""

    is_labelled = False

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Format with the euro sign."""
        return localizer.money(value, "EUR")


@column_type("money")
class Money(Integer):
    """An amount in the currency of the row."""

    is_labelled = False

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Format with the currency."""
        return localizer.money(value, row.values["currency"] or "EUR")


@column_type("measure")
class Measure(ColumnType):
    """A value of a comparison: a text, a number, or money in the row of prize money."""

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Format as text, as money or as a number."""
        if isinstance(value, str):
            return row.formatted.get(column.key, value)
        return localizer.money(value, "EUR") if row.id == "prize_eur" else localizer.number(value)


@column_type("date")
class Date(ColumnType):
    """A date of ISO 8601, to the day, the month or the year."""

    json_schema = DATE
    is_unbreakable = True

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Format as the language does."""
        return localizer.localized("date", value)


@column_type("country")
class Country(ColumnType):
    """A country, by its code of ISO 3166-1."""

    def read(self, value: Any, at: "Origin") -> str:
        """Read the name of the country."""
        return at.builder.localizer.localized("country", value)


@column_type("phone")
class Phone(ColumnType):
    """A telephone number of E.164, shown as the source printed it."""

    is_unbreakable = True

    json_schema = {"type": ["string", "null"], "pattern": r"^\+[1-9][0-9]{6,14}$"}

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Return the number as printed."""
        return localizer.localized("phone", value, "")


@column_type("url")
class Url(ColumnType):
    """An address."""

    json_schema = {"type": ["string", "null"], "format": "uri"}

    is_labelled = True


@column_type("category")
class Category(ColumnType):
    """The id of a fact that people know by its name."""

    kind = "categories"

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Return the name."""
        return localizer.name(value)

    def language(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str | None:
        """Return the language of the name, where it fell back."""
        return localizer.fallback(value) if value else None

    def order(self, store: FactStore, choices: list[str]) -> list[str]:
        """Return the ids in the order of the facts."""
        return store.ids(self.kind)


@column_type("kind")
class Kind(ColumnType):
    """A kind of fact, which people know by its label."""

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Return the label of the kind."""
        return localizer.label(f"kind.{value}")


@column_type("status")
class Status(Category):
    """The stage that a city reached."""

    kind = "statuses"

    def schema(self, store: FactStore, choices: list[str]) -> Schema:
        """Describe the closed list of statuses."""
        return {"enum": [*store.ids("statuses"), None]}


@column_type("choice")
class Choice(ColumnType):
    """One of a closed list of words."""

    def format(self, value: Any, row: "Row", column: "Column", localizer: "Localizer") -> str:
        """Return the label of the word."""
        return localizer.label(f"{column.steps[-1][0]}.{value}")

    def order(self, store: FactStore, choices: list[str]) -> list[str]:
        """Return the words in the order of the list."""
        return choices

    def schema(self, store: FactStore, choices: list[str]) -> Schema:
        """Describe the closed list."""
        return {"enum": choices}
