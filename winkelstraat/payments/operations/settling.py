"""The one finaliser, whoever calls it: the return page, a webhook or the sweeper (PAY-12).

Fetch first, without a lock. Then, in one transaction: lock every attempt to pay this
purchase, oldest first, judge the report, take one step forward, book the euros, and
announce. Subscribers run in the same transaction and lock their own rows after these:
payment, then purchase, then stock. Whoever starts from a purchase calls
`close_payment` before he locks it.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from winkelstraat.common.announcer import announce
from winkelstraat.payments import gateway
from winkelstraat.payments.domain.settlement import (
    GIVEN_BACK_ELSEWHERE,
    CheckoutReport,
    Expectation,
    Verdict,
    judge,
)
from winkelstraat.payments.domain.states import (
    ENDED_STATES,
    OPEN_STATES,
    PaymentState,
    may_become,
)
from winkelstraat.payments.events import PaymentExpired, PaymentFailed, PaymentSucceeded
from winkelstraat.payments.models import (
    CommandState,
    Payment,
    PaymentCommand,
    ShopTransfer,
)
from winkelstraat.payments.operations.booking import book_refundable, book_success
from winkelstraat.payments.operations.outside_refunds import take_in_refunds
from winkelstraat.payments.operations.refunding import give_back_everything
from winkelstraat.payments.operations.transferring import plan_transfers

alarm = logging.getLogger("winkelstraat.alarm")

FINAL_STATES = frozenset({PaymentState.PAID, PaymentState.QUARANTINED, PaymentState.NEEDS_REFUND})


def finalise_payment(
    *,
    payment_id: int,
    now: datetime,
    timeout: tuple[int, int] = gateway.WORKER_TIMEOUT_S,
) -> PaymentState:
    """Fetch what the provider knows and bring the payment up to date; return its state.

    :raises ProviderUnavailable: when the provider does not answer; nothing changed then.
    """
    payment = Payment.objects.get(pk=payment_id)
    if payment.state in FINAL_STATES or not payment.session_id:
        return PaymentState(payment.state)
    report = gateway.fetch_checkout(payment.session_id, timeout=timeout)
    state = settle_payment(
        payment_id=payment_id, purchase_ref=payment.purchase_ref, report=report, now=now
    )
    if report.amount_refunded:
        take_in_refunds(payment_id=payment_id, now=now)
    return state


def lock_attempts(purchase_ref: UUID) -> list[Payment]:
    """Lock every attempt to pay one purchase, always in the same order."""
    return list(
        Payment.objects.select_for_update().filter(purchase_ref=purchase_ref).order_by("attempt")
    )


@transaction.atomic
def settle_payment(
    *, payment_id: int, purchase_ref: UUID, report: CheckoutReport, now: datetime
) -> PaymentState:
    """Take the step that a fetched report asks for, at most once; return the new state."""
    attempts = lock_attempts(purchase_ref)
    payment = next(attempt for attempt in attempts if attempt.pk == payment_id)
    if payment.state in FINAL_STATES:
        return PaymentState(payment.state)
    verdict = judge(expect_of(payment), report)
    if not may_become(PaymentState(payment.state), verdict.state):
        return PaymentState(payment.state)
    if verdict.state is PaymentState.PAID and any(
        attempt.state == PaymentState.PAID for attempt in attempts if attempt.pk != payment.pk
    ):
        verdict = Verdict(PaymentState.NEEDS_REFUND, "this purchase was paid before")
    _write_report(payment, report)
    _step(payment, verdict, now)
    return PaymentState(payment.state)


def expect_of(payment: Payment) -> Expectation:
    """Return what the provider's report of a payment must say (PAY-08)."""
    return Expectation(
        amount_cents=payment.amount_cents,
        currency=payment.currency,
        livemode=payment.livemode,
        metadata={
            "platform": settings.PAYMENTS_PLATFORM,
            "purchase": str(payment.purchase_ref),
            "payment": str(payment.reference),
        },
    )


def _write_report(payment: Payment, report: CheckoutReport) -> None:
    payment.session_id = report.session_id
    payment.intent_id = report.intent_id
    payment.charge_id = report.charge_id
    payment.received_cents = report.amount_received if report.is_paid else 0
    payment.method = report.method[:40]
    if payment.is_retold:
        payment.provider_fee_cents = 0


