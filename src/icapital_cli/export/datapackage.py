"""A Data Package (v2): CSV for each table, their schema, and what a reader needs to use and cite them, in one zip."""

import csv
import json
from hashlib import sha256
from io import StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from icapital_cli.api.tables import Field, Table, tables_of
from icapital_cli.api.tables.table import PARTIAL_DATE
from icapital_cli.export.documents import LICENCE, NAME, TITLE, documents_of
from icapital_cli.export.marks import COMMENT
from icapital_cli.export.registry import Job, export

PROFILES = "https://datapackage.org/profiles/2.0/"
DESCRIPTION = (
    "Results, prizes, initiatives, quotations and people, each fact with the page that states it and the place on "
    "it, and with the disputes where sources contradict each other. See README.md and CODEBOOK.md."
)
MIDNIGHT = (0, 0, 0)
OLDEST = (1980, 1, 1)  # the first day that a zip file can tell
DAY = len("2026-11-25")
LEVEL = 4  # of zlib: half the time of its default, for one byte more in twenty


@export("datapackage")
def write_datapackage(job: Job) -> None:
    """A Data Package v2 in a zip file: CSV for each table, types, keys, licence, sources, citation and codebook."""
    tables, about = tables_of(job.facts), job.facts.about()
    data = {f"data/{table.name}.csv": _as_csv(table).encode() for table in tables}
    package = json.dumps(_package(job, about, tables, data), ensure_ascii=False, indent=2) + "\n"
    texts = {"datapackage.json": package, **documents_of(job.facts, tables)}
    files = {name: text.encode() for name, text in texts.items()} | data
    version = about["facts_version"]
    day = tuple(map(int, version.split("-"))) if len(version) == DAY else OLDEST
    with ZipFile(job.place, "x", ZIP_DEFLATED) as archive:
        archive.comment = COMMENT
        for done, (name, content) in enumerate(files.items()):
            job.progress(done, len(files))
            archive.writestr(_entry(name, (*max(day, OLDEST), *MIDNIGHT)), content, compresslevel=LEVEL)


def _entry(name: str, time: tuple[int, ...]) -> ZipInfo:
    """Make an entry that is the same wherever and whenever it is made."""
    entry = ZipInfo(name, time)  # type: ignore[arg-type]  # six numbers
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
    return entry


def _as_csv(table: Table) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(field.name for field in table.fields)
    has_booleans = any(field.type == "boolean" for field in table.fields)
    writer.writerows([_cell(value) for value in row] if has_booleans else row for row in table.rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    """Return true and false as Table Schema writes them; all else the csv module writes as it should be."""
    return str(value).lower() if isinstance(value, bool) else value


def _package(job: Job, about: dict[str, Any], tables: list[Table], data: dict[str, bytes]) -> dict[str, Any]:
    sources = [
        {"title": f"{row['publisher']}: {row['title']}"} | ({"path": row["url"]} if row["url"] else {})
        for row in job.facts.sources()
    ]
    dated = {"created": f"{about['facts_version']}T00:00:00Z"} if len(about["facts_version"]) == DAY else {}
    return {
        "$schema": PROFILES + "datapackage.json",
        "name": NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": about["facts_version"],
        **dated,
        "digest": about["facts_digest"],
        "made_by": f"icapital {about['version']}",
        "language": job.facts.lang,
        "keywords": ["iCapital", "European Capital of Innovation", "cities", "innovation", "awards"],
        "licenses": [LICENCE],
        "contributors": [{"title": "The contributors of icapital-cli", "roles": ["author", "maintainer"]}],
        "sources": sources,
        "resources": [_resource(table, data[f"data/{table.name}.csv"]) for table in tables],
    }


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    return {
        "$schema": PROFILES + "dataresource.json",
        "name": _name(table.name),
        "path": f"data/{table.name}.csv",
        "type": "table",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "schema": _schema(table),
    }


def _name(table: str) -> str:
    return table.replace("_", "-")


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"$schema": PROFILES + "tableschema.json"}
    schema |= {"fields": [_field(field) for field in table.fields], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    keys = []
    for field in table.fields:
        if field.refers:
            other, column = field.refers
            resource = {} if other == table.name else {"resource": _name(other)}  # left out: the table itself
            keys.append({"fields": [field.name], "reference": {**resource, "fields": [column]}})
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if field.optional else {"required": True}
    if field.type == "date":
        constraints["pattern"] = PARTIAL_DATE
    if field.choices:
        constraints["enum"] = list(field.choices)
    told: dict[str, Any] = {"name": field.name, "type": "string" if field.type == "date" else field.type}
    told |= {"description": field.description} | ({"unit": field.unit} if field.unit else {})
    return told | ({"constraints": constraints} if constraints else {})
