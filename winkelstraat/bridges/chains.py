"""Tell the impact chains what the shop handed over."""

from datetime import datetime

from django.db import transaction

from dorpen.register.domain.distance import great_circle_m
from dorpen.register.queries import find_place_of_postcode, list_villages
from ketens.domain.sales import SaleLine, SaleRecord
from ketens.operations import book_sale
from winkelstraat.shop.operations.orders import mark_chain_booked
from winkelstraat.shop.queries.hand_over import HandedOver, get_handed_over


@transaction.atomic
def book_collected(*, seller_order_id: int, now: datetime) -> bool:
    """Book a collected seller order in the chains, once; False when there is nothing to do.

    The booking and its mark in the shop are one transaction, and the booking itself is
    idempotent by source, so that a crash at any moment is repaired by doing it again.
    """
    handed_over = get_handed_over(seller_order_id)
    if handed_over is None or handed_over.is_booked:
        return False
    book_sale(sale=build_sale(handed_over), now=now)
    mark_chain_booked(seller_order_id=seller_order_id, now=now)
    return True


def build_sale(handed_over: HandedOver) -> SaleRecord:
    """Say in the words of the chains what was handed over; a product is its listing's number."""
    return SaleRecord(
        source=f"seller_order:{handed_over.seller_order_id}",
        enterprise_id=handed_over.enterprise_id,
        village_id=handed_over.village_id,
        activity_date=handed_over.collected_on,
        lines=tuple(
            SaleLine(
                product_ref=str(line.listing_id),
                line_ref=line.ref,
                quantity=line.quantity,
                mass_g=line.mass_g,
                price_cents=line.price_cents,
            )
            for line in handed_over.lines
        ),
        pickup_distance_m=get_pickup_distance_m(handed_over),
        purchase_ref=handed_over.purchase_ref,
    )


def get_pickup_distance_m(handed_over: HandedOver) -> int | None:
    """Return how far the buyer came, one way as the crow flies.

    From his postcode where he told it, else from the centre of his village; None when
    neither is known, and when the goods were brought to him.
    """
    if handed_over.place is None:
        return None
    home = find_place_of_postcode(handed_over.buyer_postcode) or _find_centre(
        handed_over.buyer_village_id
    )
    return None if home is None else great_circle_m(*home, *handed_over.place)


def _find_centre(village_id: int | None) -> tuple[float, float] | None:
    found = (village for village in list_villages() if village.id == village_id)
    return next(((village.latitude, village.longitude) for village in found), None)
