"""What the confirmation of a purchase says, shop by shop (art. 6:230v lid 7 BW)."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from winkelstraat.shop.models import Purchase, SellerOrder
from winkelstraat.shop.models.listings import WithdrawalClass
from winkelstraat.shop.models.purchases import Fulfilment


@dataclass(frozen=True)
class LetterLine:
    """One line: what, how much, and whether it can be returned."""

    quantity: int
    title: str
    amount_text: str
    line_cents: int
    withdrawal_text: str


@dataclass(frozen=True)
class LetterPart:
    """One shop's contract: who sells what for how much, and where and when it is had."""

    number: str
    shop_name: str
    legal_name: str
    address: str
    kvk_number: str
    vat_number: str
    email: str
    phone: str
    place: str
    moment: str
    lines: tuple[LetterLine, ...]
    delivery_cents: int
    deposit_cents: int
    discount_cents: int
    total_cents: int
    vat_cents: int


@dataclass(frozen=True)
class Letter:
    """The whole confirmation."""

    number: str
    buyer_name: str
    pickup_code: str
    total_cents: int
    parts: tuple[LetterPart, ...]


def get_letter(purchase: Purchase) -> Letter:
    """Return what the buyer is told about a purchase (2 queries), in the active language."""
    orders = (
        purchase.seller_orders.select_related("seller__enterprise__village", "pickup_point")
        .prefetch_related("lines")
        .order_by("sequence")
    )
    return Letter(
        number=purchase.number,
        buyer_name=purchase.buyer_name,
        pickup_code=purchase.pickup_code,
        total_cents=purchase.total_cents,
        parts=tuple(_get_part(order, purchase) for order in orders),
    )


def _get_part(order: SellerOrder, purchase: Purchase) -> LetterPart:
    enterprise = order.seller.enterprise
    return LetterPart(
        number=order.number,
        shop_name=order.seller.name,
        legal_name=enterprise.legal_name,
        address=f"{enterprise.street_address}, {enterprise.postcode} {enterprise.village.name}",
        kvk_number=enterprise.kvk_number,
        vat_number=enterprise.vat_number,
        email=enterprise.email,
        phone=enterprise.phone,
        place=_say_place(order, purchase),
        moment=_say_moment(order),
        lines=tuple(
            LetterLine(
                quantity=line.quantity,
                title=line.title,
                amount_text=line.amount_text,
                line_cents=line.line_cents,
                withdrawal_text=str(WithdrawalClass(line.withdrawal_class).label),
            )
            for line in order.lines.all()
        ),
        delivery_cents=order.delivery_cents,
        deposit_cents=order.deposit_cents,
        discount_cents=order.shop_discount_cents + order.platform_discount_cents,
        total_cents=order.total_cents,
        vat_cents=order.vat_cents,
    )


def _say_place(order: SellerOrder, purchase: Purchase) -> str:
    point = order.pickup_point
    if order.fulfilment == Fulfilment.PICKUP_POINT and point is not None:
        return f"{point.name}, {point.street_address}"
    if order.fulfilment == Fulfilment.DELIVERY:
        return f"{purchase.delivery_address}, {purchase.delivery_postcode}"
    return f"{order.seller.name}, {order.seller.enterprise.street_address}"


def _say_moment(order: SellerOrder) -> str:
    first = timezone.localtime(order.promised_from)
    last = timezone.localtime(order.promised_until)
    return _("%(day)s between %(first)s and %(last)s") % {
        "day": date_format(first, "l j F"),
        "first": date_format(first, "H.i"),
        "last": date_format(last, "H.i"),
    }
