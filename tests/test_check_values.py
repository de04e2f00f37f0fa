"""`icapital check`: the values of fields. What is not of the type of its field is reported at its place."""

import pytest
from copies import new, problems, table
from made_up import CITY, DISPUTE, INITIATIVE, SOURCE

PHONE = "phone: '+3225550100'"


REFUSED = {
    "a line is no list": (
        ("people.yaml", PHONE, "phone_printed: [02, 555]"),
        "people.yaml:141:20: phone_printed must be a line of text, not a list [schema]",
    ),
    "a line is not empty": (
        ("people.yaml", PHONE, "phone_printed: ' '"),
        "people.yaml:141:20: phone_printed must be a line of text, not empty [schema]",
    ),
    "a line has at most 20,000 letters": (
        new(CITY, "name: Newton", f"name: {'x' * 20_001}"),
        "new.yaml:3:11: name must be a line of text, not that long [schema]",
    ),
    "a text is no list": (
        new(INITIATIVE, "summary: Lamps that are new.", "summary: [Lamps]"),
        "new.yaml:6:14: summary must be text, or a mapping from language tags to published texts, not a list [schema]",
    ),
    "a published text is under a language tag": (
        new(INITIATIVE, "summary: Lamps that are new.", "summary: {English: Lamps}"),
        "new.yaml:6:15: summary must be a language tag such as sv or pt-BR (BCP 47), not 'English' [languages]",
    ),
    "a text is not an empty mapping": (
        new(INITIATIVE, "summary: Lamps that are new.", "summary: {}"),
        "new.yaml:6:14: summary must be text, or a mapping from language tags to published texts, not empty [schema]",
    ),
    "a text is published once in a language": (
        ("people.yaml", "      en: Thanks", "      en: Thank you\n      en: Thanks"),
        "people.yaml:111:7: 'en' appears twice in this text [duplicate-key]",
    ),
    "a partner is one line": (
        ("editions/2020.yaml", "      - Nordvik Harbour", "      - sv: Nordviks hamn"),
        "editions/2020.yaml:106:9: partners must be a line of text, not a mapping [schema]",
    ),
    "a list is a list": (
        new(CITY, "    type: city\n", "    type: city\n    also_called: Newtown\n"),
        "new.yaml:6:18: also_called must be a list, not a text [schema]",
    ),
    "each value of a list is validated": (
        new(CITY, "    type: city\n", "    type: city\n    also_called: [Newtown, [x], '']\n"),
        "new.yaml:6:28: also_called must be a line of text, not a list [schema]",
        "new.yaml:6:33: also_called must be a line of text, not empty [schema]",
    ),
    "each row of a list is named by its own field": (
        new(INITIATIVE, "        of: lamps that are new\n", "        of: lamps that are new\n      - none\n"),
        "new.yaml:12:9: figures must be a mapping, not a text [schema]",
    ),
    "a reference has the form of an id": (
        new(INITIATIVE, "city: lodz", "city: Łódź"),
        "new.yaml:4:11: city must be an id of a-z, 0-9 and hyphens, not 'Łódź' [references]",
    ),
    "a target has the form of an id and a field": (
        new(DISPUTE, "tram-lamps.figures", "tram-lamps figures"),
        "new.yaml:7:9: touches must be the id of a fact, or id.field, not 'tram-lamps figures' [references]",
    ),
    "a word is one of a list": (
        new(CITY, "type: city", "type: village"),
        (
            "new.yaml:5:11: type must be one of city, metropolitan-area, combined-authority, district, not 'village'"
            " [schema]"
        ),
    ),
    "a country has a code of ISO 3166": (
        new(CITY, "country: IE", "country: XX"),
        "new.yaml:4:14: no country has the code 'XX' (ISO 3166-1) [country]",
    ),
    "a currency has a code of ISO 4217": (
        ("award.yaml", "year: 2016", "year: 2016\n    amount: 5\n    currency: XYZ"),
        "award.yaml:64:15: no currency has the code 'XYZ' (ISO 4217) [money]",
    ),
}


@table("case", REFUSED)
def test_a_value_of_another_type_is_reported_at_its_place(base, case):
    edit, *lines = case
    base.edit(*edit)

    result = base.check()

    assert result == problems(*lines)


