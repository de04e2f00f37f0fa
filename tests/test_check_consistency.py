"""`icapital check`: what must fit together: time, numbers, contacts, quotes, names, disputes, places on a page."""

from copies import new, problems, table
from made_up import CITY, DISPUTE, INITIATIVE

CITED = "    citations:\n      - source: lantern-2015\n        locator: imprint\n"
PERSON = f"people:\n  ada-again:\n    name: Ada Quill\n{CITED}"
OFFICE = f"organisations:\n  office-again:\n    name: the lantern office\n{CITED}"
ALMANAC = "    publisher: Lamp & Sons\n    lang: en\n"
COUNTS = "    applications: 17\n    applications_countries: 9\n"
PLACE = "locator: list of cities"
STEP = "date: '2015-01-31'"
PHONE = "phone: '+358501234567'"
POST = "    post: jan-lampa-2015\n    city: lodz\n    edition: 2015\n"
NORDVIK = "    name: Nordvik\n"


def almanac(line):
    """Add a line to the source that has no date."""
    return ("sources.yaml", ALMANAC, f"{ALMANAC}    {line}\n")


def read(source, states):
    """Cite one more page for the winner of 2020, and what it states."""
    old = "      - source: gazette-2021\n        locator: first paragraph\n  2020-lodz"
    page = f"      - source: {source}\n        locator: end\n        read_on: 2024-05-06\n        states: {states}\n"
    return ("editions/2020.yaml", old, old.replace("  2020-lodz", f"{page}  2020-lodz"))


def counts(applications, countries):
    """Change the numbers of 2015, which has three results."""
    return ("editions/2015.yaml", COUNTS, COUNTS.replace("17", str(applications)).replace("9", str(countries)))


def city(lines, old="    name: Newton\n"):
    """Add a city, with other lines in the place of its name."""
    return new(CITY, old, lines)


def around(heart):
    """Add a city that is around another."""
    return city(f"    name: Newton\n    around: {heart}\n")


