"""Everything that the two press releases of 2019 say is answered, and the answer holds the words of the release.

`STATEMENTS` lists both texts, statement by statement: the release, its words, the command that answers them, and what
the answer says. The words are those of an excerpt in the answer, which `check --against` compares with the release.
"""

import json
import shlex
from functools import cache
from typing import NamedTuple

import pytest

SV, EN = "esbo-release-2019-09-25", "businesswire-espoo-2019"


class Statement(NamedTuple):
    """What a release says, the command that answers it with one row or page, and what the answer says."""

    source: str
    words: str
    command: str
    answers: tuple[str, ...]


def statements(source, *rows):
    """Make the statements of a release: words, command, and what its answer says."""
    return [Statement(source, words, command, answers) for words, command, *answers in rows]


EDITION = "editions --year 2019"
RESULT, PRIZE = "cities espoo --year 2019", "prizes espoo --year 2019"
MODEL = "initiatives 'City as a Service' --year 2019"
MAKE = "initiatives 'Make with Espoo'"
OMNIA, TIETO = "initiatives 'Omnia AI Lab'", "initiatives 'AI experiment with Tieto'"
TALENT = "initiatives 'Talent Boost Espoo'"
NAMES, BEST = "disputes 2019-names-for-the-best-six", "disputes 2019-espoo-best-finnish-result"
STAGE = "disputes 2019-finalist-or-semi-finalist"
WON_BEFORE = "prizes espoo --award intelligent-community"
POINTS, ETHICS = "initiatives servicetorgskonceptet", "initiatives 'Ethical rules for AI'"
NATIONAL = "initiatives 'Talent Boost Finland'"
EXPERIMENTS, PRESIDENCY = "quotes makela-2019-data-analysis", "quotes makela-2019-eu-presidency"
PILOTING, BALANCE = "quotes makela-2019-social-exclusion", "quotes 'Jaana Tuomi'"

