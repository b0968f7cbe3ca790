"""Give money back to the buyer (PAY-19, PAY-21)."""

import logging
from datetime import datetime, timedelta

from winkelstraat.payments import gateway
from winkelstraat.payments.domain.reports import RefundReport
from winkelstraat.payments.models import (
    CommandState,
    DisputeState,
    Payment,
    PaymentCommand,
    Refund,
    RefundState,
)
from winkelstraat.payments.operations.booking import REFUNDABLE, move
from winkelstraat.payments.operations.errands.errand import (
    TOO_LITTLE,
    Errand,
    Timeout,
    try_later,
)
from winkelstraat.payments.operations.refund_books import DISPUTED, refund_source
from winkelstraat.payments.operations.refund_states import write_report

alarm = logging.getLogger("winkelstraat.alarm")

PAUSE_FOR_BALANCE = timedelta(minutes=30)
PAUSE_FOR_BANK = timedelta(hours=6)
DISPUTED_NOW = "charge_disputed"
GIVEN_BEFORE = "charge_already_refunded"
TOO_MUCH = "is greater than unrefunded amount"


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
    """Wait for the platform's own balance, or for the bank; the shops' balances never matter.

    Where somebody else gave the money back first, nothing is sent: what we owed the buyer
    stays on the books until a person looks.
    """
    code = getattr(error, "code", "")
    if code == TOO_LITTLE:
        try_later(command, PAUSE_FOR_BALANCE, now)
        alarm.error("Refund %s waits: the platform's balance is too small.", command.key)
        return True
    if code == DISPUTED_NOW:
        if not _was_lost(command.payment):
            try_later(command, PAUSE_FOR_BANK, now)
            return True
        _leave_to_the_bank(command, now)
        return True
    if code == GIVEN_BEFORE or TOO_MUCH in str(error):
        _give_up(command, now)
        return True
    return False


def _was_lost(payment: Payment) -> bool:
    return payment.disputes.filter(state=DisputeState.LOST).exists()


def _leave_to_the_bank(command: PaymentCommand, now: datetime) -> None:
    """The card's bank gave the buyer this money: what we owed him covers what it took."""
    refund = _close(command, RefundState.SUCCEEDED, "given by the card's bank", now)
    moves = [(REFUNDABLE, DISPUTED, refund.amount_cents, "given-by-the-bank")]
    move(refund_source(refund), moves, now=now)


def _give_up(command: PaymentCommand, now: datetime) -> None:
    refund = _close(command, RefundState.CANCELLED, "given back elsewhere before", now)
    alarm.error("Refund %s was not sent: it was given back elsewhere.", refund.reference)


def _close(command: PaymentCommand, state: str, reason: str, now: datetime) -> Refund:
    refund = Refund.objects.select_for_update(of=("self",)).get(command=command)
    refund.state, refund.failure_reason, refund.ended_at = state, reason, now
    refund.save(update_fields=["state", "failure_reason", "ended_at"])
    command.state = CommandState.DROPPED
    return refund


ERRAND = Errand(_look_up, _call, _record, _accept_refusal)
