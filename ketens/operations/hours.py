"""Take down paid hours per group, employer and month; the ledger counts them in minutes."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from dorpen.register.models import Enterprise
from ketens.domain import codes
from ketens.domain.work import TargetGroup, are_doubtful, check_hours
from ketens.models import WorkMonth
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.operations import Posting, post_transfers

MINUTES = 60


class HoursDoubtful(Exception):
    """More than anyone may work in a week; possible, so the employer is asked once more."""


class MonthNotOver(Exception):
    """Paid hours are known when their month has begun, and not before."""


class NothingChanged(Exception):
    """The same hours of as many people stand there already."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What an employer says of one group in one month; a correction says the whole anew."""

    group: TargetGroup
    month: date
    hours: Decimal
    people: int
    is_confirmed: bool = False


@transaction.atomic
def declare_hours(
    *, employer: Enterprise, declaration: Declaration, user: Any, now: datetime
) -> WorkMonth:
    """Write the hours of a month; what was said before stays, and the ledger moves by the rest.

    :raises ImpossibleHours: below zero, or more than the month holds.
    :raises HoursDoubtful: above 60 hours a week per person, unless confirmed.
    :raises MonthNotOver: for a month that has not begun.
    :raises NothingChanged: when this stands there already.
    """
    month = declaration.month.replace(day=1)
    if month > now.date():
        raise MonthNotOver(f"{month:%Y-%m}")
    check_hours(declaration.hours, month=month, people=declaration.people)
    is_doubtful = are_doubtful(declaration.hours, month=month, people=declaration.people)
    if is_doubtful and not declaration.is_confirmed:
        raise HoursDoubtful(f"{declaration.hours} hours of {declaration.people}")
    lock_employer(employer)
    rows = WorkMonth.objects.filter(employer=employer, group=declaration.group.value, month=month)
    before = rows.order_by("-version").first()
    minutes = round(declaration.hours * MINUTES)
    if before and (before.minutes, before.people) == (minutes, declaration.people):
        raise NothingChanged(str(before))
    row = WorkMonth.objects.create(
        employer=employer,
        group=declaration.group.value,
        month=month,
        version=before.version + 1 if before else 1,
        minutes=minutes,
        people=declaration.people,
        is_confirmed=is_doubtful,
        declared_by=user,
        declared_at=now,
    )
    post_difference(row, minutes - (before.minutes if before else 0), now=now)
    return row


def post_difference(row: WorkMonth, minutes: int, *, now: datetime) -> None:
    """Move minutes in the ledger, without the group: the books tell hours and no status."""
    if not minutes:
        return
    outside, inside = codes.declared_work_accounts(row.employer_id)
    debit, credit = (inside, outside) if minutes > 0 else (outside, inside)
    posting = Posting(
        unit=Unit.MINUTES,
        debit=debit,
        credit=credit,
        amount=abs(minutes),
        source=f"work:{row.employer_id}",
        reason=f"minutes:declaration:{row.pk}",
        activity_date=row.month,
    )
    post_transfers(postings=[posting], now=now)


def lock_employer(employer: Enterprise) -> None:
    """Let one declaration of an employer be written at a time, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('work'), %s)", [employer.pk])
