"""What a renderer gets: columns, rows, notes; and how a value is spelled in a language.

A row keeps its values as the JSON promise has them, and beside them the marks that must not be lost:
which cells are disputed, which texts fell back to another language, which quotes are our translation.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from icapital_cli.errors import no_such
from icapital_cli.fold import fold
from icapital_cli.index import Doc, Index

DISPUTED = "†"
ENDINGS = ("sources", "disputes")
ARRAYS = {"list", "names", "figures", "claims", "timeline"}
CITED = ("id", "publisher", "title", "url", "date")


class Column(NamedTuple):
    """One column: the key of the JSON promise, its heading, the type that spells it, and whether people see it."""

    key: str
    label: str
    type: str
    shown: bool
    steps: list[Any]


class Row:
    """One fact: its values by key, its citations, and the marks on its cells."""

    def __init__(self, fact_id: str) -> None:
        """Start an empty row."""
        self.id = fact_id
        self.values: Doc = {"id": fact_id}
        self.langs: dict[str, str] = {}
        self.disputed: dict[str, list[str]] = {}
        self.citations: list[Doc] = []
        self.supports: list[list[str]] = []


class View(NamedTuple):
    """A table of facts, ready for any format."""

    kind: str
    title: str
    columns: list[Column]
    rows: list[Row]
    lang: str
    notes: list[str]
    spell: "Speller"

    @property
    def field_names(self) -> list[str]:
        """The keys of the JSON promise, in order."""
        return [column.key for column in self.columns]

    def shown(self) -> list[Column]:
        """Give the columns that people see."""
        return [column for column in self.columns if column.shown]

    def cells(self, row: Row, columns: Iterable[Column] | None = None) -> list[str]:
        """Spell the cells of a row for people."""
        return [self.spell.cell(column, row) for column in (self.columns if columns is None else columns)]

    def noted(self) -> "View":
        """Say below what the marks on the cells that are left mean."""
        return self._replace(notes=notes_of(self.spell.index, self))

    def limited(self, count: int | None) -> "View":
        """Keep the first rows."""
        return self if count is None else self._replace(rows=self.rows[:count])

    def sorted_by(self, field: str | None) -> "View":
        """Order the rows by a field, `-field` descending; what is missing comes last."""
        if field is None:
            return self
        key, down = field.removeprefix("-"), field.startswith("-")
        self._known(key)
        have = [row for row in self.rows if row.values[key] is not None]
        rest = [row for row in self.rows if row.values[key] is None]
        have.sort(key=lambda row: _sortable(row.values[key]), reverse=down)
        return self._replace(rows=have + rest)

    def only(self, fields: str | None) -> "View":
        """Keep the named columns, in the order named."""
        if fields is None:
            return self
        wanted = [name.strip() for name in fields.split(",")]
        return self._replace(columns=[self._known(name)._replace(shown=True) for name in wanted])

    def hidden_disputes(self) -> list[str]:
        """Name the disputes about cells that stand in a view without its column `disputes`."""
        if "disputes" in self.field_names:
            return []
        keys = set(self.field_names)
        found = {dispute for row in self.rows for key, ids in row.disputed.items() if key in keys for dispute in ids}
        return sorted(found)

    def _known(self, name: str) -> Column:
        for column in self.columns:
            if column.key == name:
                return column
        raise no_such("field", name, self.field_names)


def _sortable(value: Any) -> tuple[int, Any]:
    if isinstance(value, int | float):
        return (0, value)
    return (1, fold(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def view_of(index: Index, kind: str, found: Iterable[tuple[str, Doc]], *, numbered: bool = False) -> View:
    """Make the view of some facts of one kind; `numbered` shows people the citations too."""
    specs = json.loads(index.one("SELECT columns FROM kinds WHERE kind = ?", kind))
    columns = [Column("id", index.label("column.id"), "id", shown=False, steps=[])]
    columns += [
        Column(key, index.label(f"column.{key}"), type_of, shown=bool(shown), steps=steps)
        for key, steps, type_of, shown in specs
    ]
    columns += source_columns(index, shown=numbered)[kind == "sources" :]
    builder = Builder(index)
    rows = [builder.row(kind, fact_id, doc, columns) for fact_id, doc in found]
    spell = Speller(index)
    return View(kind, index.label(f"kind.{kind}"), columns, rows, index.lang, [], spell)


def source_columns(index: Index, *, shown: bool = False) -> list[Column]:
    """Make the two columns that every fact ends with."""
    return [Column(k, index.label(f"column.{k}"), k, shown=shown and k == "sources", steps=[]) for k in ENDINGS]


def notes_of(index: Index, view: View) -> list[str]:
    """Say what the marks in a table mean, when they occur."""
    shown = {column.key for column in view.shown()}
    notes = []
    disputes = sorted({d for row in view.rows for key, ids in row.disputed.items() if key in shown for d in ids})
    if disputes:
        notes.append(f"{DISPUTED} {index.label('note.disputed')} {', '.join(disputes)}")
    if any(lang != view.lang for row in view.rows for key, lang in row.langs.items() if key in shown and key != "text"):
        notes.append(index.label("note.fallback"))
    if "text" in shown and any(row.values.get("translated") for row in view.rows):
        notes.append(index.label("note.translated"))
    if view.kind == "contacts" and view.rows:
        notes.append(index.label("note.contacts"))
    return notes


class Builder:
    """Walks the paths of columns, and notes on the way what is disputed and in which language a text is."""

    def __init__(self, index: Index) -> None:
        """Build rows from one index."""
        self.index = index
        self._sources: dict[str, Doc] = {}
        self._touches: dict[tuple[str, str], list[str]] | None = None
        self._readers: dict[str, Callable[[Row, Column, str, str, Any], Any]] = {
            "text": self._text,
            "quote": self._text,
            "name": self._name,
            "named": self._named,
            "names": self._names,
            "country": self._country,
            "list": self._list,
            "figures": self._figures,
            "claims": self._claims,
            "timeline": self._timeline,
            "translated": self._translated,
            "original_lang": self._original_lang,
            "original": self._original,
        }

    def row(self, kind: str, fact_id: str, doc: Doc, columns: list[Column]) -> Row:
        """Build the row of one fact."""
        row = Row(fact_id)
        row.citations = [self._cited(citation) for citation in doc.get("citations", ())]
        row.supports = [citation.get("supports", []) for citation in doc.get("citations", ())]
        self.index._facts[fact_id] = (kind, doc)  # noqa: SLF001 - spares reading the same fact again
        for column in columns[1:]:
            if column.steps:
                self._fill(row, column, fact_id, doc)
        self._language(row, columns, doc)
        if kind != "sources":
            row.values["sources"] = row.citations
        row.values["disputes"] = sorted({dispute for ids in row.disputed.values() for dispute in ids})
        row.values = {
            c.key: [] if c.type in ARRAYS and not row.values.get(c.key) else row.values.get(c.key) for c in columns
        }
        return row

    def citations(self, fact_id: str) -> list[Doc]:
        """Give the citations of a fact."""
        return [self._cited(citation) for citation in self.index.fact(fact_id)[1].get("citations", ())]

    def disputes_of(self, fact_id: str) -> list[str]:
        """Name the disputes that touch a fact, in any of its fields."""
        return [row[0] for row in self.index.rows("SELECT DISTINCT dispute FROM touches WHERE fact = ?", fact_id)]

    def _fill(self, row: Row, column: Column, fact_id: str, doc: Doc) -> None:
        owner, fields = fact_id, doc
        for number, (field, target) in enumerate(column.steps):
            value = fields.get(field)
            ids = self._disputes(owner, field)
            if ids:
                row.disputed.setdefault(column.key, []).extend(ids)
            if target is None or value is None or number == len(column.steps) - 1:
                read = self._readers.get(column.type)
                row.values[column.key] = read(row, column, owner, field, value) if read and value is not None else value
                return
            owner = value
            fields = self.index.fact(owner)[1]

    def _disputes(self, fact_id: str, field: str) -> list[str]:
        if self._touches is None:
            self._touches = {}
            for fact, touched, dispute in self.index.rows("SELECT fact, field, dispute FROM touches"):
                self._touches.setdefault((fact, touched), []).append(dispute)
        return [*self._touches.get((fact_id, field), ()), *self._touches.get((fact_id, ""), ())]

    def _language(self, row: Row, columns: list[Column], doc: Doc) -> None:
        langs = [row.langs[c.key] for c in columns if c.key in row.langs]
        other = [lang for lang in langs if lang != self.index.lang]
        lang = row.langs.get("text") or (other[0] if other else langs[0] if langs else None)
        row.values["lang"] = doc["lang"] if "url" in doc or "publisher" in doc else lang

    def _cited(self, citation: Doc) -> Doc:
        source = citation["source"]
        if source not in self._sources:
            doc = self.index.fact(source)[1]
            self._sources[source] = {key: doc.get(key) for key in CITED}
        return {**self._sources[source], "locator": citation["locator"], "excerpt": citation.get("excerpt")}

    def translation(self, fact_id: str, field: str) -> str | None:
        """Look up our translation of a field into the language of the index."""
        sql = "SELECT text FROM texts WHERE lang = ? AND fact = ? AND field = ?"
        found: str | None = self.index.one(sql, self.index.lang, fact_id, field)
        return found

    def term(self, english: str) -> str | None:
        """Look up our translation of a recurring term."""
        sql = "SELECT text FROM terms WHERE lang = ? AND english = ?"
        found: str | None = self.index.one(sql, self.index.lang, english)
        return found

    def read_text(self, owner: str, field: str, value: Any) -> tuple[str, str]:
        """Read a text in the language asked for, else English, else the original: (text, its language)."""
        lang = self.index.lang
        if isinstance(value, dict):
            if lang in value:
                return value[lang], lang
            ours = self.translation(owner, field)
            if ours:
                return ours, lang
            tag = "en" if "en" in value else next(iter(value))
            return value[tag], tag
        if lang == "en":
            return value, "en"
        ours = self.translation(owner, field) or self.term(value)
        return (ours, lang) if ours else (value, "en")

    def _text(self, row: Row, column: Column, owner: str, field: str, value: Any) -> str:
        text, row.langs[column.key] = self.read_text(owner, field, value)
        return text

    def _name(self, row: Row, column: Column, owner: str, field: str, value: Any) -> str:
        if isinstance(value, dict):
            text, row.langs[column.key] = self.read_text(owner, field, value)
            return text
        return self.translation(owner, field) or self.term(value) or str(value)

    def _named(self, row: Row, column: Column, owner: str, field: str, value: Any) -> str:
        text, lang = self.read_text(owner, field, value)
        if lang != self.index.lang:
            row.langs[column.key] = lang
        return text

    def _names(self, row: Row, column: Column, _owner: str, _field: str, value: list[str]) -> list[str]:
        return [self._name(row, column, city, "name", self.index.fact(city)[1]["name"]) for city in value]

    def _country(self, _row: Row, _column: Column, _owner: str, _field: str, value: str) -> str:
        sql = "SELECT text FROM spelled WHERE lang = ? AND form = 'country' AND value = ?"
        return self.index.one(sql, self.index.lang, value) or value

    def _list(self, row: Row, column: Column, _owner: str, field: str, value: list[str]) -> list[str]:
        spoken = [self.term(item) for item in value] if field == "partners" else list[str | None](value)
        self._mark(row, column, spoken)
        return [ours or item for ours, item in zip(spoken, value, strict=True)]

    def _mark(self, row: Row, column: Column, spoken: list[str | None]) -> None:
        if self.index.lang != "en" and None in spoken:
            row.langs[column.key] = "en"

    def _figures(self, row: Row, column: Column, _owner: str, _field: str, value: list[Doc]) -> list[Doc]:
        self._mark(row, column, [self.term(term) for f in value for term in (f"# {f['unit']}", f["of"])])
        return [
            {**f, "unit": self.term(f"# {f['unit']}") or f["unit"], "of": self.term(f["of"]) or f["of"]} for f in value
        ]

    def _claims(self, row: Row, column: Column, owner: str, field: str, value: list[Doc]) -> list[Doc]:
        ours = json.loads(self.translation(owner, field) or "null") if self.index.lang != "en" else None
        row.langs[column.key] = self.index.lang if ours else "en"
        says = ours or [claim["says"] for claim in value]
        return [
            {"says": text, "sources": [self._cited(citation) for citation in claim["citations"]]}
            for text, claim in zip(says, value, strict=True)
        ]

    def _timeline(self, _row: Row, _column: Column, owner: str, _field: str, _value: Any) -> list[Doc]:
        sql = """SELECT f.id, f.doc FROM facets t JOIN facts f ON f.seq = t.seq
                 WHERE t.kind = 'milestones' AND t.key = 'year' AND t.value = ? ORDER BY f.seq"""
        steps = []
        for fact_id, found in self.index.rows(sql, owner):
            doc = json.loads(found)
            step = {
                "id": fact_id,
                "date": doc["date"],
                "summary": self.read_text(fact_id, "summary", doc["summary"])[0],
            }
            steps.append(step | {"sources": [self._cited(citation) for citation in doc["citations"]]})
        return steps

    def _translated(self, _row: Row, _column: Column, owner: str, field: str, value: Any) -> bool:
        return isinstance(value, dict) and self.read_text(owner, field, value)[1] not in value

    def _original_lang(self, _row: Row, _column: Column, _owner: str, _field: str, value: Any) -> str:
        return next(iter(value)) if isinstance(value, dict) else "en"

    def _original(self, _row: Row, _column: Column, _owner: str, _field: str, value: Any) -> str:
        return str(next(iter(value.values())) if isinstance(value, dict) else value)


class Speller:
    """Spells values as people of a language write them."""

    def __init__(self, index: Index) -> None:
        """Spell in the language of the index."""
        self.index = index
        self._kept: dict[tuple[str, Any], str] = {}
        self._fallen: dict[str, str] = {}
        self._spellings: dict[str, Callable[[Any, Row], str]] = {
            "integer": lambda value, _row: self.number(value),
            "minor": lambda value, _row: self.number(value),
            "euros": lambda value, _row: self.money(value, "EUR"),
            "money": lambda value, row: self.money(value, row.values["currency"] or "EUR"),
            "measure": lambda value, row: self.money(value, "EUR") if row.id == "prize_eur" else self.number(value),
            "date": lambda value, _row: self.spelled("date", value),
            "phone": lambda value, _row: (
                self.index.one("SELECT text FROM spelled WHERE form = 'phone' AND value = ?", value) or value
            ),
            "category": lambda value, _row: self.named(value),
            "status": lambda value, _row: self.named(value),
            "basis": lambda value, _row: self.labelled(f"basis.{value}"),
            "severity": lambda value, _row: self.labelled(f"severity.{value}"),
            "source_kind": lambda value, _row: self.labelled(f"source_kind.{value}"),
            "word": lambda value, _row: self.labelled(f"type.{value}"),
            "translated": lambda value, _row: self.labelled(f"boolean.{str(value).lower()}"),
            "list": lambda value, _row: self.joined(value),
            "names": lambda value, _row: self.joined(value),
            "figures": lambda value, _row: "; ".join(self.figure(figure) for figure in value),
            "timeline": lambda value, _row: "; ".join(
                f"{self.spelled('date', m['date'])}: {m['summary']}" for m in value
            ),
            "claims": lambda value, _row: " ".join(self.claim(number, claim) for number, claim in enumerate(value, 1)),
            "sources": lambda value, _row: "; ".join(source["id"] for source in value),
            "disputes": lambda value, _row: "; ".join(value),
            "quote": self.quote,
        }

    def cell(self, column: Column, row: Row) -> str:
        """Spell one cell with its marks."""
        value = row.values[column.key]
        spell = self._spellings.get(column.type)
        text = "" if value is None else spell(value, row) if spell else str(value)
        lang = row.langs.get(column.key)
        if text and lang and lang != self.index.lang and column.type != "quote":
            text = f"[{lang}] {text}"
        if column.type in {"category", "status"} and text and self._fallen.get(value):
            text = f"[{self._fallen[value]}] {text}"
        return f"{text} {DISPUTED}".lstrip() if column.key in row.disputed else text

    def labelled(self, key: str) -> str:
        """Give a label, remembered."""
        if ("label", key) not in self._kept:
            self._kept["label", key] = self.index.label(key)
        return self._kept["label", key]

    def named(self, fact_id: str) -> str:
        """Give the name of a category or a status, remembered."""
        if ("named", fact_id) not in self._kept:
            value = self.index.fact(fact_id)[1]["name"]
            text, lang = Builder(self.index).read_text(fact_id, "name", value)
            self._kept["named", fact_id] = text
            if lang != self.index.lang:
                self._fallen[fact_id] = lang
        return self._kept["named", fact_id]

    def spelled(self, form: str, value: str) -> str:
        """Give what the compiler spelled."""
        if (form, value) not in self._kept:
            sql = "SELECT text FROM spelled WHERE lang = ? AND form = ? AND value = ?"
            self._kept[form, value] = self.index.one(sql, self.index.lang, form, value) or value
        return self._kept[form, value]

    def number(self, value: float) -> str:
        """Group the digits of a number."""
        whole, _, rest = str(value).partition(".")
        group, decimal = self.labelled("number.group"), self.labelled("number.decimal")
        return f"{int(whole):,}".replace(",", group) + (decimal + rest if rest else "")

    def money(self, value: float, currency: str) -> str:
        """Write an amount with its currency."""
        return self.labelled(f"money.{currency}").replace("{}", self.number(value))

    def joined(self, values: list[Any]) -> str:
        """Join a list as sentences do."""
        texts = [str(value) for value in values]
        if len(texts) < len("ab"):
            return "".join(texts)
        last = "list.end" if len(texts) > len("ab") else "list.two"
        head = texts[0]
        for text in texts[1:-1]:
            head = self.labelled("list.middle").replace("{0}", head).replace("{1}", text)
        return self.labelled(last).replace("{0}", head).replace("{1}", texts[-1])

    def figure(self, figure: Doc) -> str:
        """Write a figure: about 520,000 people: people whose data were used."""
        unit = figure["unit"]
        money = unit in {"EUR", "GBP", "SEK", "USD"}
        percent = self.labelled("number.percent").replace("{}", self.number(figure["value"])) if unit == "%" else ""
        amount = percent or (self.money(figure["value"], unit) if money else f"{self.number(figure['value'])} {unit}")
        qualifier = f"{self.labelled('qualifier.' + figure['qualifier'])} " if figure.get("qualifier") else ""
        return f"{qualifier}{amount} ({figure['of']})"

    def claim(self, number: int, claim: Doc) -> str:
        """Write one side of a dispute, with the publishers who say so."""
        who = "; ".join(dict.fromkeys(source["publisher"] for source in claim["sources"]))
        return f"({number}) {claim['says']} [{who}]"

    def quote(self, value: str, row: Row) -> str:
        """Put published words between quotation marks, and our translation of them behind a mark instead."""
        verbatim = self.labelled("quote.open"), self.labelled("quote.close")
        if row.values.get("translated"):
            original = f"[{row.values['original_lang']}] {verbatim[0]}{row.values['original']}{verbatim[1]}"
            return f"[{self.labelled('mark.translation')}] {value} {original}"
        lang = row.langs.get("text", self.index.lang)
        words = f"{verbatim[0]}{value}{verbatim[1]}"
        return words if lang == self.index.lang else f"[{lang}] {words}"
