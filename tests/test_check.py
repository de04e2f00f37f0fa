"""`icapital check`: every rule, broken once, is named with file, line and column."""

import pytest
from conftest import BASE
from copies import Copy, problems
from made_up import CITY, SOURCE

INITIATIVE = """\
initiatives:
  new-initiative:
    name: New Lamps
    city: lodz
    edition: 2015
    summary: Lamps that are new.
    basis: press-account
    figures:
      - value: 12
        unit: lamps
        of: lamps that are new
    citations:
      - source: lantern-2015
        locator: last line
"""
DISPUTE = """\
disputes:
  new-dispute:
    topic: number of lamps
    severity: low
    touches:
      - tram-lamps.figures
    claims:
      - says: Twelve.
        citations:
          - source: lantern-2015
            locator: last line
      - says: Thirteen.
        citations:
          - source: gazette-2015
            locator: last line
    believed: Twelve
    why: The organiser counted.
"""


@pytest.fixture
def base(run, tmp_path):
    """Give a copy of the tiny base to break."""
    return Copy(run, tmp_path / "base")


@pytest.fixture
def with_new(base):
    """Add one new fact to the base, with one text changed in it, and check."""

    def checked(fact, old, new):
        assert fact.count(old) == 1
        base.add(fact.replace(old, new))
        return base.check()

    return checked


# The folder.


def test_a_base_in_order_is_met_with_silence(run):
    result = run("check", str(BASE))

    assert result == (0, "", "")


@pytest.mark.parametrize("fact", [SOURCE + "    reprint_of: gazette-2017\n", CITY, INITIATIVE, DISPUTE])
def test_the_facts_that_these_tests_add_are_right_until_broken(base, fact):
    base.add(fact)
    if fact.startswith("sources"):
        base.change("disputes.yaml", "herald-2017", "new-source")
        base.change("cities.yaml", "lantern-2017", "herald-2017")

    result = base.check()

    assert result == (0, "", "")


def test_a_missing_folder_is_named(run, tmp_path):
    result = run("check", str(tmp_path / "nowhere"))

    assert result == (4, "", f"icapital: no folder '{tmp_path}/nowhere'\n")


def test_a_file_is_no_folder(run):
    result = run("check", str(BASE / "cities.yaml"))

    assert result == (4, "", f"icapital: no folder '{BASE}/cities.yaml'\n")


def test_an_empty_folder_holds_no_facts(run, tmp_path):
    result = run("check", str(tmp_path))

    assert result == (4, "", f"icapital: no .yaml file in the folder '{tmp_path}'\n")


def test_a_folder_without_yaml_holds_no_facts(run):
    result = run("check", str(BASE / "texts"))

    assert result == (4, "", f"icapital: no .yaml file in the folder '{BASE}/texts'\n")


def test_a_language_alone_is_no_fact_base(run):
    result = run("check", str(BASE / "languages"))

    assert result.code == 4
    assert result.out == ""


def test_a_hidden_file_is_no_part_of_the_base(base):
    base.add("cities: 5\n", ".draft.yaml")

    result = base.check()

    assert result == (0, "", "")


def test_a_fact_may_stand_in_any_file(base):
    (base.folder / "deep" / "er").mkdir(parents=True)
    (base.folder / "cities.yaml").rename(base.folder / "deep" / "er" / "towns.yml")

    result = base.check()

    assert result == (0, "", "")


def test_the_folder_stands_before_every_file(base):
    base.change("cities.yaml", "country: GB", "country: Britain")

    result = base.run("check", f"{base.folder}/")

    assert result.err.startswith(
        f"{base.folder}/cities.yaml:31:14: country must be a country code of two capital letters (ISO 3166-1),"
        " not 'Britain' [country]\n"
    )


def test_all_problems_are_said_at_once_in_the_order_of_the_files(base):
    base.change("people.yaml", "phone: '+3225550100'\n    as_of: '2017-11-08'", "as_of: soon")
    base.change("award.yaml", "year: 2016", "year: last")
    base.change("editions/2015.yaml", "summary: A city applies with one idea.", "summary:")
    base.add(SOURCE.replace("type: news", "type: rumour").replace("lang: en", "lang: English"))

    result = base.check()

    assert result == problems(
        "award.yaml:60:11: year must be a whole number, not 'last' [schema]",
        "editions/2015.yaml:53:13: summary must be text, or a mapping from language tags to published texts,"
        " not empty [schema]",
        "new.yaml:6:11: lang must be a language tag such as sv or pt-BR (BCP 47), not 'English' [languages]",
        "new.yaml:7:11: type must be one of official, press-release, news, reference, not 'rumour' [schema]",
        "people.yaml:141:12: as_of must be a date such as 2019, 2019-09 or 2019-09-25, not 'soon' [dates]",
    )


def test_no_more_than_500_problems_are_shown(base):
    base.add("rules:\n" + "".join(f"  rule-{number}: none\n" for number in range(700)))

    result = base.check()

    assert result.code == 4
    assert result.err.count("\n") == 501
    assert result.err.endswith("\n… and 200 more problems\n")


@pytest.mark.parametrize("command", ["cities", "about"])
def test_no_command_answers_from_a_base_that_is_not_in_order(base, command):
    base.change("award.yaml", "year: 2016", "year: last")

    result = base.ask(command)

    assert result == (4, "", f"{base.folder}/award.yaml:60:11: year must be a whole number, not 'last' [schema]\n")


