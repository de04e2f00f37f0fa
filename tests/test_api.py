"""The Python API: the same answers as the command line, errors with data, and nothing else happens."""

import gc
import json
import os
import sqlite3
import subprocess
import sys
import threading

import pytest
from conftest import BASE

import icapital_cli
from icapital_cli import open_facts
from icapital_cli.errors import FactsError, IcapitalError, ManyProblemsError, NotFoundError, UsageError

LISTS = ["cities", "prizes", "initiatives", "quotes", "contacts", "people", "editions", "disputes", "sources"]
SAME = [  # what Python asks, and the command that asks the same
    *((lambda facts, name=name: getattr(facts, name)(), [name]) for name in LISTS),
    (lambda facts: facts.cities("lodz"), ["cities", "lodz"]),
    (lambda facts: facts.cities(year=2017), ["cities", "--year", "2017"]),
    (lambda facts: facts.cities(year=[2015, "2020"]), ["cities", "--year", "2015", "--year", "2020"]),
    (lambda facts: facts.cities(year="2015..2017", status="winner"), ["cities", "-y", "2015..2017", "-s", "winner"]),
    (lambda facts: facts.prizes(award="bright-town"), ["prizes", "--award", "bright-town"]),
    (lambda facts: facts.quotes(speaker="ada quill"), ["quotes", "--speaker", "ada quill"]),
    (lambda facts: facts.disputes(weight=("open", "slip")), ["disputes", "--weight", "open,slip"]),
    (lambda facts: facts.sources(kind="press-release"), ["sources", "--kind", "press-release"]),
    (lambda facts: facts.gaps(), ["about", "--gaps"]),
    (lambda facts: facts.show("lodz"), ["show", "lodz"]),
    (lambda facts: facts.show("2017"), ["show", "2017"]),
    (lambda facts: facts.search("lantern"), ["search", "lantern"]),
    (lambda facts: facts.search("lantern", kind="sources"), ["search", "lantern", "--kind", "sources"]),
    (lambda facts: facts.search("lykta", text_lang="sv"), ["search", "lykta", "--in", "sv"]),
    (lambda facts: facts.stats(), ["stats"]),
    (lambda facts: facts.stats("edition", status="winner"), ["stats", "--by", "edition", "--status", "winner"]),
    (lambda facts: facts.compare("lodz", "vastersund"), ["compare", "lodz", "vastersund"]),
    (lambda facts: facts.languages(), ["languages"]),
]
WRONG = [  # what is asked, the error, and what its candidates are
    (lambda facts: facts.show("Lodsz"), NotFoundError, ["lodz"]),
    (lambda facts: facts.cities(city="Lodsz"), NotFoundError, ["lodz"]),
    (lambda facts: facts.cities(status="winer"), UsageError, ["winner"]),
    (lambda facts: facts.cities(status="x"), UsageError, ["winner", "runner-up", "finalist", "semi-finalist"]),
    (lambda facts: facts.stats("contry"), UsageError, ["country"]),
    (lambda facts: facts.cite("lodz", style="bibtx"), UsageError, ["bibtex", "biblatex"]),
    (lambda facts: facts.cities(year="soon"), UsageError, []),
    (lambda facts: facts.compare("lodz"), UsageError, []),
    (lambda facts: facts.compare("lodz", "2017"), NotFoundError, ["lodz", "2017"]),
    (lambda facts: facts.search("  "), UsageError, []),
]
WRONG_TYPES = [
    lambda facts: facts.cities(year=20.17),
    lambda facts: facts.cities(year=True),
    lambda facts: facts.cities(year=[None]),
    lambda facts: facts.cities(city=5),
    lambda facts: facts.cities(city=b"lodz"),
    lambda facts: facts.cities(city=""),
    lambda facts: facts.cities(""),
    lambda facts: facts.cities(7),
    lambda facts: facts.show(None),
    lambda facts: facts.stats(None),
    lambda facts: facts.compare(1, 2),
    lambda facts: facts.verify(b"Lodz won."),
    lambda facts: facts.cite("lodz", limit=-1),
    lambda facts: facts.cite("lodz", limit="2"),
]


@pytest.fixture(scope="module")
def facts():
    with open_facts(BASE) as facts:
        yield facts


def modules_after(code):
    """Run Python code in a fresh process: the modules that it left loaded, besides those of a bare start."""
    told = "\nimport sys; print(*sys.modules)"
    bare, after = (
        subprocess.run([sys.executable, "-c", f"{before}{told}"], capture_output=True, text=True, check=True).stdout
        for before in ("", code)
    )
    return {*after.split()} - {*bare.split()}


def test_importing_the_package_loads_nothing_else():
    assert modules_after("import icapital_cli") == {"icapital_cli"}


def test_the_api_loads_no_command_line_and_no_reader_of_yaml():
    code = "from icapital_cli import open_facts\nwith open_facts() as facts: facts.cities(); facts.show('espoo')"
    loaded = modules_after(code)

    assert {"typer", "rich", "yaml", "babel", "jinja2", "icapital_cli.cli", "icapital_cli.model"} & loaded == set()


def test_a_name_that_the_package_does_not_have_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'open_fact'"):
        icapital_cli.open_fact  # noqa: B018


