"""Everything that the two press releases of 2019 say is answered, in words that the release itself printed.

Other sources may add facts about the same city and year: what is counted here is what the releases state.
"""

import json
from functools import cache

import pytest

SV, EN = "esbo-release-2019-09-25", "businesswire-espoo-2019"

TOP_SIX_SV = (
    "Förutom segraren Nantes och Esbo var semifinalisterna Antwerpen (Belgien), Bristol (Stor-Britannien), "
    "Glasgow (Stor-Britannien) och Rotterdam (Nederländerna)."
)
TOP_SIX_EN = (
    "In addition to Espoo and Nantes (France), other iCapital top 6 cities were Antwerp (Belgium), Bristol "
    "(United Kingdom), Glasgow (United Kingdom) and Rotterdam (Netherlands)."
)
EXPERIMENTS_SV = (
    "Vi fortsätter med motsvarande försök. Stora teman som vi vill främja genom dataanalys omfattar till exempel "
    "främjande av sysselsättningen, integration och förebyggande av fattigdom bland barnfamiljer"
)
PRESIDENCY_SV = "Det är speciellt fint att Finland och Esbo gör succé just nu under Finlands EU-ordförandeskap."
PILOTING_EN = (
    "We are going to continue piloting solution that decrease social exclusion and this way creates wellbeing. "
    "The big themes that we want to support are, for example, social integration and prevention of poverty of "
    "families with children"
)
STRESS_EN = (
    "Stress and long hours kill creativity. In Espoo, we have a healthy balance of work and free time. Espoo’s "
    "nature is stunning and it’s always close by – it’s a vital and energising resource in our lives"
)


@pytest.fixture(scope="module")
def ask(run):
    @cache
    def asked(*words):
        result = run(*words, "--json")
        assert (result.code, result.err) == (0, "")
        return json.loads(result.out)

    return asked


@pytest.fixture(scope="module")
def find(ask):
    """Find one fact in the answer to a question."""

    def found(fact_id, *words):
        return next(row for row in ask(*words) if row["id"] == fact_id)

    return found


def excerpts(fact, source):
    """Join what a fact quotes from a source."""
    return " ".join(s["excerpt"] or "" for s in fact["sources"] if s["id"] == source)


def stated(rows):
    """Keep the facts that quote one of the releases."""
    return [row for row in rows if excerpts(row, SV) + excerpts(row, EN)]


# The result


@pytest.mark.parametrize(
    ("city", "told", "sv", "en"),
    [
        ("nantes", ("Nantes", "France", "winner"), "På första plats kom Nantes från Frankrike.", "Nantes (France)"),
        ("espoo", ("Espoo", "Finland", "runner-up"), "Esbo stad är en av de sex bästa städerna", "The City of Espoo"),
        ("antwerp", ("Antwerp", "Belgium", "runner-up"), TOP_SIX_SV, TOP_SIX_EN),
        ("bristol", ("Bristol", "United Kingdom", "runner-up"), TOP_SIX_SV, TOP_SIX_EN),
        ("glasgow", ("Glasgow", "United Kingdom", "runner-up"), TOP_SIX_SV, TOP_SIX_EN),
        ("rotterdam", ("Rotterdam", "Netherlands", "runner-up"), TOP_SIX_SV, TOP_SIX_EN),
    ],
)
def test_both_releases_name_each_of_the_best_six(find, city, told, sv, en):
    row = find(f"2019-{city}", "cities", "--year", "2019")

    assert (row["city"], row["country"], row["status"]) == told
    assert sv in excerpts(row, SV)
    assert en in excerpts(row, EN)


@pytest.mark.parametrize(
    ("lang", "event", "place"),
    [
        ("en", "European Research and Innovation Days", "Brussels, Belgium"),
        ("sv", "EU:s forsknings- och innovationsdagar", "Bryssel, Belgien"),
        ("fi", "Euroopan tutkimus- ja innovaatiopäivät", "Bryssel, Belgia"),
    ],
)
def test_when_where_and_at_what_event_the_result_was_announced(find, lang, event, place):
    row = find("2019", "editions", "--year", "2019", "--lang", lang)

    assert (row["date"], row["event"], row["place"]) == ("2019-09-25", event, place)
    assert "i Bryssel på EU:s forsknings- och innovationsdagar på onsdag morgon 25.9.2019." in excerpts(row, SV)
    assert "at European Research and Innovation Days in Brussels on 25 September." in excerpts(row, EN)


