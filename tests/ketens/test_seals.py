"""The seal of every closed period can be read by anybody."""

from datetime import date

import pytest
from django.test import Client

from ketens.operations import book_sale
from tests.ketens.street import NOW, build_bread_chain, build_sale
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.operations import close_period

pytestmark = pytest.mark.django_db


def test_a_closed_period_shows_its_seal_as_page_and_as_json(client: Client):
    assert client.get("/zegels/").status_code == 200
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread, day=date(2026, 9, 20)), now=NOW)
    first = close_period(unit=Unit.GRAMS, until=date(2026, 9, 30), now=NOW)
    second = close_period(unit=Unit.GRAMS, until=date(2026, 10, 31), now=NOW)
    assert first.digest in client.get("/zegels/").content.decode()
    told = client.get("/zegels.json").json()["seals"]
    assert [row["digest"] for row in told] == [second.digest, first.digest]
    assert told[0]["previous_digest"] == first.digest
    assert told[1]["transfers"] == first.transfer_count > 0
