"""What a reader sees on terminals of common widths: whole words, short titles, blocks, few notes, quiet colours."""

import re
from shlex import quote, split

import pytest
from conftest import BASE
from made_up import changed

WIDTHS = (60, 80, 100, 120, 200)
LANGUAGES = ("en", "sv", "fi")
WIDE = "10000"  # columns in which nothing has to be wrapped
ANSWERS = [
    "cities",
    "cities 2019 --sources",
    "prizes --year 2019",
    "initiatives vantaa",
    "quotes espoo",
    "contacts",
    "people 2019",
    "editions",
    "disputes --year 2019 --limit 20",
    "sources espoo --limit 20",
    "search espoo --limit 20",
    "compare espoo vantaa",
    "stats --by country",
    "show 2019-espoo",
    "brief espoo",
]
MADE_UP_BASE = quote(str(BASE))
MADE_UP = ["cities", "prizes", "initiatives", "quotes", "contacts", "people", "editions", "disputes", "sources"]
MADE_UP = [f"{command} --facts {MADE_UP_BASE}" for command in [*MADE_UP, "show vastersund", "brief 2017"]]
BAR = re.compile("[█▏▎▍▌▋▊▉▒┄]+")
ORDER = re.compile(r"\x1b(\[[0-9;]*m|\]8;[^\x1b]*\x1b\\)")
COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-7]m")
BOLD = re.compile(r"\x1b\[(?:[0-9]+;)*1[;m]")
DISPUTE = """\
  new-{number}:
    topic: size of lamp {number}
    severity: low
    weight: {weight}
    touches:
      - {touched}
    claims:
      - says: "{number} metres."
        citations:
          - source: lantern-2015
            locator: last line
      - says: "Not {number} metres."
        citations:
          - source: gazette-2015
            locator: last line
    believed: "{number} metres."
    why: The organiser measured.
"""
TOUCHED = ("2015-lodz", "2017-vastersund", "2017-lodz", "2020-nordvik", "2020-brambury")


def bare(text):
    """Take colours and links off."""
    return ORDER.sub("", text)


def told_by(piped):
    """Return what must be on a terminal too: the rows of a list without its headings, the statements of a page."""
    lines = piped.splitlines()
    statements = [line.removeprefix("- ") for line in lines if line.startswith(("- ", "["))]
    return "\n".join(statements if lines[1].startswith("=") else lines[1:])


def words_of(text):
    """Return the words of a text; a no-break space is part of a word, a bar is none."""
    return {*re.split("[ \n]+", BAR.sub("", text))}


@pytest.fixture(scope="module")
def drawn(run):
    """Draw an answer as on a terminal of some columns, without its colours."""

    def draw(words, columns, lang="en", *, bare_text=True, **environment):
        settings = {"TERM": "xterm", "COLUMNS": str(columns), **environment}
        result = run(*split(words), "--lang", lang, "--color", "always", **settings)
        assert result.code == 0
        return bare(result.out) if bare_text else result.out

    return draw


@pytest.fixture(scope="module")
def made_up_disputes(tmp_path_factory):
    """Make a base where five more cells are disputed in earnest, or were."""

    def make(weight):
        facts = "".join(
            DISPUTE.format(number=number, weight=weight, touched=f"{result}.prize_eur")
            for number, result in enumerate(TOUCHED)
        )
        folder = changed(tmp_path_factory.mktemp(weight))
        with open(f"{folder}/more.yaml", "x", encoding="utf-8") as file:
            file.write(f"disputes:\n{facts}")
        return folder

    return make


# Words


