"""What the codebook tells: what each status meant in each edition, which lists are complete, what each column holds."""

from collections import Counter
from typing import Any

from icapital_cli.api.facts import Facts
from icapital_cli.api.rows import Result
from icapital_cli.api.tables import Field
from icapital_cli.views.localizer import Localizer


def codebook_of(facts: Facts, localizer: Localizer) -> dict[str, Any]:
    """Collect what the template of the codebook needs besides the tables."""
    results = facts.cities()
    editions = _editions(facts, results, localizer)
    told = {gap for edition in editions for gap in edition["missing"]}
    return {
        "label": localizer.label,
        "filled": localizer.filled,
        "heads": lambda *keys: " | ".join(map(localizer.label, keys)),
        "statuses": facts.of_kind("statuses"),
        "standings": _standings(facts, results, localizer),
        "editions": editions,
        "other_gaps": [gap["what"] for gap in facts.gaps() if gap["what"] not in told],
    }


def meaning_of(field: Field) -> str:
    """Say what a column holds."""
    parts = [field.description]
    parts += [f"In {field.unit}."] if field.unit else []
    parts += [f"One of: {', '.join(field.choices)}."] if field.choices else []
    parts += [f"Refers to {field.refers[0]}.{field.refers[1]}."] if field.refers else []
    return " ".join(parts)


def cell(text: str) -> str:
    """Write a text so that it stays in its cell of a Markdown table."""
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())


def _standings(facts: Facts, results: list[Result], localizer: Localizer) -> list[dict[str, Any]]:
    """Count cities by edition, category and status: whether these are all, what was offered, disputes about it."""
    stated, disputed = _stated_counts(facts), _disputes_about_status(facts, results)
    counted = Counter((row["year"], row["category"], row["status"]) for row in results)
    offered: dict[tuple[int, str, str], list[str]] = {}
    for row in facts.of_kind("schemes"):
        amount = row["prize_eur"]
        prize = localizer.label("mark.unknown") if amount is None else localizer.money(amount, "EUR")
        note = f" ({row['note']})" if row["note"] else ""
        key = (row["year"], row["category"], row["status"])
        offered.setdefault(key, []).append(f"{row['number_of_prizes']} × {prize}{note}")
    rows, categories, statuses = [], facts.of_kind("categories"), facts.of_kind("statuses")
    for edition in facts.editions():
        for category in categories:
            for status in statuses:
                key = (edition["year"], category["id"], status["id"])
                if counted[key] or key in offered:
                    row = dict(zip(("edition", "category", "status"), (edition["label"], *key[1:]), strict=True))
                    complete = {None: "mark.unknown", counted[key]: "boolean.true"}.get(
                        stated.get(key), "boolean.false"
                    )
                    row |= {"cities": counted[key], "complete": localizer.label(complete)}
                    row |= {"offered": "; ".join(offered.get(key, []))}
                    rows.append(row | {"disputes": ", ".join(disputed.get(key, {}))})
    return rows


def _stated_counts(facts: Facts) -> dict[tuple[int, str, str], int]:
    """Return how many cities reached a status, as the sources say, by year, category and status."""
    with facts.store() as store:
        editions = [store.fact(edition)[1] for edition in store.ids("editions")]
    return {
        (edition["year"], one["category"], one["status"]): one["count"]
        for edition in editions
        for one in edition.get("expected_results", ())
    }


def _disputes_about_status(facts: Facts, results: list[Result]) -> dict[tuple[int, str, str], dict[str, None]]:
    """Return the disputes that touch the status of a result, by year, category and status."""
    by_id = {row["id"]: row for row in results}
    found: dict[tuple[int, str, str], dict[str, None]] = {}
    for dispute in facts.disputes():
        for target in dispute["touches"]:
            fact, _, field = target.partition(".")
            if fact in by_id and field in {"", "status"}:
                result = by_id[fact]
                found.setdefault((result["year"], result["category"], result["status"]), {})[dispute["id"]] = None
    return found


def _editions(facts: Facts, results: list[Result], localizer: Localizer) -> list[dict[str, Any]]:
    """Say for each edition how many cities are recorded, of how many applications, and what is known to be missing."""
    gaps = facts.gaps()
    year_of = {row["id"]: row["year"] for row in results} | {row["id"]: row["year"] for row in facts.editions()}
    rows = []
    for edition in facts.editions():
        missing = [
            gap["what"]
            for gap in gaps
            if any(year_of.get(target.partition(".")[0]) == edition["year"] for target in gap["about"])
        ]
        number = edition["applications"]
        applications = localizer.label("mark.unknown") if number is None else localizer.number(number)
        cities = sum(row["year"] == edition["year"] for row in results)
        row = {"edition": edition["label"], "cities": cities, "applications": applications}
        rows.append(row | {"missing": missing})
    return rows
