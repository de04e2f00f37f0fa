"""Drafts that are no drafts: binary, huge, wrongly encoded, packed bombs; and markup, shown safely."""

import sys
from html.parser import HTMLParser

import pytest
from drafted import base_with_wordings, claims_of
from test_verify_formats import TEXT, docx

from icapital_cli.api import open_store
from icapital_cli.verify.engine import Checker


@pytest.fixture(scope="module")
def verify(run, tmp_path_factory):
    """Run `verify` on the tiny base."""
    folder = base_with_wordings(tmp_path_factory.mktemp("hostile") / "facts")
    return lambda *words, **more: run("verify", *words, "--facts", str(folder), **more)


def refused(result, words):
    """Whether a run ended with one line and 2."""
    return result.code == 2 and result.out == "" and result.err.count("\n") == 1 and words in result.err


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("draft.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "is not text"),
        ("draft.txt", "Västersund".encode("latin-1"), "is not UTF-8"),
        ("draft.docx", b"not packed", "is not a .docx"),
        ("draft.docx", b"PK\x03\x04 broken", "is not a .docx"),
        ("draft.txt", b"a" * (17 << 20), "is larger than"),
        ("draft.html", b"<p>" * (2 << 20), "is larger than"),
        ("draft.txt", ("Der Preis geht in diesem Jahr an eine Stadt im Norden, " * 9).encode(), "is not in a language"),
    ],
)
def test_what_is_no_draft_is_refused_in_one_line(verify, tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)

    assert refused(verify(str(tmp_path / name)), words)


def test_a_file_that_is_not_there_and_a_folder_are_refused(verify, tmp_path):
    assert refused(verify(str(tmp_path / "none.txt")), "no file")
    assert refused(verify(str(tmp_path)), "is a folder")


@pytest.mark.parametrize("words", [(), ("draft.txt", "--text", "x"), ("--text", "x", "-f", "csv")])
def test_no_draft_two_drafts_and_another_format_are_wrong_usage(verify, words):
    assert refused(verify(*words), "")


def test_a_document_that_unpacks_to_too_much_or_declares_entities_is_refused(verify, tmp_path):
    bomb = docx(TEXT, **{"word/media/zeros.bin": b"\0" * (33 << 20)})
    entities = docx(TEXT, **{"word/extra.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'})
    for name, content, words in (("bomb.docx", bomb, "unpacks"), ("entities.docx", entities, "declares entities")):
        (tmp_path / name).write_bytes(content)

        assert refused(verify(str(tmp_path / name)), words)


def test_a_packed_file_that_is_no_word_document_is_refused(verify, tmp_path):
    packed = docx(TEXT).replace(b"word/document.xml", b"word/document.xmk")
    (tmp_path / "draft.docx").write_bytes(packed)

    assert refused(verify(str(tmp_path / "draft.docx")), "is not a .docx")


HOSTILE = (
    "Nordvik came third \x1b[31m\u202e in the Lantern City Award 2017 <script>alert(1)</script> "
    "[x](javascript:y) | `z`."
)


class Tags(HTMLParser):
    """Collects the tags of a page."""

    def __init__(self):
        """Start with none."""
        super().__init__()
        self.tags = set()

    def handle_starttag(self, tag, _attributes):
        """Keep the tag."""
        self.tags.add(tag)


@pytest.mark.parametrize("name", ["table", "plain", "json", "jsonl", "markdown", "html"])
def test_control_characters_and_markup_of_a_draft_are_shown_safely(verify, tmp_path, name):
    (tmp_path / "draft.txt").write_text(HOSTILE, "utf-8")

    result = verify(str(tmp_path / "draft.txt"), "-f", name)

    assert result.code == 5
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out
    page = Tags()
    page.feed(result.out if name == "html" else "")
    assert "script" not in page.tags
    if name == "markdown":
        assert "\\<script\\>" in result.out or "<script>" not in result.out


@pytest.mark.parametrize(
    "text",
    [
        "“" * 3000 + " Lantern City Award 2017",
        "Lantern City Award 2017 " + "(" * 5000,
        "Lantern City Award 2017. " + "1,000 " * 3000,
        "Lantern City Award 2017. " + "Nordvik, " * 2000,
        "Lantern City Award 2017" + "\n" * 5000 + "x",
        "Lantern City Award 2017. " + "0" * 5000 + " euros",
        "Lantern City Award 2017. " + "+358 " * 2000,
        "Lantern City Award 2017. " + "a@b.c " * 2000,
        "Lantern City Award 2017. €" * 900,
    ],
)
def test_text_that_repeats_without_end_is_checked_without_a_traceback(verify, tmp_path, text):
    (tmp_path / "draft.txt").write_text(text, "utf-8")

    result = verify(str(tmp_path / "draft.txt"), "--json")

    assert result.code in {0, 2, 5}
    assert "Traceback" not in result.err
    assert "unexpected" not in result.err


def test_claims_grow_with_the_text_and_no_faster(verify, tmp_path):
    counts = []
    for times in (10, 100):
        (tmp_path / "draft.txt").write_text((TEXT + "\n\n") * times, "utf-8")
        counts.append(len(claims_of(verify(str(tmp_path / "draft.txt"), "--json"))))

    assert counts[1] == 10 * counts[0]


def steps_of(checker, text):
    """Count the calls that checking a text takes."""
    counted = 0

    def count(_frame, event, _given):
        nonlocal counted
        counted += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        checker.check(text)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    "unit",
    [
        "Nordvik came second in 2017 and Västersund won in 2017 and ",
        "the city of Nordvik ",
        "the city of Nordvik, Västersund, Łódź, ",
        "the prize of 100,000 euros ",
        '"the city is a lamp ',
        "1234567890",
    ],
)
def test_a_sentence_without_end_takes_steps_as_its_length(tmp_path, unit):
    with open_store(str(base_with_wordings(tmp_path / "facts"))) as store:
        checker = Checker(store)
        head = "The Lantern City Award 2017 is a prize of the city. "
        checker.check(head + unit * 100)  # so that the facts are read

        once, twice = (steps_of(checker, head + unit * number) for number in (400, 800))

    assert twice < 2.3 * once
