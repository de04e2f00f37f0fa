"""A citation of one fact, for seven kinds of reader. One function per style."""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import quote

from icapital_cli.errors import no_such
from icapital_cli.index import Doc, Index
from icapital_cli.render import escaped
from icapital_cli.rows import Builder
from icapital_cli.terminal import json_text, safe

Style = Callable[["Entry"], str]
STYLES: dict[str, Style] = {}
JOINED = {"csl-json": ("[\n", ",\n", "\n]\n")}
# What TeX would obey (TeXbook, ch. 7), spelled so that it prints.
# Braces by name: BibTeX counts them even behind a backslash, and loses the entry when they do not pair.
TEX = {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
TEX |= {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
TEX |= {"<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}"}
TEX |= {c: "\\" + c for c in "&%$#_"}
# What MediaWiki would obey, in the words of a template.
WIKI = {"&": "&amp;", "|": "{{!}}"} | {c: f"&#{ord(c)};" for c in "<>[]{}~"}


class Entry(NamedTuple):
    """One cited page: its own particulars, the place on it, what it is cited for, and the state of our facts."""

    key: str
    fact: str
    publisher: str
    title: str
    date: str
    lang: str
    url: str
    locator: str
    stand: str


def style(name: str) -> Callable[[Style], Style]:
    """Register a style under its name."""

    def register(function: Style) -> Style:
        STYLES[name] = function
        return function

    return register


def cite(index: Index, kind: str, fact_id: str, name: str) -> str:
    """Write the citations of a fact, or of a source, in a style. Raises UsageError for a style that does not exist."""
    if name not in STYLES:
        raise no_such("style", name, STYLES)
    before, between, after = JOINED.get(name, ("", "\n", "\n"))
    entries = entries_of(index, kind, fact_id)
    return before + between.join(STYLES[name](entry) for entry in entries) + after


def entries_of(index: Index, kind: str, fact_id: str) -> list[Entry]:
    """List the pages that state a fact, each once with all its places; a source is its own only page."""
    stand = f"icapital {index.meta('version')}, facts {index.meta('digest')[:12]}"
    disputes = Builder(index).disputes_of(fact_id)
    if disputes:
        stand += f"; disputed, see {', '.join(disputes)}"
    cited = [{"id": fact_id, "locator": ""}] if kind == "sources" else Builder(index).citations(fact_id)
    places: dict[str, list[str]] = {}
    for citation in cited:
        places.setdefault(citation["id"], []).append(citation["locator"])
    return [_entry(index.fact(source)[1], fact_id, locators, stand) for source, locators in places.items()]


def _entry(source: Doc, fact_id: str, locators: list[str], stand: str) -> Entry:
    return Entry(
        source["id"],
        fact_id,
        safe(source["publisher"]),
        safe(source["title"]),
        source.get("date", ""),
        source["lang"],
        "".join(quote(c) if c != safe(c) else c for c in source.get("url", "")),
        safe("; ".join(dict.fromkeys(place for place in locators if place))),
        stand,
    )


@style("text")
def as_text(entry: Entry) -> str:
    """Write one line of text."""
    parts = [f"{entry.publisher}: “{entry.title}”", entry.date, f"[{entry.lang}]", entry.locator, entry.url]
    return ", ".join(part for part in parts if part) + f" ({entry.fact}; {entry.stand})"


@style("markdown")
def as_markdown(entry: Entry) -> str:
    """Write a line of CommonMark, the title as a link."""
    title, publisher, locator = map(escaped, (entry.title, entry.publisher, entry.locator))
    link = f"[{title}](<{entry.url.replace('<', '%3C').replace('>', '%3E')}>)" if entry.url else title
    parts = [f"{publisher}: {link}", entry.date, entry.lang, locator]
    return ", ".join(part for part in parts if part) + f" ({entry.fact}; {entry.stand})"


def tex(text: str) -> str:
    """Spell a text for BibTeX: what TeX would obey is escaped, letters stay UTF-8."""
    return "".join(TEX.get(c, c) for c in text)


def _bib(kind: str, fields: dict[str, str], key: str) -> str:
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _link(url: str) -> str:
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


@style("bibtex")
def as_bibtex(entry: Entry) -> str:
    """Write a BibTeX entry; the braces around the title keep its capitals."""
    year, month = ([*entry.date.split("-"), "", ""])[:2]
    fields = {
        "author": f"{{{tex(entry.publisher)}}}",
        "title": f"{{{tex(entry.title)}}}",
        "year": year,
        "month": month.lstrip("0"),
        "howpublished": f"\\url{{{_link(entry.url)}}}" if entry.url else "",
        "language": entry.lang,
        "note": tex(". ".join(part for part in (entry.locator, f"{entry.fact}; {entry.stand}") if part)),
    }
    return _bib("misc", fields, entry.key)


@style("biblatex")
def as_biblatex(entry: Entry) -> str:
    """Write a BibLaTeX entry of type online."""
    fields = {
        "author": f"{{{tex(entry.publisher)}}}",
        "title": f"{{{tex(entry.title)}}}",
        "date": entry.date,
        "url": _link(entry.url),
        "langid": entry.lang,
        "addendum": tex(entry.locator),
        "note": tex(f"{entry.fact}; {entry.stand}"),
    }
    return _bib("online", fields, entry.key)


@style("csl-json")
def as_csl_json(entry: Entry) -> str:
    """Write an item of CSL-JSON 1.0."""
    data: dict[str, Any] = {
        "id": entry.key,
        "type": "webpage",
        "title": entry.title,
        "author": [{"literal": entry.publisher}],
        "publisher": entry.publisher,
        "language": entry.lang,
        "note": "; ".join(part for part in (entry.locator, entry.fact, entry.stand) if part),
    }
    if entry.url:
        data["URL"] = entry.url
    if entry.date:
        data["issued"] = {"date-parts": [[int(part) for part in entry.date.split("-")]]}
    return json_text(data)


@style("ris")
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
        "UR": entry.url,
        "N1": "; ".join(part for part in (entry.locator, entry.fact, entry.stand) if part),
    }
    return "\n".join(f"{tag}  - {value}" for tag, value in tags.items() if value) + "\nER  - \n"


@style("wikipedia")
def as_wikipedia(entry: Entry) -> str:
    """Write a footnote with the template Cite web."""

    def cell(text: str) -> str:
        return "".join(WIKI.get(c, c) for c in text).replace("''", "&#39;&#39;")

    url = "".join(quote(c) if c in WIKI and c != "&" else c for c in entry.url)
    fields = {"url": url, "title": cell(entry.title), "publisher": cell(entry.publisher)}
    fields |= {"date": entry.date, "language": entry.lang, "at": cell(entry.locator)}
    inner = " ".join(f"|{name}={value}" for name, value in fields.items() if value)
    return f"<ref>{{{{cite web {inner}}}}} <!-- {entry.fact}; {entry.stand} --></ref>"
