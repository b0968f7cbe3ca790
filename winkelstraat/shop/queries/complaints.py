"""Complaints as shop, buyer and staff read them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from winkelstraat.delivery.domain.windows import LOCAL
from winkelstraat.shop.models import Complaint, Purchase, SellerProfile, Voice
from winkelstraat.shop.queries.desk import name_buyer


@dataclass(frozen=True)
class Said:
    """One thing that was said."""

    by_shop: bool
    text: str
    said_at: datetime


@dataclass(frozen=True)
class ComplaintRow:
    """One complaint with all that was said."""

    id: int
    number: str
    shop_name: str
    buyer_name: str
    answer_due_on: date
    is_answered: bool
    is_closed: bool
    is_late: bool
    messages: tuple[Said, ...]


def list_complaints(seller: SellerProfile, *, now: datetime) -> list[ComplaintRow]:
    """Return the complaints about a shop, those without an answer first (2 queries)."""
    found = Complaint.objects.filter(seller_order__seller=seller)
    return sorted(_rows(found, now, seller), key=lambda row: (row.is_closed, row.is_answered))


def get_complaint(
    seller: SellerProfile, *, complaint_id: int, now: datetime
) -> ComplaintRow | None:
    """Return one complaint about a shop, or None."""
    found = Complaint.objects.filter(seller_order__seller=seller, pk=complaint_id)
    return next(iter(_rows(found, now, seller)), None)


def list_own_complaints(purchase: Purchase, *, now: datetime) -> list[ComplaintRow]:
    """Return what the buyer of a purchase complained about (2 queries)."""
    return _rows(Complaint.objects.filter(seller_order__purchase=purchase), now, None)


def list_late_complaints(*, now: datetime) -> list[ComplaintRow]:
    """Return the complaints that no shop answered in time, for staff (2 queries)."""
    today = now.astimezone(LOCAL).date()
    late = Complaint.objects.filter(answered_at=None, closed_at=None, answer_due_on__lt=today)
    return _rows(late, now, None)


def _rows(
    found: QuerySet[Complaint], now: datetime, seller: SellerProfile | None
) -> list[ComplaintRow]:
    today = now.astimezone(LOCAL).date()
    rows = found.select_related("seller_order__seller", "seller_order__purchase")
    return [
        ComplaintRow(
            id=row.pk,
            number=row.seller_order.number,
            shop_name=row.seller_order.seller.name,
            buyer_name=name_buyer(
                seller or row.seller_order.seller,
                row.seller_order.purchase.buyer_name,
                done_at=row.closed_at if seller else None,
                now=now,
            ),
            answer_due_on=row.answer_due_on,
            is_answered=row.answered_at is not None,
            is_closed=row.closed_at is not None,
            is_late=row.answered_at is None and row.closed_at is None and row.answer_due_on < today,
            messages=tuple(
                Said(one.voice == Voice.SHOP, one.text, one.said_at.astimezone(LOCAL))
                for one in row.messages.all()
            ),
        )
        for row in rows.prefetch_related("messages").order_by("answer_due_on", "pk")[:200]
    ]
