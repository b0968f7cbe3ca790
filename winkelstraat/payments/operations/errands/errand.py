"""The shape of an errand: four small functions for one kind of command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from winkelstraat.payments.gateway import GatewayError
from winkelstraat.payments.models import CommandState, Payment, PaymentCommand

TOO_LITTLE = "balance_insufficient"
Timeout = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Errand:
    """How one kind of command is done.

    `look_up` finds what it did before, or None. `call` asks the provider. `record` writes
    the answer down, under the lock of the payment, and returns the provider's name for it.
    `accept_refusal` changes the command when a refusal is part of life and says True;
    otherwise the command is halted. `is_ready` says False while it must wait for another.
    """

    look_up: Callable[[PaymentCommand], Any]
    call: Callable[[PaymentCommand, Timeout], Any]
    record: Callable[[PaymentCommand, Payment, Any, datetime], str]
    accept_refusal: Callable[[PaymentCommand, GatewayError, datetime], bool] = (
        lambda _command, _error, _now: False
    )
    is_ready: Callable[[PaymentCommand], bool] = lambda _command: True


def try_later(command: PaymentCommand, pause: timedelta, now: datetime) -> None:
    """Let a command that was refused go out once more as a new one.

    The provider repeats its own refusals under the same key, so the key changes (PAY-16).
    """
    command.state = CommandState.QUEUED
    command.generation += 1
    command.attempts = 0
    command.first_sent_at = None
    command.server_failed = False
    command.next_attempt_at = now + pause
