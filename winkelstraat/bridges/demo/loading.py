"""Load the whole demo, step by step, saying at every step where it stands.

Repeatable: everything is looked for before it is made, and the orders are drawn again
from the seed and the day on which the demo was first loaded.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import TypeVar

from django.core.cache import cache
from django.utils import timezone

from winkelstraat.bridges.demo.cooperation import make_chains
from winkelstraat.bridges.demo.counts import make_counts, make_measured
from winkelstraat.bridges.demo.desks import make_desks, plan_desk_orders
from winkelstraat.bridges.demo.helping_hands import Hand
from winkelstraat.bridges.demo.history import Teller, Told, tell_unpaid
from winkelstraat.bridges.demo.impactpads import make_impactpads
from winkelstraat.bridges.demo.pages import make_village_texts
from winkelstraat.bridges.demo.plan import (
    DAYS,
    LOCAL,
    ORDERS,
    Buyer,
    Draw,
    PlannedOrder,
    draw_history,
    draw_today,
    read_buyers,
)
from winkelstraat.bridges.demo.profiles import make_profiles
from winkelstraat.bridges.demo.releases import make_releases
from winkelstraat.bridges.demo.shelves import draw_pictures, make_shops
from winkelstraat.bridges.demo.steering import steer
from winkelstraat.bridges.demo.stories import read_people, read_shops
from winkelstraat.bridges.demo.world import World, make_people, make_pickup_points, open_world
from winkelstraat.celery import app
from winkelstraat.shop.models import Purchase

SEED = 2026
OPENING = clock(7, 30)
SECONDS_BETWEEN_LINES = 4

Say = Callable[[str], object]
Line = TypeVar("Line")


@dataclass(frozen=True)
class Wish:
    """What to load: the day that the demo calls today, the dice and how many orders."""

    today: date
    seed: int = SEED
    orders: int = ORDERS
    with_pictures: bool = True
    with_help: bool = True

    @property
    def opening(self) -> datetime:
        """The moment at which the demo begins: the morning of its day."""
        return datetime.combine(self.today, OPENING, LOCAL)


def load_demo(wish: Wish, say: Say) -> Told:
    """Load everything that is not there yet and return how many orders came."""
    started = time.monotonic()
    cache.clear()
    world = open_world(wish.opening)
    say(f"  {make_pickup_points(world)} pick-up points")
    say(f"  {make_people(world)} people")
    for line in spaced(make_shops(world)):
        say(f"  {line}")
    say(f"  {make_chains(world)} chains")
    say(f"  {make_village_texts(world)} villages that tell about themselves")
    say(f"  {make_measured(world)}")
    cache.clear()
    told = tell_orders(world, wish, say)
    with without_messages():
        for line in make_desks(world):
            say(f"  {line}")
    for line in make_counts(world):
        say(f"  {line}")
    for line in make_profiles(world):
        say(f"  {line}")
    say(f"  {make_releases(world)}")
    say(f"  {make_impactpads(world)}")
    for line in steer(world):
        say(f"  {line}")
    say(f"  loaded in {time.monotonic() - started:.0f} s")
    return told


def tell_orders(world: World, wish: Wish, say: Say) -> Told:
    """Let the history and the morning of today happen, and draw the pictures meanwhile."""
    plan = draw_plan(world, wish)
    half = len(plan) // 2
    with without_messages():
        if wish.with_help:
            earlier = Hand(lambda: tell_part(world, wish, plan[:half], say))
            later = Hand(lambda: tell_part(world, wish, plan[half:], say))
            draw(wish, say)
            told = earlier.result() + later.result()
        else:
            draw(wish, say)
            told = tell_part(world, wish, plan, say)
        buyer = Buyer(**read_people()["waiting"], is_guest=True)
        told.made += tell_unpaid(Teller(world, wish.seed), buyer, plan[-1], timezone.now())
    refused = ", ".join(f"{count} {name}" for name, count in told.refused.items())
    say(f"  {told.made} orders new, {told.known} known, refused: {refused or 'none'}")
    return told


def tell_part(world: World, wish: Wish, plan: Sequence[PlannedOrder], say: Say) -> Told:
    """Let a part of the plan happen, in its order."""
    told = Told()
    for number in spaced(Teller(world, wish.seed).tell_all(plan, told)):
        say(f"  {number} of {len(plan)} orders up to {plan[number - 1].placed_at:%d-%m}")
    return told


def draw(wish: Wish, say: Say) -> None:
    """Draw the pictures that are missing, if they are wanted."""
    if wish.with_pictures:
        for line in spaced(draw_pictures()):
            say(f"  {line}")


def draw_plan(world: World, wish: Wish) -> list[PlannedOrder]:
    """Return every order of the demo, drawn from the seed."""
    buyers = read_buyers(read_people())
    dice = Draw(random.Random(wish.seed), read_shops(), world.distance_m)  # noqa: S311
    history = draw_history(dice, buyers, today=wish.today, orders=wish.orders)
    known = plan_desk_orders(buyers, wish.opening)
    return history + known + draw_today(dice, buyers, opening=wish.opening)


def find_first_day() -> date | None:
    """Return the day that was today when the demo was loaded, or None on an empty street.

    The first planned order is always placed ninety days earlier.
    """
    first = Purchase.objects.order_by("placed_at").values_list("placed_at", flat=True).first()
    return None if first is None else timezone.localdate(first) + timedelta(days=DAYS)


class without_messages:  # noqa: N801 - reads as a phrase where it is used
    """Keep tasks in this process: what they would do about the past is done here."""

    def __enter__(self) -> None:
        self.before = app.conf.broker_url
        app.conf.broker_url = "memory://localhost/"

    def __exit__(self, *_exc: object) -> None:
        app.conf.broker_url = self.before


def spaced(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the last line of every few seconds, and the very last one."""
    said = time.monotonic()
    line, told = None, True
    for line in lines:
        told = time.monotonic() - said > SECONDS_BETWEEN_LINES
        if told:
            said = time.monotonic()
            yield line
    if line is not None and not told:
        yield line
