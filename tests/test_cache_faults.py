"""However a look-up is interrupted, and how many there are at once: each answer is right, and so is the next one."""

import json
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest
from cached import ANSWER, QUESTION, CachedCopy, answer, is_whole
from conftest import HERE

FULL = {
    f"the cache cannot be written ({reason}); answering from memory"
    for reason in ("No space left on device", "database or disk is full")
}


@pytest.fixture
def base(run, tmp_path):
    return CachedCopy(run, tmp_path)


class Interrupter:
    """Opens folders in processes that are killed, fail or are held at a step."""

    def __init__(self, server):
        """Ask a server that runs."""
        self._server = server

    def _say(self, line):
        self._server.stdin.write(line + "\n")
        self._server.stdin.flush()

    def _hear(self):
        return json.loads(self._server.stdout.readline())

    def open(self, base, **interruption):
        """Open a base in one process."""
        self._say(json.dumps({"folder": str(base.folder), "caches": str(base.caches), **interruption}))
        return self._hear()[0]

    @contextmanager
    def held(self, base, step, processes):
        """Open a base in processes that wait before a step while a block runs; then their answers are in the list."""
        answers = []
        request = {"folder": str(base.folder), "caches": str(base.caches), "hold": step, "processes": processes}
        self._say(json.dumps(request))
        assert self._hear() == processes
        yield answers
        self._say("")
        answers += self._hear()


@pytest.fixture(scope="module")
def interrupter():
    words = [sys.executable, HERE / "cache_steps.py"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        yield Interrupter(server)
        server.stdin.close()


LIMIT = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"  # else the limit cuts compiled modules short, for all later runs
os.execv(sys.argv[1], sys.argv[1:])
"""
# What a process does, in this order, that finds nothing of the folder in the cache, its older state, or the state.
MAKES = ["tempfile.mkstemp", "open", "sqlite3.connect", "insert meta", "insert words", "os.rename", "os.scandir"]
STEPS = {
    "nothing": ["os.mkdir", *MAKES, "os.remove"],
    "the older state": ["os.mkdir", "os.chmod", *MAKES, "os.remove", "os.remove"],
    "the state": ["os.mkdir", "os.chmod", "sqlite3.connect"],
}


@pytest.fixture(params=STEPS)
def steps(request, base, interrupter, tmp_path):
    """Interrupt a look-up at each step, one after the other, always with the same in the cache; the last one ends."""
    if request.param != "nothing":
        base.compiled()
        base.cache.chmod(0o755)
        shutil.move(base.caches, tmp_path / "kept")
    if request.param != "the state":
        base.rename()

    def each(how):
        for number in range(1, 100):
            shutil.rmtree(base.caches, ignore_errors=True)
            if request.param != "nothing":
                shutil.copytree(tmp_path / "kept", base.caches)
            answered = interrupter.open(base, **{how: number})
            yield answered
            if answered and len(answered["steps"]) < number:
                break
        assert is_in_order(STEPS[request.param], answered["steps"])

    return each


def is_in_order(few, many):
    """Whether all of a few steps are among many, in their order."""
    rest = iter(many)
    return all(step in rest for step in few)


def databases(base):
    return {path.name for path in base.files() if path.suffix == ".db"}


def test_a_process_that_is_killed_at_any_step_leaves_whole_files_and_the_next_answer_is_right(base, steps):
    right, current = base.ask(), databases(base)
    for answered in steps("kill"):
        assert answered is None or answered["name"] in right.out
        assert all(is_whole(path) for path in base.cache.glob("*.db"))
        assert base.ask() == right
        assert databases(base) >= current


def test_whatever_step_fails_the_answer_is_right_and_the_failure_is_reported_once(base, steps):
    right, current = base.ask(), databases(base)
    for answered in steps("fail"):
        assert answered["name"] in right.out
        assert set(answered["warnings"]) <= FULL
        assert len(answered["warnings"]) <= 1
        assert all(is_whole(path) for path in base.cache.glob("*.db"))
        assert not list(base.cache.glob("*.tmp"))
        assert base.ask() == right
        assert databases(base) >= current


def test_a_full_disk_is_reported_once_and_not_missed(process, base):
    """No file may grow beyond two pages of a database."""
    by = (sys.executable, "-c", LIMIT)

    answered = process(*QUESTION, "--facts", base.folder, by=by, XDG_CACHE_HOME=str(base.caches))

    assert answered.out == ANSWER[1]
    assert answered.err.count("answering from memory\n") == answered.err.count("\n") == 1
    assert base.files() == []


# Many at once.


def test_all_who_begin_on_a_cold_cache_at_once_answer_right_and_leave_one_file(interrupter, base):
    """They do the same work, and put it in place one after the other."""
    with interrupter.held(base, "os.rename", 8) as answers:
        assert {path.suffix for path in base.files()} == {".tmp"}

    assert [(answered["name"], answered["warnings"]) for answered in answers] == [("Nordvik", [])] * 8
    assert [path.suffix for path in base.files()] == [".db"]
    assert base.ask() == ANSWER


def test_who_compiles_an_older_state_answers_from_it_and_nobody_else_does(interrupter, base):
    with interrupter.held(base, "os.rename", 1) as answers:
        base.rename()
        assert base.ask() == answer("Sørvik")

    assert [answered["name"] for answered in answers] == ["Nordvik"]
    assert base.ask() == answer("Sørvik")
    assert len(base.files()) == 1


def test_a_file_that_is_removed_while_it_is_opened_is_compiled_anew(interrupter, base):
    database = base.compiled()
    with interrupter.held(base, "sqlite3.connect", 1) as answers:
        database.unlink()

    assert [(answered["name"], answered["warnings"]) for answered in answers] == [("Nordvik", [])]
    assert base.files() == [database]


def test_a_file_that_is_removed_once_it_is_open_is_still_read(interrupter, base):
    """As long as a process reads a file, another may remove it."""
    base.compiled()
    with interrupter.held(base, "read", 2) as answers:
        base.rename()
        assert base.ask() == answer("Sørvik")

    assert [(answered["name"], answered["warnings"]) for answered in answers] == [("Nordvik", [])] * 2
