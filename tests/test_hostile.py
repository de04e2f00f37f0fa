"""A fact base made to do harm: each file is refused at its place, in bounded time and memory, without a traceback."""

import os
import re
import shutil
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from copies import Copy, problems
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import ORDERS

from icapital_cli import files
from icapital_cli.errors import FactsError
from icapital_cli.load import load

ALIAS = "an alias is not allowed: write the value out [yaml]"
ANCHOR = "an anchor is not allowed: write the value out [yaml]"
TAG = "a tag is not allowed: every scalar is text [yaml]"
DEEP = "is nested deeper than 20 levels [yaml]"
LARGE = "is larger than 1 MiB: split it [file]"
MEGABYTE = 1 << 20
# Runs a command and prints, on a last line, its exit code and the most memory that it held, as getrusage counts it.
# The system ends a command that computes for ten seconds: what takes one passes on a slow machine, a square never.
MEASURE = """
import resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
done = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, timeout=50)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
# Runs the tool on words, and takes a path away at the last moment: when it is about to be opened.
VANISH = """
import os, sys
from pathlib import Path
from icapital_cli.cli import main
path, *sys.argv[1:] = sys.argv[1:]
def take(event, arguments):
    if event in {"open", "os.scandir"} and str(arguments[0]) == path:
        if os.path.isdir(path): os.rmdir(path)
        elif os.path.exists(path): os.unlink(path)
