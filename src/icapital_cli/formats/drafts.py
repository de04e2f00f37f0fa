"""Formats of checked drafts: the lists that every command has, and the draft itself, marked, as Markdown and HTML."""

from typing import TYPE_CHECKING, TextIO

from icapital_cli.formats.registry import DRAFTS, LISTS
from icapital_cli.terminal import safe
from icapital_cli.views.draft import CheckedDraft, ClaimRow, Mark, Report

if TYPE_CHECKING:
    from rich.console import Console

SIGNS = {"agrees": "✓", "differs": "✗", "disputed": "†", "rounded": "≈", "unknown": "?", "not-read": "…"}


def draw_report(report: Report, console: "Console") -> None:
    """Draw the claims as a table on a terminal."""
    from icapital_cli.formats.table import draw_table  # noqa: PLC0415 - only a terminal needs it

    draw_table(report.view, console)


@DRAFTS.register("table", drawn_by=draw_report)
def as_table(report: Report, out: TextIO) -> None:
    """Write the claims as a table."""
    LISTS["table"](report.view, out)


@DRAFTS.register("json")
def as_json(report: Report, out: TextIO) -> None:
    """Write the claims of all drafts as one JSON array."""
    LISTS["json"](report.view, out)


@DRAFTS.register("jsonl")
def as_jsonl(report: Report, out: TextIO) -> None:
    """Write one claim a line as JSON."""
    LISTS["jsonl"](report.view, out)


@DRAFTS.register("plain")
def as_plain(report: Report, out: TextIO) -> None:
    """Write one claim a line, as compilers report: file:line:column: verdict: words. explanation."""
    for row in report.view.rows:
        values = row.values
        where = f"{values['file']}:{values['line']}:{values['column']}"
        out.write(safe(f"{where}: {values['verdict']}: {' '.join(str(values['text']).split())}{_said(row)}") + "\n")


def _said(row: "ClaimRow | object") -> str:
    """Return what the facts say of a claim, after its words."""
    shown = row.shown if isinstance(row, ClaimRow) else {}
    parts = [part for part in (shown.get("expected"), shown.get("explanation")) if part]
    return f" → {'. '.join(parts)}" if parts else ""


@DRAFTS.register("markdown")
def as_markdown(report: Report, out: TextIO) -> None:
    """Write for each draft its claims as a list, those that differ first, each with the pages that prove it."""
    from icapital_cli.formats.markdown import escaped  # noqa: PLC0415 - only Markdown needs it

    for draft in report.drafts:
        out.write(f"## {escaped(draft.name)}\n\n{escaped(_counted(report, draft))}\n\n")
        for row in sorted(draft.rows, key=lambda row: row.values["verdict"] != "differs"):
            values = row.values
            words = escaped(" ".join(str(values["text"]).split()))
            place = f"{values['line']}:{values['column']}"
            out.write(f"- {SIGNS[values['verdict']]} **{escaped(row.shown['verdict'])}** ({place}) {words}")
            out.write(escaped(_said(row)) + "\n")
            for source in row.citations[:SOURCES]:
                url = f" <{safe(source['url'])}>" if source["url"] else ""
                out.write(f"  - {escaped(source['publisher'])}: {escaped(source['title'])}{url}\n")
        out.write("\n")


SOURCES = 2  # pages shown as the evidence of one claim; JSON has them all


def _counted(report: Report, draft: CheckedDraft) -> str:
    label = report.localizer.label
    counts = {verdict: sum(row.values["verdict"] == verdict for row in draft.rows) for verdict in SIGNS}
    return ", ".join(
        f"{label(f'verdict.{verdict}')}: {number}" for verdict, number in counts.items() if number
    ) or label("verify.none")


CSS = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #c8ced6; --link: #0b57b0;
  --agrees: #d9f2dd; --differs: #ffd6d1; --disputed: #ffe9b8; --rounded: #e3f0d0; --unknown: #e3e6ea;
  --not-read: #eee4f7 }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --paper: #16181b; --line: #464c54; --link: #8ab8ff;
  --agrees: #1d4426; --differs: #6b231b; --disputed: #594413; --rounded: #36471f; --unknown: #3a3f45;
  --not-read: #43325a } }
