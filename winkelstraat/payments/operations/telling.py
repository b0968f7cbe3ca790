"""Note that a buyer was told of his refund, so that he gets one mail for it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from winkelstraat.payments.models import Refund, RefundKind
from winkelstraat.payments.queries.refunds import RefundStatus, read_refund


@dataclass(frozen=True, slots=True)
class ToTell:
    """A refund that the buyer has not heard of yet."""

    reference: UUID
    purchase_ref: UUID
    refund: RefundStatus


def take_refund_to_tell(*, refund_id: int, now: datetime) -> ToTell | None:
    """Return a refund and note that it is told, or None when there is nothing to tell.

    Call it in the transaction that sends the mail. What the buyer's own bank took for him
    he knows, and of nothing there is nothing to say.
    """
    refund = (
        Refund.objects.select_for_update(of=("self",)).select_related("payment").get(pk=refund_id)
    )
    if refund.told_at is not None:
        return None
    refund.told_at = now
    refund.save(update_fields=["told_at"])
    if refund.kind == RefundKind.DISPUTED or not refund.amount_cents:
        return None
    return ToTell(refund.reference, refund.payment.purchase_ref, read_refund(refund))
