"""Rules on double entry: what a citation says that its page states is what the fact says, or is disputed."""

from collections.abc import Iterator
from typing import Any

from icapital_cli.compiler.base import Base, Violation
from icapital_cli.compiler.parser import Record
from icapital_cli.compiler.rules.registry import at, rule
from icapital_cli.model import KINDS
from icapital_cli.model.composites import ListOf, Text, supports
from icapital_cli.model.values import Date, Line, Phone, Ref, Value
from icapital_cli.names import name_key

ELLIPSIS = "…"


class Scalar:
    """A stated text as a node, so that the type of a field can parse it."""

    id = "scalar"
    start_mark: Any = None

    def __init__(self, value: str) -> None:
        """Wrap a text."""
        self.value = value


class Messages(list[str]):
    """Collects the messages of a parser."""

    field = ""

    def __call__(self, _node: Any, message: str, _rule: str, /) -> None:
        """Collect one message."""
        self.append(message)


@rule
def statements_agree(base: Base) -> Iterator[Violation]:
    """A value that a page states is that of the fact; a difference is a claim of a dispute about the field."""
    disputed = _disputed_by(base)
    for record, number, citation in base.citations:
        fields = KINDS[record.kind].mapping.fields
        for field, stated in citation.get("states", {}).items():
            path = ("citations", number, "states", field)
            if field not in fields or field == "citations":
                known = ", ".join(name for name in fields if name != "citations")
                yield at(record, path, f"no field is called {field!r}; choose from: {known}", "states")
            elif not _is_to_the_letter(record, field, stated):
                for wrong in _differences(base, record, field, stated):
                    if not {(record.id, citation["source"]), (f"{record.id}.{field}", citation["source"])} & disputed:
                        yield at(record, path, wrong, "states")
        if "read_on" in citation and "states" not in citation:
            yield at(record, ("citations", number), "read_on goes with states: what does the page state?", "states")
        if "states" in citation and "read_on" not in citation:
            yield at(record, ("citations", number), "states goes with read_on: the day of reading", "states")


def _is_to_the_letter(record: Record, field: str, stated: Any) -> bool:
    """Whether a statement is the value as it is written: most are, and need no reading."""
    value = record.doc.get(field)
    return bool(stated == (str(value) if isinstance(value, int) else value))


@rule
def disputed_values_have_a_page(base: Base) -> Iterator[Violation]:
    """Where a dispute excuses the pages that differ from a fact, one page at least states what the fact says."""
    disputed = {target for target, _ in _disputed_by(base)}
    for fact_id in dict.fromkeys(target.partition(".")[0] for target in disputed):
        record = base.facts.get(fact_id)
        if record is None or not KINDS[record.kind].cited:
            continue
        citations = record.doc.get("citations", ())
        for field in dict.fromkeys(field for citation in citations for field in citation.get("states", ())):
            known = field in KINDS[record.kind].mapping.fields and field in record.doc
            if known and disputed & {record.id, f"{record.id}.{field}"} and not _has_page(base, record, field):
                what = f"every page that was read states another {field}: follow one of them, or cite a page for it"
                yield at(record, (field,), what, "states")


def _has_page(base: Base, record: Record, field: str) -> bool:
    """Whether a page may state the value of a field: one that was read does, or one was not read."""
    return any(
        not any(_differences(base, record, field, citation["states"][field]))
        if field in citation.get("states", ())
        else supports(citation, field)
        for citation in record.doc["citations"]
    )


def _disputed_by(base: Base) -> set[tuple[str, str]]:
    """Return (target, source) of what disputes touch, for each source of a claim."""
    return {
        (target, citation["source"])
        for dispute in base.of_kind["disputes"]
        for target in dispute.doc.get("touches", ())
        for citation in dispute.doc["citations"]
    }


