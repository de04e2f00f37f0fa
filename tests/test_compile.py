"""However a base is compiled, on one core or several, held or a file at a time: what comes of it is the same."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from contents import content
from made_up import larger

from icapital_cli import compile as compiling
from icapital_cli import elsewhere, filling, rounds
from icapital_cli.check import check, problems_of
from icapital_cli.compile import compile_base
from icapital_cli.files import find_files, seen_of

FLOW = """\
{cities: {new-city: {name: Newton, country: IE, type: city,
  citations: [{source: lantern-2015, locator: list of cities}]}}}
"""
IN_THE_NEW_CITY = """\
results:
  2015-new-city:
    edition: 2015
    city: new-city
    category: grand-lantern
    status: finalist
    reason: New lamps.
    citations:
      - source: lantern-2015
        locator: list of cities
"""


@pytest.fixture
def base(tmp_path):
    return larger(tmp_path / "base")


@pytest.fixture
def alone(base):
    """Give what the base says when it is compiled by one process, and held."""
    return content(compile_base(":memory:", base, "", find_files(base)).store.connection)


@pytest.fixture
def compiled(base, monkeypatch):
    """Compile the base by so many processes; a base of more than `small` bytes is not held."""

    def compile_so(processes=2, small=1 << 30):
        monkeypatch.setattr(compiling, "cores", lambda: processes)
        monkeypatch.setattr(compiling, "WORTH_PROCESSES", 1000)
        monkeypatch.setattr(compiling, "SMALL", small)
        return compile_base(":memory:", base, "", find_files(base))

    return compile_so


@pytest.mark.parametrize("processes", [1, 2, 3])
@pytest.mark.parametrize("small", [0, 1 << 30], ids=["a file at a time", "held"])
def test_any_number_of_processes_makes_the_same_of_a_base(alone, compiled, processes, small):
    assert content(compiled(processes, small).store.connection) == alone


def test_texts_that_are_kept_on_disk_are_the_same_texts(alone, compiled, monkeypatch):
    monkeypatch.setattr(filling, "MOST_TEXTS", 0)

    assert content(compiled(small=0).store.connection) == alone


def test_a_city_is_known_in_other_files_however_it_is_written(base, compiled):
    (base / "z.yaml").write_text(FLOW, "utf-8")
    (base / "a.yaml").write_text(IN_THE_NEW_CITY.replace("2015-new", "2015-newer"), "utf-8")

    rows = content(compiled(small=0).store.connection)["facets"]

    assert ("results", "country", "IE", "2015-newer-city") in rows


def test_an_edition_is_known_in_other_files(base, compiled):
    text = (base / "editions/2015.yaml").read_text("utf-8")
    before, results, after = text.partition("\nresults:\n")
    (base / "editions/2015.yaml").write_text(before + "\n", "utf-8")
    (base / "a.yaml").write_text(results.lstrip() + after, "utf-8")

    rows = content(compiled(small=0).store.connection)["facets"]

    assert ("results", "award", "lantern", "2015-lodz") in rows


def test_a_compile_that_begins_again_leaves_nobody_waiting(base, compiled):
    """What a process has still to say is more than a pipe holds."""
    larger(base, files=8, each=800)
    text = (base / "editions/2015.yaml").read_text("utf-8")
    before, results, after = text.partition("\nresults:\n")
    (base / "editions/2015.yaml").write_text(before + "\n", "utf-8")
    (base / "a.yaml").write_text(results.lstrip() + after, "utf-8")

    assert not compiled(processes=3, small=0).problems


def test_a_file_that_changes_between_the_rounds_is_not_taken_for_read(base, compiled, monkeypatch):
    """Its names are those before, its rows those after: the base is of no one moment."""
    read, times = rounds.read_file_of, Counter()

    def edited(folder, prefix, name, **options):
        times[name] += 1
        if (name, times[name]) == ("cities.yaml", 2):
            (base / name).write_text((base / name).read_text("utf-8").replace("Łódź", "Lodz"), "utf-8")
        return read(folder, prefix, name, **options)

    monkeypatch.setattr(rounds, "read_file_of", edited)

    made = compiled(processes=1, small=0)

    assert [name for name, found in find_files(base) if made.seen[name] != seen_of(found)] == ["cities.yaml"]


def test_what_a_lost_process_should_have_done_is_done_here(alone, compiled, monkeypatch):
    parent, work = os.getpid(), compiling.two_rounds

    def fail_elsewhere(*values):
        if os.getpid() != parent:
            os._exit(3)
        return work(*values)

    monkeypatch.setattr(compiling, "two_rounds", fail_elsewhere)

    assert content(compiled().store.connection) == alone


def test_where_no_process_is_to_be_had_the_work_is_done_here(alone, compiled, monkeypatch):
    def refuse():
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(elsewhere.os, "fork", refuse)

    assert content(compiled().store.connection) == alone


@pytest.mark.parametrize("small", [0, 1 << 30], ids=["a file at a time", "held"])
def test_what_is_wrong_is_the_same_however_it_is_found(base, compiled, small):
    text = (base / "lamps-2.yaml").read_text("utf-8")
    text = text.replace("source: lantern-2015", "source: lantern-1915", 1).replace("value: 7\n", "value: seven\n", 1)
    (base / "lamps-2.yaml").write_text(text.replace("edition: 2015", "edition: 1815", 1), "utf-8")
    (base / "lamps-3.yaml").write_text((base / "lamps-1.yaml").read_text("utf-8"), "utf-8")
    alone = check(base)

    made = compiled(small=small)

    assert problems_of(made, made.breaks) == problems_of(alone, alone.breaks)
    assert len(made.breaks) > 200


def test_of_much_that_is_wrong_the_first_is_kept_and_the_rest_is_counted(base, compiled, monkeypatch):
    monkeypatch.setattr(filling, "MOST_WRONG", 10)
    for number in range(4):
        path = base / f"lamps-{number}.yaml"
        path.write_text(path.read_text("utf-8").replace("basis: press-account", "basis: hearsay"), "utf-8")

    made = compiled(small=0)

    assert {problem.file for problem in made.problems} == {"lamps-0.yaml"}
    assert len(made.problems) + made.more == 800


def test_a_compile_that_is_killed_takes_those_that_it_started_with_it(base):
    code = """
import sys, time
from pathlib import Path
from icapital_cli import compile as compiling
from icapital_cli.files import find_files
compiling.cores = lambda: 3
from icapital_cli import filling
compiling.WORTH_PROCESSES = 1000
compiling.SMALL = 0
add = filling.Filling.add
def slow(self, made):
    print(flush=True)
    time.sleep(60)
filling.Filling.add = slow
base = Path(sys.argv[1])
compiling.compile_base(":memory:", base, "", find_files(base))
"""
    words = [sys.executable, "-c", code, str(base)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, start_new_session=True) as asked:
        asked.stdout.readline()
        assert len(group_of(asked.pid)) == 4
        asked.send_signal(signal.SIGKILL)
        asked.wait()

    end = time.monotonic() + 20
    while group_of(asked.pid) and time.monotonic() < end:
        time.sleep(0.01)
    assert group_of(asked.pid) == []


def group_of(leader):
    """List the processes of a group that have not ended."""
    found = []
    for process in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, group = process.read_text("utf-8").rpartition(")")[2].split()[:3]
        except OSError:
            continue
        found += [process.parent.name] * (int(group) == leader and state != "Z")
    return found
