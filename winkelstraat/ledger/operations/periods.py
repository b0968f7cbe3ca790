"""Close a period: freeze its balances and seal its transfers with a chained digest."""

from datetime import date, datetime

from django.db import connection, transaction

from winkelstraat.ledger.domain import CannotClose, Unit
from winkelstraat.ledger.models import Ledger, Period
from winkelstraat.ledger.queries import digest_period

PERIOD_LOCK = 7_230_102

FREEZE = """
INSERT INTO ledger_periodbalance (period_id, account_id, debits, credits)
SELECT %(period)s, account_id, sum(debits), sum(credits)
FROM (
    SELECT account_id, debits, credits FROM ledger_periodbalance
    WHERE period_id = %(previous)s
    UNION ALL
    SELECT day.account_id, day.debits, day.credits
    FROM ledger_accountday day JOIN ledger_account account ON account.id = day.account_id
    WHERE account.ledger_id = %(ledger)s AND day.date <= %(until)s AND day.date > %(after)s
) AS moved
GROUP BY account_id
"""


@transaction.atomic
def close_period(*, unit: Unit, until: date, now: datetime) -> Period:
    """Close a ledger up to and including the day `until`; nothing is booked there again.

    :raises CannotClose: when the day is not past, or lies in a closed period.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PERIOD_LOCK])
    ledger = Ledger.objects.get(unit=unit)
    previous = Period.objects.filter(ledger=ledger).order_by("ends_on").last()
    if until >= now.date():
        raise CannotClose(f"{until} is not over yet.")
    if previous and until <= previous.ends_on:
        raise CannotClose(f"The ledger is closed up to {previous.ends_on} already.")
    after = previous.ends_on if previous else date.min
    before = previous.digest if previous else ""
    digest, count = digest_period(
        ledger_id=ledger.pk, after=after, until=until, previous_digest=before
    )
    period = Period.objects.create(
        ledger=ledger,
        ends_on=until,
        closed_at=now,
        transfer_count=count,
        previous_digest=before,
        digest=digest,
    )
    with connection.cursor() as cursor:
        values = {
            "period": period.pk,
            "previous": previous.pk if previous else None,
            "ledger": ledger.pk,
            "until": until,
            "after": after,
        }
        cursor.execute(FREEZE, values)
    return period
