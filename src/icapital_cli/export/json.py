"""JSON files: one for each kind and each thing, at addresses that stay, with an index and JSON Schema beside each."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from icapital_cli.export.registry import Job, export
from icapital_cli.terminal import json_text

LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}


@export("json", is_folder=True)
def write_json(job: Job) -> None:
    """A folder of JSON files: one for each kind and each thing, with an index and JSON Schema."""
    facts, everything, done = job.facts, job.facts.everything(), 0
    kinds = [kind for kind in facts.kinds() if kind["count"]]
    total = sum(kind["count"] for kind in kinds)
    # A row is part of many things: it is encoded once.
    texts = {row["id"]: json_text(row) for kind in kinds for row in everything.rows(kind["kind"])}
    listed = []
    for entry in kinds:
        kind = entry["kind"]
        ids = [row["id"] for row in everything.rows(kind)]
        write_text(job.place / f"{kind}.json", list_text(texts[one] for one in ids))
        write_text(job.place / f"{kind}.schema.json", object_text(facts.schema_of_kind(kind)))
        write_text(job.place / f"{kind}.thing.schema.json", object_text(facts.schema_of_kind(kind, whole=True)))
        (job.place / kind).mkdir()
        for fact_id in ids:
            related = {
                section: "[" + ", ".join([texts[one] for one in found]) + "]"
                for section, found in everything.related(kind, fact_id).items()
            }
            whole = "{" + ", ".join([f"{json_text(section)}: {text}" for section, text in related.items()]) + "}"
            thing = object_text(everything.thing(kind, fact_id), related=whole)
            write_text(job.place / kind / f"{fact_id}.json", thing)
            done += 1
            job.progress(done, total)
        files = {"rows": f"{kind}.json", "schema": f"{kind}.schema.json"}
        files |= {"thing": f"{kind}/{{id}}.json", "thing_schema": f"{kind}.thing.schema.json"}
        listed.append(entry | files | {"ids": ids})
    write_text(job.place / "index.json", object_text(index_of(job, listed)))


def index_of(job: Job, kinds: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what an index of JSON files tells: what they are, of which facts, and the kinds."""
    about = job.facts.about()
    return {
        "made_by": f"icapital {about['version']}",
        "title": "Facts about the European Capital of Innovation Award (iCapital), each with its source",
        "facts_version": about["facts_version"],
        "facts_digest": about["facts_digest"],
        "language": job.facts.lang,
        "licence": LICENCE,
        "kinds": kinds,
    }


def list_text(texts: Iterable[str]) -> str:
    """Put encoded objects into an array, one on each line."""
    return "[\n" + ",\n".join(texts) + "\n]\n"


def object_text(value: dict[str, Any], **encoded: str) -> str:
    """Encode an object, a key on each line; `encoded` are further keys whose values are JSON already."""
    lines = [f"{json_text(key)}: {json_text(one)}" for key, one in value.items()]
    lines += [f"{json_text(key)}: {text}" for key, text in encoded.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write_text(path: Path | str, text: str) -> None:
    """Write a file in UTF-8, with the line ends of the text; a raw write would be cut short by a full disk."""
    with open(path, "wb") as file:
        file.write(text.encode())
