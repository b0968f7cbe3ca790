"""A member says that the figures of a month are right."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ketens.models import ChainMember, MonthConfirmation
from ketens.queries.months import as_json, sum_month


class MonthStillRuns(Exception):
    """A month is confirmed when it is over."""


class AlreadyConfirmed(Exception):
    """A month is confirmed once; what comes in later shows as a difference."""


def confirm_month(
    *, member: ChainMember, month: date, user: Any, now: datetime
) -> MonthConfirmation:
    """Keep the figures as the member saw them.

    :raises MonthStillRuns: before the month is over.
    :raises AlreadyConfirmed: when it was confirmed before.
    """
    first = month.replace(day=1)
    if (now.year, now.month) <= (first.year, first.month):
        raise MonthStillRuns(f"{first:%Y-%m}")
    try:
        with transaction.atomic():
            return MonthConfirmation.objects.create(
                chain=member.chain,
                member=member,
                month=first,
                figures=as_json(sum_month(member, first)),
                confirmed_by=user,
                confirmed_at=now,
            )
    except IntegrityError as error:
        raise AlreadyConfirmed(f"{first:%Y-%m}") from error