sys.addaudithook(take)
sys.exit(main())
"""


@pytest.fixture
def base(run, tmp_path):
    """Give a copy of the tiny base to put a hostile file into."""
    return Copy(run, tmp_path / "base")


@pytest.fixture
def check_file(base):
    """Check the tiny base with one more file, `new.yaml`, of this content."""

    def checked(content):
        base.add(content)
        return base.check()

    return checked


@pytest.fixture
def powerless(base):
    """Ask and check the base as one who may not read everything; root is asked to leave that power behind."""
    if os.geteuid() == 0:
        by = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
        if not shutil.which("setpriv") or subprocess.run([*by, "true"], check=False).returncode:
            pytest.skip("root cannot leave its powers behind here")
        base.run = partial(base.run, by=by)
    return base


def escape(c):
    """Write a character as YAML may, between quotation marks."""
    return f"\\u{ord(c):04x}"


def laughs(rows=12, each=10):
    """Write a bomb of aliases: each row names the row before it ten times."""
    lines = ["a0: &a0 [ha, ha]"]
    lines += [f"a{row}: &a{row} [{', '.join([f'*a{row - 1}'] * each)}]" for row in range(1, rows)]
    return "\n".join(lines) + "\n"


# Anchors, aliases and tags.


def test_a_bomb_of_aliases_stops_at_its_first_anchor(check_file):
    result = check_file(laughs())

    assert result == problems(f"new.yaml:1:5: {ANCHOR}")


@pytest.mark.parametrize("command", ["cities", "about"])
def test_no_command_answers_from_a_hostile_base(base, command):
    base.add(laughs())

    result = base.ask(command)

    assert result == (4, "", f"{base.folder}/new.yaml:1:5: {ANCHOR}\n")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("cities: &all {}\n", "1:9"),
        ("&all cities: {}\n", "1:1"),
        ("cities:\n  &id lodz: {}\n", "2:3"),
        ("cities: {a: [&b c]}\n", "1:14"),
        ("cities: {a: [x,&b c]}\n", "1:16"),
        ("cities:\n  a:\n    - &b c\n", "3:7"),
        ("? &b c\n: d\n", "1:3"),
        ("--- &b\ncities: {}\n", "1:5"),
    ],
)
def test_an_anchor_is_refused_wherever_it_stands(check_file, text, place):
    result = check_file(text)

    assert result == problems(f"new.yaml:{place}: {ANCHOR}")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("cities: *all\n", "1:9"),
        ("cities: [*all]\n", "1:10"),
        ("cities:\n  - *all\n", "2:5"),
        ("*all : x\n", "1:1"),
        ("cities:\n  <<: *all\n", "2:7"),
        ('cities: {"a":*all}\n', "1:14"),
    ],
)
def test_an_alias_is_refused_wherever_it_stands(check_file, text, place):
    result = check_file(text)

    assert result == problems(f"new.yaml:{place}: {ALIAS}")


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object:os.system",
        "!!python/object/apply:os.system",
        "!!python/object/new:subprocess.Popen",
        "!!python/name:os.system",
        "!!binary",
        "!!str",
        "!own",
        "!",
        "!<tag:yaml.org,2002:python/object/apply:os.system>",
    ],
)
def test_a_tag_is_refused(check_file, tag):
    result = check_file(f"cities:\n  a: {tag} ['true']\n")

    assert result == problems(f"new.yaml:2:6: {TAG}")


def test_a_tag_does_nothing(base, tmp_path):
    base.add(f"cities: !!python/object/apply:os.system ['touch {tmp_path}/pwned']\n")

    base.check()

    assert not (tmp_path / "pwned").exists()


def test_a_tag_behind_a_handle_of_its_own_is_refused(check_file):
    result = check_file("%TAG !p! tag:yaml.org,2002:python/\n---\ncities: !p!object:os.system {}\n")

    assert result == problems(f"new.yaml:3:9: {TAG}")


@pytest.mark.parametrize(
    ("mark", "character", "code"),
    [("&a x", "\u0085", "0085"), ("*a", "\u2028", "2028"), ("!!python/name:os.system", "\u2029", "2029")],
)
def test_nothing_hides_behind_a_line_break_that_only_yaml_knows(check_file, mark, character, code):
    result = check_file(f"cities: [{character}{mark}]\n")

    assert result == problems(f"new.yaml:1:10: holds the control character U+{code}: remove it [file]")


def test_ampersands_asterisks_and_exclamation_marks_inside_words_are_text(base):
    base.change("cities.yaml", "      - Brambury\n", "      - R&D *city*!\n      - 'A &b *c !d'\n")

    result = base.check()

    assert result == (0, "", "")


# Nesting and size.


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("cities: " + "[" * 10_000 + "]" * 10_000 + "\n", id="lists"),
        pytest.param("cities: " + "[" * 10_000, id="lists never closed"),
        pytest.param("cities: " + "{a: " * 10_000 + "}" * 10_000 + "\n", id="mappings"),
        pytest.param("cities: " + "{a: [" * 10_000 + "]}" * 10_000 + "\n", id="both"),
        pytest.param("cities:\n  " + "- " * 10_000 + "x\n", id="lists in a line"),
        pytest.param("cities:\n  " + "-\t" * 10_000 + "x\n", id="lists in a line with tabs"),
        pytest.param("? " * 10_000 + "x\n", id="keys that are keys"),
        pytest.param(
            "cities:\n" + "".join(" " * i + "a:\n" for i in range(1, 1_300)) + " " * 1_300 + "b\n", id="blocks"
        ),
        pytest.param(
            "cities:\n" + "".join(" " * i + "-\n" for i in range(1, 1_300)) + " " * 1_300 + "b\n", id="dashes"
        ),
        pytest.param(
            "cities:\n" + "".join(" " * i + "?\n" for i in range(1, 1_300)) + " " * 1_300 + "b\n", id="queries"
        ),
    ],
)
def test_what_nests_deeper_than_20_levels_is_refused(check_file, text):
    result = check_file(text)

    assert (result.code, result.out) == (4, "")
    assert result.err.startswith("new.yaml:")
    assert result.err.endswith(("[yaml]\n", "[schema]\n"))
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("cities: " + "[" * 200 + "]" * 200 + "\n", "1:28"),
        ("cities: " + "{a: " * 200 + "}" * 200 + "\n", "1:85"),
        ("cities:\n  " + "- " * 200 + "x\n", "2:41"),
        ("cities:\n" + "".join(" " * i + "a:\n" for i in range(1, 200)) + " " * 200 + "b\n", "21:21"),
    ],
)
def test_the_place_of_the_21st_level_is_named(check_file, text, place):
    result = check_file(text)

    assert result == problems(f"new.yaml:{place}: {DEEP}")


def test_a_scalar_of_3_megabytes_is_refused(check_file):
    result = check_file("cities: " + "x" * 3_000_000 + "\n")

    assert result == problems(f"new.yaml:1:1: {LARGE}")


def test_a_scalar_just_below_the_largest_file_is_refused_at_its_place(check_file):
    result = check_file("cities:\n  a:\n    name: " + "x" * 1_000_000 + "\n")

    assert result.err.splitlines()[-1] == "new.yaml:3:11: name must be a line of text, not that long [schema]"


def test_200_000_keys_are_refused(check_file):
    result = check_file("cities:\n" + "".join(f"  k{key}: x\n" for key in range(200_000)))

    assert result == problems(f"new.yaml:1:1: {LARGE}")


def test_as_many_keys_as_a_file_may_hold_are_all_counted(check_file):
    result = check_file("cities:\n" + "".join(f" k{key:05}: x\n" for key in range(90_000)))

    assert (result.code, result.out) == (4, "")
    assert result.err.startswith("new.yaml:2:10: must be a mapping, not a text [schema]\n")
    assert result.err.endswith("\n… and 89500 more problems\n")


def test_one_key_said_50_000_times_is_said_to_stand_twice(check_file):
    result = check_file("cities:\n a:\n" + "  name: x\n" * 50_000)

    assert (result.code, result.out) == (4, "")
    assert "new.yaml:4:3: 'name' stands twice in this city [duplicate-key]\n" in result.err


@pytest.mark.parametrize(
    "text",
    [
        "? {}\n: {{}}\n",
        "cities:\n  a:\n    ? {}\n    : b\n",
        "cities:\n  ? {}\n  : {{}}\n",
        "cities:\n  a:\n    country: {}\n",
        "sources:\n  a:\n    type: {}\n",
        "language: sv\n? {}\n: b\n",
    ],
)
def test_what_is_wrong_is_said_in_a_short_line(check_file, text):
    result = check_file(text.format("x" * 10_000))

    assert result.code == 4
    assert max(map(len, result.err.splitlines())) < 400


@pytest.mark.parametrize("digits", ["9" * 16, "-" + "9" * 5_000, "0." + "9" * 5_000])
def test_a_number_of_too_many_digits_is_refused(check_file, digits):
    result = check_file(f"initiatives:\n  a:\n    figures:\n      - value: '{digits}'\n")

    assert f"new.yaml:4:16: value must be a number, not '{digits[:60]}' [schema]\n" in result.err


def test_5_000_kinds_that_do_not_exist_are_all_counted(check_file):
    result = check_file("".join(f"kind-{number}: {{}}\n" for number in range(5_000)))

    assert result.code == 4
    assert result.err.endswith("\n… and 4500 more problems\n")


def test_folders_that_nest_deeper_than_20_are_refused(base):
    (base.folder / "/".join("a" * 30)).mkdir(parents=True)

    result = base.check()

    assert result == (
        4,
        "",
        f"icapital: folders nest deeper than 20 in '{'/'.join('a' * 20)}'\n",
    )


def test_a_folder_of_too_many_files_is_refused(tmp_path, monkeypatch):
    """A hundred thousand are let through: fewer are quicker made."""
    monkeypatch.setattr(files, "MOST_FILES", 2)
    for number in range(3):
        (tmp_path / f"{number}.yaml").touch()

    with pytest.raises(FactsError, match=r"^more than 2 files in '"):
        files.find_files(tmp_path)


def measured(*words):
    """Run the tool, and give its exit code and the bytes that it held; what computes too long is ended."""
    icapital = Path(sys.executable).with_name("icapital")
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, icapital, *words], capture_output=True, text=True, timeout=60, check=True
    )
    code, held = map(int, done.stdout.splitlines()[-1].split())
    return code, held * (1 if sys.platform == "darwin" else 1024)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count memory so")
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(laughs(30, 1_000), id="bomb of aliases"),
        pytest.param("cities: " + "[" * 1_000_000, id="a million lists"),
        pytest.param("cities: [" + "{}," * 349_000 + "]\n", id="mappings side by side"),
        pytest.param("cities: [" + "a," * 520_000 + "]\n", id="half a million words"),
        pytest.param("cities: {" + "a," * 520_000 + "}\n", id="half a million keys"),
        pytest.param("cities:\n  " + "- " * 500_000 + "x\n", id="half a million lists in a line"),
        pytest.param("cities:\n" + " -\n" * 340_000, id="a list of nothing"),
        pytest.param("cities:\n" + "".join(f" k{key:05}: x\n" for key in range(90_000)), id="as many keys as fit"),
        pytest.param("cities: {" + "a," * 199_000 + "}\n", id="as many keys in a line as fit"),
        pytest.param("cities: {}\n" * 90_000, id="a kind said again and again"),
        pytest.param("language: sv\n" + "".join(f"k{key}: x\n" for key in range(80_000)), id="as many parts as fit"),
    ],
)
def test_no_file_takes_300_megabytes_or_long(base, text):
    base.add(text)

    code, held = measured("check", base.folder)

    assert code == 4
    assert held < 300 * MEGABYTE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count memory so")
@pytest.mark.parametrize("words", [["check"], ["cities", "--facts"]])
def test_a_scalar_of_a_gigabyte_is_not_read_to_its_end(base, words):
    base.add("cities: x")
    os.truncate(base.folder / "new.yaml", 1 << 30)

    code, held = measured(*words, base.folder)

    assert code == 4
    assert held < 300 * MEGABYTE


def test_a_long_chain_of_pages_that_repeat_each_other_is_not_followed_for_long(base):
    page = "  title: a\n  publisher: b\n  lang: en\n  type: official\n"
    chain = "".join(f" s{number}:\n{page}  draws_on: s{number + 1}\n" for number in range(8_000))
    base.add(f"sources:\n{chain} s8000:\n{page}", "chain.yaml")
    result = "  edition: 2015\n  city: lodz\n  category: grand-lantern\n  status: winner\n"
    cited = "  citations:\n  - source: s0\n    locator: top\n"
    base.add("results:\n" + "".join(f" r{number}:\n{result}{cited}" for number in range(7_000)))

    code, _ = measured("check", base.folder)

    assert code == 4


# Bytes.


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(
            b"\xef\xbb\xbfcities: {}\n",
            "1:1: holds the control character U+FEFF: remove it [file]",
            id="a mark of UTF-8",
        ),
        pytest.param("cities: {}\n".encode("utf-16"), "1:1: is not UTF-8 [file]", id="UTF-16"),
        pytest.param(
            "cities: {}\n".encode("utf-16-le"),
            "1:2: holds the control character U+0000: remove it [file]",
            id="UTF-16-LE",
        ),
        pytest.param(
            "cities: {}\n".encode("utf-32-be"), "1:1: holds the control character U+0000: remove it [file]", id="UTF-32"
        ),
        pytest.param(b"cities: {}\n# \x00\n", "2:3: holds the control character U+0000: remove it [file]", id="NUL"),
        pytest.param(
            b"cities: {}\n# \x1b[31m\n", "2:3: holds the control character U+001B: remove it [file]", id="ESC"
        ),
        pytest.param(b"cities: {}\n# \x07\n", "2:3: holds the control character U+0007: remove it [file]", id="BEL"),
        pytest.param(b"cities: {}\n# \x7f\n", "2:3: holds the control character U+007F: remove it [file]", id="DEL"),
        pytest.param(
            b"cities: {}\n# \xc2\x9b\n", "2:3: holds the control character U+009B: remove it [file]", id="CSI"
        ),
        pytest.param(
            "cities: {}\n# \u202e\n".encode(),
            "2:3: holds the control character U+202E: remove it [file]",
            id="bidi override",
        ),
        pytest.param(
            "cities: {}\n# \u2066\n".encode(),
            "2:3: holds the control character U+2066: remove it [file]",
            id="bidi isolate",
        ),
        pytest.param(b"cities: {}\n# \xff\n", "2:3: is not UTF-8 [file]", id="a byte of no letter"),
        pytest.param(b"cities: {}\n# \xc0\xaf\n", "2:3: is not UTF-8 [file]", id="an overlong slash"),
        pytest.param(b"cities: {}\n# \xed\xa0\x80\n", "2:3: is not UTF-8 [file]", id="half a surrogate"),
        pytest.param(b"cities: {}\n# \xe2\x82", "2:3: is not UTF-8 [file]", id="half a letter"),
        pytest.param("# Łódź\n".encode("iso8859-2"), "1:3: is not UTF-8 [file]", id="Latin 2"),
        pytest.param(b"cities: {}\r\n", "1:11: ends its lines with CR: save it with LF [file]", id="CRLF"),
        pytest.param(b"cities: {}\rrules: {}\r", "1:11: ends its lines with CR: save it with LF [file]", id="CR"),
    ],
)
def test_a_file_is_utf_8_without_control_characters(check_file, content, line):
    result = check_file(content)

    assert result == problems(f"new.yaml:{line}")


def test_nothing_that_a_terminal_obeys_stands_in_a_file(tmp_path):
    found = [load(tmp_path, "new.yaml", f"cities: {{}}\n# é{c}\n".encode()).problems for c in ORDERS]

    assert [[str(problem) for problem in one] for one in found] == [
        [f"new.yaml:2:4: holds the control character U+{ord(c):04X}: remove it [file]"] for c in ORDERS
    ]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("organisations", 'name: "Lamps {}x"'),
        ("organisations", 'name: {{sv: "Lampor {}x"}}'),
        ("people", 'name: "Ada {}x"'),
        ("cities", 'also_called: ["Lamps {}x"]'),
        ("sources", 'title: "Lamps {}x"'),
        ("sources", 'url: "https://lamps.example.org/{}x"'),
        ("sources", 'text_file: "lamps{}x"'),
    ],
)
def test_nothing_that_a_terminal_obeys_is_smuggled_in_by_an_escape(check_file, kind, text):
    facts = [f"  c{number}:\n    {text.format(escape(c))}\n" for number, c in enumerate(ORDERS)]

    result = check_file(f"{kind}:\n" + "".join(facts))

    said = re.findall(r"must not hold the control character U\+([0-9A-F]{4}) \[\w+\]\n", result.err)
    assert result.code == 4
    assert said == [f"{ord(c):04X}" for c in ORDERS]


def test_letters_beyond_the_basic_plane_are_text(base):
    base.change("cities.yaml", "      - Brambury\n", "      - 𝔅rambury 🏖️ 北京 Αθήνα\n")

    result = base.check()

    assert result == (0, "", "")


# What is not plain YAML.


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("cities:\n\ta: b\n", "2:1: is not YAML: found character that cannot start any token [yaml]"),
        ("cities: {}\n---\nrules: {}\n", "2:1: is not YAML: but found another document [yaml]"),
        ("cities: [\n", "2:1: is not YAML: did not find expected node content [yaml]"),
        ('cities: "\n', "2:1: is not YAML: found unexpected end of stream [yaml]"),
        ("cities: }\n", "1:9: is not YAML: did not find expected node content [yaml]"),
        ("%YAML 9.9\n---\ncities: {}\n", "1:1: is not YAML: found incompatible YAML document [yaml]"),
        ("cities: {}\n...\n...\nx\n", "4:1: is not YAML: did not find expected <document start> [yaml]"),
        ("- a\n- b\n", "1:1: must be a mapping from kinds to facts, not a list [schema]"),
        ("cities\n", "1:1: must be a mapping from kinds to facts, not a text [schema]"),
        ("--- |\n text\n", "1:5: must be a mapping from kinds to facts, not a text [schema]"),
        ("? [a, b]\n: c\n", "1:3: a key must be a word [schema]"),
        ("? {a: b}\n: c\n", "1:3: a key must be a word [schema]"),
        ("cities: {[a]: b}\n", "1:10: a key must be a word [schema]"),
        ("cities: {}\ncities: {}\n", "1:1: 'cities' stands twice in this file [duplicate-key]"),
        (
            '"\\e[31m": {}\n',
            (
                "1:1: unknown kind '\\x1b[31m'; there is: awards, categories, statuses, editions, results,"
                " prizes, schemes, milestones, rules, cities, organisations, people, posts, initiatives, quotes,"
                " contacts, disputes, sources, gaps, and language [unknown-key]"
            ),
        ),
    ],
)
def test_a_file_is_one_document_of_plain_yaml(check_file, text, line):
    result = check_file(text)

    assert (result.code, result.out) == (4, "")
    assert result.err.splitlines()[0] == f"new.yaml:{line}"


@pytest.mark.parametrize("text", ["", "\n", "# a comment\n", "---\n", "''\n"])
def test_an_empty_file_adds_nothing(check_file, text):
    result = check_file(text)

    assert result == (0, "", "")


def test_a_base_of_nothing_but_an_empty_file_is_no_base(run, tmp_path):
    (tmp_path / "new.yaml").touch()

    result = run("check", str(tmp_path))

    assert result == (4, "", f"icapital: no fact in the folder '{tmp_path}'\n")


def test_every_scalar_is_text(base):
    words = ["NO", "yes", "on", "null", "~", "010", "0x1F", "12:30", "1e3", ".inf", "2019-01-01", "="]
    base.change("cities.yaml", "      - Brambury\n", "".join(f"      - {word}\n" for word in words))

    result = base.ask("show", "brambury", "--json")

    assert all(f'"{word}"' in result.out for word in words)


# Files that are none.


def test_a_link_to_itself_cannot_be_read(base):
    (base.folder / "new.yaml").symlink_to(base.folder / "new.yaml")

    result = base.check()

    assert result == problems("new.yaml:1:1: cannot be read: Too many levels of symbolic links [file]")


def test_a_link_to_nothing_cannot_be_read(base):
    (base.folder / "new.yaml").symlink_to(base.folder / "nowhere")

    result = base.check()

    assert result == problems("new.yaml:1:1: cannot be read: No such file or directory [file]")


def test_a_link_to_the_folder_itself_is_not_entered(base):
    (base.folder / "again").symlink_to(base.folder)

    result = base.check()

    assert result == (0, "", "")


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/full", "/dev/random"])
def test_a_link_to_a_device_is_no_file(base, device):
    if not Path(device).exists():
        pytest.skip(f"there is no {device} here")
    (base.folder / "new.yaml").symlink_to(device)

    result = base.check()

    assert result == problems("new.yaml:1:1: is no regular file [file]")


@pytest.mark.parametrize("device", ["/dev/tty", "/dev/stdin", "/proc/self/mem"])
def test_a_link_to_what_may_be_anything_is_read_without_harm(base, device):
    if not Path(device).exists():
        pytest.skip(f"there is no {device} here")
    (base.folder / "new.yaml").symlink_to(device)

    result = base.check()

    assert (result.code, result.out) == (4, "")
    assert result.err.startswith("new.yaml:1:1: ")
    assert result.err.endswith(" [file]\n")


def test_a_link_to_a_folder_is_no_file(base, tmp_path):
    (base.folder / "new.yaml").symlink_to(tmp_path)

    result = base.check()

    assert result == problems("new.yaml:1:1: cannot be read: Is a directory [file]")


def test_a_socket_is_no_file(base, monkeypatch):
    monkeypatch.chdir(base.folder)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("new.yaml")

        result = base.check()

    assert result == problems("new.yaml:1:1: cannot be read: No such device or address [file]")


def test_a_pipe_is_no_file_and_nobody_waits_for_it(base):
    os.mkfifo(base.folder / "new.yaml")

    result = base.check()

    assert result == problems("new.yaml:1:1: is no regular file [file]")


@pytest.mark.parametrize("command", ["cities", "about"])
def test_nobody_waits_for_a_pipe_in_a_base_that_is_asked(base, command):
    os.mkfifo(base.folder / "new.yaml")

    result = base.ask(command)

    assert result == (4, "", f"{base.folder}/new.yaml:1:1: is no regular file [file]\n")


def test_a_file_that_may_not_be_read_is_named(powerless):
    powerless.add("cities: {}\n")
    (powerless.folder / "new.yaml").chmod(0)

    result = powerless.check()

    assert result == problems("new.yaml:1:1: cannot be read: Permission denied [file]")


@pytest.mark.parametrize("command", ["cities", "about"])
def test_a_file_that_may_not_be_read_is_named_by_whoever_asks(powerless, command):
    powerless.add("cities: {}\n")
    (powerless.folder / "new.yaml").chmod(0)

    result = powerless.ask(command)

    assert result == (4, "", f"{powerless.folder}/new.yaml:1:1: cannot be read: Permission denied [file]\n")


def test_a_folder_that_may_not_be_read_is_named(powerless):
    inner = powerless.folder / "inner"
    inner.mkdir(mode=0)

    result = powerless.check()

    inner.chmod(0o700)
    assert result == (4, "", "icapital: cannot read the folder 'inner': Permission denied\n")


@pytest.fixture
def vanish(base, cache):
    """Run the tool on words; a file or folder of the base vanishes at the moment when it is about to be opened."""

    def vanished(name, *words):
        command = [sys.executable, "-c", VANISH, base.folder / name, *words, base.folder]
        done = subprocess.run(command, capture_output=True, env={"HOME": str(cache)}, timeout=60, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode().replace(f"{base.folder}/", "")

    return vanished


def test_a_file_that_vanishes_while_it_is_checked_is_named(base, vanish):
    base.add("cities: {}\n")

    assert vanish("new.yaml", "check") == problems("new.yaml:1:1: cannot be read: No such file or directory [file]")


def test_a_file_that_vanishes_while_facts_are_asked_for_is_not_missed(base, vanish):
    base.add("cities: {}\n")

    assert vanish("new.yaml", "cities", "--year", "2015", "--fields", "city", "--facts") == (
        0,
        "City\nŁódź\nNordvik\nBrambury-on-Sea\n",
        "",
    )


# Runs the tool on words, and puts an edit of two files in its way: when it has read the first, and opens the second.
EDIT = """
import sys
from pathlib import Path
from icapital_cli.cli import main
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


