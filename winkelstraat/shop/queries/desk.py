"""What a shop sees of its own work. The seller comes first in every query."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from dorpen.register.models import Membership
from dorpen.register.models.enterprises import MemberRole
from winkelstraat.accounts.queries import Person
from winkelstraat.delivery.domain.windows import LOCAL, Moment
from winkelstraat.shop.domain.masking import is_hidden_by_time, mask_name
from winkelstraat.shop.domain.rights import Rights
from winkelstraat.shop.models import (
    Purchase,
    SellerOrder,
    SellerOrderLine,
    SellerProfile,
    SubstitutionStatus,
)
from winkelstraat.shop.models.purchases import Fulfilment, SellerOrderStatus
from winkelstraat.shop.queries.moments import say_day, say_moment

OPEN = (SellerOrderStatus.PAID, SellerOrderStatus.READY)


@dataclass(frozen=True)
class PackLine:
    """Something to pack."""

    quantity: int
    title: str
    amount_text: str
    is_alcohol: bool
    sold_by_weight: bool = False
    id: int = 0
    estimated_g: int | None = None
    weighed_g: int | None = None
    cancelled: int = 0
    instead_of: str = ""
    asked_title: str = ""

    @property
    def can_be_weighed(self) -> bool:
        """Tell whether the scales decide what this line costs."""
        return self.sold_by_weight and bool(self.estimated_g)


@dataclass(frozen=True)
class DeskOrder:
    """One order as the shop sees it: never more than its own part (SEC-01, W39)."""

    number: str
    status: str
    status_text: str
    buyer_name: str
    buyer_phone: str
    place: str
    moment: str
    pickup_code: str
    at_shop: bool
    total_cents: int
    shop_discount_cents: int
    platform_discount_cents: int
    deposit_cents: int
    delivery_cents: int
    company: str
    promised_from: datetime
    day_text: str
    due_cents: int | None
    lines: tuple[PackLine, ...]

    @property
    def has_alcohol(self) -> bool:
        """Whether an identity card must be seen."""
        return any(line.is_alcohol for line in self.lines)


@dataclass(frozen=True)
class PickRow:
    """How many of one thing to take from the shelf over all orders."""

    quantity: int
    title: str
    amount_text: str


@dataclass(frozen=True)
class Board:
    """The shop's day: what to pack, what waits, and how much was handed out today."""

    to_pack: tuple[DeskOrder, ...]
    ready: tuple[DeskOrder, ...]
    collected_today: int

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is going on today."""
        return not (self.to_pack or self.ready or self.collected_today)


def list_sellers_of(user: Person) -> list[SellerProfile]:
    """Return the shops where this person works now, with what he may do there (1 query)."""
    if not user.is_authenticated:
        return []
    places = Membership.objects.filter(user_id=user.pk).select_related(
        "enterprise__seller__village", "enterprise__seller__enterprise"
    )
    sellers = []
    for place in places.filter(enterprise__seller__isnull=False):
        seller = place.enterprise.seller
        seller.rights = Rights(
            place.role == MemberRole.OWNER,
            place.sees_buyers or place.role == MemberRole.OWNER,
            place.handles_money,
            place.changes_offer,
        )
        sellers.append(seller)
    return sorted(sellers, key=lambda seller: seller.name)


def knows_buyer(seller: SellerProfile, *, done_at: datetime | None, now: datetime) -> bool:
    """Tell whether who asks may read who the buyer is: by his rights, for as long as needed.

    `done_at` is when the order, the withdrawal or the complaint was done with (PRV-01).
    """
    return seller.rights.sees_buyers and not is_hidden_by_time(done_at, now=now)


def done_at(order: SellerOrder) -> datetime | None:
    """Return when nothing more had to be done for an order."""
    return order.collected_at or order.cancelled_at


def name_buyer(seller: SellerProfile, name: str, *, done_at: datetime | None, now: datetime) -> str:
    """Return a buyer's name as who asks may read it."""
    return name if knows_buyer(seller, done_at=done_at, now=now) else mask_name(name)


def get_board(seller: SellerProfile, *, now: datetime) -> Board:
    """Return a shop's open work, first moment first (4 queries)."""
    orders = list_open_orders(seller, now=now)
    midnight = now.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Q(collected_at__gte=midnight, collected_at__lt=midnight + timedelta(days=1))
    done = SellerOrder.objects.filter(today, seller=seller).aggregate(count=Count("pk"))
    return Board(
        to_pack=tuple(order for order in orders if order.status == SellerOrderStatus.PAID),
        ready=tuple(order for order in orders if order.status == SellerOrderStatus.READY),
        collected_today=done["count"],
    )


