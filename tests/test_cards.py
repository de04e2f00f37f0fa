"""Contacts, dates and spreadsheets: vCard, iCalendar and CSV for Excel, read back by the programs that read them."""

import csv
import io
import shutil
import subprocess
from datetime import date

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from made_up import changed
from plain_views import plain_view, written

from icapital_cli.formats.delimited import as_csv, as_excel
from icapital_cli.formats.registry import LISTS

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CARD = {"name": "Ada Quill", "role": "", "organisation": "", "phone": None, "email": None, "as_of": "2017"}
EVENT = {"label": "L", "event": "E", "place": "P", "timeline": []}
FORMATS = {"vcard": "3.0", "vcard4": "4.0"}
# What every reader gives back as it was: no control, format or space characters.
words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs"], exclude_characters="\x85"), min_size=1
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def view(**values):
    """Make a view of one fact, with a source."""
    shown = plain_view([values])
    shown.rows[0].citations = [{"id": "s", "title": "T", "url": "https://example.org/" + "å" * 60, "publisher": "P"}]
    return shown


def card(name, /, **values):
    return written(LISTS[name], view(**(CARD | values)))


def events(**values):
    """Read the events of a calendar of one edition."""
    return icalendar.Calendar.from_ical(written(LISTS["ical"], view(**(EVENT | values)))).walk("VEVENT")


def longest_line(text):
    assert text.endswith("\r\n")
    return max(len(line.encode()) for line in text.split("\r\n"))


# vCard


@pytest.fixture(scope="module")
def cards(icapital):
    def read(name, *more):
        result = icapital("contacts", "-f", name, *more)
        assert (result.code, result.err) == (0, "")
        return list(vobject.readComponents(result.out))

    return read


@pytest.mark.parametrize(("name", "version"), FORMATS.items())
def test_vobject_reads_every_contact(cards, name, version):
    assert [(c.version.value, c.fn.value, c.org.value) for c in cards(name)] == [
        (version, "Siv Åberg", ["City of Västersund"]),
        (version, "Ada Quill", ["The Lantern Office"]),
    ]


def test_a_card_has_the_parts_of_the_name_the_role_and_the_address(cards):
    first = cards("vcard")[0]

    assert (first.n.value.family, first.n.value.given) == ("Åberg", "Siv")
    assert (first.title.value, first.email.value) == ("City Manager", "siv.berg@vastersund.example.org")


@pytest.mark.parametrize(("name", "number"), [("vcard", "+358501234567"), ("vcard4", "tel:+358501234567")])
def test_a_card_has_the_number_as_telephones_dial_it(cards, name, number):
    assert cards(name)[0].tel.value == number


def test_a_card_notes_the_day_and_the_page_on_which_it_was_printed(cards):
    assert cards("vcard")[0].note.value == "2017-11-08: https://vastersund.example.org/lanternan"


def test_a_card_is_in_the_language_asked_for(cards):
    first = cards("vcard", "--lang", "sv")[0]

    assert (first.title.value, first.org.value) == ("stadsdirektör", ["Västersunds stad"])


def test_a_card_leaves_out_what_nobody_printed(cards):
    assert "email" not in cards("vcard")[1].contents


@pytest.mark.parametrize("name", FORMATS)
@given(person=words, role=words, organisation=words)
def test_every_text_of_a_card_comes_back_as_it_went(name, person, role, organisation):
    read = vobject.readOne(card(name, name=person, role=role, organisation=organisation))

    assert (read.fn.value, read.title.value, read.org.value) == (person, role, [organisation])


@pytest.mark.parametrize("name", FORMATS)
@given(texts)
def test_no_text_starts_a_property_of_its_own(name, text):
    lines = card(name, name=f"x {text}").replace("\r\n ", "").split("\r\n")

    assert [line.partition(":")[0] for line in lines] == ["BEGIN", "VERSION", "FN", "N", "UID", "NOTE", "END", ""]


@given(texts)
def test_no_line_is_longer_than_75_octets(text):
    """A letter that is cut in two would fail to decode before this could count."""
    assert longest_line(card("vcard", name=f"x {text}")) <= 75


def test_a_line_is_folded_between_letters_of_several_octets():
    lines = card("vcard", name="Ωμέγα" * 20).split("\r\n")

    assert lines[2:5] == ["FN:" + ("Ωμέγα" * 8)[:36], " " + ("Ωμέγα" * 16)[36:73], " " + ("Ωμέγα" * 20)[73:]]


def test_a_name_with_marks_of_vcard_comes_back_in_full(run, tmp_path):
    folder = changed(tmp_path, ("people.yaml", "name: Ada Quill", "name: 'Ada; Q, \\ Quill'"))

    (_, second) = vobject.readComponents(run("contacts", "-f", "vcard", "--facts", folder).out)

    assert second.fn.value == "Ada; Q, \\ Quill"


def test_no_contact_gives_no_card(icapital):
    result = icapital("contacts", "nordvik", "-f", "vcard")

    assert (result.code, result.out) == (0, "")


# iCalendar


@pytest.fixture(scope="module")
def calendar(icapital):
    return icalendar.Calendar.from_ical(icapital("editions", "-f", "ical").out)


@pytest.fixture(scope="module")
def event_of(calendar):
    return {str(event["UID"]).removesuffix("@icapital"): event for event in calendar.walk("VEVENT")}


def test_icalendar_reads_every_ceremony_and_every_deadline(event_of):
    assert {uid: str(event["SUMMARY"]) for uid, event in event_of.items()} == {
        "2015": "iCapital 2015: Night of Lights",
        "2015-deadline": "iCapital 2015: Deadline for applications.",
        "2017": "iCapital 2017: Night of Lights",
        "2020": "iCapital 2020-21",
    }


