"""The site in a real browser: nothing of the facts runs, nobody else is asked, everyone can read and search it."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from conftest import BASE, HERE
from made_up import HOSTILE, changed
from test_site import made

pytestmark = pytest.mark.doors
one_visit = pytest.mark.xdist_group("visit")  # in one process: it takes a minute

# Folders that hold what `tests/browser/package.json` names: CI installs it into one, a desk into the other.
MODULES = [Path(os.environ.get("ICAPITAL_BROWSER", "none")) / "node_modules", HERE / "browser" / "node_modules"]
SAMPLE = [
    "index.html",
    "en/index.html",
    "sv/cities/espoo.html",
    "fi/editions/2019.html",
    "sv/quotes/makela-2019-data-analysis.html",
    "fi/disputes/2019-names-for-the-best-six.html",
    "en/sources/index.html",
    "en/about/how.html",
    "sv/about/data.html",
    "fi/cities/index.html",
]


@pytest.fixture(scope="session")
def modules():
    """The folder of the node packages."""
    found = next((folder.resolve() for folder in MODULES if (folder / "playwright-core").is_dir()), None)
    if found is None or not shutil.which("chromium") or not shutil.which("node"):
        pytest.skip("Chromium, node, or the packages of tests/browser are not installed")
    return found


@pytest.fixture(scope="session")
def visit(modules):
    """Visit pages of a site in Chromium: `visit(site, ["en/index.html"], widths=[360])` tells what happened on each."""

    def visited(site, pages, **asked):
        request = {
            "modules": str(modules),
            "chromium": shutil.which("chromium"),
            "pages": [(site.folder / page).as_uri() for page in pages],
            "widths": [1280],
            "schemes": ["light"],
            **asked,
        }
        done = subprocess.run(
            ["node", HERE / "browser" / "visit.cjs"],
            input=json.dumps(request),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        return json.loads(done.stdout)

    return visited


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The site of the real facts."""
    return made(tmp_path_factory.mktemp("real") / "site", facts=None)


@pytest.fixture(scope="module")
def sample(visit, real):
    """What happens on pages of each kind, narrow and wide, light and dark."""
    return visit(real, SAMPLE, widths=[360, 1280], schemes=["light", "dark"], axe=True)


@one_visit
def test_axe_finds_nothing_that_keeps_somebody_out(sample):
    assert [(one["page"], one["width"], one["scheme"], one["violations"]) for one in sample if one["violations"]] == []


@one_visit
def test_no_page_complains_on_the_console_or_asks_for_anything_from_another_host(sample):
    assert [(one["page"], one["said"]) for one in sample if one["said"]] == []
    assert [(one["page"], url) for one in sample for url in one["asked"] if not url.startswith("file://")] == []


@one_visit
def test_no_page_is_wider_than_the_window(sample):
    assert [(one["page"], one["width"], one["overflow"]) for one in sample if one["overflow"] > 0] == []


@one_visit
def test_no_page_prints_letters_smaller_than_a_footnote(sample):
    """In points; a picture is drawn in its own size."""
    assert [(one["page"], one["smallest"]) for one in sample if one["smallest"] < 8.49] == []


@pytest.mark.parametrize(
    ("page", "typed", "first"),
    [
        ("en", "esbo", "cities/espoo.html"),
        ("sv", "ESPOO", "cities/espoo.html"),
        ("fi", "makela", "people/jukka-makela.html"),
        ("en", "lodz", None),
        ("en", "basaksehir", "cities/basaksehir.html"),
        ("en", "2019", "editions/2019.html"),
    ],
)
def test_search_finds_a_thing_by_any_name_without_diacritics(visit, real, page, typed, first):
    (seen,) = visit(real, [f"{page}/index.html"], keys=[typed])

    assert (seen["hits"] or [None])[0] == first
    assert seen["found"]


def test_search_is_used_with_the_keyboard_alone(visit, real):
    down, up, opened = (
        visit(real, ["en/index.html"], keys=["espoo", *keys])[0]
        for keys in (["ArrowDown", "ArrowDown"], ["ArrowDown", "ArrowUp"], ["ArrowDown", "Enter"])
    )

    assert down["focus"] == down["hits"][1]
    assert up["focus"] == "q"
    assert opened["end"].endswith("/en/cities/espoo.html")


def test_what_is_folded_in_python_is_folded_in_the_page(visit, site_of_letters):
    (seen,) = visit(site_of_letters, ["en/index.html"], keys=["ossdths aeoe li"])

    assert seen["hits"][0] == "cities/nordvik.html"


@pytest.fixture
def site_of_letters(tmp_path):
    """A site with a city in letters that decomposition leaves whole."""
    return made(
        tmp_path / "site", facts=changed(tmp_path / "base", ("cities.yaml", "name: Nordvik\n", "name: Øßđþſ Æœ Łı\n"))
    )


