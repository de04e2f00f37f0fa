"""`icapital check`: what joins facts and their evidence: references, citations, sources, disputes, gaps."""

import pytest
from copies import new, problems, table
from made_up import CITY, DISPUTE, INITIATIVE, SOURCE

CITED = "        locator: list of cities\n"


BROKEN = {
    "a reference leads to a fact": (
        new(INITIATIVE, "city: lodz", "city: lods"),
        "new.yaml:4:11: no fact in cities has the id 'lods': add it, or correct the id [references]",
    ),
    "a reference leads to a fact of its kind": (
        new(INITIATIVE, "city: lodz", "city: ada-quill"),
        "new.yaml:4:11: no fact in cities has the id 'ada-quill': add it, or correct the id [references]",
    ),
    "a reference in a list leads to a fact": (
        ("people.yaml", "      - berg-2017-thanks", "      - berg-2017-thank"),
        "people.yaml:101:9: no fact in quotes has the id 'berg-2017-thank': add it, or correct the id [references]",
    ),
    "a reference in a row of a list leads to a fact": (
        (
            "editions/2015.yaml",
            "category: grand-lantern\n        status: finalist",
            "category: x\n        status: finalist",
        ),
        "editions/2015.yaml:15:7: 2015 has 1 finalist in grand-lantern, but states none [counts]",
        "editions/2015.yaml:21:9: 2015 states 1 finalist in x, but has 0 [counts]",
        "editions/2015.yaml:21:19: no fact in categories has the id 'x': add it, or correct the id [references]",
    ),
    "a status that is used is a fact": (
        ("award.yaml", "\n  semi-finalist:\n", "\n  half-finalist:\n"),
        (
            "editions/2020.yaml:18:17: no fact in statuses has the id 'semi-finalist': add it, or correct the id"
            " [references]"
        ),
        (
            "editions/2020.yaml:67:13: no fact in statuses has the id 'semi-finalist': add it, or correct the id"
            " [references]"
        ),
    ),
    "a citation names a source": (
        new(CITY, "source: lantern-2015", "source: lantern-1915"),
        "new.yaml:7:17: no source has the id 'lantern-1915': add it, or correct the id [references]",
    ),
    "a reprint is of a source": (
        ("sources.yaml", "reprint_of: wire-release-2017", "reprint_of: wire-release"),
        "sources.yaml:48:17: no source has the id 'wire-release': add it, or correct the id [references]",
    ),
    "a dispute touches a fact that exists": (
        new(DISPUTE, "tram-lamps.figures", "tram-lamp"),
        "new.yaml:7:9: no fact or field 'tram-lamp' [references]",
    ),
    "a dispute touches a field that the fact may have": (
        new(DISPUTE, "tram-lamps.figures", "tram-lamps.prize_eur"),
        "new.yaml:7:9: no fact or field 'tram-lamps.prize_eur' [references]",
    ),
    "a dispute has two claims at least": (
        new(
            DISPUTE,
            "      - says: Thirteen.\n        citations:\n          - source: gazette-2015\n"
            "            locator: last line\n",
        ),
        "new.yaml:9:7: a dispute has two claims at least [disputes]",
    ),
    "a source is cited": (
        new(SOURCE),
        "new.yaml:2:3: the source 'new-source' is cited nowhere: cite it, or remove it [citations]",
    ),
    "a citation supports fields that the fact may have": (
        new(CITY, CITED, "        locator: list\n        supports: [name, mayor]\n"),
        "new.yaml:9:19: no field is called 'mayor' [citations]",
    ),
    "only a page whose text is in hand is excerpted": (
        new(CITY, CITED, "        locator: list\n        excerpt: Newton is a city.\n"),
        "new.yaml:9:18: the source 'lantern-2015' names no text_file to prove the excerpt [excerpts]",
    ),
    "a gap that is filled is no gap": (
        ("editions/2020.yaml", "    note: Held online.", "    applications: 12"),
        "gaps.yaml:22:9: 2020.applications is filled, but still a listed gap: remove it here [gaps]",
    ),
    "a date known to the day fills its gap": (
        ("editions/2015.yaml", "date: 2015-03\n", "date: '2015-03-10'\n"),
        "gaps.yaml:4:9: 2015.date is filled, but still a listed gap: remove it here [gaps]",
    ),
    "a second publisher fills the gap of citations": (
        (
            "editions/2017.yaml",
            '        locator: heading "Third place"',
            "        locator: heading\n      - source: gazette-2017\n        locator: end",
        ),
        "gaps.yaml:16:9: 2017-lodz.citations is filled, but still a listed gap: remove it here [gaps]",
    ),
    "a gap is about a fact that exists": (
        ("gaps.yaml", "      - 2020.applications\n", "      - 2020.applications\n      - 2021.applications\n"),
        "gaps.yaml:23:9: no fact '2021.applications' [references]",
    ),
    **{
        f"a gap is about a field that the fact may have, not {target}": (
            ("gaps.yaml", "      - 2015.date\n", f"      - 2015.date\n      - {target}\n"),
            f"gaps.yaml:5:9: no fact or field '{target}' [references]",
        )
        for target in ("2015.nonsense", "almanac.citations")
    },
}


