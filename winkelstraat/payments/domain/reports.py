"""What the provider tells of money that goes back, as plain values; amounts in cents."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RefundReport:
    """A refund as it stands; `status` is pending, succeeded, failed or canceled.

    `reference` is our own name for it, empty when it was made at the provider itself.
    """

    refund_id: str
    amount_cents: int
    status: str
    created_at: datetime
    reference: str = ""
    failure_reason: str = ""


@dataclass(frozen=True, slots=True)
class ReversalReport:
    """Money that came back from a shop."""

    reversal_id: str
    amount_cents: int


@dataclass(frozen=True, slots=True)
class DisputeReport:
    """A dispute as it stands; `withdrawn_cents` is what the bank holds of us now.

    `status` is open, won or lost; `fee_cents` is what the provider charged for it.
    """

    dispute_id: str
    amount_cents: int
    withdrawn_cents: int
    fee_cents: int
    status: str
    reason: str
    opened_at: datetime
    evidence_due_at: datetime | None
