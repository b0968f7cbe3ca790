"""The events of a batch in the database tell its balance, and only to who is let in."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse

from ketens.domain.batches import Counted, Entry, balance_of
from ketens.domain.exchange.epcis_reading import ReadLoad, read_document
from ketens.models import BatchEntry, LinkCount
from ketens.operations.batches import (
    BatchDraft,
    Count,
    Load,
    count_entry,
    count_link,
    open_batch,
    take_back_entry,
)
from ketens.queries.batches import find_batch, standing
from tests.ketens.exchange.checking import faults_of
from tests.ketens.exchange.clients import build_reader
from tests.ketens.street import DAY, NOW, BreadChain, build_bread_chain

pytestmark = pytest.mark.django_db

WEEK = (
    Counted(Entry.IN, 100_000),
    Counted(Entry.SOLD, 88_000),
    Counted(Entry.RESIDUAL, 6_000, 4),
    Counted(Entry.RESIDUAL, 1_000, 2),
    Counted(Entry.STOCK, 3_000),
    Counted(Entry.SHRINK, 1_500),
)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def build_week(bread: BreadChain) -> Any:
    """Write a week of bread, with one count that was wrong and two loads."""
    draft = BatchDraft(code="R-47", what="Roggebrood, week 47", made_on=DAY)
    member = bread.members["bakery"]
    batch = open_batch(chain=bread.chain, member=member, draft=draft, user=None, now=NOW)
    for counted in WEEK:
        count = Count(counted, "weighed", DAY, origin="bestelling 100012")
        count_entry(batch=batch, count=count, user=None, now=NOW)
    wrong = count_entry(
        batch=batch, count=Count(Counted(Entry.SOLD, 999), "estimated", DAY), user=None, now=NOW
    )
    take_back_entry(entry=wrong, day=date(2026, 11, 20), user=None, now=NOW)
    for name, load in [("mill-bakery", Load(760, None, DAY)), ("bakery-shop", Load(500, 498, DAY))]:
        count_link(batch=batch, link=bread.legs[name].link, load=load, user=None, now=NOW)
    return batch


def test_events_of_a_batch_rebuild_its_balance_and_its_loads(
    settings: Any, django_assert_num_queries: Any
) -> None:
    bread = build_bread_chain()
    batch = build_week(bread)
    reader = build_reader(settings)
    with django_assert_num_queries(3):
        answer = reader.get(reverse("exchange:batch_events", args=[batch.public_id]))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/ld+json"
    document = answer.json()
    assert faults_of(document, "epcis-2.0") == []
    (read,) = read_document(document)
    found = find_batch(batch.public_id)
    assert found is not None
    kept = balance_of(standing(found.entries.all()))
    assert (balance_of(read.counts), kept.difference_g) == (kept, 500)
    sent = LinkCount.objects.order_by("pk").values_list("public_id", flat=True)
    assert set(read.loads) == {ReadLoad(sent[0], 760, None), ReadLoad(sent[1], 500, 498)}


def test_an_event_names_enterprises_and_no_order(settings: Any) -> None:
    bread = build_bread_chain()
    batch = build_week(bread)
    url = reverse("exchange:batch_events", args=[batch.public_id])
    answer = build_reader(settings).get(url)
    text = answer.content.decode()
    assert f"urn:kvk:{bread.bakery.kvk_number}" in text
    assert "100012" not in text
    assert BatchEntry.objects.filter(origin__contains="100012").count() == len(WEEK)


def test_the_command_tells_what_a_document_adds_up_to(settings: Any, tmp_path: Path) -> None:
    batch = build_week(build_bread_chain())
    url = reverse("exchange:batch_events", args=[batch.public_id])
    file = tmp_path / "batch.jsonld"
    file.write_bytes(build_reader(settings).get(url).content)
    said = StringIO()
    call_command("read_events", str(file), stdout=said)
    (told,) = json.loads(said.getvalue())
    assert (told["batch"], told["in_g"], told["difference_g"], told["holds"]) == (
        str(batch.public_id),
        100_000,
        500,
        True,
    )
    assert told["residual_g"] == {"2": 1_000, "4": 6_000}
    assert [load["received_g"] for load in told["loads"]] == [None, 498]


@pytest.mark.parametrize("content", ["no json", "[]", "{}"])
def test_the_command_refuses_what_is_no_document(content: str, tmp_path: Path) -> None:
    file = tmp_path / "batch.jsonld"
    file.write_text(content)
    with pytest.raises(CommandError):
        call_command("read_events", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("read_events", str(tmp_path / "missing"))
