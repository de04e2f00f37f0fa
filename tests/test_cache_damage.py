"""Whatever happened to a compiled file: no answer is wrong, and the next one is compiled anew."""

import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cached import ANSWER, CachedCopy, is_whole

PAGE = 16384


@pytest.fixture
def base(run, tmp_path):
    return CachedCopy(run, tmp_path)


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def folder_in_its_place(path):
    path.unlink()
    path.mkdir()
    (path / "something").write_text("else")


def link_to_nothing(path):
    path.unlink()
    path.symlink_to("/nowhere/at/all")


def link_to_the_file(path):
    path.rename(path.parent.parent / "elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")


def pipe(path):
    path.unlink()
    os.mkfifo(path)


def foreign_database(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as foreign:
        foreign.execute("CREATE TABLE meta (key, value)")
        foreign.execute("CREATE TABLE facts (id)")


DAMAGES = {
    "gone": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut": cut,
    "zeroes": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "noise": lambda path: path.write_bytes(random.Random(7).randbytes(path.stat().st_size)),
    "text": lambda path: path.write_text("this is not what you think\n"),
    "a folder": folder_in_its_place,
    "a link to nothing": link_to_nothing,
    "a link to the file": link_to_the_file,
    "a pipe": pipe,
    "unreadable": lambda path: path.chmod(0),
    "a foreign database": foreign_database,
    "no folder of caches": lambda path: shutil.rmtree(path.parent.parent),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_compiled_anew(base, damage):
    database = base.compiled()
    damage(database)

    assert base.ask() == ANSWER
    assert base.files() == [database]
    assert database.is_file()
    assert not database.is_symlink()
    assert is_whole(database)


def test_a_file_of_which_a_page_is_damaged_is_removed_once_that_page_is_read(base):
    """To look at every page of a file beforehand would cost more than the answer."""
    database = base.compiled()
    content = database.read_bytes()
    database.write_bytes(content[: 3 * PAGE] + bytes(len(content) - 3 * PAGE))

    code, out, err = base.ask()

    assert (code, out) == (4, "")
    assert err.startswith("icapital: the cache was damaged (")
    assert err.endswith(") and is removed: ask again\n")
    assert base.files() == []
    assert base.ask() == ANSWER
