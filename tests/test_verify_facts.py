"""`verify` with the real facts: the two press releases of 2019, the labelled drafts, and texts that claim nothing."""

import json
import sys
from pathlib import Path

import pytest
from conftest import FACTS, HERE

sys.path.insert(0, str(HERE.parent / "tools"))

import verify_score

from icapital_cli.api import open_store
from icapital_cli.verify.engine import Checker

SEEDS = HERE.parent.parent / "shared" / "seeds"
LEAST_AGREED = 60
LANGUAGES = {"en", "sv", "fi"}
GOLDEN = HERE / "golden" / "verify-releases.jsonl"


@pytest.fixture(scope="module")
def checker():
    with open_store(str(FACTS)) as store:
        yield Checker(store)


def claims(checker):
    """Return file, words, property and verdict of the claims of the two releases."""
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text("utf-8")
        for one in checker.check(text):
            yield path.name, " ".join(text[one.start : one.end].split()), one.claim.property, one.verdict.verdict


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the releases are not beside the project")
def test_the_two_releases_differ_in_nothing_and_agree_in_sixty_claims(checker):
    found = list(claims(checker))
    golden = [tuple(json.loads(line)) for line in GOLDEN.read_text("utf-8").splitlines()]

    assert [one for one in found if one[3] == "differs"] == []
    assert sum(one[3] == "agrees" for one in found) >= LEAST_AGREED
    assert [one for one in golden if one not in found] == []


@pytest.mark.parametrize("prefix", verify_score.SETS)
def test_the_labelled_drafts_are_read_and_what_differs_is_right(checker, prefix):
    score = verify_score.score(checker, prefix)

    assert score.recall >= 0.85, score.missed
    assert score.precision >= 0.97, score.wrong


@pytest.mark.parametrize("prefix", verify_score.OTHERS)
def test_the_drafts_of_a_stranger_are_read_as_well_as_the_documentation_says(checker, prefix):
    score = verify_score.score(checker, prefix)

    assert score.recall >= 0.78, score.missed
    assert score.precision >= 0.97, score.wrong


def test_texts_in_which_nothing_differs_are_not_accused(checker):
    found = [
        (draft.name, one.claim.property, draft.text[one.start : one.end])
        for draft in verify_score.read_drafts("right")
        for one in checker.check(draft.text)
        if one.verdict.verdict == "differs"
    ]

    assert found == []


def test_changes_of_one_fact_are_reported(checker):
    cities = {row[0] for row in checker.knowledge.store.rows("SELECT name FROM names WHERE kind = 'cities'")}

    changes = verify_score.Changes(checker, cities, number=100)

    assert sum(changes.seen.values()) >= 92, changes.missed
    assert sum(changes.exact.values()) >= 92, changes.missed
    assert len(changes.agreeing) <= 2, changes.agreeing


@pytest.mark.parametrize("prefix", ["other", "none", "no-claims"])
def test_texts_that_claim_nothing_of_the_award_have_no_claims(checker, prefix):
    found = [
        (draft.name, one.claim.property, one.claim.value)
        for draft in verify_score.read_drafts(prefix)
        for one in checker.check(draft.text)
        if one.verdict.verdict != "not-read"
    ]

    assert found == []


def published(store):
    """Return what sources printed, each text with its edition and its city: excerpts, and quotations, as they stand."""
    names = {fact: doc["name"] for fact, doc in facts_of(store, "kind = 'cities'")}
    for _, doc in facts_of(store, "kind != 'disputes'"):
        edition, city = doc.get("edition", ""), names.get(doc.get("city"), "")
        for citation in doc.get("citations", ()):
            source = store.fact(citation["source"])[1]
            if "excerpt" in citation and source["lang"] in LANGUAGES:
                yield citation["excerpt"], edition, city, source.get("date", "")
        for lang, text in doc["text"].items() if "speaker" in doc else ():
            if lang in LANGUAGES:
                yield text, edition, city, doc.get("date", "")


def facts_of(store, where):
    """Return the facts that a condition chooses, by id."""
    return [(fact, json.loads(doc)) for fact, doc in store.rows(f"SELECT id, doc FROM facts WHERE {where}")]


def test_what_sources_printed_does_not_differ_from_the_facts_whatever_the_draft_is_about(checker):
    differing, number = [], 0
    for text, edition, city, day in published(checker.knowledge.store):
        for head in (
            f"iCapital {day[:4]}",
            f"iCapital {edition}",
            f"{city}, iCapital {edition}",
            f"{city} {day} iCapital",
        ):
            number += 1
            found = checker.check(f"{head}.\n\n{text}")
            differing += [(head, text, one.claim.property) for one in found if one.verdict.verdict == "differs"]

    assert number
    assert differing == []


def test_the_drafts_are_as_many_and_of_as_many_languages_as_the_documentation_says():
    drafts = [draft for prefix in (*verify_score.SETS, "second") for draft in verify_score.read_drafts(prefix)]

    assert len(drafts) >= 40
    assert {draft.lang for draft in drafts} == {"en", "fi", "sv"}
    assert Path(HERE.parent / "docs" / "verify.md").exists()


def verdicts_of(checker, text):
    """Return the words, the property and the verdict of each claim of a text."""
    return [(text[one.start : one.end], one.claim.property, one.verdict.verdict) for one in checker.check(text)]


ROWS = "European Capital of Innovation Awards\n\n2019 – Bristol – runner-up, €150,000\n2026 – Liverpool – second\n"


def test_a_row_of_short_cells_says_a_place_and_a_sum_of_its_city(checker):
    found = verdicts_of(checker, ROWS)

    assert ("Bristol – runner-up", "status", "agrees") in found
    assert ("€150,000", "prize_eur", "differs") in found
    assert ("Liverpool – second", "rank", "differs") in found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In 2018 Commissioner Mariya Gabriel presented the European Capital of Innovation award.", "Commissioner"),
        ("iCapital 2023: Kristina Edlund, kommunfullmäktiges ordförande, är glad över Linköping.", "ordförande"),
        ("European Capital of Innovation 2026: it was the tenth edition of the award.", "tenth"),
        ("In November 2022 Lord Mayor Ullrich Sierau received the iCapital trophy of Dortmund.", "Ullrich"),
    ],
)
def test_what_is_true_of_another_edition_or_post_does_not_agree(checker, text, words):
    found = [(property_, verdict) for claim, property_, verdict in verdicts_of(checker, text) if words in claim]

    assert found
    assert {verdict for property_, verdict in found if property_ != "city"} == {"differs"}


def test_cities_that_go_on_a_list_of_the_sentence_before_have_its_status(checker):
    text = "Twelve cities were finalists for European Capital of Innovation 2019. Among them were Bilbao and Lyon."

    found = verdicts_of(checker, text)

    assert ("Bilbao", "status", "agrees") in found
    assert ("Lyon", "status", "agrees") in found


def test_a_text_that_tells_of_an_edition_without_the_name_of_the_award_is_read(checker):
    text = "It was 7 November 2017, at the Web Summit in Lisbon. Paris won. Tallinn was a runner-up."

    assert ("Paris won", "status", "agrees") in verdicts_of(checker, text)


def test_a_text_that_lacks_the_event_and_the_sum_is_not_taken_for_one_about_the_award(checker):
    text = "It was 7 November 2017. Paris won. Tallinn was a runner-up."

    assert verdicts_of(checker, text) == []
