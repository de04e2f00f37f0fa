"""Exports: what may be written over, what an interruption leaves, and that equal facts give equal bytes."""

import csv
import errno
import io
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from conftest import BASE, environment_of

from icapital_cli.errors import IcapitalError, UsageError
from icapital_cli.export import registry, run
from icapital_cli.export.progress import PATIENCE, PAUSE, Progress

FILES = [("sqlite", "facts.db"), ("datapackage", "facts.zip")]
ALL = [*FILES, ("json", "facts"), ("site", "site")]


def export(name, target, *, force=False, lang=None, err=None):
    return run.run_export(
        name, str(target), facts=str(BASE), lang=lang, force=force, options={}, warn=lambda _line: None, err=err
    )


def contents(path):
    """The bytes of a file, or of the files in a folder by name."""
    if path.is_file():
        return path.read_bytes()
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def test_the_exports_are_those_of_the_help(run):
    told = run("export", "--help").out

    assert all(name in told for name in registry.names())


@pytest.mark.parametrize(("name", "target"), ALL)
def test_equal_facts_give_equal_bytes(home, tmp_path, name, target):
    """Whatever the folder, the day, the time zone and the order of sets."""
    digests = []
    for number in "01":
        folder = tmp_path / number
        folder.mkdir()
        given = environment_of(home, {"PYTHONHASHSEED": number, "TZ": ["UTC", "Pacific/Auckland"][int(number)]})
        command = [Path(sys.executable).with_name("icapital"), "export", name, target, "--facts", BASE]
        subprocess.run(command, check=True, cwd=folder, env=given, capture_output=True)
        digests.append({key: sha256(value).hexdigest() for key, value in contents(folder).items()})

    assert digests[0] == digests[1]
    assert len(digests[0]) >= 1


@pytest.mark.parametrize(("name", "target"), ALL)
def test_an_export_writes_over_its_own(tmp_path, name, target):
    export(name, tmp_path / target)
    before = contents(tmp_path / target)
    told = export(name, tmp_path / target, lang="sv")

    assert contents(tmp_path / target) != before
    assert told.startswith(f"wrote {tmp_path / target} (")


@pytest.mark.parametrize(("name", "target"), FILES)
@pytest.mark.parametrize("content", [b"", b"notes", b"PK\x03\x04 no zip", b"SQLite format 3\0 of somebody else", b"{}"])
def test_a_file_of_somebody_else_is_left_alone_without_force(tmp_path, name, target, content):
    (tmp_path / target).write_bytes(content)

    with pytest.raises(UsageError, match="did not make it: --force replaces it"):
        export(name, tmp_path / target)
    assert contents(tmp_path) == {target: content}

    export(name, tmp_path / target, force=True)
    assert (tmp_path / target).read_bytes() != content


def test_what_is_beside_an_export_is_left_alone_without_force_too(tmp_path):
    (tmp_path / "metadata.json").write_text("{}", "utf-8")

    with pytest.raises(UsageError, match=r"metadata.json"):
        export("sqlite", tmp_path / "facts.db")
    assert contents(tmp_path) == {"metadata.json": b"{}"}


def test_a_folder_that_holds_a_file_of_somebody_else_is_left_alone_without_force(tmp_path):
    folder = tmp_path / "facts"
    export("json", folder)
    (folder / "cities" / "notes.txt").write_text("mine", "utf-8")
    before = contents(folder)

    with pytest.raises(UsageError, match=r"did not make: cities/notes\.txt\. name another folder"):
        export("json", folder)
    assert contents(folder) == before

    export("json", folder, force=True)
    assert not (folder / "cities" / "notes.txt").exists()


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "facts").mkdir()
    export("json", tmp_path / "facts")

    assert (tmp_path / "facts" / "index.json").exists()


def test_another_export_is_not_written_over(tmp_path):
    export("sqlite", tmp_path / "facts")

    with pytest.raises(UsageError, match="not a folder"):
        export("json", tmp_path / "facts")


@pytest.mark.parametrize("make", [lambda path: path, lambda path: path / "below", lambda path: Path(path.anchor)])
def test_precious_folders_are_not_replaced_even_by_force(tmp_path, monkeypatch, make):
    """The folder one is in, those above it, and a root."""
    below = tmp_path / "below" / "here"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)

    with pytest.raises(UsageError, match="does not replace the folder"):
        export("json", make(tmp_path), force=True)


