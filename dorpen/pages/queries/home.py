"""What the front page shows."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation

from dorpen.pages.domain.heads import Head, compose_head
from dorpen.pages.models import VillagePage
from dorpen.pages.queries.agenda import StoryRow, list_stories
from dorpen.pages.queries.figures import StreetFigure, list_street_figures
from dorpen.pages.queries.maps import ProvinceMap, draw_province
from dorpen.register.queries import VillageRow, list_nearby_villages, list_villages
from winkelstraat.common.page_cache import keep
from winkelstraat.shop.queries.cards import CardFilters, ListingCard, list_cards
from winkelstraat.shop.queries.clocks import read_clocks
from winkelstraat.shop.queries.sellers import list_shops
from winkelstraat.shop.queries.wording import distance_text

HEAD_KEY = "voordeur-203"
HEAD_LAYERS = ("wood", "church", "es", "heath", "hunebed")
CARDS = 4
VILLAGES = 6
FAR_M = 30_000
SLOW_SECONDS = 300


@dataclass(frozen=True)
class VillageTile:
    """A village on the front page: its drawing, its shops, and how far it is."""

    village: VillageRow
    picture_url: str
    shop_count: int
    distance_text: str


@dataclass(frozen=True)
class SlowPart:
    """What changes a few times a day at most."""

    figures: tuple[StreetFigure, ...]
    stories: tuple[StoryRow, ...]
    shop_counts: dict[str, int]


@dataclass(frozen=True)
class Street:
    """Everything that the front page shows; `chosen` is the visitor's own village."""

    chosen: VillageRow | None
    head: Head
    tiles: tuple[VillageTile, ...]
    in_season: tuple[ListingCard, ...]
    newest: tuple[ListingCard, ...]
    last_ones: tuple[ListingCard, ...]
    map: ProvinceMap
    slow: SlowPart


def get_street(*, chosen_slug: str, now: datetime) -> Street:
    """Return what the front page shows (4 queries, more when the slow part is read anew)."""
    villages = list_villages()
    chosen = next((row for row in villages if row.slug == chosen_slug), None)
    near = (chosen.latitude, chosen.longitude) if chosen else None
    within = FAR_M if chosen else None
    slow = get_slow_part(now=now)
    clocks = read_clocks(now=now)
    month = timezone.localtime(now).month
    season = CardFilters(near=near, within_m=within, season_month=month)
    newest = CardFilters(near=near, within_m=within)
    fresh = list_cards(filters=newest, limit=24, now=now, clocks=clocks).cards
    in_season = list_cards(filters=season, limit=CARDS, now=now, clocks=clocks).cards
    shown = {card.listing_id for card in in_season}
    others = [card for card in fresh if card.listing_id not in shown and card.available]
    last_ones = tuple(card for card in others if card.tag_kind == "last")[:CARDS]
    return Street(
        chosen=chosen,
        head=compose_head(HEAD_KEY, HEAD_LAYERS),
        tiles=tuple(_tiles(villages, chosen, slow)),
        in_season=in_season,
        newest=tuple(card for card in others if card not in last_ones)[:CARDS],
        last_ones=last_ones,
        map=draw_province(),
        slow=slow,
    )


def get_slow_part(*, now: datetime) -> SlowPart:
    """Return what is kept for some minutes."""
    return keep(
        f"home:{translation.get_language()}",
        topics=("pages",),
        seconds=SLOW_SECONDS,
        read=lambda: _read_slow_part(now),
    )


def _read_slow_part(now: datetime) -> SlowPart:
    counts: dict[str, int] = {}
    for shop in list_shops(now=now, clocks=read_clocks(now=now)):
        counts[shop.village_slug] = counts.get(shop.village_slug, 0) + 1
    return SlowPart(
        figures=list_street_figures(since=timezone.localdate(now).replace(day=1)),
        stories=tuple(list_stories()),
        shop_counts=counts,
    )


def _tiles(
    villages: list[VillageRow], chosen: VillageRow | None, slow: SlowPart
) -> list[VillageTile]:
    if chosen is None:
        busy = sorted(
            (row for row in villages if slow.shop_counts.get(row.slug)),
            key=lambda row: (-slow.shop_counts[row.slug], row.name),
        )
        return [_tile(row, None, slow) for row in busy[:VILLAGES]]
    near = list_nearby_villages(village_id=chosen.id, limit=40)
    busy_near = [pair for pair in near if slow.shop_counts.get(pair[0].slug)][: VILLAGES - 1]
    return [_tile(chosen, 0, slow), *(_tile(row, metres, slow) for row, metres in busy_near)]


def _tile(village: VillageRow, distance_m: int | None, slow: SlowPart) -> VillageTile:
    return VillageTile(
        village=village,
        picture_url=reverse("pages:head", args=[village.slug]),
        shop_count=slow.shop_counts.get(village.slug, 0),
        distance_text=distance_text(distance_m) if distance_m else "",
    )


def get_layers(slug: str) -> list[str] | None:
    """Return the layers of a village's drawing, None where there is no such page (1 query)."""
    found = VillagePage.objects.live().filter(slug=slug)
    return found.values_list("head_layers", flat=True).first()
