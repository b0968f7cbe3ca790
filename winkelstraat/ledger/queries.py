"""Read the books: balances at any date, transfers of a source, digests of a period."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Max, OuterRef, Subquery

from winkelstraat.ledger.domain import Balance, Unit
from winkelstraat.ledger.models import Ledger, Period, Transfer

BALANCE = """
WITH closed AS (
    SELECT period.id, period.ends_on
    FROM ledger_period period JOIN ledger_ledger ledger ON ledger.id = period.ledger_id
    WHERE ledger.unit = %(unit)s AND period.ends_on <= %(at)s
    ORDER BY period.ends_on DESC LIMIT 1
), chosen AS (
    SELECT account.id
    FROM ledger_account account JOIN ledger_ledger ledger ON ledger.id = account.ledger_id
    WHERE ledger.unit = %(unit)s AND account.code LIKE %(code)s
)
SELECT coalesce(sum(debits), 0)::bigint, coalesce(sum(credits), 0)::bigint
FROM (
    SELECT debits, credits FROM ledger_periodbalance
    WHERE period_id = (SELECT id FROM closed) AND account_id IN (SELECT id FROM chosen)
    UNION ALL
    SELECT debits, credits FROM ledger_accountday
    WHERE account_id IN (SELECT id FROM chosen) AND date <= %(at)s
        AND date > coalesce((SELECT ends_on FROM closed), '-infinity'::date)
) AS moved
"""

# Closed periods keep a balance per account, so only the days of one period are added up.
MOVED = """
WITH closed AS (
    SELECT DISTINCT ON (ledger_id) ledger_id, id, ends_on
    FROM ledger_period ORDER BY ledger_id, ends_on DESC
), before AS (
    SELECT DISTINCT ON (ledger_id) ledger_id, id, ends_on
    FROM ledger_period WHERE ends_on < %(since)s::date ORDER BY ledger_id, ends_on DESC
), asked AS (
    SELECT account.id, account.code, ledger.unit, closed.id AS closed_id, before.id AS before_id,
        coalesce(closed.ends_on, '-infinity'::date) AS closed_on,
        coalesce(before.ends_on, '-infinity'::date) AS before_on,
        %(since)s::date IS NULL OR coalesce(closed.ends_on >= %(since)s::date, false) AS is_whole
    FROM ledger_account account
    JOIN ledger_ledger ledger ON ledger.id = account.ledger_id
    LEFT JOIN closed ON closed.ledger_id = account.ledger_id
    LEFT JOIN before ON before.ledger_id = account.ledger_id
    WHERE account.code LIKE %(code)s
), chosen AS (
    SELECT *, CASE WHEN is_whole THEN closed_on ELSE %(since)s::date - 1 END AS after_on FROM asked
)
SELECT unit, code, sum(debits)::bigint, sum(credits)::bigint
FROM (
    SELECT unit, code, debits, credits
    FROM chosen JOIN ledger_periodbalance kept
        ON kept.period_id = closed_id AND kept.account_id = chosen.id
    WHERE is_whole
    UNION ALL
    SELECT unit, code, debits, credits
    FROM chosen JOIN ledger_accountday day ON day.account_id = chosen.id
    WHERE day.date > after_on
    UNION ALL
    SELECT unit, code, -debits, -credits
    FROM chosen JOIN ledger_periodbalance kept
        ON kept.period_id = before_id AND kept.account_id = chosen.id
    WHERE is_whole AND %(since)s::date IS NOT NULL
    UNION ALL
    SELECT unit, code, -debits, -credits
    FROM chosen JOIN ledger_accountday day ON day.account_id = chosen.id
    WHERE is_whole AND day.date < %(since)s::date AND day.date > before_on
) AS moved
GROUP BY unit, code
HAVING sum(debits) <> 0 OR sum(credits) <> 0
"""


@dataclass(frozen=True)
class AccountSum:
    """What went to and left one account."""

    unit: Unit
    code: str
    debits: int
    credits: int


@dataclass(frozen=True)
class TransferRow:
    """One transfer as a reader sees it; `amount` in whole units."""

    id: int
    unit: Unit
    debit: str
    credit: str
    amount: int
    source: str
    reason: str
    activity_date: date
    booked_date: date
    booked_at: datetime
    memo: str
    reverses_id: int | None


def get_balance(*, unit: Unit, account: str, at: date | None = None) -> Balance:
    """Return what moved on one account up to and including the booked day `at`."""
    return _get_balance(unit, _literal(account), at)


def sum_balances(*, unit: Unit, prefix: str, at: date | None = None) -> Balance:
    """Return what moved on all accounts whose code starts with `prefix`."""
    return _get_balance(unit, _literal(prefix) + "%", at)


def sum_between(*, unit: Unit, prefix: str, since: date, until: date) -> Balance:
    """Return what moved on accounts with this prefix in booked days, both ends included."""
    last = _get_balance(unit, _literal(prefix) + "%", until)
    first = _get_balance(unit, _literal(prefix) + "%", date.fromordinal(since.toordinal() - 1))
    return Balance(last.debits - first.debits, last.credits - first.credits)


def sum_accounts(*, prefix: str, since: date | None = None) -> list[AccountSum]:
    """Return what moved on each account with this prefix from a booked day on; one query.

    It reads the kept balances of closed periods and the days of the open one, whatever
    the number of transfers. Accounts on which nothing moved are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(MOVED, {"code": _literal(prefix) + "%", "since": since})
        return [AccountSum(Unit(row[0]), *row[1:]) for row in cursor.fetchall()]