STATEMENTS = [
    *statements(
        SV,
        ("Esbo stad är en av de sex bästa städerna", RESULT, "Espoo", "runner-up"),
        ("i Europeiska kommissionens tävling", RESULT + " --lang sv", "Esbo", "Finland"),
        ("om innovationshuvudstad iCapital.", RESULT, "capital-of-innovation", "2019"),
        ("På första plats kom Nantes från Frankrike.", "cities nantes --year 2019", "Nantes", "France", "winner"),
        ("Resultaten kungjordes i Bryssel", EDITION, "Brussels, Belgium", "European Commission"),
        ("på EU:s forsknings- och innovationsdagar", EDITION + " --lang sv", "EU:s forsknings- och innovationsdagar"),
        ("på onsdag morgon", EDITION, "announced, on a Wednesday morning"),
        ("25.9.2019.", EDITION, "2019-09-25"),
        ("Esbos styrka är att göra saker tillsammans,", MAKE, "does things together with others"),
        ("i Make with Espoo-anda.", MAKE, "Way of working"),
        ("Några av stadens starka partner är till exempel Nokia", MAKE, "Nokia"),
        ("och Aalto-universitetet.", MAKE, "Aalto University"),
        ("det bästa finländska resultatet i tävlingen genom tiderna.", RESULT, "best Finnish result up to that day"),
        ("det bästa finländska resultatet i tävlingen genom tiderna.", BEST, "Espoo was in the top six in 2014"),
        ("Tidigare har finländska städer lyckats nå en plats", RESULT, "Finnish cities had come among the best ten"),
        ("får staden ett pris på 100 000 euro", PRIZE, "100000", "EUR"),
        ("för utveckling av lokal innovationsverksamhet.", PRIZE, "local innovation work"),
        ("Prisbeloppet kommer Esbo stad att använda", PRIZE, "Planned", "City of Espoo", "2019-09-25"),
        ("för att utveckla tjänster för invånarna", PRIZE, "services for residents"),
        ("med hjälp av data.", PRIZE, "built with the help of data"),
        (
            "att utnyttja AI och dataanalys för att skära ner på antalet omhändertaganden av barn.",
            "initiatives 'AI and data analysis against taking children into care'",
            "AI and data analysis to reduce the number of children taken into care, with good experience",
        ),
        ("Vi fortsätter med motsvarande försök.", EXPERIMENTS, "similar experiments"),
        ("Stora teman som vi vill främja", EXPERIMENTS, "The big themes"),
        ("genom dataanalys", EXPERIMENTS, "with data analysis"),
        ("främjande av sysselsättningen,", EXPERIMENTS, "the promotion of employment"),
        ("integration", EXPERIMENTS, "integration"),
        (
            "förebyggande av fattigdom bland barnfamiljer",
            EXPERIMENTS,
            "the prevention of poverty among families with children",
        ),
        ("konstaterar stadsdirektör Jukka Mäkelä.", EXPERIMENTS, "Jukka Mäkelä", "2019-09-25"),
        ("stadsdirektör Jukka Mäkelä.", "people 'Jukka Mäkelä' --year 2019 --lang sv", "stadsdirektör", "Esbo stad"),
        ("Esbo är den första staden som strävar efter", MODEL, "Espoo is the first city to aim the model"),
        (
            "modellen Staden som tjänst (City as a Service)",
            MODEL + " --lang sv",
            "Staden som tjänst (City as a Service)",
        ),
        ("på verksamheten i hela staden.", MODEL, "at all it does"),
        ("Mäkelä ser framgången", RESULT, "The mayor sees the success as a continuation"),
        ("Esbos seger i tävlingen", WON_BEFORE, "winner", "Espoo"),
        ("Intelligent Community 2018.", WON_BEFORE, "Intelligent Community", "2018"),
        (
            "Finland och Esbo gör succé just nu",
            PRESIDENCY,
            "Finland and Espoo",
            "success right now",
        ),
        (
            "under Finlands EU-ordförandeskap.",
            PRESIDENCY,
            "during Finland's presidency of the EU",
        ),
        ("Förutom segraren Nantes och Esbo", NAMES, "One winner, Nantes, and five runners-up."),
        ("var semifinalisterna", STAGE, "The semi-finalists are the cities among the best six."),
        ("Antwerpen (Belgien)", "cities antwerpen --year 2019", "Antwerp", "Belgium", "runner-up"),
        ("Bristol (Stor-Britannien)", "cities bristol --year 2019", "Bristol", "United Kingdom", "runner-up"),
        ("Glasgow (Stor-Britannien)", "cities glasgow --year 2019", "Glasgow", "United Kingdom", "runner-up"),
        ("Rotterdam (Nederländerna)", "cities rotterdam --year 2019", "Rotterdam", "Netherlands", "runner-up"),
        ("det långsiktiga utvecklingsarbetet", RESULT, "Long-term work on the City as a Service model"),
        ("samarbetat med ett nätverk", MODEL, "worked with the network"),
        ("av invånare, företag och forskare", MODEL, '"residents", "companies", "researchers"'),
        ("alltsedan 2012", MODEL, '"since": "2012"'),
        ("hela nätverkets kompetens och erfarenhet.", MODEL, "drawn on the competence and experience of all of it"),
        ("är ett nytt sätt att möta", MODEL, "A new way to meet"),
        (
            "allt större och allt mångsidigare tjänstebehov.",
            MODEL,
            "needs that grow ever larger and more varied",
        ),
        ("Målet är att producera tjänster i nätverk", MODEL, "public services made in networks"),
        ("dra nytta av digitalisering", MODEL, "digitalisation"),
        ("existerande potential (lokaler, utrustning, kompetens).", MODEL, "(premises, equipment, competence)"),
        ("deltar i arbetet med design av tjänster har en nyckelposition", MODEL, "part in designing services is a key"),
        ("staden öppnar sitt data", MODEL, "the city opens its data"),
        ("vem som helst kan utveckla serviceteknologi.", MODEL, "anyone may develop service technology"),
        (
            "sådant som tagits fram inom Staden som tjänst",
            POINTS,
            "City as a Service has brought",
        ),
        ("är servicetorgskonceptet", POINTS + " --lang sv", "Servicetorgskonceptet"),
        ("Business Espoo som betjänar företag", "initiatives 'Business Espoo'", "Service for companies"),
        ("modellen för samutveckling Make with Espoo,", MAKE, "as a model for joint development"),
        ("man genom försök utvecklar digitala tjänster,", MAKE, "it tries out digital services"),
        ("till exempel som stöd för lärande", MAKE, "for instance in support of learning"),
        ("i samarbete mellan barn, lärare och företag.", MAKE, '"children", "teachers", "companies"'),
        (
            "stadsdirektör Jukka Mäkelä, tfn 046 877 3953, jukka.makela@esbo.fi",
            "contacts 'Jukka Mäkelä' --lang sv",
            *("Jukka Mäkelä", "stadsdirektör", "+358468773953", "jukka.makela@esbo.fi", "2019-09-25"),
        ),
        (
            "serviceutvecklingsdirektör Päivi Sutinen, tfn 046 877 2871, paivi.sutinen@esbo.fi",
            "contacts 'Päivi Sutinen' --lang sv",
            *("Päivi Sutinen", "serviceutvecklingsdirektör", "+358468772871", "paivi.sutinen@esbo.fi", "2019-09-25"),
        ),
        (
            "EU-koordinator Jasmin Repo, tfn 043 826 6886, jasmin.repo@esbo.fi",
            "contacts 'Jasmin Repo' --lang sv",
            *("Jasmin Repo", "EU-koordinator", "+358438266886", "jasmin.repo@esbo.fi", "2019-09-25"),
        ),
    ),
    *statements(
        EN,
        ("ESPOO, Finland--(BUSINESS WIRE)--", "show 'Business Wire'", "Business Wire"),
        ("The City of Espoo is one of the six winners", NAMES, "Espoo is one of six winners."),
        ("of European Capital of Innovation (iCapital) Award 2019.", RESULT, "2019", "capital-of-innovation"),
        (
            "Nantes (France) was announced as the new European Capital of Innovation",
            "cities nantes --year 2019",
            *("Nantes", "France", "winner"),
        ),
        ("at European Research and Innovation Days", EDITION, "European Research and Innovation Days"),
        ("in Brussels on 25 September.", EDITION, "Brussels", "2019-09-25"),
        ("City as a Service model was the city’s key to success", RESULT, "work on the City as a Service model"),
        ("uses co-creation and digital innovation", MODEL, "co-creation, digital innovation"),
        ("to ensure good quality public services", MODEL, "for good quality public services"),
        ("and high quality of living.", MODEL, "high quality of living"),
        (
            "together with residents, companies and the research community",
            MODEL,
            "and the research community",
        ),
        ("uses artificial intelligence and data analytics", MODEL, "Artificial intelligence and data analytics"),
        ("to foster digital equality", MODEL, "foster digital equality"),
        ("and social inclusion.", MODEL, "social inclusion"),
        ("Omnia AI Lab, Espoo city’s adult education initiative,", OMNIA, "Adult education initiative of the city"),
        ("trained the world’s first", OMNIA, "the first in the world"),
        ("100 senior citizens as AI mentors", OMNIA, '{"value": 100, "unit": "people", "of": "senior citizens trained'),
        ("to promote digital equality.", OMNIA, "to promote digital equality"),
        (
            "the Finnish software and service company Tieto",
            TIETO,
            "a Finnish software and service company",
            '["Tieto"]',
        ),
        ("completed an AI experiment", TIETO, "Completed experiment of the city and Tieto"),
        (
            "recognised risk group who need social support the most.",
            TIETO,
            "groups at risk who need social support",
        ),
        ("approximately 520,000 people", TIETO, '520000, "unit": "people"', '"qualifier": "about"'),
        ("more than 37 million customer contacts.", TIETO, '37000000, "unit": "customer contacts"', '"more than"'),
        ("become the forerunner in developing", ETHICS, "Aim to lead"),
        ("ethical rules for AI", ETHICS, "drawing up ethical rules for AI"),
        ("to secure the data of its citizens.", ETHICS, "the data of residents are safe"),
        ("Espoo received a prize of EUR 100,000", PRIZE, "100000", "EUR"),
        ("for being a top 6 city in the iCapital awards.", NAMES, "The six are the top six cities."),
        ("The prize money will be used to continue similar digital experiments.", PRIZE, "more digital experiments"),
        (
            "We are going to continue piloting solution",
            PILOTING,
            "continue piloting solution",
        ),
        ("that decrease social exclusion", PILOTING, "decrease social exclusion"),
        ("this way creates wellbeing.", PILOTING, "creates wellbeing"),
        ("for example, social integration", PILOTING, "social integration"),
        (
            "and prevention of poverty of families with children",
            PILOTING,
            "prevention of poverty of families with children",
        ),
        ("says Mayor Jukka Mäkelä.", "people 'Jukka Mäkelä' --year 2019", "Jukka Mäkelä", "Mayor", "City of Espoo"),
        ("Antwerp (Belgium)", "cities antwerp --year 2019", "Antwerp", "Belgium", "runner-up"),
        ("Bristol (United Kingdom)", "cities bristol --year 2019", "Bristol", "United Kingdom", "runner-up"),
        ("Glasgow (United Kingdom)", "cities glasgow --year 2019", "Glasgow", "United Kingdom", "runner-up"),
        ("Rotterdam (Netherlands)", "cities rotterdam --year 2019", "Rotterdam", "Netherlands", "runner-up"),
        ("City as a Service is directed at current residents,", MODEL, "Directed at current residents"),
        ("has a similar service model in place", TALENT, "A service model similar to City as a Service"),
        ("for international talents – Talent Boost Espoo.", TALENT, "this one is for international talents"),
        ("a community-driven initiative on the local level", TALENT, "Community-driven service, the local part"),
        (
            "part of the national Talent Boost Finland program.",
            NATIONAL,
            "National programme",
        ),
        ("By partnering with local businesses", TALENT, '"local businesses"'),
        ("and higher education institutes", TALENT, '"higher education institutes"'),
        ("like Aalto University,", TALENT, '"Aalto University"'),
        ("paves the way for international talents", TALENT, "paves the way for international talents"),
        ("a successful start to building a life and career in Espoo.", TALENT, "to start a life and a career in Espoo"),
        (
            "make it easy for talents to set their roots in the city,",
            TALENT,
            "easy for them to set their roots",
        ),
        (
            "a healthy work-life balance is something that comes with the package of living in Espoo.",
            TALENT,
            "a healthy work-life balance comes with living in Espoo",
        ),
        ("Stress and long hours kill creativity.", BALANCE, "Stress and long hours kill creativity."),
        ("a healthy balance of work and free time.", BALANCE, "a healthy balance of work and free time"),
        ("Espoo’s nature is stunning and it’s always close by", BALANCE, "Espoo’s nature is stunning"),
        ("a vital and energising resource in our lives", BALANCE, "a vital and energising resource"),
        ("explains Jaana Tuomi from Espoo Marketing.", "people 'Jaana Tuomi'", "Jaana Tuomi", "Espoo Marketing"),
    ),
]


