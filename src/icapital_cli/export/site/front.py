"""The pages that are about no single thing: home, how we know, the data, and the choice of a language."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from icapital_cli.api.pictures import picture_of
from icapital_cli.export.site.addresses import LISTS
from icapital_cli.export.site.citing import in_styles
from icapital_cli.export.site.data import EVERYTHING, PACKAGE
from icapital_cli.export.site.linked_data import dataset
from icapital_cli.export.site.pages import EMPTY, Pages, Site
from icapital_cli.export.site.rows import row_gaps
from icapital_cli.terminal import json_text

# The files that hold everything, with the label that says what each is, and its media type.
FILES = {EVERYTHING: ("file_json", "application/json"), PACKAGE: ("file_zip", "application/zip")}


def front_pages(pages: Pages) -> Iterator[tuple[str, str]]:
    """Make home, how we know, and the data: addresses and texts."""
    yield "index.html", _home(pages)
    yield "about/how.html", _how(pages)
    yield "about/data.html", _data(pages)


def _home(pages: Pages) -> str:
    editions = [row for row in reversed(pages.everything.views["editions"].rows) if row.values["winners"]]
    past = [
        {
            "label": row.values["label"],
            "place": pages.place(row.id),
            "winners": [{"name": pages.title(city), "place": pages.place(city)} for city in pages.winners(row.id)],
        }
        for row in editions
    ]
    counts = pages.about["counts"]
    doors = [
        {
            "kind": kind,
            "title": pages.label(f"kind.{kind}"),
            "count": pages.localizer.number(counts.get(kind, 0)),
            "about": pages.label(f"site.about_{kind}"),
        }
        for kind in LISTS
    ]
    words = {key: pages.label(f"site.search_{key}") for key in ("found", "none")}
    return pages.render(
        "home.html",
        kind="",
        title=pages.award["name"],
        description=pages.award["purpose"] or pages.award["name"],
        purpose=pages.award["purpose"] or "",
        here="index.html",
        json="data/index.json",
        linked=_dataset(pages),
        edition=past[0] if past else None,
        winners=[_winner(pages, row) for row in _winners_of(pages, editions[0].id)] if editions else [],
        editions=past[1:],
        doors=doors,
        pictures=[_picture(pages, what) for what in ("map", "timeline")] if past else [],
        words=json_text(words),
    )


def _picture(pages: Pages, what: str) -> dict[str, Any]:
    """Draw a picture whose marks lead to the pages of what they show."""
    kinds = {"map": ("cities",), "timeline": ("editions", "results")}[what]
    links = {row.id: pages.place(row.id) for kind in kinds for row in pages.everything.views[kind].rows}
    svg = picture_of(pages.facts, what, links=links, heading=False, style=False)
    return {"id": what, "title": pages.label(f"kind.{what}"), "svg": Markup(svg)}  # noqa: S704 - written as XML


def _winners_of(pages: Pages, edition: str) -> list[Any]:
    ids = pages.everything.related("editions", edition)["results"]
    return [row for row in map(pages.row, ids) if row.values["status"] == "winner"]


def _winner(pages: Pages, row: Any) -> dict[str, Any]:
    told = {key: pages.cell(row, key).striptags() for key in ("category", "city", "country", "reason")}
    prize = row.values["prize_eur"]
    told |= {"prize": pages.localizer.money(prize, "EUR") if prize else ""}
    return told | {"place": pages.place(row.values["city_id"])}


def _dataset(pages: Pages) -> Any:
    files = {f"data/{name}": media for name, (_, media) in FILES.items()}
    return dataset(pages, pages.label("site.name"), pages.label("site.about_data"), files)


def _how(pages: Pages) -> str:
    counts, label = pages.about["counts"], pages.label
    stated = [
        {
            "title": label(f"kind.{kind}"),
            "facts": pages.localizer.number(counts.get(kind, 0)),
            "number": pages.localizer.number(count["values"]),
            "stated": pages.localizer.number(count["stated"]),
            "share": 100 * count["stated"] // (count["values"] or 1),
        }
        for kind, count in pages.about["stated"].items()
        if count["values"]
    ]
    words = [
        {
            "id": kind,
            "title": label(f"kind.{kind}"),
            "rows": [
                (row.id, pages.cell(row, "name"), pages.cell(row, "summary"))
                for row in pages.everything.views[kind].rows
            ],
        }
        for kind in ("categories", "statuses")
    ]
    return pages.render(
        "how.html",
        kind="",
        title=label("site.how"),
        description=label("site.about_how"),
        here="about/how.html",
        json="",
        linked=EMPTY,
        stated=stated,
        words=words,
        gaps=[(row.id, pages.fragment(row_gaps, row.id)) for row in pages.everything.views["gaps"].rows],
    )


def _data(pages: Pages) -> str:
    counts = pages.about["counts"]
    kinds = [
        {"kind": kind, "title": pages.label(f"kind.{kind}"), "facts": pages.localizer.number(count)}
        for kind, count in counts.items()
    ]
    cities = pages.everything.views["cities"].rows
    address = f"{pages.base}{pages.lang}/index.html" if pages.base else ""
    return pages.render(
        "data.html",
        kind="",
        title=pages.label("site.data"),
        description=pages.label("site.about_data"),
        here="about/data.html",
        json="data/index.json",
        linked=_dataset(pages),
        files=[(name, label) for name, (label, _) in FILES.items()],
        kinds=kinds,
        example=f"data/cities/{cities[0].id}.json" if cities else "data/index.json",
        cite=in_styles(pages.facts.citations_of_page("facts", pages.label("site.name"), address)),
    )


def root_page(site: Site) -> str:
    """Make the page at the root, which leads to the languages."""
    with site.job.facts.store() as store:
        names = dict(store.rows("SELECT lang, text FROM labels WHERE key = 'site.name'"))
    languages = [{"tag": tag, "language": name, "name": names.get(tag, "iCapital")} for tag, name in site.tags.items()]
    return site.templates.get_template("root.html").render(languages=languages, base=site.base)
