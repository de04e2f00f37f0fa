"""What every test may ask for: the installed tool, run as a user runs it, and a tiny made-up fact base."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

# A build looks at the same examples each time; at the desk every run looks further.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

HERE = Path(__file__).parent
BASE = HERE / "base"
FACTS = HERE.parent / "facts"


class Result(NamedTuple):
    """What a run gave back."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory):
    """A home of its own, so that no test sees the user's cache."""
    home = tmp_path_factory.mktemp("home")
    os.environ["XDG_CACHE_HOME"] = str(home / ".cache")
    return home


@pytest.fixture(scope="session")
def run(cache):
    """Run the installed tool with words, as a shell does: `run("cities", "--json")`.

    What is given as `by` stands before the tool: a command that runs commands.
    """

    def run_tool(*words, stdin=None, by=(), **environment):
        kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        settings = {"HOME": str(cache), "LANG": "C.UTF-8", **kept, **environment}
        done = subprocess.run(
            [*by, Path(sys.executable).with_name("icapital"), *words],
            input=stdin,
            capture_output=True,
            env=settings,
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_tool


@pytest.fixture(scope="session")
def icapital(run):
    """Run the tool on the tiny base."""

    def run_on_base(*words, **environment):
        return run(*words, "--facts", str(BASE), **environment)

    return run_on_base
