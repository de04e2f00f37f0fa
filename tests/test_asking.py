"""Asking as people ask: the questions that stood in a user's way, each with its right answer from the real facts.

What a new edition could change is computed from other answers, not written down.
"""

import json
import re
import shlex

import pytest

from icapital_cli.names import fold


@pytest.fixture(scope="module")
def ask(run):
    """Query the shipped facts: the rows of a list command."""

    def asked(*words):
        result = run(*words, "--json")
        assert result.code == 0, result.err
        return json.loads(result.out)

    return asked


def ids(rows):
    return [row["id"] for row in rows]


@pytest.fixture(scope="module")
def results(ask):
    return ask("cities")


# A city and the body of its name


@pytest.mark.parametrize("lang", ["en", "sv", "fi"])
@pytest.mark.parametrize("shape", ["text", "markdown", "html"])
def test_the_results_of_an_edition_name_their_cities(run, ask, shape, lang):
    out = run("brief", "2019", "-f", shape, "--lang", lang).out

    assert all(row["city"] in out for row in ask("cities", "--year", "2019", "--lang", lang))
    assert re.search(
        r"Nantes\W.*€1,000,000|Nantes.*1 000 000 €|Nantes[\s\S]{0,400}1[\s,.\u00a0]000[\s,.\u00a0]000", out
    )


AROUND = [("grenoble", "Grenoble Alpes Métropole (grenoble-alpes-metropole)")]


@pytest.mark.parametrize(("city", "body"), AROUND)
@pytest.mark.parametrize("words", ["cities {}", "cities --city {}", "show {}", "compare {} lyon"])
def test_the_body_around_a_city_is_named_beside_it(run, words, city, body):
    """Rows hold the body that was named, one line on stderr names the other."""
    result = run(*words.format(city).split())

    assert (result.code, result.err) == (0, f"icapital: see also {body}\n")


def test_the_city_at_the_heart_of_a_body_is_named_beside_it(run):
    assert run("cities", "grenoble-alpes-metropole").err == "icapital: see also Grenoble (grenoble)\n"
    assert "Grenoble (grenoble)" in run("show", "grenoble-alpes-metropole", "-f", "plain").out


def test_a_city_without_such_a_body_has_no_such_line(run):
    assert run("show", "espoo").err == ""


def test_a_body_that_is_known_by_the_name_of_its_city_is_found_by_it(ask):
    assert {row["city_id"] for row in ask("cities", "Marseille")} == {"aix-marseille-provence-metropole"}


# Filters: the union


@pytest.mark.parametrize(
    ("words", "key", "values"),
    [
        ("cities --country finland --country sweden", "country_code", {"FI", "SE"}),
        ("cities --country finland,sweden", "country_code", {"FI", "SE"}),
        ("cities --city espoo --city vantaa", "city_id", {"espoo", "vantaa"}),
        ("cities --city espoo,Vanda", "city_id", {"espoo", "vantaa"}),
        ("cities -y 2019 -y 2020", "year", {2019, 2020}),
        ("cities --year 2019,2021..2022", "year", {2019, 2021, 2022}),
        ("cities --status winner,runner-up", "status", {"winner", "runner-up"}),
        ("cities -s winner -s runner-up", "status", {"winner", "runner-up"}),
        ("prizes --category capital-of-innovation,rising-innovative-city --year 2021..", "category", None),
        ("sources --kind official,news", "kind", {"official", "news"}),
        ("disputes --weight open --weight slip", "weight", {"open", "slip"}),
        ("quotes --speaker makela,vassal", "speaker_id", None),
    ],
)
def test_a_filter_takes_any_of_its_values(ask, words, key, values):
    """Repeated or separated by commas, for every filter: exactly the facts with one of the values."""
    command, *options = words.split()
    asked = ask(command, *options)
    everything = ask(command)

    values = values or {row[key] for row in asked}
    assert {row[key] for row in asked} == values
    assert len(values) > 1
    if "--year" not in options or key == "year":
        assert ids(asked) == [row["id"] for row in everything if row[key] in values]


