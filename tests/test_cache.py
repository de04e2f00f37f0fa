"""`--facts DIR`: a base is compiled once, into one file for its present state, and an answer is never stale."""

import os
import shutil
import time
from pathlib import Path

import pytest
from cached import ANSWER, QUESTION, CachedCopy, answer

from icapital_cli.compiler import cache, tables


@pytest.fixture
def base(run, tmp_path):
    return CachedCopy(run, tmp_path)


def seen(path):
    """Tell a file from one that took its place, or was changed."""
    found = path.stat()
    return path.name, found.st_ino, found.st_mtime_ns


# Fresh.


def test_a_base_is_compiled_once(base):
    before = seen(base.compiled())

    assert base.ask() == ANSWER
    assert base.ask("quotes", "--json").code == 0
    assert list(map(seen, base.files())) == [before]


def test_a_base_by_another_path_is_the_same_base(base, tmp_path):
    before = seen(base.compiled())
    (tmp_path / "link").symlink_to(base.folder)

    for path in (tmp_path / "link", "base", f"{base.folder}/languages/.."):
        answered = base.run(*QUESTION, "--facts", path, folder=tmp_path, XDG_CACHE_HOME=str(base.caches))
        assert answered == ANSWER

    assert list(map(seen, base.files())) == [before]


def test_two_bases_do_not_share_an_answer(run, base, tmp_path):
    before = seen(base.compiled())
    other = CachedCopy(run, tmp_path / "other")
    other.rename()

    assert other.ask(XDG_CACHE_HOME=str(base.caches)) == answer("Sørvik")
    assert base.ask() == ANSWER
    assert len(base.files()) == 2
    assert before in map(seen, base.files())


# Stale.


def edit_that_keeps_size_and_time(base):
    cities = base.folder / "cities.yaml"
    before = cities.stat()
    base.change("cities.yaml", "name: Nordvik", "name: Sydvika")
    os.utime(cities, ns=(before.st_atime_ns, before.st_mtime_ns))


def file_that_comes(base):
    base.add("language: fi\nname: suomi\ncities:\n  nordvik: Pohjoislahti\n", "languages/fi.yaml")


def file_that_goes(base):
    (base.folder / "languages" / "sv.yaml").unlink()


def file_that_moves(base):
    (base.folder / "cities.yaml").rename(base.folder / "towns.yaml")


def file_of_another_time(base):
    os.utime(base.folder / "cities.yaml", (0, 0))


# Errors speak the language that was asked for, where the tool itself has it.
NO_SWEDISH = "det finns inget språk som heter 'sv'"
EDITS = [
    (lambda base: base.change("cities.yaml", "name: Nordvik", "name: Sørvik"), (), answer("Sørvik")),
    (CachedCopy.rename, (), answer("Sørvik")),
    (edit_that_keeps_size_and_time, (), answer("Sydvika")),
    (file_that_comes, ("--lang", "fi"), answer("Pohjoislahti")),
    (file_that_goes, ("--lang", "sv"), (2, "", f"icapital: {NO_SWEDISH}. välj bland: en (English)\n")),
    (file_that_moves, (), ANSWER),
    (file_of_another_time, (), ANSWER),
]


@pytest.mark.parametrize(("edit", "words", "answered"), EDITS, ids=[edit.__name__ for edit, _, _ in EDITS])
def test_an_edit_is_seen_at_once_and_what_was_compiled_before_is_removed(base, edit, words, answered):
    before = base.compiled().name
    edit(base)

    assert base.ask(*QUESTION, *words) == answered
    (compiled,) = base.files()
    assert compiled.name != before
    assert compiled.name.partition("-")[0] == before.partition("-")[0]


def test_an_answer_follows_every_edit(base):
    names = [f"Nordvik{number}" for number in range(5)]
    answers = []
    for old, new in zip(["Nordvik", *names], names, strict=False):
        base.change("cities.yaml", f"name: {old}\n", f"name: {new}\n")
        answers.append(base.ask())

    assert answers == list(map(answer, names))
    assert len(base.files()) == 1


