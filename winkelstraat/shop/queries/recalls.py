"""Who bought what is called back, and which recalls run."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from django.db.models import Q

from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.models import Listing, Recall, RecallMail, SellerOrderLine, SellerProfile
from winkelstraat.shop.models.purchases import SellerOrderStatus

SHOWN_FOR = timedelta(days=183)
BOUGHT = (SellerOrderStatus.PAID, SellerOrderStatus.READY, SellerOrderStatus.COLLECTED)


class Wanted(Protocol):
    """Which goods are meant."""

    @property
    def listing_id(self) -> int: ...
    @property
    def batch_code(self) -> str: ...
    @property
    def sold_from(self) -> date: ...
    @property
    def sold_until(self) -> date: ...


@dataclass(frozen=True)
class RecallRow:
    """One recall as everybody reads it."""

    id: int
    shop_name: str
    shop_slug: str
    title: str
    batch_code: str
    sold_from: date
    sold_until: date
    danger: str
    advice: str
    started_at: datetime


@dataclass(frozen=True)
class Recallable:
    """Something of the shop that can be called back, with the batches that were sold."""

    listing_id: int
    title: str
    batches: tuple[str, ...]


def list_buyers(seller: SellerProfile, wanted: Wanted) -> list[int]:
    """Return the purchases with goods that are called back (1 query)."""
    start = datetime.combine(wanted.sold_from, time(), LOCAL)
    end = datetime.combine(wanted.sold_until + timedelta(days=1), time(), LOCAL)
    lines = SellerOrderLine.objects.filter(
        seller_order__seller=seller,
        seller_order__status__in=BOUGHT,
        seller_order__purchase__placed_at__gte=start,
        seller_order__purchase__placed_at__lt=end,
    ).filter(
        Q(listing_id=wanted.listing_id)
        | Q(substitutions__listing_id=wanted.listing_id, substitutions__status="accepted")
    )
    if wanted.batch_code:
        lines = lines.filter(batch_code=wanted.batch_code)
    found = lines.values_list("seller_order__purchase_id", flat=True)
    return sorted(set(found))


def list_recallable(seller: SellerProfile) -> list[Recallable]:
    """Return what the shop ever sold, with the batches of it (2 queries)."""
    batches: dict[int, set[str]] = {}
    lines = SellerOrderLine.objects.filter(seller_order__seller=seller).exclude(batch_code="")
    for listing_id, batch in lines.values_list("listing_id", "batch_code").distinct():
        batches.setdefault(listing_id, set()).add(batch)
    found = Listing.objects.filter(seller=seller, order_lines__isnull=False).distinct()
    return [
        Recallable(row.pk, row.title, tuple(sorted(batches.get(row.pk, ()))))
        for row in found.order_by("title", "pk")[:300]
    ]


def list_recalls(*, now: datetime, seller: SellerProfile | None = None) -> list[RecallRow]:
    """Return the recalls of the last half year, of one shop or of all (1 query)."""
    found = Recall.objects.filter(started_at__gte=now - SHOWN_FOR)
    if seller is not None:
        found = found.filter(seller=seller)
    return [
        RecallRow(
            id=row.pk,
            shop_name=row.seller.name,
            shop_slug=row.seller.slug,
            title=row.listing.title,
            batch_code=row.batch_code,
            sold_from=row.sold_from,
            sold_until=row.sold_until,
            danger=row.danger,
            advice=row.advice,
            started_at=row.started_at,
        )
        for row in found.select_related("seller", "listing").order_by("-started_at")
    ]


def list_unmailed_recalls(*, limit: int) -> list[int]:
    """Return the mails about recalls that have not left."""
    found = RecallMail.objects.filter(mailed_at=None).order_by("pk")
    return list(found.values_list("pk", flat=True)[:limit])