def test_filters_of_two_kinds_hold_together(ask, results):
    rows = ask("cities", "--country", "finland,sweden", "--status", "winner,runner-up", "--year", "2019..")

    assert ids(rows) == [
        row["id"]
        for row in results
        if row["country_code"] in {"FI", "SE"} and row["status"] in {"winner", "runner-up"} and row["year"] >= 2019
    ]


@pytest.mark.parametrize("command", ["initiatives", "people", "quotes", "prizes", "disputes", "editions"])
def test_a_year_narrows_wherever_facts_have_one(ask, command):
    rows = ask(command, "--year", "2019")

    assert rows
    assert ids(rows) == [row["id"] for row in ask(command) if 2019 in {row["year"], *map(int, row.get("years", ()))}]


@pytest.mark.parametrize("command", ["initiatives", "people", "quotes", "prizes"])
def test_a_country_narrows_wherever_facts_have_a_city(ask, results, command):
    finnish = {row["city_id"] for row in results if row["country_code"] == "FI"}
    rows = ask(command, "--country", "Suomi")

    assert rows
    assert {row["city_id"] for row in rows} <= finnish


@pytest.mark.parametrize(
    "words", ["-f csv --json", "--json -f csv", "-f csv -f json", "--lang sv --lang fi", "-n 1 -n 2"]
)
def test_two_options_that_contradict_each_other_are_wrong_usage(run, words):
    result = run("cities", *words.split())

    assert (result.code, result.out) == (2, "")


@pytest.mark.parametrize("words", ["-f json --json", "--lang sv --lang sv", "-n 1 -n 1"])
def test_saying_the_same_twice_is_no_contradiction(run, words):
    assert run("cities", *words.split()).code == 0


@pytest.mark.parametrize("command", ["cities", "quotes", "search espoo", "sources", "stats"])
def test_a_limit_of_nothing_prints_no_rows(run, command):
    assert run(*command.split(), "--limit", "0", "--json") == (0, "[]\n", "")


# Countries


@pytest.mark.parametrize("name", ["finland", "Suomi", "FI", "Finlandia", "Финляндия"])
def test_a_country_is_a_name_too(ask, run, results, name):
    finnish = [row["id"] for row in results if row["country_code"] == "FI"]

    assert ids(ask("cities", name)) == ids(ask("cities", "--country", name)) == finnish
    assert run("show", name, "-f", "plain").out.startswith("Finland – European Capital of Innovation Award")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UK", "GB"),
        ("Great Britain", "GB"),
        ("EL", "GR"),
        ("GR", "GR"),
        ("Turkey", "TR"),
        ("The Netherlands", "NL"),
        ("Holland", "NL"),
    ],
)
def test_a_country_is_found_as_people_call_it(ask, results, name, code):
    assert ids(ask("cities", "--country", name)) == [row["id"] for row in results if row["country_code"] == code]


# Cities in their own script and in other languages


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("Львів", "lviv"),
        ("תל אביב", "tel-aviv"),
        ("Λευκωσία", "nicosia"),
        ("Varsovie", "warsaw"),
        ("Hambourg", "hamburg"),
        ("La Haye", "the-hague"),
        ("Kopenhagen", "copenhagen"),
        ("Київ", "kyiv"),
        ("ANVERS", "antwerp"),
        ("goteborg", "gothenburg"),
        ("Esbo", "espoo"),
    ],
)
def test_a_city_is_found_in_its_own_script_and_in_other_languages(ask, run, name, city):
    for words in (["cities", "--city", name], ["cities", name]):
        assert {row["city_id"] for row in ask(*words)} == {city}
    assert json.loads(run("show", name, "--json").out)["id"] == city


# People, organisations, initiatives, results


