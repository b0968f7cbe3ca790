"""Write a purchase: its frozen snapshot, one seller order per shop, and Oscar's projection."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from oscar.apps.order.models import Line as OrderLine
from oscar.apps.order.models import Order

from winkelstraat.payments.domain.vat import split_inclusive
from winkelstraat.shop.domain.numbers import make_order_number, make_pickup_code
from winkelstraat.shop.models import Purchase, SellerOrder, SellerOrderLine
from winkelstraat.shop.models.purchases import Fulfilment, PurchaseStatus
from winkelstraat.shop.operations.charging import BuyerDetails, Part
from winkelstraat.shop.queries.baskets import BasketContents, BasketLine
from winkelstraat.shop.queries.vouchers import ChosenVoucher

HOLD = timedelta(minutes=35)


@dataclass(frozen=True)
class Paying:
    """How a purchase is paid: how long its goods wait for the money, and where it comes in.

    `taken_by_id` is the shop that took the order by telephone.
    """

    hold: timedelta = HOLD
    at_counter: bool = False
    taken_by_id: int | None = None


def write_purchase(
    basket: BasketContents,
    buyer: BuyerDetails,
    parts: Sequence[Part],
    now: datetime,
    paying: Paying,
) -> Purchase:
    """Write the purchase with its snapshot, and Oscar's order."""
    number = make_order_number()
    total = sum(part.totals.total_cents for part in parts)
    vat = sum(part.totals.vat_cents for part in parts)
    delivery = sum(part.totals.delivery_cents for part in parts)
    order = Order.objects.create(
        number=number,
        basket_id=basket.basket_id,
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
        company_name=buyer.company_name,
        company_number=buyer.company_number,
        village_id=buyer.village_id,
        basket_id=basket.basket_id,
        total_cents=total,
        snapshot=_snapshot(number, parts, buyer, basket.voucher),
        adult_confirmed_at=now if buyer.is_adult else None,
        placed_at=now,
        hold_until=now + paying.hold,
        pays_at_counter=paying.at_counter,
        taken_by_id=paying.taken_by_id,
    )


def _snapshot(
    number: str, parts: Sequence[Part], buyer: BuyerDetails, voucher: ChosenVoucher | None
) -> dict[str, Any]:
    """Return what was agreed, with every input of the amounts, for good (ALL-09)."""
    return {
        "buyer": {"company_name": buyer.company_name, "company_number": buyer.company_number},
        "voucher": _voucher(voucher),
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
                "gross_cents": part.totals.gross_cents,
                "platform_discount_cents": part.totals.platform_discount_cents,
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


def _voucher(voucher: ChosenVoucher | None) -> dict[str, Any] | None:
    """Return the voucher with what it promised: the inputs of the discount."""
    if voucher is None or not voucher.discount_cents:
        return None
    return {
        "code": voucher.code,
        "funded_by": voucher.terms.funded_by,
        "seller_id": voucher.terms.seller_id,
        "amount_cents": voucher.terms.amount_cents,
        "percentage_basis_points": voucher.terms.percentage_basis_points,
        "discount_cents": voucher.discount_cents,
    }


def write_parts(purchase: Purchase, parts: Sequence[Part]) -> None:
    """Write one seller order per shop, with its lines."""
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
            deposit_cents=part.totals.deposit_cents,
            shop_discount_cents=part.totals.shop_discount_cents,
            platform_discount_cents=part.totals.platform_discount_cents,
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
            deposit_cents=line.deposit_cents,
            shop_discount_cents=line.shop_discount_cents,
            platform_discount_cents=line.platform_discount_cents,
            sold_by_weight=line.sold_by_weight,
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
