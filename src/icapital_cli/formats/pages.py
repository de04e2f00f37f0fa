"""Formats of pages and briefs: text, Markdown, JSON, YAML, HTML. They know sections, statements and footnotes."""

import json
from typing import TYPE_CHECKING, TextIO

from icapital_cli.formats.markdown import escaped
from icapital_cli.formats.registry import BRIEFS, PAGES
from icapital_cli.formats.structured import yaml_key
from icapital_cli.terminal import json_text, safe
from icapital_cli.views.column_types import DISPUTED
from icapital_cli.views.page import Page, Statement

if TYPE_CHECKING:
    from rich.console import Console

BOXED = ("disputes", "gaps")


def _noted(statement: Statement) -> str:
    return "".join(f" [{number}]" for number in statement.notes[:1]) + "".join(f"[{n}]" for n in statement.notes[1:])


def draw_page(page: Page, console: "Console") -> None:
    """Draw a page wrapped to the width of a terminal, with live links."""
    from rich.padding import Padding
    from rich.style import Style
    from rich.text import Text

    console.print(Text(safe(page.title), style="bold underline"))
    for section in page.sections:
        console.print()
        console.print(Text(safe(section.title), style="bold yellow" if section.kind in BOXED else "bold"))
        for statement in section.statements:
            line = Text.assemble("• ", safe(statement.text), (_noted(statement), "dim"))
            console.print(Padding(line, (0, 0, 0, 2), expand=False))
    if page.footnotes:
        console.print()
        console.print(Text(safe(page.headings["sources"]), style="bold"))
    for number, note in enumerate(page.footnotes, 1):
        line = Text.assemble(
            (f"[{number}] ", "dim"), safe(note.text), ". ", (safe(note.url), Style(link=safe(note.url) or None))
        )
        console.print(Padding(line, (0, 0, 0, 2), expand=False))
    console.print()
    console.print(Text(f"{safe(page.headings['own_words'])} {safe(page.version)}", style="dim"))


@PAGES.register("table", "plain", drawn_by=draw_page)
@BRIEFS.register("text", drawn_by=draw_page)
def as_text(page: Page, out: TextIO) -> None:
    """Write text, one statement a line."""
    out.write(f"{safe(page.title)}\n{'=' * len(page.title)}\n")
    for section in page.sections:
        out.write(f"\n{safe(section.title)}\n{'-' * len(section.title)}\n")
        for statement in section.statements:
            out.write(f"- {safe(statement.text)}{_noted(statement)}\n")
    if page.footnotes:
        out.write(f"\n{safe(page.headings['sources'])}\n{'-' * len(page.headings['sources'])}\n")
    for number, note in enumerate(page.footnotes, 1):
        out.write(f"[{number}] {safe(note.text)}. {safe(note.url)}".rstrip() + "\n")
    out.write(f"\n{safe(page.headings['own_words'])} {safe(page.version)}\n")


@PAGES.register("markdown")
@BRIEFS.register("markdown")
def as_markdown(page: Page, out: TextIO) -> None:
    """Write CommonMark: headings, lists, disputes as a block quote, sources as a numbered list."""
    out.write(f"# {escaped(page.title)}\n")
    for section in page.sections:
        boxed = "> " if section.kind in BOXED else ""
        out.write(f"\n{boxed}## {escaped(section.title)}\n{boxed.rstrip()}\n")
        for statement in section.statements:
            notes = "".join(f" [\\[{n}\\]](#source-{n})" for n in statement.notes)
            out.write(f"{boxed}- {escaped(statement.text)}{notes}\n")
    if page.footnotes:
        out.write(f"\n## {escaped(page.headings['sources'])}\n\n")
    for number, note in enumerate(page.footnotes, 1):
        url = f" <{safe(note.url).replace('<', '%3C').replace('>', '%3E').replace(' ', '%20')}>" if note.url else ""
        out.write(f'{number}. <a id="source-{number}"></a>{escaped(note.text)}.{url}\n')
    out.write(f"\n{escaped(page.headings['own_words'])} {escaped(page.version)}\n")


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


CSS = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #c8ced6; --box: #fff6dd; --link: #0b57b0 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --paper: #16181b; --line: #464c54; --box: #332c17; --link: #8ab8ff } }
* { box-sizing: border-box }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto;
  padding: 1rem; max-width: 46rem; overflow-wrap: anywhere }