def _differences(base: Base, record: Record, field: str, stated: Any) -> Iterator[str]:
    """Yield in words how what is stated differs from the fact."""
    type_of, value = KINDS[record.kind].mapping.fields[field], record.doc.get(field)
    if value is None:
        yield f"states {field} {_shown(stated)}, but the fact has none: give it, or remove the statement"
        return
    if isinstance(stated, list) != isinstance(type_of, ListOf):
        yield f"states.{field} must be {'a list' if isinstance(type_of, ListOf) else 'one value'}"
        return
    for one in stated if isinstance(stated, list) else [stated]:
        yield from _difference_of_one(base, record, field, one)


def _difference_of_one(base: Base, record: Record, field: str, stated: str) -> Iterator[str]:
    type_of, value = KINDS[record.kind].mapping.fields[field], record.doc[field]
    same, messages = _is_meant(base, record, field, stated), Messages()
    if same is None:
        parsed = type_of.parse(Scalar(stated), messages)
        same = parsed is not None and (value.startswith(parsed) if isinstance(type_of, Date) else parsed == value)
    if not same:
        yield f"states.{field} {messages[0]}" if messages else _difference(field, value, stated)


def _difference(field: str, value: Any, stated: str) -> str:
    return (
        f"states {field} {_shown(stated)}, but the fact says {_shown(value)}: "
        "correct one of them, or write a dispute with this source"
    )


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        value = next(iter(value.values()))
    if isinstance(value, list):
        return ", ".join(_shown(item.get("value", item) if isinstance(item, dict) else item) for item in value)[:120]
    return repr(str(value)[:120])


def _is_meant(base: Base, record: Record, field: str, stated: str) -> bool | None:
    """Whether a statement in other words or digits means the value. None where only an equal value does."""
    type_of, value = KINDS[record.kind].mapping.fields[field], record.doc[field]
    if isinstance(type_of, ListOf):
        values = [item["value"] if isinstance(item, dict) and "value" in item else item for item in value]
        return any(_is_same(base, type_of.item, item, stated) for item in values)
    if isinstance(type_of, Ref):
        names, wanted = base.names.get(value, (value,)), name_key(stated)
        return wanted in names or any(_names_alike(name, wanted) for name in names)
    if isinstance(type_of, Phone):
        return _digits(value).endswith(_digits(stated).lstrip("0"))
    if isinstance(type_of, Text):
        versions = _versions(base, record, value)
        return stated in versions or any(is_said(text, stated) for text in versions)
    return is_said(value, stated) if type(type_of) is Line else None


def _is_same(base: Base, type_of: Value, value: Any, stated: str) -> bool:
    if isinstance(type_of, Ref):
        return name_key(stated) in base.names.get(value, ())
    return name_key(str(value)) == name_key(stated)


def _names_alike(name: str, stated: str) -> bool:
    """Whether two folded names are the same, one perhaps with a title, or without the first names."""
    ours, theirs = name.split(), stated.split()
    return ours[-1:] == theirs[-1:] and (set(ours) <= set(theirs) or set(theirs) <= set(ours))


def _versions(base: Base, record: Record, value: Any) -> list[str]:
    """Return a text in all languages in which the base has it."""
    field = next(name for name, given in record.doc.items() if given is value)
    texts = list(value.values()) if isinstance(value, dict) else [value]
    for language in base.languages.values():
        ours = language.texts.get(record.id, {}).get(field)
        texts += [ours] if isinstance(ours, str) else []
        texts += [language.terms[text] for text in texts[:1] if text in language.terms]
    return texts


def is_said(text: str, stated: str) -> bool:
    """Whether a statement says a text: the same words, the words within it, or its first and last words."""
    said, wanted = name_key(text), name_key(stated)
    if ELLIPSIS in stated:
        first, _, last = (name_key(part) for part in stated.partition(ELLIPSIS))
        return said.startswith(first) and said.endswith(last)
    return said == wanted or (len(wanted) > len(ELLIPSIS) and (wanted in said or said in wanted))


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
