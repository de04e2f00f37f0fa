"""The exported Data Package: what is in it, that it is valid, and that others read it."""

import csv
import json
import re
import shutil
import zipfile
from collections import Counter
from contextlib import closing
from hashlib import sha256
from io import StringIO

import pytest
import yaml
from conftest import BASE

from icapital_cli import open_facts
from icapital_cli.api.tables import tables_of
from icapital_cli.api.wording import interface
from icapital_cli.export.codebook import codebook_of
from icapital_cli.export.run import run_export


@pytest.fixture(scope="module", params=[str(BASE), None], ids=["made up", "real"])
def folder(request):
    return request.param


@pytest.fixture(scope="module")
def path(tmp_path_factory, folder):
    path = tmp_path_factory.mktemp("package") / "facts.zip"
    run_export(
        "datapackage", str(path), facts=folder, lang=None, force=False, options={}, warn=lambda _: None, err=None
    )
    return path


@pytest.fixture(scope="module")
def files(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def package(files):
    return json.loads(files["datapackage.json"])


@pytest.fixture(scope="module")
def facts(folder):
    with open_facts(folder) as facts:
        yield facts


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory, path):
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return folder


def test_every_file_is_known_by_length_and_hash(files, package):
    resources = {resource["path"]: resource for resource in package["resources"]}

    assert {*files} == {*resources, "datapackage.json", "README.md", "LICENSE", "CITATION.cff", "CODEBOOK.md"}
    for name, resource in resources.items():
        assert resource["bytes"] == len(files[name])
        assert resource["hash"] == f"sha256:{sha256(files[name]).hexdigest()}"


def test_the_rows_are_those_of_the_tables(files, facts):
    """As text: nothing is lost, and what is missing is empty."""
    for table in tables_of(facts):
        head, *rows = csv.reader(StringIO(files[f"data/{table.name}.csv"].decode()))
        told = [
            ["" if v is None else str(v).lower() if v is True or v is False else str(v) for v in row]
            for row in table.rows
        ]

        assert head == [field.name for field in table.fields]
        assert rows == told


def test_it_says_who_made_it_from_what_and_under_which_licence(package, facts):
    assert package["version"] == facts.version
    assert package["digest"] == facts.digest
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["contributors"]
    assert len(package["sources"]) == len(facts.sources())
    assert all(resource["schema"]["fields"] for resource in package["resources"])


def test_money_has_a_unit_and_links_have_keys(package):
    schemas = {resource["name"]: resource["schema"] for resource in package["resources"]}
    results = {field["name"]: field for field in schemas["results"]["fields"]}

    assert results["prize_eur"] == {**results["prize_eur"], "type": "integer", "unit": "EUR"}
    assert {key["reference"]["resource"] for key in schemas["results"]["foreignKeys"]} == {
        "editions",
        "cities",
        "categories",
        "statuses",
    }


def test_a_link_within_a_table_names_no_resource(package):
    """As Data Package v2 has it; the empty name of v1 is gone."""
    (around,) = [
        key["reference"]
        for resource in package["resources"]
        if resource["name"] == "cities"
        for key in resource["schema"]["foreignKeys"]
        if key["fields"] == ["around_id"]
    ]

    assert around == {"fields": ["id"]}


def test_the_codebook_tells_what_each_status_meant_in_each_edition(files, facts):
    book = files["CODEBOOK.md"].decode()
    counted = Counter((row["edition"], row["category"], row["status"]) for row in facts.cities())
    for (edition, category, status), count in counted.items():
        assert f"| {edition} | {category} | {status} | {count} | yes |" in book
    for heading in ("What each status meant", "Which lists are complete", "What † means", "Empty cells"):
        assert f"\n## {heading}\n" in book
    assert all(" ".join(gap["what"].split()) in book for gap in facts.gaps())


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "sv",
            [
                "Vad varje placering betydde",
                "| 2019 | capital-of-innovation | runner-up | 5 | ja | 5 × 100 000 € |",
            ],
        ),
        ("fi", ["Mitä † tarkoittaa", "| 2014 | capital-of-innovation | runner-up | 2 | kyllä | 2 × ei tiedossa |"]),
    ],
)
def test_the_codebook_is_in_the_language_asked_for(tmp_path, lang, told):
    path = tmp_path / "facts.zip"
    run_export("datapackage", str(path), facts=None, lang=lang, force=False, options={}, warn=print, err=None)
    with zipfile.ZipFile(path) as archive:
        book = archive.read("CODEBOOK.md").decode()

    assert all(words in book for words in told)


