"""Change what a listing costs and how much there is of it; every price is kept."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from oscar.apps.partner.models import StockRecord

from winkelstraat.common.page_cache import move_topics
from winkelstraat.shop.domain.unit_price import unit_price
from winkelstraat.shop.models import Listing, PriceChange, SellerProfile


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
    """
    listing = Listing.objects.select_for_update().get(seller=seller, pk=listing_id)
    if listing.price_cents == price_cents:
        return
    compared = unit_price(
        price_cents=price_cents, net_quantity=listing.net_quantity, net_unit=listing.net_unit
    )
    listing.price_cents = price_cents
    listing.unit_price_cents = compared.cents if compared else None
    listing.version += 1
    listing.save(update_fields=["price_cents", "unit_price_cents", "version"])
    StockRecord.objects.filter(product_id=listing.product_id).update(
        price=Decimal(price_cents) / 100
    )
    note_price(listing=listing, now=now, is_offer=is_offer)
    renew_pages(seller.pk)


def note_price(*, listing: Listing, now: datetime, is_offer: bool = False) -> None:
    """Keep what a listing costs from now on (PRI-02)."""
    PriceChange.objects.create(
        listing=listing, at=now, price_cents=listing.price_cents, is_offer=is_offer
    )


@transaction.atomic
def set_stock(*, seller: SellerProfile, listing_id: int, available: int) -> None:
    """Say how many are left to sell; what buyers hold is kept apart.

    :raises Listing.DoesNotExist: for another seller's listing.
    """
    listing = Listing.objects.get(seller=seller, pk=listing_id)
    StockRecord.objects.filter(product_id=listing.product_id).update(
        num_in_stock=F("num_allocated") + available
    )
    renew_pages(seller.pk)


def renew_pages(seller_id: int) -> None:
    """Let kept pages with this shop's offer be made anew after commit."""
    transaction.on_commit(lambda: move_topics("offer", f"shop:{seller_id}"))
