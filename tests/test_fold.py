"""Folding: two spellings of one name become equal, and stay as they are when folded again."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icapital_cli.names import fold, name_key

# Letters of Europe's names, so that the examples are hard; and any text at all.
names = st.text(alphabet="AaÄäÅåÆæÇçĐđÐðÉéİIıiŁłØøÖöŒœŠšŞşßẞÞþÜüŻżŹźΑάΣσςЙй’'–- \u0301\u0308\u00a0", max_size=20)
texts = st.one_of(names, st.text(max_size=40))


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Łódź", "lodz"),
        ("LODZ", "lodz"),
        ("ＬＯＤＺ", "lodz"),
        ("İzmir", "izmir"),
        ("Izmir", "izmir"),
        ("ısparta", "isparta"),
        ("Göteborg", "goteborg"),
        ("GÖTEBORG", "goteborg"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("STRAẞE", "strasse"),
        ("Ærø", "aero"),
        ("Tromsø", "tromso"),
        ("Başakşehir", "basaksehir"),
        ("Diyarbakır", "diyarbakir"),
        ("Reykjavík", "reykjavik"),
        ("Málaga", "malaga"),
        ("Ma\u0301laga", "malaga"),
        ("Þórshöfn", "thorshofn"),
        ("Đakovo", "dakovo"),
        ("Œuvre", "oeuvre"),
        ("Ben O’Ra", "ben o'ra"),
        ("Aix–Marseille", "aix-marseille"),
        ("Αθήνα", "αθηνα"),
        ("ΑΘΗΝΑ", "αθηνα"),
        ("Київ", "киів"),
        ("  Brambury \t on\u00a0Sea\n", "brambury on sea"),
        ("L\udcf3dz", "l�dz"),
        ("", ""),
    ],
)
def test_a_name_folds_to_plain_small_letters(name, folded):
    """Letters that Unicode does not decompose are folded by a table."""
    assert fold(name) == folded


@pytest.mark.parametrize(("one", "other"), [("Lodz", "Lodi"), ("Malmö", "Malta"), ("Aero", "Aro"), ("x-y", "x y")])
def test_names_that_differ_in_a_plain_letter_stay_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Aix-Marseille", "aix marseille"), ("BRAMBURY–ON–SEA", "Brambury on-sea"), (" tel - aviv ", "Tel Aviv")],
)
def test_hyphens_and_spaces_are_alike_when_a_name_is_looked_up(one, other):
    assert name_key(one) == name_key(other)


@given(texts)
@example("𝑨")
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
    assert name_key(name_key(text)) == name_key(text)


@given(names)
def test_case_does_not_count(name):
    assert fold(name.upper()) == fold(name.lower()) == fold(name)


@given(texts)
def test_white_space_around_and_between_does_not_count(text):
    folded = fold(text)

    assert fold(f"  {text}\t") == folded
    assert folded == " ".join(folded.split())


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_letters_are_only_made_small(text):
    assert fold(text) == " ".join(text.lower().split())
