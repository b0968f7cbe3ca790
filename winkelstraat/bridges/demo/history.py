"""Let planned orders happen, at their own past moments, through the operations people use.

Each order is one transaction: basket, purchase, payment, packing, hand-over, transfer and
both books. Nothing is written that the street itself would not have written; only the
payment provider's answers are retold (see `payments.operations.retelling`) and the chain
is booked at once instead of by a worker.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import OperationalError, transaction

from dorpen.register.models import PostalCode
from winkelstraat.accounts.models import User
from winkelstraat.bridges.chains import book_collected
from winkelstraat.bridges.demo.plan import Buyer, PlannedOrder
from winkelstraat.bridges.demo.world import World
from winkelstraat.payments.operations import close_payment, retell_payment, retell_transfers
from winkelstraat.payments.queries import get_payment_state
from winkelstraat.shop.domain.refusals import Refusal
from winkelstraat.shop.models import Listing, Purchase, SellerOrder
from winkelstraat.shop.models.purchases import Fulfilment
from winkelstraat.shop.operations.basket import add_to_basket
from winkelstraat.shop.operations.checkout import BuyerDetails, Choice, place_purchase
from winkelstraat.shop.operations.orders import hand_out_at_point, hand_out_at_shop, mark_ready
from winkelstraat.shop.queries.baskets import BasketShop, get_basket
from winkelstraat.shop.queries.ways import WayToCollect

PAYING_TAKES = timedelta(seconds=95)
WAY_WEIGHTS = {Fulfilment.PICKUP_POINT: 70, Fulfilment.SHOP: 18, Fulfilment.DELIVERY: 12}
DEADLOCKS_ALLOWED = 3
METHODS = ("ideal", "ideal", "ideal", "ideal", "card")


@dataclass
class Told:
    """How many orders there were before, came, and were refused; and by which refusal."""

    known: int = 0
    made: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Told") -> "Told":
        return Told(self.known + other.known, self.made + other.made, self.refused + other.refused)


@dataclass
class Teller:
    """What every order looks up: listings, people and postcodes, read once."""

    world: World
    seed: int
    listings: dict[tuple[str, str], int] = field(default_factory=dict)
    users: dict[str, int] = field(default_factory=dict)
    postcodes: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = Listing.objects.values_list("seller__slug", "title", "pk")
        self.listings = {(shop, title): key for shop, title, key in rows}
        self.users = dict(User.objects.values_list("email", "pk"))
        self.postcodes = dict(PostalCode.objects.order_by("-pc4").values_list("village_id", "pc4"))

    def tell_all(self, plan: Iterable[PlannedOrder], told: Told) -> Iterator[int]:
        """Let every order happen that is not there yet; yield after each."""
        known = set(Purchase.objects.values_list("placed_at", "buyer_email"))
        for number, order in enumerate(plan, start=1):
            if (order.placed_at, order.buyer.email) in known:
                told.known += 1
            else:
                try:
                    self.tell_patiently(order)
                    told.made += 1
                except Refusal as refusal:
                    told.refused[type(refusal).__name__] += 1
            yield number

    def tell_patiently(self, order: PlannedOrder) -> Purchase:
        """Let one order happen, again where the database broke off a deadlock.

        :raises Refusal: when the street does not accept it.
        """
        for _attempt in range(DEADLOCKS_ALLOWED):
            try:
                return self.tell(order)
            except OperationalError:
                continue
        return self.tell(order)

    @transaction.atomic
    def tell(self, order: PlannedOrder) -> Purchase:
        """Let one order happen, up to where it stands this morning.

        :raises Refusal: when the street does not accept it; nothing is written then.
        """
        dice = random.Random(f"{self.seed} {order.placed_at.isoformat()}")  # noqa: S311
        purchase = self.place(order, dice)
        payment = get_payment_state(purchase.reference)
        if payment is None:
            return purchase
        if order.abandoned:
            close_payment(purchase_ref=purchase.reference, now=purchase.hold_until)
            return purchase
        paid_at = order.placed_at + PAYING_TAKES
        retell_payment(payment_id=payment.payment_id, now=paid_at, method=dice.choice(METHODS))
        if order.placed_at + timedelta(days=1) < self.world.now:
            # The letters about an order of the past were sent in the past.
            Purchase.objects.filter(pk=purchase.pk).update(confirmation_mailed_at=paid_at)
            purchase.seller_orders.update(shop_mailed_at=paid_at)
        for part in purchase.seller_orders.select_related("seller").order_by("sequence"):
            self.hand_over(part, purchase, dice, order)
        return purchase

    def place(self, order: PlannedOrder, dice: random.Random) -> Purchase:
        """Fill a basket and order what is in it."""
        basket_id = None
        user = self.users.get(order.buyer.email)
        owner = User(pk=user, email=order.buyer.email) if user else None
        for pick in order.picks:
            change = add_to_basket(
                basket_id=basket_id,
                owner=owner,
                listing_id=self.listings[pick.shop, pick.title],
                quantity=pick.quantity,
                now=order.placed_at,
            )
            basket_id = change.basket_id
        basket = get_basket(basket_id=basket_id or 0, now=order.placed_at)
        choices = {
            shop.seller_id: self.choose_waiting(shop, order) or choose(shop, dice)
            for shop in basket.shops
            if shop.ways
        }
        brought = any(choice.fulfilment == Fulfilment.DELIVERY for choice in choices.values())
        return place_purchase(
            basket_id=basket.basket_id,
            buyer=self.describe(order.buyer, user, brought=brought),
            choices=choices,
            seen_total_cents=None,
            now=order.placed_at,
        )

    def choose_waiting(self, shop: BasketShop, order: PlannedOrder) -> Choice | None:
        """Return the first moment that is still to come where an order waits, if it does."""
        ways = [way for way in shop.ways if way.end > self.world.now]
        found = next((way for way in ways if way.fulfilment == order.waits_at), None)
        return Choice(found.fulfilment, found.start, found.end) if found else None

    def describe(self, buyer: Buyer, user_id: int | None, *, brought: bool) -> BuyerDetails:
        """Return what the buyer tells at checkout; an address only when goods are brought."""
        village = self.world.village(buyer.village)
        return BuyerDetails(
            name=buyer.name,
            email=buyer.email,
            phone=buyer.phone,
            user_id=user_id,
            village_id=village.id,
            delivery_address="Dorpsstraat 12" if brought else "",
            delivery_postcode=f"{self.postcodes[village.id]} XA" if brought else "",
            is_adult=True,
        )

    def hand_over(
        self, part: SellerOrder, purchase: Purchase, dice: random.Random, order: PlannedOrder
    ) -> None:
        """Pack, hand out, pay out and book one shop's part, as far as its time has come."""
        paid_at = purchase.placed_at + PAYING_TAKES
        before = timedelta(minutes=dice.randrange(60, 1200))
        ready_at = max(paid_at + timedelta(minutes=25), part.promised_from - before)
        if order.packed_at_once:
            ready_at = min(ready_at, self.world.now - timedelta(minutes=5))
        elif order.waits_at:
            return
        window = part.promised_until - part.promised_from
        collected_at = max(ready_at, part.promised_from) + window * dice.uniform(0.05, 0.9)
        if ready_at > self.world.now:
            return
        mark_ready(seller=part.seller, number=part.number, now=ready_at)
        if collected_at > self.world.now:
            return
        hand_out(part, purchase, collected_at)
        retell_transfers(seller_order_ref=part.number, now=collected_at)
        book_collected(seller_order_id=part.pk, now=collected_at)


def tell_unpaid(teller: Teller, buyer: Buyer, order: PlannedOrder, now: datetime) -> bool:
    """Leave one purchase that waits for its payment, once; False when it was there."""
    if Purchase.objects.filter(buyer_email=buyer.email).exists():
        return False
    with transaction.atomic():
        waiting = PlannedOrder(now, buyer, order.picks)
        teller.place(waiting, random.Random(teller.seed))  # noqa: S311
    return True


def choose(shop: BasketShop, dice: random.Random) -> Choice:
    """Choose a way and a moment among those that the shop offers."""
    weights = [WAY_WEIGHTS[Fulfilment(way.fulfilment)] for way in shop.ways]
    way: WayToCollect = dice.choices(shop.ways, weights)[0]
    return Choice(way.fulfilment, way.start, way.end)


def hand_out(part: SellerOrder, purchase: Purchase, at: datetime) -> None:
    """Let the host or the shop hand a part to the buyer, with a look at his card."""
    if part.pickup_point_id:
        hand_out_at_point(
            pickup_point_id=part.pickup_point_id,
            purchase_number=purchase.number,
            age_checked=True,
            now=at,
        )
    else:
        hand_out_at_shop(seller=part.seller, number=part.number, age_checked=True, now=at)