BROKEN = {
    "a source from the future": (
        [almanac("date: '2199-01-01'")],
        "sources.yaml:81:11: date 2199-01-01 is in the future [dates]",
    ),
    "an initiative from the future": (
        [("editions/2015.yaml", "since: 2013-09", "since: 2199-09")],
        "editions/2015.yaml:99:12: since 2199-09 is in the future [dates]",
    ),
    "a page read in the future": (
        [
            (
                "editions/2017.yaml",
                'heading "Third place"\n',
                "end of page 1\n        read_on: '2199-01-01'\n        states: {rank: 3}\n",
            )
        ],
        "editions/2017.yaml:96:18: read_on is in the future [dates]",
    ),
    "an edition two years from its year": (
        [("editions/2017.yaml", "date: '2017-11-08'", "date: '2015-11-08'")],
        "editions/2017.yaml:5:11: 2015-11-08 is not around 2017 [dates]",
    ),
    "a step three years before its edition": (
        [("editions/2015.yaml", STEP, "date: '2012-01-31'")],
        "editions/2015.yaml:45:11: 2012-01-31 is not around 2015 [dates]",
    ),
    "a step two years after its edition": (
        [("editions/2015.yaml", STEP, "date: '2017-01-31'")],
        "editions/2015.yaml:45:11: 2017-01-31 is not around 2015 [dates]",
    ),
    "a page that knew the winner before the ceremony": (
        [read("herald-2017", "{status: winner}")],
        (
            "editions/2020.yaml:66:17: herald-2017 is dated 2017-11-09, before the ceremony of 2021-02-02: it cannot"
            " state the status [dates]"
        ),
    ),
    "fewer applications than results": (
        [counts(2, 2)],
        "editions/2015.yaml:11:19: 2 applications are fewer than the 3 results of 2015 [counts]",
    ),
    "more countries than applications": (
        [counts(17, 18)],
        "editions/2015.yaml:12:29: 18 countries are more than 17 applications [counts]",
    ),
    "two editions of one ordinal": (
        [("editions/2017.yaml", "ordinal: 2", "ordinal: 1")],
        "editions/2017.yaml:4:14: 2015 has the ordinal 1 already [counts]",
    ),
    "a phone number that was printed otherwise": (
        [("people.yaml", PHONE, "phone: '+358501234568'")],
        "people.yaml:129:12: +358501234568 is not the number that was printed, 050 123 4567 [phone]",
    ),
    "a printed number that is not in the excerpt": (
        [("people.yaml", "phone_printed: 050 123", "phone_printed: 050-123")],
        "people.yaml:130:20: 050-123 4567 is not in the excerpt [phone]",
    ),
    "an e-mail address that is not in the excerpt": (
        [("people.yaml", "email: siv.berg@", "email: siv-berg@")],
        "people.yaml:131:12: siv-berg@vastersund.example.org is not in the excerpt [email]",
    ),
    "a quote of another speaker than its post": (
        [("people.yaml", "speaker: jan-lampa", "speaker: siv-berg")],
        "people.yaml:80:14: speaker siv-berg is not that of the post jan-lampa-2015: jan-lampa [quotes]",
    ),
    "a quote of another city than its post": (
        [("people.yaml", POST, POST.replace("city: lodz", "city: nordvik"))],
        "people.yaml:84:11: city nordvik is not that of the post jan-lampa-2015: lodz [quotes]",
    ),
    "a quote of another edition than its post": (
        [("people.yaml", POST, POST.replace("edition: 2015", "edition: 2017"))],
        "people.yaml:85:14: edition 2017 is not that of the post jan-lampa-2015: 2015 [quotes]",
    ),
    "two people of one name": (
        [new(PERSON)],
        "people.yaml:22:11: ada-again has this name already [names]",
    ),
    "two organisations of one name, in any case": (
        [new(OFFICE)],
        "people.yaml:3:11: office-again has this name already [names]",
    ),
    "two cities of one name in one country": (
        [city("    name: NORDVIK\n    country: 'NO'\n", "    name: Newton\n    country: IE\n")],
        "new.yaml:3:11: nordvik has this name already [names]",
    ),
    "an alias that is a name of another city": (
        [city("    name: Newton\n    also_called: [City of boats]\n")],
        "new.yaml:3:11: 'City of boats' is a name of lodz too [names]",
    ),
    "an exonym that is a name of another city": (
        [city("    name: Newton\n    exonyms: [Lodsch]\n")],
        "new.yaml:3:11: 'Lodsch' is a name of lodz too [names]",
    ),
    "a name in a language that is a name of another city": (
        [("languages/sv.yaml", "lodz: Lodz", "lodz: Brambury")],
        "languages/sv.yaml:37:3: 'Brambury' is a name of brambury too [names]",
    ),
    "two claims that say the same": (
        [new(DISPUTE, "says: Thirteen.", "says: TWELVE.")],
        "new.yaml:13:15: another claim says the same [disputes]",
    ),
    "a dispute about a fact of another edition": (
        [new(DISPUTE, "    severity", "    editions: [2017]\n    severity")],
        "new.yaml:8:9: tram-lamps.figures belongs to 2015, which is not among the editions of this dispute [disputes]",
    ),
    "a dispute about another edition": (
        [new(DISPUTE.replace("tram-lamps.figures", "2020.date"), "    severity", "    editions: [2017]\n    severity")],
        "new.yaml:8:9: 2020.date belongs to 2020, which is not among the editions of this dispute [disputes]",
    ),
    "a weight that does not exist": (
        [new(DISPUTE, "weight: open", "weight: serious")],
        "new.yaml:5:13: weight must be one of open, settled, slip, not 'serious' [schema]",
    ),
    "a dispute without a weight": (
        [new(DISPUTE, "    weight: open\n")],
        "new.yaml:3:5: 'weight' is missing in this dispute [schema]",
    ),
    "an initiative of a city that took no part": (
        [new(INITIATIVE, "city: lodz", "city: vastersund")],
        "new.yaml:4:11: vastersund has no result in 2015: say in a note why it is here [results]",
    ),
    "an initiative of an unknown edition, reported once": (
        [new(INITIATIVE, "edition: 2015", "edition: 2016")],
        "new.yaml:5:14: no fact in editions has the id '2016': add it, or correct the id [references]",
    ),
    "a locator that says no place": (
        [new(CITY, PLACE, "locator: Page")],
        ("new.yaml:8:18: 'Page' says no place on the page: name a paragraph, a heading, a list … [locators]"),
    ),
    "a locator that is an address": (
        [new(CITY, PLACE, "locator: 'https://lantern.example.org/'")],
        (
            "new.yaml:8:18: 'https://lantern.example.org/' says no place on the page: name a paragraph, a heading, a"
            " list … [locators]"
        ),
    ),
    "a page in a language that does not exist": (
        [("sources.yaml", ALMANAC, ALMANAC.replace("lang: en", "lang: xx"))],
        "sources.yaml:80:11: no language has the tag 'xx' (BCP 47) [languages]",
    ),
    "a body around itself": (
        [around("new-city")],
        "new.yaml:4:13: new-city is around itself [cities]",
    ),
    "two bodies around each other": (
        [around("nordvik"), ("cities.yaml", NORDVIK, f"{NORDVIK}    around: new-city\n")],
        "cities.yaml:15:13: nordvik is around itself [cities]",
        "new.yaml:4:13: new-city is around itself [cities]",
    ),
    "a body around a city that does not exist": (
        [around("oldton")],
        "new.yaml:4:13: no fact in cities has the id 'oldton': add it, or correct the id [references]",
    ),
    "a body around a person": (
        [around("ada-quill")],
        "new.yaml:4:13: no fact in cities has the id 'ada-quill': add it, or correct the id [references]",
    ),
}