@pytest.mark.parametrize(
    ("words", "key", "value"),
    [
        ("quotes --speaker makela", "speaker_id", "jukka-makela"),
        ("quotes mäkelä", "speaker_id", "jukka-makela"),
        ("contacts sutinen", "name", "Päivi Sutinen"),
        ("people SUTINEN", "name", "Päivi Sutinen"),
        ("initiatives omnia", "id", "omnia-ai-lab"),
    ],
)
def test_a_surname_or_a_whole_word_of_a_name_finds_what_it_fits(ask, words, key, value):
    assert {row[key] for row in ask(*words.split())} == {value}


def test_sources_are_found_by_a_word_of_their_publisher(ask):
    rows = ask("sources", "vantaa")

    assert {"City of Vantaa"} <= {row["publisher"] for row in rows}
    assert all("vantaa" in f"{row['publisher']} {row['title']} {row['id']}".casefold() for row in rows)


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("makela", "jukka-makela"),
        ("sutinen", "paivi-sutinen"),
        ("espoo-2019", "2019-espoo"),
        ("Espoo 2019", "2019-espoo"),
        ("2019 esbo", "2019-espoo"),
        ("2019-espoo", "2019-espoo"),
        ("2025", "2026"),
        ("2024-25", "2024"),
        ("icapital", "icapital"),
    ],
)
def test_show_brief_and_cite_find_the_same_fact(run, name, fact):
    assert json.loads(run("show", name, "--json").out)["id"] == fact
    assert json.loads(run("brief", name, "--json").out)["id"] == fact
    if name != "icapital":  # cite icapital: how to cite the facts themselves
        assert run("cite", name) == run("cite", fact)


def test_the_words_of_a_name_need_no_quotation_marks(run):
    assert run("show", "espoo", "2019") == run("show", "espoo 2019") == run("show", "2019-espoo")


def test_a_comparison_takes_names_of_several_words_without_quotation_marks(ask):
    assert ask("compare", "The", "Hague", "espoo") == ask("compare", "the-hague", "espoo")
    assert ask("compare", "United", "Kingdom", "finland") == ask("compare", "gb", "fi")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("cities --city La Haye", "icapital cities --city 'La Haye'"),
        ("cities --city La Haye 2026", "icapital cities --city 'La Haye' 2026"),
        ("quotes --speaker Xyz Mäkelä", None),
    ],
)
def test_an_option_that_took_one_word_of_a_name_gets_a_hint_at_quotation_marks(run, words, meant):
    result = run(*words.split())

    assert (result.code, result.out) == (3, "")
    assert meant is None or result.err.endswith(f"did you mean: {meant}\n")
    assert (meant is None) == ("did you mean: icapital" not in result.err)


@pytest.mark.parametrize("words", ["show metropole", "brief metropole", "cite metropole", "cities --city metropole"])
def test_a_word_that_fits_several_is_refused_with_their_ids(run, words):
    result = run(*words.split())

    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("icapital: 'metropole' is ambiguous: ")
    assert "grenoble-alpes-metropole (cities)" in result.err
    assert result.err.endswith("give the id\n")


def test_a_query_of_a_list_takes_all_that_a_word_fits(ask, results):
    bodies = {row["city_id"] for row in ask("cities", "metropole")}

    assert {"grenoble-alpes-metropole", "aix-marseille-provence-metropole"} <= bodies
    assert ids(ask("cities", "metropole")) == [row["id"] for row in results if row["city_id"] in bodies]


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("cities --city Esboo", "Esbo (espoo)"),
        ("cities --country Polnd", "Poland (pl)"),
        ("cities --country Espoo", None),
        ("cities --city Finlnd", None),
        ("quotes --speaker makel", "Jukka Mäkelä (jukka-makela)"),
        ("quotes --speaker Esboo", None),
        ("initiatives omnai", "Omnia AI Lab (omnia-ai-lab)?"),
    ],
)
def test_suggestions_are_of_the_kind_that_was_asked_for(run, words, near):
    """A near city is not suggested where a country was asked for."""
    result = run(*words.split())

    assert (result.code, result.out) == (3, "")
    suggested = re.findall(r"\(([-\w]+)\)", result.err)
    assert near is None or f"did you mean {near}" in result.err
    kinds = {json.loads(run("show", fact, "--json").out)["kind"] for fact in suggested}
    kind = {"--city": "cities", "--country": "countries", "--speaker": "people", "omnai": "initiatives"}
    assert kinds <= {kind[words.split()[1]]}


