"""When shops are open and from when their goods can be had, for many shops at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from winkelstraat.delivery.domain.windows import WeeklyWindow, next_window
from winkelstraat.delivery.models import PickupWindow
from winkelstraat.shop.domain.hours import LOCAL, Holiday, OpenStretch, is_open, next_open
from winkelstraat.shop.domain.rhythms import ALWAYS, OrderTimes, Rhythm
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.queries.order_times import (
    RHYTHM_FIELDS,
    opening_columns,
    read_order_times,
)

FIELDS = (
    "id",
    "lead_time_hours",
    "collect_at_shop",
    "pickup_point_id",
    "holiday_from",
    "holiday_until",
    "opening_hours__weekday",
    "opening_hours__opens_at",
    "opening_hours__closes_at",
    *RHYTHM_FIELDS,
)


@dataclass(frozen=True)
class SellerClock:
    """One shop in time: its week, whether it is open now, and its next two moments.

    `at_point` is the next opening of its pick-up point, `at_shop` the first moment at
    which a new order can be collected in the shop itself; None where there is none.
    """

    stretches: tuple[OpenStretch, ...]
    is_open: bool
    on_holiday: bool
    at_point: datetime | None
    at_shop: datetime | None
    times: OrderTimes = ALWAYS

    @property
    def soonest(self) -> datetime | None:
        """Return the first moment at which something ordered now can be had."""
        return min((moment for moment in (self.at_point, self.at_shop) if moment), default=None)

    def collectable_on(self, day_of: datetime) -> bool:
        """Tell whether something ordered now can be had on the day of this moment."""
        soonest = self.soonest
        return soonest is not None and (
            soonest.astimezone(LOCAL).date() == day_of.astimezone(LOCAL).date()
        )


def read_clocks(
    *, now: datetime, seller_ids: Iterable[int] | None = None
) -> dict[int, SellerClock]:
    """Return the clocks of these shops, or of every shop, by seller id (2 queries)."""
    sellers = SellerProfile.objects.order_by("id", "opening_hours__weekday").annotate(
        **opening_columns("pk", now=now)
    )
    if seller_ids is not None:
        sellers = sellers.filter(id__in=set(seller_ids))
    stretches: dict[int, list[OpenStretch]] = defaultdict(list)
    rows: dict[int, dict[str, Any]] = {}
    for row in sellers.values(*FIELDS, "opening_opens_at", "opening_closes_at"):
        rows[row["id"]] = row
        if row["opening_hours__weekday"]:
            stretches[row["id"]].append(
                OpenStretch(
                    row["opening_hours__weekday"],
                    row["opening_hours__opens_at"],
                    row["opening_hours__closes_at"],
                )
            )
    points = _Points(_read_windows({row["pickup_point_id"] for row in rows.values()} - {None}))
    return {
        seller_id: _clock(row, tuple(stretches[seller_id]), points, now)
        for seller_id, row in rows.items()
    }


class _Points:
    """The next opening of pick-up points; shops at one point mostly ask the same."""

    def __init__(self, windows: dict[int, list[WeeklyWindow]]) -> None:
        self.windows = windows
        self.known: dict[tuple[int, datetime, Rhythm | None], datetime | None] = {}

    def next_after(
        self, point_id: int | None, ready: datetime, times: OrderTimes
    ) -> datetime | None:
        if point_id is None or point_id not in self.windows:
            return None
        asked = (point_id, ready, times.rhythm)
        if asked not in self.known:
            windows = [one for one in self.windows[point_id] if times.hands_over_on(one.weekday)]
            moment = next_window(windows, not_before=ready)
            self.known[asked] = moment.start if moment else None
        return self.known[asked]


def to_half_hour(moment: datetime) -> datetime:
    """Return the first whole or half hour at or after a moment; nobody comes at 12.36."""
    past = timedelta(
        minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment + timedelta(minutes=30) - past if past else moment


def _read_windows(point_ids: set[int]) -> dict[int, list[WeeklyWindow]]:
    found: dict[int, list[WeeklyWindow]] = defaultdict(list)
    windows = PickupWindow.objects.filter(
        pickup_point_id__in=point_ids, pickup_point__is_active=True
    )
    columns = ("pickup_point_id", "weekday", "opens_at", "closes_at")
    for point_id, *window in windows.order_by().values_list(*columns):
        found[point_id].append(WeeklyWindow(*window))
    return found


def _clock(
    row: dict[str, Any],
    stretches: tuple[OpenStretch, ...],
    points: _Points,
    now: datetime,
) -> SellerClock:
    holiday = None
    if row["holiday_from"] and row["holiday_until"]:
        holiday = Holiday(row["holiday_from"], row["holiday_until"])
    times = read_order_times(row)
    ready = times.ready_at(now, timedelta(hours=row["lead_time_hours"]))
    if holiday and holiday.covers(ready.astimezone(LOCAL).date()):
        ready = datetime.combine(holiday.last + timedelta(days=1), time(), LOCAL)
    at_shop = None
    if row["collect_at_shop"]:
        days = [one for one in stretches if times.hands_over_on(one.weekday)]
        at_shop = next_open(days, not_before=to_half_hour(ready), holiday=holiday)
    return SellerClock(
        stretches=stretches,
        is_open=is_open(stretches, at=now, holiday=holiday),
        on_holiday=bool(holiday and holiday.covers(now.astimezone(LOCAL).date())),
        at_point=points.next_after(row["pickup_point_id"], ready, times),
        at_shop=at_shop,
        times=times,
    )
