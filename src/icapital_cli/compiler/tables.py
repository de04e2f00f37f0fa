"""A fact base to the rows of the tables of `facts.db`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from icapital_cli import __version__
from icapital_cli.compiler.base import Base
from icapital_cli.compiler.localization import localized_rows, pattern_rows
from icapital_cli.compiler.parser import Record
from icapital_cli.compiler.phrases import phrase_rows
from icapital_cli.compiler.search_text import is_readable, passage_rows, translatable, words_of
from icapital_cli.model import KINDS, Doc
from icapital_cli.model.awards import PRIZE_FIELDS, Prize
from icapital_cli.model.composites import ListOf
from icapital_cli.model.values import Word
from icapital_cli.names import fold, name_key
from icapital_cli.store.schema import FORMAT, compact_json

LAST = "\U0010ffff"  # sorts after every other value
Rows = Iterable[tuple[Any, ...]]


def tables_of(base: Base) -> Iterator[tuple[str, Rows]]:
    """Yield the rows of each table."""
    numbered = list(enumerate(_with_prizes(base), 1))
    passages = [
        row for seq, record in numbered if "result" not in record.doc for row in passage_rows(base, seq, record)
    ]
    yield "meta", _meta_rows(base, numbered)
    yield "kinds", _kind_rows()
    yield "facts", _fact_rows(base, numbered)
    yield "facets", (row for seq, record in numbered for row in _facet_rows(base, seq, record))
    yield "facets", _dispute_facet_rows(base, numbered)
    yield "names", _name_rows(base, numbered)
    yield "texts", _text_rows(base)
    yield "terms", ((tag, *pair) for tag, language in base.languages.items() for pair in language.terms.items())
    yield "labels", ((tag, *pair) for tag, language in base.languages.items() for pair in language.labels.items())
    yield "labels", pattern_rows(base)
    yield "wordings", _wording_rows(base)
    localized = list(localized_rows(base))
    yield "localized", localized
    yield "phrases", ((name, first, compact_json(found)) for name, first, found in phrase_rows(base, localized))
    yield "disputed", (row for dispute in base.of_kind["disputes"] for row in _disputed_rows(dispute))
    yield "touched", ((target, seq) for seq, record in numbered for target in record.doc.get("touches", ()))
    yield "gaps_about", _gap_rows(base)
    yield "cited", _cited_rows(base, numbered)
    yield "synonyms", _synonym_rows(base)
    yield "passages", passages
    yield "words", ((number, words_of(title), words_of(body)) for number, _, _, _, title, body in passages)


def _with_prizes(base: Base) -> Iterator[Record]:
    """Iterate over all facts, the prizes of a file's paid results after its facts."""
    prizes: list[Record] = []
    file = ""
    for record in base.records():
        if record.file != file:
            yield from prizes
            prizes, file = [], record.file
        yield record
        if record.kind == "results" and "prize_eur" in record.doc:
            award = base.find("editions", record.doc["edition"]).get("award")
            prize = Prize.of_result(record.doc, award)
            prizes.append(Record("prizes", prize["id"], prize, file))
    yield from prizes


def _meta_rows(base: Base, numbered: list[tuple[int, Record]]) -> Rows:
    counts = Counter(record.kind for _, record in numbered)
    languages = {tag: language.name for tag, language in base.languages.items()}
    yield "format", str(FORMAT)
    yield "version", __version__
    yield "digest", base.digest
    yield "facts_version", _facts_version(base)
    yield "languages", compact_json({tag: languages.get(tag, tag) for tag in base.tags})
    yield "counts", compact_json({kind: counts[kind] for kind in KINDS if counts[kind]})
    yield "completeness", compact_json(_completeness(base))
    yield "stated", compact_json(_stated(base))


def _facts_version(base: Base) -> str:
    """Return the version of the facts: the newest day on which a page was read for them, or a gap was recorded.

    It is in the YAML, so that equal facts have equal versions, whoever compiles them, and when. What changes without a
    page being read, as a translation does, shows in the digest alone.
    """
    days = [gap.doc["since"] for gap in base.of_kind["gaps"]]
    for record in base.records():
        days += [citation.get("read_on", "") for citation in record.doc.get("citations", ())]
    return max(days, default="")


def _completeness(base: Base) -> dict[str, list[int]]:
    """Count for each language the labels and texts that it has, each with the number of all."""
    keys = {key for language in base.languages.values() for key in language.labels}
    texts = [
        (record, field) for record in base.records() for field in translatable(record.kind) if record.doc.get(field)
    ]
    return {
        language.tag: [
            len(language.labels),
            len(keys),
            sum(is_readable(record, field, language) for record, field in texts),
            len(texts),
        ]
        for language in base.all_languages
    }


def _stated(base: Base) -> dict[str, dict[str, int]]:
    """Count for each kind the values of its facts, and those of them that a page states that has been read."""
    counted: dict[str, dict[str, int]] = {}
    for record in base.records():
        if KINDS[record.kind].cited:
            fields = KINDS[record.kind].mapping.fields.keys() & record.doc.keys() - {"citations"}
            stated = set[str]().union(*(citation.get("states", ()) for citation in record.doc.get("citations", ())))
            counts = counted.setdefault(record.kind, {"values": 0, "stated": 0})
            counts["values"] += len(fields)
            counts["stated"] += len(fields & stated)
    return counted


