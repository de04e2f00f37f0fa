"""`verify`: the claims of a draft about the award, and what the facts say of each."""

import pytest
from drafted import base_with_wordings, claims_of, verdicts

SECOND = "Nordvik came second in the Lantern City Award 2017."


@pytest.fixture(scope="module")
def verify(run, tmp_path_factory):
    """Check a text against the tiny base: `verify("…")`."""
    folder = base_with_wordings(tmp_path_factory.mktemp("verify") / "facts")

    def verify_text(text, *words, **more):
        return run("verify", "--text", text, "--facts", str(folder), *words, **more)

    verify_text.folder = folder
    return verify_text


AWARD = "Lantern City Award 2017: a short report. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SECOND, ("rank", 2, "agrees", 2)),
        ("Nordvik came third in the Lantern City Award 2017.", ("rank", 3, "differs", 2)),
        ("Västersund won the Lantern City Award 2017.", ("status", "winner", "agrees", "winner")),
        ("Nordvik won the Lantern City Award 2017.", ("status", "winner", "differs", "runner-up")),
        ("The winner of the Lantern City Award 2017 was Nordvik.", ("status", "winner", "differs", "runner-up")),
        ("Brambury won the Lantern City Award 2017.", ("status", "winner", "differs", "Västersund")),
        ("Lodsch was a runner-up in the Lantern City Award 2017.", ("status", "runner-up", "agrees", "runner-up")),
        ("Łódź, Poland, took part in the Lantern City Award 2017.", ("country", "PL", "agrees", "PL")),
        ("Łódź (Finland) took part in the Lantern City Award 2017.", ("country", "FI", "differs", "PL")),
        (AWARD + "Västersund received a prize of EUR 1,000,000.", ("prize_eur", 1000000, "agrees", 1000000)),
        (AWARD + "Västersund received a prize of 1 million euros.", ("prize_eur", 1000000, "agrees", 1000000)),
        (AWARD + "Västersund received a prize of €1M.", ("prize_eur", 1000000, "agrees", 1000000)),
        (AWARD + "Västersund received a prize of 1.000.000 €.", ("prize_eur", 1000000, "agrees", 1000000)),
        (AWARD + "Västersund received a prize of 2 million euros.", ("prize_eur", 2000000, "differs", 1000000)),
        (AWARD + "There were 1,024 applications.", ("applications", 1024, "agrees", 1024)),
        (AWARD + "There were 1,042 applications.", ("applications", 1042, "differs", 1024)),
        (AWARD + "There were about 1,000 applications.", ("applications", 1000, "rounded", 1024)),
        (AWARD + "The result was announced on 8 November 2017.", ("date", "2017-11-08", "agrees", "2017-11-08")),
        (AWARD + "The result was announced on 9 November 2017.", ("date", "2017-11-09", "differs", "2017-11-08")),
        (
            AWARD + "The result was announced at the Night of Lights.",
            ("event", "night of lights", "agrees", "Night of Lights"),
        ),
        (AWARD + "Mayor Jan Łampa was pleased.", ("role", "Mayor", "agrees", "Mayor")),
        (AWARD + "Minister Jan Łampa was pleased.", ("role", "Minister", "differs", "Mayor")),
        (AWARD + "The Mayor of Łódź, Jan Lampinen, was pleased.", ("person", "Jan Lampinen", "differs", "Jan Łampa")),
    ],
)
def test_a_claim_is_read_and_compared_with_the_facts(verify, text, expected):
    result = verify(text, "--json")

    assert expected in verdicts(result), result
    assert result.code == (5 if any(verdict == "differs" for _, _, verdict, _ in verdicts(result)) else 0)


def test_a_value_that_a_serious_source_states_is_disputed_and_both_sides_are_told(verify):
    result = verify(AWARD + "Nordvik received a prize of 50,000 euros.", "--json")

    (claim,) = [claim for claim in claims_of(result) if claim["property"] == "prize_eur"]
    assert (result.code, claim["verdict"], claim["expected"], claim["disputes"]) == (
        0,
        "disputed",
        100000,
        ["nordvik-prize-2017"],
    )
    assert "Nordvik was paid 50,000 euros." in claim["explanation"]
    assert "100,000 euros" in claim["explanation"]


def test_a_value_that_agrees_names_the_dispute_about_it(verify):
    found = claims_of(verify(AWARD + "Nordvik received a prize of 100,000 euros.", "--json"))

    (claim,) = [claim for claim in found if claim["property"] == "prize_eur"]
    assert (claim["verdict"], claim["disputes"]) == ("agrees", ["nordvik-prize-2017"])


