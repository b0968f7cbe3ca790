"""Put things into a basket and take them out.

A basket is Oscar's row with lines; who it belongs to (a signed cookie or a signed-in
person) is the view's concern. A line remembers the price that the buyer saw.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from oscar.apps.basket.models import Basket, Line

from winkelstraat.accounts.models import User
from winkelstraat.shop.domain.refusals import NotEnoughStock, TooMany, UnknownListing
from winkelstraat.shop.models import Listing

MOST_OF_ONE = 99


@dataclass(frozen=True)
class BasketChange:
    """The basket after a change: its id, its number of things, and what changed.

    `quantity` is what is in it now of this listing, `before` what was in it.
    """

    basket_id: int
    count: int
    listing_id: int
    title: str
    quantity: int
    before: int


@transaction.atomic
def add_to_basket(
    *, basket_id: int | None, owner: User | None, listing_id: int, quantity: int, now: datetime
) -> BasketChange:
    """Put `quantity` more of a listing into the basket, which is made when there is none.

    The basket is locked, so that two clicks at once count both.

    :raises UnknownListing: when it is not on offer.
    :raises TooMany: when it would be more of one thing than a basket takes.
    :raises NotEnoughStock: when fewer are left than would be in the basket.
    """
    offered = _get_offered(listing_id)
    basket = _get_or_make(basket_id, owner, now)
    line = basket.lines.filter(product_id=offered["product_id"]).first()
    before = line.quantity if line else 0
    wanted = before + max(1, quantity)
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
    return BasketChange(
        basket.pk, count_things(basket.pk), listing_id, offered["title"], wanted, before
    )


@transaction.atomic
def set_quantity(*, basket_id: int, line_id: int, quantity: int) -> BasketChange:
    """Change how many of a line are in the basket; nought takes the line out.

    :raises UnknownListing: when the line is not in this basket.
    :raises TooMany: when it is more of one thing than a basket takes.
    :raises NotEnoughStock: when fewer are left.
    """
    line = Line.objects.filter(pk=line_id, basket_id=basket_id, basket__status=Basket.OPEN).first()
    if line is None:
        raise UnknownListing
    listing = Listing.objects.only("title").get(product_id=line.product_id)
    before = line.quantity
    if quantity <= 0:
        line.delete()
    else:
        if quantity > before:
            _refuse_too_many(_get_offered(listing.pk), quantity)
        Line.objects.filter(pk=line.pk).update(quantity=quantity)
    return BasketChange(
        basket_id,
        count_things(basket_id),
        listing.pk,
        listing.title,
        max(0, quantity),
        before,
    )


@transaction.atomic
def accept_prices(*, basket_id: int, seen_cents: Mapping[int, int]) -> None:
    """Note the prices that the buyer has seen, by line; no query where nothing changed."""
    for line_id, cents in sorted(seen_cents.items()):
        Line.objects.filter(pk=line_id, basket_id=basket_id).update(
            price_incl_tax=Decimal(cents) / 100, price_excl_tax=Decimal(cents) / 100
        )


@transaction.atomic
def merge_baskets(*, guest_basket_id: int, owner: User, now: datetime) -> int:
    """Bring what a guest gathered into his own basket at sign-in; return that one's id."""
    guest = (
        Basket.objects.select_for_update()
        .filter(pk=guest_basket_id, owner__isnull=True, status=Basket.OPEN)
        .first()
    )
    own = Basket.objects.filter(owner=owner, status=Basket.OPEN).order_by("-pk").first()
    if guest is None:
        return own.pk if own else 0
    if own is None:
        Basket.objects.filter(pk=guest.pk).update(owner=owner)
        return int(guest.pk)
    _pour(guest, own, now)
    return int(own.pk)


@transaction.atomic
def bring_back(
    *, basket_id: int, into_basket_id: int | None, owner: User | None, now: datetime
) -> int | None:
    """Let a visitor go on with a basket whose purchase ended; return the basket to go on with.

    What he gathered in the meantime, in `into_basket_id`, is kept with it.
    """
    found = {
        basket.pk: basket
        for basket in Basket.objects.select_for_update()
        .filter(pk__in=[basket_id, into_basket_id or 0], status=Basket.OPEN)
        .order_by("pk")
    }
    old, new = found.get(basket_id), found.get(into_basket_id or 0)
    if old is None:
        return into_basket_id
    if new is not None and new.pk != old.pk:
        _pour(old, new, now)
        return int(new.pk)
    if owner is not None and old.owner_id is None:
        Basket.objects.filter(pk=old.pk).update(owner=owner)
    return int(old.pk)


@transaction.atomic
def set_aside(*, basket_id: int, seller_id: int, aside_id: int | None) -> int | None:
    """Move what is of one shop to a basket that is kept apart; return that one's id.

    The others can be ordered meanwhile. Nothing of that shop changes nothing.
    """
    basket = Basket.objects.select_for_update().get(pk=basket_id, status=Basket.OPEN)
    lines = list(basket.lines.filter(product__listing__seller_id=seller_id))
    if not lines:
        return aside_id
    aside = Basket.objects.filter(pk=aside_id or 0, status=Basket.SAVED).first()
    aside = aside or Basket.objects.create(owner=basket.owner, status=Basket.SAVED)
    known = set(aside.lines.values_list("product_id", flat=True))
    for line in lines:
        if line.product_id in known:
            line.delete()
        else:
            Line.objects.filter(pk=line.pk).update(basket=aside)
    return int(aside.pk)


@transaction.atomic
def take_up_again(
    *, aside_id: int, basket_id: int | None, owner: User | None, now: datetime
) -> int | None:
    """Put what was kept apart into the basket; return the basket, None when nothing was."""
    aside = Basket.objects.select_for_update().filter(pk=aside_id, status=Basket.SAVED).first()
    if aside is None:
        return basket_id
    basket = _get_or_make(basket_id, owner, now)
    _pour(aside, basket, now)
    return int(basket.pk)


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
    if wanted > left:
        raise NotEnoughStock(title=str(offered["title"]), left=max(0, left))
    if wanted > MOST_OF_ONE:
        raise TooMany(most=MOST_OF_ONE)


def _pour(source: Basket, target: Basket, now: datetime) -> None:
    """Move every line; what is in both is added up, and the source is closed."""
    known = {line.product_id: line for line in target.lines.all()}
    for line in source.lines.all():
        kept = known.get(line.product_id)
        if kept:
            together = min(MOST_OF_ONE, kept.quantity + line.quantity)
            Line.objects.filter(pk=kept.pk).update(quantity=together)
        else:
            Line.objects.filter(pk=line.pk).update(basket=target)
    Basket.objects.filter(pk=source.pk).update(status=Basket.MERGED, date_merged=now)


def _get_or_make(basket_id: int | None, owner: User | None, now: datetime) -> Basket:
    found = None
    if basket_id:
        found = (
            Basket.objects.select_for_update()
            .filter(pk=basket_id, owner=owner, status=Basket.OPEN)
            .first()
        )
    return found or Basket.objects.create(owner=owner, status=Basket.OPEN)
