"""Formats for address books and calendars: vCard and iCalendar. They need columns, not kinds."""

from calendar import isleap, monthrange
from datetime import date, timedelta
from typing import Any, TextIO

from icapital_cli.formats.registry import LISTS
from icapital_cli.terminal import safe
from icapital_cli.views.rows import Row
from icapital_cli.views.view import View

FOLDED = 75  # octets, RFC 6350 section 3.2 and RFC 5545 section 3.1
CONTACT = ("name", "phone", "email", "as_of")
DAY, MONTH = len("2019-09-25"), len("2019-09")


def _lines(lines: list[str], out: TextIO) -> None:
    for line in lines:
        rest = safe(line).encode()
        while len(rest) > FOLDED:
            cut = FOLDED
            while rest[cut] & 0xC0 == 0x80:  # noqa: PLR2004 - a byte inside a letter of UTF-8
                cut -= 1
            out.write(rest[:cut].decode() + "\r\n")
            rest = b" " + rest[cut:]
        out.write(rest.decode() + "\r\n")


def _escaped(text: Any) -> str:
    spelled = " ".join(str(text or "").split())
    for mark in "\\,;":
        spelled = spelled.replace(mark, "\\" + mark)
    return spelled


def _card(row: Row, version: str) -> list[str]:
    values = row.values
    given, _, family = str(values["name"]).rpartition(" ")
    sources = ", ".join(dict.fromkeys(source["url"] or source["title"] for source in row.citations))
    kind = "TYPE=work:tel:" if version == "4.0" else "TYPE=WORK,VOICE:"
    phone = f"TEL;VALUE=uri;{kind}{values['phone']}" if version == "4.0" else f"TEL;{kind}{values['phone']}"
    lines = ["BEGIN:VCARD", f"VERSION:{version}", f"FN:{_escaped(values['name'])}"]
    lines += [f"N:{_escaped(family)};{_escaped(given)};;;", f"UID:urn:icapital:{row.id}"]
    lines += [f"ORG:{_escaped(values['organisation'])}"] if values.get("organisation") else []
    lines += [f"TITLE:{_escaped(values['role'])}"] if values.get("role") else []
    lines += [phone] if values["phone"] else []
    lines += [f"EMAIL:{_escaped(values['email'])}"] if values["email"] else []
    lines += [f"NOTE:{_escaped(str(values['as_of']) + ': ' + sources)}"]
    return [*lines, "END:VCARD"]


def _cards(view: View, out: TextIO, version: str) -> None:
    for row in view.rows:
        _lines(_card(row, version), out)


@LISTS.register("vcard", needs=CONTACT)
def as_vcard(view: View, out: TextIO) -> None:
    """Write vCard 3.0 (RFC 2426), which every address book reads."""
    _cards(view, out, "3.0")


@LISTS.register("vcard4", needs=CONTACT)
def as_vcard4(view: View, out: TextIO) -> None:
    """Write vCard 4.0 (RFC 6350)."""
    _cards(view, out, "4.0")


def _span(text: str) -> tuple[str, list[str]]:
    first = date.fromisoformat((text + "-01-01")[:DAY])
    days = 1 if len(text) == DAY else monthrange(first.year, first.month)[1]
    days = 365 + isleap(first.year) if len(text) < MONTH else days
    begin = first.isoformat().replace("-", "")
    try:
        end = "DTEND;VALUE=DATE:" + (first + timedelta(days)).isoformat().replace("-", "")
    except OverflowError:  # no day follows 9999-12-31: RFC 5545 counts the days instead
        end = f"DURATION:P{days}D"
    return begin, [f"DTSTART;VALUE=DATE:{begin}", end]


def _event(uid: str, when: str, summary: str, place: str, citations: list[Any]) -> list[str]:
    begin, span = _span(when)
    sources = " ".join(dict.fromkeys(source["url"] or source["title"] for source in citations))
    note = sources if len(when) == DAY else f"{when}: the day is unknown. {sources}"
    lines = ["BEGIN:VEVENT", f"UID:{uid}@icapital", f"DTSTAMP:{begin}T000000Z", *span, f"SUMMARY:{_escaped(summary)}"]
    lines += [f"LOCATION:{_escaped(place)}"] if place else []
    return [*lines, f"DESCRIPTION:{_escaped(note)}", "TRANSP:TRANSPARENT", "END:VEVENT"]


def _marked(step: dict[str, Any]) -> str:
    return f"{step['summary']} †" if step["disputes"] else str(step["summary"])


@LISTS.register("ical", needs=("date", "event", "timeline"))
def as_ical(view: View, out: TextIO) -> None:
    """Write iCalendar (RFC 5545): a whole-day event for each ceremony and each dated step.

    A date known to the month only spans the month, and says so.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//icapital//facts//EN", "X-WR-CALNAME:iCapital"]
    for row in view.rows:
        values = row.values
        name = f"iCapital {values['label']}"
        if values["date"]:
            event = f"{name}: {values['event']}" if values["event"] else name
            lines += _event(row.id, values["date"], event, values["place"] or "", row.citations)
        for step in values["timeline"]:
            if step["date"] != values["date"]:
                lines += _event(step["id"], step["date"], f"{name}: {_marked(step)}", "", step["sources"])
    _lines([*lines, "END:VCALENDAR"], out)
