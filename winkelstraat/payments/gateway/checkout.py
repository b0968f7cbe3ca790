"""Pay pages at Stripe: open, fetch, close and look up."""

from contextlib import suppress
from datetime import datetime
from typing import Any, cast

from winkelstraat.payments.domain.settlement import CheckoutReport
from winkelstraat.payments.gateway.client import (
    WORKER_TIMEOUT_S,
    ProviderRefused,
    ask,
    client,
    name_of,
    whole,
)

EXPAND = ["payment_intent.latest_charge"]
EXPAND_LISTED = ["data.payment_intent.latest_charge"]


def open_checkout(
    params: dict[str, Any], key: str, *, timeout: tuple[int, int] = WORKER_TIMEOUT_S
) -> CheckoutReport:
    """Open a pay page; the same key gives the same page."""
    api = client(timeout).v1.checkout.sessions
    session = ask(lambda: api.create(cast(Any, params), {"idempotency_key": key}), writes=True)
    return read_session(session)


def fetch_checkout(
    session_id: str, *, timeout: tuple[int, int] = WORKER_TIMEOUT_S
) -> CheckoutReport:
    """Fetch a pay page with its payment and charge as they are now."""
    api = client(timeout).v1.checkout.sessions
    return read_session(ask(lambda: api.retrieve(session_id, {"expand": EXPAND})))


def expire_checkout(
    session_id: str, *, timeout: tuple[int, int] = WORKER_TIMEOUT_S
) -> CheckoutReport:
    """Close a pay page if it is still open, and fetch what it became."""
    api = client(timeout).v1.checkout.sessions
    with suppress(ProviderRefused):
        ask(lambda: api.expire(session_id))
    return fetch_checkout(session_id, timeout=timeout)


def find_checkout(reference: str, since: datetime) -> CheckoutReport | None:
    """Look for the pay page of a payment among those opened since a moment (PAY-16)."""
    api = client().v1.checkout.sessions
    pages = ask(
        lambda: list(
            api.list({"created": {"gte": int(since.timestamp())}, "limit": 100}).auto_paging_iter()
        )
    )
    for session in pages:
        if session.client_reference_id == reference:
            return read_session(session)
    return None


def read_session(session: Any) -> CheckoutReport:
    """Return the SDK's session, with what was expanded in it, as our own."""
    intent = whole(session.payment_intent)
    charge = whole(intent.latest_charge) if intent else None
    details = charge.payment_method_details if charge else None
    return CheckoutReport(
        session_id=session.id,
        session_status=session.status or "",
        payment_status=session.payment_status,
        currency=(intent.currency if intent else session.currency) or "",
        livemode=session.livemode,
        url=session.url or "",
        intent_id=name_of(session.payment_intent),
        intent_status=intent.status if intent else "",
        amount_received=intent.amount_received if intent else 0,
        amount_refunded=charge.amount_refunded if charge else 0,
        charge_id=name_of(intent.latest_charge) if intent else "",
        method=details.type if details else "",
        metadata=(intent or session).metadata.to_dict(),
    )
