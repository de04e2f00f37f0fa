"""Citation styles: the entries of a fact as text, one function per style."""

from typing import Any
from urllib.parse import quote

from icapital_cli.formats.markdown import escaped
from icapital_cli.formats.registry import CITATIONS
from icapital_cli.terminal import json_text
from icapital_cli.views.citation import Entry

# Characters that command TeX (TeXbook, ch. 7), escaped.
# Braces by name: BibTeX counts them even behind a backslash, and loses the entry when they do not pair.
TEX = {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
TEX |= {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
TEX |= {"<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}"}
TEX |= {c: "\\" + c for c in "&%$#_"}
TO_TEX = str.maketrans(TEX)
# Characters that command MediaWiki inside a template, escaped.
WIKI = {"&": "&amp;", "|": "{{!}}"} | {c: f"&#{ord(c)};" for c in "<>[]{}~"}
TO_WIKI = str.maketrans(WIKI)
TO_WIKI_URL = str.maketrans({c: quote(c) for c in WIKI if c != "&"})

MONTHS = ["", *["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]]
MONTH_NAMES = [
    "",
    *[
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
]
JOINED = {"csl-json": ("[\n", ",\n", "\n]\n")}


def as_citations(entries: list[Entry], style: str) -> str:
    """Write entries in a style. Raises UsageError for a style that does not exist."""
    write = CITATIONS[style]
    before, between, after = JOINED.get(style, ("", "\n", "\n" if entries else ""))
    return before + between.join(write(entry) for entry in entries) + after


@CITATIONS.register("text")
def as_text(entry: Entry) -> str:
    """Write one line of text."""
    accessed = f"accessed {entry.accessed}" if entry.accessed else ""
    parts = [f"{entry.publisher}: “{entry.title}”", entry.date, f"[{entry.lang}]", entry.locator, entry.url, accessed]
    return ", ".join(part for part in parts if part) + f" ({entry.fact}; {entry.version})"


@CITATIONS.register("markdown")
def as_markdown(entry: Entry) -> str:
    """Write a line of CommonMark, the title as a link."""
    title, publisher, locator = map(escaped, (entry.title, entry.publisher, entry.locator))
    link = f"[{title}](<{entry.url.replace('<', '%3C').replace('>', '%3E')}>)" if entry.url else title
    parts = [f"{publisher}: {link}", entry.date, entry.lang, locator]
    return ", ".join(part for part in parts if part) + f" ({entry.fact}; {entry.version})"


def tex(text: str) -> str:
    """Escape a text for BibTeX; letters stay UTF-8."""
    return text.translate(TO_TEX)


def _bib(kind: str, fields: dict[str, str], key: str, month: str = "") -> str:
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    lines += [f"  month = {month}"] if month else []  # a macro, which a style spells in its language
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _link(url: str) -> str:
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


@CITATIONS.register("bibtex")
def as_bibtex(entry: Entry) -> str:
    """Write a BibTeX entry; the braces around the title keep its capitals."""
    year, month = ([*entry.date.split("-"), "", ""])[:2]
    accessed = f"accessed {entry.accessed}" if entry.accessed else ""
    fields = {
        "author": f"{{{tex(entry.publisher)}}}",
        "title": f"{{{tex(entry.title)}}}",
        "year": year,
        "howpublished": f"\\url{{{_link(entry.url)}}}" if entry.url else "",
        "language": entry.lang,
        "note": tex(". ".join(part for part in (entry.locator, accessed, f"{entry.fact}; {entry.version}") if part)),
    }
    return _bib("misc", fields, entry.key, MONTHS[int(month)] if month else "")


@CITATIONS.register("biblatex")
def as_biblatex(entry: Entry) -> str:
    """Write a BibLaTeX entry of type online."""
    fields = {
        "author": f"{{{tex(entry.publisher)}}}",
        "title": f"{{{tex(entry.title)}}}",
        "date": entry.date,
        "url": _link(entry.url),
        "urldate": entry.accessed,
        "langid": entry.lang,
        "addendum": tex(entry.locator),
        "note": tex(f"{entry.fact}; {entry.version}"),
    }
    return _bib("online", fields, entry.key)


@CITATIONS.register("csl-json")
def as_csl_json(entry: Entry) -> str:
    """Write an item of CSL-JSON 1.0."""
    data: dict[str, Any] = {
        "id": entry.key,
        "type": "webpage",
        "title": entry.title,
        "author": [{"literal": entry.publisher}],
        "publisher": entry.publisher,
        "language": entry.lang,
        "note": "; ".join(part for part in (entry.locator, entry.fact, entry.version) if part),
    }
    if entry.url:
        data["URL"] = entry.url
    if entry.accessed:
        data["accessed"] = {"date-parts": [[int(part) for part in entry.accessed.split("-")]]}
    if entry.date:
        data["issued"] = {"date-parts": [[int(part) for part in entry.date.split("-")]]}
    return json_text(data)


@CITATIONS.register("ris")
def as_ris(entry: Entry) -> str:
    """Write a RIS record: a tag, two spaces, a hyphen, a value on each line."""
    date = "/".join(([*entry.date.split("-"), "", ""])[:3]) + "/" if entry.date else ""
    tags = {
        "TY": "ELEC",
        "ID": entry.key,
        "AU": entry.publisher,
        "TI": entry.title,
        "PB": entry.publisher,
        "PY": entry.date[:4],
        "DA": date,
        "LA": entry.lang,
        "Y2": entry.accessed.replace("-", "/"),
        "UR": entry.url,
        "N1": "; ".join(part for part in (entry.locator, entry.fact, entry.version) if part),
    }
    return "\n".join(f"{tag}  - {value}" for tag, value in tags.items() if value) + "\nER  - \n"


@CITATIONS.register("wikipedia")
def as_wikipedia(entry: Entry) -> str:
    """Write a footnote with the template Cite web."""

    def cell(text: str) -> str:
        return text.translate(TO_WIKI).replace("''", "&#39;&#39;")

    fields = {"url": entry.url.translate(TO_WIKI_URL), "title": cell(entry.title), "publisher": cell(entry.publisher)}
    fields |= {"date": entry.date, "access-date": entry.accessed if entry.url else "", "language": entry.lang}
    fields |= {"at": cell(entry.locator)}
    inner = " ".join(f"|{name}={value}" for name, value in fields.items() if value)
    return f"<ref>{{{{cite web {inner}}}}}</ref>"


@CITATIONS.register("apa")
def as_apa(entry: Entry) -> str:
    """Write a reference in the style of the American Psychological Association, 7th edition."""
    year, month, day = ([*entry.date.split("-"), "", ""])[:3]
    named = f", {MONTH_NAMES[int(month)]}" if month else ""
    date = f"({year}{named}{' ' + day.lstrip('0') if day else ''})" if year else "(n.d.)"
    retrieved = f" Retrieved {entry.accessed}, from {entry.url}" if entry.url and entry.accessed else ""
    link = retrieved or (f" {entry.url}" if entry.url else "")
    return f"{entry.publisher}. {date}. {entry.title}.{link}"
