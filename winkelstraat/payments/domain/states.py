"""What a payment may become (PAY-11).

The map is monotonic: no report, however late or often repeated, leads back. A payment
that ended may still turn out paid, because a bank's answer can outlive our patience
(PAY-13).
"""

from enum import StrEnum


class PaymentState(StrEnum):
    """Where one attempt to pay stands."""

    CREATED = "created"
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    QUARANTINED = "quarantined"
    NEEDS_REFUND = "needs_refund"


OPEN_STATES = frozenset({PaymentState.CREATED, PaymentState.PENDING})
ENDED_STATES = frozenset({PaymentState.FAILED, PaymentState.EXPIRED, PaymentState.CANCELLED})

_NEXT: dict[PaymentState, frozenset[PaymentState]] = {
    PaymentState.CREATED: frozenset(set(PaymentState) - {PaymentState.CREATED}),
    PaymentState.PENDING: frozenset(set(PaymentState) - OPEN_STATES),
    PaymentState.PAID: frozenset({PaymentState.NEEDS_REFUND}),
    PaymentState.QUARANTINED: frozenset(),
    PaymentState.NEEDS_REFUND: frozenset(),
} | {
    ended: frozenset({PaymentState.PAID, PaymentState.NEEDS_REFUND, PaymentState.QUARANTINED})
    for ended in ENDED_STATES
}


def may_become(now: PaymentState, then: PaymentState) -> bool:
    """Tell whether a payment in state `now` may go to state `then`."""
    return then in _NEXT[now]
