"""What a citation needs: the pages that state a fact, official ones first, each with all its places."""

from typing import NamedTuple
from urllib.parse import quote

from icapital_cli.store.facts import Doc, FactStore
from icapital_cli.terminal import safe
from icapital_cli.views.rows import RowBuilder

ITSELF = "icapital"  # the name by which the fact base itself is cited
OFFICIAL = ("official", "press-release", "news", "reference")  # types of source, in the order of citing


class Entry(NamedTuple):
    """One cited page: what identifies it, the place on it, when it was read, what it is cited for, and by what."""

    key: str
    fact: str
    publisher: str
    title: str
    date: str
    lang: str
    url: str
    locator: str
    accessed: str
    version: str


def entries_of(
    store: FactStore, kind: str, fact_id: str, *, official: bool = False, most: int | None = None
) -> list[Entry]:
    """List the pages that state a fact, official ones first, or only those; a source is its own only page."""
    version = f"icapital {store.meta('version')}, facts {store.meta('digest')[:12]}"
    disputes = RowBuilder(store).disputes(fact_id)
    if disputes:
        version += f"; disputed, see {', '.join(disputes)}"
    doc = store.fact(fact_id)[1]
    cited = [{"source": fact_id, "locator": ""}] if kind == "sources" else doc.get("citations", [])
    places: dict[str, list[Doc]] = {}
    for citation in cited:
        places.setdefault(citation["source"], []).append(citation)
    sources = sorted(((store.fact(source)[1], cites) for source, cites in places.items()), key=lambda s: _rank(s[0]))
    chosen = [(source, cites) for source, cites in sources if not official or source["type"] == OFFICIAL[0]]
    return [_entry(source, fact_id, cites, version) for source, cites in chosen[:most]]


def entry_of_base(store: FactStore) -> Entry:
    """Return the entry by which the fact base itself is cited, in the version in hand."""
    version, day = f"version {store.meta('version')}, facts {store.meta('digest')[:12]}", store.meta("facts_version")
    title = "icapital: facts about the European Capital of Innovation Award, each with its source"
    return Entry("icapital-facts", "icapital", "icapital-cli", title, day, "en", "", "", "", version)


def entry_of_page(store: FactStore, fact_id: str, title: str, url: str) -> Entry:
    """Return the entry by which what the fact base tells of a thing is cited; `url` is where, or empty."""
    base = entry_of_base(store)
    return base._replace(key=f"icapital-{fact_id}", fact=fact_id, title=safe(title), lang=store.lang, url=url)


def _rank(source: Doc) -> int:
    return OFFICIAL.index(source["type"])


def _entry(source: Doc, fact_id: str, citations: list[Doc], version: str) -> Entry:
    url = source.get("url", "")
    places = dict.fromkeys(citation["locator"] for citation in citations if citation["locator"])
    return Entry(
        source["id"],
        fact_id,
        safe(source["publisher"]),
        safe(source["title"]),
        source.get("date", ""),
        source["lang"],
        url if url.isprintable() else "".join(quote(c) if c != safe(c) else c for c in url),
        safe("; ".join(places)),
        max((citation.get("read_on", "") for citation in citations), default=""),
        version,
    )
