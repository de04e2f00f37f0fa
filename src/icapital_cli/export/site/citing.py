"""How to cite what a page tells, in every style; of a fact the text is the same in every language, and made once."""

from markupsafe import Markup, escape

from icapital_cli.api.facts import Facts

ONE_FACT = ("initiatives", "quotes", "disputes")  # cited by their best page; the others by our own
STYLES = ("text", "apa", "bibtex", "wikipedia")  # for readers, reference managers, Wikipedia: all would weigh double


class Citing:
    """Citations as HTML."""

    def __init__(self, facts: Facts) -> None:
        """Cite each fact, once for all languages."""
        with facts.store() as store:
            ids = [(kind, fact_id) for kind in ONE_FACT for fact_id in store.ids(kind)]
        self._made = {fact_id: in_styles(facts.citations(kind, fact_id, STYLES)) for kind, fact_id in ids}

    def of(self, facts: Facts, fact_id: str, title: str, url: str) -> Markup:
        """Return the citations of a page about a thing: of the best page that states a fact, else of ours."""
        if fact_id in self._made:
            return self._made[fact_id]
        return in_styles(facts.citations_of_page(fact_id, title, url, STYLES))


def in_styles(texts: dict[str, str]) -> Markup:
    """Put citations into HTML, each under the name of its style."""
    parts = [f"<h3>{escape(style)}</h3><pre>{_literal(text.strip())}</pre>" for style, text in texts.items()]
    return Markup("\n".join(parts))  # noqa: S704 - the parts are escaped


def _literal(text: str) -> str:
    """Escape a text between tags, where quotation marks may stay: in JSON they are many."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
