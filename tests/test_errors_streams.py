"""Where the answer cannot go: closed pipes, full disks, streams that are gone; and signals, and failures."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import BASE

ICAPITAL = Path(sys.executable).with_name("icapital")


@pytest.fixture(scope="module")
def shell(home):
    """Run a line of bash in which `icapital` is the installed tool."""

    def run_line(line, **environment):
        path = f"{ICAPITAL.parent}:{os.environ['PATH']}"
        settings = {"HOME": str(home), "LANG": "C.UTF-8", "PATH": path, "BASE": str(BASE)}
        done = subprocess.run(
            ["/bin/bash", "-c", line], capture_output=True, env={**settings, **environment}, check=False
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run_line


@pytest.mark.parametrize(("reader", "first"), [("head -n 1", "[\n"), ("true", "")])
def test_a_closed_pipe_ends_quietly(shell, reader, first):
    result = shell(f"icapital sources --json | {reader}; echo ${{PIPESTATUS[0]}}")

    assert result == (0, f"{first}0\n", "")


@pytest.mark.parametrize("words", ["cities --json", "show nantes", "--help", "about"])
def test_a_full_disk_is_reported_in_one_line(shell, words):
    result = shell(f"icapital {words} > /dev/full")

    assert result == (1, "", "icapital: cannot write the answer: No space left on device\n")


@pytest.mark.parametrize("words", ["cities --json", "--help"])
def test_a_closed_standard_output_is_reported_in_one_line(shell, words):
    result = shell(f"icapital {words} >&-")

    assert result == (1, "", "icapital: cannot write the answer: standard output is closed\n")


def test_a_command_that_writes_nothing_needs_no_standard_output(shell):
    assert shell('icapital check "$BASE" >&-') == (0, "", "")


def test_an_output_that_is_for_reading_only_is_reported_in_one_line(shell):
    result = shell("icapital cities 1< /dev/null")

    assert result == (1, "", "icapital: cannot write the answer: Bad file descriptor\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_disk_that_fills_up_on_the_way_is_reported_in_one_line(shell, tmp_path, unbuffered):
    result = shell(f"ulimit -f 8; icapital sources --json > {tmp_path}/sources.json", PYTHONUNBUFFERED=unbuffered)

    assert result == (1, "", "icapital: cannot write the answer: File too large\n")


def test_an_answer_needs_no_other_stream(shell):
    result = shell('icapital cities --facts "$BASE" --year 2015 --fields city --json <&- 2>&-')

    assert result == (0, '[\n{"city": "Łódź"},\n{"city": "Nordvik"},\n{"city": "Brambury-on-Sea"}\n]\n', "")


@pytest.mark.parametrize(
    ("words", "code", "stream"),
    [
        ("citties", 2, "2>&-"),
        ("show atlantis", 3, "2</dev/null"),
        ("check /nowhere", 4, "2>/dev/full"),
        ('check "$BASE/languages"', 4, "2>/dev/full"),
        ('check "$BASE/languages"', 4, "2>&-"),
    ],
)
def test_an_error_that_cannot_be_written_still_has_its_code(shell, words, code, stream):
    """Standard error is closed, for reading only, or full."""
    assert shell(f"icapital {words} {stream}") == (code, "", "")


# Signals.


@pytest.fixture
def writing(home):
    """Start the tool on an answer that no pipe holds, and return it once it has begun to write."""
    started = []

    def begun(interrupts):
        def as_a_shell_does():
            """Whoever runs the tests may have had signals ignored, as nohup has."""
            signal.signal(signal.SIGINT, interrupts)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)

        process = subprocess.Popen(
            [ICAPITAL, "sources", "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={"HOME": str(home), "LANG": "C.UTF-8"},
            preexec_fn=as_a_shell_does,  # noqa: PLW1509 - no thread runs here
        )
        started.append(process)
        assert os.read(process.stdout.fileno(), 1) == b"["
        return process

    yield begun
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_quietly_and_by_that_signal(writing, number):
    process = writing(signal.SIG_DFL)

    process.send_signal(number)

    _, err = process.communicate()
    assert (process.returncode, err) == (-number, b"")


def test_an_interrupt_that_the_caller_has_ignored_ends_nothing(writing):
    process = writing(signal.SIG_IGN)

    process.send_signal(signal.SIGINT)

    out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert json.loads(b"[" + out)


# Failures that nobody expected.


BROKEN = """
import sys
from icapital_cli.cli.app import main
from icapital_cli.views import search_results
def broken(*_words):
    raise ValueError("\\x1b[31m" + "x" * 1000)
search_results.search_view = broken
sys.argv[1:] = ["search", "lamp"]
sys.exit(main())
"""


@pytest.fixture
def break_down(home):
    """Run a search in which the tool itself is broken."""

    def broken(**environment):
        environment = {"HOME": str(home), **environment}
        done = subprocess.run([sys.executable, "-c", BROKEN], capture_output=True, env=environment, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return broken


def test_an_unexpected_failure_is_reported_in_one_line(break_down):
    line = f"icapital: unexpected failure: ValueError: \ufffd[31m{'x' * 75}…. ICAPITAL_DEBUG=1 shows more\n"

    assert break_down() == (1, "", line)


def test_an_unexpected_failure_can_be_traced(break_down):
    code, out, err = break_down(ICAPITAL_DEBUG="1")

    assert (code, out) == (1, "")
    assert err.startswith("Traceback")
