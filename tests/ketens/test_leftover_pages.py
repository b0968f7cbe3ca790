"""What a chain left over is read by rung and by batch, and every number opens its source."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from ketens.models import Chain
from ketens.operations.batches import take_back_entry
from ketens.queries.leftovers import get_leftovers
from tests.ketens.street import DAY, NOW, BreadChain, build_bread_chain
from tests.ketens.test_member_counts import BREAD_LEFT, FRIDAY, count, driven, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted() -> BreadChain:
    bread = build_bread_chain()
    count(bread, replace(BREAD_LEFT, made_g=300_000, sold_g=280_000))
    count(bread, replace(BREAD_LEFT, day=FRIDAY, rung=2, mass_g=8_000))
    return bread


def read(client: Client, address: str) -> str:
    page = client.get(address, headers={"accept-language": "nl"})
    assert page.status_code == 200
    return page.content.decode()


def test_the_chain_page_tells_what_was_left_over_and_where_it_went(
    counted: BreadChain, client: Client
):
    record(counted, driven(counted))
    page = read(client, "/ketens/rogge-brood/")
    assert "Van 300 kg die erin ging, bleef 20,0 kg over: 6,7%." in page
    assert "Over, voer voor dieren (trede 4)" in page
    assert "1 rit met eigen brandstof of stroom: 11,1 kg CO₂e, dat is 6,91 kg CO₂e per tkm" in page
    assert "meten we nog niet" not in page


def test_every_number_opens_its_batch_and_every_weighing(counted: BreadChain, client: Client):
    page = read(client, "/ketens/rogge-brood/over/")
    assert "280 kg" in page
    batch = counted.chain.batches.get()
    address = f"/herkomst/{batch.public_id}/"
    assert address in page
    told = read(client, address)
    for words in ("16 november 2026", "12,0 kg", "gewogen", "opgegeven door het lid"):
        assert words in told
    body = json.loads(read(client, f"/herkomst/{batch.public_id}.json"))
    assert body["value_text"] == "20,0 kg"
    assert len(body["inputs"]) == 4


def test_a_round_tells_its_fuel_and_its_stops(counted: BreadChain, client: Client):
    row = record(counted, driven(counted))
    page = read(client, f"/herkomst/{row.public_id}/")
    for words in ("11,1 kg CO₂e", "3,4", "3,251", "80,0 kg × 11,0 km: 6,1 kg CO₂e"):
        assert words in page


def test_what_was_taken_back_counts_for_nothing(counted: BreadChain):
    entry = counted.chain.batches.get().entries.get(rung=2)
    take_back_entry(entry=entry, day=DAY, user=None, now=NOW)
    found = get_leftovers(Chain.objects.get(pk=counted.chain.pk))
    assert (found.left_g, [row.rung for row in found.rungs]) == (12_000, [4])


def test_a_chain_without_counts_gives_no_figures(client: Client):
    build_bread_chain()
    assert "meten we nog niet" in read(client, "/ketens/rogge-brood/")
    assert "Niemand telde dit" in read(client, "/ketens/rogge-brood/over/")


def test_a_share_is_of_batches_whose_intake_was_counted(counted: BreadChain, client: Client):
    count(counted, replace(BREAD_LEFT, day=date(2026, 11, 2), mass_g=5_000))
    found = get_leftovers(counted.chain)
    assert (found.in_g, found.left_g) == (300_000, 25_000)
    assert [(row.rung, row.text, row.share_text) for row in found.rungs] == [
        (2, "8,0 kg", "2,7%"),
        (4, "17,0 kg", "4,0%"),
    ]
    page = read(client, "/ketens/rogge-brood/over/")
    assert "bleef 20,0 kg over: 6,7%. Nog 5,0 kg bleef over" in page
