"""A purchase that goes its whole way through the operations that people use."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.core.cache import cache

from tests.builders import build_listing, build_seller, build_village
from winkelstraat.payments.models import Payment
from winkelstraat.payments.operations.retelling import retell_payment
from winkelstraat.shop.domain.hours import OpenStretch
from winkelstraat.shop.models import Listing, Purchase, SellerOrder
from winkelstraat.shop.operations.basket import add_to_basket
from winkelstraat.shop.operations.checkout import BuyerDetails, Choice, place_purchase
from winkelstraat.shop.operations.orders import hand_out_at_shop, mark_ready
from winkelstraat.shop.operations.sellers import set_opening_hours
from winkelstraat.shop.queries.baskets import get_basket

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BUYER = "jantje@example.nl"
EVERY_DAY = [OpenStretch(weekday, time(9), time(17)) for weekday in range(1, 8)]


@dataclass
class Bought:
    """A placed purchase of one loaf in each of some shops."""

    purchase_id: int
    listings: list[Listing]

    @property
    def purchase(self) -> Purchase:
        """The purchase as it is now."""
        return Purchase.objects.get(pk=self.purchase_id)

    @property
    def parts(self) -> list[SellerOrder]:
        """The parts as they are now."""
        return list(self.purchase.seller_orders.select_related("seller").order_by("sequence"))

    @property
    def payment(self) -> Payment:
        """The last attempt to pay."""
        return Payment.objects.filter(purchase_ref=self.purchase.reference).latest("attempt")

    def pay(self, *, now: datetime = NOW) -> None:
        """Let the bank say yes."""
        retell_payment(payment_id=self.payment.pk, now=now)

    def collect(self, *, now: datetime = NOW) -> None:
        """Let every shop pack its part and hand it out."""
        for part in self.parts:
            mark_ready(seller=part.seller, number=part.number, now=now)
            hand_out_at_shop(seller=part.seller, number=part.number, age_checked=True, now=now)


def buy(*, shops: int = 1, mass_g: int | None = 800, now: datetime = NOW) -> Bought:
    """Order two loaves at each of `shops` shops; a resident of another village buys."""
    sellers = [build_seller(f"Bakkerij {number}") for number in range(1, shops + 1)]
    for seller in sellers:
        set_opening_hours(seller=seller, stretches=EVERY_DAY, checked_on=now.date())
    listings = [build_listing(seller=seller, mass_g=mass_g) for seller in sellers]
    basket_id = None
    for listing in listings:
        change = add_to_basket(
            basket_id=basket_id, owner=None, listing_id=listing.pk, quantity=2, now=now
        )
        basket_id = change.basket_id
    home = build_village("Een", latitude=53.0779, longitude=6.3836)
    cache.clear()  # the register keeps its list of villages there
    placed = place_purchase(
        basket_id=basket_id or 0,
        buyer=BuyerDetails(name="Jantje", email=BUYER, village_id=home.pk, is_adult=True),
        choices={
            shop.seller_id: Choice("shop", shop.ways[0].start, shop.ways[0].end)
            for shop in get_basket(basket_id=basket_id or 0, now=now).shops
        },
        seen_total_cents=680 * shops,
        now=now,
    )
    return Bought(placed.pk, listings)
