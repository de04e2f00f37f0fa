"""Which language answers, and what is said when a text does not exist in it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icapital_cli.formats.registry import LISTS
from icapital_cli.query.languages import negotiate

EN, SV = "City        Prize", "Stad        Pris"
CHOICES = "choose from: en (English), sv (svenska)\n"
WRITES = {"vcard": "contacts", "vcard4": "contacts", "ical": "editions"}  # what a format cannot write of cities
HARBOUR_SV = "Ljuset ska följa människan, inte tvärtom"
HARBOUR_EN = "The light is to follow the people, not the other way round"
TRAMS_EN = "-- A lamp that waits for you is a kind lamp."
TRAMS_SV = "En lampa som väntar på dig är en snäll lampa."


@pytest.fixture(scope="module")
def heading(icapital):
    """Ask for a table, and give its heading, or the first line on stderr instead."""

    def heading_of(*words, **environment):
        result = icapital("cities", "--year", "2017", "--fields", "city,prize_eur", *words, **environment)
        return (result.out or result.err).split("\n")[0]

    return heading_of


# Which language


@pytest.mark.parametrize("tag", ["sv", "SV", "sv-FI", "sv_FI", "sv_FI.UTF-8", "sv-Latn-FI", "sv_SE@euro"])
def test_a_tag_finds_the_language_that_is_shipped(heading, tag):
    assert heading("--lang", tag) == SV


@pytest.mark.parametrize("variable", ["ICAPITAL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"])
def test_a_variable_finds_it_too(heading, variable):
    assert heading(**{"LANG": "", variable: "sv_FI.UTF-8"}) == SV


@pytest.mark.parametrize("tag", ["se", "xx", "svenska", "s", "sve", "zh-Hans-CN", "-", "../sv"])
def test_a_language_asked_for_is_never_another_one(icapital, tag):
    code, out, err = icapital("cities", "--lang", tag)

    assert (code, out) == (2, "")
    assert err.startswith("icapital: no language is called ")
    assert err.endswith(CHOICES)


@pytest.mark.parametrize("locale", ["de_DE.UTF-8", "C", "POSIX", "nonsense", ""])
def test_a_locale_that_is_not_shipped_is_answered_in_english(heading, locale):
    assert heading(LC_ALL=locale, LANG=locale) == EN


def test_the_option_wins_over_the_variable_and_the_variable_over_the_locale(heading):
    assert heading("--lang", "en", ICAPITAL_LANG="sv", LC_ALL="sv_SE") == EN
    assert heading(ICAPITAL_LANG="en", LC_ALL="sv_SE") == EN
    assert heading(ICAPITAL_LANG="sv", LC_ALL="en_GB") == SV


def test_of_the_locale_lc_all_comes_first_then_lc_messages_then_lang(heading):
    assert heading(LC_ALL="sv_SE", LC_MESSAGES="en_GB", LANG="en_GB") == SV
    assert heading(LC_ALL="", LC_MESSAGES="sv_SE", LANG="en_GB") == SV
    assert heading(LC_ALL="", LC_MESSAGES="", LANG="sv_SE") == SV
    assert heading(LC_ALL="en_GB", LC_MESSAGES="sv_SE", LANG="sv_SE") == EN


@pytest.mark.parametrize("shape", [name for name in LISTS.names() if name != "table"])
def test_only_the_table_follows_the_locale_and_every_format_the_variable_that_is_ours(icapital, shape):
    words = (WRITES.get(shape, "cities"), "-f", shape)

    english, swedish = icapital(*words), icapital(*words, "--lang", "sv")

    assert english.code == swedish.code == 0
    assert icapital(*words, LC_ALL="sv_SE.UTF-8", LANG="sv_SE.UTF-8") == english
    assert icapital(*words, ICAPITAL_LANG="sv") == swedish


def test_an_unknown_language_of_the_variable_is_an_error_too(icapital):
    result = icapital("cities", ICAPITAL_LANG="se")

    assert result == (2, "", f"icapital: no language is called 'se'. did you mean 'sv'? {CHOICES}")


# Negotiation, by RFC 4647 look-up

letters = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=3)
subtags = st.lists(st.text("abcdefghijklmnopqrstuvwxyzABC0123456789", min_size=2, max_size=8), max_size=3)
shipped_sets = st.lists(letters, max_size=5, unique=True)


@given(st.text(), shipped_sets)
def test_what_is_negotiated_is_shipped_and_begins_the_tag(wanted, shipped):
    found = negotiate(wanted, shipped)

    assert found is None or (found in shipped and wanted.lower().startswith(found))


@given(letters, subtags, shipped_sets, st.sampled_from("-_"), st.sampled_from(["", ".UTF-8", "@euro", ".UTF-8@euro"]))
def test_regions_scripts_separators_and_encodings_do_not_hide_a_language(tag, more, shipped, separator, ending):
    wanted = separator.join([tag, *more]) + ending

    assert negotiate(wanted, [*shipped, tag]) == tag
    assert negotiate(wanted.upper(), [*shipped, tag]) == tag


@given(letters, subtags)
def test_the_longest_tag_that_is_shipped_wins(tag, more):
    longest = "-".join([tag, *more])

    assert negotiate(longest + "-x1", [tag, longest]) == longest


def test_a_tag_without_end_takes_one_look_at_each_language():
    """Subtag by subtag it would take hours."""
    assert negotiate("sv" + "-sv" * 1_000_000, iter(["fi", "sv"])) == "sv"


@given(letters, shipped_sets)
def test_what_is_not_shipped_is_none_and_never_a_neighbour(tag, shipped):
    assert negotiate(tag, [other for other in shipped if other != tag]) is None


# What a language lacks


def test_a_text_that_falls_back_is_marked_in_the_table_and_explained(icapital):
    result = icapital("prizes", "vastersund", "--lang", "sv", "--fields", "city,year,purpose")

    assert result == (
        0,
        (
            "Stad        År    Purpose\n"
            "Västersund  2016  [en] Light along the harbour.\n"
            "Västersund  2017\n"
            "\n"
            "[en] anger att texten inte finns på det valda språket.\n"
        ),
        "",
    )


def test_a_text_that_falls_back_says_its_language_in_json(icapital):
    rows = json.loads(icapital("cities", "--lang", "sv", "--json", "--fields", "id,reason,lang").out)

    assert {row["id"]: row["lang"] for row in rows} == {
        "2015-lodz": "sv",
        "2015-nordvik": "en",
        "2015-brambury": None,
        "2017-vastersund": "en",
        "2017-nordvik": "en",
        "2017-lodz": "en",
        "2020-nordvik": "en",
        "2020-lodz": "en",
        "2020-brambury": "en",
        "2020-vastersund": "sv",
    }


def test_a_text_falls_back_to_english_and_in_english_to_our_translation(icapital):
    english = json.loads(icapital("cities", "vastersund", "--year", "2020", "--json").out)[0]
    swedish = json.loads(icapital("cities", "vastersund", "--year", "2020", "--json", "--lang", "sv").out)[0]

    assert (english["reason"], english["lang"]) == ("A light for every boat.", "en")
    assert (swedish["reason"], swedish["lang"]) == ("Ett ljus för varje båt.", "sv")


def test_english_texts_are_not_marked_in_english(icapital):
    result = icapital("initiatives", "-f", "plain", "--fields", "summary,disputes")

    assert "[en]" not in result.out


# Quotes


def test_a_published_quote_stands_between_quotation_marks(icapital):
    assert icapital("quotes", "--speaker", "Siv Åberg", "-f", "plain", "--fields", "text", "--lang", "sv").out == (
        f"”{HARBOUR_SV}”\n”Tack till alla som går hem sent”\n"
    )


def test_a_translated_quote_is_marked_and_the_printed_words_stand_beside_it(icapital):
    assert icapital("quotes", "--speaker", "Siv Åberg", "-f", "plain", "--fields", "text").out == (
        f"[our translation] {HARBOUR_EN} [sv] “{HARBOUR_SV}”\n“Thanks to all who walk home late”\n"
    )


@pytest.mark.parametrize("shape", ["table", "plain", "markdown"])
@pytest.mark.parametrize(("lang", "translated"), [("en", HARBOUR_EN), ("sv", TRAMS_SV)])
def test_a_translation_is_never_between_quotation_marks(icapital, shape, lang, translated):
    out = icapital("quotes", "--lang", lang, "-f", shape).out

    assert f"] {translated} " in out.replace("\\", "")
    assert not any(f"{mark}{translated}" in out for mark in "“”\"'«„")


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_a_page_marks_a_translated_quote_as_well(icapital, lang):
    marks = {"en": ("[our translation] ", "“", "”"), "sv": ("[vår översättning] ", "”", "”")}
    shown = {"en": (HARBOUR_EN, "sv", HARBOUR_SV), "sv": (TRAMS_SV, "en", TRAMS_EN)}
    (mark, opening, closing), (words, tag, printed) = marks[lang], shown[lang]

    page = icapital("show", {"en": "vastersund", "sv": "lodz"}[lang], "--lang", lang).out

    assert f"{mark}{words} [{tag}] {opening}{printed}{closing}" in page


def test_json_says_what_was_translated_and_from_what(icapital):
    fields = "id,text,lang,original_lang,translated,original"
    rows = json.loads(icapital("quotes", "--json", "--fields", fields).out)

    assert rows == [
        {
            "id": "lampa-2015-trams",
            "text": TRAMS_EN,
            "lang": "en",
            "original_lang": "en",
            "translated": False,
            "original": TRAMS_EN,
        },
        {
            "id": "berg-2017-harbour",
            "text": HARBOUR_EN,
            "lang": "en",
            "original_lang": "sv",
            "translated": True,
            "original": HARBOUR_SV,
        },
        {
            "id": "berg-2017-thanks",
            "text": "Thanks to all who walk home late",
            "lang": "en",
            "original_lang": "sv",
            "translated": False,
            "original": "Tack till alla som går hem sent",
        },
    ]


# How complete


def test_languages_says_how_complete_each_is(icapital):
    result = icapital("languages", "--fields", "tag,name,complete", "-f", "tsv")

    assert result == (0, "tag\tname\tcomplete\nen\tEnglish\t100 %\nsv\tsvenska\t20 %\n", "")
