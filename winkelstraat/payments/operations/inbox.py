"""Take in what the provider reports, and work it off by fetching (PAY-26 to PAY-29)."""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from winkelstraat.common.announcer import announce
from winkelstraat.payments import gateway
from winkelstraat.payments.breaker import count_up
from winkelstraat.payments.events import WebhookStored
from winkelstraat.payments.models import WebhookEvent, WebhookState
from winkelstraat.payments.operations.reactions import react

alarm = logging.getLogger("winkelstraat.alarm")

ATTEMPTS_ALLOWED = 20
FORGERIES_ALLOWED = 5
PLATFORM, CONNECT, THIN = "platform", "connect", "thin"

# Lists, so that an old secret can live beside a new one while it is replaced.
SECRETS: Mapping[str, Callable[[], list[str]]] = {
    PLATFORM: lambda: settings.STRIPE_WEBHOOK_SECRETS,
    CONNECT: lambda: settings.STRIPE_CONNECT_WEBHOOK_SECRETS,
    THIN: lambda: settings.STRIPE_THIN_WEBHOOK_SECRETS,
}


class MalformedReport(Exception):
    """Raised when a signed report is not an event that we can read."""


def receive_webhook(
    *, body: bytes, signature: str, now: datetime, endpoint: str = PLATFORM
) -> WebhookEvent:
    """Check and store one report; a report that is already known is stored once.

    `endpoint` is platform, connect (shops' accounts) or thin (version 2); each has
    secrets of its own (PAY-26).

    :raises InvalidSignature: when the provider did not sign it; nothing is stored.
    :raises MalformedReport: when it is no event; nothing is stored.
    """
    _verify(body, signature, endpoint, now)
    try:
        payload = json.loads(body)
    except ValueError:
        raise MalformedReport("This is not an event.") from None
    return keep_report(payload=payload, endpoint=endpoint, now=now)


def keep_report(
    *, payload: dict[str, Any], now: datetime, endpoint: str = PLATFORM
) -> WebhookEvent:
    """Store a report that came or was fetched, once; the worker is woken for a new one.

    :raises MalformedReport: when it is no event; nothing is stored.
    """
    name, fields = _read_event(payload, endpoint, now)
    with transaction.atomic():
        event, is_new = WebhookEvent.objects.get_or_create(event_id=name, defaults=fields)
        if is_new and event.state == WebhookState.RECEIVED:
            announce(WebhookStored(event.pk))
    return event


def _verify(body: bytes, signature: str, endpoint: str, now: datetime) -> None:
    """Check the signature; sound the alarm when many forged reports come in (SEC-11)."""
    try:
        gateway.verify_signature(body, signature, list(SECRETS[endpoint]()), now)
    except gateway.InvalidSignature:
        if count_up("payments:forged-reports", within_s=60) == FORGERIES_ALLOWED + 1:
            alarm.error("More than %s forged reports within a minute.", FORGERIES_ALLOWED)
        raise


def _read_event(
    payload: dict[str, Any], endpoint: str, now: datetime
) -> tuple[str, dict[str, Any]]:
    try:
        thin = endpoint == THIN
        subject = payload["related_object"] if thin else payload["data"]["object"]
        livemode = bool(payload["livemode"])
        wrong_mode = livemode != settings.STRIPE_LIVE_MODE
        return str(payload["id"])[:100], {
            "endpoint": endpoint,
            "type": str(payload["type"])[:100],
            "livemode": livemode,
            "account": str(payload.get("account") or "")[:100],
            "api_version": str(payload.get("api_version") or "")[:40],
            "object_id": str(subject.get("id") or "")[:100],
            "payload": payload,
            "state": WebhookState.WRONG_MODE if wrong_mode else WebhookState.RECEIVED,
            "reported_at": _read_moment(payload["created"], thin),
            "received_at": now,
        }
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise MalformedReport("This is not an event.") from None


def _read_moment(created: Any, thin: bool) -> datetime:
    """Return the moment: version 1 counts seconds, version 2 writes it out."""
    if thin:
        return datetime.fromisoformat(created)
    return datetime.fromtimestamp(int(created), tz=UTC)


def process_webhook(*, webhook_id: int, now: datetime) -> WebhookState:
    """Bring up to date what a report is about; return what became of the report.

    The report is only a trigger: the object itself is fetched, so duplicates and wrong
    order change nothing (W13, W14).
    """
    event = WebhookEvent.objects.get(pk=webhook_id)
    if event.state != WebhookState.RECEIVED:
        return WebhookState(event.state)
    try:
        done = react(event, now)
    except gateway.GatewayError as error:
        return _postpone(event, error, now)
    return _close(event, WebhookState.PROCESSED if done else WebhookState.IGNORED, now)


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
