"""The long versions of what `tests/` shows in short: many at once, many kills, many hostile bases, many look-ups.

Kills come while SQLite writes, between steps that Python knows: `tests/test_cache_faults.py` kills at each of those.

`make soak` runs them; numbers in the environment shorten them, as in `make soak SOAK_INPUTS=1000`.
"""

import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from icapital_cli.compiler.compile import check_folder, compile_folder
from icapital_cli.compiler.files import find_files
from icapital_cli.errors import FactsError

HERE = Path(__file__).parent
BASE = HERE.parent / "tests" / "base"
FACTS = HERE.parent / "facts"
ICAPITAL = Path(sys.executable).with_name("icapital")
AT_ONCE = int(os.environ.get("SOAK_AT_ONCE", "200"))
COLD = int(os.environ.get("SOAK_COLD", "64"))
KILLS = int(os.environ.get("SOAK_KILLS", "200"))
INPUTS = int(os.environ.get("SOAK_INPUTS", "100000"))
LOOKUPS = int(os.environ.get("SOAK_LOOKUPS", "10000"))
SEED = int(os.environ.get("SOAK_SEED", "0"))
BATCH = 500
QUESTION = ("cities", "--year", "2019", "--status", "winner", "--fields", "city", "-f", "tsv")
ANSWER = (0, "city\nNantes\n", "")


@pytest.fixture
def facts(tmp_path):
    """Give a copy of the real facts, which take long enough to compile to be disturbed."""
    return shutil.copytree(FACTS, tmp_path / "facts")


@pytest.fixture
def home(tmp_path):
    """Give a home with an empty cache."""
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def start(home):
    """Start the installed tool on words, as the leader of a group of processes, and do not wait for it."""

    def started(*words):
        settings = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home), "XDG_CACHE_HOME": str(home)}
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
        return subprocess.Popen([ICAPITAL, *words], env=settings, start_new_session=True, **streams)

    return started


def answer_of(asked):
    """Wait for what a started question gives back."""
    out, err = asked.communicate(timeout=300)
    return (asked.returncode, out.decode(), err.decode())


def held_by(asked):
    """Wait for a started question, read what it gives back, and count the memory that it held, in kilobytes."""
    with asked:
        out, err = asked.stdout.read(), asked.stderr.read()
        _, status, usage = os.wait4(asked.pid, 0)
        asked.returncode = os.waitstatus_to_exitcode(status)
    return (asked.returncode, out.decode(), err.decode()), usage.ru_maxrss


def files_of(folder):
    """Describe every file below a folder: name, inode, size, time of change."""
    found = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return {str(path): (seen.st_ino, seen.st_size, seen.st_mtime_ns) for path, seen in found}


# Many at once.


def test_all_who_ask_at_once_on_a_cold_cache_are_answered_and_leave_one_file(start, facts, home):
    asked = [start(*QUESTION, "--facts", facts) for _ in range(COLD)]
    results = [answer_of(one) for one in asked]

    assert results == [ANSWER] * COLD
    assert [Path(name).suffix for name in files_of(home)] == [".db"]


def test_all_who_ask_at_once_after_an_edit_are_answered_and_leave_one_file(start, facts, home):
    answer_of(start(*QUESTION, "--facts", facts))
    before = files_of(home)
    rename_nantes(facts, 1)

    asked = [start(*QUESTION, "--facts", facts) for _ in range(COLD)]
    results = [answer_of(one) for one in asked]

    assert results == [(0, "city\nNantes1\n", "")] * COLD
    assert [Path(name).suffix for name in files_of(home)] == [".db"]
    assert not files_of(home).keys() & before.keys()


def test_all_who_ask_at_once_are_answered(start, facts, home):
    answer_of(start(*QUESTION, "--facts", facts))
    before = files_of(home)

    asked = [start(*QUESTION, *(("--facts", facts) if number % 2 else ())) for number in range(AT_ONCE)]
    results = [answer_of(one) for one in asked]

    assert results == [ANSWER] * AT_ONCE
    assert files_of(home) == before


# Many kills.


def rename_nantes(facts, number):
    """Change the name of a city, in one step."""
    text = (FACTS / "cities.yaml").read_text("utf-8")
    assert text.count("name: Nantes\n") == 1
    (facts / ".new").write_text(text.replace("name: Nantes\n", f"name: Nantes{number}\n"), "utf-8")
    (facts / ".new").replace(facts / "cities.yaml")


