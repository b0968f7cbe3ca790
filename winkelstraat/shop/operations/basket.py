"""Put things into a basket and take them out.

A basket is Oscar's row with lines; who it belongs to (a signed cookie or a signed-in
person) is the view's concern. A line remembers the price that the buyer saw.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from oscar.apps.basket.models import Basket, Line

from winkelstraat.accounts.models import User
from winkelstraat.shop.domain.refusals import NotEnoughStock, UnknownListing
from winkelstraat.shop.models import Listing

MOST_OF_ONE = 99


@dataclass(frozen=True)
class BasketChange:
    """The basket after a change: its id, its number of things, and what changed."""

    basket_id: int
    count: int
    title: str
    quantity: int


@transaction.atomic
def add_to_basket(
    *, basket_id: int | None, owner: User | None, listing_id: int, quantity: int, now: datetime
) -> BasketChange:
    """Put `quantity` more of a listing into the basket, which is made when there is none.

    :raises UnknownListing: when it is not on offer.
    :raises NotEnoughStock: when fewer are left than would be in the basket.
    """
    offered = _get_offered(listing_id)
    basket = _get_or_make(basket_id, owner, now)
    line = basket.lines.filter(product_id=offered["product_id"]).first()
    wanted = (line.quantity if line else 0) + max(1, quantity)
    _refuse_too_many(offered, wanted)
    price = Decimal(offered["price_cents"]) / 100
    if line is None:
        Line.objects.create(
            basket=basket,
            line_reference=f"{offered['product_id']}_{offered['stockrecord_id']}",
            product_id=offered["product_id"],
            stockrecord_id=offered["stockrecord_id"],
            quantity=wanted,
            price_currency="EUR",
            price_incl_tax=price,
            price_excl_tax=price,
        )
    else:
        Line.objects.filter(pk=line.pk).update(quantity=wanted, price_incl_tax=price)
    return BasketChange(basket.pk, count_things(basket.pk), offered["title"], wanted)


@transaction.atomic
def set_quantity(*, basket_id: int, line_id: int, quantity: int) -> BasketChange:
    """Change how many of a line are in the basket; nought takes the line out.

    :raises UnknownListing: when the line is not in this basket.
    :raises NotEnoughStock: when fewer are left.
    """
    line = Line.objects.filter(pk=line_id, basket_id=basket_id, basket__status=Basket.OPEN).first()
    if line is None:
        raise UnknownListing
    listing = Listing.objects.get(product_id=line.product_id)
    if quantity <= 0:
        line.delete()
        return BasketChange(basket_id, count_things(basket_id), listing.title, 0)
    if quantity > line.quantity:
        _refuse_too_many(_get_offered(listing.pk), quantity)
    Line.objects.filter(pk=line.pk).update(quantity=quantity)
    return BasketChange(basket_id, count_things(basket_id), listing.title, quantity)


@transaction.atomic
def accept_prices(*, basket_id: int) -> None:
    """Note that the buyer has seen today's prices."""
    lines = Line.objects.filter(basket_id=basket_id).select_related("product__listing")
    for line in lines:
        line.price_incl_tax = Decimal(line.product.listing.price_cents) / 100
    Line.objects.bulk_update(lines, ["price_incl_tax"])


@transaction.atomic
def merge_baskets(*, guest_basket_id: int, owner: User, now: datetime) -> int:
    """Bring what a guest gathered into his own basket at sign-in; return that one's id."""
    guest = Basket.objects.filter(
        pk=guest_basket_id, owner__isnull=True, status=Basket.OPEN
    ).first()
    own = Basket.objects.filter(owner=owner, status=Basket.OPEN).order_by("-pk").first()
    if guest is None:
        return own.pk if own else 0
    if own is None:
        Basket.objects.filter(pk=guest.pk).update(owner=owner)
        return int(guest.pk)
    known = {line.product_id: line for line in own.lines.all()}
    for line in guest.lines.all():
        kept = known.get(line.product_id)
        if kept:
            together = min(MOST_OF_ONE, kept.quantity + line.quantity)
            Line.objects.filter(pk=kept.pk).update(quantity=together)
        else:
            Line.objects.filter(pk=line.pk).update(basket=own)
    Basket.objects.filter(pk=guest.pk).update(status=Basket.MERGED, date_merged=now)
    return int(own.pk)


def count_things(basket_id: int) -> int:
    """Return how many things are in a basket (1 query)."""
    found = Line.objects.filter(basket_id=basket_id).aggregate(count=Sum("quantity"))
    return found["count"] or 0


def _get_offered(listing_id: int) -> Any:
    offered = (
        Listing.objects.filter(
            pk=listing_id, status="published", seller__enterprise__status="verified"
        )
        .values(
            "title",
            "product_id",
            "price_cents",
            stockrecord_id=F("product__stockrecords__id"),
            left=F("product__stockrecords__num_in_stock")
            - F("product__stockrecords__num_allocated"),
        )
        .first()
    )
    if offered is None:
        raise UnknownListing
    return offered


def _refuse_too_many(offered: Any, wanted: int) -> None:
    left = int(offered["left"] or 0)
    if wanted > min(left, MOST_OF_ONE):
        raise NotEnoughStock(title=str(offered["title"]), left=max(0, left))


def _get_or_make(basket_id: int | None, owner: User | None, now: datetime) -> Basket:
    found = None
    if basket_id:
        found = Basket.objects.filter(pk=basket_id, owner=owner, status=Basket.OPEN).first()
    return found or Basket.objects.create(owner=owner, status=Basket.OPEN)
