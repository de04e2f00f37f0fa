"""A table for each kind of fact, from the fields of the model; lists inside a fact become tables of their own."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from icapital_cli.api.tables.table import Context, Field, Table, described
from icapital_cli.model import KINDS, Fact
from icapital_cli.model.composites import Citations, Claim, Figure, ListOf, Text
from icapital_cli.model.values import CountryCode, Date, Euros, Integer, Line, Number, Ref, Target, Term, Value
from icapital_cli.store.facts import Doc

LEFT_OUT = {"expected_results", "prizes_eur", "text_file"}  # for `icapital check`, not for readers
UNITS = {"prize_eur": "EUR", "latitude": "degree", "longitude": "degree"}
LABELS = ("name", "label", "title", "topic", "what", "summary")  # columns that name a row
NAMES_ONLY = {"also_called", "exonyms"}
Read = Callable[[str, Doc], Any]


class Reader(NamedTuple):
    """A column, and how its value is read from a fact."""

    field: Field
    read: Read


def kind_tables(context: Context) -> Iterator[Table]:
    """Make the tables of all kinds but the countries, each followed by the tables of its lists."""
    for kind, cls in KINDS.items():
        if kind != "countries":
            yield _table(context, kind, cls)
    for kind, cls in KINDS.items():
        yield from _list_tables(context, kind, cls)


def country_table(context: Context) -> Table:
    """Make the table of countries: those of cities, whether there is a fact about them or not."""
    ids = {doc["code"]: fact_id for fact_id, doc in context.facts("countries")}
    codes = sorted({doc["country"] for _, doc in context.facts("cities")} | set(ids))
    rows = [(code, context.localizer.localized("country", code), ids.get(code)) for code in codes]
    fields = [
        Field("code", description=described("code")),
        Field("name", description="Name of the country (CLDR)."),
        Field("id", description="Id of the fact about the country, where there is one.", optional=True),
    ]
    return Table("countries", "The countries of the cities.", fields, rows, ("code",), "name", ("name",))


def _table(context: Context, kind: str, cls: type[Fact]) -> Table:
    readers = [Reader(Field("id", description=described("id")), lambda fact_id, _doc: fact_id)]
    for name, value in cls.mapping.fields.items():
        if name not in LEFT_OUT and not isinstance(value, ListOf):
            readers += _readers(context, name, value)
    if kind in {"editions", "disputes", "sources"}:
        readers.insert(1, _year(optional=kind != "editions"))
    if kind == "prizes":
        told = Field(
            "result_id", description="The result that was paid this prize.", optional=True, refers=("results", "id")
        )
        readers.append(Reader(told, lambda _id, doc: doc.get("result")))
    if kind == "quotes":
        readers += _original(context)
    texts = [name for name, value in cls.mapping.fields.items() if isinstance(value, Text)]
    if texts and "lang" not in cls.mapping.fields:
        readers.append(_language(context, texts))
    fields = [reader.field for reader in readers]
    rows = [tuple(reader.read(fact_id, doc) for reader in readers) for fact_id, doc in context.facts(kind)]
    names = [field.name for field in fields]
    label = next((name for name in LABELS if name in names), "")
    words = tuple(name for name in names if name in {*texts, "title", "publisher", "name"})
    return Table(kind, _summary(cls), fields, rows, label=label, words=words)


def _summary(cls: type[Fact]) -> str:
    return (cls.__doc__ or "").splitlines()[0]


def _readers(context: Context, name: str, value: Value) -> list[Reader]:
    told = described(name, value.help)
    if isinstance(value, Ref):
        field = Field(f"{name}_id", description=_of(value), optional=value.optional, refers=(value.kind, "id"))
        return [Reader(field, lambda _id, doc: doc.get(name))]
    if isinstance(value, CountryCode):
        field = Field("country_code", description=described("country_code"), refers=("countries", "code"))
        return [Reader(field, lambda _id, doc: doc.get(name))]
    if isinstance(value, Text):
        field = Field(name, description=told, optional=value.optional)
        return [Reader(field, lambda fact_id, doc: _text(context, fact_id, name, doc.get(name))[0])]
    if type(value) is Line and name == "name":
        return [Reader(Field(name, description=told), lambda fact_id, doc: context.name(fact_id, doc[name]))]
    field = Field(name, _type(value), told, value.optional, UNITS.get(name, ""), getattr(value, "words", ()))
    return [Reader(field, lambda _id, doc: doc.get(name))]


def _of(value: Ref) -> str:
    return value.help or f"Id in {value.kind}."


def _type(value: Value) -> str:
    if isinstance(value, Integer | Euros):
        return "integer"
    return "number" if isinstance(value, Number) else "date" if isinstance(value, Date) else "string"


def _text(context: Context, fact_id: str, name: str, value: Any) -> tuple[str | None, str | None]:
    return (None, None) if value is None else context.localizer.text(fact_id, name, value)


def _year(*, optional: bool) -> Reader:
    return Reader(Field("year", "integer", described("year"), optional), lambda _id, doc: _number(doc.get("year")))


def _number(year: Any) -> int | None:
    return None if year is None else int(year)


def _original(context: Context) -> list[Reader]:
    """Read the words of a quote as they were published, and whether ours are a translation."""

    def published(doc: Doc) -> tuple[str, str]:
        text = doc["text"]
        return next(iter(text.items())) if isinstance(text, dict) else ("en", text)

    def translated(fact_id: str, doc: Doc) -> bool:
        lang = _text(context, fact_id, "text", doc["text"])[1]
        return isinstance(doc["text"], dict) and lang not in doc["text"]

    return [
        Reader(Field("original", description=described("original")), lambda _id, doc: published(doc)[1]),
        Reader(Field("original_lang", description=described("original_lang")), lambda _id, doc: published(doc)[0]),
        Reader(Field("translated", "boolean", described("translated")), translated),
    ]


def _language(context: Context, texts: list[str]) -> Reader:
    """Read the language of a row: of the text that fell back to another language, else that of the export."""

    def language(fact_id: str, doc: Doc) -> str | None:
        found = [_text(context, fact_id, name, doc[name])[1] for name in texts if name in doc]
        other = [lang for lang in found if lang != context.store.lang]
        return next(iter([*other, *found]), None)

    return Reader(Field("lang", description=described("lang"), optional=True), language)


def _list_tables(context: Context, kind: str, cls: type[Fact]) -> Iterator[Table]:
    owner = cls.__name__.lower()
    for name, value in cls.mapping.fields.items():
        if not isinstance(value, ListOf) or isinstance(value, Citations) or name in LEFT_OUT | NAMES_ONLY:
            continue
        if isinstance(value.item, Target):
            continue  # `disputed` and `unknown` have them, with the field
        table = f"{owner}_{name}"
        keys = [
            Field(f"{owner}_id", description=f"Id in {kind}.", refers=(kind, "id")),
            Field("number", "integer", "Position in the list, from 1."),
        ]
        fields, read = _items(context, value.item, name)
        rows = [
            (fact_id, number, *read(fact_id, number, item))
            for fact_id, doc in context.facts(kind)
            for number, item in enumerate(doc.get(name, ()), 1)
        ]
        told = value.help or f"{name.replace('_', ' ').capitalize()} of {kind}, one a row."
        yield Table(table, told, keys + fields, rows, (f"{owner}_id", "number"))
    if kind == "people":
        yield _names(context)


def _items(context: Context, item: Value, name: str) -> tuple[list[Field], Callable[[str, int, Any], tuple[Any, ...]]]:
    """Return the columns of the items of a list, and how an item is read."""
    term = context.localizer.term
    if isinstance(item, Figure):
        fields = [
            Field("value", "number", "The number."),
            Field("unit", description="Its unit: a word, %, or a currency."),
            Field("of", description="What it counts."),
            Field("qualifier", description="How exact it is.", optional=True, choices=item.fields["qualifier"].words),  # type: ignore[attr-defined]  # a Word
        ]
        return fields, lambda _id, _n, f: (
            f["value"],
            term(f"# {f['unit']}") or f["unit"],
            term(f["of"]) or f["of"],
            f.get("qualifier"),
        )
    if isinstance(item, Claim):
        says = [Field("says", description="What this side says, in our words.")]
        return says, lambda fact_id, number, claim: (_claim(context, fact_id, number, claim),)
    if isinstance(item, Ref):
        column = f"{name.removesuffix('s')}_id"
        return [Field(column, description=_of(item), refers=(item.kind, "id"))], lambda _id, _n, value: (value,)
    return [Field("name", description=described("name"))], lambda _id, _n, value: (
        term(value) or value if isinstance(item, Term) else value,
    )


def _claim(context: Context, dispute: str, number: int, claim: Doc) -> str:
    """Return what a side of a dispute says: as we translated it, else as it is."""
    import json  # noqa: PLC0415 - the standard library's, needed here alone

    says = claim["says"]
    if context.store.lang != "en":
        ours = json.loads(context.localizer.translation(dispute, "claims") or "[]")
        if len(ours) >= number:
            return str(ours[number - 1])
    return str(says if isinstance(says, str) else says.get(context.store.lang) or next(iter(says.values())))


def _names(context: Context) -> Table:
    """Make the table of all other names by which things are found."""
    rows = []
    for kind, cls in KINDS.items():
        uses = [name for name in cls.mapping.fields if name in NAMES_ONLY]
        for fact_id, doc in context.facts(kind) if uses else ():
            rows += [(fact_id, number, name, use) for use in uses for number, name in enumerate(doc.get(use, ()), 1)]
    fields = [
        Field("fact_id", description="Id in facts.", refers=("facts", "id")),
        Field("number", "integer", "Position in the list, from 1."),
        Field("name", description="Another name."),
        Field(
            "use",
            description="also_called: a source calls it so; exonym: a name in another language.",
            choices=("also_called", "exonyms"),
        ),
    ]
    return Table(
        "names",
        "Other names of cities, countries, organisations, awards and editions.",
        fields,
        rows,
        ("fact_id", "use", "number"),
        "name",
        ("name",),
    )
