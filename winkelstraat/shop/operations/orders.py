"""What happens to a purchase after it was placed: paid, expired, packed, handed over.

Payments lock first and announce; this module then locks the purchase, then its stock:
always in that order (see payments.operations.settling).
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery
from oscar.apps.basket.models import Basket
from oscar.apps.order.models import Order

from winkelstraat.accounts.models import User
from winkelstraat.common.announcer import announce
from winkelstraat.payments.operations import close_payment
from winkelstraat.shop.domain.refusals import AgeNotChecked, MoneyNotReceived, UnknownOrder
from winkelstraat.shop.domain.status import check_step
from winkelstraat.shop.events import (
    PurchaseExpired,
    PurchasePaid,
    SellerOrderCollected,
    SellerOrderReady,
)
from winkelstraat.shop.models import Listing, Purchase, SellerOrder, SellerOrderLine, SellerProfile
from winkelstraat.shop.models.purchases import Fulfilment, PurchaseStatus, SellerOrderStatus
from winkelstraat.shop.operations.basket import bring_back
from winkelstraat.shop.operations.stock import consume_stock, hold_stock, release_stock
from winkelstraat.shop.operations.undelivered import refuse_while_asked
from winkelstraat.shop.operations.vouchers import give_use_back, take_use_again


@transaction.atomic
def confirm_purchase(*, purchase_ref: UUID, now: datetime) -> bool:
    """Mark a purchase paid; return False when its goods are gone and it must be refunded.

    Safe to repeat. A payment that comes after the time was over revives the purchase as
    long as everything is still there (PAY-13).
    """
    purchase = Purchase.objects.select_for_update().get(reference=purchase_ref)
    if purchase.status == PurchaseStatus.PAID:
        return True
    quantities = _quantities(purchase)
    if purchase.status != PurchaseStatus.AWAITING_PAYMENT and not _hold_again(purchase, quantities):
        return False
    consume_stock(quantities)
    Purchase.objects.filter(pk=purchase.pk).update(
        status=PurchaseStatus.PAID, paid_at=now, stock_released_at=None
    )
    purchase.seller_orders.update(status=SellerOrderStatus.PAID, cancelled_at=None)
    Order.objects.filter(pk=purchase.order_id).update(status=PurchaseStatus.PAID)
    announce(PurchasePaid(purchase.pk, now))
    return True


@transaction.atomic
def expire_purchase(*, purchase_ref: UUID, now: datetime) -> None:
    """Give the stock back, once, and open the basket again; a paid purchase stays."""
    purchase = Purchase.objects.select_for_update().get(reference=purchase_ref)
    if purchase.status != PurchaseStatus.AWAITING_PAYMENT:
        return
    release_stock(_quantities(purchase))
    give_use_back(purchase=purchase, now=now)
    Purchase.objects.filter(pk=purchase.pk).update(
        status=PurchaseStatus.EXPIRED, stock_released_at=now
    )
    purchase.seller_orders.update(status=SellerOrderStatus.CANCELLED, cancelled_at=now)
    Order.objects.filter(pk=purchase.order_id).update(status=PurchaseStatus.EXPIRED)
    Basket.objects.filter(pk=purchase.basket_id, status=Basket.SUBMITTED).update(
        status=Basket.OPEN, date_submitted=None
    )
    announce(PurchaseExpired(purchase.pk, now))


def take_back(
    *, purchase: Purchase, into_basket_id: int | None, owner: User | None, now: datetime
) -> int | None:
    """Let a buyer who did not pay go on with his basket; return it, or None when he did pay.

    The pay page is closed first, so that nobody pays for goods that are given back. The
    provider is asked outside any transaction.

    :raises GatewayError: when the provider gives no usable answer; nothing changed then.
    """
    if purchase.status == PurchaseStatus.AWAITING_PAYMENT:
        if close_payment(purchase_ref=purchase.reference, now=now) is None:
            expire_purchase(purchase_ref=purchase.reference, now=now)
        purchase.refresh_from_db(fields=["status"])
    if purchase.status != PurchaseStatus.EXPIRED:
        return None
    return bring_back(
        basket_id=purchase.basket_id, into_basket_id=into_basket_id, owner=owner, now=now
    )


@transaction.atomic
def mark_ready(*, seller: SellerProfile, number: str, now: datetime) -> SellerOrder:
    """Let a shop say that its own part is packed; twice is once.

    :raises UnknownOrder: for a number of another shop.
    :raises WrongStep: when it is not paid, or already handed over.
    :raises AnswerPending: while the buyer was asked whether he wants something else.
    """
    order = _lock_own(seller, number)
    if order.status == SellerOrderStatus.READY:
        return order
    check_step(order.status, SellerOrderStatus.READY)
    refuse_while_asked(order)
    order.status, order.ready_at = SellerOrderStatus.READY, now
    order.save(update_fields=["status", "ready_at"])
    _note_batches(order)
    announce(SellerOrderReady(order.pk, now))
    return order


@transaction.atomic
def hand_out_at_shop(
    *,
    seller: SellerProfile,
    number: str,
    age_checked: bool,
    now: datetime,
    money_received: bool = False,
) -> None:
    """Let a shop hand its own part to the buyer.

    :raises UnknownOrder: for a number of another shop, or what a host hands out.
    :raises AgeNotChecked: when there is alcohol in it and no identity card was seen.
    :raises MoneyNotReceived: when it is paid at the counter and the money is not there.
    """
    order = _lock_own(seller, number)
    if order.fulfilment == Fulfilment.PICKUP_POINT:
        raise UnknownOrder
    if order.purchase.pays_at_counter and not money_received:
        raise MoneyNotReceived
    _hand_out([order], age_checked, now)


@transaction.atomic
def hand_out_at_point(
    *, pickup_point_id: int, purchase_number: str, age_checked: bool, now: datetime
) -> int:
    """Let a host hand out all ready parts of a purchase at his point; return how many.

    :raises UnknownOrder: when nothing of it is ready there.
    :raises AgeNotChecked: when there is alcohol in it and no identity card was seen.
    """
    ready = list(
        SellerOrder.objects.select_for_update()
        .filter(
            purchase__number=purchase_number,
            pickup_point_id=pickup_point_id,
            status=SellerOrderStatus.READY,
        )
        .order_by("pk")
    )
    if not ready:
        raise UnknownOrder
    _hand_out(ready, age_checked, now)
    return len(ready)


@transaction.atomic
def cancel_given_back(*, numbers: Sequence[str], now: datetime) -> int:
    """Cancel the parts that were given back before they were handed over; return how many."""
    waiting = SellerOrder.objects.filter(
        number__in=numbers, status__in=(SellerOrderStatus.PAID, SellerOrderStatus.READY)
    )
    return waiting.update(status=SellerOrderStatus.CANCELLED, cancelled_at=now)


@transaction.atomic
def mark_chain_booked(*, seller_order_id: int, now: datetime) -> None:
    """Note that the chains have this sale in their books."""
    SellerOrder.objects.filter(pk=seller_order_id, chain_booked_at=None).update(chain_booked_at=now)


def _hand_out(orders: Sequence[SellerOrder], age_checked: bool, now: datetime) -> None:
    alcohol = SellerOrderLine.objects.filter(seller_order__in=orders).exclude(
        listing__alcohol_class="none"
    )
    if not age_checked and alcohol.exists():
        raise AgeNotChecked
    for order in orders:
        check_step(order.status, SellerOrderStatus.COLLECTED)
        order.status, order.collected_at = SellerOrderStatus.COLLECTED, now
    SellerOrder.objects.bulk_update(orders, ["status", "collected_at"])
    for order in orders:
        announce(SellerOrderCollected(order.pk, now))


def _note_batches(order: SellerOrder) -> None:
    """Copy the batch on the shelf to each line that is packed from it."""
    shelf = Listing.objects.filter(pk=OuterRef("listing_id")).values("batch_code")
    order.lines.filter(batch_code="").update(batch_code=Subquery(shelf[:1]))


def _lock_own(seller: SellerProfile, number: str) -> SellerOrder:
    order = SellerOrder.objects.select_for_update().filter(seller=seller, number=number).first()
    if order is None:
        raise UnknownOrder
    return order


def _quantities(purchase: Purchase) -> Counter[int]:
    """Return how many of each stock record the purchase holds, as it was frozen."""
    found: Counter[int] = Counter()
    for part in purchase.snapshot["parts"]:
        for line in part["lines"]:
            found[line["stockrecord_id"]] += line["quantity"]
    return found


def _hold_again(purchase: Purchase, quantities: Counter[int]) -> bool:
    """Try to hold everything and its voucher once more; what was held in vain is given back."""
    with transaction.atomic():
        all_there = hold_stock(quantities) is None and take_use_again(purchase=purchase)
        if not all_there:
            transaction.set_rollback(True)
    return all_there