@pytest.mark.parametrize(("ask", "words"), SAME, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_python_answers_as_the_command_line_does(facts, icapital, ask, words):
    assert ask(facts) == json.loads(icapital(*words, "--json").out)


@pytest.mark.parametrize("name", ["lodz", "2017", "gazette-2015", "icapital"])
@pytest.mark.parametrize("style", ["text", "bibtex", "csl-json"])
def test_a_citation_is_that_of_the_command_line(facts, icapital, name, style):
    assert facts.cite(name, style=style) == icapital("cite", name, "--style", style).out


def test_a_schema_is_that_of_the_command_line(facts, icapital):
    assert facts.schema("cities") == json.loads(icapital("about", "--schema", "cities").out)


def test_an_answer_is_in_the_language_asked_for(icapital):
    with open_facts(BASE, lang="sv-FI") as facts:
        assert facts.lang == "sv"
        assert facts.cities() == json.loads(icapital("cities", "--json", "--lang", "sv").out)


@pytest.mark.parametrize(("ask", "error", "candidates"), WRONG)
def test_an_error_has_what_may_have_been_meant(facts, ask, error, candidates):
    with pytest.raises(error) as raised:
        ask(facts)

    assert raised.value.candidates == candidates


def test_an_error_says_what_the_command_line_says(facts, icapital):
    with pytest.raises(NotFoundError) as raised:
        facts.show("Lodsz")

    assert icapital("show", "Lodsz").err == f"icapital: {raised.value}\n"


@pytest.mark.parametrize("ask", WRONG_TYPES)
def test_a_value_of_a_wrong_type_is_a_usage_error(facts, ask):
    with pytest.raises(UsageError):
        ask(facts)


def test_a_filter_that_a_list_does_not_take_is_a_type_error(facts):
    with pytest.raises(TypeError):
        facts.contacts(year=2017)


@pytest.mark.parametrize("lang", ["xx", 5, ""])
def test_an_unknown_language_is_a_usage_error_or_english(lang):
    if lang == "":
        with open_facts(BASE, lang=lang) as facts:
            assert facts.lang == "en"
    else:
        with pytest.raises(UsageError):
            open_facts(BASE, lang=lang)


def test_facts_that_are_not_there_or_not_valid_are_told_apart(tmp_path):
    with pytest.raises(FactsError, match="no folder"):
        open_facts(tmp_path / "none")
    (tmp_path / "a.yaml").write_text("cities: 5\n", "utf-8")
    with pytest.raises(ManyProblemsError, match=r"a\.yaml:1:9: "):
        open_facts(tmp_path)


def test_facts_need_no_with_block_and_close_when_they_are_let_go():
    facts = open_facts(BASE)
    with facts.store() as store:
        connection = store.connection
    del store
    assert facts.cities()

    del facts
    gc.collect()

    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")


def test_closed_facts_say_so_and_may_be_closed_again():
    with open_facts(BASE) as facts:
        assert "icapital facts of" in repr(facts)
    facts.close()

    assert repr(facts) == "<icapital facts, closed>"
    with pytest.raises(UsageError, match="closed"):
        facts.cities()


def test_each_thread_opens_facts_of_its_own(facts):
    """Those of another thread are refused in words; many threads may ask at once."""
    told, answers = [], []

    def ask():
        try:
            facts.cities()
        except IcapitalError as error:
            told.append(str(error))
        with open_facts(BASE) as own:
            answers.append(own.cities())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told == ["these facts were opened in another thread: open them in each"] * 8
    assert answers == [facts.cities()] * 8


def test_asking_prints_nothing_and_leaves_the_process_as_it_was(capfd):
    before = (dict(os.environ), os.getcwd(), sys.getrecursionlimit(), gc.isenabled())  # noqa: PTH109
    with open_facts(BASE, lang="sv") as facts:
        for ask, _ in SAME:
            ask(facts)

    assert capfd.readouterr() == ("", "")
    assert (dict(os.environ), os.getcwd(), sys.getrecursionlimit(), gc.isenabled()) == before  # noqa: PTH109


def test_warnings_go_to_whoever_asks_for_them(tmp_path, monkeypatch):
    """Where the cache cannot be written, the answer comes from memory."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    (tmp_path / "file").write_text("", "utf-8")
    heard = []

    with open_facts(BASE, warn=heard.append) as facts:
        assert facts.cities()

    assert len(heard) == 1
    assert "cache" in heard[0]


def test_the_version_of_the_facts_is_the_newest_day_on_which_a_page_was_read_or_a_gap_recorded(facts):
    days = [
        citation["read_on"] or "" for name in LISTS[:8] for row in getattr(facts, name)() for citation in row["sources"]
    ]
    days += [gap["since"] for gap in facts.gaps()]

    assert facts.version == max(days)
    assert facts.about()["facts_version"] == facts.version
    assert facts.about()["facts_digest"] == facts.digest


def test_a_draft_is_checked():
    with open_facts() as facts:
        claims = facts.verify("Nantes won the European Capital of Innovation Award in 2019.", name="draft.txt")

    assert {claim["verdict"] for claim in claims} == {"agrees"}
    assert claims[0]["file"] == "draft.txt"
