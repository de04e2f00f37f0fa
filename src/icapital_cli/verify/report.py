"""The report: checked claims as rows, their values raw for scripts and localized for people, with their evidence."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from icapital_cli.errors import UsageError, printable
from icapital_cli.store.facts import Doc, FactStore
from icapital_cli.verify.engine import Checked, Checker
from icapital_cli.verify.judge import DIFFERS, TOOK_PART, Verdict
from icapital_cli.verify.reader import Draft
from icapital_cli.views.draft import VERDICTS, CheckedDraft, ClaimRow, Report
from icapital_cli.views.rows import Column, RowBuilder
from icapital_cli.views.view import View, evidence_columns

COLUMNS = (
    ("id", "integer", False),
    ("file", "line", False),
    ("line", "integer", True),
    ("column", "integer", False),
    ("verdict", "claimed", True),
    ("text", "line", True),
    ("subject", "line", False),
    ("property", "claimed", True),
    ("read", "claimed", False),
    ("expected", "claimed", True),
    ("fact", "id", False),
    ("explanation", "line", True),
)
# The labels of properties that no column has.
LABELS = {"count": "verify.cities", "best": "verify.best", "first": "verify.first", "editions": "kind.editions"}
# The kinds of fact whose names stand for ids, by property.
NAMED = {
    "place": ("cities",),
    "city": ("cities",),
    "status": ("cities",),
    "rank": ("cities",),
    "best": ("cities",),
    "first": ("cities",),
    "organisation": ("organisations",),
    "organiser": ("organisations",),
    "phone": ("people",),
    "email": ("people",),
    "text": ("people",),
}
SHOWN = {"column.sources", "column.disputes", "kind.verify", "verify.held", "verify.own", "verify.placed"}
SHOWN |= {"number.group", "number.decimal", "money.EUR"}  # labels of nearly every report
IN_PARTS = ("reached",)  # explained by whose the place was, and what the city reached
LONGEST = 80  # characters of a quotation in an explanation
SPACE = re.compile(r"\s+")


def report_of(store: FactStore, drafts: Iterable[Draft]) -> Report:
    """Check drafts against one store. Raises UsageError for a draft in a language that has no wordings."""
    checker, builder = Checker(store), RowBuilder(store)
    writer = Writer(store, builder)
    checked = []
    for draft in drafts:
        try:
            found = checker.check(draft.text)
        except UsageError as error:
            raise UsageError(f"{printable(draft.name)}: {error}") from None
        writer.read(found)
        rows = [writer.row(draft, n, one) for n, one in enumerate(found, 1)]
        checked.append(CheckedDraft(draft.name, draft.text, rows))
    columns = [Column(key, store.label(f"column.{key}"), type_of, shown) for key, type_of, shown in COLUMNS]
    columns += evidence_columns(store)
    rows = [row for draft in checked for row in draft.rows]
    if len(checked) > 1:
        columns[1] = columns[1]._replace(shown=True)
    view = View("verify", store.label("kind.verify"), columns, [*rows], builder.localizer, _notes(builder, rows))
    return Report(view, checked)


def _notes(builder: RowBuilder, rows: list[ClaimRow]) -> list[str]:
    label = builder.localizer.label
    counted = Counter(row.values["verdict"] for row in rows)
    parts = [f"{label(f'verdict.{verdict}')}: {counted[verdict]}" for verdict in VERDICTS if counted[verdict]]
    return [", ".join(parts)] if rows else []


def label_of(property_: str) -> str:
    """Return the key of the label of a property."""
    return LABELS.get(property_) or f"column.{property_}"


def _money(amount: float, currency: str) -> Any:
    return amount if currency == "EUR" else f"{currency} {amount}"


class Writer:
    """Writes claims as rows: what a script gets, and what people read, in the language of the store."""

    def __init__(self, store: FactStore, builder: RowBuilder) -> None:
        """Write in the language of a store."""
        self.store, self.builder, self.localizer = store, builder, builder.localizer
        self._citations: dict[str, list[Doc]] = {}
        self._known: dict[str, str | None] = {}
        self._names: dict[str, str] = {}

    def read(self, found: list[Checked]) -> None:
        """Read at once what the rows of some claims show, so that none need be read by itself."""
        store = self.store
        facts = {one.verdict.fact for one in found if one.verdict.fact}
        store.read(facts)
        store.read(citation["source"] for fact in facts for citation in store.fact(fact)[1].get("citations", ()))
        names = {name for one in found for name in (one.claim.given.get("city"), one.claim.given.get("person")) if name}
        store.read(names)
        store.read_texts(names)
        labels = {label_of(one.claim.property) for one in found if one.claim.property}
        labels |= {f"column.{column[0]}" for column in COLUMNS} | {f"verdict.{verdict}" for verdict in VERDICTS}
        labels |= {f"verify.{one.verdict.why}" for one in found} | SHOWN
        store.read_labels(labels)

    def row(self, draft: Draft, number: int, checked: Checked) -> ClaimRow:
        """Make the row of a claim."""
        claim, verdict = checked.claim, checked.verdict
        line, column = draft.position(checked.start)
        property_, subject, explanation = (
            claim.property,
            self._subject(claim.given, verdict),
            self._explanation(verdict),
        )
        read = self._raw(property_, claim.value, claim.given, verdict)
        expected = self._raw(property_, verdict.expected, claim.given, verdict)
        citations = self._evidence(verdict, property_)
        values: Doc = {
            "id": number,
            "file": draft.name,
            "line": line,
            "column": column,
            "text": " ".join(draft.text[checked.start : checked.end].split()),
            "subject": subject,
            "property": property_ or None,
            "read": read,
            "verdict": verdict.verdict,
            "expected": expected,
            "fact": verdict.fact,
            "explanation": explanation or None,
            "sources": citations,
            "disputes": list(verdict.disputes),
        }
        label = self.localizer.label
        shown = {
            "verdict": label(f"verdict.{verdict.verdict}"),
            "property": label(label_of(property_)) if property_ else "",
            "read": self._localized(property_, read),
            "expected": self._localized(property_, expected) if verdict.verdict != "agrees" else "",
            "subject": subject or "",
            "explanation": explanation,
        }
        row = ClaimRow(number, values, shown, checked.mark)
        row.citations = citations
        return row

    def _subject(self, given: dict[str, Any], verdict: Verdict) -> str | None:
        """Return what a claim is about: a city, a person, an initiative, an edition."""
        parts = []
        if given.get("person"):
            parts.append(self._name(given["person"]))
        elif given.get("initiatives"):
            ids = [str(one) for one in given["initiatives"]]
            parts.append(self._name(verdict.fact if verdict.fact in ids else ids[0]))
        elif given.get("city"):
            parts.append(self._name(given["city"]))
        elif given.get("status"):
            parts.append(self.localizer.name(given["status"]))
        edition = given.get("edition")
        if edition and not given.get("person") and not given.get("initiatives"):
            parts.append(self._edition(edition.lstrip("?")))
        return ", ".join(parts) or None

    def _kind(self, fact_id: str) -> str | None:
        """Return the kind of a fact, or None where there is no such fact."""
        if fact_id not in self._known:
            self._known[fact_id] = self.store.one("SELECT kind FROM facts WHERE id = ?", fact_id)
        return self._known[fact_id]

    def _name(self, fact_id: str) -> str:
        if fact_id not in self._names:
            self._names[fact_id] = self._find_name(fact_id)
        return self._names[fact_id]

    def _find_name(self, fact_id: str) -> str:
        if not self._kind(fact_id):
            return fact_id.lstrip("?")
        kind, doc = self.store.fact(fact_id)
        value = doc.get("name") or doc.get("label") or fact_id
        if kind == "cities":
            return self.localizer.translation(fact_id, "name") or str(value)
        return self.localizer.text(fact_id, "name", value)[0]

    def _edition(self, edition: str) -> str:
        return str(self.store.fact(edition)[1]["label"]) if self._kind(edition) == "editions" else edition

    def _raw(self, property_: str, value: Any, given: Doc, verdict: Verdict) -> Any:
        """Return a value as scripts get it: a number, a date, an English word, a name."""
        if isinstance(value, tuple) and property_ in {"status", "rank", "first", "best"}:
            return ", ".join(map(self._name, value))
        if isinstance(value, tuple):
            return _money(*value) if property_ == "prize_eur" else " ".join(value)
        if property_ == "date" and str(value).startswith("-"):
            known = str(verdict.expected or "")
            return known if known[4:] == value[1:] else str(value)[2:]
        if property_ == "role" and value != verdict.expected:
            return given["words"]
        if isinstance(value, str):
            named = NAMED.get(property_, ())
            return self._name(value) if self._kind(value) in named else SPACE.sub(" ", value)
        return value

    def _localized(self, property_: str, value: Any) -> str:
        """Return a value as people of the language read it."""
        localizer = self.localizer
        if value is None:
            text = ""
        elif isinstance(value, int | float) and property_ not in {"rank", "ordinal"}:
            text = localizer.money(value, "EUR") if property_ == "prize_eur" else localizer.number(value)
        elif property_ in {"date", "country"}:
            text = localizer.localized(property_, str(value))
        elif property_ in {"status", "rank", "category"}:
            text = self._standing(str(value))
        else:
            text = str(value)
        return text if len(text) <= LONGEST else text[:LONGEST] + "…"

    def _standing(self, value: str) -> str:
        """Localize a status, the best few, a category, a status with an edition; a rank is a number."""
        word, _, edition = value.partition(" ")
        if word == "placed":
            return self.localizer.label("verify.placed")
        if word == TOOK_PART:
            return self.localizer.label("verify.took-part")
        if word == "top":
            return self.localizer.label("verify.top").replace("{number}", edition)
        known = self._kind(word) in {"statuses", "categories"}
        return " ".join(part for part in (self.localizer.name(word) if known else word, edition) if part)

    def _explanation(self, verdict: Verdict) -> str:
        """Return why, in the language of the store."""
        if not verdict.why or verdict.why in {"value", "category"}:
            return ""
        names = self._named(verdict)
        keys = [verdict.why, *(["held"] if names.get("holders") else []), *(["own"] if names.get("results") else [])]
        keys = [key for key in keys if key not in IN_PARTS]
        text = " ".join(self.localizer.label(f"verify.{key}") for key in keys)
        for name in re.findall(r"\{(\w+)\}", text):
            text = text.replace("{" + name + "}", names.get(name, ""))
        return SPACE.sub(" ", text).strip()

    def _named(self, verdict: Verdict) -> dict[str, str]:
        names: dict[str, str] = {}
        for key, value in verdict.names.items():
            if key == "holders":
                names["holders"] = ", ".join(self._name(result["city"]) for result in value)
            elif key == "results":
                names["results"] = "; ".join(map(self._reached, value))
            elif key == "changes":
                names["changes"] = "; ".join(f"{draft or '–'} → {source or '–'}" for draft, source in value)
            elif key == "figure":
                names["figure"] = self.localizer.term(value["of"]) or value["of"]
            elif key in {"city", "person"}:
                names[key] = self._name(str(value)) if value else ""
            elif key == "as_of":
                names[key] = self.localizer.localized("date", str(value))
            elif key == "status":
                names[key] = self.localizer.name(str(value))
            elif key == "edition":
                names[key] = self._edition(str(value))
            elif key == "dispute":
                names[key] = str(value)
                names |= self._dispute(str(value), verdict.names)
            elif key not in {"says", "believed"}:
                names[key] = str(value)
        names["disputes"] = ", ".join(verdict.disputes)
        return names

    def _reached(self, result: Doc) -> str:
        return f"{self._standing(result['status'])} {self._edition(result['edition'])}"

    def _dispute(self, dispute: str, given: dict[str, Any]) -> dict[str, str]:
        """Return what a side of a dispute says, and what the facts follow, in the language of the store."""
        doc = self.store.fact(dispute)[1]
        believed = self.localizer.text(dispute, "believed", doc["believed"])[0]
        ours = self.localizer.translation(dispute, "claims")
        says = str(given["says"])
        if ours:
            import json  # noqa: PLC0415 - the store has it loaded

            sides = [str(c["says"]) for c in doc["claims"]]
            texts = json.loads(ours)
            says = texts[sides.index(says)] if says in sides and len(texts) == len(sides) else says
        return {"says": says, "believed": believed}

    def _evidence(self, verdict: Verdict, property_: str) -> list[Doc]:
        """Return the citations of the fact, those that state the property first; for a dispute, its own."""
        if verdict.fact is None:
            return []
        key = f"{verdict.fact}/{property_}"
        if key not in self._citations:
            doc = self.store.fact(verdict.fact)[1]
            best = sorted(doc.get("citations", ()), key=lambda citation: self._weakness(citation, property_))
            self._citations[key] = [self.builder.citation(citation) for citation in best]
        if verdict.verdict == DIFFERS or not verdict.names.get("dispute"):
            return self._citations[key]
        doc = self.store.fact(verdict.names["dispute"])[1]
        return [self.builder.citation(c) for c in doc["citations"]]

    def _weakness(self, citation: Doc, property_: str) -> tuple[int, bool]:
        """Rank a citation as evidence of a property: first a page that was read and states it, and an official one."""
        level = 0 if property_ in citation.get("states", ()) else 1 if property_ in citation.get("supports", ()) else 2
        return level, self.store.fact(citation["source"])[1].get("type") != "official"
