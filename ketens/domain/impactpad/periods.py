"""Measurements that the books make by themselves, in whole periods that are over."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from ketens.domain.work import months_later

LATE = timedelta(days=10)


class Frequency(StrEnum):
    """How often something is measured."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months one period holds."""
        return {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}[self]


@dataclass(frozen=True, slots=True)
class MonthSum:
    """What the books hold of one month; a share has a ``whole``, other sums have none.

    ``known`` of ``records`` rows could be counted; ``first_day`` is the first of them.
    """

    month: date
    part: int
    whole: int | None
    records: int
    known: int
    first_day: date | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """One measurement of the books, in the unit of its feed."""

    first: date
    last: date
    value: Decimal
    records: int
    known: int


def list_periods(
    sums: Iterable[MonthSum], frequency: Frequency, *, per: int, today: date
) -> tuple[Period, ...]:
    """Return the periods that are over, oldest first; a value is ``part / per`` or a percentage.

    A period without any row is not there: unknown is not nothing. Neither is a sum over a
    period in which the books began late: it would make what follows look like growth.
    """
    grouped: dict[date, list[MonthSum]] = defaultdict(list)
    for row in sums:
        month = row.month.month - (row.month.month - 1) % frequency.months
        grouped[date(row.month.year, month, 1)].append(row)
    found: list[Period] = []
    for first, rows in sorted(grouped.items()):
        last = months_later(first, frequency.months) - timedelta(days=1)
        value = _value(rows, per)
        if not found and _begins_late(rows, first):
            continue
        if last < today and value is not None:
            records = sum(row.records for row in rows)
            known = sum(row.known for row in rows)
            found.append(Period(first, last, value, records, known))
    return tuple(found)


def _begins_late(rows: Iterable[MonthSum], first: date) -> bool:
    """Tell whether a sum begins more than ten days into its period; a share may."""
    rows = list(rows)
    days = [row.first_day for row in rows if row.first_day is not None and row.whole is None]
    return bool(days) and min(days) - first > LATE


def _value(rows: Iterable[MonthSum], per: int) -> Decimal | None:
    rows = list(rows)
    part = Decimal(sum(row.part for row in rows))
    if any(row.whole is not None for row in rows):
        whole = sum(row.whole or 0 for row in rows)
        return part * 100 / whole if whole else None
    return part / per