@pytest.mark.parametrize("words", ANSWERS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_shipped_facts_is_split_or_lost_at_any_width(drawn, run, words, lang):
    piped = run(*split(words), "--lang", lang).out
    whole = words_of(drawn(words, WIDE, lang)) | words_of(piped)
    whole |= {word + mark for word in whole for mark in ":,"} | {
        "+",
        "·",
    }  # headings of blocks, groups, what is left out
    told = words_of(told_by(piped))

    for columns in WIDTHS:
        shown = drawn(words, columns, lang)
        wide = [line.strip() for line in shown.splitlines() if len(line) > columns]

        assert words_of(shown) - whole == set()
        assert "stats" in words or told - words_of(shown) == set()
        assert [line for line in wide if " " in line] == []  # what is wider than the terminal is one word


@pytest.mark.parametrize("words", MADE_UP)
def test_no_word_of_made_up_facts_is_split_however_narrow_the_terminal(drawn, run, words):
    whole = {word.rstrip(":") for word in words_of(drawn(words, WIDE)) | words_of(run(*split(words)).out)}

    for columns in (10, 30, *WIDTHS):
        assert {word.rstrip(":") for word in words_of(drawn(words, columns))} - whole == set()


@pytest.mark.parametrize("words", ["contacts", "show espoo"])
def test_a_telephone_number_and_an_address_stand_on_one_line(drawn, run, words):
    answer = run("contacts", "-f", "plain", "--fields", "phone,email").out
    printed = [part for line in answer.splitlines() for part in line.split(" | ") if part]
    wide = drawn(words, WIDE)
    printed = [part for part in printed if part in wide]

    assert any("@" in part for part in printed)
    assert any(" " in part for part in printed)
    for columns in (20, 40, *WIDTHS):
        shown = drawn(words, columns)
        assert [part for part in printed if part not in shown] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_amount_stands_on_one_line(drawn, run, lang):
    amounts = {*run("cities", "--lang", lang, "-f", "plain", "--fields", "prize_eur").out.splitlines()} - {
        "",
        "unknown",
    }
    shown = drawn("cities", 60, lang)

    assert len(amounts) > 1
    assert [amount for amount in amounts if amount not in shown] == []


# Titles and blocks


@pytest.mark.parametrize(
    ("words", "title", "headings"),
    [
        ("cities 2017", "Cities · 2017 · Grand Lantern", "City        Country  Status     Prize"),
        (
            "cities --status winner --category small-lantern",
            "Cities",
            "Edition  City             Country         Category       Status  Prize",
        ),
        ("cities lodz", "Cities · Łódź · Poland · Grand Lantern", "Edition  Status         Prize"),
        ("cities --fields city_id,year --year 2017", "Cities · 2017", "City id"),
        ("cities --fields year,rank --year 2017 --status runner-up", "Cities · 2017", "Rank"),
        ("cities --fields rank,city_id --status winner", "Cities · Rank: 1", "City id"),
        ("cities 2017 --fields year", "Cities", "Year"),
    ],
)
def test_what_is_the_same_in_every_row_is_in_the_title(drawn, words, title, headings):
    shown = drawn(f"{words} --facts {MADE_UP_BASE}", 100).splitlines()

    assert shown[0] == title
    assert " ".join(shown[1].split()) == " ".join(headings.split())


def test_a_record_that_does_not_fit_is_a_block_of_all_its_values(drawn):
    assert drawn(f"cities --facts {MADE_UP_BASE}", 22).startswith(
        "Cities\n\nGrand Lantern\n\n"
        "2015\n  City: Łódź\n  Country: Poland\n  Status: Winner\n  Prize: €500,000\n\n2015\n"
    )


def test_what_rows_that_follow_each_other_share_is_above_them_where_a_table_would_not_fit(drawn):
    wide, narrow = (drawn(f"cities --facts {MADE_UP_BASE}", columns).splitlines() for columns in (100, 60))

    assert wide[2].split() == ["2015", "Łódź", "Poland", "Grand", "Lantern", "Winner", "€500,000"]
    assert [line for line in narrow if line.endswith(" Lantern")] == ["Grand Lantern", "Small Lantern"]
    assert narrow[4].split() == ["2015", "Łódź", "Poland", "Winner", "€500,000"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_results_are_a_table_at_80_columns(drawn, run, lang):
    headings = run("cities", "--lang", lang).out.splitlines()[0].split()

    assert {*headings} - {*drawn("cities", 80, lang).splitlines()[1].split()} <= {headings[0], headings[3]}


def test_texts_in_a_single_column_are_apart(drawn):
    assert "\n\n" in drawn("quotes espoo --fields text", 80)


def test_a_block_has_the_columns_that_a_narrow_table_goes_without(drawn):
    shown = drawn(f"stats --by country --facts {MADE_UP_BASE}", 30)

    assert "\n  Semi-finalist: 1\n" in shown
    assert "\n+ " not in shown


def test_counts_at_80_columns_keep_the_finalists(drawn):
    assert any("Finalist" in line.split() for line in drawn("stats --by country", 80).splitlines())


def test_one_record_keeps_its_columns(drawn):
    assert "Category" in drawn(f"cities lodz --year 2015 --facts {MADE_UP_BASE}", 100).splitlines()[1]


# Notes


def test_a_note_names_the_cell_and_the_matter(drawn, icapital):
    note = "† 2017 Nordvik: prize of the second place\n"

    assert drawn(f"cities --facts {MADE_UP_BASE}", 100).endswith("\n" + note)
    assert icapital("cities").out.endswith("\n" + note)


@pytest.mark.parametrize("columns", [80, 200])
def test_three_notes_are_followed_by_how_many_more_there_are(drawn, made_up_disputes, columns):
    shown = drawn(f"cities --facts {made_up_disputes('open')}", columns)

    assert [line for line in shown.splitlines() if line.startswith("†")] == [
        "† 2015 Łódź: size of lamp 0",
        "† 2017 Västersund: size of lamp 1",
        "† 2017 Nordvik: prize of the second place",
    ]
    assert shown.endswith("and 3 more: icapital disputes --weight open\n")


@pytest.mark.parametrize("weight", ["settled", "slip"])
def test_a_table_marks_only_what_is_open(drawn, made_up_disputes, weight):
    shown = drawn(f"cities --facts {made_up_disputes(weight)}", 100)

    assert shown == drawn(f"cities --facts {MADE_UP_BASE}", 100)


@pytest.mark.parametrize(("weight", "mark"), [("open", " †"), ("settled", " †"), ("slip", "")])
def test_a_page_marks_what_was_disputed_but_no_slip(run, made_up_disputes, weight, mark):
    page = run("show", "2015-lodz", "--facts", made_up_disputes(weight)).out

    assert f"- Prize: €500,000{mark} [1][2]\n" in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_few_rows_of_the_shipped_facts_are_marked(run, lang):
    lines = run("cities", "--lang", lang, "-f", "plain").out.splitlines()

    assert sum("†" in line for line in lines) <= 15


@pytest.mark.parametrize("words", ["cities", "editions", "prizes", "initiatives"])
def test_the_shipped_facts_have_three_notes_on_marks_at_most(run, words):
    assert sum(line.startswith("†") for line in run(*split(words)).out.splitlines()) <= 3


def test_fields_leave_little_on_the_error_stream(run):
    assert len(run("cities", "--fields", "city,prize_eur").err.encode()) <= 120


# Colours


@pytest.mark.parametrize("words", ["cities", "show 2017-nordvik", "brief 2017"])
@pytest.mark.parametrize(
    ("options", "environment", "coloured"),
    [
        ("", {}, False),
        ("", {"FORCE_COLOR": "1"}, True),
        ("", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("", {"FORCE_COLOR": "1", "TERM": "dumb"}, False),
        ("--color auto", {"FORCE_COLOR": "1"}, True),
        ("--color never", {"FORCE_COLOR": "1"}, False),
        ("--color always", {}, True),
        ("--color always", {"NO_COLOR": "1"}, True),
        ("--color always", {"TERM": "dumb"}, True),
    ],
    ids=str,
)
def test_colour_and_bold_in_a_pipe_are_as_asked_for(icapital, words, options, environment, coloured):
    shown = icapital(*split(words), *split(options), **{"TERM": "xterm", **environment}).out

    assert bool(COLOUR.search(shown)) == bool(BOLD.search(shown)) == coloured
    assert ("\x1b" in shown) == coloured


def test_colour_has_a_meaning(drawn):
    shown = drawn(f"cities --facts {MADE_UP_BASE}", 100, bare_text=False)
    coloured = set(re.findall(r"\x1b\[[0-9;]*3[0-7]m([^\x1b]*)\x1b", shown))

    assert coloured == {"Winner", "Runner-up", "†"}


def test_an_address_in_a_table_is_a_link(drawn):
    shown = drawn(f"sources --facts {MADE_UP_BASE} --fields id,url", 120, bare_text=False)

    assert re.search(r"\x1b\]8;[^;]*;https://lantern\.example\.org/2015\x1b\\", shown)


def test_a_pipe_with_colour_has_the_form_of_the_terminal(drawn, icapital):
    assert drawn(f"cities 2017 --facts {MADE_UP_BASE}", 100).startswith("Cities · 2017 · Grand Lantern\n")
    assert icapital("cities", "2017").out.startswith("Edition  City")
