"""Values as people of a language write them: numbers, money, dates, lists, labels."""

import re
from typing import Any

from icapital_cli.store.facts import Doc, FactStore

PLACE = re.compile(r"\{(\w+)\}")
TWO = 2
DISPUTED = "†"


class Localizer:
    """Localizes values in the language of a fact store; every label is read once."""

    mark = DISPUTED

    def __init__(self, store: FactStore) -> None:
        """Localize in the language of the store."""
        self.store = store
        self._kept: dict[tuple[str, Any], str] = {}
        self._fallbacks: dict[str, str] = {}

    def label(self, key: str) -> str:
        """Return a label of the interface."""
        if ("label", key) not in self._kept:
            self._kept["label", key] = self.store.label(key)
        return self._kept["label", key]

    def filled(self, key: str, words: dict[str, str]) -> str:
        """Return a label with the words that it has places for, `{name}`; braces in a word stay as they are."""
        return PLACE.sub(lambda found: words.get(found[1], found[0]), self.label(key))

    def name(self, fact_id: str) -> str:
        """Return the name of a category or a status, with a mark where it is in another language."""
        if ("name", fact_id) not in self._kept:
            known = self.store.rows("SELECT 1 FROM facts WHERE id = ?", fact_id)
            value = self.store.fact(fact_id)[1]["name"] if known else {self.store.lang: fact_id}
            self._kept["name", fact_id], lang = self.text(fact_id, "name", value)
            if lang != self.store.lang:
                self._fallbacks[fact_id] = lang
        return self._kept["name", fact_id]

    def fallback(self, fact_id: str) -> str | None:
        """Return the language of a name, where it is not the language of the store."""
        self.name(fact_id)
        return self._fallbacks.get(fact_id)

    def text(self, owner: str, field: str, value: Any) -> tuple[str, str]:
        """Read a text in the language asked for, else English, else the original: (text, its language)."""
        lang = self.store.lang
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

    def translation(self, fact_id: str, field: str) -> str | None:
        """Return our translation of a field."""
        return self.store.texts(fact_id).get(field)

    def term(self, english: str) -> str | None:
        """Return our translation of a recurring term."""
        return self.store.term(english)

    def localized(self, form: str, value: str, lang: str | None = None) -> str:
        """Return a date, country or phone number as the compiler localized it."""
        return self.store.localized(self.store.lang if lang is None else lang, form, value)

    def number(self, value: float) -> str:
        """Group the digits of a number."""
        whole, _, rest = str(value).partition(".")
        group, decimal = self.label("number.group"), self.label("number.decimal")
        return f"{int(whole):,}".replace(",", group) + (decimal + rest if rest else "")

    def money(self, value: float, currency: str) -> str:
        """Format an amount with its currency (ISO 4217)."""
        return self.label(f"money.{currency}").replace("{}", self.number(value))

    def list(self, values: list[Any]) -> str:
        """Join a list as a sentence does."""
        texts = [str(value) for value in values]
        if len(texts) < TWO:
            return "".join(texts)
        head = texts[0]
        for text in texts[1:-1]:
            head = self.label("list.middle").replace("{0}", head).replace("{1}", text)
        last = "list.end" if len(texts) > TWO else "list.two"
        return self.label(last).replace("{0}", head).replace("{1}", texts[-1])

    def figure(self, figure: Doc) -> str:
        """Format a figure: about 520,000 people (people whose data were used)."""
        unit, value = figure["unit"], figure["value"]
        if unit == "%":
            amount = self.label("number.percent").replace("{}", self.number(value))
        elif unit in {"EUR", "GBP", "SEK", "USD"}:
            amount = self.money(value, unit)
        else:
            amount = f"{self.number(value)} {unit}"
        qualifier = f"{self.label('qualifier.' + figure['qualifier'])} " if figure.get("qualifier") else ""
        return f"{qualifier}{amount} ({figure['of']})"
