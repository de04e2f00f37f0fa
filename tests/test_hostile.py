"""A fact base made to do harm: what YAML can hide is refused at its place, without a traceback."""

import pytest
from copies import problems

ALIAS = "an alias is not allowed: write the value out [yaml]"
ANCHOR = "an anchor is not allowed: write the value out [yaml]"
TAG = "a tag is not allowed: every scalar is text [yaml]"
DEEP = "is nested deeper than 20 levels [yaml]"


# Anchors, aliases and tags.


def test_a_bomb_of_aliases_stops_at_its_first_anchor(check_file):
    """Twelve rows, each of which names the row before it ten times."""
    rows = [f"a{row}: &a{row} [{', '.join([f'*a{row - 1}'] * 10)}]\n" for row in range(1, 12)]

    result = check_file(f"a0: &a0 [ha, ha]\n{''.join(rows)}")

    assert result == problems(f"new.yaml:1:5: {ANCHOR}")


@pytest.mark.parametrize("command", ["cities", "about"])
def test_no_command_answers_from_a_hostile_base(base, command):
    base.add("cities: &all {}\n")

    result = base.ask(command)

    assert result == (4, "", f"{base.folder}/new.yaml:1:9: {ANCHOR}\n")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("cities: &all {}\n", "1:9"),
        ("&all cities: {}\n", "1:1"),
        ("cities:\n  &id lodz: {}\n", "2:3"),
        ("cities: {a: [&b c]}\n", "1:14"),
        ("cities: {a: [x,&b c]}\n", "1:16"),
        ("cities:\n  a:\n    - &b c\n", "3:7"),
        ("? &b c\n: d\n", "1:3"),
        ("--- &b\ncities: {}\n", "1:5"),
    ],
)
def test_an_anchor_is_refused_wherever_it_appears(check_file, text, place):
    result = check_file(text)

    assert result == problems(f"new.yaml:{place}: {ANCHOR}")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("cities: *all\n", "1:9"),
        ("cities: [*all]\n", "1:10"),
        ("cities:\n  - *all\n", "2:5"),
        ("*all : x\n", "1:1"),
        ("cities:\n  <<: *all\n", "2:7"),
        ('cities: {"a":*all}\n', "1:14"),
    ],
)
def test_an_alias_is_refused_wherever_it_appears(check_file, text, place):
    result = check_file(text)

    assert result == problems(f"new.yaml:{place}: {ALIAS}")


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object:os.system",
        "!!python/object/apply:os.system",
        "!!python/object/new:subprocess.Popen",
        "!!python/name:os.system",
        "!!binary",
        "!!str",
        "!own",
        "!",
        "!<tag:yaml.org,2002:python/object/apply:os.system>",
    ],
)
def test_a_tag_is_refused(check_file, tag):
    result = check_file(f"cities:\n  a: {tag} ['true']\n")

    assert result == problems(f"new.yaml:2:6: {TAG}")


def test_a_tag_runs_nothing(base, tmp_path):
    base.add(f"cities: !!python/object/apply:os.system ['touch {tmp_path}/pwned']\n")

    base.check()

    assert not (tmp_path / "pwned").exists()


def test_a_tag_behind_a_handle_of_its_own_is_refused(check_file):
    result = check_file("%TAG !p! tag:yaml.org,2002:python/\n---\ncities: !p!object:os.system {}\n")

    assert result == problems(f"new.yaml:3:9: {TAG}")


@pytest.mark.parametrize(
    ("mark", "character", "code"),
    [("&a x", "\u0085", "0085"), ("*a", "\u2028", "2028"), ("!!python/name:os.system", "\u2029", "2029")],
)
def test_nothing_hides_behind_a_line_break_that_only_yaml_knows(check_file, mark, character, code):
    result = check_file(f"cities: [{character}{mark}]\n")

    assert result == problems(f"new.yaml:1:10: holds the control character U+{code}: remove it [file]")


def test_ampersands_asterisks_and_exclamation_marks_inside_words_are_text(base):
    base.change("cities.yaml", "      - Brambury\n", "      - R&D *city*!\n      - 'A &b *c !d'\n")

    result = base.check()

    assert result == (0, "", "")


# Nests.


def stairs(mark, height=1_300):
    """Write a nest of blocks, each line indented by one more space."""
    return "cities:\n" + "".join(" " * i + f"{mark}\n" for i in range(1, height)) + " " * height + "b\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("cities: " + "[" * 10_000 + "]" * 10_000 + "\n", id="lists"),
        pytest.param("cities: " + "[" * 10_000, id="lists never closed"),
        pytest.param("cities: " + "{a: " * 10_000 + "}" * 10_000 + "\n", id="mappings"),
        pytest.param("cities: " + "{a: [" * 10_000 + "]}" * 10_000 + "\n", id="both"),
        pytest.param("cities:\n  " + "- " * 10_000 + "x\n", id="lists in a line"),
        pytest.param("cities:\n  " + "-\t" * 10_000 + "x\n", id="lists in a line with tabs"),
        pytest.param("? " * 400_000 + "x\n", id="keys that are keys"),
        pytest.param(stairs("a:"), id="blocks"),
        pytest.param(stairs("-"), id="dashes"),
        pytest.param(stairs("?"), id="question marks"),
    ],
)
def test_what_nests_deeper_than_20_levels_is_refused(check_file, text):
    result = check_file(text)

    assert (result.code, result.out) == (4, "")
    assert result.err.startswith("new.yaml:")
    assert result.err.endswith(("[yaml]\n", "[schema]\n"))
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("cities: " + "[" * 200 + "]" * 200 + "\n", "1:28"),
        ("cities: " + "{a: " * 200 + "}" * 200 + "\n", "1:85"),
        ("cities:\n  " + "- " * 200 + "x\n", "2:41"),
        (stairs("a:", 200), "21:21"),
    ],
    ids=["lists", "mappings", "lists in a line", "blocks"],
)
def test_the_place_of_the_21st_level_is_named(check_file, text, place):
    result = check_file(text)

    assert result == problems(f"new.yaml:{place}: {DEEP}")
