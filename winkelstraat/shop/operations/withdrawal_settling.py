"""Pay back what was withdrawn, on the clock of the law (CON-08, art. 6:230r BW).

The shop pays as soon as it has the goods back, or when it likes before. On the last day
the street pays by itself if the goods are back or were sent; where they are not, the shop
may wait for them. Who withdraws from the whole order gets the delivery back with it.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from winkelstraat.payments.domain.giving_back import Refundable
from winkelstraat.payments.domain.lines import LineKind
from winkelstraat.payments.operations import RefundRefused, RefundWish, refund
from winkelstraat.payments.queries import get_refundable_part
from winkelstraat.shop.domain.line_refs import deposit_ref
from winkelstraat.shop.domain.refusals import UnknownOrder
from winkelstraat.shop.domain.withdrawal import may_wait
from winkelstraat.shop.models import SellerProfile, Withdrawal
from winkelstraat.shop.models.purchases import SellerOrderStatus

BY_ITSELF = "clock"


@transaction.atomic
def say_sent(*, purchase_id: int, withdrawal_id: int, proof: str, now: datetime) -> Withdrawal:
    """Write down how the buyer sent the goods back; what he said first stays.

    :raises UnknownOrder: for a withdrawal of another purchase, or one that was too late.
    """
    withdrawal = _lock(withdrawal_id, seller_order__purchase_id=purchase_id)
    if withdrawal.sent_at is None:
        withdrawal.sent_at, withdrawal.sent_proof = now, proof
        withdrawal.save(update_fields=["sent_at", "sent_proof"])
    return withdrawal


@transaction.atomic
def take_goods_back(
    *, seller: SellerProfile, withdrawal_id: int, asked_by: str, now: datetime
) -> int:
    """Note that the goods are back and pay at once; return how many cents, twice is once.

    :raises UnknownOrder: for a withdrawal of another shop, or one that was too late.
    :raises RefundRefused: while the buyer's bank looks at the payment; nothing is written.
    """
    withdrawal = _lock(withdrawal_id, seller_order__seller=seller)
    if withdrawal.returned_at is None:
        withdrawal.returned_at = now
        withdrawal.save(update_fields=["returned_at"])
    return _settle(withdrawal, asked_by, now)


@transaction.atomic
def settle_when_due(*, withdrawal_id: int, now: datetime) -> bool:
    """Pay a withdrawal that may not wait any longer; False when it may, or was paid.

    :raises RefundRefused: while the buyer's bank looks at the payment.
    """
    withdrawal = _lock(withdrawal_id)
    waits = may_wait(
        now.date(),
        withdrawal.refund_due_on,
        was_received=withdrawal.seller_order.status == SellerOrderStatus.COLLECTED,
        is_returned=withdrawal.returned_at is not None,
        is_sent=withdrawal.sent_at is not None,
    )
    if waits or withdrawal.settled_at is not None:
        return False
    _settle(withdrawal, BY_ITSELF, now)
    return True


@transaction.atomic
def note_settled(*, purchase_ref: UUID, now: datetime) -> int:
    """Close the withdrawals of which all goods were given back in another way."""
    open_ones = Withdrawal.objects.select_for_update(of=("self",)).filter(
        seller_order__purchase__reference=purchase_ref, in_time=True, settled_at=None
    )
    closed = 0
    for withdrawal in open_ones.select_related("seller_order"):
        found = get_refundable_part(withdrawal.seller_order.number)
        if found is not None and not _missing(found[1], _withdrawn(withdrawal)):
            withdrawal.settled_at = now
            withdrawal.save(update_fields=["settled_at"])
            closed += 1
    return closed


def _settle(withdrawal: Withdrawal, asked_by: str, now: datetime) -> int:
    """Refund what is left of the goods; without a payment of ours the shop's till pays."""
    if withdrawal.settled_at is not None:
        return 0
    number = withdrawal.seller_order.number
    found = get_refundable_part(number)
    units = _missing(found[1], _withdrawn(withdrawal)) if found else {}
    withdrawal.settled_at = now
    withdrawal.save(update_fields=["settled_at"])
    if found is None or not units:
        return 0
    wish = RefundWish(
        payment_id=found[0],
        key=f"withdrawal:{withdrawal.reference}",
        reason=_("You withdrew from these goods."),
        asked_by=asked_by,
        units={number: units},
    )
    return refund(wish=wish, now=now).amount_cents


def _withdrawn(withdrawal: Withdrawal) -> dict[str, int]:
    """Return how many of each line of payment were withdrawn, the deposit on them as well."""
    units: dict[str, int] = {}
    for row in withdrawal.lines.select_related("line"):
        units[str(row.line.listing_id)] = row.quantity
        if row.line.deposit_cents:
            units[deposit_ref(row.line.listing_id)] = row.quantity
    return units


def _missing(part: Refundable, withdrawn: Mapping[str, int]) -> dict[str, int]:
    """Return the units that are still to be given back; all goods take the delivery along."""
    left = {
        line.line_ref: line.quantity - part.done.units.get(line.line_ref, 0) for line in part.lines
    }
    wanted = {ref: min(count, left[ref]) for ref, count in withdrawn.items() if left.get(ref)}
    goods = [line.line_ref for line in part.lines if line.kind == LineKind.GOODS]
    if wanted and all(left[ref] == wanted.get(ref, 0) for ref in goods):
        for line in part.lines:
            if line.kind == LineKind.DELIVERY and left[line.line_ref]:
                wanted[line.line_ref] = left[line.line_ref]
    return wanted


def _lock(withdrawal_id: int, **whose: object) -> Withdrawal:
    withdrawal = (
        Withdrawal.objects.select_for_update(of=("self",))
        .select_related("seller_order")
        .filter(pk=withdrawal_id, in_time=True, **whose)
        .first()
    )
    if withdrawal is None:
        raise UnknownOrder
    return withdrawal


__all__ = [
    "RefundRefused",
    "note_settled",
    "say_sent",
    "settle_when_due",
    "take_goods_back",
]
