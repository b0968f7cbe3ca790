"""Thirty people at one product: helpers count, buyers buy, and no loaf is lost or made."""

import random
from collections.abc import Callable

import pytest
from oscar.apps.partner.models import StockRecord

from tests.builders import build_listing
from tests.shop.test_purchase_races import basket_with, buy, run_at_once, shop
from winkelstraat.shop.domain.refusals import NotEnoughStock
from winkelstraat.shop.models import Listing, Purchase, SellerProfile
from winkelstraat.shop.operations.prices import set_stock
from winkelstraat.shop.queries.desk_offers import get_offer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

PEOPLE, ROUNDS, STOCK = 30, 4, 40


def count_again(seller: SellerProfile, listing: Listing, seed: int, *, blind: bool) -> int:
    """Take one off or put one back after looking, a few times; return what that adds up to."""
    chance, together = random.Random(seed), 0
    for _ in range(ROUNDS):
        offer = get_offer(seller, listing_id=listing.pk)
        assert offer is not None
        step = 1 if offer.available == 0 else chance.choice((-1, 1))
        set_stock(
            seller=seller,
            listing_id=listing.pk,
            available=offer.available + step,
            seen=None if blind else offer.available,
        )
        together += step
    return together


def work(*, blind: bool) -> tuple[StockRecord, int, int]:
    """Let ten helpers and twenty buyers at it; return the stock, the steps and the sales."""
    seller = shop()
    listing = build_listing(seller=seller, stock=STOCK)
    baskets = [basket_with(listing) for _ in range(PEOPLE - 10)]
    works: list[Callable[[], object]] = [
        lambda seed=seed: count_again(seller, listing, seed, blind=blind)  # type: ignore[misc]
        for seed in range(10)
    ]
    works += [lambda basket=basket: buy(basket) for basket in baskets]  # type: ignore[misc]
    found = run_at_once(works)
    unexpected = [
        one for one in found if isinstance(one, Exception) and not isinstance(one, NotEnoughStock)
    ]
    assert not unexpected
    record = StockRecord.objects.get(product_id=listing.product_id)
    steps = sum(one for one in found if isinstance(one, int))
    return record, steps, sum(isinstance(one, Purchase) for one in found)


def test_no_loaf_is_lost_or_made_whoever_counts_while_others_buy() -> None:
    record, steps, sold = work(blind=False)
    assert record.num_allocated == sold
    assert record.num_in_stock == STOCK + steps
    assert 0 <= record.num_allocated <= record.num_in_stock


def test_without_what_was_seen_the_last_count_wipes_out_the_others() -> None:
    assert any(
        record.num_in_stock != STOCK + steps
        for record, steps, _sold in (work(blind=True) for _ in range(3))
    )
