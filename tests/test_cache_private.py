"""The cache is the user's own, nothing else is written, and where there can be none the answer comes from memory."""

import os
import stat
import sys
from pathlib import Path

import pytest
from cached import ANSWER, QUESTION, CachedCopy, answer

NOT_OURS = "the cache folder is a link, or somebody else's"


@pytest.fixture
def base(run, tmp_path):
    return CachedCopy(run, tmp_path)


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def tree(folder):
    """Describe every file below a folder: name, mode, time of change, content."""
    return {
        str(path.relative_to(folder)): (mode_of(path), path.stat().st_mtime_ns, path.is_file() and path.read_bytes())
        for path in [folder, *folder.rglob("*")]
    }


def test_the_cache_is_the_users_own(base):
    database = base.compiled()

    assert [mode_of(base.cache), mode_of(database)] == [0o700, 0o600]


def test_a_cache_that_others_may_use_is_closed_to_them(base):
    base.cache.mkdir(parents=True)
    base.cache.chmod(0o777)

    assert base.ask() == ANSWER
    assert mode_of(base.cache) == 0o700


def test_a_cache_that_is_a_link_is_not_used(base, tmp_path):
    """Somebody else may have put it there."""
    (tmp_path / "theirs").mkdir()
    base.caches.mkdir()
    base.cache.symlink_to(tmp_path / "theirs")

    assert base.ask() == answer(warning=NOT_OURS)
    assert list((tmp_path / "theirs").iterdir()) == []


def test_a_cache_of_another_user_is_not_used(monkeypatch, base):
    base.cache.mkdir(parents=True)
    monkeypatch.setattr(os, "geteuid", lambda: base.cache.stat().st_uid + 1)

    assert base.open_here(monkeypatch) == (
        "Nordvik",
        [f"the cache cannot be written ({NOT_OURS}); answering from memory"],
    )
    assert base.files() == []


def test_without_xdg_cache_home_the_cache_is_below_home(base, tmp_path):
    assert base.run(*QUESTION, "--facts", base.folder, HOME=str(tmp_path / "me")) == ANSWER
    assert len(list(tmp_path.glob("me/**/icapital/*.db"))) == 1


def test_home_need_not_be_set(process, base):
    by = (sys.executable, "-c", "import os, sys; del os.environ['HOME']; os.execv(sys.argv[1], sys.argv[1:])")

    assert process(*QUESTION, "--facts", base.folder, by=by, XDG_CACHE_HOME=str(base.caches)) == ANSWER
    assert len(base.files()) == 1


def homeless(_name):
    """Do as platformdirs does where neither the environment nor the system knows a home."""
    raise RuntimeError("could not determine the home directory")


@pytest.mark.parametrize("place", [homeless, Path], ids=["no home", "a home of no fixed place"])
def test_without_a_home_there_is_no_cache(monkeypatch, base, tmp_path, place):
    monkeypatch.setattr("platformdirs.user_cache_path", place)
    monkeypatch.chdir(tmp_path)

    assert base.open_here(monkeypatch) == (
        "Nordvik",
        ["the cache cannot be written (there is no home folder); answering from memory"],
    )
    assert list(tmp_path.iterdir()) == [base.folder]


def test_a_cache_that_cannot_be_made_is_reported_once_and_not_missed(base):
    base.caches.write_text("in the way")

    assert base.ask() == answer(warning="Not a directory")


def test_a_base_with_problems_is_refused_without_a_cache_too(base):
    base.caches.write_text("in the way")
    base.change("cities.yaml", "country: GB", "country: Britain")

    code, out, err = base.ask()

    assert (code, out) == (4, "")
    assert "cities.yaml:31:14: country must be" in err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; test_cache_faults has every such failure")
def test_a_read_only_cache_answers_what_it_holds_and_the_rest_comes_from_memory(base):
    base.compiled()
    base.cache.chmod(0o500)

    assert base.ask() == ANSWER
    base.rename()
    assert base.ask() == answer("Sørvik", warning="Permission denied")


def test_the_base_is_never_written_to(base):
    before = tree(base.folder)

    base.ask()
    base.ask()
    base.check()

    assert tree(base.folder) == before
