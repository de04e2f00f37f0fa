"""A compile that takes long shows a bar on stderr, only where a person looks on, and leaves nothing of it behind."""

import os
import pty
import select
import subprocess
import sys

CODE = """
from icapital_cli import progress
progress.QUIET = {quiet}
bar = progress.Progress()
for done in range(0, 101, 25):
    bar(done, 100)
bar.end()
print("answer")
"""


def seen_on_a_terminal(quiet=0.0, **environment):
    """Run with a terminal as stderr, and give what it was sent."""
    ours, theirs = pty.openpty()
    code = CODE.format(quiet=quiet)
    settings = {"PATH": os.environ["PATH"], "TERM": "xterm", **environment}
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=theirs, env=settings, check=True)
    os.close(theirs)
    text = b""
    while select.select([ours], [], [], 0.2)[0]:
        try:
            text += os.read(ours, 4096)
        except OSError:
            break
    os.close(ours)
    assert done.stdout == b"answer\n"
    return text.decode()


def test_a_bar_is_drawn_over_itself_and_wiped_away():
    text = seen_on_a_terminal()

    assert "icapital: reading the facts" in text
    assert "25 %\r" in text
    assert "100 %\r" in text
    assert "\n" not in text
    assert text.endswith("\r\x1b[2K")


def test_a_bar_hides_no_cursor():
    """An interrupt may end the process at any moment: a hidden cursor would stay hidden."""
    assert "\x1b[?25l" not in seen_on_a_terminal()


def test_a_quick_compile_shows_no_bar():
    assert seen_on_a_terminal(quiet=60.0) == ""


def test_a_dumb_terminal_shows_no_bar():
    assert seen_on_a_terminal(TERM="dumb") == ""


def test_a_file_gets_no_bar():
    done = subprocess.run([sys.executable, "-c", CODE.format(quiet=0.0)], capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("answer\n", "")


def test_a_bar_that_cannot_be_drawn_harms_no_compile():
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-c", CODE.format(quiet=0.0)], stdout=subprocess.PIPE, stderr=full, check=True
        )

    assert done.stdout == b"answer\n"