DAY = ("editions/2015.yaml", "date: '2015-01-31'", "date: '{}'")
VALUE = ("value: 12", "value: {}")
# The edit that puts a value where `{}` is, the problem that it makes, and values that make it.
PATTERNS = [
    (
        new(INITIATIVE, "edition: 2015", "edition: {}"),
        "new.yaml:5:14: edition must be a year of four digits, not '{}' [references]",
        ["02015", "２０１５", "215"],
    ),
    (
        ("award.yaml", "year: 2016", "year: {}"),
        "award.yaml:62:11: year must be a whole number, not '{}' [schema]",
        ["MMXVI", "-2016", "1e3", "١٧", "1234567890123456"],
    ),
    (
        ("editions/2020.yaml", "prize_eur: 500000\n    number", "prize_eur: {}\n    number"),
        "editions/2020.yaml:44:16: prize_eur must be a whole number of euros, not '{}' [money]",
        ["500,000", "€500000", "500000.00"],
    ),
    (
        new(INITIATIVE, *VALUE),
        "new.yaml:9:16: value must be a number, not '{}' [schema]",
        ["a dozen", "1,5", "inf", "9" * 16, "0." + "9" * 7],
    ),
    (
        DAY,
        "editions/2015.yaml:45:11: date must be a date such as 2019, 2019-09 or 2019-09-25, not '{}' [dates]",
        ["8.11.2017", "2017-11-8", "2017-13", "2017-02-29", "0000"],
    ),
    (
        new(CITY, "country: IE", "country: {}"),
        "new.yaml:4:14: country must be a country code of two capital letters (ISO 3166-1), not '{}' [country]",
        ["Norway", "no"],
    ),
    (
        ("award.yaml", "year: 2016", "year: 2016\n    amount: 5\n    currency: {}"),
        "award.yaml:64:15: currency must be a currency code of three capital letters (ISO 4217), not '{}' [money]",
        ["euros", "€"],
    ),
    (
        ("people.yaml", "+3225550100", "{}"),
        "people.yaml:141:12: phone must be a telephone number such as +358468773953 (E.164), not '{}' [phone]",
        ["02 555 01 00", "+32 2 555 01 00", "+3225"],
    ),
    (
        ("people.yaml", PHONE, "email: {}"),
        "people.yaml:141:12: email must be an e-mail address, not '{}' [email]",
        ["press", "press@office", "a@b@c.org"],
    ),
    (
        new(SOURCE, "https://gazette.example.com/new", "{}"),
        "new.yaml:5:10: url must be an http or https address, not '{}' [url]",
        ["gazette.example.com", "javascript:alert(1)", "https://a b"],
    ),
    (
        new(SOURCE, "com/new", "com/new?page=2&{}=7"),
        "new.yaml:5:10: url carries the tracking parameter '{}': cut it [url]",
        ["utm_source", "fbclid", "UTM_Medium"],
    ),
    (
        new(SOURCE, "lang: en", "lang: {}"),
        "new.yaml:6:11: lang must be a language tag such as sv or pt-BR (BCP 47), not '{}' [languages]",
        ["English", "EN", "sv_FI"],
    ),
]


@pytest.mark.parametrize(
    ("edit", "line", "value"), [(edit, line, value) for edit, line, values in PATTERNS for value in values]
)
def test_a_value_of_another_form_is_reported_with_the_form_to_use(base, edit, line, value):
    *place, text = edit
    base.edit(*place, text.replace("{}", value))

    result = base.check()

    assert result == problems(line.replace("{}", value))


@pytest.mark.parametrize(
    ("edit", "value"),
    [
        (new(CITY, "name: Newton", "name: {}"), "x" * 20_000),
        *((new(INITIATIVE, *VALUE), value) for value in ("-4", "12.5", "9" * 15)),
        *((DAY, day) for day in ("2014", "2014-02", "2016-02-29")),
    ],
    ids=lambda text: text[:20] if isinstance(text, str) else "",
)
def test_a_value_at_the_edge_of_its_type_is_taken(base, edit, value):
    """The longest line; numbers below zero, with a decimal point, of 15 digits; a year, a month, a leap day."""
    *place, text = edit
    base.edit(*place, text.replace("{}", value))

    result = base.check()

    assert result == (0, "", "")


@pytest.mark.parametrize(
    ("name", "code"), [("Nord\\evik", "001B"), ("Nord\\nvik", "000A"), ("a\\0b", "0000"), ("a\\u202eb", "202E")]
)
def test_a_value_holds_no_control_character_even_escaped(base, name, code):
    base.change("cities.yaml", "name: Nordvik", f'name: "{name}"')

    result = base.check()

    assert result == problems(f"cities.yaml:14:11: name must not hold the control character U+{code} [schema]")


def test_no_is_the_country_norway_and_not_the_word_false(icapital):
    result = icapital("cities", "--city", "nordvik", "--fields", "country,country_code", "-f", "csv")

    assert result.out.splitlines()[1] == "Norway,NO"


def test_every_scalar_is_text(base):
    """YAML 1.1 would make of these words truth values, numbers, times, dates."""
    words = ["NO", "yes", "on", "null", "~", "010", "0x1F", "12:30", "1e3", ".inf", "2019-01-01", "="]
    base.change("cities.yaml", "      - Brambury\n", "".join(f"      - {word}\n" for word in words))

    result = base.ask("show", "brambury", "--json")

    assert all(f'"{word}"' in result.out for word in words)
