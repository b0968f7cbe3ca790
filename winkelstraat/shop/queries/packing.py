"""What a shop takes from its shelves and packs for a day: one list, and a slip per customer."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from winkelstraat.delivery.domain.windows import LOCAL
from winkelstraat.shop.models import SellerOrder, SellerProfile
from winkelstraat.shop.models.purchases import SellerOrderStatus
from winkelstraat.shop.queries.desk import DeskOrder, PickRow, list_open_orders

ALL_DAYS = "alles"


@dataclass(frozen=True)
class PackingDay:
    """A day with open orders; `key` is what the address holds, `count` its orders."""

    key: str
    text: str
    count: int


@dataclass(frozen=True)
class Packing:
    """The work of a day: what to take from the shelf, and each customer's slip."""

    days: tuple[PackingDay, ...]
    day: PackingDay
    picking: tuple[PickRow, ...]
    orders: tuple[DeskOrder, ...]


def get_packing(seller: SellerProfile, *, day: str, now: datetime) -> Packing:
    """Return the work of a day, or of all days; no day is the first with work (3 queries).

    What should have gone out on an earlier day is work for today.
    """
    orders = list_open_orders(seller, now=now)
    days = (*_days(orders, now), PackingDay(ALL_DAYS, _("all days"), len(orders)))
    chosen = next((one for one in days if one.key == day), days[-1] if day else days[0])
    wanted = [one for one in orders if chosen.key in (ALL_DAYS, _key(one, now))]
    return Packing(days, chosen, _picking(wanted), tuple(wanted))


def find_parcel(number: str) -> SellerOrder | None:
    """Return the part that a parcel's label names, for whoever may open it."""
    return (
        SellerOrder.objects.filter(number=number)
        .select_related("purchase", "pickup_point", "seller__enterprise")
        .first()
    )


def _days(orders: Iterable[DeskOrder], now: datetime) -> list[PackingDay]:
    counts = Counter(_day(order, now) for order in orders)
    return [
        PackingDay(day.isoformat(), _say(day, now), count) for day, count in sorted(counts.items())
    ]


def _day(order: DeskOrder, now: datetime) -> date:
    return max(order.promised_from.astimezone(LOCAL).date(), now.astimezone(LOCAL).date())


def _key(order: DeskOrder, now: datetime) -> str:
    return _day(order, now).isoformat()


def _say(day: date, now: datetime) -> str:
    today = now.astimezone(LOCAL).date()
    near = {today: _("today"), today + timedelta(days=1): _("tomorrow")}
    return near.get(day) or date_format(day, "l j F")


def _picking(orders: Iterable[DeskOrder]) -> tuple[PickRow, ...]:
    """Return what is still to be taken; what is packed is off the shelf."""
    counts: Counter[tuple[str, str]] = Counter()
    for order in orders:
        if order.status == SellerOrderStatus.PAID:
            for line in order.lines:
                if line.quantity:
                    counts[line.title, line.amount_text] += line.quantity
    return tuple(PickRow(count, *row) for row, count in sorted(counts.items()))