# What a file may hold.


def test_an_unknown_kind_is_named_with_the_kinds_there_are(base):
    base.add("towns:\n  lodz:\n    name: Łódź\n")

    result = base.check()

    assert result == problems(
        "new.yaml:1:1: unknown kind 'towns'; there is: awards, categories, statuses, editions, results, prizes,"
        " schemes,"
        " milestones, rules, cities, organisations, people, posts, initiatives, quotes, contacts, disputes, sources,"
        " gaps, and language [unknown-key]"
    )


def test_a_kind_stands_once_in_a_file(base):
    base.add("cities: {}\nrules: {}\ncities: {}\n")

    result = base.check()

    assert result == problems(
        "new.yaml:1:1: 'cities' stands twice in this file [duplicate-key]",
        "new.yaml:3:1: 'cities' stands twice in this file [duplicate-key]",
    )


def test_a_kind_is_a_mapping_from_ids_to_facts(base):
    base.add("cities:\n  - Łódź\n")

    result = base.check()

    assert result == problems("new.yaml:2:3: cities must be a mapping from ids to facts, not a list [schema]")


def test_an_id_is_a_word(base):
    base.add("cities:\n  ? [a, b]\n  : name: Łódź\n")

    result = base.check()

    assert result == problems("new.yaml:2:5: a key must be a word [schema]")


def test_an_id_is_taken_in_the_whole_base(with_new):
    result = with_new(CITY, "new-city", "tram-lamps")

    assert result == problems(
        "new.yaml:2:3: the id 'tram-lamps' is taken in editions/2015.yaml:93: ids are unique in the whole base [ids]"
    )


def test_an_id_is_taken_in_its_own_file(base):
    base.add(CITY + CITY.removeprefix("cities:\n"))

    result = base.check()

    assert result == problems(
        "new.yaml:9:3: the id 'new-city' is taken in new.yaml:2: ids are unique in the whole base [ids]"
    )


# What a fact may hold.


def test_a_fact_is_a_mapping(base):
    base.add("cities:\n  new-city: Newton\n")

    result = base.check()

    assert result == problems("new.yaml:2:13: must be a mapping, not a text [schema]")


def test_a_key_of_a_fact_is_a_word(with_new):
    result = with_new(CITY, "    type: city\n", "    type: city\n    ? [a, b]\n    : c\n")

    assert result == problems("new.yaml:6:7: a key must be a word [schema]")


def test_an_unknown_key_is_named_with_the_keys_there_are(with_new):
    result = with_new(CITY, "    type: city\n", "    type: city\n    mayor: x\n")

    assert result == problems(
        "new.yaml:6:5: unknown key 'mayor' in city; it may have: name, country, type, also_called, wikidata, citations"
        " [unknown-key]"
    )


def test_a_key_stands_once_in_a_fact(with_new):
    result = with_new(CITY, "    type: city\n", "    type: city\n    type: district\n")

    assert result == problems("new.yaml:6:5: 'type' stands twice in this city [duplicate-key]")


def test_a_missing_key_is_named_where_the_fact_begins(with_new):
    result = with_new(CITY, "    type: city\n", "")

    assert result == problems("new.yaml:3:5: 'type' is missing in this city [schema]")


def test_a_fact_has_citations(with_new):
    result = with_new(CITY, "    citations:\n      - source: lantern-2015\n        locator: list of cities\n", "")

    assert result == problems("new.yaml:3:5: 'citations' is missing in this city [citations]")


def test_a_fact_has_one_citation_at_least(with_new):
    result = with_new(CITY, "\n      - source: lantern-2015\n        locator: list of cities\n", " []\n")

    assert result == problems("new.yaml:6:16: citations must name at least one source [citations]")


def test_a_citation_has_a_place_on_its_page(with_new):
    result = with_new(CITY, "        locator: list of cities\n", "")

    assert result == problems("new.yaml:7:9: 'locator' is missing in this citation [schema]")


def test_a_claim_has_citations(with_new):
    result = with_new(
        DISPUTE,
        "Thirteen.\n        citations:\n          - source: gazette-2015\n            locator: last line\n",
        "Thirteen.\n",
    )

    assert result == problems("new.yaml:12:9: 'citations' is missing in this claim [citations]")


def test_a_figure_has_a_unit(with_new):
    result = with_new(INITIATIVE, "        unit: lamps\n", "")

    assert result == problems("new.yaml:9:9: 'unit' is missing in this figure [schema]")


def test_a_fact_that_cannot_be_read_is_not_missed_elsewhere(base):
    base.change("cities.yaml", "country: PL", "country: Poland")

    result = base.check()

    assert result == problems(
        "cities.yaml:4:14: country must be a country code of two capital letters (ISO 3166-1), not 'Poland' [country]"
    )


def test_a_gap_that_cannot_be_read_is_not_missed_elsewhere(base):
    base.change("gaps.yaml", "since: 2025-01\n", "since: soon\n")

    result = base.check()

    assert result.err.count("\n") == 1
    assert "since must be a date" in result.err


def test_a_file_that_cannot_be_read_leaves_nothing_to_say_of_the_rest(base):
    base.add("sources: [", "sources.yaml")

    result = base.check()

    assert result.err.count("\n") == 1
    assert result.err.startswith("sources.yaml:2:1: is not YAML")
    assert result.err.endswith("[yaml]\n")


