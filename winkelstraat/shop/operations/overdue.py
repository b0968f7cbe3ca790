"""A shop that is too late: the buyer may cancel that part and has everything back (CON-11).

Nobody has to agree. What is packed and waits for the buyer is not late; what must be
brought is late until it is handed over.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from winkelstraat.payments.operations import RefundWish, refund
from winkelstraat.payments.queries import get_refundable_part
from winkelstraat.shop.domain.refusals import NotOverdue, UnknownOrder
from winkelstraat.shop.domain.status import is_overdue
from winkelstraat.shop.models import SellerOrder, Substitution, SubstitutionStatus
from winkelstraat.shop.models.purchases import Fulfilment, SellerOrderStatus
from winkelstraat.shop.operations.stock import release_stock


@transaction.atomic
def cancel_overdue(*, purchase_id: int, number: str, now: datetime) -> int:
    """Cancel one shop's part that is too late; return how many cents go back, twice is once.

    :raises UnknownOrder: for a part of another purchase.
    :raises NotOverdue: when it is not late, or was handed over meanwhile.
    :raises RefundRefused: while the buyer's bank looks at the payment; nothing is written.
    """
    order = (
        SellerOrder.objects.select_for_update(of=("self",))
        .select_related("purchase")
        .filter(purchase_id=purchase_id, number=number)
        .first()
    )
    if order is None:
        raise UnknownOrder
    if order.status == SellerOrderStatus.CANCELLED:
        return 0
    brought = order.fulfilment == Fulfilment.DELIVERY
    if not is_overdue(order.status, order.promised_until, brought=brought, now=now):
        raise NotOverdue
    _drop_proposals(order, now)
    given_back = _give_all_back(order, now)
    order.status, order.cancelled_at = SellerOrderStatus.CANCELLED, now
    order.save(update_fields=["status", "cancelled_at"])
    return given_back


def _drop_proposals(order: SellerOrder, now: datetime) -> None:
    """Let go of what was held to come instead of something."""
    asked = Substitution.objects.select_for_update(of=("self",)).filter(
        line__seller_order=order, status=SubstitutionStatus.PROPOSED
    )
    for proposal in asked:
        release_stock({proposal.stockrecord_id: proposal.quantity})
        proposal.status, proposal.answered_at = SubstitutionStatus.LAPSED, now
        proposal.save(update_fields=["status", "answered_at"])


def _give_all_back(order: SellerOrder, now: datetime) -> int:
    found = get_refundable_part(order.number)
    if order.purchase.pays_at_counter or found is None:
        return 0
    payment_id, part = found
    left = {
        line.line_ref: line.quantity - part.done.units.get(line.line_ref, 0) for line in part.lines
    }
    units = {ref: count for ref, count in left.items() if count > 0}
    if not units:
        return 0
    wish = RefundWish(
        payment_id=payment_id,
        key=f"overdue:{order.number}",
        reason=_("The shop was too late, and you cancelled it."),
        asked_by="buyer",
        units={order.number: units},
    )
    return refund(wish=wish, now=now).amount_cents
