"""Hours as their employer sees them: by month and group, and what they mean in jobs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dorpen.register.models import Enterprise
from ketens.domain.work import (
    AGREEMENT_JOB_HOURS,
    FULL_TIME_BASES,
    TargetGroup,
    full_time_equivalents,
    months_later,
    weekly_hours,
)
from ketens.models import WorkMonth
from ketens.models.work import GROUP_LABELS
from ketens.queries.wording import say_number

MINUTES = Decimal(60)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One group in one month, by its newest version."""

    month: date
    group_text: str
    hours_text: str
    people: int
    version: int
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class HoursDesk:
    """The hours of twelve months; every unit of jobs apart, since none stands for another."""

    rows: tuple[HoursRow, ...]
    month_hours_text: str
    jobs: tuple[tuple[str, str], ...]


def get_hours(employer: Enterprise, *, today: date) -> HoursDesk:
    """Return the hours of an employer; one query."""
    month = months_later(today.replace(day=1), -1)
    rows = newest_rows(employer, since=months_later(month, -MONTHS))
    minutes = sum(row.minutes for row in rows if row.month == month)
    a_week = weekly_hours(minutes / MINUTES)
    bases = (*FULL_TIME_BASES, AGREEMENT_JOB_HOURS)
    return HoursDesk(
        rows=tuple(build_row(row) for row in rows),
        month_hours_text=say_number(minutes / MINUTES, 1),
        jobs=tuple(
            (
                say_number(base, 0 if base == int(base) else 1),
                say_number(full_time_equivalents(a_week, base), 2),
            )
            for base in bases
        ),
    )


def newest_rows(employer: Enterprise, *, since: date) -> list[WorkMonth]:
    """Return the newest version of every month and group from a month on."""
    rows = (
        WorkMonth.objects.filter(employer=employer, month__gte=since)
        .order_by("-month", "group", "-version")
        .distinct("month", "group")
    )
    return list(rows)


def build_row(row: WorkMonth) -> HoursRow:
    """Return a month of a group in words."""
    return HoursRow(
        month=row.month,
        group_text=str(GROUP_LABELS[TargetGroup(row.group)]),
        hours_text=say_number(row.minutes / MINUTES, 1),
        people=row.people,
        version=row.version,
        is_confirmed=row.is_confirmed,
    )