def test_neither_a_home_nor_a_repository_is_replaced_by_force(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    (tmp_path / "site" / ".git").mkdir(parents=True)

    for target in ("home", "site"):
        with pytest.raises(UsageError, match="name another one"):
            export("json", tmp_path / target, force=True)


@pytest.mark.parametrize(("name", "target"), ALL)
@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_is_not_replaced_even_by_force(tmp_path, name, target, is_there):
    if is_there:
        export(name, tmp_path / "other")
    (tmp_path / target).symlink_to(tmp_path / "other")

    with pytest.raises(UsageError, match="is a link: name what it leads to"):
        export(name, tmp_path / target, force=True)
    assert (tmp_path / target).is_symlink()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["sqlit", "x.db"], "no export is called 'sqlit'. did you mean 'sqlite'?"),
        (["parquet", "x"], "no export is called 'parquet'. choose from: sqlite, datapackage, json, site"),
        (["sqlite", "."], "'.' is a folder"),
        (["json", "."], "icapital does not replace the folder '.'"),
        (["sqlite", "none/x.db"], "no folder 'none': make it first"),
        (["datapackage", "folder"], "'folder' is a folder: name a file in it"),
        (["sqlite", "/dev/null"], "'/dev/null' is not a regular file"),
        (["json", "/dev/null"], "'/dev/null' is not a folder"),
        (["sqlite", "x.db", "--lang", "xx"], "no language is called 'xx'"),
    ],
)
def test_bad_targets_and_names_are_one_line_and_leave_nothing(run, tmp_path, words, told):
    (tmp_path / "folder").mkdir()
    result = run("export", *words, "--facts", BASE, folder=tmp_path)

    assert result.code == 2
    assert result.out == ""
    assert told in result.err
    assert result.err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


@pytest.fixture
def broken(monkeypatch):
    """Let an export write a little, and then do something."""

    def break_export(name, act):
        whole = registry.export_named(name)

        def write(job):
            if whole.is_folder:
                (job.place / "index.json").write_text("half", "utf-8")
            else:
                job.place.write_text("half", "utf-8")
            act()

        monkeypatch.setitem(registry.EXPORTS, name, whole._replace(write=write))

    return break_export


def full_disk():
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(("name", "target"), ALL)
def test_a_full_disk_leaves_what_was_there(tmp_path, broken, name, target):
    export(name, tmp_path / target)
    before = contents(tmp_path)
    broken(name, full_disk)

    with pytest.raises(IcapitalError, match="No space left on device"):
        export(name, tmp_path / target)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(("name", "target"), ALL)
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_ends_the_process_and_leaves_nothing(home, tmp_path, name, target, stop):
    code = f"""
import os, signal, sys
signal.signal({int(stop)}, signal.SIG_DFL)  # under nohup it would be ignored
from icapital_cli.export import registry
whole = registry.export_named({name!r})
def write(job):
    whole.write(job)
    os.kill(os.getpid(), {int(stop)})
registry.EXPORTS[{name!r}] = whole._replace(write=write)
from icapital_cli.__main__ import run
sys.argv = ["icapital", "export", {name!r}, {target!r}, "--facts", {str(BASE)!r}]
run()
"""
    given = environment_of(home, {})
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=given, capture_output=True, check=False)

    assert done.returncode == -stop
    assert done.stderr == b""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "target"), ALL)
def test_a_disk_that_is_really_full_is_one_line(process, tmp_path, name, target):
    """The shell lets no file grow beyond 4 kB; nor what Python compiles, so it is not to write that."""
    by = ["bash", "-c", 'ulimit -f 4; cd "$0"; exec "$@"', tmp_path]
    result = process("export", name, target, "--facts", BASE, by=by, PYTHONDONTWRITEBYTECODE="1")

    assert result.code in {1, 4}
    assert result.out == ""
    assert result.err.splitlines()[-1].startswith("icapital: ")
    assert "Traceback" not in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_rights_is_one_line(tmp_path):
    tmp_path.chmod(0o500)

    with pytest.raises(IcapitalError, match="Permission denied"):
        export("sqlite", tmp_path / "facts.db")


def test_a_folder_that_cannot_be_written_is_one_line(run):
    result = run("export", "sqlite", "/proc/facts.db", "--facts", BASE)

    assert result.code == 1
    assert result.err.startswith("icapital: cannot write '/proc/facts.db': ")


KILLED = """
import os, signal, sys
from pathlib import Path
from icapital_cli.export import registry, run

_, name, target, facts, step = sys.argv
whole, put, rename = registry.export_named(name), run._put, Path.rename

def kill():
    os.kill(os.getpid(), signal.SIGKILL)

def write(job):
    whole.write(job)
    if step == "written":
        kill()

def put_and_kill(*places):
    if step == "beside":
        kill()
    put(*places)
    if step == "in place":
        kill()

def rename_and_kill(path, to):
    rename(path, to)
    if step == "old away" and to.name == run.OLD:
        kill()

registry.EXPORTS[name] = whole._replace(write=write)
run._put, Path.rename = put_and_kill, rename_and_kill
run.run_export(name, target, facts=facts, lang="sv", force=False, options={}, warn=print, err=None)
"""
STEPS = ["written", "beside", "in place"]