@pytest.mark.parametrize("words", ["show nordic", "initiatives zzz", "cities --city qwerty"])
def test_what_is_far_from_any_name_gets_no_suggestion(run, words):
    result = run(*words.split())

    assert (result.code, result.out) == (3, "")
    assert "did you mean" not in result.err


def test_an_option_of_another_command_is_named_with_those_there_are(run):
    result = run("initiatives", "--status", "winner")

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("icapital: icapital initiatives has no option --status. choose from: --year, ")


# Empty answers


@pytest.mark.parametrize(
    ("words", "command", "key"), [("contacts helsinki", "contacts", "city"), ("contacts nantes", "contacts", "city")]
)
def test_an_empty_answer_says_what_there_is(run, ask, words, command, key):
    result = run(*words.split())
    counts = {}
    for row in ask(command):
        counts[row[key]] = counts.get(row[key], 0) + 1
    most = max((name for name in counts if name), key=lambda name: counts[name])

    assert (result.code, result.out) == (0, "")
    assert result.err.startswith(f"icapital: nothing found; {command}: ")
    assert f"{most} {counts[most]}" in result.err
    assert "leave out an option" not in result.err


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("cities --city paris --year 2019", "year 2019: {year}, city paris: {city}"),
        ("cities paris --year 2019", "year 2019: {year}, paris: {city}"),
    ],
)
def test_an_answer_that_several_things_leave_empty_says_how_many_each_has(run, results, words, there):
    result = run(*words.split())

    year, city = (sum(row[key] == value for row in results) for key, value in (("year", 2019), ("city_id", "paris")))
    assert result == (0, "", f"icapital: nothing fits all of these; {there.format(year=year, city=city)}\n")


def test_an_edition_that_there_is_not_is_answered_with_those_there_are(run, ask):
    result = run("cities", "--year", "2015")

    assert (result.code, result.out) == (0, "")
    assert result.err.startswith("icapital: no edition in 2015; editions: ")
    assert all(edition["id"] in result.err for edition in ask("editions"))


# Years


@pytest.mark.parametrize("name", ["2025", "2026", "2025..2025"])
def test_the_edition_of_2026_is_found_by_the_year_in_which_it_was_announced(ask, results, name):
    of_2026 = [row["id"] for row in results if row["edition"] == "2026"]

    assert ids(ask("cities", "-y", name)) == ids(ask("cities", name)) == of_2026
    assert ids(ask("editions", name)) == ["2026"]


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("2024-25", 2024, 2024), ("2024-25..2026", 2024, 2026), ("..2016", 0, 2016), ("2024-25..", 2024, 9999)],
)
def test_a_label_is_a_year_everywhere(ask, results, name, low, high):
    wanted = [row["id"] for row in results if low <= row["year"] <= high]

    assert ids(ask("cities", "--year", name)) == ids(ask("cities", name)) == wanted


# Order


def test_disputes_are_sorted_by_severity_as_it_rises_and_falls(ask):
    order = ["high", "medium", "low"]
    rows = [row["severity"] for row in ask("disputes", "--sort", "severity")]

    assert rows == sorted(rows, key=order.index)
    assert len(set(rows)) > 1
    assert [row["severity"] for row in ask("disputes", "--sort=-severity")] == rows[::-1]


def test_disputes_are_sorted_by_weight(ask):
    rows = [row["weight"] for row in ask("disputes", "--sort", "weight")]

    assert rows == sorted(rows, key=["open", "settled", "slip"].index)


