"""`icapital check`: double entry: what a citation says that its page states is what the fact says, or is disputed."""

import pytest
from copies import problems, table

THIRD = '        locator: heading "Third place"\n'
SECOND = '        locator: heading "Second place"\n'
OPENING = "        locator: opening paragraph\nschemes:"
LAMPS = '        locator: heading "Winner"\n      - source: gazette-2015\n        locator: third'


def read(locator, *states, day="'2024-05-06'"):
    """Add to the citation of a locator that its page was read on a day, and what it states."""
    first, rest = locator.split("\n", 1)
    lines = "".join(f"          {line}\n" for line in states)
    return (locator, f"{first}\n        read_on: {day}\n        states:\n{lines}{rest}")


def of_result(*states):
    """State fields of the third place of 2017, for which a gap excuses the second publisher."""
    return ("editions/2017.yaml", *read(THIRD, *states))


def of_second(*states, page='        locator: heading "Second place"\n'):
    """State fields of the second place of 2017, whose prize is disputed."""
    return ("editions/2017.yaml", *read(page, "status: runner-up", *states))


def of_third(*lines):
    """Add lines to the citation of the third place of 2017."""
    return ("editions/2017.yaml", THIRD, THIRD + "".join(f"        {line}\n" for line in lines))


def of_edition(*states):
    """State fields of the edition of 2017."""
    return ("editions/2017.yaml", *read(OPENING, *states))


def of_lamps(*states):
    """State fields of an initiative."""
    return ("editions/2015.yaml", *read(LAMPS, *states))


def of_contact(*states):
    """State fields of a contact."""
    return ("people.yaml", *read('        locator: section "Upplysningar"\n', *states))


def of_quote(*states):
    """State the words of a quote."""
    old = "        locator: second paragraph\n        excerpt: ”Ljuset"
    return ("people.yaml", *read(old, *states))


def cited(source, *states):
    """Cite one more page for the second place of 2017, and what it states."""
    lines = "".join(f"          {line}\n" for line in states)
    page = f"      - source: {source}\n        locator: end\n        read_on: '2024-05-06'\n        states:\n{lines}"
    return ("editions/2017.yaml", SECOND, f"{SECOND}{page}")


REMEDY = "correct one of them, or write a dispute with this source [states]"
FIELDS = "edition, city, category, status, rank, prize_eur, purpose, purpose_by, purpose_on, reason, note"
WIRE = "        locator: second paragraph\n        excerpt: Nordvik"
BROKEN = {
    "a number differs": (
        [of_result("rank: 2")],
        f"editions/2017.yaml:98:17: states rank '2', but the fact says '3': {REMEDY}",
    ),
    "a status differs": (
        [of_result("status: winner")],
        f"editions/2017.yaml:98:19: states status 'winner', but the fact says 'runner-up': {REMEDY}",
    ),
    "a city differs": (
        [of_result("city: Nordvik")],
        f"editions/2017.yaml:98:17: states city 'Nordvik', but the fact says 'lodz': {REMEDY}",
    ),
    "each statement of a page is compared": (
        [of_result("rank: 3", "prize_eur: 50001", "city: Nordvik")],
        f"editions/2017.yaml:99:22: states prize_eur '50001', but the fact says '50000': {REMEDY}",
        f"editions/2017.yaml:100:17: states city 'Nordvik', but the fact says 'lodz': {REMEDY}",
    ),
    "a day differs": (
        [of_edition("date: '2017-11-09'")],
        f"editions/2017.yaml:26:17: states date '2017-11-09', but the fact says '2017-11-08': {REMEDY}",
    ),
    "a person differs": (
        [of_edition("commissioner: Ben O’Ra")],
        f"editions/2017.yaml:26:25: states commissioner 'Ben O’Ra', but the fact says 'ada-quill': {REMEDY}",
    ),
    "a place differs": (
        [of_edition("place: Brussels")],
        f"editions/2017.yaml:26:18: states place 'Brussels', but the fact says 'Ghent, Belgium': {REMEDY}",
    ),
    "a figure differs": (
        [of_lamps("figures: ['1250', '38']")],
        f"editions/2015.yaml:117:20: states figures '38', but the fact says '1250', '37.5': {REMEDY}",
    ),
    "a partner differs": (
        [of_lamps("partners: [Nordvik Harbour]")],
        (
            "editions/2015.yaml:117:21: states partners 'Nordvik Harbour', but the fact says 'Łódź Tramways',"
            f" 'Residents of Piotr Street': {REMEDY}"
        ),
    ),
    "a phone number differs": (
        [of_contact("phone: 050 123 4568")],
        f"people.yaml:138:18: states phone '050 123 4568', but the fact says '+358501234567': {REMEDY}",
    ),
    "a role differs": (
        [of_contact("role: kanslichef")],
        f"people.yaml:138:17: states role 'kanslichef', but the fact says 'stadsdirektör': {REMEDY}",
    ),
    "the last words of a quote differ": (
        [of_quote("text: Ljuset ska … inte tvärtemot")],
        (
            "people.yaml:107:17: states text 'Ljuset ska … inte tvärtemot', but the fact says 'Ljuset ska följa"
            f" människan, inte tvärtom': {REMEDY}"
        ),
    ),
    "the fact has no such value": (
        [of_result("purpose: Lamps")],
        (
            "editions/2017.yaml:98:20: states purpose 'Lamps', but the fact has none: give it, or remove the statement"
            " [states]"
        ),
    ),
    "no kind of fact has such a field": (
        [of_result("prize: 50000")],
        f"editions/2017.yaml:98:18: no field is called 'prize'; choose from: {FIELDS} [states]",
    ),
    "citations are not stated": (
        [of_result("citations: one")],
        f"editions/2017.yaml:98:22: no field is called 'citations'; choose from: {FIELDS} [states]",
    ),
    "a word is no number": (
        [of_result("rank: third")],
        "editions/2017.yaml:98:17: states.rank must be a whole number, not 'third' [states]",
    ),
    "money has no commas": (
        [of_result("prize_eur: 50,000")],
        "editions/2017.yaml:98:22: states.prize_eur must be a whole number of euros, not '50,000' [states]",
    ),
    "a month is no date": (
        [of_edition("date: November")],
        (
            "editions/2017.yaml:26:17: states.date must be a date such as 2019, 2019-09 or 2019-09-25, not 'November'"
            " [states]"
        ),
    ),
    "a list for one value": (
        [of_result("rank: [2, 3]")],
        "editions/2017.yaml:98:17: states.rank must be one value [states]",
    ),
    "one value for a list": (
        [of_lamps("figures: '1250'")],
        "editions/2015.yaml:117:20: states.figures must be a list [states]",
    ),
    "a mapping for a value": (
        [of_result("rank: {a: b}")],
        "editions/2017.yaml:98:17: states.rank must be a line of text, not a mapping [schema]",
    ),
    "a field is stated twice": (
        [of_result("rank: 3", "rank: 3")],
        "editions/2017.yaml:99:11: 'rank' appears twice in this statement [duplicate-key]",
    ),
    "statements are a mapping": (
        [of_third("read_on: '2024-05-06'", "states: third place")],
        "editions/2017.yaml:97:17: states must be a mapping from fields to what the page states, not a text [states]",
    ),
    "statements are not empty": (
        [of_third("read_on: '2024-05-06'", "states: {}")],
        "editions/2017.yaml:97:17: states must be a mapping from fields to what the page states, not empty [states]",
    ),
    "a page that was read states something": (
        [of_third("read_on: '2024-05-06'")],
        "editions/2017.yaml:94:9: read_on goes with states: what does the page state? [states]",
    ),
    "a page that states something was read on a day": (
        [of_third("states: {rank: 3}")],
        "editions/2017.yaml:94:9: states goes with read_on: the day of reading [states]",
    ),
    "the day of reading is a date": (
        [of_third("read_on: today", "states: {rank: 3}")],
        "editions/2017.yaml:96:18: read_on must be a date such as 2019, 2019-09 or 2019-09-25, not 'today' [dates]",
    ),
    "a page that is no side of the dispute": (
        [cited("herald-2017", "prize_eur: 50000")],
        f"editions/2017.yaml:86:22: states prize_eur '50000', but the fact says '100000': {REMEDY}",
    ),
    "another field than the disputed one": (
        [cited("gazette-2017", "rank: 3")],
        f"editions/2017.yaml:86:17: states rank '3', but the fact says '2': {REMEDY}",
    ),
    "every side of the dispute differs from the fact": (
        [cited("gazette-2017", "rank: 2"), of_second("prize_eur: 90000"), of_second("prize_eur: 90000", page=WIRE)],
        (
            "editions/2017.yaml:76:16: every page that was read states another prize_eur: follow one of them, or cite a"
            " page for it [states]"
        ),
    ),
}


