"""A fact base made to do harm: files of any size cost memory and work in proportion, and short messages."""

import os
import subprocess
import sys
from contextlib import suppress
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase

import pytest
from copies import problems, table

from icapital_cli.compiler import files
from icapital_cli.compiler.compile import check_folder
from icapital_cli.errors import FactsError

LARGE = "is larger than 1 MiB: split it [file]"
MEGABYTE = 1 << 20
# Runs a command and prints its exit code and the most memory that it held, as getrusage counts it.
MEASURE = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


# How much a file may hold.


@pytest.mark.parametrize(
    "text",
    ["cities: " + "x" * 3_000_000 + "\n", "cities:\n" + "".join(f"  k{key}: x\n" for key in range(200_000))],
    ids=["a scalar of 3 megabytes", "200,000 keys"],
)
def test_a_file_larger_than_a_mebibyte_is_refused(check_file, text):
    result = check_file(text)

    assert result == problems(f"new.yaml:1:1: {LARGE}")


@pytest.mark.parametrize(("size", "refused"), [(MEGABYTE, False), (MEGABYTE + 1, True)])
def test_a_file_of_a_mebibyte_is_the_largest(check_file, size, refused):
    result = check_file("#" * size)

    assert result == (problems(f"new.yaml:1:1: {LARGE}") if refused else (0, "", ""))


@pytest.mark.parametrize("mark", [",", ":", "\n"])
def test_a_file_of_too_many_values_is_refused(check_file, mark):
    most = f"#{mark * 200_000}" if mark != "\n" else mark * 200_000

    assert check_file(most) == (0, "", "")
    assert check_file(f"{most}{mark}") == problems(
        "new.yaml:1:1: holds more than 200000 commas, colons and lines: split it [file]"
    )


def test_a_scalar_just_below_the_largest_file_is_refused_at_its_place(check_file):
    result = check_file("cities:\n  a:\n    name: " + "x" * 1_000_000 + "\n")

    assert result.err.splitlines()[-1] == "new.yaml:3:11: name must be a line of text, not that long [schema]"


def test_20_000_problems_are_all_counted(check_file):
    result = check_file("cities:\n" + "".join(f" k{key:05}: x\n" for key in range(20_000)))

    assert (result.code, result.out) == (4, "")
    assert result.err.startswith("new.yaml:2:10: must be a mapping, not a text [schema]\n")
    assert result.err.endswith("\n… and 15000 more problems\n")


def test_a_key_that_appears_5_000_times_is_reported_as_appearing_twice(check_file):
    result = check_file("cities:\n a:\n" + "  name: x\n" * 5_000)

    assert (result.code, result.out) == (4, "")
    assert "new.yaml:4:3: 'name' appears twice in this city [duplicate-key]\n" in result.err


def test_6_000_kinds_that_do_not_exist_are_all_counted(check_file):
    result = check_file("".join(f"kind-{number}: {{}}\n" for number in range(6_000)))

    assert result.code == 4
    assert result.err.endswith("\n… and 1000 more problems\n")


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
def test_a_long_wrong_word_is_reported_in_a_short_line(check_file, text):
    result = check_file(text.format("x" * 10_000))

    assert result.code == 4
    assert max(map(len, result.err.splitlines())) < 400


@pytest.mark.parametrize("digits", ["9" * 16, "-" + "9" * 5_000, "0." + "9" * 5_000])
def test_a_number_of_too_many_digits_is_refused(check_file, digits):
    result = check_file(f"initiatives:\n  a:\n    figures:\n      - value: '{digits}'\n")

    assert f"new.yaml:4:16: value must be a number, not '{digits[:60]}' [schema]\n" in result.err


def test_folders_that_nest_deeper_than_20_are_refused(base):
    (base.folder / "/".join("a" * 20)).mkdir(parents=True)

    result = base.check()

    assert result == (4, "", f"icapital: folders nest deeper than 20 in '{'/'.join('a' * 20)}'\n")


def test_folders_that_nest_19_levels_are_searched(base):
    deepest = base.folder / "/".join("a" * 19)
    deepest.mkdir(parents=True)
    base.add("cities: 5\n", deepest / "new.yaml")

    result = base.check()

    assert "/new.yaml:1:9: cities must be a mapping" in result.err


@pytest.mark.parametrize(("most", "refused"), [(3, False), (2, True)])
def test_a_folder_of_too_many_files_is_refused(tmp_path, monkeypatch, most, refused):
    """A hundred thousand are let through: fewer are quicker made."""
    monkeypatch.setattr(files, "MOST_FILES", most)
    for number in range(3):
        (tmp_path / f"{number}.yaml").touch()

    if refused:
        with pytest.raises(FactsError, match=r"^more than 2 files in '"):
            files.find_files(tmp_path)
    else:
        assert len(files.find_files(tmp_path)) == 3


# Work.


CITED = "citations: [{source: page,locator: b}]"
PAGE = "sources:\n page: {title: a,publisher: b,lang: en,type: news}\n"
CITY = f"name: a,country: FI,type: city,{CITED}"
TRANSLATED = "language: sv\nname: a\n"
RESULT = f"edition: 2015,category: b,status: winner,{CITED}"
SOURCE = "title: a,publisher: b,lang: en,type: news"


def many(text, between="", *, before="", after=""):
    """Return a function that repeats a text, each `#` in it replaced by a number of its own."""
    return lambda count: before + between.join(text.replace("#", str(number)) for number in range(count)) + after


