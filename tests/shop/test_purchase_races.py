"""Many buyers at once on real connections, and what happens without the lock."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.db.models import F
from oscar.apps.partner.models import StockRecord

from tests.builders import build_listing, build_seller
from tests.shop.street import EVERY_DAY, NOW
from winkelstraat.payments.models import Payment
from winkelstraat.shop.domain.hours import OpenStretch
from winkelstraat.shop.domain.refusals import NotEnoughStock
from winkelstraat.shop.models import Listing, Purchase, SellerProfile
from winkelstraat.shop.operations import checkout
from winkelstraat.shop.operations.basket import add_to_basket
from winkelstraat.shop.operations.checkout import BuyerDetails, Choice, place_purchase
from winkelstraat.shop.operations.orders import confirm_purchase, expire_purchase
from winkelstraat.shop.operations.sellers import set_opening_hours
from winkelstraat.shop.queries.baskets import get_basket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

BUYERS = 8


def run_at_once(works: list[Callable[[], object]]) -> list[object]:
    """Run every work in a thread of its own, started together; return results or errors."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        gate.wait()
        try:
            return work()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(run, work) for work in works]]


def shop() -> SellerProfile:
    """Open a shop that is open every day."""
    seller = build_seller()
    stretches = [OpenStretch(*day) for day in EVERY_DAY]
    set_opening_hours(seller=seller, stretches=stretches, checked_on=NOW.date())
    return seller


def basket_with(*listings: Listing) -> int:
    """Fill a guest's basket with one of each."""
    basket_id = None
    for listing in listings:
        change = add_to_basket(
            basket_id=basket_id, owner=None, listing_id=listing.pk, quantity=1, now=NOW
        )
        basket_id = change.basket_id
    return basket_id or 0


def buy(basket_id: int) -> Purchase:
    """Order a basket, collected at the shop."""
    return place_purchase(
        basket_id=basket_id,
        buyer=BuyerDetails(name="Janna Veen", email="janna@example.nl"),
        choices={
            shop.seller_id: Choice("shop", shop.ways[0].start, shop.ways[0].end)
            for shop in get_basket(basket_id=basket_id, now=NOW).shops
        },
        seen_total_cents=None,
        now=NOW,
    )


def buyers_of(listing: Listing) -> list[Callable[[], object]]:
    """Return eight buyers with the same thing in their baskets."""
    baskets = [basket_with(listing) for _ in range(BUYERS)]
    return [lambda basket=basket: buy(basket) for basket in baskets]


def test_case_8_eight_buyers_of_the_last_one_give_one_order() -> None:
    listing = build_listing(seller=shop(), stock=1)
    results = run_at_once(buyers_of(listing))
    assert sum(isinstance(result, Purchase) for result in results) == 1
    assert sum(isinstance(result, NotEnoughStock) for result in results) == BUYERS - 1
    assert (Purchase.objects.count(), Payment.objects.count()) == (1, 1)
    assert StockRecord.objects.values_list("num_in_stock", "num_allocated").get() == (1, 1)


def test_case_8_without_the_lock_and_the_guard_eight_buyers_give_eight_orders(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everybody_looked = threading.Barrier(BUYERS, timeout=20)

    def hold_as_oscar_does(quantities: Mapping[int, int]) -> None:
        everybody_looked.wait()
        for record, quantity in quantities.items():
            StockRecord.objects.filter(pk=record).update(
                num_allocated=F("num_allocated") + quantity
            )

    monkeypatch.setattr(checkout, "hold_stock", hold_as_oscar_does)
    listing = build_listing(seller=shop(), stock=1)
    results = run_at_once(buyers_of(listing))
    assert [type(result) for result in results] == [Purchase] * BUYERS
    assert StockRecord.objects.values_list("num_in_stock", "num_allocated").get() == (1, BUYERS)


def test_case_9_eight_clicks_on_the_same_basket_give_one_order() -> None:
    basket_id = basket_with(build_listing(seller=shop(), stock=10))
    results = run_at_once([lambda: buy(basket_id).number] * BUYERS)
    assert len(set(results)) == 1
    assert (Purchase.objects.count(), Payment.objects.count()) == (1, 1)
    assert StockRecord.objects.values_list("num_allocated", flat=True).get() == 1


def test_baskets_in_opposite_order_never_wait_for_each_other() -> None:
    seller = shop()
    bread = build_listing("Brood", seller=seller, stock=50)
    milk = build_listing("Melk", seller=seller, stock=50)
    works = []
    for number in range(BUYERS):
        pair = (bread, milk) if number % 2 else (milk, bread)
        basket_id = basket_with(*pair)
        works.append(lambda basket_id=basket_id: buy(basket_id))
    results = run_at_once(works)
    assert [type(result) for result in results] == [Purchase] * BUYERS
    assert list(StockRecord.objects.values_list("num_allocated", flat=True)) == [BUYERS, BUYERS]


def test_paying_and_expiring_at_once_end_in_one_of_both() -> None:
    listing = build_listing(seller=shop(), stock=1)
    purchase = buy(basket_with(listing))
    run_at_once(
        [
            lambda: confirm_purchase(purchase_ref=purchase.reference, now=NOW),
            lambda: expire_purchase(purchase_ref=purchase.reference, now=NOW),
        ]
        * 4
    )
    purchase.refresh_from_db()
    # Expired first is revived by the payment, because the goods are still there.
    assert purchase.status == "paid"
    assert StockRecord.objects.values_list("num_in_stock", "num_allocated").get() == (0, 0)