def test_the_prize_and_what_each_release_says_it_is_for(find):
    row = find("prize-2019-espoo", "prizes", "espoo")

    assert (row["amount"], row["currency"], row["award_id"]) == (100000, "EUR", "icapital")
    assert row["purpose"] == (
        "By the Swedish release: local innovation work, and services for residents built with the help of data. "
        "By the English release: more digital experiments of the same kind."
    )
    assert "får staden ett pris på 100 000 euro för utveckling av lokal innovationsverksamhet." in excerpts(row, SV)
    assert "att utveckla tjänster för invånarna med hjälp av data." in excerpts(row, SV)
    assert "Espoo received a prize of EUR 100,000 for being a top 6 city" in excerpts(row, EN)
    assert "The prize money will be used to continue similar digital experiments." in excerpts(row, EN)


def test_intelligent_community_2018_was_won_by_espoo_alone(ask):
    (row,) = [row for row in ask("prizes", "--award", "intelligent-community") if row["year"] == 2018]

    assert (row["award"], row["year"], row["city"], row["status"]) == (
        "Intelligent Community",
        2018,
        "Espoo",
        "winner",
    )
    assert "Esbos seger i tävlingen Intelligent Community 2018." in excerpts(row, SV)


# What Espoo does


@pytest.mark.parametrize(
    ("initiative", "name", "source", "printed"),
    [
        ("city-as-a-service", "City as a Service", SV, "alltsedan 2012"),
        ("city-as-a-service", "City as a Service", SV, "Esbo är den första staden som strävar efter att tillämpa"),
        ("city-as-a-service", "City as a Service", SV, "staden öppnar sitt data"),
        ("city-as-a-service", "City as a Service", EN, "uses co-creation and digital innovation"),
        ("make-with-espoo", "Make with Espoo", SV, "göra saker tillsammans, i Make with Espoo-anda."),
        ("make-with-espoo", "Make with Espoo", SV, "i samarbete mellan barn, lärare och företag."),
        ("service-point-concept", "Service point concept", SV, "är servicetorgskonceptet"),
        ("business-espoo", "Business Espoo", SV, "Business Espoo som betjänar företag"),
        ("omnia-ai-lab", "Omnia AI Lab", EN, "the world’s first 100 senior citizens as AI mentors"),
        ("ai-experiment-with-tieto", "AI experiment with Tieto", EN, "completed an AI experiment"),
        ("ethical-rules-for-ai", "Ethical rules for AI", EN, "become the forerunner in developing ethical rules"),
        (
            "ai-against-taking-children-into-care",
            "AI and data analysis against taking children into care",
            SV,
            "att utnyttja AI och dataanalys för att skära ner på antalet omhändertaganden av barn.",
        ),
        ("talent-boost-espoo", "Talent Boost Espoo", EN, "Talent Boost Espoo is a community-driven initiative"),
        ("talent-boost-finland", "Talent Boost Finland", EN, "part of the national Talent Boost Finland program."),
    ],
)
def test_each_initiative_quotes_the_words_of_a_release(find, initiative, name, source, printed):
    row = find(initiative, "initiatives", "espoo", "--year", "2019")

    assert (row["name"], row["city_id"], row["year"], row["basis"]) == (name, "espoo", 2019, "own-account")
    assert printed in excerpts(row, source)


def test_the_releases_tell_of_ten_initiatives(ask):
    rows = ask("initiatives", "espoo", "--year", "2019")

    assert [row["id"] for row in stated(rows)] == [
        "city-as-a-service",
        "make-with-espoo",
        "service-point-concept",
        "business-espoo",
        "omnia-ai-lab",
        "ai-experiment-with-tieto",
        "ethical-rules-for-ai",
        "ai-against-taking-children-into-care",
        "talent-boost-espoo",
        "talent-boost-finland",
    ]


@pytest.mark.parametrize(
    ("initiative", "partners"),
    [
        ("city-as-a-service", ["residents", "companies", "researchers"]),
        ("make-with-espoo", ["Nokia", "Aalto University", "children", "teachers", "companies"]),
        ("omnia-ai-lab", []),
        ("ai-experiment-with-tieto", ["Tieto"]),
        ("talent-boost-espoo", ["local businesses", "Aalto University"]),
    ],
)
def test_the_partners_of_each_initiative(find, initiative, partners):
    assert find(initiative, "initiatives", "espoo", "--year", "2019")["partners"] == partners


def test_city_as_a_service_goes_back_to_2012(find):
    assert find("city-as-a-service", "initiatives", "espoo")["since"] == "2012"


