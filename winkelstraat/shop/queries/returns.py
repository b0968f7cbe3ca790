"""The withdrawals of a shop with their clock, and those whose time is over."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from winkelstraat.delivery.domain.windows import LOCAL
from winkelstraat.shop.domain.withdrawal import REMIND_AFTER
from winkelstraat.shop.models import Purchase, SellerProfile, Withdrawal
from winkelstraat.shop.models.purchases import SellerOrderStatus
from winkelstraat.shop.queries.desk import knows_buyer, name_buyer

MOST_SHOWN = 100


@dataclass(frozen=True)
class Return:
    """One withdrawal: what, since when, and until when the money must be back."""

    id: int
    number: str
    shop_name: str
    buyer_name: str
    buyer_email: str
    goods: tuple[str, ...]
    stated_at: datetime
    due_on: date
    days_left: int
    in_time: bool
    was_received: bool
    sent_proof: str
    returned_at: datetime | None
    settled_at: datetime | None


def list_returns(seller: SellerProfile, *, now: datetime) -> list[Return]:
    """Return the shop's withdrawals, those to be paid first, soonest first (3 queries)."""
    found = Withdrawal.objects.filter(seller_order__seller=seller).order_by(
        "settled_at", "refund_due_on", "pk"
    )
    rows = [_return(one, now, seller) for one in _with_goods(found)[:MOST_SHOWN]]
    return sorted(rows, key=lambda row: row.settled_at is not None or not row.in_time)


def list_own_returns(purchase: Purchase, *, now: datetime) -> list[Return]:
    """Return what the buyer of a purchase withdrew from (2 queries)."""
    found = Withdrawal.objects.filter(seller_order__purchase=purchase).order_by("pk")
    return [_return(one, now, one.seller_order.seller) for one in _with_goods(found)]


def list_due_withdrawals(*, today: date, limit: int) -> list[int]:
    """Return unpaid withdrawals that may not wait: goods back, sent, or never handed over."""
    is_due = Q(refund_due_on__lte=today) & (Q(returned_at__isnull=False) | Q(sent_at__isnull=False))
    found = Withdrawal.objects.filter(in_time=True, settled_at=None).filter(
        is_due | ~Q(seller_order__status=SellerOrderStatus.COLLECTED)
    )
    return list(found.order_by("refund_due_on", "pk").values_list("pk", flat=True)[:limit])


def list_to_remind(*, now: datetime, limit: int) -> list[int]:
    """Return unpaid withdrawals of ten days ago whose shop was not reminded."""
    found = Withdrawal.objects.filter(
        in_time=True, settled_at=None, reminded_at=None, stated_at__lte=now - REMIND_AFTER
    )
    return list(found.order_by("stated_at").values_list("pk", flat=True)[:limit])


def _with_goods(found: QuerySet[Withdrawal]) -> QuerySet[Withdrawal]:
    return found.select_related("seller_order__seller").prefetch_related("lines__line")


def _return(withdrawal: Withdrawal, now: datetime, seller: SellerProfile) -> Return:
    order, done = withdrawal.seller_order, withdrawal.settled_at
    return Return(
        id=withdrawal.pk,
        number=order.number,
        shop_name=order.seller.name,
        buyer_name=name_buyer(seller, withdrawal.name, done_at=done, now=now),
        buyer_email=withdrawal.email if knows_buyer(seller, done_at=done, now=now) else "",
        goods=tuple(f"{row.quantity} × {row.line.title}" for row in withdrawal.lines.all()),
        stated_at=withdrawal.stated_at.astimezone(LOCAL),
        due_on=withdrawal.refund_due_on,
        days_left=(withdrawal.refund_due_on - now.astimezone(LOCAL).date()).days,
        in_time=withdrawal.in_time,
        was_received=order.status == SellerOrderStatus.COLLECTED,
        sent_proof=withdrawal.sent_proof,
        returned_at=withdrawal.returned_at,
        settled_at=withdrawal.settled_at,
    )
