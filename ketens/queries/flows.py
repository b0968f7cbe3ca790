"""What the ledger says about the chains, summed in the database."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from ketens.models import FlowDay
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.models import Transfer
from winkelstraat.ledger.queries import AccountSum, sum_accounts

__all__ = ["AccountSum", "Flow", "list_flows", "sum_accounts", "sum_arrived"]


@dataclass(frozen=True, slots=True)
class Flow:
    """What went from one account to another in one unit, and in how many transfers."""

    unit: Unit
    debit: str
    credit: str
    amount: int
    transfers: int


def sum_arrived(*, prefix: str, since: date | None = None) -> dict[Unit, int]:
    """Return what arrived on accounts with this prefix, less what left them, by unit.

    One query; a unit without any movement is absent.
    """
    sums: dict[Unit, int] = {}
    for row in sum_accounts(prefix=prefix, since=since):
        sums[row.unit] = sums.get(row.unit, 0) + row.debits - row.credits
    return sums


def list_flows(*, prefix: str, since: date | None = None) -> list[Flow]:
    """Return what went between every two accounts of chains of which one has this prefix.

    One query over the sums per day, whatever the ledger holds.
    """
    rows = FlowDay.objects.filter(Q(debit__startswith=prefix) | Q(credit__startswith=prefix))
    if since is not None:
        rows = rows.filter(day__gte=since)
    sums = rows.values_list("unit", "debit", "credit").annotate(
        amount=Sum("amount"), transfers=Sum("transfers")
    )
    return [
        Flow(Unit(unit), debit, credit, amount, count)
        for unit, debit, credit, amount, count in sums.order_by()
    ]


def count_transfers(*, prefix: str, unit: Unit, since: date | None = None) -> int:
    """Return how many transfers touch accounts with this prefix."""
    return transfers_touching(prefix, since).filter(ledger__unit=unit).count()


def transfers_touching(prefix: str, since: date | None) -> QuerySet[Transfer]:
    """Return the transfers with this prefix on either side, from a booked day on."""
    transfers = Transfer.objects.filter(
        Q(debit__code__startswith=prefix) | Q(credit__code__startswith=prefix)
    )
    return transfers if since is None else transfers.filter(booked_date__gte=since)
