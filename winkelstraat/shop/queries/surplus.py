"""What must go: at the shop's desk, for a village, for the sweeper and for the chains."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from winkelstraat.common.money import format_cents
from winkelstraat.shop.domain.surplus import Destination, Step, count_left, find_step
from winkelstraat.shop.domain.surplus import step_price_cents as price_of_step
from winkelstraat.shop.models import SellerOrderLine, SellerProfile, Surplus
from winkelstraat.shop.models.surplus import PLACES
from winkelstraat.shop.queries.cards import listing_url, picture_url
from winkelstraat.shop.queries.wording import amount_text

NEWEST = 30
PAID = ("paid", "ready", "collected")


@dataclass(frozen=True)
class StepRow:
    """One step as a shop sees it; `sold` counts what was ordered on the street."""

    starts_at: datetime
    percentage: int
    price_text: str
    sold: int


@dataclass(frozen=True)
class LeftRow:
    """One line of the waste record."""

    place: str
    rung: int | None
    pieces: int
    mass_g: int
    is_weighed: bool
    placed_at: datetime


@dataclass(frozen=True)
class SurplusView:
    """One surplus as its own shop sees it; `left` is None while nobody counted."""

    surplus_id: int
    title: str
    reason: str
    best_before: date
    started_at: datetime
    pick_up_until: datetime
    ended_at: datetime | None
    settled_at: datetime | None
    pieces: int
    made_pieces: int | None
    piece_g: int | None
    sold_before: int | None
    sold_pieces: int | None
    sold_online: int
    available: int
    left: int | None
    price_text: str
    regular_text: str
    steps: tuple[StepRow, ...]
    record: tuple[LeftRow, ...]

    @property
    def most_left(self) -> int:
        """The most that can be left: all that was not ordered on the street."""
        return max(0, self.pieces - self.sold_online)


@dataclass(frozen=True)
class SurplusCard:
    """One thing that must go, for a resident."""

    public_id: str
    title: str
    url: str
    shop_name: str
    amount_text: str
    price_text: str
    prior_text: str
    percentage: int
    picture_url: str
    picture_ground: str
    left: int
    best_before: date
    pick_up_until: datetime
    next_price_text: str
    next_at: datetime | None
    changed_at: datetime
    started_at: datetime


def list_surpluses(seller: SellerProfile) -> list[SurplusView]:
    """Return the newest surpluses of a shop with what is open first."""
    rows = list(_own(seller)[:NEWEST])
    return sorted((_view(row) for row in rows), key=lambda view: view.settled_at is not None)


def get_surplus(seller: SellerProfile, *, surplus_id: int) -> SurplusView | None:
    """Return one surplus of this shop, None when it is another's."""
    row = _own(seller).filter(pk=surplus_id).first()
    return _view(row) if row else None


def find_running(seller: SellerProfile, *, listing_id: int) -> int | None:
    """Return the surplus of a listing of this shop that is on sale now, if any."""
    own = Surplus.objects.filter(seller=seller, listing_id=listing_id, ended_at=None)
    return own.values_list("pk", flat=True).first()


def _own(seller: SellerProfile) -> QuerySet[Any]:
    return (
        Surplus.objects.filter(seller=seller)
        .select_related("listing")
        .annotate(
            available=F("listing__product__stockrecords__num_in_stock")
            - F("listing__product__stockrecords__num_allocated")
        )
        .prefetch_related("steps", "left")
    )


def _bought(surplus: Surplus) -> QuerySet[SellerOrderLine]:
    """Return the paid lines of a listing that were ordered while it had to go."""
    ordered = Q(seller_order__purchase__placed_at__gte=surplus.started_at)
    if surplus.ended_at is not None:
        ordered &= Q(seller_order__purchase__placed_at__lt=surplus.ended_at)
    return SellerOrderLine.objects.filter(
        ordered, listing_id=surplus.listing_id, seller_order__status__in=PAID
    )


def count_sold_online(surplus: Surplus) -> int:
    """Return how many were ordered on the street and paid while it had to go."""
    bought = _bought(surplus).aggregate(count=Sum(F("quantity") - F("cancelled_quantity")))
    return bought["count"] or 0


def _view(row: Any) -> SurplusView:
    record = tuple(
        LeftRow(
            place=str(PLACES[Destination(line.destination)]),
            rung=line.rung,
            pieces=line.pieces,
            mass_g=line.mass_g,
            is_weighed=line.is_weighed,
            placed_at=line.placed_at,
        )
        for line in row.left.all()
    )
    prices = (
        _bought(row)
        .values("price_cents")
        .annotate(count=Sum(F("quantity") - F("cancelled_quantity")))
    )
    sold = {line["price_cents"]: line["count"] for line in prices}
    placed = sum(line.pieces for line in record)
    return SurplusView(
        surplus_id=row.pk,
        title=row.listing.title,
        reason=row.get_reason_display(),
        best_before=row.best_before,
        started_at=row.started_at,
        pick_up_until=row.pick_up_until,
        ended_at=row.ended_at,
        settled_at=row.settled_at,
        pieces=row.pieces,
        made_pieces=row.made_pieces,
        piece_g=row.piece_g,
        sold_before=None if row.made_pieces is None else row.made_pieces - row.pieces,
        sold_pieces=row.sold_pieces,
        sold_online=sum(sold.values()),
        available=max(0, row.available or 0),
        left=count_left(row.pieces, sold=row.sold_pieces, placed=placed),
        price_text=format_cents(row.listing.price_cents),
        regular_text=format_cents(row.regular_cents),
        steps=_steps(row, sold),
        record=record,
    )


