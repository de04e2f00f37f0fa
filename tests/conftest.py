"""What every test may ask for: the tool, run as a user runs it, and a tiny made-up fact base."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

# A build draws the same examples each time; at the desk every run draws others. No deadline: machines differ.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# Whoever runs the tests in the background may have interrupts ignored, and every process that they start would too.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

HERE = Path(__file__).parent
BASE = HERE / "base"
FACTS = HERE.parent / "facts"


class Result(NamedTuple):
    """What a run gave back."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory):
    """A home of its own, so that no test sees the user's cache."""
    folder = tmp_path_factory.mktemp("home")
    os.environ["XDG_CACHE_HOME"] = str(folder / ".cache")
    return folder


def environment_of(home, changes):
    """The environment of a run: little of ours, and what a test changes."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return {"HOME": str(home), "LANG": "C.UTF-8", **kept, **changes}


def asking(server, home):
    """Return a function that lets a server run the tool: `run("cities", "--json", LANG="C")`."""

    def run_in_server(*words, stdin="", folder=".", **environment):
        request = {
            "words": list(map(str, words)),
            "stdin": stdin,
            "environment": environment_of(home, environment),
            "folder": str(folder),
        }
        server.stdin.write(json.dumps(request) + "\n")
        server.stdin.flush()
        return Result(*json.loads(server.stdout.readline()))

    return run_in_server


@pytest.fixture(scope="session")
def run(home):
    """Run the tool in a fork of a server that has loaded it: `run("cities", "--json")`.

    For what concerns start, environment, streams or signals, `process` runs the installed program.
    """
    with subprocess.Popen(
        [sys.executable, HERE / "server.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE.parent
    ) as server:
        yield asking(server, home)
        server.stdin.close()


@pytest.fixture(scope="session")
def process(home):
    """Run the installed program in a process of its own: `process("cities", "--json", LANG="C")`.

    What is given as `by` comes before the program: a command that runs commands.
    """

    def run_process(*words, stdin=None, by=(), **environment):
        done = subprocess.run(
            [*by, Path(sys.executable).with_name("icapital"), *words],
            input=stdin,
            capture_output=True,
            env=environment_of(home, environment),
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_process


@pytest.fixture(scope="session")
def icapital(run):
    """Run the tool on the tiny base."""

    def run_on_base(*words, **environment):
        return run(*words, "--facts", str(BASE), **environment)

    return run_on_base


@pytest.fixture
def base(run, tmp_path):
    """Copy the tiny base, to change it."""
    from copies import Copy  # noqa: PLC0415 - it imports this module

    return Copy(run, tmp_path / "base")


@pytest.fixture
def check_file(base):
    """Check the tiny base with one more file, `new.yaml`, of this content."""

    def checked(content):
        base.add(content)
        return base.check()

    return checked
