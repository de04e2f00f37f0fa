"""Processes of an export: what goes wrong in one is told by the one that began it, and none is left behind."""

import errno
import os
import signal
import subprocess
import sys
from threading import Event, Thread

import pytest
from conftest import BASE, environment_of
from test_export import contents

from icapital_cli.errors import IcapitalError, UsageError
from icapital_cli.export import processes
from icapital_cli.export.processes import can_fork, forking

# Python 3.12 warns where a test runs beside a thread of pytest-xdist; the tasks here take no locks.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


@pytest.fixture(params=[True, False])
def may_fork(monkeypatch, request):
    monkeypatch.setattr(processes, "can_fork", lambda: request.param)
    return request.param


@pytest.fixture
def forks(monkeypatch):
    monkeypatch.setattr(processes, "can_fork", lambda: True)


def run(*tasks):
    with forking() as begin:
        for task in tasks:
            begin(task)


def fail(error):
    raise error


@pytest.mark.usefixtures("may_fork")
def test_each_task_is_done_at_the_end(tmp_path):
    run(*((tmp_path / name).mkdir for name in "abc"))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]


def test_a_task_has_a_process_of_its_own_where_we_can_fork(tmp_path, may_fork):
    run(lambda: (tmp_path / "pid").write_text(str(os.getpid()), "utf-8"))

    assert ((tmp_path / "pid").read_text("utf-8") != str(os.getpid())) == may_fork


@pytest.mark.usefixtures("may_fork")
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), UsageError("no such", ["near"]), KeyError("a mistake")]
)
def test_what_a_task_raises_is_raised_where_it_was_begun(error):
    with pytest.raises(type(error)) as raised:
        run(lambda: fail(error))

    assert raised.value.args == error.args
    assert getattr(raised.value, "candidates", None) == getattr(error, "candidates", None)


@pytest.mark.usefixtures("forks")
def test_what_a_task_raises_says_where_it_was_raised():
    with pytest.raises(KeyError) as raised:
        run(lambda: fail(KeyError("a mistake")))

    assert "in fail" in raised.value.__notes__[0]


def test_a_process_that_has_threads_is_not_forked():
    done = Event()
    thread = Thread(target=done.wait)
    thread.start()
    found = can_fork()
    done.set()
    thread.join()

    assert not found


@pytest.mark.usefixtures("forks")
def test_a_task_whose_process_is_killed_is_an_error_of_one_line():
    with pytest.raises(IcapitalError, match=r"^a process of the export ended early: it may have had too little"):
        run(lambda: os.kill(os.getpid(), signal.SIGKILL))


def run_and_fail(task):
    with forking() as begin:
        begin(task)
        fail(KeyError())


@pytest.mark.usefixtures("forks")
def test_no_process_outlives_a_block_that_fails():
    ours, theirs = os.pipe()
    with pytest.raises(KeyError):
        run_and_fail(signal.pause)
    os.close(theirs)
    os.set_blocking(ours, False)

    assert os.read(ours, 1) == b""  # while another process had the pipe open, there would be nothing to read yet
    os.close(ours)


SITE = """
import os, signal, sys
from icapital_cli.export import processes, run, site

write, act = site.write_language, sys.argv[1]

def write_language(made, tag, everything):
    if tag == "sv" and act == "full disk":
        raise OSError(28, "No space left on device")
    if tag == "sv" and act == "interrupt":
        os.kill(os.getppid(), signal.SIGINT)
        signal.pause()
    return write(made, tag, everything)

processes.can_fork = lambda: act != "alone"
site.complete_languages = lambda job: {"en": "English", "sv": "svenska"}
site.write_language = write_language
from icapital_cli.__main__ import run
sys.argv = ["icapital", "export", "site", *sys.argv[2:]]
run()
"""


def made(home, folder, act):
    words = [sys.executable, "-c", SITE, act, "site", "--facts", str(BASE), "--base-url", "https://city.example"]
    done = subprocess.run(
        words, cwd=folder, env=environment_of(home, {}), capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stderr


def test_a_site_made_by_several_processes_has_the_bytes_of_one_made_by_one(home, tmp_path):
    found = []
    for act in ("alone", "beside"):
        (tmp_path / act).mkdir()
        assert made(home, tmp_path / act, act)[0] == 0
        found.append(contents(tmp_path / act))

    assert found[0] == found[1]
    assert "site/sv/index.html" in found[0]


@pytest.mark.parametrize(
    ("act", "code", "told"),
    [
        ("full disk", 1, "icapital: cannot write 'site': No space left on device\n"),
        ("interrupt", -signal.SIGINT, ""),
    ],
)
def test_what_ends_a_process_of_the_site_leaves_the_old_site_whole(home, tmp_path, act, code, told):
    made(home, tmp_path, "alone")
    before = contents(tmp_path)

    assert made(home, tmp_path, act) == (code, told)
    assert contents(tmp_path) == before
