"""Extending the tool: what one class or one function registers is in answers, help, completion, schema and manual."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest
from conftest import BASE, FACTS, HERE, asking

FESTIVALS = """\
festivals:
  night-of-chimes:
    name: Night of Chimes
    city: nordvik
    edition: 2015
    host: ada-quill
    genre: music
    stars: 3
    citations:
      - source: gazette-2015
        locator: last paragraph
  tram-parade:
    name: Tram Parade
    city: lodz
    edition: 2017
    genre: parade
    stars: 5
    citations:
      - source: gazette-2017
        locator: last paragraph
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Copy the tiny base, with facts of the new kind."""
    folder = shutil.copytree(BASE, tmp_path_factory.mktemp("extended") / "base")
    (folder / "festivals.yaml").write_text(FESTIVALS, "utf-8")
    return folder


@pytest.fixture(scope="module")
def extended(home, folder):
    """Run the extended tool, in a process of its own, so that nothing of it is left: `extended("festivals")`.

    Its options are declared with their completion, as they are when a shell asks.
    """
    with subprocess.Popen(
        [sys.executable, HERE / "extension.py", folder, folder.with_name("facts.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "_ICAPITAL_COMPLETE": "complete_bash"},
    ) as server:
        yield asking(server, home)
        server.stdin.close()


@pytest.fixture(scope="module")
def completed(extended):
    """Complete a line: the words offered for the last one."""

    def complete(line):
        asked = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" ")), "_ICAPITAL_COMPLETE": "complete_bash"}
        result = extended(**asked)
        assert (result.code, result.err) == (0, "")
        return [word for word in result.out.splitlines() if word]

    return complete


@pytest.fixture(scope="module")
def manual(extended):
    return extended("manual").out.replace("\\-", "-")


# Answers


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        pytest.param(
            "festivals",
            "Name             City     Year  Genre   Stars\n"
            "Night of Chimes  Nordvik  2015  Music   ★★★\n"
            "Tram Parade      Łódź     2017  Parade  ★★★★★\n",
            id="a kind is listed, a column type formats",
        ),
        pytest.param("festivals --genre parade --fields id -f plain", "tram-parade\n", id="a filter of its own"),
        pytest.param("festivals --host 'Ada Quill' --fields id -f plain", "night-of-chimes\n", id="a filter by a name"),
        pytest.param("festivals --country poland --fields id -f plain", "tram-parade\n", id="a filter by country"),
        pytest.param("festivals lodsch --year 2017 --fields stars -f csv", "stars\r\n5\r\n", id="a query"),
        pytest.param("festivals --sort=-stars --limit 1 --fields stars --json", '[\n{"stars": 5}\n]\n', id="json"),
        pytest.param("festivals -f org", "* Night of Chimes ★★★\n* Tram Parade ★★★★★\n", id="a list format"),
        pytest.param("search chimes --kind festivals --fields id -f plain", "night-of-chimes\n", id="full text"),
        pytest.param(
            "cite tram-parade --style footnote",
            "Gazette, Half a purse for Nordvik (tram-parade).\n",
            id="a citation style",
        ),
    ],
)
def test_an_extension_answers(extended, words, printed):
    assert extended(*shlex.split(words)) == (0, printed, "")


def test_a_fact_of_a_new_kind_has_a_page(extended):
    out = extended("show", "Night of Chimes").out

    assert out.startswith("Night of Chimes\n===============\n")
    assert "- Stars: ★★★ [1]\n" in out


# Help, completion, schema, manual


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("--help", "festivals    Festivals in the year of an award."),
        ("--help", "manual       Write the manual page."),
        ("festivals --help", "icapital festivals --genre music"),
        ("festivals --help", "--genre GENRE"),
        ("festivals --help", "table, plain, json, jsonl, yaml, csv, tsv, markdown or org."),
        ("cite --help", "footnote"),
    ],
)
def test_help_shows_it(extended, words, shown):
    result = extended(*words.split())

    assert result.code == 0
    assert " ".join(shown.split()) in " ".join(result.out.split())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("icapital fes", ["festivals"]),
        ("icapital festivals --ge", ["--genre"]),
        ("icapital festivals --genre m", ["music"]),
        ("icapital festivals --host a", ["ada-quill"]),
        ("icapital festivals --fields st", ["stars"]),
        ("icapital festivals --format o", ["org"]),
        ("icapital cities --format o", []),
        ("icapital cite x --style f", ["footnote"]),
        ("icapital about --schema fes", ["festivals"]),
        ("icapital search x --kind fes", ["festivals"]),
        ("icapital show night-of", ["night-of-chimes"]),
    ],
)
def test_completion_offers_it(completed, line, words):
    assert completed(line) == words


def test_the_schema_describes_it(extended):
    schema = json.loads(extended("about", "--schema", "festivals").out)
    properties = schema["items"]["properties"]

    assert schema["description"] == "A festival in the year of an award."
    assert properties["stars"] == {"type": "integer", "minimum": 1, "maximum": 5}
    assert properties["genre"] == {"enum": ["music", "parade", "theatre"]}


@pytest.mark.parametrize(
    "shown", ['.SS "icapital festivals ', "icapital festivals --genre music", ".B --genre GENRE", "org", "footnote"]
)
def test_the_manual_has_it(manual, shown):
    assert shown in manual


# Errors


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("festivals -f xyz", 2, r"no format is called 'xyz'\. choose from: .*\borg\b"),
        ("cite lodz --style xyz", 2, r"no style is called 'xyz'\. choose from: .*\bfootnote\b"),
        ("cities -f org", 2, "org needs the field 'stars': it goes with icapital festivals"),
        ("festivals --fields xyz", 2, r"no field is called 'xyz'\. choose from: .*\bstars\b"),
        ("festivals --genre paradee", 3, r"no genre is called 'paradee'\. did you mean 'parade'\?"),
        ("search x --kind xyz", 2, r"no kind is called 'xyz'\. choose from: .*\bfestivals\b"),
        ("about --schema xyz", 2, r"no schema is called 'xyz'\. choose from: .*\bfestivals\b"),
        ("festivls", 2, "did you mean 'festivals'"),
    ],
)
def test_the_error_of_a_wrong_value_lists_it(extended, words, code, message):
    result = extended(*words.split())

    assert (result.code, result.out) == (code, "")
    assert re.search(message, result.err)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("stars: 5", "stars: 9"), "17:12: must be 1 to 5 stars [stars]"),
        (("genre: parade", "genre: opera"), "16:12: genre must be one of music, parade, theatre, not 'opera' [schema]"),
        (("city: lodz", "city: nowhere"), "14:11: no fact in cities has the id 'nowhere': add it, or correct the id"),
        (("stars: 5", "star: 5"), "17:5: unknown key 'star' in festival; it may have: name, city, edition, host"),
    ],
    ids=["rule", "word", "reference", "key"],
)
def test_check_reports_a_wrong_fact_of_a_new_kind(extended, folder, tmp_path, change, problem):
    wrong = shutil.copytree(folder, tmp_path / "base")
    (wrong / "festivals.yaml").write_text(FESTIVALS.replace(*change), "utf-8")

    checked, answered = extended("check", str(wrong)), extended("festivals", "--facts", str(wrong))

    assert (checked.code, answered.code) == (4, 4)
    assert f"{wrong}/festivals.yaml:{problem}" in checked.err
    assert f"{wrong}/festivals.yaml:{problem}" in answered.err


# An edition


EDITION = """\
editions:
  2012:
    award: icapital
    date: '2012-03-11'
    place: Zagreb
    organiser: European Commission
    commissioner: carlos-moedas
    applications: 9
    applications_countries: 5
    citations:
      - {source: split-2012, locator: first paragraph}
      - {source: zagreb-2012, locator: first paragraph}
