"""Who bought, as papers need to know it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from winkelstraat.shop.domain.kor import in_scheme
from winkelstraat.shop.models import Purchase


@dataclass(frozen=True)
class Buyer:
    """A buyer with the shops of his purchase that name no VAT on the day it was placed."""

    purchase_ref: UUID
    name: str
    address: str
    postcode: str
    place: str
    company_number: str
    email: str
    kor_shops: frozenset[int]


def get_buyer(purchase_id: int) -> Buyer:
    """Return the buyer of a purchase (2 queries)."""
    purchase = Purchase.objects.select_related("village").get(pk=purchase_id)
    day = timezone.localdate(purchase.placed_at)
    sellers = purchase.seller_orders.values_list(
        "seller__enterprise_id", "seller__kor_from", "seller__kor_until"
    )
    return Buyer(
        purchase_ref=purchase.reference,
        name=purchase.company_name or purchase.buyer_name,
        address=purchase.delivery_address,
        postcode=purchase.delivery_postcode,
        place=purchase.village.name if purchase.village and purchase.delivery_address else "",
        company_number=purchase.company_number,
        email=purchase.buyer_email,
        kor_shops=frozenset(shop for shop, first, last in sellers if in_scheme(first, last, day)),
    )