* { box-sizing: border-box }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto; padding: 1rem;
  max-width: 76rem; overflow-wrap: anywhere }
h1 { font-size: 1.4rem } .draft { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.5rem }
@media (max-width: 50rem) { .draft { grid-template-columns: minmax(0, 1fr) } }
.text { white-space: pre-wrap } mark { color: inherit; border-radius: .2rem; padding: 0 .1rem }
mark sup { font-size: .7em; line-height: 0 } mark a { text-decoration: none }
.agrees { background: var(--agrees) } .differs { background: var(--differs); outline: .12rem solid }
.disputed { background: var(--disputed) } .rounded { background: var(--rounded) }
.unknown { background: var(--unknown) }
.not-read { background: var(--not-read) } .margin ol { padding: 0; margin: 0; list-style: none; font-size: .85rem }
.margin li { border-left: .3rem solid var(--line); padding: .2rem .6rem; margin: 0 0 .6rem }
.margin .verdict { font-weight: 700 }
a { color: var(--link) } .margin li:target { outline: .15rem solid var(--link) }
@media print { :root { color-scheme: light } body { font-size: 9pt } .margin li { break-inside: avoid } }
"""


@DRAFTS.register("html")
def as_html(report: Report, out: TextIO) -> None:
    """Write the drafts with their claims marked, and a margin of evidence: one self-contained HTML5 file, no script."""
    label = report.localizer.label
    title = _escape(safe(label("kind.verify")))
    out.write(f'<!DOCTYPE html>\n<html lang="{_escape(report.lang)}">\n<head>\n<meta charset="utf-8">\n')
    out.write('<meta name="viewport" content="width=device-width, initial-scale=1">\n')
    out.write(f"<title>{title}</title>\n<style>{CSS}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n")
    for number, draft in enumerate(report.drafts, 1):
        _write_draft(report, draft, number, out)
    out.write("</main>\n</body>\n</html>\n")


def _write_draft(report: Report, draft: CheckedDraft, number: int, out: TextIO) -> None:
    out.write(f'<section aria-labelledby="d{number}">\n<h2 id="d{number}">{_safe_html(draft.name)}</h2>\n')
    out.write(f"<p>{_safe_html(_counted(report, draft))}</p>\n")
    out.write('<div class="draft">\n<div class="text">')
    place = 0
    for mark in draft.marks:
        out.write(_safe_html(draft.text[place : mark.start]) + _marked(draft, mark, number))
        place = mark.end
    out.write(_safe_html(draft.text[place:]) + '</div>\n<aside class="margin">\n<ol>\n')
    for row in draft.rows:
        out.write(_evidence(row, number))
    out.write("</ol>\n</aside>\n</div>\n</section>\n")


def _marked(draft: CheckedDraft, mark: Mark, number: int) -> str:
    notes = "".join(f'<a href="#c{number}-{row.id}">[{row.id}]</a>' for row in mark.rows)
    words = _safe_html(draft.text[mark.start : mark.end])
    return f'<mark class="{mark.verdict}">{words}<sup>{notes}</sup></mark>'


def _evidence(row: ClaimRow, number: int) -> str:
    verdict = row.values["verdict"]
    said = [row.shown.get("subject", ""), row.shown.get("property", ""), row.shown.get("read", "")]
    text = f'<span class="verdict {verdict}">{row.id}. {SIGNS[verdict]} {_safe_html(row.shown["verdict"])}</span> '
    text += _safe_html(", ".join(part for part in said if part)) + _safe_html(_said(row))
    for source in row.citations[:SOURCES]:
        page = _safe_html(f"{source['publisher']}: {source['title']}")
        url = safe(source["url"] or "")
        link = f'<a href="{_escape(url)}">{page}</a>' if url.startswith(("http://", "https://")) else page
        text += f"<br>{link}"
    return f'<li id="c{number}-{row.id}">{text}</li>\n'


def _escape(text: str) -> str:
    """Escape a text for HTML."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;")):
        text = text.replace(sign, entity)
    return text


def _safe_html(text: str) -> str:
    """Escape a text, its control characters replaced; line breaks stay."""
    return "\n".join(_escape(safe(line)) for line in text.split("\n"))
