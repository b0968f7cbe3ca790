"""What a village's page shows, in few queries.

Cards, shops and their hours are read anew; figures, chains, agenda and stories change
slowly and are kept for some minutes, under a version that moves when a page is published.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dorpen.pages.domain.heads import Head, compose_head
from dorpen.pages.models import VillagePage
from dorpen.pages.queries.agenda import EventRow, StoryRow, list_coming_events, list_stories
from dorpen.pages.queries.figures import StreetFigure, list_village_figures
from dorpen.pages.queries.flows import ChainFlow, get_flow
from dorpen.pages.queries.maps import NearbyMap, draw_nearby
from dorpen.pages.queries.points import PointRow, build_point, list_points_for
from dorpen.register.queries import VillageRow, list_nearby_villages, list_villages
from ketens.queries import ChainCard, list_chains
from winkelstraat.common.page_cache import keep
from winkelstraat.shop.queries.cards import CardFilters, ListingCard, list_cards
from winkelstraat.shop.queries.clocks import SellerClock, read_clocks
from winkelstraat.shop.queries.sellers import SellerCard, list_shops
from winkelstraat.shop.queries.wording import distance_text, when_text

CARDS = 8
NEAR_M = 15_000
SLOW_SECONDS = 300


@dataclass(frozen=True)
class NearVillage:
    """A village around another one."""

    name: str
    slug: str
    distance_text: str


@dataclass(frozen=True)
class SlowPart:
    """What changes a few times a day at most."""

    figures: tuple[StreetFigure, ...]
    chains: tuple[ChainCard, ...]
    flow: ChainFlow | None
    events: tuple[EventRow, ...]
    stories: tuple[StoryRow, ...]
    points: tuple[PointRow, ...]
    map: NearbyMap
    counted: int
    counted_is_capped: bool


@dataclass(frozen=True)
class VillageStreet:
    """Everything that a village's page shows beside what its editor wrote."""

    village: VillageRow
    head: Head
    sentence: str
    shops: tuple[SellerCard, ...]
    open_count: int
    cards: tuple[ListingCard, ...]
    cards_are_near: bool
    nearby: tuple[NearVillage, ...]
    slow: SlowPart

    @property
    def points(self) -> tuple[PointRow, ...]:
        """Return the pick-up points of the village, or the nearest ones."""
        return self.slow.points

    @property
    def points_are_near(self) -> bool:
        """Tell whether the village has no pick-up point of its own."""
        return all(point.village_id != self.village.id for point in self.points)


def get_village_street(page: VillagePage, *, now: datetime) -> VillageStreet:
    """Return what a village's page shows (4 queries, more when the slow part is read anew)."""
    village = next(row for row in list_villages() if row.id == page.village_id)
    clocks = read_clocks(now=now)
    shops = tuple(list_shops(village_id=village.id, now=now, clocks=clocks))
    here = (village.latitude, village.longitude)
    filters = (
        CardFilters(village_id=village.id, near=here)
        if shops
        else CardFilters(near=here, within_m=NEAR_M)
    )
    cards = list_cards(filters=filters, limit=CARDS, now=now, clocks=clocks)
    slow = get_slow_part(page, village, now=now)
    nearby = list_nearby_villages(village_id=village.id, limit=6)
    return VillageStreet(
        village=village,
        head=compose_head(village.slug, page.head_layers),
        sentence=say_what_there_is(shops, slow, clocks, now=now),
        shops=shops,
        open_count=sum(shop.is_open for shop in shops),
        cards=cards.cards,
        cards_are_near=not shops,
        nearby=tuple(NearVillage(row.name, row.slug, distance_text(m)) for row, m in nearby),
        slow=slow,
    )


def say_what_there_is(
    shops: tuple[SellerCard, ...],
    slow: SlowPart,
    clocks: dict[int, SellerClock],
    *,
    now: datetime,
) -> str:
    """Return how many shops and products there are, and when and where one can collect."""
    if not shops:
        return _("No shop here yet. The villages around bring what they make near you.")
    count = len(shops)
    shop_text = ngettext("%(n)d shop or maker", "%(n)d shops and makers", count) % {"n": count}
    if slow.counted_is_capped:
        product_text = _("more than 1,000 products")
    else:
        product_text = ngettext("%(n)d product", "%(n)d products", slow.counted) % {
            "n": slow.counted
        }
    sentence = f"{shop_text}, {product_text}."
    at_point = [clocks[shop.seller_id].at_point for shop in shops]
    soonest = min((moment for moment in at_point if moment), default=None)
    own = [point for point in slow.points if point.village_slug == shops[0].village_slug]
    if soonest and own:
        words = {"when": when_text(soonest, now=now), "where": own[0].name}
        sentence += " " + _("Order now, collect %(when)s at %(where)s.") % words
    return sentence


def get_slow_part(page: VillagePage, village: VillageRow, *, now: datetime) -> SlowPart:
    """Return what is kept for some minutes."""
    return keep(
        f"village:{village.id}:{translation.get_language()}",
        topics=("pages",),
        seconds=SLOW_SECONDS,
        read=lambda: _read_slow_part(page, village, now),
    )


def _read_slow_part(page: VillagePage, village: VillageRow, now: datetime) -> SlowPart:
    today = timezone.localdate(now)
    points = list_points_for(village)
    around = [row for row, _metres in list_nearby_villages(village_id=village.id, limit=7)]
    counted = list_cards(filters=CardFilters(village_id=village.id), limit=1, now=now, counted=True)
    chains = list_chains(village_id=village.id)
    return SlowPart(
        figures=list_village_figures(village.id, since=today.replace(day=1)),
        chains=chains,
        flow=get_flow(page, chains, today=today),
        events=tuple(list_coming_events(page, now=now)),
        stories=tuple(list_stories(below=page)),
        points=tuple(build_point(point, village) for point in points),
        map=draw_nearby(village, around, points),
        counted=counted.total or 0,
        counted_is_capped=counted.total_is_capped,
    )
