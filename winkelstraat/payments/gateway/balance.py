"""The platform's own money at Stripe: its balance, and what each movement cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from winkelstraat.payments.gateway.client import ask, client, name_of


@dataclass(frozen=True, slots=True)
class BalanceReport:
    """The platform's euros, in cents: what can be sent now and what comes later."""

    available_cents: int
    pending_cents: int


@dataclass(frozen=True, slots=True)
class MovementReport:
    """One movement on the platform's balance: amount - fee = net, in cents."""

    movement_id: str
    kind: str
    source_id: str
    amount_cents: int
    fee_cents: int
    net_cents: int
    at: datetime


def fetch_balance(currency: str = "eur") -> BalanceReport:
    """Fetch what the platform has now."""
    api = client().v1.balance
    found = ask(lambda: api.retrieve())
    return BalanceReport(_sum(found.available, currency), _sum(found.pending, currency))


def list_movements(since: datetime, *, until: datetime | None = None) -> Iterator[MovementReport]:
    """Yield every movement on the platform's balance since a moment, newest first."""
    api = client().v1.balance_transactions
    created: dict[str, int] = {"gte": int(since.timestamp())}
    if until is not None:
        created["lt"] = int(until.timestamp())
    params: Any = {"created": created, "limit": 100}
    found = ask(lambda: list(api.list(params).auto_paging_iter()))
    for movement in found:
        yield read_movement(movement)


def find_fee(charge_id: str) -> MovementReport | None:
    """Fetch the movement of a charge, which comes later than the charge itself (PAY-24)."""
    api = client().v1.charges
    charge = ask(lambda: api.retrieve(charge_id, {"expand": ["balance_transaction"]}))
    movement = charge.balance_transaction
    return None if movement is None or isinstance(movement, str) else read_movement(movement)


def read_movement(movement: Any) -> MovementReport:
    """Return the SDK's balance transaction as our own."""
    return MovementReport(
        movement_id=movement.id,
        kind=movement.type,
        source_id=name_of(movement.source),
        amount_cents=movement.amount,
        fee_cents=movement.fee,
        net_cents=movement.net,
        at=datetime.fromtimestamp(movement.created, UTC),
    )


def _sum(found: Any, currency: str) -> int:
    return sum(part.amount for part in found or [] if part.currency == currency)
