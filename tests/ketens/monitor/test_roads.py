"""One released figure on every road: books, page, API, CSV, JSON, Excel, Parquet and PDF."""

import csv
import io
import json
from datetime import UTC, date, datetime
from itertools import zip_longest
from random import Random
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.html import escape
from openpyxl import load_workbook
from pyarrow import BufferReader, parquet

from dorpen.register.models import Municipality, Village
from ketens.domain.monitor import MEASURES, PROVINCE, Place, PlaceKind, Slice
from ketens.models import ProductGroup, ReleasedFigure
from ketens.operations.figure_releases import release_figures
from ketens.operations.reports import draw_report
from ketens.queries.monitor import get_figure
from ketens.queries.monitor_pages.words import WITHHELD, say_amount
from ketens.queries.open_data.codes import list_place_codes
from tests.ketens.monitor.street import SUMMER, close_books
from tests.ketens.monitor.world import DIRECT, build_world, read_directly
from tests.ketens.steering.test_reports import read_pdf, squeeze

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
SEPTEMBER = date(2026, 9, 1)
FILE = "/monitor/gegevens/2026-q3/cijfers."
Key = tuple[str, str, str, str]


@pytest.fixture
def figures() -> list[ReleasedFigure]:
    """All figures of a released quarter in a random order, some of them withheld."""
    cache.clear()
    build_world()
    close_books(date(2026, 9, 30))
    release_figures(quarter=SUMMER, user=None, now=NOW)
    rows = ReleasedFigure.objects.filter(measure__in=DIRECT).select_related("chain").order_by("pk")
    return Random(6).sample(list(rows), len(rows))


def slice_of(row: ReleasedFigure) -> Slice:
    place = PROVINCE if row.place is None else Place(PlaceKind(row.place_kind), row.place)
    return Slice(row.measure, SUMMER, SEPTEMBER, place, row.chain_id, row.product_group)


def key_of(row: ReleasedFigure, codes: Any) -> Key:
    area, _name = codes[PlaceKind(row.place_kind), row.place]
    chain = row.chain.slug if row.chain else "_T"
    return row.measure, area, chain, row.product_group or "_T"


def key_in(told: dict[str, Any]) -> Key:
    return told["indicator"], told["ref_area"], told["chain"], told["product_group"]


def fetch(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def read_files(client: Client) -> dict[str, dict[Key, int | None]]:
    """Return the values of each file by their key, read as other programs do."""
    text = io.StringIO(fetch(client, f"{FILE}csv").decode())
    told = {"csv": [row | {"obs_value": row["obs_value"] or None} for row in csv.DictReader(text)]}
    told["json"] = json.loads(fetch(client, f"{FILE}json"))["rows"]
    told["parquet"] = parquet.read_table(BufferReader(fetch(client, f"{FILE}parquet"))).to_pylist()
    book = load_workbook(io.BytesIO(fetch(client, f"{FILE}xlsx")), read_only=True)
    head, *lines = book.worksheets[0].iter_rows(values_only=True)
    told["xlsx"] = [dict(zip_longest(head, line)) for line in lines]
    return {
        name: {
            key_in(row): None if row["obs_value"] is None else int(row["obs_value"]) for row in rows
        }
        for name, rows in told.items()
    }


def ask_api(client: Client, key: Key) -> int | None:
    names = ("indicator", "ref_area", "chain", "product_group")
    choices = dict(zip(names, key, strict=True)) | {"time_period": "2026-Q3"}
    (row,) = client.get("/api/v1/figures", choices).json()["figures"]
    return row["obs_value"]


def page_of(row: ReleasedFigure) -> str:
    """Return the address of the public page that tells a figure."""
    slug = MEASURES[row.measure].slug
    if row.place_kind == PlaceKind.VILLAGE:
        return f"/monitor/dorp/{Village.objects.get(pk=row.place).slug}/?maat={slug}"
    if row.place_kind == PlaceKind.MUNICIPALITY:
        return f"/monitor/gemeente/{Municipality.objects.get(pk=row.place).slug}/?maat={slug}"
    if row.chain is not None and not row.product_group:
        return f"/monitor/keten/{row.chain.slug}/?maat={slug}"
    return f"/monitor/{slug}/"


def is_on_a_page(row: ReleasedFigure) -> bool:
    """Tell whether a page tells it: kinds of products are told of the whole province only."""
    is_below = row.place_kind != PlaceKind.PROVINCE
    return not (row.product_group and (is_below or row.chain))


def test_fifty_random_figures_are_the_same_on_every_road(
    client: Client, figures: list[ReleasedFigure]
) -> None:
    codes, files = list_place_codes(), read_files(client)
    compared = 0
    for row in figures[:50]:
        key, asked = key_of(row, codes), slice_of(row)
        if not row.withheld:
            assert row.value == read_directly(asked) == get_figure(asked).value, asked
        for name, told in files.items():
            assert told[key] == row.value, (name, key)
        assert ask_api(client, key) == row.value, key
        compared += row.value is not None
    assert compared > 25


def test_every_figure_that_a_page_tells_is_the_released_one(
    client: Client, figures: list[ReleasedFigure]
) -> None:
    groups = dict(ProductGroup.objects.values_list("code", "name"))
    compared = 0
    for row in [one for one in figures if is_on_a_page(one)][:50]:
        text = fetch(client, page_of(row)).decode()
        unit = MEASURES[row.measure].unit
        said = str(WITHHELD[row.withheld]) if row.withheld else say_amount(unit, row.value)
        assert escape(said) in text, (page_of(row), said)
        assert not row.product_group or groups.get(row.product_group, "") in text
        compared += row.value is not None
    assert compared > 15


def test_the_report_prints_what_the_page_says(
    client: Client, figures: list[ReleasedFigure]
) -> None:
    rows = ReleasedFigure.objects.filter(
        measure__in=DIRECT, place_kind=PlaceKind.PROVINCE, chain=None, product_group=""
    )
    report = draw_report(year=2026, user=None, now=NOW, tell=lambda *_words: None)
    printed = read_pdf(report)
    compared = 0
    for row in rows.exclude(value=None):
        said = say_amount(MEASURES[row.measure].unit, row.value)
        assert squeeze(said) in printed, (row.measure, said)
        assert escape(said) in fetch(client, page_of(row)).decode(), (row.measure, said)
        compared += 1
    assert compared > 8
