"""The vocabulary of a language: the wordings of its claims, and the names of the facts with their inflected forms.

Wordings are data (`facts/languages/<tag>/verify.yaml`); names are those of the resolver of names.
"""

from collections.abc import Iterable
from typing import NamedTuple

from icapital_cli.names import fold
from icapital_cli.query.names import names_of_kinds
from icapital_cli.store.facts import FactStore
from icapital_cli.verify.tokens import TOKEN

NAMED = {
    "cities": "city",
    "people": "person",
    "organisations": "organisation",
    "initiatives": "initiative",
    "awards": "award",
    "categories": "title",
}
SHORTEST_STEM = 3
TENS = range(20, 100, 10)
STAR = "*"


class Entry(NamedTuple):
    """A wording or a name: the words after its first, its key, its value, whether it is a name, and its languages."""

    rest: tuple[str, ...]
    key: str
    value: str
    is_name: bool = False


Told = tuple[str, str, str]  # a wording or a name, its key, its value; split into words once a text has the first


class Begun(NamedTuple):
    """What a word may be, and what it may begin: phrases by their second word, and those whose second word varies."""

    single: list[Entry]
    phrases: dict[str, list[Entry]]
    loose: list[Entry]
    plain: list[tuple[str, str]] | None  # key and value of each single one, where none is a name


def split(phrase: str) -> tuple[str, ...]:
    """Split a wording into folded words; `*` at the end of a word stands for any ending."""
    folded = fold(phrase)
    if folded.replace(" ", "").isalpha():
        return tuple(folded.split())
    words = []
    for piece in folded.split():
        found = TOKEN.findall(piece)
        if found and piece.endswith(STAR):
            found[-1] += STAR
        words += found
    return tuple(words)


class Vocabulary:
    """Finds what a word of a text may begin: wordings of one language, and names of facts."""

    def __init__(self, store: FactStore, lang: str, names: "Names") -> None:
        """Read the wordings of a language."""
        self.lang, self._names = lang, names
        self.lists: dict[str, list[str]] = {}
        for key, text in store.rows("SELECT key, text FROM wordings WHERE lang = ? ORDER BY key, position", lang):
            self.lists.setdefault(key, []).append(text)
        self._exact: dict[str, list[Told]] = {}
        self._stems: dict[str, list[Told]] = {}
        self._lengths: set[int] = set()
        self._suffixes: list[Told] = []
        self.known: dict[str, Begun] = {}
        self.silent: set[str] = set()  # words that are nothing and begin nothing
        self._bases: dict[str, set[str]] = {}
        self._endings = [
            (fold(ending), fold(base)) for ending, _, base in (r.partition(">") for r in self.words("inflection"))
        ]
        self.common = set(map(fold, self.words("common")))
        self.abbreviations = set(map(fold, self.words("abbreviation")))
        self.municipal = set(map(fold, self.words("municipality")))
        self.place_endings = tuple(self.words("place.suffix"))
        self.inverts = self.words("inversion") == ["yes"]
        self._others: dict[str, list[Entry]] = {}  # cities that never took part, by the first word
        for name in self.words(OTHER_CITIES):
            first, *rest = split(name)
            self._others.setdefault(first, []).append(Entry(tuple(rest), "city", f"?{name}", is_name=True))
        for key, phrases in self.lists.items():
            if key not in SETTINGS:
                self._add(key, phrases)

    def words(self, key: str) -> list[str]:
        """Return the wordings of a key."""
        return self.lists.get(key, [])

    def _add(self, key: str, phrases: Iterable[str]) -> None:
        name, _, value = key.partition(".")
        key = name if name in VALUED and key not in VALUED_EXCEPT else key
        for phrase in phrases:
            folded = fold(phrase)
            if folded[0] == STAR:
                self._suffixes.append((folded[1:], key, value))
                continue
            first = folded.partition(" ")[0]
            if not first.isalpha():
                first = next(iter(split(folded)), "")
            if first.endswith(STAR):
                self._stems.setdefault(first[:-1], []).append((folded, key, value))
                self._lengths.add(len(first) - 1)
            else:
                self._exact.setdefault(first, []).append((folded, key, value))

    def begun(self, word: str) -> Begun:
        """Return what a word may be, and what it may begin."""
        found = self.known.get(word)
        if found is None:
            told = list(self._exact.get(word, ()))
            for length in self._lengths:
                if length <= len(word):
                    told += self._stems.get(word[:length], ())
            entries = [Entry(split(phrase)[1:], key, value) for phrase, key, value in told]
            entries += self.beginning(word)
            entries += [*self._compound_number(word), *self._compound(word)] if not entries else ()
            for base in self.bases(word):
                entries += [entry for entry in self.beginning(base) if not entry.rest]
            phrases: dict[str, list[Entry]] = {}
            for entry in sorted(entries, key=lambda entry: len(entry.rest), reverse=True):
                if entry.rest and entry.rest[0][-1] != STAR and not (entry.is_name and len(entry.rest) == 1):
                    phrases.setdefault(entry.rest[0], []).append(entry)
            if not entries and not word.isdigit():
                self.silent.add(word)
            loose = [e for e in entries if e.rest and (e.rest[0][-1] == STAR or (e.is_name and len(e.rest) == 1))]
            single = [e for e in entries if not e.rest]
            plain = [(e.key, e.value) for e in single] if not any(e.is_name for e in single) else None
            found = self.known[word] = Begun(single, phrases, loose, None if word.isdigit() else plain)
        return found

    def _compound(self, word: str) -> list[Entry]:
        """Return what the end of a compound says that it is: `kulttuurijohtaja`, `stadsbyggnadsdirektör`."""
        forms = (word, *self.bases(word))
        found = [one for one in self._suffixes if any(f.endswith(one[0]) and f != one[0] for f in forms)]
        return [Entry((), key, value) for _, key, value in sorted(found, key=lambda one: -len(one[0]))[:1]]

    def _compound_number(self, word: str) -> list[Entry]:
        """Return the number that a word is made of: `trettiofem`, `kolmekymmentäviisi`."""
        for tens in TENS:
            for begin in self.words(f"number.{tens}"):
                if word.startswith(fold(begin)):
                    rest = word[len(fold(begin)) :]
                    for unit in range(1, 10):
                        if rest in map(fold, self.words(f"number.{unit}")):
                            return [Entry((), "number", str(tens + unit))]
        return []

    def phrases_at(self, begun: Begun, words: list[str], number: int) -> list[Entry]:
        """Return the wordings and names of several words that stand at a word of a text, the longest first."""
        found = begun.phrases.get(words[number + 1], []) if number + 1 < len(words) else []
        if begun.loose:
            found = sorted([*found, *begun.loose], key=lambda entry: len(entry.rest), reverse=True)
        return [entry for entry in found if self.continues(entry, words, number + 1)] if found else found

    def count(self, words: list[str]) -> int:
        """Count the words that a wording has, names aside."""
        return sum(any(not entry.is_name for entry in self.begun(word).single) for word in words)

    def beginning(self, word: str) -> list[Entry]:
        """Return the names that begin with a word as it stands."""
        return [*self._names.beginning(word), *self._others.get(word, ())]

    def bases(self, word: str) -> set[str]:
        """Return the forms that an inflected word may have in a list of names."""
        found = self._bases.get(word)
        if found is None:
            found = self._bases[word] = {
                word[: len(word) - len(ending)] + base
                for ending, base in self._endings
                if word.endswith(ending) and len(word) - len(ending) + len(base) >= SHORTEST_STEM
            }
        return found

    def continues(self, entry: Entry, words: list[str], first: int) -> bool:
        """Whether the words of a text from `first` on are those after the first word of an entry."""
        rest = entry.rest
        if first + len(rest) > len(words):
            return False
        for number, wanted in enumerate(rest):
            word = words[first + number]
            if word == wanted or (wanted[-1] == STAR and word.startswith(wanted[:-1])):
                continue
            if not (entry.is_name and number == len(rest) - 1 and wanted in self.bases(word)):
                return False
        return True


