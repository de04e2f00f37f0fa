"""The documents that go with exported facts, from templates: README, licence, how to cite, codebook."""

from typing import Any

from icapital_cli.api.facts import Facts
from icapital_cli.api.tables import Table
from icapital_cli.api.wording import interface
from icapital_cli.export.codebook import cell, codebook_of, meaning_of

NAME = "icapital-facts"
TITLE = "Facts about the European Capital of Innovation Award (iCapital), each with its source"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
DOCUMENTS = ("README.md", "LICENSE", "CITATION.cff", "CODEBOOK.md")


def documents_of(facts: Facts, tables: list[Table]) -> dict[str, str]:
    """Write the documents, by name."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only this export needs it

    environment = Environment(
        loader=PackageLoader("icapital_cli.export"),
        autoescape=False,  # noqa: S701 - plain text and Markdown
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"cell": cell, "meaning": meaning_of}
    told: dict[str, Any] = {"title": TITLE, "about": facts.about(), "lang": facts.lang, "tables": tables}
    with interface(facts.lang) as localizer:
        told |= codebook_of(facts, localizer)
        return {name: environment.get_template(name).render(told) for name in DOCUMENTS}
