"""Send commands from the outbox: claim, call, write down; a crash in between is harmless.

A claim puts the next attempt a minute ahead, so that a worker that died is overtaken.
The call has no transaction around it. The answer is written under locks in the fixed
order payment, transfer. Whoever sends the same command twice sends the same key, and
the provider answers with the same object (PAY-16, PAY-17).
"""

import logging
import random
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Coalesce

from winkelstraat.payments import gateway
from winkelstraat.payments.domain.settlement import CheckoutReport, TransferReport
from winkelstraat.payments.domain.states import OPEN_STATES
from winkelstraat.payments.models import (
    CommandKind,
    CommandState,
    Payment,
    PaymentCommand,
    ShopPaymentAccount,
    ShopTransfer,
    TransfersStatus,
    TransferState,
)
from winkelstraat.payments.operations.booking import book_transfer

alarm = logging.getLogger("winkelstraat.alarm")

LEASE = timedelta(seconds=60)
KEYS_LIVE = timedelta(hours=23)
LONGEST_PAUSE_S = 3600
CANNOT_RECEIVE = "insufficient_capabilities_for_transfer"
TOO_LITTLE = "balance_insufficient"


class PaymentsUnavailable(Exception):
    """Raised when the buyer cannot be sent to a pay page now; his order is kept."""


def start_checkout(
    *, payment_id: int, now: datetime, timeout: tuple[int, int] = gateway.WEB_TIMEOUT_S
) -> str:
    """Return the address of the pay page, opening it if that did not happen yet.

    Call it outside a transaction.

    :raises PaymentsUnavailable: when the provider does not answer or refuses, or when the
        payment is no longer open.
    """
    command = PaymentCommand.objects.select_related("payment").get(
        payment_id=payment_id, kind=CommandKind.OPEN_CHECKOUT
    )
    payment = command.payment
    if payment.state not in OPEN_STATES:
        raise PaymentsUnavailable(f"This payment is {payment.state}.")
    if not payment.pay_page_url:
        try:
            send_command(command_id=command.pk, now=now, timeout=timeout)
        except gateway.GatewayError as error:
            raise PaymentsUnavailable(str(error)) from error
        payment.refresh_from_db(fields=["pay_page_url", "state"])
    if not payment.pay_page_url or payment.state not in OPEN_STATES:
        raise PaymentsUnavailable("The pay page could not be opened.")
    return payment.pay_page_url


def send_command(
    *, command_id: int, now: datetime, timeout: tuple[int, int] = gateway.WORKER_TIMEOUT_S
) -> None:
    """Send one queued command and write its answer down.

    :raises GatewayError: after the failure was written down.
    """
    command = _claim(command_id, now)
    if command is None:
        return
    try:
        answer = _look_up(command, now) or _call(command, timeout)
    except gateway.GatewayError as error:
        _write_failure(command, error, now)
        raise
    record_answer(command_id=command.pk, payment_id=command.payment_id, answer=answer, now=now)


def _claim(command_id: int, now: datetime) -> PaymentCommand | None:
    gateway.refuse_in_transaction()
    claimed = PaymentCommand.objects.filter(pk=command_id, state=CommandState.QUEUED).update(
        attempts=F("attempts") + 1,
        next_attempt_at=now + LEASE,
        first_sent_at=Coalesce("first_sent_at", Value(now, DateTimeField())),
    )
    if not claimed:
        return None
    return PaymentCommand.objects.select_related("payment", "transfer").get(pk=command_id)


def _look_up(command: PaymentCommand, now: datetime) -> CheckoutReport | TransferReport | None:
    """Look whether an old or badly answered command did its work after all.

    The provider forgets keys after a day and repeats its own errors under the same key,
    so such a command may go out again only as a new one (PAY-16).
    """
    sent_before = command.attempts > 1 and command.first_sent_at is not None
    too_old = sent_before and now - (command.first_sent_at or now) > KEYS_LIVE
    if not (too_old or command.server_failed):
        return None
    found: CheckoutReport | TransferReport | None
    if command.kind == CommandKind.TRANSFER:
        found = gateway.find_transfer(command.params["transfer_group"], command.params["metadata"])
    else:
        found = gateway.find_checkout(
            command.params["client_reference_id"], command.created_at - timedelta(hours=1)
        )
    if found is None:
        command.generation += 1
        command.first_sent_at = now
        command.server_failed = False
        command.save(update_fields=["generation", "first_sent_at", "server_failed"])
    return found


