"""Where on the site each fact stands: the address of its page, or of its place on the page of another thing."""

from typing import Any

# The kinds of which each thing has a page, in the order of the menu, and those that have a list.
PAGES = ("editions", "cities", "countries", "people", "initiatives", "quotes", "disputes")
LISTS = (*PAGES, "sources")  # a source is a line: a page of its own would make the site half as large again
LISTED_ON_HOW = ("statuses", "categories", "gaps")  # kinds that stand on the page that says how we know
# The fields by which a fact belongs to a page, in the order of choice, and the kinds that the page has a place for.
BELONGS = {
    "results": "edition",
    "schemes": "edition",
    "milestones": "edition",
    "rules": "edition",
    "prizes": "city",
    "posts": "person",
    "contacts": "city",
}
KIND_OF_FIELD = {"edition": "editions", "city": "cities", "person": "people"}


def place_of(kind: str, fact_id: str, doc: dict[str, Any]) -> str:
    """Return where a fact stands, below the folder of a language; nothing for one that has no place."""
    if kind in PAGES:
        return f"{kind}/{fact_id}.html"
    if kind in LISTS:
        return f"{kind}/index.html#{fact_id}"
    if kind in LISTED_ON_HOW:
        return f"about/how.html#{fact_id}"
    if kind == "prizes" and "result" in doc and "purpose" not in doc:  # the result tells it
        return place_of("results", doc["result"], doc) if doc.get("edition") else ""
    field = BELONGS.get(kind, "")
    return f"{KIND_OF_FIELD[field]}/{doc[field]}.html#{fact_id}" if doc.get(field) else ""
