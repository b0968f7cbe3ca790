"""What a shop needs while somebody is on the telephone: its goods, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from winkelstraat.delivery.domain.windows import LOCAL
from winkelstraat.shop.domain.masking import mask_name
from winkelstraat.shop.models import Listing, Purchase, SellerProfile
from winkelstraat.shop.models.listings import ListingStatus
from winkelstraat.shop.models.purchases import PurchaseStatus
from winkelstraat.shop.queries.desk import done_at, knows_buyer
from winkelstraat.shop.queries.order_keys import get_order_key
from winkelstraat.shop.queries.wording import amount_text

MOST_GOODS = 200


@dataclass(frozen=True)
class PhoneGood:
    """Something that can be ordered now; the price of one in cents."""

    listing_id: int
    title: str
    amount_text: str
    price_cents: int
    available: int


@dataclass(frozen=True)
class PhoneOrder:
    """An order that the shop took; `key` opens it for its buyer."""

    number: str
    key: str
    seller_number: str
    buyer_name: str
    buyer_email: str
    total_cents: int
    at_counter: bool
    is_paid: bool
    awaits_payment: bool
    hold_until: datetime


def list_phone_goods(seller: SellerProfile) -> list[PhoneGood]:
    """Return what the shop offers and has, by name (1 query)."""
    record = "product__stockrecords__"
    found = (
        Listing.objects.filter(seller=seller, status=ListingStatus.PUBLISHED)
        .annotate(left=F(f"{record}num_in_stock") - F(f"{record}num_allocated"))
        .filter(left__gt=0)
        .order_by("title", "pk")[:MOST_GOODS]
    )
    return [
        PhoneGood(
            listing_id=row.pk,
            title=row.title,
            amount_text=amount_text(row.net_quantity, row.net_unit, row.pieces),
            price_cents=row.price_cents,
            available=row.left,
        )
        for row in found
    ]


def get_phone_order(seller: SellerProfile, *, number: str, now: datetime) -> PhoneOrder | None:
    """Return an order that this shop took by telephone, or None."""
    found = (
        Purchase.objects.filter(number=number, taken_by=seller)
        .prefetch_related("seller_orders")
        .first()
    )
    if found is None:
        return None
    order = found.seller_orders.all()[0]
    knows = knows_buyer(seller, done_at=done_at(order), now=now)
    return PhoneOrder(
        number=found.number,
        key=get_order_key(found.number),
        seller_number=order.number,
        buyer_name=found.buyer_name if knows else mask_name(found.buyer_name),
        buyer_email=found.buyer_email if knows else "",
        total_cents=found.total_cents,
        at_counter=found.pays_at_counter,
        is_paid=found.status == PurchaseStatus.PAID,
        awaits_payment=found.status == PurchaseStatus.AWAITING_PAYMENT,
        hold_until=found.hold_until.astimezone(LOCAL),
    )
