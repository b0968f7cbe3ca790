"""Publish what a shop offers.

Publishing writes what lists show (unit price, picture address, search words) into the
listing's own row, so that reading a page computes nothing.
"""

from datetime import datetime

from django.db import transaction

from winkelstraat.shop.models import Listing, SellerProfile
from winkelstraat.shop.models.listings import ListingStatus
from winkelstraat.shop.operations.drafts import ListingDraft, check_draft, refuse_taken_off
from winkelstraat.shop.operations.listing_rows import Offered, write_offers
from winkelstraat.shop.operations.prices import renew_pages


class EditCollides(Exception):
    """Somebody else changed the listing since this form was opened."""


@transaction.atomic
def publish_listing(
    *,
    seller: SellerProfile,
    draft: ListingDraft,
    now: datetime,
    listing: Listing | None = None,
    seen_version: int | None = None,
    seen_stock: int | None = None,
) -> Listing:
    """Offer a thing for sale, or bring an offered one up to date.

    `seen_version` is the version that the shopkeeper had before him; without it the last
    one wins. `seen_stock` is the stock that he had before him: then only the difference
    counts, because buyers were busy meanwhile.

    :raises EditCollides: when another was saved meanwhile; nothing is written.
    :raises CannotPublish: when something that the law asks is missing; nothing is written.
    """
    if listing is not None:
        listing = Listing.objects.select_for_update(no_key=True).get(seller=seller, pk=listing.pk)
        if seen_version is not None and seen_version != listing.version:
            raise EditCollides
        refuse_taken_off(listing)
    category = check_draft(seller=seller, draft=draft, now=now)
    offered = Offered(draft, category.name, listing=listing, seen_stock=seen_stock)
    return write_offers(seller=seller, offers=[offered], now=now)[0]


@transaction.atomic
def withdraw_listing(*, seller: SellerProfile, listing_id: int) -> None:
    """Take one of the seller's own listings off the street; its orders stay.

    :raises Listing.DoesNotExist: for another seller's listing.
    """
    listing = Listing.objects.select_for_update(no_key=True).get(seller=seller, pk=listing_id)
    listing.status = ListingStatus.WITHDRAWN
    listing.version += 1
    listing.save(update_fields=["status", "version"])
    renew_pages(seller.pk)
