"""What Stripe's contract or a bank decides, and the console may change."""

import json
from typing import Any

from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.store import DAY_S, Store

# Fees: a fixed part in cents and a part in basis points, in the order of a European price
# list. They are examples: the contract with Stripe says what they are.
FEES = {
    "ideal": [29, 0],
    "wero": [29, 0],
    "bancontact": [39, 0],
    "card": [25, 150],
}
DEFAULTS: dict[str, Any] = {
    "fees": FEES,
    "dispute_fee": 2_000,
    # The least that can be charged, in cents.
    "least_charge": 50,
    # How long money that came in is pending.
    "availability_s": 2 * DAY_S,
    # How long a charge has no balance transaction.
    "fee_delay_s": 1,
    # How long a bank takes to give an answer that it owed.
    "late_answer_s": 30,
    # How long a refund to a bank account is pending; a card's is there at once.
    "bank_refund_s": 30,
    # When a refund makes the balance negative: negative (the buyer has it, the platform's bank
    # is debited later), pending (he waits for money in the balance) or refuse.
    "short_refunds": "negative",
    # How long onboarded data is checked before the capability becomes active.
    "review_s": 2,
    # How long a payout is under way.
    "payout_s": 2 * DAY_S,
    # How long a dispute can be answered.
    "evidence_s": 7 * DAY_S,
    # How long the card's bank takes to decide after evidence was sent; 0: the console decides.
    "decision_s": 0,
    # How long a top-up is under way.
    "topup_s": 0,
    # How long an account link works.
    "link_s": 300,
    # How long an event can be listed.
    "events_kept_s": 30 * DAY_S,
    # How soon reports are tried again, in seconds of the sandbox's clock.
    "retry_after_s": [1, 2, 4, 8, 16, 30, 60, 120, 300, 600, 3_600, 21_600, 86_400],
}


def read(store: Store) -> dict[str, Any]:
    """Return every rule as it is now."""
    changed: dict[str, Any] = json.loads(store.fact("rules") or "{}")
    return {**DEFAULTS, **changed}


def rule(store: Store, name: str) -> Any:
    """Return one rule."""
    return read(store)[name]


def change(store: Store, wish: dict[str, Any]) -> dict[str, Any]:
    """Change some rules; a value of None brings the first one back.

    :raises ApiError: 400 for a rule that does not exist.
    """
    for name in wish:
        if name not in DEFAULTS:
            raise ApiError(400, f"No such rule: {name}. Choose from {', '.join(DEFAULTS)}.")
    changed = json.loads(store.fact("rules") or "{}") | wish
    store.set_fact("rules", json.dumps({k: v for k, v in changed.items() if v is not None}))
    return read(store)


def fee_of(store: Store, method: str, amount: int) -> int:
    """Return the fee in cents for a charge, half a cent rounded up."""
    fixed, basis_points = rule(store, "fees").get(method, FEES["card"])
    return int(fixed) + (amount * int(basis_points) + 5_000) // 10_000
