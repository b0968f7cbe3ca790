"""When a shop is open; times are local, weekday 1 is Monday (ISO 8601)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Amsterdam")
DAYS_AHEAD = 28


@dataclass(frozen=True)
class OpenStretch:
    """One stretch of a week in which the shop is open."""

    weekday: int
    opens_at: time
    closes_at: time


@dataclass(frozen=True)
class Holiday:
    """Days on which a shop is closed, both ends included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Tell whether the shop is away on this day."""
        return self.first <= day <= self.last


def is_open(stretches: Iterable[OpenStretch], *, at: datetime, holiday: Holiday | None) -> bool:
    """Tell whether the shop is open at a moment."""
    local = at.astimezone(LOCAL)
    if holiday and holiday.covers(local.date()):
        return False
    return any(
        stretch.weekday == local.isoweekday()
        and stretch.opens_at <= local.time() < stretch.closes_at
        for stretch in stretches
    )


def next_open(
    stretches: Iterable[OpenStretch], *, not_before: datetime, holiday: Holiday | None
) -> datetime | None:
    """Return the first moment from `not_before` on at which the shop is open, if any."""
    week = sorted(stretches, key=lambda stretch: (stretch.weekday, stretch.opens_at))
    start = not_before.astimezone(LOCAL)
    for ahead in range(DAYS_AHEAD if week else 0):
        day = start.date() + timedelta(days=ahead)
        if holiday and holiday.covers(day):
            continue
        for stretch in week:
            closes = datetime.combine(day, stretch.closes_at, LOCAL)
            if stretch.weekday == day.isoweekday() and closes > start:
                return max(start, datetime.combine(day, stretch.opens_at, LOCAL))
    return None