def test_a_list_that_is_not_known_to_be_complete_is_not_called_so(tmp_path):
    """Where an edition does not say how many cities it has."""
    base = shutil.copytree(BASE, tmp_path / "base")
    for file in (base / "editions").iterdir():
        text = re.sub(r"    expected_results:\n(      .*\n)+", "", file.read_text("utf-8"))
        file.write_text(text, "utf-8")
    with open_facts(str(base)) as facts, interface("en") as localizer:
        rows = codebook_of(facts, localizer)["standings"]

    assert {row["complete"] for row in rows if row["cities"]} == {"unknown"}


def test_the_codebook_describes_every_column(files, facts):
    book = files["CODEBOOK.md"].decode()

    assert all(f"| {field.name} | {field.type}" in book for table in tables_of(facts) for field in table.fields)


def test_readme_licence_and_citation_name_version_and_digest(files, facts):
    for name in ("README.md", "LICENSE", "CITATION.cff"):
        assert facts.digest in files[name].decode()
        assert facts.version in files[name].decode()


def test_the_citation_is_valid_yaml_with_the_keys_of_the_citation_file_format(files):
    citation = yaml.safe_load(files["CITATION.cff"])

    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "version", "license"} <= {*citation}


@pytest.mark.doors
def test_frictionless_finds_it_valid(path):
    """Types, constraints, keys and links of every row, and lengths and hashes."""
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(path))

    assert report.flatten(["title", "message"]) == []
    assert report.valid


@pytest.mark.doors
def test_frictionless_finds_a_link_that_leads_nowhere(unpacked):
    """The test above can fail."""
    frictionless = pytest.importorskip("frictionless")
    results = unpacked / "data" / "results.csv"
    before = results.read_text("utf-8")
    row = before.splitlines()[1].split(",")
    results.write_text(before.replace(f",{row[2]},", ",no-such-city,", 1), "utf-8")
    package = json.loads((unpacked / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        resource.pop("bytes"), resource.pop("hash")
    (unpacked / "changed.json").write_text(json.dumps(package), "utf-8")

    report = frictionless.validate(str(unpacked / "changed.json"), type="package")
    results.write_text(before, "utf-8")

    assert not report.valid
    assert "ForeignKey" in str(report.flatten(["title", "message"])) or "foreign key" in str(
        report.flatten(["message"])
    )


@pytest.mark.doors
def test_pandas_reads_a_table_in_one_line(unpacked, facts):
    pandas = pytest.importorskip("pandas")
    results = pandas.read_csv(unpacked / "data" / "results.csv")

    assert len(results) == len(facts.cities())
    assert results["prize_eur"].sum() == sum(row["prize_eur"] or 0 for row in facts.cities())


@pytest.mark.doors
def test_duckdb_reads_a_table_and_writes_parquet(unpacked, facts, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    with closing(duckdb.connect()) as connection:
        connection.execute(f"COPY (FROM read_csv('{unpacked}/data/results.csv')) TO '{tmp_path}/results.parquet'")
        query = f"SELECT count(*), sum(prize_eur) FROM '{tmp_path}/results.parquet'"

        assert connection.execute(query).fetchone() == (
            len(facts.cities()),
            sum(row["prize_eur"] or 0 for row in facts.cities()),
        )