def test_an_id_that_begins_with_prize_is_kept_for_results(base):
    base.change("award.yaml", "  bright-town-2016-vastersund:", "  prize-2015-lodz:")

    result = base.check()

    assert result == problems(
        "award.yaml:58:3: an id may not begin with 'prize-': such ids are made from results [ids]"
    )


def test_an_id_has_no_space_around_it(with_new):
    result = with_new(CITY, "  new-city:", "  ' new-city ':")

    assert result == problems("new.yaml:2:3: id must not begin or end with a space [ids]")


# Values.


def test_a_line_is_no_list(base):
    base.change("people.yaml", "phone: '+3225550100'", "phone_printed: [02, 555]")

    result = base.check()

    assert result == problems("people.yaml:141:20: phone_printed must be a line of text, not a list [schema]")


def test_a_line_is_not_empty(base):
    base.change("people.yaml", "phone: '+3225550100'", "phone_printed: ' '")

    result = base.check()

    assert result == problems("people.yaml:141:20: phone_printed must be a line of text, not empty [schema]")


def test_a_line_has_at_most_20000_letters(with_new):
    result = with_new(CITY, "name: Newton", f"name: {'x' * 20_001}")

    assert result == problems("new.yaml:3:11: name must be a line of text, not that long [schema]")


def test_a_line_may_have_20000_letters(with_new):
    result = with_new(CITY, "name: Newton", f"name: {'x' * 20_000}")

    assert result == (0, "", "")


def test_each_row_of_a_list_is_named_by_its_own_field(with_new):
    result = with_new(INITIATIVE, "        of: lamps that are new\n", "        of: lamps that are new\n      - none\n")

    assert result == problems("new.yaml:12:9: figures must be a mapping, not a text [schema]")


@pytest.mark.parametrize(
    ("name", "code"), [("Nord\\evik", "001B"), ("Nord\\nvik", "000A"), ("a\\0b", "0000"), ("a\\u202eb", "202E")]
)
def test_a_value_holds_no_control_character_even_escaped(base, name, code):
    base.change("cities.yaml", "name: Nordvik", f'name: "{name}"')

    result = base.check()

    assert result == problems(f"cities.yaml:14:11: name must not hold the control character U+{code} [schema]")


def test_a_text_is_no_list(with_new):
    result = with_new(INITIATIVE, "summary: Lamps that are new.", "summary: [Lamps]")

    assert result == problems(
        "new.yaml:6:14: summary must be text, or a mapping from language tags to published texts, not a list [schema]"
    )


def test_a_published_text_stands_under_a_language_tag(with_new):
    result = with_new(INITIATIVE, "summary: Lamps that are new.", "summary: {English: Lamps}")

    assert result == problems(
        "new.yaml:6:15: summary must be a language tag such as sv or pt-BR (BCP 47), not 'English' [languages]"
    )


def test_a_text_is_not_an_empty_mapping(with_new):
    result = with_new(INITIATIVE, "summary: Lamps that are new.", "summary: {}")

    assert result == problems(
        "new.yaml:6:14: summary must be text, or a mapping from language tags to published texts, not empty [schema]"
    )


def test_a_text_is_published_once_in_a_language(base):
    base.change("people.yaml", "      en: Thanks", "      en: Thank you\n      en: Thanks")

    result = base.check()

    assert result == problems("people.yaml:111:7: 'en' stands twice in this text [duplicate-key]")


def test_a_partner_is_one_line(base):
    base.change("editions/2020.yaml", "      - Nordvik Harbour", "      - sv: Nordviks hamn")

    result = base.check()

    assert result == problems("editions/2020.yaml:104:9: partners must be a line of text, not a mapping [schema]")


def test_an_id_has_small_letters_digits_and_hyphens(with_new):
    result = with_new(CITY, "new-city", "New_City")

    assert result == problems("new.yaml:2:3: id must be an id of a-z, 0-9 and hyphens, not 'New_City' [ids]")


def test_the_id_of_an_edition_is_a_year(base):
    base.add("editions:\n  next:\n    award: lantern\n    citations:\n      - {source: lantern-2015, locator: end}\n")

    result = base.check()

    assert result == problems("new.yaml:2:3: id must be a year of four digits, not 'next' [ids]")


@pytest.mark.parametrize("year", ["02015", "２０１５"])
def test_the_id_of_an_edition_has_four_digits(with_new, year):
    result = with_new(INITIATIVE, "edition: 2015", f"edition: {year}")

    assert result == problems(f"new.yaml:5:14: edition must be a year of four digits, not '{year}' [references]")


def test_a_reference_has_the_form_of_an_id(with_new):
    result = with_new(INITIATIVE, "city: lodz", "city: Łódź")

    assert result == problems("new.yaml:4:11: city must be an id of a-z, 0-9 and hyphens, not 'Łódź' [references]")


def test_a_target_has_the_form_of_an_id_and_a_field(with_new):
    result = with_new(DISPUTE, "tram-lamps.figures", "tram-lamps figures")

    assert result == problems(
        "new.yaml:6:9: touches must be the id of a fact, or id.field, not 'tram-lamps figures' [references]"
    )


