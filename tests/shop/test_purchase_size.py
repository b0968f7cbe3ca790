"""Basket, order and a whole purchase cost the same at 100 and at 5,000 listings."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.shop.street import checkout_fields
from tests.shop.street_of import fill_street
from winkelstraat.payments.models import Payment
from winkelstraat.payments.operations import retell_payment
from winkelstraat.shop.models import Listing, Purchase

pytestmark = pytest.mark.django_db

BUDGETS = {"add": 16, "basket": 14, "purchase": 90, "order": 12, "badge": 1}


def of_three_shops() -> list[int]:
    """Return a listing of each of three shops."""
    found: dict[int, int] = {}
    for listing in Listing.objects.order_by("pk")[10:40]:
        found.setdefault(listing.seller_id, listing.pk)
    return list(found.values())[:3]


@pytest.mark.parametrize("count", [100, 5000])
def test_buying_stays_within_its_queries(client: Client, sandbox: object, count: int) -> None:
    fill_street(count)
    listings = of_three_shops()
    visitor = Client()
    for listing in listings:
        visitor.post("/mandje/erin/", {"listing": listing})
    fields = checkout_fields(visitor, step="place")
    fields["seen_total"] = "1020"
    cache.clear()

    counted = {}
    with CaptureQueriesContext(connection) as whole:
        for listing in listings:
            with CaptureQueriesContext(connection) as adding:
                client.post("/mandje/erin/", {"listing": listing})
            counted["add"] = max(counted.get("add", 0), len(adding))
        client.post("/afrekenen/", {**fields, "step": "review"})
        answer = client.post("/afrekenen/", fields)
    assert answer.status_code == 303
    counted["purchase"] = len(whole)
    purchase = Purchase.objects.get()
    assert purchase.seller_orders.count() == 3

    retell_payment(payment_id=Payment.objects.get().pk, now=purchase.placed_at)
    cache.clear()
    with CaptureQueriesContext(connection) as paid:
        assert client.get(f"/bestelling/{purchase.number}/").status_code == 200
    counted["order"] = len(paid)
    cache.clear()
    with CaptureQueriesContext(connection) as basket:
        assert visitor.get("/mandje/").context["basket"].count == 3
    counted["basket"] = len(basket)
    with CaptureQueriesContext(connection) as badge:
        assert "3" in visitor.get("/mandje/aantal/").content.decode()
    counted["badge"] = len(badge)

    assert counted == {"add": 8, "purchase": 40, "order": 6, "basket": 5, "badge": 1}
    assert all(counted[name] <= budget for name, budget in BUDGETS.items())
