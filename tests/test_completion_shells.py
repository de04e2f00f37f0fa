"""Completion in real shells: each runs the script that `icapital completion` prints, and completes a line with it."""

import os
import pty
import select
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.doors


def needs(shell):
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")


@pytest.fixture
def environment(home):
    tool = str(Path(sys.executable).parent)
    return {"HOME": str(home), "LANG": "C.UTF-8", "TERM": "dumb", "PATH": f"{tool}{os.pathsep}{os.environ['PATH']}"}


BASH = """
source <(icapital completion bash)
COMP_WORDS=({words}) COMP_CWORD={last}
_icapital_completion icapital
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
FISH = """
icapital completion fish | source
complete -C {line}
"""
FIELD = "icapital cities --fields pri"


def asked_of(environment, command, script):
    done = subprocess.run([*command.split(), script], env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


@needs("bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["icapital", "cities", "--fields", "pri"], "prize_eur"),
        (["icapital", "show", "Jukka"], r"Jukka\ Mäkelä"),
        (["icapital", "show", "Jukka", "M"], "Mäkelä"),
        (["icapital", "help", "ci"], "cite"),
        (["icapital", "cities", "--status", "winner,ru"], "winner,runner-up"),
        (["icapital", "--ver"], "--version"),
        (["icapital", "show", r"Jukka\ M"], r"Jukka\ Mäkelä"),
        (["icapital", "show", '"Jukka M'], "Jukka Mäkelä"),
        (["icapital", "show", "'Jukka"], "Jukka Mäkelä"),
    ],
)
def test_bash_completes_a_word_quoted_as_it_was_begun(environment, words, offered):
    script = BASH.format(words=" ".join(map(shlex.quote, words)), last=len(words) - 1)

    assert offered in asked_of(environment, "bash --norc -c", script)


@needs("fish")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        (FIELD, "prize_eur"),
        ("icapital show Jukka", "Jukka Mäkelä"),
        (r"icapital show Jukka\ M", "Jukka Mäkelä"),
        ('icapital show "Jukka M', "Jukka Mäkelä"),
        ("icapital show Jukka M", "Mäkelä"),
        ("icapital help ci", "cite"),
        ("icapital cities --status winner,ru", "winner,runner-up"),
    ],
)
def test_fish_completes_a_word(environment, line, offered):
    assert offered in asked_of(environment, "fish --no-config -c", FISH.format(line=shlex.quote(line)))


@needs("bash")
def test_bash_at_its_prompt_inserts_a_name_with_a_space_quoted(environment):
    """What Tab puts on the line is one argument: echo prints it as one."""
    line = b"source <(icapital completion bash); icapital() { printf '<%s>' \"$@\"; }\n"
    shown = typed_at_a_prompt(
        ["bash", "--norc", "-i"], environment, line + b"icapital show 'Jukka M\t\n", b"<show><Jukka"
    )

    assert "<show><Jukka Mäkelä>".encode() in shown


def typed_at_a_prompt(command, environment, typed, awaited):
    """Type into a shell on a terminal, until what is awaited is shown."""
    ours, theirs = pty.openpty()
    shell = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    os.write(ours, typed)
    shown = b""
    while awaited not in shown and select.select([ours], [], [], 60)[0]:
        shown += os.read(ours, 65536)
    shell.kill()
    shell.wait()
    os.close(ours)
    return shown


@needs("zsh")
@pytest.mark.parametrize(
    ("line", "offered"),
    [(FIELD, "prize_eur"), ("icapital show Jukka\\ M", "Jukka\\ Mäkelä"), ("icapital help langu", "languages")],
    ids=["field", "name", "command"],
)
def test_zsh_completes_a_word_at_its_prompt(environment, line, offered):
    loaded = "autoload -U compinit; compinit -u -D; source <(icapital completion zsh)\n"

    assert offered.encode() in typed_at_a_prompt(
        ["zsh", "-f", "-i"], environment, f"{loaded}{line}\t".encode(), offered.encode()
    )