@pytest.mark.parametrize("command", ["cities", "prizes"])
def test_results_are_sorted_by_status_as_they_were_placed(ask, command):
    order = ["winner", "runner-up", "finalist", "semi-finalist"]
    rows = [row["status"] for row in ask(command, "--sort", "status")]

    assert rows == sorted(rows, key=order.index)
    assert rows[0] == "winner"


def test_a_dispute_of_several_years_shows_them_all(run, ask):
    rows = ask("disputes", "--year", "2021")
    shown = run("disputes", "--year", "2021").out

    several = [row for row in rows if len(row["years"]) > 1]
    assert several
    for row in several:
        assert re.search(f"^{row['years'][0]},? .*{row['years'][-1]} .*{re.escape(row['topic'])}", shown, re.MULTILINE)


# Comparing and counting


def test_editions_are_compared_by_their_facts(ask):
    rows = {row["measure"]: row for row in ask("compare", "2019", "2020", "2021")}
    editions = {row["id"]: row for row in ask("editions")}

    for year in ("2019", "2020", "2021"):
        for key in ("date", "place", "applications"):
            assert rows[key][year] == editions[year][key]
        assert rows["winners"][year] == "; ".join(editions[year]["winners"])


def test_countries_and_more_than_two_cities_are_compared(ask, results):
    rows = {row["measure"]: row for row in ask("compare", "finland", "sweden", "Norja")}
    for code in ("fi", "se", "no"):
        assert rows["count"][code] == sum(row["country_code"] == code.upper() for row in results)

    assert {"espoo", "vantaa", "nantes"} <= ask("compare", "espoo", "vantaa", "nantes")[0].keys()


@pytest.mark.parametrize("lang", ["en", "sv", "fi"])
@pytest.mark.parametrize("names", ["espoo vantaa", "finland sweden", "2019 2020"])
def test_no_two_rows_of_a_comparison_have_one_heading(run, names, lang):
    lines = run("compare", *names.split(), "--lang", lang, "-f", "tsv", "--fields", "group").out.splitlines()

    assert len(lines) > 10
    assert len(set(lines)) == len(lines)


def test_bare_compare_says_what_to_type(run):
    assert run("compare") == (2, "", "icapital: name two or more to compare: icapital compare espoo vantaa\n")


def test_a_city_is_not_compared_with_itself(run):
    result = run("compare", "espoo", "Esbo")

    assert (result.code, result.out) == (2, "")


@pytest.mark.parametrize("by", ["year", "publisher", "language", "country,status"])
def test_results_are_counted_by_what_people_ask_for(ask, by):
    rows = {lang: ask("stats", "--by", by, "--lang", lang) for lang in ("en", "sv", "fi")}

    assert [list(row) for row in rows["sv"]] == [list(row) for row in rows["fi"]] == [list(row) for row in rows["en"]]
    for lang in ("sv", "fi"):
        assert {row["group_id"] for row in rows[lang]} == {row["group_id"] for row in rows["en"]}


# Keys


def test_money_and_editions_have_one_key_in_every_answer(ask):
    assert all(row["amount"] == row["prize_eur"] for row in ask("cities"))
    assert all(row["edition"] == row["label"] for row in ask("editions"))


# Searching


@pytest.mark.parametrize("words", ["artificial intelligence", "tekoäly", "AI"])
def test_a_search_knows_words_that_mean_the_same(ask, words):
    assert "omnia-ai-lab" in ids(ask("search", words))


def test_a_search_falls_back_to_most_of_the_words_and_says_so(run):
    result = run("search", "prize money espoo 2019 zeppelin")

    assert result.code == 0
    assert "No passage holds all the words; these hold most of them." in result.out
    assert json.loads(run("search", "prize money espoo 2019", "--json").out)


