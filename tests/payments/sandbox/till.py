"""What a shop does at the sandbox's till, in few words."""

import time
from dataclasses import dataclass
from typing import Any

import stripe

from tests.sandbox import Sandbox
from winkelstraat.payments.sandbox.store import Store

DAY_S = 86_400
SHOP = "acct_contract"


def session_params(**fields: Any) -> dict[str, Any]:
    """Return a pay page of two cheeses of five euros."""
    return {
        "mode": "payment",
        "success_url": "http://shop.example/ok",
        "cancel_url": "http://shop.example/no",
        "expires_at": int(time.time()) + 1900,
        "line_items": [line(500, quantity=2)],
        **fields,
    }


def line(cents: int, *, quantity: int = 1) -> dict[str, Any]:
    """Return one line of a pay page."""
    price = {"currency": "eur", "unit_amount": cents, "product_data": {"name": "Kaas"}}
    return {"quantity": quantity, "price_data": price}


def client(address: str, *, timeout: float = 5) -> stripe.StripeClient:
    """Return the SDK's client for a sandbox, without retries of its own."""
    return stripe.StripeClient(
        "sk_test_contract",
        base_addresses={"api": address},
        stripe_version=stripe.api_version,
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=timeout),
    )


def transfer(api: Any, charge: Any, amount: int, **fields: Any) -> Any:
    """Send a part of a charge to a connected account."""
    wish = {"amount": amount, "currency": "eur", "destination": SHOP, **fields}
    return api.transfers.create({"source_transaction": charge.id, **wish})


@dataclass
class Till:
    """One sandbox of its own: its API, its console and what its accounts hold.

    `busy` has the keys that are being worked on, each with its account.
    """

    api: Any
    console: Sandbox
    whole: stripe.StripeClient
    store: Store
    busy: set[tuple[str, str]]

    def charge(self, cents: int = 1000, *, method: str = "ideal", group: str = "") -> Any:
        """Take a payment and return its charge."""
        more = {"payment_intent_data": {"transfer_group": group}} if group else {}
        now = int(self.console.call("GET", "clock")["now"])
        page = session_params(line_items=[line(cents)], expires_at=now + 1900, **more)
        session = self.api.checkout.sessions.create(page)
        self.console.act(session.id, "pay", method=method)
        paid = self.api.checkout.sessions.retrieve(
            session.id, {"expand": ["payment_intent.latest_charge"]}
        )
        return paid.payment_intent.latest_charge

    def holds(self, account: str = "") -> tuple[int, int]:
        """Return (available, pending) cents of the platform or of an account."""
        options = {"stripe_account": account} if account else {}
        balance = self.api.balance.retrieve({}, options)
        return balance.available[0].amount, balance.pending[0].amount

    def entries(self, account: str = "", **wish: Any) -> list[tuple[str, int]]:
        """Return (type, net cents) of every balance transaction, oldest first."""
        options = {"stripe_account": account} if account else {}
        found = self.api.balance_transactions.list({"limit": 100, **wish}, options)
        return [(entry.type, entry.net) for entry in reversed(found.data)]

    def told(self, about: str, *, endpoint: str = "platform") -> list[str]:
        """Return the types of the events about an object, in order."""
        return [r["type"] for r in self.console.list_reports(about, endpoint=endpoint)]
