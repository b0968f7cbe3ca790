"""From a basket to what each shop charges, and what the payment is asked to collect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext

from winkelstraat.delivery.domain.windows import LOCAL
from winkelstraat.payments.domain.vat import VatGroup
from winkelstraat.payments.operations import (
    LineKind,
    PartLine,
    PartRequest,
    PaymentRequest,
    delivery_lines,
)
from winkelstraat.payments.queries import get_vat_rate
from winkelstraat.shop.domain.line_refs import deposit_ref
from winkelstraat.shop.domain.refusals import CannotFulfil
from winkelstraat.shop.domain.totals import PartTotals, total_part
from winkelstraat.shop.models import Purchase
from winkelstraat.shop.models.purchases import Fulfilment
from winkelstraat.shop.queries.baskets import EXEMPT, BasketLine, BasketShop


@dataclass(frozen=True)
class BuyerDetails:
    """Who buys; an address only when something is brought (PRV-02)."""

    name: str
    email: str
    phone: str = ""
    user_id: int | None = None
    village_id: int | None = None
    delivery_address: str = ""
    delivery_postcode: str = ""
    is_adult: bool = False
    company_name: str = ""
    company_number: str = ""


@dataclass(frozen=True)
class Choice:
    """How one shop's goods reach the buyer: the way, and the moment between two times."""

    fulfilment: str
    promised_from: datetime
    promised_until: datetime


@dataclass(frozen=True)
class Part:
    """One shop's part while it is being written."""

    sequence: int
    shop: BasketShop
    choice: Choice
    lines: tuple[tuple[BasketLine, int], ...]
    totals: PartTotals
    charged: tuple[PartLine, ...]


def make_part(
    sequence: int, shop: BasketShop, choices: Mapping[int, Choice], now: datetime
) -> Part:
    """Return one shop's part at the rates of today.

    :raises CannotFulfil: when the shop does not hand over the way that was chosen.
    """
    choice = choices.get(shop.seller_id)
    if choice is None or not shop.can(choice.fulfilment):
        raise CannotFulfil(shop=shop.name)
    day = now.astimezone(LOCAL).date()
    rated = tuple((line, _rate(line, day)) for line in shop.lines)
    delivery = shop.delivery_price_cents if choice.fulfilment == Fulfilment.DELIVERY else 0
    charged = _charge(rated, delivery)
    return Part(sequence, shop, choice, rated, total_part(charged), charged)


def _rate(line: BasketLine, day: date) -> int:
    """Return the rate in basis points; under the small business scheme it is nought (TAX-06)."""
    return 0 if line.vat_class == EXEMPT else get_vat_rate(line.vat_class, day)


def _charge(lines: Sequence[tuple[BasketLine, int]], delivery_cents: int) -> tuple[PartLine, ...]:
    """Return the lines that the payment keeps: what can be given back or invoiced later."""
    goods = [
        PartLine(
            line_ref=str(line.listing_id),
            kind=LineKind.GOODS,
            title=line.title,
            quantity=line.quantity,
            price_cents=line.line_cents,
            rate_basis_points=rate,
            amount_text=line.amount_text,
            shop_discount_cents=line.shop_discount_cents,
            platform_discount_cents=line.platform_discount_cents,
        )
        for line, rate in lines
    ]
    deposits = [
        PartLine(
            line_ref=deposit_ref(line.listing_id),
            kind=LineKind.DEPOSIT,
            title=gettext("Deposit on %(title)s") % {"title": line.title},
            quantity=line.quantity,
            price_cents=line.deposit_cents,
            rate_basis_points=0,
        )
        for line, _rate in lines
        if line.deposit_cents
    ]
    return (*goods, *deposits, *delivery_lines(delivery_cents, goods, gettext("Delivery")))


def payment_request(purchase: Purchase, parts: Sequence[Part]) -> PaymentRequest:
    """Return what the payment of a purchase collects."""
    asked = tuple(
        PartRequest(
            enterprise_id=part.shop.enterprise_id,
            seller_order_ref=f"{purchase.number}-{part.sequence}",
            gross_cents=part.totals.gross_cents,
            vat_groups=part.totals.vat_groups,
            commission_basis_points=part.shop.commission_basis_points,
            platform_discount_cents=part.totals.platform_discount_cents,
            lines=part.charged,
        )
        for part in parts
    )
    return _request(purchase, asked)


def request_from_snapshot(purchase: Purchase) -> PaymentRequest:
    """Return the same request from what was frozen: nothing is computed again."""
    asked = tuple(
        PartRequest(
            enterprise_id=part["enterprise_id"],
            seller_order_ref=part["number"],
            gross_cents=part.get("gross_cents", part["goods_cents"] + part["delivery_cents"]),
            vat_groups=tuple(VatGroup(**group) for group in part["vat_groups"]),
            commission_basis_points=part["commission_basis_points"],
            platform_discount_cents=part.get("platform_discount_cents", 0),
            lines=tuple(PartLine.from_json(line) for line in part.get("charged", ())),
        )
        for part in purchase.snapshot["parts"]
    )
    return _request(purchase, asked)


def _request(purchase: Purchase, parts: tuple[PartRequest, ...]) -> PaymentRequest:
    page = reverse("shop:order", args=[purchase.number])
    return PaymentRequest(
        purchase_ref=purchase.reference,
        description=f"Drentse Winkelstraat {purchase.number}",
        parts=parts,
        return_url=page,
        cancel_url=page,
        expires_at=purchase.hold_until,
    )