def test_what_bears_a_name_comes_before_what_mentions_it(ask):
    assert ids(ask("search", "vantaa"))[0] == "vantaa"


# Pages


def test_the_numbers_on_the_page_of_the_award_have_labels(run, ask):
    out = run("show", "icapital", "-f", "plain").out

    for edition in ask("editions"):
        (line,) = re.findall(rf"^- {edition['label']}\b.*$", out, re.MULTILINE)[:1]
        if edition["applications"] is not None:
            assert re.search(rf"Applications: {edition['applications']}\b", line)


def test_an_unknown_number_of_applications_is_called_unknown(run, ask):
    shown = run("editions", "--fields", "label,applications", "-f", "plain").out.splitlines()

    for edition, line in zip(ask("editions"), shown, strict=True):
        if edition["applications"] is None:
            assert line == f"{edition['label']} | unknown"


@pytest.mark.parametrize(("lang", "name"), [("sv", "esbo"), ("fi", "espoo"), ("en", "espoo")])
def test_a_city_is_not_also_called_what_it_is_called(run, lang, name):
    out = run("brief", name, "--lang", lang).out
    title = out.partition(" – ")[0]

    assert not [
        line for line in out.splitlines() if re.match(rf"- (Kallas också|Also called|Myös): .*\b{title}\b", line)
    ]


# Bad input


RESOLVING = [
    *(["show", "--", "{}"], ["brief", "--", "{}"], ["cite", "--", "{}"], ["compare", "--", "espoo", "{}"]),
    *(["cities", "--", "{}"], ["sources", "--", "{}"], ["quotes", "--", "{}"]),
    *(["cities", "--city={}"], ["cities", "--country={}"], ["quotes", "--speaker={}"], ["sources", "--publisher={}"]),
]
NASTY = {
    "empty": "",
    "blank": " \t ",
    "commas": ",,,",
    "huge": "espoo " * 20_000,
    "a list that is huge": "espoo," * 20_000 + "atlantis",
    "mixed script": "\u0415spoo",  # the first letter is Cyrillic
    "bidi": "espoo\u202e\u2066",
    "NUL": "espoo\0",
    "surrogate": "espoo\udcff",
    "half a pair": "\ud83d",
    "wildcard": "esp%",
    "marks": "xq" + "\u0301" * 5_000,
}


@pytest.mark.parametrize("words", RESOLVING, ids=" ".join)
@pytest.mark.parametrize("kind", NASTY)
def test_a_name_that_no_fact_can_bear_is_refused_in_one_clean_line(run, words, kind):
    """Or it is found, where it differs from a name by what a reader cannot see; never an unexpected failure."""
    result = run(*(word.replace("{}", NASTY[kind]) for word in words))

    assert result.code in {2, 3}, result.err
    assert result.out == ""
    assert re.fullmatch(r"icapital: [^\n\0\u202e\u2066]{5,900}\n", result.err)


def test_a_list_of_values_ends_where_one_is_wrong(run):
    result = run("cities", "--city", "espoo,atlantis")

    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("icapital: no city is called 'atlantis'.")


@pytest.mark.parametrize(
    ("words", "kind"),
    [("sources --publisher e", "publisher"), ("sources european", ""), ("sources --year 2014..2026,2010..2027", "")],
)
def test_a_word_that_fits_a_thousand_facts_finds_them_all(ask, words, kind):
    """However many values a filter takes."""
    rows = ask(*words.split())

    if kind:
        assert ids(rows) == [row["id"] for row in ask("sources") if "e" in fold(row[kind])]
    assert len(rows) > 100


def test_more_ranges_than_years_can_need_are_refused(run):
    ranges = ",".join(f"{first}..{first + 1}" for first in range(1000, 1200))

    assert run("cities", "--year", ranges) == (2, "", "icapital: --year takes at most 100 ranges\n")


