"""The vocabulary of a language: the wordings of its claims, and the names of the facts with their inflected forms.

Wordings are data (`facts/languages/<tag>/verify.yaml`); names are those of the resolver of names.
"""

import json
from collections.abc import Callable
from functools import cached_property

from icapital_cli.compiler.phrases import SETTINGS, STAR
from icapital_cli.names import fold
from icapital_cli.store.facts import FactStore

SHORTEST_STEM = 3


class Entry:
    """A wording or a name: the words after its first, its key, its value, whether it is a name."""

    __slots__ = ("is_name", "key", "rest", "value")

    def __init__(self, rest: tuple[str, ...], key: str, value: str, *, is_name: bool = False) -> None:
        """Keep the fields."""
        self.rest, self.key, self.value, self.is_name = rest, key, value, is_name


class Begun:
    """What some words are, and what they begin: a node of a trie, which grows as texts have its words."""

    __slots__ = ("followed", "longer", "plain", "single")

    def __init__(self, single: list[Entry], longer: list[Entry], *, is_number: bool = False) -> None:
        """Keep what ends here, and what is longer."""
        self.single, self.longer = single, longer
        self.followed: dict[str, Begun | None] = {}  # by the next word
        is_plain = not is_number and not any(entry.is_name for entry in single)
        # The mentions of what ends here, where no context can change them.
        self.plain = [(entry.key, entry.value) for entry in single] if is_plain else None


class Vocabulary:
    """Finds what a word of a text may begin: wordings of one language, and names of facts."""

    def __init__(self, store: FactStore, lang: str, names: "Phrases") -> None:
        """Read the wordings of a language."""
        self.store, self.lang = store, lang
        self._names, self._others = names, Phrases(store, f"{lang}.names")
        self._wordings = Phrases(store, lang)
        self._suffixes = self._wordings.beginning(STAR)  # of compounds
        self._stems = {first[:-1] for first in self._wordings.firsts if first[-1] == STAR} - {""}
        self._lengths = sorted(set(map(len, self._stems)))
        self._lists = self._settings()
        self.known = Known(self._begun)
        self._bases: dict[str, list[str]] = {}
        self._endings = [
            (fold(ending), fold(base)) for ending, _, base in (r.partition(">") for r in self.words("inflection"))
        ]
        self.common = set(map(fold, self.words("common")))
        self.abbreviations = set(map(fold, self.words("abbreviation")))
        self.municipal = set(map(fold, self.words("municipality")))
        self.place_endings = tuple(self.words("place.suffix"))
        self.hedge_endings = tuple(self.words("hedge.suffix"))
        self.inverts = self.words("inversion") == ["yes"]

    def _settings(self) -> dict[str, list[str]]:
        """Read the wordings that are no phrases: endings, abbreviations and the like."""
        keys = sorted(SETTINGS - {"words"})
        sql = (
            f"SELECT key, text FROM wordings WHERE lang = ? AND key IN ({', '.join('?' * len(keys))}) ORDER BY position"  # noqa: S608 - values are bound
        )
        found: dict[str, list[str]] = {key: [] for key in keys}
        for key, text in self.store.rows(sql, self.lang, *keys):
            found[key].append(text)
        return found

    def words(self, key: str) -> list[str]:
        """Return the wordings of a key."""
        if key not in self._lists:
            sql = "SELECT text FROM wordings WHERE lang = ? AND key = ? ORDER BY position"
            self._lists[key] = [row[0] for row in self.store.rows(sql, self.lang, key)]
        return self._lists[key]

    def _begun(self, word: str) -> Begun | None:
        """Return what a word may be, and what it may begin; None where it is nothing and begins nothing."""
        entries = list(self._wordings.beginning(word))
        for length in self._lengths:
            if word[:length] in self._stems and length <= len(word):
                entries += self._wordings.beginning(word[:length] + STAR)
        entries += self.beginning(word)
        entries += [*self._compound_number(word), *self._compound(word)] if not entries else ()
        for base in self.bases(word):
            entries += [entry for entry in self.beginning(base) if not entry.rest]
        if not entries and not word.isdigit():
            return None
        single = [e for e in entries if not e.rest]
        longer = sorted((e for e in entries if e.rest), key=_varies)
        return Begun(single, longer, is_number=word.isdigit())

    def _compound(self, word: str) -> list[Entry]:
        """Return what the end of a compound says that it is: `kulttuurijohtaja`, `stadsbyggnadsdirektör`."""
        forms = (word, *self.bases(word))
        found = [e for e in self._suffixes if any(form.endswith(e.rest[0]) and form != e.rest[0] for form in forms)]
        longest = max(found, key=lambda entry: len(entry.rest[0]), default=None)
        return [Entry((), longest.key, longest.value)] if longest else []

    def _compound_number(self, word: str) -> list[Entry]:
        """Return the number that a word is made of: `trettiofem`, `kolmekymmentäviisi`."""
        for begin, tens in self._tens:
            if word.startswith(begin) and word[len(begin) :] in self._units:
                return [Entry((), "number", str(tens + self._units[word[len(begin) :]]))]
        return []

    @cached_property
    def _tens(self) -> list[tuple[str, int]]:
        return [(fold(word), tens) for tens in range(20, 100, 10) for word in self.words(f"number.{tens}")]

    @cached_property
    def _units(self) -> dict[str, int]:
        return {fold(word): unit for unit in range(9, 0, -1) for word in self.words(f"number.{unit}")}

    def phrases_at(self, begun: Begun, words: list[str], number: int) -> list[Entry]:
        """Return the wordings and names of several words that stand at a word of a text, the longest first."""
        found: list[Entry] = []
        first = number + 1
        while begun.longer and (number := number + 1) < len(words):
            word = words[number]
            if word not in begun.followed:
                begun.followed[word] = self._followed(begun, number - first, word)
            going_on = begun.followed[word]
            if going_on is None:
                break
            begun = going_on
            found = begun.single + found
        return found

    def _followed(self, node: Begun, depth: int, word: str) -> Begun | None:
        """Return what some words and one more are and begin."""
        going_on = [entry for entry in node.longer if self._goes_on(entry, depth, word)]
        single = [entry for entry in going_on if len(entry.rest) == depth + 1]
        longer = [entry for entry in going_on if len(entry.rest) > depth + 1]
        return Begun(single, longer) if going_on else None

    def count(self, words: list[str]) -> int:
        """Count the words that a wording has, names aside."""
        begun = [self.known[word] for word in words]
        return sum(any(not entry.is_name for entry in one.single) for one in begun if one)

    def beginning(self, word: str) -> list[Entry]:
        """Return the names that begin with a word as it stands."""
        return self._names.beginning(word) + self._others.beginning(word)

    def bases(self, word: str) -> list[str]:
        """Return the forms that an inflected word may have in a list of names."""
        found = self._bases.get(word)
        if found is None:
            forms = (
                word[: len(word) - len(ending)] + base
                for ending, base in self._endings
                if word.endswith(ending) and len(word) - len(ending) + len(base) >= SHORTEST_STEM
            )
            found = self._bases[word] = list(dict.fromkeys(forms))
        return found

    def _goes_on(self, entry: Entry, number: int, word: str) -> bool:
        """Whether a word may be that of a number after the first one of an entry; the last of a name in any case."""
        wanted = entry.rest[number]
        if word == wanted or (wanted[-1] == STAR and word.startswith(wanted[:-1])):
            return True
        return entry.is_name and number == len(entry.rest) - 1 and wanted in self.bases(word)


