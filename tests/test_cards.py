"""Contacts and dates to go: vCard, iCalendar and the spreadsheet, each read back by those who read them."""

import csv
import io
import shutil
import subprocess
from datetime import date

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import changed

from icapital_cli.cards import CARDS
from icapital_cli.render import as_csv, as_excel
from icapital_cli.rows import Column, Row
from icapital_cli.view import View

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs"], exclude_characters="\x85"), min_size=1
)


class Plain:
    """Spells nothing."""

    def cell(self, column, row):
        return str(row.values[column.key])


def view(kind, **values):
    row = Row("id-1")
    row.values = values
    row.citations = [{"id": "s", "title": "T", "url": "https://example.org/" + "å" * 60, "publisher": "P"}]
    columns = [Column(key, key, "line", shown=True, steps=[]) for key in values]
    return View(kind, kind, columns, [row], "en", [], Plain())


def written(writer, shown):
    out = io.StringIO()
    writer(shown, out)
    return out.getvalue()


def card(shape, **values):
    known = {"name": "Ada Quill", "role": "", "organisation": "", "phone": None, "email": None, "as_of": "2017"}
    return written(CARDS[shape], view("contacts", **(known | values)))


@pytest.fixture(scope="module")
def cards(icapital):
    def read(shape, *more):
        result = icapital("contacts", "-f", shape, *more)
        assert (result.code, result.err) == (0, "")
        return list(vobject.readComponents(result.out))

    return read


@pytest.fixture(scope="module")
def calendar(icapital):
    return icalendar.Calendar.from_ical(icapital("editions", "-f", "ical").out)


@pytest.mark.parametrize(("shape", "version"), [("vcard", "3.0"), ("vcard4", "4.0")])
def test_vobject_reads_every_contact(cards, shape, version):
    assert [(c.version.value, c.fn.value, c.org.value) for c in cards(shape)] == [
        (version, "Siv Åberg", ["City of Västersund"]),
        (version, "Ada Quill", ["The Lantern Office"]),
    ]


def test_a_card_has_the_parts_of_the_name_role_and_mail(cards):
    first = cards("vcard")[0]

    assert (first.n.value.family, first.n.value.given) == ("Åberg", "Siv")
    assert (first.title.value, first.email.value) == ("City Manager", "siv.berg@vastersund.example.org")


@pytest.mark.parametrize(("shape", "number"), [("vcard", "+358501234567"), ("vcard4", "tel:+358501234567")])
def test_a_card_has_the_number_as_telephones_dial_it(cards, shape, number):
    assert cards(shape)[0].tel.value == number


def test_a_card_says_on_which_day_and_where_it_was_printed(cards):
    assert cards("vcard")[0].note.value == "2017-11-08: https://vastersund.example.org/lanternan"


def test_a_card_is_in_the_language_asked_for(cards):
    first = cards("vcard", "--lang", "sv")[0]

    assert (first.title.value, first.org.value) == ("stadsdirektör", ["Västersunds stad"])


def test_what_nobody_printed_is_left_out(cards):
    assert "email" not in cards("vcard")[1].contents


@pytest.mark.parametrize("shape", ["vcard", "vcard4"])
@settings(deadline=None)
@given(name=words, role=words, organisation=words)
def test_every_text_comes_back_as_it_went(shape, name, role, organisation):
    read = vobject.readOne(card(shape, name=name, role=role, organisation=organisation))

    assert (read.fn.value, read.title.value, read.org.value) == (name, role, [organisation])


@pytest.mark.parametrize("shape", ["vcard", "vcard4"])
@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_starts_a_property_of_its_own(shape, name):
    lines = card(shape, name=f"x {name}").replace("\r\n ", "").split("\r\n")

    assert [line.partition(":")[0] for line in lines] == ["BEGIN", "VERSION", "FN", "N", "UID", "NOTE", "END", ""]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(name):
    text = card("vcard", name=f"x {name}")

    assert text.endswith("\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_a_line_is_folded_between_letters_of_several_octets():
    lines = card("vcard", name="Ωμέγα" * 20).split("\r\n")

    assert lines[2:5] == ["FN:" + ("Ωμέγα" * 8)[:36], " " + ("Ωμέγα" * 16)[36:73], " " + ("Ωμέγα" * 20)[73:]]


def test_icalendar_reads_every_ceremony_and_every_deadline(calendar):
    assert {str(event["UID"]): str(event["SUMMARY"]) for event in calendar.walk("VEVENT")} == {
        "2015@icapital": "iCapital 2015: Night of Lights",
        "2015-deadline@icapital": "iCapital 2015: Deadline for applications.",
        "2017@icapital": "iCapital 2017: Night of Lights",
        "2020@icapital": "iCapital 2020-21",
    }


def test_the_calendar_breaks_no_rule(calendar):
    assert calendar.errors == []
    assert [event.errors for event in calendar.walk("VEVENT")] == [[], [], [], []]
    assert (str(calendar["VERSION"]), str(calendar["PRODID"])) == ("2.0", "-//icapital//facts//EN")


def test_a_day_is_a_whole_day_and_a_month_a_whole_month(calendar):
    spans = {str(event["UID"]): (event["DTSTART"].dt, event["DTEND"].dt) for event in calendar.walk("VEVENT")}

    assert spans["2017@icapital"] == (date(2017, 11, 8), date(2017, 11, 9))
    assert spans["2015@icapital"] == (date(2015, 3, 1), date(2015, 4, 1))


def test_a_date_known_to_the_month_says_so(calendar):
    notes = {str(event["UID"]): str(event["DESCRIPTION"]) for event in calendar.walk("VEVENT")}

    assert notes["2015@icapital"].startswith("2015-03: the day is unknown. https://")


def test_an_event_names_its_place_and_its_own_sources(calendar):
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}

    assert str(events["2017@icapital"]["LOCATION"]) == "Ghent, Belgium"
    assert str(events["2015-deadline@icapital"]["DESCRIPTION"]) == "https://lantern.example.org/2015"


