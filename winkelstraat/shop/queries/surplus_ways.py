"""How what must go today reaches its buyer: at the shop, before it closes on it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from winkelstraat.delivery.domain.windows import LOCAL
from winkelstraat.shop.models import Surplus
from winkelstraat.shop.models.purchases import Fulfilment
from winkelstraat.shop.queries.moments import say_day
from winkelstraat.shop.queries.ways import WayToCollect


def running_until(listing: str) -> Subquery:
    """Return until when the listing of a row must be picked up; null when it need not go."""
    running = Surplus.objects.filter(listing=OuterRef(listing), ended_at=None)
    return Subquery(running.values("pick_up_until")[:1])


def with_surplus_way(
    ways: Sequence[WayToCollect], rows: Sequence[dict[str, Any]], *, now: datetime
) -> tuple[WayToCollect, ...]:
    """Return the ways of a shop's part, today at the shop first where all of it must go.

    It stands on the shelf, so it needs no lead time; what comes too late is left out. A
    part with other goods in it keeps the ways of the shop.
    """
    moments = [row["surplus_until"] for row in rows]
    if any(moment is None for moment in moments):
        return tuple(ways)
    until = min(moments)
    if until <= now or not rows[0]["collect_at_shop"]:
        return tuple(ways)
    start = max(now, until - timedelta(hours=24))
    text = _("%(day)s until %(time)s") % {
        "day": say_day(until, now=now),
        "time": f"{until.astimezone(LOCAL):%H.%M}",
    }
    today = WayToCollect(
        value=f"{Fulfilment.SHOP}-over-{until:%Y%m%d%H%M}",
        fulfilment=str(Fulfilment.SHOP),
        start=start,
        end=until,
        text=text,
        place=rows[0]["shop_name"],
        price_cents=0,
    )
    return (today, *(way for way in ways if way.end <= until))
