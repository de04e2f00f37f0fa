"""Choose rows: years, names, filters, order. Names never guess; what is near is a suggestion."""

import json
import re
from collections.abc import Iterable
from typing import Any

from icapital_cli.errors import NotFoundError, UsageError, nearest, no_such, printable
from icapital_cli.fold import fold, name_key
from icapital_cli.index import Doc, Index

YEARS = re.compile(r"(\d{4})?(\.\.)?(\d{4})?", re.ASCII)
NAMED = {
    "city": ("cities",),
    "speaker": ("people",),
    "award": ("awards",),
    "category": ("categories",),
    "status": ("statuses",),
}
CLOSED = ("category", "status", "kind", "award")
FOUND = "f.seq IN (SELECT seq FROM facets WHERE kind = ? AND key = ? AND value {})"
ASKED = "EXISTS (SELECT 1 FROM facets t WHERE t.kind = ? AND t.key = ? AND t.value {} AND t.seq = f.seq)"
MANY, ALIKE = 20_000, 2  # names that are compared with a mistyped one; letters that it shares with them
WORTH_LOOKING = 3  # letters; a shorter word stands in too many names
Found = list[tuple[str, Doc]]


def negotiate(wanted: str, shipped: Iterable[str]) -> str | None:
    """Pick the shipped language for a BCP 47 tag by RFC 4647 look-up.

    `sv-FI` and `sv_FI.UTF-8` find `sv`. Returns None when nothing matches; never another language.
    """
    tag = re.split(r"[.@]", wanted, maxsplit=1)[0].replace("_", "-").lower() + "-"
    return max((known for known in shipped if tag.startswith(known.lower() + "-")), key=len, default=None)


def choose_language(index: Index, wanted: str | None, hints: Iterable[str]) -> str:
    """Settle the language: the one asked for, else the first hint that is shipped, else English."""
    shipped = index.languages()
    if wanted:
        found = negotiate(wanted, shipped)
        if found is None:
            raise _no_language(wanted, shipped)
        return found
    return next((tag for hint in hints if hint and (tag := negotiate(hint, shipped))), "en")


def _no_language(wanted: str, shipped: dict[str, str]) -> UsageError:
    near = {
        "se": "sv",
        "swe": "sv",
        "sve": "sv",
        "fin": "fi",
        "suomi": "fi",
        "svenska": "sv",
        "eng": "en",
        "english": "en",
    }
    hint = near.get(wanted.lower(), "") or next(iter(nearest(wanted, shipped)), "")
    there = ", ".join(f"{tag} ({name})" for tag, name in shipped.items())
    meant = f"did you mean {hint!r}? " if hint in shipped else ""
    return UsageError(f"no language is called {printable(wanted)!r}. {meant}there is: {there}")


def years_of(index: Index, text: str) -> tuple[int, int]:
    """Read a year, a span of years, or the label of an edition."""
    match = YEARS.fullmatch(text)
    if match and text not in {"", ".."} and (match[2] or not (match[1] and match[3])):
        low = int(match[1] or match[3] if not match[2] else match[1] or 0)
        high = low if not match[2] else int(match[3] or 9999)
        if low <= high:
            return low, high
    sql = "SELECT DISTINCT id FROM names WHERE folded = ? AND kind = 'editions'"
    labelled = index.rows(sql, name_key(text)) if text[:1].isalnum() else []
    if len(labelled) == 1:
        return int(labelled[0][0]), int(labelled[0][0])
    raise UsageError(f"{printable(text)!r} is no year. give 2019, 2017..2020, or a label such as 2024-25")