def _kind_rows() -> Rows:
    for position, (kind, spec) in enumerate(kind_specs(), 1):
        yield position, kind, spec["command"]["name"] if spec["command"] else "", compact_json(spec)


def kind_specs() -> list[tuple[str, Doc]]:
    """Describe the kinds to a look-up, which does without the model."""
    return [
        (
            kind,
            {
                "description": cls.__doc__ or "",
                "command": cls.command and cls.command._asdict(),
                "columns": [_column(kind, *column) for column in cls.columns],
                "filters": {key: [f.field, f.names or cls.target_of(f.field)] for key, f in cls.filters.items()},
                "page": cls.page._asdict(),
            },
        )
        for kind, cls in KINDS.items()
    ]


def _column(kind: str, key: str, path: str, type_of: str, shown: bool) -> list[Any]:  # noqa: FBT001 - a column spec
    """Resolve the path of a column: each step with the kind that it refers to, and the choices of the last field."""
    steps, at, choices = [], kind, list[str | None]()
    for step in path.split("."):
        field = KINDS[at].mapping.fields.get(step)
        target = "" if isinstance(field, ListOf) else KINDS[at].target_of(step)
        steps.append([step, target or None])
        choices = [*field.words, *([None] if field.optional else [])] if isinstance(field, Word) else []
        at = target or at
    return [key, steps, type_of, shown, choices]


def _fact_rows(base: Base, numbered: list[tuple[int, Record]]) -> Rows:
    positions = {
        kind: {record.id: place for place, record in enumerate(base.of_kind[target])}
        for kind, target in (("category", "categories"), ("status", "statuses"))
    }
    cities: dict[str, str] = {}
    for seq, record in numbered:
        parts = []
        for name in KINDS[record.kind].order:
            value: Any = record.doc.get(name)
            if name in positions:
                value = positions[name].get(value, 0)
            elif name == "city" and value:
                value = cities.setdefault(value, fold(str(base.find("cities", value).get("name", value))))
            parts.append(LAST if value is None else f"{value:015}" if isinstance(value, int) else str(value))
        yield seq, record.kind, record.id, "\t".join(parts), compact_json(record.doc)


def _facet_rows(base: Base, seq: int, record: Record) -> Rows:
    for key, (field, _) in KINDS[record.kind].filters.items():
        value = record.doc.get(field)
        if isinstance(value, list):
            yield from ((record.kind, key, str(one), seq) for one in dict.fromkeys(value))
        elif value is not None:
            yield record.kind, key, str(value), seq
        if key == "city" and value:
            country = base.find("cities", value).get("country")
            if country:
                yield record.kind, "country", country, seq


def _dispute_facet_rows(base: Base, numbered: list[tuple[int, Record]]) -> Rows:
    """A dispute is about the cities, and their countries, of the facts that it touches."""
    for seq, dispute in numbered:
        for target in dispute.doc.get("touches", ()) if dispute.kind == "disputes" else ():
            touched = base.facts[target.partition(".")[0]]
            city = touched.id if touched.kind == "cities" else touched.doc.get("city")
            if city:
                yield "disputes", "city", city, seq
                yield "disputes", "country", base.find("cities", city)["country"], seq


def _name_rows(base: Base, numbered: list[tuple[int, Record]]) -> Rows:
    """The names of facts; a derived prize has its id alone."""
    for _, record in numbered:
        names = base.names.get(record.id) or {name_key(record.id): record.id}
        yield from ((folded, record.kind, record.id, name) for folded, name in names.items())


def _text_rows(base: Base) -> Rows:
    for tag, language in base.languages.items():
        yield from ((tag, city, "name", name) for city, name in language.cities.items())
        for fact_id, texts in language.texts.items():
            for field, text in texts.items():
                yield tag, fact_id, field, text if isinstance(text, str) else compact_json(text)
            if isinstance(texts.get("purpose"), str):
                yield tag, f"prize-{fact_id}", "purpose", texts["purpose"]


def _wording_rows(base: Base) -> Rows:
    """The wordings by which `verify` reads a draft, in their order."""
    for tag, language in base.languages.items():
        for key, wordings in language.verify.items():
            yield from ((tag, key, number, wording) for number, wording in enumerate(wordings))


def _disputed_rows(dispute: Record) -> Rows:
    weight = dispute.doc["weight"]
    for target in dispute.doc.get("touches", ()) if weight != "slip" else ():
        fact, _, field = target.partition(".")
        yield fact, field, dispute.id, weight
        if field in PRIZE_FIELDS:
            yield f"prize-{fact}", PRIZE_FIELDS[field], dispute.id, weight


def _synonym_rows(base: Base) -> Rows:
    """Pairs of folded words or phrases that a search takes for each other, in both directions."""
    for language in base.languages.values():
        for word, others in language.synonyms.items():
            same = [fold(one) for one in (word, *others)]
            yield from ((one, other) for one in same for other in same if one != other)


def _gap_rows(base: Base) -> Rows:
    for gap in base.of_kind["gaps"]:
        for target in gap.doc.get("about", ()):
            fact, _, field = target.partition(".")
            yield fact, field, gap.id


def _cited_rows(base: Base, numbered: list[tuple[int, Record]]) -> Rows:
    numbers = {record.id: seq for seq, record in numbered}
    return [(fact_id, numbers[record.id]) for record, _, fact_id, path in base.references if path[-1] == "source"]
