"""Keep what a shopkeeper types while he types it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from dorpen.register.models import Photo
from winkelstraat.shop.models import Listing, ListingSketch, SellerProfile

LONGEST_TEXT = 5_000


@transaction.atomic
def save_sketch(
    *,
    seller: SellerProfile,
    author_id: int,
    listing_id: int | None,
    fields: Mapping[str, Any],
    now: datetime,
) -> ListingSketch:
    """Keep the fields as typed, right or wrong; one sketch per person and thing.

    :raises Listing.DoesNotExist: for another seller's listing.
    """
    listing = Listing.objects.get(seller=seller, pk=listing_id) if listing_id else None
    sketch, _made = ListingSketch.objects.update_or_create(
        seller=seller,
        author_id=author_id,
        listing=listing,
        defaults={
            "fields": {name: str(value)[:LONGEST_TEXT] for name, value in fields.items()},
            "saved_at": now,
        },
    )
    return sketch


@transaction.atomic
def keep_photo_of_sketch(*, sketch: ListingSketch, photo: Photo) -> None:
    """Remember the picture, so that a form that is sent back does not lose it."""
    sketch.photo = photo
    sketch.save(update_fields=["photo"])


@transaction.atomic
def drop_sketch(*, seller: SellerProfile, author_id: int, listing_id: int | None) -> None:
    """Forget what was typed: it is offered now, or nobody wants it."""
    own = ListingSketch.objects.filter(seller=seller, author_id=author_id)
    gone = own.filter(listing=None) if listing_id is None else own.filter(listing_id=listing_id)
    gone.delete()
