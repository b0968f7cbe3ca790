"""A shop that is too late: the buyer cancels its part and has everything back (CON-11)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.shop.street import NOW, BaseBasket, base_basket, order, pay
from winkelstraat.payments.models import Refund
from winkelstraat.shop.domain.refusals import NotOverdue, UnknownOrder
from winkelstraat.shop.domain.status import is_overdue
from winkelstraat.shop.models import Purchase, SellerOrder
from winkelstraat.shop.operations.orders import hand_out_at_shop, mark_ready
from winkelstraat.shop.operations.overdue import cancel_overdue
from winkelstraat.shop.queries.order_keys import get_order_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


@pytest.fixture
def bread(street: BaseBasket) -> SellerOrder:
    return SellerOrder.objects.get(purchase=pay(order(street)), seller=street.sellers[0])


def late(part: SellerOrder) -> datetime:
    return part.promised_until + timedelta(seconds=1)


def cancel(part: SellerOrder, now: datetime) -> int:
    return cancel_overdue(purchase_id=part.purchase_id, number=part.number, now=now)


def test_everything_of_the_late_shop_comes_back_once_and_the_others_go_on(
    bread: SellerOrder,
) -> None:
    assert cancel(bread, late(bread)) == 885
    assert cancel(bread, late(bread)) == 0, "twice is once"
    assert Refund.objects.get().amount_cents == 885
    statuses = bread.purchase.seller_orders.order_by("sequence").values_list("status", flat=True)
    assert list(statuses) == ["cancelled", "paid", "paid"]


def test_until_the_last_promised_second_nothing_is_late(bread: SellerOrder) -> None:
    with pytest.raises(NotOverdue):
        cancel(bread, bread.promised_until)
    bread.refresh_from_db()
    assert (bread.status, Refund.objects.count()) == ("paid", 0)


def test_what_is_packed_waits_for_the_buyer_and_what_was_had_is_had(
    street: BaseBasket, bread: SellerOrder
) -> None:
    mark_ready(seller=street.sellers[0], number=bread.number, now=NOW)
    with pytest.raises(NotOverdue):
        cancel(bread, late(bread))
    SellerOrder.objects.filter(pk=bread.pk).update(fulfilment="shop")
    hand_out_at_shop(seller=street.sellers[0], number=bread.number, age_checked=False, now=NOW)
    with pytest.raises(NotOverdue):
        cancel(bread, late(bread))
    assert Refund.objects.count() == 0


def test_what_must_be_brought_is_late_until_it_is_there() -> None:
    until = NOW
    for status, brought, is_late in [
        ("paid", False, True),
        ("ready", False, False),
        ("ready", True, True),
        ("collected", True, False),
        ("cancelled", True, False),
        ("awaiting_payment", True, False),
    ]:
        after = until + timedelta(microseconds=1)
        assert is_overdue(status, until, brought=brought, now=after) == is_late
        assert not is_overdue(status, until, brought=brought, now=until)


def test_a_part_of_another_purchase_is_unknown(street: BaseBasket, bread: SellerOrder) -> None:
    other = pay(order(street))
    with pytest.raises(UnknownOrder):
        cancel_overdue(purchase_id=other.pk, number=bread.number, now=late(bread))
    assert Refund.objects.count() == 0


def test_the_page_of_the_order_offers_it_and_only_its_buyer_may(
    bread: SellerOrder, client: Client
) -> None:
    number = bread.purchase.number
    address = f"/bestelling/{number}/te-laat/{bread.number}/"
    assert Client().post(address).status_code == 404
    client.get(f"/bestelling/{number}/{get_order_key(number)}/")
    shown = f"/bestelling/{number}/"
    SellerOrder.objects.update(promised_until=timezone.now() + timedelta(hours=1))
    assert "te laat" not in client.get(shown).content.decode()
    past = NOW - timedelta(days=400)
    SellerOrder.objects.filter(pk=bread.pk).update(promised_from=past, promised_until=past)
    assert address in client.get(shown).content.decode()
    assert "€\u00a08,85" in client.get(address).content.decode()
    assert Refund.objects.count() == 0, "looking cancels nothing"
    assert client.post(address).status_code == 302
    assert Refund.objects.get().amount_cents == 885
    assert Purchase.objects.get().status == "paid"
