"""What each report sets going; what is true is always fetched (PAY-25, PAY-27)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from winkelstraat.payments.models import CommandKind, Payment, WebhookEvent
from winkelstraat.payments.operations.disputing import follow_disputes
from winkelstraat.payments.operations.errands.transfers import ask_again_what_is_owed
from winkelstraat.payments.operations.onboarding import refresh_account
from winkelstraat.payments.operations.outside_refunds import take_in_refunds
from winkelstraat.payments.operations.payouts import take_in_payout
from winkelstraat.payments.operations.sending import send_command
from winkelstraat.payments.operations.settling import finalise_payment

SUBJECTS = ("checkout.session", "payment_intent", "charge", "refund", "dispute")
ACCOUNT_KINDS = ("account.", "capability.")


def react(event: WebhookEvent, now: datetime) -> bool:
    """Bring up to date what a report is about; False when there is nothing to do.

    :raises GatewayError: when the provider does not answer; it is tried again later.
    """
    return REACTIONS[event.endpoint](event, now)


def _react_to_payment(event: WebhookEvent, now: datetime) -> bool:
    payment = find_subject(event.payload["data"]["object"])
    if payment is None:
        return False
    _make_known(payment, now)
    finalise_payment(payment_id=payment.pk, now=now)
    _follow(payment, event.type, now)
    return True


def _react_to_account(event: WebhookEvent, now: datetime) -> bool:
    """React to what a shop's account tells through version 1."""
    if event.type.startswith(ACCOUNT_KINDS):
        return refresh_account(external_id=event.account, now=now)
    if event.type.startswith("payout."):
        return take_in_payout(account_id=event.account, payout_id=event.object_id, now=now)
    if event.type == "balance.available":
        return ask_again_what_is_owed(external_id=event.account, now=now)
    return False


def _react_to_change(event: WebhookEvent, now: datetime) -> bool:
    """React to a thin report, which names an account and nothing more."""
    return refresh_account(external_id=event.object_id, now=now)


REACTIONS: Mapping[str, Callable[[WebhookEvent, datetime], bool]] = {
    "platform": _react_to_payment,
    "connect": _react_to_account,
    "thin": _react_to_change,
}


def find_subject(subject: dict[str, Any]) -> Payment | None:
    """Return the payment that a reported object belongs to, if it is ours at all."""
    if subject.get("object") not in SUBJECTS:
        return None
    metadata = subject.get("metadata") or {}
    if "platform" not in metadata:
        return _find_by_name(subject)
    if metadata["platform"] != settings.PAYMENTS_PLATFORM:
        return None
    try:
        purchase_ref, reference = UUID(metadata["purchase"]), UUID(metadata["payment"])
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    return Payment.objects.filter(purchase_ref=purchase_ref, reference=reference).first()


def _find_by_name(subject: dict[str, Any]) -> Payment | None:
    """Find the payment of a refund or a dispute that was not made by us."""
    intent, charge = subject.get("payment_intent"), subject.get("charge")
    if isinstance(intent, str) and intent:
        return Payment.objects.filter(intent_id=intent).first()
    if isinstance(charge, str) and charge:
        return Payment.objects.filter(charge_id=charge).first()
    return None


def _follow(payment: Payment, kind: str, now: datetime) -> None:
    """Fetch what else a report may be about: money that went back, or is disputed."""
    if kind.startswith(("refund.", "charge.refund")):
        take_in_refunds(payment_id=payment.pk, now=now)
    elif kind.startswith("charge.dispute."):
        follow_disputes(payment_id=payment.pk, now=now)


def _make_known(payment: Payment, now: datetime) -> None:
    """Repeat a pay-page command whose answer we lost: the same key gives the same page."""
    if not payment.session_id:
        for command in payment.commands.filter(kind=CommandKind.OPEN_CHECKOUT):
            send_command(command_id=command.pk, now=now)
