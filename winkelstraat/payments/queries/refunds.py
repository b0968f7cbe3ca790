"""What went back of a purchase, for buyers, shops and staff."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.models import Payment, PaymentPart, Refund, RefundKind


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
        read_refund(refund)
        for refund in found.order_by("created_at", "pk").prefetch_related("parts")
        if refund.amount_cents
    )


def read_refund(refund: Refund) -> RefundStatus:
    """Return a refund as pages and mails show it."""
    return RefundStatus(
        amount_cents=refund.amount_cents,
        state=refund.state,
        reason=refund.reason,
        created_at=refund.created_at,
        ended_at=refund.ended_at,
        titles=tuple(line["title"] for part in refund.parts.all() for line in part.lines),
    )


def list_untold_refunds(*, before: datetime, limit: int) -> list[int]:
    """Return refunds of which the buyer was not told yet."""
    found = Refund.objects.filter(told_at=None, created_at__lte=before).order_by("created_at")
    return list(found.values_list("pk", flat=True)[:limit])


def list_given_back(purchase_ref: UUID) -> list[str]:
    """Return the seller orders of a purchase of which nothing is left to give back."""
    rows = PaymentPart.objects.filter(
        payment__purchase_ref=purchase_ref, payment__state=PaymentState.PAID
    ).annotate(undone=Sum("refund_parts__gross_cents"))
    return [part.seller_order_ref for part in rows if part.undone == part.gross_cents]


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
