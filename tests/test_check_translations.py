"""`icapital check`: a translation keeps numbers and cities, is in its language, and belongs to one text alone."""

from copies import new, problems, table
from made_up import INITIATIVE

LONG = "Lamps are dimmed at night by the people who live in the street."
CHIMES = "Vindspel längs fjorden varnar för storm."


def lamps(summary):
    """Add an initiative with a summary."""
    return new(INITIATIVE, "summary: Lamps that are new.", f"summary: {summary}")


def swedish(**texts):
    """Add Swedish summaries, by fact."""
    lines = "".join(f"  {fact.replace('_', '-')}:\n    summary: {text}\n" for fact, text in texts.items())
    return ("swedish.yaml", f"language: sv\ntexts:\n{lines}")


def section(name, *lines):
    """Add a section to the Swedish language."""
    return ("swedish.yaml", f"language: sv\n{name}:\n" + "".join(f"  {line}\n" for line in lines))


BROKEN = {
    "a number is another": (
        [swedish(small_lantern="Sedan 2020, för städer med färre än 10 000 invånare.")],
        "swedish.yaml:4:5: the translation lacks 100000, which its text has (sv) [translations]",
    ),
    "a year is missing": (
        [swedish(small_lantern="För städer med färre än 100 000 invånare.")],
        "swedish.yaml:4:5: the translation lacks 2020, which its text has (sv) [translations]",
    ),
    "a number above twelve is a word": (
        [lamps("Lamps with 13 switches."), swedish(new_initiative="Lampor med tretton strömbrytare.")],
        "swedish.yaml:4:5: the translation lacks 13, which its text has (sv) [translations]",
    ),
    "a city is another": (
        [lamps("Lamps as in Nordvik."), swedish(new_initiative="Lampor som i Brambury.")],
        "swedish.yaml:4:5: the translation does not name Nordvik, which its text does (sv) [translations]",
    ),
    "it was left in English": (
        [lamps(LONG), swedish(new_initiative=LONG)],
        "swedish.yaml:4:5: the translation reads as English, not as sv [translations]",
    ),
    "it is the translation of another text": (
        [lamps(LONG), swedish(new_initiative=CHIMES, wind_choir=CHIMES)],
        "swedish.yaml:6:5: new-initiative has this translation for another text [translations]",
    ),
    "a label is not one of English": (
        [section("labels", "column.yaer: År")],
        "swedish.yaml:3:3: no label is called 'column.yaer' in English: correct the key, or remove it [labels]",
    ),
    "a term is in no fact": (
        [section("terms", "Mayors: borgmästare")],
        "swedish.yaml:3:3: no fact uses the term 'Mayors': remove or correct it [terms]",
    ),
    "a unit is in no figure": (
        [section("terms", "'# kilometers': kilometer")],
        "swedish.yaml:3:3: no fact uses the term '# kilometers': remove or correct it [terms]",
    ),
}


@table("case", BROKEN)
def test_a_slip_in_a_translation_is_reported_at_its_place(base, case):
    edits, *lines = case
    for edit in edits:
        base.edit(*edit)

    result = base.check()

    assert result == problems(*lines)


FAITHFUL = {
    "numbers in any order and grouping": [swedish(small_lantern="För färre än 100 000 invånare sedan 2020.")],
    "a number up to twelve as a word": [
        lamps("Lamps with 12 switches."),
        swedish(new_initiative="Lampor med tolv strömbrytare."),
    ],
    "an ordinal as a word": [
        lamps("Lamps of the 19th century."),
        swedish(new_initiative="Lampor från artonhundratalet."),
    ],
    "a city by its Swedish name": [lamps("Lamps as in Łódź."), swedish(new_initiative="Lampor som i Lodz.")],
    "a city inflected": [lamps("Lamps as in Nordvik."), swedish(new_initiative="Nordviks lampor.")],
    "a longer text in Swedish": [
        lamps(LONG),
        swedish(new_initiative="Lamporna dämpas på natten av dem som bor på gatan."),
    ],
    "a text too short to tell its language": [
        lamps("Lamps of the new town."),
        swedish(new_initiative="Lamps of town."),
    ],
    "a short translation of two texts": [lamps(LONG), swedish(new_initiative="Vindspel.", wind_choir="Vindspel.")],
    "one translation of two equal texts": [
        lamps("Wind chimes along the fjord warn of storms."),
        swedish(new_initiative=CHIMES, wind_choir=CHIMES),
    ],
    "a label of English": [section("labels", "column.rank: Plats")],
    "a unit of a figure": [section("terms", "'# kilometres': kilometer")],
}


@table("edits", FAITHFUL)
def test_a_faithful_translation_is_passed_in_silence(base, edits):
    for edit in edits:
        base.edit(*edit)

    result = base.check()

    assert result == (0, "", "")
