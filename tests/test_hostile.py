"""A fact base made to do harm: each file is refused at its place, in bounded time and memory, without a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from copies import Copy, problems

ALIAS = "an alias is not allowed: write the value out [yaml]"
ANCHOR = "an anchor is not allowed: write the value out [yaml]"
TAG = "a tag is not allowed: every scalar is text [yaml]"
DEEP = "is nested deeper than 20 levels [yaml]"
LARGE = "is larger than 1 MiB: split it [file]"
MEGABYTE = 1 << 20
# Runs a command and prints, on a last line, its exit code and the most memory that it held, as getrusage counts it.
MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, timeout=50)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
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
        pytest.param("cities:\n" + "".join(f"  k{key}: x\n" for key in range(90_000)), id="as many keys as fit"),
    ],
)
def test_no_file_takes_300_megabytes(base, text):
    base.add(text)

    icapital = Path(sys.executable).with_name("icapital")
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, icapital, "check", base.folder],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    code, held = map(int, done.stdout.splitlines()[-1].split())
    assert code == 4
    assert held * (1 if sys.platform == "darwin" else 1024) < 300 * MEGABYTE


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


@pytest.mark.parametrize("text", ["", "\n", "# a comment\n"])
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


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty", "/dev/stdin"])
def test_a_link_to_a_device_is_no_file(base, device):
    if not Path(device).exists():
        pytest.skip(f"there is no {device} here")
    (base.folder / "new.yaml").symlink_to(device)

    result = base.check()

    assert (result.code, result.out) == (4, "")
    assert result.err.startswith("new.yaml:1:1: ")
    assert result.err.endswith(" [file]\n")


def test_a_pipe_is_no_file_and_nobody_waits_for_it(base):
    os.mkfifo(base.folder / "new.yaml")

    result = base.check()

    assert result == problems("new.yaml:1:1: is no regular file [file]")


@pytest.mark.parametrize("command", ["cities", "about"])
def test_nobody_waits_for_a_pipe_in_a_base_that_is_asked(base, command):
    os.mkfifo(base.folder / "new.yaml")

    result = base.ask(command)

    assert result == (4, "", f"{base.folder}/new.yaml:1:1: is no regular file [file]\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(base):
    base.add("cities: {}\n")
    (base.folder / "new.yaml").chmod(0)

    result = base.check()

    assert result == problems("new.yaml:1:1: cannot be read: Permission denied [file]")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_named(base):
    inner = base.folder / "inner"
    inner.mkdir(mode=0)

    result = base.check()

    inner.chmod(0o700)
    assert result == (4, "", "icapital: cannot read the folder 'inner': Permission denied\n")


def test_the_name_of_a_file_cannot_command_a_terminal(base):
    base.add("cities: 5\n", "x\n\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}.yaml")

    result = base.check()

    assert result == problems("x �[31m�.yaml:1:9: cities must be a mapping from ids to facts, not a text [schema]")


def test_the_name_of_a_file_may_be_no_utf_8(base):
    Path(os.fsdecode(os.fsencode(base.folder) + b"/\xff.yaml")).write_text("cities: 5\n")

    result = base.check()

    assert (result.code, result.out) == (4, "")
    assert result.err.endswith(".yaml:1:9: cities must be a mapping from ids to facts, not a text [schema]\n")
