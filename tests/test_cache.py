"""`--facts DIR`: a base is compiled once, into a private cache, and what is asked of it is never stale nor wrong."""

import fcntl
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from copies import Copy

from icapital_cli import cache, rounds
from icapital_cli import compile as compiling
from icapital_cli.cache import BLUR, _settled, compiled
from icapital_cli.elsewhere import Here
from icapital_cli.files import find_files, stamp
from icapital_cli.slot import write_new

QUESTION = ("cities", "--year", "2015", "--fields", "city,status", "-f", "tsv")
ANSWER = (0, "city\tstatus\nŁódź\twinner\nNordvik\trunner-up\nBrambury-on-Sea\tfinalist\n", "")
ICAPITAL = Path(sys.executable).with_name("icapital")


@pytest.fixture
def base(run, tmp_path):
    """Give a copy of the tiny base to change."""
    return Copy(run, tmp_path / "base")


@pytest.fixture
def home(tmp_path):
    """Give the folder that a user's caches belong in."""
    return tmp_path / "caches"


@pytest.fixture
def ask(base, home):
    """Ask the base of its cities in 2015, with a cache of this test's own."""

    def asked(*words, **environment):
        return base.ask(*(words or QUESTION), XDG_CACHE_HOME=str(home), **environment)

    return asked


@pytest.fixture
def database(ask, home):
    """Answer once, and give the file that was compiled."""
    assert ask() == ANSWER
    (compiled,) = home.glob("icapital/*.db")
    return compiled