@table("case", BROKEN)
def test_a_statement_that_contradicts_its_fact_is_reported_at_its_place(base, case):
    edits, *lines = case
    for edit in edits:
        base.edit(*edit)

    result = base.check()

    assert result == problems(*lines)


AGREEING = {
    "numbers, ids and names": [
        of_result("status: runner-up", "rank: 3", "prize_eur: 50000", "city: Łódź", "edition: 2017")
    ],
    "a city by another of its names": [of_result("city: City of Boats")],
    "a category by its name": [of_result("category: Grand Lantern")],
    "a person by the surname": [of_edition("commissioner: Quill")],
    "a person with a title": [of_contact("person: direktör Siv Åberg")],
    "a date that is known less exactly": [of_edition("date: 2017-11")],
    "a place in fewer words": [of_edition("place: Ghent")],
    "some of the figures": [of_lamps("figures: ['37.5']")],
    "a partner": [of_lamps("partners: [Łódź Tramways]")],
    "words of a text": [of_lamps("summary: Street lamps brighten")],
    "a phone number as it is dialled within the country": [of_contact("phone: 050 123 4567")],
    "a role as our translation has it": [of_contact("role: City Manager")],
    "the first and last words of a quote": [of_quote("text: Ljuset ska … inte tvärtom")],
    "a page that is a side of the dispute": [cited("gazette-2017", "prize_eur: 50000")],
    "the sides of a dispute, of which one was not read": [of_second("prize_eur: 90000", page=WIRE)],
}


@table("edits", AGREEING)
def test_a_statement_may_use_other_words_than_its_fact(base, edits):
    for edit in edits:
        base.edit(*edit)

    result = base.check()

    assert result == (0, "", "")


@pytest.mark.parametrize(("stated", "is_valid"), [("A lamp that … kind lamp.", True), ("A light … kind lamp.", False)])
def test_the_words_of_a_quote_without_excerpt_are_those_that_its_page_states(base, stated, is_valid):
    excerpt = """        excerpt: '"-- A lamp that waits for you is a kind lamp." (Jan Łampa, Mayor)'\n"""
    base.change("people.yaml", excerpt, f"        read_on: '2024-05-06'\n        states:\n          text: {stated}\n")

    result = base.check()

    assert (result.code == 0) == is_valid
    assert is_valid or "the words in 'en' are not in an excerpt of their source, nor stated by it" in result.err
