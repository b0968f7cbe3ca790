"""The ways and moments in which a shop's goods can reach the buyer."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from winkelstraat.delivery.domain.windows import LOCAL, Moment, WeeklyWindow, list_moments
from winkelstraat.shop.domain.hours import Holiday
from winkelstraat.shop.domain.rhythms import ALWAYS, OrderTimes
from winkelstraat.shop.models.purchases import Fulfilment
from winkelstraat.shop.queries.moments import list_moments_of, say_moment

# So many moments are looked at, so that some are left beside a holiday.
LOOK_AHEAD = 24
MOST_AT_POINT = 3
MOST_AT_SHOP = 2


@dataclass(frozen=True)
class WayToCollect:
    """One way and moment for a shop's goods; `value` is what a form sends."""

    value: str
    fulfilment: str
    start: datetime
    end: datetime
    text: str
    place: str
    price_cents: int


@dataclass(frozen=True)
class Handing:
    """How a shop hands over; cents and hours, `hours` its week, holiday days included."""

    shop_name: str
    hours: tuple[WeeklyWindow, ...]
    lead_time_hours: int
    pickup_point_id: int | None
    collect_at_shop: bool
    delivers: bool
    delivery_price_cents: int
    holiday_from: date | None
    holiday_until: date | None
    times: OrderTimes = ALWAYS

    @property
    def holiday(self) -> Holiday | None:
        """The days on which the shop is away."""
        if self.holiday_from and self.holiday_until:
            return Holiday(self.holiday_from, self.holiday_until)
        return None


def list_ways(handing: Handing, *, now: datetime) -> list[WayToCollect]:
    """Return every way and moment that the shop offers, the pick-up point first."""
    ready = handing.times.ready_at(now, timedelta(hours=handing.lead_time_hours))
    places = list_moments_of(
        pickup_point_id=handing.pickup_point_id,
        not_before=ready,
        now=now,
        most=LOOK_AHEAD,
    )
    names = {
        place.moment: place.pickup_point.name
        for place in places
        if _fits(handing.times, place.moment)
    }
    at_point = _outside(handing.holiday, names, MOST_AT_POINT)
    open_moments = [
        moment
        for moment in list_moments(handing.hours, not_before=ready, most=LOOK_AHEAD)
        if _fits(handing.times, moment)
    ]
    at_shop = _outside(handing.holiday, open_moments, MOST_AT_SHOP)
    found = [_way(Fulfilment.PICKUP_POINT, moment, names[moment], now) for moment in at_point]
    if handing.collect_at_shop:
        found += [_way(Fulfilment.SHOP, moment, handing.shop_name, now) for moment in at_shop]
    if handing.delivers and at_shop:
        brought = _way(Fulfilment.DELIVERY, at_shop[0], "", now)
        found.append(replace(brought, price_cents=handing.delivery_price_cents))
    return found


def _fits(times: OrderTimes, moment: Moment) -> bool:
    return times.hands_over_on(moment.start.astimezone(LOCAL).isoweekday())


def _outside(holiday: Holiday | None, moments: Iterable[Moment], most: int) -> list[Moment]:
    """Return the first moments on days on which the shop is not away."""
    free = (
        moment
        for moment in moments
        if holiday is None or not holiday.covers(moment.start.astimezone(LOCAL).date())
    )
    return list(islice(free, most))


def _way(kind: Fulfilment, moment: Moment, place: str, now: datetime) -> WayToCollect:
    return WayToCollect(
        value=f"{kind}-{moment.start:%Y%m%d%H%M}",
        fulfilment=str(kind),
        start=moment.start,
        end=moment.end,
        text=say_moment(moment, now=now),
        place=place,
        price_cents=0,
    )
