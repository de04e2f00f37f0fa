"""`icapital check`: languages, translations, published texts."""

import pytest
from copies import new, problems, table
from made_up import INITIATIVE

FINNISH = "language: fi\nname: suomi\n"


def needless(place, translation):
    """Write the problem of a translation that belongs to nothing."""
    return (
        f"new.yaml:{place}: the translation of '{translation}' belongs to no text of the base: remove or correct it"
        " [languages]"
    )


BROKEN = {
    "a language file has a language tag": (
        new("language: Suomi\nlabels: {}\n"),
        "new.yaml:1:11: language must be a language tag such as sv or pt-BR (BCP 47), not 'Suomi' [languages]",
    ),
    "an unknown section is named with the sections to choose from": (
        new(f"{FINNISH}names: {{}}\n"),
        (
            "new.yaml:3:1: unknown key 'names'; a language has: language, name, labels, cities, terms, glossary, texts,"
            " verify, synonyms [unknown-key]"
        ),
    ),
    "a section of a language file appears once": (
        new(f"{FINNISH}name: finska\n"),
        "new.yaml:2:1: 'name' appears twice in this file [duplicate-key]",
        "new.yaml:3:1: 'name' appears twice in this file [duplicate-key]",
    ),
    "a section of a language file is a mapping": (
        new(f"{FINNISH}labels: [column.year]\n"),
        "new.yaml:3:9: labels must be a mapping [schema]",
    ),
    "a key of a language file is a word": (
        new(f"{FINNISH}labels:\n  ? [a]\n  : b\n"),
        "new.yaml:4:5: a key must be a word [schema]",
    ),
    "the translations of a fact are a mapping": (
        new(f"{FINNISH}texts:\n  winner: Voittaja\n"),
        "new.yaml:4:11: texts must be a mapping [schema]",
    ),
    "a translation is a text": (
        new(f"{FINNISH}cities:\n  lodz: [Lodz]\n"),
        "new.yaml:4:9: cities must be a line of text, not a list [schema]",
    ),
    "a translation holds no control character": (
        new('language: sv\ntexts:\n  tram-bells:\n    summary: "\\0"\n'),
        "new.yaml:4:14: summary must not hold the control character U+0000 [schema]",
    ),
    "a label is translated once, even in two files": (
        new("language: sv\nlabels:\n  column.year: Årtal\n"),
        "new.yaml:3:3: 'column.year' is translated twice [duplicate-key]",
    ),
    "a label is translated once in a file": (
        new(f"{FINNISH}labels:\n  column.year: Vuosi\n  column.year: Vuosiluku\n"),
        "new.yaml:5:3: 'column.year' is translated twice [duplicate-key]",
    ),
    "a fact is translated in one file": (
        new("language: sv\ntexts:\n  winner:\n    summary: Staden som vann.\n"),
        "new.yaml:3:3: 'winner' is translated twice [duplicate-key]",
    ),
    "a text of a fact is translated once": (
        ("languages/sv.yaml", "    summary: Gatlyktorna", "    summary: Lyktorna\n    summary: Gatlyktorna"),
        "languages/sv.yaml:65:5: tram-lamps.summary is translated twice [duplicate-key]",
    ),
    "a language has a name": (
        new("language: fi\nlabels:\n  column.year: Vuosi\n"),
        "new.yaml:1:11: the language 'fi' has no name [languages]",
    ),
    "a language is one that CLDR knows": (
        new("language: xx\nname: Nonsense\n"),
        "new.yaml:1:11: CLDR knows no language 'xx' (BCP 47) [languages]",
    ),
    "the name of a city belongs to a city": (
        new(f"{FINNISH}cities:\n  lods: Lodz\n  winner: Voittaja\n"),
        needless("4:3", "lods"),
        needless("5:3", "winner"),
    ),
    **{
        f"a translation belongs to a text: {fact}.{field}: {text}": (
            new(f"{FINNISH}texts:\n  {fact}:\n    {field}: {text}\n"),
            needless("5:5", f"{fact}.{field}"),
        )
        for fact, field, text in [
            ("nowhere", "name", "x"),
            ("tram-lamps", "note", "x"),
            ("tram-lamps", "city", "x"),
            ("tram-lamps", "summary", "[x]"),
            ("quay-length", "claims", "x"),
            ("quay-length", "claims", "[ett]"),
            ("quay-length", "claims", "[ett, två, tre]"),
        ]
    },
    "published words cite a page in their language": (
        new(INITIATIVE, "summary: Lamps that are new.", "summary: {sv: Nya lampor}"),
        "new.yaml:6:14: summary is given as published in 'sv', but no source in 'sv' is cited [languages]",
    ),
    "the words of a quote are in the excerpt of its source": (
        ("people.yaml", "sv: Ljuset ska följa människan", "sv: Ljuset skall följa människan"),
        "people.yaml:94:7: the words in 'sv' are not in an excerpt of their source, nor stated by it [excerpts]",
    ),
}


@table("case", BROKEN)
def test_a_broken_language_is_reported_at_its_place(base, case):
    edit, *lines = case
    base.edit(*edit)

    result = base.check()

    assert result == problems(*lines)


@pytest.mark.parametrize("part", ["one", "two"])
def test_a_needless_translation_is_reported_in_the_file_that_has_it(base, part):
    """A language may be in several files."""
    base.add(f"{FINNISH}cities:\n  lodz: Lodz\n", "one.yaml")
    base.add("language: fi\ntexts:\n  winner:\n    name: Voittaja\n", "two.yaml")
    base.edit(f"{part}.yaml", *{"one": ("  lodz:", "  lods:"), "two": ("  winner:", "  winer:")}[part])

    result = base.check()

    place, name = {"one": ("one.yaml:4:3", "lods"), "two": ("two.yaml:4:5", "winer.name")}[part]
    assert result == problems(needless(place, name).replace("new.yaml:", ""))


@pytest.mark.parametrize("tag", ["aa", "hi", "pt-BR"])
def test_every_language_of_cldr_can_be_shipped(base, tag):
    base.add(f"language: {tag}\nname: name of {tag}\n", "languages/new.yaml")

    assert base.check() == (0, "", "")
    assert base.ask("cities", "--lang", tag, "--json").code == 0
