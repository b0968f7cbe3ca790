"""Tables of three dimensions: what is hidden cannot be computed by whoever reads the rest."""

from decimal import Decimal
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from ketens.domain.cubes import Cube, CubeRefused, Entry, Rule, bounds, hide
from ketens.domain.disclosure import COORDINATORS, PUBLIC, Counted, Withheld

PEOPLE = PUBLIC.rule(Counted.PEOPLE)
AMOUNTS = PUBLIC.rule(Counted.AMOUNTS)
HEADS = Rule(10, 0, Decimal(1))


def add_up(leaves, trees):
    """Return a cube with every total of these leaves."""
    sums = {}
    for key, entry in leaves.items():
        ways = []
        for tree, coordinate in zip(trees, key, strict=True):
            way = [coordinate]
            while way[-1] in tree:
                way.append(tree[way[-1]])
            ways.append(way)
        for total in product(*ways):
            amount, by = sums.get(total, (0, {}))
            for who, size in entry.by.items():
                by[who] = by.get(who, 0) + size
            sums[total] = (amount + entry.amount, by)
    return Cube({key: Entry(*found) for key, found in sums.items()}, trees)


def random_cube(seed, sizes=(4, 3, 3)):
    """Return places in two municipalities by chain by group, some of them of one shop."""
    chance = Random(seed)
    places = {f"p{one}": f"m{one % 2}" for one in range(sizes[0])} | {"m0": "all", "m1": "all"}
    trees = [
        places,
        {f"c{one}": "chains" for one in range(sizes[1])},
        {f"g{one}": "groups" for one in range(sizes[2])},
    ]
    leaves = {}
    for key in product(*([name for name in tree if not name.startswith("m")] for tree in trees)):
        amount = chance.choice([0, 0, 1, 4, 9, 12, 30, 80, 250])
        shops = chance.sample(range(12), chance.choice([1, 1, 2, 4, 6])) if amount else []
        leaves[key] = Entry(amount, share(amount, shops))
    return add_up(leaves, trees)


def share(amount, shops):
    parts = {shop: amount // len(shops) for shop in shops}
    if shops:
        parts[shops[0]] += amount - sum(parts.values())
    return parts


def attack(published, hidden, trees, key):
    """Conclude bounds of a hidden figure from what was published, written apart from the code."""
    names = sorted(hidden)
    rows, right = [], []
    everything = sorted({*published, *hidden})
    for dimension, tree in enumerate(trees):
        for total in everything:
            parts = [
                one
                for one in everything
                if tree.get(one[dimension]) == total[dimension]
                and one[:dimension] + one[dimension + 1 :]
                == total[:dimension] + total[dimension + 1 :]
            ]
            if not parts:
                continue
            signs = dict.fromkeys(parts, 1) | {total: -1}
            rows.append([signs.get(name, 0) for name in names])
            right.append(-sum(sign * published.get(one, 0) for one, sign in signs.items()))
    found = []
    for sign in (1, -1):
        goal = [sign * (name == key) for name in names]
        answer = linprog(goal, A_eq=rows, b_eq=right, bounds=(0, None))
        found.append(answer.fun * sign if answer.x is not None else float("inf"))
    return found


def test_we34_in_a_cube_hides_exactly_what_the_worked_example_hides():
    trees = [
        {"Assen": "Drenthe", "Emmen": "Drenthe"},
        {"Pwet": "all", "WIA": "all", "Banenafspraak": "all"},
    ]
    counts = dict(zip(product(*trees), [14, 4, 22, 31, 17, 12], strict=True))
    cube = add_up({key: Entry(count, {}) for key, count in counts.items()}, trees)
    found = hide(cube, HEADS)
    assert found.primary == {("Assen", "WIA")}
    assert found.complementary == {("Assen", "Pwet"), ("Emmen", "WIA"), ("Emmen", "Pwet")}
    assert bounds(cube, found.keys, ("Assen", "WIA")) == pytest.approx((0, 18))
    assert bounds(cube, found.keys, ("Emmen", "Pwet")) == pytest.approx((27, 45))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("rule", [PEOPLE, AMOUNTS], ids=["people", "amounts"])
def test_no_hidden_figure_is_recovered_by_linear_programming(seed, rule):
    cube = random_cube(seed)
    hidden = hide(cube, rule).keys
    published = {key: cube.amount(key) for key in cube.entries if key not in hidden}
    assert hidden
    for key in hidden:
        low, high = attack(published, hidden, cube.trees, key)
        assert low - 1e-6 <= cube.amount(key) <= high + 1e-6
        assert high - low >= rule.protection(cube.entries[key]) - 1e-6
    for key in published:
        assert rule.allows(cube.entries[key])


def test_the_attack_bites_when_only_small_figures_are_hidden():
    cube = random_cube(3)
    primary = hide(cube, AMOUNTS).primary
    published = {key: cube.amount(key) for key in cube.entries if key not in primary}
    recovered = [
        key
        for key in primary
        if (found := attack(published, primary, cube.trees, key))[1] - found[0] < 1e-6
        and cube.amount(key)
    ]
    assert recovered


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25)
def test_what_is_hidden_under_a_shown_total_might_be_shown_together(seed):
    cube = random_cube(seed, sizes=(3, 2, 2))
    hidden = hide(cube, AMOUNTS).keys
    for one in cube.sums:
        parts = [key for key in one.parts if key in hidden]
        if one.total not in hidden and parts:
            assert len(parts) > 1
            assert AMOUNTS.allows(cube.union(parts))


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25)
def test_what_was_hidden_before_stays_hidden(seed):
    chance = Random(seed)
    cube = random_cube(seed, sizes=(3, 2, 2))
    earlier = set(chance.sample(sorted(cube.entries), 3))
    assert earlier <= hide(cube, AMOUNTS, also=earlier).keys