@pytest.fixture(scope="module")
def ask(run):
    @cache
    def asked(command):
        result = run(*shlex.split(command), "--json")
        assert (result.code, result.err) == (0, "")
        return json.loads(result.out)

    return asked


def excerpts(answer, source):
    """Put together what an answer quotes from a source, wherever in it."""
    if isinstance(answer, list):
        return " ".join(excerpts(item, source) for item in answer)
    if not isinstance(answer, dict):
        return ""
    own = answer.get("excerpt") or "" if answer.get("id") == source else ""
    return " ".join([own, *(excerpts(value, source) for value in answer.values())])


def without_excerpts(answer):
    """Return what an answer says in words of its own, as JSON."""
    if isinstance(answer, list):
        return [without_excerpts(item) for item in answer]
    if isinstance(answer, dict):
        return {key: without_excerpts(value) for key, value in answer.items() if key != "excerpt"}
    return answer


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda case: f"{case.source[:4]}-{case.words[:40]}")
def test_a_command_answers_each_statement_of_the_releases(ask, statement):
    """The command gives one answer, which says the statement and quotes the words of the release."""
    answer = ask(statement.command)
    (row,) = answer if isinstance(answer, list) else [answer]
    said = json.dumps(without_excerpts(row), ensure_ascii=False)

    assert [text for text in statement.answers if text not in said] == []
    assert statement.words in excerpts(row, statement.source)


