"""What came in for one list of a shop: how many orders, and what to take from the shelf."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.models import OrderOpening, SellerOrder, SellerProfile
from winkelstraat.shop.models.purchases import SellerOrderStatus
from winkelstraat.shop.queries.desk import PickRow

OPEN = (SellerOrderStatus.PAID, SellerOrderStatus.READY)


@dataclass(frozen=True)
class OrderList:
    """The orders of one list, taken together."""

    count: int
    rows: tuple[PickRow, ...]


def list_orders_for(seller: SellerProfile, *, day: date) -> OrderList:
    """Return what a shop hands over on a day (2 queries)."""
    start = datetime.combine(day, time(), LOCAL)
    return _sum_up(
        SellerOrder.objects.filter(
            seller=seller, promised_from__gte=start, promised_from__lt=start + timedelta(days=1)
        )
    )


def list_orders_between(seller: SellerProfile, *, first: datetime, last: datetime) -> OrderList:
    """Return what was ordered at a shop between two moments (2 queries)."""
    end = last + timedelta(minutes=1)
    return _sum_up(
        SellerOrder.objects.filter(
            seller=seller, purchase__placed_at__gte=first, purchase__placed_at__lt=end
        )
    )


def list_rhythms_to_tell() -> list[int]:
    """Return the shops with a weekly rhythm; each knows by itself whether it was told."""
    found = SellerProfile.objects.exclude(rhythm_pickup_weekday=None)
    return list(found.order_by("pk").values_list("pk", flat=True))


def list_openings_to_tell(*, now: datetime, limit: int) -> list[int]:
    """Return stretches that are over and of which the shop was not told."""
    found = OrderOpening.objects.filter(told_at=None, closes_at__lt=now - timedelta(minutes=1))
    return list(found.order_by("closes_at").values_list("pk", flat=True)[:limit])


def _sum_up(orders: QuerySet[SellerOrder]) -> OrderList:
    counts: Counter[tuple[str, str]] = Counter()
    found = list(orders.filter(status__in=OPEN).prefetch_related("lines"))
    for order in found:
        for line in order.lines.all():
            counts[line.title, line.amount_text] += line.quantity - line.cancelled_quantity
    rows = [PickRow(count, *name) for name, count in sorted(counts.items()) if count]
    return OrderList(len(found), tuple(rows))
