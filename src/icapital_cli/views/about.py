"""What the tool says of itself: versions, counts, languages and how complete each is."""

import json
import sys

from icapital_cli import __version__
from icapital_cli.store.facts import Doc, FactStore
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.rows import Column, Row
from icapital_cli.views.view import View

LANGUAGE_KEYS = (("tag", "id"), ("name", "line"), ("labels", "line"), ("texts", "line"), ("complete", "line"))


def languages_view(store: FactStore) -> View:
    """Show the languages, and the share of labels and texts that each has."""
    columns = [Column(key, store.label(f"column.{key}"), kind, shown=True) for key, kind in LANGUAGE_KEYS]
    complete = json.loads(store.meta("completeness"))
    rows = []
    for tag, name in store.languages().items():
        labels, all_labels, texts, all_texts = complete[tag]
        values = {"tag": tag, "name": name, "labels": f"{labels}/{all_labels}", "texts": f"{texts}/{all_texts}"}
        share = 100 * (labels + texts) // ((all_labels + all_texts) or 1)
        rows.append(Row(tag, values | {"complete": f"{share} %"}))
    return View("languages", store.label("kind.languages"), columns, rows, Localizer(store), [])


def state_of(store: FactStore, facts: str, cache: str | None) -> Doc:
    """Return versions, digest of the facts, counts, licences and paths."""
    return {
        "version": __version__,
        "python": sys.version.split()[0],
        "facts": facts,
        "facts_version": store.meta("facts_version"),
        "facts_digest": store.meta("digest"),
        "counts": json.loads(store.meta("counts")),
        "stated": json.loads(store.meta("stated")),
        "languages": list(store.languages()),
        "licence_code": "Apache-2.0",
        "licence_facts": "CC-BY-4.0",
        "cache": cache,
    }
