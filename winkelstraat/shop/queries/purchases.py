"""Read a purchase as its buyer sees it: what, from whom, where it stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from winkelstraat.delivery.domain.windows import Moment
from winkelstraat.shop.domain.status import is_overdue
from winkelstraat.shop.models import Purchase, SellerOrder, Withdrawal
from winkelstraat.shop.models.listings import WithdrawalClass
from winkelstraat.shop.models.purchases import Fulfilment, PurchaseStatus, SellerOrderStatus
from winkelstraat.shop.queries.moments import say_moment
from winkelstraat.shop.queries.substitutes import open_proposals

STEPS = (SellerOrderStatus.PAID, SellerOrderStatus.READY, SellerOrderStatus.COLLECTED)


@dataclass(frozen=True)
class Step:
    """One step on a part's time line."""

    name: str
    is_done: bool
    is_now: bool


@dataclass(frozen=True)
class OrderLine:
    """One line; money in cents."""

    title: str
    amount_text: str
    quantity: int
    price_cents: int
    line_cents: int
    withdrawal_text: str


@dataclass(frozen=True)
class VatRow:
    """The VAT at one rate, in cents."""

    percentage: str
    net_cents: int
    vat_cents: int


@dataclass(frozen=True)
class OrderPart:
    """One shop's part of a purchase."""

    id: int
    number: str
    status: str
    status_text: str
    shop_name: str
    shop_slug: str
    legal_name: str
    legal_address: str
    kvk_number: str
    vat_number: str
    email: str
    phone: str
    place: str
    moment: str
    instructions: str
    goods_cents: int
    delivery_cents: int
    deposit_cents: int
    discount_cents: int
    total_cents: int
    lines: tuple[OrderLine, ...]
    vat_rows: tuple[VatRow, ...]
    steps: tuple[Step, ...]
    is_overdue: bool = False


@dataclass(frozen=True)
class OrderPage:
    """A whole purchase; `is_asked` when a shop waits for an answer of its buyer."""

    number: str
    reference: UUID
    status: str
    status_text: str
    pickup_code: str
    buyer_name: str
    buyer_email: str
    total_cents: int
    placed_at: datetime
    hold_until: datetime
    parts: tuple[OrderPart, ...]
    is_asked: bool
    comes_back: bool

    @property
    def is_paid(self) -> bool:
        """Whether the money is there."""
        return self.status == PurchaseStatus.PAID

    @property
    def awaits_payment(self) -> bool:
        """Whether the buyer can still pay."""
        return self.status == PurchaseStatus.AWAITING_PAYMENT

    @property
    def is_done(self) -> bool:
        """Whether everything was handed over."""
        return all(part.status == SellerOrderStatus.COLLECTED for part in self.parts)


def find_purchase(number: str) -> Purchase | None:
    """Return the purchase with this number."""
    return Purchase.objects.filter(number=number.upper()).first()


def find_unpaid_purchase(*, basket_id: int | None, user_id: int | None) -> Purchase | None:
    """Return what this guest's basket, or this person, ordered and has to pay (1 query)."""
    return _placed(basket_id, user_id).filter(status=PurchaseStatus.AWAITING_PAYMENT).first()


def find_last_purchase(
    *, basket_id: int | None, user_id: int | None, since: datetime
) -> Purchase | None:
    """Return what this guest's basket, or this person, ordered since a moment (1 query)."""
    alive = [PurchaseStatus.AWAITING_PAYMENT, PurchaseStatus.PAID]
    return _placed(basket_id, user_id).filter(status__in=alive, placed_at__gte=since).first()


