"""The resolver of names: from any name, in any language, to the facts that bear it. Names are never guessed."""

from collections.abc import Iterable

from icapital_cli.errors import NotFoundError, nearest, printable
from icapital_cli.names import name_key
from icapital_cli.store.facts import FactStore

MANY, ALIKE = 20_000, 2  # names that are compared with a mistyped one; letters that it shares with them
SHORTEST = 3  # letters of a word that is looked for within names


def named(store: FactStore, name: str, kinds: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Find (kind, id) of every fact that bears a name or an id, in any language."""
    found = store.rows("SELECT DISTINCT kind, id FROM names WHERE folded = ?", name_key(name))
    exact = [pair for pair in found if pair[1] == name]
    kinds = tuple(kinds)
    return [pair for pair in exact or found if not kinds or pair[0] in kinds]


def no_match(store: FactStore, name: str, kinds: tuple[str, ...] = (), what: str = "fact") -> NotFoundError:
    """Make the error for a name that nothing bears, with the nearest names. Without a `what`, any name of a list."""
    folded = name_key(name)[:80]
    known_names = store.rows("SELECT folded, kind, name, id FROM names ORDER BY name = id DESC LIMIT ?", MANY + 1)
    if len(known_names) > MANY:  # too many to compare with each: those that begin alike
        begun = (folded[:ALIKE], folded[:ALIKE] + "\U0010ffff", MANY)
        sql = "SELECT folded, kind, name, id FROM names WHERE folded BETWEEN ? AND ? LIMIT ?"
        known_names = store.rows(sql, *begun)
    known = {key: (bearer, fact_id) for key, kind, bearer, fact_id in known_names if not kinds or kind in kinds}
    near = nearest(folded, known) or [key for key in known if len(folded) >= SHORTEST and folded in key.split()][:3]
    by_id = {known[key][1]: known[key][0] for key in reversed(near)}
    hint = " or ".join(f"{bearer} ({fact_id})" for fact_id, bearer in reversed(by_id.items()))
    wrong = f"no {what} is called {printable(name)!r}." if what else f"no match for {printable(name)!r}."
    return NotFoundError(wrong + (f" did you mean {hint}?" if near else ""))


def resolve(store: FactStore, name: str, kinds: tuple[str, ...] = (), what: str = "fact") -> tuple[str, str]:
    """Find the one fact that bears a name. Raises NotFoundError for none, and for several, which it lists."""
    found = named(store, name, kinds)
    if not found:
        raise no_match(store, name, kinds, what)
    if len(found) > 1:
        several = ", ".join(f"{fact_id} ({kind})" for kind, fact_id in found)
        raise NotFoundError(f"{printable(name)!r} is ambiguous: {several}. give the id")
    return found[0]