def list_transfers(*, source: str) -> list[TransferRow]:
    """Return every transfer of one source, in the order in which they were posted."""
    return list_transfers_of(sources=[source])


def list_transfers_of(*, sources: Collection[str]) -> list[TransferRow]:
    """Return every transfer of some sources, in the order in which they were posted."""
    found = (
        Transfer.objects.filter(source__in=sources)
        .select_related("ledger", "debit", "credit")
        .order_by("id")
    )
    return [
        TransferRow(
            id=transfer.pk,
            unit=Unit(transfer.ledger.unit),
            debit=transfer.debit.code,
            credit=transfer.credit.code,
            amount=transfer.amount,
            source=transfer.source,
            reason=transfer.reason,
            activity_date=transfer.activity_date,
            booked_date=transfer.booked_date,
            booked_at=transfer.booked_at,
            memo=transfer.memo,
            reverses_id=transfer.reverses_id,
        )
        for transfer in found
    ]


@dataclass(frozen=True)
class Seal:
    """A closed period with the digest over everything booked in it, chained to the one before."""

    unit: Unit
    ends_on: date
    transfers: int
    previous_digest: str
    digest: str
    closed_at: datetime


def list_seals() -> list[Seal]:
    """Return the seal of every closed period, the newest first; one query."""
    return [
        Seal(
            unit=Unit(period.ledger.unit),
            ends_on=period.ends_on,
            transfers=period.transfer_count,
            previous_digest=period.previous_digest,
            digest=period.digest,
            closed_at=period.closed_at,
        )
        for period in Period.objects.select_related("ledger").order_by("-ends_on", "ledger__unit")
    ]


def get_closed_until() -> date | None:
    """Return the last day on which every ledger is closed, None while one never closed."""
    ledgers = Ledger.objects.annotate(closed=Max("periods__ends_on"))
    ends = list(ledgers.values_list("closed", flat=True))
    return None if None in ends else min(ends)


def list_last_closed() -> dict[Unit, date | None]:
    """Return for each unit the last day on which its ledger is closed; one query."""
    ledgers = Ledger.objects.annotate(closed=Max("periods__ends_on"))
    return {Unit(unit): closed for unit, closed in ledgers.values_list("unit", "closed")}


def get_first_booked() -> date | None:
    """Return the first day on which anything was booked; one query by index."""
    rows = Transfer.objects.filter(ledger=OuterRef("pk")).order_by("booked_date")
    firsts = Ledger.objects.annotate(first=Subquery(rows.values("booked_date")[:1]))
    return min((day for day in firsts.values_list("first", flat=True) if day), default=None)


def count_late(*, closed: date | None) -> int:
    """Return how many transfers came after their own period was closed, since that closing.

    All of those are booked on the first open day, so one day is looked at.
    """
    if closed is None:
        return 0
    first_open = closed + timedelta(days=1)
    return Transfer.objects.filter(
        ledger__in=Ledger.objects.all(), booked_date=first_open, activity_date__lte=closed
    ).count()


def digest_period(
    *, ledger_id: int, after: date, until: date, previous_digest: str
) -> tuple[str, int]:
    """Return the sha256 over a period's row digests, chained, and how many rows it has."""
    digest = hashlib.sha256(previous_digest.encode())
    count = 0
    rows = Transfer.objects.filter(
        ledger_id=ledger_id, booked_date__gt=after, booked_date__lte=until
    )
    for (row_digest,) in rows.order_by("id").values_list("digest").iterator(chunk_size=20_000):
        digest.update(row_digest.encode())
        count += 1
    return digest.hexdigest(), count


def _literal(code: str) -> str:
    """Escape what LIKE would read as a pattern."""
    return code.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _get_balance(unit: Unit, code: str, at: date | None) -> Balance:
    with connection.cursor() as cursor:
        cursor.execute(BALANCE, {"unit": unit.value, "code": code, "at": at or date.max})
        debits, credits_ = cursor.fetchone()
    return Balance(debits, credits_)
