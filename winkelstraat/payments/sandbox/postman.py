"""Tell the shop what happened: signed, again until it answers, and on request badly."""

import itertools
import logging
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from winkelstraat.payments.sandbox import chores, endpoints, rules
from winkelstraat.payments.sandbox.events import payload_of, sign
from winkelstraat.payments.sandbox.store import Store

log = logging.getLogger(__name__)

TICK_S = 0.05
PATIENCE_S = 10


class Clockwork(threading.Thread):
    """Do what is due in the background until the process ends."""

    def __init__(self, store: Store) -> None:
        super().__init__(name="sandbox-clockwork", daemon=True)
        self.store = store

    def run(self) -> None:
        """Look at the agenda, for ever."""
        while True:
            try:
                chores.run_due(self.store)
            except Exception:
                log.exception("The round failed; the next one goes on.")
            time.sleep(TICK_S * 4)


class Postman(threading.Thread):
    """Deliver one endpoint's planned reports in the background.

    One carrier keeps them in order; with more they overtake each other, as at Stripe.
    """

    def __init__(self, store: Store, endpoint: str, carriers: int = 1) -> None:
        super().__init__(name=f"sandbox-post-{endpoint}", daemon=True)
        self.store = store
        self.endpoint = endpoint
        self.carriers = ThreadPoolExecutor(carriers, thread_name_prefix=self.name)

    def run(self) -> None:
        """Look for due deliveries, for ever."""
        for _ in itertools.count():
            busy = 0
            try:
                if endpoints.address_of(self.store, self.endpoint):
                    busy = self.deliver_due()
            except Exception:
                log.exception("The round failed; the next one goes on.")
            if not busy:
                time.sleep(TICK_S)

    def deliver_due(self) -> int:
        """Try each delivery whose moment has come, in order of moment; return their number."""
        due = self.store.rows(
            "SELECT number, event, attempts, damage FROM deliveries WHERE state = 'waiting'"
            " AND endpoint = ? AND next_at <= ? ORDER BY next_at, number LIMIT 20",
            self.endpoint,
            self.store.now(),
        )
        list(self.carriers.map(self._carry, due))
        return len(due)

    def _carry(self, delivery: tuple[Any, ...]) -> None:
        number, event_id, attempts, damage = delivery
        self._note(number, attempts, self._post(event_id, damage))

    def _note(self, number: int, attempts: int, status: int | None) -> None:
        """Remember how a delivery went; damage is done to the first attempt only."""
        pauses = rules.rule(self.store, "retry_after_s")
        now = self.store.now()
        if status is not None and 200 <= status < 300:
            state, next_at = "delivered", now
        elif attempts >= len(pauses):
            state, next_at = "given_up", now
        else:
            state, next_at = "waiting", now + pauses[attempts]
        self.store.rows(
            "UPDATE deliveries SET state = ?, attempts = attempts + 1, next_at = ?,"
            " last_status = ?, damage = '' WHERE number = ?",
            state,
            next_at,
            status,
            number,
        )

    def _post(self, event_id: str, damage: str) -> int | None:
        """Post one report; return the HTTP status, or None when nobody answered."""
        payload = payload_of(self.store, event_id)
        secret = endpoints.secret_of(self.store, self.endpoint)
        signature = sign(payload, secret + damage, int(time.time()))
        if damage == "damaged_body":
            signature = sign(payload, secret, int(time.time()))
            payload = payload.replace('"livemode": false', '"livemode": fal5e', 1)
        request = urllib.request.Request(  # noqa: S310 - the address is the operator's own
            endpoints.address_of(self.store, self.endpoint),
            data=payload.encode(),
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "Stripe-Signature": signature,
                "User-Agent": "Stripe/1.0 (sandbox)",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
                status: int = answer.status
                return status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None