# Keys whose wordings are not looked for in a text, and keys of which the part after the dot is a value.
OTHER_CITIES = "city.other"
SETTINGS = {
    OTHER_CITIES,
    "inflection",
    "common",
    "abbreviation",
    "inversion",
    "words",
    "hedge.suffix",
    "place.suffix",
    "municipality",
    "range",
}
VALUED = {
    "number",
    "ordinal",
    "month",
    "country",
    "nationality",
    "currency",
    "scale",
    "qualifier",
    "unit",
    "role",
    "rank",
    "title",
    "category",
    "step",
    "weekday",
}
VALUED_EXCEPT = {"country.noun"}


class Names:
    """The names of facts, by their first word."""

    def __init__(self, store: FactStore, ours: set[str]) -> None:
        """Read the names of the resolver, and those of countries; `ours` are the awards that the editions are of."""
        self._told: dict[str, list[Told]] = {}  # by the first word
        self._first: dict[str, list[Entry]] = {}  # of words that were asked for: few names are in a text
        for folded, kind, fact_id in names_of_kinds(store, NAMED):
            for name in {folded, *(_parts(folded) if kind == "initiatives" else ())}:
                self._add(name, "award.other" if kind == "awards" and fact_id not in ours else NAMED[kind], fact_id)
        for code, name in store.rows("SELECT DISTINCT value, text FROM localized WHERE form = 'country'"):
            self._add(fold(name), "country", code)

    def _add(self, name: str, key: str, value: str) -> None:
        first = name.partition(" ")[0]
        if not first.isalpha():
            first = next(iter(TOKEN.findall(name)), "")
        self._told.setdefault(first, []).append((name, key, value))

    def beginning(self, word: str) -> list[Entry]:
        """Return the names that begin with a folded word."""
        found = self._first.get(word)
        if found is None:
            split = [(TOKEN.findall(name)[1:], key, value) for name, key, value in self._told.get(word, ())]
            found = self._first[word] = [
                Entry(tuple(rest), key, value, is_name=True) for rest, key, value in split if len(word) + len(rest) > 1
            ]
        return found


def _parts(name: str) -> list[str]:
    """Split a name with another one in parentheses: `staden som tjanst (city as a service)`."""
    outer, opened, inner = name.partition(" (")
    return [part for part in (outer, inner.rstrip(")")) if opened and " " in part]


def languages_of(store: FactStore) -> dict[str, set[str]]:
    """Return the words by which each language is known, of the languages that have wordings."""
    known: dict[str, set[str]] = {}
    for lang, word in store.rows("SELECT lang, text FROM wordings WHERE key = 'words'"):
        known.setdefault(lang, set()).add(fold(word))
    return known
