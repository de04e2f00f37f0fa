"""A copy of the tiny base with the English wordings of the real one: drafts about the made-up award can be checked."""

import json
import re
import shutil

from conftest import BASE, FACTS

# The wordings of titles and categories belong to the real award; the names of the made-up one come from its facts.
OF_THE_REAL_AWARD = re.compile(r"^  (?:title|category|award)[.\w-]*:.*\n(?:    .*\n)*", re.MULTILINE)


def base_with_wordings(folder):
    """Copy the tiny base, add the wordings, and return the folder."""
    shutil.copytree(BASE, folder)
    wordings = (FACTS / "languages" / "en" / "verify.yaml").read_text("utf-8")
    kept = "".join(found[0] for found in OF_THE_REAL_AWARD.finditer(wordings) if "award." in found[0].partition(":")[0])
    text = OF_THE_REAL_AWARD.sub("", wordings) + kept
    (folder / "languages" / "en-verify.yaml").write_text(text, "utf-8")
    return folder


def claims_of(result):
    """Return the claims of a run with --json."""
    return json.loads(result.out)


def verdicts(result):
    """Return (property, read, verdict, expected) of each claim."""
    return [(one["property"], one["read"], one["verdict"], one["expected"]) for one in claims_of(result)]
