"""Let staff decide over a payment that was set apart, because something does not match."""

from datetime import datetime

from django.db import transaction

from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record
from winkelstraat.payments import gateway
from winkelstraat.payments.domain.settlement import find_mismatch
from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.models import Payment
from winkelstraat.payments.operations.settling import (
    expect_of,
    give_back_unmatched,
    lock_attempts,
    mark_paid,
)


class StillDoesNotMatch(Exception):
    """Raised when a payment is to be accepted that still is not what was asked."""


class NotSetApart(Exception):
    """Raised when a payment is decided over that is not set apart (any more)."""


def accept_payment(*, payment_id: int, now: datetime) -> None:
    """Let a payment count as paid, if by now it is exactly what was asked.

    Call it outside a transaction.

    :raises NotSetApart: when it was decided over before.
    :raises StillDoesNotMatch: saying what differs; nothing changed.
    :raises GatewayError: when the provider does not answer; nothing changed.
    """
    payment = Payment.objects.get(pk=payment_id)
    report = gateway.fetch_checkout(payment.session_id)
    wrong = find_mismatch(expect_of(payment), report)
    if wrong or not report.is_paid or report.amount_refunded:
        raise StillDoesNotMatch(wrong or "The money is not there.")
    with transaction.atomic():
        payment = _lock(payment)
        payment.received_cents = report.amount_received
        _trace(payment, PaymentState.PAID)
        mark_paid(payment, now)


def send_back_payment(*, payment_id: int, reason: str, now: datetime) -> None:
    """Give a buyer back all that came in with a payment that was set apart.

    :raises NotSetApart: when it was decided over before.
    """
    payment = Payment.objects.get(pk=payment_id)
    with transaction.atomic():
        payment = _lock(payment)
        _trace(payment, PaymentState.NEEDS_REFUND)
        give_back_unmatched(payment, reason, now)


def _trace(payment: Payment, state: PaymentState) -> None:
    about = Thing("payment", payment.pk, payment.description)
    changes = {"state": (payment.state, state.value)}
    record(action=Audited.PAYMENT_DECIDED, about=about, changes=changes)


def _lock(payment: Payment) -> Payment:
    attempts = lock_attempts(payment.purchase_ref)
    found = next(attempt for attempt in attempts if attempt.pk == payment.pk)
    if found.state != PaymentState.QUARANTINED:
        raise NotSetApart(f"This payment is {found.state}.")
    return found
