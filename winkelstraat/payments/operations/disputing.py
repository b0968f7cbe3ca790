"""Follow disputes: hold what is still here, and share what is lost over the shops (PAY-22).

The bank takes the money at once; the platform's own balance bears it and the fee. Only
when the dispute is lost the shops return their shares, as with a refund.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from winkelstraat.payments import gateway
from winkelstraat.payments.domain.refund_wishes import give_without_cash
from winkelstraat.payments.domain.reports import DisputeReport
from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.models import (
    Dispute,
    DisputeState,
    Payment,
    Refund,
    RefundKind,
    RefundState,
    ShopTransfer,
    TransferState,
)
from winkelstraat.payments.operations.booking import RETURNS, move
from winkelstraat.payments.operations.fees import FEES
from winkelstraat.payments.operations.refund_books import DISPUTED
from winkelstraat.payments.operations.refunding import write_refund
from winkelstraat.payments.operations.taking_back import NOT_YET_SENT
from winkelstraat.payments.queries.refundable import get_refundables

alarm = logging.getLogger("winkelstraat.alarm")


def follow_disputes(*, payment_id: int, now: datetime) -> int:
    """Fetch the disputes over a payment and bring ours up to date; return how many there are.

    Call it outside a transaction.

    :raises GatewayError: when the provider does not answer; nothing changed then.
    """
    payment = Payment.objects.get(pk=payment_id)
    if payment.state != PaymentState.PAID or not payment.intent_id or payment.is_retold:
        return 0
    reports = gateway.list_disputes(payment.intent_id)
    if reports:
        _write_reports(payment_id, reports, now)
    return len(reports)


@transaction.atomic
def _write_reports(payment_id: int, reports: Sequence[DisputeReport], now: datetime) -> None:
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    for report in reports:
        dispute, is_new = Dispute.objects.get_or_create(
            external_id=report.dispute_id,
            defaults={
                "payment": payment,
                "amount_cents": report.amount_cents,
                "reason": report.reason[:60],
                "opened_at": report.opened_at,
                "evidence_due_at": report.evidence_due_at,
            },
        )
        if is_new:
            _hold_transfers(payment)
            alarm.error(
                "Payment %s is disputed: %s, %s cents.",
                payment.reference,
                report.reason,
                report.amount_cents,
            )
        _book_movements(dispute, report, now)
        if dispute.state == DisputeState.OPEN and report.status != DisputeState.OPEN:
            _close(payment, dispute, report, now)


def _hold_transfers(payment: Payment) -> None:
    """Keep here what did not leave yet."""
    ShopTransfer.objects.filter(part__payment=payment, state__in=NOT_YET_SENT).update(
        state=TransferState.DISPUTED
    )


def _book_movements(dispute: Dispute, report: DisputeReport, now: datetime) -> None:
    """Book what the bank took or gave since the last time, and the provider's fee."""
    taken = report.withdrawn_cents - dispute.withdrawn_cents
    fee = report.fee_cents - dispute.fee_cents
    if not taken and not fee:
        return
    step = f"{report.withdrawn_cents}:{report.fee_cents}"
    moves = [
        (DISPUTED, RETURNS, taken, f"withdrawn:{step}"),
        (FEES, RETURNS, fee, f"fee:{step}"),
    ]
    move(f"dispute:{dispute.external_id}", moves, now=now, memo=dispute.reason)
    dispute.withdrawn_cents, dispute.fee_cents = report.withdrawn_cents, report.fee_cents
    dispute.save(update_fields=["withdrawn_cents", "fee_cents"])


def _close(payment: Payment, dispute: Dispute, report: DisputeReport, now: datetime) -> None:
    dispute.state = report.status
    dispute.closed_at = now
    dispute.save(update_fields=["state", "closed_at"])
    if dispute.state == DisputeState.LOST:
        _share_loss(payment, dispute, now)
    _let_go(payment)
    alarm.error("Dispute %s is %s.", dispute.external_id, dispute.state)


def _share_loss(payment: Payment, dispute: Dispute, now: datetime) -> None:
    """Let every shop return its share of what the bank keeps; the fee stays ours (W12)."""
    parts = get_refundables(payment.pk)
    cents = min(dispute.withdrawn_cents, sum(part.value_left for part in parts))
    if not cents:
        return
    refund = Refund(
        payment=payment,
        key=f"dispute:{dispute.external_id}",
        kind=RefundKind.DISPUTED,
        amount_cents=cents,
        reason=dispute.reason,
        state=RefundState.SUCCEEDED,
        created_at=now,
        ended_at=now,
    )
    write_refund(refund, give_without_cash(parts, cents), bearer=DISPUTED, now=now)


def _let_go(payment: Payment) -> None:
    """Let what was held wait for hand-over or its time again."""
    ShopTransfer.objects.filter(part__payment=payment, state=TransferState.DISPUTED).update(
        state=TransferState.WAITING
    )