def two_villages(*, shops):
    trees = [{"Norg": "Noordenveld", "Roden": "Noordenveld", "Peize": "Noordenveld"}]
    leaves = {
        ("Norg",): Entry(1000, share(1000, shops)),
        ("Roden",): Entry(9000, share(9000, [11, 12, 13, 14])),
        ("Peize",): Entry(8000, share(8000, [21, 22, 23, 24])),
    }
    return add_up(leaves, trees)


def test_the_turnover_of_one_shop_is_hidden_with_another_village():
    found = hide(two_villages(shops=[1]), AMOUNTS)
    assert found.primary == {("Norg",)}
    assert found.complementary == {("Peize",)}


def test_three_equal_shops_hide_nothing():
    assert not hide(two_villages(shops=[1, 2, 3]), AMOUNTS).keys


def test_a_shop_cannot_subtract_itself_and_read_the_other():
    """Two hidden villages of one shop each: their sum would tell each of the other."""
    trees = [{"Norg": "m", "Roden": "m", "Peize": "m"}]
    leaves = {
        ("Norg",): Entry(1000, {1: 1000}),
        ("Roden",): Entry(900, {2: 900}),
        ("Peize",): Entry(8000, share(8000, [21, 22, 23, 24])),
    }
    assert hide(add_up(leaves, trees), AMOUNTS).keys >= {("Peize",)}


def test_a_total_of_one_part_is_hidden_with_it():
    trees = [{"Norg": "m"} | {"m": "Drenthe", "Assen": "Drenthe", "Emmen": "Drenthe"}]
    leaves = {
        ("Norg",): Entry(500, {1: 500}),
        ("Assen",): Entry(9000, share(9000, [3, 4, 5])),
        ("Emmen",): Entry(7000, share(7000, [6, 7, 8])),
    }
    assert hide(add_up(leaves, trees), AMOUNTS).keys >= {("Norg",), ("m",), ("Emmen",)}


def test_everybody_in_one_group_is_hidden_with_the_empty_groups():
    trees = [{"Assen": "Drenthe", "Emmen": "Drenthe"}, {"Wajong": "all", "WIA": "all"}]
    by = share(40, [1, 2, 3, 4])
    leaves = {
        ("Assen", "Wajong"): Entry(40, by),
        ("Assen", "WIA"): Entry(0, {}),
        ("Emmen", "Wajong"): Entry(40, by),
        ("Emmen", "WIA"): Entry(60, by),
    }
    full = add_up(leaves, trees)
    found = hide(Cube(full.entries, trees, groups=[1]), PEOPLE)
    assert {("Assen", "Wajong"), ("Assen", "WIA")} <= found.primary
    assert not hide(full, PEOPLE).primary


def test_the_policy_says_why_a_figure_is_withheld():
    shown = PUBLIC.show_cube(two_villages(shops=[1]), Counted.AMOUNTS)
    assert shown["Norg",].withheld is Withheld.FEW_ENTERPRISES
    assert shown["Peize",].withheld is Withheld.COMPUTABLE
    assert shown["Noordenveld",].value == 18_000
    large = two_villages(shops=[1, 2, 3]).entries | {
        ("Norg",): Entry(1000, {1: 800, 2: 100, 3: 100})
    }
    assert PUBLIC.show_cube(Cube(large, [{}]), Counted.AMOUNTS)["Norg",].withheld is (
        Withheld.DOMINANCE
    )


def test_people_are_rounded_and_amounts_are_exact():
    cube = Cube({("all",): Entry(41, share(410, [1, 2, 3]))}, [{}])
    assert PUBLIC.show_cube(cube, Counted.PEOPLE)["all",].value == 40
    assert PUBLIC.show_cube(cube, Counted.AMOUNTS)["all",].value == 41


def test_two_enterprises_are_not_counted_in_public():
    cube = Cube({("Assen",): Entry(2, {}), ("Emmen",): Entry(3, {})}, [{}])
    shown = PUBLIC.show_cube(cube, Counted.ENTERPRISES)
    assert shown["Assen",].withheld is Withheld.FEW_ENTERPRISES
    assert shown["Emmen",].value == 3
    assert COORDINATORS.show_cube(cube, Counted.ENTERPRISES)["Assen",].value == 2


def test_a_cube_that_does_not_add_up_is_refused():
    trees = [{"Norg": "m"}]
    with pytest.raises(CubeRefused):
        hide(Cube({("Norg",): Entry(5, {}), ("m",): Entry(6, {})}, trees), AMOUNTS)
    with pytest.raises(CubeRefused):
        Cube({("Norg", "extra"): Entry(5, {})}, trees)
    with pytest.raises(CubeRefused):
        Cube({("Norg",): Entry(-5, {})}, trees)
