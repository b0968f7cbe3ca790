"""Ninety days of orders come out of the seed the same every time."""

import random
from datetime import date, datetime, timedelta

from winkelstraat.bridges.demo.plan import (
    LOCAL,
    Draw,
    PlannedOrder,
    draw_history,
    draw_today,
    read_buyers,
    worth,
)
from winkelstraat.bridges.demo.stories import read_people, read_shops

TODAY = date(2026, 11, 23)
SHOPS = {shop["slug"]: shop for shop in read_shops()}


def draw(seed: int = 2026, orders: int = 150) -> list[PlannedOrder]:
    dice = Draw(random.Random(seed), read_shops(), lambda one, other: 0 if one == other else 20_000)
    return draw_history(dice, read_buyers(read_people()), today=TODAY, orders=orders)


def test_the_same_seed_gives_the_same_plan_and_another_seed_another() -> None:
    assert draw() == draw()
    assert draw() != draw(seed=1)


def test_orders_lie_in_the_ninety_days_before_today_in_order_and_at_different_moments() -> None:
    moments = [order.placed_at for order in draw()]
    assert moments == sorted(set(moments))
    assert moments[0].date() >= TODAY - timedelta(days=90)
    assert moments[-1].date() < TODAY


def test_nobody_buys_out_of_season_or_below_a_minimum() -> None:
    for order in draw():
        assert order.picks
        for slug in order.shops:
            picks = [pick for pick in order.picks if pick.shop == slug]
            assert worth(SHOPS[slug], picks) >= SHOPS[slug].get("minimum_order_cents", 0)
        for pick in order.picks:
            listing = next(
                row for row in SHOPS[pick.shop]["listings"] if row["title"] == pick.title
            )
            assert not listing["season"] or order.placed_at.month in listing["season"]


def test_shelves_are_never_emptied() -> None:
    sold: dict[tuple[str, str], int] = {}
    for order in draw(orders=430):
        for pick in order.picks:
            sold[pick.shop, pick.title] = sold.get((pick.shop, pick.title), 0) + pick.quantity
    for (slug, title), quantity in sold.items():
        listing = next(row for row in SHOPS[slug]["listings"] if row["title"] == title)
        assert quantity < listing["stock"]


def test_people_mostly_buy_nearby_and_often_from_several_shops() -> None:
    plan = draw(orders=430)
    near = sum(SHOPS[order.shops[0]]["village"] == order.buyer.village for order in plan)
    assert near > len(plan) / 10
    assert sum(len(order.shops) > 1 for order in plan) > len(plan) / 3


def test_orders_of_today_lie_in_the_night_and_morning_before_opening() -> None:
    opening = datetime(2026, 11, 23, 7, 30, tzinfo=LOCAL)
    dice = Draw(random.Random(1), read_shops(), lambda one, other: 0)
    buyers = read_buyers(read_people())
    plan = draw_today(dice, buyers, opening=opening)
    assert len(plan) == 12
    assert plan[0].buyer.email == "bewoner@example.nl"
    assert all(opening - timedelta(hours=12) < order.placed_at < opening for order in plan)