@pytest.mark.parametrize(
    ("command", "answers"),
    [
        (f"show {SV}", ("Esbo är Finlands innovationshuvudstad – bland de sex bästa i Europa", "City of Espoo")),
        (f"show {SV}", ("2019-09-25", "Published at 10:54")),
        (f"show {SV} --lang sv", ("Publicerat kl. 10.54", "ett meddelande från staden den 11 september 2019")),
        (f"show {EN}", ("Espoo is Among European Capitals of Innovation 2019", "Business Wire", "2019-09-25")),
        (f"show {EN}", ("The dateline is Espoo, Finland (Business Wire).",)),
    ],
)
def test_the_page_of_a_release_says_when_and_where_it_was_published(ask, command, answers):
    said = json.dumps(ask(command), ensure_ascii=False)

    assert [text for text in answers if text not in said] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("digital equality", {"city-as-a-service", "omnia-ai-lab"}),
        ("social inclusion", {"city-as-a-service"}),
        ("work-life", {"talent-boost-espoo"}),
        ("higher education institutes", {"talent-boost-espoo"}),
        ("software and service company", {"ai-experiment-with-tieto"}),
        ("Wednesday morning", {"2019-award"}),
        ("long-term City as a Service", {"2019-espoo"}),
        ("Intelligent Community", {"2019-espoo", "intelligent-community"}),
        ("premises equipment competence", {"city-as-a-service"}),
        ("lokaler utrustning kompetens", {"city-as-a-service"}),
        ("digital jämlikhet", {"city-as-a-service", "omnia-ai-lab"}),
        ("digitaalista yhdenvertaisuutta", {"city-as-a-service", "omnia-ai-lab"}),
    ],
)
def test_a_search_for_words_of_a_release_finds_what_they_are_about(ask, query, found):
    assert found <= {hit["id"] for hit in ask(f'search "{query}"')}


