"""The words of a language as HTML, each made once: names with links, cells with their marks, numbered sources."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from icapital_cli.api.facts import Facts
from icapital_cli.export.site.addresses import LISTS, place_of
from icapital_cli.export.site.citing import Citing
from icapital_cli.names import fold
from icapital_cli.terminal import UNSAFE

if TYPE_CHECKING:
    from jinja2 import Environment, Template

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
FIRST = 8  # words of a quote by which it is named
# What the page of a thing makes clear by itself.
IMPLIED = {"cities": ("city",), "editions": ("year",), "people": ("speaker", "name")}
# What would turn the text of a page; line ends and tabs are its own.
BREAKING = re.compile(f"[{re.escape(''.join(chr(code) for code in UNSAFE if chr(code) not in chr(9) + chr(10)))}]")


def environment() -> "Environment":
    """Make the environment of the templates; each is compiled once."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only this export needs it

    return Environment(
        loader=PackageLoader("icapital_cli.export", "templates/site"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


class Pages:
    """What the pages in one language are made of. Links are those of a page that is one folder below the language."""

    def __init__(self, facts: Facts, tags: dict[str, str], templates: "Environment", citing: Citing, base: str) -> None:
        """Read all facts once."""
        self.facts, self.tags, self.templates, self.citing, self.base = facts, tags, templates, citing, base
        self.everything = everything = facts.everything()
        self.store, self.lang = everything.store, everything.store.lang
        self.about = facts.about()
        self.columns = {kind: {c.key: c for c in view.columns} for kind, view in everything.views.items()}
        self.localizer = next(iter(everything.views.values())).localizer
        self.label = self.localizer.label
        self.count = sum(len(view.rows) for view in everything.views.values())
        self.rows = self._macros("rows.html")
        self._templates: dict[str, Template] = {}
        self._places: dict[str, str] = {}
        self._fragments: dict[tuple[str, str, tuple[str, ...]], Markup] = {}
        self._daggers: dict[str, Markup] = {}
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
                "named": {name: escape(self.label(label)) for name, label in NAMED.items()},
            }
        return self._shared[key] | {"langs": self._chrome.langs(up, here)}

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
        place, words = self.place(fact_id), escape(self.title(fact_id))
        if self.kind_of(fact_id) == "quotes":
            row = self.row(fact_id)
            words += Markup(": ") + self.in_language(self.beginning(row), row.langs.get("text"))
        return Markup('<a href="../%s">%s</a>') % (place, words) if place else words

    def cell(self, row: "Row", key: str) -> Markup:
        """Return a cell: its words, their language where it is another, a link, and a dagger where it is disputed."""
        value = row.values.get(key)
        if value in (None, [], "") and key not in row.unknown:
            return EMPTY
        column = self.columns[self.kind_of(row.id)][key]
        words = escape(column.column_type.words(row, column, self.localizer))
        target = LINKS.get(key)
        if target and value is not None:
            other = str(row.values.get(target[1])).lower()
            if self.is_page(target[0], other) and other != row.id:
                words = Markup('<a href="../%s">%s</a>') % (place_of(target[0], other, {}), words)
        lang = column.column_type.language(value, row, column, self.localizer)
        if lang and lang != self.lang:
            words = Markup('<span lang="%s">%s</span>') % (lang, words)
        return words + self.daggers(row.disputed[key]) if key in row.disputed else words

    def is_page(self, kind: str, fact_id: str) -> bool:
        """Whether there is a fact of a kind that has pages."""
        return self.everything.has(kind, fact_id)

    def daggers(self, disputes: Iterable[str]) -> Markup:
        """Mark what disputes are about: a dagger for each, with the matter on it, that leads to the dispute."""
        return EMPTY.join(self._dagger(dispute) for dispute in dict.fromkeys(disputes))

    def _dagger(self, dispute: str) -> Markup:
        if dispute not in self._daggers:
            matter = f"{self.label('site.disputed')}: {self.title(dispute)}"
            self._daggers[dispute] = Markup(
                '\N{NO-BREAK SPACE}<a class="d" href="../disputes/{0}.html" title="{1}" aria-label="{1}">†</a>'
            ).format(dispute, matter)
        return self._daggers[dispute]

    def text(self, row: "Row", key: str) -> Markup:
        """Return a text of a row, with its language where it is another."""
        return self.in_language(str(row.values[key]), row.langs.get(key))

    def in_language(self, text: str, lang: str | None) -> Markup:
        """Mark a text with its language, where it is not that of the page."""
        words = escape(text)
        return words if not lang or lang == self.lang else Markup('<span lang="%s">%s</span>') % (lang, words)

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

    def context(self, row: "Row") -> str:
        """Say of what a fact is, where its name does not."""
        values = row.values
        told = [values.get(key) for key in ("role", "city", "year") if values.get(key) and values.get("name")]
        return "".join(f", {one}" for one in told)

    def sentence(self, row: "Row") -> Markup:
        """Say of a fact of any kind what a line about it says."""
        keys = self.store.kind(self.kind_of(row.id))["page"]["sentence"]
        return Markup(", ").join(self.cell(row, key) for key in keys if row.values.get(key))

    def sort_key(self, name: str) -> str:
        """Return a name as it is sorted: without case and diacritics."""
        return fold(name)

    def fragment(self, macro: str, fact_id: str, page: str = "") -> Markup:
        """Return what a macro of the template `rows.html` makes of a fact on the pages of a kind; it is made once."""
        implied = IMPLIED.get(page, ())
        key = (macro, fact_id, implied)
        if key not in self._fragments:
            self._fragments[key] = getattr(self.rows, macro)(self.row(fact_id), implied)
        return self._fragments[key]

    def source(self, source: str) -> Markup:
        """Describe a source in a list of them: publisher, title, date."""
        if source not in self._sources:
            row = self.row(source)
            publisher = self.localizer.term(row.values["publisher"]) or row.values["publisher"]
            date = row.values["date"]
            told = self.localizer.localized("date", date) if date else self.label("page.undated")
            self._sources[source] = Markup('<a href="../sources/index.html#{}">{}</a>: {}, {}').format(
                source, publisher, self.titled(row), told
            )
        return self._sources[source]

    def titled(self, row: "Row") -> Markup:
        """Return the title of a source, in its language, as a link to the page itself where that is on the web."""
        title = escape(row.values["title"])
        lang, url = row.values["lang"], row.values["url"] or ""
        attribute = Markup(' lang="{}"').format(lang) if lang and lang != self.lang else EMPTY
        if is_web(url):
            return Markup('<a{} href="{}">{}</a>').format(attribute, url, title)
        return Markup("<span{}>{}</span>").format(attribute, title) if attribute else title

    def locator(self, locator: str) -> Markup:
        """Return a place on a page in this language, else in ours."""
        if locator not in self._locators:
            ours = self.localizer.term(locator)
            self._locators[locator] = self.in_language(ours or locator, self.lang if ours else "en")
        return self._locators[locator]


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

    def of(self, citations: Iterable[dict[str, Any]]) -> Markup:
        """Return the numbers of some citations, as links to the list of sources."""
        numbers = set()
        for citation in citations:
            source = citation["id"]
            numbers.add(self._numbers.setdefault(source, len(self._numbers) + 1))
            self._places.setdefault(source, {})[citation["locator"] or ""] = None
        links = [f'<a href="#s{n}">{n}</a>' for n in sorted(numbers)]
        return Markup(f"<sup>{' '.join(links)}</sup>") if links else EMPTY  # noqa: S704 - numbers

    def listed(self) -> list[Markup]:
        """Return the sources in the order of their numbers."""
        pages, listed = self._pages, []
        for source, places in self._places.items():
            told = "; ".join([pages.locator(place) for place in places if place])
            text = f"{pages.source(source)}: {told}" if told else pages.source(source)
            listed.append(Markup(text))  # noqa: S704 - both parts are HTML
        return listed