citations_of_page = many("{source: page,locator: b}", ",")


def results_of_editions(count):
    """Write a result for each of many editions; the id of an edition has four digits."""
    rows = (f" r{number}: {{city: a{number},{RESULT}}}\n" for number in range(count))
    return "results:\n" + "".join(row.replace("2015", str(1000 + number)) for number, row in enumerate(rows))


def published(count):
    """Write a text published in many languages, which cites a page as often."""
    tags = ",".join(f"{''.join(letters)}: x" for letters in islice(product(ascii_lowercase, repeat=3), count))
    return f"{PAGE}rules:\n r: {{edition: 2015,summary: {{{tags}}},citations: [{citations_of_page(count)}]}}\n"


def gaps_about_one(count):
    """Write a gap that names many times the citations of a fact, which are as many."""
    fact = f"results:\n r: {{edition: 2015,city: a,category: b,status: c,citations: [{citations_of_page(count)}]}}\n"
    targets = ",".join(["r.citations"] * count)
    return f"{PAGE}{fact}gaps:\n g: {{what: a,why: b,since: 2015,about: [{targets}]}}\n"


SHAPES = {
    "unknown kinds": many("k#: {}\n"),
    "a kind again and again": many("cities: {}\n"),
    "facts that are no mappings": many(" k#: x\n", before="cities:\n"),
    "facts of one id": many(f" a: {{{CITY}}}\n", before="cities:\n"),
    "facts without their sources": many(f" k#: {{{CITY}}}\n", before="cities:\n"),
    "unknown keys": many("k#: x", ",", before="cities:\n a: {", after="}\n"),
    "a key again and again": many("name: x", ",", before="cities:\n a: {", after="}\n"),
    "citations": many("{source: p#,locator: b}", ",", before=f"cities:\n a: {{{CITY[:-1]},", after="]}\n"),
    "unknown sections": many("k#: x\n", before="language: sv\n"),
    "names of cities that do not exist": many(" k#: x\n", before=f"{TRANSLATED}cities:\n"),
    "translations of facts that do not exist": many(" k#: {a: b}\n", before=f"{TRANSLATED}texts:\n"),
    "translations of one fact": many("  k#: x\n", before=f"{TRANSLATED}texts:\n a:\n"),
    "labels translated twice": many(" k#: x\n k#: y\n", before=f"{TRANSLATED}labels:\n"),
    "results of one city": many(f" r#: {{city: a,{RESULT}}}\n", before="results:\n"),
    "results of many editions": results_of_editions,
    "expected results": many(
        "{category: a#,status: b,count: 1}",
        ",",
        before=f"editions:\n 2015: {{award: a,{CITED},expected_results: [",
        after="]}\n",
    ),
    "pages of one address": many(f" s#: {{{SOURCE},url: 'http://a'}}\n", before="sources:\n"),
    "pages that repeat each other": many(f" s#: {{{SOURCE},draws_on: s1}}\n", before="sources:\n"),
    "targets of a gap": many("k#.x", ",", before="gaps:\n a: {what: a,why: b,since: 2015,about: [", after="]}\n"),
    "one target of a gap": gaps_about_one,
    "published texts": published,
}


def steps(folder):
    """Count the lines of Python that a check runs: a measure of work that is the same on every machine."""
    count = 0

    def trace(_frame, event, _argument):
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        with suppress(FactsError):
            check_folder(folder)
    finally:
        sys.settrace(before)
    return count


@table("shape", SHAPES)
def test_twice_as_much_of_anything_is_twice_the_work(tmp_path, shape):
    """So that no file that is small enough to be read takes long, however it is made."""

    def work(count):
        (tmp_path / "new.yaml").write_text(shape(count), "utf-8")
        return steps(tmp_path)

    work(1)  # loads what is loaded once
    some = work(300)

    assert some < work(600) < 2.1 * some


# Memory.


def measured(*words):
    """Run the tool, and return its exit code and the bytes that it held."""
    icapital = Path(sys.executable).with_name("icapital")
    done = subprocess.run([sys.executable, "-c", MEASURE, icapital, *words], capture_output=True, text=True, check=True)
    code, held = map(int, done.stdout.split())
    return code, held * (1 if sys.platform == "darwin" else 1024)


def laughs(rows, each):
    """Write a bomb of aliases: each row names the row before it `each` times."""
    return "a0: &a0 [ha]\n" + "".join(f"a{row}: &a{row} [{f'*a{row - 1},' * each}]\n" for row in range(1, rows))


LARGEST = {
    "a bomb of aliases": laughs(30, 1_000),
    "a million lists": "cities: " + "[" * 1_000_000,
    "as many mappings as fit": "cities: [" + "{}," * 199_000 + "]\n",
    "as many words as fit": "cities: [" + "a," * 199_000 + "]\n",
    "as many keys in a line as fit": "cities: {" + "a," * 199_000 + "}\n",
    "half a million lists in a line": "cities:\n  " + "- " * 500_000 + "x\n",
    "as many empty values as fit": "cities:\n" + " -\n" * 199_000,
    "as many facts as fit": "cities:\n" + "".join(f" k{key:05}: x\n" for key in range(90_000)),
    "a kind again and again": "cities: {}\n" * 90_000,
    "as many translations as fit": "language: sv\ncities:\n" + "".join(f" k{key}: x\n" for key in range(90_000)),
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count memory so")
@table("text", LARGEST)
def test_no_file_takes_300_megabytes(base, text):
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
