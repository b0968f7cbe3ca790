"""A shop knows its buyer as long as it needs to, and thirty days more (PRV-01)."""

from datetime import timedelta

import pytest

from tests.shop.street import NOW, base_basket, order, pay
from winkelstraat.shop.domain.masking import is_hidden_by_time
from winkelstraat.shop.models import SellerOrder
from winkelstraat.shop.queries.desk import get_desk_order
from winkelstraat.shop.queries.refunds import get_givable

DAYS = timedelta(days=30)


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["collected", "cancelled"])
def test_thirty_days_after_an_order_is_done_its_buyer_is_masked(status: str) -> None:
    street = base_basket()
    seller = street.sellers[0]
    part = SellerOrder.objects.get(purchase=pay(order(street)), seller=seller)
    done = {f"{status}_at": NOW, "status": status, "fulfilment": "delivery"}
    SellerOrder.objects.filter(pk=part.pk).update(**done)
    part.purchase.__class__.objects.filter(pk=part.purchase_id).update(
        buyer_phone="0612345678",
        delivery_address="Brink 9",
        delivery_postcode="9331 AB",
        company_name="Veen bv",
    )
    for after, known in [(DAYS - timedelta(seconds=1), True), (DAYS, False), (DAYS * 20, False)]:
        seen = get_desk_order(seller, number=part.number, now=NOW + after)
        back = get_givable(seller, number=part.number, now=NOW + after)
        assert seen is not None
        assert back is not None
        names = ("Janna Veen", "0612345678", "Brink 9, 9331 AB", "Veen bv")
        hidden = ("J. V.", "", "9331", "")
        shown = (seen.buyer_name, seen.buyer_phone, seen.place, seen.company)
        assert shown == (names if known else hidden)
        assert back.buyer_name == ("Janna Veen" if known else "J. V.")


def test_what_is_not_done_hides_nobody() -> None:
    assert not is_hidden_by_time(None, now=NOW + DAYS * 100)
