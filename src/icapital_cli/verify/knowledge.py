"""What the facts say, indexed for comparing: results by edition and city, editions, disputes, people, quotes."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, NamedTuple

from icapital_cli.compiler.phrases import TOKEN
from icapital_cli.names import fold
from icapital_cli.store.facts import Doc, FactStore
from icapital_cli.verify.sides import Reader, says_so
from icapital_cli.verify.vocabulary import Phrases, Vocabulary, languages_of

STAGES = {"winner": 0, "runner-up": 1, "finalist": 2, "semi-finalist": 3}  # the further, the smaller
PLACED = ("winner", "runner-up")
RARE, MOST = 8, 8  # words of a quotation by which printed ones are looked for; of those, how many are compared
MEMBERS = "SELECT value FROM json_each(?)"  # of a list that is bound as JSON
WORDS_OF_NAME = 3  # of an initiative that is known by the words of its name, in any order


class Side(NamedTuple):
    """One claim of a dispute: what it says, and its dispute."""

    dispute: str
    weight: str
    says: str
    believed: str


STEM = 5  # letters in which an inflected word is the same


class Knowledge:
    """The facts of a store, read when they are first needed."""

    def __init__(self, store: FactStore) -> None:
        """Read from a store."""
        self.store = store
        self._kinds: dict[str, dict[str, Doc]] = {}
        self._vocabularies: dict[str, Vocabulary] = {}
        self._disputed: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
        self._spoken: dict[str, list[tuple[set[str], str, str]]] = {}
        self.roles: dict[str, tuple[set[str], set[str]]] = {}  # of each post: the kinds of its title, and its texts
        self.alike: dict[str, str | None] = {}  # the person whose name is spelled most like an unknown one
        self._quotes: dict[str, list[tuple[str, list[str], str]]] = {}
        self._names: dict[str, set[str]] = {}
        self._initiatives: dict[str, list[str]] = {}
        self._posts: dict[str, list[Doc]] = {}
        self._sides: dict[str, list[Side]] = {}
        self._versions: dict[tuple[str, str], set[str]] = {}
        self._figures: dict[str, dict[float, list[tuple[str, Doc]]]] = {}
        self._term_stems: dict[str, set[str]] = {}

    def kind(self, kind: str) -> dict[str, Doc]:
        """Return the facts of a kind by id, without their citations."""
        if kind not in self._kinds:
            sql = "SELECT id, json_remove(doc, '$.citations') FROM facts WHERE kind = ? ORDER BY rank, seq"
            found = self.store.rows(sql, kind)
            docs = json.loads(f"[{','.join(doc for _, doc in found)}]")  # at once: a third of the time
            self._kinds[kind] = {fact_id: doc for (fact_id, _), doc in zip(found, docs, strict=True)}
        return self._kinds[kind]

    def _grouped(self, kind: str, field: str) -> dict[str, list[Doc]]:
        """Return the facts of a kind by a field of them."""
        found: dict[str, list[Doc]] = defaultdict(list)
        for doc in self.kind(kind).values():
            found[doc[field]].append(doc)
        return found

    def fact(self, fact_id: str) -> Doc:
        """Return one fact."""
        return self.store.fact(fact_id)[1]

    @cached_property
    def editions(self) -> dict[str, Doc]:
        """The editions of the award by id."""
        return self.kind("editions")

    @cached_property
    def award(self) -> str:
        """The award that the editions are of."""
        return next((str(doc["award"]) for doc in self.editions.values() if "award" in doc), "")

    @cached_property
    def main_category(self) -> str:
        """The category of the award that its first edition had."""
        first = next(iter(sorted(self.editions)), "")
        return next((str(doc["category"]) for doc in self.results_of_edition.get(first, ())), "")

    @cached_property
    def results(self) -> dict[tuple[str, str], Doc]:
        """The results by edition and city."""
        return {(doc["edition"], doc["city"]): doc for doc in self.kind("results").values()}

    @cached_property
    def results_of_city(self) -> dict[str, list[Doc]]:
        """The results of each city."""
        return self._grouped("results", "city")

    @cached_property
    def results_of_edition(self) -> dict[str, list[Doc]]:
        """The results of each edition."""
        return self._grouped("results", "edition")

    @cached_property
    def _cities(self) -> list[tuple[str, str, str | None]]:
        sql = """SELECT id, json_extract(doc, '$.country'), json_extract(doc, '$.around') FROM facts
                 WHERE kind = 'cities' ORDER BY rank, seq"""
        return self.store.rows(sql)

    @cached_property
    def countries(self) -> dict[str, str]:
        """The country of each city."""
        return {city: country for city, country, _ in self._cities}

    @cached_property
    def kin(self) -> dict[str, set[str]]:
        """The cities that a name of a city may mean: itself, and the metropolitan body around it, or its heart."""
        found: dict[str, set[str]] = {city: {city} for city, _, _ in self._cities}
        for city, _, heart in self._cities:
            if heart in found:
                found[city].add(heart)
                found[heart].add(city)
        return found

    @cached_property
    def edition_of_year(self) -> dict[str, str]:
        """The edition that a year means: its id, a name of it, or the year in which it was announced."""
        found = {edition: edition for edition in self.editions}
        for edition, doc in self.editions.items():
            for name in doc.get("also_called", ()):
                if len(name) == len("2015"):
                    found.setdefault(name, edition)
        for edition, doc in self.editions.items():
            found.setdefault(str(doc.get("date", edition))[:4], edition)
        return found

    def result(self, edition: str, city: str) -> Doc | None:
        """Return the result of a city, or of its kin, in an edition."""
        for kin in (city, *sorted(self.kin.get(city, {city}) - {city})):
            found = self.results.get((edition, kin))
            if found:
                return found
        return None

    def of_city(self, city: str) -> list[Doc]:
        """Return the results of a city and of its kin."""
        return [doc for kin in sorted(self.kin.get(city, {city})) for doc in self.results_of_city.get(kin, ())]

    def winner(self, edition: str, category: str | None = None) -> Doc | None:
        """Return the winning result of an edition, in its main category unless another is given."""
        winners = [doc for doc in self.results_of_edition.get(edition, ()) if doc["status"] == "winner"]
        category = category or self.main_category
        return next((doc for doc in winners if doc["category"] == category), None)

    def number_placed(self, edition: str, category: str) -> int:
        """Count the cities with a prize or a place in a category of an edition."""
        return sum(
            doc["status"] in PLACED and doc["category"] == category for doc in self.results_of_edition.get(edition, ())
        )

    def _sides_about(self, target: str) -> list[Side]:
        """Return the claims of disputes about a fact, or a field of it."""
        if target not in self._sides:
            sql = """SELECT f.id, f.doc FROM touched t JOIN facts f ON f.seq = t.seq WHERE t.target = ?
                     ORDER BY f.rank, f.seq"""
            disputes = [(dispute, json.loads(doc)) for dispute, doc in self.store.rows(sql, target)]
            self._sides[target] = [
                Side(dispute, doc["weight"], _plain(claim["says"]), _plain(doc["believed"]))
                for dispute, doc in disputes
                for claim in doc["claims"]
            ]
        return self._sides[target]

    @cached_property
    def reader(self) -> Reader:
        """Reads what the claims of disputes say."""
        return Reader(self.vocabulary("en"))

    @cached_property
    def _bearers(self) -> Phrases:
        return Phrases(self.store, "names")

    def vocabulary(self, lang: str) -> Vocabulary:
        """Return the vocabulary of a language, read once."""
        if lang not in self._vocabularies:
            self._vocabularies[lang] = Vocabulary(self.store, lang, self._bearers)
        return self._vocabularies[lang]

    def is_said(self, side: Side, value: Any, fact_value: Any, city: str | None = None) -> bool:
        """Whether a side of a dispute says a value, of a city if it is a place, and not the value of the fact."""
        cities = self.kin.get(city, ()) if city else ()
        return says_so(self.reader, side.says, value, cities) and not says_so(
            self.reader, side.says, fact_value, cities, at_all=True
        )

    def disputed(self, fact: str, *fields: str) -> tuple[str, ...]:
        """Return the open and settled disputes about some fields of a fact, or about the fact as a whole."""
        if (fact, fields) not in self._disputed:
            found = (dispute for field, dispute, _ in self.store.disputed(fact) if field in {"", *fields})
            self._disputed[fact, fields] = tuple(dict.fromkeys(found))
        return self._disputed[fact, fields]

    def disputes(self, fact: str, *fields: str) -> list[Side]:
        """Return the claims of disputes about some fields of a fact, or about the fact as a whole."""
        targets = (fact, *(f"{fact}.{field}" for field in fields))
        return [side for target in targets for side in self._sides_about(target)]

    @cached_property
    def first_editions(self) -> set[str]:
        """The editions that were the first of a category."""
        first: dict[str, str] = {}
        for edition in sorted(self.editions):
            for doc in self.results_of_edition.get(edition, ()):
                first.setdefault(doc["category"], edition)
        return set(first.values())

    @cached_property
    def steps(self) -> dict[str, list[Doc]]:
        """The dated steps of each edition."""
        return self._grouped("milestones", "edition")

    def posts_of(self, person: str) -> list[Doc]:
        """Return the posts of a person."""
        if person not in self._posts:
            sql = """SELECT json_remove(f.doc, '$.citations') FROM facets p JOIN facts f ON f.seq = p.seq
                     WHERE p.kind = 'posts' AND p.key = 'speaker' AND p.value = ? ORDER BY f.rank, f.seq"""
            self._posts[person] = [json.loads(doc) for doc in self._column(sql, person)]
        return self._posts[person]

    @cached_property
    def posts(self) -> dict[str, list[Doc]]:
        """The posts of each person."""
        return self._grouped("posts", "person")

    @cached_property
    def surnames(self) -> dict[str, set[str]]:
        """The people of each surname, folded."""
        found: dict[str, set[str]] = defaultdict(set)
        for person, name in self.store.rows("SELECT id, json_extract(doc, '$.name') FROM facts WHERE kind = 'people'"):
            found[TOKEN.findall(fold(name))[-1]].add(person)
        return found

    @cached_property
    def city_names(self) -> set[str]:
        """The folded names of the cities that took part."""
        return {name for city in self.results_of_city for name in self.names(city)}

    @cached_property
    def country_codes(self) -> set[str]:
        """The codes of the countries that have names."""
        sql = f"SELECT DISTINCT value FROM localized WHERE lang IN ({self._marks}) AND form = 'country'"  # noqa: S608 - values are bound
        return set(self._column(sql, *self._tags))

    @cached_property
    def places(self) -> dict[str, set[str]]:
        """The words of the place of each edition, folded, in every language."""
        self._read_versions(self.editions, "place")
        return {edition: self._in_languages(edition, "place", doc) for edition, doc in self.editions.items()}

    @cached_property
    def events(self) -> dict[str, set[tuple[str, ...]]]:
        """The names of the event of each edition, as folded words, without a year and what stands in parentheses."""
        found = {}
        self._read_versions(self.editions, "event")
        for edition, doc in self.editions.items():
            names = {tuple(TOKEN.findall(name.partition(" (")[0])) for name in self.versions(edition, "event", doc)}
            undated = {tuple(word for word in name if not word.isdigit()) for name in names}
            found[edition] = {name for name in undated if len(name) > 1}
        return found

    @cached_property
    def events_by_word(self) -> dict[str, set[tuple[str, ...]]]:
        """The names of events by their first word."""
        found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for names in self.events.values():
            for name in names:
                found[name[0]].add(name)
        return found

    @cached_property
    def place_words(self) -> set[str]:
        """The words of the places of all editions."""
        return {word for places in self.places.values() for word in places}

    def _in_languages(self, edition: str, field: str, doc: Doc) -> set[str]:
        return {word for text in self.versions(edition, field, doc) for word in TOKEN.findall(text)}

    def versions(self, fact: str, field: str, doc: Doc) -> set[str]:
        """Return a text of a fact in all languages, folded."""
        if (fact, field) not in self._versions:
            self._read_versions({fact: doc}, field)
        return self._versions[fact, field]

    def _read_versions(self, docs: dict[str, Doc], field: str) -> None:
        """Read a text of some facts in all languages at once, so that `versions` need not read that of each."""
        texts = {fact: _texts(doc.get(field)) for fact, doc in docs.items()}
        facts = json.dumps([fact for fact, own in texts.items() if own])
        sql = f"SELECT fact, text FROM texts WHERE lang IN ({self._marks}) AND field = ? AND fact IN ({MEMBERS})"  # noqa: S608 - values are bound
        for fact, text in self.store.rows(sql, *self._tags, field, facts):
            texts[fact].append(text)
        terms: dict[str, list[str]] = defaultdict(list)
        english = json.dumps([text for own in texts.values() for text in own])
        sql = f"SELECT english, text FROM terms WHERE lang IN ({self._marks}) AND english IN ({MEMBERS})"  # noqa: S608 - values are bound
        for text, term in self.store.rows(sql, *self._tags, english):
            terms[text].append(term)
        for fact, own in texts.items():
            self._versions[fact, field] = {fold(one) for text in own for one in (text, *terms.get(text, ()))}

    def terms(self, english: str) -> set[str]:
        """Return a term in all languages, folded."""
        sql = f"SELECT text FROM terms WHERE lang IN ({self._marks}) AND english = ?"  # noqa: S608 - values are bound
        return {fold(text) for text in (english, *self._column(sql, *self._tags, english))}

    @cached_property
    def _tags(self) -> list[str]:
        return list(self.store.languages())

    @cached_property
    def _marks(self) -> str:
        return ", ".join("?" * len(self._tags))

    def _ours(self, fact: str, field: str) -> list[str]:
        """Return our translations of a text. Languages are named, for the index begins with them."""
        sql = f"SELECT text FROM texts WHERE lang IN ({self._marks}) AND fact = ? AND field = ?"  # noqa: S608 - values are bound
        return self._column(sql, *self._tags, fact, field)

    def _column(self, sql: str, *values: Any) -> list[str]:
        return [row[0] for row in self.store.rows(sql, *values)]

    def names(self, fact: str) -> set[str]:
        """Return the folded names of a fact."""
        if fact not in self._names:
            self._names[fact] = set(self._column("SELECT folded FROM names WHERE id = ?", fact))
        return self._names[fact]

    def quotes_like(self, words: list[str]) -> list[str]:
        """Return the quotes that share most with some folded words, by the full-text index, best first."""
        rare = sorted(set(words), key=len, reverse=True)[:RARE]
        sql = """SELECT p.id FROM words w JOIN passages p ON p.rowid = w.rowid
                 WHERE words MATCH ? AND p.kind = 'quotes' ORDER BY w.rank LIMIT ?"""
        query = " OR ".join(f'"{word}"' for word in rare if word.isalnum())
        return list(dict.fromkeys(self._column(sql, query, MOST))) if query else []

    def quoted(self, quote: str, spell: Callable[[str], str]) -> list[tuple[str, list[str], str]]:
        """Return a quote in every language of the facts: its text, its folded words, and the text as `spell` has it."""
        if quote not in self._quotes:
            texts = list(self.fact(quote)["text"].values())
            texts += self._ours(quote, "text")
            self._quotes[quote] = [(text, TOKEN.findall(fold(text)), spell(text)) for text in texts]
        return self._quotes[quote]

    @cached_property
    def _titles(self) -> list[tuple[str, str]]:
        sql = f"SELECT key, text FROM wordings WHERE lang IN ({self._marks}) AND key > 'role.' AND key < 'role/'"  # noqa: S608 - values are bound
        rows = self.store.rows(sql, *self._tags)
        return [(key.partition(".")[2], text) for key, text in rows]

    @cached_property
    def titles(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """The wordings of titles in every language, by their first word."""
        return self._by_first(text for text in self._titles if not text[1].partition(" ")[0].endswith("*"))

    @cached_property
    def _stems(self) -> list[tuple[str, tuple[tuple[str, ...], str]]]:
        found = self._by_first((key, text.rstrip("*")) for key, text in self._titles if text.endswith("*"))
        return [(first, entry) for first, entries in found.items() for entry in entries]

    def title_stems(self, word: str) -> list[tuple[tuple[str, ...], str]]:
        """Return the titles that a word, perhaps inflected, may begin."""
        return [entry for first, entry in self._stems if word.startswith(first) and not entry[0]]

    def _by_first(self, titles: Iterable[tuple[str, str]]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for value, text in titles:
            first, *rest = TOKEN.findall(fold(text))
            found[first].append((tuple(rest), value))
        return found

    def initiatives_of_city(self, city: str) -> list[str]:
        """Return the initiatives of a city, or of the area that it is in."""
        if city not in self._initiatives:
            sql = f"""SELECT DISTINCT f.id FROM facets c JOIN facts f ON f.seq = c.seq WHERE c.kind = 'initiatives'
                      AND c.key = 'city' AND c.value IN ({MEMBERS}) ORDER BY f.rank, f.seq"""  # noqa: S608 - values are bound
            self._initiatives[city] = self._column(sql, json.dumps(sorted(self.kin.get(city, {city}))))
            self.store.read(self._initiatives[city])
        return self._initiatives[city]

    @cached_property
    def languages(self) -> dict[str, set[str]]:
        """The words by which each language is known, of the languages that have wordings."""
        return languages_of(self.store)

    @cached_property
    def _common(self) -> set[str]:
        return set[str]().union(*self.languages.values())

    def figures_of_city(self, city: str) -> dict[float, list[tuple[str, Doc]]]:
        """Return the figures of the initiatives of a city by their value, each with its initiative."""
        if city not in self._figures:
            found: dict[float, list[tuple[str, Doc]]] = defaultdict(list)
            for initiative in self.initiatives_of_city(city):
                for figure in self.fact(initiative).get("figures", ()):
                    found[figure["value"]].append((initiative, figure))
            self._figures[city] = found
        return self._figures[city]

    def stems_of(self, english: str) -> set[str]:
        """Return the first letters of the longer words of a term, in every language."""
        if english not in self._term_stems:
            words = {word for text in self.terms(english) for word in TOKEN.findall(text)}
            self._term_stems[english] = {word[:STEM] for word in words if len(word) >= STEM}
        return self._term_stems[english]

    def purposes(self, result: Doc) -> list[set[str]]:
        """Return the first letters of the longer words of what the prize of a result is for, for each language."""
        versions = self.versions(result["id"], "purpose", result)
        words = ({word for word in TOKEN.findall(text) if len(word) >= STEM} - self._common for text in versions)
        return [{word[:STEM] for word in some} for some in words]

    def spoken_initiatives(self, edition: str) -> list[tuple[set[str], str, str]]:
        """Return (words, id, city) of the names of the initiatives of an edition that have several words."""
        if edition not in self._spoken:
            sql = """SELECT n.folded, n.id, json_extract(f.doc, '$.city') FROM facets y JOIN facts f ON f.seq = y.seq
                     JOIN names n ON n.id = f.id WHERE y.kind = 'initiatives' AND y.key = 'year' AND y.value = ?
                     ORDER BY n.folded, n.id"""
            names = [row for row in self.store.rows(sql, edition) if row[0] != row[1].replace("-", " ")]
            found = [(set(TOKEN.findall(name)) - self._common, one, city) for name, one, city in names]
            self._spoken[edition] = [one for one in found if len(one[0]) >= WORDS_OF_NAME]
        return self._spoken[edition]


def _texts(value: Any) -> list[str]:
    """Return the texts of a field, which may be in several languages."""
    return list(value.values()) if isinstance(value, dict) else [value] if value else []


def _plain(value: Any) -> str:
    return str(next(iter(value.values())) if isinstance(value, dict) else value)
