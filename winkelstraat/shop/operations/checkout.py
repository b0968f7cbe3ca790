"""From basket to purchase: one transaction that holds stock, writes the contracts and asks
for the payment.

Everything is read once, checked, and written in bulk. Prices and VAT are frozen here;
nothing that follows computes them again. The order exists before the payment, and the
stock is held until it is paid or its time is over (ADR 4 and 5).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from oscar.apps.basket.models import Basket

from winkelstraat.common.announcer import announce
from winkelstraat.payments.operations import open_payment
from winkelstraat.shop.domain.refusals import (
    AgeNotStated,
    BelowMinimum,
    CannotFulfil,
    EmptyBasket,
    NotEnoughStock,
    ShopClosed,
    TooLittleToPay,
    TotalChanged,
    VoucherCoversAll,
)
from winkelstraat.shop.events import PurchasePlaced
from winkelstraat.shop.models import Purchase
from winkelstraat.shop.models.purchases import Fulfilment
from winkelstraat.shop.operations.charging import (
    BuyerDetails,
    Choice,
    Part,
    make_part,
    payment_request,
    request_from_snapshot,
)
from winkelstraat.shop.operations.stock import hold_stock
from winkelstraat.shop.operations.vouchers import lock_voucher, write_use
from winkelstraat.shop.operations.writing import HOLD, Paying, write_parts, write_purchase
from winkelstraat.shop.queries.baskets import BasketContents, get_basket
from winkelstraat.shop.queries.vouchers import ChosenVoucher

__all__ = ["HOLD", "BuyerDetails", "Choice", "place_purchase", "request_payment"]


# Paid on the street itself, right after ordering.
ONLINE = Paying()


@transaction.atomic
def place_purchase(
    *,
    basket_id: int,
    buyer: BuyerDetails,
    choices: Mapping[int, Choice],
    seen_total_cents: int | None,
    now: datetime,
    paying: Paying = ONLINE,
) -> Purchase:
    """Order what is in the basket; `choices` has one entry per shop's id.

    Ordering the same basket again returns the purchase that is there. The payment is
    opened in the same transaction; start it after commit. What is paid at the counter
    asks for no payment.

    :raises Refusal: for anything that keeps the order from being kept; nothing is written.
    """
    basket = Basket.objects.select_for_update().get(pk=basket_id)
    if basket.status != Basket.OPEN:
        return _get_placed(basket_id)
    view = get_basket(basket_id=basket_id, now=now)
    if not view.shops:
        raise EmptyBasket
    parts = [make_part(number, shop, choices, now) for number, shop in enumerate(view.shops, 1)]
    total = sum(part.totals.total_cents for part in parts)
    _refuse(parts, buyer, total, seen_total_cents)
    _hold(parts)
    voucher = _lock_voucher(view)
    purchase = write_purchase(view, buyer, parts, now, paying)
    write_parts(purchase, parts)
    if voucher is not None:
        write_use(
            terms=voucher.terms, purchase=purchase, amount_cents=voucher.discount_cents, now=now
        )
    if not paying.at_counter:
        open_payment(request=payment_request(purchase, parts), now=now)
    Basket.objects.filter(pk=basket_id).update(status=Basket.SUBMITTED, date_submitted=now)
    announce(PurchasePlaced(purchase.pk, now))
    return purchase


@transaction.atomic
def request_payment(*, purchase: Purchase, now: datetime) -> Any:
    """Return the open payment of a purchase, or open a next attempt from its snapshot."""
    return open_payment(request=request_from_snapshot(purchase), now=now)


# The provider takes no smaller payment.
LEAST_PAYMENT_CENTS = 50


def _get_placed(basket_id: int) -> Purchase:
    placed = Purchase.objects.filter(basket_id=basket_id).order_by("-pk").first()
    if placed is None:
        raise EmptyBasket
    return placed


def _refuse(parts: Sequence[Part], buyer: BuyerDetails, total: int, seen: int | None) -> None:
    for part in parts:
        _refuse_part(part, buyer)
    changed = any(line.price_changed for part in parts for line, _rate in part.lines)
    if seen is not None and (seen != total or changed):
        raise TotalChanged(seen_cents=seen, now_cents=total)
    if 0 < total < LEAST_PAYMENT_CENTS:
        raise TooLittleToPay
    if any(part.shop.has_alcohol for part in parts) and not buyer.is_adult:
        raise AgeNotStated


def _refuse_part(part: Part, buyer: BuyerDetails) -> None:
    if part.shop.is_closed:
        raise ShopClosed(shop=part.shop.name, opens_at=part.shop.opens_at)
    if part.shop.missing_cents:
        raise BelowMinimum(shop=part.shop.name, missing_cents=part.shop.missing_cents)
    if part.choice.fulfilment == Fulfilment.DELIVERY and not buyer.delivery_address:
        raise CannotFulfil(shop=part.shop.name)
    if part.totals.gross_cents <= 0:
        raise VoucherCoversAll
    for line, _rate in part.lines:
        if line.quantity > line.available:
            raise NotEnoughStock(title=line.title, left=line.available)


def _lock_voucher(basket: BasketContents) -> ChosenVoucher | None:
    """Lock the voucher that takes something off; one that does not is left where it is.

    :raises VoucherRefused: when others used it up meanwhile.
    """
    if basket.voucher is None or not basket.voucher.discount_cents:
        return None
    lock_voucher(terms=basket.voucher.terms)
    return basket.voucher


def _hold(parts: Sequence[Part]) -> None:
    lines = {line.stockrecord_id: line for part in parts for line, _rate in part.lines}
    short = hold_stock({record: line.quantity for record, line in lines.items()})
    if short is not None:
        raise NotEnoughStock(title=lines[short].title, left=0)