@table("case", BROKEN)
def test_a_broken_reference_is_reported_at_its_place(base, case):
    edit, *lines = case
    base.edit(*edit)

    result = base.check()

    assert result == problems(*lines)


@pytest.mark.parametrize(
    "url",
    [
        "https://gazette.example.com/2017/11/nordvik",
        "http://gazette.example.com/2017/11/nordvik",
        "https://www.gazette.example.com/2017/11/nordvik/",
    ],
)
def test_a_page_is_one_source(base, url):
    """Scheme, `www.` and a slash at the end make no other page."""
    base.add(SOURCE.replace("https://gazette.example.com/new", url))
    base.change(
        "disputes.yaml",
        "source: gazette-2017\n",
        "source: gazette-2017\n            locator: headline\n          - source: new-source\n",
    )

    result = base.check()

    assert result == problems(
        "sources.yaml:52:10: this address is the source 'new-source' already: cite that one [url]"
    )


# A value that is expected and missing: where it was, and the fact that misses it.
EXPECTED = [
    ("editions/2015.yaml", "    applications: 17\n", "2:3", "2015.applications"),
    ("editions/2015.yaml", "    applications_countries: 9\n", "2:3", "2015.applications_countries"),
    ("editions/2017.yaml", "    place: Ghent, Belgium\n", "2:3", "2017.place"),
    ("editions/2017.yaml", "    commissioner: ada-quill\n", "2:3", "2017.commissioner"),
    ("editions/2017.yaml", "    organiser: The Lantern Office\n", "2:3", "2017.organiser"),
    ("editions/2017.yaml", "    date: '2017-11-08'\n", "2:3", "2017.date"),
    ("editions/2017.yaml", "    reason: Lamps that residents may dim.\n", "85:3", "2017-lodz.reason"),
    ("editions/2017.yaml", "    basis: own-account\n", "97:3", "quay-lights.basis"),
    ("people.yaml", "    role: Mayor\n", "51:3", "jan-lampa-2015.role"),
]
# A term that no other fact has is then translated for nothing.
UNUSED = {
    "jan-lampa-2015.role": ("languages/sv.yaml:44:3: no fact uses the term 'Mayor': remove or correct it [terms]",),
}


@pytest.mark.parametrize(("file", "old", "place", "target"), EXPECTED, ids=[target for *_, target in EXPECTED])
def test_an_expected_value_that_is_missing_is_a_listed_gap(base, file, old, place, target):
    base.change(file, old, "")

    result = base.check()

    fact, _, field = target.partition(".")
    assert result == problems(
        *UNUSED.get(target, ()),
        f"{file}:{place}: {field} of {fact} is unknown: give it, or list {target} as a gap [gaps]",
    )


def test_a_gap_may_be_about_the_citations_of_a_fact_that_has_none(base):
    """A gap itself cites nothing."""
    base.change("gaps.yaml", "      - 2015.date\n", "      - 2015.date\n      - gap-third-place-2017.citations\n")

    result = base.check()

    assert result == (0, "", "")


def test_a_gap_excuses_an_expected_value(base):
    base.change("editions/2017.yaml", "    basis: own-account\n", "")
    base.change("gaps.yaml", "      - 2020.applications\n", "      - 2020.applications\n      - quay-lights.basis\n")

    result = base.check()

    assert result == (0, "", "")
