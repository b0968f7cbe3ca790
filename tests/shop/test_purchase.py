"""A resident buys from three shops: 8,85 + 24,99 + 14,50 = 48,34, to the cent."""

import pytest
from django.test import Client

from tests.shop.street import BaseBasket, base_basket, checkout_fields, fill_basket
from winkelstraat.shop.models import Purchase, SellerOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def test_the_base_basket_costs_48_34_and_its_vat_is_taken_per_shop(
    client: Client, street: BaseBasket, sandbox: object
) -> None:
    fill_basket(client, street)
    page = client.get("/mandje/").content.decode()
    assert "€\u00a048,34" in page
    review = client.post("/afrekenen/", checkout_fields(client, step="review"))
    text = review.content.decode()
    assert "Bestelling met betalingsverplichting" in text
    answer = client.post("/afrekenen/", checkout_fields(client, step="place", seen_total="4834"))
    assert answer.status_code == 303
    purchase = Purchase.objects.get()
    assert purchase.total_cents == 4834
    parts = SellerOrder.objects.order_by("sequence").values_list("total_cents", "vat_cents")
    assert list(parts) == [(885, 73), (2499, 434), (1450, 120)]
