"""Files that change while they are read: an answer is of one state of the folder, or says that it may not be."""

import time
from contextlib import closing
from types import SimpleNamespace

import pytest
from cached import CachedCopy, name_in

from icapital_cli.compiler import base as loading
from icapital_cli.compiler import cache
from icapital_cli.compiler.cache import CLOCK, compile_stable, open_folder
from icapital_cli.compiler.files import find_files, fingerprint
from icapital_cli.errors import ManyProblemsError

EDITS = 1000  # more than anybody tries


@pytest.fixture
def base(run, tmp_path):
    return CachedCopy(run, tmp_path)


@pytest.fixture
def edited(monkeypatch, base):
    """Edit the base each time that a file was read, so many times."""

    def edit_after(file, edit, times):
        read, numbers = loading.read_content, iter(range(times))

        def disturbed(path):
            content = read(path)
            if path == base.folder / file and (number := next(numbers, None)) is not None:
                edit(number)
            return content

        monkeypatch.setattr(loading, "read_content", disturbed)

    return edit_after


@pytest.fixture(params=[":memory:", "a file"])
def target(request, tmp_path):
    if request.param == ":memory:":
        return ":memory:"
    (tmp_path / "facts.tmp").touch()
    return str(tmp_path / "facts.tmp")


def test_facts_that_are_edited_while_they_are_read_are_those_after_the_edit(base, edited, target):
    """Names of two cities, in two files, are always changed together."""
    warnings = []

    def edit(number):
        base.rename(f"Nordvik{number or ''}", f"Nordvik{number + 1}")
        base.add(f"language: fi\nname: suomi\ncities:\n  lodz: Łódź{number + 1}\n", "languages/fi.yaml")

    edited("cities.yaml", edit, 2)
    connection, files = compile_stable(base.folder, target, warnings.append)

    with closing(connection):
        assert name_in(connection) == "Nordvik2"
        assert connection.execute("SELECT text FROM texts WHERE lang = 'fi'").fetchall() == [("Łódź2",)]
    assert fingerprint(files) == fingerprint(find_files(base.folder))
    assert warnings == []


def test_what_is_a_problem_only_in_the_midst_of_an_edit_is_no_problem(base, edited, target):
    """A city gets another id in one file after the other."""
    warnings = []

    def edit(_number):
        for path in base.folder.rglob("*.yaml"):
            text = path.read_text("utf-8")
            if "brambury" in text:
                path.write_text(text.replace("brambury", "bramburgh"), "utf-8")

    edited("cities.yaml", edit, 1)
    connection, files = compile_stable(base.folder, target, warnings.append)

    with closing(connection):
        assert connection.execute("SELECT name FROM names WHERE id = 'bramburgh'").fetchone()
    assert fingerprint(files) == fingerprint(find_files(base.folder))
    assert warnings == []


def test_facts_that_never_rest_are_reported_and_not_kept(monkeypatch, base, edited):
    warnings = []
    monkeypatch.setenv("XDG_CACHE_HOME", str(base.caches))
    edited("sources.yaml", lambda number: base.rename(f"Nordvik{number or ''}", f"Nordvik{number + 1}"), EDITS)

    with closing(open_folder(str(base.folder), warnings.append)) as connection:
        assert name_in(connection).startswith("Nordvik")

    assert warnings == ["the facts keep changing while they are read; this answer may mix two states"]
    assert base.files() == []


def test_problems_of_facts_that_never_rest_are_reported(base, edited):
    base.change("cities.yaml", "country: GB", "country: Britain")
    edited("sources.yaml", lambda number: base.rename(f"Nordvik{number or ''}", f"Nordvik{number + 1}"), EDITS)

    with pytest.raises(ManyProblemsError, match="country must be"):
        compile_stable(base.folder, ":memory:", print)


AGES = [(0, [CLOCK / 1e9]), (CLOCK // 4, [0.75 * CLOCK / 1e9]), (CLOCK, []), (-1, [])]


@pytest.mark.parametrize(("age", "slept"), AGES)
def test_facts_are_read_once_their_last_change_can_be_told_from_the_next(monkeypatch, base, age, slept):
    """Two changes within a tick of the clock would bear one time. A change in the future is one of a wrong clock."""
    newest = max(found.st_ctime_ns for _, found in find_files(base.folder))
    naps = []
    clock = SimpleNamespace(time=time.time, time_ns=lambda: newest + age, sleep=naps.append)
    monkeypatch.setattr(cache, "time", clock)

    connection, _ = compile_stable(base.folder, ":memory:", print)
    connection.close()

    assert naps == pytest.approx(slept)
