"""Variants of the tiny base: the same facts with a few words changed, or with new ones; and what no answer may hold."""

import shutil
from pathlib import Path
from unicodedata import bidirectional, category

from conftest import BASE

# Markup of some format: HTML, Markdown, TeX, wiki; in Latin, Greek and Turkish letters.
HOSTILE = "<script>alert(1)</script> & [x](y) *b* {c} #1 50% $5 a_b ~ ^ \\ Ωμέγα İstanbul"
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
# Control characters, bidirectional formatting characters, and line breaks that only YAML knows.
ORDERS = [c for c in map(chr, range(0x10000)) if category(c) in {"Cc", "Zl", "Zp"} or bidirectional(c) in BIDI]
ORDERS = sorted({*ORDERS, "\u061c", "\u200e", "\u200f", "\ufeff"} - {"\t", "\n", "\r"})
TITLE = "Half a purse for Nordvik"
# New facts: a page that nothing cites yet, a city of a country that the tiny base has not, an initiative, a dispute.
SOURCE = """\
sources:
  new-source:
    title: A new page
    publisher: Gazette
    url: https://gazette.example.com/new
    lang: en
    type: news
"""
CITY = """\
cities:
  new-city:
    name: Newton
    country: IE
    type: city
    citations:
      - source: lantern-2015
        locator: list of cities
"""
INITIATIVE = """\
initiatives:
  new-initiative:
    name: New Lamps
    city: lodz
    edition: 2015
    summary: Lamps that are new.
    basis: press-account
    figures:
      - value: 12
        unit: lamps
        of: lamps that are new
    citations:
      - source: lantern-2015
        locator: last line
"""
DISPUTE = """\
disputes:
  new-dispute:
    topic: number of lamps
    severity: low
    weight: open
    touches:
      - tram-lamps.figures
    claims:
      - says: Twelve.
        citations:
          - source: lantern-2015
            locator: last line
      - says: Thirteen.
        citations:
          - source: gazette-2015
            locator: last line
    believed: Twelve
    why: The organiser counted.
"""


def changed(folder: Path, *changes: tuple[str, str, str]) -> str:
    """Copy the tiny base into a folder, with words changed: (file, old words, new words)."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    for name, old, new in changes:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return str(folder)


def with_hostile_title(folder: Path) -> str:
    """Copy the tiny base, with a title that every format has to escape."""
    return changed(folder, ("sources.yaml", f"title: {TITLE}\n", f"title: '{HOSTILE}'\n"))
