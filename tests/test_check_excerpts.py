"""`icapital check --against`: excerpts are proved by the texts of their pages."""

import os

import pytest
from conftest import BASE
from copies import problems


def test_excerpts_that_are_in_their_texts_are_passed_in_silence(run):
    result = run("check", BASE, "--against", BASE / "texts")

    assert result == (0, "", "")


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (
            ("texts/gazette-2015.txt", "kind lamp", "kin lamp"),
            "people.yaml:90:18: the excerpt is not in gazette-2015.txt [excerpts]",
        ),
        (
            ("disputes.yaml", "excerpt: Nordvik came second", "excerpt: Nordvik came third"),
            "disputes.yaml:17:22: the excerpt is not in wire-release-2017.txt [excerpts]",
        ),
        (
            (
                "texts/gazette-2015.txt",
                "Jan Łampa said: a lamp that waits for you is a kind lamp.".encode("iso8859-2"),
            ),
            "people.yaml:90:18: the excerpt is not in gazette-2015.txt [excerpts]",
        ),
    ],
    ids=["one letter differs", "a claim", "another encoding"],
)
def test_an_excerpt_that_is_not_in_its_text_is_reported(base, edit, line):
    base.edit(*edit)

    result = base.check("--against", str(base.folder / "texts"))

    assert result == problems(line)


def test_an_excerpt_whose_text_is_missing_is_reported(base):
    (base.folder / "texts" / "gazette-2015.txt").unlink()

    result = base.check("--against", str(base.folder / "texts"))

    assert result == problems("people.yaml:90:18: no text 'gazette-2015.txt' to compare with [excerpts]")


def test_white_space_does_not_part_an_excerpt_from_its_text(base):
    base.change("texts/wire-release-2017.txt", "Nordvik came second", "Nordvik\n\n\tcame  second")

    result = base.check("--against", str(base.folder / "texts"))

    assert result == (0, "", "")


def test_a_missing_folder_of_texts_is_named(base):
    result = base.run("check", ".", "--against", "nowhere", folder=base.folder)

    assert result == (4, "", "icapital: no folder 'nowhere'\n")


def test_a_text_that_is_no_regular_file_proves_nothing(base, tmp_path):
    """A pipe, a device; and a text that is larger than a file may be."""
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
def test_a_text_is_in_the_folder_and_nowhere_else(base, name):
    base.change("sources.yaml", "text_file: gazette-2015.txt", f"text_file: {name}")

    result = base.check("--against", str(base.folder / "texts"))

    assert result.code == 4
    assert f": text_file must be the plain name of a file, not '{name[:60]}' [schema]\n" in result.err
