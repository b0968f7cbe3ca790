"""Orders that a shop takes by telephone or at its counter, for a resident.

The goods come into a basket of their own, of this shop alone; from there the checkout is
the one that everybody walks. Paying is by a link that the buyer gets, or at the counter:
then the money never passes the street, and the shop's own till gives the receipt.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from oscar.apps.basket.models import Basket

from winkelstraat.common.announcer import announce
from winkelstraat.shop.domain.refusals import CannotFulfil, EmptyBasket, UnknownListing
from winkelstraat.shop.events import PhoneOrderTaken
from winkelstraat.shop.models import Listing, Purchase, SellerProfile
from winkelstraat.shop.models.purchases import Fulfilment
from winkelstraat.shop.operations.basket import add_to_basket
from winkelstraat.shop.operations.checkout import BuyerDetails, Choice, place_purchase
from winkelstraat.shop.operations.orders import confirm_purchase
from winkelstraat.shop.operations.writing import HOLD, Paying

# The provider keeps a pay page open for a day at most.
LONGEST_HOLD = timedelta(hours=23)


@transaction.atomic
def fill_phone_basket(
    *, seller: SellerProfile, basket_id: int | None, quantities: Mapping[int, int], now: datetime
) -> int:
    """Put exactly these goods of the shop into the basket of a phone call; return its id.

    :raises EmptyBasket: when nothing is named.
    :raises UnknownListing: for what is not of this shop, or not on offer.
    :raises NotEnoughStock: when fewer are left; the basket stays as it was.
    """
    named = {listing: count for listing, count in quantities.items() if count > 0}
    if not named:
        raise EmptyBasket
    if Listing.objects.filter(pk__in=named, seller=seller).count() != len(named):
        raise UnknownListing
    if basket_id is not None:
        Basket.objects.filter(pk=basket_id, owner=None, status=Basket.OPEN).delete()
    filled: int | None = None
    for listing_id, quantity in named.items():
        change = add_to_basket(
            basket_id=filled, owner=None, listing_id=listing_id, quantity=quantity, now=now
        )
        filled = change.basket_id
    assert filled is not None
    return filled


@transaction.atomic
def place_phone_order(
    *,
    seller: SellerProfile,
    basket_id: int,
    buyer: BuyerDetails,
    choice: Choice,
    at_counter: bool,
    now: datetime,
) -> Purchase:
    """Order what is in the basket of a phone call, to be paid by link or at the counter.

    The same basket again returns the purchase that is there.

    :raises CannotFulfil: when it is to be paid at the counter and not collected there.
    :raises Refusal: for anything that keeps any order from being kept; nothing is written.
    """
    if at_counter and choice.fulfilment != Fulfilment.SHOP:
        raise CannotFulfil(shop=seller.name)
    known = Purchase.objects.filter(basket_id=basket_id, taken_by=seller).first()
    if known is not None:
        return known
    purchase = place_purchase(
        basket_id=basket_id,
        buyer=buyer,
        choices={seller.pk: choice},
        seen_total_cents=None,
        now=now,
        paying=Paying(_hold(choice, now), at_counter=at_counter, taken_by_id=seller.pk),
    )
    if at_counter:
        confirm_purchase(purchase_ref=purchase.reference, now=now)
        purchase.refresh_from_db()
    announce(PhoneOrderTaken(purchase.pk, now))
    return purchase


def _hold(choice: Choice, now: datetime) -> timedelta:
    """Return how long the goods wait for the money: until they must be packed."""
    return min(max(choice.promised_from - now - timedelta(hours=1), HOLD), LONGEST_HOLD)
