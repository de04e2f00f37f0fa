"""Structured formats of lists: JSON, JSON Lines, YAML."""

import re
from typing import TextIO

from icapital_cli.formats.registry import LISTS
from icapital_cli.terminal import json_text
from icapital_cli.views.view import View

PLAIN_KEY = re.compile(r"[a-z][a-z_]*")
YAML_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}  # YAML 1.1, type/bool and type/null


@LISTS.register("json")
def as_json(view: View, out: TextIO) -> None:
    """Write one JSON array (RFC 8259), one object a line."""
    lines = ",\n".join(json_text(fact) for fact in view.objects())
    out.write(f"[\n{lines}\n]\n" if lines else "[]\n")


@LISTS.register("jsonl")
def as_jsonl(view: View, out: TextIO) -> None:
    """Write one JSON object per line."""
    for fact in view.objects():
        out.write(json_text(fact) + "\n")


@LISTS.register("yaml")
def as_yaml(view: View, out: TextIO) -> None:
    """Write a YAML 1.2 list; every scalar is written as JSON, which YAML reads alike."""
    if not view.rows:
        out.write("[]\n")
    for fact in view.objects():
        lead = "- "
        for key, value in fact.items():
            out.write(f"{lead}{yaml_key(key)}: {json_text(value)}\n")
            lead = "  "


def yaml_key(key: str) -> str:
    """Write a key so that it stays text: YAML 1.1 reads `no` and `2019` as something else."""
    return key if PLAIN_KEY.fullmatch(key) and key not in YAML_WORDS else json_text(key)
