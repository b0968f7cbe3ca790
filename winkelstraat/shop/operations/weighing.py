"""Weigh what was sold by estimate: lighter gives money back by itself, heavier costs nothing.

The refund is an amount off the shop's part, so it lowers the turnover, the VAT and the
commission with it (PAY-19).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from oscar.apps.partner.models import StockRecord

from winkelstraat.payments.operations import RefundWish, refund
from winkelstraat.payments.queries import get_refundable_part
from winkelstraat.shop.domain.delivery_price import by_weight_cents
from winkelstraat.shop.domain.refusals import UnknownOrder
from winkelstraat.shop.domain.weighing import OddWeight, check_weight, give_back_cents, loose_units
from winkelstraat.shop.models import SellerOrderLine, SellerProfile
from winkelstraat.shop.models.listings import SaleUnit
from winkelstraat.shop.models.purchases import Fulfilment, SellerOrderStatus

LOOSE = (SaleUnit.GRAM, SaleUnit.KILOGRAM)
OPEN = (SellerOrderStatus.PAID, SellerOrderStatus.READY)


@dataclass(frozen=True)
class Weighed:
    """What came of a weighing, in grams and cents."""

    title: str
    estimated_g: int
    weighed_g: int
    back_cents: int


@transaction.atomic
def weigh_line(
    *,
    seller: SellerProfile,
    line_id: int,
    weighed_g: int,
    is_confirmed: bool,
    asked_by: str,
    now: datetime,
) -> Weighed:
    """Write down what a line weighed and give back what is too much; twice is once.

    A second weighing gives back what the first did not; nothing is ever taken from the
    buyer again.

    :raises UnknownOrder: for a line of another shop, one that is not weighed, or one that
        was handed over.
    :raises ImpossibleWeight: for nothing, less, or more than a tonne; nothing is written.
    :raises OddWeight: when it should be asked about first; nothing is written.
    """
    line = _own_line(seller, line_id)
    estimated_g = _check(line, weighed_g, is_confirmed)
    number = line.seller_order.number
    found = get_refundable_part(number)
    if found is None:
        raise UnknownOrder
    payment_id, part = found
    paid = next(one.paid_cents for one in part.lines if one.line_ref == str(line.listing_id))
    target = give_back_cents(paid, weighed_g, estimated_g) + _bringing_back(
        line, weighed_g, estimated_g
    )
    _correct_stock(line, weighed_g)
    more = min(max(0, target - line.weighed_back_cents), part.amount_left, part.value_left)
    line.weighed_g, line.weighed_at = weighed_g, now
    line.weighed_back_cents += more
    line.save(update_fields=["weighed_g", "weighed_at", "weighed_back_cents"])
    if more:
        words = {"title": line.title, "weighed": weighed_g, "estimated": estimated_g}
        reason = _("%(title)s weighed %(weighed)s g instead of %(estimated)s g.") % words
        wish = RefundWish(
            payment_id=payment_id,
            key=f"weighed:{line.pk}:{line.weighed_back_cents}",
            reason=reason,
            asked_by=asked_by,
            amounts={number: more},
        )
        refund(wish=wish, now=now)
    return Weighed(line.title, estimated_g, weighed_g, more)


def _check(line: SellerOrderLine, weighed_g: int, is_confirmed: bool) -> int:
    """Return the grams that were expected, after looking whether the weight can be."""
    estimated_g = (line.mass_g or 0) * line.quantity
    try:
        check_weight(weighed_g, estimated_g, is_confirmed=is_confirmed)
    except OddWeight as odd:
        raise OddWeight(weighed_g, estimated_g, line.line_cents) from odd
    return estimated_g


def _bringing_back(line: SellerOrderLine, weighed_g: int, estimated_g: int) -> int:
    """Return what bringing costs less where its price goes by weight."""
    order = line.seller_order
    per_kg = order.seller.delivery_cents_per_kg
    if order.fulfilment != Fulfilment.DELIVERY or weighed_g >= estimated_g:
        return 0
    return min(order.delivery_cents, by_weight_cents(per_kg, estimated_g - weighed_g))


def _correct_stock(line: SellerOrderLine, weighed_g: int) -> None:
    """Let the stock of what is loose follow the scales; pieces were counted already.

    What was sold is off the shelf by its estimate, or by an earlier weighing.
    """
    if line.listing.unit not in LOOSE or not line.mass_g:
        return
    before = loose_units(line.weighed_g, line.mass_g) if line.weighed_g else line.quantity
    more = loose_units(weighed_g, line.mass_g) - before
    StockRecord.objects.filter(product_id=line.listing.product_id).update(
        num_in_stock=Greatest(F("num_allocated"), F("num_in_stock") - more)
    )


def _own_line(seller: SellerProfile, line_id: int) -> SellerOrderLine:
    line = (
        SellerOrderLine.objects.filter(
            pk=line_id, seller_order__seller=seller, seller_order__status__in=OPEN
        )
        .filter(sold_by_weight=True, mass_g__gt=0)
        .select_related("seller_order__purchase", "seller_order__seller", "listing")
        .first()
    )
    if line is None:
        raise UnknownOrder
    return line