class Known(dict[str, Begun | None]):
    """What words may be and begin, each found the first time that it is met."""

    def __init__(self, find: Callable[[str], Begun | None]) -> None:
        """Find by a function."""
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> Begun | None:
        """Find what a word may be, and remember it."""
        found = self[word] = self._find(word)
        return found


def _varies(entry: Entry) -> bool:
    """Whether the second word of a phrase may have endings."""
    return entry.rest[0][-1] == STAR or (entry.is_name and len(entry.rest) == 1)


class Phrases:
    """A list of phrases, or of names, by their first word; few of them are in a text."""

    def __init__(self, store: FactStore, name: str) -> None:
        """Read a list: the wordings of a language, its names of what has no fact, or the names of facts."""
        self.is_of_names = name.endswith("names")
        self.firsts: dict[str, str] = dict(store.rows("SELECT first, phrases FROM phrases WHERE list = ?", name))
        self._found: dict[str, list[Entry]] = {}

    def beginning(self, word: str) -> list[Entry]:
        """Return the phrases that begin with a folded word."""
        if word not in self.firsts:
            return NONE
        if word not in self._found:
            phrases = json.loads(self.firsts[word])
            is_name = self.is_of_names
            self._found[word] = [Entry(tuple(rest), key, value, is_name=is_name) for rest, key, value in phrases]
        return self._found[word]


NONE: list[Entry] = []  # never added to


def languages_of(store: FactStore) -> dict[str, set[str]]:
    """Return the words by which each language is known, of the languages that have wordings."""
    known: dict[str, set[str]] = {}
    for lang in store.languages():  # each by the index
        for (word,) in store.rows("SELECT text FROM wordings WHERE lang = ? AND key = 'words'", lang):
            known.setdefault(lang, set()).add(fold(word))
    return known
