"""A base of which files changed is brought up to date: what comes of it is what a whole compile would make of it."""

import os
import shutil
from pathlib import Path

import pytest
from conftest import BASE
from contents import content
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import CITY, SOURCE

from icapital_cli import update
from icapital_cli.compile import compile_base
from icapital_cli.files import find_files, seen_of
from icapital_cli.update import update_base

INITIATIVE = """\
initiatives:
  new-initiative:
    name: New Lamps
    city: lodz
    edition: 2015
    summary: Lamps that are new.
    basis: press-account
    since: 2011-03
    figures:
      - value: 12
        unit: lamps
        of: lamps that are new
    citations:
      - source: lantern-2015
        locator: last line
"""
CATEGORY = """\
categories:
  half-lantern:
    award: lantern
    name: Half Lantern
    citations:
      - source: lantern-2015
        locator: last line
"""


def change(file, old, new):
    """Make an edit that puts one text in the place of another."""

    def edit(base):
        text = (base / file).read_text("utf-8")
        assert old in text
        (base / file).write_text(text.replace(old, new, 1), "utf-8")

    return edit


def add(file, text):
    """Make an edit that adds a file."""
    return lambda base: (base / file).write_text(text, "utf-8")


def move(file, to):
    """Make an edit that moves a file."""
    return lambda base: (base / file).rename(base / to)


# What touches no row of another file, and what does, or leaves the base in disorder.
SMALL = {
    "a text": change("editions/2015.yaml", "reason: ", "reason: Once more, "),
    "words that go": change("editions/2017.yaml", "summary: ", "summary: Other words instead. # "),
    "a citation": change("editions/2015.yaml", "locator: third paragraph", "locator: the third"),
    "a comment": change("editions/2017.yaml", "\nresults:\n", "\n# Who won.\nresults:\n"),
    "a date": change("gaps.yaml", "since: '2025-01-02'", "since: '2024-02-03'"),
    "a dispute": change("disputes.yaml", "severity: ", "severity: low # was "),
    "a new file": add("new.yaml", INITIATIVE),
    "a new first file": add("a.yaml", INITIATIVE),
    "a moved file": move("cities.yaml", "editions/2016.yaml"),
    "a touch": lambda base: os.utime(base / "award.yaml", ns=(0, 0)),
    "another title": change("sources.yaml", "title: ", "title: On "),
}
LARGE = {
    "a name of a city": change("cities.yaml", "name: Łódź", "name: Lodz"),
    "a date of a source": change("sources.yaml", "publisher: ", "publisher: The "),
    "a language": change("languages/sv.yaml", "name: ", "name: Ren "),
    "a language that goes": move("languages/sv.yaml", "sv.txt"),
    "a gap that goes": change("gaps.yaml", "      - 2015.date\n", "      - 2015.place\n"),
    "a country": add("new.yaml", CITY),
    "a currency": change(
        "award.yaml", "    purpose: Light along", "    amount: 7\n    currency: DKK\n    purpose: Light along"
    ),
    "a reason fewer": change(
        "editions/2015.yaml", "    reason: Trams that tell the street lamps when they come.\n", ""
    ),
    "a category that moves": move("award.yaml", "zaward.yaml"),
    "a gap fewer": change("gaps.yaml", "      - 2020.applications_countries\n", ""),
    "a printed number": change("people.yaml", "phone_printed: ", "phone_printed: 0"),
    "a category more": add("a.yaml", CATEGORY),
    "a source cited nowhere": add("new.yaml", SOURCE),
    "an id that is taken": add("new.yaml", INITIATIVE.replace("new-initiative", "2015-lodz")),
    "a fact that cannot be read": add("new.yaml", INITIATIVE.replace("edition: 2015", "edition: soon")),
    "a file that cannot be read": add("new.yaml", "- ["),
    "a source that is named nowhere": add("new.yaml", INITIATIVE.replace("lantern-2015", "lantern-1915")),
    "two winners": change(
        "editions/2017.yaml", "status: runner-up\n    rank: 2\n    prize", "status: winner\n    prize"
    ),
    "a city fewer": change("editions/2015.yaml", "  2015-brambury:", "  2015-bramburry:"),
    "a translation of nothing": change("editions/2015.yaml", "  tram-lamps:", "  tram-lights:"),
}


