"""When a shop takes orders: always, in a weekly rhythm, or in stretches that it names.

In a rhythm the shop makes its list on one day of the week and hands over on another. What
is ordered before the list goes out on the next day of handing over; what comes later, a
week after. Days are counted on the calendar in local time, so that the change of the
clocks moves nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from winkelstraat.shop.domain.hours import LOCAL

WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)
SATURDAY = 6


@dataclass(frozen=True)
class Rhythm:
    """A week in the life of a shop; weekday 1 is Monday (ISO 8601).

    The list is closed at `list_time` of its day. Midnight is the start of that day: then
    orders count up to and including the day before.
    """

    pickup_weekday: int
    list_weekday: int
    list_time: time = time()

    @property
    def days_between(self) -> int:
        """Return how many days before handing over the list is made, 0 to 6."""
        return (self.pickup_weekday - self.list_weekday) % 7

    def closes_at(self, pickup_day: date) -> datetime:
        """Return the first moment at which it is too late for a day of handing over."""
        day = pickup_day - timedelta(days=self.days_between)
        return datetime.combine(day, self.list_time, LOCAL)

    def pickup_day(self, ordered_at: datetime) -> date:
        """Return the day on which something ordered at this moment is handed over."""
        day = ordered_at.astimezone(LOCAL).date()
        day += timedelta(days=(self.pickup_weekday - day.isoweekday()) % 7)
        while ordered_at >= self.closes_at(day):
            day += WEEK
        return day

    def window(self, pickup_day: date) -> "OrderWindow":
        """Return the stretch in which is ordered for a day of handing over."""
        return OrderWindow(self.closes_at(pickup_day - WEEK), self.closes_at(pickup_day))

    def last_close(self, at: datetime) -> datetime:
        """Return the moment at which the list was closed last."""
        return self.closes_at(self.pickup_day(at) - WEEK)


@dataclass(frozen=True)
class OrderWindow:
    """A stretch in which orders are taken; `closes_at` is the first moment too late."""

    opens_at: datetime
    closes_at: datetime

    @property
    def first_day(self) -> date:
        """Return the first day, in local time."""
        return self.opens_at.astimezone(LOCAL).date()

    @property
    def last_day(self) -> date:
        """Return the last day, itself included, in local time."""
        return (self.closes_at - timedelta(microseconds=1)).astimezone(LOCAL).date()

    def takes(self, at: datetime) -> bool:
        """Tell whether an order at this moment counts."""
        return self.opens_at <= at < self.closes_at


def named_window(opens_at: datetime, last_minute: datetime) -> OrderWindow:
    """Return a stretch as people name it, "from 9.00 to 17.00": the last minute still counts."""
    return OrderWindow(opens_at, last_minute + MINUTE)


def next_opening(windows: Iterable[OrderWindow], *, at: datetime) -> datetime | None:
    """Return when orders are taken next: now, while a stretch runs; None when none comes."""
    found = sorted(windows, key=lambda window: window.opens_at)
    return next((max(window.opens_at, at) for window in found if at < window.closes_at), None)


def is_working_day(day: date, *, country: str = "NL") -> bool:
    """Tell whether a day is no weekend and no public holiday of a country (ISO 3166)."""
    return day.isoweekday() < SATURDAY and day not in _holidays(country, day.year)


@dataclass(frozen=True)
class Slot:
    """A stretch of a day on given weekdays; with `working_days_only` no holidays."""

    weekdays: frozenset[int]
    opens_at: time
    closes_at: time
    working_days_only: bool = False
    country: str = "NL"

    def opens_on(self, day: date) -> bool:
        """Tell whether the slot is there on a day."""
        if day.isoweekday() not in self.weekdays:
            return False
        return not self.working_days_only or is_working_day(day, country=self.country)

    def next_days(self, *, after: datetime, most: int) -> list[date]:
        """Return the first days on which the slot still opens after a moment."""
        found: list[date] = []
        day = after.astimezone(LOCAL).date()
        while len(found) < most:
            if self.opens_on(day) and datetime.combine(day, self.opens_at, LOCAL) > after:
                found.append(day)
            day += timedelta(days=1)
        return found


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))


@dataclass(frozen=True)
class OrderTimes:
    """When one shop takes orders; without anything told it always does.

    `window` is the stretch that runs now or comes next, for a shop that names its own.
    """

    rhythm: Rhythm | None = None
    names_windows: bool = False
    window: OrderWindow | None = None

    def takes(self, at: datetime) -> bool:
        """Tell whether an order at this moment counts."""
        return not self.names_windows or (self.window is not None and self.window.takes(at))

    def opens_at(self, at: datetime) -> datetime | None:
        """Return from when orders are taken again, or None when they are, or nobody knows."""
        if self.takes(at) or self.window is None or self.window.opens_at <= at:
            return None
        return self.window.opens_at

    def ready_at(self, at: datetime, lead_time: timedelta) -> datetime:
        """Return from when something ordered now can be handed over."""
        if self.rhythm is None:
            return at + lead_time
        return datetime.combine(self.rhythm.pickup_day(at), time(), LOCAL)

    def hands_over_on(self, weekday: int) -> bool:
        """Tell whether the shop hands orders over on this day of the week."""
        return self.rhythm is None or weekday == self.rhythm.pickup_weekday


ALWAYS = OrderTimes()
