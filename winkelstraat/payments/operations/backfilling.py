"""Catch up with everything that was not heard (PAY-30)."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from winkelstraat.payments import gateway
from winkelstraat.payments.domain.settlement import CheckoutReport
from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.models import (
    Payment,
    Refund,
    RefundState,
    ShopPaymentAccount,
    WebhookState,
)
from winkelstraat.payments.operations.inbox import (
    MalformedReport,
    keep_report,
    process_webhook,
)
from winkelstraat.payments.operations.onboarding import refresh_account
from winkelstraat.payments.operations.payouts import take_in_payouts
from winkelstraat.payments.operations.reactions import find_subject
from winkelstraat.payments.operations.refund_states import follow_refund
from winkelstraat.payments.operations.settling import finalise_payment, settle_payment
from winkelstraat.payments.operations.sweeping import sweep_payments

log = logging.getLogger(__name__)

ROUNDS_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Caught:
    """What a backfill took up: reports that never came, payments, refunds, and loose ends."""

    reports: int
    payments: int
    refunds: int
    swept: int


def backfill(*, since: datetime, now: datetime) -> Caught:
    """Take in what happened at the provider since a moment; safe to repeat.

    Call it outside a transaction.

    :raises GatewayError: when the provider does not answer; what was done stays.
    """
    reports = sum(_take_in(event, now) for event in gateway.list_events(since))
    payments = sum(_settle(report, now) for report in gateway.list_checkouts(since))
    for payment in Payment.objects.filter(state__in=("created", "pending")).exclude(session_id=""):
        finalise_payment(payment_id=payment.pk, now=now)
    _take_in_accounts(since, now)
    waiting = Refund.objects.filter(state=RefundState.PENDING).exclude(external_id="")
    refunds = sum(
        follow_refund(refund_id=refund.pk, now=now) != RefundState.PENDING for refund in waiting
    )
    return Caught(reports, payments, refunds, _sweep(now))


def _take_in_accounts(since: datetime, now: datetime) -> None:
    """Bring shops' accounts and payouts up to date, whose reports come another way."""
    for account in ShopPaymentAccount.objects.filter(livemode=settings.STRIPE_LIVE_MODE):
        try:
            refresh_account(external_id=account.external_id, now=now)
            take_in_payouts(account_id=account.external_id, since=since, now=now)
        except gateway.ProviderRefused as refusal:
            log.warning("Account %s cannot be read: %s", account.external_id, refusal)


def _take_in(event: dict[str, object], now: datetime) -> bool:
    """Keep and work off a report; tell whether it was one that never came."""
    try:
        kept = keep_report(payload=event, now=now)
    except MalformedReport:
        log.warning("An event of the provider cannot be read.")
        return False
    if kept.state != WebhookState.RECEIVED:
        return False
    process_webhook(webhook_id=kept.pk, now=now)
    return kept.received_at == now


def _settle(report: CheckoutReport, now: datetime) -> bool:
    """Bring the payment of a pay page up to date; tell whether that changed it."""
    payment = find_subject({"object": "checkout.session", "metadata": report.metadata})
    if payment is None:
        return False
    before = payment.state
    after = settle_payment(
        payment_id=payment.pk, purchase_ref=payment.purchase_ref, report=report, now=now
    )
    return after != PaymentState(before)


def _sweep(now: datetime) -> int:
    """Sweep until nothing is left that can be done now."""
    done = 0
    for _round in range(ROUNDS_AT_MOST):
        taken = sweep_payments(now=now)
        done += taken
        if not taken:
            break
    return done