def test_a_word_is_one_of_a_list(with_new):
    result = with_new(CITY, "type: city", "type: village")

    assert result == problems(
        "new.yaml:5:11: type must be one of city, metropolitan-area, combined-authority, district, not 'village'"
        " [schema]"
    )


@pytest.mark.parametrize("year", ["MMXVI", "-2016", "1e3", "١٧", "1234567890123456"])
def test_a_whole_number_is_written_in_digits(base, year):
    base.change("award.yaml", "year: 2016", f"year: {year}")

    result = base.check()

    assert result == problems(f"award.yaml:60:11: year must be a whole number, not '{year}' [schema]")


@pytest.mark.parametrize("prize", ["500,000", "€500000", "500000.00"])
def test_money_is_a_whole_number_of_euros(base, prize):
    base.change("editions/2020.yaml", "prize_eur: 500000\n    number", f"prize_eur: {prize}\n    number")

    result = base.check()

    assert result == problems(
        f"editions/2020.yaml:44:16: prize_eur must be a whole number of euros, not '{prize}' [money]"
    )


@pytest.mark.parametrize("value", ["a dozen", "1,5", "inf"])
def test_the_value_of_a_figure_is_a_number(with_new, value):
    result = with_new(INITIATIVE, "value: 12", f"value: {value}")

    assert result == problems(f"new.yaml:9:16: value must be a number, not '{value}' [schema]")


@pytest.mark.parametrize("value", ["-4", "12.5"])
def test_a_number_may_be_negative_and_have_a_decimal_point(with_new, value):
    result = with_new(INITIATIVE, "value: 12", f"value: {value}")

    assert result == (0, "", "")


@pytest.mark.parametrize("day", ["8.11.2017", "2017-11-8", "2017-13", "2017-02-29", "0000"])
def test_a_date_is_one_that_the_calendar_has(base, day):
    base.change("editions/2015.yaml", "date: '2015-01-31'", f"date: '{day}'")

    result = base.check()

    assert result == problems(
        f"editions/2015.yaml:45:11: date must be a date such as 2019, 2019-09 or 2019-09-25, not '{day}' [dates]"
    )


@pytest.mark.parametrize("day", ["2014", "2014-02", "2016-02-29"])
def test_a_date_may_be_a_day_or_a_month_or_a_year(base, day):
    base.change("editions/2015.yaml", "date: '2015-01-31'", f"date: '{day}'")

    result = base.check()

    assert result == (0, "", "")


def test_a_country_is_one_that_iso_3166_has(with_new):
    result = with_new(CITY, "country: IE", "country: XX")

    assert result == problems("new.yaml:4:14: no country has the code 'XX' (ISO 3166-1) [country]")


@pytest.mark.parametrize("country", ["Norway", "no"])
def test_a_country_is_a_code_of_two_capital_letters(with_new, country):
    result = with_new(CITY, "country: IE", f"country: {country}")

    assert result == problems(
        f"new.yaml:4:14: country must be a country code of two capital letters (ISO 3166-1), not '{country}' [country]"
    )


def test_no_is_the_country_norway_and_not_the_word_false(run):
    result = run("cities", "--city", "nordvik", "--fields", "country,country_code", "-f", "csv", "--facts", str(BASE))

    assert result.out.splitlines()[1] == "Norway,NO"


@pytest.mark.parametrize("currency", ["euros", "€"])
def test_a_currency_is_a_code_of_three_capital_letters(base, currency):
    base.change("award.yaml", "year: 2016", f"year: 2016\n    amount: 5\n    currency: {currency}")

    result = base.check()

    assert result == problems(
        f"award.yaml:62:15: currency must be a currency code of three capital letters (ISO 4217),"
        f" not '{currency}' [money]"
    )


@pytest.mark.parametrize("phone", ["02 555 01 00", "+32 2 555 01 00", "+3225"])
def test_a_phone_number_is_international(base, phone):
    base.change("people.yaml", "+3225550100", phone)

    result = base.check()

    assert result == problems(
        f"people.yaml:141:12: phone must be a telephone number such as +358468773953 (E.164), not '{phone}' [phone]"
    )


@pytest.mark.parametrize("email", ["press", "press@office", "a@b@c.org"])
def test_an_e_mail_address_has_one_at_and_a_domain(base, email):
    base.change("people.yaml", "phone: '+3225550100'", f"email: {email}")

    result = base.check()

    assert result == problems(f"people.yaml:141:12: email must be an e-mail address, not '{email}' [email]")


@pytest.mark.parametrize("url", ["gazette.example.com", "javascript:alert(1)", "https://a b"])
def test_a_url_is_an_http_or_https_address(with_new, url):
    result = with_new(SOURCE, "https://gazette.example.com/new", url)

    assert result == problems(f"new.yaml:5:10: url must be an http or https address, not '{url}' [url]")


@pytest.mark.parametrize("parameter", ["utm_source", "fbclid", "UTM_Medium"])
def test_a_url_carries_no_parameter_that_tracks_readers(with_new, parameter):
    result = with_new(SOURCE, "com/new", f"com/new?page=2&{parameter}=7")

    assert result == problems(
        f"new.yaml:5:10: url carries the tracking parameter '{parameter}': cut it [url]",
    )