h1 { font-size: 1.7rem; line-height: 1.2 }
h2 { font-size: 1.15rem; border-bottom: 1px solid var(--line); margin-top: 1.6rem }
ul { padding-left: 1.4rem } ol { padding-left: 2rem } li { margin: .3rem 0 } a { color: var(--link) }
cite { font-style: normal } sup { line-height: 0 } sup a { text-decoration: none; padding: .3em 0 }
.box { background: var(--box); border: 1px solid var(--line); border-radius: .4rem; padding: 0 1rem .5rem;
  margin-top: 1.2rem } .box h2 { margin-top: .8rem } footer, .sources { font-size: .85rem }
blockquote { margin: .6rem 0; padding-left: 1rem; border-left: .25rem solid var(--line) }
@page { size: A4; margin: 10mm 13mm }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; --box: #fff; --link: #000 }
  html { font-size: 7.4pt } body { max-width: none; padding: 0; line-height: 1.2 } h1, h2 { break-after: avoid }
  h1 { margin: 0 } h2 { margin: .7rem 0 .25rem } ul, ol { margin: 0 } li { margin: 0; break-inside: avoid }
  blockquote { margin: .2rem 0; break-inside: avoid } blockquote p { margin: 0 }
  .box { padding: 0 .6rem .2rem; margin-top: .6rem } .box h2 { margin-top: .3rem } a { text-decoration: none }
  .initiatives ul, .facts ul { columns: 2 }
  .sources ol { columns: 2; column-gap: 1.5rem; font-size: 5.6pt; line-height: 1.05 } }
"""


@PAGES.register("html")
@BRIEFS.register("html")
def as_html(page: Page, out: TextIO) -> None:
    """Write one self-contained HTML5 file: no script, no outside resource; light, dark and on A4."""
    title = _escape(safe(page.title))
    out.write(f'<!DOCTYPE html>\n<html lang="{_escape(page.lang)}">\n<head>\n<meta charset="utf-8">\n')
    out.write('<meta name="viewport" content="width=device-width, initial-scale=1">\n')
    out.write(f"<title>{title}</title>\n<style>{CSS}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n")
    for number, section in enumerate(page.sections):
        style = "box" if section.kind in BOXED else section.kind
        out.write(f'<section aria-labelledby="s{number}" class="{style}">\n')
        out.write(f'<h2 id="s{number}">{_escape(safe(section.title))}</h2>\n')
        lines = [f"{_kept(s.text)}{_sup(s)}" for s in section.statements]
        if section.kind == "quotes":
            out.write("".join(f"<blockquote><p>{line}</p></blockquote>\n" for line in lines))
        else:
            out.write("<ul>\n" + "".join(f"<li>{line}</li>\n" for line in lines) + "</ul>\n")
        out.write("</section>\n")
    if page.footnotes:
        _write_sources(page, out)
    out.write("</main>\n<footer>\n")
    out.write(f"<p>{_escape(safe(page.headings['own_words']))} {_escape(safe(page.version))}</p>\n")
    out.write("</footer>\n</body>\n</html>\n")


def _escape(text: str) -> str:
    from html import escape  # noqa: PLC0415 - its table of entities costs other formats a millisecond

    return escape(text)


def _kept(text: str) -> str:
    """Escape a statement, and keep the mark of a dispute on the line of what it marks."""
    return _escape(safe(text)).replace(f" {DISPUTED}", f"&nbsp;{DISPUTED}")


def _write_sources(page: Page, out: TextIO) -> None:
    out.write('<section aria-labelledby="sources" class="sources">\n')
    out.write(f'<h2 id="sources">{_escape(safe(page.headings["sources"]))}</h2>\n<ol>\n')
    for number, note in enumerate(page.footnotes, 1):
        url = _escape(safe(note.url))
        link = f' <a href="{url}">{url}</a>' if url.startswith(("http://", "https://")) else ""
        text, title = _escape(safe(note.text)), _escape(safe(note.title))
        if title and note.lang != page.lang:
            text = text.replace(title, f'<cite lang="{_escape(note.lang)}">{title}</cite>', 1)
        out.write(f'<li id="source-{number}">{text}.{link}</li>\n')
    out.write("</ol>\n</section>\n")


def _sup(statement: Statement) -> str:
    links = "".join(f'<a href="#source-{n}">[{n}]</a>' for n in statement.notes)
    return f" <sup>{links}</sup>" if links else ""
