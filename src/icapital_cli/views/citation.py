"""What a citation of a fact needs: the pages that state it, each with all its places."""

from typing import NamedTuple
from urllib.parse import quote

from icapital_cli.store.facts import Doc, FactStore
from icapital_cli.terminal import safe
from icapital_cli.views.rows import RowBuilder


class Entry(NamedTuple):
    """One cited page: what identifies it, the place on it, what it is cited for, and the version of the facts."""

    key: str
    fact: str
    publisher: str
    title: str
    date: str
    lang: str
    url: str
    locator: str
    version: str


def entries_of(store: FactStore, kind: str, fact_id: str) -> list[Entry]:
    """List the pages that state a fact; a source is its own only page."""
    version = f"icapital {store.meta('version')}, facts {store.meta('digest')[:12]}"
    disputes = [dispute for (dispute,) in store.rows("SELECT DISTINCT dispute FROM disputed WHERE fact = ?", fact_id)]
    if disputes:
        version += f"; disputed, see {', '.join(disputes)}"
    doc = store.fact(fact_id)[1]
    cited = [{"id": fact_id, "locator": ""}] if kind == "sources" else RowBuilder(store).citations(doc)
    places: dict[str, list[str]] = {}
    for citation in cited:
        places.setdefault(citation["id"], []).append(citation["locator"])
    return [_entry(store.fact(source)[1], fact_id, locators, version) for source, locators in places.items()]


def _entry(source: Doc, fact_id: str, locators: list[str], version: str) -> Entry:
    return Entry(
        source["id"],
        fact_id,
        safe(source["publisher"]),
        safe(source["title"]),
        source.get("date", ""),
        source["lang"],
        "".join(quote(c) if c != safe(c) else c for c in source.get("url", "")),
        safe("; ".join(dict.fromkeys(place for place in locators if place))),
        version,
    )
