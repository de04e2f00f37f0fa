"""HTML of pages and briefs, by Jinja2 with autoescape: one file, no script, nothing from elsewhere."""

from functools import cache
from typing import TYPE_CHECKING, TextIO
from urllib.parse import urlsplit

from icapital_cli.formats.registry import BRIEFS, PAGES
from icapital_cli.terminal import safe
from icapital_cli.views.column_types import DISPUTED
from icapital_cli.views.page import Page

if TYPE_CHECKING:
    from jinja2 import Template


@PAGES.register("html")
@BRIEFS.register("html")
def as_html(page: Page, out: TextIO) -> None:
    """Write one self-contained HTML5 file, for screens, light and dark, and for A4."""
    template, style = _template()
    out.write(template.render(page=page, style=style))


@cache
def _template() -> tuple["Template", str]:
    """Load the template of a page and its style sheet."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only HTML needs it

    environment = Environment(
        loader=PackageLoader("icapital_cli.formats"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["safe_text"] = _safe_text
    environment.filters["host"] = lambda url: (urlsplit(url).hostname or "").removeprefix("www.")
    environment.tests["web_address"] = lambda url: url.startswith(("http://", "https://"))
    style, _, _ = environment.loader.get_source(environment, "page.css")  # type: ignore[union-attr]  # set above
    return environment.get_template("page.html"), style


def _safe_text(text: str) -> str:
    """Remove what would command a terminal or turn the text, and keep the mark of a dispute on its line."""
    return safe(text).replace(f" {DISPUTED}", f"\N{NO-BREAK SPACE}{DISPUTED}")