def test_an_edit_of_a_file_that_is_linked_is_seen(base, tmp_path):
    shutil.move(base.folder / "cities.yaml", tmp_path / "elsewhere.yaml")
    (base.folder / "cities.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    base.compiled()
    base.change("cities.yaml", "name: Nordvik", "name: Sørvik")

    assert base.ask() == answer("Sørvik")


def test_a_base_that_breaks_gives_no_old_answer_and_answers_again_once_it_is_repaired(base):
    before = seen(base.compiled())
    base.change("cities.yaml", "country: GB", "country: Britain")

    code, out, err = base.ask()

    assert (code, out) == (4, "")
    assert err.startswith(f"{base.folder}/cities.yaml:31:14: country must be a country code of two capital letters")
    assert list(map(seen, base.files())) == [before]
    base.change("cities.yaml", "country: Britain", "country: GB")
    assert base.ask() == ANSWER


def test_a_base_is_compiled_anew_when_the_code_that_compiles_has_changed(monkeypatch, base, tmp_path):
    """As in a checkout, whose version stays what it is."""
    before = seen(base.compiled())
    (tmp_path / "package" / "model").mkdir(parents=True)
    (tmp_path / "package" / "model" / "new.py").touch()
    monkeypatch.setattr(cache, "PACKAGE", tmp_path / "package")

    assert base.open_here(monkeypatch) == ("Nordvik", [])
    assert before not in map(seen, base.files())


@pytest.mark.parametrize("number", ["__version__", "FORMAT"])
def test_a_file_of_another_version_of_the_tool_is_replaced(monkeypatch, base, number):
    before = base.compiled().name
    monkeypatch.setattr(cache, number, "0")
    monkeypatch.setattr(tables, number, "0")

    assert base.open_here(monkeypatch) == ("Nordvik", [])
    (compiled,) = base.files()
    assert compiled.name != before


# Left behind.


def test_what_a_killed_process_left_is_removed_after_an_hour_and_not_before(base):
    folder = base.compiled().name.partition("-")[0]
    for minutes in (1, 30, 61, 60 * 24):
        left = base.cache / f"{folder}-{minutes}.tmp"
        left.write_bytes(b"left")
        os.utime(left, (0, time.time() - 60 * minutes))
    base.rename()

    assert base.ask() == answer("Sørvik")
    assert [path.name for path in base.files() if path.suffix == ".tmp"] == [f"{folder}-1.tmp", f"{folder}-30.tmp"]
    assert len(base.files()) == 3


def test_what_is_of_another_folder_is_removed_after_three_months_and_not_before(base):
    base.compiled()
    for days in (1, 80, 100):
        other = base.cache / f"{days:024}-{days:024}.db"
        other.write_bytes(b"of a folder that may be gone")
        os.utime(other, (0, time.time() - 24 * 3600 * days))
    base.rename()

    assert base.ask() == answer("Sørvik")
    assert [path.name[:24].lstrip("0") for path in base.files() if path.name.startswith("0000")] == ["1", "80"]


def test_what_another_process_removes_meanwhile_is_not_missed(monkeypatch, base):
    """Between the list of files and a look at one of them, another process may have put it in its place."""
    base.compiled()
    base.rename()
    glob = Path.glob

    def with_more(folder, pattern):
        return [*glob(folder, pattern), *(folder / pattern.replace("*", name) for name in ("gone.tmp", "gone.db"))]

    monkeypatch.setattr(Path, "glob", with_more)

    assert base.open_here(monkeypatch) == ("Sørvik", [])
    assert len(base.files()) == 1


def test_a_link_in_the_place_of_an_older_file_is_removed_and_not_followed(base, tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("mine")
    database = base.compiled()
    database.unlink()
    database.symlink_to(tmp_path / "precious")
    base.rename()

    assert base.ask() == answer("Sørvik")
    assert not database.is_symlink()
    assert (tmp_path / "precious" / "file").read_text() == "mine"
