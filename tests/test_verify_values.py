"""`verify` finds what agrees without a wording for it, and what does not fit its list; read with the real facts."""

import pytest
from conftest import FACTS

from icapital_cli.api import open_store
from icapital_cli.verify.engine import Checker


@pytest.fixture(scope="module")
def checker():
    with open_store(str(FACTS)) as store:
        yield Checker(store)


def found_in(checker, text):
    """Return words, property and verdict of the claims of a text."""
    return [(text[one.mark[0] : one.mark[1]], one.claim.property, one.verdict.verdict) for one in checker.check(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("iCapital 2018: Aarhus and Umeå sent their mayors.", ("Aarhus", "status", "agrees")),
        ("iCapital 2018. Everybody waited for 15 October.", ("15 October", "date", "agrees")),
        ("iCapital 2018. The night of Tuesday was long for the winner.", ("Tuesday", "date", "agrees")),
        ("iCapital 2018. A million euros: hurrah for the winner.", ("million euros", "prize_eur", "agrees")),
        ("iCapital 2019. In the end the Finnish city of Espoo smiled.", ("Finnish", "country", "agrees")),
        ("iCapital 2019. From 16 countries they came.", ("16", "applications_countries", "agrees")),
        ("iCapital 2020. Of the finalists twelve were happy.", ("finalists twelve", "count", "agrees")),
        ("TURIN - The iCapital 2026 went to Grenoble.", ("TURIN", "place", "agrees")),
        ("Since 2014 there has been the iCapital award.", ("2014", "since", "agrees")),
        ("The iCapital award 2019 comes from the EU Commission.", ("EU Commission", "organiser", "agrees")),
        ("iCapital 2024-25 was, they say, the tenth of its kind.", ("tenth of its kind", "ordinal", "agrees")),
    ],
)
def test_a_value_that_the_facts_hold_of_the_edition_agrees(checker, text, expected):
    assert expected in found_in(checker, text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("iCapital 2018. Everybody waited for 14 October.", "14 October"),
        ("iCapital 2018. The night of Monday was long for the winner.", "Monday"),
        ("iCapital 2018. Three million euros: hurrah for the winner.", "Three million euros"),
        ("iCapital 2019. In the end the Swedish city of Espoo smiled.", "Swedish"),
        ("iCapital 2019. From 19 countries they came.", "19"),
        ("Since 2011 there has been the iCapital award.", "2011"),
    ],
)
def test_a_value_that_they_do_not_hold_is_never_said_to_agree(checker, text, word):
    assert (word, "agrees") not in [(words, verdict) for words, _, verdict in found_in(checker, text)]


def test_a_city_of_another_place_does_not_agree_where_a_sentence_tells_of_places(checker):
    told = found_in(checker, "iCapital 2018. The runners-up, they say: Aarhus, also Gothenburg.")

    assert ("Gothenburg", "status", "agrees") not in told


@pytest.mark.parametrize("heading", ["iCapital 2018", "European Capital of Innovation Award 2024-25"])
def test_a_heading_of_the_award_and_its_year_claims_nothing(checker, heading):
    assert checker.check(f"{heading}\n\nIt rained.") == []


def test_the_one_city_of_a_list_that_got_no_place_differs(checker):
    told = found_in(
        checker, "iCapital 2019. For that Espoo got 100,000 euros, as did Antwerp, Bristol, Lyon and Rotterdam."
    )

    assert [one for one in told if one[2] == "differs"] == [("Lyon", "status", "differs")]


def test_the_winner_of_a_list_that_has_the_year_of_another_differs(checker):
    told = found_in(
        checker,
        "The iCapital award went to Paris (2017), Athens (2018), Leuven (2019), Dortmund (2021) and Lisbon (2023).",
    )

    assert [words for words, _, verdict in told if verdict == "differs"] == ["Leuven"]


def test_a_list_with_years_that_tells_of_no_winners_is_not_accused(checker):
    told = found_in(checker, "Finalists of iCapital: Nantes (2019), Athens (2018), Espoo (2020) and Leuven (2020).")

    assert [one for one in told if one[2] == "differs"] == []


def test_a_city_that_never_took_part_is_known_as_a_city(checker):
    told = found_in(checker, "Espoo, Reykjavik, Antwerp and Bristol were runners-up of the iCapital 2019.")

    assert ("Reykjavik", "status", "differs") in told


