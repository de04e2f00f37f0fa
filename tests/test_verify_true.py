"""`verify` accuses no true sentence and passes no wrong winner, whatever result or edition fills a sentence."""

import pytest
from conftest import FACTS

from icapital_cli.api import open_store
from icapital_cli.verify.engine import Checker

# Sentences on a result, by the status that they are true of.
OF_RESULTS = {
    "winner": [
        "{city}, which won the iCapital award in {edition}, thanked its partners.",
        "{city} vann iCapital {edition}.",
        "iCapital-kilpailun voittaja vuonna {edition} oli {city}.",
    ],
    "runner-up": [
        "{city} was a runner-up in the European Capital of Innovation Awards {edition}, which {winner} won.",
        "The mayor of {city} congratulated {winner} on winning iCapital {edition}.",
        "{city} kom på prisplats i iCapital {edition}, som {winner} vann.",
        "{city} oli palkintosijalla iCapital-kilpailussa {edition}, jonka voitti {winner}.",
    ],
    "finalist": [
        "{city} was a finalist in the iCapital awards {edition}, but {winner} won.",
        "{city} nådde finalen i iCapital {edition}.",
        "{city} oli finalistina iCapital-kilpailussa vuonna {edition}, jonka voitti {winner}.",
    ],
    "semi-finalist": [
        "{city} was a semi-finalist in iCapital {edition}; the winner was {winner}.",
        "{city} var semifinalist i iCapital {edition}.",
        "{city} oli semifinaalissa iCapital-kilpailussa vuonna {edition}.",
    ],
}
OF_PRIZES = [
    "{city} received EUR {prize:,} in the iCapital awards {edition}.",
    "{city} fick {prize} euro i tävlingen iCapital {edition}.",
    "{city} sai {prize} euroa iCapital-kilpailussa {edition}.",
]
OF_EDITIONS = {
    "date": ["The result of iCapital {edition} was announced on {date}.", "iCapital {edition} avgjordes {date}."],
    "applications": [
        "{applications} cities applied for iCapital {edition}.",
        "Till iCapital {edition} anmälde sig {applications} städer.",
        "iCapital-kilpailuun {edition} haki {applications} kaupunkia.",
    ],
    "ordinal": ["iCapital {edition} was edition number {ordinal} of the award."],
}
# Sentences that are wrong of a city that did not win.
WRONG = [
    "{city} won iCapital {edition}.",
    "The European Capital of Innovation {edition} is {city}.",
    "{city} vann iCapital {edition}.",
    "{city} voitti iCapital-kilpailun {edition}.",
]
# Sentences on the prize winners of a category in an edition.
OF_LISTS = [
    "{winner} won iCapital {edition}, ahead of {others}.",
    "iCapital {edition}: the winner was {winner}, and the runners-up were {others}.",
    "Vinnare av iCapital {edition} blev {winner}. Övriga pristagare var {others}.",
    "iCapital-kilpailun {edition} voittaja oli {winner}, ja muut palkitut olivat {others}.",
]


@pytest.fixture(scope="module")
def checker():
    with open_store(str(FACTS)) as store:
        yield Checker(store)


def accused(checker, texts):
    """Return the texts in which something is said to differ."""
    return [text for text in texts if any(one.verdict.verdict == "differs" for one in checker.check(text))]


def results_of(checker):
    """Return each result with the names that a sentence needs: city, edition, winner of the category."""
    knowledge = checker.knowledge
    names = {city: doc["name"] for city, doc in knowledge.kind("cities").items()}
    for doc in knowledge.kind("results").values():
        edition, category = doc["edition"], doc["category"]
        told = {"city": names[doc["city"]], "edition": knowledge.editions[edition].get("label", edition)}
        yield doc, told | {"winner": names[knowledge.winner(edition, category)["city"]]}


def test_no_true_sentence_about_a_result_is_accused(checker):
    texts = [
        sentence.format(**told) for doc, told in results_of(checker) for sentence in OF_RESULTS.get(doc["status"], ())
    ]

    assert len(texts) > 300
    assert accused(checker, texts) == []


def test_no_true_sentence_about_a_prize_is_accused(checker):
    texts = [
        sentence.format(**told, prize=doc["prize_eur"])
        for doc, told in results_of(checker)
        for sentence in OF_PRIZES
        if doc.get("prize_eur")
    ]

    assert len(texts) > 100
    assert accused(checker, texts) == []


def test_no_true_sentence_about_an_edition_is_accused(checker):
    texts = [
        sentence.format(edition=doc.get("label", edition), **{field: doc[field]})
        for edition, doc in checker.knowledge.editions.items()
        for field, sentences in OF_EDITIONS.items()
        for sentence in sentences
        if field in doc
    ]

    assert len(texts) > 50
    assert accused(checker, texts) == []


def test_no_true_list_of_prize_winners_is_accused(checker):
    groups = {}
    for doc, told in results_of(checker):
        if doc["status"] == "runner-up":
            groups.setdefault((told["edition"], told["winner"]), []).append(told["city"])
    lists = {key: f"{', '.join(some[:-1])} & {some[-1]}" for key, some in groups.items() if len(some) > 1}
    texts = [
        sentence.format(edition=edition, winner=winner, others=others)
        for (edition, winner), others in lists.items()
        for sentence in OF_LISTS
    ]

    assert len(texts) > 30
    assert accused(checker, texts) == []


def test_a_city_that_did_not_win_is_always_told_from_one_that_did(checker):
    texts = [
        sentence.format(**told) for doc, told in results_of(checker) for sentence in WRONG if doc["status"] != "winner"
    ]

    passed = [
        text
        for text in texts
        if {one.verdict.verdict for one in checker.check(text) if one.claim.property == "status"}.isdisjoint(
            {"differs", "disputed"}
        )
    ]

    assert len(texts) > 400
    assert passed == []
