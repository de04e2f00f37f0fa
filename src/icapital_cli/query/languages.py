"""Language negotiation: the language of an answer, from what was asked for and what is shipped."""

import re
from collections.abc import Iterable, Mapping

from icapital_cli.errors import UsageError, nearest, printable

# What people write for a language, besides its tag and its name.
ALSO_CALLED = {"se": "sv", "swe": "sv", "sve": "sv", "fin": "fi", "suomi": "fi", "svenska": "sv"}
ALSO_CALLED |= {"eng": "en", "english": "en"}


def negotiate(wanted: str, shipped: Iterable[str]) -> str | None:
    """Pick the shipped language for a BCP 47 tag by RFC 4647 look-up.

    `sv-FI` and `sv_FI.UTF-8` find `sv`. Returns None when nothing matches; never another language.
    """
    tag = re.split(r"[.@]", wanted, maxsplit=1)[0].replace("_", "-").lower() + "-"
    return max((known for known in shipped if tag.startswith(known.lower() + "-")), key=len, default=None)


def choose_language(shipped: Mapping[str, str], wanted: str | None, locales: Iterable[str]) -> str:
    """Choose the language wanted, else the first locale that is shipped, else English.

    `shipped` has the names of languages by tag. Raises UsageError for a wanted language that is not shipped.
    """
    if wanted:
        found = negotiate(wanted, shipped)
        if found is None:
            raise _unknown_language(wanted, shipped)
        return found
    return next((tag for locale in locales if locale and (tag := negotiate(locale, shipped))), "en")


def _unknown_language(wanted: str, shipped: Mapping[str, str]) -> UsageError:
    hint = ALSO_CALLED.get(wanted.lower(), "") or next(iter(nearest(wanted, shipped)), "")
    choices = ", ".join(f"{tag} ({name})" for tag, name in shipped.items())
    meant = f"did you mean {hint!r}? " if hint in shipped else ""
    return UsageError(f"no language is called {printable(wanted)!r}. {meant}choose from: {choices}")
