"""Take in what the provider reports, and work it off by fetching (PAY-26 to PAY-29)."""

import json
import logging
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from winkelstraat.common.announcer import announce
from winkelstraat.payments import gateway
from winkelstraat.payments.breaker import count_up
from winkelstraat.payments.events import WebhookStored
from winkelstraat.payments.models import (
    CommandKind,
    Payment,
    WebhookEvent,
    WebhookState,
)
from winkelstraat.payments.operations.disputing import follow_disputes
from winkelstraat.payments.operations.outside_refunds import take_in_refunds
from winkelstraat.payments.operations.sending import send_command
from winkelstraat.payments.operations.settling import finalise_payment

alarm = logging.getLogger("winkelstraat.alarm")

ATTEMPTS_ALLOWED = 20
FORGERIES_ALLOWED = 5
SUBJECTS = ("checkout.session", "payment_intent", "charge", "refund", "dispute")


class MalformedReport(Exception):
    """Raised when a signed report is not an event that we can read."""


def receive_webhook(*, body: bytes, signature: str, now: datetime) -> WebhookEvent:
    """Check and store one report; a report that is already known is stored once.

    :raises InvalidSignature: when the provider did not sign it; nothing is stored.
    :raises MalformedReport: when it is no event; nothing is stored.
    """
    _verify(body, signature, now)
    try:
        payload = json.loads(body)
    except ValueError:
        raise MalformedReport("This is not an event.") from None
    return keep_report(payload=payload, now=now)


def keep_report(*, payload: dict[str, Any], now: datetime) -> WebhookEvent:
    """Store a report that came or was fetched, once; the worker is woken for a new one.

    :raises MalformedReport: when it is no event; nothing is stored.
    """
    name, fields = _read_event(payload, now)
    with transaction.atomic():
        event, is_new = WebhookEvent.objects.get_or_create(event_id=name, defaults=fields)
        if is_new and event.state == WebhookState.RECEIVED:
            announce(WebhookStored(event.pk))
    return event


def _verify(body: bytes, signature: str, now: datetime) -> None:
    """Check the signature; sound the alarm when many forged reports come in (SEC-11)."""
    try:
        gateway.verify_signature(body, signature, list(settings.STRIPE_WEBHOOK_SECRETS), now)
    except gateway.InvalidSignature:
        if count_up("payments:forged-reports", within_s=60) == FORGERIES_ALLOWED + 1:
            alarm.error("More than %s forged reports within a minute.", FORGERIES_ALLOWED)
        raise


def _read_event(payload: dict[str, Any], now: datetime) -> tuple[str, dict[str, Any]]:
    try:
        subject = payload["data"]["object"]
        livemode = bool(payload["livemode"])
        wrong_mode = livemode != settings.STRIPE_LIVE_MODE
        return str(payload["id"])[:100], {
            "type": str(payload["type"])[:100],
            "livemode": livemode,
            "account": str(payload.get("account") or "")[:100],
            "api_version": str(payload.get("api_version") or "")[:40],
            "object_id": str(subject.get("id") or "")[:100],
            "payload": payload,
            "state": WebhookState.WRONG_MODE if wrong_mode else WebhookState.RECEIVED,
            "reported_at": datetime.fromtimestamp(int(payload["created"]), tz=UTC),
            "received_at": now,
        }
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise MalformedReport("This is not an event.") from None


def process_webhook(*, webhook_id: int, now: datetime) -> WebhookState:
    """Bring up to date what a report is about; return what became of the report.

    The report is only a trigger: the finaliser fetches the object itself, so duplicates
    and wrong order change nothing (W13, W14).
    """
    event = WebhookEvent.objects.get(pk=webhook_id)
    if event.state != WebhookState.RECEIVED:
        return WebhookState(event.state)
    subject = event.payload["data"]["object"]
    payment = find_subject(subject)
    if payment is None:
        return _close(event, WebhookState.IGNORED, now)
    try:
        _make_known(payment, now)
        finalise_payment(payment_id=payment.pk, now=now)
        _follow(payment, event.type, now)
    except gateway.GatewayError as error:
        return _postpone(event, error, now)
    return _close(event, WebhookState.PROCESSED, now)


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


def _close(event: WebhookEvent, state: WebhookState, now: datetime) -> WebhookState:
    event.state = state
    event.processed_at = now
    event.attempts += 1
    event.save(update_fields=["state", "processed_at", "attempts"])
    return state


def _postpone(event: WebhookEvent, error: Exception, now: datetime) -> WebhookState:
    """Leave the report for the sweeper, and give up loudly after many tries."""
    event.attempts += 1
    event.last_error = str(error)[:300]
    if event.attempts >= ATTEMPTS_ALLOWED:
        event.state = WebhookState.FAILED
        event.processed_at = now
    event.save(update_fields=["attempts", "last_error", "state", "processed_at"])
    return WebhookState(event.state)
