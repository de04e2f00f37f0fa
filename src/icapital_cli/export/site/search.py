"""The data of the search in the page: what each thing is called, in a script that is loaded when somebody searches."""

from typing import TYPE_CHECKING

from icapital_cli.export.site.addresses import LISTS, place_of
from icapital_cli.export.site.linked_data import script_text
from icapital_cli.names import WHOLE

if TYPE_CHECKING:
    from icapital_cli.export.site.pages import Pages

# Besides its title, what a thing is found by and shown with.
SHOWN = {
    "editions": ("date", "place"),
    "cities": ("country",),
    "countries": (),
    "people": (),
    "initiatives": ("city", "year"),
    "quotes": ("text",),
    "disputes": ("years",),
    "sources": ("publisher", "date"),
}
NAMED = ("cities", "countries")  # kinds that are found by their names in other languages too


def search_script(pages: "Pages") -> str:
    """Write the script of a language: letters to fold; kinds with the address around an id, label and entries.

    An entry is id, title, more, other names.
    """
    names: dict[str, dict[str, None]] = {}
    for fact_id, name in pages.store.rows("SELECT id, folded FROM names WHERE kind IN (?, ?)", *NAMED):
        names.setdefault(fact_id, {})[name] = None
    kinds = []
    for kind in LISTS:
        entries = []
        for row in pages.everything.views[kind].rows:
            title = pages.title(row.id)
            shown = [_words(pages, row.values, key) for key in SHOWN[kind]]
            entry = [row.id, title, " · ".join(word for word in shown if word)]
            entries.append([*entry, "|".join(names[row.id])] if row.id in names else entry)
        before, after = place_of(kind, "\n", {}).split("\n")
        kinds.append([before, after, pages.label(f"kind.{kind}"), entries])
    return f"window.icapitalSearch = {script_text({'letters': WHOLE, 'kinds': kinds})};\n"


def _words(pages: "Pages", values: dict[str, object], key: str) -> str:
    value = values[key]
    if key == "date" and value:
        return pages.localizer.localized("date", str(value))
    if key == "publisher":
        return pages.localizer.term(str(value)) or str(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