def _steps(row: Any, sold: dict[int, int]) -> tuple[StepRow, ...]:
    prices = [(step, _price(row, step.percentage)) for step in row.steps.all()]
    return tuple(
        StepRow(step.starts_at, step.percentage, format_cents(price), sold.get(price, 0))
        for step, price in prices
    )


def _price(row: Any, percentage: int) -> int:
    is_alcohol = row.listing.alcohol_class != "none"
    return price_of_step(row.regular_cents, percentage, is_alcohol=is_alcohol)


def list_village_surplus(village_slug: str, *, now: datetime) -> list[SurplusCard]:
    """Return what must go in a village and can still be had, soonest first (2 queries)."""
    rows: Any = (
        Surplus.objects.filter(
            ended_at=None,
            pick_up_until__gt=now,
            listing__village__slug=village_slug,
            listing__status="published",
            seller__enterprise__status="verified",
        )
        .select_related("listing", "seller")
        .annotate(
            available=F("listing__product__stockrecords__num_in_stock")
            - F("listing__product__stockrecords__num_allocated")
        )
        .filter(available__gt=0)
        .order_by("pick_up_until", "pk")
        .prefetch_related("steps")[:NEWEST]
    )
    return [_card(row, now) for row in rows]


def _card(row: Any, now: datetime) -> SurplusCard:
    listing = row.listing
    steps = [Step(step.starts_at, step.percentage) for step in row.steps.all()]
    step = find_step(steps, at=now)
    ahead = next((one for one in steps if one.starts_at > now), None)
    prior = listing.prior_price_cents
    return SurplusCard(
        public_id=str(row.public_id),
        title=listing.title,
        url=listing_url(listing.slug, listing.pk),
        shop_name=row.seller.name,
        amount_text=amount_text(listing.net_quantity, listing.net_unit, listing.pieces),
        price_text=format_cents(listing.price_cents),
        prior_text=format_cents(prior) if prior else "",
        percentage=(prior - listing.price_cents) * 100 // prior if prior else 0,
        picture_url=picture_url(listing.picture_path),
        picture_ground=listing.picture_ground,
        left=row.available,
        best_before=row.best_before,
        pick_up_until=row.pick_up_until,
        next_price_text=format_cents(_price(row, ahead.percentage)) if ahead else "",
        next_at=ahead.starts_at if ahead else None,
        changed_at=step.starts_at if step and step.starts_at > row.started_at else row.started_at,
        started_at=row.started_at,
    )


def list_due(*, now: datetime) -> tuple[list[int], list[int]]:
    """Return the surpluses with a step that began, and those whose time is over."""
    running = Surplus.objects.filter(ended_at=None)
    stepped = running.filter(pick_up_until__gt=now).annotate(
        begun=Count("steps", filter=Q(steps__starts_at__lte=now))
    )
    lapsed = running.filter(pick_up_until__lte=now)
    return _keys(stepped.filter(begun__gt=0)), _keys(lapsed)


def _keys(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class SettledLeft:
    """Pieces that went somewhere, in grams; `rung` is None for the shelf and for what is lost."""

    destination: str
    rung: int | None
    mass_g: int
    is_weighed: bool


@dataclass(frozen=True)
class Settled:
    """A surplus of which nothing is unaccounted for, as the chains take it over.

    `made_pieces` and `piece_g` are None when nobody told.
    """

    surplus_id: int
    public_id: str
    enterprise_id: int
    listing_id: int
    title: str
    reason: str
    made_on: datetime
    pieces: int
    made_pieces: int | None
    sold_pieces: int
    piece_g: int | None
    left: tuple[SettledLeft, ...]
    is_told: bool


def get_settled(surplus_id: int) -> Settled | None:
    """Return a surplus that is settled, None when it is not yet."""
    row: Any = (
        Surplus.objects.filter(pk=surplus_id, settled_at__isnull=False)
        .select_related("listing", "seller")
        .prefetch_related("left")
        .first()
    )
    if row is None:
        return None
    lines: Sequence[Any] = row.left.all()
    return Settled(
        surplus_id=row.pk,
        public_id=str(row.public_id),
        enterprise_id=row.seller.enterprise_id,
        listing_id=row.listing_id,
        title=row.listing.title,
        reason=row.reason,
        made_on=row.started_at,
        pieces=row.pieces,
        made_pieces=row.made_pieces,
        sold_pieces=row.sold_pieces,
        piece_g=row.piece_g,
        left=tuple(
            SettledLeft(line.destination, line.rung, line.mass_g, line.is_weighed) for line in lines
        ),
        is_told=row.told_chain_at is not None,
    )


def list_untold_surplus(*, before: datetime, limit: int) -> list[int]:
    """Return the settled surpluses that the chains do not know."""
    waiting = Surplus.objects.filter(settled_at__lt=before, told_chain_at__isnull=True)
    return list(waiting.order_by("settled_at").values_list("pk", flat=True)[:limit])
