"""What was once wrong, and must stay right: bytes that are no text, stale notes, unmarked fallbacks, suggestions."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import BASE
from copies import Copy


@pytest.fixture
def copy(run, tmp_path):
    return Copy(run, tmp_path / "facts")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["show", "\udcff"], 3, "no fact is called '�'."),
        (["cities", "--city", "L\udcf3dz"], 3, "no city is called 'L�dz'."),
        (["cities", "--country", "\udcff"], 3, "no country of the facts is called '�'."),
        (["cities", "--year", "\udcff"], 2, "'�' is no year."),
        (["cities", "--lang", "\udcff"], 2, "no language is called '�'."),
    ],
)
def test_bytes_that_are_no_text_are_a_name_that_nobody_bears(icapital, words, code, message):
    result = icapital(*words)

    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(f"icapital: {message}")


def test_a_folder_with_a_name_too_long_is_no_folder(run):
    result = run("cities", "--facts", "x" * 300)

    assert (result.code, result.out) == (4, "")
    assert result.err.startswith("icapital: no folder 'xxx")


def test_a_note_speaks_of_the_columns_that_are_shown(icapital):
    result = icapital("cities", "--year", "2017", "--fields", "id")

    assert result.out == "Id\n2017-vastersund\n2017-nordvik\n2017-lodz\n"


def test_a_note_speaks_of_the_rows_that_are_shown(icapital):
    result = icapital("cities", "--year", "2017", "--limit", "1", "--fields", "id,prize_eur")

    assert result.out == "Id               Prize\n2017-vastersund  €1,000,000\n"


def test_fields_that_hide_a_dispute_say_so_on_stderr(icapital):
    result = icapital("cities", "--year", "2017", "--fields", "id,prize_eur", "-f", "tsv")

    assert result == (
        0,
        "id\tprize_eur\n2017-vastersund\t1000000\n2017-nordvik\t100000\n2017-lodz\t50000\n",
        "icapital: disputed: nordvik-prize-2017; the field disputes tells which rows\n",
    )


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        (["cities", "lodz", "--year", "2020", "--fields", "status"], "[en] Semi-finalist"),
        (["cities", "brambury", "--year", "2020", "--fields", "category"], "[en] Small Lantern"),
        (["people", "lodz", "--fields", "organisation"], "[en] City of Łódź"),
        (["initiatives", "tram-lamps", "--fields", "figures"], "[en] "),
        (["initiatives", "tram-lamps", "--fields", "partners"], "[en] "),
    ],
)
def test_whatever_falls_back_is_marked(icapital, words, marked):
    assert marked in icapital(*words, "--lang", "sv", "-f", "plain").out


def test_the_city_of_espoo_has_a_finnish_name(run):
    rows = json.loads(run("contacts", "--lang", "fi", "--json").out)

    assert {row["organisation"] for row in rows} == {"Espoon kaupunki"}


def test_a_city_of_lists_is_a_query_of_disputes_too(run):
    """`icapital disputes --help` shows this very line."""
    result = run("disputes", "espoo", "--lang", "sv")

    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize(("name", "near"), [("Lodzz", "Łódź (lodz)"), ("Nordvick", "Nordvik (nordvik)")])
def test_a_suggestion_shows_the_name_and_not_the_id_twice(icapital, name, near):
    result = icapital("cities", "--city", name)

    assert result == (3, "", f"icapital: no city is called {name!r}. did you mean {near}?\n")


def test_options_that_are_suggested_are_options(icapital):
    result = icapital("cities", "-z")

    assert result.code == 2
    assert "there is: --year" in result.err


def test_a_name_is_sorted_by_its_letters_without_their_marks(icapital):
    out = icapital("cities", "--sort", "city", "--year", "2017", "--fields", "city,disputes", "-f", "tsv").out

    assert re.findall(r"^\w+", out, re.MULTILINE)[1:] == ["Łódź", "Nordvik", "Västersund"]


def test_a_year_is_written_in_ascii_digits(icapital):
    assert icapital("cities", "--year=٢٠١٧").code == 2


def test_check_says_that_a_base_is_broken_to_whoever_listens(copy):
    copy.add("nonsense: 1\n")
    words = [str(Path(sys.executable).with_name("icapital")), "check", str(copy.folder)]

    with Path("/dev/full").open("w") as full:
        codes = [subprocess.run(words, stderr=stream, check=False).returncode for stream in (full, subprocess.DEVNULL)]

    assert codes == [4, 4]


def test_a_closed_output_is_nothing_to_a_command_that_writes_none():
    words = f"{Path(sys.executable).with_name('icapital')} check {BASE} >&-"

    assert subprocess.run(["/bin/sh", "-c", words], check=False).returncode == 0


def test_a_cache_that_somebody_may_write_is_made_private(copy, tmp_path):
    folder = tmp_path / "cache" / "icapital"
    folder.mkdir(parents=True)
    folder.chmod(0o777)

    copy.ask("cities", "--json", XDG_CACHE_HOME=str(tmp_path / "cache"))

    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_cache_that_is_a_link_is_not_used(copy, tmp_path):
    (tmp_path / "cache").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "cache" / "icapital").symlink_to(tmp_path / "elsewhere")

    result = copy.ask("cities", "--fields", "id", "--limit", "1", "-f", "tsv", XDG_CACHE_HOME=str(tmp_path / "cache"))

    assert (result.code, result.err.count("\n"), list((tmp_path / "elsewhere").iterdir())) == (0, 1, [])


def test_what_the_cache_keeps_of_a_folder_that_is_gone_goes_too(copy, tmp_path, run):
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    copy.ask("cities", **cache)
    kept = {path.stem for path in (tmp_path / "cache" / "icapital").iterdir()}
    shutil.rmtree(copy.folder)

    run("cities", "--facts", str(BASE), **cache)

    assert kept.isdisjoint(path.stem for path in (tmp_path / "cache" / "icapital").iterdir())


def test_a_translation_that_cannot_be_read_is_a_problem_of_its_own(copy):
    copy.add('language: sv\ntexts:\n  tram-bells:\n    summary: "\\0"\n', "languages/more.yaml")

    assert copy.check().code == 4


def test_a_status_that_is_used_has_a_name(copy):
    text = (copy.folder / "award.yaml").read_text("utf-8")
    head, _, rest = text.partition("  semi-finalist:\n")
    (copy.folder / "award.yaml").write_text(head + re.sub(r"\A(    .*\n)+", "", rest), "utf-8")

    assert "no fact in statuses has the id 'semi-finalist': add it, with its name [references]" in copy.check().err


def test_every_language_of_cldr_can_be_shipped(copy):
    copy.add("language: aa\nname: Afar\n", "languages/aa.yaml")
    copy.add("language: hi\nname: Hindi\n", "languages/hi.yaml")

    assert [copy.ask("cities", "--lang", tag, "--json").code for tag in ("aa", "hi")] == [0, 0]
