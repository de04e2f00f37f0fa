"""A fact base made to do harm: bytes that are no plain YAML in UTF-8, and whatever else a file may hold."""

import re
import shutil

import pytest
from conftest import BASE
from copies import problems
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import ORDERS

from icapital_cli.compiler.compile import compile_folder
from icapital_cli.compiler.files import find_files
from icapital_cli.compiler.loader import load_file
from icapital_cli.errors import FactsError


def control(place, code):
    """Write the problem of a control character."""
    return f"{place}: holds the control character U+{code}: remove it [file]"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b"\xef\xbb\xbfcities: {}\n", control("1:1", "FEFF"), id="a byte order mark"),
        pytest.param("cities: {}\n".encode("utf-16"), "1:1: is not UTF-8 [file]", id="UTF-16"),
        pytest.param("cities: {}\n".encode("utf-16-le"), control("1:2", "0000"), id="UTF-16-LE"),
        pytest.param("cities: {}\n".encode("utf-32-be"), control("1:1", "0000"), id="UTF-32"),
        pytest.param(b"cities: {}\n# \x00\n", control("2:3", "0000"), id="NUL"),
        pytest.param(b"cities: {}\n# \xc2\x9b\n", control("2:3", "009B"), id="CSI"),
        pytest.param(b"cities: {}\n# \xff\n", "2:3: is not UTF-8 [file]", id="a byte of no letter"),
        pytest.param(b"cities: {}\n# \xc0\xaf\n", "2:3: is not UTF-8 [file]", id="an overlong slash"),
        pytest.param(b"cities: {}\n# \xed\xa0\x80\n", "2:3: is not UTF-8 [file]", id="half a surrogate pair"),
        pytest.param(b"cities: {}\n# \xe2\x82", "2:3: is not UTF-8 [file]", id="half a letter"),
        pytest.param("# Łódź\n".encode("iso8859-2"), "1:3: is not UTF-8 [file]", id="Latin 2"),
        pytest.param(b"cities: {}\r\n", "1:11: ends its lines with CR: save it with LF [file]", id="CRLF"),
        pytest.param(b"cities: {}\rrules: {}\r", "1:11: ends its lines with CR: save it with LF [file]", id="CR"),
    ],
)
def test_a_file_is_utf_8_without_control_characters(check_file, content, line):
    result = check_file(content)

    assert result == problems(f"new.yaml:{line}")


@pytest.mark.parametrize("before", ["", "é"])
def test_no_control_character_is_in_a_file(before):
    """Neither in a file of ASCII alone, nor after another letter."""
    found = [load_file("new.yaml", f"cities: {{}}\n# {before}{c}\n".encode()).problems for c in ORDERS]

    column = 3 + len(before)
    assert [list(map(str, one)) for one in found] == [
        [f"new.yaml:{control(f'2:{column}', f'{ord(c):04X}')}"] for c in ORDERS
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
def test_no_control_character_is_smuggled_in_by_an_escape(check_file, kind, text):
    escaped = [text.format(f"\\u{ord(c):04x}") for c in ORDERS]
    facts = [f"  c{number}:\n    {field}\n" for number, field in enumerate(escaped)]

    result = check_file(f"{kind}:\n" + "".join(facts))

    found = re.findall(r"must not hold the control character U\+([0-9A-F]{4}) \[\w+\]\n", result.err)
    assert result.code == 4
    assert found == [f"{ord(c):04X}" for c in ORDERS]


def test_letters_beyond_the_basic_plane_are_text(base):
    base.change("cities.yaml", "      - Brambury\n", "      - 𝔅rambury 🏖️ 北京 Αθήνα\n")

    result = base.check()

    assert result == (0, "", "")


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
    ],
)
def test_a_file_is_one_document_of_plain_yaml(check_file, text, line):
    result = check_file(text)

    assert (result.code, result.out) == (4, "")
    assert result.err.splitlines()[0] == f"new.yaml:{line}"


def test_a_wrong_key_is_shown_without_its_control_characters(check_file):
    result = check_file('"\\e[31m": {}\n')

    assert result.err.startswith("new.yaml:1:1: unknown kind '\\x1b[31m'; choose from: ")


@pytest.mark.parametrize("text", ["", "\n", "# a comment\n", "---\n", "''\n"])
def test_an_empty_file_adds_nothing(check_file, text):
    result = check_file(text)

    assert result == (0, "", "")


# Whatever a file may hold.


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
        *("#", "&a", " *a", "!t ", "|", ">", "%YAML 1.1\n", "---\n", "...\n", "<<", "\t", "\\x1b", "\0", "\x85", "\r"),
    ]
)
contents = st.one_of(
    st.binary(max_size=200), st.text(max_size=100).map(str.encode), st.lists(parts).map(lambda p: "".join(p).encode())
)


@settings(max_examples=500)
@given(contents)
def test_no_content_breaks_the_loader(content):
    loaded = load_file("new.yaml", content)

    assert all(re.fullmatch(r"new\.yaml:\d+:\d+: .+ \[[a-z-]+\]", str(problem)) for problem in loaded.problems)
    assert not {*"".join(map(str, loaded.problems))} & {*ORDERS}


LINES = [
    (path.relative_to(BASE), number)
    for path in sorted(BASE.rglob("*.yaml"))
    for number in range(path.read_text("utf-8").count("\n"))
]
WORDS = ["2015", "lodz", "winner", "2015-lodz", "gap-day-of-2015", "jan-lampa", "lantern-2015", "en", "2015-01-01", "x"]
values = st.sampled_from(
    [*WORDS, *(f"{word}.citations" for word in WORDS), *(f"[{word}]" for word in WORDS), "{}", "''"]
)


@pytest.fixture(scope="module")
def changing(tmp_path_factory):
    """Copy the tiny base once, to change a line of it again and again."""
    return shutil.copytree(BASE, tmp_path_factory.mktemp("changing") / "base")


def refusal(folder):
    """Compile a folder: the problems for which it is refused, or nothing."""
    try:
        compile_folder(folder, find_files(folder)).close()
    except FactsError as error:
        return str(error)
    return ""


@settings(max_examples=100)
@given(st.sampled_from(LINES), st.one_of(st.just(""), values))
def test_whatever_a_line_is_changed_to_the_base_is_compiled_or_refused(changing, line, value):
    """A line is left out, or its value is another one, of any type: no rule and no table fails on it."""
    name, number = line
    lines = (BASE / name).read_text("utf-8").splitlines(keepends=True)
    start = re.match(r" *(?:- )?(?:[\w-]+:)?", lines[number])[0]
    lines[number] = f"{start} {value}\n" if value else ""
    (changing / name).write_text("".join(lines), "utf-8")

    try:
        message = refusal(changing)
    finally:
        shutil.copyfile(BASE / name, changing / name)

    assert re.fullmatch(r"(\S+\.yaml:\d+:\d+: .+ \[[a-z-]+\]\n?)*", message)
