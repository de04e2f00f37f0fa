"""JSON files: one for each kind and each thing, at addresses that stay, with an index and JSON Schema beside each."""

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
    listed = []
    for entry in kinds:
        kind = entry["kind"]
        rows = everything.rows(kind)
        _write(job, f"{kind}.json", rows)
        _write(job, f"{kind}.schema.json", facts.schema_of_kind(kind))
        _write(job, f"{kind}.thing.schema.json", facts.schema_of_kind(kind, whole=True))
        (job.place / kind).mkdir()
        for thing in everything.things(kind):
            _write(job, f"{kind}/{thing['id']}.json", thing)
            done += 1
            job.progress(done, total)
        files = {"rows": f"{kind}.json", "schema": f"{kind}.schema.json"}
        files |= {"thing": f"{kind}/{{id}}.json", "thing_schema": f"{kind}.thing.schema.json"}
        listed.append(entry | files | {"ids": [row["id"] for row in rows]})
    about = facts.about()
    index = {
        "made_by": f"icapital {about['version']}",
        "title": "Facts about the European Capital of Innovation Award (iCapital), each with its source",
        "facts_version": about["facts_version"],
        "facts_digest": about["facts_digest"],
        "language": facts.lang,
        "licence": LICENCE,
        "kinds": listed,
    }
    _write(job, "index.json", index)


def _write(job: Job, name: str, value: Any) -> None:
    with open(job.place / name, "w", encoding="utf-8", newline="\n") as file:
        if isinstance(value, list):
            file.write("[\n" + ",\n".join(map(json_text, value)) + "\n]\n")
        else:
            file.write(
                "{\n" + ",\n".join(f"{json_text(key)}: {json_text(one)}" for key, one in value.items()) + "\n}\n"
            )