def test_a_claim_has_its_place_its_words_its_fact_and_its_sources(verify):
    first, *_ = claims_of(verify("The report.\n\n  " + SECOND, "--json"))

    assert (first["id"], first["file"], first["line"], first["column"]) == (1, "text", 3, 3)
    assert (first["text"], first["subject"], first["fact"]) == ("Nordvik came second", "Nordvik, 2017", "2017-nordvik")
    assert {source["id"] for source in first["sources"]} == {"lantern-2017", "wire-release-2017"}


def test_a_quotation_is_compared_to_the_letter_and_the_words_that_differ_are_shown(verify):
    right = verify(AWARD + "“A lamp that waits for you is a kind lamp”, said Jan Łampa.", "--json")
    wrong = verify(AWARD + "“A lamp that waits for you is a cruel lamp”, said Jan Łampa.", "--json")

    assert [c["verdict"] for c in claims_of(right) if c["property"] == "text"] == ["agrees"]
    (claim,) = [c for c in claims_of(wrong) if c["property"] == "text"]
    assert (claim["verdict"], claim["explanation"]) == ("differs", "Words that differ: cruel → kind")


@pytest.mark.parametrize(
    "text",
    [
        "Nordvik did not win the Lantern City Award 2017.",
        "Did Nordvik win the Lantern City Award 2017?",
        "If Nordvik won the Lantern City Award 2017, it would be rich.",
        "Nordvik hopes it won the Lantern City Award 2017.",
        "Rumour has it that Nordvik won the Lantern City Award 2017.",
    ],
)
def test_what_is_denied_asked_hoped_or_heard_is_no_claim_but_is_not_passed_over(verify, text):
    result = verify(text, "--json")

    assert (result.code, [claim["verdict"] for claim in claims_of(result)]) == (0, ["not-read"])


@pytest.mark.parametrize(
    "text",
    [
        "Nordvik won 3-1 against Łódź in 2017.",
        "Nordvik came second in the European Green Capital Award 2017.",
        "",
        "\n",
    ],
)
def test_a_text_that_does_not_name_the_award_has_no_claims_and_says_so(verify, text):
    result = verify(text or " ", "--json")

    assert result == (0, "[]\n", "icapital: text: no claim found; a draft must name the award (iCapital)\n")


def test_the_city_and_the_edition_of_a_sentence_may_stand_in_the_one_before(verify):
    result = verify(
        "Västersund won the Lantern City Award 2017. The city received a prize of 3 million euros.", "--json"
    )

    assert ("prize_eur", 3000000, "differs", 1000000) in verdicts(result)


def test_a_year_without_an_edition_differs(verify):
    result = verify("Västersund won the Lantern City Award 2016.", "--json")

    assert verdicts(result) == [("status", "winner", "differs", "winner 2017")]


@pytest.mark.parametrize(
    "text",
    [
        "Västersund, Nordvik or Łódź came third in the Lantern City Award 2017.",
        AWARD + "Nordvik came third in a ranking of harbours.",
        AWARD + "Nordvik won the prize for the best school.",
        AWARD + "Nordvik won a Golden Lamp.",
        AWARD + "In 2017 Nordvik got 5 million euros from the state for its schools.",
        AWARD + "Nordvik was the second Finnish one.",
        AWARD + "Helmi opened a school in Nordvik on 9 November 2017.",
        AWARD + "The sixth edition of the Harbour Fair was held.",
        AWARD + "Nordvik had 40 applications for the post of director.",
    ],
)
def test_what_grammar_does_not_bind_to_the_award_is_never_said_to_differ(verify, text):
    result = verify(text, "--json")

    assert "differs" not in {verdict for _, _, verdict, _ in verdicts(result)}, result


def test_a_claim_that_is_not_bound_is_unknown_and_says_so_and_what_the_facts_have(verify):
    found = claims_of(verify(AWARD + "Nordvik came third in a ranking of harbours.", "--json"))

    (claim,) = [claim for claim in found if claim["property"] == "rank"]
    assert (claim["verdict"], claim["expected"]) == ("unknown", 2)
    assert claim["explanation"].startswith("It is not clear what this is said of.")


def test_a_name_that_the_facts_do_not_have_differs_in_a_list_of_cities(verify):
    result = verify("Nordvik, Fooville and Łódź were runners-up in the Lantern City Award 2017.", "--json")

    assert [claim["verdict"] for claim in claims_of(result) if claim["text"] == "Fooville"] == ["differs"]


@pytest.mark.parametrize("marks", ["“”", '""', "„“", "«»", "»«", "‘’", "‹›", "''", "””"])
def test_a_quotation_stands_between_any_marks(verify, marks):
    quoted = f"{marks[0]}A lamp that waits for you is a cruel lamp{marks[1]}"
    found = claims_of(verify(AWARD + f"{quoted}, said Jan Łampa.", "--json"))

    assert [claim["explanation"] for claim in found if claim["property"] == "text"] == [
        "Words that differ: cruel → kind"
    ]
