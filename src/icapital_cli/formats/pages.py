"""Formats of pages and briefs: text, Markdown, JSON, YAML. They know sections, statements and footnotes."""

import json
from typing import TYPE_CHECKING, TextIO

from icapital_cli.formats.lines import print_lines
from icapital_cli.formats.markdown import escaped
from icapital_cli.formats.registry import BRIEFS, PAGES
from icapital_cli.formats.structured import yaml_key
from icapital_cli.terminal import json_text, safe
from icapital_cli.views.page import Page
from icapital_cli.views.statements import Section, Statement

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

BOXED = ("disputes", "gaps")


def _numbers(statement: Statement) -> str:
    return " " + "".join(f"[{number}]" for number in statement.notes) if statement.notes else ""


def draw_page(page: Page, console: "Console") -> None:
    """Draw a page wrapped to the width of a terminal, with live links."""
    from rich.style import Style
    from rich.text import Text

    print_lines(console, Text(safe(page.title), style="bold"))
    for line in [page.lead] if page.lead else []:
        print_lines(console, Text(safe(line), style="italic"))
    if page.figures:
        console.print()
        print_lines(console, Text("   ").join(_figure(label, value) for label, value in page.figures))
    for section in page.sections:
        console.print()
        style = "bold yellow" if section.kind in BOXED else "bold underline"
        print_lines(console, Text(safe(section.title), style=style))
        for said in section.statements:
            text = Text.assemble("• ", safe(said.line), (_numbers(said), "dim"))
            print_lines(console, text, indent=2, hang=2)
    if page.footnotes:
        console.print()
        print_lines(console, Text(safe(page.headings["sources"]), style="bold underline"))
    for number, note in enumerate(page.footnotes, 1):
        link = (safe(note.url), Style(link=safe(note.url) or None))
        text = Text.assemble((f"[{number}] ", "dim"), safe(note.description), ". ", link)
        print_lines(console, text, indent=2, hang=4)
    for line in _closing(page):
        console.print()
        print_lines(console, Text(safe(line), style="dim"))


def _figure(label: str, value: str) -> "Text":
    from rich.text import Text

    return Text.assemble((f"{safe(label)} ", "dim"), (safe(value), "bold"))


def _closing(page: Page) -> list[str]:
    return [*([page.legend] if page.legend else []), f"{page.headings['own_words']} {page.version}"]


@PAGES.register("table", "plain", drawn_by=draw_page)
@BRIEFS.register("text", drawn_by=draw_page)
def as_text(page: Page, out: TextIO) -> None:
    """Write text, one statement a line."""
    out.write(f"{safe(page.title)}\n{'=' * len(page.title)}\n")
    if page.lead:
        out.write(f"\n{safe(page.lead)}\n")
    if page.figures:
        out.write("\n" + safe("; ".join(f"{label}: {value}" for label, value in page.figures)) + "\n")
    for section in page.sections:
        out.write(f"\n{safe(section.title)}\n{'-' * len(section.title)}\n")
        for statement in section.statements:
            out.write(f"- {safe(statement.line)}{_numbers(statement)}\n")
    if page.footnotes:
        out.write(f"\n{safe(page.headings['sources'])}\n{'-' * len(page.headings['sources'])}\n")
    for number, note in enumerate(page.footnotes, 1):
        out.write(f"[{number}] {safe(note.description)}. {safe(note.url)}".rstrip() + "\n")
    for line in _closing(page):
        out.write(f"\n{safe(line)}\n")


@PAGES.register("markdown")
@BRIEFS.register("markdown")
def as_markdown(page: Page, out: TextIO) -> None:
    """Write GitHub Flavored Markdown: headings, lists, tables, quotes, sources as a numbered list."""
    out.write(f"# {escaped(page.title)}\n")
    if page.lead:
        out.write(f"\n{escaped(page.lead)}\n")
    if page.figures:
        out.write("\n" + " · ".join(f"{escaped(label)}: **{escaped(value)}**" for label, value in page.figures) + "\n")
    for section in page.sections:
        out.write(f"\n## {escaped(section.title)}\n\n")
        out.write(_markdown_table(section) if section.table else _markdown_list(section))
    if page.footnotes:
        out.write(f"\n## {escaped(page.headings['sources'])}\n\n")
    for number, note in enumerate(page.footnotes, 1):
        url = f" <{safe(note.url).replace('<', '%3C').replace('>', '%3E').replace(' ', '%20')}>" if note.url else ""
        out.write(f'{number}. <a id="source-{number}"></a>{escaped(note.description)}.{url}\n')
    for line in _closing(page):
        out.write(f"\n{escaped(line)}\n")


def _links(notes: list[int]) -> str:
    return "".join(f" [\\[{n}\\]](#source-{n})" for n in notes)


def _markdown_table(section: Section) -> str:
    if section.table is None:
        return ""
    head = [*map(escaped, section.table.headings), ""]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for number, (cells, notes) in enumerate(section.table.rows):
        if number in section.table.groups:
            lines.append(f"| **{escaped(section.table.groups[number])}** |" + " |" * len(cells))
        lines.append("| " + " | ".join([*map(escaped, cells), _links(notes).strip()]) + " |")
    caption = [f"{escaped(section.table.caption)}\n"] if section.table.caption else []
    return "\n".join([*caption, *lines]) + "\n"


def _markdown_list(section: Section) -> str:
    lines = []
    for said in section.statements:
        if said.said_by:
            lines.append(f"> {escaped(said.text)}\n>\n> – {escaped(said.said_by)}{_links(said.notes)}\n")
        else:
            lead = f"**{escaped(said.lead)}**" + (": " if said.text else "") if said.lead else ""
            lines.append(f"- {lead}{escaped(said.text)}{_links(said.notes)}")
    return "\n".join(lines) + "\n"


@PAGES.register("json")
@BRIEFS.register("json")
def as_json(page: Page, out: TextIO) -> None:
    """Write one JSON object: the fact, and under `related` what belongs to it, as the list commands have it."""
    lines = ",\n".join(f"{json.dumps(k)}: {json_text(v)}" for k, v in page.data.items())
    out.write(f"{{\n{lines}\n}}\n")


@PAGES.register("jsonl")
def as_jsonl(page: Page, out: TextIO) -> None:
    """Write the JSON object on one line."""
    out.write(json_text(page.data) + "\n")


@PAGES.register("yaml")
def as_yaml(page: Page, out: TextIO) -> None:
    """Write a YAML 1.2 mapping; every value is written as JSON, which YAML reads alike."""
    for key, value in page.data.items():
        out.write(f"{yaml_key(key)}: {json_text(value)}\n")