def get_order_page(purchase: Purchase, *, now: datetime) -> OrderPage:
    """Return all that the buyer's page shows (2 queries)."""
    orders = (
        purchase.seller_orders.select_related("seller__enterprise__village", "pickup_point")
        .prefetch_related("lines")
        .annotate(
            asks=Exists(open_proposals(now).filter(line__seller_order=OuterRef("pk"))),
            comes_back=Exists(Withdrawal.objects.filter(seller_order=OuterRef("pk"))),
        )
        .order_by("sequence")
    )
    return OrderPage(
        number=purchase.number,
        reference=purchase.reference,
        status=purchase.status,
        status_text=str(PurchaseStatus(purchase.status).label),
        pickup_code=purchase.pickup_code,
        buyer_name=purchase.buyer_name,
        buyer_email=purchase.buyer_email,
        total_cents=purchase.total_cents,
        placed_at=purchase.placed_at,
        hold_until=purchase.hold_until,
        parts=tuple(_part(order, purchase, now) for order in orders),
        is_asked=any(order.asks for order in orders),
        comes_back=any(order.comes_back for order in orders),
    )


def _placed(basket_id: int | None, user_id: int | None) -> QuerySet[Purchase]:
    if not basket_id and not user_id:
        return Purchase.objects.none()
    whose = Q(buyer_id=user_id) if user_id else Q(basket_id=basket_id, buyer=None)
    return Purchase.objects.filter(whose).order_by("-placed_at")


def _part(order: SellerOrder, purchase: Purchase, now: datetime) -> OrderPart:
    enterprise = order.seller.enterprise
    address = f"{enterprise.street_address}, {enterprise.postcode} {enterprise.village.name}"
    return OrderPart(
        id=order.pk,
        number=order.number,
        status=order.status,
        status_text=str(SellerOrderStatus(order.status).label),
        shop_name=order.seller.name,
        shop_slug=order.seller.slug,
        legal_name=enterprise.legal_name,
        legal_address=address,
        kvk_number=enterprise.kvk_number,
        vat_number=enterprise.vat_number,
        email=enterprise.email,
        phone=enterprise.phone,
        place=_place(order, purchase, address),
        moment=say_moment(Moment(order.promised_from, order.promised_until), now=now),
        instructions=_instructions(order),
        goods_cents=order.goods_cents,
        delivery_cents=order.delivery_cents,
        deposit_cents=order.deposit_cents,
        discount_cents=order.shop_discount_cents + order.platform_discount_cents,
        total_cents=order.total_cents,
        lines=tuple(_line(line) for line in order.lines.all()),
        vat_rows=tuple(_vat_row(group) for group in order.vat_groups if group["vat_cents"]),
        steps=tuple(_steps(order.status)),
        is_overdue=is_overdue(
            order.status,
            order.promised_until,
            brought=order.fulfilment == Fulfilment.DELIVERY,
            now=now,
        ),
    )


def _place(order: SellerOrder, purchase: Purchase, address: str) -> str:
    if order.fulfilment == Fulfilment.PICKUP_POINT and order.pickup_point:
        return f"{order.pickup_point.name}, {order.pickup_point.street_address}"
    if order.fulfilment == Fulfilment.DELIVERY:
        return f"{purchase.delivery_address}, {purchase.delivery_postcode}"
    return f"{order.seller.name}, {address}"


def _instructions(order: SellerOrder) -> str:
    if order.fulfilment == Fulfilment.PICKUP_POINT and order.pickup_point:
        return order.pickup_point.instructions
    return order.seller.pickup_instructions if order.fulfilment == Fulfilment.SHOP else ""


def _line(line: Any) -> OrderLine:
    return OrderLine(
        title=line.title,
        amount_text=line.amount_text,
        quantity=line.quantity,
        price_cents=line.price_cents,
        line_cents=line.line_cents,
        withdrawal_text=str(WithdrawalClass(line.withdrawal_class).label),
    )


def _vat_row(group: dict[str, int]) -> VatRow:
    return VatRow(
        percentage=f"{group['rate_basis_points'] / 100:g}%".replace(".", ","),
        net_cents=group["net_cents"],
        vat_cents=group["vat_cents"],
    )


def _steps(status: str) -> list[Step]:
    names = {
        SellerOrderStatus.PAID: _("Paid"),
        SellerOrderStatus.READY: _("Packed and ready"),
        SellerOrderStatus.COLLECTED: _("Handed over"),
    }
    reached = STEPS.index(SellerOrderStatus(status)) if status in STEPS else -1
    return [
        Step(names[step], place <= reached, place == reached) for place, step in enumerate(STEPS)
    ]
