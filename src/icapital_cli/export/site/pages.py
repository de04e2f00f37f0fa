"""The words of a language as HTML, each made once: names with links, cells with their marks, numbered sources."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from icapital_cli.api.facts import Facts
from icapital_cli.export.registry import Job
from icapital_cli.export.site.addresses import LISTS, PAGES, place_of
from icapital_cli.export.site.citing import Citing
from icapital_cli.export.site.rows import Write
from icapital_cli.names import fold
from icapital_cli.terminal import UNSAFE

if TYPE_CHECKING:
    from jinja2 import Environment, Template

    from icapital_cli.views.everything import Everything
    from icapital_cli.views.rows import Row

EMPTY = Markup()
# The columns that name another thing: the field of the fact, or of what the row has, that holds its id.
LINKS = {
    "city": ("cities", "city_id"),
    "around": ("cities", "around_id"),
    "country": ("countries", "country_code"),
    "edition": ("editions", "year"),
    "year": ("editions", "year"),
    "speaker": ("people", "speaker_id"),
    "reprint_of": ("sources", "reprint_of"),
    "draws_on": ("sources", "draws_on"),
}
NAMED = {"facts": "page.facts", "sources": "kind.sources", "cite": "site.cite", "json": "site.json"}
HERE = "\0"  # stands for the address of a page in what is made once for many
FIRST = 8  # words of a quote by which it is named
# What the page of a thing makes clear by itself.
IMPLIED = {"cities": ("city",), "editions": ("year",), "people": ("speaker", "name")}
# What would turn the text of a page; line ends and tabs are its own.
BREAKING = re.compile(f"[{re.escape(''.join(chr(code) for code in UNSAFE if chr(code) not in chr(9) + chr(10)))}]")


def environment() -> "Environment":
    """Make the environment of the templates, and compile each once, for all processes."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only this export needs it

    templates = Environment(
        loader=PackageLoader("icapital_cli.export", "templates/site"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for name in templates.list_templates(["html"]):
        templates.get_template(name)
    return templates


class Site(NamedTuple):
    """What the pages in all languages share: the export, the address, the languages by tag, templates, citations."""

    job: Job
    base: str
    tags: dict[str, str]
    templates: "Environment"
    citing: Citing


class Pages:
    """What the pages in one language are made of. Links are those of a page that is one folder below the language."""

    def __init__(self, site: Site, facts: Facts, everything: "Everything") -> None:
        """Make pages of facts, and of everything about them, in one language."""
        self.facts, self.everything = facts, everything
        self.tags, self.templates, self.citing, self.base = site.tags, site.templates, site.citing, site.base
        self.store, self.lang = everything.store, everything.store.lang
        self.about = facts.about()
        self.columns = {kind: {c.key: c for c in view.columns} for kind, view in everything.views.items()}
        self.localizer = next(iter(everything.views.values())).localizer
        self.label = self.localizer.label
        self.count = sum(len(everything.views[kind].rows) for kind in PAGES)
        self._templates: dict[str, Template] = {}
        self._places: dict[str, str] = {}
        self._words: dict[str, Markup] = {}
        self._links: dict[str, Markup] = {}
        self._cells: dict[tuple[str, str], Markup] = {}
        self._fragments: dict[tuple[Write, str, tuple[str, ...]], Markup] = {}
        self._daggers: dict[str, str] = {}
        self._sources: dict[str, Markup] = {}
        self._locators: dict[str, Markup] = {}
        self.award, self.kinds = self._award(), LISTS
        self.stand = self._stand()
        self._chrome = self._macros("chrome.html")
        self._shared: dict[tuple[str, str, bool], dict[str, Any]] = {}

    def render(self, template: str, **told: Any) -> str:
        """Render a template with the words of this language, without what would turn or break the text."""
        if template not in self._templates:
            self._templates[template] = self.templates.get_template(template)
        text = self._templates[template].render(self.chrome(told["here"]) | told)
        return BREAKING.sub("\N{REPLACEMENT CHARACTER}", text)

    def _macros(self, template: str) -> Any:
        """Return the macros of a template, which know these pages."""
        return self.templates.get_template(template).make_module({"s": self})

    def chrome(self, here: str) -> dict[str, Any]:
        """Return what is around a page at an address below the folder of the language, and the words it often needs."""
        folder, _, name = here.rpartition("/")
        up, kind = ("../", folder) if folder else ("", "")
        key = (up, name.removesuffix(".html") if folder == "about" else kind, name == "index.html")
        if key not in self._shared:
            self._shared[key] = {
                "s": self,
                "label": self.label,
                "top": self._chrome.top(*key),
                "crumbs": self._chrome.crumbs(*key),
                "foot": self._chrome.foot(),
                "name_of_site": self.label("site.name"),
                "named": {name: self.words(label) for name, label in NAMED.items()},
                "langs": str(self._chrome.langs(up, HERE)),
            }
        shared = self._shared[key]
        return shared | {"langs": html(shared["langs"].replace(HERE, escape(here)))}

    def words(self, label: str) -> Markup:
        """Return a label as HTML."""
        if label not in self._words:
            self._words[label] = escape(self.label(label))
        return self._words[label]

    def kind_of(self, fact_id: str) -> str:
        """Return the kind of a fact."""
        return self.store.fact(fact_id)[0]

    def row(self, fact_id: str) -> "Row":
        """Return the row of a fact."""
        return self.everything.row(fact_id)

    def place(self, fact_id: str) -> str:
        """Return where a fact stands, below the folder of the language; nothing for one that has no place."""
        if fact_id not in self._places:
            self._places[fact_id] = place_of(*self._kind_id_doc(fact_id))
        return self._places[fact_id]

    def _kind_id_doc(self, fact_id: str) -> tuple[str, str, dict[str, Any]]:
        kind, doc = self.store.fact(fact_id)
        return kind, fact_id, doc

    def _award(self) -> dict[str, Any]:
        rows = self.everything.views["awards"].rows
        if not rows:
            return {"name": "", "purpose": "", "lang": self.lang}
        lang = self.lang if self.localizer.translation(rows[0].id, "name") else "en"
        return {**rows[0].values, "lang": lang}

    def _stand(self) -> str:
        told = self.label("page.stand").replace("{version}", self.about["version"])
        told = told.replace("{digest}", self.about["facts_digest"][:12])
        return told.replace("{day}", self.about["facts_version"])

    def title(self, fact_id: str) -> str:
        """Name a fact in a line."""
        return self.everything.title(fact_id)

    def beginning(self, row: "Row") -> str:
        """Return the first words of a quote."""
        words = str(row.values["text"]).split()
        return " ".join(words[:FIRST]) + (" …" if len(words) > FIRST else "")

    def long_title(self, fact_id: str) -> str:
        """Name a fact so that no other is named so: a quote with its first words."""
        title = self.title(fact_id)
        return f"{title}: {self.beginning(self.row(fact_id))}" if self.kind_of(fact_id) == "quotes" else title

    def link(self, fact_id: str) -> Markup:
        """Name a fact, as a link to where it stands."""
        if fact_id not in self._links:
            place, words = self.place(fact_id), escape(self.title(fact_id))
            if self.kind_of(fact_id) == "quotes":
                row = self.row(fact_id)
                words = html(f"{words}: {self.in_language(self.beginning(row), row.langs.get('text'))}")
            self._links[fact_id] = html(f'<a href="../{escape(place)}">{words}</a>') if place else words
        return self._links[fact_id]

    def cell(self, row: "Row", key: str) -> Markup:
        """Return a cell: its words, their language where it is another, a link, and a dagger where it is disputed."""
        if (row.id, key) not in self._cells:
            self._cells[row.id, key] = self._cell(row, key)
        return self._cells[row.id, key]

    def _cell(self, row: "Row", key: str) -> Markup:
        value = row.values.get(key)
        if value in (None, [], "") and key not in row.unknown:
            return EMPTY
        column = self.columns[self.kind_of(row.id)][key]
        words = escape(column.column_type.words(row, column, self.localizer))
        target = LINKS.get(key)
        if target and value is not None:
            other = str(row.values.get(target[1])).lower()
            if self.is_page(target[0], other) and other != row.id:
                words = html(f'<a href="../{escape(place_of(target[0], other, {}))}">{words}</a>')
        lang = column.column_type.language(value, row, column, self.localizer)
        if lang and lang != self.lang:
            words = html(f'<span lang="{escape(lang)}">{words}</span>')
        return html(f"{words}{self.daggers(row.disputed[key])}") if key in row.disputed else words

    def is_page(self, kind: str, fact_id: str) -> bool:
        """Whether there is a fact of a kind that has pages."""
        return self.everything.has(kind, fact_id)

    def daggers(self, disputes: Iterable[str]) -> str:
        """Mark what disputes are about: a dagger for each, with the matter on it, that leads to the dispute."""
        return "".join([self._dagger(dispute) for dispute in dict.fromkeys(disputes)])

    def _dagger(self, dispute: str) -> str:
        if dispute not in self._daggers:
            matter = escape(f"{self.label('site.disputed')}: {self.title(dispute)}")
            link = (
                f'<a class="d" href="../disputes/{escape(dispute)}.html" title="{matter}" aria-label="{matter}">†</a>'
            )
            self._daggers[dispute] = f"\N{NO-BREAK SPACE}{link}"
        return self._daggers[dispute]

    def in_language(self, text: str, lang: str | None) -> Markup:
        """Mark a text with its language, where it is not that of the page."""
        words = escape(text)
        return words if not lang or lang == self.lang else html(f'<span lang="{escape(lang)}">{words}</span>')

    def winners(self, edition: str) -> list[str]:
        """Return the ids of the cities that won an edition."""
        ids = self.everything.related("editions", edition)["results"]
        return [row.values["city_id"] for row in map(self.row, ids) if row.values["status"] == "winner"]

    def bodies(self, city: str) -> list[str]:
        """Return the ids of the bodies around a city."""
        return [row.id for row in self.everything.views["cities"].rows if row.values["around_id"] == city]

    def editions(self, row: "Row") -> Markup:
        """Name the editions of a dispute."""
        years = [str(year) for year in row.values["years"]]
        return Markup(", ").join(self.link(year) if self.is_page("editions", year) else escape(year) for year in years)

    def publishers(self, citations: Iterable[dict[str, Any]]) -> str:
        """Name the publishers of some citations, each once."""
        names = dict.fromkeys(citation["publisher"] for citation in citations)
        return "; ".join(self.localizer.term(name) or name for name in names)

    def touched(self, row: "Row") -> Markup:
        """Name what a dispute touches: the facts, each once."""
        ids = dict.fromkeys(target.partition(".")[0] for target in row.values["touches"])
        return Markup(", ").join(self.link(one) for one in ids)

    def names(self, row: "Row", key: str) -> Markup:
        """Name the facts of a list of ids."""
        return Markup("; ").join(self.link(one) for one in row.values[key])

    def sort_key(self, name: str) -> str:
        """Return a name as it is sorted: without case and diacritics."""
        return fold(name)

    def fragment(self, write: Write, fact_id: str, page: str = "") -> Markup:
        """Return what is written of a fact on the pages of a kind; it is made once."""
        implied = IMPLIED.get(page, ())
        key = (write, fact_id, implied)
        if key not in self._fragments:
            self._fragments[key] = html(write(self, self.row(fact_id), implied))
        return self._fragments[key]

    def source(self, source: str) -> Markup:
        """Describe a source in a list of them: publisher, title, date."""
        if source not in self._sources:
            row = self.row(source)
            publisher = self.localizer.term(row.values["publisher"]) or row.values["publisher"]
            date = row.values["date"]
            told = self.localizer.localized("date", date) if date else self.label("page.undated")
            link = f'<a href="../sources/index.html#{escape(source)}">{escape(publisher)}</a>'
            self._sources[source] = html(f"{link}: {self.titled(row)}, {escape(told)}")
        return self._sources[source]

    def titled(self, row: "Row") -> Markup:
        """Return the title of a source, in its language, as a link to the page itself where that is on the web."""
        title = escape(row.values["title"])
        lang, url = row.values["lang"], row.values["url"] or ""
        attribute = f' lang="{escape(lang)}"' if lang and lang != self.lang else ""
        if is_web(url):
            return html(f'<a{attribute} href="{escape(url)}">{title}</a>')
        return html(f"<span{attribute}>{title}</span>") if attribute else title

    def locator(self, locator: str) -> Markup:
        """Return a place on a page in this language, else in ours."""
        if locator not in self._locators:
            ours = self.localizer.term(locator)
            self._locators[locator] = self.in_language(ours or locator, self.lang if ours else "en")
        return self._locators[locator]


def html(text: str) -> Markup:
    """Mark a text as HTML: all that is not ours in it is escaped already."""
    return Markup(text)  # noqa: S704 - what the caller sees to


def is_web(url: str | None) -> bool:
    """Whether an address is one of the web: nothing else becomes a link."""
    return bool(url) and str(url).startswith(("http://", "https://"))


class Notes:
    """Numbers the sources of a page in the order in which they are met, each once, with the places on it."""

    def __init__(self, pages: Pages) -> None:
        """Start without sources."""
        self._pages = pages
        self._numbers: dict[str, int] = {}
        self._places: dict[str, dict[str, None]] = {}

    def of(self, citations: Iterable[dict[str, Any]]) -> str:
        """Return the numbers of some citations, as links to the list of sources."""
        numbers = set()
        for citation in citations:
            source = citation["id"]
            numbers.add(self._numbers.setdefault(source, len(self._numbers) + 1))
            self._places.setdefault(source, {})[citation["locator"] or ""] = None
        links = [f'<a href="#s{n}">{n}</a>' for n in sorted(numbers)]
        return f"<sup>{' '.join(links)}</sup>" if links else ""

    def listed(self) -> Markup:
        """Return the sources in the order of their numbers, as the items of a list."""
        pages, listed = self._pages, []
        for number, (source, places) in enumerate(self._places.items(), 1):
            told = "; ".join([pages.locator(place) for place in places if place])
            listed.append(f'<li id="s{number}">{pages.source(source)}{": " if told else ""}{told}</li>')
        return html("\n".join(listed))
