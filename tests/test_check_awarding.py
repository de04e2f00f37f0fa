"""`icapital check`: what was awarded: winners, counts, prize money, dates, and the publishers that state them."""

import pytest
from copies import problems, table


def only(publisher, place, result, *fields):
    """Write the problems of a result whose fields one publisher alone states."""
    file, line = place
    return [
        f"editions/{file}.yaml:{line}:7: only {publisher} states the {field} of {result}: cite a second publisher,"
        " or list the gap [publishers]"
        for field in fields
    ]


SECOND_PUBLISHER = "      - source: gazette-2021\n        locator: first paragraph\n  2020-lodz"
FINALIST = "    status: finalist\n    citations"
SECOND = "rank: 2\n    prize_eur: 100000\n    reason"
THIRD = "rank: 3\n    prize_eur: 50000\n    reason"
BROKEN = {
    "a winner and its prize are stated by two publishers": (
        ("editions/2020.yaml", SECOND_PUBLISHER, "  2020-lodz"),
        *only("The Lantern Office", ("2020", 59), "2020-nordvik", "status", "prize_eur"),
    ),
    "a citation that does not support the prize does not state it": (
        (
            "editions/2020.yaml",
            SECOND_PUBLISHER,
            SECOND_PUBLISHER.replace("\n  2", "\n        supports: [status]\n  2"),
        ),
        *only("The Lantern Office", ("2020", 59), "2020-nordvik", "prize_eur"),
    ),
    "a reprint counts as what it reprints": (
        (
            "editions/2017.yaml",
            'source: lantern-2017\n        locator: heading "Second place"',
            "source: herald-2017\n        locator: heading",
        ),
        *only("City of Västersund", ("2017", 80), "2017-nordvik", "status", "prize_eur"),
    ),
    "a category has one winner": (
        (
            "editions/2017.yaml",
            "status: runner-up\n    rank: 2\n    prize_eur: 100000\n    reason",
            "status: winner\n    rank: 2\n    prize_eur: 100000\n    reason",
        ),
        "editions/2017.yaml:15:9: 2017 states 1 winner in grand-lantern, but has 2 [counts]",
        "editions/2017.yaml:18:9: 2017 states 2 runner-up in grand-lantern, but has 1 [counts]",
        (
            "editions/2017.yaml:30:16: the winner prizes of 2017 in grand-lantern come to 1000000, but the results to"
            " 1100000 [money]"
        ),
        (
            "editions/2017.yaml:50:16: the runner-up prizes of 2017 in grand-lantern come to 150000, but the results to"
            " 50000 [money]"
        ),
        "editions/2017.yaml:74:13: 2017 has a winner in grand-lantern already: 2017-vastersund [winners]",
        "editions/2017.yaml:75:11: rank 2 does not fit the status winner [rank]",
        "editions/2017.yaml:76:16: 100000 is not a prize that the scheme of 2017 offers for it [money]",
    ),
    "a category with results has a winner": (
        (
            "editions/2020.yaml",
            "city: brambury\n    category: small-lantern\n    status: winner\n    rank: 1\n    prize_eur: 500000",
            "city: brambury\n    category: small-lantern\n    status: finalist",
        ),
        "editions/2020.yaml:2:3: 2020 has results in small-lantern, but no winner [winners]",
        "editions/2020.yaml:14:7: 2020 has 1 finalist in small-lantern, but states none [counts]",
        "editions/2020.yaml:20:9: 2020 states 1 winner in small-lantern, but has 0 [counts]",
        (
            "editions/2020.yaml:44:16: the winner prizes of 2020 in small-lantern come to 500000, but the results to 0"
            " [money]"
        ),
    ),
    "a city has one result in an edition": (
        ("editions/2015.yaml", "city: brambury\n", "city: nordvik\n"),
        "editions/2015.yaml:86:11: nordvik has a result in 2015 already: 2015-nordvik [results]",
    ),
    "an edition has as many results as it states": (
        ("editions/2017.yaml", "count: 2", "count: 3"),
        "editions/2017.yaml:18:9: 2017 states 3 runner-up in grand-lantern, but has 2 [counts]",
    ),
    "an edition states every status that its results have": (
        ("editions/2015.yaml", "      - category: grand-lantern\n        status: finalist\n        count: 1\n", ""),
        "editions/2015.yaml:15:7: 2015 has 1 finalist in grand-lantern, but states none [counts]",
    ),
    "the prizes add up to what was offered": (
        (
            "editions/2020.yaml",
            "prize_eur: 500000\n    number_of_prizes: 1",
            "prize_eur: 500000\n    number_of_prizes: 2",
        ),
        (
            "editions/2020.yaml:44:16: the winner prizes of 2020 in small-lantern come to 1000000, but the results to"
            " 500000 [money]"
        ),
    ),
    "rank 1 is the winner's": (
        ("editions/2015.yaml", FINALIST, FINALIST.replace("\n", "\n    rank: 1\n", 1)),
        "editions/2015.yaml:89:11: rank 1 does not fit the status finalist [rank]",
    ),
    "a winner has no other rank": (
        ("editions/2015.yaml", "    rank: 1\n", "    rank: 2\n"),
        "editions/2015.yaml:63:11: rank 2 does not fit the status winner [rank]",
    ),
    "a winner has a rank": (
        ("editions/2015.yaml", "    rank: 1\n", ""),
        "editions/2015.yaml:62:13: a winner has rank 1: give it [rank]",
    ),
    "a prize is one that the scheme offers": (
        ("editions/2020.yaml", "rank: 1\n    prize_eur: 500000", "rank: 1\n    prize_eur: 400000"),
        (
            "editions/2020.yaml:44:16: the winner prizes of 2020 in small-lantern come to 500000, but the results to"
            " 400000 [money]"
        ),
        "editions/2020.yaml:78:16: 400000 is not a prize that the scheme of 2020 offers for it [money]",
    ),
    "the prizes come to the sum that the edition states": (
        ("editions/2017.yaml", "    applications: 1024\n", "    prizes_eur: 1150001\n    applications: 1024\n"),
        "editions/2017.yaml:11:17: 2017 states prizes of 1150001 in all, but its results come to 1150000 [money]",
    ),
    "a contact is as of the day of its source": (
        ("people.yaml", "phone: '+3225550100'\n    as_of: '2017-11-08'", "as_of: '2017-11-09'"),
        "people.yaml:141:12: as_of is not the date of a source that is cited: 2017-11-08 [dates]",
    ),
    "a quote is dated by its source": (
        ("people.yaml", "date: '2015-03-11'", "date: '2015-03-12'"),
        "people.yaml:86:11: date is not the date of a source that is cited: 2015-03-11 [dates]",
    ),
    "a post has a source of its time": (
        (
            "people.yaml",
            "    organisation: lantern-office\n    edition: 2015",
            "    organisation: lantern-office\n    edition: 2020",
        ),
        "people.yaml:47:14: no source of the time around 2020 is cited for this post [dates]",
    ),
}