def called(index: Index, name: str, kinds: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Find (kind, id) of everything that bears a name, or an id, in any language."""
    found = index.rows("SELECT DISTINCT kind, id FROM names WHERE folded = ?", name_key(name))
    exact = [pair for pair in found if pair[1] == name]
    kinds = tuple(kinds)
    return [pair for pair in exact or found if not kinds or pair[0] in kinds]


def not_called(index: Index, name: str, kinds: tuple[str, ...] = (), what: str = "fact") -> NotFoundError:
    """Make the error for a name that nothing bears, with the nearest that something does."""
    folded = name_key(name)[:80]
    named = index.rows("SELECT folded, kind, name, id FROM names ORDER BY name = id DESC LIMIT ?", MANY + 1)
    if len(named) > MANY:  # too many to compare with each: those that begin alike
        begun = (folded[:ALIKE], folded[:ALIKE] + "\U0010ffff", MANY)
        named = index.rows("SELECT folded, kind, name, id FROM names WHERE folded BETWEEN ? AND ? LIMIT ?", *begun)
    known = {key: (known_name, fact_id) for key, kind, known_name, fact_id in named if not kinds or kind in kinds}
    near = (
        nearest(folded, known) or [key for key in known if len(folded) >= WORTH_LOOKING and folded in key.split()][:3]
    )
    by_id = {known[key][1]: known[key][0] for key in reversed(near)}
    hint = " or ".join(f"{known_name} ({fact_id})" for fact_id, known_name in reversed(by_id.items()))
    nobody = "nothing of this list" if what == "such name" else f"no {what}"
    return NotFoundError(f"{nobody} is called {printable(name)!r}." + (f" did you mean {hint}?" if near else ""))


def the_one(index: Index, name: str, kinds: tuple[str, ...] = (), what: str = "fact") -> tuple[str, str]:
    """Find the one fact that bears a name. Raises NotFoundError for none, and for several, which it lists."""
    found = called(index, name, kinds)
    if not found:
        raise not_called(index, name, kinds, what)
    if len(found) > 1:
        several = ", ".join(f"{fact_id} ({kind})" for kind, fact_id in found)
        raise NotFoundError(f"{printable(name)!r} names several: {several}. give the id")
    return found[0]


def select(
    index: Index, kind: str, words: str | None = None, most: int | None = None, /, **filters: str | None
) -> Found:
    """Choose the facts of a kind, in their order, as (id, fields); `most` of them at most.

    `words` is any name: of the fact itself, or of a city, person or other thing that it belongs to.
    """
    columns, own = index.rows("SELECT columns, filters FROM kinds WHERE kind = ?", kind)[0]
    conditions, bound = ["f.kind = ?"], [kind]
    for key, value in filters.items():
        if value is None:
            continue
        accepted = _accepted(index, kind, key, value)
        # The first filter finds facts, and each other one is asked of those: `+` keeps SQLite from going by kind.
        conditions[0] = "+f.kind = ?"
        found = FOUND if len(conditions) == 1 else ASKED
        if isinstance(accepted, tuple):
            conditions.append(found.format("BETWEEN ? AND ?"))
            bound += [kind, key, f"{accepted[0]:04}", f"{accepted[1]:04}"]
        else:
            conditions.append(found.format(f"IN ({', '.join('?' * len(accepted))})"))
            bound += [kind, key, *accepted]
    if words is not None:
        condition, values = _bearing(index, kind, words, json.loads(own), json.loads(columns))
        conditions.append(condition)
        bound += values
    sql = f"SELECT f.id, f.doc FROM facts f WHERE {' AND '.join(conditions)} ORDER BY f.rank, f.seq LIMIT ?"  # noqa: S608 - values are bound
    return [(fact_id, json.loads(doc)) for fact_id, doc in index.rows(sql, *bound, -1 if most is None else most)]


def _accepted(index: Index, kind: str, key: str, value: str) -> tuple[int, int] | list[str]:
    if key == "year":
        return years_of(index, value)
    if key == "country":
        return [_country(index, value)]
    if key in CLOSED and not called(index, value, NAMED.get(key, ("-",))):
        known = [
            row[0] for row in index.rows("SELECT DISTINCT value FROM facets WHERE kind = ? AND key = ?", kind, key)
        ]
        if key != "kind":
            known = [
                row[0] for row in index.rows("SELECT id FROM facts WHERE kind = ? ORDER BY rank, seq", NAMED[key][0])
            ]
        elif value in known:
            return [value]
        raise no_such(key, value, known)
    if key in NAMED:
        return [the_one(index, value, NAMED[key], {"speaker": "person"}.get(key, key))[1]]
    known = [row[0] for row in index.rows("SELECT DISTINCT value FROM facets WHERE kind = ? AND key = ?", kind, key)]
    matching = [name for name in known if fold(value) in fold(name)]
    if not matching:
        near = nearest(value, known)
        hint = f" did you mean {near[0]!r}?" if near else ""
        raise NotFoundError(f"no {key} is called {printable(value)!r}.{hint}")
    return matching


def _country(index: Index, value: str) -> str:
    names = index.rows("SELECT value, text FROM spelled WHERE form = 'country'")
    found = {str(code) for code, name in names if fold(value) in {fold(code), fold(name)}}
    if not found:
        known = [name for _, name in names]
        near = nearest(value, known)
        hint = f" did you mean {near[0]!r}?" if near else ""
        raise NotFoundError(f"no country of the facts is called {printable(value)!r}.{hint}")
    return str(min(found))


def _bearing(index: Index, kind: str, words: str, filters: Doc, columns: list[Any]) -> tuple[str, list[str]]:
    linked = {target: step for _, steps, _, _ in columns for step, target in steps[:1] if target}
    keys = {field: key for key, field in filters.items()}
    named = {kinds[0]: key for key, kinds in {**NAMED, "year": ("editions",)}.items() if key in filters}
    found = [(k, i) for k, i in called(index, words) if k == kind or k in linked or k in named]
    if not found:
        raise not_called(index, words, (kind, *linked, *named), "such name")
    parts, values = [], []
    for found_kind, fact_id in found:
        if found_kind == kind:
            parts.append("f.id = ?")
            values.append(fact_id)
            continue
        key = named.get(found_kind) or keys.get(linked[found_kind])
        if key:
            parts.append("f.seq IN (SELECT seq FROM facets WHERE kind = ? AND key = ? AND value = ?)")
            values += [kind, key, fact_id]
        else:
            parts.append("json_extract(f.doc, ?) = ?")
            values += [f"$.{linked[found_kind]}", fact_id]
    return f"({' OR '.join(parts)})", values
