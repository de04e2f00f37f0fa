"""Full text: what is found, in which order, and that nothing typed breaks it."""

import json

import pytest
from conftest import BASE
from hypothesis import given, settings
from hypothesis import strategies as st

from icapital_cli.api import open_store
from icapital_cli.errors import UsageError
from icapital_cli.model import KINDS
from icapital_cli.names import fold
from icapital_cli.query.search import Query, parse_query, snippet
from icapital_cli.views.search_results import search_view

FALLBACK = "No passage holds all the words; these hold most of them."


@pytest.fixture
def found(icapital):
    """Search the tiny base: the ids, best first."""

    def ids(*words):
        result = icapital("search", *words, "--json")
        assert result.code == 0
        return [row["id"] for row in json.loads(result.out)]

    return ids


@pytest.fixture(scope="module")
def store():
    with open_store(str(BASE)) as store:
        yield store


@pytest.mark.parametrize("spelling", ["lodz", "LODZ", "Łódź", "łódź", "ŁÓDŹ", "Lódz"])
def test_case_and_diacritics_make_no_difference(found, spelling):
    assert found(spelling)[0] == "lodz"


@pytest.mark.parametrize(
    ("words", "fact"),
    [("makela", "jukka-makela-2019"), ("goteborg", "gothenburg"), ("AI-mentorer", "omnia-ai-lab")],
)
def test_the_shipped_facts_are_found_as_people_type_them(run, words, fact):
    result = run("search", words, "--json")

    assert fact in [row["id"] for row in json.loads(result.out)]


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("Tram Lamps", "tram-lamps"),
        ("kind lamp", "lampa-2015-trams"),
        ("wind chimes", "wind-choir"),
        ("quay kilometres", "quay-length"),
        ("Half a purse", "gazette-2017"),
        ("shortlisted", "gap-reason-for-brambury-2015"),
        ("lamplighters", "2015"),
        ("Press desk", "contact-press-desk-2017"),
        ("harbour", "bright-town-2016-vastersund"),
        ("deadline", "2015-deadline"),
    ],
)
def test_titles_texts_and_names_are_searched(found, words, fact):
    assert fact in found(words)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "countries"])
def test_a_fact_of_every_kind_is_found_by_its_title(store, kind):
    """A country has no text of its own: its names are those of CLDR."""
    fact_id, title = store.rows("SELECT id, title FROM passages WHERE kind = ? AND lang = 'en'", kind)[0]

    assert fact_id in [row.id for row in search_view(store, title, [kind]).rows]


def test_every_language_is_searched_whatever_the_language_of_the_answer(icapital):
    result = icapital("search", "spårvagn", "--lang", "en", "--json")

    assert {(row["id"], row["lang"]) for row in json.loads(result.out)} == {("tram-lamps", "sv"), ("2015-lodz", "sv")}


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_a_fact_found_in_two_languages_is_shown_in_the_one_asked_for(icapital, lang):
    result = icapital("search", "lampa", "--lang", lang, "--json")

    assert [(row["id"], row["lang"]) for row in json.loads(result.out)] == [
        ("jan-lampa", lang),
        ("jan-lampa-2015", lang),
        ("lampa-2015-trams", lang),
    ]


def test_the_last_word_may_be_a_beginning(found):
    assert found("lamplight") == ["2015"]


def test_a_word_that_is_not_the_last_must_be_whole(icapital, found):
    assert FALLBACK in icapital("search", "lampligh five").out
    assert FALLBACK not in icapital("search", "five lampligh").out
    assert found("five lampligh") == ["2015"]


def test_all_words_must_occur_where_a_fact_holds_them_all(found):
    assert found("lamps residents") == ["tram-lamps", "2017-lodz", "2020-lodz"]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("trams zeppelin", ["2015-lodz"]),
        ("zeppelin dim residents", ["2017-lodz", "2020-lodz"]),
        ("zeppelin submarine", []),
        ("zeppelin", []),
    ],
)
def test_facts_with_most_of_the_words_are_found_where_none_holds_them_all(icapital, found, words, ids):
    """And the answer says so, to people."""
    assert sorted(found(words)) == sorted(ids)
    assert (FALLBACK in icapital("search", words).out) is bool(ids)


def test_an_answer_that_holds_all_the_words_has_no_note(icapital):
    assert FALLBACK not in icapital("search", "lamps residents").out


def test_a_word_in_a_title_counts_more_than_one_in_a_text(found):
    assert found("lamps")[0] == "tram-lamps"


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_only_texts_in_one_language_are_searched_where_it_is_named(icapital, lang):
    rows = json.loads(icapital("search", "lampa", "--in", lang, "--json").out)

    assert rows
    assert {row["lang"] for row in rows} == {lang}
    assert json.loads(icapital("search", "spårvagn", "--in", "en", "--json").out) == []


def test_a_language_to_search_in_that_is_not_there_is_wrong_usage(icapital):
    assert icapital("search", "lampa", "--in", "xx").code == 2


@pytest.mark.parametrize(("one", "other"), [('"AI"', '"artificial intelligence"'), ('"tekoäly"', '"AI"')])
def test_words_that_mean_the_same_find_the_same(run, one, other):
    """As the language files of the shipped facts say."""
    found = [{row["id"] for row in json.loads(run("search", words, "--json").out)} for words in (one, other)]

    assert found[0] == found[1] != set()


def test_words_between_quotation_marks_are_a_phrase(found):
    assert (found("dim residents"), found('"residents may dim"'), found('"dim residents"')) == (
        ["2017-lodz", "2020-lodz"],
        ["2017-lodz", "2020-lodz"],
        [],
    )