def _call(command: PaymentCommand, timeout: tuple[int, int]) -> CheckoutReport | TransferReport:
    if command.payment.is_retold:
        return retold_transfer(command)
    if command.kind == CommandKind.TRANSFER:
        return gateway.create_transfer(command.params, command.sent_key)
    return gateway.open_checkout(command.params, command.sent_key, timeout=timeout)


def retold_transfer(command: PaymentCommand) -> TransferReport:
    """Return the report of a transfer that belongs to demo history."""
    return TransferReport(
        transfer_id=f"tr_past_{command.payment.reference.hex}_{command.transfer_id}",
        amount_cents=command.params["amount"],
        destination=command.params["destination"],
    )


@transaction.atomic
def record_answer(
    *, command_id: int, payment_id: int, answer: CheckoutReport | TransferReport, now: datetime
) -> None:
    """Write the provider's answer to a command of a payment down, once."""
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    command = PaymentCommand.objects.select_for_update().get(pk=command_id)
    if command.state == CommandState.DONE:
        return
    if isinstance(answer, TransferReport):
        command.external_id = answer.transfer_id
        _record_transfer(command, answer, now)
    else:
        command.external_id = answer.session_id
        payment.session_id = answer.session_id
        payment.pay_page_url = answer.url
        payment.save(update_fields=["session_id", "pay_page_url"])
    command.state = CommandState.DONE
    command.last_error = ""
    command.save(update_fields=["state", "external_id", "last_error"])


def _record_transfer(command: PaymentCommand, report: TransferReport, now: datetime) -> None:
    transfer = (
        ShopTransfer.objects.select_for_update(of=("self",))
        .select_related("part__payment")
        .get(command=command)
    )
    transfer.external_id = report.transfer_id
    transfer.state = TransferState.SENT
    transfer.sent_at = now
    transfer.save(update_fields=["external_id", "state", "sent_at"])
    book_transfer(transfer, now)


@transaction.atomic
def _write_failure(command: PaymentCommand, error: gateway.GatewayError, now: datetime) -> None:
    fresh = PaymentCommand.objects.select_for_update().get(pk=command.pk)
    if fresh.state != CommandState.QUEUED:
        return
    fresh.last_error = str(error)[:300]
    if isinstance(error, gateway.ProviderUnavailable):
        fresh.server_failed = isinstance(error, gateway.ProviderFailed)
        fresh.next_attempt_at = now + pause_after(fresh.attempts)
    elif isinstance(error, gateway.ProviderRefused) and error.code == CANNOT_RECEIVE:
        fresh.state = CommandState.DROPPED
        _block_refused(fresh)
    elif _is_short_top_up(fresh, error):
        fresh.state = CommandState.DROPPED
        ShopTransfer.objects.filter(command=fresh).update(state=TransferState.NEEDS_BALANCE)
    else:
        fresh.state = CommandState.HALTED
        alarm.error("Command %s is halted: %s", fresh.key, error)
    fresh.save()


def _is_short_top_up(command: PaymentCommand, error: gateway.GatewayError) -> bool:
    """Tell whether the platform's own balance was too small after all; it is tried again."""
    return (
        isinstance(error, gateway.ProviderRefused)
        and error.code == TOO_LITTLE
        and command.transfer is not None
        and command.transfer.from_balance
    )


def _block_refused(command: PaymentCommand) -> None:
    """Hold a transfer that the provider refused because the shop cannot receive money."""
    ShopTransfer.objects.filter(command=command).update(state=TransferState.BLOCKED)
    ShopPaymentAccount.objects.filter(external_id=command.params["destination"]).update(
        transfers_status=TransfersStatus.INACTIVE
    )
    alarm.error("Account %s cannot receive money now.", command.params["destination"])


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: doubling, at most an hour, with jitter."""
    seconds = min(5 * 2 ** min(attempts, 12), LONGEST_PAUSE_S)
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 - not a secret