def spoil(path, how):
    """Damage a file as a disk, a crash or a person may."""
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "half":
        path.write_bytes(content[: len(content) // 2])
    elif how == "zeroes":
        path.write_bytes(bytes(len(content)))
    elif how == "noise":
        path.write_bytes(random.Random(7).randbytes(len(content)))
    elif how == "a hole in the middle":
        path.write_bytes(content[:4096] + bytes(8192) + content[12288:])
    elif how == "text":
        path.write_text("this is not what you think\n")
    elif how == "a folder":
        path.unlink()
        path.mkdir()
    elif how == "a full folder":
        path.unlink()
        path.mkdir()
        (path / "something").write_text("else")
    elif how == "a link to nothing":
        path.unlink()
        path.symlink_to("/nowhere/at/all")
    elif how == "unreadable":
        path.chmod(0)
    elif how == "noise, its times put back":
        seen = path.stat()
        path.write_bytes(random.Random(7).randbytes(len(content)))
        os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


DAMAGES = [
    "gone",
    "empty",
    "half",
    "zeroes",
    "noise",
    "a hole in the middle",
    "text",
    "a folder",
    "a full folder",
    "a link to nothing",
    "unreadable",
    "noise, its times put back",
]


def tree(folder):
    """Describe every file below a folder: name, mode, time of change, content."""
    return {
        str(path.relative_to(folder)): (
            path.stat().st_mode,
            path.stat().st_mtime_ns,
            path.is_file() and path.read_bytes(),
        )
        for path in [folder, *folder.rglob("*")]
    }


# Never stale.


def test_the_second_answer_is_the_first(ask):
    first = ask()

    second = ask()

    assert first == second == ANSWER


def test_a_base_is_compiled_once(ask, database):
    before = database.stat()

    ask()

    assert (database.stat().st_ino, database.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.usefixtures("database")
def test_an_answer_follows_an_edit_at_once(base, ask):
    base.change("cities.yaml", "name: Nordvik", "name: Sørvik")

    result = ask()

    assert result == (0, ANSWER[1].replace("Nordvik", "Sørvik"), "")


def test_an_answer_follows_every_one_of_ten_edits(base, ask):
    names = [f"Nordvik{number}" for number in range(10)]
    answers = []
    for before, after in zip(["Nordvik", *names], names, strict=False):
        base.change("cities.yaml", f"name: {before}\n", f"name: {after}\n")
        answers.append(ask().out.splitlines()[2])

    assert answers == [f"{name}\trunner-up" for name in names]


@pytest.mark.usefixtures("database")
def test_an_edit_that_keeps_size_and_time_is_seen(base, ask):
    cities = base.folder / "cities.yaml"
    seen = cities.stat()
    base.change("cities.yaml", "name: Nordvik", "name: Sydvika")
    os.utime(cities, ns=(seen.st_atime_ns, seen.st_mtime_ns))

    result = ask()

    assert result == (0, ANSWER[1].replace("Nordvik", "Sydvika"), "")


@pytest.mark.usefixtures("database")
def test_a_new_file_is_seen(base, ask):
    base.add("language: fi\nname: suomi\ncities:\n  nordvik: Pohjoislahti\n", "languages/fi.yaml")

    result = ask(*QUESTION, "--lang", "fi")

    assert result.out.splitlines()[2] == "Pohjoislahti\trunner-up"


@pytest.mark.usefixtures("database")
def test_a_file_that_goes_is_missed(base, ask):
    (base.folder / "languages" / "sv.yaml").unlink()

    result = ask(*QUESTION, "--lang", "sv")

    assert result.code == 2


@pytest.mark.usefixtures("database")
def test_a_file_that_is_moved_changes_no_answer(base, ask):
    (base.folder / "cities.yaml").rename(base.folder / "towns.yaml")

    result = ask()

    assert result == ANSWER


def test_an_edit_of_a_file_that_is_linked_is_seen(base, ask, tmp_path):
    shutil.move(base.folder / "cities.yaml", tmp_path / "elsewhere.yaml")
    (base.folder / "cities.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    ask()
    base.change("cities.yaml", "name: Nordvik", "name: Sørvik")

    result = ask()

    assert result == (0, ANSWER[1].replace("Nordvik", "Sørvik"), "")


@pytest.mark.usefixtures("database")
def test_a_base_that_breaks_gives_no_old_answer(base, ask):
    base.change("cities.yaml", "country: GB", "country: Britain")

    result = ask()

    assert result == (
        4,
        "",
        (
            f"{base.folder}/cities.yaml:31:14: country must be a country code of two capital letters (ISO 3166-1),"
            " not 'Britain' [country]\n"
        ),
    )


def test_a_base_that_is_mended_answers_again(base, ask):
    base.change("cities.yaml", "country: GB", "country: Britain")
    ask()
    base.change("cities.yaml", "country: Britain", "country: GB")

    result = ask()

    assert result == ANSWER


def test_two_bases_do_not_share_an_answer(run, ask, database, tmp_path):
    other = Copy(run, tmp_path / "other")
    other.change("cities.yaml", "name: Nordvik", "name: Sørvik")

    results = other.ask(*QUESTION, XDG_CACHE_HOME=str(database.parent.parent)), ask()

    assert results == ((0, ANSWER[1].replace("Nordvik", "Sørvik"), ""), ANSWER)


def test_a_base_by_another_path_is_the_same_base(base, home, database, tmp_path):
    (tmp_path / "link").symlink_to(base.folder)

    base.run(*QUESTION, "--facts", str(tmp_path / "link"), XDG_CACHE_HOME=str(home))

    assert list(home.glob("icapital/*.db")) == [database]


# Private, and nowhere else.


@pytest.mark.usefixtures("database")
def test_the_cache_is_the_users_own(home):
    modes = {path.suffix: oct(path.stat().st_mode & 0o777) for path in home.rglob("*")}

    assert modes == {"": "0o700", ".db": "0o600", ".json": "0o600", ".lock": "0o600"}


def test_a_cache_that_others_may_read_is_closed_to_them(ask, home):
    (home / "icapital").mkdir(parents=True, mode=0o755)

    assert ask() == ANSWER
    assert stat.S_IMODE((home / "icapital").stat().st_mode) == 0o700


def test_the_cache_stands_below_xdg_cache_home(home, database):
    assert database.parent == home / "icapital"


def test_without_xdg_cache_home_the_cache_stands_below_home(base, tmp_path):
    base.ask(*QUESTION, HOME=str(tmp_path / "me"))

    assert len(list(tmp_path.glob("me/**/icapital/*.db"))) == 1


def test_the_base_is_never_written_to(base, ask):
    before = tree(base.folder)

    ask()
    ask()
    base.check()

    assert tree(base.folder) == before


def test_a_base_in_order_leaves_no_half_file(database):
    assert sorted(path.suffix for path in database.parent.iterdir()) == [".db", ".json", ".lock"]


def test_a_base_that_is_not_in_order_leaves_no_half_file(base, ask, home):
    base.change("cities.yaml", "country: GB", "country: Britain")

    ask()

    assert [path.suffix for path in (home / "icapital").iterdir()] == [".lock"]


# Damage.


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_cache_is_made_again(ask, database, how):
    spoil(database, how)

    result = ask()

    assert result == ANSWER
    assert sqlite3.connect(database).execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("how", ["gone", "empty", "half", "noise", "a full folder", "a link to nothing"])
def test_a_damaged_note_is_made_again(ask, database, how):
    spoil(database.with_suffix(".json"), how)

    result = ask()

    assert result == ANSWER


@pytest.mark.parametrize("note", ["null", "[]", "{}", '"x"', "[1,2,3,4,5]", "1e999"])
def test_a_note_of_another_shape_is_made_again(ask, database, note):
    database.with_suffix(".json").write_text(note)

    result = ask()

    assert result == ANSWER


def test_a_cache_of_another_version_is_made_again(ask, database):
    note = database.with_suffix(".json")
    kept = json.loads(note.read_text())
    note.write_text(json.dumps(["0.0.0", *kept[1:]]))

    result = ask()

    assert result == ANSWER
    assert json.loads(note.read_text())[0] == kept[0]


def test_a_foreign_database_in_its_place_is_made_again(ask, database):
    database.unlink()
    with sqlite3.connect(database) as foreign:
        foreign.execute("CREATE TABLE meta (key, value)")
        foreign.execute("CREATE TABLE facts (id)")
    foreign.close()

    result = ask()

    assert result == ANSWER


@pytest.mark.parametrize("suffix", [".half", ".new"])
@pytest.mark.parametrize("how", ["noise", "a folder", "a full folder", "a link to nothing"])
def test_what_a_crash_left_behind_is_cleared(base, ask, database, suffix, how):
    left = database.with_suffix(suffix)
    left.write_bytes(b"left")
    spoil(left, how)
    base.change("cities.yaml", "name: Nordvik", "name: Sørvik")

    result = ask()

    assert result == (0, ANSWER[1].replace("Nordvik", "Sørvik"), "")


def test_a_link_in_the_place_of_the_half_file_is_not_followed(base, ask, database, tmp_path):
    (tmp_path / "precious").write_text("mine")
    database.with_suffix(".half").symlink_to(tmp_path / "precious")
    base.change("cities.yaml", "name: Nordvik", "name: Sørvik")

    ask()

    assert (tmp_path / "precious").read_text() == "mine"


@pytest.mark.usefixtures("database")
def test_a_cache_that_goes_is_made_again(ask, home):
    shutil.rmtree(home)

    result = ask()

    assert result == ANSWER


# No cache.


def test_a_cache_that_cannot_be_written_is_told_once_and_not_missed(base, tmp_path):
    (tmp_path / "file").write_text("in the way")

    result = base.ask(*QUESTION, XDG_CACHE_HOME=str(tmp_path / "file"))

    assert result == (
        0,
        ANSWER[1],
        "icapital: the cache cannot be written (Not a directory); answering from memory\n",
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_cache_is_told_once_and_not_missed(base, tmp_path):
    (tmp_path / "closed").mkdir(mode=0o500)

    result = base.ask(*QUESTION, XDG_CACHE_HOME=str(tmp_path / "closed"))

    assert result == (
        0,
        ANSWER[1],
        "icapital: the cache cannot be written (Permission denied); answering from memory\n",
    )


def test_a_lock_that_is_a_folder_is_told_once_and_not_missed(base, ask, database):
    lock = database.with_suffix(".lock")
    lock.unlink()
    lock.mkdir()
    base.change("cities.yaml", "name: Nordvik", "name: Sørvik")

    result = ask()

    assert result == (
        0,
        ANSWER[1].replace("Nordvik", "Sørvik"),
        "icapital: the cache cannot be written (Is a directory); answering from memory\n",
    )


def test_a_broken_base_is_refused_without_a_cache_too(base, tmp_path):
    (tmp_path / "file").write_text("in the way")
    base.change("cities.yaml", "country: GB", "country: Britain")

    result = base.ask(*QUESTION, XDG_CACHE_HOME=str(tmp_path / "file"))

    assert result.code == 4
    assert result.out == ""


def test_home_need_not_be_set(base, home):
    asked = start(base, XDG_CACHE_HOME=str(home))

    assert answer_of(asked) == ANSWER


# Many at once.


def start(base, **environment):
    """Start the question, and do not wait for its answer."""
    settings = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment}
    command = [ICAPITAL, *QUESTION, "--facts", base.folder]
    return subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def answer_of(asked):
    """Wait for what a started question gives back."""
    out, err = asked.communicate(timeout=60)
    return (asked.returncode, out.decode(), err.decode())


def test_sixteen_at_once_on_a_cold_cache_all_answer_right(base, home):
    asked = [start(base, HOME=str(home), XDG_CACHE_HOME=str(home)) for _ in range(16)]

    results = [answer_of(one) for one in asked]

    assert results == [ANSWER] * 16


def test_questions_during_edits_are_answered_from_one_moment(base, home):
    """A reader sees all of an edit or nothing of it: here the names of two cities change together."""
    cities, asked = (base.folder / "cities.yaml").read_text("utf-8"), []
    for number in range(8):
        edited = cities.replace("name: Łódź", f"name: Łódź{number}").replace("name: Nordvik", f"name: Nordvik{number}")
        (base.folder / "new").write_text(edited, "utf-8")
        (base.folder / "new").replace(base.folder / "cities.yaml")
        asked += [start(base, XDG_CACHE_HOME=str(home)), start(base, XDG_CACHE_HOME=str(home))]

    answers = [answer_of(one)[1].splitlines() for one in asked]

    assert len(answers) == 16
    assert all(
        lodz == f"Łódź{number}\twinner" and nordvik == f"Nordvik{number}\trunner-up"
        for _, lodz, nordvik, _ in answers
        for number in [lodz[4]]
    )


@pytest.mark.parametrize("number", range(10))
def test_a_compile_that_is_killed_harms_no_later_answer(base, home, ask, number):
    moment = random.Random(number).uniform(0.02, 0.14)
    killed = start(base, HOME=str(home), XDG_CACHE_HOME=str(home))
    time.sleep(moment)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()

    result = ask()

    assert result == ANSWER
    assert ask() == ANSWER


def compiled_in(cache):
    """Tell which files stand in a cache, but for the locks."""
    return {path.name: path.stat().st_ino for path in cache.iterdir() if path.suffix != ".lock"}


def test_nobody_compiles_while_another_does(base, home, database):
    """One holds the lock, as a compile does: the others wait for it, and make nothing meanwhile."""
    kept = compiled_in(database.parent)
    base.change("cities.yaml", "name: Łódź", "name: Lodz")
    with database.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        asked = [start(base, HOME=str(home), XDG_CACHE_HOME=str(home)) for _ in range(3)]
        time.sleep(1)
        assert compiled_in(database.parent) == kept
        assert [one.poll() for one in asked] == [None] * 3

    assert {answer_of(one)[1].splitlines()[1] for one in asked} == {"Lodz\twinner"}


def test_a_base_that_is_not_in_order_costs_the_cache_nothing(base, ask, database):
    """What was compiled before is still there to be brought up to date, once the base is mended."""
    kept = compiled_in(database.parent)
    base.change("award.yaml", "year: 2016", "year: last")
    assert ask().code == 4

    assert compiled_in(database.parent) == kept
    base.change("award.yaml", "year: last", "year: 2016")
    assert ask() == ANSWER


def test_a_cache_that_is_damaged_inside_is_not_brought_up_to_date(base, ask, database):
    """The note says that the file is whole, and it is not: the base is compiled anew."""
    damage(database, 3)
    base.change("editions/2015.yaml", "reason: Trams", "reason: The trams")

    assert ask() == ANSWER


@pytest.mark.parametrize("place", [0, 1], ids=["of the tool", "of the facts"])
def test_a_note_of_another_version_is_not_believed(ask, database, place):
    note = database.with_suffix(".json")
    kept = json.loads(note.read_text("utf-8"))
    note.write_text(json.dumps([*kept[:place], "0", *kept[place + 1 :]]), "utf-8")

    assert ask() == ANSWER
    assert json.loads(note.read_text("utf-8"))[:2] == kept[:2]


def test_a_note_that_is_a_link_is_not_believed(ask, database):
    note = database.with_suffix(".json")
    note.rename(database.with_suffix(".elsewhere"))
    note.symlink_to(database.with_suffix(".elsewhere"))

    assert ask() == ANSWER
    assert not note.is_symlink()


def test_a_note_that_is_a_pipe_is_not_read(ask, database):
    note = database.with_suffix(".json")
    note.unlink()
    os.mkfifo(note)
    waiting = os.open(note, os.O_RDWR)  # somebody may write, and nobody does

    try:
        assert ask() == ANSWER
    finally:
        os.close(waiting)
    assert note.is_file()


def test_a_cache_that_is_a_link_is_told_once_and_not_missed(ask, home, tmp_path):
    """Somebody else may have put it there."""
    (tmp_path / "theirs").mkdir()
    home.mkdir()
    (home / "icapital").symlink_to(tmp_path / "theirs")

    code, out, err = ask()

    assert (code, out) == ANSWER[:2]
    assert err == (
        "icapital: the cache cannot be written (the cache folder is a link, or somebody else's);"
        " answering from memory\n"
    )
    assert list((tmp_path / "theirs").iterdir()) == []


def test_a_new_file_is_never_what_stands_there_already(tmp_path):
    (tmp_path / "theirs").write_text("mine", "utf-8")
    (tmp_path / "half").symlink_to(tmp_path / "theirs")

    with pytest.raises(FileExistsError):
        write_new(tmp_path / "half", b"ours")

    assert (tmp_path / "theirs").read_text("utf-8") == "mine"


def edits_while_compiling(monkeypatch, base, times):
    """Change the names of two cities in two files while the base is compiled, so many times."""
    compile_base, number = compiling.compile_base, iter(range(times))

    def disturbed(*values):
        result = compile_base(*values)
        with suppress(StopIteration):
            new = next(number)
            for name in ("cities.yaml", "people.yaml"):
                text = (base.folder / name).read_text("utf-8")
                (base.folder / name).write_text(f"{text}# edit {new}\n", "utf-8")
            text = (base.folder / "cities.yaml").read_text("utf-8")
            (base.folder / "cities.yaml").write_text(re.sub("name: Łódź.*", f"name: Łódź{new}", text), "utf-8")
        return result

    monkeypatch.setattr(compiling, "compile_base", disturbed)


def name_in(connection):
    """Give the name of a city in compiled facts."""
    return connection.execute("SELECT json_extract(doc, '$.name') FROM facts WHERE id = 'lodz'").fetchone()[0]


@pytest.mark.parametrize("target", [":memory:", "half"])
def test_facts_that_are_edited_while_they_are_compiled_are_those_after_the_edit(monkeypatch, base, tmp_path, target):
    edits_while_compiling(monkeypatch, base, 2)
    target = target if target == ":memory:" else str(tmp_path / target)
    if target != ":memory:":
        Path(target).touch()

    connection, stamped = compiled(base.folder, target)

    assert name_in(connection) == "Łódź1"
    assert stamped == stamp(find_files(base.folder))


def test_facts_that_never_rest_are_told_of_and_not_kept(monkeypatch, base, capsys):
    edits_while_compiling(monkeypatch, base, 1000)

    _, stamped = compiled(base.folder, ":memory:")

    assert stamped == ""
    assert "the facts keep changing while they are read" in capsys.readouterr().err


def test_facts_are_read_once_their_last_change_can_be_told_from_the_next(base):
    """Two changes within a tick of the file system's clock would bear one time."""
    base.change("cities.yaml", "name: Łódź", "name: Lodz")

    files = _settled(base.folder)

    assert time.time_ns() - max(found.st_ctime_ns for _, found in files) >= BLUR


def damage(database, first):
    """Zero a compiled file from a page on, so that its note still fits it."""
    content = bytearray(database.read_bytes())
    content[first * 4096 :] = bytes(len(content) - first * 4096)
    database.write_bytes(content)
    note = database.with_suffix(".json")
    kept, seen = json.loads(note.read_text("utf-8")), database.stat()
    whole = [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino]
    note.write_text(json.dumps([*kept[:4], *whole, kept[-1]]), "utf-8")


def test_a_cache_that_is_no_database_is_made_again_though_its_note_fits(ask, database):
    damage(database, 0)

    assert ask() == ANSWER


def test_a_cache_that_is_found_damaged_is_removed(ask, database):
    damage(database, 3)

    code, out, err = ask()

    assert (code, out) == (4, "")
    assert err.startswith("icapital: the cache was damaged (")
    assert err.endswith(") and is removed: ask again\n")
    assert ask() == ANSWER


def test_what_was_kept_of_a_folder_that_is_gone_is_removed(run, base, database, tmp_path):
    other = Copy(run, tmp_path / "other")
    shutil.rmtree(base.folder)

    assert other.ask(*QUESTION, XDG_CACHE_HOME=str(database.parent.parent)) == ANSWER
    assert not database.exists()


def test_an_answer_is_not_lost_with_the_last_step_into_the_cache(monkeypatch, base, home, capsys):
    def fail(*_values):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache, "publish", fail)
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))

    connection = cache.open_folder(str(base.folder))

    assert name_in(connection) == "Łódź"
    told = "icapital: the cache cannot be written (No space left on device); answering from memory\n"
    assert capsys.readouterr().err == told


def homeless(_name):
    """Do as platformdirs does where neither the environment nor the system knows a home."""
    raise RuntimeError("could not determine the home directory")


@pytest.mark.parametrize("place", [homeless, Path], ids=["no home", "a home of no fixed place"])
def test_without_a_home_there_is_no_cache(monkeypatch, base, capsys, place):
    monkeypatch.setattr("platformdirs.user_cache_path", place)
    monkeypatch.chdir(base.folder.parent)

    connection = cache.open_folder(str(base.folder))

    assert name_in(connection) == "Łódź"
    told = "icapital: the cache cannot be written (there is no home folder); answering from memory\n"
    assert capsys.readouterr().err == told
    assert list(compiled_in(base.folder.parent)) == ["base"]


def test_names_of_one_moment_never_stand_in_rows_of_another(monkeypatch, base, tmp_path):
    """A city is renamed between the rounds of a compile: what was made is no base to bring up to date."""
    read, times = rounds.read_file_of, Counter()

    def edited(folder, prefix, name, **options):
        times[name] += 1
        if (name, times[name]) == ("cities.yaml", 2):
            base.change("cities.yaml", "name: Łódź", "name: Alodz")
        return read(folder, prefix, name, **options)

    monkeypatch.setattr(rounds, "read_file_of", edited)
    monkeypatch.setattr(compiling, "SMALL", 0)
    monkeypatch.setattr(compiling, "begin", lambda works, **_: [Here(work) for work in works])
    (tmp_path / "half").touch()

    connection, stamped = compiled(base.folder, str(tmp_path / "half"))

    assert stamped == stamp(find_files(base.folder))
    ranks = connection.execute("SELECT rank FROM facts WHERE id = '2015-lodz'").fetchone()[0]
    assert ranks.endswith("alodz")
