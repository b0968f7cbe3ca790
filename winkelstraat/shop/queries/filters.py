"""Which listings a list shows: the visitor's filters as one indexed condition."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from dorpen.register.domain.distance import great_circle_m
from dorpen.register.queries import list_villages
from winkelstraat.shop.models import Listing
from winkelstraat.shop.queries.categories import list_family
from winkelstraat.shop.queries.clocks import SellerClock, read_clocks

Clocks = dict[int, SellerClock]


@dataclass(frozen=True)
class CardFilters:
    """What a visitor asks for; `near` is (latitude, longitude), distances in metres."""

    village_id: int | None = None
    seller_id: int | None = None
    category_id: int | None = None
    text: str = ""
    near: tuple[float, float] | None = None
    within_m: int | None = None
    open_now: bool = False
    pickup_today: bool = False
    season_month: int | None = None

    @property
    def asks_clocks(self) -> bool:
        """Tell whether the hours of every shop are needed to answer."""
        return self.open_now or self.pickup_today


def read_filter_clocks(filters: CardFilters, *, now: datetime) -> Clocks | None:
    """Return every shop's clock where the filters ask for it (0 or 2 queries)."""
    return read_clocks(now=now) if filters.asks_clocks else None


def filter_listings(
    filters: CardFilters, *, clocks: Clocks | None, now: datetime
) -> QuerySet[Listing]:
    """Return the published listings of verified shops that fit; the text is not looked at."""
    return Listing.objects.filter(_condition(filters, clocks, now))


def _condition(filters: CardFilters, clocks: Clocks | None, now: datetime) -> Q:
    condition = Q(status="published", seller__enterprise__status="verified")
    if filters.village_id is not None:
        condition &= Q(village_id=filters.village_id)
    if filters.seller_id is not None:
        condition &= Q(seller_id=filters.seller_id)
    if filters.category_id is not None:
        condition &= Q(category_id__in=list_family(filters.category_id))
    if filters.season_month is not None:
        condition &= Q(season_months__contains=[filters.season_month])
    if filters.near is not None and filters.within_m is not None:
        condition &= Q(village_id__in=_villages_within(filters.near, filters.within_m))
    if clocks is not None and filters.asks_clocks:
        condition &= Q(seller_id__in=_fitting_sellers(filters, clocks, now))
    return condition


def distances_from(near: tuple[float, float] | None) -> dict[int, int]:
    """Return the distance of every village's centre to a place, in metres, by village id."""
    if near is None:
        return {}
    return {
        village.id: great_circle_m(*near, village.latitude, village.longitude)
        for village in list_villages()
    }


def _villages_within(near: tuple[float, float], within_m: int) -> list[int]:
    return [village_id for village_id, metres in distances_from(near).items() if metres <= within_m]


def _fitting_sellers(filters: CardFilters, clocks: Clocks, now: datetime) -> list[int]:
    return [
        seller_id
        for seller_id, clock in clocks.items()
        if (not filters.open_now or clock.is_open)
        and (not filters.pickup_today or clock.collectable_on(now))
    ]
