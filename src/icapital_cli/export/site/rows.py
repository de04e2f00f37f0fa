"""What is said of one fact, as HTML: a head opens its own page, a row is its line on the page of another, or in a list.

These are functions, not macros of a template, because a site has thousands of them: macros took four times as long.
So each must see to it that what it puts together is HTML: text comes through `escape`, or through what `Pages` gives.
"""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from markupsafe import escape

if TYPE_CHECKING:
    from icapital_cli.export.site.pages import Notes, Pages
    from icapital_cli.views.rows import Row

Implied = Collection[str]  # columns that the page makes clear by itself
LONGEST = 110  # characters of a quote in a list


def head_editions(pages: "Pages", row: "Row", _notes: "Notes") -> str:
    """Name the winners."""
    if not row.values["winners"]:
        return ""
    winners = ", ".join([f"<strong>{pages.link(city)}</strong>" for city in pages.winners(row.id)])
    return f'<p class="lead">{pages.words("column.winners")}: {winners}</p>\n'


def head_cities(pages: "Pages", row: "Row", _notes: "Notes") -> str:
    """Say in which country, and name the bodies around it."""
    bodies = ", ".join(map(pages.link, pages.bodies(row.id)))
    see_also = f"<p>{pages.words('page.see_also')}: {bodies}</p>\n" if bodies else ""
    return f'<p class="lead">{listed(pages, row, ("country", "type"))}</p>\n{see_also}'


def head_initiatives(pages: "Pages", row: "Row", notes: "Notes") -> str:
    """Say where and when, and what it is."""
    summary = f"<p>{pages.cell(row, 'summary')} {notes.of(row.citations)}</p>\n" if row.values["summary"] else ""
    return f'<p class="lead">{listed(pages, row, ("city", "year"))}</p>\n{summary}'


def head_quotes(pages: "Pages", row: "Row", notes: "Notes") -> str:
    """Quote, and say who said it."""
    said_by = listed(pages, row, ("speaker", "role", "organisation", "date"))
    return (
        f'<figure class="said">{quotation(pages, row)}\n'
        f"<figcaption>{said_by} {notes.of(row.citations)}</figcaption></figure>\n"
    )


def head_disputes(pages: "Pages", row: "Row", notes: "Notes") -> str:
    """Say what each side claims, and what we follow."""
    claims = "".join(
        [
            f"<li>{pages.in_language(claim['says'], row.langs.get('claims'))} {notes.of(claim['sources'])}"
            f"<br><small>{escape(pages.publishers(claim['sources']))}</small></li>\n"
            for claim in row.values["claims"]
        ]
    )
    why = f"<p>{pages.cell(row, 'why')}</p>\n" if row.values["why"] else ""
    touches = f"<p>{pages.words('column.touches')}: {pages.touched(row)}</p>\n" if row.values["touches"] else ""
    return (
        f'<p class="lead">{_weight(pages, row)} {pages.editions(row)}</p>\n'
        f'<h2 id="claims">{pages.words("column.claims")}</h2>\n<ol class="claims">\n{claims}</ol>\n'
        f'<h2 id="believed">{pages.words("page.we_follow")}</h2>\n'
        f"<p><strong>{pages.cell(row, 'believed')}</strong></p>\n{why}{touches}"
    )


def quotation(pages: "Pages", row: "Row") -> str:
    """Quote, in the language of the words; our translation is marked, and the printed words stand below it."""
    values, lang = row.values, row.langs.get("text")
    opening, closing = pages.words("quote.open"), pages.words("quote.close")
    text, daggers = escape(values["text"]), pages.daggers(row.disputed.get("text", ()))
    if values["translated"]:
        return (
            f'<blockquote><p>{text} <span class="tag">{pages.words("mark.translation")}</span>{daggers}</p>'
            f'<p class="original" lang="{escape(values["original_lang"])}">'
            f"{opening}{escape(values['original'])}{closing}</p></blockquote>"
        )
    attribute = f' lang="{escape(lang)}"' if lang != pages.lang else ""
    return f"<blockquote{attribute}><p>{opening}{text}{closing}{daggers}</p></blockquote>"


def listed(pages: "Pages", row: "Row", keys: Collection[str], implied: Implied = ()) -> str:
    """List some cells, those that have a value and are not implied."""
    return ", ".join([pages.cell(row, key) for key in keys if row.values[key] and key not in implied])


def _weight(pages: "Pages", row: "Row") -> str:
    return f'<span class="tag {escape(row.values["weight"])}">{pages.cell(row, "weight")}</span>'


def row_milestones(pages: "Pages", row: "Row", _implied: Implied) -> str:
    """Say when, and what."""
    return f"<b>{pages.cell(row, 'date')}</b> {pages.cell(row, 'summary')}"