def grown(files, size):
    """Whether one of these files has grown to a size."""
    with suppress(FileNotFoundError):
        return any(path.stat().st_size >= size for path in files)
    return False


def test_no_kill_at_any_size_of_what_is_written_harms_the_next_answer(start, facts, home):
    """Each time the cache knows only an older state; what was killed is removed an hour later."""
    chance = random.Random(SEED)
    answer_of(start(*QUESTION, "--facts", facts))
    largest = max(path.stat().st_size for path in home.glob("icapital/*.db"))
    results, killed = [], 0
    for number in range(KILLS):
        rename_nantes(facts, number)
        size = chance.choice([0, 1, largest // 2, largest, chance.randrange(largest)])
        before = set(home.glob("icapital/*.tmp"))
        asked = start(*QUESTION, "--facts", facts)
        while asked.poll() is None and not grown(set(home.glob("icapital/*.tmp")) - before, size):
            pass
        asked.kill()
        killed += answer_of(asked)[0] == -signal.SIGKILL
        results.append(answer_of(start(*QUESTION, "--facts", facts)))
        for path in set(home.glob("icapital/*.tmp")) - before:
            os.utime(path, (0, 0))

    assert results == [(0, f"city\nNantes{number}\n", "") for number in range(KILLS)]
    assert killed, "no process was killed"
    rename_nantes(facts, KILLS)
    assert answer_of(start(*QUESTION, "--facts", facts)) == (0, f"city\nNantes{KILLS}\n", "")
    assert [Path(name).suffix for name in files_of(home)] == [".db"]


# Many hostile bases.


# What stands in the place of a value: words that YAML might not leave as text, ids, dates at the edge, and what a
# terminal would obey.
ODD = [
    *("", "''", "~", "null", "x", "0", "-1", "99999", "1e9", ".inf", "NaN", "=", "<<", "0x1F", "1_000", "12:30", "NO"),
    *("0000", "0001-01-01", "2019-13-45", "9999-12-31", "9999-12", "2015", "2017", "lodz", "nordvik", "2015-lodz"),
    *("2015-lodz.status", "prize-2017-lodz", "gazette-2015", "winner", "semi-finalist", "EUR", "XXX", "XK", "US"),
    *("en", "sv", "fi", "no", "ar", "hi", "aa", "eo", "und", "xx", "zh-Hant", "sv-FI", "[]", "{}", "[[]]", "[{}]"),
    *("[a, b]", "{a: b}", "{en: hi}", "{sv: hej, en: hi}", "{sv: }", "%", "'\"'", "number.group", "#", "-", "?", ":"),
    *("|", ">", "!", '"\\x1b[31m"', '"\\u202e"', '"\\0"', '"\\ud800"', '"a\\nb"', "' '", "&a *a", "*a"),
    *("!!python/name:os.system", "http://x.y/", "http://x.y/?utm_source=1", "+358468773953", "a@b.c", "x" * 30_000),
    *("🏖️", "ﷺ", "İ", "ß", "e\u0301", "北京", "\u202e", "\x1b", "\x00", "\ufeff", "\t", "\u2028"),
]
MARKS = "{}[]:,\"'&*!|>#%@`-?~\t \\\x00\x1b\x85\u202e\ufeff"


class Mutator:
    """Changes the lines of the tiny base by chance: mostly into something that is still YAML, and almost a base."""

    def __init__(self, seed):
        """Read the tiny base."""
        self.chance = random.Random(seed)
        self.texts = {str(path.relative_to(BASE)): path.read_text("utf-8") for path in sorted(BASE.rglob("*.yaml"))}
        self.lines = [line for text in self.texts.values() for line in text.splitlines() if line.strip()]
        self.values = [line.partition(": ")[2] for line in self.lines if ": " in line]

    def changed(self):
        """Give one or two files of the base with up to five changes in each: bytes by name."""
        names = self.chance.sample(sorted(self.texts), self.chance.choice([1, 1, 1, 2]))
        return {name: self._spoilt(self.texts[name].splitlines()) for name in names}

    def _spoilt(self, lines):
        for _ in range(self.chance.choice([1, 1, 1, 2, 3, 5])):
            self.chance.choice([self._drop, self._repeat, self._swap, self._value, self._value, self._mark])(lines)
            lines = lines or [""]
        content = ("\n".join(lines) + "\n").encode()
        if self.chance.random() < 0.05:
            at = self.chance.randrange(len(content))
            content = content[:at] + self.chance.randbytes(self.chance.randrange(4)) + content[at + 1 :]
        return content

    def _span(self, lines):
        first = self.chance.randrange(len(lines))
        return slice(first, first + self.chance.choice([1, 1, 1, 2, 5, 12]))

    def _drop(self, lines):
        del lines[self._span(lines)]

    def _repeat(self, lines):
        at = self.chance.randrange(len(lines))
        lines[at:at] = lines[self._span(lines)] if self.chance.random() < 0.5 else [self.chance.choice(self.lines)]

    def _swap(self, lines):
        one, other = self.chance.randrange(len(lines)), self.chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]

    def _value(self, lines):
        at = self.chance.randrange(len(lines))
        key, colon, _ = lines[at].partition(":")
        lead = key + ": " if colon else lines[at][: len(lines[at]) - len(lines[at].lstrip())] + "- "
        lines[at] = lead + self.chance.choice(ODD if self.chance.random() < 0.5 else self.values)

    def _mark(self, lines):
        at = self.chance.randrange(len(lines))
        cut = self.chance.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:cut] + self.chance.choice(MARKS) + lines[at][cut:]


