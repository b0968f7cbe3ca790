"""Transfer money to a shop (PAY-14)."""

import logging
from datetime import datetime

from django.db.models import F

from winkelstraat.payments import gateway
from winkelstraat.payments.domain.settlement import TransferReport
from winkelstraat.payments.models import (
    CommandState,
    Payment,
    PaymentCommand,
    ReversalState,
    ShopPaymentAccount,
    ShopTransfer,
    TransferReversal,
    TransfersStatus,
    TransferState,
)
from winkelstraat.payments.operations.booking import book_transfer
from winkelstraat.payments.operations.errands.errand import TOO_LITTLE, Errand, Timeout

alarm = logging.getLogger("winkelstraat.alarm")

CANNOT_RECEIVE = "insufficient_capabilities_for_transfer"


def retold_transfer(command: PaymentCommand) -> TransferReport:
    """Return the report of a transfer that belongs to demo history."""
    return TransferReport(
        transfer_id=f"tr_past_{command.payment.reference.hex}_{command.transfer_id}",
        amount_cents=command.params["amount"],
        destination=command.params["destination"],
    )


def _look_up(command: PaymentCommand) -> TransferReport | None:
    return gateway.find_transfer(command.params["transfer_group"], command.params["metadata"])


def _call(command: PaymentCommand, _timeout: Timeout) -> TransferReport:
    if command.payment.is_retold:
        return retold_transfer(command)
    return gateway.create_transfer(command.params, command.sent_key)


def _record(
    command: PaymentCommand, _payment: Payment, answer: TransferReport, now: datetime
) -> str:
    transfer = (
        ShopTransfer.objects.select_for_update(of=("self",))
        .select_related("part__payment")
        .get(command=command)
    )
    transfer.external_id = answer.transfer_id
    transfer.state = TransferState.SENT
    transfer.sent_at = now
    transfer.save(update_fields=["external_id", "state", "sent_at"])
    book_transfer(transfer, now)
    ask_again_what_is_owed(external_id=transfer.destination, now=now)
    return answer.transfer_id


def ask_again_what_is_owed(*, external_id: str, now: datetime) -> bool:
    """Try a shop's debts again now that money came in for it (PAY-20); False without debts."""
    owed = PaymentCommand.objects.filter(
        state=CommandState.QUEUED,
        reversal__state=ReversalState.OWED,
        reversal__transfer__destination=external_id,
    )
    return owed.update(next_attempt_at=now) > 0


def _accept_refusal(command: PaymentCommand, error: gateway.GatewayError, _now: datetime) -> bool:
    """Hold a transfer for a shop that cannot receive, or that the platform cannot pay yet."""
    code = getattr(error, "code", "")
    transfer = command.transfer
    if transfer is None:
        return False
    if code == CANNOT_RECEIVE:
        _note_inactive(command.params["destination"])
        state = TransferState.BLOCKED
    elif code == TOO_LITTLE and transfer.from_balance:
        state = TransferState.NEEDS_BALANCE
    else:
        return False
    command.state = CommandState.DROPPED
    ShopTransfer.objects.filter(pk=transfer.pk).update(state=state)
    _take_off_what_was_asked_back(transfer)
    return True


def _note_inactive(account: str) -> None:
    ShopPaymentAccount.objects.filter(external_id=account).update(
        transfers_status=TransfersStatus.INACTIVE
    )
    alarm.error("Account %s cannot receive money now.", account)


def _take_off_what_was_asked_back(transfer: ShopTransfer) -> None:
    """Lower a transfer that did not leave by what was to be taken back from it."""
    waiting = TransferReversal.objects.filter(transfer=transfer, state=ReversalState.QUEUED)
    cents = sum(waiting.values_list("amount_cents", flat=True))
    if not cents:
        return
    PaymentCommand.objects.filter(reversal__in=waiting).update(state=CommandState.DROPPED)
    waiting.update(state=ReversalState.DROPPED)
    found = ShopTransfer.objects.filter(pk=transfer.pk)
    found.update(amount_cents=F("amount_cents") - cents)
    found.filter(amount_cents=0).update(state=TransferState.CANCELLED)


ERRAND = Errand(_look_up, _call, _record, _accept_refusal)