@table("case", BROKEN)
def test_what_does_not_fit_together_is_reported_at_its_place(base, case):
    edits, *lines = case
    for edit in edits:
        base.edit(*edit)

    result = base.check()

    assert result == problems(*lines)


FITTING = {
    "an old source": [almanac("date: '1999-01-01'")],
    "an edition announced a year earlier": [("editions/2017.yaml", "date: '2017-11-08'", "date: '2016-11-08'")],
    "a step two years before its edition": [("editions/2015.yaml", STEP, "date: '2013-01-31'")],
    "a step a year after its edition": [("editions/2015.yaml", STEP, "date: '2016-01-31'")],
    "an older page that states something else": [read("herald-2017", "{city: Nordvik}")],
    "a page of the month of the ceremony": [read("gazette-2021", "{status: winner}")],
    "as many applications as results, and countries": [counts(3, 3)],
    "an ordinal left out": [("editions/2017.yaml", "ordinal: 2", "ordinal: 4")],
    "the number with another country code": [("people.yaml", PHONE, "phone: '+46501234567'")],
    "a quote without a post": [("people.yaml", POST, POST.split("\n", 1)[1])],
    "two people of alike names": [new(PERSON, "Ada Quill", "Ada Quillby")],
    "two cities of one name in two countries": [city("    name: Nordvik\n")],
    "claims that say more": [new(DISPUTE, "says: Thirteen.", "says: Twelve or more.")],
    "a dispute about two editions": [new(DISPUTE, "    severity", "    editions: [2017, 2015]\n    severity")],
    "a slip": [new(DISPUTE, "weight: open", "weight: slip")],
    "an initiative of a city that took no part, and why": [
        new(INITIATIVE, "city: lodz", "city: vastersund\n    note: Copied by its neighbours.")
    ],
    "a locator with a number": [new(CITY, PLACE, "locator: page 3")],
    "a page in a language of a country": [("sources.yaml", ALMANAC, ALMANAC.replace("lang: en", "lang: pt-BR"))],
    "a body around a body around a city": [
        around("nordvik"),
        ("cities.yaml", NORDVIK, f"{NORDVIK}    around: lodz\n"),
    ],
}


@table("edits", FITTING)
def test_what_fits_together_is_passed_in_silence(base, edits):
    for edit in edits:
        base.edit(*edit)

    result = base.check()

    assert result == (0, "", "")


def test_a_file_whose_name_ends_in_capitals_is_read(base):
    """Some systems write .YAML."""
    base.add("cities: 5\n", "NEW.YAML")

    result = base.check()

    assert result == problems("NEW.YAML:1:9: cities must be a mapping from ids to facts, not a text [schema]")