@pytest.mark.parametrize("tag", ["English", "EN", "sv_FI"])
def test_a_language_is_a_bcp_47_tag(with_new, tag):
    result = with_new(SOURCE, "lang: en", f"lang: {tag}")

    assert result == problems(
        f"new.yaml:6:11: lang must be a language tag such as sv or pt-BR (BCP 47), not '{tag}' [languages]"
    )


def test_a_list_is_a_list(with_new):
    result = with_new(CITY, "    type: city\n", "    type: city\n    also_called: Newtown\n")

    assert result == problems("new.yaml:6:18: also_called must be a list, not a text [schema]")


def test_each_value_of_a_list_is_read(with_new):
    result = with_new(CITY, "    type: city\n", "    type: city\n    also_called: [Newtown, [x], '']\n")

    assert result == problems(
        "new.yaml:6:28: also_called must be a line of text, not a list [schema]",
        "new.yaml:6:33: also_called must be a line of text, not empty [schema]",
    )


# Languages.


def test_a_language_file_names_a_language(base):
    base.add("language: Suomi\nlabels: {}\n")

    result = base.check()

    assert result == problems(
        "new.yaml:1:11: language must be a language tag such as sv or pt-BR (BCP 47), not 'Suomi' [languages]"
    )


def test_a_language_file_has_a_few_keys(base):
    base.add("language: fi\nname: suomi\nnames: {}\n")

    result = base.check()

    assert result == problems(
        "new.yaml:3:1: unknown key 'names'; a language has: language, name, labels, cities, terms, glossary, texts"
        " [unknown-key]"
    )


def test_a_part_of_a_language_file_stands_once(base):
    base.add("language: fi\nname: suomi\nname: finska\n")

    result = base.check()

    assert result == problems(
        "new.yaml:2:1: 'name' stands twice in this file [duplicate-key]",
        "new.yaml:3:1: 'name' stands twice in this file [duplicate-key]",
    )


def test_a_part_of_a_language_file_is_a_mapping(base):
    base.add("language: fi\nname: suomi\nlabels: [column.year]\n")

    result = base.check()

    assert result == problems("new.yaml:3:9: labels must be a mapping [schema]")


def test_a_key_of_a_language_file_is_a_word(base):
    base.add("language: fi\nname: suomi\nlabels:\n  ? [a]\n  : b\n")

    result = base.check()

    assert result == problems("new.yaml:4:5: a key must be a word [schema]")


def test_a_translation_is_a_text(base):
    base.add("language: fi\nname: suomi\ncities:\n  lodz: [Lodz]\n")

    result = base.check()

    assert result == problems("new.yaml:4:9: cities must be a line of text, not a list [schema]")


def test_nothing_is_translated_twice_even_in_two_files(base):
    base.add("language: sv\nlabels:\n  column.year: Årtal\n")

    result = base.check()

    assert result == problems("new.yaml:3:3: 'column.year' is translated twice [duplicate-key]")


def test_a_fact_is_translated_in_one_file(base):
    base.add("language: sv\ntexts:\n  winner:\n    summary: Staden som vann.\n")

    result = base.check()

    assert result == problems("new.yaml:3:3: 'winner' is translated twice [duplicate-key]")


def test_a_text_of_a_fact_is_translated_once(base):
    base.change("languages/sv.yaml", "    summary: Gatlyktorna", "    summary: Lyktorna\n    summary: Gatlyktorna")

    result = base.check()

    assert result == problems("languages/sv.yaml:65:5: tram-lamps.summary is translated twice [duplicate-key]")


def test_a_language_has_a_name(base):
    base.add("language: fi\nlabels:\n  column.year: Vuosi\n")

    result = base.check()

    assert result == problems("new.yaml:1:11: the language 'fi' has no name [languages]")


def test_a_language_is_one_that_cldr_knows(base):
    base.add("language: xx\nname: Nonsense\n")

    result = base.check()

    assert result == problems("new.yaml:1:11: CLDR knows no language 'xx' (BCP 47) [languages]")


def test_the_name_of_a_city_that_does_not_exist_is_not_translated(base):
    base.add("language: fi\nname: suomi\ncities:\n  lods: Lodz\n")

    result = base.check()

    assert result == problems(
        "new.yaml:4:3: the translation of 'lods' belongs to no text of the base: remove or correct it [languages]"
    )


@pytest.mark.parametrize(
    ("fact", "field", "text"),
    [
        ("nowhere", "name", "x"),
        ("tram-lamps", "note", "x"),
        ("tram-lamps", "city", "x"),
        ("quay-length", "claims", "[ett]"),
        ("quay-length", "claims", "[ett, två, tre]"),
    ],
)
def test_a_translation_belongs_to_a_text_that_exists(base, fact, field, text):
    base.add(f"language: fi\nname: suomi\ntexts:\n  {fact}:\n    {field}: {text}\n")

    result = base.check()

    assert result == problems(
        f"new.yaml:5:5: the translation of '{fact}.{field}' belongs to no text of the base: remove or correct it"
        " [languages]"
    )


# What joins facts.


def test_a_reference_leads_to_a_fact(with_new):
    result = with_new(INITIATIVE, "city: lodz", "city: lods")

    assert result == problems(
        "new.yaml:4:11: no fact in cities has the id 'lods': add it, or correct the id [references]"
    )


