"""Set when and how a shop sells, and tell it once what came in when its list is closed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from winkelstraat.common.page_cache import move_topics
from winkelstraat.shop.domain.hours import OpenStretch
from winkelstraat.shop.domain.rhythms import Rhythm
from winkelstraat.shop.models import OrderOpening, SellerProfile
from winkelstraat.shop.operations.list_mails import build_list_mail
from winkelstraat.shop.operations.sellers import go_on_holiday, set_opening_hours
from winkelstraat.shop.queries.order_lists import OrderList, list_orders_between, list_orders_for
from winkelstraat.shop.queries.order_times import get_next_opening, rhythm_of

# A list that was closed longer ago than this is old news.
STILL_NEWS = timedelta(days=2)


@dataclass(frozen=True)
class ShopTimes:
    """When and how a shop sells; cents and hours.

    `opening` is the stretch that the shop names, from its first to its last minute.
    """

    stretches: tuple[OpenStretch, ...]
    holiday: tuple[date | None, date | None]
    holiday_message: str
    rhythm: Rhythm | None
    names_windows: bool
    opening: tuple[datetime, datetime] | None
    lead_time_hours: int
    minimum_order_cents: int
    pickup_point_id: int | None
    collect_at_shop: bool
    pickup_instructions: str
    delivers: bool
    delivery_price_cents: int
    delivery_cents_per_kg: int = 0


COLUMNS = (
    *("holiday_message", "names_windows", "lead_time_hours", "minimum_order_cents"),
    *("pickup_point_id", "collect_at_shop", "pickup_instructions", "delivers"),
    "delivery_price_cents",
    "delivery_cents_per_kg",
)


@transaction.atomic
def set_order_times(*, seller: SellerProfile, times: ShopTimes, now: datetime) -> None:
    """Let a shop sell in this way from now on; orders that were placed keep their moment."""
    seller = SellerProfile.objects.select_for_update().get(pk=seller.pk)
    set_opening_hours(seller=seller, stretches=times.stretches, checked_on=now.date())
    first, last = times.holiday
    go_on_holiday(seller=seller, first=first, last=last)
    for name in COLUMNS:
        setattr(seller, name, getattr(times, name))
    _set_rhythm(seller, times.rhythm, now)
    seller.save()
    if times.opening is not None:
        _name_window(seller, times.opening, now)
    transaction.on_commit(lambda: move_topics("offer", f"shop:{seller.pk}"))


@transaction.atomic
def tell_weekly_list(*, seller_id: int, now: datetime) -> bool:
    """Mail a shop once what came in before its list was closed; False when it knows."""
    seller = (
        SellerProfile.objects.select_for_update(of=("self",))
        .select_related("enterprise")
        .get(pk=seller_id)
    )
    rhythm = rhythm_of(seller)
    if rhythm is None:
        return False
    closed_at = rhythm.last_close(now)
    if seller.rhythm_told_at is not None and seller.rhythm_told_at >= closed_at:
        return False
    seller.rhythm_told_at = closed_at
    seller.save(update_fields=["rhythm_told_at"])
    pickup_day = rhythm.pickup_day(closed_at - timedelta(microseconds=1))
    return _tell(seller, list_orders_for(seller, day=pickup_day), closed_at, now)


@transaction.atomic
def tell_named_list(*, opening_id: int, now: datetime) -> bool:
    """Mail a shop once what came in within the stretch that it named; False when it knows."""
    opening = (
        OrderOpening.objects.select_for_update(of=("self",))
        .filter(pk=opening_id, told_at=None, closes_at__lt=now)
        .select_related("seller__enterprise")
        .first()
    )
    if opening is None:
        return False
    opening.told_at = now
    opening.save(update_fields=["told_at"])
    orders = list_orders_between(opening.seller, first=opening.opens_at, last=opening.closes_at)
    return _tell(opening.seller, orders, opening.closes_at, now)


def _tell(seller: SellerProfile, orders: OrderList, closed_at: datetime, now: datetime) -> bool:
    if not orders.count or now - closed_at > STILL_NEWS:
        return False
    build_list_mail(seller, orders, closed_at=closed_at).send()
    return True


def _set_rhythm(seller: SellerProfile, rhythm: Rhythm | None, now: datetime) -> None:
    """Write the rhythm down; lists that were closed before it began are not told."""
    if rhythm == rhythm_of(seller):
        return
    seller.rhythm_pickup_weekday = rhythm.pickup_weekday if rhythm else None
    seller.rhythm_list_weekday = rhythm.list_weekday if rhythm else None
    seller.rhythm_list_time = (rhythm.list_time or time()) if rhythm else None
    seller.rhythm_told_at = rhythm.last_close(now) if rhythm else None


def _name_window(seller: SellerProfile, opening: tuple[datetime, datetime], now: datetime) -> None:
    """Change the stretch that runs or comes next, or name a new one; both are told again."""
    opens_at, closes_at = opening
    coming = get_next_opening(seller, now=now)
    if coming is None:
        OrderOpening.objects.create(seller=seller, opens_at=opens_at, closes_at=closes_at)
    elif (coming.opens_at, coming.closes_at) != opening:
        coming.opens_at, coming.closes_at, coming.told_at = opens_at, closes_at, None
        coming.save()
