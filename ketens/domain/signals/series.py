"""Months as rules see them: an amount per day, so that February does not look like a fall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ketens.domain.targets import Better
from ketens.domain.work import months_later

# A month that has just begun, or in which counting began, is no month to compare with.
LEAST_DAYS = 14


@dataclass(frozen=True, slots=True)
class Month:
    """What a month adds up to; `days` is how many of its days were counted.

    Amounts are numbers in the measure's unit; None is unknown. A level, such as a share or
    an average, is not divided by days.
    """

    first_day: date
    days: int
    amount: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    coverage_permille: int | None = None

    @property
    def last_day(self) -> date:
        """The last day that was counted."""
        return self.first_day + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class Series:
    """Months in order, oldest first, without gaps; and which way is better."""

    months: Sequence[Month]
    better: Better
    is_level: bool = False

    def rate(self, month: Month) -> Decimal | None:
        """Return a month's amount per day, or the level itself."""
        return self._per_day(month, month.amount)

    def low(self, month: Month) -> Decimal | None:
        """Return the low end of a month's interval per day; None without an interval."""
        return self._per_day(month, month.low)

    def high(self, month: Month) -> Decimal | None:
        """Return the high end of a month's interval per day; None without an interval."""
        return self._per_day(month, month.high)

    def _per_day(self, month: Month, amount: Decimal | None) -> Decimal | None:
        if amount is None:
            return None
        return amount if self.is_level else amount / month.days


def count_days(month: date, *, first_day: date, today: date) -> int:
    """Return how many days of a month lie from the first counted day up to yesterday."""
    begin = max(month, first_day)
    end = min(months_later(month, 1), today)
    return max(0, (end - begin).days)


def counted_months(*, first_day: date, today: date, most: int = 13) -> list[tuple[date, int]]:
    """Return the newest months with enough counted days, oldest first, each with its days."""
    months, month = [], first_day.replace(day=1)
    while month < today:
        days = count_days(month, first_day=first_day, today=today)
        if days >= LEAST_DAYS:
            months.append((month, days))
        month = months_later(month, 1)
    return months[-most:]
