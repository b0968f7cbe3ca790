"""No shop's money can be computed from what is told: random streets, attacked."""

from random import Random

import pytest

from ketens.domain.cubes import bounds
from ketens.domain.disclosure import PUBLIC, Counted
from ketens.domain.monitor import MEASURES
from ketens.domain.monitor.folding import Cell, Fact, Grain, fold
from ketens.domain.monitor.guarding import (
    ALL,
    LOOSE,
    Cells,
    find_withheld,
    is_published,
    key_of,
    list_cubes,
)
from ketens.domain.monitor.measures import Guard
from ketens.domain.monitor.slices import PlaceKind

MUNICIPALITIES = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 3}
GUARDED = [row for row in MEASURES.values() if row.guard]
MONEY = [row for row in GUARDED if row.guard in (Guard.MONEY, Guard.LOCAL_MONEY)]


def draw_street(seed: int) -> Cells:
    """Return a quarter of some shops that sell here and there, in chains or not."""
    chance = Random(seed)
    facts = []
    for shop in range(chance.randint(4, 25)):
        home = chance.choice(list(MUNICIPALITIES))
        for _sale in range(chance.randint(1, 4)):
            village = chance.choice([home, home, *MUNICIPALITIES])
            chain = chance.choice([None, None, 1, 2])
            grain = Grain(village, chain, chance.choice(["brood", "kaas", "onbekend"]))
            cents = chance.choice([100, 5_000, 5_000, 90_000])
            facts.append(Fact(grain, Guard.MONEY.value, cents, str(shop)))
            if MUNICIPALITIES[village] == MUNICIPALITIES[home]:
                facts.append(Fact(grain, Guard.LOCAL_MONEY.value, cents, str(shop)))
    return fold([Fact(fact.grain, "lines", 1) for fact in facts] + facts, MUNICIPALITIES)


@pytest.mark.parametrize("seed", range(12))
def test_a_hidden_amount_lies_within_bounds_as_wide_as_its_protection(seed: int):
    cells = draw_street(seed)
    withheld = find_withheld(cells, GUARDED, MUNICIPALITIES, PUBLIC)
    hidden = {key_of(cell) for _code, cell in withheld}
    rule = PUBLIC.rule(Counted.AMOUNTS)
    for cube in list_cubes(cells, MONEY[0], MUNICIPALITIES):
        # What no row tells, a reader does not see.
        unseen = {key for key in cube.entries if LOOSE in key} | hidden
        for key in hidden:
            entry = cube.entries[key]
            if entry.is_nothing:
                continue
            low, high = bounds(cube, unseen, key)
            assert low <= entry.amount <= high
            assert high - low >= min(rule.protection(entry), entry.amount) - 1e-6


@pytest.mark.parametrize("seed", range(12))
def test_what_is_told_is_of_three_shops_of_whom_none_has_most(seed: int):
    cells = draw_street(seed)
    withheld = find_withheld(cells, GUARDED, MUNICIPALITIES, PUBLIC)
    for measure in MONEY:
        for cell, parts in cells.items():
            if not is_published(measure, cell) or (measure.code, cell) in withheld:
                continue
            whole, own = (parts.family(guard.value) for guard in (Guard.MONEY, Guard.LOCAL_MONEY))
            left = {who: whole[who] - own.get(who, 0) for who in whole}
            for family in (whole, own, left):
                amounts = [amount for amount in family.values() if amount]
                assert not amounts or (len(amounts) >= 3 and 2 * max(amounts) <= sum(amounts))


def test_both_kinds_of_money_are_told_of_the_same_cells():
    cells = draw_street(3)
    withheld = find_withheld(cells, GUARDED, MUNICIPALITIES, PUBLIC)
    by_code = {row.code: {cell for code, cell in withheld if code == row.code} for row in MONEY}
    assert len(by_code) == 2
    assert by_code["turnover_cents"] == by_code["own_municipality_cents"]


def test_what_was_withheld_before_is_withheld_again():
    facts = [
        Fact(Grain(village, None, "brood"), guard.value, 1_000, str(10 * village + shop))
        for village in (1, 2, 3, 4)
        for shop in range(4)
        for guard in (Guard.MONEY, Guard.LOCAL_MONEY)
    ]
    facts += [Fact(fact.grain, "lines", 1) for fact in facts]
    cells = fold(facts, MUNICIPALITIES)
    assert not find_withheld(cells, GUARDED, MUNICIPALITIES, PUBLIC)
    before = [("turnover_cents", Cell(PlaceKind.VILLAGE, 2, None, ""))]
    again = find_withheld(cells, GUARDED, MUNICIPALITIES, PUBLIC, earlier=before)
    assert {cell.place for code, cell in again if code == "turnover_cents"} >= {2}
    assert len(again) >= 4


def test_money_of_a_village_is_never_told_apart_and_work_never_of_a_village():
    village = Cell(PlaceKind.VILLAGE, 1, None, "")
    by_group = Cell(PlaceKind.VILLAGE, 1, None, "brood")
    of_municipality = Cell(PlaceKind.MUNICIPALITY, 1, None, "brood")
    assert [is_published(MEASURES["turnover_cents"], one) for one in (village, by_group)] == [
        True,
        False,
    ]
    assert is_published(MEASURES["turnover_cents"], of_municipality)
    assert not is_published(MEASURES["work_minutes"], village)
    assert not is_published(MEASURES["work_minutes"], of_municipality)
    assert is_published(MEASURES["goods_g"], by_group)
    assert key_of(village) == ("village:1", ALL, ALL)