def test_a_reference_leads_to_a_fact_of_its_kind(with_new):
    result = with_new(INITIATIVE, "city: lodz", "city: ada-quill")

    assert result == problems(
        "new.yaml:4:11: no fact in cities has the id 'ada-quill': add it, or correct the id [references]"
    )


def test_a_reference_in_a_list_leads_to_a_fact(base):
    base.change("people.yaml", "      - berg-2017-thanks", "      - berg-2017-thank")

    result = base.check()

    assert result == problems(
        "people.yaml:101:9: no fact in quotes has the id 'berg-2017-thank': add it, or correct the id [references]"
    )


def test_a_reference_in_a_row_of_a_list_leads_to_a_fact(base):
    base.change(
        "editions/2015.yaml",
        "category: grand-lantern\n        status: finalist",
        "category: x\n        status: finalist",
    )

    result = base.check()

    assert result == problems(
        "editions/2015.yaml:15:7: 2015 has 1 finalist in grand-lantern, but states none [counts]",
        "editions/2015.yaml:21:9: 2015 states 1 finalist in x, but has 0 [counts]",
        "editions/2015.yaml:21:19: no fact in categories has the id 'x': add it, or correct the id [references]",
    )


def test_a_citation_names_a_source(with_new):
    result = with_new(CITY, "source: lantern-2015", "source: lantern-1915")

    assert result == problems(
        "new.yaml:7:17: no source has the id 'lantern-1915': add it, or correct the id [references]"
    )


def test_a_reprint_is_of_a_source(base):
    base.change("sources.yaml", "reprint_of: wire-release-2017", "reprint_of: wire-release")

    result = base.check()

    assert result == problems(
        "sources.yaml:48:17: no source has the id 'wire-release': add it, or correct the id [references]"
    )


def test_a_dispute_touches_a_fact_that_exists(with_new):
    result = with_new(DISPUTE, "tram-lamps.figures", "tram-lamp")

    assert result == problems("new.yaml:6:9: no fact or field 'tram-lamp' [references]")


def test_a_dispute_touches_a_field_that_the_fact_may_have(with_new):
    result = with_new(DISPUTE, "tram-lamps.figures", "tram-lamps.prize_eur")

    assert result == problems("new.yaml:6:9: no fact or field 'tram-lamps.prize_eur' [references]")


def test_a_dispute_has_two_claims_at_least(with_new):
    result = with_new(
        DISPUTE,
        "      - says: Thirteen.\n        citations:\n          - source: gazette-2015\n            locator: last"
        " line\n",
        "",
    )

    assert result == problems("new.yaml:8:7: a dispute has two claims at least [disputes]")


def test_a_source_is_cited(base):
    base.add(SOURCE)

    result = base.check()

    assert result == problems(
        "new.yaml:2:3: the source 'new-source' is cited nowhere: cite it, or remove it [citations]"
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://gazette.example.com/2017/11/nordvik",
        "http://gazette.example.com/2017/11/nordvik",
        "https://www.gazette.example.com/2017/11/nordvik/",
    ],
)
def test_a_page_is_one_source(base, url):
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


def test_a_citation_supports_fields_that_the_fact_may_have(with_new):
    result = with_new(
        CITY, "        locator: list of cities\n", "        locator: list\n        supports: [name, mayor]\n"
    )

    assert result == problems("new.yaml:9:19: no field is called 'mayor' [citations]")


def test_published_words_cite_a_page_in_their_language(with_new):
    result = with_new(INITIATIVE, "summary: Lamps that are new.", "summary: {sv: Nya lampor}")

    assert result == problems(
        "new.yaml:6:14: summary is given as published in 'sv', but no source in 'sv' is cited [languages]"
    )


def test_the_words_of_a_quote_stand_in_its_excerpt(base):
    base.change("people.yaml", "sv: Ljuset ska följa människan", "sv: Ljuset skall följa människan")

    result = base.check()

    assert result == problems(
        "people.yaml:94:7: the words in 'sv' do not stand in the excerpt of their source [excerpts]"
    )


def test_only_a_page_whose_text_is_in_hand_is_excerpted(with_new):
    result = with_new(
        CITY, "        locator: list of cities\n", "        locator: list\n        excerpt: Newton is a city.\n"
    )

    assert result == problems(
        "new.yaml:9:18: the source 'lantern-2015' names no text_file to prove the excerpt [excerpts]"
    )


def test_a_winner_is_stated_by_two_publishers(base):
    base.change(
        "editions/2020.yaml",
        '"Winners"\n      - source: gazette-2021\n        locator: first paragraph\n  2020-lodz',
        '"Winners"\n  2020-lodz',
    )

    result = base.check()

    assert result == problems(
        "editions/2020.yaml:58:7: only The Lantern Office states the status of 2020-nordvik: cite a second publisher,"
        " or list the gap [publishers]",
        "editions/2020.yaml:58:7: only The Lantern Office states the prize_eur of 2020-nordvik: cite a second"
        " publisher,"
        " or list the gap [publishers]",
    )


def test_a_citation_that_does_not_support_the_prize_does_not_state_it(base):
    base.change(
        "editions/2020.yaml",
        "      - source: gazette-2021\n        locator: first paragraph\n  2020-lodz",
        "      - source: gazette-2021\n        locator: first paragraph\n        supports: [status]\n  2020-lodz",
    )

    result = base.check()

    assert result == problems(
        "editions/2020.yaml:58:7: only The Lantern Office states the prize_eur of 2020-nordvik: cite a second"
        " publisher,"
        " or list the gap [publishers]"
    )


