"""A fact base made to do harm: what is in the place of a file or folder, and what becomes of it while it is read."""

import os
import shutil
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from copies import problems

# Runs the tool on words, and takes a path away at the last moment: when it is about to be opened.
VANISH = """
import os, sys
from icapital_cli.cli.app import main
path, *sys.argv[1:] = sys.argv[1:]
def take(event, arguments):
    if event in {"open", "os.scandir"} and str(arguments[0]) == path:
        if os.path.isdir(path): os.rmdir(path)
        elif os.path.exists(path): os.unlink(path)
sys.addaudithook(take)
sys.exit(main())
"""
# Runs the tool on words, and edits two files on its way: when it has read the first, and opens the second.
EDIT = """
import sys
from pathlib import Path
from icapital_cli.cli.app import main
folder, old, new, *sys.argv[1:] = sys.argv[1:]
waiting = [Path(folder, "a.yaml"), Path(folder, "z.yaml")]
def edit(event, arguments):
    if event == "open" and str(arguments[0]) == f"{folder}/z.yaml" and waiting:
        files = waiting[:]
        waiting.clear()
        for file in files: file.write_text(file.read_text().replace(old, new))
sys.addaudithook(edit)
sys.exit(main())
"""
NOT_REGULAR = "is not a regular file [file]"


@pytest.fixture
def powerless(base, process):
    """Run the tool as one who may not read everything; root is made to leave that power behind."""
    by = []
    if os.geteuid() == 0:
        by = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
        if not shutil.which("setpriv") or subprocess.run([*by, "true"], check=False).returncode:
            pytest.skip("root cannot leave its powers behind here")
    base.run = partial(process, by=by)
    return base


@pytest.fixture
def script(base, home):
    """Run a script that runs the tool on words: exit code, standard output, standard error."""

    def run_script(code, *words):
        environment = {"HOME": str(home), "LANG": "C.UTF-8"}
        done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, env=environment, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode().replace(f"{base.folder}/", "")

    return run_script


# Links.


@pytest.mark.parametrize(
    ("target", "line"),
    [
        ("new.yaml", "cannot be read: Too many levels of symbolic links [file]"),
        ("nowhere", "cannot be read: No such file or directory [file]"),
        ("languages", "cannot be read: Is a directory [file]"),
        ("/dev/zero", NOT_REGULAR),
        ("/dev/null", NOT_REGULAR),
        ("/dev/full", NOT_REGULAR),
        ("/dev/random", NOT_REGULAR),
    ],
)
def test_a_link_to_what_is_no_regular_file_is_reported(base, target, line):
    """A link to itself, to nothing, to a folder, to a device."""
    if target.startswith("/dev/") and not Path(target).exists():
        pytest.skip(f"there is no {target} here")
    (base.folder / "new.yaml").symlink_to(target)

    result = base.check()

    assert result == problems(f"new.yaml:1:1: {line}")


@pytest.mark.parametrize("device", ["/dev/tty", "/dev/stdin", "/proc/self/mem"])
def test_a_link_to_what_may_be_anything_is_read_without_harm(base, process, device):
    """A terminal or none, a pipe, the memory of the process itself."""
    if not Path(device).exists():
        pytest.skip(f"there is no {device} here")
    (base.folder / "new.yaml").symlink_to(device)
    base.run = partial(process, stdin=b"cities: 5\n")

    result = base.check()

    assert (result.code, result.out) == (4, "")
    assert result.err.startswith("new.yaml:1:1: ")
    assert result.err.endswith(" [file]\n")


def test_a_link_to_the_folder_itself_is_not_entered(base):
    (base.folder / "again").symlink_to(base.folder)

    result = base.check()

    assert result == (0, "", "")


# Sockets, pipes, permissions.


def test_a_socket_is_no_file(base, monkeypatch):
    monkeypatch.chdir(base.folder)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("new.yaml")

        result = base.check()

    assert result == problems("new.yaml:1:1: cannot be read: No such device or address [file]")


