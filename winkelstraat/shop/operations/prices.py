"""Change what a listing costs and how much there is of it; every price is kept."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest
from oscar.apps.partner.models import StockRecord

from winkelstraat.common.page_cache import move_topics
from winkelstraat.shop.domain.alcohol import check_alcohol_offer
from winkelstraat.shop.domain.prior_price import PricePoint, find_prior_price
from winkelstraat.shop.domain.unit_price import Content, unit_price
from winkelstraat.shop.models import Listing, PriceChange, SellerProfile
from winkelstraat.shop.models.listings import WithdrawalClass


@transaction.atomic
def set_price(
    *,
    seller: SellerProfile,
    listing_id: int,
    price_cents: int,
    now: datetime,
    is_offer: bool = False,
) -> None:
    """Change the price of one of the seller's own listings, for good or as an offer.

    :raises Listing.DoesNotExist: for another seller's listing.
    :raises TooCheapAlcohol: for an offer of more than a quarter off alcohol; nothing is
        written.
    """
    listing = Listing.objects.select_for_update(no_key=True).get(seller=seller, pk=listing_id)
    if listing.price_cents == price_cents:
        return
    if is_offer and listing.alcohol_class != "none":
        check_alcohol_offer(price_cents, regular_cents=regular_price(listing))
    listing.prior_price_cents = None
    compared = unit_price(price_cents=price_cents, content=content_of(listing))
    listing.price_cents = price_cents
    listing.unit_price_cents = compared.cents if compared else None
    listing.version += 1
    listing.save(update_fields=["price_cents", "prior_price_cents", "unit_price_cents", "version"])
    StockRecord.objects.filter(product_id=listing.product_id).update(
        price=Decimal(price_cents) / 100
    )
    note_price(listing=listing, now=now, is_offer=is_offer)
    renew_pages(seller.pk)


def content_of(listing: Listing) -> Content:
    """Return what is in one, as the price per kilo is reckoned over it."""
    return Content(listing.net_quantity, listing.net_unit, listing.pieces, listing.drained_quantity)


def regular_price(listing: Listing) -> int:
    """Return what a listing last cost outside any offer."""
    regular = PriceChange.objects.filter(listing=listing, is_offer=False).order_by("at", "pk")
    found = regular.values_list("price_cents", flat=True).last()
    return found if found is not None else listing.price_cents


def note_price(*, listing: Listing, now: datetime, is_offer: bool = False) -> None:
    """Keep what a listing costs from now on, and what that may be compared with (PRI-02)."""
    PriceChange.objects.create(
        listing=listing, at=now, price_cents=listing.price_cents, is_offer=is_offer
    )
    prior = _prior_price(listing, now) if is_offer else None
    if prior != listing.prior_price_cents:
        listing.prior_price_cents = prior
        listing.save(update_fields=["prior_price_cents"])


def _prior_price(listing: Listing, now: datetime) -> int | None:
    rows = PriceChange.objects.filter(listing=listing).order_by("at", "pk")
    history = [
        PricePoint(*row) for row in rows.values_list("at", "price_cents", "is_offer").iterator()
    ]
    spoils = listing.withdrawal_class == WithdrawalClass.PERISHABLE
    found = find_prior_price(history, at=now, spoils_quickly=spoils)
    return found.price_cents if found else None


@transaction.atomic
def set_stock(
    *, seller: SellerProfile, listing_id: int, available: int, seen: int | None = None
) -> None:
    """Say how many are left to sell; what buyers hold is kept apart.

    With `seen`, the number that stood on the screen, only the difference counts: what was
    sold or handed in meanwhile is not lost, whoever was first. Never below nothing.

    :raises Listing.DoesNotExist: for another seller's listing.
    """
    listing = Listing.objects.get(seller=seller, pk=listing_id)
    keep_stock(product_id=listing.product_id, available=available, seen=seen)
    renew_pages(seller.pk)


def keep_stock(*, product_id: int, available: int, seen: int | None) -> None:
    """Write the number that is left, or the difference with what was seen, in one statement."""
    wanted: Combinable = F("num_allocated") + available
    if seen is not None:
        wanted = Greatest(F("num_allocated"), F("num_in_stock") + (available - seen))
    StockRecord.objects.filter(product_id=product_id).update(num_in_stock=wanted)


def renew_pages(seller_id: int) -> None:
    """Let kept pages with this shop's offer be made anew after commit."""
    transaction.on_commit(lambda: move_topics("offer", f"shop:{seller_id}"))
