"""Take money back from a shop; what cannot be had now is its debt (PAY-20)."""

import logging
from datetime import datetime, timedelta

from winkelstraat.payments import gateway
from winkelstraat.payments.domain.reports import ReversalReport
from winkelstraat.payments.models import (
    Payment,
    PaymentCommand,
    ReversalState,
    TransferReversal,
    TransferState,
)
from winkelstraat.payments.operations.errands.errand import Errand, Timeout, try_later
from winkelstraat.payments.operations.refund_books import book_debt, book_reversal

alarm = logging.getLogger("winkelstraat.alarm")

PAUSE_FOR_DEBT = timedelta(hours=6)


def _reversal(command: PaymentCommand) -> TransferReversal:
    return TransferReversal.objects.select_related("transfer__part", "refund_part__refund").get(
        command=command
    )


def _is_ready(command: PaymentCommand) -> bool:
    """Wait for a transfer whose answer is still on its way."""
    return _reversal(command).transfer.state == TransferState.SENT


def _look_up(command: PaymentCommand) -> ReversalReport | None:
    name = _reversal(command).transfer.external_id
    return gateway.find_reversal(name, command.params["metadata"])


def _call(command: PaymentCommand, _timeout: Timeout) -> ReversalReport:
    reversal = _reversal(command)
    if command.payment.is_retold:
        return ReversalReport(f"trr_past_{reversal.pk}", reversal.amount_cents)
    return gateway.create_reversal(reversal.transfer.external_id, command.params, command.sent_key)


def _record(
    command: PaymentCommand, _payment: Payment, answer: ReversalReport, now: datetime
) -> str:
    reversal = _reversal(command)
    was_owed = reversal.state == ReversalState.OWED
    reversal.state = ReversalState.DONE
    reversal.external_id = answer.reversal_id
    reversal.done_at = now
    reversal.save(update_fields=["state", "external_id", "done_at"])
    book_reversal(reversal, was_owed=was_owed, now=now)
    return answer.reversal_id


def _accept_refusal(command: PaymentCommand, error: gateway.GatewayError, now: datetime) -> bool:
    """Write down what the shop owes, and ask again later; the buyer waits for none of it."""
    if not isinstance(error, gateway.ProviderRefused):
        return False
    reversal = _reversal(command)
    if reversal.state == ReversalState.QUEUED:
        reversal.state = ReversalState.OWED
        reversal.owed_since = now
        reversal.save(update_fields=["state", "owed_since"])
        book_debt(reversal, now)
        alarm.error(
            "Shop %s owes %s cents: %s",
            reversal.transfer.part.enterprise_id,
            reversal.amount_cents,
            error,
        )
    try_later(command, PAUSE_FOR_DEBT, now)
    return True


ERRAND = Errand(_look_up, _call, _record, _accept_refusal, _is_ready)
