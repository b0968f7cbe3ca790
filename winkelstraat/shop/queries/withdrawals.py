"""Read what a buyer can withdraw from, and what he withdrew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Sum

from winkelstraat.shop.domain.withdrawal import deadline_for, is_in_time, may_withdraw
from winkelstraat.shop.models import Purchase, SellerOrder, SellerOrderLine, Withdrawal
from winkelstraat.shop.models.listings import WithdrawalClass
from winkelstraat.shop.models.purchases import PurchaseStatus, SellerOrderStatus
from winkelstraat.shop.models.withdrawals import WithdrawalLine

BOUND = (SellerOrderStatus.PAID, SellerOrderStatus.READY, SellerOrderStatus.COLLECTED)


@dataclass(frozen=True)
class ContractLine:
    """One line of a contract; `left` is how many can still be withdrawn.

    `why_not` says when it cannot be, also where it still can.
    """

    id: int
    title: str
    amount_text: str
    left: int
    can_withdraw: bool
    why_not: str


@dataclass(frozen=True)
class ShopContract:
    """The contract with one shop; without a deadline the buyer may withdraw at any time."""

    seller_order_id: int
    number: str
    shop_name: str
    legal_name: str
    email: str
    phone: str
    deadline: datetime | None
    is_open: bool
    lines: tuple[ContractLine, ...]


def find_bought(*, number: str, email: str) -> Purchase | None:
    """Return the paid purchase with this number that was ordered with this address."""
    return Purchase.objects.filter(
        number=number.strip().upper(),
        buyer_email__iexact=email.strip(),
        status=PurchaseStatus.PAID,
    ).first()


def list_contracts(purchase: Purchase, *, now: datetime) -> list[ShopContract]:
    """Return the contracts of a purchase with what can be withdrawn (3 queries)."""
    orders = (
        purchase.seller_orders.filter(status__in=BOUND)
        .select_related("seller__enterprise")
        .prefetch_related(Prefetch("lines", SellerOrderLine.objects.order_by("pk")))
    )
    taken = count_withdrawn([order.pk for order in orders])
    return [_contract(order, taken, now) for order in orders]


def count_withdrawn(seller_orders: Sequence[int]) -> dict[int, int]:
    """Return how many of each line were withdrawn in time (1 query)."""
    rows = WithdrawalLine.objects.filter(
        withdrawal__seller_order__in=seller_orders, withdrawal__in_time=True
    )
    return dict(rows.values("line").annotate(units=Sum("quantity")).values_list("line", "units"))


def get_deadline(order: SellerOrder) -> datetime | None:
    """Return until when the buyer may withdraw from this contract."""
    return deadline_for([order.collected_at])


def list_unsaid(*, before: datetime, limit: int) -> list[int]:
    """Return statements whose buyer or shop was not told yet."""
    waiting = Withdrawal.objects.filter(stated_at__lte=before).exclude(
        acknowledged_at__isnull=False, shop_told_at__isnull=False
    )
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:limit])


def _contract(order: SellerOrder, taken: dict[int, int], now: datetime) -> ShopContract:
    deadline = get_deadline(order)
    enterprise = order.seller.enterprise
    return ShopContract(
        seller_order_id=order.pk,
        number=order.number,
        shop_name=order.seller.name,
        legal_name=enterprise.legal_name,
        email=enterprise.email,
        phone=enterprise.phone,
        deadline=deadline,
        is_open=is_in_time(now, deadline),
        lines=tuple(
            _line(line, taken.get(line.pk, 0), was_received=order.collected_at is not None)
            for line in order.lines.all()
        ),
    )


def _line(line: SellerOrderLine, taken: int, *, was_received: bool) -> ContractLine:
    may = may_withdraw(line.withdrawal_class, was_received=was_received)
    is_plain = line.withdrawal_class == WithdrawalClass.WITHDRAWABLE
    return ContractLine(
        id=line.pk,
        title=line.title,
        amount_text=line.amount_text,
        left=line.quantity - taken,
        can_withdraw=may and line.quantity > taken,
        why_not="" if is_plain else str(WithdrawalClass(line.withdrawal_class).label),
    )
