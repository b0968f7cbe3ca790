"""Withdraw from a contract, without giving a reason (art. 6:230oa BW).

The purchase is locked, so that the same goods are not withdrawn twice. Nobody has to
agree: the statement itself ends the contract. Mails leave after commit.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from winkelstraat.common.announcer import announce
from winkelstraat.shop.domain.refusals import Refusal, UnknownOrder
from winkelstraat.shop.domain.withdrawal import is_in_time, may_withdraw, refund_due_on
from winkelstraat.shop.events import ContractWithdrawn
from winkelstraat.shop.models import (
    Purchase,
    SellerOrder,
    SellerOrderLine,
    Withdrawal,
    WithdrawalLine,
)
from winkelstraat.shop.queries.withdrawals import BOUND, count_withdrawn, get_deadline


class NothingWithdrawn(Refusal):
    """The statement names no goods."""

    code = "nothing_withdrawn"


@dataclass
class CannotWithdraw(Refusal):
    """A line of which less is left, or that the law excepts (art. 6:230p BW)."""

    title: str
    left: int
    code = "cannot_withdraw"


@dataclass(frozen=True)
class Statement:
    """Who withdraws from what: units per line of one purchase."""

    purchase_id: int
    name: str
    email: str
    units: Mapping[int, int]


@transaction.atomic
def withdraw(*, statement: Statement, now: datetime) -> list[Withdrawal]:
    """Write the statement down, one for each shop it concerns, and tell.

    :raises NothingWithdrawn: when no goods are named.
    :raises UnknownOrder: for a line of another purchase, or one that binds nobody.
    :raises CannotWithdraw: when a line is excepted, or fewer are left than named.
    """
    Purchase.objects.select_for_update().get(pk=statement.purchase_id)
    named = {line: units for line, units in statement.units.items() if units > 0}
    if not named:
        raise NothingWithdrawn
    lines = list(
        SellerOrderLine.objects.filter(
            pk__in=named,
            seller_order__purchase_id=statement.purchase_id,
            seller_order__status__in=BOUND,
        ).select_related("seller_order")
    )
    if len(lines) != len(named):
        raise UnknownOrder
    _refuse(lines, named)
    by_order: dict[SellerOrder, list[SellerOrderLine]] = defaultdict(list)
    for line in lines:
        by_order[line.seller_order].append(line)
    return [_state(order, its, named, statement, now) for order, its in by_order.items()]


def _refuse(lines: list[SellerOrderLine], named: Mapping[int, int]) -> None:
    taken = count_withdrawn([line.seller_order_id for line in lines])
    for line in lines:
        left = line.quantity - taken.get(line.pk, 0)
        was_received = line.seller_order.collected_at is not None
        may = may_withdraw(line.withdrawal_class, was_received=was_received)
        if not may or named[line.pk] > left:
            raise CannotWithdraw(line.title, left)


def _state(
    order: SellerOrder,
    lines: list[SellerOrderLine],
    named: Mapping[int, int],
    statement: Statement,
    now: datetime,
) -> Withdrawal:
    deadline = get_deadline(order)
    withdrawal = Withdrawal.objects.create(
        seller_order=order,
        name=statement.name,
        email=statement.email,
        stated_at=now,
        deadline=deadline,
        in_time=is_in_time(now, deadline),
        refund_due_on=refund_due_on(now),
    )
    WithdrawalLine.objects.bulk_create(
        WithdrawalLine(withdrawal=withdrawal, line=line, quantity=named[line.pk]) for line in lines
    )
    announce(ContractWithdrawn(withdrawal.pk, now))
    return withdrawal