@table("case", BROKEN)
def test_what_contradicts_the_award_is_reported_at_its_place(base, case):
    edit, *lines = case
    base.edit(*edit)

    result = base.check()

    assert result == problems(*lines)


VALID = {
    "a finalist may have a rank": [("editions/2015.yaml", FINALIST, FINALIST.replace("\n", "\n    rank: 3\n", 1))],
    "cities of one rank share its prize": [
        ("editions/2017.yaml", SECOND, SECOND.replace("100000", "50000")),
        ("editions/2017.yaml", THIRD, THIRD.replace("3", "2")),
        ("editions/2017.yaml", "rank: 3\n    prize_eur: 50000\n    number", "rank: 3\n    prize_eur: 0\n    number"),
    ],
    "an edition may state the sum of its prizes": [
        ("editions/2017.yaml", "    applications: 1024\n", "    prizes_eur: 1150000\n    applications: 1024\n")
    ],
}


@table("edits", VALID)
def test_what_fits_the_award_is_passed_in_silence(base, edits):
    for edit in edits:
        base.edit(*edit)

    result = base.check()

    assert result == (0, "", "")


def test_a_prize_of_another_rank_is_reported(base):
    """Though the prizes add up."""
    base.change("editions/2017.yaml", SECOND, SECOND.replace("100000", "50000"))
    base.change("editions/2017.yaml", THIRD, THIRD.replace("50000", "100000"))

    result = base.check()

    assert result == problems(
        "editions/2017.yaml:76:16: 50000 is not a prize that the scheme of 2017 offers for it [money]",
        "editions/2017.yaml:91:16: 100000 is not a prize that the scheme of 2017 offers for it [money]",
    )


def test_a_post_with_a_source_of_its_time_is_valid(base):
    """One source of the time is enough, whatever the others are."""
    base.change(
        "people.yaml",
        "    organisation: lantern-office\n    edition: 2015",
        "    organisation: lantern-office\n    edition: 2017",
    )
    base.change(
        "people.yaml",
        "      - source: lantern-2015\n        locator: last paragraph\n  jan-lampa-2015",
        "      - source: lantern-2015\n        locator: end\n      - source: wire-release-2017\n        locator: end\n"
        "  jan-lampa-2015",
    )

    result = base.check()

    assert result == (0, "", "")


def test_a_page_that_draws_on_another_counts_as_it(base):
    """Two pages that repeat one release are one publisher."""
    base.change(
        "sources.yaml", "type: news\n  lantern-2020:", "type: news\n    draws_on: lantern-2017\n  lantern-2020:"
    )
    base.change(
        "editions/2017.yaml",
        '        locator: heading "Third place"',
        "        locator: heading\n      - source: gazette-2017\n        locator: end",
    )

    result = base.check()

    assert result == (0, "", "")


@pytest.mark.parametrize("circle", ["reprint_of", "draws_on"])
def test_pages_that_repeat_each_other_in_a_circle_are_followed_once(base, circle):
    """The check ends: following a circle ends where it closes."""
    base.change("sources.yaml", "    origin: City of Västersund\n", f"    {circle}: herald-2017\n")

    result = base.check()

    assert result == (0, "", "")