def test_a_reprint_counts_as_what_it_reprints(base):
    base.change(
        "editions/2017.yaml",
        'source: lantern-2017\n        locator: heading "Second place"',
        "source: herald-2017\n        locator: heading",
    )

    result = base.check()

    assert result == problems(
        "editions/2017.yaml:80:7: only City of Västersund states the status of 2017-nordvik: cite a second publisher,"
        " or list the gap [publishers]",
        "editions/2017.yaml:80:7: only City of Västersund states the prize_eur of 2017-nordvik: cite a second"
        " publisher,"
        " or list the gap [publishers]",
    )


def test_a_category_has_one_winner(base):
    base.change(
        "editions/2017.yaml",
        "status: runner-up\n    rank: 2\n    prize_eur: 100000\n    reason",
        "status: winner\n    rank: 2\n    prize_eur: 100000\n    reason",
    )

    result = base.check()

    assert result == problems(
        "editions/2017.yaml:15:9: 2017 states 1 winner in grand-lantern, but has 2 [counts]",
        "editions/2017.yaml:18:9: 2017 states 2 runner-up in grand-lantern, but has 1 [counts]",
        "editions/2017.yaml:30:16: the winner prizes of 2017 in grand-lantern come to 1000000, but the results to"
        " 1100000"
        " [money]",
        "editions/2017.yaml:50:16: the runner-up prizes of 2017 in grand-lantern come to 150000, but the results to"
        " 50000"
        " [money]",
        "editions/2017.yaml:74:13: 2017 has a winner in grand-lantern already: 2017-vastersund [winners]",
    )


def test_a_category_with_results_has_a_winner(base):
    base.change(
        "editions/2020.yaml",
        "city: brambury\n    category: small-lantern\n    status: winner\n    prize_eur: 500000",
        "city: brambury\n    category: small-lantern\n    status: finalist",
    )

    result = base.check()

    assert result == problems(
        "editions/2020.yaml:2:3: 2020 has results in small-lantern, but no winner [winners]",
        "editions/2020.yaml:14:7: 2020 has 1 finalist in small-lantern, but states none [counts]",
        "editions/2020.yaml:20:9: 2020 states 1 winner in small-lantern, but has 0 [counts]",
        "editions/2020.yaml:44:16: the winner prizes of 2020 in small-lantern come to 500000, but the results to 0"
        " [money]",
    )


def test_a_city_has_one_result_in_an_edition(base):
    base.change("editions/2015.yaml", "city: brambury\n", "city: nordvik\n")

    result = base.check()

    assert result == problems("editions/2015.yaml:86:11: nordvik has a result in 2015 already: 2015-nordvik [results]")


def test_an_edition_has_as_many_results_as_it_states(base):
    base.change("editions/2017.yaml", "count: 2", "count: 3")

    result = base.check()

    assert result == problems("editions/2017.yaml:18:9: 2017 states 3 runner-up in grand-lantern, but has 2 [counts]")


def test_an_edition_states_every_status_that_its_results_have(base):
    base.change(
        "editions/2015.yaml", "      - category: grand-lantern\n        status: finalist\n        count: 1\n", ""
    )

    result = base.check()

    assert result == problems("editions/2015.yaml:15:7: 2015 has 1 finalist in grand-lantern, but states none [counts]")


def test_the_prizes_come_to_what_was_offered(base):
    base.change(
        "editions/2020.yaml", "prize_eur: 500000\n    number_of_prizes: 1", "prize_eur: 500000\n    number_of_prizes: 2"
    )

    result = base.check()

    assert result == problems(
        "editions/2020.yaml:44:16: the winner prizes of 2020 in small-lantern come to 1000000, but the results to"
        " 500000"
        " [money]"
    )


def test_a_contact_is_as_of_the_day_of_its_source(base):
    base.change("people.yaml", "phone: '+3225550100'\n    as_of: '2017-11-08'", "as_of: '2017-11-09'")

    result = base.check()

    assert result == problems("people.yaml:141:12: as_of is not the date of a source that is cited: 2017-11-08 [dates]")


def test_a_quote_is_dated_by_its_source(base):
    base.change("people.yaml", "date: '2015-03-11'", "date: '2015-03-12'")

    result = base.check()

    assert result == problems("people.yaml:86:11: date is not the date of a source that is cited: 2015-03-11 [dates]")


def test_a_post_has_a_source_of_its_time(base):
    base.change(
        "people.yaml",
        "    organisation: lantern-office\n    edition: 2015",
        "    organisation: lantern-office\n    edition: 2017",
    )
    base.change(
        "people.yaml",
        "      - source: lantern-2015\n        locator: last paragraph\n  jan-lampa-2015",
        "      - source: wire-release-2017\n        locator: end\n  jan-lampa-2015",
    )

    result = base.check()

    assert result == (0, "", "")


def test_a_post_without_a_source_of_its_time_is_refused(base):
    base.change(
        "people.yaml",
        "    organisation: lantern-office\n    edition: 2015",
        "    organisation: lantern-office\n    edition: 2020",
    )

    result = base.check()

    assert result == problems("people.yaml:47:14: no source of the time around 2020 is cited for this post [dates]")