def test_an_edit_of_two_files_is_seen_whole_or_not_at_all(base, cache):
    cited = "    citations:\n      - source: old-page\n        locator: top\n"
    base.add(f"organisations:\n  lamp-makers:\n    name: Lamp Makers\n{cited}", "a.yaml")
    page = "    title: Lamps\n    publisher: Gazette\n    lang: en\n    type: news\n    date: 2015\n"
    base.add(f"sources:\n  old-page:\n{page}    url: https://gazette.example.com/lamps\n", "z.yaml")
    words = ["show", "lamp-makers", "--json", "--facts", base.folder]

    done = subprocess.run(
        [sys.executable, "-c", EDIT, base.folder, "old-page", "new-page", *words],
        capture_output=True,
        env={"HOME": str(cache)},
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert '"id": "new-page"' in done.stdout.decode()


@pytest.mark.parametrize("words", [["check"], ["cities", "--facts"]])
def test_a_folder_that_vanishes_while_it_is_read_is_named(base, vanish, words):
    (base.folder / "inner").mkdir()

    assert vanish("inner", *words) == (4, "", "icapital: cannot read the folder 'inner': No such file or directory\n")


def test_the_name_of_a_file_cannot_command_a_terminal(base):
    base.add("cities: 5\n", "x\n\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}.yaml")

    result = base.check()

    assert result == problems("x �[31m�.yaml:1:9: cities must be a mapping from ids to facts, not a text [schema]")


def test_an_answer_needs_no_file_with_a_name_of_utf_8(base):
    Path(os.fsdecode(os.fsencode(base.folder) + b"/\xff.yaml")).write_text("cities: {}\n")

    result = base.ask("cities", "--year", "2015", "--fields", "city", "-f", "plain")

    assert result == (0, "Łódź\nNordvik\nBrambury-on-Sea\n", "")


def test_the_name_of_a_file_may_be_no_utf_8(base):
    Path(os.fsdecode(os.fsencode(base.folder) + b"/\xff.yaml")).write_text("cities: 5\n")

    result = base.check()

    assert (result.code, result.out) == (4, "")
    assert result.err.endswith(".yaml:1:9: cities must be a mapping from ids to facts, not a text [schema]\n")


# Texts that excerpts are proved by.


def test_a_text_that_is_no_plain_file_proves_nothing(base, tmp_path):
    names, texts = sorted(path.name for path in (base.folder / "texts").iterdir()), tmp_path / "texts"
    texts.mkdir()
    os.mkfifo(texts / names[0])
    (texts / names[1]).symlink_to("/dev/zero")
    (texts / names[2]).write_bytes((base.folder / "texts" / names[2]).read_bytes())
    os.truncate(texts / names[2], 1 << 30)

    result = base.check("--against", str(texts))

    assert result.code == 4
    assert {line.partition(": ")[2] for line in result.err.splitlines()} == {
        f"no text '{name}' to compare with [excerpts]" for name in names
    }


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/b.txt", "..", ".txt", "x" * 201])
def test_a_text_stands_in_the_folder_and_nowhere_else(base, name):
    base.change("sources.yaml", "text_file: gazette-2015.txt", f"text_file: {name}")

    result = base.check("--against", str(base.folder / "texts"))

    assert result.code == 4
    assert f": text_file must be the plain name of a file, not '{name[:60]}' [schema]\n" in result.err


# Whatever stands in a file.


parts = st.sampled_from(
    [
        *(
            "cities",
            "language",
            ": ",
            ":\n",
            "\n",
            "\n  ",
            "\n    ",
            "- ",
            "? ",
            "a",
            "é",
            "{",
            "}",
            "[",
            "]",
            ",",
            "'",
            '"',
        ),
        *(
            "#",
            "&a",
            " *a",
            "!t ",
            "|",
            ">",
            "%YAML 1.1\n",
            "---\n",
            "...\n",
            "<<",
            "\t",
            "\\x1b",
            "\x00",
            "\x85",
            "\r",
        ),
    ]
)
contents = st.one_of(
    st.binary(max_size=200), st.text(max_size=100).map(str.encode), st.lists(parts).map(lambda p: "".join(p).encode())
)


@settings(max_examples=500, deadline=None)
@given(contents)
def test_no_content_breaks_the_loader(content):
    loaded = load(Path(), "new.yaml", content)

    assert all(re.fullmatch(r"new\.yaml:\d+:\d+: .+ \[[a-z-]+\]", str(problem)) for problem in loaded.problems)
    assert not {*"".join(map(str, loaded.problems))} & {*ORDERS}
