"""From basket to purchase: one transaction that holds stock, writes the contracts and asks
for the payment.

Everything is read once, checked, and written in bulk. Prices and VAT are frozen here;
nothing that follows computes them again. The order exists before the payment, and the
stock is held until it is paid or its time is over (ADR 4 and 5).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from oscar.apps.basket.models import Basket
from oscar.apps.order.models import Line as OrderLine
from oscar.apps.order.models import Order

from winkelstraat.common.announcer import announce
from winkelstraat.delivery.domain.windows import LOCAL
from winkelstraat.payments.domain.vat import VatGroup, split_inclusive
from winkelstraat.payments.operations import (
    LineKind,
    PartLine,
    PartRequest,
    PaymentRequest,
    delivery_lines,
    open_payment,
)
from winkelstraat.payments.queries import get_vat_rate
from winkelstraat.shop.domain.numbers import make_order_number, make_pickup_code
from winkelstraat.shop.domain.refusals import (
    AgeNotStated,
    BelowMinimum,
    CannotFulfil,
    EmptyBasket,
    NotEnoughStock,
    ShopClosed,
    TotalChanged,
)
from winkelstraat.shop.domain.totals import PartTotals, PricedLine, total_part
from winkelstraat.shop.events import PurchasePlaced
from winkelstraat.shop.models import Purchase, SellerOrder, SellerOrderLine
from winkelstraat.shop.models.purchases import Fulfilment, PurchaseStatus
from winkelstraat.shop.operations.stock import hold_stock
from winkelstraat.shop.queries.baskets import BasketLine, BasketShop, get_basket

HOLD = timedelta(minutes=35)


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


@transaction.atomic
def place_purchase(
    *,
    basket_id: int,
    buyer: BuyerDetails,
    choices: Mapping[int, Choice],
    seen_total_cents: int | None,
    now: datetime,
) -> Purchase:
    """Order what is in the basket; `choices` has one entry per shop's id.

    Ordering the same basket again returns the purchase that is there. The payment is
    opened in the same transaction; start it after commit.

    :raises Refusal: for anything that keeps the order from being kept; nothing is written.
    """
    basket = Basket.objects.select_for_update().get(pk=basket_id)
    if basket.status != Basket.OPEN:
        return _get_placed(basket_id)
    view = get_basket(basket_id=basket_id, now=now)
    if not view.shops:
        raise EmptyBasket
    parts = [_make_part(number, shop, choices, now) for number, shop in enumerate(view.shops, 1)]
    total = sum(part.totals.total_cents for part in parts)
    _refuse(parts, buyer, total, seen_total_cents)
    _hold(parts)
    purchase = _write_purchase(basket_id, buyer, parts, total, now)
    _write_parts(purchase, parts)
    open_payment(request=_payment_request(purchase, parts), now=now)
    Basket.objects.filter(pk=basket_id).update(status=Basket.SUBMITTED, date_submitted=now)
    announce(PurchasePlaced(purchase.pk, now))
    return purchase


@transaction.atomic
def request_payment(*, purchase: Purchase, now: datetime) -> Any:
    """Return the open payment of a purchase, or open a next attempt from its snapshot."""
    return open_payment(request=_request_from_snapshot(purchase), now=now)


def _get_placed(basket_id: int) -> Purchase:
    placed = Purchase.objects.filter(basket_id=basket_id).order_by("-pk").first()
    if placed is None:
        raise EmptyBasket
    return placed


def _make_part(
    sequence: int, shop: BasketShop, choices: Mapping[int, Choice], now: datetime
) -> Part:
    choice = choices.get(shop.seller_id)
    if choice is None or not shop.can(choice.fulfilment):
        raise CannotFulfil(shop=shop.name)
    day = now.astimezone(LOCAL).date()
    rated = tuple((line, get_vat_rate(line.vat_class, day)) for line in shop.lines)
    priced = [PricedLine(line.price_cents, line.quantity, rate) for line, rate in rated]
    delivery = shop.delivery_price_cents if choice.fulfilment == Fulfilment.DELIVERY else 0
    totals = total_part(priced, delivery_cents=delivery)
    return Part(sequence, shop, choice, rated, totals, _charge(rated, delivery))


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
        )
        for line, rate in lines
    ]
    return (*goods, *delivery_lines(delivery_cents, goods, gettext("Delivery")))


def _refuse(parts: Sequence[Part], buyer: BuyerDetails, total: int, seen: int | None) -> None:
    for part in parts:
        if part.shop.is_closed:
            raise ShopClosed(shop=part.shop.name)
        if part.shop.missing_cents:
            raise BelowMinimum(shop=part.shop.name, missing_cents=part.shop.missing_cents)
        if part.choice.fulfilment == Fulfilment.DELIVERY and not buyer.delivery_address:
            raise CannotFulfil(shop=part.shop.name)
        for line, _rate in part.lines:
            if line.quantity > line.available:
                raise NotEnoughStock(title=line.title, left=line.available)
    changed = any(line.price_changed for part in parts for line, _rate in part.lines)
    if seen is not None and (seen != total or changed):
        raise TotalChanged(seen_cents=seen, now_cents=total)
    if any(part.shop.has_alcohol for part in parts) and not buyer.is_adult:
        raise AgeNotStated


def _hold(parts: Sequence[Part]) -> None:
    lines = {line.stockrecord_id: line for part in parts for line, _rate in part.lines}
    short = hold_stock({record: line.quantity for record, line in lines.items()})
    if short is not None:
        raise NotEnoughStock(title=lines[short].title, left=0)


def _write_purchase(
    basket_id: int, buyer: BuyerDetails, parts: Sequence[Part], total: int, now: datetime
) -> Purchase:
    number = make_order_number()
    vat = sum(part.totals.vat_cents for part in parts)
    delivery = sum(part.totals.delivery_cents for part in parts)
    order = Order.objects.create(
        number=number,
        basket_id=basket_id,
        user_id=buyer.user_id,
        guest_email="" if buyer.user_id else buyer.email,
        currency="EUR",
        total_incl_tax=Decimal(total) / 100,
        total_excl_tax=Decimal(total - vat) / 100,
        shipping_incl_tax=Decimal(delivery) / 100,
        shipping_excl_tax=Decimal(delivery) / 100,
        status=PurchaseStatus.AWAITING_PAYMENT,
        date_placed=now,
    )
    return Purchase.objects.create(
        order=order,
        number=number,
        pickup_code=make_pickup_code(),
        buyer_id=buyer.user_id,
        buyer_name=buyer.name,
        buyer_email=buyer.email,
        buyer_phone=buyer.phone,
        delivery_address=buyer.delivery_address,
        delivery_postcode=buyer.delivery_postcode,
        village_id=buyer.village_id,
        basket_id=basket_id,
        total_cents=total,
        snapshot=_snapshot(number, parts),
        adult_confirmed_at=now if buyer.is_adult else None,
        placed_at=now,
        hold_until=now + HOLD,
    )


def _snapshot(number: str, parts: Sequence[Part]) -> dict[str, Any]:
    """Return what was agreed, with every input of the amounts, for good (ALL-09)."""
    return {
        "parts": [
            {
                "number": f"{number}-{part.sequence}",
                "seller_id": part.shop.seller_id,
                "enterprise_id": part.shop.enterprise_id,
                "shop": part.shop.name,
                "fulfilment": part.choice.fulfilment,
                "commission_basis_points": part.shop.commission_basis_points,
                "goods_cents": part.totals.goods_cents,
                "delivery_cents": part.totals.delivery_cents,
                "vat_groups": [asdict(group) for group in part.totals.vat_groups],
                "charged": [line.as_json() for line in part.charged],
                "lines": [
                    {
                        "listing_id": line.listing_id,
                        "stockrecord_id": line.stockrecord_id,
                        "title": line.title,
                        "quantity": line.quantity,
                        "price_cents": line.price_cents,
                        "rate_basis_points": rate,
                    }
                    for line, rate in part.lines
                ],
            }
            for part in parts
        ],
    }


def _write_parts(purchase: Purchase, parts: Sequence[Part]) -> None:
    seller_orders = SellerOrder.objects.bulk_create(
        SellerOrder(
            purchase=purchase,
            seller_id=part.shop.seller_id,
            sequence=part.sequence,
            number=f"{purchase.number}-{part.sequence}",
            fulfilment=part.choice.fulfilment,
            pickup_point_id=part.shop.pickup_point_id
            if part.choice.fulfilment == Fulfilment.PICKUP_POINT
            else None,
            promised_from=part.choice.promised_from,
            promised_until=part.choice.promised_until,
            goods_cents=part.totals.goods_cents,
            delivery_cents=part.totals.delivery_cents,
            total_cents=part.totals.total_cents,
            vat_cents=part.totals.vat_cents,
            vat_groups=[asdict(group) for group in part.totals.vat_groups],
        )
        for part in parts
    )
    SellerOrderLine.objects.bulk_create(
        SellerOrderLine(
            seller_order=seller_order,
            listing_id=line.listing_id,
            title=line.title,
            amount_text=line.amount_text,
            quantity=line.quantity,
            price_cents=line.price_cents,
            line_cents=line.line_cents,
            vat_class=line.vat_class,
            vat_rate_basis_points=rate,
            mass_g=line.mass_g,
            withdrawal_class=line.withdrawal_class,
        )
        for seller_order, part in zip(seller_orders, parts, strict=True)
        for line, rate in part.lines
    )
    OrderLine.objects.bulk_create(
        _project(purchase, part, line, rate) for part in parts for line, rate in part.lines
    )


def _project(purchase: Purchase, part: Part, line: BasketLine, rate: int) -> OrderLine:
    """Return the line as Oscar's tables want it; nothing here reads it back."""
    amount, price = Decimal(line.line_cents) / 100, Decimal(line.price_cents) / 100
    net = Decimal(split_inclusive(line.line_cents, rate)[0]) / 100
    net_price = Decimal(split_inclusive(line.price_cents, rate)[0]) / 100
    return OrderLine(
        order_id=purchase.order_id,
        partner_id=part.shop.partner_id,
        partner_name=part.shop.name,
        partner_sku=str(line.listing_id),
        stockrecord_id=line.stockrecord_id,
        product_id=line.product_id,
        title=line.title,
        quantity=line.quantity,
        line_price_incl_tax=amount,
        line_price_excl_tax=net,
        line_price_before_discounts_incl_tax=amount,
        line_price_before_discounts_excl_tax=net,
        unit_price_incl_tax=price,
        unit_price_excl_tax=net_price,
        tax_code=line.vat_class,
        num_allocated=line.quantity,
    )


def _payment_request(purchase: Purchase, parts: Sequence[Part]) -> PaymentRequest:
    asked = tuple(
        PartRequest(
            enterprise_id=part.shop.enterprise_id,
            seller_order_ref=f"{purchase.number}-{part.sequence}",
            gross_cents=part.totals.total_cents,
            vat_groups=part.totals.vat_groups,
            commission_basis_points=part.shop.commission_basis_points,
            lines=part.charged,
        )
        for part in parts
    )
    return _request(purchase, asked)


def _request_from_snapshot(purchase: Purchase) -> PaymentRequest:
    asked = tuple(
        PartRequest(
            enterprise_id=part["enterprise_id"],
            seller_order_ref=part["number"],
            gross_cents=part["goods_cents"] + part["delivery_cents"],
            vat_groups=tuple(VatGroup(**group) for group in part["vat_groups"]),
            commission_basis_points=part["commission_basis_points"],
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
