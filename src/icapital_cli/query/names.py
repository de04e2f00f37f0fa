"""The resolver of names: from any name, in any language, to the facts that bear it. Names are never guessed.

A name is looked for as a whole, then as a city and a year ("Espoo 2019", "2019-espoo"), then as whole words of a name
(a surname, "omnia").
"""

import re
from collections.abc import Collection, Iterable

from icapital_cli.errors import NotFoundError, nearest, printable
from icapital_cli.names import name_key
from icapital_cli.store.facts import FactStore

MANY, ALIKE = 20_000, 2  # names that are compared with a mistyped one; letters that it shares with them
SHORTEST = 3  # letters of a word that is looked for within names
LISTED = 12  # candidates of an ambiguous name in a message
YEAR = re.compile(r"[12]\d{3}", re.ASCII)
Pairs = list[tuple[str, str]]


def named(store: FactStore, name: str, kinds: Collection[str] = ()) -> Pairs:
    """Find (kind, id) of every fact that a name fits, in any language: exactly, else city and year, else by words."""
    return exactly_named(store, name, kinds) or result_named(store, name, kinds) or _by_words(store, name, kinds)


def exactly_named(store: FactStore, name: str, kinds: Collection[str] = ()) -> Pairs:
    """Find (kind, id) of every fact that bears exactly a name, or an id, in any language."""
    found = store.rows("SELECT DISTINCT kind, id FROM names WHERE folded = ?", name_key(name))
    exact = [pair for pair in found if pair[1] == name]
    return [pair for pair in exact or found if not kinds or pair[0] in kinds]


def result_named(store: FactStore, name: str, kinds: Collection[str] = ()) -> Pairs:
    """Find the result of a city in a year."""
    words = name_key(name).split()
    if (kinds and "results" not in kinds) or len(words) < len(("espoo", "2019")):
        return []
    for year, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
        if YEAR.fullmatch(year):
            cities = exactly_named(store, " ".join(rest), ("cities",))
            sql = """SELECT f.id FROM facets c JOIN facets y ON y.seq = c.seq JOIN facts f ON f.seq = c.seq
                     WHERE c.kind = 'results' AND c.key = 'city' AND c.value = ?
                     AND y.kind = 'results' AND y.key = 'year' AND y.value = ?"""
            return [("results", fact_id) for _, city in cities for (fact_id,) in store.rows(sql, city, year)]
    return []


def _by_words(store: FactStore, name: str, kinds: Collection[str]) -> Pairs:
    """Find the facts of which a name has these words, one after the other. Ids are no names."""
    folded = name_key(name)
    if len(folded) < SHORTEST:
        return []
    sql = """SELECT DISTINCT kind, id FROM names WHERE instr(' ' || folded || ' ', ?) AND name <> id"""
    return [pair for pair in store.rows(sql, f" {folded} ") if not kinds or pair[0] in kinds]


def no_match(store: FactStore, name: str, kinds: Collection[str] = (), what: str = "fact") -> NotFoundError:
    """Make the error for a name that nothing bears, with the nearest names. Without a `what`, any name of a list."""
    by_id = _nearest_names(store, name_key(name)[:80], kinds)
    hint = " or ".join(f"{bearer} ({fact_id})" for fact_id, bearer in by_id.items())
    wrong = f"no {what} is called {printable(name)!r}." if what else f"no match for {printable(name)!r}."
    return NotFoundError(wrong + (f" did you mean {hint}?" if hint else ""), by_id)


def _nearest_names(store: FactStore, folded: str, kinds: Collection[str]) -> dict[str, str]:
    """Return the names that are spelled most like a mistyped one, or else whose first or last word is, by id."""
    names = store.rows("SELECT folded, kind, name, id FROM names ORDER BY name = id DESC LIMIT ?", MANY + 1)
    if len(names) > MANY:  # too many to compare with each: those that begin alike
        begun = (folded[:ALIKE], folded[:ALIKE] + "\U0010ffff", MANY)
        names = store.rows("SELECT folded, kind, name, id FROM names WHERE folded BETWEEN ? AND ? LIMIT ?", *begun)
    asked = [(key, bearer, fact_id) for key, kind, bearer, fact_id in names if not kinds or kind in kinds]
    ends = ((key.split(), bearer, fact_id) for key, bearer, fact_id in asked if bearer != fact_id and " " in key)
    parts = {
        word: (bearer, fact_id)
        for (first, *_, last), bearer, fact_id in ends
        for word in (first, last)
        if len(word) > SHORTEST + 1
    }
    whole = {key: (bearer, fact_id) for key, bearer, fact_id in asked}
    close = [whole[key] for key in nearest(folded, whole)] or [parts[key] for key in nearest(folded, parts)]
    near: dict[str, str] = {}
    for bearer, fact_id in close:
        near.setdefault(fact_id, bearer)
    return near


def resolve(store: FactStore, name: str, kinds: tuple[str, ...] = (), what: str = "fact") -> tuple[str, str]:
    """Find the one fact that a name fits. Raises NotFoundError for none, and for several, which it lists."""
    found = named(store, name, kinds)
    if not found:
        raise no_match(store, name, kinds, what)
    if len(found) > 1:
        raise ambiguous(name, found)
    return found[0]


def ambiguous(name: str, found: Iterable[tuple[str, str]]) -> NotFoundError:
    """Make the error for a name that fits several facts, with their ids."""
    found = list(found)
    several = [f"{fact_id} ({kind})" for kind, fact_id in found]
    more = [f"and {len(several) - LISTED} more"] if len(several) > LISTED else []
    listed = ", ".join([*several[:LISTED], *more])
    return NotFoundError(f"{printable(name)!r} is ambiguous: {listed}. give the id", [fact_id for _, fact_id in found])


def bodies_near(store: FactStore, city: str) -> list[str]:
    """Return the ids of the bodies around a city, and of the city at the heart of a body."""
    heart = store.fact(city)[1].get("around")
    sql = "SELECT id FROM facts WHERE kind = 'cities' AND json_extract(doc, '$.around') = ? ORDER BY rank, seq"
    return [*([heart] if heart else []), *(row[0] for row in store.rows(sql, city))]
