"""Variants of the tiny base: the same facts with a few words changed; and what no answer may hold."""

import shutil
from pathlib import Path
from unicodedata import bidirectional, category

from conftest import BASE

# What some format would obey: HTML, Markdown, TeX, wiki marks, in Latin, Greek and Turkish letters.
HOSTILE = "<script>alert(1)</script> & [x](y) *b* {c} #1 50% $5 a_b ~ ^ \\ Ωμέγα İstanbul"
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
# What a terminal obeys, what turns the direction of a text, and what only YAML takes for the end of a line.
ORDERS = [c for c in map(chr, range(0x10000)) if category(c) in {"Cc", "Zl", "Zp"} or bidirectional(c) in BIDI]
ORDERS = sorted({*ORDERS, "\u061c", "\u200e", "\u200f", "\ufeff"} - {"\t", "\n", "\r"})
TITLE = "Half a purse for Nordvik"
# A page that nothing cites yet, and a city of a country that the tiny base has not.
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


def changed(folder: Path, *changes: tuple[str, str, str]) -> str:
    """Copy the tiny base into a folder, with words changed: (file, old words, new words)."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    for name, old, new in changes:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return str(folder)


def with_hostile_title(folder: Path) -> str:
    """Copy the tiny base, with a title that every format has to spell with care."""
    return changed(folder, ("sources.yaml", f"title: {TITLE}\n", f"title: '{HOSTILE}'\n"))


def larger(folder: Path, files: int = 4, each: int = 200) -> Path:
    """Copy the tiny base into a folder, with as many more files of initiatives as make it worth several processes."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    for file in range(files):
        facts = "".join(LAMPS.format(file=file, number=number) for number in range(each))
        (folder / f"lamps-{file}.yaml").write_text(f"initiatives:\n{facts}", "utf-8")
    return folder


LAMPS = """\
  lamps-{file}-{number}:
    name: Lamps {number} of {file}
    city: lodz
    edition: 2015
    summary: Lamps that are new, of which nobody had thought before, and which many will like to see at night.
    basis: press-account
    since: 2011-03
    partners:
      - Ghent University
    figures:
      - value: {number}
        unit: lamps
        of: lamps that are new
    citations:
      - source: lantern-2015
        locator: last line
      - source: gazette-2015
        locator: third paragraph
"""
