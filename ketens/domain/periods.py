"""Months, quarters and years as they are chosen in an address: 2026-07, 2026-K3, 2026."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ketens.domain.work import months_later

PATTERN = re.compile(r"(?P<year>20\d\d)(?:-(?:K(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")


class NotAPeriod(ValueError):
    """A text names no month, quarter or year of this century."""


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


LENGTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A whole month, quarter or year, by its first day."""

    first: date
    kind: PeriodKind

    @property
    def last_month(self) -> date:
        """The first day of its last month."""
        return months_later(self.first, LENGTHS[self.kind] - 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return months_later(self.first, LENGTHS[self.kind]) - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last_day - self.first).days + 1

    @property
    def quarter(self) -> int:
        """The number of the quarter in which it begins."""
        return (self.first.month + 2) // 3

    @property
    def key(self) -> str:
        """How an address names it."""
        if self.kind is PeriodKind.YEAR:
            return f"{self.first:%Y}"
        if self.kind is PeriodKind.QUARTER:
            return f"{self.first:%Y}-K{self.quarter}"
        return f"{self.first:%Y-%m}"

    @property
    def quarters(self) -> tuple[date, ...]:
        """The first days of the quarters in it; of a month, of the quarter around it."""
        start = quarter_of(self.first).first
        count = 4 if self.kind is PeriodKind.YEAR else 1
        return tuple(months_later(start, 3 * index) for index in range(count))


def read_period(text: str) -> Period:
    """Read a period from an address.

    :raises NotAPeriod: when it is none.
    """
    found = PATTERN.fullmatch(text.strip().upper())
    if found is None:
        raise NotAPeriod(text)
    year = int(found["year"])
    if found["quarter"]:
        return Period(date(year, int(found["quarter"]) * 3 - 2, 1), PeriodKind.QUARTER)
    if found["month"]:
        return Period(date(year, int(found["month"]), 1), PeriodKind.MONTH)
    return Period(date(year, 1, 1), PeriodKind.YEAR)


def month_of(day: date) -> Period:
    """Return the month around a day."""
    return Period(day.replace(day=1), PeriodKind.MONTH)


def quarter_of(day: date) -> Period:
    """Return the quarter around a day."""
    return Period(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), PeriodKind.QUARTER)


def year_of(day: date) -> Period:
    """Return the year around a day."""
    return Period(date(day.year, 1, 1), PeriodKind.YEAR)