@pytest.mark.parametrize("name", [NASTY["mixed script"], "Esp\u043e"])
def test_a_letter_of_another_script_is_not_guessed(run, name):
    """A name with a Cyrillic letter that looks alike is no name; its near one may be suggested."""
    assert run("show", name).code == run("cities", "--city", name).code == 3


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("cities espoo vantaa", "cities --city espoo,vantaa"),
        ("cities espoo,vantaa", "cities --city espoo,vantaa"),
        ("cities winner 2019", "cities --status winner --year 2019"),
        ("cities united kingdom 2019..2021", "cities --country 'united kingdom' --year 2019..2021"),
        ("quotes makela 2019", "quotes --speaker makela --year 2019"),
    ],
)
def test_a_query_that_names_several_things_is_spelled_as_options(run, words, options):
    _, _, query = words.partition(" ")
    result = run(*words.split())

    assert result == (3, "", f"icapital: no match for {query!r}. did you mean: icapital {options}\n")
    assert run(*shlex.split(options)).code == 0


def test_what_a_query_names_in_vain_is_not_spelled_as_options(run):
    assert "--" not in run("cities", "new", "york", "2019").err


@pytest.mark.parametrize(("lang", "kind"), [("en", "Initiatives"), ("sv", "Initiativ"), ("fi", "Hankkeet")])
def test_a_search_names_kinds_in_the_language_for_people_and_by_id_for_scripts(run, lang, kind):
    words = ("search", "omnia", "-k", "initiatives", "-n", "1", "--lang", lang)

    assert run(*words).out.splitlines()[1].startswith(kind + " ")
    assert run(*words, "-f", "csv").out.splitlines()[1].startswith("initiatives,")


# Pages and citations


@pytest.mark.parametrize("name", ["espoo", "finland", "2019", "2019-espoo", "makela"])
@pytest.mark.parametrize("command", ["show", "brief"])
def test_a_page_says_to_a_stranger_what_the_award_is(run, command, name):
    award = json.loads(run("show", "icapital", "--json").out)
    page = run(command, name).out

    assert page.splitlines()[0].endswith(f" – {award['name']}")
    assert page.splitlines()[3].startswith(f"{award['name']}: {award['purpose']}")


def test_the_best_result_of_a_city_has_all_its_editions(run, results):
    editions = [row["edition"] for row in results if row["city_id"] == "espoo" and row["status"] == "runner-up"]

    assert len(editions) > 1
    assert f"Best result: Runner-up {', '.join(editions)};" in run("show", "espoo").out


def test_an_edition_is_called_by_its_label_for_people(run):
    assert run("editions", "2024").out.splitlines()[1].startswith("2024-25  ")


@pytest.mark.parametrize("style", ["text", "markdown", "bibtex", "ris", "wikipedia", "apa"])
@pytest.mark.parametrize("words", ["2019-espoo -n 0", "contact-jasmin-repo-2019 --official"])
def test_no_page_to_cite_is_no_line(run, words, style):
    result = run("cite", *words.split(), "--style", style)

    assert (result.code, result.out) == (0, "")
    assert bool(result.err) == ("--official" in words)


@pytest.mark.parametrize("style", ["text", "markdown", "bibtex", "biblatex", "csl-json", "ris"])
def test_a_citation_of_the_facts_themselves_names_its_version_once(run, style):
    assert run("cite", "icapital", "--style", style).out.count("version ") == 1


@pytest.mark.parametrize("command", ["show", "brief"])
@pytest.mark.parametrize("city", ["vantaa", "espoo", "turin"])
def test_a_page_of_a_city_has_its_mayor_and_every_prize(run, ask, command, city):
    page = run(command, city, "-f", "markdown").out
    people = [row["name"] for row in ask("people", "--city", city) if "Mayor" in str(row["role"])]
    prizes = ask("prizes", "--city", city)

    assert people
    assert any(name in page for name in people)
    assert len(prizes) > 0
    for prize in prizes:
        amount = f"{prize['amount']:,}" if prize["amount"] else prize["award"]
        assert amount in page
