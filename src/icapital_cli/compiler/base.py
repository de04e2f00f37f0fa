"""A whole fact base in memory: what every rule and every table reads."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from icapital_cli.compiler import cldr
from icapital_cli.compiler.files import Files, digest_of
from icapital_cli.compiler.loader import Problem, load_file, read_content
from icapital_cli.compiler.parser import ParsedFile, Record, Translations, id_taken, parse_file, translated_twice
from icapital_cli.compiler.positions import Positions
from icapital_cli.compiler.references import references_of
from icapital_cli.compiler.untranslated import COMMON, forget_untranslated
from icapital_cli.model import KINDS, Doc
from icapital_cli.model.composites import Text
from icapital_cli.names import name_key

REFUSED = {"file", "yaml"}  # rules by which a whole file is left out, so that nothing true can be said of the rest


class Violation(NamedTuple):
    """A broken rule: the file, the fact (or none, for a translation), the path inside it, message, rule."""

    file: str
    fact: str
    path: tuple[str | int, ...]
    message: str
    rule: str


class Translation(NamedTuple):
    """Our words for a text: language, fact, field, the words, and the text, in our English or as published first."""

    lang: str
    fact: str
    field: str
    text: str
    original: str


@dataclass
class Base:
    """The facts by id and by kind, the languages, and the problems found so far.

    `invalid` are ids of facts that could not be parsed; `translated_in` has the file of each translation, by language,
    section and key. Facts are in the order of the files.
    """

    folder: Path
    prefix: str
    hashes: list[tuple[str, str]] = field(default_factory=list)
    facts: dict[str, Record] = field(default_factory=dict)
    of_kind: dict[str, list[Record]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    languages: dict[str, Translations] = field(default_factory=dict)
    language_files: dict[str, list[str]] = field(default_factory=dict)
    translated_in: dict[tuple[str, ...], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    invalid: set[str] = field(default_factory=set)

    @property
    def is_readable(self) -> bool:
        """Whether no file was refused whole."""
        return not any(problem.rule in REFUSED for problem in self.problems)

    @property
    def digest(self) -> str:
        """The digest of the facts: equal facts have equal digests everywhere."""
        return digest_of(self.hashes)

    @property
    def tags(self) -> list[str]:
        """The languages of the base; English is always one."""
        return sorted({"en", *self.languages})

    @cached_property
    def all_languages(self) -> list[Translations]:
        """The languages, in the order of their tags; English is always one."""
        return [self.languages.get(tag, Translations(tag, "", {}, {}, {}, {}, {}, {})) for tag in self.tags]

    @cached_property
    def references(self) -> list[tuple[Record, str, str, tuple[str | int, ...]]]:
        """All references between facts: (fact, kind, id, path inside the fact), citations included."""
        return [(record, *reference) for record in self.records() for reference in references_of(record)]

    @cached_property
    def translations(self) -> list[Translation]:
        """All translations of single texts of facts that exist."""
        return [
            Translation(tag, fact_id, field, text, original)
            for tag, language in self.languages.items()
            for fact_id, texts in language.texts.items()
            for field, text in texts.items()
            if isinstance(text, str) and (original := self._original(fact_id, field))
        ]

    def _original(self, fact_id: str, field: str) -> str | None:
        """Return the text that a translation is of, if it is a text."""
        record = self.facts.get(fact_id)
        value = record.doc.get(field) if record is not None and field in KINDS[record.kind].texts else None
        value = next(iter(value.values())) if isinstance(value, dict) else value
        return value if isinstance(value, str) else None

    @cached_property
    def citations(self) -> list[tuple[Record, int, Doc]]:
        """All citations: (fact, number, citation). Those of a claim are not among them."""
        return [
            (record, number, citation)
            for kind, cls in KINDS.items()
            for record in (self.of_kind[kind] if cls.cited else ())
            for number, citation in enumerate(record.doc.get("citations", ()))
        ]

    def find(self, kind: str, fact_id: str) -> Doc:
        """Return the fields of a fact of a kind, or an empty dict."""
        found = self.facts.get(fact_id)
        return found.doc if found is not None and found.kind == kind else {}

    def records(self) -> Iterator[Record]:
        """Iterate over all facts, in the order of the files."""
        return iter(self.facts.values())

    @property
    def incomplete_files(self) -> set[str]:
        """The files in which a fact could not be parsed."""
        if self.invalid:
            return {problem.file for problem in self.problems}
        return set()

    @cached_property
    def positions(self) -> Positions:
        """Finds line and column of a fact or a translation."""
        return Positions(self.folder, self.prefix)

    @cached_property
    def gaps(self) -> set[str]:
        """The facts and fields that are listed as unknown."""
        return {target for gap in self.of_kind["gaps"] for target in gap.doc.get("about", ())}

    def add(self, parsed: ParsedFile) -> None:
        """Add what one file holds."""
        self.problems += parsed.problems
        self.invalid |= parsed.invalid
        for record in parsed.facts:
            first = self.facts.setdefault(record.id, record)
            if first is record:
                self.of_kind[record.kind].append(record)
            else:
                line, _ = self.positions.of_fact(first.file, first.id, ())
                taken = id_taken(record.id, f"{first.file}:{line}")
                self.violations.append(Violation(record.file, record.id, (), taken, "ids"))
        for translations in parsed.languages:
            self._add_language(parsed.name, translations)

    def _add_language(self, file: str, added: Translations) -> None:
        self.language_files.setdefault(added.tag, []).append(file)
        known = self.languages.setdefault(added.tag, Translations(added.tag, "", {}, {}, {}, {}, {}, {}))
        self.languages[added.tag] = known._replace(name=added.name or known.name)
        for part in ("labels", "cities", "terms", "texts", "verify", "synonyms"):
            ours, theirs = getattr(known, part), getattr(added, part)
            for key in sorted(ours.keys() & theirs.keys()):
                doubled = Violation(file, "", (part, key), translated_twice(key), "duplicate-key")
                self.violations.append(doubled)
            self.translated_in |= {(added.tag, part, key): file for key in theirs.keys() - ours.keys()}
            ours.update((key, text) for key, text in theirs.items() if key not in ours)

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """The names of each fact by their folded form: its own, aliases, those in languages, its id."""
        return {
            record.id: {name_key(name): name for name in reversed([*self._names(record)])} for record in self.records()
        }

    def _names(self, record: Record) -> Iterator[str]:
        cls, name = KINDS[record.kind], record.doc.get("name")
        for own in cls.names:
            value = record.doc.get(own, ())
            yield from [value] if isinstance(value, str) else value.values() if isinstance(value, dict) else value
        yield record.id
        translatable = isinstance(name, str) and isinstance(cls.mapping.fields["name"], Text)
        for language in self.all_languages:
            ours = language.texts.get(record.id, {}).get("name")
            if isinstance(ours, str):
                yield ours
            if record.kind == "countries":
                yield cldr.countries(language.tag).get(record.doc["code"], record.id)
            if record.kind == "cities" and record.id in language.cities:
                yield language.cities[record.id]
            if translatable and name in language.terms:
                yield language.terms[name]

    def city_name(self, tag: str, city: str) -> str:
        """Return the name of a city in a language."""
        language = self.languages.get(tag)
        ours = language.cities.get(city) if language else None
        return ours or str(self.find("cities", city).get("name", city))

    def texts(self, tag: str, fact_id: str) -> Doc:
        """Return our translations of a fact into a language, by field."""
        language = self.languages.get(tag)
        return language.texts.get(fact_id, {}) if language else {}


def load_base(folder: Path, files: Files, prefix: str = "") -> Base:
    """Load and parse all files of a fact base. `prefix` is put before file names in messages."""
    base = Base(folder, prefix)
    for name, _ in files:
        content = read_content(folder / name)
        base.hashes.append((name, sha256(content if isinstance(content, bytes) else b"").hexdigest()))
        base.add(parse_file(load_file(prefix + name, content)))
    english = base.languages["en"].labels if "en" in base.languages else {}
    for tag, language in base.languages.items():
        if tag not in COMMON:  # in those a text that is English is a problem, which a rule reports
            forget_untranslated(language, english, base.facts)
    return base
