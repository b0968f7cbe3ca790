"""Follow a refund at the provider: sent, arrived, returned by the bank (PAY-21)."""

import logging
from datetime import datetime

from django.db import transaction

from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record
from winkelstraat.payments import gateway
from winkelstraat.payments.domain.reports import RefundReport
from winkelstraat.payments.models import Payment, Refund, RefundState
from winkelstraat.payments.operations.refund_books import (
    book_paid_outside,
    book_returned,
    book_sent,
)

alarm = logging.getLogger("winkelstraat.alarm")

STATES = {
    "pending": RefundState.PENDING,
    "requires_action": RefundState.PENDING,
    "succeeded": RefundState.SUCCEEDED,
    "failed": RefundState.FAILED,
    "canceled": RefundState.CANCELLED,
}
BACK_WITH_US = (RefundState.FAILED, RefundState.CANCELLED)
MOVES_ON = (RefundState.QUEUED, RefundState.PENDING, RefundState.SUCCEEDED)


class NothingReturned(Exception):
    """Raised when a refund is to be paid by bank that the provider did not give up."""


def write_report(refund: Refund, report: RefundReport, now: datetime) -> None:
    """Bring a refund up to date with what was fetched; the caller holds the payment's lock."""
    then = STATES.get(report.status, RefundState.PENDING)
    if refund.state not in MOVES_ON or then == refund.state:
        return
    if not refund.external_id:
        refund.external_id = report.refund_id
        refund.sent_at = now
        book_sent(refund, now)
    refund.state = then
    if then != RefundState.PENDING:
        refund.ended_at = now
    if then in BACK_WITH_US:
        refund.failure_reason = (report.failure_reason or report.status)[:100]
        book_returned(refund, now)
        alarm.error("Refund %s came back: %s.", refund.external_id, refund.failure_reason)
    refund.save()


def follow_refund(*, refund_id: int, now: datetime) -> RefundState:
    """Fetch a refund that is on its way and write down where it is.

    Call it outside a transaction.

    :raises GatewayError: when the provider does not answer; nothing changed then.
    """
    refund = Refund.objects.get(pk=refund_id)
    if not refund.external_id or refund.state not in MOVES_ON:
        return RefundState(refund.state)
    report = gateway.fetch_refund(refund.external_id)
    with transaction.atomic():
        Payment.objects.select_for_update().get(pk=refund.payment_id)
        refund = Refund.objects.select_for_update().get(pk=refund_id)
        write_report(refund, report, now)
    return RefundState(refund.state)


@transaction.atomic
def pay_outside(*, refund_id: int, note: str, now: datetime) -> None:
    """Let staff write down that they paid a returned refund by bank.

    :raises NothingReturned: when the refund did not come back.
    """
    payment_id = Refund.objects.values_list("payment_id", flat=True).get(pk=refund_id)
    Payment.objects.select_for_update().get(pk=payment_id)
    refund = Refund.objects.select_for_update().get(pk=refund_id)
    if refund.state == RefundState.OUTSIDE:
        return
    if refund.state not in BACK_WITH_US:
        raise NothingReturned(f"This refund is {refund.state}.")
    about = Thing("refund", refund.pk, refund.payment.description)
    changes = {"state": (refund.state, RefundState.OUTSIDE.value)}
    record(action=Audited.REFUND_SETTLED, about=about, changes=changes, reason=note)
    refund.state = RefundState.OUTSIDE
    refund.reason = f"{refund.reason} {note}".strip()[:300]
    refund.ended_at = now
    refund.save(update_fields=["state", "reason", "ended_at"])
    book_paid_outside(refund, now)
