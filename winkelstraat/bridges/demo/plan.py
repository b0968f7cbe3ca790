"""Draw ninety days of orders from a seed: who buys what, where and when.

Nothing here touches the database. The same seed, day, people and shops give the same
plan, order by order, so loading again finds what was loaded before.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from winkelstraat.bridges.demo.stories import Story

LOCAL = ZoneInfo("Europe/Amsterdam")
DAYS = 90
ORDERS = 430
TODAY_ORDERS = 12
STOCK_KEPT = 0.35
ABANDONED_SHARE = 0.03
SHOPS_WEIGHTS = {1: 48, 2: 30, 3: 17, 4: 5}
LISTINGS_WEIGHTS = {1: 40, 2: 35, 3: 18, 4: 7}
# People shop more at the end of the week; Monday first.
WEEKDAY_WEIGHTS = (7, 9, 10, 13, 18, 20, 8)
HOUR_WEIGHTS = {8: 3, 9: 5, 10: 6, 11: 6, 12: 7, 13: 5, 14: 4, 16: 5, 17: 6, 19: 9, 20: 12, 21: 8}
DEAR_CENTS = 2_000
NEIGHBOUR_M = 12_000

Distance = Callable[[str, str], int]


@dataclass(frozen=True)
class Buyer:
    """Somebody who buys; a guest has no account."""

    name: str
    email: str
    village: str
    phone: str = ""
    is_guest: bool = False


@dataclass(frozen=True)
class Pick:
    """So many of one listing of one shop."""

    shop: str
    title: str
    quantity: int


@dataclass(frozen=True)
class PlannedOrder:
    """One checkout; of an `abandoned` one the buyer never paid.

    What `waits_at` a shop or pick-up point is collected there at the first moment that is
    still to come on the demo's day; nobody has packed it, unless `packed_at_once`.
    """

    placed_at: datetime
    buyer: Buyer
    picks: tuple[Pick, ...]
    abandoned: bool = False
    packed_at_once: bool = False
    waits_at: str = ""

    @property
    def shops(self) -> list[str]:
        """The shops in it, in the order in which they were visited."""
        return list(dict.fromkeys(pick.shop for pick in self.picks))


@dataclass
class Draw:
    """The dice, and what the shelves still hold while drawing."""

    dice: random.Random
    shops: Sequence[Story]
    distance: Distance
    left: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for shop in self.shops:
            for listing in shop["listings"]:
                self.left[shop["slug"], listing["title"]] = int(listing["stock"] * (1 - STOCK_KEPT))


def read_buyers(people: Story) -> list[Buyer]:
    """Return everybody who buys in the demo."""
    residents = [Buyer(**person) for person in people["residents"]]
    return residents + [Buyer(**person, is_guest=True) for person in people["guests"]]


def draw_history(
    draw: Draw, buyers: Sequence[Buyer], *, today: date, orders: int
) -> list[PlannedOrder]:
    """Return `orders` orders of the ninety days before today, oldest first."""
    moments = draw_moments(draw.dice, today, orders)
    plan = []
    for moment in moments:
        buyer = draw.dice.choice(buyers)
        picks = draw_picks(draw, buyer, moment.month)
        abandoned = draw.dice.random() < ABANDONED_SHARE and buyer != buyers[0]
        plan.append(PlannedOrder(moment, buyer, picks, abandoned))
    return plan


def draw_today(
    draw: Draw, buyers: Sequence[Buyer], *, opening: datetime, orders: int = TODAY_ORDERS
) -> list[PlannedOrder]:
    """Return the orders of last night and this morning, that nobody collected yet."""
    first = opening - timedelta(hours=12)
    step = timedelta(hours=12) / (orders + 1)
    plan = []
    for number in range(orders):
        moment = first + step * (number + 1) + timedelta(seconds=draw.dice.randrange(300))
        # The resident of the demo always has something under way.
        buyer = buyers[0] if number == 0 else draw.dice.choice(buyers)
        picks = draw_picks(draw, buyer, moment.month)
        plan.append(PlannedOrder(moment, buyer, picks, packed_at_once=number % 3 == 2))
    return plan


def draw_moments(dice: random.Random, today: date, orders: int) -> list[datetime]:
    """Return so many different moments in the ninety days before today, in order."""
    days = [today - timedelta(days=ago) for ago in range(DAYS, 1, -1)]
    weights = [WEEKDAY_WEIGHTS[day.weekday()] for day in days]
    hours, hour_weights = list(HOUR_WEIGHTS), list(HOUR_WEIGHTS.values())
    # The first order tells later on which day the demo was loaded.
    moments = {datetime.combine(days[0], time(9), LOCAL)}
    while len(moments) < orders:
        day = dice.choices(days, weights)[0]
        hour = dice.choices(hours, hour_weights)[0]
        at = time(hour, dice.randrange(60), dice.randrange(60))
        moments.add(datetime.combine(day, at, LOCAL))
    return sorted(moments)


def draw_picks(draw: Draw, buyer: Buyer, month: int) -> tuple[Pick, ...]:
    """Return what a buyer takes: a few things of shops that are mostly near."""
    dice = draw.dice
    wanted = dice.choices(list(SHOPS_WEIGHTS), list(SHOPS_WEIGHTS.values()))[0]
    picks: list[Pick] = []
    for shop in draw_shops(draw, buyer.village, wanted):
        picks += draw_from_shop(draw, shop, month)
    return tuple(picks) or draw_picks(draw, buyer, month)


def draw_shops(draw: Draw, village: str, wanted: int) -> list[Story]:
    """Return different shops, those nearby more often."""
    candidates = list(draw.shops)
    weights = [
        1 / (1 + (draw.distance(village, shop["village"]) / NEIGHBOUR_M) ** 2)
        for shop in candidates
    ]
    found: list[Story] = []
    while len(found) < wanted:
        shop = draw.dice.choices(candidates, weights)[0]
        if shop not in found:
            found.append(shop)
    return found


def draw_from_shop(draw: Draw, shop: Story, month: int) -> list[Pick]:
    """Return some listings of one shop: in season, on the shelf, and enough to be sold."""
    on_offer = [
        listing
        for listing in shop["listings"]
        if draw.left[shop["slug"], listing["title"]] > 0
        and (not listing["season"] or month in listing["season"])
    ]
    wanted = draw.dice.choices(list(LISTINGS_WEIGHTS), list(LISTINGS_WEIGHTS.values()))[0]
    chosen = draw.dice.sample(on_offer, min(wanted, len(on_offer)))
    picks = [take(draw, shop, listing) for listing in chosen]
    return picks if worth(shop, picks) >= shop.get("minimum_order_cents", 0) else []


def take(draw: Draw, shop: Story, listing: Story) -> Pick:
    """Take one to four of a listing from the shelf; of dear things one."""
    key = (shop["slug"], listing["title"])
    wanted = 1 if listing["price_cents"] >= DEAR_CENTS else draw.dice.choice((1, 1, 2, 2, 3, 4))
    quantity = min(wanted, draw.left[key])
    draw.left[key] -= quantity
    return Pick(shop["slug"], listing["title"], quantity)


def worth(shop: Story, picks: Sequence[Pick]) -> int:
    """Return the price of picks of one shop in cents."""
    prices = {listing["title"]: listing["price_cents"] for listing in shop["listings"]}
    return sum(prices[pick.title] * pick.quantity for pick in picks)