@pytest.mark.parametrize(
    ("file", "old", "line"),
    [
        ("editions/2015.yaml", "    applications: 17\n", "editions/2015.yaml:2:3: applications of 2015"),
        (
            "editions/2015.yaml",
            "    applications_countries: 9\n",
            "editions/2015.yaml:2:3: applications_countries of 2015",
        ),
        ("editions/2017.yaml", "    place: Ghent, Belgium\n", "editions/2017.yaml:2:3: place of 2017"),
        ("editions/2017.yaml", "    commissioner: ada-quill\n", "editions/2017.yaml:2:3: commissioner of 2017"),
        ("editions/2017.yaml", "    organiser: The Lantern Office\n", "editions/2017.yaml:2:3: organiser of 2017"),
        ("editions/2017.yaml", "    date: '2017-11-08'\n", "editions/2017.yaml:2:3: date of 2017"),
        (
            "editions/2017.yaml",
            "    reason: Lamps that residents may dim.\n",
            "editions/2017.yaml:85:3: reason of 2017-lodz",
        ),
        ("people.yaml", "    role: Mayor\n", "people.yaml:51:3: role of jan-lampa-2015"),
    ],
)
def test_a_value_that_is_expected_and_unknown_is_a_listed_gap(base, file, old, line):
    base.change(file, old, "")

    result = base.check()

    field, _, fact = line.rpartition(": ")[2].split()
    assert result == problems(f"{line} is unknown: give it, or list {fact}.{field} as a gap [gaps]")


def test_a_gap_that_is_filled_is_no_gap(base):
    base.change("editions/2020.yaml", "    note: Held online.", "    applications: 12")

    result = base.check()

    assert result == problems(
        "gaps.yaml:22:9: 2020.applications is filled, but still a listed gap: remove it here [gaps]"
    )


def test_a_date_known_to_the_day_fills_its_gap(base):
    base.change("editions/2015.yaml", "date: 2015-03\n", "date: '2015-03-10'\n")

    result = base.check()

    assert result == problems("gaps.yaml:4:9: 2015.date is filled, but still a listed gap: remove it here [gaps]")


def test_a_second_publisher_fills_the_gap_of_citations(base):
    base.change(
        "editions/2017.yaml",
        '        locator: heading "Third place"',
        "        locator: heading\n      - source: gazette-2017\n        locator: end",
    )

    result = base.check()

    assert result == problems(
        "gaps.yaml:16:9: 2017-lodz.citations is filled, but still a listed gap: remove it here [gaps]"
    )


def test_a_gap_is_about_a_fact_that_exists(base):
    base.change("gaps.yaml", "      - 2020.applications\n", "      - 2020.applications\n      - 2021.applications\n")

    result = base.check()

    assert result == problems("gaps.yaml:23:9: no fact '2021.applications' [references]")


@pytest.mark.parametrize("target", ["2015.nonsense", "almanac.citations"])
def test_a_gap_is_about_a_field_that_the_fact_may_have(base, target):
    base.change("gaps.yaml", "      - 2015.date\n", f"      - 2015.date\n      - {target}\n")

    result = base.check()

    assert result == problems(f"gaps.yaml:5:9: no fact or field '{target}' [references]")


# Excerpts against the texts of their pages.


def test_excerpts_that_stand_in_their_texts_are_met_with_silence(run):
    result = run("check", str(BASE), "--against", str(BASE / "texts"))

    assert result == (0, "", "")


def test_an_excerpt_that_differs_by_one_letter_is_found(base):
    base.change("texts/gazette-2015.txt", "kind lamp", "kin lamp")

    result = base.check("--against", str(base.folder / "texts"))

    assert result == problems("people.yaml:90:18: the excerpt does not stand in gazette-2015.txt [excerpts]")


def test_an_excerpt_of_a_claim_is_compared_too(base):
    base.change("disputes.yaml", "excerpt: Nordvik came second", "excerpt: Nordvik came third")

    result = base.check("--against", str(base.folder / "texts"))

    assert result == problems("disputes.yaml:16:22: the excerpt does not stand in wire-release-2017.txt [excerpts]")


def test_an_excerpt_whose_text_is_missing_is_named(base):
    (base.folder / "texts" / "gazette-2015.txt").unlink()

    result = base.check("--against", str(base.folder / "texts"))

    assert result == problems("people.yaml:90:18: no text 'gazette-2015.txt' to compare with [excerpts]")


def test_a_text_in_another_encoding_does_not_prove_an_excerpt(base):
    base.add("Jan Łampa said: a lamp that waits for you is a kind lamp.".encode("iso8859-2"), "texts/gazette-2015.txt")

    result = base.check("--against", str(base.folder / "texts"))

    assert result == problems("people.yaml:90:18: the excerpt does not stand in gazette-2015.txt [excerpts]")


def test_white_space_does_not_part_an_excerpt_from_its_text(base):
    base.change("texts/wire-release-2017.txt", "Nordvik came second", "Nordvik\n\n\tcame  second")

    result = base.check("--against", str(base.folder / "texts"))

    assert result == (0, "", "")


def test_a_missing_folder_of_texts_is_named(run, tmp_path):
    result = run("check", str(BASE), "--against", str(tmp_path / "texts"))

    assert result == (4, "", f"icapital: no folder '{tmp_path}/texts'\n")
