"""Give money back to the buyer (PAY-19, PAY-21)."""

import logging
from datetime import datetime, timedelta

from winkelstraat.payments import gateway
from winkelstraat.payments.domain.reports import RefundReport
from winkelstraat.payments.models import Payment, PaymentCommand, Refund
from winkelstraat.payments.operations.errands.errand import (
    TOO_LITTLE,
    Errand,
    Timeout,
    try_later,
)
from winkelstraat.payments.operations.refund_states import write_report

alarm = logging.getLogger("winkelstraat.alarm")

PAUSE_FOR_BALANCE = timedelta(minutes=30)


def _look_up(command: PaymentCommand) -> RefundReport | None:
    reference = command.params["metadata"]["refund"]
    return gateway.find_refund(command.params["payment_intent"], reference)


def _call(command: PaymentCommand, _timeout: Timeout) -> RefundReport:
    if command.payment.is_retold:
        return retold_refund(command)
    return gateway.create_refund(command.params, command.sent_key)


def retold_refund(command: PaymentCommand) -> RefundReport:
    """Return the report of a refund that belongs to demo history."""
    reference = command.params["metadata"]["refund"]
    return RefundReport(
        refund_id=f"re_past_{reference}",
        amount_cents=command.params["amount"],
        status="succeeded",
        created_at=command.created_at,
        reference=reference,
    )


def _record(command: PaymentCommand, _payment: Payment, answer: RefundReport, now: datetime) -> str:
    refund = Refund.objects.select_for_update(of=("self",)).get(command=command)
    write_report(refund, answer, now)
    return answer.refund_id


def _accept_refusal(command: PaymentCommand, error: gateway.GatewayError, now: datetime) -> bool:
    """Wait for the platform's own balance; the shops' balances never matter here."""
    if getattr(error, "code", "") != TOO_LITTLE:
        return False
    try_later(command, PAUSE_FOR_BALANCE, now)
    alarm.error("Refund %s waits: the platform's balance is too small.", command.key)
    return True


ERRAND = Errand(_look_up, _call, _record, _accept_refusal)
