"""The formats of `verify`, and the drafts that it reads: text, Markdown, HTML, Word, standard input."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from drafted import base_with_wordings, claims_of

TEXT = "Nordvik came third in the Lantern City Award 2017. Västersund won."


@pytest.fixture(scope="module")
def verify(run, tmp_path_factory):
    """Run `verify` on the tiny base."""
    folder = base_with_wordings(tmp_path_factory.mktemp("formats") / "facts")
    return lambda *words, **more: run("verify", *words, "--facts", str(folder), **more)


@pytest.fixture
def draft(tmp_path):
    """Write a draft and return its name."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def docx(text, **parts):
    """Pack a Word document of one paragraph per line."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    content = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        "<Relationship "
        'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {space}><w:body>{paragraphs}</w:body></w:document>",
    } | parts
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for name, part in content.items():
            file.writestr(name, part)
    return packed.getvalue()


def found(result):
    """Return line, property and verdict of the claims."""
    return [(claim["line"], claim["property"], claim["verdict"]) for claim in claims_of(result)]


CLAIMS = [(1, "rank", "differs"), (1, "status", "agrees")]


@pytest.mark.parametrize("name", ["draft.txt", "draft.md", "draft", "draft.HTML", "draft.text"])
def test_a_draft_of_text_is_read_by_any_name(verify, draft, name):
    result = verify(draft(name, TEXT), "--json")

    assert (result.code, found(result)) == (5, CLAIMS)


def test_standard_input_is_a_draft(verify):
    result = verify("-", "--json", stdin=TEXT)

    assert (result.code, found(result), claims_of(result)[0]["file"]) == (5, CLAIMS, "-")


def test_markup_of_markdown_does_not_hide_a_claim(verify, draft):
    text = "# Report\n\n**Nordvik** came [third](https://example.org/a_b) in the *Lantern City Award* 2017."

    result = verify(draft("draft.md", text), "--json")

    assert [(c["line"], c["column"], c["verdict"]) for c in claims_of(result)] == [(3, 3, "differs")]


def test_html_is_read_without_its_scripts_and_with_the_lines_of_its_source(verify, draft):
    page = (
        "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head>\n<body>\n<script>"
        "'Nordvik won the Lantern City Award 2017.'</script>\n"
        "<p>Nordvik came <b>third</b> in the Lantern&nbsp;City&#32;Award 2017.</p></body></html>"
    )

    result = verify(draft("draft.html", page), "--json")

    assert [(c["line"], c["column"], c["verdict"]) for c in claims_of(result)] == [(4, 4, "differs")]


def test_a_word_document_is_read_and_its_lines_are_its_paragraphs(verify, draft):
    pytest.importorskip("mammoth")

    result = verify(draft("draft.docx", docx("A report.\n\n" + TEXT)), "--json")

    assert [(line, verdict) for line, _, verdict in found(result)] == [(3, "differs"), (3, "agrees")]


def test_several_drafts_are_one_answer_and_each_claim_names_its_file(verify, draft):
    one, other = draft("one.txt", TEXT), draft("other.txt", "Łódź came third in the Lantern City Award 2017.")

    result = verify(one, other, "--json")

    assert [(c["file"], c["id"]) for c in claims_of(result)] == [(one, 1), (one, 2), (other, 1)]


def test_lines_of_json_are_those_of_the_array(verify):
    array, lines = verify("--text", TEXT, "-f", "json"), verify("--text", TEXT, "-f", "jsonl")

    assert [json.loads(line) for line in lines.out.splitlines()] == json.loads(array.out)


def test_a_table_counts_the_verdicts(verify):
    result = verify("--text", TEXT)

    assert result.code == 5
    assert "differs" in result.out
    assert result.out.rstrip().endswith("agrees: 1, differs: 1")


def test_plain_lines_name_file_line_and_column_as_compilers_do(verify):
    result = verify("--text", TEXT, "-f", "plain")

    assert result.out.splitlines()[0].startswith("text:1:1: differs: Nordvik came third → 2")


def test_markdown_lists_what_differs_first_with_its_pages(verify):
    lines = verify("--text", "Västersund won. " + TEXT, "-f", "markdown").out.splitlines()

    assert lines[0] == "## text"
    assert lines[4].startswith("- ✗ **differs**")
    assert lines[5].startswith("  - The Lantern Office")


def test_html_marks_the_draft_and_explains_each_mark_in_one_file(verify):
    page = verify("--text", TEXT, "-f", "html").out

    assert page.startswith("<!DOCTYPE html>")
    assert '<mark class="differs">came third<sup><a href="#c1-1">[1]</a></sup></mark>' in page
    assert '<li id="c1-1">' in page
    assert "<script" not in page


@pytest.mark.parametrize("name", ["json", "jsonl", "plain", "markdown", "html", "table"])
def test_the_language_of_the_answer_is_not_that_of_the_draft(verify, name):
    result = verify("--text", TEXT, "--lang", "sv", "-f", name)

    assert result.code == 5
    assert result.err == ""