def _step(payment: Payment, verdict: Verdict, now: datetime) -> None:
    payment.state = verdict.state
    payment.state_reason = verdict.reason[:200]
    if verdict.state is PaymentState.PAID:
        payment.paid_at = now
    elif verdict.state in ENDED_STATES:
        payment.ended_at = now
    payment.save()
    if verdict.state is PaymentState.PAID:
        _succeed(payment, now)
    elif verdict.state is PaymentState.FAILED:
        announce(PaymentFailed(payment.pk, payment.purchase_ref, now))
    elif verdict.state in ENDED_STATES:
        announce(PaymentExpired(payment.pk, payment.purchase_ref, now))
    elif verdict.state is PaymentState.NEEDS_REFUND:
        payment.paid_at = now
        payment.save(update_fields=["paid_at"])
        _give_back(payment, now)
        if verdict.reason == GIVEN_BACK_ELSEWHERE:
            announce(PaymentExpired(payment.pk, payment.purchase_ref, now))
    elif verdict.state is PaymentState.QUARANTINED:
        alarm.error("Payment %s is set apart: %s.", payment.reference, verdict.reason)


def mark_paid(payment: Payment, now: datetime) -> None:
    """Let a payment that asks for nothing be paid, as one that was paid at the provider."""
    _step(payment, Verdict(PaymentState.PAID), now)


def _succeed(payment: Payment, now: datetime) -> None:
    """Tell the others; if nobody asked for a refund meanwhile, the shops' money is theirs."""
    announce(PaymentSucceeded(payment.pk, payment.purchase_ref, now))
    payment.refresh_from_db(fields=["state", "state_reason"])
    if payment.state == PaymentState.PAID:
        parts = list(payment.parts.all())
        book_success(payment, parts, now)
        plan_transfers(payment, parts, now)
    else:
        _give_back(payment, now)


def give_back_unmatched(payment: Payment, reason: str, now: datetime) -> None:
    """Give back a payment that was set apart, and end its purchase; the caller holds the locks."""
    _step(payment, Verdict(PaymentState.NEEDS_REFUND, reason), now)
    announce(PaymentExpired(payment.pk, payment.purchase_ref, now))


def _give_back(payment: Payment, now: datetime) -> None:
    """Send back what came in for goods that nobody can deliver (PAY-13)."""
    book_refundable(payment, now)
    if payment.state_reason != GIVEN_BACK_ELSEWHERE:
        give_back_everything(payment, payment.state_reason, now)
    alarm.error("Payment %s is given back: %s.", payment.reference, payment.state_reason)


class SharesAlreadyBooked(Exception):
    """Raised when a refund is asked this way after the shops' shares were booked."""


@transaction.atomic
def ask_refund(*, payment_id: int, reason: str) -> None:
    """Mark a paid payment as one whose goods cannot be delivered (PAY-13).

    A subscriber calls it while it hears `PaymentSucceeded`: no shop was credited yet, so
    the whole amount is owed to the buyer and nothing has to be taken back.

    :raises SharesAlreadyBooked: when it is called later than that.
    """
    if ShopTransfer.objects.filter(part__payment_id=payment_id).exists():
        raise SharesAlreadyBooked(str(payment_id))
    Payment.objects.filter(pk=payment_id, state=PaymentState.PAID).update(
        state=PaymentState.NEEDS_REFUND, state_reason=reason[:200]
    )


def close_payment(*, purchase_ref: UUID, now: datetime) -> PaymentState | None:
    """End the open payment of a purchase whose time is over; return what it became.

    The provider's pay page is closed first, so that nobody pays for goods that are being
    given back. If the buyer paid in the last second the answer is `paid`, and while his
    bank thinks it is `pending`: then keep the goods. `None` means nothing was open.

    :raises GatewayError: when the provider gives no usable answer; nothing changed then.
    """
    payment = Payment.objects.filter(purchase_ref=purchase_ref, state__in=OPEN_STATES).first()
    if payment is None:
        return None
    if not payment.session_id:
        return _expire_unoffered(payment, "the pay page was never opened", now)
    try:
        report = gateway.expire_checkout(payment.session_id)
    except gateway.ProviderRefused as refusal:
        if refusal.code != gateway.UNKNOWN_OBJECT:
            raise
        return _expire_unoffered(payment, "the provider does not know the pay page", now)
    return settle_payment(payment_id=payment.pk, purchase_ref=purchase_ref, report=report, now=now)


@transaction.atomic
def _expire_unoffered(payment: Payment, reason: str, now: datetime) -> PaymentState:
    """End a payment that nobody can pay, and see that its pay page is never opened.

    A pay page that was opened in the meantime is left for the next round.
    """
    fresh = next(found for found in lock_attempts(payment.purchase_ref) if found.pk == payment.pk)
    if fresh.session_id == payment.session_id and fresh.state in OPEN_STATES:
        PaymentCommand.objects.filter(payment=fresh, state=CommandState.QUEUED).update(
            state=CommandState.DROPPED
        )
        _step(fresh, Verdict(PaymentState.EXPIRED, reason), now)
    return PaymentState(fresh.state)
