"""The data of the site, the same for all its languages: JSON for each kind, each page and everything, and CSV."""

from icapital_cli.export.json import index_of, list_text, object_text, write_text
from icapital_cli.export.registry import Job
from icapital_cli.export.site.addresses import PAGES
from icapital_cli.terminal import json_text
from icapital_cli.views.everything import Everything

EVERYTHING, PACKAGE = "icapital.json", "icapital.zip"


def write_package(job: Job) -> None:
    """Write the Data Package, as `icapital export datapackage` does."""
    from icapital_cli.export.datapackage import write_datapackage  # noqa: PLC0415 - only the process that does this

    with job.open_facts(job.facts.lang) as facts:  # anew: SQLite forbids to take a connection over a fork
        write_datapackage(job._replace(facts=facts, place=job.place / "data" / PACKAGE))


def write_data(job: Job, everything: Everything) -> None:
    """Write a list for each kind, as `icapital export json` does, and for each page what belongs to it, as ids."""
    with job.open_facts(job.facts.lang) as facts:  # anew, for the same reason
        _write_json(job._replace(facts=facts), everything)


def _write_json(job: Job, everything: Everything) -> None:
    facts, folder = job.facts, job.place / "data"
    kinds = [kind for kind in facts.kinds() if kind["count"]]
    listed, lists = [], {}
    for entry in kinds:
        kind, rows = entry["kind"], everything.rows(entry["kind"])
        lists[kind] = list_text(map(json_text, rows))
        write_text(folder / f"{kind}.json", lists[kind])
        write_text(folder / f"{kind}.schema.json", object_text(facts.schema_of_kind(kind)))
        files = {"rows": f"{kind}.json", "schema": f"{kind}.schema.json"}
        files |= {"thing": f"{kind}/{{id}}.json"} if kind in PAGES else {}
        listed.append(entry | files | {"ids": [row["id"] for row in rows]})
    for kind in PAGES:
        (folder / kind).mkdir()
        for row in everything.rows(kind):
            related = {of: ids for of, ids in everything.related(kind, row["id"]).items() if ids}
            thing = everything.thing(kind, row["id"]) | {"related": related}
            write_text(folder / kind / f"{row['id']}.json", object_text(thing))
    index = index_of(job, listed)
    write_text(folder / "index.json", object_text(index))
    told = {key: index[key] for key in ("title", "facts_version", "facts_digest", "language", "licence")}
    write_text(folder / EVERYTHING, object_text(told, **{kind: text.rstrip() for kind, text in lists.items()}))
