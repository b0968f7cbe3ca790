"""Carry out and undo the rows of a spreadsheet, a batch at a time.

A batch is one transaction with its marks in it. A row whose thing a colleague changed
since the row was looked over, or carried out, is left alone and says so: nobody is
overruled by a list. Stock moves by the difference, so that what was sold stays sold.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from oscar.apps.catalogue.models import Product

from winkelstraat.shop.domain.duties import CannotPublish
from winkelstraat.shop.models import (
    ImportRow,
    ImportRun,
    Listing,
    SellerOrderLine,
    SellerProfile,
    Verdict,
)
from winkelstraat.shop.models.listings import ListingStatus
from winkelstraat.shop.operations.drafts import ListingDraft, check_draft, draft_of
from winkelstraat.shop.operations.import_photos import put_back_photo
from winkelstraat.shop.operations.listing_rows import Offered, write_offers
from winkelstraat.shop.operations.listings import withdraw_listing
from winkelstraat.shop.operations.prices import renew_pages, set_stock
from winkelstraat.shop.queries.categories import get_category

CHANGED_SINCE, LEFT_ALONE = "changed_since", "left_alone"

Say = Callable[[str], str]
QUANTITIES = ("net_quantity", "drained_quantity")


@transaction.atomic
def apply_rows(run: ImportRun, rows: Sequence[ImportRow], *, say: Say, now: datetime) -> None:
    """Offer what these rows say; a row that no longer can be done is refused with its reason."""
    locked = _lock(rows)
    offers: list[tuple[ImportRow, Offered]] = []
    for row in rows:
        offered = _read_row(run, row, locked, say, now)
        if offered is None:
            row.verdict = Verdict.REFUSED
        else:
            offers.append((row, offered))
    written = write_offers(seller=run.seller, offers=[offered for _row, offered in offers], now=now)
    for (row, _offered), listing in zip(offers, written, strict=True):
        row.listing, row.is_applied, row.applied_version = listing, True, listing.version
    fields = ["listing", "is_applied", "applied_version", "problems", "verdict"]
    ImportRow.objects.bulk_update(rows, fields)


def _read_row(
    run: ImportRun, row: ImportRow, locked: Mapping[int, Listing], say: Say, now: datetime
) -> Offered | None:
    """Return what a row wants, None with its problem noted when it cannot be done."""
    draft = read_draft(row.offer or {})
    try:
        category = check_draft(seller=run.seller, draft=draft, now=now)
    except CannotPublish as refusal:
        row.problems = [{"label": "", "text": say(field)} for field in refusal.missing]
        return None
    if row.before is None:
        return Offered(draft, category.name)
    listing = locked.get(row.listing_id or 0)
    if listing is None or _moved_on(
        listing, row.seen_version, row.before["draft"], row.before["status"]
    ):
        row.problems = [{"label": "", "text": say(CHANGED_SINCE)}]
        return None
    seen = row.before["draft"]["stock"]
    return Offered(draft, category.name, listing, seen_stock=seen, status=listing.status)


@transaction.atomic
def undo_rows(run: ImportRun, rows: Sequence[ImportRow], *, say: Say, now: datetime) -> None:
    """Bring back what stood there before these rows, unless a colleague went on with it."""
    locked = _lock(rows)
    brought, changed = [], []
    for row in rows:
        listing = locked.get(row.listing_id or 0)
        row.is_applied = False
        if listing is None:
            continue
        status = row.before["status"] if row.before else ListingStatus.PUBLISHED
        if _moved_on(listing, row.applied_version, row.offer or {}, status):
            row.problems = [*row.problems, {"label": "", "text": say(LEFT_ALONE)}]
        elif row.before is None:
            brought.append(listing)
        else:
            changed.append((row, listing))
    _bring_back(run.seller, changed, now)
    _take_away(run.seller, brought)
    ImportRow.objects.bulk_update(rows, ["is_applied", "problems"])


def _bring_back(
    seller: SellerProfile, changed: Sequence[tuple[ImportRow, Listing]], now: datetime
) -> None:
    offers = []
    for row, listing in changed:
        before = row.before or {}
        draft = read_draft(before["draft"])
        category = get_category(draft.category_id)
        offers.append(
            Offered(
                draft,
                category.name if category else "",
                listing,
                seen_stock=(row.offer or {})["stock"],
                status=before["status"],
                prior_price_cents=before["prior_price_cents"],
            )
        )
    write_offers(seller=seller, offers=offers, now=now)
    for row, listing in changed:
        if row.photo_done:
            put_back_photo(listing, (row.before or {})["photo_id"])


def _take_away(seller: SellerProfile, brought: Sequence[Listing]) -> None:
    """Remove what the run brought; what something hangs on only leaves the street."""
    keys = [listing.pk for listing in brought]
    ordered = SellerOrderLine.objects.filter(listing__in=keys).values_list("listing", flat=True)
    kept = set(ordered)
    gone = [listing for listing in brought if listing.pk not in kept]
    if not _delete(gone):
        kept |= {listing.pk for listing in gone if not _delete([listing])}
    for key in kept:
        withdraw_listing(seller=seller, listing_id=key)
        set_stock(seller=seller, listing_id=key, available=0)
    renew_pages(seller.pk)


def _delete(listings: Sequence[Listing]) -> bool:
    """Delete listings with their products; False, and nothing done, when one is needed."""
    try:
        with transaction.atomic():
            Listing.objects.filter(pk__in=[one.pk for one in listings]).delete()
            Product.objects.filter(pk__in=[one.product_id for one in listings]).delete()
    except ProtectedError:
        return False
    return True


def _moved_on(listing: Listing, version: int | None, kept: Mapping[str, Any], status: str) -> bool:
    """Tell whether a listing is another one than it was; who changed it back did not."""
    if listing.version == version:
        return False
    draft = draft_of(listing, stock=0)
    return listing.status != status or draft != replace(read_draft(kept), stock=0)


def _lock(rows: Sequence[ImportRow]) -> dict[int, Listing]:
    """Lock the listings of these rows, lowest key first, and return them by key."""
    wanted = Listing.objects.filter(pk__in=[row.listing_id for row in rows if row.listing_id])
    return {one.pk: one for one in wanted.select_for_update(no_key=True).order_by("pk")}


def keep_before(listing: Listing) -> dict[str, Any]:
    """Return what stands there as JSON can keep it; stock and photo as annotated."""
    counted: Any = listing
    return {
        "draft": write_draft(draft_of(listing)),
        "status": str(listing.status or ListingStatus.PUBLISHED),
        "prior_price_cents": listing.prior_price_cents,
        "photo_id": counted.photo_id,
    }


def write_draft(draft: ListingDraft) -> dict[str, Any]:
    """Return a draft as JSON can keep it."""
    return {
        name: str(value) if isinstance(value, Decimal) else value
        for name, value in asdict(draft).items()
    }


def read_draft(kept: Mapping[str, Any]) -> ListingDraft:
    """Return the draft that was kept."""
    amounts = {name: Decimal(kept[name]) for name in QUANTITIES if kept.get(name) is not None}
    return ListingDraft(**{**kept, **amounts})
