"""Send commands from the outbox: claim, call, write down; a crash in between is harmless.

A claim puts the next attempt a minute ahead, so that a worker that died is overtaken.
The call has no transaction around it. The answer is written under locks in the fixed
order payment, transfer. Whoever sends the same command twice sends the same key, and
the provider answers with the same object (PAY-16, PAY-17).
"""

import logging
import random
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Coalesce

from winkelstraat.payments import gateway
from winkelstraat.payments.domain.states import OPEN_STATES
from winkelstraat.payments.models import CommandKind, CommandState, Payment, PaymentCommand
from winkelstraat.payments.operations.errands import ERRANDS

alarm = logging.getLogger("winkelstraat.alarm")

LEASE = timedelta(seconds=60)
KEYS_LIVE = timedelta(hours=23)
LONGEST_PAUSE_S = 3600


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
        answer = _look_up(command, now) or ERRANDS[command.kind].call(command, timeout)
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
    command = PaymentCommand.objects.select_related("payment", "transfer").get(pk=command_id)
    return command if ERRANDS[command.kind].is_ready(command) else None


def _look_up(command: PaymentCommand, now: datetime) -> Any:
    """Look whether an old or badly answered command did its work after all.

    The provider forgets keys after a day and repeats its own errors under the same key,
    so such a command may go out again only as a new one (PAY-16).
    """
    sent_before = command.attempts > 1 and command.first_sent_at is not None
    too_old = sent_before and now - (command.first_sent_at or now) > KEYS_LIVE
    if not (too_old or command.server_failed):
        return None
    found = ERRANDS[command.kind].look_up(command)
    if found is None:
        command.generation += 1
        command.first_sent_at = now
        command.server_failed = False
        command.save(update_fields=["generation", "first_sent_at", "server_failed"])
    return found


@transaction.atomic
def record_answer(*, command_id: int, payment_id: int, answer: Any, now: datetime) -> None:
    """Write the provider's answer to a command of a payment down, once."""
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    command = PaymentCommand.objects.select_for_update().get(pk=command_id)
    if command.state == CommandState.DONE:
        return
    command.external_id = ERRANDS[command.kind].record(command, payment, answer, now)
    command.state = CommandState.DONE
    command.last_error = ""
    command.save(update_fields=["state", "external_id", "last_error"])


@transaction.atomic
def _write_failure(command: PaymentCommand, error: gateway.GatewayError, now: datetime) -> None:
    Payment.objects.select_for_update().get(pk=command.payment_id)
    fresh = (
        PaymentCommand.objects.select_for_update(of=("self",))
        .select_related("transfer")
        .get(pk=command.pk)
    )
    if fresh.state != CommandState.QUEUED:
        return
    fresh.last_error = str(error)[:300]
    if isinstance(error, gateway.ProviderUnavailable):
        fresh.server_failed = isinstance(error, gateway.ProviderFailed)
        fresh.next_attempt_at = now + pause_after(fresh.attempts)
    elif not ERRANDS[fresh.kind].accept_refusal(fresh, error, now):
        fresh.state = CommandState.HALTED
        alarm.error("Command %s is halted: %s", fresh.key, error)
    fresh.save()


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: doubling, at most an hour, with jitter."""
    seconds = min(5 * 2 ** min(attempts, 12), LONGEST_PAUSE_S)
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 - not a secret
