"""What a calendar shows of a shop's work: when, where, and what to have ready; no names."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from django.db.models import F
from icalendar import Calendar, Event

from winkelstraat.shop.models import OrderFeed, SellerOrder, SellerProfile
from winkelstraat.shop.models.purchases import Fulfilment, SellerOrderStatus

OPEN = (SellerOrderStatus.PAID, SellerOrderStatus.READY)
KEPT_FOR = timedelta(days=7)


def find_feed(token: str) -> OrderFeed | None:
    """Return the feed at an address, while its person still works in the shop (1 query)."""
    found = OrderFeed.objects.filter(
        token=token, seller__enterprise__memberships__user_id=F("user_id")
    )
    return found.select_related("seller").first()


def get_feed(seller: SellerProfile, *, user_id: int) -> OrderFeed | None:
    """Return this person's feed of a shop, if he asked for one."""
    return OrderFeed.objects.filter(seller=seller, user_id=user_id).first()


def draw_calendar(seller: SellerProfile, *, now: datetime, desk_url: str) -> bytes:
    """Return an iCalendar (RFC 5545) with one event for each moment of handing over.

    An event is known by its moment and place, so that an order more or less changes it and
    makes no second one (2 queries).
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Drentse Winkelstraat//bestellingen//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", seller.name)
    orders = (
        SellerOrder.objects.filter(
            seller=seller, status__in=OPEN, promised_from__gte=now - KEPT_FOR
        )
        .select_related("pickup_point")
        .prefetch_related("lines__substitutions")
        .order_by("promised_from", "pk")[:500]
    )
    moments: dict[tuple[datetime, datetime, str], list[SellerOrder]] = defaultdict(list)
    for order in orders:
        moments[order.promised_from, order.promised_until, _place(order)].append(order)
    for (start, end, place), found in moments.items():
        event = Event()
        event.add("uid", f"{seller.pk}-{start:%Y%m%dT%H%M}-{found[0].fulfilment}@winkelstraat")
        event.add("dtstamp", now)
        event.add("dtstart", start)
        event.add("dtend", end)
        event.add("summary", f"{len(found)} × {seller.name}")
        event.add("location", place)
        event.add("description", f"{_goods(found)}\n{desk_url}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _place(order: SellerOrder) -> str:
    if order.fulfilment == Fulfilment.PICKUP_POINT and order.pickup_point:
        return str(order.pickup_point.name)
    return str(Fulfilment(order.fulfilment).label)


def _goods(orders: list[SellerOrder]) -> str:
    counts: Counter[str] = Counter()
    for order in orders:
        for line in order.lines.all():
            counts[f"{line.title}, {line.amount_text}"] += line.quantity - line.cancelled_quantity
    return "\n".join(f"{count} × {name}" for name, count in sorted(counts.items()) if count)