@pytest.mark.parametrize(
    ("when", "after"), [("2015", "2016-01-01"), ("2015-12", "2016-01-01"), ("2016-02-29", "2016-03-01")]
)
def test_a_span_ends_on_the_day_after(when, after):
    shown = view("editions", label="L", date=when, event="E", place="P", timeline=[])

    (event,) = icalendar.Calendar.from_ical(written(CARDS["ical"], shown)).walk("VEVENT")

    assert event["DTEND"].dt == date.fromisoformat(after)


@pytest.mark.parametrize(("when", "days"), [("9999", 365), ("9999-12", 31), ("9999-12-31", 1), ("0800-02", 29)])
def test_a_span_at_either_end_of_time_is_whole(when, days):
    shown = view("editions", label="L", date=when, event="E", place="P", timeline=[])

    (event,) = icalendar.Calendar.from_ical(written(CARDS["ical"], shown)).walk("VEVENT")

    assert (event["DTSTART"].dt.year, event.duration.days, event.errors) == (int(when[:4]), days, [])


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_text_breaks_the_calendar(text):
    shown = view("editions", label="L", date="2015", event=f"x {text}", place=text, timeline=[])
    lines = written(CARDS["ical"], shown)

    assert max(len(line.encode()) for line in lines.split("\r\n")) <= 75
    assert len(icalendar.Calendar.from_ical(lines).walk("VEVENT")) == 1


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["cities", "-f", "vcard"], "vcard needs the field 'name': it goes with icapital contacts"),
        (["quotes", "-f", "vcard4"], "vcard4 needs the field 'name': it goes with icapital contacts"),
        (["contacts", "-f", "ical"], "ical needs the field 'date': it goes with icapital editions"),
        (
            ["editions", "-f", "ical", "--fields", "date"],
            "ical needs the field 'event': it goes with icapital editions",
        ),
    ],
)
def test_a_format_that_does_not_fit_says_where_it_goes(icapital, words, error):
    assert icapital(*words) == (2, "", f"icapital: {error}\n")


def test_no_contact_gives_no_card(icapital):
    result = icapital("contacts", "nordvik", "-f", "vcard")

    assert (result.code, result.out) == (0, "")


def test_the_spreadsheet_file_begins_with_its_mark_and_parts_cells_by_semicolons(icapital):
    text = icapital("cities", "--year", "2015", "-f", "csv", "--excel").out

    assert text.startswith("\N{BYTE ORDER MARK}id;year;edition;city;")


def test_a_cell_that_a_spreadsheet_would_run_is_guarded(icapital):
    args = ("--year", "2017", "--city", "nordvik", "--fields", "reason", "-f", "csv")

    assert icapital("cities", *args, "--excel").out.split("\r\n")[1] == "'=Dark+Sky: a park without a single lamp."


def test_plain_csv_is_untouched(icapital):
    result = icapital("cities", "--year", "2017", "--city", "nordvik", "--fields", "reason,prize_eur", "-f", "csv")

    assert result.out == "reason,prize_eur\r\n=Dark+Sky: a park without a single lamp.,100000\r\n"


@pytest.mark.parametrize("first", "=+-@\t\r")
def test_every_dangerous_beginning_is_guarded(first):
    (_, (cell,)) = csv.reader(io.StringIO(written(as_excel, view("x", a=first + "1"))[1:], newline=""), delimiter=";")

    assert cell == "'" + first + "1"


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=4))
def test_plain_csv_gives_back_every_cell(cells):
    shown = view("x", **{f"k{number}": cell for number, cell in enumerate(cells)})

    rows = list(csv.reader(io.StringIO(written(as_csv, shown), newline="")))

    assert rows == [shown.field_names, cells]


def test_excel_goes_with_csv_only(icapital):
    assert icapital("cities", "--excel") == (2, "", "icapital: --excel goes with -f csv\n")


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
        timeout=120,
    )
    shown = list(csv.reader((tmp_path / "out" / "cities.csv").read_text("utf-8-sig").splitlines(), delimiter="\t"))

    assert shown == list(csv.reader(sheet.removeprefix("\N{BYTE ORDER MARK}").splitlines(), delimiter=";"))


def test_a_name_with_marks_of_vcard_comes_back_whole(run, tmp_path):
    folder = changed(tmp_path, ("people.yaml", "name: Ada Quill", "name: 'Ada; Q, \\ Quill'"))

    (_, second) = vobject.readComponents(run("contacts", "-f", "vcard", "--facts", folder).out)

    assert second.fn.value == "Ada; Q, \\ Quill"