def test_each_release_is_listed_from_its_first_words_to_its_last():
    """No part of the table can be lost without notice: it begins and ends as the releases do."""
    words = {source: [s.words for s in STATEMENTS if s.source == source] for source in (SV, EN)}

    assert (words[SV][0], words[SV][-1]) == (
        "Esbo stad är en av de sex bästa städerna",
        "EU-koordinator Jasmin Repo, tfn 043 826 6886, jasmin.repo@esbo.fi",
    )
    assert (words[EN][0], words[EN][-1]) == (
        "ESPOO, Finland--(BUSINESS WIRE)--",
        "explains Jaana Tuomi from Espoo Marketing.",
    )


# What was said, to the letter

WORDS_ON_DATA_ANALYSIS = (
    "Vi fortsätter med motsvarande försök. Stora teman som vi vill främja genom dataanalys omfattar till exempel "
    "främjande av sysselsättningen, integration och förebyggande av fattigdom bland barnfamiljer"
)
WORDS_ON_THE_PRESIDENCY = (
    "Det är speciellt fint att Finland och Esbo gör succé just nu under Finlands EU-ordförandeskap."
)
WORDS_ON_SOCIAL_EXCLUSION = (
    "We are going to continue piloting solution that decrease social exclusion and this way creates wellbeing. "
    "The big themes that we want to support are, for example, social integration and prevention of poverty of "
    "families with children"
)
WORDS_ON_STRESS = (
    "Stress and long hours kill creativity. In Espoo, we have a healthy balance of work and free time. Espoo’s "
    "nature is stunning and it’s always close by – it’s a vital and energising resource in our lives"
)
QUOTES = {
    "makela-2019-data-analysis": ("sv", WORDS_ON_DATA_ANALYSIS),
    "makela-2019-eu-presidency": ("sv", WORDS_ON_THE_PRESIDENCY),
    "makela-2019-social-exclusion": ("en", WORDS_ON_SOCIAL_EXCLUSION),
    "tuomi-2019-work-life-balance": ("en", WORDS_ON_STRESS),
}


