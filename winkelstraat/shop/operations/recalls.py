"""Call goods back: off the street at once, and each buyer of them told once (MKT-07)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from winkelstraat.shop.domain.refusals import UnknownListing
from winkelstraat.shop.models import Listing, Recall, RecallMail, SellerProfile
from winkelstraat.shop.models.listings import ListingStatus
from winkelstraat.shop.operations.prices import renew_pages
from winkelstraat.shop.queries.recalls import list_buyers


@dataclass(frozen=True)
class RecallDraft:
    """What is called back, why, and what to do with it."""

    listing_id: int
    batch_code: str
    sold_from: date
    sold_until: date
    danger: str
    advice: str


@transaction.atomic
def start_recall(
    *, seller: SellerProfile, draft: RecallDraft, user_id: int | None, now: datetime
) -> Recall:
    """Take the listing off the street and note every buyer who must be told.

    :raises UnknownListing: for another seller's listing.
    """
    listing = (
        Listing.objects.select_for_update(no_key=True)
        .filter(seller=seller, pk=draft.listing_id)
        .first()
    )
    if listing is None:
        raise UnknownListing
    recall = Recall.objects.create(
        seller=seller,
        listing=listing,
        batch_code=draft.batch_code,
        sold_from=draft.sold_from,
        sold_until=draft.sold_until,
        danger=draft.danger,
        advice=draft.advice,
        started_at=now,
        started_by_id=user_id,
    )
    buyers = list_buyers(seller, draft)
    RecallMail.objects.bulk_create(
        RecallMail(recall=recall, purchase_id=purchase) for purchase in buyers
    )
    listing.status = ListingStatus.WITHDRAWN
    listing.save(update_fields=["status"])
    renew_pages(seller.pk)
    return recall
