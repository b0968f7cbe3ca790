"""Start what must go, lower its price on time, end it, and say where the rest went.

Rows are locked in one order: the surplus, its listing, its stock. While it runs, the
surplus is all there is of its listing; afterwards the rest is off the shelf until
somebody says where it is.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from oscar.apps.partner.models import StockRecord

from winkelstraat.common.announcer import announce
from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.domain.surplus import (
    MOST_PIECES,
    RUNG_OF,
    Destination,
    Step,
    SurplusRefused,
    check_steps,
    count_left,
    find_step,
    step_price_cents,
)
from winkelstraat.shop.events import SurplusSettled
from winkelstraat.shop.models import (
    Listing,
    PriceChange,
    SellerProfile,
    Surplus,
    SurplusLeft,
    SurplusStep,
)
from winkelstraat.shop.models.surplus import Reason
from winkelstraat.shop.operations.prices import keep_stock, regular_price, renew_pages, set_price
from winkelstraat.shop.queries.surplus import count_sold_online

HEAVIEST_G = 50_000_000


@dataclass(frozen=True, slots=True)
class SurplusDraft:
    """What a shopkeeper tells; `made_pieces` is None when nobody counted."""

    listing_id: int
    reason: str
    best_before: date
    pick_up_until: datetime
    pieces: int
    steps: tuple[Step, ...]
    made_pieces: int | None = None


@transaction.atomic
def start_surplus(
    *, seller: SellerProfile, draft: SurplusDraft, user: Any, now: datetime
) -> Surplus:
    """Say that all there is of a listing must go, and what its price will be when.

    :raises Listing.DoesNotExist: for another seller's listing.
    :raises SurplusRefused: when it runs already or something in it cannot be.
    :raises TooCheapAlcohol: for more than a quarter off alcohol; nothing is written.
    """
    listing = Listing.objects.select_for_update(no_key=True).get(
        seller=seller, pk=draft.listing_id, status="published"
    )
    regular = regular_price(listing)
    _check(draft, regular, is_alcohol=listing.alcohol_class != "none", now=now)
    if Surplus.objects.filter(listing=listing, ended_at=None).exists():
        raise SurplusRefused("runs_already")
    try:
        with transaction.atomic():
            surplus = Surplus.objects.create(
                listing=listing,
                seller=seller,
                reason=Reason(draft.reason),
                best_before=draft.best_before,
                pick_up_until=draft.pick_up_until,
                pieces=draft.pieces,
                made_pieces=draft.made_pieces,
                piece_g=listing.mass_g,
                regular_cents=regular,
                started_at=now,
                started_by=user,
            )
    except IntegrityError as raced:
        raise SurplusRefused("runs_already") from raced
    SurplusStep.objects.bulk_create(
        SurplusStep(surplus=surplus, starts_at=step.starts_at, percentage=step.percentage)
        for step in draft.steps
    )
    keep_stock(product_id=listing.product_id, available=draft.pieces, seen=None)
    lower_price(surplus_id=surplus.pk, now=now)
    renew_pages(seller.pk)
    return surplus


def _check(draft: SurplusDraft, regular: int, *, is_alcohol: bool, now: datetime) -> None:
    if not 1 <= draft.pieces <= MOST_PIECES:
        raise SurplusRefused("pieces")
    if draft.made_pieces is not None and not draft.pieces <= draft.made_pieces <= MOST_PIECES:
        raise SurplusRefused("made")
    if draft.pick_up_until <= now:
        raise SurplusRefused("too_late")
    if draft.best_before < now.astimezone(LOCAL).date():
        raise SurplusRefused("past_date")
    check_steps(
        draft.steps,
        regular_cents=regular,
        pick_up_until=draft.pick_up_until,
        is_alcohol=is_alcohol,
    )


@transaction.atomic
def lower_price(*, surplus_id: int, now: datetime) -> bool:
    """Bring the price to the step of this moment; may run twice. Tell whether it changed."""
    surplus = Surplus.objects.select_for_update().filter(pk=surplus_id, ended_at=None).first()
    if surplus is None or surplus.pick_up_until <= now:
        return False
    steps = [Step(row.starts_at, row.percentage) for row in surplus.steps.all()]
    step = find_step(steps, at=now)
    listing = Listing.objects.get(pk=surplus.listing_id)
    if step is None:
        return False
    price = step_price_cents(
        surplus.regular_cents, step.percentage, is_alcohol=listing.alcohol_class != "none"
    )
    if listing.price_cents <= price:
        return False
    set_price(
        seller=surplus.seller, listing_id=listing.pk, price_cents=price, now=now, is_offer=True
    )
    return True


@transaction.atomic
def end_surplus(*, seller: SellerProfile, surplus_id: int, now: datetime) -> Surplus:
    """Bring the regular price back and take the rest off the shelf; ended stays ended.

    :raises Surplus.DoesNotExist: for another seller's.
    :raises SurplusRefused: while somebody is paying for some of it.
    """
    surplus = Surplus.objects.select_for_update().get(seller=seller, pk=surplus_id)
    if surplus.ended_at is not None:
        return surplus
    listing = Listing.objects.select_for_update(no_key=True).get(pk=surplus.listing_id)
    stock = StockRecord.objects.select_for_update().get(product_id=listing.product_id)
    if stock.num_allocated:
        raise SurplusRefused("being_paid", stock.num_allocated)
    surplus.ended_at = now
    surplus.save(update_fields=["ended_at"])
    last = PriceChange.objects.filter(listing=listing).order_by("at", "pk").last()
    if last is not None and last.is_offer:
        set_price(seller=seller, listing_id=listing.pk, price_cents=surplus.regular_cents, now=now)
    keep_stock(product_id=listing.product_id, available=0, seen=None)
    renew_pages(seller.pk)
    return surplus


@transaction.atomic
def count_rest(*, seller: SellerProfile, surplus_id: int, left: int, now: datetime) -> Surplus:
    """Say how many are left; the others were sold. It may be said anew until one has a place.

    :raises Surplus.DoesNotExist: for another seller's.
    :raises SurplusRefused: while it runs, or when the number cannot be.
    """
    surplus = Surplus.objects.select_for_update().get(seller=seller, pk=surplus_id)
    if surplus.ended_at is None:
        raise SurplusRefused("still_runs")
    if surplus.settled_at is not None or surplus.left.exists():
        raise SurplusRefused("has_places")
    most = max(0, surplus.pieces - count_sold_online(surplus))
    if not 0 <= left <= most:
        raise SurplusRefused("left", most)
    surplus.sold_pieces = surplus.pieces - left
    surplus.save(update_fields=["sold_pieces"])
    _settle(surplus, now)
    return surplus


@transaction.atomic
def place_rest(
    *,
    seller: SellerProfile,
    surplus_id: int,
    place: "Placed",
    user: Any,
    now: datetime,
) -> SurplusLeft:
    """Write where some of the rest went, with its weight.

    :raises Surplus.DoesNotExist: for another seller's.
    :raises SurplusRefused: when there are not so many left, or the weight is not known or
        cannot be.
    """
    surplus = Surplus.objects.select_for_update().get(seller=seller, pk=surplus_id)
    left = _left(surplus)
    if left is None:
        raise SurplusRefused("not_counted")
    if not 1 <= place.pieces <= left:
        raise SurplusRefused("too_many", left)
    mass_g = place.mass_g or (surplus.piece_g or 0) * place.pieces
    if not 1 <= mass_g <= HEAVIEST_G:
        raise SurplusRefused("weight")
    destination = Destination(place.destination)
    row = SurplusLeft.objects.create(
        surplus=surplus,
        destination=destination.value,
        rung=RUNG_OF.get(destination),
        pieces=place.pieces,
        mass_g=mass_g,
        is_weighed=place.mass_g is not None,
        placed_at=now,
        placed_by=user,
    )
    if destination is Destination.SHELF:
        StockRecord.objects.filter(product_id=surplus.listing.product_id).update(
            num_in_stock=F("num_in_stock") + place.pieces
        )
        renew_pages(seller.pk)
    _settle(surplus, now)
    return row


@dataclass(frozen=True, slots=True)
class Placed:
    """So many pieces went somewhere; `mass_g` is None when nobody weighed them."""

    destination: str
    pieces: int
    mass_g: int | None = None


def _left(surplus: Surplus) -> int | None:
    placed = surplus.left.aggregate(pieces=Sum("pieces"))["pieces"] or 0
    return count_left(surplus.pieces, sold=surplus.sold_pieces, placed=placed)


def _settle(surplus: Surplus, now: datetime) -> None:
    if _left(surplus) == 0:
        surplus.settled_at = now
        surplus.save(update_fields=["settled_at"])
        announce(SurplusSettled(surplus.pk, now))


@transaction.atomic
def mark_chain_told(*, surplus_id: int, now: datetime) -> bool:
    """Remember that the chains know; False when they did, or when there is nothing to tell."""
    waiting = Surplus.objects.filter(
        pk=surplus_id, settled_at__isnull=False, told_chain_at__isnull=True
    )
    return waiting.update(told_chain_at=now) == 1


def end_lapsed(*, surplus_id: int, now: datetime) -> bool:
    """End what nobody can pick up any more; left for the next round while some is paid for."""
    found = Surplus.objects.filter(pk=surplus_id, pick_up_until__lte=now, ended_at=None)
    surplus = found.select_related("seller").first()
    if surplus is None:
        return False
    try:
        end_surplus(seller=surplus.seller, surplus_id=surplus.pk, now=now)
    except SurplusRefused:
        return False
    return True


@transaction.atomic
def close_surplus(*, seller: SellerProfile, surplus_id: int, left: int, now: datetime) -> Surplus:
    """End it where it still runs, and say how many are left.

    :raises Surplus.DoesNotExist: for another seller's.
    :raises SurplusRefused: as ending and counting do; then it goes on as it was.
    """
    end_surplus(seller=seller, surplus_id=surplus_id, now=now)
    return count_rest(seller=seller, surplus_id=surplus_id, left=left, now=now)