def test_a_hundred_senior_citizens_became_ai_mentors(find):
    assert find("omnia-ai-lab", "initiatives", "espoo")["figures"] == [
        {"value": 100, "unit": "people", "of": "senior citizens trained as AI mentors"},
    ]


def test_the_experiment_used_the_data_of_about_520000_people(find):
    row = find("ai-experiment-with-tieto", "initiatives", "espoo")

    assert row["figures"] == [
        {"value": 520000, "unit": "people", "of": "people whose data were used", "qualifier": "about"},
        {"value": 37000000, "unit": "customer contacts", "of": "contacts in the data", "qualifier": "more than"},
    ]
    assert "approximately 520,000 people and more than 37 million customer contacts." in excerpts(row, EN)


# What was said


@pytest.mark.parametrize(
    ("quote", "lang", "told", "source"),
    [
        ("makela-2019-data-analysis", "sv", (EXPERIMENTS_SV, "Jukka Mäkelä"), SV),
        ("makela-2019-eu-presidency", "sv", (PRESIDENCY_SV, "Jukka Mäkelä"), SV),
        ("makela-2019-social-exclusion", "en", (PILOTING_EN, "Jukka Mäkelä"), EN),
        ("tuomi-2019-work-life-balance", "en", (STRESS_EN, "Jaana Tuomi"), EN),
    ],
)
def test_each_quote_is_to_the_letter_in_its_own_language(find, quote, lang, told, source):
    row = find(quote, "quotes", "--lang", lang)

    assert (row["text"], row["speaker"], row["lang"], row["translated"]) == (*told, lang, False)
    assert row["original"] == row["text"]
    assert row["text"] in excerpts(row, source)


@pytest.mark.parametrize(
    ("quote", "lang", "words"),
    [
        ("makela-2019-data-analysis", "en", EXPERIMENTS_SV),
        ("makela-2019-data-analysis", "fi", EXPERIMENTS_SV),
        ("makela-2019-eu-presidency", "en", PRESIDENCY_SV),
        ("makela-2019-eu-presidency", "fi", PRESIDENCY_SV),
        ("makela-2019-social-exclusion", "sv", PILOTING_EN),
        ("makela-2019-social-exclusion", "fi", PILOTING_EN),
        ("tuomi-2019-work-life-balance", "sv", STRESS_EN),
        ("tuomi-2019-work-life-balance", "fi", STRESS_EN),
    ],
)
def test_a_translation_keeps_the_printed_words_beside_it(find, quote, lang, words):
    row = find(quote, "quotes", "--lang", lang)

    assert (row["original"], row["lang"], row["translated"]) == (words, lang, True)
    assert row["text"] != words


def test_the_releases_hold_four_quotes(ask):
    assert [row["id"] for row in stated(ask("quotes", "espoo", "--year", "2019"))] == [
        "makela-2019-data-analysis",
        "makela-2019-eu-presidency",
        "makela-2019-social-exclusion",
        "tuomi-2019-work-life-balance",
    ]


def test_what_each_release_makes_of_one_statement_is_linked_and_not_merged(find):
    swedish = find("makela-2019-data-analysis", "quotes")
    english = find("makela-2019-social-exclusion", "quotes")

    assert swedish["parallel"] == ["makela-2019-social-exclusion"]
    assert english["parallel"] == ["makela-2019-data-analysis"]
    assert swedish["original"] != english["original"]


# Who, and whom to call


@pytest.mark.parametrize(
    ("contact", "told", "printed"),
    [
        (
            "contact-jukka-makela-2019",
            ("Jukka Mäkelä", "+358468773953", "jukka.makela@esbo.fi"),
            "stadsdirektör Jukka Mäkelä, tfn 046 877 3953, jukka.makela@esbo.fi",
        ),
        (
            "contact-paivi-sutinen-2019",
            ("Päivi Sutinen", "+358468772871", "paivi.sutinen@esbo.fi"),
            "serviceutvecklingsdirektör Päivi Sutinen, tfn 046 877 2871, paivi.sutinen@esbo.fi",
        ),
        (
            "contact-jasmin-repo-2019",
            ("Jasmin Repo", "+358438266886", "jasmin.repo@esbo.fi"),
            "EU-koordinator Jasmin Repo, tfn 043 826 6886, jasmin.repo@esbo.fi",
        ),
    ],
)
def test_whom_to_call_as_it_was_printed_that_day(find, contact, told, printed):
    row = find(contact, "contacts", "espoo")

    assert (row["name"], row["phone"], row["email"], row["as_of"]) == (*told, "2019-09-25")
    assert excerpts(row, SV) == printed


