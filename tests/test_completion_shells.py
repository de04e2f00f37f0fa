"""Completion in real shells: each runs the script that `icapital completion` prints, and completes a line with it."""

import os
import pty
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.doors
LINE = "icapital cities --fields pri"


def needs(shell):
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")


@pytest.fixture
def environment(home):
    tool = str(Path(sys.executable).parent)
    return {"HOME": str(home), "LANG": "C.UTF-8", "TERM": "dumb", "PATH": f"{tool}{os.pathsep}{os.environ['PATH']}"}


BASH = f"""
source <(icapital completion bash)
COMP_WORDS=({LINE}) COMP_CWORD=3
_icapital_completion icapital
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
FISH = f"""
icapital completion fish | source
complete -C '{LINE}'
"""


@pytest.mark.parametrize(
    ("command", "script"),
    [
        pytest.param("bash --norc -c", BASH, marks=needs("bash"), id="bash"),
        pytest.param("fish --no-config -c", FISH, marks=needs("fish"), id="fish"),
    ],
)
def test_a_shell_completes_a_field(environment, command, script):
    done = subprocess.run([*command.split(), script], env=environment, capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("prize_eur\n", "")


@needs("zsh")
def test_zsh_completes_a_field_at_its_prompt(environment):
    ours, theirs = pty.openpty()
    shell = subprocess.Popen(["zsh", "-f", "-i"], stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    os.write(ours, f"autoload -U compinit; compinit -u -D; source <(icapital completion zsh)\n{LINE}\t".encode())
    shown = b""
    while b"prize_eur" not in shown and select.select([ours], [], [], 60)[0]:
        shown += os.read(ours, 65536)
    shell.kill()
    shell.wait()
    os.close(ours)

    assert b"prize_eur" in shown