def list_open_orders(seller: SellerProfile, *, now: datetime) -> list[DeskOrder]:
    """Return what the shop has to pack or hand over, first moment first (3 queries)."""
    found = _own(seller).filter(status__in=OPEN).order_by("promised_from", "pk")[:200]
    return [_order(order, now, seller) for order in found]


def get_desk_order(seller: SellerProfile, *, number: str, now: datetime) -> DeskOrder | None:
    """Return one of the shop's own orders that is paid."""
    found = _own(seller).exclude(status=SellerOrderStatus.AWAITING_PAYMENT).filter(number=number)
    return next((_order(order, now, seller) for order in found), None)


def list_ready_at_point(
    pickup_point_id: int, *, now: datetime
) -> list[tuple[str, list[DeskOrder]]]:
    """Return what waits at a pick-up point, per purchase number, for its host."""
    found: dict[str, list[DeskOrder]] = {}
    ready = SellerOrder.objects.filter(
        pickup_point_id=pickup_point_id, status=SellerOrderStatus.READY
    )
    for order in _with_all(ready).order_by("purchase__buyer_name", "pk")[:300]:
        found.setdefault(order.purchase.number, []).append(_order(order, now, order.seller))
    return list(found.items())


def _own(seller: SellerProfile) -> QuerySet[SellerOrder]:
    return _with_all(SellerOrder.objects.filter(seller=seller))


def _with_all(orders: QuerySet[SellerOrder]) -> QuerySet[SellerOrder]:
    return orders.select_related("purchase", "pickup_point", "seller").prefetch_related(
        "lines__listing", "lines__substitutions"
    )


def _order(order: SellerOrder, now: datetime, seller: SellerProfile) -> DeskOrder:
    purchase = order.purchase
    brought = order.fulfilment == Fulfilment.DELIVERY
    place = order.pickup_point.name if order.pickup_point else order.seller.name
    knows = knows_buyer(seller, done_at=done_at(order), now=now)
    return DeskOrder(
        number=order.number,
        status=order.status,
        status_text=_say_status(order),
        buyer_name=purchase.buyer_name if knows else mask_name(purchase.buyer_name),
        buyer_phone=purchase.buyer_phone if brought and knows else "",
        place=_home(purchase, knows=knows) if brought else place,
        moment=say_moment(Moment(order.promised_from, order.promised_until), now=now),
        pickup_code=purchase.pickup_code,
        at_shop=order.fulfilment != Fulfilment.PICKUP_POINT,
        total_cents=order.total_cents + order.platform_discount_cents,
        shop_discount_cents=order.shop_discount_cents,
        platform_discount_cents=order.platform_discount_cents,
        deposit_cents=order.deposit_cents,
        delivery_cents=order.delivery_cents,
        company=" ".join(filter(None, [purchase.company_name, purchase.company_number]))
        if knows
        else "",
        promised_from=order.promised_from,
        due_cents=_due_cents(order) if purchase.pays_at_counter else None,
        day_text=say_day(order.promised_from, now=now),
        lines=tuple(row for line in order.lines.all() for row in _pack_lines(line)),
    )


def _home(purchase: Purchase, *, knows: bool) -> str:
    """Return where to bring it; who may not know the buyer reads the postcode's digits."""
    if not knows:
        return purchase.delivery_postcode[:4]
    return f"{purchase.delivery_address}, {purchase.delivery_postcode}"


def _say_status(order: SellerOrder) -> str:
    if order.purchase.pays_at_counter and order.status == SellerOrderStatus.PAID:
        return _("to pack, pays at the counter")
    return str(SellerOrderStatus(order.status).label)


def _due_cents(order: SellerOrder) -> int:
    """Return what the buyer owes at the counter for what is left of his order."""
    cancelled = sum(
        line.cancelled_quantity * (line.price_cents + line.deposit_cents // line.quantity)
        for line in order.lines.all()
    )
    return order.total_cents - cancelled


def _pack_lines(line: SellerOrderLine) -> Iterator[PackLine]:
    """Return what is to be packed for a line: what is left of it, and what came instead."""
    asked = [one for one in line.substitutions.all() if one.status == SubstitutionStatus.PROPOSED]
    yield PackLine(
        quantity=line.quantity - line.cancelled_quantity,
        title=line.title,
        amount_text=line.amount_text,
        is_alcohol=line.listing.alcohol_class != "none",
        sold_by_weight=line.sold_by_weight,
        id=line.pk,
        estimated_g=line.mass_g * line.quantity if line.mass_g else None,
        weighed_g=line.weighed_g,
        cancelled=line.cancelled_quantity,
        asked_title=asked[0].title if asked else "",
    )
    for one in line.substitutions.all():
        if one.status == SubstitutionStatus.ACCEPTED:
            yield PackLine(
                quantity=one.quantity,
                title=one.title,
                amount_text=one.amount_text,
                is_alcohol=line.listing.alcohol_class != "none",
                instead_of=line.title,
            )