def test_a_pipe_is_no_file_and_nothing_waits_for_it(base, process):
    os.mkfifo(base.folder / "new.yaml")
    base.run = process

    assert base.check() == problems(f"new.yaml:1:1: {NOT_REGULAR}")
    assert base.ask("cities") == (4, "", f"{base.folder}/new.yaml:1:1: {NOT_REGULAR}\n")


def test_a_file_that_may_not_be_read_is_named(powerless):
    powerless.add("cities: {}\n")
    (powerless.folder / "new.yaml").chmod(0)
    line = "new.yaml:1:1: cannot be read: Permission denied [file]"

    assert powerless.check() == problems(line)
    assert powerless.ask("cities") == (4, "", f"{powerless.folder}/{line}\n")


def test_a_folder_that_may_not_be_read_is_named(powerless):
    inner = powerless.folder / "inner"
    inner.mkdir(mode=0)

    result = powerless.check()

    inner.chmod(0o700)
    assert result == (4, "", "icapital: cannot read the folder 'inner': Permission denied\n")


# What changes while it is read.


def test_a_file_that_vanishes_while_it_is_checked_is_named(base, script):
    base.add("cities: {}\n")

    result = script(VANISH, base.folder / "new.yaml", "check", base.folder)

    assert result == problems("new.yaml:1:1: cannot be read: No such file or directory [file]")


def test_a_file_that_vanishes_while_facts_are_asked_for_is_not_missed(base, script):
    base.add("cities: {}\n")
    words = ["cities", "--year", "2015", "--fields", "city", "--facts", base.folder]

    result = script(VANISH, base.folder / "new.yaml", *words)

    assert result == (0, "City\nŁódź\nNordvik\nBrambury-on-Sea\n", "")


@pytest.mark.parametrize("words", [["check"], ["cities", "--facts"]])
def test_a_folder_that_vanishes_while_it_is_read_is_named(base, script, words):
    (base.folder / "inner").mkdir()

    result = script(VANISH, base.folder / "inner", *words, base.folder)

    assert result == (4, "", "icapital: cannot read the folder 'inner': No such file or directory\n")


def test_an_edit_of_two_files_is_read_in_full_or_not_at_all(base, script):
    """The facts were of two states when they had been read, so they are read again."""
    cited = "    citations:\n      - source: old-page\n        locator: top\n"
    base.add(f"organisations:\n  lamp-makers:\n    name: Lamp Makers\n{cited}", "a.yaml")
    page = "    title: Lamps\n    publisher: Gazette\n    lang: en\n    type: news\n    date: 2015\n"
    base.add(f"sources:\n  old-page:\n{page}    url: https://gazette.example.com/lamps\n", "z.yaml")

    code, out, err = script(
        EDIT, base.folder, "old-page", "new-page", "show", "lamp-makers", "--json", "--facts", base.folder
    )

    assert (code, err) == (0, "")
    assert '"id": "new-page"' in out


# Names.


def test_the_name_of_a_file_cannot_command_a_terminal(base):
    base.add("cities: 5\n", "x\n\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}.yaml")

    result = base.check()

    assert result == problems("x �[31m�.yaml:1:9: cities must be a mapping from ids to facts, not a text [schema]")


def test_the_name_of_a_file_may_be_no_utf_8(base):
    """An answer needs no name, and a problem shows what can be shown of it."""
    file = Path(os.fsdecode(os.fsencode(base.folder) + b"/\xff.yaml"))
    words = ["cities", "--year", "2015", "--fields", "city", "-f", "plain"]

    file.write_text("cities: {}\n")
    assert base.ask(*words) == (0, "Łódź\nNordvik\nBrambury-on-Sea\n", "")

    file.write_text("cities: 5\n")
    assert base.check() == problems("?.yaml:1:9: cities must be a mapping from ids to facts, not a text [schema]")
