"""What went back of a purchase, for buyers, shops and staff."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from winkelstraat.payments.models import Payment, Refund, RefundKind


@dataclass(frozen=True, slots=True)
class RefundStatus:
    """One refund as pages show it, in cents; `titles` are the goods that were taken back."""

    amount_cents: int
    state: str
    reason: str
    created_at: datetime
    ended_at: datetime | None
    titles: tuple[str, ...]

    @property
    def is_arrived(self) -> bool:
        """Tell whether the buyer has the money."""
        return self.state in ("succeeded", "outside")

    @property
    def came_back(self) -> bool:
        """Tell whether his bank refused the money: staff will ask him for an account."""
        return self.state in ("failed", "cancelled")


def list_refunds(purchase_ref: UUID) -> tuple[RefundStatus, ...]:
    """Return what the buyer got or gets back of a purchase, oldest first."""
    found = Refund.objects.filter(payment__purchase_ref=purchase_ref).exclude(
        kind=RefundKind.DISPUTED
    )
    return tuple(
        RefundStatus(
            amount_cents=refund.amount_cents,
            state=refund.state,
            reason=refund.reason,
            created_at=refund.created_at,
            ended_at=refund.ended_at,
            titles=tuple(line["title"] for part in refund.parts.all() for line in part.lines),
        )
        for refund in found.order_by("created_at", "pk").prefetch_related("parts")
        if refund.amount_cents
    )


def get_refund_state(purchase_ref: UUID) -> str:
    """Return "" when nothing went back, "partially_refunded", or "refunded" when all did."""
    received = Payment.objects.filter(purchase_ref=purchase_ref).aggregate(
        cents=Sum("received_cents")
    )["cents"]
    gone = Refund.objects.filter(payment__purchase_ref=purchase_ref).aggregate(
        cents=Sum("amount_cents")
    )["cents"]
    if not gone:
        return ""
    return "refunded" if gone >= (received or 0) else "partially_refunded"