@pytest.mark.parametrize("lang", ["en", "sv", "fi"])
@pytest.mark.parametrize("quote", QUOTES)
def test_a_quote_is_given_to_the_letter_beside_any_translation(ask, quote, lang):
    (row,) = ask(f"quotes {quote} --lang {lang}")
    printed_in, words = QUOTES[quote]

    assert (row["original"], row["original_lang"], row["lang"]) == (words, printed_in, lang)
    assert row["translated"] == (lang != printed_in) == (row["text"] != words)
    assert words in excerpts(row, SV if printed_in == "sv" else EN)


def test_the_releases_hold_four_quotes(ask):
    rows = ask("quotes espoo --year 2019")

    assert {row["id"] for row in rows if (excerpts(row, SV) + excerpts(row, EN)).strip()} == set(QUOTES)


def test_what_each_text_makes_of_one_statement_is_linked_and_not_merged(ask):
    (swedish,) = ask(EXPERIMENTS)
    (english,) = ask(PILOTING)

    assert english["id"] in swedish["parallel"]
    assert swedish["id"] in english["parallel"]
    assert "2019-makela-on-experiments" in english["disputes"]


# Where the releases disagree


def test_the_releases_name_the_best_six_differently_and_the_tool_says_so(ask):
    (row,) = ask(NAMES)
    sources = [{source["id"] for source in claim["sources"]} for claim in row["claims"]]

    assert sources == [{EN}, {EN}, {SV}, {"ec-rtd-icapital-2019"}]
    assert row["believed"] == "Nantes won; the other five are runners-up"


@pytest.mark.parametrize("city", ["nantes", "espoo", "antwerp", "bristol", "glasgow", "rotterdam"])
def test_each_of_the_best_six_points_at_that_dispute(ask, city):
    (row,) = ask(f"cities {city} --year 2019")

    assert "2019-names-for-the-best-six" in row["disputes"]


@pytest.mark.parametrize(
    ("lang", "event", "place", "roles"),
    [
        ("en", "European Research and Innovation Days", "Brussels, Belgium", ("Mayor", "EU Coordinator")),
        (
            "sv",
            "EU:s forsknings- och innovationsdagar",
            "Bryssel, Belgien",
            ("stadsdirektör", "EU-koordinator"),
        ),
        (
            "fi",
            "Euroopan tutkimus- ja innovaatiopäivät",
            "Bryssel, Belgia",
            ("kaupunginjohtaja", "EU-koordinaattori"),
        ),
    ],
)
def test_the_event_the_place_and_the_roles_are_given_in_each_language(ask, lang, event, place, roles):
    (edition,) = ask(f"{EDITION} --lang {lang}")
    people = {row["name"]: row["role"] for row in ask(f"people espoo --year 2019 --lang {lang}")}

    assert (edition["event"], edition["place"]) == (event, place)
    assert (people["Jukka Mäkelä"], people["Jasmin Repo"]) == roles
