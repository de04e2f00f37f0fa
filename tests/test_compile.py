"""Compiling a base: the same facts make the same tables, wherever they are written and however they are divided."""

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from conftest import BASE
from contents import content

from icapital_cli.compiler import base as loading
from icapital_cli.compiler import compile as compiling
from icapital_cli.compiler.base import Base
from icapital_cli.compiler.compile import check_folder, compile_folder
from icapital_cli.compiler.files import find_files
from icapital_cli.compiler.parser import Record
from icapital_cli.compiler.rules.evidence import Publishers
from icapital_cli.errors import ManyProblemsError

BUILD = """
import sys
from pathlib import Path
from icapital_cli.compiler.build import build_database
build_database(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.fixture
def base(tmp_path):
    """Give a copy of the tiny base to change."""
    return Path(shutil.copytree(BASE, tmp_path / "base"))


def compiled(folder, target=":memory:"):
    """Compile a folder, and give all that the compiled base holds."""
    with closing(compile_folder(folder, find_files(folder), str(target))) as connection:
        return content(connection)


def without_digest(held):
    """Leave the digest of the files out."""
    return held | {"meta": [row for row in held["meta"] if row[0] != "digest"]}


# The same facts, the same tables.


def test_a_file_holds_what_memory_holds(base, tmp_path):
    assert compiled(base, tmp_path / "facts.db") == compiled(base)


def test_equal_facts_are_built_to_equal_bytes(tmp_path):
    """Neither the place of the folder, nor the order and times of its files, nor the hashes of Python are in them."""
    built = []
    for seed, reverse in (("1", False), ("2", True)):
        folder, database = tmp_path / seed / "base", tmp_path / seed / "facts.db"
        for path in sorted(BASE.rglob("*.yaml"), reverse=reverse):
            copy = folder / path.relative_to(BASE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
            os.utime(copy, (int(seed), int(seed)))
        words = [sys.executable, "-c", BUILD, folder, database]
        subprocess.run(words, env=os.environ | {"PYTHONHASHSEED": seed}, check=True)
        built.append(database.read_bytes())

    assert built[0] == built[1]


def facts_of(folder):
    """List the facts of a base in their order, as (kind, id, fields)."""
    files = [path for path in sorted(folder.rglob("*.yaml")) if path.parent.name != "languages"]
    for kinds in (yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in files):
        for kind, facts in kinds.items():
            yield from ((kind, fact_id, fields) for fact_id, fields in facts.items())


def divided(folder, target, file_of):
    """Write the facts of a base into other files: `file_of` has the file for the number and the kind of a fact."""
    shutil.copytree(folder / "languages", target / "languages")
    files = {}
    for number, (kind, fact_id, fields) in enumerate(facts_of(folder)):
        files.setdefault(file_of(number, kind), {}).setdefault(kind, {})[fact_id] = fields
    for name, kinds in files.items():
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).write_text(yaml.safe_dump(kinds, allow_unicode=True, sort_keys=False), "utf-8")
    return target


@pytest.mark.parametrize(
    "file_of",
    [lambda *_: "all.yaml", lambda number, _: f"{number:03}.yaml", lambda number, kind: f"{number:03}/{kind}.yml"],
    ids=["one file", "a file for each fact", "a folder for each fact"],
)
def test_facts_divided_among_other_files_are_the_same_facts(base, tmp_path, file_of):
    """The name of a file is for people: only the key above a fact says what it is."""
    other = divided(base, tmp_path / "other", file_of)

    assert without_digest(compiled(other)) == without_digest(compiled(base))


def test_each_file_of_a_valid_base_is_read_once(monkeypatch, base):
    read, times = loading.read_content, Counter()

    def counted(path):
        times[path.relative_to(base).as_posix()] += 1
        return read(path)

    monkeypatch.setattr(loading, "read_content", counted)
    compiled(base)

    assert times == dict.fromkeys((name for name, _ in find_files(base)), 1)


# The same problems.


def problems_of(function, *values):
    with pytest.raises(ManyProblemsError) as raised:
        function(*values)
    return str(raised.value).splitlines()


def spoil(base):
    """Break rules of several sorts in several files."""
    for name, old, new in (
        ("cities.yaml", "country: GB", "country: Britain"),
        ("editions/2017.yaml", "source: lantern-2017", "source: lantern-1917"),
        ("languages/sv.yaml", "grand-lantern:", "great-lantern:"),
    ):
        text = (base / name).read_text("utf-8")
        assert old in text
        (base / name).write_text(text.replace(old, new), "utf-8")


def test_what_check_refuses_is_not_compiled_and_for_the_same_problems(base, tmp_path):
    spoil(base)

    found = problems_of(compiled, base, tmp_path / "facts.db")

    assert found == problems_of(check_folder, base)
    assert len({line.partition(":")[0] for line in found}) == 3
    assert not (tmp_path / "facts.db").exists()


def test_of_many_problems_the_first_are_shown_and_the_rest_is_counted(monkeypatch, base):
    spoil(base)
    every = problems_of(check_folder, base)
    monkeypatch.setattr(compiling, "MOST_SHOWN", 2)

    assert problems_of(check_folder, base) == [*every[:2], f"… and {len(every) - 2} more problems"]


# Chains of re-prints.

PAGES = 5_000
ORDERS = {
    "from the first": list(range(PAGES)),
    "from the last": list(reversed(range(PAGES))),
    "in no order": random.Random(7).sample(range(PAGES), PAGES),
}


class CountingBase(Base):
    """A base that counts how often each fact is looked up."""

    def find(self, kind, fact_id):
        """Look a fact up, and count it."""
        self.looked_up[fact_id] += 1
        return super().find(kind, fact_id)


def pages(earlier):
    """Make a base of pages that re-print, or repeat, other pages."""
    made = CountingBase(Path(), "")
    made.looked_up = Counter()
    for number, (page, of) in enumerate(earlier.items()):
        doc = {"id": page, "publisher": page} | ({("reprint_of", "draws_on")[number % 2]: of} if of else {})
        made.facts[page] = Record("sources", page, doc, "sources.yaml")
    return made


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_each_page_of_a_chain_of_re_prints_is_looked_up_once(order):
    made = pages({f"page-{number}": f"page-{number - 1}" if number else "" for number in range(PAGES)})
    publishers = Publishers(made)

    originals = {publishers.original(f"page-{number}") for number in order}

    assert originals == {"page-0"}
    assert {made.looked_up[page] for page in made.facts} == {1}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_each_page_of_a_circle_of_re_prints_is_looked_up_once(order):
    """Half the pages are a circle, the others a chain that leads into it: all have one original, in the circle."""
    circle = PAGES // 2
    made = pages({f"page-{number}": f"page-{(number or circle) - 1}" for number in range(PAGES)})
    publishers = Publishers(made)

    originals = {publishers.original(f"page-{number}") for number in order}

    assert len(originals) == 1
    assert originals <= {f"page-{number}" for number in range(circle)}
    assert {made.looked_up[page] for page in made.facts} == {1}


CHAINS = [
    ({"herald": "wire"}, "herald", "herald"),  # nobody knows the wire
    ({"mirror": "herald", "herald": "wire"}, "mirror", "herald"),
    ({"alone": "alone"}, "alone", "alone"),
    ({"mirror": "herald", "herald": "wire", "wire": "herald"}, "mirror", "herald"),
]


@pytest.mark.parametrize(("earlier", "page", "original"), CHAINS)
def test_a_chain_ends_at_a_page_that_is_not_there_and_a_circle_where_it_closes(earlier, page, original):
    assert Publishers(pages(earlier)).original(page) == original