@pytest.fixture
def base(tmp_path):
    return Path(shutil.copytree(BASE, tmp_path / "base"))


@pytest.fixture(autouse=True)
def small_changes(monkeypatch):
    """The tiny base is so tiny that a change of one file is always a large one."""
    monkeypatch.setattr(update, "WORTH_IT", 0)


def compiled(base):
    """Compile the whole base into memory."""
    made = compile_base(":memory:", base, "", find_files(base))
    assert not made.problems
    assert not made.breaks
    return made.store.connection


def updated(connection, base):
    return update_base(connection, base, "", find_files(base))


@pytest.mark.parametrize("edit", SMALL.values(), ids=SMALL)
def test_a_small_change_is_made_where_it_belongs(base, edit):
    connection = compiled(base)
    edit(base)

    assert updated(connection, base) is not None
    assert content(connection) == content(compiled(base))


@pytest.mark.parametrize("edit", LARGE.values(), ids=LARGE)
def test_a_change_that_reaches_other_files_is_left_to_a_whole_compile(base, edit):
    connection = compiled(base)
    edit(base)

    assert updated(connection, base) is None


def test_a_large_change_is_left_to_a_whole_compile(base, monkeypatch):
    monkeypatch.setattr(update, "WORTH_IT", 100)
    connection = compiled(base)
    SMALL["a text"](base)

    assert updated(connection, base) is None


def test_files_that_find_no_room_between_others_are_left_to_a_whole_compile(base):
    connection, made = compiled(base), []
    for number in range(20, 0, -1):
        lamps = INITIATIVE.replace("new-initiative", f"new-initiative-{number}")
        (base / f"a{number:02}.yaml").write_text(lamps, "utf-8")
        made.append(updated(connection, base))
        if made[-1] is None:
            break
        assert content(connection) == content(compiled(base))

    assert made[-1] is None
    assert len(made) > 5


def test_a_file_in_the_place_of_one_that_went_takes_nothing_with_it(base):
    (base / "n.yaml").write_text(INITIATIVE, "utf-8")
    connection = compiled(base)
    (base / "n.yaml").rename(base / "nx.yaml")

    assert updated(connection, base) is not None
    assert content(connection) == content(compiled(base))


def test_a_city_that_goes_is_left_to_a_whole_compile(base):
    """A language may name it, and nobody else."""
    (base / "new.yaml").write_text(CITY, "utf-8")
    change("languages/sv.yaml", "cities:\n", "cities:\n  new-city: Nystad\n")(base)
    connection = compiled(base)
    (base / "new.yaml").unlink()

    assert updated(connection, base) is None


def test_a_unit_is_no_currency(base):
    (base / "new.yaml").write_text(INITIATIVE.replace("unit: lamps", "unit: KWH"), "utf-8")
    connection = compiled(base)
    change("award.yaml", "    purpose: Light along", "    amount: 7\n    currency: KWH\n    purpose: Light along")(base)

    assert updated(connection, base) is None


def test_a_base_without_facts_is_left_to_a_whole_compile(base):
    connection = compiled(base)
    for path in base.rglob("*.yaml"):
        if path.parent.name != "languages":
            path.unlink()

    assert updated(connection, base) is None


def test_a_new_date_is_spelled_in_each_language(base):
    connection = compiled(base)
    SMALL["a date"](base)
    assert updated(connection, base)

    found = connection.execute("SELECT lang, text FROM spelled WHERE value = '2024-02-03' ORDER BY lang").fetchall()

    assert found == [("en", "3 February 2024"), ("sv", "3 februari 2024")]


def test_what_was_seen_of_each_file_is_told(base):
    connection = compiled(base)
    SMALL["a text"](base)

    seen = updated(connection, base).seen

    assert seen == {name: seen_of(found) for name, found in find_files(base)}


@settings(deadline=None, max_examples=30)
@given(names=st.lists(st.sampled_from(sorted(SMALL)), min_size=2, max_size=6, unique=True))
def test_many_small_changes_leave_what_one_compile_would(tmp_path_factory, names):
    base = Path(shutil.copytree(BASE, tmp_path_factory.mktemp("many") / "base"))
    connection = compiled(base)
    for name in names:
        if name != "a new first file" or "a new file" not in names:
            SMALL[name](base)
            assert updated(connection, base) is not None

    assert content(connection) == content(compiled(base))
