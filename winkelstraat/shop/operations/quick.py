"""Change price and stock from the list, where two people may be at it at once.

A price is a decision: who had another one before him hears both and writes nothing. Stock
is a count that buyers change as well: only the difference with what stood on the screen
counts, so that nobody's sale or count is lost, and who was second hears what came of it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from oscar.apps.partner.models import StockRecord

from winkelstraat.shop.domain.odd_prices import is_odd_price
from winkelstraat.shop.models import Listing, SellerProfile
from winkelstraat.shop.operations.prices import keep_stock, renew_pages, set_price


@dataclass(frozen=True)
class QuickChange:
    """What somebody types in the list, and what he saw; None is what he left alone."""

    price_cents: int | None = None
    seen_price_cents: int | None = None
    stock: int | None = None
    seen_stock: int | None = None
    price_is_right: bool = False


@dataclass(frozen=True)
class QuickDone:
    """What stood there just before, and how much the stock differed from what was seen."""

    price_cents: int
    available: int
    meanwhile: int


@dataclass
class PriceCollides(Exception):
    """A colleague changed the price since it was on the screen."""

    theirs_cents: int
    mine_cents: int


@dataclass
class PriceIsOdd(Exception):
    """A price that is far from the last one, and nobody said that it is right."""

    cents: int


@transaction.atomic
def change_quickly(
    *, seller: SellerProfile, listing_id: int, change: QuickChange, now: datetime
) -> QuickDone:
    """Write the new price and stock of one of the seller's own listings, both or neither.

    :raises Listing.DoesNotExist: for another seller's listing.
    :raises PriceCollides: when the price is not the one that was seen.
    :raises PriceIsOdd: when it must be confirmed first.
    """
    listing = Listing.objects.select_for_update(no_key=True).get(seller=seller, pk=listing_id)
    available = _lock_stock(listing.product_id)
    done = QuickDone(
        price_cents=listing.price_cents,
        available=available,
        meanwhile=0 if change.seen_stock is None else available - change.seen_stock,
    )
    wanted = change.price_cents
    # What stands as it was seen is not a wish to change it.
    if wanted is not None and wanted not in (change.seen_price_cents, listing.price_cents):
        _check_price(listing, wanted, change)
        set_price(seller=seller, listing_id=listing_id, price_cents=wanted, now=now)
    if change.stock is not None:
        keep_stock(product_id=listing.product_id, available=change.stock, seen=change.seen_stock)
        renew_pages(seller.pk)
    return done


def _check_price(listing: Listing, wanted: int, change: QuickChange) -> None:
    if change.seen_price_cents not in (None, listing.price_cents):
        raise PriceCollides(listing.price_cents, wanted)
    if not change.price_is_right and is_odd_price(wanted, old_cents=listing.price_cents):
        raise PriceIsOdd(wanted)


def _lock_stock(product_id: int) -> int:
    record = StockRecord.objects.select_for_update().filter(product_id=product_id)
    return int(
        record.annotate(left=F("num_in_stock") - F("num_allocated"))
        .values_list("left", flat=True)
        .get()
    )
