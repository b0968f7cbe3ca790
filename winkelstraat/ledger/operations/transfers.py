"""Post transfers, once each, and take them back by posting the opposite."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from winkelstraat.ledger.domain import CannotReverse, ConflictingTransfer, Posting, Unit
from winkelstraat.ledger.models import Account, Ledger, Transfer

INSERT_ROWS = 2_000


@transaction.atomic
def post_transfers(*, postings: Sequence[Posting], now: datetime) -> list[int]:
    """Post all of `postings` or none, and return their transfers' ids in the same order.

    Posting the same content again returns the same ids, from any number of processes at
    once. What happened in a closed period is booked on the first open day and keeps its
    own activity date, so that a correction is seen as one.

    :raises InvalidPosting: for something that cannot be a transfer.
    :raises ConflictingTransfer: when a source and reason were posted with another content.
    """
    for posting in postings:
        posting.check()
    if not postings:
        return []
    ledgers = _list_ledgers()
    accounts = _open_accounts(postings, ledgers)
    rows = [_make_row(posting, ledgers, accounts, now) for posting in postings]
    Transfer.objects.bulk_create(rows, batch_size=INSERT_ROWS, ignore_conflicts=True)
    return _list_ids(rows)


@transaction.atomic
def reverse_transfer(*, transfer_id: int, reason: str, now: datetime) -> int:
    """Take a transfer back by its opposite, once, and return the opposite's id.

    The reversal has the source and the activity date of what it takes back.

    :raises CannotReverse: for a transfer that is itself a reversal.
    """
    taken_back = Transfer.objects.select_related("ledger").get(pk=transfer_id)
    if taken_back.reverses_id is not None:
        raise CannotReverse(f"Transfer {transfer_id} is a reversal.")
    unit = Unit(taken_back.ledger.unit)
    row = Transfer(
        ledger_id=taken_back.ledger_id,
        debit_id=taken_back.credit_id,
        credit_id=taken_back.debit_id,
        amount=taken_back.amount,
        source=taken_back.source,
        reason=f"reversal:{transfer_id}",
        activity_date=taken_back.activity_date,
        booked_date=_first_open_day(taken_back.activity_date, _list_ledgers()[unit][1]),
        booked_at=now,
        memo=reason,
        reverses_id=transfer_id,
    )
    Transfer.objects.bulk_create([row], ignore_conflicts=True)
    return Transfer.objects.get(reverses_id=transfer_id).pk


def _list_ledgers() -> dict[Unit, tuple[int, date | None]]:
    """Return for each unit its ledger's id and the last closed day."""
    found = Ledger.objects.annotate(closed=Max("periods__ends_on"))
    return {Unit(ledger.unit): (ledger.pk, ledger.closed) for ledger in found}


def _open_accounts(
    postings: Iterable[Posting], ledgers: dict[Unit, tuple[int, date | None]]
) -> dict[tuple[int, str], int]:
    """Return the id of every account in `postings`, making those that are new."""
    wanted = {
        (ledgers[posting.unit][0], code)
        for posting in postings
        for code in (posting.debit, posting.credit)
    }
    known = _find_accounts(wanted)
    new = sorted(wanted - known.keys())
    if new:
        Account.objects.bulk_create(
            (Account(ledger_id=ledger, code=code) for ledger, code in new), ignore_conflicts=True
        )
        known |= _find_accounts(set(new))
    return known


def _find_accounts(wanted: set[tuple[int, str]]) -> dict[tuple[int, str], int]:
    codes = {code for _ledger, code in wanted}
    found = Account.objects.filter(code__in=codes).values_list("ledger_id", "code", "pk")
    return {(ledger, code): pk for ledger, code, pk in found if (ledger, code) in wanted}


def _make_row(
    posting: Posting,
    ledgers: dict[Unit, tuple[int, date | None]],
    accounts: dict[tuple[int, str], int],
    now: datetime,
) -> Transfer:
    ledger, closed = ledgers[posting.unit]
    return Transfer(
        ledger_id=ledger,
        debit_id=accounts[ledger, posting.debit],
        credit_id=accounts[ledger, posting.credit],
        amount=posting.amount,
        source=posting.source,
        reason=posting.reason,
        activity_date=posting.activity_date,
        booked_date=_first_open_day(posting.activity_date, closed),
        booked_at=now,
        memo=posting.memo,
    )


def _first_open_day(activity: date, closed: date | None) -> date:
    if closed is None or activity > closed:
        return activity
    return closed + timedelta(days=1)


def _list_ids(rows: Sequence[Transfer]) -> list[int]:
    """Return the ids of what now stands for `rows`, and refuse it where it differs."""
    found = Transfer.objects.filter(source__in={row.source for row in rows}).filter(
        reason__in={row.reason for row in rows}
    )
    standing = {(transfer.source, transfer.reason): transfer for transfer in found}
    ids = []
    for row in rows:
        stands = standing[row.source, row.reason]
        if _content(stands) != _content(row):
            raise ConflictingTransfer(
                f"{row.source} {row.reason} was posted before as {stands.amount}"
                f" and is now asked for as {row.amount}."
            )
        ids.append(stands.pk)
    return ids


def _content(row: Transfer) -> tuple[object, ...]:
    return (row.ledger_id, row.debit_id, row.credit_id, row.amount, row.activity_date)
