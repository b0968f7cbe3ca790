"""What happened at Stripe, as a list; reports that were lost are found here."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from winkelstraat.payments.domain.settlement import CheckoutReport
from winkelstraat.payments.gateway.checkout import EXPAND_LISTED, read_session
from winkelstraat.payments.gateway.client import ask, client


def list_events(since: datetime) -> Iterator[dict[str, Any]]:
    """Yield the events since a moment as reports would tell them, oldest first."""
    api = client().v1.events
    params: Any = {"created": {"gte": int(since.timestamp())}, "limit": 100}
    found = ask(lambda: list(api.list(params).auto_paging_iter()))
    for event in reversed(found):
        yield event.to_dict(for_json=True)


def list_checkouts(since: datetime) -> list[CheckoutReport]:
    """Return every pay page that was opened since a moment, as it stands now."""
    api = client().v1.checkout.sessions
    params: Any = {
        "created": {"gte": int(since.timestamp())},
        "limit": 100,
        "expand": EXPAND_LISTED,
    }
    found = ask(lambda: list(api.list(params).auto_paging_iter()))
    return [read_session(session) for session in found]
