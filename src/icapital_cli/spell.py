"""How a value is spelled in a language: money, dates, lists, names, quotes, with the marks on a cell."""

from collections.abc import Callable
from typing import Any

from icapital_cli.index import Doc, Index
from icapital_cli.rows import Builder, Column, Row

DISPUTED = "†"


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
            "winners": lambda value, _row: self.joined(value),
            "cited": lambda value, _row: self.number(value),
            "figures": lambda value, _row: "; ".join(self.figure(figure) for figure in value),
            "timeline": lambda value, _row: "; ".join(map(self.step, value)),
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
            known = self.index.rows("SELECT 1 FROM facts WHERE id = ?", fact_id)
            value = self.index.fact(fact_id)[1]["name"] if known else {self.index.lang: fact_id}
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

    def step(self, step: Doc) -> str:
        """Write a step of a timeline, marked where sources disagree about it."""
        return f"{self.spelled('date', step['date'])}: {step['summary']}" + (f" {DISPUTED}" if step["disputes"] else "")

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