def test_curly_quotation_marks_make_a_phrase_too(found):
    assert found("“may dim”") == ["2017-lodz", "2020-lodz"]


def test_a_phrase_ends_with_a_complete_word(found):
    assert found('"residents may di"') == []


@pytest.mark.parametrize("kind", ["initiatives", "results", "sources", "gaps"])
def test_kind_narrows_the_search(icapital, kind):
    result = icapital("search", "l", "--kind", kind, "--json")

    assert {row["kind"] for row in json.loads(result.out)} == {kind}


def test_kind_takes_the_name_of_a_command_too(found):
    """`people` lists the posts: it searches them, and the people who hold them."""
    assert found("lampa", "--kind", "people") == ["jan-lampa", "jan-lampa-2015"]
    assert set(found("lodz", "--kind", "cities")) == {"lodz", "2015-lodz", "2017-lodz", "2020-lodz"}


def test_what_names_the_word_comes_before_what_mentions_it(found):
    assert found("lodz")[:2] == ["lodz", "city-of-lodz"]


def test_each_fact_is_found_once(found):
    ids = found("lamp")

    assert len(ids) == len(set(ids))


def test_the_matched_words_are_marked_in_the_snippet(icapital):
    result = icapital("search", "residents dim", "--fields", "snippet", "-f", "plain", "--limit", "1")

    assert result.out == "Lamps that «residents» may «dim».\n"


def test_a_snippet_marks_the_words_as_they_are_printed(icapital):
    result = icapital("search", "lodz", "--fields", "snippet", "-f", "plain", "--limit", "1")

    assert result.out == "«Łódź» · Lodsch · City of Boats\n"


@pytest.mark.parametrize("beyond", ["", " needle"])
def test_a_snippet_is_cut_around_the_first_match(beyond):
    text = "one " * 50 + "needle" + " two" * 50 + beyond

    assert snippet(text, parse_query("needle")) == "…" + "one " * 18 + "«needle»" + " two" * 18 + "…"


def test_a_snippet_keeps_brackets_and_markup_as_they_are(icapital):
    result = icapital("search", "lighthouse", "--fields", "snippet", "-f", "plain")

    assert result.out == 'A «lighthouse» that anyone may book: "ours [sic] | yours".\n'


def test_each_find_is_citable(icapital):
    result = icapital("search", "chimes", "--kind", "results", "--json")

    assert [source["id"] for source in json.loads(result.out)[0]["sources"]] == ["lantern-2020", "gazette-2021"]


def test_what_is_found_has_its_disputes(icapital):
    result = icapital("search", "Dark Sky", "--json")

    assert [row["disputes"] for row in json.loads(result.out)] == [["nordvik-prize-2017"]]


def test_a_search_that_matches_nothing_reports_what_was_searched(icapital):
    result = icapital("search", "zeppelin", "--kind", "quotes")

    assert result == (0, "", "icapital: nothing matches 'zeppelin' in quotes, en, sv; try fewer words\n")


def test_a_search_for_nothing_is_wrong_usage(icapital):
    assert icapital("search", "***") == (2, "", "icapital: name a word to look for: icapital search makela\n")


def test_a_kind_that_does_not_exist_is_put_right(icapital):
    result = icapital("search", "lamp", "--kind", "quote")

    assert result == (2, "", "icapital: no kind is called 'quote'. did you mean 'quotes'?\n")


@pytest.mark.parametrize(
    "words", ['"', '"lamp', "lamp AND", "NEAR(", "lamp*", "^lamp", "a:b", "-lamp", "(lamp", "'", "{a}"]
)
def test_operators_and_quotes_typed_wrong_are_only_words(run, words):
    result = run("search", "--facts", str(BASE), "--json", "--", words)

    assert result.code in {0, 2}
    assert "unexpected" not in result.err


def test_a_very_long_search_is_answered(icapital):
    assert icapital("search", "lamp " * 5000, "--kind", "quotes", "--fields", "id", "-f", "plain").out == (
        "lampa-2015-trams\n"
    )


def test_a_word_that_is_repeated_asks_for_no_more():
    query = parse_query("lamp " * 5000 + '"kind lamp" kind lamp')

    assert query == Query([["lamp"], ["kind", "lamp"], ["kind"], ["lamp"]], is_open=True)


@pytest.mark.parametrize("words", [" ".join(map(str, range(65))), "-".join("a" * 65), "a_" * 65, '"' + "a " * 65 + '"'])
def test_more_words_than_a_search_can_bear_are_refused(icapital, words):
    assert icapital("search", words) == (2, "", "icapital: a search takes at most 64 words: leave some out\n")


def searched(store, text):
    """Search; None for a text that holds no word, which is refused as such."""
    if any(character.isalnum() for character in fold(text)):
        return search_view(store, text, ())
    with pytest.raises(UsageError, match="name a word to look for"):
        search_view(store, text, ())
    return None


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_no_text_breaks_the_search(store, text):
    view = searched(store, text)

    assert view is None or all(row.values["snippet"] for row in view.rows)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(["lamp", '"', "AND", "OR", "NOT", "NEAR", "(", ")", "*", "^", ":", "-", "+", "łódź"])))
def test_no_mixture_of_operators_breaks_the_search(store, parts):
    view = searched(store, " ".join(parts))

    assert view is None or {row.values["kind"] for row in view.rows} <= KINDS.keys()
