"""Events: what happened, and which reports of it are to be sent."""

import hashlib
import hmac
import json
from typing import Any

import stripe

from winkelstraat.payments.sandbox import chaos
from winkelstraat.payments.sandbox.endpoints import iso
from winkelstraat.payments.sandbox.store import PLATFORM, Body, Store

# A report that is dropped, doubled and so on, in the words of the console.
ACTIONS = ("drop", "duplicate", "delay", "hold", "reorder", "bad_signature", "damaged_body")


def emit(store: Store, kind: str, subject: Body, *, account: str = PLATFORM, **more: Any) -> Body:
    """Record an event about an object as it is now, and plan its deliveries."""
    body: Body = {
        "api_version": stripe.api_version,
        "data": {"object": subject, **more},
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }
    if account:
        body["account"] = account
    event = store.add("event", "evt", body, account=account)
    post(store, event, "connect" if account else "platform")
    return event


def emit_thin(store: Store, kind: str, account: str, data: Body | None = None) -> Body:
    """Record a version 2 event about an account; its report tells what, not how."""
    now = store.now()
    event = {
        "id": store.new_id("evt_test"),
        "object": "v2.core.event",
        "changes": None,
        "context": None,
        "created": iso(now),
        "livemode": False,
        "reason": None,
        "related_object": {
            "id": account,
            "type": "v2.core.account",
            "url": f"/v2/core/accounts/{account}",
        },
        "type": kind,
    }
    if data is not None:
        event["data"] = data
    store.insert(event, created=int(now))
    post(store, event, "thin")
    return event


def post(store: Store, event: Body, endpoint: str) -> None:
    """Plan the deliveries of an event: none when dropped, two when doubled."""
    for delay, damage in _planned(store, event["type"], endpoint):
        store.rows(
            "INSERT INTO deliveries (event, type, endpoint, damage, state, next_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            event["id"],
            event["type"],
            endpoint,
            damage,
            "held" if delay is None else "waiting",
            store.now() + (delay or 0),
        )


def _planned(store: Store, kind: str, endpoint: str) -> list[tuple[float | None, str]]:
    """Return (delay, damage) of each delivery of a report; a delay of None is held."""
    plan = json.loads(store.fact("plan") or "[]")
    for step in plan:
        if step["type"] not in ("", kind) or step["endpoint"] not in ("", endpoint):
            continue
        left = step["count"]
        step["count"] -= 1
        store.set_fact("plan", json.dumps([step for step in plan if step["count"] > 0]))
        return _carry_out(step["action"], step["seconds"], left)
    action, seconds = chaos.draw_post(store)
    return _carry_out(action, seconds, 1)


def _carry_out(action: str, seconds: float, left: int) -> list[tuple[float | None, str]]:
    if action == "drop":
        return []
    if action == "duplicate":
        return [(0.0, ""), (0.0, "")]
    if action == "hold":
        return [(None, "")]
    if action == "delay":
        return [(seconds, "")]
    if action == "reorder":
        return [(seconds * left, "")]
    if action in ("bad_signature", "damaged_body"):
        return [(0.0, action)]
    return [(0.0, "")]


def payload_of(store: Store, event_id: str) -> str:
    """Return the body that goes over the wire."""
    event = store.find(event_id) or {}
    if event.get("object") == "v2.core.event":
        hidden = ("data", "changes")
        event = {name: value for name, value in event.items() if name not in hidden}
    return json.dumps(event)


def sign(payload: str, secret: str, moment: int) -> str:
    """Return the header `Stripe-Signature` for a payload sent at a moment."""
    mac = hmac.new(secret.encode(), f"{moment}.{payload}".encode(), hashlib.sha256)
    return f"t={moment},v1={mac.hexdigest()}"