def test_the_release_prints_three_contacts(ask):
    assert len(stated(ask("contacts"))) == 3


@pytest.mark.parametrize(
    ("lang", "roles"),
    [
        ("en", ["Mayor", "Service Development Director", "EU Coordinator", None]),
        ("sv", ["stadsdirektör", "serviceutvecklingsdirektör", "EU-koordinator", None]),
        ("fi", ["kaupunginjohtaja", "palvelukehitysjohtaja", "EU-koordinaattori", None]),
    ],
)
def test_people_and_their_roles_in_every_language(ask, lang, roles):
    rows = stated(ask("people", "espoo", "--year", "2019", "--lang", lang))

    assert [(row["name"], row["role"]) for row in rows] == list(
        zip(["Jukka Mäkelä", "Päivi Sutinen", "Jasmin Repo", "Jaana Tuomi"], roles, strict=True)
    )


@pytest.mark.parametrize(
    ("person", "source", "printed"),
    [
        ("jukka-makela-2019", SV, "konstaterar stadsdirektör Jukka Mäkelä."),
        ("jukka-makela-2019", EN, "says Mayor Jukka Mäkelä."),
        ("paivi-sutinen-2019", SV, "serviceutvecklingsdirektör Päivi Sutinen"),
        ("jasmin-repo-2019", SV, "EU-koordinator Jasmin Repo"),
        ("jaana-tuomi-2019", EN, "explains Jaana Tuomi from Espoo Marketing."),
    ],
)
def test_each_person_quotes_the_words_of_a_release(find, person, source, printed):
    assert printed in excerpts(find(person, "people", "espoo"), source)


@pytest.mark.parametrize(
    ("name", "title", "source", "printed"),
    [
        ("nokia", "Nokia", SV, "Några av stadens starka partner är till exempel Nokia"),
        ("aalto university", "Aalto University", EN, "higher education institutes like Aalto University"),
        ("aalto-universitetet", "Aalto University", SV, "Nokia och Aalto-universitetet."),
        ("tieto", "Tieto", EN, "the Finnish software and service company Tieto"),
        ("omnia", "Omnia", EN, "Omnia AI Lab, Espoo city’s adult education initiative"),
        ("esbo stad", "City of Espoo", SV, "Esbo stad är en av de sex bästa städerna"),
        ("espoo marketing", "Espoo Marketing", EN, "Jaana Tuomi from Espoo Marketing."),
    ],
)
def test_each_organisation_is_shown_with_the_words_that_name_it(ask, name, title, source, printed):
    page = ask("show", name)

    assert (page["kind"], page["title"]) == ("organisations", title)
    assert printed in excerpts(page, source)


# Where the releases disagree


def test_the_releases_name_the_best_six_differently_and_a_dispute_lists_it(find):
    row = find("2019-names-for-the-best-six", "disputes", "--year", "2019")

    assert [(claim["says"], [(s["id"], s["excerpt"]) for s in claim["sources"]]) for claim in row["claims"]] == [
        (
            "Espoo is one of six winners.",
            [
                (
                    EN,
                    (
                        "The City of Espoo is one of the six winners of European Capital of Innovation (iCapital) "
                        "Award 2019."
                    ),
                )
            ],
        ),
        (
            "The six are the top six cities.",
            [(EN, "Espoo received a prize of EUR 100,000 for being a top 6 city in the iCapital awards.")],
        ),
        ("Nantes won; Antwerp, Bristol, Glasgow and Rotterdam were semi-finalists.", [(SV, TOP_SIX_SV)]),
        ("One winner, Nantes, and five runners-up.", [("ec-rtd-icapital-2019", None)]),
    ]
    assert row["believed"] == "Nantes won; the other five are runners-up"


@pytest.mark.parametrize("city", ["nantes", "espoo", "antwerp", "bristol", "glasgow", "rotterdam"])
def test_each_of_the_best_six_points_at_that_dispute(find, city):
    assert "2019-names-for-the-best-six" in find(f"2019-{city}", "cities", "--year", "2019")["disputes"]


def test_the_best_finnish_result_so_far_is_what_the_release_says_and_others_deny(find):
    row = find("2019-espoo-best-finnish-result", "disputes", "--year", "2019")

    assert "det bästa finländska resultatet i tävlingen genom tiderna." in excerpts(row["claims"][0], SV)
    assert row["believed"] == "Espoo was in the top six in 2014"
