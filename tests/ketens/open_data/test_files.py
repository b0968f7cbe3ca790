"""The files of a release: described, unchanging, and the same on every road."""

import io
import json
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from csvw.metadata import Table
from django.core.cache import cache
from django.test import Client
from openpyxl import load_workbook

from ketens.exports import FORMATS
from ketens.models import FigureRelease
from ketens.queries.open_data.codes import NoSuchQuarter, period_of, read_period
from ketens.queries.open_data.tables import TABLES
from tests.ketens.open_data.releases import AUTUMN, SUMMER, build_releases

pytestmark = pytest.mark.django_db
PER_QUARTER = [one.slug for one in TABLES.values() if one.is_per_quarter]
LISTS = [one.slug for one in TABLES.values() if not one.is_per_quarter]


@pytest.fixture(autouse=True)
def _releases() -> None:
    cache.clear()
    build_releases()


def fetch(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize(
    "place",
    [*(f"2026-q3/{slug}" for slug in PER_QUARTER), *(f"lijsten/{slug}" for slug in LISTS)],
)
def test_every_table_reads_by_its_own_description(
    client: Client, tmp_path: Path, place: str
) -> None:
    """Validated by the reference reader of CSV on the Web: datatypes, required, key."""
    name = place.split("/")[1]
    for ending in ("csv", "csv-metadata.json"):
        content = fetch(client, f"/monitor/gegevens/{place}.{ending}")
        (tmp_path / f"{name}.{ending}").write_bytes(content)
    table = Table.from_file(tmp_path / f"{name}.csv-metadata.json")
    table.check_primary_key()
    assert list(table.iterdicts(strict=True))


def test_a_figure_says_whether_it_is_known_estimated_unknown_or_withheld(client: Client) -> None:
    rows = json.loads(fetch(client, "/monitor/gegevens/2026-q3/cijfers.json"))["rows"]
    told = [
        (
            row["indicator"],
            row["time_period"],
            row["obs_value"],
            row["obs_status"],
            row["conf_status"],
        )
        for row in rows
    ]
    assert told == [
        ("food_waste_g", "2026-Q3", 9_000, "A", "F"),
        ("emission_mg_co2e", "2026-Q3", 5_000, "E", "F"),
        ("goods_g", "2026-Q3", None, "O", "F"),
        ("turnover_cents", "2026-Q3", None, "Q", "C"),
        ("food_waste_g", "2026-Q2", 12_500, "A", "F"),
    ]
    assert rows[0]["ref_area"] == "NL13"
    assert rows[1]["chain"] == "rogge-brood"
    assert rows[2]["ref_area"].startswith("GM")
    assert {row["release"] for row in rows} == {"2026-Q3"}


def test_a_civil_servant_finds_the_same_numbers_in_the_workbook(client: Client) -> None:
    content = fetch(client, "/monitor/gegevens/2026-q3/cijfers.xlsx")
    sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    head, *lines = sheet.iter_rows(values_only=True)
    rows = json.loads(fetch(client, "/monitor/gegevens/2026-q3/cijfers.json"))["rows"]
    assert [dict(zip_longest(head, line)) for line in lines] == rows


def test_work_tells_only_what_the_release_tells(client: Client) -> None:
    rows = json.loads(fetch(client, "/monitor/gegevens/2026-q3/werk.json"))["rows"]
    told = {(row["breakdown"], row["category"]): (row["people"], row["obs_status"]) for row in rows}
    assert told["group", "WAJONG"] == (30, "A")
    assert told["group", "WIA"] == (None, "Q")
    assert told["group", "_T"] == (45, "A")
    assert all(category.startswith("GM") for kind, category in told if kind == "municipality")


@pytest.mark.parametrize("ending", FORMATS)
def test_the_catalogue_names_the_digest_of_the_very_file(client: Client, ending: str) -> None:
    address = f"/monitor/gegevens/2026-q3/cijfers.{ending}"
    catalogue = json.loads(fetch(client, "/monitor/gegevens/catalogus.jsonld"))
    digests = {
        file["@id"]: file["spdx:checksum"]["spdx:checksumValue"]["@value"]
        for dataset in catalogue["dcat:dataset"]
        for file in dataset.get("dcat:distribution", ())
        if "spdx:checksum" in file
    }
    found = next(digest for name, digest in digests.items() if name.endswith(address))
    assert found == sha256(fetch(client, address)).hexdigest()


def test_a_file_is_asked_again_by_its_tag_only(client: Client) -> None:
    address = "/monitor/gegevens/2026-q3/cijfers.csv"
    first = client.get(address)
    assert "max-age" in first.headers["Cache-Control"]
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "address",
    [
        "2026-q1/cijfers.csv",
        "2026-q9/cijfers.csv",
        "0000-q1/cijfers.csv",
        "2026-q3/maten.csv",
        "lijsten/cijfers.csv",
        "2026-q3/anders.csv",
        "2026-q3/cijfers.exe",
        "2026-q3/cijfers.csv.json",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/monitor/gegevens/{address}").status_code == 404


def test_files_take_few_questions(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(5):
        fetch(client, "/monitor/gegevens/2026-q3/cijfers.csv")
    with django_assert_num_queries(1):
        client.get("/monitor/gegevens/")


def test_the_page_shows_every_release_with_its_digest(client: Client) -> None:
    page = client.get("/monitor/gegevens/").content.decode()
    for row in FigureRelease.objects.all():
        assert row.digest in page
    for ending in [*FORMATS, "csv-metadata.json"]:
        assert f'href="/monitor/gegevens/2026-q3/cijfers.{ending}"' in page
    assert 'href="/monitor/gegevens/lijsten/maten.csv"' in page


def test_nothing_released_is_said_in_words(client: Client) -> None:
    assert "2027-q1" not in client.get("/monitor/gegevens/").content.decode()


def test_a_quarter_is_read_as_it_is_written() -> None:
    assert [read_period(period_of(one)) for one in (SUMMER, AUTUMN)] == [SUMMER, AUTUMN]
    for text in ("2026", "2026-Q5", "26-Q1", "2026-Q0", "٢٠٢٦-Q1x", "1800-Q1"):
        with pytest.raises(NoSuchQuarter):
            read_period(text)
