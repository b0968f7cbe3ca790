"""Weekly pick-up windows: which comes first after a moment.

Windows are told in local time ("Tuesday 16.00 to 18.00") and stay there when the clocks
change, so days are counted on the calendar and not in stretches of 24 hours.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Amsterdam")
WEEKS_AHEAD = 3


@dataclass(frozen=True)
class WeeklyWindow:
    """A stretch of a week in local time; weekday 1 is Monday (ISO 8601)."""

    weekday: int
    opens_at: time
    closes_at: time


@dataclass(frozen=True)
class Moment:
    """A stretch in which goods can be collected, as aware local times."""

    start: datetime
    end: datetime


def list_moments(
    windows: Iterable[WeeklyWindow], *, not_before: datetime, most: int = 3
) -> list[Moment]:
    """Return the first `most` windows that open at or after `not_before`, in order."""
    found = sorted(set(_moments_from(windows, not_before)), key=lambda moment: moment.start)
    return list(islice((moment for moment in found if moment.start >= not_before), most))


def next_window(windows: Iterable[WeeklyWindow], *, not_before: datetime) -> Moment | None:
    """Return the first window that opens at or after `not_before`, or None without windows."""
    return next(iter(list_moments(windows, not_before=not_before, most=1)), None)


def _moments_from(windows: Iterable[WeeklyWindow], start: datetime) -> Iterator[Moment]:
    first_day = start.astimezone(LOCAL).date()
    days = [first_day + timedelta(days=ahead) for ahead in range(7 * WEEKS_AHEAD)]
    for window in windows:
        for day in days:
            if day.isoweekday() == window.weekday:
                yield Moment(
                    datetime.combine(day, window.opens_at, LOCAL),
                    datetime.combine(day, window.closes_at, LOCAL),
                )
