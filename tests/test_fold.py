"""`fold`: two spellings of one name become equal, and stay as they are when folded again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icapital_cli.fold import fold

# Letters of Europe's names, so that the examples are hard; and any text at all.
names = st.text(alphabet="AaÄäÅåÆæÇçĐđÐðÉéİIıiŁłØøÖöŒœŠšŞşßẞÞþÜüŻżŹźΑάΣσςЙй’'–- \u0301\u0308\u00a0", max_size=20)
texts = st.one_of(names, st.text(max_size=40))


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Łódź", "lodz"),
        ("LODZ", "lodz"),
        ("İzmir", "izmir"),
        ("Izmir", "izmir"),
        ("Göteborg", "goteborg"),
        ("GÖTEBORG", "goteborg"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("STRAẞE", "strasse"),
        ("Ærø", "aero"),
        ("Başakşehir", "basaksehir"),
        ("Diyarbakır", "diyarbakir"),
        ("Málaga", "malaga"),
        ("Ma\u0301laga", "malaga"),
        ("Þórshöfn", "thorshofn"),
        ("Đakovo", "dakovo"),
        ("Œuvre", "oeuvre"),
        ("Ben O’Ra", "ben o'ra"),
        ("Aix–Marseille", "aix-marseille"),
        ("Αθήνα", "αθηνα"),
        ("ΑΘΗΝΑ", "αθηνα"),
        ("  Brambury \t on\u00a0Sea\n", "brambury on sea"),
        ("", ""),
    ],
)
def test_a_name_folds_to_plain_small_letters(name, folded):
    assert fold(name) == folded


@pytest.mark.parametrize(("one", "other"), [("Lodz", "Lodi"), ("Malmö", "Malta"), ("Aero", "Aro"), ("x-y", "x y")])
def test_names_that_differ_in_a_plain_letter_stay_apart(one, other):
    assert fold(one) != fold(other)


@given(names)
def test_folding_twice_is_folding_once(name):
    assert fold(fold(name)) == fold(name)


@given(names)
def test_case_does_not_count(name):
    assert fold(name.upper()) == fold(name.lower()) == fold(name)


@given(texts)
def test_white_space_around_and_between_does_not_count(text):
    assert fold(f"  {text}\t") == fold(text)


@given(texts)
def test_nothing_folded_has_a_space_too_many(text):
    folded = fold(text)

    assert "  " not in folded
    assert folded == folded.strip()


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_letters_are_only_made_small(text):
    assert fold(text) == " ".join(text.lower().split())
