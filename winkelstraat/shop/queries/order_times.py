"""When shops take orders, read from the columns of a row, and said in words."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.domain.rhythms import MINUTE, OrderTimes, Rhythm, named_window
from winkelstraat.shop.models import OrderOpening, SellerProfile

RHYTHM_FIELDS = (
    "rhythm_pickup_weekday",
    "rhythm_list_weekday",
    "rhythm_list_time",
    "names_windows",
)


def opening_columns(seller: str, *, now: datetime) -> dict[str, Combinable]:
    """Return the stretch that runs now or comes next, as two columns of a query."""
    coming = OrderOpening.objects.filter(seller=OuterRef(seller), closes_at__gt=now - MINUTE)
    first = coming.order_by("opens_at")
    return {
        "opening_opens_at": Subquery(first.values("opens_at")[:1]),
        "opening_closes_at": Subquery(first.values("closes_at")[:1]),
    }


def read_order_times(row: Mapping[str, Any]) -> OrderTimes:
    """Return when the shop of a row takes orders."""
    rhythm = None
    if row["rhythm_pickup_weekday"]:
        rhythm = Rhythm(
            row["rhythm_pickup_weekday"], row["rhythm_list_weekday"], row["rhythm_list_time"]
        )
    window = None
    if row["opening_opens_at"]:
        window = named_window(row["opening_opens_at"], row["opening_closes_at"])
    return OrderTimes(rhythm, row["names_windows"], window)


def say_order_times(times: OrderTimes, *, now: datetime) -> str:
    """Say until when one orders for which day; nothing for a shop that always takes orders."""
    if times.rhythm is not None:
        day = times.rhythm.pickup_day(now)
        last = times.rhythm.closes_at(day)
        words = {"until": _say_last(last), "day": date_format(day, "l j F")}
        return _("Order %(until)s to have it on %(day)s.") % words
    if not times.names_windows:
        return ""
    if times.takes(now) and times.window is not None:
        until = (times.window.closes_at - MINUTE).astimezone(LOCAL)
        return _("Order until %(moment)s.") % {"moment": date_format(until, "l j F H.i")}
    opens_at = times.opens_at(now)
    if opens_at is None:
        return _("This shop takes no orders now.")
    moment = date_format(opens_at.astimezone(LOCAL), "l j F H.i")
    return _("Order from %(moment)s.") % {"moment": moment}


def _say_last(closes_at: datetime) -> str:
    """Say a first moment too late the way people do: midnight is the day before."""
    local = closes_at.astimezone(LOCAL)
    if (local.hour, local.minute) == (0, 0):
        day = date_format(local - timedelta(minutes=1), "l j F")
        return _("up to and including %(day)s") % {"day": day}
    return _("before %(moment)s") % {"moment": date_format(local, "l j F H.i")}


def rhythm_of(seller: SellerProfile) -> Rhythm | None:
    """Return the weekly rhythm of a shop, if it has one."""
    if not seller.rhythm_pickup_weekday or not seller.rhythm_list_weekday:
        return None
    return Rhythm(
        seller.rhythm_pickup_weekday, seller.rhythm_list_weekday, seller.rhythm_list_time or time()
    )


def get_next_opening(seller: SellerProfile, *, now: datetime) -> OrderOpening | None:
    """Return the stretch that runs now or comes next."""
    coming = OrderOpening.objects.filter(seller=seller, closes_at__gt=now - MINUTE)
    return coming.order_by("opens_at").first()