def killed_at(step, name, target, home):
    words = [sys.executable, "-c", KILLED, name, str(target), str(BASE), step]
    assert subprocess.run(words, env=environment_of(home, {}), check=False).returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("name", "target", "step"),
    [*((*one, step) for one in ALL for step in STEPS), ("json", "facts", "old away")],
)
def test_a_kill_leaves_the_old_or_the_new_and_the_next_export_tidies_up(home, tmp_path, name, target, step):
    """Between the two steps by which a folder is replaced, the old one stands beside it."""
    (tmp_path / "new").mkdir()
    (tmp_path / "work").mkdir()
    export(name, tmp_path / "new" / target, lang="sv")
    path = tmp_path / "work" / target
    export(name, path)
    old, new = contents(path), contents(tmp_path / "new" / target)
    killed_at(step, name, path, home)
    (left,) = path.parent.glob(f".{target}.*")
    found = contents(path if step != "old away" else left / run.OLD)

    assert found == (new if step == "in place" else old)
    assert path.exists() == (step != "old away")

    if step != "old away":
        os.utime(left, (0, 0))
    export(name, path, lang="sv")
    assert contents(path.parent) == contents(tmp_path / "new")


def test_a_folder_that_a_killed_export_moved_away_comes_back_even_if_the_next_fails(home, tmp_path, broken):
    folder = tmp_path / "facts"
    export("json", folder)
    before = contents(folder)
    killed_at("old away", "json", folder, home)
    broken("json", full_disk)

    with pytest.raises(IcapitalError):
        export("json", folder)
    assert contents(folder) == before


def test_what_another_export_works_in_is_left_alone(tmp_path):
    """A folder of work that is younger than an hour may belong to a process that runs."""
    work = tmp_path / ".facts.db.icapital-other" / "made"
    work.parent.mkdir()
    work.write_text("half", "utf-8")
    export("sqlite", tmp_path / "facts.db")

    assert work.read_text("utf-8") == "half"


def test_a_folder_comes_back_when_the_new_one_cannot_be_put_in_place(tmp_path, monkeypatch):
    folder = tmp_path / "facts"
    export("json", folder)
    before = contents(folder)
    rename = Path.rename

    def rename_once(path, to):
        if path.name == "made":
            full_disk()
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", rename_once)

    with pytest.raises(IcapitalError):
        export("json", folder)
    assert contents(folder) == before


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_appears_on_a_terminal_after_a_second_and_goes_away():
    moments = iter(
        [0.0, PATIENCE / 2, PATIENCE, PATIENCE, PATIENCE + PAUSE / 2, PATIENCE + 2 * PAUSE, PATIENCE + 2 * PAUSE]
    )
    stream = Terminal()
    progress = Progress("export json", stream, lambda: next(moments))
    for done in range(1, 5):
        progress(done, 4)
    progress.end()

    assert stream.getvalue() == "\rexport json: 2/4\x1b[K\rexport json: 4/4\x1b[K\r\x1b[K"


@pytest.mark.parametrize("stream", [io.StringIO(), None])
def test_progress_is_silent_anywhere_else(stream):
    progress = Progress("export json", stream, lambda: next(iter([1e9])))
    progress(1, 2)
    progress.end()

    assert stream is None or stream.getvalue() == ""


def test_an_option_of_another_export_is_refused(tmp_path):
    with pytest.raises(UsageError, match="--base-url does not go with icapital export sqlite"):
        run.run_export(
            "sqlite",
            str(tmp_path / "x.db"),
            facts=str(BASE),
            lang=None,
            force=False,
            options={"base_url": "https://example.org"},
            warn=lambda _line: None,
            err=None,
        )


HOSTILE = [
    "'); DROP TABLE results; --",
    '=HYPERLINK("https://example.org";"x") | a "quoted", cell',
    "<script>alert(1)</script> {{ 7 * 7 }} {% raw %} ]]> \\ | `x`",
    "Łódź 東京 \N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET} 𝔘",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_any_kind_stay_what_they_are(tmp_path, text):
    """In the database, the CSV, the JSON and the codebook: as text, and in their cell."""
    base = shutil.copytree(BASE, tmp_path / "base")
    gaps = yaml.safe_load((base / "gaps.yaml").read_text("utf-8"))
    gap = next(iter(gaps["gaps"]))
    gaps["gaps"][gap]["what"] = text
    (base / "gaps.yaml").write_text(yaml.safe_dump(gaps, allow_unicode=True), "utf-8")
    for name, target in ALL:
        run.run_export(
            name, str(tmp_path / target), facts=str(base), lang=None, force=False, options={}, warn=print, err=None
        )

    with closing(sqlite3.connect(tmp_path / "facts.db")) as database:
        assert database.execute("SELECT what FROM gaps WHERE id = ?", (gap,)).fetchall() == [(text,)]
    with zipfile.ZipFile(tmp_path / "facts.zip") as archive:
        rows = {row["id"]: row for row in csv.DictReader(archive.read("data/gaps.csv").decode().splitlines())}
        book = archive.read("CODEBOOK.md").decode()
    assert rows[gap]["what"] == text
    assert json.loads((tmp_path / "facts" / "gaps" / f"{gap}.json").read_text("utf-8"))["what"] == text
    assert text in book or text.replace("\\", "\\\\").replace("|", "\\|") in book
    widths = {len(re.split(r"(?<!\\)\|", line)) for line in book.splitlines() if line.startswith("| 20")}
    assert len(widths) == 2, "one width for each of the two tables by edition"