def test_a_document_without_a_year_is_dated_by_its_cities(checker):
    told = found_in(
        checker,
        "Espoo came second in the European Capital of Innovation Awards, behind Aix-Marseille-Provence. "
        "Valencia was third. There were 36 applications. The night was in Brussels.",
    )

    assert ("36", "applications", "agrees") in told


def test_the_deadline_of_an_edition_differs_only_where_it_is_called_so(checker):
    called, other = (
        found_in(checker, f"The iCapital 2018 was on. {words} on 12 May 2018.")
        for words in ("The deadline for entries was", "The mayor went home")
    )

    assert ("12 May 2018", "date", "differs") in called
    assert [one for one in other if one[2] == "differs"] == []


@pytest.mark.parametrize("had", ["had applied", "were counted"])
def test_only_a_verb_with_its_subject_behind_it_begins_a_condition(checker, had):
    told = found_in(checker, f"iCapital 2019: cities, 28 in all, {had}, from 16 countries.")

    assert ("16", "applications_countries", "agrees") in told


def test_a_quotation_without_marks_is_found_where_it_is_printed_so_and_never_accused(checker):
    printed = (
        "Haluamme käyttää tämän palkintorahan järkevästi, jotta saamme tästä innovaatiopalkinnosta vauhtia eteenpäin"
    )
    right = found_in(checker, f"iCapital 2021, Dortmund. {printed}, sanoi Thomas Westphal.")
    changed = found_in(
        checker, f"iCapital 2021, Dortmund. {printed.replace('järkevästi', 'hitaasti')}, sanoi Thomas Westphal."
    )

    assert (printed, "text", "agrees") in right
    assert [one for one in changed if one[2] == "differs"] == []


@pytest.mark.parametrize("year", ["2013", "2012", "2027"])
@pytest.mark.parametrize("place", ["came second", "won", "was a finalist", "was among the best six"])
def test_a_place_in_a_year_without_an_edition_is_judged_whatever_the_place(checker, place, year):
    verdicts = {verdict for _, _, verdict in found_in(checker, f"Espoo {place} in iCapital {year}.")}

    assert verdicts <= {"differs", "unknown", "disputed", "not-read"}
    assert verdicts


def test_a_row_of_digits_longer_than_python_reads_is_no_ordinal(checker):
    assert [one.verdict.verdict for one in checker.check(f"iCapital 2019. {'8' * 5000}. and so on")] == []


@pytest.mark.parametrize(
    "text",
    [
        "Oulu was praised at iCapital 2024.",
        "Esbo och Uleåborg fick beröm i iCapital 2024.",
        "Umeå, Aarhus och Hamburg fick 100 000 euro var i iCapital 2018.",
        "Oulu oli esillä iCapital 2024 -gaalassa.",
        "Tallinn, Tel Aviv and Toulouse congratulated Paris, which got a million euros in iCapital 2017.",
        "Vilnius, Dublin and Porto sent each a letter with 100,000 stamps to iCapital 2021.",
        "Suomesta finalisteja oli kaksi iCapital 2017 -kilpailussa, Helsinki ja Tampere.",
        "Haarlem was a semi-finalist of iCapital in 2021 and won the year after.",
        "iCapital 2026: hats off to Aalborg (winner) and to San Sebastián (second).",
    ],
)
def test_a_true_sentence_is_not_accused(checker, text):
    assert [one for one in found_in(checker, text) if one[2] == "differs"] == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("iCapital 2024: Braga 50,000 euros, Oulu 500,000 euros.", "50,000 euros"),
        ("iCapital 2019: Nantes sai 100 000 euroa ja Espoo miljoona euroa.", "miljoona euroa"),
        ("The Danish city of Espoo and the Finnish city of Aarhus met at iCapital 2018.", "Danish"),
        ("Athens and Aarhus boycotted iCapital 2018.", "Athens"),
        ("The deadline of iCapital 2020 was Thursday.", "Thursday"),
        ("The deadline of iCapital 2019 was 25 September 2019.", "25 September 2019"),
    ],
)
def test_a_value_that_is_that_of_something_else_does_not_agree(checker, text, word):
    assert (word, "agrees") not in [(words, verdict) for words, _, verdict in found_in(checker, text)]
