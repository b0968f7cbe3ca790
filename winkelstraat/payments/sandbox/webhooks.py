"""Tell the shop what happened: signed, again until it answers, and on request badly.

The console can drop, double or delay the next reports, because a real network does so
too; the shop must reach the same end.
"""

import hashlib
import hmac
import itertools
import json
import logging
import threading
import time
import urllib.error
import urllib.request
from typing import Any

import stripe

from winkelstraat.payments.sandbox.store import Body, Store

log = logging.getLogger(__name__)

RETRY_AFTER_S = (1, 2, 4, 8, 16, 30, 60, 120, 300, 600)
TICK_S = 0.05
CHORES_EVERY = 5


def emit(store: Store, kind: str, subject: Body) -> Body:
    """Record an event about an object as it is now, and plan its deliveries."""
    event = store.add(
        "event",
        "evt",
        {
            "api_version": stripe.api_version,
            "data": {"object": subject},
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        },
    )
    for delay in _planned_delays(store, kind):
        store.rows(
            "INSERT INTO deliveries (event, type, state, next_at) VALUES (?, ?, ?, ?)",
            event["id"],
            kind,
            "held" if delay is None else "waiting",
            time.time() + (delay or 0),
        )
    return event


def _planned_delays(store: Store, kind: str) -> list[float | None]:
    """Return when the report goes out: none for dropped, two for doubled, None for held."""
    plan = json.loads(store.fact("plan") or "[]")
    for step in plan:
        if step["type"] not in ("", kind):
            continue
        step["count"] -= 1
        store.set_fact("plan", json.dumps([step for step in plan if step["count"] > 0]))
        action = step["action"]
        if action == "drop":
            return []
        if action == "duplicate":
            return [0.0, 0.0]
        return [None] if action == "hold" else [float(step["seconds"])]
    return [0.0]


def sign(payload: str, secret: str, moment: int) -> str:
    """Return the header `Stripe-Signature` for a payload sent at a moment."""
    mac = hmac.new(secret.encode(), f"{moment}.{payload}".encode(), hashlib.sha256)
    return f"t={moment},v1={mac.hexdigest()}"


def payload_of(store: Store, event_id: str) -> str:
    """Return the body that goes over the wire."""
    return json.dumps(store.find(event_id, "event"), indent=2)


class Postman(threading.Thread):
    """Deliver planned reports in the background until the process ends."""

    def __init__(self, store: Store, address: str, secret: str, chores: Any = None) -> None:
        super().__init__(name="sandbox-postman", daemon=True)
        self.store = store
        self.address = address
        self.secret = secret
        self.chores = chores or (lambda: None)

    def run(self) -> None:
        """Look for due deliveries, for ever."""
        for tick in itertools.count():
            try:
                if tick % CHORES_EVERY == 0:
                    self.chores()
                if self.address:
                    self.deliver_due()
            except Exception:
                log.exception("The round failed; the next one goes on.")
            time.sleep(TICK_S)

    def deliver_due(self) -> None:
        """Try each delivery whose moment has come, oldest first."""
        due = self.store.rows(
            "SELECT number, event, attempts FROM deliveries"
            " WHERE state = 'waiting' AND next_at <= ? ORDER BY number LIMIT 20",
            time.time(),
        )
        for number, event_id, attempts in due:
            status = self._post(event_id)
            if status is not None and 200 <= status < 300:
                state, next_at = "delivered", time.time()
            elif attempts + 1 > len(RETRY_AFTER_S):
                state, next_at = "given_up", time.time()
            else:
                state, next_at = "waiting", time.time() + RETRY_AFTER_S[attempts]
            self.store.rows(
                "UPDATE deliveries SET state = ?, attempts = attempts + 1, next_at = ?,"
                " last_status = ? WHERE number = ?",
                state,
                next_at,
                status,
                number,
            )

    def _post(self, event_id: str) -> int | None:
        """Post one report; return the HTTP status, or None when nobody answered."""
        payload = payload_of(self.store, event_id)
        request = urllib.request.Request(  # noqa: S310 - the address is the operator's own
            self.address,
            data=payload.encode(),
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "Stripe-Signature": sign(payload, self.secret, int(time.time())),
                "User-Agent": "Stripe/1.0 (sandbox)",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                status: int = answer.status
                return status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None
