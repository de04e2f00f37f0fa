"""What follows from the whole of a sound base: what its files add up to, and how CLDR spells its patterns."""

import os
from collections import Counter

from icapital_cli import FACTS_FORMAT, __version__
from icapital_cli.files import digest_of
from icapital_cli.kinds import KINDS
from icapital_cli.layout import spell_json, write
from icapital_cli.passages import tags_of
from icapital_cli.spellings import label_rows
from icapital_cli.store import Store
from icapital_cli.tables import kind_rows
from icapital_cli.tally import Spelled

CITIES_OF_DISPUTES = """
INSERT OR IGNORE INTO facets SELECT 'disputes', 'city', city, seq FROM (
    SELECT d.seq AS seq, CASE f.kind WHEN 'cities' THEN f.id ELSE json_extract(f.doc, '$.city') END AS city
    FROM touches t JOIN facts d ON d.id = t.dispute JOIN facts f ON f.id = t.fact WHERE t.fact NOT LIKE 'prize-%'
) WHERE city IS NOT NULL"""
COUNTRIES_OF_DISPUTES = """
INSERT OR IGNORE INTO facets SELECT 'disputes', 'country', json_extract(c.doc, '$.country'), t.seq
FROM facets t JOIN facts c ON c.id = t.value WHERE t.kind = 'disputes' AND t.key = 'city'"""


def finish(store: Store, spelled: Spelled, given: dict[str, int]) -> None:
    """Write what follows from the whole of a sound base. `given` counts the translated texts of each language."""
    tags = tags_of(store.symbols)
    write(store.connection, "kinds", kind_rows())
    write(store.connection, "labels", label_rows(tags, spelled.currencies | {"EUR"} | spelled.units))
    languages = {tag: language.name for tag, language in store.symbols.languages.items()}
    keys = {key for language in store.symbols.languages.values() for key in language.labels}
    has = {tag: len(store.symbols.languages[tag].labels) if tag in languages else 0 for tag in tags}
    shipped = spell_json({tag: languages.get(tag, tag) for tag in tags})
    labels = spell_json({tag: [has[tag], len(keys)] for tag in tags})
    write(store.connection, "meta", [("languages", shipped), ("labels", labels), ("given", spell_json(given))])
    sum_up(store)


def sum_up(store: Store) -> None:
    """Write what the files add up to: counts, completeness, digest, and the cities that disputes are about."""
    counts: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for tally in store.tallies:
        counts.update(tally.counts)
        said.update(tally.said)
    texts = sum(tally.texts for tally in store.tallies)
    labels = store.meta("labels")
    complete = {tag: [*labels[tag], said[tag], texts] for tag in tags_of(store.symbols)}
    digest = digest_of(
        (os.fsdecode(name), content) for name, content in store.rows("SELECT name, sum FROM files ORDER BY num")
    )
    summed = {"counts": {kind: counts[kind] for kind in KINDS if counts[kind]}, "completeness": complete}
    known = {"format": str(FACTS_FORMAT), "version": __version__, "digest": digest}
    known |= {key: spell_json(value) for key, value in summed.items()}
    store.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", known.items())
    store.connection.execute("DELETE FROM facets WHERE kind = 'disputes' AND key IN ('city', 'country')")
    store.connection.execute(CITIES_OF_DISPUTES)
    store.connection.execute(COUNTRIES_OF_DISPUTES)
