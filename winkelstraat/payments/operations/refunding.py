"""Give a buyer his money back, by line, by shop, by amount, or as goodwill (PAY-19).

The decision is one transaction under the payment's lock: what each shop returns is worked
out from frozen shares, booked, and written as commands. The buyer's refund is a command
of its own and waits for no shop.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from winkelstraat.common.announcer import announce
from winkelstraat.payments.domain.giving_back import GivenBack, RefundRefused
from winkelstraat.payments.domain.refund_wishes import RefundWish, work_out
from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.events import CommandQueued, RefundMade
from winkelstraat.payments.models import (
    CommandKind,
    DisputeState,
    Payment,
    PaymentCommand,
    Refund,
    RefundPart,
    RefundState,
)
from winkelstraat.payments.operations.refund_books import GOODWILL, book_decision
from winkelstraat.payments.operations.taking_back import take_back
from winkelstraat.payments.operations.transferring import key_prefix
from winkelstraat.payments.queries.refundable import get_refundables


@transaction.atomic
def refund(*, wish: RefundWish, now: datetime) -> Refund:
    """Decide a refund, book it and queue it; the same wish again gives the same refund.

    :raises RefundRefused: when it is more than was paid, or cannot be given back; nothing
        changed then.
    """
    payment = Payment.objects.select_for_update().get(pk=wish.payment_id)
    known = Refund.objects.filter(key=wish.key).first()
    if known is not None:
        return known
    if payment.state != PaymentState.PAID:
        raise RefundRefused(f"This payment is {payment.state}.")
    if payment.disputes.filter(state=DisputeState.OPEN).exists():
        raise RefundRefused("The buyer asked his bank for this money: wait for its answer.")
    given = work_out(wish, get_refundables(payment.pk))
    amount_cents = sum(part.amount_cents for part in given)
    if amount_cents > left_to_give(payment):
        raise RefundRefused(f"Only {left_to_give(payment)} cents of this payment are still here.")
    refund = Refund(
        payment=payment,
        key=wish.key[:120],
        amount_cents=amount_cents,
        reason=wish.reason[:300],
        asked_by=wish.asked_by[:150],
        created_at=now,
    )
    write_refund(refund, given, bearer=GOODWILL, now=now)
    queue_refund(refund, now)
    return refund


def left_to_give(payment: Payment) -> int:
    """Return what came in for a payment and was not given back in any way, in cents."""
    gone = payment.refunds.aggregate(cents=Sum("amount_cents"))["cents"] or 0
    return payment.received_cents - int(gone)


def write_refund(refund: Refund, given: Sequence[GivenBack], *, bearer: str, now: datetime) -> None:
    """Write a decided refund, take the shops' shares back and book both.

    The caller holds the payment's lock.
    """
    refund.save()
    parts = {part.seller_order_ref: part for part in refund.payment.parts.all()}
    for one in given:
        part = parts[one.seller_order_ref]
        take_back(RefundPart.objects.create(refund=refund, part=part, **_columns(one)), now)
    shares = [(parts[one.seller_order_ref].enterprise_id, one) for one in given]
    book_decision(refund, shares, bearer=bearer, now=now)
    announce(RefundMade(refund.pk, refund.payment_id, refund.payment.purchase_ref, now))


def give_back_everything(payment: Payment, reason: str, now: datetime) -> None:
    """Send all that was received back to a buyer whose goods cannot be delivered (PAY-13).

    No shop was credited, so nothing is taken back; the money lies ready to be refunded.
    """
    refund, is_new = Refund.objects.get_or_create(
        key=f"payment:{payment.reference}:everything",
        defaults={
            "payment": payment,
            "amount_cents": payment.received_cents,
            "reason": reason[:300],
            "created_at": now,
        },
    )
    if is_new:
        announce(RefundMade(refund.pk, payment.pk, payment.purchase_ref, now))
        queue_refund(refund, now)


def queue_refund(refund: Refund, now: datetime) -> None:
    """Queue the command that sends the money; nothing to send is there already."""
    if not refund.amount_cents:
        Refund.objects.filter(pk=refund.pk).update(state=RefundState.SUCCEEDED, ended_at=now)
        return
    command = PaymentCommand.objects.create(
        kind=CommandKind.REFUND,
        key=f"{key_prefix()}:refund:{refund.reference}",
        payment=refund.payment,
        refund=refund,
        params=refund_params(refund),
        created_at=now,
        next_attempt_at=now,
    )
    announce(CommandQueued(command.pk))


def refund_params(refund: Refund) -> dict[str, Any]:
    """Return what the provider is told about a refund; metadata holds ids only (PRV-02)."""
    return {
        "payment_intent": refund.payment.intent_id,
        "amount": refund.amount_cents,
        "reason": "requested_by_customer",
        "metadata": {
            "platform": settings.PAYMENTS_PLATFORM,
            "purchase": str(refund.payment.purchase_ref),
            "payment": str(refund.payment.reference),
            "refund": str(refund.reference),
        },
    }


def _columns(given: GivenBack) -> dict[str, Any]:
    return {
        "amount_cents": given.amount_cents,
        "gross_cents": given.gross_cents,
        "discount_cents": given.discount_cents,
        "commissioned_cents": given.commissioned_cents,
        "fee_cents": given.fee_cents,
        "back_cents": given.back_cents,
        "top_up_cents": given.top_up_cents,
        "lines": [line.as_json() for line in given.lines],
        "vat_groups": [group.as_json() for group in given.vat_groups],
    }