def hostile_bases(folder, count):
    """Write one hostile base after the other into a folder, and give their numbers."""
    mutator = Mutator(SEED)
    shutil.copytree(BASE, folder)
    for number in range(count):
        changed = mutator.changed()
        for name, content in changed.items():
            (folder / name).write_bytes(content)
        yield number
        for name in changed:
            (folder / name).write_text(mutator.texts[name], "utf-8")


def kept(folder, number):
    """Keep a base that made the tool stumble, and say where."""
    where = Path(os.environ.get("SOAK_KEEP", folder.parent)) / f"stumbled-{SEED}-{number}"
    shutil.rmtree(where, ignore_errors=True)
    return str(shutil.copytree(folder, where))


def test_no_hostile_base_crashes_the_check(tmp_path):
    folder, crashed, refused = tmp_path / "base", [], 0
    for number in hostile_bases(folder, INPUTS):
        try:
            check_folder(folder)
        except FactsError:
            refused += 1
        except Exception as error:  # noqa: BLE001 - any other is what is looked for
            crashed.append((repr(error), kept(folder, number)))

    assert crashed == []
    assert INPUTS // 2 < refused < INPUTS


def outcome_of(function, *values):
    """Tell how a base is refused, or that it is not."""
    try:
        function(*values)
    except FactsError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - any other is what is looked for
        return repr(error)
    return "in order"


def test_what_the_check_finds_in_order_compiles_and_the_rest_is_refused_for_the_same_problems(tmp_path):
    folder, wrong = tmp_path / "base", []
    for number in hostile_bases(folder, INPUTS // 10):
        checked = outcome_of(check_folder, folder)
        compiled = outcome_of(lambda: compile_folder(folder, find_files(folder)).close())
        if checked != compiled:
            wrong.append((checked, compiled, kept(folder, number)))

    assert wrong == []


# Many look-ups.


LOOKS = [
    QUESTION,
    ("cities", "--json"),
    ("contacts", "--lang", "sv"),
    ("quotes", "--lang", "fi", "-f", "yaml"),
    ("show", "espoo", "-f", "html"),
    ("search", "makela", "--json"),
    ("cite", "2019-espoo", "--style", "bibtex"),
    ("stats", "-f", "csv"),
    ("citties",),
    ("show", "atlantis"),
]


def test_look_ups_in_a_row_fail_never_and_grow_nothing(start, facts, home, tmp_path):
    asks = [words + where for words in LOOKS for where in ((), ("--facts", str(facts)))]
    right = {words: answer_of(start(*words)) for words in asks}
    files, facts_before, most = files_of(home), files_of(facts), []
    for first in range(0, LOOKUPS, BATCH):
        held = []
        for words in itertools.islice(itertools.cycle(asks), min(BATCH, LOOKUPS - first)):
            result, memory = held_by(start(*words))
            held.append(memory)
            assert result == right[words]
        most.append(max(held))
        assert files_of(home) == files

    assert files_of(facts) == facts_before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts", "home"]
    assert most[-1] < most[0] * 1.1
    assert {code for code, _, _ in right.values()} == {0, 2, 3}