def row_rules(pages: "Pages", row: "Row", _implied: Implied) -> str:
    """Say what the rule is."""
    return pages.cell(row, "summary")


def row_initiatives(pages: "Pages", row: "Row", implied: Implied) -> str:
    """Name it, and say where, when and what it is, in figures too."""
    summary = f": {pages.cell(row, 'summary')}" if row.values["summary"] else ""
    figures = f" {pages.cell(row, 'figures')}." if row.values["figures"] else ""
    return f"<b>{pages.link(row.id)}</b>, {listed(pages, row, ('city', 'year'), implied)}{summary}{figures}"


def row_quotes(pages: "Pages", row: "Row", implied: Implied) -> str:
    """Quote, and say who said it; the template ends the figure, after the numbers of the sources."""
    said_by = listed(pages, row, ("speaker", "role", "organisation", "date"), implied)
    return (
        f'<figure class="said">{quotation(pages, row)}<figcaption>{said_by} · '
        f'<a href="../quotes/{escape(row.id)}.html">{pages.words("site.quote")}</a>'
    )


def row_posts(pages: "Pages", row: "Row", implied: Implied) -> str:
    """Say who held which post."""
    name = "" if "name" in implied else f"<b>{pages.link(row.values['person_id'])}</b>, "
    return name + listed(pages, row, ("role", "organisation", "city", "year"), implied)


def row_contacts(pages: "Pages", row: "Row", _implied: Implied) -> str:
    """Say whom to reach and how, as of when."""
    told = listed(pages, row, ("role", "organisation", "phone", "email"))
    return f"<b>{pages.cell(row, 'name')}</b> {told}. {pages.words('column.as_of')}: {pages.cell(row, 'as_of')}"


def row_people(pages: "Pages", row: "Row", _implied: Implied) -> str:
    """Name the person."""
    return pages.link(row.id)


def row_disputes(pages: "Pages", row: "Row", _implied: Implied) -> str:
    """Name the matter, and say what we follow."""
    return (
        f"<b>{pages.link(row.id)}</b> {_weight(pages, row)} "
        f"{pages.words('page.we_follow')}: {pages.cell(row, 'believed')}"
    )


def row_gaps(pages: "Pages", row: "Row", _implied: Implied) -> str:
    """Say what is not known, and why."""
    return f"{pages.cell(row, 'what')} {pages.cell(row, 'why')}"


def row_other(pages: "Pages", row: "Row", _implied: Implied) -> str:
    """Say of a fact of any kind what a line about it says."""
    keys = pages.store.kind(pages.kind_of(row.id))["page"]["sentence"]
    return ", ".join([pages.cell(row, key) for key in keys if row.values.get(key)])


def list_initiatives(pages: "Pages", row: "Row", _implied: Implied) -> str:
    """Name it, and the city."""
    return f"<b>{pages.link(row.id)}</b> {listed(pages, row, ('city',))}"


def list_quotes(pages: "Pages", row: "Row", _implied: Implied) -> str:
    """Say who said what, in a line."""
    city = f", {pages.cell(row, 'city')}" if row.values["city"] else ""
    lang = row.langs.get("text")
    attribute = f' lang="{escape(lang)}"' if lang != pages.lang else ""
    text = escape(pages.templates.call_filter("truncate", row.values["text"], (LONGEST,)))
    return f'{pages.cell(row, "speaker")}{city}: <a href="../quotes/{escape(row.id)}.html"{attribute}>{text}</a>'


def list_disputes(pages: "Pages", row: "Row", _implied: Implied) -> str:
    """Name the matter, and say what we follow."""
    return f"<b>{pages.link(row.id)}</b>: {pages.cell(row, 'believed')}"


def list_sources(pages: "Pages", row: "Row", _implied: Implied) -> str:
    """Name publisher, title and date."""
    date = f", {pages.cell(row, 'date')}" if row.values["date"] else ""
    return f'<span id="{escape(row.id)}">{pages.cell(row, "publisher")}: {pages.titled(row)}{date}</span>'


HEADS: dict[str, Callable[["Pages", "Row", "Notes"], str]] = {
    "editions": head_editions,
    "cities": head_cities,
    "initiatives": head_initiatives,
    "quotes": head_quotes,
    "disputes": head_disputes,
}
Write = Callable[["Pages", "Row", Implied], str]
ROWS: dict[str, Write] = {
    "milestones": row_milestones,
    "rules": row_rules,
    "initiatives": row_initiatives,
    "quotes": row_quotes,
    "posts": row_posts,
    "contacts": row_contacts,
    "people": row_people,
    "disputes": row_disputes,
    "gaps": row_gaps,
}