def test_the_calendar_breaks_no_rule(calendar):
    assert calendar.errors == []
    assert [event.errors for event in calendar.walk("VEVENT")] == [[], [], [], []]
    assert (str(calendar["VERSION"]), str(calendar["PRODID"])) == ("2.0", "-//icapital//facts//EN")


def test_a_day_is_a_full_day_and_a_month_a_full_month_which_says_so(event_of):
    day, month = event_of["2017"], event_of["2015"]

    assert (day["DTSTART"].dt, day["DTEND"].dt) == (date(2017, 11, 8), date(2017, 11, 9))
    assert (month["DTSTART"].dt, month["DTEND"].dt) == (date(2015, 3, 1), date(2015, 4, 1))
    assert str(month["DESCRIPTION"]).startswith("2015-03: the day is unknown. https://")


def test_an_event_names_its_place_and_its_own_sources(event_of):
    assert str(event_of["2017"]["LOCATION"]) == "Ghent, Belgium"
    assert str(event_of["2015-deadline"]["DESCRIPTION"]) == "https://lantern.example.org/2015"


@pytest.mark.parametrize(
    ("when", "after"), [("2015", "2016-01-01"), ("2015-12", "2016-01-01"), ("2016-02-29", "2016-03-01")]
)
def test_an_event_ends_on_the_day_after(when, after):
    (event,) = events(date=when)

    assert event["DTEND"].dt == date.fromisoformat(after)


@pytest.mark.parametrize(("when", "days"), [("9999", 365), ("9999-12", 31), ("9999-12-31", 1), ("0800-02", 29)])
def test_an_event_at_either_end_of_the_calendar_has_all_its_days(when, days):
    (event,) = events(date=when)

    assert (event["DTSTART"].dt.year, event.duration.days, event.errors) == (int(when[:4]), days, [])


def test_a_step_on_the_day_of_the_ceremony_is_no_event_of_its_own():
    steps = [
        {"id": when, "date": when, "summary": "S", "sources": [], "disputes": ["d"]} for when in ("2015-03", "2015-01")
    ]

    assert [str(event["SUMMARY"]) for event in events(date="2015-03", timeline=steps)] == [
        "iCapital L: E",
        "iCapital L: S †",
    ]


@given(texts)
def test_no_text_breaks_the_calendar(text):
    lines = written(LISTS["ical"], view(**EVENT | {"date": "2015", "event": f"x {text}", "place": text}))

    assert longest_line(lines) <= 75
    assert len(icalendar.Calendar.from_ical(lines).walk("VEVENT")) == 1


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("cities -f vcard", "vcard needs the field 'name': it goes with icapital contacts"),
        ("quotes -f vcard4", "vcard4 needs the field 'name': it goes with icapital contacts"),
        ("contacts -f ical", "ical needs the field 'date': it goes with icapital editions"),
        ("editions -f ical --fields date", "ical needs the field 'event': it goes with icapital editions"),
    ],
)
def test_a_format_that_does_not_fit_says_where_it_goes(icapital, words, error):
    assert icapital(*words.split()) == (2, "", f"icapital: {error}\n")


# Spreadsheets


def test_csv_for_excel_begins_with_a_byte_order_mark_and_separates_cells_by_semicolons(icapital):
    text = icapital("cities", "--year", "2015", "-f", "csv", "--excel").out

    assert text.startswith("\N{BYTE ORDER MARK}id;year;edition;city;")


@pytest.mark.parametrize(("more", "prefix"), [((), ""), (("--excel",), "'")], ids=["csv", "csv --excel"])
def test_only_csv_for_excel_guards_a_cell_that_a_spreadsheet_would_run(icapital, more, prefix):
    words = ("cities", "nordvik", "--year", "2017", "--fields", "reason", "-f", "csv")

    assert icapital(*words, *more).out.split("\r\n")[1] == f"{prefix}=Dark+Sky: a park without a single lamp."


@pytest.mark.parametrize("first", "=+-@\t\r")
def test_every_dangerous_beginning_is_guarded(first):
    sheet = written(as_excel, view(a=first + "1")).removeprefix("\N{BYTE ORDER MARK}")

    (_, (cell,)) = csv.reader(io.StringIO(sheet, newline=""), delimiter=";")
    assert cell == "'" + first + "1"


@given(st.lists(texts, min_size=2, max_size=4))
def test_csv_gives_back_every_cell(cells):
    shown = view(**{f"k{number}": cell for number, cell in enumerate(cells)})

    rows = list(csv.reader(io.StringIO(written(as_csv, shown), newline="")))

    assert rows == [shown.field_names, cells]


def test_excel_goes_with_csv_only(icapital):
    assert icapital("cities", "--excel") == (2, "", "icapital: --excel goes with -f csv\n")


@pytest.mark.doors
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_same_cells(icapital, tmp_path):
    sheet = icapital("cities", "-f", "csv", "--excel").out
    (tmp_path / "cities.csv").write_text(sheet, "utf-8", newline="")

    settings = f"-env:UserInstallation=file://{tmp_path}/profile"
    read, write = "--infilter=CSV:59,34,76,1", "csv:Text - txt - csv (StarCalc):9,34,76"
    subprocess.run(
        [OFFICE, settings, "--headless", read, "--convert-to", write, "--outdir", tmp_path / "out", "cities.csv"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=300,
    )
    shown = list(csv.reader((tmp_path / "out" / "cities.csv").read_text("utf-8-sig").splitlines(), delimiter="\t"))

    assert shown == list(csv.reader(sheet.removeprefix("\N{BYTE ORDER MARK}").splitlines(), delimiter=";"))
