"""What a language lacks, as YAML to fill: labels, and texts of facts, each with the English, or the published, text."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import yaml

from icapital_cli.compiler.base import Base, load_base
from icapital_cli.compiler.cache import is_folder
from icapital_cli.compiler.files import find_files
from icapital_cli.compiler.parser import Record, Translations
from icapital_cli.compiler.search_text import is_readable, terms_of, translatable
from icapital_cli.compiler.untranslated import original_of
from icapital_cli.errors import FactsError, UsageError, printable

WIDTH = 110
TAG = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


def write_missing(folder: Path, tag: str, out: TextIO) -> None:
    """Write a language file with all that the language lacks.

    Raises FactsError for a folder without facts, UsageError for what is no tag of BCP 47.
    """
    if not TAG.fullmatch(tag):
        raise UsageError(f"{printable(tag)!r} is not a language tag: give one such as da or pt-BR")
    if not is_folder(folder):
        raise FactsError(f"no folder {printable(str(folder))!r}: run this in a checkout, or give --facts DIR")
    yaml.safe_dump(
        missing(load_base(folder, find_files(folder)), tag), out, allow_unicode=True, sort_keys=False, width=WIDTH
    )


def missing(base: Base, tag: str) -> dict[str, Any]:
    """Return what a language lacks, in the shape of a language file: texts that occur more than once are terms."""
    language = next(
        (one for one in base.all_languages if one.tag == tag), Translations(tag, "", {}, {}, {}, {}, {}, {})
    )
    english = base.languages.get("en")
    labels = {key: text for key, text in (english.labels if english else {}).items() if key not in language.labels}
    lacking = list(_lacking(base, language))
    many = Counter(value for _, _, value in lacking if isinstance(value, str))
    terms: dict[str, str] = {}
    texts: dict[str, dict[str, Any]] = {}
    for record, field, value in lacking:
        if isinstance(value, list) and record.kind != "disputes":
            words = [word for item in value for word in terms_of(item)]
            terms |= {word: word.removeprefix("# ") for word in words if word not in language.terms}
        elif isinstance(value, str) and many[value] > 1:
            terms[value] = value
        else:
            texts.setdefault(record.id, {})[field] = original_of(value)
    named = {"language": tag} | ({} if language.name else {"name": tag})
    parts = {"labels": labels, "terms": terms, "texts": texts}
    return named | {part: words for part, words in parts.items() if words}


def _lacking(base: Base, language: Translations) -> Iterator[tuple[Record, str, Any]]:
    """Yield (fact, field, value) of each text that cannot be read in the language."""
    for record in base.records():
        for field in translatable(record.kind):
            if record.doc.get(field) and not is_readable(record, field, language):
                yield record, field, record.doc[field]