# Hostile facts

ATTACKS = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" autofocus onfocus="alert(1)" x="',
    "<!--<script>alert(1)",
    "javascript:alert(1)",
    "</style><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}]]>&lt;script&gt;",
]


def attacked(value, attack):
    """Put an attack behind every text, and leave what points at a fact as it is."""
    if isinstance(value, dict):
        return {key: attacked(inner, attack) for key, inner in value.items()}
    if isinstance(value, list):
        return [attacked(inner, attack) for inner in value]
    return value if not isinstance(value, str) or value.replace("-", "").isalnum() else value + attack


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, monkeypatch_module):
    """A site of the tiny base with attacks behind every text, past the loader."""
    from icapital_cli import api  # noqa: PLC0415 - the seam at which facts are opened

    connection = api.connect(str(BASE), lambda _: None).connection
    memory = sqlite3.connect(":memory:", check_same_thread=False)
    connection.backup(memory)
    attack = " ".join(ATTACKS) + "\u202e\u2066\u0007" + HOSTILE
    memory.create_function("attacked", 1, lambda doc: json.dumps(attacked(json.loads(doc), attack)))
    memory.create_function("attacked_text", 1, lambda text: text if text.startswith("[") else text + attack)
    memory.execute("UPDATE facts SET doc = attacked(doc)")
    for table, column in (("labels", "text"), ("localized", "text"), ("terms", "text"), ("texts", "text")):
        memory.execute(f"UPDATE {table} SET {column} = attacked_text({column})")
    memory.commit()

    def connect(_folder, _warn):
        copy = sqlite3.connect(":memory:")
        memory.backup(copy)
        return api.FactStore(copy)

    monkeypatch_module.setattr("icapital_cli.api.facts.connect", connect)
    return made(tmp_path_factory.mktemp("hostile") / "site", base_url="https://example.org/x")


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def test_nothing_of_hostile_facts_runs(visit, hostile):
    pages = [page for page in hostile.pages() if page.startswith("en/") or page == "index.html"]
    seen = visit(hostile, pages)

    assert len(seen) == len(pages)
    assert [(one["page"], one["ran"], one["said"]) for one in seen if one["ran"] or one["said"]] == []
    assert {url.partition(":")[0] for one in seen for url in one["asked"]} == {"file"}


def test_hostile_texts_are_shown_when_they_are_searched(visit, hostile):
    (seen,) = visit(hostile, ["en/index.html"], keys=["onerror"])

    assert seen["hits"]
    assert (seen["ran"], seen["said"]) == ([], [])


# Validity


def test_the_nu_validator_finds_no_error(modules, real, tmp_path):
    jar = modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not shutil.which("java") or not jar.exists():
        pytest.skip("Java or the Nu validator is not installed")
    for page in SAMPLE:
        (tmp_path / page).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(real.folder / page, tmp_path / page)
    shutil.copy(real.folder / "style.css", tmp_path)
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "json", "--skip-non-html", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )

    assert [one for one in json.loads(done.stderr)["messages"] if one["type"] == "error"] == []


def typed(modules, folder, described):
    """Check JSON-LD against the vocabulary of schema.org, as TypeScript has it; return the errors."""
    objects = [one | {"@type": kind} for one in described for kind in [one["@type"]] if isinstance(kind, str)]
    objects += [one | {"@type": kind} for one in described for kind in one["@type"] if isinstance(one["@type"], list)]
    kinds = sorted({one["@type"] for one in objects})
    lines = [f"import type {{ WithContext, {', '.join(kinds)} }} from 'schema-dts';"]
    lines += [f"const x{n}: WithContext<{one['@type']}> = {json.dumps(one)};" for n, one in enumerate(objects)]
    folder.mkdir()
    (folder / "node_modules").symlink_to(modules)
    (folder / "described.ts").write_text("\n".join([*lines, "export {};"]), "utf-8")
    options = ["--strict", "--noEmit", "--skipLibCheck", "--module", "nodenext"]
    command = ["node", modules / "typescript" / "bin" / "tsc", *options, "described.ts"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return [line for line in done.stdout.splitlines() if "error" in line] or ["failed"] * bool(done.returncode)


def test_linked_data_is_what_schema_org_describes(modules, real, tmp_path):
    scripts = (
        json.loads(found)
        for page in sorted((real.folder / "en").rglob("*.html"))
        for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text("utf-8"))
    )
    described = list(scripts)
    made_up = {"@context": "https://schema.org", "@type": "Event", "name": "Espoo", "winner": "Espoo"}

    errors, made_up_errors = (
        typed(modules, tmp_path / "ours", described),
        typed(modules, tmp_path / "made up", [made_up]),
    )

    assert {"Event", "Dataset"} < {str(one["@type"]) for one in described}
    assert errors == []
    assert len(made_up_errors) == 1