schemes:
  2012-winner:
    edition: 2012
    category: capital-of-innovation
    status: winner
    rank: 1
    prize_eur: 500000
    number_of_prizes: 1
    citations:
      - {source: split-2012, locator: third paragraph}
countries:
  hr:
    code: HR
    citations:
      - {source: split-2012, locator: first paragraph}
cities:
  split:
    name: Split
    country: HR
    type: city
    citations:
      - {source: split-2012, locator: first paragraph}
results:
  2012-split:
    edition: 2012
    city: split
    category: capital-of-innovation
    status: winner
    rank: 1
    prize_eur: 500000
    reason: A port that tries things out.
    citations:
      - {source: split-2012, locator: second paragraph, supports: [status, prize_eur]}
      - {source: zagreb-2012, locator: second paragraph, supports: [status, prize_eur]}
sources:
  split-2012:
    {title: Split wins, publisher: City of Split, url: 'https://split.hr', date: '2012-03-11', lang: en, type: news}
  zagreb-2012:
    {title: Split won, publisher: Zagreb News, url: 'https://zagreb.hr/b', date: '2012-03-12', lang: en, type: news}
"""


def test_an_edition_with_a_new_city_and_its_sources_is_one_file(run, tmp_path):
    facts = tmp_path / "facts"
    shutil.copytree(FACTS, facts)
    (facts / "editions" / "2012.yaml").write_text(EDITION, "utf-8")

    assert run("check", facts) == (0, "", "")
    assert run("cities", "2012", "--facts", facts, "--fields", "city,country,prize_eur", "-f", "tsv").out == (
        "city\tcountry\tprize_eur\nSplit\tCroatia\t500000\n"
    )
