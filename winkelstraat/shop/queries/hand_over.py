"""Read what was handed over, for the books that are kept outside the shop."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from winkelstraat.shop.models import (
    Purchase,
    SellerOrder,
    SellerOrderLine,
    SubstitutionStatus,
)
from winkelstraat.shop.models.purchases import Fulfilment, PurchaseStatus, SellerOrderStatus


@dataclass(frozen=True)
class HandedOverLine:
    """One line: how many, and the whole line's mass (None where unknown) and price."""

    ref: str
    listing_id: int
    quantity: int
    mass_g: int | None
    price_cents: int


@dataclass(frozen=True)
class HandedOver:
    """A collected seller order: whose, when, where and for whom.

    `place` is where the buyer came to collect it, in WGS84; None when it was brought.
    `buyer_village_id` and `buyer_postcode` are what the buyer told about himself.
    """

    seller_order_id: int
    purchase_ref: UUID
    enterprise_id: int
    collected_on: date
    village_id: int
    place: tuple[float, float] | None
    buyer_postcode: str
    buyer_village_id: int | None
    is_booked: bool
    lines: tuple[HandedOverLine, ...]


def get_handed_over(seller_order_id: int) -> HandedOver | None:
    """Return a seller order that was collected, or None while it is not (3 queries)."""
    order = (
        SellerOrder.objects.filter(pk=seller_order_id, status=SellerOrderStatus.COLLECTED)
        .select_related("purchase", "pickup_point", "seller__village", "seller__enterprise")
        .prefetch_related("lines__substitutions")
        .first()
    )
    if order is None or order.collected_at is None:
        return None
    village_id, place = _get_place(order)
    return HandedOver(
        seller_order_id=order.pk,
        purchase_ref=order.purchase.reference,
        enterprise_id=order.seller.enterprise_id,
        collected_on=timezone.localdate(order.collected_at),
        village_id=village_id,
        place=place,
        buyer_postcode=order.purchase.delivery_postcode,
        buyer_village_id=order.purchase.village_id,
        is_booked=order.chain_booked_at is not None,
        lines=tuple(row for line in order.lines.all() for row in _handed_over_lines(line)),
    )


def _handed_over_lines(line: SellerOrderLine) -> Iterator[HandedOverLine]:
    """Return what of a line was handed over, and what came instead of it."""
    left = line.quantity - line.cancelled_quantity
    if left:
        yield HandedOverLine(
            ref=str(line.pk),
            listing_id=line.listing_id,
            quantity=left,
            mass_g=None if line.mass_g is None else line.mass_g * left,
            price_cents=line.price_cents * left,
        )
    for one in line.substitutions.all():
        if one.status == SubstitutionStatus.ACCEPTED:
            yield HandedOverLine(
                ref=f"{line.pk}-instead-{one.pk}",
                listing_id=one.listing_id,
                quantity=one.quantity,
                mass_g=None if one.mass_g is None else one.mass_g * one.quantity,
                price_cents=min(one.price_cents, line.price_cents) * one.quantity,
            )


def get_seller_order_ref(seller_order_id: int) -> str:
    """Return the name by which payments know a seller order: its number."""
    return SellerOrder.objects.values_list("number", flat=True).get(pk=seller_order_id)


def list_unbooked(*, before: datetime, limit: int) -> list[int]:
    """Return seller orders collected before a moment that the chains do not know yet."""
    found = SellerOrder.objects.filter(
        status=SellerOrderStatus.COLLECTED, chain_booked_at__isnull=True, collected_at__lte=before
    )
    return list(found.order_by("collected_at").values_list("pk", flat=True)[:limit])


def list_unmailed(*, before: datetime, limit: int) -> list[int]:
    """Return purchases paid before a moment whose buyer has no confirmation yet.

    The newest first, so that mails that never can leave do not keep the others waiting.
    """
    found = Purchase.objects.filter(
        status=PurchaseStatus.PAID, confirmation_mailed_at__isnull=True, paid_at__lte=before
    ).exclude(pays_at_counter=True)
    return list(found.order_by("-paid_at").values_list("pk", flat=True)[:limit])


def list_untold(*, before: datetime, limit: int) -> list[int]:
    """Return seller orders paid before a moment whose shop was not told yet, newest first."""
    found = SellerOrder.objects.filter(
        purchase__status=PurchaseStatus.PAID,
        purchase__paid_at__lte=before,
        shop_mailed_at__isnull=True,
    )
    return list(found.order_by("-purchase__paid_at", "pk").values_list("pk", flat=True)[:limit])


def list_parts(purchase_id: int) -> list[int]:
    """Return the seller orders of a purchase, in their order (1 query)."""
    found = SellerOrder.objects.filter(purchase_id=purchase_id).order_by("sequence")
    return list(found.values_list("pk", flat=True))


def list_lapsed_holds(*, at: datetime, limit: int) -> list[UUID]:
    """Return unpaid purchases whose goods are held longer than was promised."""
    found = Purchase.objects.filter(status=PurchaseStatus.AWAITING_PAYMENT, hold_until__lte=at)
    return list(found.order_by("hold_until").values_list("reference", flat=True)[:limit])


def _get_place(order: SellerOrder) -> tuple[int, tuple[float, float] | None]:
    """Return the village where the goods arrived, and where the buyer collected them."""
    point = order.pickup_point
    if order.fulfilment == Fulfilment.PICKUP_POINT and point is not None:
        return point.village_id, (point.latitude, point.longitude)
    village, shop = order.seller.village, order.seller.enterprise
    if order.fulfilment == Fulfilment.DELIVERY:
        return order.purchase.village_id or village.pk, None
    if shop.latitude is not None and shop.longitude is not None:
        return village.pk, (shop.latitude, shop.longitude)
    return village.pk, (village.latitude, village.longitude)
