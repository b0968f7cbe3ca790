"""Recompute the books from the transfers alone and name every difference.

Everything is compared inside the database, so a million transfers take seconds and no
memory; only what differs comes back.
"""

from collections.abc import Iterator
from datetime import date

from django.db import connection

from winkelstraat.ledger.models import Period
from winkelstraat.ledger.queries import digest_period

MOST_NAMED = 20

EDITED_ROWS = """
SELECT 'transfer ' || id || ': the row does not fit its digest'
FROM ledger_transfer transfer WHERE digest <> ledger_transfer_digest(transfer)
ORDER BY id LIMIT %(most)s
"""

WRONG_DAYS = """
WITH sides AS (
    SELECT debit_id AS account_id, booked_date, amount AS debits, 0::bigint AS credits
    FROM ledger_transfer
    UNION ALL
    SELECT credit_id, booked_date, 0, amount FROM ledger_transfer
), sums AS (
    SELECT account_id, booked_date AS date, sum(debits) AS debits, sum(credits) AS credits
    FROM sides GROUP BY account_id, booked_date
)
SELECT format('account %%s on %%s: kept %%s/%%s, transfers give %%s/%%s',
    account_id, date, day.debits, day.credits, sums.debits, sums.credits)
FROM sums FULL JOIN ledger_accountday day USING (account_id, date)
WHERE (day.debits, day.credits) IS DISTINCT FROM (sums.debits, sums.credits)
ORDER BY account_id, date LIMIT %(most)s
"""

WRONG_PERIODS = """
WITH sides AS (
    SELECT debit_id AS account_id, booked_date, amount AS debits, 0::bigint AS credits
    FROM ledger_transfer
    UNION ALL
    SELECT credit_id, booked_date, 0, amount FROM ledger_transfer
), sums AS (
    SELECT period.id AS period_id, side.account_id, sum(side.debits) AS debits,
        sum(side.credits) AS credits
    FROM ledger_period period
    JOIN ledger_account account ON account.ledger_id = period.ledger_id
    JOIN sides AS side
        ON side.account_id = account.id AND side.booked_date <= period.ends_on
    GROUP BY period.id, side.account_id
)
SELECT format('account %%s in period %%s: kept %%s/%%s, transfers give %%s/%%s',
    account_id, period_id, kept.debits, kept.credits, sums.debits, sums.credits)
FROM sums FULL JOIN ledger_periodbalance kept USING (period_id, account_id)
WHERE (kept.debits, kept.credits) IS DISTINCT FROM (sums.debits, sums.credits)
ORDER BY period_id, account_id LIMIT %(most)s
"""

UNBALANCED = """
SELECT format('ledger %%s: debits %%s, credits %%s', ledger.unit, sum(day.debits), sum(day.credits))
FROM ledger_accountday day
JOIN ledger_account account ON account.id = day.account_id
JOIN ledger_ledger ledger ON ledger.id = account.ledger_id
GROUP BY ledger.unit HAVING sum(day.debits) <> sum(day.credits)
LIMIT %(most)s
"""


def list_differences() -> Iterator[str]:
    """Yield a sentence for each difference, at most twenty of a kind; nothing when clean."""
    with connection.cursor() as cursor:
        for statement in (EDITED_ROWS, WRONG_DAYS, WRONG_PERIODS, UNBALANCED):
            cursor.execute(statement, {"most": MOST_NAMED})
            yield from (line for (line,) in cursor.fetchall())
    yield from _list_broken_seals()


def _list_broken_seals() -> Iterator[str]:
    """Yield each period whose digest, or whose link to the one before, does not fit."""
    after: dict[int, tuple[date, str]] = {}
    for period in Period.objects.select_related("ledger").order_by("ledger", "ends_on"):
        start, previous = after.get(period.ledger_id, (date.min, ""))
        digest, count = digest_period(
            ledger_id=period.ledger_id,
            after=start,
            until=period.ends_on,
            previous_digest=previous,
        )
        if (digest, count, previous) != (
            period.digest,
            period.transfer_count,
            period.previous_digest,
        ):
            yield f"period {period}: the seal does not fit its {count} transfers"
        after[period.ledger_id] = (period.ends_on, period.digest)
